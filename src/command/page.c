/*
 * page.c - the pages that the paper writes about itself, from the command line.
 */
#include "command/command.h"

#include "news/information.h"
#include "site/site.h"
#include "store/sql.h"
#include "text/dates.h"
#include "text/markdown.h"

#include <getopt.h>
#include <stdio.h>

static err list(struct house *h)
{
    struct sql_informations_rows rows;

    TRY(sql_informations(h->a, h->db, &rows));
    for (size_t i = 0; i < rows.n; i++)
        printf("/%.*s\t%.*s\t%.*s\n", STR(rows.v[i].slug),
               STR(date_iso(h->a, rows.v[i].changed_at)), STR(rows.v[i].title));
    return OK;
}

/* An address that the program answers by itself would never show the page. */
static err check_free(arena *a, str slug, note *why)
{
    str path = str_join(a, S("/"), slug);

    for (size_t i = 0; i < site_route_count; i++)
        if (str_eq(str_c(site_routes[i].path), path))
            return fail(why, E_CONFLICT, "%.*s is an address of the program's own", STR(path));
    return OK;
}

static err put(arena *a, store_conn *w, void *of, note *why)
{
    const struct information *page = of;

    TRY(information_put(a, w, page, why));
    return command_log(a, w, page->changed_at,
                       &(struct deed){.act = AUDIT_page_changed,
                                      .label = page->slug,
                                      .is = audit_line(a, S(""), "title", page->title)},
                       why);
}

static err drop(arena *a, store_conn *w, void *of, note *why)
{
    const struct information *page = of;

    TRY(information_drop(a, w, page->slug, why));
    return command_log(a, w, page->changed_at,
                       &(struct deed){.act = AUDIT_page_changed,
                                      .label = page->slug,
                                      .was = audit_line(a, S(""), "title", page->slug)},
                       why);
}

static err set(struct house *h, str slug, const char *file, note *why)
{
    struct information page = {.slug = slug};
    str markdown;

    TRY(check_free(h->a, slug, why));
    TRY(command_read(h->a, file, MARKDOWN_BYTES_MAX, &markdown, why));
    TRY(information_read(h->a, markdown, &page, why));
    page.changed_at = clock_now(store_clock(h->store));
    TRY(store_write(h->store, put, &page, h->a, why));
    printf("/%.*s: done\n", STR(slug));
    return OK;
}

static err run(const struct command *c, struct house *h, int n, char **words, note *why)
{
    str slug;

    if (n < 2)
        return list(h);
    slug = str_c(words[1]);
    if (n == 3) {
        TRY(set(h, slug, words[2], why));
    } else {
        struct information gone = {.slug = slug, .changed_at = clock_now(store_clock(h->store))};

        TRY(store_write(h->store, drop, &gone, h->a, why));
        printf("/%.*s: taken away\n", STR(slug));
    }
    command_settle(c, h);
    return OK;
}

/* -1: the words are fine. */
static int check_words(const struct command *c, int n, char **words)
{
    if (n == 0 || (n == 1 && strcmp(words[0], "list") == 0))
        return -1;
    if (strcmp(words[0], "set") == 0)
        return n == 3 ? -1 : command_words(c, "set takes the page's word and a file");
    if (strcmp(words[0], "drop") == 0)
        return n == 2 ? -1 : command_words(c, "drop takes the page's word");
    return command_words(c, "\"%s\" is none of list, set, drop", words[0]);
}

static int page(const struct command *c, int argc, char **argv)
{
    const char *data;
    struct house h;
    note why = {0};
    int done = command_data_word(c, argc, argv, &data);

    if (done < 0)
        done = check_words(c, argc - optind, argv + optind);
    if (done >= 0)
        return done;
    if (!house_open(&h, c, data, true))
        return EXIT_FAILED;

    err e = run(c, &h, argc - optind, argv + optind, &why);

    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_page = {
    "page", "[--data DIR] [list | set SLUG FILE | drop SLUG]",
    "Write the pages that the paper has about itself: about, contact, privacy...",
    "  --data DIR      the data folder (default: $BROADSHEET_DATA or ./data)\n"
    "  list            every page: address, last change, title\n"
    "  set SLUG FILE   keep a page from Markdown (-: standard input); its first line is the\n"
    "                  title, \"# About us\".  The page `contact` shows the addresses of the\n"
    "                  settings, `corrections-policy` is linked from /corrections.\n"
    "  drop SLUG       take one away\n",
    page};
