#include "live/push.h"

#include "http/client.h"
#include "news/breaking.h"
#include "store/sql.h"
#include "text/json_write.h"
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

static err check(const struct push_device *d, str endpoint, note *why)
{
    if (endpoint.n == 0 || !client_may_ask(endpoint) || d->p256dh.n > PUSH_KEY_MAX ||
        d->auth.n > PUSH_KEY_MAX || !webpush_ok(d->p256dh, d->auth))
        return fail(why, E_INVALID, "no browser gives these");
    if (!d->breaking && d->section_n == 0)
        return fail(why, E_INVALID, "nothing is chosen");
    return OK;
}

static err choose(arena *a, store_conn *w, int64_t device, const struct push_device *d, note *why)
{
    struct sql_push_choice_add added;

    TRY(sql_push_choice_drop(w, device, NULL));
    for (size_t i = 0; i < d->section_n; i++) {
        err e = sql_push_choice_add(a, w, device, d->sections[i], &added);

        if (e == E_MISSING)
            return fail(why, E_INVALID, "the menu has no section %lld", (long long)d->sections[i]);
        TRY(e);
    }
    return OK;
}

err push_add(arena *a, store_conn *w, const struct push_device *d, int64_t now, note *why)
{
    struct sql_push_device_others others;
    struct sql_push_device_add added;
    str endpoint = d->endpoint.n <= PUSH_ENDPOINT_MAX ? url_web(a, d->endpoint) : S("");

    TRY(check(d, endpoint, why));
    TRY(sql_push_device_others(a, w, endpoint, &others));
    if (others.many >= PUSH_DEVICES_MAX)
        return fail(why, E_LIMIT, "there are %d devices already", PUSH_DEVICES_MAX);
    TRY(sql_push_device_add(a, w, endpoint, d->p256dh, d->auth, d->breaking, now, &added));
    return choose(a, w, added.device, d, why);
}

err push_remove(store_conn *w, str endpoint)
{
    return sql_push_device_remove(w, endpoint, NULL);
}

/* --- what is told, and whom --- */

static str breaking_tag(arena *a, int64_t breaking)
{
    return str_fmt(a, "breaking-%lld", (long long)breaking);
}

static str story_tag(arena *a, int64_t story)
{
    return story == 0 ? S("") : str_fmt(a, "story-%lld", (long long)story);
}

/* What becomes of a story that was told. */
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

static int64_t back_from(int64_t at)
{
    return at - PUSH_BACK_H * HOUR_US;
}

bool push_is_wanted(arena *a, store_conn *db, const struct event *e, int64_t now)
{
    int64_t since = back_from(now);
    struct sql_push_breaking_chosen somebody;
    struct sql_push_section_chosen chosen;
    struct sql_push_breaking_of breaking;
    struct sql_push_story_of told;

    if (e->at < since)
        return false;
    if (is_of_breaking(e->kind))
        return sql_push_breaking_chosen(a, db, &somebody) != E_MISSING;
    if (e->kind == EVENT_story_published)
        return sql_push_section_chosen(a, db, e->subject, since, &chosen) != E_MISSING;
    return is_of_story(e->kind) &&
           (sql_push_breaking_of(a, db, e->subject, since, &breaking) != E_MISSING ||
            sql_push_story_of(a, db, e->subject, since, &told) != E_MISSING);
}

/* E_MISSING: it was told before, or is of no section that anybody has chosen, or not new. */
static err tell_story(arena *a, store_conn *w, int64_t story, int64_t now)
{
    struct sql_push_section_chosen of;
    struct sql_push_story_add told;

    TRY(sql_push_section_chosen(a, w, story, back_from(now), &of));
    return sql_push_story_add(a, w, story, of.section, now, &told);
}

/* Breaking news that led to the story. */
static err queue_leading(arena *a, store_conn *w, const struct event *e, int64_t now)
{
    struct sql_push_breaking_of of;

    TRY(sql_push_breaking_of(a, w, e->subject, back_from(now), &of));
    return sql_push_queue_breaking(w, e->id, breaking_tag(a, of.breaking), now, NULL);
}

err push_queue(arena *a, store_conn *w, const struct event *e, int64_t now)
{
    bool is_new = e->kind == EVENT_story_published;
    err got;

    if (is_of_breaking(e->kind))
        return sql_push_queue_breaking(w, e->id, breaking_tag(a, e->subject), now, NULL);
    got = is_new ? tell_story(a, w, e->subject, now) : queue_leading(a, w, e, now);
    if (got == E_MISSING && is_new)
        return OK;
    if (got != OK && got != E_MISSING)
        return got;
    return sql_push_queue_section(w, e->id, story_tag(a, e->subject), e->subject, back_from(now),
                                  now, NULL);
}

/* --- in which words --- */

struct saying {
    str tag, instead, title, body, path;
    bool is_new, is_urgent;
};

static str corrected(arena *a, const struct tongue *tongue, str headline)
{
    return say_with(a, tongue, SAY("Corrected: {headline}"),
                    (struct said[]){{"headline", headline}}, 1);
}

/* It stands: its line. */
static err say_breaking(struct reading *r, const struct event *e, const struct tongue *tongue,
                        struct push_word *out, struct saying *s)
{
    struct breaking now;
    err got = breaking_now(r, &now);

    if (got == E_MISSING || (got == OK && now.id != e->subject))
        return E_GONE;
    TRY(got);
    s->instead = story_tag(r->a, now.story);
    s->body = now.is_corrected ? corrected(r->a, tongue, now.words) : now.words;
    s->path = now.path;
    s->is_new = s->is_urgent = e->kind == EVENT_breaking_told;
    out->until = now.until_at;
    return OK;
}

/* What the device was told of a story: breaking news that leads to it, or that it is new in a
 * section.  E_MISSING: nothing. */
static err told_of(struct reading *r, const struct event *e, bool breaking, struct saying *s)
{
    struct sql_push_breaking_of of;
    struct sql_push_story_of in;
    err got = E_MISSING;

    s->tag = story_tag(r->a, e->subject);
    if (breaking && e->kind != EVENT_story_published)
        got = sql_push_breaking_of(r->a, r->db, e->subject, back_from(e->at), &of);
    if (got == OK) {
        s->instead = s->tag;
        s->tag = breaking_tag(r->a, of.breaking);
    }
    if (got != E_MISSING)
        return got;
    TRY(sql_push_story_of(r->a, r->db, e->subject, back_from(e->at), &in));
    s->title = str_fmt(r->a, "%.*s · %.*s", STR(s->title), STR(in.name));
    return OK;
}

/* It is new, or corrected, or gone. */
static err say_story(struct reading *r, const struct event *e, const struct tongue *tongue,
                     struct saying *s)
{
    struct story story;
    err got = story_by_id(r, e->subject, &story);

    s->is_new = e->kind == EVENT_story_published;
    if (got == OK && (s->is_new || e->kind == EVENT_story_corrected)) {
        s->body = s->is_new ? story.card.headline : corrected(r->a, tongue, story.card.headline);
        s->path = story.card.path;
        return OK;
    }
    if (got == OK || s->is_new || e->kind == EVENT_story_corrected)
        return E_GONE; /* it is back, or gone meanwhile: another event tells that */
    s->body = say(tongue, SAY("We have taken this news back."));
    return got == E_GONE || got == E_MISSING ? OK : got;
}

static err say_it(struct reading *r, const struct event *e, const struct push_teller *paper,
                  bool breaking, struct push_word *out, struct saying *s)
{
    err got = OK;

    s->title = paper->name;
    if (is_of_breaking(e->kind)) {
        s->tag = breaking_tag(r->a, e->subject);
        if (e->kind != EVENT_breaking_ended)
            return say_breaking(r, e, paper->tongue, out, s);
        s->body = say(paper->tongue, SAY("We have taken this news back."));
        return OK;
    }
    got = told_of(r, e, breaking, s);
    return got == OK ? say_story(r, e, paper->tongue, s) : got == E_MISSING ? E_GONE : got;
}

err push_word(struct reading *r, const struct event *e, const struct push_teller *paper,
              bool breaking, struct push_word *out)
{
    struct saying s = {0};
    buf text = buf_new(r->a, WORD_MAX);
    struct json_writer w = json_writer(&text);

    *out = (struct push_word){.until = e->at + PUSH_BACK_H * HOUR_US};
    TRY(say_it(r, e, paper, breaking, out, &s));
    out->topic = s.tag;
    out->is_urgent = s.is_urgent;
    put_object(&w, NULL);
    put_str(&w, "tag", s.tag);
    put_str_if(&w, "instead", s.instead);
    put_str(&w, "title", s.title);
    put_str(&w, "body", s.body);
    put_str(&w, "path", s.path.n > 0 ? s.path : S("/"));
    put_truth(&w, "silent", !s.is_new);
    put_end(&w);
    out->json = buf_str(&text);
    return text.over ? E_INVALID : OK;
}
