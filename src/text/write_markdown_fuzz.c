/* Any bytes as Markdown: what was read is written so that it can be read again. */
#include "base/fuzz.h"
#include "text/markdown.h"
#include "text/write_markdown.h"

FUZZ(a, bytes, (size_t)1 << 30)
{
    struct body b;
    str written;

    if (body_from_markdown(a, bytes, MARKDOWN_FULL, &b, NULL) == OK &&
        body_to_markdown(a, &b, &written))
        must(body_from_markdown(a, written, MARKDOWN_FULL, &b, NULL) == OK);
}
