/* Any bytes as HTML: what was read is written and read back as the same. */
#include "base/fuzz.h"
#include "text/from_html.h"
#include "text/write_page.h"

FUZZ(a, bytes, (size_t)1 << 30)
{
    struct body b, again;

    if (body_from_html(a, bytes, NULL, &b, NULL) == OK) {
        buf out = buf_new(a, (size_t)64 << 20);

        body_write_page(&out, &b, &(struct page_writer){.unresolved = true});
        if (out.n <= HTML_BYTES_MAX &&
            body_from_html(a, buf_str(&out), &(struct html_options){.own = true}, &again, NULL) ==
                OK)
            must(body_same(&b, &again));
    }
}
