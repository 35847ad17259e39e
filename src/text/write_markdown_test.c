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

/* Code, whose spaces and ticks are its own. */
static const char *const codes[] = {
    "a",     " a",     "a ",     " a ",       "`",      "``",    "`a",    "a`",
    " `a",   "`a ",    " ` ",    " `` ",      "a``b`c", "a|b",   " a|b ", "\\\\",
    "\\\\`", "**no**", "[x](y)", "&amp; <b>", "a\\\\",  "\\\\|",
};

static void reads_back(struct test *t, str json)
{
    struct body first, again;
    str written;

    CHECK_OK(body_from_json(t->arena, json, &first, &t->why));
    CHECK(body_to_markdown(t->arena, &first, &written));
    CHECK_OK(body_from_markdown(t->arena, written, MARKDOWN_FULL, &again, &t->why));
    body_number(t->arena, &again);
    CHECK_STR(body_to_json(t->arena, &again), body_to_json(t->arena, &first));
}

TEST(body_to_markdown_keeps_the_spaces_and_ticks_of_code)
{
    static const char code[] = "{\"text\":\"x\"},{\"text\":\"%s\",\"marks\":[\"%s\"%s]},"
                               "{\"text\":\"y\"}";

    for (size_t i = 0; i < LENGTH(codes); i++) {
        str spans = str_fmt(t->arena, code, codes[i], "code", "");

        reads_back(t, str_fmt(t->arena,
                              "{\"v\":1,\"blocks\":[{\"kind\":\"paragraph\",\"spans\":[%.*s]}]}",
                              STR(spans)));
    }
}

TEST(body_to_markdown_keeps_code_in_cells)
{
    static const char table[] =
        "{\"v\":1,\"blocks\":[{\"kind\":\"table\",\"children\":[{\"kind\":\"row\",\"children\":["
        "{\"kind\":\"cell\",\"header\":true,\"spans\":[{\"text\":\"a\"}]}]},{\"kind\":\"row\","
        "\"children\":[{\"kind\":\"cell\",\"spans\":[{\"text\":\"%s\",\"marks\":[\"code\"]}]}]}]}]"
        "}";

    for (size_t i = 0; i < LENGTH(codes); i++)
        if (codes[i][0] != ' ' && codes[i][strlen(codes[i]) - 1] != ' ')
            reads_back(t, str_fmt(t->arena, table, codes[i]));
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
