/*
 * post_push.c - telling readers' devices what they have chosen, by the push services of their
 * browsers (RFC 8030; live/push.h): many at once, in the order of push_line.h.
 *
 * What came of some is written down together, up to DONE_MAX of them, DONE_US after the first at
 * the latest.  Who dies before sends these again; the tag makes that one message on the device.
 */
#include "live/push.h"

#include "base/hash.h"
#include "site/postman.h"
#include "site/push_line.h"
#include "text/say.h"

#include <stdlib.h>

enum {
    GONE = 410,
    MISSING = 404,
    TOO_MANY = 429,
    ANSWER_MAX = 4 << 10,
    TOKEN_H = 12,
    TOKENS = 64,
    TOKEN_PLACES = 4,
    SHORTEST_S = 60,
    DONE_MAX = 128,
    WORDS_MAX = 16,
    WAIT_MS = 200,
    LINE_CEILING = 128 << 20,
    WORDS_CEILING = 8 << 20,
    DONE_CEILING = 8 << 20,
    FLIGHT_CEILING = 1 << 20
};

#define DONE_US (SECOND_US / 4)
#define WORDS_US SECOND_US

/* One message in the air. */
struct flight {
    arena *a; /* its own */
    bool is_up;
    struct push_wait what; /* its strings in `a` */
};

/* What has come of one, until it is written down. */
struct done {
    struct post_outcome o;
    int64_t event;
    str tag, endpoint;
    bool device_is_gone;
    str resting; /* the origin that rests from now on, or empty */
    int64_t rest_until;
};

/* What is told of an event, for a moment. */
struct wording {
    int64_t event;
    bool breaking;
    err result;
    struct push_word word;
};

struct token {
    uint64_t of;
    int64_t until_s;
    char *text;
};

struct pushing {
    struct client_many *many;
    struct flight flights[PUSH_FLIGHTS];
    struct push_past past;
    struct token tokens[TOKENS];

    arena *line_a; /* of the line */
    struct push_line line;
    bool is_lined, is_full; /* there is a line; more may be due than it holds */

    arena *words_a; /* of what is told */
    struct wording words[WORDS_MAX];
    size_t word_n;
    int64_t words_at;
    struct webpush_key key;
    str contact;

    arena *done_a; /* of what has come of them */
    struct done done[DONE_MAX];
    size_t done_n;
    int64_t done_since;
};

static struct pushing *pushing_new(struct post_round *r)
{
    struct pushing *p = calloc(1, sizeof *p);

    must(p != NULL);
    p->many = client_many_new(r->site->asks_inside ? CLIENT_ANYWHERE : CLIENT_OUTSIDE);
    p->line_a = arena_new(LINE_CEILING);
    p->words_a = arena_new(WORDS_CEILING);
    p->done_a = arena_new(DONE_CEILING);
    for (size_t i = 0; i < LENGTH(p->flights); i++)
        p->flights[i].a = arena_new(FLIGHT_CEILING);
    return p;
}

static void rest(void **own)
{
    struct pushing *p = *own;

    client_many_free(&p->many);
    for (size_t i = 0; i < LENGTH(p->flights); i++)
        arena_free(&p->flights[i].a);
    for (size_t i = 0; i < LENGTH(p->tokens); i++)
        free(p->tokens[i].text);
    arena_free(&p->line_a);
    arena_free(&p->words_a);
    arena_free(&p->done_a);
    free(p);
    *own = NULL;
}

/* --- what is told --- */

/* Whom a push service may ask what this is about: RFC 8292, section 2.1. */
static str contact(arena *a, store_conn *db)
{
    str mail = paper_setting(a, db, S("email"), S(""));

    return mail.n > 0 ? str_join(a, S("mailto:"), mail) : paper_setting(a, db, S("address"), S(""));
}

/* E_GONE: nothing any more. */
static err make_words(struct post_round *r, arena *a, int64_t event, bool breaking,
                      struct push_word *out)
{
    theme *t = site_theme(r->site);
    struct tongue tongue = theme_tongue(t, paper_setting(a, r->db, S("language"), S("en")));
    struct push_teller paper = {paper_setting(a, r->db, S("name"), S("Broadsheet")), &tongue};
    struct reading reading;
    struct event e;
    err got = reading_begin(&reading, a, r->db, (struct viewer){VIEWER_PUBLIC}, OUTLET_PUSH,
                            clock_now(r->site->clock));

    if (got == OK) {
        got = event_at(a, r->db, event, &e);
        if (got == OK)
            got = push_word(&reading, &e, &paper, breaking, out);
        else if (got == E_MISSING)
            got = E_GONE;
        reading_end(&reading);
    }
    theme_drop(&t);
    return got;
}

/* What was made a moment ago is good for all; then it is made anew, through the gate. */
static err keep_words_fresh(struct post_round *r, struct pushing *p, bool has_room)
{
    int64_t now = clock_now(r->site->clock);

    if (has_room && p->words_at <= now && now - p->words_at < WORDS_US)
        return OK;
    arena_reset(p->words_a);
    p->word_n = 0;
    p->words_at = 0;
    TRY(push_key(p->words_a, r->db, &p->key));
    p->contact = contact(p->words_a, r->db);
    p->words_at = now;
    return OK;
}

static err words_of(struct post_round *r, struct pushing *p, int64_t event, bool breaking,
                    struct push_word *out)
{
    struct wording *w;

    TRY(keep_words_fresh(r, p, p->word_n < WORDS_MAX));
    for (size_t i = 0; i < p->word_n; i++)
        if (p->words[i].event == event && p->words[i].breaking == breaking) {
            *out = p->words[i].word;
            return p->words[i].result;
        }
    w = &p->words[p->word_n++];
    *w = (struct wording){.event = event, .breaking = breaking};
    w->result = make_words(r, p->words_a, event, breaking, &w->word);
    *out = w->word;
    return w->result;
}

/* Of all that goes in one message the oldest that has still something to say: it may be new, and
 * its words are of now. */
static err words_for(struct post_round *r, struct pushing *p, const struct push_wait *w,
                     bool breaking, struct push_word *out)
{
    err e = w->older != NULL ? words_for(r, p, w->older, breaking, out) : E_GONE;

    return e == E_GONE ? words_of(r, p, w->event, breaking, out) : e;
}

/* Its own, an empty one, or the first that may be its own. */
static struct token *token_place(struct pushing *p, uint64_t of)
{
    for (size_t i = 0; i < TOKEN_PLACES; i++) {
        struct token *t = &p->tokens[(of + i) % TOKENS];

        if (t->text == NULL || t->of == of)
            return t;
    }
    return &p->tokens[of % TOKENS];
}

/* One for an origin, until an hour before its end. */
static err token_for(struct post_round *r, struct pushing *p, arena *a, str endpoint, str *out,
                     note *why)
{
    int64_t now_s = clock_now(r->site->clock) / SECOND_US;
    str origin = webpush_origin(a, endpoint), made;
    uint64_t of =
        hash_of(str_fmt(a, "%.*s %.*s %.*s", STR(origin), STR(p->contact), STR(p->key.open)));
    struct token *t = token_place(p, of);

    if (t->text == NULL || t->of != of || t->until_s < now_s + 3600 ||
        t->until_s > now_s + TOKEN_H * 3600) {
        TRY(webpush_vapid(a, &p->key, endpoint, p->contact, now_s + TOKEN_H * 3600, &made, why));
        free(t->text);
        *t = (struct token){of, now_s + TOKEN_H * 3600, strndup(made.p, made.n)};
        must(t->text != NULL);
    }
    *out = str_c(t->text);
    return OK;
}

/* --- one message --- */

static err ask(struct post_round *r, struct pushing *p, struct flight *f,
               const struct sql_push_device_at *to, const struct push_word *word, note *why)
{
    int64_t ttl = (word->until - clock_now(r->site->clock)) / SECOND_US;
    str body, vapid;

    TRY(webpush_seal(f->a, to->p256dh, to->auth, word->json, &body, why));
    TRY(token_for(r, p, f->a, to->endpoint, &vapid, why));

    struct header headers[] = {
        {S("Authorization"), vapid},
        {S("Content-Encoding"), S("aes128gcm")},
        {S("TTL"), str_fmt(f->a, "%lld", (long long)(ttl < SHORTEST_S ? SHORTEST_S : ttl))},
        {S("Urgency"), word->is_urgent ? S("high") : S("normal")},
        {S("Topic"), word->topic},
    };
    struct client_ask ask = {.method = "POST",
                             .url = to->endpoint,
                             .type = S("application/octet-stream"),
                             .body = body,
                             .headers = headers,
                             .header_n = LENGTH(headers),
                             .answer_max = ANSWER_MAX};

    return post_said(client_begin(f->a, p->many, &ask, f, why), why);
}

/* E_GONE: there is no such device, or nothing to say. */
static err begin(struct post_round *r, struct pushing *p, struct flight *f,
                 const struct push_wait *w, note *why)
{
    struct sql_push_device_at to;
    struct push_word word;
    err e = sql_push_device_at(f->a, r->db, w->target, &to);

    if (e == E_MISSING)
        return E_GONE;
    TRY(e);
    TRY(words_for(r, p, w, to.breaking, &word));
    return ask(r, p, f, &to, &word, why);
}

static struct done *add_done(struct post_round *r, struct pushing *p, const struct push_wait *w,
                             err result, str problem)
{
    struct done *d = &p->done[p->done_n++];

    if (p->done_n == 1)
        p->done_since = clock_now(r->site->clock);
    *d = (struct done){
        .o = {.id = w->id,
              .target = w->target,
              .made_at = w->made_at,
              .tries = w->tries,
              .result = result,
              .problem = str_dup(p->done_a, problem),
              .now = clock_now(r->site->clock)},
        .event = w->event,
        .tag = str_dup(p->done_a, w->tag),
        .endpoint = str_dup(p->done_a, w->endpoint),
    };
    if (!post_is_over(&d->o))
        post_plan(r, &post_push, &d->o);
    return d;
}

static void let_origin_rest(struct pushing *p, struct done *d, const struct push_origin *o)
{
    d->resting = str_dup(p->done_a, o->name);
    d->rest_until = o->known.rest_until;
}

/* Is it the service that is in trouble, not this message? */
static bool is_trouble(const struct client_end *end)
{
    return end->result != OK || end->answer.status >= 500 || end->answer.status == TOO_MANY;
}

static err judge(const struct client_end *end, note *why)
{
    int status = end->answer.status;

    if (end->result != OK || client_is_fine(&end->answer))
        return end->result;
    if (status == GONE || status == MISSING)
        return fail(why, E_GONE, "the device is no more");
    return fail(why, is_trouble(end) ? E_IO : E_INVALID, "it answered %d", status);
}

static void land(struct post_round *r, struct pushing *p, struct client_end *end)
{
    struct flight *f = end->of;
    struct push_origin *o = push_line_origin(&p->line, f->what.endpoint);
    struct done *d;
    err e;

    end->result = post_said(end->result, &end->why);
    e = judge(end, &end->why);
    d = add_done(r, p, &f->what, e, str_c(end->why.text));
    d->o.status = end->result == OK ? end->answer.status : 0;
    d->device_is_gone = e == E_GONE;
    push_line_down(&p->line, o);
    if (!is_trouble(end))
        push_line_fine(&p->line, o);
    else if (push_line_failed(&p->line, o, d->o.now))
        let_origin_rest(p, d, o);
    f->is_up = false;
    arena_reset(f->a);
}

/* --- who is next --- */

static bool is_flying(const void *of, int64_t target)
{
    const struct pushing *p = of;

    for (size_t i = 0; i < LENGTH(p->flights); i++)
        if (p->flights[i].is_up && p->flights[i].what.target == target)
            return true;
    return false;
}

/* Is it in the air, by itself or with a newer one? */
static bool is_up(const struct pushing *p, const struct push_wait *w)
{
    for (size_t i = 0; i < LENGTH(p->flights); i++) {
        const struct push_wait *up = &p->flights[i].what;

        if (p->flights[i].is_up && up->target == w->target &&
            (up->id == w->id || (w->tag.n > 0 && str_eq(up->tag, w->tag) && w->event <= up->event)))
            return true;
    }
    return false;
}

/* What is in the air counts in the new line as well. */
static void new_line(struct pushing *p)
{
    for (size_t i = 0; i < LENGTH(p->flights); i++)
        if (p->flights[i].is_up)
            push_line_up(&p->line, push_line_origin(&p->line, p->flights[i].what.endpoint));
}

/* What has come for an origin while it rests waits with the others. */
static void rest_on(struct post_round *r, struct pushing *p)
{
    int64_t now = clock_now(r->site->clock);

    for (size_t i = 0; i < p->line.origins.n && p->done_n + PUSH_FLIGHTS < DONE_MAX; i++) {
        struct push_origin *o = p->line.origins.entries[i].value;

        if (o->first == NULL || push_line_rests(o, now) == 0)
            continue;
        o->first = o->last = NULL;
        o->waiting = 0;
        let_origin_rest(p, add_done(r, p, &(struct push_wait){0}, E_BUSY, S("")), o);
    }
}

/* With nothing left to be written down: what that was is in the old line. */
static err line_up(struct post_round *r, struct pushing *p)
{
    struct sql_push_due_rows due;

    if (p->is_lined)
        push_line_remember(&p->line);
    p->is_lined = false;
    arena_reset(p->line_a);
    TRY(sql_push_due(p->line_a, r->db, clock_now(r->site->clock), PUSH_DEVICES_MAX, &due));
    p->line = push_line_new(p->line_a, &p->past);
    p->is_lined = true;
    p->is_full = due.n == PUSH_DEVICES_MAX;
    for (size_t i = 0; i < due.n; i++) {
        const struct sql_push_due *d = &due.v[i];
        struct push_wait *w = arena_one(p->line_a, struct push_wait);

        *w = (struct push_wait){.id = d->id,
                                .target = d->target,
                                .event = d->event,
                                .made_at = d->made_at,
                                .tries = d->tries,
                                .tag = d->tag,
                                .endpoint = d->endpoint};
        if (!is_up(p, w))
            push_line_add(&p->line, w);
    }
    new_line(p);
    rest_on(r, p);
    return OK;
}

static struct flight *free_flight(struct pushing *p)
{
    for (size_t i = 0; i < LENGTH(p->flights); i++)
        if (!p->flights[i].is_up)
            return &p->flights[i];
    return NULL;
}

/* Up with as many as may go.  What is in the air may all come back at once, and has room. */
static void fill(struct post_round *r, struct pushing *p)
{
    struct flight *f;
    struct push_wait *w;

    while (p->done_n + (size_t)p->line.flying < DONE_MAX && (f = free_flight(p)) != NULL &&
           (w = push_line_take(&p->line, clock_now(r->site->clock), is_flying, p)) != NULL) {
        note why = {0};
        err e = begin(r, p, f, w, &why);

        if (e != OK) {
            add_done(r, p, w, e, str_c(why.text));
            arena_reset(f->a);
            continue;
        }
        f->what = *w;
        f->what.tag = str_dup(f->a, w->tag);
        f->what.endpoint = str_dup(f->a, w->endpoint);
        f->is_up = true;
        push_line_up(&p->line, push_line_origin(&p->line, w->endpoint));
    }
}

/* --- what has come of them --- */

static err write_one(arena *a, store_conn *w, const struct done *d)
{
    if (d->o.id == 0)
        ;
    else if (!post_is_over(&d->o))
        TRY(post_write_failure(w, &post_push, &d->o));
    else
        TRY(sql_push_told(w, d->o.id, d->o.target, d->tag, d->event, NULL));
    if (d->device_is_gone)
        TRY(push_remove(w, d->endpoint));
    if (d->resting.n == 0)
        return OK;
    return sql_push_rest(w, str_join(a, d->resting, S("/")), str_join(a, d->resting, S("0")),
                         d->rest_until, NULL); /* '0' comes after '/' */
}

static err write_done(arena *a, store_conn *w, void *of, note *why)
{
    const struct pushing *p = of;

    (void)why;
    for (size_t i = 0; i < p->done_n; i++)
        TRY(write_one(a, w, &p->done[i]));
    return OK;
}

/* False: it could not be written down, and comes again. */
static bool settle(struct post_round *r, struct pushing *p)
{
    note why = {0};

    if (p->done_n == 0)
        return true;
    if (store_write(r->site->store, write_done, p, p->done_a, &why) != OK) {
        post_not_written(r, &why);
        return false;
    }
    for (size_t i = 0; i < p->done_n; i++)
        if (p->done[i].o.id != 0)
            post_tell(&post_push, &p->done[i].o);
    p->done_n = 0;
    arena_reset(p->done_a);
    return true;
}

static bool is_time_to_settle(struct post_round *r, const struct pushing *p)
{
    int64_t now = clock_now(r->site->clock);

    return p->done_n > 0 && (p->line.flying == 0 || p->done_n + PUSH_FLIGHTS >= DONE_MAX ||
                             now < p->done_since || now - p->done_since >= DONE_US);
}

/* Until nothing is due and nothing in the air.  False: what came of some could not be written. */
static bool send_line(struct post_round *r, struct pushing *p)
{
    struct client_end end;

    for (;;) {
        fill(r, p);
        if (p->line.flying > 0 && client_ended(p->many, WAIT_MS, &end)) {
            do
                land(r, p, &end);
            while (client_ended(p->many, 0, &end));
        }
        if (is_time_to_settle(r, p) && !settle(r, p))
            return false;
        if ((p->line.flying == 0 && p->done_n == 0) || atomic_load(r->stopping))
            return settle(r, p);
        if (post_was_woken(r)) {
            if (!settle(r, p) || line_up(r, p) != OK)
                return false;
        }
    }
}

static bool send_all(struct post_round *r, void **own)
{
    struct pushing *p = *own;

    if (p == NULL)
        *own = p = pushing_new(r);
    if (!settle(r, p) || line_up(r, p) != OK)
        return false;
    return send_line(r, p) && p->is_full;
}

/* The follower that has written it down wakes it. */
static bool wakes(const struct event *e, bool *hurries)
{
    (void)e;
    *hurries = false;
    return true;
}

const struct post_kind post_push = {
    .kind = OUTBOX_PUSH,
    .name = "push",
    .sent = LOG_push_sent,
    .failed = LOG_push_failed,
    .stuck = LOG_push_failed,
    .given_up = LOG_push_given_up,
    .delay_max_s = 15 * 60,
    .rest_max_s = 15 * 60,
    .send_all = send_all,
    .rest = rest,
    .wakes = wakes,
};
