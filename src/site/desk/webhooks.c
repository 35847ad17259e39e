/*
 * webhooks.c - /desk/settings/webhooks: machines elsewhere that are told what happens; what each
 * was told, and whether it took it.
 */
#include "live/webhook.h"

#include "http/form.h"
#include "news/outbox.h"
#include "site/desk/desk.h"
#include "store/sql.h"

enum { MANY = 50, NUMBER_MAX = 20, KINDS_BYTES = 1000 };

static const struct {
    const char *word, *name;
} names[] = {
    {"published", SAY("A story is published")},
    {"updated", SAY("A story is updated")},
    {"corrected", SAY("A story is corrected")},
    {"withdrawn", SAY("A story is withdrawn")},
    {"killed", SAY("A story is killed")},
    {"expired", SAY("A story’s time is over")},
    {"breaking", SAY("Breaking news is told")},
    {"breaking_over", SAY("Breaking news is over")},
    {"front", SAY("A front is changed")},
    {"entry", SAY("A running story has a new entry")},
    {"entry-changed", SAY("An entry is changed")},
    {"entry-withdrawn", SAY("An entry is withdrawn")},
    {"coverage", SAY("Coverage begins, pauses or ends")},
};

static str name_of(const struct desk_page *p, str word)
{
    for (size_t i = 0; i < LENGTH(names); i++)
        if (str_eq(word, str_c(names[i].word)))
            return desk_say(p, names[i].name);
    return word;
}

static void fill_kinds(const struct desk_page *p, str chosen, const struct view_choice **out,
                       size_t *n)
{
    str words[WEBHOOK_KINDS_MAX];
    struct view_choice *v = arena_many(p->rq->arena, struct view_choice, WEBHOOK_KINDS_MAX);

    *n = webhook_words(words);
    for (size_t i = 0; i < *n; i++)
        v[i] =
            (struct view_choice){words[i], name_of(p, words[i]), webhook_wants(chosen, words[i])};
    *out = v;
}

/* Those that are ticked; empty when all are. */
static err read_kinds(struct request *rq, str *out)
{
    const struct form *f = &desk_visit(rq)->form;
    str words[WEBHOOK_KINDS_MAX];
    size_t n = 0, all = webhook_words(words);
    buf b = buf_new(rq->arena, KINDS_BYTES);

    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->fields[i].name, S("kind"))) {
            if (n++ > 0)
                buf_char(&b, ' ');
            buf_add(&b, f->fields[i].value);
        }
    *out = n == all ? S("") : buf_str(&b);
    return n == 0 || b.over ? E_INVALID : OK;
}

/* --- all, and a new one --- */

struct typed {
    struct webhook_to of;
    const char *wrong;
};

static err fill_all(const struct desk_page *p, struct view_desk_webhooks *view)
{
    arena *a = p->rq->arena;
    struct sql_webhooks_rows rows;
    struct view_desk_webhook_line *v;

    TRY(sql_webhooks(a, p->rq->desk, &rows));
    v = arena_many(a, struct view_desk_webhook_line, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct view_desk_webhook_line){
            .href = {str_fmt(a, "/desk/settings/webhooks/%lld", (long long)rows.v[i].webhook)},
            .address = rows.v[i].url,
            .waiting = rows.v[i].waiting,
            .given_up = rows.v[i].given_up,
        };
    view->webhooks.v = v;
    view->webhooks.n = rows.n;
    view->has_webhooks = rows.n > 0;
    return OK;
}

static err show_all(struct request *rq, const struct typed *typed)
{
    struct desk_page p;
    struct view_desk_webhooks view = {.action = {S("/desk/settings/webhooks")}};

    TRY(desk_begin(rq, &p));
    TRY(fill_all(&p, &view));
    desk_settings_menu(&p, &view.pages.v, &view.pages.n);
    fill_kinds(&p, typed->of.kinds, &view.kinds.v, &view.kinds.n);
    view.desk = p.head;
    view.address = typed->of.url;
    view.secret = typed->of.secret;
    view.opens = typed->wrong != NULL;
    if (typed->wrong != NULL)
        desk_wrong(&p, typed->wrong);
    return desk_reply(&p, typed->wrong != NULL ? 422 : 200, DESK_WEBHOOKS, SAY("Webhooks"), &view);
}

err desk_webhooks(struct request *rq)
{
    return show_all(rq, &(struct typed){0});
}

/* --- one --- */

static str state_of(const struct desk_page *p, const struct sql_outbox_told *row)
{
    if (row->has_given_up_at)
        return desk_say(p, SAY("Given up"));
    if (!row->has_sent_at)
        return row->tries > 0 ? desk_say(p, SAY("Tried again later")) : desk_say(p, SAY("Waits"));
    return row->status == 0 ? desk_say(p, SAY("Not told: readers may not have it any more"))
                            : desk_say(p, SAY("Told"));
}

static err fill_told(const struct desk_page *p, int64_t id, struct view_desk_webhook *view)
{
    struct request *rq = p->rq;
    struct sql_outbox_told_rows rows;
    struct view_desk_telling *v;
    int64_t before = INT64_MAX;
    bool is_later = str_int(desk_query(rq, S("before"), NUMBER_MAX), &before) && before > 0;

    TRY(sql_outbox_told(rq->arena, rq->desk, OUTBOX_WEBHOOK, id, is_later ? before : INT64_MAX,
                        MANY + 1, &rows));
    v = arena_many(rq->arena, struct view_desk_telling, rows.n);
    for (size_t i = 0; i < rows.n && i < MANY; i++) {
        const struct sql_outbox_told *row = &rows.v[i];
        bool is_over = row->has_sent_at || row->has_given_up_at;

        v[view->told.n++] = (struct view_desk_telling){
            .event = row->event,
            .name = name_of(p, row->subject),
            .state = state_of(p, row),
            .status = row->status,
            .tries = row->tries,
            .problem = row->status == 0 && row->has_sent_at ? S("") : row->problem,
            .is_given_up = row->has_given_up_at,
            .at = desk_when(p, row->has_sent_at       ? row->sent_at
                               : row->has_given_up_at ? row->given_up_at
                                                      : row->made_at),
            .next = desk_when(p, is_over || row->tries == 0 ? 0 : row->next_at),
        };
    }
    view->told.v = v;
    view->has_told = view->told.n > 0;
    if (rows.n > MANY)
        view->older.address = str_fmt(rq->arena, "/desk/settings/webhooks/%lld?before=%lld",
                                      (long long)id, (long long)v[MANY - 1].event);
    if (is_later)
        view->newest.address = str_fmt(rq->arena, "/desk/settings/webhooks/%lld", (long long)id);
    return OK;
}

static err show_one(struct request *rq, int64_t id, const char *wrong)
{
    struct desk_page p;
    struct view_desk_webhook view = {0};
    struct webhook_to of;

    TRY(webhook_to(rq->arena, rq->desk, id, &of));
    TRY(desk_begin(rq, &p));
    TRY(fill_told(&p, id, &view));
    desk_settings_menu(&p, &view.pages.v, &view.pages.n);
    fill_kinds(&p, of.kinds, &view.kinds.v, &view.kinds.n);
    view.desk = p.head;
    view.action.address = rq->raw_path;
    view.address = of.url;
    view.secret = of.secret;
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 422 : 200, DESK_WEBHOOK, SAY("Webhooks"), &view);
}

err desk_webhook(struct request *rq)
{
    int64_t id;

    TRY(desk_id(rq, &id));
    return show_one(rq, id, NULL);
}

/* --- acts --- */

static err run(struct staff_work *k, void *of, note *why)
{
    struct deed deed;

    TRY(webhook_do(k->a, k->w, of, k->now, &deed, why));
    return audit_add(k->w, k->now, &k->by, &deed, why);
}

static const char *sentence(err e)
{
    return e == E_LIMIT ? SAY("There are as many webhooks as there may be.")
                        : SAY("A webhook takes an address with https:// (or http:// on this "
                              "machine), and something to be told of.");
}

static err add(struct request *rq)
{
    struct typed typed = {
        .of = {.url = desk_field(rq, "address"), .secret = desk_field(rq, "secret")}};
    struct webhook_act job = {.act = AUDIT_webhook_added};
    err e = read_kinds(rq, &typed.of.kinds);

    job.of = typed.of;
    if (e == OK)
        e = desk_do(rq, run, &job);
    if (e == OK)
        return desk_go(rq, str_fmt(rq->arena, "/desk/settings/webhooks/%lld", (long long)job.id),
                       "webhook");
    if (e != E_INVALID && e != E_LIMIT)
        return e;
    typed.wrong = sentence(e);
    return show_all(rq, &typed);
}

/* What is asked of one that is there; E_INVALID: not that. */
static err read_act(struct request *rq, struct webhook_act *job)
{
    str word = desk_field(rq, "act");

    if (str_eq(word, S("remove"))) {
        job->act = AUDIT_webhook_removed;
        return OK;
    }
    if (str_eq(word, S("save"))) {
        job->act = AUDIT_webhook_changed;
        return read_kinds(rq, &job->of.kinds);
    }
    job->act = AUDIT_webhook_replayed;
    job->to = INT64_MAX;
    if (!str_int(desk_field(rq, "event"), &job->from) || job->from < 1)
        return E_INVALID;
    if (str_eq(word, S("again")))
        job->to = job->from;
    return str_eq(word, S("again")) || str_eq(word, S("replay")) ? OK : E_INVALID;
}

err desk_webhook_post(struct request *rq)
{
    struct webhook_act job = {0};
    err e;

    if (!request_has_param(rq, S("id")))
        return add(rq);
    TRY(desk_id(rq, &job.id));
    e = read_act(rq, &job);
    if (e == OK)
        e = desk_do(rq, run, &job);
    if (e == E_INVALID)
        return show_one(rq, job.id, sentence(e));
    TRY(e);
    if (job.act == AUDIT_webhook_removed)
        return desk_go(rq, S("/desk/settings/webhooks"), "webhook-gone");
    return desk_go(rq, rq->path, job.act == AUDIT_webhook_replayed ? "webhook-again" : "webhook");
}
