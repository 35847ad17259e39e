/*
 * search_page.c - GET /search: the archive by its words.
 */
#include "site/public/pages.h"

#include "base/utf8.h"
#include "find/search.h"
#include "http/form.h"
#include "news/running.h"
#include "news/story.h"
#include "site/public/lists.h"
#include "site/public/notices.h"
#include "site/show.h"
#include "text/dates.h"
#include "text/write_plain.h"

enum {
    HITS = 20, /* a page */
    NOTICES_BESIDE = 5,
    EXCERPT_BYTES = 240,
    FIELD_BYTES_MAX = 120,
    TEXT_MAX = 1 << 20,
    ADDRESS_MAX = 4096,
};

/* What was asked, as it came and as it is understood. */
struct asked {
    str q, section, author, topic, from, to;
    str kind; /* "notices": of nothing else; or empty */
    bool best, typing;
    int64_t before, page; /* TIME_NEVER; 1 */
    struct find_query query;
    struct find_filter filter;
    bool is_asked, has_filters;
    str wrong; /* a date that is none */
};

static str field(struct request *rq, str name, size_t max)
{
    str value;

    return request_query(rq, name, &value) ? utf8_to(str_trim(utf8_clean(rq->arena, value)), max)
                                           : S("");
}

static void read_fields(struct request *rq, struct asked *out)
{
    *out = (struct asked){
        .q = field(rq, S("q"), QUERY_BYTES_MAX),
        .section = field(rq, S("section"), FIELD_BYTES_MAX),
        .author = field(rq, S("author"), FIELD_BYTES_MAX),
        .topic = field(rq, S("topic"), FIELD_BYTES_MAX),
        .from = field(rq, S("from"), FIELD_BYTES_MAX),
        .to = field(rq, S("to"), FIELD_BYTES_MAX),
        .best = str_eq(field(rq, S("sort"), FIELD_BYTES_MAX), S("best")),
        .kind = field(rq, S("kind"), FIELD_BYTES_MAX),
        .typing = field(rq, S("typing"), FIELD_BYTES_MAX).n > 0,
        .before = TIME_NEVER,
        .page = 1,
    };
    if (!str_int(field(rq, S("before"), FIELD_BYTES_MAX), &out->before) || out->before <= 0)
        out->before = TIME_NEVER;
    if (!str_int(field(rq, S("page"), FIELD_BYTES_MAX), &out->page) || out->page < 1 ||
        out->page > SEARCH_CANDIDATES / HITS)
        out->page = 1;
    if (!str_eq(out->kind, S("notices")))
        out->kind = (str){0};
    find_query_read(rq->arena, out->q, out->typing, &out->query);
    out->has_filters =
        out->kind.n + out->section.n + out->author.n + out->topic.n + out->from.n + out->to.n > 0;
    out->is_asked = out->query.n > 0 || out->has_filters;
}

/* --- what is filtered by --- */

enum { NOBODY = -1 /* a number that no section, topic or author has */ };

static err read_subject(struct reading *r, enum subject_kind kind, str name, int64_t *id)
{
    struct subject subject;
    err e = name.n > 0 ? subject_at(r, kind, subject_slug(r->a, name), &subject) : OK;

    if (name.n > 0)
        *id = e == OK ? subject.id : NOBODY;
    return e == E_MISSING ? OK : e;
}

/* The start of a day, `days` later; false when it is no date. */
static bool read_day(const struct parts *p, str given, int days, int64_t *at)
{
    int64_t moment;

    if (given.n == 0)
        return true;
    if (given.n != 10 || !date_parse(given, p->site->zone, &moment))
        return false;
    *at = date_day_start(moment, p->site->zone, days);
    return true;
}

static err read_filter(const struct parts *p, struct asked *asked)
{
    struct find_filter *f = &asked->filter;
    const struct section *section = paper_section(p->paper, asked->section);

    *f = (struct find_filter){.before = TIME_NEVER};
    if (asked->section.n > 0)
        f->section = section != NULL ? section->id : NOBODY;
    TRY(read_subject(p->r, SUBJECT_AUTHOR, asked->author, &f->author));
    TRY(read_subject(p->r, SUBJECT_TOPIC, asked->topic, &f->topic));
    if (!read_day(p, asked->from, 0, &f->since) || !read_day(p, asked->to, 1, &f->before))
        asked->wrong =
            say(p->paper->tongue, "A date is written as year, month and day: 2026-11-29.");
    if (asked->before < f->before)
        f->before = asked->before;
    return OK;
}

/* --- addresses --- */

static void put_field(buf *out, arena *a, const char *name, str value)
{
    if (value.n == 0)
        return;
    buf_char(out, str_find_char(buf_str(out), '?') < 0 ? '?' : '&');
    buf_fmt(out, "%s=", name);
    buf_add(out, percent_encode(a, value));
}

/* The same question with other words, another order, or further on. */
static str address_of(struct request *rq, const struct asked *asked, str q, bool best,
                      int64_t before, int64_t page)
{
    buf out = buf_new(rq->arena, ADDRESS_MAX);
    arena *a = rq->arena;

    buf_add(&out, rq->raw_path);
    put_field(&out, a, "q", q);
    put_field(&out, a, "sort", best ? S("best") : S(""));
    put_field(&out, a, "kind", asked->kind);
    put_field(&out, a, "section", asked->section);
    put_field(&out, a, "author", asked->author);
    put_field(&out, a, "topic", asked->topic);
    put_field(&out, a, "from", asked->from);
    put_field(&out, a, "to", asked->to);
    if (before != TIME_NEVER)
        put_field(&out, a, "before", str_fmt(a, "%lld", (long long)before));
    if (page > 1)
        put_field(&out, a, "page", str_fmt(a, "%lld", (long long)page));
    return buf_str(&out);
}

/* --- what was found --- */

static const struct view_found *runs_view(arena *a, struct find_runs runs)
{
    struct view_found *v = arena_many(a, struct view_found, runs.n);

    for (size_t i = 0; i < runs.n; i++)
        v[i] = (struct view_found){runs.v[i].text, runs.v[i].is_hit};
    return v;
}

/* The words around those that were asked for: in the standfirst, the body, or the newest entries of
 * a running story, whichever has some first. */
static struct find_runs excerpt_of(struct reading *r, const struct story *s,
                                   enum stem_tongue tongue, const struct find_query *q)
{
    arena *a = r->a;
    buf plain = buf_new(a, TEXT_MAX);
    struct find_runs first = find_mark_words(a, s->card.standfirst, tongue, q), runs;

    if (first.has_hit || s->gate != GATE_FULL)
        return first;
    body_write_plain(&plain, &s->body, &(struct plain_writer){.search = true});
    runs = find_excerpt(a, str_squeeze(a, buf_str(&plain)), tongue, q, EXCERPT_BYTES);
    if (!runs.has_hit && s->card.coverage != COVERAGE_NONE) {
        err_ignore(find_write_entries(r, s, 1, &plain));
        runs = find_excerpt(a, str_squeeze(a, buf_str(&plain)), tongue, q, EXCERPT_BYTES);
    }
    return runs.has_hit || first.n == 0 ? runs : first;
}

static struct view_hit hit_of(const struct parts *p, const struct story *s,
                              const struct find_query *q)
{
    arena *a = p->r->a;
    const struct section *section = paper_section_by_id(p->paper, s->card.section);
    struct view_when *when = arena_one(a, struct view_when);
    enum stem_tongue tongue = find_tongue(p->paper, s->card.language);
    struct find_runs headline = find_mark_words(a, s->card.headline, tongue, q),
                     excerpt = excerpt_of(p->r, s, tongue, q);

    *when = part_when(p, s->card.public_at);
    return (struct view_hit){
        .story = s->card.id,
        .href = {part_address(p, "", s->card.path)},
        .headline = {runs_view(a, headline), headline.n},
        .excerpt = {runs_view(a, excerpt), excerpt.n},
        .kicker = s->card.kicker,
        .section_name = section != NULL ? section->name : (str){0},
        .byline = s->card.byline,
        .at = when,
        .language = part_language(p->paper, s->card.language),
        .direction = part_direction(s->card.language),
    };
}

/* Each story is asked for at the gate, as what search lets out. */
static err show_hits(const struct parts *p, const struct asked *asked, const struct find_hits *hits,
                     struct view_search *view)
{
    size_t many = hits->n < HITS ? hits->n : HITS;
    struct view_hit *v = arena_many(p->r->a, struct view_hit, many);
    struct story *stories = arena_many(p->r->a, struct story, many);
    enum outlet edition = p->r->outlet;
    size_t n = 0;
    err e = OK;

    p->r->outlet = OUTLET_SEARCH;
    for (size_t i = 0; i < many && e == OK; i++) {
        e = story_by_id(p->r, hits->stories[i], &stories[n]);
        n += e == OK;
        if (e == E_MISSING || e == E_GONE)
            e = OK;
    }
    p->r->outlet = edition;
    TRY(e);
    for (size_t i = 0; i < n; i++)
        v[i] = hit_of(p, &stories[i], &asked->query);
    view->hits.v = v;
    view->hits.n = n;
    view->found = (int64_t)n;
    return OK;
}

static struct view_notice_hit notice_hit_of(const struct parts *p, const struct notice *n,
                                            const struct find_query *q)
{
    arena *a = p->r->a;
    buf plain = buf_new(a, TEXT_MAX);
    enum stem_tongue tongue = find_tongue(p->paper, n->language);
    struct find_runs title = find_mark_words(a, n->title, tongue, q),
                     issuer = find_mark_words(a, n->issuer, tongue, q), excerpt;

    body_write_plain(&plain, &n->body, &(struct plain_writer){.search = true});
    excerpt = find_excerpt(a, str_squeeze(a, buf_str(&plain)), tongue, q, EXCERPT_BYTES);
    return (struct view_notice_hit){
        .href = {part_address(p, "", n->path)},
        .headline = {runs_view(a, title), title.n},
        .excerpt = {runs_view(a, excerpt), excerpt.n},
        .type = say(p->paper->tongue, notice_title(n->type)),
        .issuer = {runs_view(a, issuer), issuer.n},
        .run = notices_run(p, n),
        .has_ended = n->has_ended,
        .language = part_language(p->paper, n->language),
        .direction = part_direction(n->language),
    };
}

/* As show_hits. */
static err show_notices(const struct parts *p, const struct asked *asked, const int64_t *ids,
                        size_t n, struct view_search *view)
{
    struct view_notice_hit *v = arena_many(p->r->a, struct view_notice_hit, n);
    enum outlet edition = p->r->outlet;
    err e = OK;

    for (size_t i = 0; i < n && e == OK; i++) {
        struct notice notice;

        p->r->outlet = OUTLET_SEARCH;
        e = notice_at(p->r, ids[i], &notice);
        p->r->outlet = edition;
        if (e == OK)
            v[view->notices.n++] = notice_hit_of(p, &notice, &asked->query);
        else if (e == E_MISSING || e == E_GONE)
            e = OK;
    }
    view->notices.v = v;
    view->notices_found = (int64_t)view->notices.n;
    return e;
}

static void show_ways_on(struct request *rq, const struct tongue *tongue, const struct asked *asked,
                         bool more, int64_t last, struct view_search *view)
{
    bool by_page = asked->best || asked->kind.n > 0;
    struct view_pager ways = {
        .older_text = asked->best ? say(tongue, "Next page") : say(tongue, "Older"),
        .newer_text = asked->best ? say(tongue, "First page") : say(tongue, "Newest"),
    };

    if (by_page && more && asked->page < SEARCH_CANDIDATES / HITS)
        ways.older.address =
            address_of(rq, asked, asked->q, asked->best, TIME_NEVER, asked->page + 1);
    if (!by_page && more)
        ways.older.address = address_of(rq, asked, asked->q, false, last, 1);
    if (asked->page > 1 || asked->before != TIME_NEVER)
        ways.newer.address = address_of(rq, asked, asked->q, asked->best, TIME_NEVER, 1);
    view->pager = list_pager(rq->arena, &ways);
}

static err look_for_stories(struct request *rq, const struct parts *p, const struct asked *asked,
                            struct view_search *view)
{
    struct reading *r = p->r;
    struct find_hits hits;

    if (asked->best)
        TRY(find_best(r, &asked->query, &asked->filter, (size_t)(asked->page - 1) * HITS, HITS + 1,
                      &hits));
    else
        TRY(find_newest(r, &asked->query, &asked->filter, HITS + 1, &hits));
    TRY(show_hits(p, asked, &hits, view));
    show_ways_on(rq, p->paper->tongue, asked, hits.n > HITS,
                 hits.n > HITS ? hits.moments[HITS - 1] : 0, view);
    view->is_late = hits.late;
    return OK;
}

/* A few beside the first stories, with a way to all; or a page of them. */
static err look_for_notices(struct request *rq, const struct parts *p, const struct asked *asked,
                            struct view_search *view)
{
    struct find_notices found;
    struct asked only = *asked;
    bool alone = asked->kind.n > 0;
    size_t many = alone ? HITS : NOTICES_BESIDE;
    size_t skip = alone ? (size_t)(asked->page - 1) * HITS : 0;

    TRY(find_notices(p->r, &asked->query, &asked->filter, skip, many + 1, &found));
    TRY(show_notices(p, asked, found.v, found.n < many ? found.n : many, view));
    view->is_late = view->is_late || found.late;
    only.kind = S("notices");
    if (alone)
        show_ways_on(rq, p->paper->tongue, asked, found.n > many, 0, view);
    else if (found.n > many)
        view->notices_href.address = address_of(rq, &only, asked->q, false, TIME_NEVER, 1);
    return OK;
}

static err look(struct request *rq, const struct parts *p, struct asked *asked,
                struct view_search *view)
{
    struct reading *r = p->r;
    bool goes_on = asked->page > 1 || asked->before != TIME_NEVER;
    str better;

    TRY(find_forms_read(r, &asked->query));
    if (asked->kind.n == 0)
        TRY(look_for_stories(rq, p, asked, view));
    if (asked->kind.n > 0 || !goes_on)
        TRY(look_for_notices(rq, p, asked, view));
    if (view->found + view->notices_found > 0 || asked->typing)
        return OK;

    enum outlet edition = r->outlet;

    r->outlet = OUTLET_SEARCH;

    err e = find_spelling(r, &asked->query, &better);

    r->outlet = edition;
    TRY(e);
    if (better.n > 0) {
        view->suggestion = better;
        view->suggestion_href.address = address_of(rq, asked, better, asked->best, TIME_NEVER, 1);
    }
    return OK;
}

/* What the question is narrowed to, each with the address of the same question without it. */
static void show_chosen(struct request *rq, const struct parts *p, const struct asked *asked,
                        struct view_search *view)
{
    struct asked without = *asked;
    const struct section *section = paper_section(p->paper, asked->section);
    const struct tongue *tongue = p->paper->tongue;
    struct {
        str *field;
        const char *name;
    } all[] = {{&without.section, "{value}"},
               {&without.kind, SAY("Notices")},
               {&without.author, SAY("Author: {value}")},
               {&without.topic, SAY("Topic: {value}")},
               {&without.from, SAY("From {value}")},
               {&without.to, SAY("To {value}")}};
    struct view_menu *chosen = arena_many(rq->arena, struct view_menu, LENGTH(all));

    for (size_t i = 0; i < LENGTH(all); i++) {
        str kept = *all[i].field;
        struct said value = {"value", i == 0 && section != NULL ? section->name : kept};

        if (kept.n == 0)
            continue;
        *all[i].field = (str){0};
        chosen[view->chosen.n++] = (struct view_menu){
            i == 0 ? value.value : say_with(rq->arena, tongue, all[i].name, &value, 1),
            {address_of(rq, &without, asked->q, asked->best, TIME_NEVER, 1)},
            false};
        *all[i].field = kept;
    }
    view->chosen.v = chosen;
}

static void show_form(struct request *rq, const struct parts *p, const struct asked *asked,
                      struct view_search *view)
{
    const struct paper *paper = p->paper;
    struct view_choice *sections = arena_many(rq->arena, struct view_choice, paper->section_count);

    for (size_t i = 0; i < paper->section_count; i++)
        sections[i] = (struct view_choice){paper->sections[i].slug, paper->sections[i].name,
                                           str_eq(paper->sections[i].slug, asked->section)};
    view->action.address = rq->raw_path;
    view->sections.v = sections;
    view->sections.n = paper->section_count;
    view->q = asked->q;
    view->author = asked->author;
    view->topic = asked->topic;
    view->from = asked->from;
    view->to = asked->to;
    view->is_best = asked->best;
    view->only_notices = asked->kind.n > 0;
    view->has_filters = asked->has_filters;
    view->is_asked = asked->is_asked;
    view->wrong = asked->wrong;
    show_chosen(rq, p, asked, view);
    view->newest_href.address = address_of(rq, asked, asked->q, false, TIME_NEVER, 1);
    view->best_href.address = address_of(rq, asked, asked->q, true, TIME_NEVER, 1);
}

err search_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct asked asked;
    struct view_search view = {0};

    read_fields(rq, &asked);
    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));

    struct parts p = {rq->of, &r, &paper};

    TRY(read_filter(&p, &asked));
    show_form(rq, &p, &asked, &view);
    if (asked.is_asked && asked.wrong.n == 0)
        TRY(look(rq, &p, &asked, &view));

    str title = say(paper.tongue, "Search");
    struct page_head head = {
        .title = asked.q.n > 0 ? str_fmt(rq->arena, "%.*s: %.*s | %.*s", STR(title), STR(asked.q),
                                         STR(paper.name))
                               : (str){0},
        .description = say(paper.tongue, "Find stories in the whole archive of the paper."),
        .path = rq->path,
        .canonical = rq->raw_path,
        .name = title,
        .in_brief = true,
    };

    TRY(show_head(rq, &r, &paper, &head, &view.page));
    return show_page(rq, &r, 200, TEMPLATE_SEARCH, &view);
}
