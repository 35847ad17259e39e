#include "page/cache.h"

#include "base/buf.h"
#include "base/must.h"
#include "base/test.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>

enum { ROOM = 8 << 20 };

static const int64_t noon = 1750000000 * SECOND_US;

static struct page *make(struct test *t, str body, int status, int64_t expires_at)
{
    (void)t;
    return page_build(&(struct page_spec){.status = status,
                                          .type = S("text/plain; charset=utf-8"),
                                          .body = body,
                                          .expires_at = expires_at,
                                          .keep = KEEP_SHARED});
}

static struct tag_set tags_of(struct test *t, int n, const store_tag *tags)
{
    struct tag_set set = tag_set_new(t->arena);

    for (int i = 0; i < n; i++)
        tag_set_add(&set, tags[i]);
    return set;
}

#define TAGS(...)                                                                                  \
    tags_of(t, sizeof((store_tag[]){__VA_ARGS__}) / sizeof(store_tag), (store_tag[]){__VA_ARGS__})

static struct cache_turn turn_for(struct cache *c, str key)
{
    struct cache_turn turn;
    struct page *p;

    CHECK(!cache_enter(c, key, &p, &turn));
    return turn;
}

/* Draw a page under `key` and keep it; was it kept? */
static bool keep(struct test *t, struct cache *c, str key, int status, int64_t expires_at,
                 struct tag_set tags, int64_t seen)
{
    struct cache_turn turn = turn_for(c, key);
    struct page *p = make(t, key, status, expires_at);
    bool kept = cache_put(c, &turn, p, &tags, seen);

    page_drop(&p);
    return kept;
}

static bool is_there(struct cache *c, str key)
{
    struct page *p = cache_get(c, key);
    bool found = p != NULL;

    page_drop(&p);
    return found;
}

TEST(cache_gives_the_page_that_was_kept)
{
    struct cache *c = cache_new(&t->clock, ROOM, false);

    CHECK(!is_there(c, S("/a")));
    CHECK(keep(t, c, S("/a"), 200, 0, TAGS(tag_of(TAG_story, 1)), 5));

    struct page *p = cache_get(c, S("/a"));

    CHECK(p != NULL);
    CHECK_STR(page_body(p), S("/a"));
    CHECK(!is_there(c, S("/ab")));
    cache_free(&c);
    CHECK_STR(page_body(p), S("/a")); /* our hold outlives the cache */
    page_drop(&p);
}

TEST(cache_drops_by_tag_and_only_by_tag)
{
    struct cache *c = cache_new(&t->clock, ROOM, false);
    struct tag_set story = TAGS(tag_of(TAG_story, 1));
    struct tag_set both = TAGS(tag_of(TAG_story, 9), tag_of(TAG_subject, 2));
    struct tag_set everything = {.everything = true};

    keep(t, c, S("/one"), 200, 0, TAGS(tag_of(TAG_story, 1), tag_of(TAG_section, 1)), 1);
    keep(t, c, S("/two"), 200, 0, TAGS(tag_of(TAG_story, 2), tag_of(TAG_section, 1)), 1);
    keep(t, c, S("/author"), 200, 0, TAGS(tag_of(TAG_subject, 2), tag_of(TAG_subject, 1)), 1);
    cache_drop(c, &story, 2);
    CHECK(!is_there(c, S("/one")));
    CHECK(is_there(c, S("/two")) && is_there(c, S("/author")));
    cache_drop(c, &both, 3);
    CHECK(is_there(c, S("/two")) && !is_there(c, S("/author")));
    cache_drop(c, &everything, 4);
    CHECK(!is_there(c, S("/two")));
    CHECK_INT(cache_counts(c).dropped, 3);
    CHECK_INT(cache_counts(c).bytes, 0);
    cache_free(&c);
}

TEST(cache_gives_what_is_stale_to_all_but_one_who_draws_it_once_a_second)
{
    t->clock.fixed_at = noon;

    struct cache *c = cache_new(&t->clock, ROOM, false);
    struct tag_set counts = TAGS(tag_of(TAG_most_read, 0)), story = TAGS(tag_of(TAG_story, 1));
    struct tag_set page = TAGS(tag_of(TAG_most_read, 0), tag_of(TAG_story, 1));
    struct page *p;
    struct cache_turn turn, another;

    CHECK(keep(t, c, S("/"), 200, 0, page, 1));
    cache_drop(c, &counts, 2);
    CHECK(is_there(c, S("/"))); /* it was drawn in this second */
    t->clock.fixed_at += CACHE_REDRAW_US;
    CHECK(!is_there(c, S("/")));
    turn = turn_for(c, S("/"));
    CHECK(is_there(c, S("/")));
    t->clock.fixed_at += 10 * CACHE_REDRAW_US;
    CHECK(cache_enter(c, S("/"), &p, &another)); /* also while that one takes long */
    page_drop(&p);
    cache_give_up(c, &turn); /* nothing came of it */
    turn = turn_for(c, S("/"));
    cache_give_up(c, &turn);
    CHECK(is_there(c, S("/"))); /* so the next comes a second later */
    t->clock.fixed_at += CACHE_REDRAW_US;
    turn = turn_for(c, S("/"));
    cache_drop(c, &counts, 3); /* what is drawn has not seen that */
    p = make(t, S("new"), 200, 0);
    CHECK(cache_put(c, &turn, p, &page, 2));
    page_drop(&p);
    CHECK(is_there(c, S("/")));
    t->clock.fixed_at += CACHE_REDRAW_US;
    CHECK(!is_there(c, S("/")));
    CHECK_INT(cache_counts(c).stale, 5);
    p = cache_get_as_it_is(c, S("/"));
    CHECK(p != NULL); /* for whoever cannot have it drawn */
    page_drop(&p);

    turn = turn_for(c, S("/"));
    cache_drop(c, &story, 4); /* what is exact drops it, stale or not, and what is being drawn */
    CHECK(!is_there(c, S("/")));
    CHECK(cache_get_as_it_is(c, S("/")) == NULL);
    p = make(t, S("old"), 200, 0);
    CHECK(!cache_put(c, &turn, p, &page, 3));
    page_drop(&p);
    cache_free(&c);
}

TEST(cache_drops_thousands_of_pages_with_one_tag)
{
    struct cache *c = cache_new(&t->clock, (size_t)256 << 20, false);
    struct tag_set site = TAGS(tag_of(TAG_site, 0));

    for (int i = 0; i < 5000; i++)
        keep(t, c, str_fmt(t->arena, "/%d", i), 200, 0,
             TAGS(tag_of(TAG_site, 0), tag_of(TAG_story, i), tag_of(TAG_section, i % 6)), 1);
    CHECK_INT(cache_counts(c).pages, 5000);
    cache_drop(c, &site, 2);
    CHECK_INT(cache_counts(c).pages, 0);
    cache_free(&c);
}

TEST(cache_ends_a_page_at_its_time_exactly)
{
    struct cache *c;

    t->clock.fixed_at = noon;
    c = cache_new(&t->clock, ROOM, false);
    CHECK(keep(t, c, S("/a"), 200, noon + 10, TAGS(tag_of(TAG_story, 1)), 1));
    CHECK(keep(t, c, S("/b"), 200, TIME_NEVER, TAGS(tag_of(TAG_story, 1)), 1));
    t->clock.fixed_at = noon + 9;
    CHECK(is_there(c, S("/a")));
    t->clock.fixed_at = noon + 10;
    CHECK(!is_there(c, S("/a")) && is_there(c, S("/b")));
    CHECK_INT(cache_counts(c).pages, 1);
    CHECK(!keep(t, c, S("/a"), 200, noon + 10, TAGS(tag_of(TAG_story, 1)), 1));
    cache_free(&c);
}

TEST(cache_refuses_what_changed_while_it_was_drawn)
{
    struct cache *c = cache_new(&t->clock, ROOM, false);
    struct tag_set story = TAGS(tag_of(TAG_story, 1)), other = TAGS(tag_of(TAG_story, 2));
    struct tag_set everything = {.everything = true};

    cache_drop(c, &story, 10);
    CHECK(!keep(t, c, S("/a"), 200, 0, story, 9));
    CHECK(keep(t, c, S("/a"), 200, 0, story, 10));
    CHECK(keep(t, c, S("/b"), 200, 0, other, 9));
    cache_drop(c, &everything, 11);
    CHECK(!keep(t, c, S("/b"), 200, 0, other, 10));
    CHECK(!keep(t, c, S("/c"), 200, 0, everything, 11));
    CHECK_INT(cache_counts(c).refused, 3);
    cache_free(&c);
}

TEST(cache_refuses_what_it_cannot_know_any_more)
{
    struct cache *c = cache_new(&t->clock, ROOM, false);
    struct tag_set other = TAGS(tag_of(TAG_section, 7));

    for (int64_t event = 1; event <= 2000; event++)
        cache_drop(c, &other, event);
    CHECK(!keep(t, c, S("/old"), 200, 0, TAGS(tag_of(TAG_story, 1)), 3));
    CHECK(keep(t, c, S("/new"), 200, 0, TAGS(tag_of(TAG_story, 1)), 1990));
    cache_free(&c);
}

TEST(cache_refuses_what_was_begun_before_all_was_dropped)
{
    struct cache *c = cache_new(&t->clock, ROOM, false);
    struct cache_turn turn = turn_for(c, S("/a"));
    struct page *p = make(t, S("in the old theme"), 200, 0);
    struct tag_set tags = TAGS(tag_of(TAG_story, 1));

    cache_drop_all(c);
    CHECK(!cache_put(c, &turn, p, &tags, 99));
    CHECK(!is_there(c, S("/a")));
    CHECK(keep(t, c, S("/a"), 200, 0, tags, 99));
    page_drop(&p);
    cache_free(&c);
}

TEST(cache_evicts_what_was_not_asked_for)
{
    struct cache *c = cache_new(&t->clock, ROOM, false);
    char *body = arena_alloc(t->arena, 20000);
    struct tag_set tags = TAGS(tag_of(TAG_site, 0));

    memset(body, 'x', 20000);
    CHECK(keep(t, c, S("/front"), 200, 0, tags, 1));
    for (int i = 0; i < 3000; i++) {
        struct cache_turn turn = turn_for(c, str_fmt(t->arena, "/%d", i));
        struct page *p = make(t, str_of(body, 20000), 200, 0);

        CHECK(cache_put(c, &turn, p, &tags, 1));
        page_drop(&p);
        CHECK(is_there(c, S("/front")));
        CHECK(cache_counts(c).bytes <= ROOM);
    }
    CHECK(cache_counts(c).evicted > 2000);
    CHECK(cache_counts(c).pages > 100);
    cache_free(&c);
}

TEST(cache_keeps_bad_news_out_of_the_papers_room)
{
    struct cache *c = cache_new(&t->clock, ROOM, false);
    struct tag_set tags = TAGS(tag_of(TAG_site, 0));

    for (int i = 0; i < 500; i++)
        CHECK(keep(t, c, str_fmt(t->arena, "/%d", i), 200, 0, tags, 1));
    for (int i = 0; i < 20000; i++)
        CHECK(keep(t, c, str_fmt(t->arena, "/made-up/%d", i), 404, 0, tags, 1));
    for (int i = 0; i < 500; i++)
        CHECK(is_there(c, str_fmt(t->arena, "/%d", i)));
    CHECK(cache_counts(c).evicted > 15000);
    CHECK(cache_counts(c).bytes < ROOM / 2);
    cache_free(&c);
}

TEST(cache_refuses_a_page_that_is_too_large)
{
    struct cache *c = cache_new(&t->clock, 1 << 20, false);
    struct tag_set tags = TAGS(tag_of(TAG_site, 0));
    struct cache_turn turn = turn_for(c, S("/big"));
    struct page *p = make(t, str_of(arena_alloc(t->arena, 200000), 200000), 200, 0);

    CHECK(!cache_put(c, &turn, p, &tags, 1));
    page_drop(&p);
    cache_free(&c);
}

/* --- threads --- */

struct crowd {
    struct test *t;
    struct cache *c;
    atomic_int drawn, got;
    bool gives_up;
};

static void *ask(void *of)
{
    struct crowd *w = of;
    struct cache_turn turn;
    struct page *p;

    if (cache_enter(w->c, S("/front"), &p, &turn)) {
        atomic_fetch_add(&w->got, 1);
        page_drop(&p);
        return NULL;
    }
    atomic_fetch_add(&w->drawn, 1);
    if (w->gives_up) {
        cache_give_up(w->c, &turn);
        return NULL;
    }

    struct tag_set tags = {0};

    p = make(w->t, S("front"), 200, 0);
    for (int i = 0; i < 200; i++)
        sched_yield();
    cache_put(w->c, &turn, p, &tags, 1);
    page_drop(&p);
    return NULL;
}

TEST(cache_has_one_thread_draw_what_many_ask_for)
{
    struct crowd w = {.t = t, .c = cache_new(&t->clock, ROOM, false)};
    pthread_t threads[16];

    for (size_t i = 0; i < LENGTH(threads); i++)
        pthread_create(&threads[i], NULL, ask, &w);
    for (size_t i = 0; i < LENGTH(threads); i++)
        pthread_join(threads[i], NULL);
    CHECK_INT(w.drawn, 1);
    CHECK_INT(w.got, 15);
    CHECK_INT(cache_counts(w.c).misses, 1);
    cache_free(&w.c);
}

TEST(cache_wakes_those_who_wait_for_a_page_that_was_given_up)
{
    struct crowd w = {.t = t, .c = cache_new(&t->clock, ROOM, false), .gives_up = true};
    struct cache_turn first = turn_for(w.c, S("/front"));
    pthread_t threads[8];

    for (size_t i = 0; i < LENGTH(threads); i++)
        pthread_create(&threads[i], NULL, ask, &w);
    cache_give_up(w.c, &first);
    cache_give_up(w.c, &first); /* nothing happens */
    for (size_t i = 0; i < LENGTH(threads); i++)
        pthread_join(threads[i], NULL);
    CHECK_INT(w.drawn, 8);
    CHECK(!is_there(w.c, S("/front")));
    cache_free(&w.c);
}

struct storm {
    struct test *t;
    struct cache *c;
    atomic_llong event; /* the newest there is */
    atomic_bool over;
    atomic_int stale;
};

/* A reader's thread: the page says which event it has seen. */
static void *read_on(void *of)
{
    struct storm *w = of;
    store_tag tag = tag_of(TAG_story, 1);
    struct tag_set tags = {.v = &tag, .n = 1};

    for (int i = 0; i < 4000; i++) {
        long long before = atomic_load(&w->event);
        struct cache_turn turn;
        struct page *p;
        char text[32];

        if (!cache_enter(w->c, i % 2 == 0 ? S("/a") : S("/b"), &p, &turn)) {
            long long seen = atomic_load(&w->event);
            int n = snprintf(text, sizeof text, "%lld", seen);

            p = make(w->t, str_of(text, (size_t)n), 200, 0);
            cache_put(w->c, &turn, p, &tags, seen);
        } else {
            int64_t seen = 0;

            /* what was dropped before we asked must not come back; the event that is being dropped
             * right now may */
            if (!str_int(page_body(p), &seen) || seen < before - 1)
                atomic_fetch_add(&w->stale, 1);
        }
        page_drop(&p);
    }
    return NULL;
}

static void *write_on(void *of)
{
    struct storm *w = of;
    store_tag tag = tag_of(TAG_story, 1);
    struct tag_set tags = {.v = &tag, .n = 1};

    while (!atomic_load(&w->over)) {
        long long event = atomic_fetch_add(&w->event, 1) + 1;

        cache_drop(w->c, &tags, event);
        if (event % 64 == 0)
            cache_drop_all(w->c);
        cache_counts(w->c);
        sched_yield();
    }
    return NULL;
}

TEST(cache_never_gives_what_was_dropped_however_threads_meet)
{
    struct storm w = {.t = t, .c = cache_new(&t->clock, ROOM, true)};
    pthread_t readers[4], writer;

    pthread_create(&writer, NULL, write_on, &w);
    for (size_t i = 0; i < LENGTH(readers); i++)
        pthread_create(&readers[i], NULL, read_on, &w);
    for (size_t i = 0; i < LENGTH(readers); i++)
        pthread_join(readers[i], NULL);
    atomic_store(&w.over, true);
    pthread_join(writer, NULL);
    CHECK_INT(w.stale, 0);
    cache_free(&w.c);
}

static struct page *compressible(struct test *t)
{
    buf b = buf_new(t->arena, 1 << 20);

    for (int i = 0; i < 2000; i++)
        buf_fmt(&b, "line %d of the story, ", i);
    return page_build(&(struct page_spec){.status = 200,
                                          .type = S("text/html; charset=utf-8"),
                                          .body = buf_str(&b),
                                          .keep = KEEP_SHARED,
                                          .compress = true});
}

TEST(cache_compresses_better_what_is_asked_for_often)
{
    struct cache *c = cache_new(&t->clock, ROOM, true);
    struct tag_set tags = TAGS(tag_of(TAG_story, 1));
    struct cache_turn turn = turn_for(c, S("/a"));
    struct page *first = compressible(t), *now;

    CHECK(cache_put(c, &turn, first, &tags, 1));

    int64_t before = cache_counts(c).bytes;

    for (int i = 0; i < CACHE_BETTER_AT; i++)
        CHECK(is_there(c, S("/a")));
    while (cache_counts(c).bettered == 0)
        sched_yield();
    now = cache_get(c, S("/a"));
    CHECK(now != NULL && now != first);
    CHECK_STR(page_body(now), page_body(first));
    CHECK_INT(cache_counts(c).bytes - before,
              (int64_t)page_bytes(now) - (int64_t)page_bytes(first));
    page_drop(&now);
    page_drop(&first);
    cache_drop(c, &tags, 2);
    CHECK_INT(cache_counts(c).bytes, 0);
    cache_free(&c);
}
