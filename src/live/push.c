#include "live/push.h"

#include "http/client.h"
#include "news/breaking.h"
#include "store/sql.h"
#include "text/json_write.h"
#include "text/say.h"
#include "text/url.h"

enum { WORD_MAX = WEBPUSH_WORDS_MAX };

err push_key(arena *a, store_conn *db, struct webpush_key *out)
{
    struct sql_push_key row;

    TRY(sql_push_key(a, db, &row));
    *out = (struct webpush_key){row.secret, row.open};
    return OK;
}

err push_key_make(arena *a, store_conn *w, int64_t now, struct webpush_key *out)
{
    struct webpush_key made = webpush_key_new(a);

    TRY(sql_push_key_add(w, made.secret, made.open, now, NULL));
    return push_key(a, w, out);
}

err push_add(arena *a, store_conn *w, const struct push_device *d, int64_t now, note *why)
{
    struct sql_push_device_count count;
    str endpoint = d->endpoint.n <= PUSH_ENDPOINT_MAX ? url_web(a, d->endpoint) : S("");

    if (endpoint.n == 0 || !client_may_ask(endpoint) || d->p256dh.n > PUSH_KEY_MAX ||
        d->auth.n > PUSH_KEY_MAX || !webpush_ok(d->p256dh, d->auth))
        return fail(why, E_INVALID, "no browser gives these");
    TRY(sql_push_device_count(a, w, &count));
    if (count.many >= PUSH_DEVICES_MAX)
        return fail(why, E_LIMIT, "there are %d devices already", PUSH_DEVICES_MAX);
    return sql_push_device_add(w, endpoint, d->p256dh, d->auth, now, NULL);
}

err push_remove(store_conn *w, str endpoint)
{
    return sql_push_device_remove(w, endpoint, NULL);
}

err push_queue(store_conn *w, const struct event *e, int64_t now)
{
    return sql_push_queue(w, e->id, now, NULL);
}

/* --- what is told --- */

static bool is_of_story(enum event_kind kind)
{
    return kind == EVENT_story_corrected || kind == EVENT_story_withdrawn ||
           kind == EVENT_story_killed;
}

static bool is_of_breaking(enum event_kind kind)
{
    return kind == EVENT_breaking_told || kind == EVENT_breaking_changed ||
           kind == EVENT_breaking_ended;
}

bool push_is_wanted(arena *a, store_conn *db, const struct event *e, int64_t now)
{
    struct sql_push_device_count count;
    struct sql_push_breaking_of of;

    if (!is_of_breaking(e->kind) && !is_of_story(e->kind))
        return false;
    if (e->at < now - PUSH_BACK_H * HOUR_US)
        return false;
    if (is_of_story(e->kind) &&
        sql_push_breaking_of(a, db, e->subject, now - PUSH_BACK_H * HOUR_US, &of) == E_MISSING)
        return false;
    return sql_push_device_count(a, db, &count) != OK || count.many > 0;
}

struct saying {
    int64_t breaking;
    str body, path;
    bool is_new;
};

/* It stands: its line. */
static err say_breaking(struct reading *r, const struct event *e, struct push_word *out,
                        struct saying *s)
{
    struct breaking now;
    err got = breaking_now(r, &now);

    if (got == E_MISSING || (got == OK && now.id != e->subject))
        return E_GONE;
    TRY(got);
    *s = (struct saying){now.id, now.words, now.path, e->kind == EVENT_breaking_told};
    out->until = now.until_at;
    return OK;
}

/* The story that it leads to is corrected, or gone. */
static err say_story(struct reading *r, const struct event *e, const struct tongue *tongue,
                     struct saying *s)
{
    struct sql_push_breaking_of of;
    struct story story;
    err got = sql_push_breaking_of(r->a, r->db, e->subject, e->at - PUSH_BACK_H * HOUR_US, &of);

    if (got == E_MISSING)
        return E_GONE;
    TRY(got);
    got = story_by_id(r, e->subject, &story);
    s->breaking = of.breaking;
    if (got == OK && e->kind == EVENT_story_corrected) {
        s->body = say_with(r->a, tongue, SAY("Corrected: {headline}"),
                           (struct said[]){{"headline", story.card.headline}}, 1);
        s->path = story.card.path;
        return OK;
    }
    if (got == OK || e->kind == EVENT_story_corrected)
        return E_GONE; /* it is back, or gone meanwhile: another event tells that */
    s->body = say(tongue, SAY("We have taken this news back."));
    return got == E_GONE || got == E_MISSING ? OK : got;
}

err push_word(struct reading *r, const struct event *e, str name, const struct tongue *tongue,
              struct push_word *out)
{
    struct saying s = {.breaking = e->subject};
    buf text = buf_new(r->a, WORD_MAX);
    struct json_writer w = json_writer(&text);

    *out = (struct push_word){.until = e->at + PUSH_BACK_H * HOUR_US};
    if (e->kind == EVENT_breaking_ended)
        s.body = say(tongue, SAY("We have taken this news back."));
    else if (is_of_story(e->kind))
        TRY(say_story(r, e, tongue, &s));
    else
        TRY(say_breaking(r, e, out, &s));
    out->topic = str_fmt(r->a, "breaking-%lld", (long long)s.breaking);
    out->is_urgent = s.is_new;
    put_object(&w, NULL);
    put_str(&w, "tag", out->topic);
    put_str(&w, "title", name);
    put_str(&w, "body", s.body);
    put_str(&w, "path", s.path.n > 0 ? s.path : S("/"));
    put_truth(&w, "silent", !s.is_new);
    put_end(&w);
    out->json = buf_str(&text);
    return text.over ? E_INVALID : OK;
}
