#include "live/webhook.h"

#include "http/client.h"
#include "news/outbox.h"
#include "news/paper.h"
#include "store/sql.h"
#include "text/dates.h"
#include "text/json_write.h"
#include "text/url.h"

#include <sodium.h>

enum { BODY_MAX = 64 << 10, BATCH = 500, BASE64_ROOM = 96 };

#define SECRET_BEGINS S("whsec_")

/* --- what they want --- */

size_t webhook_words(str out[WEBHOOK_KINDS_MAX])
{
    size_t n = 0;

    for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
        str word = live_kind((enum event_kind)kind);
        bool known = word.n == 0;

        for (size_t i = 0; i < n && !known; i++)
            known = str_eq(out[i], word);
        if (!known && n < WEBHOOK_KINDS_MAX)
            out[n++] = word;
    }
    return n;
}

bool webhook_wants(str kinds, str word)
{
    str one;

    if (word.n == 0 || kinds.n == 0)
        return word.n > 0;
    while (str_cut(&kinds, ' ', &one))
        if (str_eq(one, word))
            return true;
    return false;
}

static err check_kinds(str kinds, note *why)
{
    str known[WEBHOOK_KINDS_MAX], one;
    size_t n = webhook_words(known);

    while (str_cut(&kinds, ' ', &one)) {
        bool is_known = false;

        for (size_t i = 0; i < n; i++)
            is_known |= str_eq(known[i], one);
        if (!is_known)
            return fail(why, E_INVALID, "nothing is told of \"%.*s\"", STR(str_to(one, 40)));
    }
    return OK;
}

/* --- secrets --- */

/* The key that a secret stands for; 0: it is none. */
static size_t key_of(str secret, unsigned char key[WEBHOOK_KEY_MAX])
{
    size_t n = 0;
    str letters = str_from(secret, SECRET_BEGINS.n);

    if (!str_starts(secret, SECRET_BEGINS) ||
        sodium_base642bin(key, WEBHOOK_KEY_MAX, letters.p, letters.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return 0;
    return n < WEBHOOK_KEY_MIN ? 0 : n;
}

static str base64(arena *a, const unsigned char *bytes, size_t n)
{
    char letters[BASE64_ROOM];

    sodium_bin2base64(letters, sizeof letters, bytes, n, sodium_base64_VARIANT_ORIGINAL);
    return str_dup(a, str_c(letters));
}

static str make_secret(arena *a)
{
    unsigned char key[WEBHOOK_KEY_MIN];

    randombytes_buf(key, sizeof key);
    return str_join(a, SECRET_BEGINS, base64(a, key, sizeof key));
}

str webhook_sign(arena *a, str secret, str id, int64_t at_s, str body)
{
    unsigned char key[WEBHOOK_KEY_MAX], mac[crypto_auth_hmacsha256_BYTES];
    str head = str_fmt(a, "%.*s.%lld.", STR(id), (long long)at_s);
    crypto_auth_hmacsha256_state state;

    crypto_auth_hmacsha256_init(&state, key, key_of(secret, key));
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)head.p, head.n);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)body.p, body.n);
    crypto_auth_hmacsha256_final(&state, mac);
    return str_join(a, S("v1,"), base64(a, mac, sizeof mac));
}

/* --- which there are --- */

err webhook_to(arena *a, store_conn *db, int64_t id, struct webhook_to *out)
{
    struct sql_webhook_at row;

    TRY(sql_webhook_at(a, db, id, &row));
    *out = (struct webhook_to){row.url, row.secret, row.kinds};
    return OK;
}

static err find(arena *a, store_conn *w, int64_t id, struct webhook_to *out, note *why)
{
    err e = webhook_to(a, w, id, out);

    return e == E_MISSING ? fail(why, e, "there is no webhook %lld", (long long)id) : e;
}

/* Its postman looks anew. */
static err changed(store_conn *w, int64_t id, note *why)
{
    return event_add(w, EVENT_webhook_changed, id, NULL, S("{}"), why);
}

static err check(arena *a, const struct webhook_to *of, note *why)
{
    unsigned char key[WEBHOOK_KEY_MAX];

    if (of->url.n > WEBHOOK_URL_MAX || url_web(a, of->url).n == 0 ||
        !client_may_ask(url_web(a, of->url)))
        return fail(why, E_INVALID,
                    "a webhook takes an address with https://, or with http:// on "
                    "this machine");
    if (of->secret.n > 0 && key_of(of->secret, key) == 0)
        return fail(why, E_INVALID, "a secret is whsec_ and %d to %d bytes in base64",
                    WEBHOOK_KEY_MIN, WEBHOOK_KEY_MAX);
    return check_kinds(of->kinds, why);
}

err webhook_add(arena *a, store_conn *w, const struct webhook_to *of, int64_t now, int64_t *id,
                note *why)
{
    struct sql_webhook_wishes_rows all;
    struct sql_webhook_add added;
    int64_t newest;
    str secret = of->secret.n > 0 ? of->secret : make_secret(a);

    TRY(check(a, of, why));
    TRY(sql_webhook_wishes(a, w, &all));
    if (all.n >= WEBHOOKS_MAX)
        return fail(why, E_LIMIT, "there are %d webhooks already", WEBHOOKS_MAX);
    TRY(event_newest(w, &newest));
    TRY(sql_webhook_add(a, w, url_web(a, of->url), secret, of->kinds, newest, now, &added));
    *id = added.webhook;
    return changed(w, *id, why);
}

err webhook_change(arena *a, store_conn *w, int64_t id, str kinds, note *why)
{
    struct webhook_to was;

    TRY(find(a, w, id, &was, why));
    TRY(check_kinds(kinds, why));
    TRY(sql_webhook_change(w, id, kinds, NULL));
    return changed(w, id, why);
}

err webhook_remove(arena *a, store_conn *w, int64_t id, note *why)
{
    struct webhook_to was;

    TRY(find(a, w, id, &was, why));
    TRY(sql_outbox_drop_target(w, OUTBOX_WEBHOOK, id, NULL));
    TRY(sql_webhook_remove(w, id, NULL));
    return changed(w, id, why);
}

/* --- what waits for them --- */

/* A paper that comes back from a backup uses numbers again, but not their moments. */
static str id_of(arena *a, const struct event *e)
{
    return str_fmt(a, "event-%lld-%lld", (long long)e->id, (long long)e->at);
}

static err queue(arena *a, store_conn *w, int64_t id, const struct event *e, int64_t now)
{
    return sql_outbox_tell(w, OUTBOX_WEBHOOK, id, e->id, id_of(a, e), live_kind(e->kind), now,
                           NULL);
}

static err room_for(arena *a, store_conn *w, int64_t id, int64_t *room)
{
    struct sql_outbox_waits waits;

    TRY(sql_outbox_waits(a, w, OUTBOX_WEBHOOK, id, &waits));
    *room = WEBHOOK_WAITING_MAX - waits.many;
    return OK;
}

static bool wants(const struct sql_webhook_wishes *hook, const struct event *e)
{
    return e->id > hook->from_event && webhook_wants(hook->kinds, live_kind(e->kind));
}

bool webhook_is_wanted(arena *a, store_conn *db, const struct event *e)
{
    struct sql_webhook_wishes_rows all;

    if (!live_tells(e->kind))
        return false;
    if (sql_webhook_wishes(a, db, &all) != OK)
        return true; /* the job will say why */
    for (size_t i = 0; i < all.n; i++)
        if (wants(&all.v[i], e))
            return true;
    return false;
}

err webhook_queue(arena *a, store_conn *w, const struct event *e, int64_t now, note *why)
{
    struct sql_webhook_wishes_rows all;
    int64_t room;

    (void)why;
    TRY(sql_webhook_wishes(a, w, &all));
    for (size_t i = 0; i < all.n; i++) {
        if (!wants(&all.v[i], e))
            continue;
        TRY(room_for(a, w, all.v[i].webhook, &room));
        if (room > 0)
            TRY(queue(a, w, all.v[i].webhook, e, now));
    }
    return OK;
}

/* One batch of what is told again; *after goes on. */
struct replay {
    int64_t id, after, to, now, room;
    str kinds;
    size_t many;
};

static err replay_some(arena *a, store_conn *w, struct replay *r, bool *more)
{
    struct event *v;
    size_t n;

    TRY(events_after(a, w, r->after, BATCH, &v, &n));
    *more = n == BATCH;
    for (size_t i = 0; i < n; i++) {
        if (v[i].id > r->to || r->room == 0) {
            *more = false;
            return OK;
        }
        r->after = v[i].id;
        if (!webhook_wants(r->kinds, live_kind(v[i].kind)))
            continue;
        TRY(sql_outbox_again(w, OUTBOX_WEBHOOK, r->id, v[i].id, r->now, NULL));
        TRY(queue(a, w, r->id, &v[i], r->now));
        r->many++;
        r->room--;
    }
    return OK;
}

err webhook_replay(arena *a, store_conn *w, int64_t id, int64_t from, int64_t to, int64_t now,
                   size_t *many, note *why)
{
    struct webhook_to of = {0};
    struct replay r = {.id = id, .after = from - 1, .to = to, .now = now};

    TRY(find(a, w, id, &of, why));
    TRY(room_for(a, w, id, &r.room));
    r.kinds = of.kinds;
    if (r.room < 0)
        r.room = 0;
    for (bool more = true; more;) {
        err e = OK;

        SCRATCH (a)
            e = replay_some(a, w, &r, &more);
        TRY(e);
    }
    *many = r.many;
    return changed(w, id, why);
}

static err act_on(arena *a, store_conn *w, struct webhook_act *act, int64_t now, note *why)
{
    switch (act->act) {
    case AUDIT_webhook_added:
        return webhook_add(a, w, &act->of, now, &act->id, why);
    case AUDIT_webhook_changed:
        return webhook_change(a, w, act->id, act->of.kinds, why);
    case AUDIT_webhook_removed:
        return webhook_remove(a, w, act->id, why);
    default:
        return webhook_replay(a, w, act->id, act->from, act->to, now, &act->many, why);
    }
}

err webhook_do(arena *a, store_conn *w, struct webhook_act *act, int64_t now, struct deed *done,
               note *why)
{
    struct webhook_to was = {0}, is = {0};

    if (act->act != AUDIT_webhook_added)
        err_ignore(webhook_to(a, w, act->id, &was)); /* act_on() says that there is none */
    TRY(act_on(a, w, act, now, why));
    if (act->act != AUDIT_webhook_removed)
        TRY(webhook_to(a, w, act->id, &is));
    *done = (struct deed){.act = act->act,
                          .subject = act->id,
                          .label = is.url.n > 0 ? is.url : was.url,
                          .was = audit_line(a, S(""), "kind", was.kinds),
                          .is = audit_line(a, S(""), "kind", is.kinds)};
    return OK;
}

/* --- what is said --- */

/* Where a machine finds the whole of it. */
static str ninjs_of(arena *a, const struct event *e, str paper)
{
    bool is_had = e->kind == EVENT_story_published || e->kind == EVENT_story_updated ||
                  e->kind == EVENT_story_corrected || e->kind == EVENT_story_moved;

    if (!is_had || paper.n == 0)
        return S("");
    return str_fmt(a, "%.*s/api/v1/stories/%lld", STR(paper), (long long)e->subject);
}

err webhook_body(struct reading *r, int64_t event, str *out)
{
    str paper = paper_setting(r->a, r->db, S("address"), S(""));
    buf text = buf_new(r->a, BODY_MAX);
    struct json_writer w = json_writer(&text);
    struct live_word word;
    struct event e;
    err got = event_at(r->a, r->db, event, &e);

    if (got == E_MISSING)
        return E_GONE;
    TRY(got);
    TRY(live_word_for(r, &e, &word));
    if (word.json.n == 0)
        return E_GONE;
    put_object(&w, NULL);
    put_str(&w, "type", live_kind(e.kind));
    put_str(&w, "timestamp", date_iso(r->a, e.at));
    put_str_if(&w, "paper", paper);
    put_str_if(&w, "ninjs", ninjs_of(r->a, &e, paper));
    put_raw(&w, "data", word.json);
    put_end(&w);
    *out = buf_str(&text);
    return OK;
}
