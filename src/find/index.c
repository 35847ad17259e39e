#include "find/index.h"

#include "base/log.h"
#include "base/steady.h"
#include "base/table.h"
#include "find/search.h"
#include "news/notice.h"
#include "store/event.h"
#include "store/sql.h"
#include "text/fold.h"
#include "text/write_plain.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    INDEX_CEILING = 512 << 20,
    BATCH_STORIES = 100,
    BATCH_NOTICES = 100,
    BATCH_EVENTS = 400,
    EVENTS_UNSAVED = 64, /* with nothing to index, before their passing is written down */
    TEXT_MAX = 1 << 20,  /* of a story, folded: the rest is not found */
    ENTRY_PAGES = 40,    /* of a running story; what is older is not found */
    RETRY_S = 5,
    IDLE_S = 60,
};

static const str cursor_name = S_INIT("find");

/* A story as the index shall have it; moment 0: not at all. */
struct entry {
    int64_t story, moment;
    str headline, standfirst, body, marks;
};

/* The same of a notice. */
struct notice_entry {
    int64_t notice, changed_at;
    bool is_public;
    str title, body, marks;
};

struct batch {
    struct entry *v;
    size_t n;
    struct notice_entry *notices;
    size_t notice_count;
    table forms[STEM_TONGUES]; /* word: its stem */
    int64_t event;             /* the log is followed up to here; 0: leave it */
    struct sql_find_walk walk;
    bool clears;
};

struct walker {
    store *s;
    store_conn *db;
    arena *a;
    int64_t stories; /* looked at */
};

/* --- what a story says --- */

static str folded(arena *a, const str *texts, size_t n)
{
    buf out = buf_new(a, TEXT_MAX);

    for (size_t i = 0; i < n; i++)
        fold_write(a, texts[i], &out);
    return buf_str(&out);
}

static err words_of_text(struct reading *r, const struct story *s, str *out)
{
    buf plain = buf_new(r->a, TEXT_MAX);

    body_write_plain(&plain, &s->body, &(struct plain_writer){.search = true});
    TRY(find_write_entries(r, s, ENTRY_PAGES, &plain));
    *out = folded(r->a, (str[]){s->card.byline, s->dateline, s->hero_caption, buf_str(&plain)}, 4);
    return OK;
}

static str marks_of(arena *a, const struct story *s, enum stem_tongue tongue)
{
    buf out = buf_new(a, TEXT_MAX);

    find_mark(&out, ' ', 0);
    find_mark(&out, 'l', tongue);
    find_mark(&out, 's', s->card.section);
    for (size_t i = 0; i < s->topic_count; i++)
        find_mark(&out, 't', s->topics[i].id);
    for (size_t i = 0; i < s->author_count; i++)
        find_mark(&out, 'p', s->authors[i].id);
    return buf_str(&out);
}

/* Note the words of a folded text that are another form of their stem. */
static void add_forms(arena *a, struct batch *b, enum stem_tongue tongue, str text)
{
    str word;

    while (str_cut(&text, ' ', &word)) {
        arena_mark here = arena_here(a);
        str stem = stem_of(a, tongue, word);

        if (stem.n == 0 || str_eq(stem, word) || table_get(&b->forms[tongue], word) != NULL) {
            arena_release(a, here);
            continue;
        }

        str *kept = arena_one(a, str);

        *kept = stem;
        table_put(&b->forms[tongue], word, kept);
    }
}

/* Ask the gate for the story, and take down what it lets through. */
static err take_down(struct reading *r, const struct paper *paper, int64_t id, struct batch *b)
{
    struct story s;
    err e = story_by_id(r, id, &s);

    struct entry *out = &b->v[b->n++];

    *out = (struct entry){.story = id};
    if (e == E_MISSING || e == E_GONE)
        return OK;
    TRY(e);
    out->moment = s.card.public_at;
    out->headline = folded(r->a, (str[]){s.card.headline, s.short_headline}, 2);
    out->standfirst = folded(r->a, (str[]){s.card.standfirst, s.card.kicker}, 2);
    TRY(words_of_text(r, &s, &out->body));

    enum stem_tongue tongue = find_tongue(paper, s.card.language);

    out->marks = marks_of(r->a, &s, tongue);
    add_forms(r->a, b, tongue, out->headline);
    add_forms(r->a, b, tongue, out->standfirst);
    add_forms(r->a, b, tongue, out->body);
    return OK;
}

static err take_down_notice(struct reading *r, const struct paper *paper,
                            const struct sql_find_notices_due *due, struct batch *b)
{
    struct notice n;
    err e = notice_at(r, due->notice, &n);

    struct notice_entry *out = &b->notices[b->notice_count++];

    *out = (struct notice_entry){.notice = due->notice, .changed_at = due->changed_at};
    if (e == E_MISSING || e == E_GONE)
        return OK;
    TRY(e);

    buf plain = buf_new(r->a, TEXT_MAX), marks = buf_new(r->a, TEXT_MAX);
    enum stem_tongue tongue = find_tongue(paper, n.language);

    body_write_plain(&plain, &n.body, &(struct plain_writer){.search = true});
    find_mark(&marks, ' ', 0);
    find_mark(&marks, 'l', tongue);
    out->is_public = true;
    out->title = folded(r->a, &n.title, 1);
    out->body = folded(r->a, (str[]){n.issuer, n.reference, buf_str(&plain)}, 3);
    out->marks = buf_str(&marks);
    add_forms(r->a, b, tongue, out->title);
    add_forms(r->a, b, tongue, out->body);
    return OK;
}

/* --- writing --- */

static err forget(arena *a, store_conn *w, const struct entry *e)
{
    struct sql_find_standing row;
    err found = sql_find_standing(a, w, e->story, &row);

    if (found == OK)
        TRY(sql_find_forget(w, row.moment, NULL));
    else if (found != E_MISSING)
        return found;
    if (e->moment != 0 && (found == E_MISSING || row.moment != e->moment))
        TRY(sql_find_forget(w, e->moment, NULL)); /* somebody who has left that row */
    return sql_find_forget_story(w, e->story, e->moment, NULL);
}

static err write_forms(store_conn *w, const struct batch *b)
{
    for (int t = STEM_NONE + 1; t < STEM_TONGUES; t++)
        for (size_t i = 0; i < b->forms[t].n; i++) {
            const struct table_entry *e = &b->forms[t].entries[i];

            TRY(sql_find_form_put(w, t, *(const str *)e->value, e->key, NULL));
        }
    return OK;
}

static err write_notices(store_conn *w, const struct batch *b)
{
    for (size_t i = 0; i < b->notice_count; i++) {
        const struct notice_entry *e = &b->notices[i];

        TRY(sql_find_forget_notice(w, e->notice, NULL));
        TRY(sql_find_forget_notice_row(w, e->notice, NULL));
        if (!e->is_public)
            continue;
        TRY(sql_find_put_notice(w, e->notice, e->title, e->body, e->marks, NULL));
        TRY(sql_find_put_notice_row(w, e->notice, e->changed_at, NULL));
    }
    return OK;
}

static err write_batch(arena *a, store_conn *w, void *of, note *why)
{
    const struct batch *b = of;

    (void)why;
    if (b->clears) {
        TRY(sql_find_clear(w, NULL));
        TRY(sql_find_clear_stories(w, NULL));
        TRY(sql_find_clear_forms(w, NULL));
        TRY(sql_find_clear_notices(w, NULL));
        TRY(sql_find_clear_notice_rows(w, NULL));
    }
    for (size_t i = 0; i < b->n; i++) {
        const struct entry *e = &b->v[i];

        TRY(forget(a, w, e));
        if (e->moment == 0)
            continue;
        TRY(sql_find_put(w, e->moment, e->headline, e->standfirst, e->body, e->marks, NULL));
        TRY(sql_find_put_story(w, e->story, e->moment, NULL));
    }
    TRY(write_notices(w, b));
    TRY(write_forms(w, b));
    TRY(sql_find_walk_set(w, b->walk.spelling, b->walk.story, b->walk.done, NULL));
    return b->event != 0 ? sql_follower_move(w, cursor_name, b->event, NULL) : OK;
}

/* --- walking --- */

static bool tells_of_story(enum event_kind kind)
{
    return kind >= EVENT_story_published && kind <= EVENT_story_moved;
}

static bool tells_of_entry(enum event_kind kind)
{
    return kind >= EVENT_entry_published && kind <= EVENT_entry_withdrawn;
}

static void add_story(int64_t *ids, size_t *n, int64_t id)
{
    for (size_t i = 0; i < *n; i++)
        if (ids[i] == id)
            return;
    ids[(*n)++] = id;
}

/* Of an entry: the story that it stands in, and what was made of it. */
enum { STORIES_OF_EVENT = 2 };

static void add_stories(int64_t *ids, size_t *n, const struct event *e)
{
    size_t before = *n;

    if (tells_of_story(e->kind))
        add_story(ids, n, e->subject);
    for (size_t i = 0; i < e->tags.n && *n < before + STORIES_OF_EVENT; i++)
        if (tells_of_entry(e->kind) && tag_kind(e->tags.v[i]) == TAG_story)
            add_story(ids, n, tag_id(e->tags.v[i]));
}

/* The stories that the next events tell of, each once; E_MISSING: none, and little was passed. */
static err next_of_log(struct walker *k, struct batch *b, int64_t *ids, size_t *n)
{
    struct sql_follower_cursor cursor;
    struct event *events;
    size_t count;
    err e = sql_follower_cursor(k->a, k->db, cursor_name, &cursor);

    if (e == E_MISSING)
        cursor.event = 0;
    else if (e != OK)
        return e;
    TRY(events_after(k->a, k->db, cursor.event, BATCH_EVENTS, &events, &count));
    if (count == 0)
        return E_MISSING;
    for (size_t i = 0; i < count && *n + STORIES_OF_EVENT <= BATCH_STORIES; i++) {
        add_stories(ids, n, &events[i]);
        b->event = events[i].id;
    }
    /* a place in the log that only passed what is nobody's story can be found again */
    return *n == 0 && count < EVENTS_UNSAVED ? E_MISSING : OK;
}

/* The next stories of the first walk; behind the last one the log is followed. */
static err next_of_walk(struct walker *k, struct batch *b, int64_t *ids, size_t *n)
{
    struct sql_find_stories_after_rows rows;

    TRY(sql_find_stories_after(k->a, k->db, b->walk.story, BATCH_STORIES, &rows));
    for (size_t i = 0; i < rows.n; i++)
        ids[(*n)++] = b->walk.story = rows.v[i].story;
    b->walk.done = rows.n == 0;
    return OK;
}

/* An index in another spelling is emptied; what happens from now on is in the log. */
static void start_walk(const struct reading *r, struct batch *b)
{
    b->clears = true;
    b->walk = (struct sql_find_walk){.spelling = FIND_SPELLING};
    b->event = store_read_event(r->db);
}

static err take_all_down(struct reading *r, const int64_t *ids, size_t n,
                         const struct sql_find_notices_due_rows *due, struct batch *b)
{
    struct paper paper;

    TRY(paper_load(r, &paper));
    b->v = arena_many(r->a, struct entry, n);
    b->notices = arena_many(r->a, struct notice_entry, due->n);
    for (int t = 0; t < STEM_TONGUES; t++)
        b->forms[t] = table_new(r->a);
    for (size_t i = 0; i < n; i++)
        TRY(take_down(r, &paper, ids[i], b));
    for (size_t i = 0; i < due->n; i++)
        TRY(take_down_notice(r, &paper, &due->v[i], b));
    return OK;
}

/* Stories first; when none is left, notices: those that are not in the index as they are, which the
 * log cannot tell, as a run begins without an event. */
static err gather(struct walker *k, struct reading *r, struct batch *b)
{
    int64_t ids[BATCH_STORIES];
    struct sql_find_notices_due_rows due = {0};
    size_t n = 0;

    TRY(sql_find_walk(k->a, k->db, &b->walk));
    if (b->walk.spelling != FIND_SPELLING) {
        start_walk(r, b);
        return OK;
    }

    err e = b->walk.done ? next_of_log(k, b, ids, &n) : next_of_walk(k, b, ids, &n);

    if (e == E_MISSING) {
        TRY(sql_find_notices_due(k->a, k->db, r->now, BATCH_NOTICES, &due));
        e = due.n == 0 ? E_MISSING : OK;
    }
    if (e != OK || n + due.n == 0)
        return e;
    return take_all_down(r, ids, n, &due, b);
}

/* One batch; E_MISSING: there is nothing to do. */
static err step(struct walker *k, note *why)
{
    struct reading r;
    struct batch b = {0};
    err e = reading_begin(&r, k->a, k->db, (struct viewer){VIEWER_PUBLIC}, OUTLET_SEARCH,
                          clock_now(store_clock(k->s)));

    if (e == OK)
        e = gather(k, &r, &b);
    reading_end(&r);
    if (e == E_MISSING)
        return e;
    if (e != OK)
        return fail(why, e, "%s", store_why(k->db));
    k->stories += (int64_t)b.n;
    return store_write(k->s, write_batch, &b, k->a, why);
}

static err walker_open(store *s, struct walker *k, note *why)
{
    *k = (struct walker){.s = s};
    TRY(store_conn_open(s, &k->db, why));
    k->a = arena_new(INDEX_CEILING);
    return OK;
}

static void walker_close(struct walker *k)
{
    store_conn_close(&k->db);
    arena_free(&k->a);
}

static err ask_anew(arena *a, store_conn *w, void *of, note *why)
{
    (void)a, (void)of, (void)why;
    return sql_find_walk_set(w, 0, 0, false, NULL);
}

err find_index_run(store *s, bool rebuild, int64_t *stories, note *why)
{
    struct walker k;
    err e;

    TRY(walker_open(s, &k, why));
    e = rebuild ? store_write(s, ask_anew, NULL, k.a, why) : OK;
    while (e == OK) {
        e = step(&k, why);
        arena_reset(k.a);
    }
    *stories = k.stories;
    walker_close(&k);
    return e == E_MISSING ? OK : e;
}

/* --- the thread --- */

struct find_index {
    struct walker k;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool is_woken, stopping; /* under lock */
};

/* Until somebody wakes it; true when it shall go on. */
static bool rest(struct find_index *f, int seconds)
{
    struct timespec until = steady_later(seconds * SECOND_US);

    pthread_mutex_lock(&f->lock);
    if (seconds > 0 && !f->is_woken && !f->stopping)
        pthread_cond_timedwait(&f->woken, &f->lock, &until);
    f->is_woken = f->is_woken && seconds == 0;

    bool goes_on = !f->stopping;

    pthread_mutex_unlock(&f->lock);
    return goes_on;
}

static void *run(void *of)
{
    struct find_index *f = of;
    int pause_s = 0;

    while (rest(f, pause_s)) {
        note why = {0};
        err e = step(&f->k, &why);

        arena_reset(f->k.a);
        pause_s = e == OK ? 0 : e == E_MISSING ? IDLE_S : RETRY_S;
        if (pause_s == RETRY_S)
            log_event(LOG_find_failed, "why=\"%s\"", why.text);
    }
    return NULL;
}

err find_index_start(store *s, struct find_index **out, note *why)
{
    struct find_index *f = calloc(1, sizeof *f);
    err e;

    must(f != NULL);
    e = walker_open(s, &f->k, why);
    if (e != OK) {
        free(f);
        return e;
    }
    pthread_mutex_init(&f->lock, NULL);
    steady_init(&f->woken);
    must(pthread_create(&f->thread, NULL, run, f) == 0);
    *out = f;
    return OK;
}

void find_index_wake(struct find_index *f)
{
    if (f == NULL)
        return;
    pthread_mutex_lock(&f->lock);
    f->is_woken = true;
    pthread_cond_signal(&f->woken);
    pthread_mutex_unlock(&f->lock);
}

void find_index_stop(struct find_index **out)
{
    struct find_index *f = *out;

    if (f == NULL)
        return;
    pthread_mutex_lock(&f->lock);
    f->stopping = true;
    pthread_cond_signal(&f->woken);
    pthread_mutex_unlock(&f->lock);
    pthread_join(f->thread, NULL);
    pthread_cond_destroy(&f->woken);
    pthread_mutex_destroy(&f->lock);
    walker_close(&f->k);
    free(f);
    *out = NULL;
}
