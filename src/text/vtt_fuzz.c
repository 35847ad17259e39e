/* Any bytes as captions: what was read is written and read as the same. */
#include "base/fuzz.h"
#include "text/vtt.h"

static void check_same(const struct vtt *x, const struct vtt *y)
{
    must(x->n == y->n);
    for (size_t i = 0; i < x->n; i++) {
        must(x->cues[i].from_ms == y->cues[i].from_ms && x->cues[i].to_ms == y->cues[i].to_ms);
        must(str_eq(x->cues[i].settings, y->cues[i].settings));
        must(str_eq(x->cues[i].voice, y->cues[i].voice));
        must(str_eq(x->cues[i].text, y->cues[i].text));
    }
}

FUZZ(a, bytes, (size_t)1 << 30)
{
    struct vtt v, again;
    int line;

    if (vtt_read(a, bytes, &v, &line, NULL) == OK) {
        must(vtt_read(a, vtt_write(a, &v), &again, &line, NULL) == OK);
        check_same(&v, &again);
        (void)vtt_transcript(a, &v);
    }
}
