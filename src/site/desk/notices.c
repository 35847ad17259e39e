/*
 * notices.c - /desk/notices: what others give out through the paper: written, changed, taken down.
 */
#include "news/notice.h"

#include "site/desk/desk.h"
#include "store/sql.h"
#include "text/dates.h"
#include "text/markdown.h"
#include "text/write_markdown.h"

enum { MANY = 40, NUMBER_MAX = 20 };

/* --- all --- */

static enum notice_type type_of(str word)
{
    enum notice_type t = notice_type_at(word);

    return t == NOTICE_TYPE_COUNT ? NOTICE_PUBLIC : t;
}

static str state_of(const struct desk_page *p, int64_t state, int64_t from, int64_t until)
{
    if (state != STATE_LIVE)
        return desk_state_name(p, (enum public_state)state);
    if (from > p->r.now)
        return desk_say(p, SAY("Begins later"));
    return until != 0 && until <= p->r.now ? desk_say(p, SAY("Its run is over"))
                                           : desk_say(p, SAY("Runs"));
}

err desk_notices(struct request *rq)
{
    struct desk_page p;
    struct view_desk_notices view = {0};
    struct sql_notices_before_rows rows;
    struct view_desk_notice_line *v;
    str given = desk_query(rq, S("before"), NUMBER_MAX);
    int64_t before = TIME_NEVER;
    bool is_later = str_int(given, &before) && before > 0;

    TRY(desk_begin(rq, &p));
    TRY(sql_notices_before(rq->arena, rq->desk, is_later ? before : TIME_NEVER, MANY + 1, &rows));
    v = arena_many(rq->arena, struct view_desk_notice_line, rows.n);
    for (size_t i = 0; i < rows.n && i < MANY; i++) {
        const struct sql_notices_before *row = &rows.v[i];
        int64_t until = row->has_until_at ? row->until_at : 0;

        v[view.notices.n++] = (struct view_desk_notice_line){
            .href = {str_fmt(rq->arena, "/desk/notices/%lld", (long long)row->notice)},
            .title = row->title,
            .issuer = row->issuer,
            .type = desk_say(&p, notice_title(type_of(row->type))),
            .state = state_of(&p, row->public_state, row->from_at, until),
            .from = desk_when(&p, row->from_at),
            .until = desk_when(&p, until),
        };
    }
    if (rows.n > MANY)
        view.older.address =
            str_fmt(rq->arena, "/desk/notices?before=%lld", (long long)rows.v[MANY - 1].notice);
    if (is_later)
        view.newest.address = S("/desk/notices");
    view.notices.v = v;
    view.has_notices = view.notices.n > 0;
    view.desk = p.head;
    return desk_reply(&p, 200, DESK_NOTICES, SAY("Notices"), &view);
}

/* --- one --- */

struct written {
    int64_t id; /* 0: a new one */
    str type, title, issuer, reference, language, text, from, until, reason;
    int64_t state;
    bool is_locked;   /* it holds more than Markdown can say */
    struct body body; /* when it is locked */
    bool previews;
    const char *wrong;
};

/* A day of the paper's clock; `until` is its end. */
static str day_of(struct request *rq, int64_t at, bool end)
{
    const struct site *s = rq->of;

    return at == 0 ? S("") : date_day(rq->arena, end ? at - 1 : at, s->zone);
}

static err load(struct request *rq, int64_t id, struct written *out)
{
    struct sql_notice_at row;

    TRY(sql_notice_at(rq->arena, rq->desk, id, &row));
    *out = (struct written){
        .id = id,
        .type = row.type,
        .title = row.title,
        .issuer = row.issuer,
        .reference = row.reference,
        .language = row.language,
        .from = day_of(rq, row.from_at, false),
        .until = day_of(rq, row.has_until_at ? row.until_at : 0, true),
        .state = row.public_state,
    };
    TRY(body_from_store(rq->arena, row.body, &out->body, &rq->note));
    out->is_locked = !body_to_markdown(rq->arena, &out->body, &out->text);
    return OK;
}

static void fill_types(const struct desk_page *p, str chosen, struct view_desk_notice *view)
{
    struct view_choice *v = arena_many(p->rq->arena, struct view_choice, NOTICE_TYPE_COUNT);

    for (int i = 0; i < NOTICE_TYPE_COUNT; i++) {
        enum notice_type t = (enum notice_type)i;

        v[i] = (struct view_choice){notice_word(t), desk_say(p, notice_title(t)),
                                    str_eq(notice_word(t), chosen)};
    }
    view->types.v = v;
    view->types.n = NOTICE_TYPE_COUNT;
}

static err show(struct request *rq, const struct written *w)
{
    struct desk_page p;
    struct view_desk_notice view;
    struct body body;

    TRY(desk_begin(rq, &p));
    view = (struct view_desk_notice){
        .desk = p.head,
        .action = {rq->raw_path},
        .title = w->title,
        .issuer = w->issuer,
        .reference = w->reference,
        .in_language = w->language,
        .text = w->text,
        .from = w->from,
        .until = w->until,
        .reason = w->reason,
        .is_new = w->id == 0,
        .is_live = w->id != 0 && w->state == STATE_LIVE,
        .is_withdrawn = w->state == STATE_WITHDRAWN,
        .is_killed = w->state == STATE_KILLED,
        .is_locked = w->is_locked,
    };
    if (w->id != 0)
        view.href.address = str_fmt(rq->arena, "/notices/%lld", (long long)w->id);
    if (w->previews && body_from_markdown(rq->arena, w->text, MARKDOWN_FULL, &body, NULL) == OK) {
        view.has_preview = true;
        view.preview = desk_body(&p, &body);
    }
    fill_types(&p, w->type, &view);
    if (w->wrong != NULL)
        desk_wrong(&p, w->wrong);
    return desk_reply(&p, w->wrong != NULL ? 422 : 200, DESK_NOTICE, SAY("Notices"), &view);
}

/* "new", or a number. */
static err read_id(struct request *rq, int64_t *id)
{
    str given = request_param(rq, S("id"));

    *id = 0;
    if (str_eq(given, S("new")))
        return OK;
    return str_int(given, id) && *id > 0 ? OK : E_MISSING;
}

err desk_notice(struct request *rq)
{
    struct written w = {.type = notice_word(NOTICE_PUBLIC)};
    int64_t id;

    TRY(read_id(rq, &id));
    if (id != 0)
        TRY(load(rq, id, &w));
    return show(rq, &w);
}

/* --- acts --- */

struct job {
    int64_t id;
    enum public_state to; /* NONE: it is written */
    str reason;
    struct notice_draft text;
};

static err lines_of(struct desk *d, int64_t id, struct deed *deed, str *lines)
{
    struct sql_notice_at row;

    TRY(sql_notice_at(d->a, d->w, id, &row));
    deed->label = row.title;
    *lines = audit_line(d->a, S(""), "state", state_word((enum public_state)row.public_state));
    *lines = audit_line(d->a, *lines, "title", row.title);
    *lines = audit_line(d->a, *lines, "issuer", row.issuer);
    *lines = audit_line(d->a, *lines, "from", date_iso(d->a, row.from_at));
    if (row.has_until_at)
        *lines = audit_line(d->a, *lines, "until", date_iso(d->a, row.until_at));
    return OK;
}

static err run(struct staff_work *k, void *of, note *why)
{
    struct job *job = of;
    struct desk d = {k->a, k->w, k->now};
    bool is_new = job->id == 0;
    struct deed deed = {.act = job->to == STATE_WITHDRAWN        ? AUDIT_notice_withdrawn
                               : is_new || job->to == STATE_LIVE ? AUDIT_notice_published
                                                                 : AUDIT_notice_changed};

    if (!is_new)
        TRY(lines_of(&d, job->id, &deed, &deed.was));
    if (job->to != STATE_NONE)
        TRY(notice_move(&d, job->id, job->to, job->reason, why));
    else if (is_new)
        TRY(notice_add(&d, &job->text, &job->id, why));
    else
        TRY(notice_change(&d, job->id, &job->text, why));
    TRY(lines_of(&d, job->id, &deed, &deed.is));
    deed.is = audit_line(k->a, deed.is, "reason", job->reason);
    deed.subject = job->id;
    return audit_add(k->w, k->now, &k->by, &deed, why);
}

/* A day from its beginning, or until its end; false: it is none. */
static bool read_day(struct request *rq, str typed, bool end, int64_t *at)
{
    const struct site *s = rq->of;

    if (typed.n == 0)
        return true;
    if (typed.n != 10 || !date_parse(typed, s->zone, at))
        return false;
    *at = date_day_start(*at, s->zone, end ? 1 : 0);
    return true;
}

static err read_draft(struct request *rq, const struct written *w, struct notice_draft *out)
{
    *out = (struct notice_draft){
        .type = type_of(w->type),
        .title = str_squeeze(rq->arena, w->title),
        .issuer = w->issuer,
        .reference = w->reference,
        .language = w->language,
    };
    if (!read_day(rq, w->from, false, &out->from_at) ||
        !read_day(rq, w->until, true, &out->until_at))
        return E_INVALID;
    if (w->is_locked)
        out->body = w->body;
    else
        TRY(body_from_markdown(rq->arena, w->text, MARKDOWN_FULL, &out->body, &rq->note));
    return OK;
}

static struct written read_typed(struct request *rq)
{
    return (struct written){
        .type = desk_field(rq, "type"),
        .title = desk_field(rq, "title"),
        .issuer = desk_field(rq, "issuer"),
        .reference = desk_field(rq, "reference"),
        .language = desk_field(rq, "in-language"),
        .text = str_replace(rq->arena, desk_field(rq, "text"), S("\r\n"), S("\n")),
        .from = desk_field(rq, "from"),
        .until = desk_field(rq, "until"),
        .reason = desk_field(rq, "reason"),
        .previews = str_eq(desk_field(rq, "act"), S("preview")),
    };
}

static err act(struct request *rq, struct job *job, const char *done)
{
    TRY(desk_do(rq, run, job));
    return desk_go(rq, str_fmt(rq->arena, "/desk/notices/%lld", (long long)job->id), done);
}

err desk_notice_post(struct request *rq)
{
    struct written w = read_typed(rq), old = {0};
    struct job job = {.reason = w.reason};
    str word = desk_field(rq, "act");
    err e;

    TRY(read_id(rq, &job.id));
    if (job.id != 0)
        TRY(load(rq, job.id, &old));
    w.id = job.id;
    w.state = old.state;
    w.is_locked = old.is_locked;
    w.body = old.body;
    if (w.previews)
        return show(rq, &w);
    if (job.id != 0 && (str_eq(word, S("withdraw")) || str_eq(word, S("publish")))) {
        job.to = str_eq(word, S("publish")) ? STATE_LIVE : STATE_WITHDRAWN;
        old.reason = w.reason;
        w = old;
        e = act(rq, &job, job.to == STATE_LIVE ? "notice-back" : "notice-down");
    } else {
        e = read_draft(rq, &w, &job.text);
        if (e == OK)
            e = act(rq, &job, "notice");
    }
    if (e != E_INVALID && e != E_CONFLICT && e != E_GONE && e != E_LIMIT)
        return e;
    w.wrong =
        e == E_GONE || e == E_CONFLICT
            ? SAY("Somebody else was quicker: the notice has moved on. This is how it is now.")
            : SAY("A notice takes a title, a text, who gives it out, and days that do not end "
                  "before they begin.");
    return show(rq, &w);
}
