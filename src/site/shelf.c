#include "site/shelf.h"

#include "base/must.h"
#include "site/public/pages.h"
#include "store/follow.h"

#include <stdlib.h>

enum { SHELVED_MAX = 1 << 20 };

/* One reading of the paper's facts; unchanging, shared. */
struct shelved {
    arena *a;
    int holds; /* under the shelf's lock */
    struct shelf *shelf;
    struct paper paper;
    struct tag_set tags;
    int64_t event; /* the newest of the snapshot that it was read in */
};

void shelf_open(struct shelf *s)
{
    *s = (struct shelf){0};
    pthread_mutex_init(&s->lock, NULL);
}

static void drop_locked(struct shelved *k)
{
    if (k == NULL || --k->holds > 0)
        return;
    arena_free(&k->a);
    free(k);
}

void shelf_close(struct shelf *s)
{
    drop_locked(s->kept);
    pthread_mutex_destroy(&s->lock);
}

static void drop(void *of)
{
    struct shelved *k = of;
    struct shelf *s = k->shelf;

    pthread_mutex_lock(&s->lock);
    drop_locked(k);
    pthread_mutex_unlock(&s->lock);
}

void shelf_event(struct shelf *s, const struct event *e)
{
    pthread_mutex_lock(&s->lock);
    if (s->kept == NULL || tag_sets_meet(&s->kept->tags, &e->tags))
        s->changed = e->id;
    pthread_mutex_unlock(&s->lock);
}

/* The copy, held for the caller, if it is what a reading at `event` would find. */
static struct shelved *take(struct shelf *s, int64_t event, int64_t passed)
{
    struct shelved *k;

    pthread_mutex_lock(&s->lock);
    k = s->kept;
    if (k != NULL && k->event != event && (passed < event || s->changed > k->event))
        k = NULL;
    if (k != NULL)
        k->holds++;
    pthread_mutex_unlock(&s->lock);
    return k;
}

static err read_anew(struct reading *r, struct shelved *k)
{
    struct reading own = *r;

    own.a = k->a;
    own.tags = tag_set_new(k->a);
    store_tags_end(r->db);
    store_tags_begin(r->db, &own.tags);

    err e = paper_load(&own, &k->paper);

    store_tags_end(r->db);
    store_tags_begin(r->db, &r->tags);
    k->tags = own.tags;
    k->paper.colours = colours_address(k->a, &k->paper);
    k->paper.icon = icon_address(k->a, &k->paper);
    return e;
}

/* Put it on the shelf and hold it for the caller; the newer of two stays. */
static void put(struct shelf *s, struct shelved *k)
{
    pthread_mutex_lock(&s->lock);
    if (s->kept == NULL || s->kept->event < k->event) {
        drop_locked(s->kept);
        s->kept = k;
        k->holds++;
    }
    pthread_mutex_unlock(&s->lock);
}

err shelf_paper(struct shelf *s, store *from, struct reading *r, struct paper *out)
{
    int64_t event = store_read_event(r->db);
    struct shelved *k = take(s, event, store_passed(from));

    if (k == NULL) {
        k = calloc(1, sizeof *k);
        must(k != NULL);
        *k = (struct shelved){.a = arena_new(SHELVED_MAX), .holds = 1, .shelf = s, .event = event};
        arena_defer(r->a, drop, k);
        TRY(read_anew(r, k));
        put(s, k);
    } else {
        arena_defer(r->a, drop, k);
    }
    tag_set_add_all(&r->tags, &k->tags);
    *out = k->paper;
    return OK;
}
