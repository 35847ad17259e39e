/*
 * interface.c - /api/v1/: the paper's public stories as ninjs 3.0 for anybody's program.
 *
 * openapi.json beside this file describes every address and reply; a test compares the two.  Errors
 * are problem+json (RFC 9457).  Any page of the web may ask (CORS), since nothing here is personal.
 */
#include "site/api/door.h"
#include "site/api/doors.h"
#include "site/api/ninjs.h"
#include "site/public/subject.h"

#include "base/embedded.h"
#include "http/form.h"
#include "news/notice.h"

EMBEDDED(api_files);

enum { LIST_USUAL = 25, LIST_MOST = 100, DOCUMENT_MAX = 16 << 20, HEADERS = 4 };

static const str json_type = S_INIT("application/json");

/* --- what all replies have in common --- */

static const struct header open_headers[] = {
    {S_INIT("Access-Control-Allow-Origin"), S_INIT("*")},
    {S_INIT("Access-Control-Expose-Headers"), S_INIT("ETag, Link")},
};

static err reply(struct door *d, const buf *out, str links)
{
    struct header *all = arena_many(d->a, struct header, HEADERS);
    size_t n = 0;

    for (; n < LENGTH(open_headers); n++)
        all[n] = open_headers[n];
    all[n++] =
        (struct header){S("Link"), str_fmt(d->a,
                                           "<%.*s/api/v1/openapi.json>; rel=\"service-desc\"; "
                                           "type=\"application/vnd.oai.openapi+json\"%.*s",
                                           STR(d->paper.address), STR(links))};
    return door_reply(d, json_type, out, all, n);
}

/* A browser asks whether it may ask. */
err interface_preflight(struct request *rq)
{
    reply_header(rq, S("Access-Control-Allow-Origin"), S("*"));
    reply_header(rq, S("Access-Control-Allow-Methods"), S("GET, HEAD, OPTIONS"));
    reply_header(rq, S("Access-Control-Allow-Headers"), S("If-None-Match, Accept"));
    reply_header(rq, S("Access-Control-Max-Age"), S("86400"));
    reply_header(rq, S("Allow"), S("GET, HEAD, OPTIONS"));
    return reply_nothing(rq);
}

bool interface_asked(const struct request *rq)
{
    return str_starts(rq->path, S("/api/"));
}

static str title_of(int status)
{
    switch (status) {
    case 400:
        return S("The request cannot be right");
    case 404:
        return S("There is no such thing");
    case 405:
        return S("This cannot be done here");
    case 410:
        return S("It was taken down");
    case 503:
        return S("Too busy; try again");
    default:
        return S("It could not be done");
    }
}

err interface_problem(struct request *rq, int status)
{
    buf out = buf_new(rq->arena, 16 << 10);
    struct json_writer w = json_writer(&out);

    put_object(&w, NULL);
    put_str(&w, "type", S("about:blank"));
    put_str(&w, "title", title_of(status));
    put_num(&w, "status", status);
    if (status == 400)
        put_str_if(&w, "detail", str_c(rq->note.text));
    put_end(&w);
    reply_header(rq, open_headers[0].name, open_headers[0].value);
    return reply_bytes(rq, status, S("application/problem+json"), buf_str(&out));
}

/* --- lists --- */

struct asked {
    int64_t before, limit;
};

static err read_asked(struct request *rq, struct asked *out)
{
    str given;

    out->limit = LIST_USUAL;
    TRY(door_before(rq, &out->before));
    if (request_query(rq, S("limit"), &given) &&
        (!str_int(given, &out->limit) || out->limit < 1 || out->limit > LIST_MOST))
        return fail(&rq->note, E_INVALID, "limit takes a number from 1 to %d", LIST_MOST);
    return OK;
}

/* Where the list begins, and the moment from which it goes on, 0: it does not (RFC 8288). */
static str links_of(struct door *d, const struct asked *asked, int64_t next)
{
    buf out = buf_new(d->a, 16 << 10);
    str self = door_address(d, d->rq->raw_path);

    buf_fmt(&out, ", <%.*s?limit=%lld>; rel=\"first\"", STR(self), (long long)asked->limit);
    if (next != 0)
        buf_fmt(&out, ", <%.*s?limit=%lld&before=%lld>; rel=\"next\"", STR(self),
                (long long)asked->limit, (long long)next);
    return buf_str(&out);
}

static err reply_list(struct door *d, const struct asked *asked, struct cards *cards, str title)
{
    buf out = buf_new(d->a, DOCUMENT_MAX);
    bool more = (int64_t)cards->n > asked->limit;
    str links = links_of(d, asked, more ? cards->v[asked->limit - 1].public_at : 0);

    if (more)
        cards->n = (size_t)asked->limit;
    ninjs_write_list(&out, d, door_address(d, d->rq->raw_path), title, cards);
    return reply(d, &out, links);
}

err interface_stories(struct request *rq)
{
    struct door d;
    struct asked asked;
    struct cards cards;

    TRY(read_asked(rq, &asked));
    TRY(door_open(rq, OUTLET_API, &d));
    TRY(stories_latest(&d.r, asked.before, (size_t)asked.limit + 1, &cards));
    return reply_list(&d, &asked, &cards, d.paper.name);
}

err interface_section(struct request *rq)
{
    const struct section *section;
    struct door d;
    struct asked asked;
    struct cards cards;

    TRY(read_asked(rq, &asked));
    TRY(door_open(rq, OUTLET_API, &d));
    section = paper_section(&d.paper, request_param(rq, S("slug")));
    if (section == NULL)
        return E_MISSING;
    TRY(stories_of_section(&d.r, section->id, asked.before, (size_t)asked.limit + 1, &cards));
    return reply_list(&d, &asked, &cards, section->name);
}

err interface_subject(struct request *rq)
{
    enum subject_kind kind = subject_asked(rq);
    struct subject s;
    struct door d;
    struct asked asked;
    struct cards cards;

    if (kind == SUBJECT_KINDS)
        return E_MISSING;
    TRY(read_asked(rq, &asked));
    TRY(door_open(rq, OUTLET_API, &d));
    TRY(subject_at(&d.r, kind, request_param(rq, S("slug")), &s));
    TRY(stories_of_subject(&d.r, s.id, asked.before, (size_t)asked.limit + 1, &cards));
    if (cards.n == 0 && !subject_is_written(&s))
        return E_MISSING;
    return reply_list(&d, &asked, &cards, s.name);
}

/* --- one story --- */

err interface_story(struct request *rq)
{
    struct door d;
    struct story s;
    int64_t id;
    buf out = buf_new(rq->arena, DOCUMENT_MAX);

    if (!str_int(request_param(rq, S("id")), &id))
        return E_MISSING;
    TRY(door_open(rq, OUTLET_API, &d));
    TRY(story_by_id(&d.r, id, &s));
    TRY(ninjs_write_story(&out, &d, &s));
    return reply(&d, &out,
                 str_fmt(d.a, ", <%.*s>; rel=\"alternate\"; type=\"text/html\"",
                         STR(door_address(&d, s.card.path))));
}

/* --- notices --- */

static void put_notice(struct json_writer *w, struct door *d, const struct notice *n)
{
    put_num(w, "id", n->id);
    put_str(w, "uri", door_name(d, "notice", n->id));
    put_str(w, "url", door_address(d, n->path));
    put_str(w, "type", notice_word(n->type));
    put_str(w, "title", n->title);
    put_str(w, "issuer", n->issuer);
    put_str_if(w, "reference", n->reference);
    put_str(w, "language", n->language.n > 0 ? n->language : d->paper.language);
    put_str(w, "runsFrom", door_moment(d, n->from_at));
    if (n->until_at != 0)
        put_str(w, "runsUntil", door_moment(d, n->until_at));
    put_truth(w, "hasEnded", n->has_ended);
    put_str(w, "versionCreated",
            door_moment(d, n->changed_at > n->from_at ? n->changed_at : n->from_at));
}

err interface_notices(struct request *rq)
{
    struct door d;
    struct asked asked;
    struct notices all;
    buf out = buf_new(rq->arena, DOCUMENT_MAX);
    struct json_writer w = json_writer(&out);

    TRY(read_asked(rq, &asked));
    TRY(door_open(rq, OUTLET_API, &d));
    TRY(notices_list(&d.r, false, NOTICE_TYPE_COUNT, asked.before, (size_t)asked.limit + 1, &all));

    bool more = (int64_t)all.n > asked.limit;

    put_object(&w, NULL);
    put_list(&w, "notices");
    for (size_t i = 0; i < all.n && (int64_t)i < asked.limit; i++) {
        put_object(&w, NULL);
        put_notice(&w, &d, &all.v[i]);
        put_end(&w);
    }
    put_end(&w);
    put_end(&w);
    return reply(&d, &out, links_of(&d, &asked, more ? all.v[asked.limit - 1].from_at : 0));
}

err interface_notice(struct request *rq)
{
    struct door d;
    struct notice n;
    int64_t id;
    buf out = buf_new(rq->arena, DOCUMENT_MAX);
    struct json_writer w = json_writer(&out);

    if (!str_int(request_param(rq, S("id")), &id))
        return E_MISSING;
    TRY(door_open(rq, OUTLET_API, &d));
    TRY(notice_at(&d.r, id, &n));
    put_object(&w, NULL);
    put_notice(&w, &d, &n);
    TRY(ninjs_put_bodies(&w, &d, &n.body));
    put_end(&w);
    return reply(&d, &out,
                 str_fmt(d.a, ", <%.*s>; rel=\"alternate\"; type=\"text/html\"",
                         STR(door_address(&d, n.path))));
}

/* --- what there is --- */

err interface_sections(struct request *rq)
{
    struct door d;
    buf out = buf_new(rq->arena, DOCUMENT_MAX);
    struct json_writer w = json_writer(&out);

    TRY(door_open(rq, OUTLET_API, &d));
    put_object(&w, NULL);
    put_list(&w, "sections");
    for (size_t i = 0; i < d.paper.section_count; i++) {
        const struct section *s = &d.paper.sections[i];

        put_object(&w, NULL);
        put_str(&w, "slug", s->slug);
        put_str(&w, "name", s->name);
        put_str_if(&w, "description", s->description);
        put_truth(&w, "opinion", s->is_opinion);
        put_str(&w, "url", door_address(&d, str_join(d.a, S("/"), s->slug)));
        put_str(&w, "stories",
                door_address(&d, str_fmt(d.a, "/api/v1/sections/%.*s/stories", STR(s->slug))));
        put_end(&w);
    }
    put_end(&w);
    put_end(&w);
    return reply(&d, &out, S(""));
}

err interface_index(struct request *rq)
{
    struct door d;
    buf out = buf_new(rq->arena, DOCUMENT_MAX);
    struct json_writer w = json_writer(&out);

    TRY(door_open(rq, OUTLET_API, &d));
    put_object(&w, NULL);
    put_str(&w, "name", d.paper.name);
    put_str(&w, "url", door_address(&d, S("/")));
    put_str(&w, "stories", door_address(&d, S("/api/v1/stories")));
    put_str(&w, "sections", door_address(&d, S("/api/v1/sections")));
    put_str(&w, "notices", door_address(&d, S("/api/v1/notices")));
    put_str(&w, "description", door_address(&d, S("/api/v1/openapi.json")));
    put_end(&w);
    return reply(&d, &out, S(""));
}

err interface_description(struct request *rq)
{
    struct door d;
    buf out = buf_new(rq->arena, DOCUMENT_MAX);

    TRY(door_open(rq, OUTLET_API, &d));
    for (size_t i = 0; i < api_files_count; i++)
        if (str_eq(api_files[i].path, S("openapi.json")))
            buf_add(&out, api_files[i].bytes);
    return reply(&d, &out, S(""));
}
