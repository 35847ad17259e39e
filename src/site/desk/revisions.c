/*
 * revisions.c - what a story said while it was written, and in its versions:
 * /desk/stories/{id}/revisions, one of them, any two side by side, and going back.
 */
#include "site/desk/writing.h"

#include "site/public/compare.h"
#include "staff/writing.h"
#include "store/sql.h"
#include "text/dates.h"
#include "text/write_page.h"

enum { MANY = 40, FIELDS = 27, TEXT_MAX = 8 << 20, NUMBER_MAX = 20 };

static const char *const kinds[REVISION_KIND_COUNT] = {
    [REVISION_auto] = SAY("Saved"),
    [REVISION_named] = SAY("Kept"),
    [REVISION_merged] = SAY("Put together with somebody else's"),
    [REVISION_restored] = SAY("Went back to this"),
    [REVISION_published] = SAY("Published"),
    [REVISION_taken] = SAY("Came in from outside the editor"),
    [REVISION_offered] = SAY("Came over the wire beside it"),
    [REVISION_aside] = SAY("Set aside: it could not be put together"),
};

static str address_of(struct request *rq, int64_t story, const char *rest)
{
    return str_fmt(rq->arena, "/desk/stories/%lld%s", (long long)story, rest);
}

static struct view_desk_revision line_of(const struct desk_page *p, int64_t story,
                                         const struct revision *r)
{
    return (struct view_desk_revision){
        .number = r->number,
        .kind = r->kind < REVISION_KIND_COUNT ? desk_say(p, kinds[r->kind]) : S(""),
        .name = r->name,
        .who = r->who,
        .at = desk_when(p, r->at),
        .headline = r->headline,
        .words = r->words,
        .is_aside = r->kind == REVISION_aside,
        .href = {str_fmt(p->rq->arena, "/desk/stories/%lld/revisions/%lld", (long long)story,
                         (long long)r->number)},
    };
}

str version_kind_name(const struct desk_page *p, str kind)
{
    static const struct {
        const char *kind, *name;
    } names[] = {
        {"first", SAY("First version")},
        {"update", SAY("Update")},
        {"correction", SAY("Correction")},
        {"clarification", SAY("Clarification")},
        {"edit", SAY("Edit")},
    };

    for (size_t i = 0; i < LENGTH(names); i++)
        if (str_eq(kind, str_c(names[i].kind)))
            return desk_say(p, names[i].name);
    return kind;
}

/* --- the list --- */

/* Of what was saved, or of versions: a page of it, and the two of it that are chosen, which may
 * stand on another page. */
struct listing {
    const struct desk_page *p;
    int64_t story, current;
    bool is_versions;
    struct view_desk_revision *v;
    size_t n;
};

/* The newest below a number. */
static err add_revisions(struct listing *l, int64_t before, size_t many)
{
    struct request *rq = l->p->rq;
    struct revision *rows;
    size_t n;

    TRY(working_revisions(rq->arena, rq->desk, l->story, before, (int64_t)many, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        l->v[l->n] = line_of(l->p, l->story, &rows[i]);
        l->v[l->n].is_current = rows[i].number == l->current;
        l->v[l->n++].may_compare = true;
    }
    return OK;
}

static err add_versions(struct listing *l, int64_t before, size_t many)
{
    struct request *rq = l->p->rq;
    struct sql_desk_versions_rows rows;

    TRY(sql_desk_versions(rq->arena, rq->desk, l->story, before, (int64_t)many, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct view_desk_revision *line = &l->v[l->n++];

        *line = (struct view_desk_revision){
            .number = rows.v[i].number,
            .kind = version_kind_name(l->p, rows.v[i].kind),
            .name = rows.v[i].reason,
            .at = desk_when(l->p, rows.v[i].made_at),
            .words = rows.v[i].words,
            .is_current = rows.v[i].number == l->current,
            .may_compare = !rows.v[i].is_hidden,
        };
        if (line->may_compare)
            line->href.address = str_fmt(rq->arena, "/desk/stories/%lld/compare?version=%lld",
                                         (long long)l->story, (long long)line->number);
    }
    return OK;
}

static err add_lines(struct listing *l, int64_t before, size_t many)
{
    return l->is_versions ? add_versions(l, before, many) : add_revisions(l, before, many);
}

/* Where the chosen one stands; l->n: nowhere.  One of another page is put in where it belongs. */
static err choose(struct listing *l, int64_t number, size_t *at)
{
    size_t i = 0;

    while (i < l->n && l->v[i].number > number)
        i++;
    if (number > 0 && number < INT64_MAX && (i == l->n || l->v[i].number != number)) {
        size_t end = l->n;

        TRY(add_lines(l, number + 1, 1));
        if (l->n > end && l->v[end].number != number)
            l->n = end;
        if (l->n > end) {
            struct view_desk_revision one = l->v[end];

            one.is_elsewhere = true;
            memmove(&l->v[i + 1], &l->v[i], (end - i) * sizeof *l->v);
            l->v[i] = one;
        }
    }
    *at = i < l->n && l->v[i].number == number && l->v[i].may_compare ? i : l->n;
    return OK;
}

/* The n-th that can be compared. */
static size_t nth(const struct listing *l, size_t n)
{
    size_t i = 0;

    for (; i < l->n; i++)
        if (l->v[i].may_compare && !l->v[i].is_elsewhere && n-- == 0)
            break;
    return i;
}

/* As was asked for, or the two newest of the page. */
static err choose_two(struct listing *l)
{
    struct request *rq = l->p->rq;
    int64_t from = 0, to = 0;
    size_t at;

    str_int(desk_query(rq, S("from"), NUMBER_MAX), &from);
    str_int(desk_query(rq, S("to"), NUMBER_MAX), &to);
    TRY(choose(l, from, &at));
    from = at < l->n ? from : 0;
    TRY(choose(l, to, &at));
    if (at == l->n)
        at = nth(l, 0);
    if (at < l->n)
        l->v[at].is_to = true;
    TRY(choose(l, from, &at));
    if (at == l->n)
        at = nth(l, 1);
    if (at < l->n)
        l->v[at].is_from = true;
    return OK;
}

static err fill_list(struct listing *l, int64_t before, struct view_desk_revisions *view)
{
    size_t choices = 0;

    l->v = arena_many(l->p->rq->arena, struct view_desk_revision, MANY + 3);
    TRY(add_lines(l, before, MANY + 1));
    if (l->n > MANY) {
        l->n = MANY;
        view->older = l->v[MANY - 1].number;
    }
    TRY(choose_two(l));
    for (size_t i = 0; i < l->n; i++)
        choices += l->v[i].may_compare;
    view->revisions.v = l->v;
    view->revisions.n = l->n;
    view->has_two = choices > 1;
    view->is_later = before != INT64_MAX;
    view->is_versions = l->is_versions;
    return OK;
}

static bool asks_for_versions(struct request *rq)
{
    return str_eq(desk_query(rq, S("of"), NUMBER_MAX), S("versions"));
}

err desk_revisions(struct request *rq)
{
    struct desk_page p;
    struct working w;
    struct revision newest;
    struct view_desk_revisions view = {0};
    struct listing list = {.p = &p, .is_versions = asks_for_versions(rq)};
    int64_t before = INT64_MAX;

    TRY(writing_story(rq, &list.story));
    TRY(writing_open(rq, list.story, &w));
    str_int(desk_query(rq, S("before"), NUMBER_MAX), &before);
    TRY(desk_begin(rq, &p));
    TRY(working_revision(rq->arena, rq->desk, list.story, w.revision, &newest));
    list.current = list.is_versions ? w.newest : w.revision;
    view.desk = p.head;
    view.headline = desk_headline(&p, newest.headline);
    view.page.address = address_of(rq, list.story, "");
    view.edit.address = address_of(rq, list.story, "/edit");
    view.compare.address = address_of(rq, list.story, "/compare");
    view.list.address = address_of(rq, list.story, "/revisions");
    TRY(fill_list(&list, before, &view));
    return desk_reply(&p, 200, DESK_REVISIONS,
                      list.is_versions ? SAY("Versions") : SAY("Revisions"), &view);
}

/* --- one of them --- */

static err load(struct request *rq, int64_t story, int64_t number, struct revision *r,
                struct copy *c)
{
    TRY(working_revision(rq->arena, rq->desk, story, number, r));
    return copy_from_store(rq->arena, r->copy, c, &rq->note);
}

static const struct view_desk_revision *one(const struct desk_page *p, int64_t story,
                                            const struct revision *r)
{
    struct view_desk_revision *line = arena_one(p->rq->arena, struct view_desk_revision);

    *line = line_of(p, story, r);
    return line;
}

err desk_revision(struct request *rq)
{
    struct desk_page p;
    struct working w;
    struct revision r;
    struct copy c;
    struct view_desk_comparison view = {0};
    int64_t id, number;
    buf out = buf_new(rq->arena, TEXT_MAX);

    TRY(writing_story(rq, &id));
    if (!str_int(request_param(rq, S("revision")), &number))
        return E_MISSING;
    TRY(desk_begin(rq, &p));
    TRY(working_look(rq->arena, rq->desk, id, &w));
    TRY(load(rq, id, number, &r, &c));
    body_write_page(&out, &c.body, &(struct page_writer){.links_only = true, .no_ids = true});
    view.desk = p.head;
    view.page.address = address_of(rq, id, "/revisions");
    view.headline = desk_headline(&p, c.headline);
    view.standfirst = c.standfirst;
    view.language = part_language(&p.paper, c.language);
    view.direction = part_direction(c.language);
    view.text = (struct html){buf_str(&out)};
    view.after = one(&p, id, &r);
    view.is_current = number == w.revision;
    view.action.address = address_of(rq, id, "/restore");
    return desk_reply(&p, 200, DESK_REVISION, SAY("Revision"), &view);
}

/* --- two of them --- */

static str joined(arena *a, const struct copy_names *names)
{
    str out = {0};

    for (size_t i = 0; i < names->n; i++)
        out = str_join(a, i > 0 ? str_join(a, out, S(", ")) : out, names->v[i]);
    return out;
}

static str topics_of(arena *a, const struct copy *c)
{
    str out = {0};

    for (size_t i = 0; i < c->topic_count; i++)
        out = str_join(a, i > 0 ? str_join(a, out, S(", ")) : out, c->topics[i].name);
    return out;
}

static str time_of(arena *a, int64_t at)
{
    return at != 0 ? date_iso(a, at) : S("");
}

static str number_of(arena *a, int64_t n)
{
    return n > 0 ? str_fmt(a, "%lld", (long long)n) : S("");
}

static void compare_words(struct comparing *c, const struct copy *x, const struct copy *y)
{
    compare_field(c, SAY("Headline"), x->headline, y->headline);
    compare_field(c, SAY("Line above the headline"), x->kicker, y->kicker);
    compare_field(c, SAY("Introduction"), x->standfirst, y->standfirst);
    compare_field(c, SAY("Headline on fronts"), x->front_headline, y->front_headline);
    compare_field(c, SAY("Headline for search engines"), x->search_headline, y->search_headline);
    compare_field(c, SAY("Headline for social networks"), x->social_headline, y->social_headline);
    compare_field(c, SAY("Headline for letters"), x->letter_headline, y->letter_headline);
    compare_field(c, SAY("Place"), x->dateline, y->dateline);
    compare_field(c, SAY("Source"), x->source, y->source);
    compare_field(c, SAY("Credit"), x->credit, y->credit);
    compare_field(c, SAY("Copyright"), x->copyright, y->copyright);
    compare_field(c, SAY("Note on rights"), x->rights_note, y->rights_note);
    compare_field(c, SAY("What is reviewed"), x->reviewed, y->reviewed);
    compare_field(c, SAY("Words of the address"), x->slug, y->slug);
    compare_field(c, SAY("Caption of the main picture"), x->hero.caption, y->hero.caption);
    compare_field(c, SAY("Main picture, for who does not see it"), x->hero.alt, y->hero.alt);
}

static void compare_rest(struct comparing *c, const struct copy *x, const struct copy *y)
{
    arena *a = c->p->r->a;

    compare_field(c, SAY("What it is"), x->type, y->type);
    compare_field(c, SAY("Byline"), joined(a, &x->bylines), joined(a, &y->bylines));
    compare_field(c, SAY("Topics"), topics_of(a, x), topics_of(a, y));
    compare_field(c, SAY("Places"), joined(a, &x->places), joined(a, &y->places));
    compare_field(c, SAY("Under embargo until"), time_of(a, x->embargo_at),
                  time_of(a, y->embargo_at));
    compare_field(c, SAY("Not after"), time_of(a, x->expiry_at), time_of(a, y->expiry_at));
    compare_field(c, SAY("Main picture"), number_of(a, x->hero.media), number_of(a, y->hero.media));
    compare_field(c, SAY("Half stars"), number_of(a, x->half_stars), number_of(a, y->half_stars));
    compare_field(c, SAY("Urgency"), number_of(a, x->urgency), number_of(a, y->urgency));
    compare_field(c, SAY("Section"), number_of(a, x->section), number_of(a, y->section));
    compare_field(c, SAY("Language"), x->language, y->language);
}

void compare_copies(struct comparing *c, const struct parts *p, const struct copy *before,
                    const struct copy *after)
{
    compare_begin(c, p, FIELDS, &before->body, &after->body);
    compare_words(c, before, after);
    compare_rest(c, before, after);
    compare_bodies(c);
}

str compare_names(const struct parts *p, const struct copy *before, const struct copy *after)
{
    struct comparing c;
    str out = {0};
    size_t fields;

    compare_begin(&c, p, FIELDS, &before->body, &after->body);
    compare_words(&c, before, after);
    compare_rest(&c, before, after);
    fields = c.changed;
    for (size_t i = 0; i < c.n; i++)
        out = str_join(p->r->a, i > 0 ? str_join(p->r->a, out, S(", ")) : out, c.passages[i].name);
    compare_bodies(&c);
    if (c.changed == fields)
        return out;
    return str_join(p->r->a, fields > 0 ? str_join(p->r->a, out, S(", ")) : out,
                    say(p->paper->tongue, "Text"));
}

static err show_compared(struct desk_page *p, int64_t id, const struct copy *x,
                         const struct copy *y, struct view_desk_comparison *view)
{
    struct comparing c;

    compare_copies(&c, &p->parts, x, y);
    view->desk = p->head;
    view->page.address = address_of(p->rq, id, "/revisions");
    view->headline = desk_headline(p, y->headline);
    view->language = part_language(&p->paper, y->language);
    view->direction = part_direction(y->language);
    view->is_same = c.changed == 0;
    view->passages.v = c.passages;
    view->passages.n = c.changed == 0 ? 0 : c.n;
    return desk_reply(p, 200, DESK_COMPARE, SAY("What changed"), view);
}

/* A version of the story, and what is written now: to go back to it. */
static err compare_version(struct request *rq, int64_t id, int64_t number)
{
    struct desk_page p;
    struct working w;
    struct revision now, then = {.number = number};
    struct copy x, y;
    struct view_desk_comparison view = {0};

    TRY(writing_open(rq, id, &w));
    TRY(desk_begin(rq, &p));
    TRY(load(rq, id, w.revision, &now, &y));
    TRY(copy_of_version(rq->arena, rq->desk, id, number, &y, &x, &then.at, &rq->note));
    view.version = one(&p, id, &then);
    view.after = one(&p, id, &now);
    view.action.address = address_of(rq, id, "/restore");
    view.story.address = address_of(rq, id, "");
    return show_compared(&p, id, &x, &y, &view);
}

/* Two versions of the story. */
static err compare_versions(struct request *rq, int64_t id, int64_t from, int64_t to)
{
    struct desk_page p;
    struct working w;
    struct revision now, before = {.number = from}, after = {.number = to};
    struct copy rest, x, y;
    struct view_desk_comparison view = {0};

    TRY(writing_open(rq, id, &w));
    TRY(desk_begin(rq, &p));
    TRY(load(rq, id, w.revision, &now, &rest));
    TRY(copy_of_version(rq->arena, rq->desk, id, from, &rest, &x, &before.at, &rq->note));
    TRY(copy_of_version(rq->arena, rq->desk, id, to, &rest, &y, &after.at, &rq->note));
    view.version = one(&p, id, &before);
    view.to_version = one(&p, id, &after);
    view.story.address = address_of(rq, id, "");
    return show_compared(&p, id, &x, &y, &view);
}

err desk_compare(struct request *rq)
{
    struct desk_page p;
    struct revision before, after;
    struct copy x, y;
    struct view_desk_comparison view = {0};
    int64_t id, from, to, version;

    TRY(writing_story(rq, &id));
    if (str_int(desk_query(rq, S("version"), NUMBER_MAX), &version))
        return compare_version(rq, id, version);
    if (!str_int(desk_query(rq, S("from"), NUMBER_MAX), &from) ||
        !str_int(desk_query(rq, S("to"), NUMBER_MAX), &to))
        return E_MISSING;
    if (asks_for_versions(rq))
        return compare_versions(rq, id, from < to ? from : to, from < to ? to : from);
    TRY(desk_begin(rq, &p));
    TRY(load(rq, id, from < to ? from : to, &before, &x));
    TRY(load(rq, id, from < to ? to : from, &after, &y));
    view.before = one(&p, id, &before);
    view.after = one(&p, id, &after);
    return show_compared(&p, id, &x, &y, &view);
}

/* --- going back --- */

struct restore_job {
    int64_t story;
    int64_t revision, version; /* one of them; else 0 */
};

static err restore(struct staff_work *k, void *of, note *why)
{
    struct restore_job *job = of;

    return job->version != 0 ? staff_version_restore(k, job->story, job->version, why)
                             : staff_story_restore(k, job->story, job->revision, why);
}

err desk_restore_post(struct request *rq)
{
    struct restore_job job = {0};

    TRY(writing_story(rq, &job.story));
    if (!str_int(desk_field(rq, "version"), &job.version) &&
        !str_int(desk_field(rq, "revision"), &job.revision))
        return fail(&rq->note, E_INVALID, "a revision has a number, and so has a version");
    TRY(desk_do(rq, restore, &job));
    return desk_go(rq, address_of(rq, job.story, "/revisions"), "back");
}
