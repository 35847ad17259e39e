#include "site/refusal.h"

#include "base/must.h"
#include "http/reply.h"
#include "news/reading.h"
#include "site/public/pages.h"
#include "site/public/parts.h"
#include "site/public/views.h"

#include <sodium.h>
#include <stdlib.h>

enum { PAGE_MAX = 64 << 10 };

/* Seconds; what is between is rounded up. */
static const int waits[] = {1,  2,  3,  4,  5,  6,  7,  8,   9,   10,
                            11, 12, 13, 15, 20, 30, 60, 120, 300, 600};

static const struct {
    int status;
    const char *title, *text;
} kinds[] = {
    {503, SAY("Too many readers at once"),
     SAY("More is asked of the paper at this moment than it can answer.")},
    {429, SAY("That was too much at once"),
     SAY("You, or others behind the same address, have asked for more in a short time than the "
         "paper can give to one.")},
};

enum { KINDS = LENGTH(kinds), WAITS = LENGTH(waits) };

struct refusals {
    pthread_mutex_t drawing, lock; /* who draws waits for who does; who looks never does */
    struct page *pages[KINDS][WAITS];
};

struct refusals *refusals_new(void)
{
    struct refusals *r = calloc(1, sizeof *r);

    must(r != NULL);
    pthread_mutex_init(&r->drawing, NULL);
    pthread_mutex_init(&r->lock, NULL);
    return r;
}

void refusals_free(struct refusals **of)
{
    struct refusals *r = *of;

    if (r == NULL)
        return;
    for (size_t k = 0; k < KINDS; k++)
        for (size_t w = 0; w < WAITS; w++)
            page_drop(&r->pages[k][w]);
    pthread_mutex_destroy(&r->drawing);
    pthread_mutex_destroy(&r->lock);
    free(r);
    *of = NULL;
}

/* --- beforehand --- */

static str say_later(arena *a, const struct tongue *t, int later_s)
{
    if (later_s < 60)
        return say_count(a, t, later_s, "Please try again in {n} second.",
                         "Please try again in {n} seconds.");
    return say_count(a, t, later_s / 60, "Please try again in {n} minute.",
                     "Please try again in {n} minutes.");
}

/* Its style stands in it, so that nobody asks for more; and it takes no other. */
static str policy_of(arena *a, str html)
{
    static const str begins = S_INIT("<style>"), ends = S_INIT("</style>");
    unsigned char sum[crypto_hash_sha256_BYTES];
    char letters[sodium_base64_ENCODED_LEN(sizeof sum, sodium_base64_VARIANT_ORIGINAL)];
    ptrdiff_t from = str_find(html, begins), to = str_find(html, ends);
    str style =
        from >= 0 && to > from ? str_from(str_to(html, (size_t)to), from + begins.n) : S("");

    crypto_hash_sha256(sum, (const unsigned char *)style.p, style.n);
    sodium_bin2base64(letters, sizeof letters, sum, sizeof sum, sodium_base64_VARIANT_ORIGINAL);
    return str_fmt(a,
                   "default-src 'none'; style-src 'self' 'sha256-%s'; img-src 'self'; "
                   "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                   letters);
}

static struct page *draw_one(arena *a, const theme *t, str language, const struct view_busy *view,
                             int status, int later_s)
{
    buf html = buf_new(a, PAGE_MAX);
    struct header again = {S("Retry-After"), str_fmt(a, "%d", later_s)};

    theme_draw(t, TEMPLATE_BUSY, view, language, &html, NULL);
    return html.over ? NULL
                     : page_build(&(struct page_spec){.status = status,
                                                      .type = S("text/html; charset=utf-8"),
                                                      .body = buf_str(&html),
                                                      .policy = policy_of(a, buf_str(&html)),
                                                      .headers = &again,
                                                      .header_n = 1});
}

static void draw_all(arena *a, const theme *t, const struct paper *paper,
                     struct page *pages[KINDS][WAITS])
{
    struct tongue tongue = theme_tongue(t, paper->language);
    struct view_busy view = {
        .name = paper->name, .language = tongue_tag(a, paper->language), .icon = {paper->icon}};

    view.direction = part_direction(view.language);
    for (size_t k = 0; k < KINDS; k++) {
        view.title = say(&tongue, kinds[k].title);
        view.text = say(&tongue, kinds[k].text);
        for (size_t w = 0; w < WAITS; w++) {
            view.later = say_later(a, &tongue, waits[w]);
            pages[k][w] = draw_one(a, t, paper->language, &view, kinds[k].status, waits[w]);
        }
    }
}

static void put(struct refusals *r, struct page *pages[KINDS][WAITS])
{
    pthread_mutex_lock(&r->lock);
    for (size_t k = 0; k < KINDS; k++)
        for (size_t w = 0; w < WAITS; w++) {
            struct page *old = r->pages[k][w];

            r->pages[k][w] = pages[k][w];
            pages[k][w] = old;
        }
    pthread_mutex_unlock(&r->lock);
    for (size_t k = 0; k < KINDS; k++)
        for (size_t w = 0; w < WAITS; w++)
            page_drop(&pages[k][w]);
}

static err draw(struct site *s, arena *a, store_conn *db)
{
    struct page *pages[KINDS][WAITS] = {0};
    struct reading r;
    struct paper paper;
    theme *t;

    TRY(reading_begin(&r, a, db, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE, clock_now(s->clock)));

    err e = shelf_paper(&s->shelf, s->store, &r, &paper);

    reading_end(&r);
    TRY(e);
    t = site_theme(s);
    draw_all(a, t, &paper, pages);
    theme_drop(&t);
    put(s->refusals, pages);
    return OK;
}

err refusals_draw(struct site *s, arena *a, store_conn *db)
{
    pthread_mutex_lock(&s->refusals->drawing);

    err e = draw(s, a, db);

    pthread_mutex_unlock(&s->refusals->drawing);
    return e;
}

/* --- at the time --- */

/* A browser that goes somewhere, and no feed, file or answer for machines that somebody looks at
 * with it. */
static bool is_for_people(const struct request *rq)
{
    str last = str_from(rq->raw_path, (size_t)str_find_last(rq->raw_path, '/') + 1);
    bool is_page = str_find_char(last, '.') < 0 || str_ends(last, S(".lite"));
    bool is_machines =
        rq->route != NULL && (rq->route->kind == KIND_api || rq->route->kind == KIND_live);

    return is_page && !is_machines &&
           str_find(request_header(rq, S("accept")), S("text/html")) >= 0;
}

struct page *refusal_page(const struct site *s, const struct request *rq, int status, int later_s)
{
    struct refusals *r = s->refusals;
    struct page *page = NULL;
    size_t w = 0, k = 0;

    if (!is_for_people(rq))
        return NULL;
    while (k < KINDS - 1 && kinds[k].status != status)
        k++;
    while (w < WAITS - 1 && waits[w] < later_s)
        w++;
    pthread_mutex_lock(&r->lock);
    page = page_hold(r->pages[k][w]);
    pthread_mutex_unlock(&r->lock);
    return page;
}

bool refusal_reply(struct request *rq, int status, int later_s)
{
    struct page *page = refusal_page(rq->of, rq, status, later_s);
    bool is_there = page != NULL && reply_page(rq, page) == OK;

    page_drop(&page);
    return is_there;
}
