#include "page/cache.h"

#include "base/hash.h"
#include "base/must.h"
#include "base/steady.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum {
    SHARDS = 16,
    BUCKETS = 4096,     /* of keys, a shard */
    TAG_BUCKETS = 4096, /* of tags, a shard */
    DROPS_KEPT = 512,   /* recent drops that a late page is held against */
    WANTED_MAX = 64,    /* pages that wait to be compressed better */
    WAIT_S = 5,         /* for another thread that draws the same page */
    BAD_NEWS_PART = 16, /* of all bytes, for pages that say that there is nothing */
};

struct entry;

/* An entry's place in the list of one of its tags. */
struct link {
    store_tag tag;
    struct entry *entry;
    struct link *next, **back;
};

struct entry {
    struct entry *next;          /* in its bucket */
    struct entry *older, *newer; /* around the clock */
    struct ring *ring;
    struct page *page;
    uint64_t hash;
    size_t bytes;
    int hits;
    bool used; /* since the hand came by */
    bool stale;
    int64_t redraw_at; /* ticks; not before it, however stale */
    size_t link_count;
    struct link *links;
    size_t key_n;
    char key[];
};

/* A page that somebody draws now. */
struct flight {
    struct flight *next;
    uint64_t number; /* from 1, in its shard */
    str key;
};

/* Entries in a ring, with the hand of the clock that goes round them. */
struct ring {
    struct entry *hand; /* NULL: empty */
    size_t bytes, max_bytes;
};

struct shard {
    pthread_mutex_t lock;
    pthread_cond_t landed;
    struct entry *buckets[BUCKETS];
    struct link *tags[TAG_BUCKETS];
    struct ring news, bad_news;
    struct flight *flights;
    uint64_t last_flight;
    size_t pages;
    struct cache_counts counts;
};

struct drop {
    int64_t event;
    store_tag v[TAG_SET_MAX];
    size_t n;
    bool everything;
};

struct cache {
    const clock_source *clock;
    atomic_uint_fast64_t clearings; /* times that all pages were dropped */
    struct shard shards[SHARDS];

    pthread_mutex_t drops_lock;
    struct drop *drops; /* a ring of DROPS_KEPT */
    size_t drop_count;  /* ever */

    pthread_mutex_t wanted_lock;
    pthread_cond_t wanted_more;
    struct {
        struct page *page;
        uint64_t hash;
    } wanted[WANTED_MAX];
    size_t wanted_count;
    bool betters, stopping;
    pthread_t thread;
};

static struct shard *shard_of(struct cache *c, uint64_t hash)
{
    return &c->shards[hash % SHARDS];
}

static struct entry **bucket_of(struct shard *s, uint64_t hash)
{
    return &s->buckets[hash / SHARDS % BUCKETS];
}

static struct link **tag_bucket(struct shard *s, store_tag tag)
{
    return &s->tags[(tag * 0x9E3779B97F4A7C15u >> 40) % TAG_BUCKETS];
}

static struct entry *entry_of(struct shard *s, str key, uint64_t hash)
{
    for (struct entry *e = *bucket_of(s, hash); e != NULL; e = e->next)
        if (e->hash == hash && str_eq(str_of(e->key, e->key_n), key))
            return e;
    return NULL;
}

static void take_out(struct shard *s, struct entry *e)
{
    struct entry **at = bucket_of(s, e->hash);

    while (*at != e)
        at = &(*at)->next;
    *at = e->next;
    if (e->newer == e) {
        e->ring->hand = NULL;
    } else {
        e->older->newer = e->newer;
        e->newer->older = e->older;
        if (e->ring->hand == e)
            e->ring->hand = e->newer;
    }
    for (size_t i = 0; i < e->link_count; i++) {
        *e->links[i].back = e->links[i].next;
        if (e->links[i].next != NULL)
            e->links[i].next->back = e->links[i].back;
    }
    e->ring->bytes -= e->bytes;
    s->pages--;
    page_drop(&e->page);
    free(e->links);
    free(e);
}

static void put_in(struct shard *s, struct entry *e)
{
    struct entry **at = bucket_of(s, e->hash);

    e->next = *at;
    *at = e;
    if (e->ring->hand == NULL) {
        e->ring->hand = e->older = e->newer = e;
    } else {
        e->newer = e->ring->hand;
        e->older = e->ring->hand->older;
        e->older->newer = e;
        e->ring->hand->older = e;
    }
    for (size_t i = 0; i < e->link_count; i++) {
        struct link *l = &e->links[i], **first = tag_bucket(s, l->tag);

        l->entry = e;
        l->next = *first;
        l->back = first;
        if (*first != NULL)
            (*first)->back = &l->next;
        *first = l;
    }
    e->ring->bytes += e->bytes;
    s->pages++;
}

/* Turn the clock until there is room. */
static void make_room(struct shard *s, struct ring *r)
{
    while (r->bytes > r->max_bytes && r->hand != NULL) {
        struct entry *e = r->hand;

        r->hand = e->newer;
        if (e->used) {
            e->used = false;
        } else {
            take_out(s, e);
            s->counts.evicted++;
        }
    }
}

static bool is_over(const struct cache *c, const struct page *p)
{
    int64_t at = page_expires_at(p);

    return at != 0 && at != TIME_NEVER && clock_now(c->clock) >= at;
}

static struct flight *flight_to(const struct shard *s, str key)
{
    struct flight *f = s->flights;

    while (f != NULL && !str_eq(f->key, key))
        f = f->next;
    return f;
}

static int64_t next_redraw(const struct cache *c)
{
    return clock_ticks(c->clock) + CACHE_REDRAW_US;
}

/* Stale, and nobody is at it. */
static bool wants_redraw(const struct cache *c, const struct shard *s, const struct entry *e)
{
    return e->stale && clock_ticks(c->clock) >= e->redraw_at &&
           flight_to(s, str_of(e->key, e->key_n)) == NULL;
}

/* --- compressing better, in the background --- */

static void want_better(struct cache *c, struct entry *e)
{
    if (!c->betters)
        return;
    pthread_mutex_lock(&c->wanted_lock);
    if (c->wanted_count < WANTED_MAX) {
        c->wanted[c->wanted_count].page = page_hold(e->page);
        c->wanted[c->wanted_count++].hash = e->hash;
        pthread_cond_signal(&c->wanted_more);
    } else {
        e->hits = 0; /* too many wait: it will ask again */
    }
    pthread_mutex_unlock(&c->wanted_lock);
}

static bool next_wanted(struct cache *c, struct page **page, uint64_t *hash)
{
    pthread_mutex_lock(&c->wanted_lock);
    while (c->wanted_count == 0 && !c->stopping)
        pthread_cond_wait(&c->wanted_more, &c->wanted_lock);

    bool goes_on = !c->stopping;

    if (goes_on) {
        *page = c->wanted[--c->wanted_count].page;
        *hash = c->wanted[c->wanted_count].hash;
    }
    pthread_mutex_unlock(&c->wanted_lock);
    return goes_on;
}

/* Put the better page in the place of the one it was made from, if that still stands. */
static void swap_in(struct cache *c, const struct page *old, struct page *better, uint64_t hash)
{
    struct shard *s = shard_of(c, hash);

    pthread_mutex_lock(&s->lock);
    for (struct entry *e = *bucket_of(s, hash); e != NULL; e = e->next)
        if (e->page == old) {
            size_t bytes = e->bytes - page_bytes(old) + page_bytes(better);

            e->ring->bytes = e->ring->bytes - e->bytes + bytes;
            e->bytes = bytes;
            page_drop(&e->page);
            e->page = page_hold(better);
            s->counts.bettered++;
            make_room(s, e->ring);
            break;
        }
    pthread_mutex_unlock(&s->lock);
}

static void *make_better(void *of)
{
    struct cache *c = of;
    struct page *old;
    uint64_t hash;

    while (next_wanted(c, &old, &hash)) {
        struct page *better = page_better(old);

        swap_in(c, old, better, hash);
        page_drop(&better);
        page_drop(&old);
    }
    return NULL;
}

/* --- life --- */

static void shard_start(struct shard *s, size_t max_bytes)
{
    pthread_mutex_init(&s->lock, NULL);
    steady_init(&s->landed);
    s->bad_news.max_bytes = max_bytes / BAD_NEWS_PART;
    s->news.max_bytes = max_bytes - s->bad_news.max_bytes;
}

struct cache *cache_new(const clock_source *clock, size_t max_bytes, bool betters)
{
    struct cache *c = calloc(1, sizeof *c);

    must(c != NULL);
    c->drops = calloc(DROPS_KEPT, sizeof *c->drops);
    must(c->drops != NULL);
    c->clock = clock;
    for (int i = 0; i < SHARDS; i++)
        shard_start(&c->shards[i], max_bytes / SHARDS);
    pthread_mutex_init(&c->drops_lock, NULL);
    pthread_mutex_init(&c->wanted_lock, NULL);
    pthread_cond_init(&c->wanted_more, NULL);
    c->betters = betters && pthread_create(&c->thread, NULL, make_better, c) == 0;
    return c;
}

void cache_free(struct cache **out)
{
    struct cache *c = *out;

    if (c == NULL)
        return;
    pthread_mutex_lock(&c->wanted_lock);
    c->stopping = true;
    pthread_cond_signal(&c->wanted_more);
    pthread_mutex_unlock(&c->wanted_lock);
    if (c->betters)
        pthread_join(c->thread, NULL);
    while (c->wanted_count > 0)
        page_drop(&c->wanted[--c->wanted_count].page);
    cache_drop_all(c);
    for (int i = 0; i < SHARDS; i++) {
        pthread_cond_destroy(&c->shards[i].landed);
        pthread_mutex_destroy(&c->shards[i].lock);
    }
    pthread_cond_destroy(&c->wanted_more);
    pthread_mutex_destroy(&c->wanted_lock);
    pthread_mutex_destroy(&c->drops_lock);
    free(c->drops);
    free(c);
    *out = NULL;
}

/* --- finding --- */

/* Under the shard's lock. */
static struct entry *entry_now(struct cache *c, struct shard *s, str key, uint64_t hash)
{
    struct entry *e = entry_of(s, key, hash);

    if (e == NULL || !is_over(c, e->page))
        return e;
    take_out(s, e);
    return NULL;
}

static struct page *hit(struct cache *c, struct shard *s, struct entry *e)
{
    e->used = true;
    s->counts.hits++;
    s->counts.stale += e->stale;
    if (++e->hits == CACHE_BETTER_AT)
        want_better(c, e);
    return page_hold(e->page);
}

static struct page *find(struct cache *c, struct shard *s, str key, uint64_t hash, bool as_it_is)
{
    struct entry *e = entry_now(c, s, key, hash);

    return e == NULL || (!as_it_is && wants_redraw(c, s, e)) ? NULL : hit(c, s, e);
}

static struct page *get(struct cache *c, str key, bool as_it_is)
{
    uint64_t hash = hash_of(key);
    struct shard *s = shard_of(c, hash);

    pthread_mutex_lock(&s->lock);

    struct page *p = find(c, s, key, hash, as_it_is);

    pthread_mutex_unlock(&s->lock);
    return p;
}

struct page *cache_get(struct cache *c, str key)
{
    return get(c, key, false);
}

struct page *cache_get_as_it_is(struct cache *c, str key)
{
    return get(c, key, true);
}

/* --- turns --- */

/* Under the shard's lock. */
static void take_off(struct cache *c, struct shard *s, struct cache_turn *turn, uint64_t hash)
{
    struct entry *stale = entry_of(s, turn->key, hash);
    struct flight *f;

    if (stale != NULL)
        stale->redraw_at = next_redraw(c); /* whatever comes of this one */
    s->counts.misses++;
    turn->clearing = atomic_load(&c->clearings);
    if (flight_to(s, turn->key) != NULL)
        return; /* another one that waited was quicker */
    f = malloc(sizeof *f + turn->key.n);
    must(f != NULL);
    memcpy(f + 1, turn->key.p, turn->key.n);
    *f = (struct flight){s->flights, ++s->last_flight, str_of((char *)(f + 1), turn->key.n)};
    s->flights = f;
    turn->flight = f->number;
}

static void land(struct shard *s, uint64_t number)
{
    struct flight **at = &s->flights, *f;

    while (*at != NULL && (*at)->number != number)
        at = &(*at)->next;
    f = *at;
    if (f == NULL)
        return;
    *at = f->next;
    free(f);
    pthread_cond_broadcast(&s->landed);
}

/* Until the flight that is under way now has ended, however it did.  One that does not come back
 * is given up: its job was ended over its head. */
static void wait_for(struct shard *s, str key, uint64_t number)
{
    const struct flight *f;
    struct timespec until = steady_later(WAIT_S * SECOND_US);
    int waited = 0;

    while (waited == 0 && (f = flight_to(s, key)) != NULL && f->number == number)
        waited = pthread_cond_timedwait(&s->landed, &s->lock, &until);
    if (waited != 0)
        land(s, number);
}

bool cache_enter(struct cache *c, str key, struct page **page, struct cache_turn *turn)
{
    uint64_t hash = hash_of(key);
    struct shard *s = shard_of(c, hash);

    *turn = (struct cache_turn){.key = key};
    pthread_mutex_lock(&s->lock);

    struct page *p = find(c, s, key, hash, false);
    const struct flight *f = p == NULL ? flight_to(s, key) : NULL;

    if (f != NULL) {
        wait_for(s, key, f->number);
        p = find(c, s, key, hash, false);
    }
    if (p == NULL)
        take_off(c, s, turn, hash);
    else
        *page = p;
    pthread_mutex_unlock(&s->lock);
    return p != NULL;
}

void cache_give_up(struct cache *c, struct cache_turn *turn)
{
    struct shard *s = shard_of(c, hash_of(turn->key));

    pthread_mutex_lock(&s->lock);
    land(s, turn->flight);
    turn->flight = 0;
    pthread_mutex_unlock(&s->lock);
}

/* --- keeping --- */

enum age { FRESH, STALE, GONE };

static struct entry *entry_new(str key, uint64_t hash, struct ring *r, struct page *p,
                               const struct tag_set *tags)
{
    struct entry *e = calloc(1, sizeof *e + key.n);

    must(e != NULL);
    e->links = calloc(tags->n == 0 ? 1 : tags->n, sizeof *e->links);
    must(e->links != NULL);
    e->hash = hash;
    e->ring = r;
    e->key_n = key.n;
    memcpy(e->key, key.p, key.n);
    e->page = page_hold(p);
    e->link_count = tags->n;
    for (size_t i = 0; i < tags->n; i++)
        e->links[i].tag = tags->v[i];
    e->bytes = sizeof *e + key.n + tags->n * sizeof *e->links + page_bytes(p);
    return e;
}

static enum age age_after(const struct drop *d, const struct tag_set *tags)
{
    enum age age = d->everything ? GONE : FRESH;

    for (size_t i = 0, j = 0; i < d->n && j < tags->n && age != GONE;) {
        if (d->v[i] == tags->v[j])
            age = tag_is_passing(d->v[i]) ? STALE : GONE;
        if (d->v[i] <= tags->v[j])
            i++;
        else
            j++;
    }
    return age;
}

/* What became of this page after it was loaded; GONE also when that is not known any more. */
static enum age age_since(struct cache *c, const struct tag_set *tags, int64_t seen)
{
    enum age age = FRESH;

    pthread_mutex_lock(&c->drops_lock);

    size_t kept = c->drop_count < DROPS_KEPT ? c->drop_count : DROPS_KEPT;

    for (size_t i = 0; i < kept && age != GONE; i++) {
        const struct drop *d = &c->drops[(c->drop_count - 1 - i) % DROPS_KEPT];
        enum age now;

        if (d->event <= seen)
            break;
        now = i + 1 == DROPS_KEPT ? GONE : age_after(d, tags);
        age = now > age ? now : age;
    }
    pthread_mutex_unlock(&c->drops_lock);
    return age;
}

/* GONE: it may not be kept. */
static enum age age_of(struct cache *c, const struct cache_turn *turn, const struct page *p,
                       const struct ring *r, const struct tag_set *tags, int64_t seen)
{
    if (tags->everything || page_bytes(p) >= r->max_bytes / 2 || is_over(c, p) ||
        turn->clearing != atomic_load(&c->clearings))
        return GONE;
    return age_since(c, tags, seen);
}

bool cache_put(struct cache *c, struct cache_turn *turn, struct page *p, const struct tag_set *tags,
               int64_t seen)
{
    uint64_t hash = hash_of(turn->key);
    struct shard *s = shard_of(c, hash);
    struct ring *r = page_status(p) >= 400 ? &s->bad_news : &s->news;

    pthread_mutex_lock(&s->lock);

    /* Under the lock: a drop that comes later than this look finds the page in its place. */
    enum age age = age_of(c, turn, p, r, tags, seen);

    if (age != GONE) {
        struct entry *old = entry_of(s, turn->key, hash);
        struct entry *e = entry_new(turn->key, hash, r, p, tags);

        e->stale = age == STALE;
        e->redraw_at = next_redraw(c);
        if (old != NULL)
            take_out(s, old);
        put_in(s, e);
        make_room(s, r);
        s->counts.kept++;
    } else {
        s->counts.refused++;
    }
    land(s, turn->flight);
    turn->flight = 0;
    pthread_mutex_unlock(&s->lock);
    return age != GONE;
}

/* --- dropping --- */

static void remember(struct cache *c, const struct tag_set *tags, int64_t event)
{
    pthread_mutex_lock(&c->drops_lock);

    struct drop *d = &c->drops[c->drop_count++ % DROPS_KEPT];

    d->event = event;
    d->n = tags->n;
    d->everything = tags->everything;
    if (tags->n > 0)
        memcpy(d->v, tags->v, tags->n * sizeof *tags->v);
    pthread_mutex_unlock(&c->drops_lock);
}

static void drop_tag(struct shard *s, store_tag tag)
{
    struct link *l = *tag_bucket(s, tag);

    while (l != NULL) {
        struct entry *e = l->entry;
        bool goes = l->tag == tag;

        l = l->next;
        while (goes && l != NULL && l->entry == e)
            l = l->next;
        if (goes) {
            take_out(s, e);
            s->counts.dropped++;
        }
    }
}

static void make_stale(struct shard *s, store_tag tag)
{
    for (struct link *l = *tag_bucket(s, tag); l != NULL; l = l->next)
        if (l->tag == tag)
            l->entry->stale = true;
}

static void drop_ring(struct shard *s, const struct ring *r)
{
    while (r->hand != NULL) {
        take_out(s, r->hand);
        s->counts.dropped++;
    }
}

void cache_drop_all(struct cache *c)
{
    atomic_fetch_add(&c->clearings, 1);
    for (int i = 0; i < SHARDS; i++) {
        struct shard *s = &c->shards[i];

        pthread_mutex_lock(&s->lock);
        drop_ring(s, &s->news);
        drop_ring(s, &s->bad_news);
        pthread_mutex_unlock(&s->lock);
    }
}

void cache_drop(struct cache *c, const struct tag_set *tags, int64_t event)
{
    remember(c, tags, event);
    if (tags->everything) {
        cache_drop_all(c);
        return;
    }
    for (int i = 0; i < SHARDS; i++) {
        struct shard *s = &c->shards[i];

        pthread_mutex_lock(&s->lock);
        for (size_t j = 0; j < tags->n; j++)
            (tag_is_passing(tags->v[j]) ? make_stale : drop_tag)(s, tags->v[j]);
        pthread_mutex_unlock(&s->lock);
    }
}

struct cache_counts cache_counts(struct cache *c)
{
    struct cache_counts sum = {0};

    for (int i = 0; i < SHARDS; i++) {
        struct shard *s = &c->shards[i];

        pthread_mutex_lock(&s->lock);
        sum.hits += s->counts.hits;
        sum.misses += s->counts.misses;
        sum.stale += s->counts.stale;
        sum.kept += s->counts.kept;
        sum.refused += s->counts.refused;
        sum.dropped += s->counts.dropped;
        sum.evicted += s->counts.evicted;
        sum.bettered += s->counts.bettered;
        sum.pages += (int64_t)s->pages;
        sum.bytes += (int64_t)(s->news.bytes + s->bad_news.bytes);
        pthread_mutex_unlock(&s->lock);
    }
    return sum;
}
