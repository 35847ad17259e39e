/*
 * page.c - the pages that the paper writes about itself, from the command line.
 */
#include "command/words.h"

#include "news/information.h"
#include "site/site.h"
#include "store/sql.h"
#include "text/dates.h"
#include "text/markdown.h"

#include <stdio.h>

enum verb { LIST, SET, DROP };

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

static err run(const struct command *c, struct house *h, int verb, char **words, note *why)
{
    str slug;

    if (verb == LIST)
        return list(h);
    slug = str_c(words[0]);
    if (verb == SET) {
        TRY(set(h, slug, words[1], why));
    } else {
        struct information gone = {.slug = slug, .changed_at = clock_now(store_clock(h->store))};

        TRY(store_write(h->store, drop, &gone, h->a, why));
        printf("/%.*s: taken away\n", STR(slug));
    }
    command_settle(c, h);
    return OK;
}

static int page(const struct command *c, int argc, char **argv)
{
    const char *data = command_data_folder();
    int verb = LIST;
    const struct word words[] = {
        DATA_WORD(&data),
        {"list", NULL, "every page: address, last change, title", .verb = &verb, .is = LIST},
        {"set", "SLUG FILE",
         "keep a page from Markdown (-: standard input); its first line is the title, \"# About "
         "us\".  The page `contact` shows the addresses of the settings, `corrections-policy` is "
         "linked from /corrections",
         .verb = &verb, .is = SET},
        {"drop", "SLUG", "take one away", .verb = &verb, .is = DROP},
    };
    struct house h;
    note why = {0};
    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    if (done >= 0)
        return done;
    if (!house_open(&h, c, data, true))
        return EXIT_FAILED;

    err e = run(c, &h, verb, argv, &why);

    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_page = {
    "page", "", "Write the pages that the paper has about itself: about, contact, privacy...",
    page};
