/*
 * bodyprobe.c - bodies back and forth for a test in a browser.
 *
 *   bodyprobe html|own|json <CASES
 *
 * Cases are separated by NUL.  Each is read (html: a stranger's; own: what body_write_page wrote;
 * json: the stored form) and answered with two texts, each ended by NUL: the page's HTML and the
 * tree as JSON; both are empty for what is refused.
 */
#include "base/arena.h"
#include "base/hash.h"
#include "text/from_html.h"
#include "text/write_page.h"

#include <stdio.h>
#include <string.h>

enum { INPUT_MAX = 256 << 20, CASE_CEILING = 512 << 20 };

static bool any_media(void *of, int64_t id, struct page_media *m)
{
    static const struct page_source sources[] = {
        {S_INIT("image/avif"), S_INIT("/media/7/640.avif 640w, /media/7/1280.avif 1280w")}};

    (void)of;
    *m = (struct page_media){.src = S("/media/7/640.jpg"),
                             .sizes = S("100vw"),
                             .width = 640,
                             .height = 480,
                             .sources = sources,
                             .source_count = LENGTH(sources)};
    return id % 5 != 0;
}

static bool any_story(void *of, int64_t id, struct page_story *s)
{
    (void)of;
    *s = (struct page_story){S("/news/2026/11/23/another"), S("Another headline")};
    return id % 5 != 0;
}

static err read_case(arena *a, const char *how, str bytes, struct body *out)
{
    note why = {0};

    if (strcmp(how, "json") == 0)
        return body_from_json(a, bytes, out, &why);
    return body_from_html(a, bytes, &(struct html_options){.own = strcmp(how, "own") == 0}, out,
                          &why);
}

static void put(str s)
{
    if (s.n > 0)
        fwrite(s.p, 1, s.n, stdout);
    putchar('\0');
}

static void answer(const char *how, str bytes)
{
    static const struct page_writer writer = {
        .media = any_media, .story = any_story, .unresolved = true};
    arena *a = arena_new(CASE_CEILING);
    struct body b;
    buf page = buf_new(a, 64 << 20);

    if (read_case(a, how, bytes, &b) != OK) {
        put(S(""));
        put(S(""));
    } else {
        body_write_page(&page, &b, &writer);
        put(buf_str(&page));
        put(body_to_json(a, &b));
    }
    arena_free(&a);
}

int main(int argc, char **argv)
{
    arena *a = arena_new(INPUT_MAX + (1 << 20));
    char *input = arena_bytes(a, INPUT_MAX);
    size_t n, from = 0;

    if (argc != 2)
        return 2;
    hash_start();
    n = fread(input, 1, INPUT_MAX, stdin);
    for (size_t i = 0; i < n; i++)
        if (input[i] == '\0') {
            answer(argv[1], str_of(input + from, i - from));
            from = i + 1;
        }
    arena_free(&a);
    return 0;
}
