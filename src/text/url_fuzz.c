/* Any bytes as an address: normal form is its own normal form. */
#include "base/arena.h"
#include "base/hash.h"
#include "base/must.h"
#include "text/url.h"

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
    str link = url_link(a, bytes);

    must(str_eq(link, url_link(a, link)));
    link = url_join(a, S("https://example.org/a/b?c"), bytes);
    must(str_eq(link, url_link(a, link)));
    (void)url_site(bytes);
    arena_free(&a);
    return 0;
}
