#include "page/cache.h"

#include "base/hash.h"
#include "base/must.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum {
    SHARDS = 16,
    BUCKETS = 4096,     /* of keys, a shard */
    TAG_BUCKETS = 4096, /* of tags, a shard */
    DROPS_KEPT = 512,   /* recent drops that a late page is held against */
    WANTED_MAX = 64,    /* pages that wait to be compressed better */
    WAIT_S = 5,         /* for another thread that draws the same page */
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
    struct page *page;
    uint64_t hash;
    size_t bytes;
    int hits;
    bool used; /* since the hand came by */
    size_t link_count;
    struct link *links;
    size_t key_n;
    char key[];
};

/* A page that somebody draws now. */
struct flight {
    struct flight *next;
    str key;
};

struct shard {
    pthread_mutex_t lock;
    pthread_cond_t landed;
    struct entry *buckets[BUCKETS];
    struct link *tags[TAG_BUCKETS];
    struct entry *hand; /* a ring, or NULL */
    struct flight *flights;
    size_t bytes, pages;
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
    size_t max_bytes; /* of one shard */
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
        s->hand = NULL;
    } else {
        e->older->newer = e->newer;
        e->newer->older = e->older;
        if (s->hand == e)
            s->hand = e->newer;
    }
    for (size_t i = 0; i < e->link_count; i++) {
        *e->links[i].back = e->links[i].next;
        if (e->links[i].next != NULL)
            e->links[i].next->back = e->links[i].back;
    }
    s->bytes -= e->bytes;
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
    if (s->hand == NULL) {
        s->hand = e->older = e->newer = e;
    } else {
        e->newer = s->hand;
        e->older = s->hand->older;
        e->older->newer = e;
        s->hand->older = e;
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
    s->bytes += e->bytes;
    s->pages++;
}

/* Turn the clock until there is room. */
static void make_room(struct shard *s, size_t max)
{
    while (s->bytes > max && s->hand != NULL) {
        struct entry *e = s->hand;

        s->hand = e->newer;
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

/* --- compressing better, in the background --- */

static void want_better(struct cache *c, const struct entry *e)
{
    if (!c->betters)
        return;
    pthread_mutex_lock(&c->wanted_lock);
    if (c->wanted_count < WANTED_MAX) {
        c->wanted[c->wanted_count].page = page_hold(e->page);
        c->wanted[c->wanted_count++].hash = e->hash;
        pthread_cond_signal(&c->wanted_more);
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
            size_t bytes = page_bytes(better) + sizeof *e;

            page_drop(&e->page);
            e->page = page_hold(better);
            s->bytes = s->bytes - e->bytes + bytes;
            e->bytes = bytes;
            s->counts.bettered++;
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

struct cache *cache_new(const clock_source *clock, size_t max_bytes, bool betters)
{
    struct cache *c = calloc(1, sizeof *c);

    must(c != NULL);
    c->drops = calloc(DROPS_KEPT, sizeof *c->drops);
    must(c->drops != NULL);
    c->clock = clock;
    c->max_bytes = max_bytes / SHARDS;
    for (int i = 0; i < SHARDS; i++) {
        pthread_mutex_init(&c->shards[i].lock, NULL);
        pthread_cond_init(&c->shards[i].landed, NULL);
    }
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
static struct page *find(struct cache *c, struct shard *s, str key, uint64_t hash)
{
    struct entry *e = entry_of(s, key, hash);

    if (e != NULL && is_over(c, e->page)) {
        take_out(s, e);
        e = NULL;
    }
    if (e == NULL) {
        s->counts.misses++;
        return NULL;
    }
    e->used = true;
    s->counts.hits++;
    if (++e->hits == CACHE_BETTER_AT)
        want_better(c, e);
    return page_hold(e->page);
}

struct page *cache_get(struct cache *c, str key)
{
    uint64_t hash = hash_of(key);
    struct shard *s = shard_of(c, hash);

    pthread_mutex_lock(&s->lock);

    struct page *p = find(c, s, key, hash);

    pthread_mutex_unlock(&s->lock);
    return p;
}

static struct flight **flight_of(struct shard *s, str key)
{
    struct flight **at = &s->flights;

    while (*at != NULL && !str_eq((*at)->key, key))
        at = &(*at)->next;
    return at;
}

/* Under the shard's lock. */
static void land(struct shard *s, str key)
{
    struct flight **at = flight_of(s, key), *f = *at;

    if (f == NULL)
        return;
    *at = f->next;
    free(f);
    pthread_cond_broadcast(&s->landed);
}

static struct timespec wait_until(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_sec += WAIT_S;
    return t;
}

bool cache_enter(struct cache *c, str key, struct page **page)
{
    uint64_t hash = hash_of(key);
    struct shard *s = shard_of(c, hash);
    struct timespec until = wait_until();
    struct flight *own = malloc(sizeof *own + key.n);
    int waited = 0;

    must(own != NULL);
    memcpy(own + 1, key.p, key.n);
    own->key = str_of((char *)(own + 1), key.n);
    pthread_mutex_lock(&s->lock);

    struct page *p = find(c, s, key, hash);

    while (p == NULL && *flight_of(s, key) != NULL && waited == 0) {
        waited = pthread_cond_timedwait(&s->landed, &s->lock, &until);
        p = find(c, s, key, hash);
    }
    if (p == NULL) {
        if (waited != 0)
            land(s, key); /* whoever drew it has not come back */
        own->next = s->flights;
        s->flights = own;
    }
    pthread_mutex_unlock(&s->lock);
    if (p != NULL) {
        free(own);
        *page = p;
        return true;
    }
    return false;
}

void cache_give_up(struct cache *c, str key)
{
    struct shard *s = shard_of(c, hash_of(key));

    pthread_mutex_lock(&s->lock);
    land(s, key);
    pthread_mutex_unlock(&s->lock);
}

/* --- keeping --- */

static struct entry *entry_new(str key, uint64_t hash, struct page *p, const struct tag_set *tags)
{
    struct entry *e = calloc(1, sizeof *e + key.n);

    must(e != NULL);
    e->links = calloc(tags->n == 0 ? 1 : tags->n, sizeof *e->links);
    must(e->links != NULL);
    e->hash = hash;
    e->key_n = key.n;
    memcpy(e->key, key.p, key.n);
    e->page = page_hold(p);
    e->link_count = tags->n;
    for (size_t i = 0; i < tags->n; i++)
        e->links[i].tag = tags->v[i];
    e->bytes = sizeof *e + key.n + tags->n * sizeof *e->links + page_bytes(p);
    return e;
}

/* Was something of this page dropped after it was loaded?  Also when that is not known any more. */
static bool came_too_late(struct cache *c, const struct tag_set *tags, int64_t seen)
{
    bool late = false;

    pthread_mutex_lock(&c->drops_lock);

    size_t kept = c->drop_count < DROPS_KEPT ? c->drop_count : DROPS_KEPT;

    for (size_t i = 0; i < kept && !late; i++) {
        struct drop *d = &c->drops[(c->drop_count - 1 - i) % DROPS_KEPT];
        struct tag_set dropped = {.v = d->v, .n = d->n, .everything = d->everything};

        if (d->event <= seen)
            break;
        late = tag_sets_meet(&dropped, tags) || (i + 1 == DROPS_KEPT);
    }
    pthread_mutex_unlock(&c->drops_lock);
    return late;
}

bool cache_put(struct cache *c, str key, struct page *p, const struct tag_set *tags, int64_t seen)
{
    uint64_t hash = hash_of(key);
    struct shard *s = shard_of(c, hash);
    bool fits = !tags->everything && page_bytes(p) < c->max_bytes / 2;

    pthread_mutex_lock(&s->lock);

    bool kept = fits && !came_too_late(c, tags, seen);

    if (kept) {
        struct entry *old = entry_of(s, key, hash);

        if (old != NULL)
            take_out(s, old);
        put_in(s, entry_new(key, hash, p, tags));
        make_room(s, c->max_bytes);
        s->counts.kept++;
    } else {
        s->counts.refused++;
    }
    land(s, key);
    pthread_mutex_unlock(&s->lock);
    return kept;
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
        if (l->tag == tag) {
            take_out(s, l->entry);
            s->counts.dropped++;
            l = *tag_bucket(s, tag); /* the entry may have stood here more than once */
        } else {
            l = l->next;
        }
    }
}

void cache_drop_all(struct cache *c)
{
    for (int i = 0; i < SHARDS; i++) {
        struct shard *s = &c->shards[i];

        pthread_mutex_lock(&s->lock);
        while (s->hand != NULL) {
            take_out(s, s->hand);
            s->counts.dropped++;
        }
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
            drop_tag(s, tags->v[j]);
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
        sum.kept += s->counts.kept;
        sum.refused += s->counts.refused;
        sum.dropped += s->counts.dropped;
        sum.evicted += s->counts.evicted;
        sum.bettered += s->counts.bettered;
        sum.pages += (int64_t)s->pages;
        sum.bytes += (int64_t)s->bytes;
        pthread_mutex_unlock(&s->lock);
    }
    return sum;
}
