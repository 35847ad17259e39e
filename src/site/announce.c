/*
 * announce.c - telling the WebSub hub which feeds have changed.
 *
 * The hub is told addresses of feeds, never a word of a story: it comes and fetches them as
 * anybody does, through the gate.
 */
#include "site/errand.h"

#include "http/form.h"
#include "store/sql.h"

enum { ADDRESSES_MAX = 90 /* in one announcement */, BODY_MAX = 64 << 10 };

static bool changes_feeds(enum event_kind kind)
{
    return kind == EVENT_story_published || kind == EVENT_story_updated ||
           kind == EVENT_story_corrected || kind == EVENT_story_withdrawn ||
           kind == EVENT_story_killed || kind == EVENT_story_expired || kind == EVENT_story_moved ||
           kind == EVENT_notice_published || kind == EVENT_notice_changed ||
           kind == EVENT_notice_withdrawn;
}

static struct tag_set changed(arena *a, const struct event *events, size_t n)
{
    struct tag_set all = tag_set_new(a);

    for (size_t i = 0; i < n; i++)
        if (changes_feeds(events[i].kind))
            tag_set_add_all(&all, &events[i].tags);
    return all;
}

/* --- from tags to pages that have feeds --- */

struct pages {
    str *v;
    size_t n;
};

static err add_page(struct errand_round *r, store_tag tag, struct pages *out)
{
    struct sql_feed_page page;
    err e;

    if (tag_kind(tag) == TAG_latest) {
        out->v[out->n++] = S("");
        return OK;
    }
    if (tag_kind(tag) == TAG_notices) {
        out->v[out->n++] = S("/notices");
        return OK;
    }
    if (tag_kind(tag) != TAG_section && tag_kind(tag) != TAG_subject)
        return OK;
    e = sql_feed_page(r->a, r->db, tag_kind(tag) == TAG_section ? tag_id(tag) : 0,
                      tag_kind(tag) == TAG_subject ? tag_id(tag) : 0, &page);
    if (e == OK)
        out->v[out->n++] = percent_encode_path(r->a, page.path);
    return e == E_MISSING ? OK : e;
}

static err find_pages(struct errand_round *r, const struct tag_set *tags, struct pages *out)
{
    *out = (struct pages){.v = arena_many(r->a, str, tags->n + 1)};
    if (tags->everything)
        out->v[out->n++] = S(""); /* too many to name them: the paper's own feeds at least */
    for (size_t i = 0; i < tags->n; i++)
        TRY(add_page(r, tags->v[i], out));
    return OK;
}

/* --- telling --- */

static err judge(str hub, const struct client_answer *answer, note *why)
{
    if (client_is_fine(answer))
        return OK;

    bool refuses = answer->status >= 400 && answer->status < 500 && answer->status != 408 &&
                   answer->status != 425 && answer->status != 429;

    return fail(why, refuses ? E_INVALID : E_IO, "%.*s answered %d", STR(hub), answer->status);
}

static err send(struct errand_round *r, const buf *body, note *why)
{
    struct client_answer answer;

    TRY(client_send(r->a, r->client,
                    &(struct client_ask){.method = "POST",
                                         .url = r->to,
                                         .type = S("application/x-www-form-urlencoded"),
                                         .body = buf_str(body)},
                    &answer, why));
    return judge(r->to, &answer, why);
}

static err announce(struct errand_round *r, const struct event *events, size_t n, bool *told,
                    note *why)
{
    static const str endings[] = {S_INIT("/feed.rss"), S_INIT("/feed.atom"), S_INIT("/feed.json")};
    struct tag_set tags = changed(r->a, events, n);
    str address = paper_setting(r->a, r->db, S("address"), S(""));
    struct pages pages;

    if ((tags.n == 0 && !tags.everything) || address.n == 0)
        return OK;
    TRY(find_pages(r, &tags, &pages));
    *told = true;
    for (size_t done = 0; done < pages.n;) {
        buf body = buf_new(r->a, BODY_MAX);

        buf_lit(&body, "hub.mode=publish");
        for (size_t many = 0; done < pages.n && many < ADDRESSES_MAX; done++)
            for (size_t i = 0; i < LENGTH(endings); i++, many++) {
                str page = str_join(r->a, pages.v[done], endings[i]);

                buf_lit(&body, "&hub.url=");
                buf_add(&body, percent_encode(r->a, str_join(r->a, address, page)));
            }
        TRY(send(r, &body, why));
    }
    return OK;
}

const struct errand_kind errand_announce = {
    .name = "hub",
    .setting = "hub",
    .pause_ms = 1000,
    .delay_max_ms = 10 * 60 * 1000,
    .tell = announce,
};
