/* Any bytes as Markdown, in both dialects. */
#include "base/arena.h"
#include "base/hash.h"
#include "base/must.h"
#include "text/markdown.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    hash_start();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    arena *a = arena_new((size_t)1 << 30);
    str bytes = str_of((const char *)data, n);
    struct body b;

    err_ignore(body_from_markdown(a, bytes, MARKDOWN_FULL, &b, NULL));
    err_ignore(body_from_markdown(a, bytes, MARKDOWN_COMMENT, &b, NULL));
    arena_free(&a);
    return 0;
}
