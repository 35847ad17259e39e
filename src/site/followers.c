/*
 * followers.c - the one table of what follows an event.
 */
#include "site/site.h"

#include "base/count.h"
#include "base/must.h"
#include "http/stream.h"
#include "live/live.h"
#include "live/push.h"
#include "live/webhook.h"
#include "news/breaking.h"
#include "site/refusal.h"

/* Before the pages: what is drawn after they were dropped must not be made from old facts. */
static err clear_shelf(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    struct site *s = of;

    (void)a, (void)c, (void)why;
    count_one(COUNT_event, (size_t)e->kind);
    shelf_event(&s->shelf, e);
    return OK;
}

/* Pages that show what changed are dropped before whoever changed it is answered. */
static err drop_pages(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    struct site *s = of;

    (void)a, (void)c, (void)why;
    if (s->cache != NULL)
        cache_drop(s->cache, &e->tags, e->id);
    return OK;
}

/* The paper's clock may stand in another zone.  The old zone stays for whoever reads it still. */
static err set_zone(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    struct site *s = of;

    (void)a, (void)why;
    if (e->kind != EVENT_settings_changed || str_find(e->body, S("\"time_zone\"")) < 0)
        return OK;
    s->zone = paper_zone(s->zones, c);
    return OK;
}

static err draw_refusals(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    (void)why;
    return e->kind == EVENT_settings_changed ? refusals_draw(of, a, c) : OK;
}

/* Threads of their own have more to do. */
static err wake_work(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    (void)a, (void)c, (void)why;
    work_event(of, e);
    return OK;
}

/* What machines elsewhere are to be told waits from now on. */
struct telling {
    const struct event *e;
    int64_t now;
};

static err write_tellings(arena *a, store_conn *w, void *of, note *why)
{
    const struct telling *t = of;

    return webhook_queue(a, w, t->e, t->now, why);
}

static err queue_webhooks(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    struct site *s = of;
    struct telling t = {e, clock_now(s->clock)};

    if (!webhook_is_wanted(a, c, e))
        return OK;
    TRY(store_write(s->store, write_tellings, &t, a, why));
    work_queued(s, OUTBOX_WEBHOOK, e);
    return OK;
}

/* What readers' devices are told. */
static err write_pushes(arena *a, store_conn *w, void *of, note *why)
{
    const struct telling *t = of;

    (void)why;
    return push_queue(a, w, t->e, t->now);
}

static err queue_pushes(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    struct site *s = of;
    struct telling t = {e, clock_now(s->clock)};

    if (!push_is_wanted(a, c, e, t.now))
        return OK;
    TRY(store_write(s->store, write_pushes, &t, a, why));
    work_queued(s, OUTBOX_PUSH, e);
    return OK;
}

static void say_word(struct site *s, arena *a, int64_t number, const struct live_word *w,
                     struct stream_topics topics)
{
    struct frame *f = frame_new(number, topics, live_event(a, w));

    pthread_mutex_lock(&s->server_lock);
    if (s->server != NULL)
        server_say(s->server, f);
    pthread_mutex_unlock(&s->server_lock);
    frame_drop(&f);
}

/* The line that leads to a story says that it was corrected. */
static err tell_line(struct site *s, struct reading *r, const struct event *e)
{
    const store_tag everywhere = LIVE_SITE;
    struct breaking now;
    struct live_word w;
    err got = breaking_now(r, &now);

    if (got == E_MISSING || (got == OK && now.story != e->subject))
        return OK;
    TRY(got);
    TRY(live_breaking(r, &w));
    say_word(s, r->a, e->id, &w, (struct stream_topics){&everywhere, 1});
    return OK;
}

static err tell(struct site *s, struct reading *r, const struct event *e)
{
    struct live_word w;

    TRY(live_word_for(r, e, &w));
    if (w.json.n > 0)
        say_word(s, r->a, e->id, &w, (struct stream_topics){w.topics.v, w.topics.n});
    return e->kind == EVENT_story_corrected ? tell_line(s, r, e) : OK;
}

/* Open pages are told; after the pages are dropped, so that whoever asks anew gets new ones. */
static err tell_readers(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    struct site *s = of;
    struct reading r;
    err result;

    (void)why;
    if (!live_tells(e->kind))
        return OK;
    TRY(reading_begin(&r, a, c, (struct viewer){VIEWER_PUBLIC}, OUTLET_LIVE, clock_now(s->clock)));
    result = tell(s, &r, e);
    reading_end(&r);
    return result;
}

struct follower site_followers[] = {
    {"shelf", false, clear_shelf, NULL},      {"zone", false, set_zone, NULL},
    {"refusals", false, draw_refusals, NULL}, {"pages", false, drop_pages, NULL},
    {"live", false, tell_readers, NULL},      {"work", false, wake_work, NULL},
    {"webhooks", true, queue_webhooks, NULL}, {"push", true, queue_pushes, NULL},
};
const size_t site_follower_count = LENGTH(site_followers);
