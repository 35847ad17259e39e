/* Any bytes as Markdown, in both dialects. */
#include "base/fuzz.h"
#include "text/markdown.h"

FUZZ(a, bytes, (size_t)1 << 30)
{
    struct body b;

    err_ignore(body_from_markdown(a, bytes, MARKDOWN_FULL, &b, NULL));
    err_ignore(body_from_markdown(a, bytes, MARKDOWN_COMMENT, &b, NULL));
}
