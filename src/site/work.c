#include "site/work.h"

#include "find/index.h"
#include "media/maker.h"
#include "site/clockwork.h"
#include "site/errand.h"
#include "site/postman.h"
#include "site/pulse.h"
#include "site/site.h"

void work_open(struct work *w)
{
    *w = (struct work){0};
    pthread_mutex_init(&w->lock, NULL);
}

void work_close(struct work *w)
{
    pthread_mutex_destroy(&w->lock);
}

static err start_all(struct site *s, struct work *w, note *why)
{
    TRY(media_maker_start(&s->library, s->store, &w->maker, why));
    TRY(clockwork_start(s, &w->clockwork, why));
    TRY(find_index_start(s->store, &w->find, why));
    TRY(errand_start(s, &errand_announce, &w->announcer, why));
    TRY(errand_start(s, &errand_purge, &w->purger, why));
    TRY(postman_start(s, &post_mail, &w->mailer, why));
    TRY(postman_start(s, &post_webhook, &w->hooker, why));
    TRY(postman_start(s, &post_push, &w->pusher, why));
    TRY(pulse_listen(s->pulse, why));
    return store_durable_followers_start(s->store, site_followers, site_follower_count, why);
}

/* Under the lock, so that no event falls between what a thread finds at its start and what it is
 * told. */
err work_start(struct site *s, note *why)
{
    pthread_mutex_lock(&s->work.lock);

    err e = start_all(s, &s->work, why);

    pthread_mutex_unlock(&s->work.lock);
    if (e != OK)
        work_stop(s);
    return e;
}

void work_stop(struct site *s)
{
    struct work *w = &s->work;

    store_durable_followers_stop(s->store); /* they wake the others */
    pulse_hang_up(s->pulse);
    pthread_mutex_lock(&w->lock);

    struct work mine = *w;

    w->maker = NULL;
    w->clockwork = NULL;
    w->find = NULL;
    w->announcer = w->purger = NULL;
    w->mailer = w->hooker = w->pusher = NULL;
    pthread_mutex_unlock(&w->lock);
    find_index_stop(&mine.find);
    errand_stop(&mine.announcer);
    errand_stop(&mine.purger);
    postman_stop(&mine.mailer);
    postman_stop(&mine.hooker);
    postman_stop(&mine.pusher);
    clockwork_stop(&mine.clockwork);
    media_maker_stop(&mine.maker);
}

/* What was scheduled, or has got an end, may be due sooner than the clockwork thought. */
static bool winds_clockwork(const struct event *e)
{
    return e->kind == EVENT_story_scheduled || e->kind == EVENT_story_published ||
           e->kind == EVENT_story_updated || e->kind == EVENT_story_corrected ||
           e->kind == EVENT_story_saved || e->kind == EVENT_item_received ||
           e->kind == EVENT_entry_saved;
}

void work_event(struct site *s, const struct event *e)
{
    struct work *w = &s->work;

    pthread_mutex_lock(&w->lock);
    if ((e->kind == EVENT_media_received || e->kind == EVENT_media_changed) && w->maker != NULL)
        media_maker_add(w->maker, e->subject);
    if (winds_clockwork(e) && w->clockwork != NULL)
        clockwork_wake(w->clockwork);
    errand_wake(w->announcer, e);
    errand_wake(w->purger, e);
    postman_wake(w->mailer, e);
    if (e->kind == EVENT_webhook_changed)
        postman_wake(w->hooker, e);
    find_index_wake(w->find);
    pthread_mutex_unlock(&w->lock);
}

void work_clock_jumped(struct site *s)
{
    pthread_mutex_lock(&s->work.lock);
    if (s->work.clockwork != NULL)
        clockwork_wake(s->work.clockwork);
    postman_hurry(s->work.mailer);
    postman_hurry(s->work.hooker);
    postman_hurry(s->work.pusher);
    pthread_mutex_unlock(&s->work.lock);
}

void work_queued(struct site *s, enum outbox_kind kind, const struct event *e)
{
    pthread_mutex_lock(&s->work.lock);
    postman_wake(kind == OUTBOX_PUSH ? s->work.pusher : s->work.hooker, e);
    pthread_mutex_unlock(&s->work.lock);
}
