/*
 * feed_notices.c - the notices that run, for feed readers: as entries without an author, with who
 * gives them out and when they run before their words.
 */
#include "site/api/feed.h"

#include "site/api/doors.h"
#include "site/public/notices.h"

enum { ENTRIES = 50, CONTENT_MAX = 1 << 20 };

/* "Planning: Port Senna Town Council, 23 November 2026 to 14 December 2026" */
static void add_facts(buf *out, const struct parts *p, const struct notice *n,
                      const struct feed_writer *how)
{
    struct span words[] = {
        {.text = say(p->paper->tongue, notice_title(n->type)), .marks = MARK_STRONG},
        {.text = str_fmt(p->r->a, ": %.*s, %.*s", STR(n->issuer), STR(notices_run(p, n)))},
    };
    struct block b = {.kind = BLOCK_PARAGRAPH, .spans = words, .span_count = LENGTH(words)};

    body_write_feed(out, &(struct body){&b, 1}, how);
}

static void fill_entry(struct door *d, bool whole, const struct notice *n, struct feed_entry *e)
{
    struct parts p = {d->site, &d->r, &d->paper};
    struct feed_writer how = door_writer(d);
    buf content = buf_new(d->a, CONTENT_MAX);

    add_facts(&content, &p, n, &how);
    body_write_feed(&content, &n->body, &how);
    *e = (struct feed_entry){
        .story = {.card = {.id = n->id,
                           .path = n->path,
                           .headline = n->title,
                           .standfirst = body_opening(d->a, &n->body, 200),
                           .byline = n->issuer,
                           .language = n->language,
                           .public_at = n->from_at,
                           .changed_at = n->changed_at > n->from_at ? n->changed_at : n->from_at},
                  .gate = GATE_FULL},
        .name = door_name(d, "notice", n->id),
        .url = door_address(d, n->path),
        .language = n->language,
        .content = whole && !content.over ? buf_str(&content) : (str){0},
    };
}

/* NOTICE_TYPE_COUNT: of every type. */
static err feed_of(struct request *rq, enum notice_type type)
{
    str word = type == NOTICE_TYPE_COUNT ? S("") : notice_word(type);
    struct door d;
    struct notices all;

    TRY(door_open(rq, OUTLET_FEED, &d));
    TRY(notices_list(&d.r, false, type, TIME_NEVER, ENTRIES, &all));

    str title =
        word.n > 0 ? say(d.paper.tongue, notice_title(type)) : say(d.paper.tongue, "Notices");
    struct feed f = {
        .door = &d,
        .title = str_fmt(d.a, "%.*s | %.*s", STR(title), STR(d.paper.name)),
        .description = say(d.paper.tongue, "What councils, courts and families give out."),
        .path = word.n > 0 ? str_join(d.a, S("/notices/"), word) : S("/notices"),
        .entries = arena_many(d.a, struct feed_entry, all.n),
        .n = all.n,
    };

    f.is_whole = feed_is_whole(&d.paper, f.path);
    for (size_t i = 0; i < all.n; i++)
        fill_entry(&d, f.is_whole, &all.v[i], &f.entries[i]);
    return feed_reply(&f);
}

err notices_feed(struct request *rq)
{
    return feed_of(rq, NOTICE_TYPE_COUNT);
}

err notices_type_feed(struct request *rq)
{
    enum notice_type type = notice_type_at(request_param(rq, S("type")));

    return type == NOTICE_TYPE_COUNT ? E_MISSING : feed_of(rq, type);
}
