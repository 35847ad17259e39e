/* Any bytes as captions: what was read is written and read as the same. */
#include "base/arena.h"
#include "base/hash.h"
#include "base/must.h"
#include "text/vtt.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    hash_start();
    return 0;
}

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    arena *a = arena_new((size_t)1 << 30);
    struct vtt v, again;
    int line;

    if (vtt_read(a, str_of((const char *)data, n), &v, &line, NULL) == OK) {
        must(vtt_read(a, vtt_write(a, &v), &again, &line, NULL) == OK);
        check_same(&v, &again);
        (void)vtt_transcript(a, &v);
    }
    arena_free(&a);
    return 0;
}
