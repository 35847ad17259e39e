#include "text/write_ninjs.h"

#include "base/utf8.h"
#include "text/write_plain.h"

enum { FORM_MAX = 16 << 20 };

err body_write_ninjs(arena *a, const struct body *b, const struct feed_writer *how,
                     struct ninjs_body *out, note *why)
{
    buf xhtml = buf_new(a, FORM_MAX), text = buf_new(a, FORM_MAX);

    body_write_feed(&xhtml, b, how);
    body_write_plain(&text, b, NULL);
    if (xhtml.over || text.over)
        return fail(why, E_LIMIT, "the text is larger than %d bytes", FORM_MAX);
    *out = (struct ninjs_body){
        .xhtml = buf_str(&xhtml), .text = str_trim(buf_str(&text)), .words = body_words(b)};
    out->characters = utf8_length(out->text);
    return OK;
}
