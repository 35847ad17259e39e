/* Markdown that was written reads back as the same body. */
#include "text/write_markdown.h"

#include "base/test.h"
#include "text/markdown.h"

static const char *const texts[] = {
    "A paragraph.\n",
    "Two **strong** and *slanted* and ***both*** words, `code` too.\n",
    "A [link](https://example.org/a_(b)) and [**a strong one**](/about).\n",
    "1\\. is no list, \\# no heading, 3 \\* 4 < 5 & 6 \\| x_y\\_z\n",
    "## Heading with *marks*\n\nText.\n\n### Lower\n\nMore.\n",
    "- one\n- two\n  - two and a half\n- three\n",
    "3. three\n4. four\n",
    "> Somebody said\n>\n> two things.\n",
    "| a | b |\n| --- | --- |\n| 1 | **2** |\n",
    "One line\\\nand the next.\n\n---\n\nBehind the rule.\n",
    "\\- not a bullet\n",
    "- item one\\\n  with a break\n",
};

TEST(body_to_markdown_reads_back_as_the_same_body)
{
    for (size_t i = 0; i < LENGTH(texts); i++) {
        struct body first, again;
        str written;

        CHECK_OK(body_from_markdown(t->arena, str_c(texts[i]), MARKDOWN_FULL, &first, &t->why));
        CHECK(first.count > 0 && body_to_markdown(t->arena, &first, &written));
        CHECK_OK(body_from_markdown(t->arena, written, MARKDOWN_FULL, &again, &t->why));
        CHECK(body_same(&first, &again));
    }
}

TEST(body_to_markdown_says_when_it_would_lose_something)
{
    struct body b;
    str written = S("untouched");

    CHECK_OK(body_from_json(
        t->arena, S("{\"v\":1,\"blocks\":[{\"kind\":\"picture\",\"id\":\"a\",\"media\":7}]}"), &b,
        &t->why));
    CHECK(b.count == 1 && !body_to_markdown(t->arena, &b, &written));
    CHECK_STR(written, S("untouched"));
}
