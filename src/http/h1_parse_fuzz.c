/* Any bytes as a request: read at once and in two parts they come to the same end, and what was
 * read stays inside what came; the rest is taken as a body in chunks. */
#include "base/must.h"
#include "http/h1_parse.h"
#include "http/path.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look_inside(const struct h1_head *h, const char *bytes, size_t n)
{
    must(h->size <= n && h->size <= H1_HEAD_MAX && h->field_n <= H1_FIELDS_MAX);
    must(!(h->chunked && h->has_length) && (h->minor == 0 || h->has_host));
    for (size_t i = 0; i < h->field_n; i++) {
        const struct h1_field *f = &h->fields[i];

        must(f->name_n > 0 && f->value + f->value_n <= h->size);
        must(memchr(bytes + f->value, '\n', f->value_n) == NULL);
        must(memchr(bytes + f->value, '\0', f->value_n) == NULL);
    }

    struct h1_target target;
    char out[H1_TARGET_MAX];
    str path;

    if (h1_target_read(str_of(bytes + h->target, h->target_n), &target) &&
        path_read(out, target.path, &path) == PATH_OK) {
        must(path.n > 0 && path.p[0] == '/' && memchr(path.p, '\0', path.n) == NULL);
        must(str_find(path, S("//")) < 0 && str_find(path, S("/../")) < 0);
    }
}

static void read_chunks(const char *bytes, size_t n, size_t step)
{
    struct h1_chunks c = {0};
    size_t at = 0;

    while (at < n) {
        size_t some = n - at < step ? n - at : step, used;
        str data;
        enum h1_result r = h1_chunks_read(&c, bytes + at, some, &used, &data);

        must(used > 0 && used <= some && data.n <= used);
        at += used;
        if (r != H1_MORE)
            return;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct h1_head whole, parts;
    char *a = malloc(size + 1), *b = malloc(size + 1);

    must(a != NULL && b != NULL);
    memcpy(a, data, size);
    memcpy(b, data, size);
    h1_head_start(&whole);
    h1_head_start(&parts);

    enum h1_result r = size == 0 ? H1_MORE : h1_head_read(&whole, a, size);
    enum h1_result half = size < 2 ? H1_MORE : h1_head_read(&parts, b, size / 2);

    if (half == H1_MORE && size > 0)
        half = h1_head_read(&parts, b, size);
    must(r == half && whole.status == parts.status && whole.size == parts.size);
    if (r == H1_DONE) {
        look_inside(&whole, a, size);
        read_chunks(a + whole.size, size - whole.size, 3);
    }
    read_chunks(a, size, size);
    free(a);
    free(b);
    return 0;
}
