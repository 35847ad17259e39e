/* Any bytes as an address: normal form is its own normal form. */
#include "base/fuzz.h"
#include "text/url.h"

FUZZ(a, bytes, (size_t)1 << 30)
{
    str link = url_link(a, bytes);

    must(str_eq(link, url_link(a, link)));
    link = url_join(a, S("https://example.org/a/b?c"), bytes);
    must(str_eq(link, url_link(a, link)));
    (void)url_site(bytes);
}
