/*
 * followers.c - the one table of what follows an event.
 */
#include "site/site.h"

#include "base/count.h"
#include "base/must.h"
#include "find/index.h"
#include "http/stream.h"
#include "live/live.h"
#include "live/push.h"
#include "live/webhook.h"
#include "media/maker.h"
#include "site/clockwork.h"
#include "site/errand.h"
#include "site/postman.h"

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

/* Pictures get their widths in the background. */
static err make_widths(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    struct site *s = of;

    (void)a, (void)c, (void)why;
    if ((e->kind == EVENT_media_received || e->kind == EVENT_media_changed) && s->maker != NULL)
        media_maker_add(s->maker, e->subject);
    return OK;
}

/* What was scheduled may be due sooner than the clockwork thought. */
static err wind_clockwork(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    struct site *s = of;

    (void)a, (void)c, (void)why;
    if ((e->kind == EVENT_story_scheduled || e->kind == EVENT_item_received ||
         e->kind == EVENT_entry_saved) &&
        s->clockwork != NULL)
        clockwork_wake(s->clockwork);
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

/* Hubs and caches in front are told by threads of their own. */
static err wake_errands(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    struct site *s = of;

    (void)a, (void)c, (void)why;
    errand_wake(s->announcer, e);
    errand_wake(s->purger, e);
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
    postman_wake(s->hooker, e);
    return OK;
}

/* Breaking news, for readers' devices. */
static err write_pushes(arena *a, store_conn *w, void *of, note *why)
{
    const struct telling *t = of;

    (void)a, (void)why;
    return push_queue(w, t->e, t->now);
}

static err queue_pushes(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    struct site *s = of;
    struct telling t = {e, clock_now(s->clock)};

    if (!push_is_wanted(a, c, e, t.now))
        return OK;
    TRY(store_write(s->store, write_pushes, &t, a, why));
    postman_wake(s->pusher, e);
    return OK;
}

/* What waits in the outbox is sent by threads of their own. */
static err wake_postmen(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    struct site *s = of;

    (void)a, (void)c, (void)why;
    postman_wake(s->mailer, e);
    if (e->kind == EVENT_webhook_changed)
        postman_wake(s->hooker, e);
    return OK;
}

/* The index of the archive is written by a thread of its own. */
static err wake_find(void *of, arena *a, store_conn *c, const struct event *e, note *why)
{
    struct site *s = of;

    (void)a, (void)c, (void)e, (void)why;
    find_index_wake(s->find);
    return OK;
}

static err tell(struct site *s, struct reading *r, const struct event *e)
{
    struct live_word w;
    struct frame *f;

    TRY(live_word_for(r, e, &w));
    if (w.json.n == 0)
        return OK;
    f = frame_new(w.number, (struct stream_topics){w.topics.v, w.topics.n}, live_event(r->a, &w));
    pthread_mutex_lock(&s->server_lock);
    if (s->server != NULL)
        server_say(s->server, f);
    pthread_mutex_unlock(&s->server_lock);
    frame_drop(&f);
    return OK;
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
    {"shelf", false, clear_shelf, NULL},    {"zone", false, set_zone, NULL},
    {"pages", false, drop_pages, NULL},     {"live", false, tell_readers, NULL},
    {"widths", false, make_widths, NULL},   {"clockwork", false, wind_clockwork, NULL},
    {"errands", false, wake_errands, NULL}, {"postmen", false, wake_postmen, NULL},
    {"find", false, wake_find, NULL},       {"webhooks", true, queue_webhooks, NULL},
    {"push", true, queue_pushes, NULL},
};
const size_t site_follower_count = LENGTH(site_followers);
