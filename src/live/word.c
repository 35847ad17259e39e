#include "live/live.h"

#include "news/breaking.h"
#include "news/running.h"
#include "text/dates.h"
#include "text/json_write.h"

enum { WORD_MAX = 16 << 10, LOOK = 500, LOOKS_MAX = 10, WORDS_MAX = 200, BYTES_MAX = 128 << 10 };

/* Who hears it besides those that listen to what it changed: nobody, every page, whoever listens
 * to the newest stories, as the front does, or shows running stories in brief. */
enum hearers { NO_OTHERS, EVERY_PAGE, THE_FRONT, IN_BRIEF };

/* What is told of one kind of event.  `fill` writes what it says beside what every word says;
 * E_MISSING or E_GONE: there is nothing to say, for what became of it meanwhile is told by a later
 * event. */
struct teller {
    enum event_kind kind;
    const char *word;
    err (*fill)(struct reading *r, const struct event *e, struct json_writer *w);
    enum hearers besides;
};

/* A story that readers may have. */
static err put_story(struct reading *r, const struct event *e, struct json_writer *w)
{
    struct story s;

    TRY(story_by_id(r, e->subject, &s));
    put_num(w, "story", s.card.id);
    put_num(w, "section", s.card.section);
    put_num(w, "version", s.card.version);
    put_str(w, "headline", s.card.headline);
    put_str(w, "path", s.card.path);
    put_str(w, "reason", s.reason);
    put_str(w, "history", s.versions > 1 ? str_join(r->a, s.card.path, S("/history")) : S(""));
    return OK;
}

/* A story that readers may have no more: not a word of it. */
static err put_gone(struct reading *r, const struct event *e, struct json_writer *w)
{
    (void)r;
    put_num(w, "story", e->subject);
    return OK;
}

static err put_front(struct reading *r, const struct event *e, struct json_writer *w)
{
    (void)r;
    put_num(w, "front", e->subject);
    return OK;
}

static void put_breaking_words(arena *a, struct json_writer *w, const struct breaking *b)
{
    put_num(w, "breaking", b->id);
    put_num(w, "story", b->story);
    put_str(w, "words", b->words);
    put_str(w, "path", b->path);
    put_str(w, "told", date_iso(a, b->told_at));
    put_str(w, "until", date_iso(a, b->until_at));
    put_truth(w, "corrected", b->is_corrected);
}

static err put_breaking(struct reading *r, const struct event *e, struct json_writer *w)
{
    struct breaking b;

    TRY(breaking_now(r, &b));
    if (b.id != e->subject)
        return E_MISSING;
    put_breaking_words(r->a, w, &b);
    return OK;
}

static err put_breaking_over(struct reading *r, const struct event *e, struct json_writer *w)
{
    (void)r;
    put_num(w, "breaking", e->subject);
    return OK;
}

/* An entry that readers may have: the page asks for it itself, at its path with ".part" behind it,
 * which is kept like every page (decision 11). */
static err put_entry(struct reading *r, const struct event *e, struct json_writer *w)
{
    struct story s;
    struct entry of;

    TRY(entry_by_id(r, e->subject, &s, &of));
    put_num(w, "story", s.card.id);
    put_num(w, "entry", of.number);
    put_num(w, "version", of.version);
    put_str(w, "headline", entry_title(r->a, &of));
    put_str(w, "path", entry_path(r->a, s.card.path, of.number));
    put_truth(w, "key", of.is_key);
    put_truth(w, "pinned", of.is_pinned);
    return OK;
}

/* Not a word of an entry that was taken down. */
static err put_entry_gone(struct reading *r, const struct event *e, struct json_writer *w)
{
    struct story s;
    struct entry of;

    if (entry_by_id(r, e->subject, &s, &of) != E_GONE)
        return E_MISSING; /* back, or of a story that is gone itself */
    put_num(w, "story", s.card.id);
    put_num(w, "entry", of.number);
    return OK;
}

static err put_coverage(struct reading *r, const struct event *e, struct json_writer *w)
{
    struct story s;
    struct coverage c;

    TRY(story_by_id(r, e->subject, &s));
    TRY(coverage_of(r, s.card.id, &c));
    put_num(w, "story", s.card.id);
    put_str(w, "state", coverage_word(c.state));
    put_str(w, "headline", s.card.headline);
    put_str(w, "path", s.card.path);
    return OK;
}

static const struct teller tellers[] = {
    {EVENT_story_published, "published", put_story, NO_OTHERS},
    {EVENT_story_updated, "updated", put_story, NO_OTHERS},
    {EVENT_story_moved, "updated", put_story, NO_OTHERS},
    {EVENT_story_corrected, "corrected", put_story, NO_OTHERS},
    {EVENT_story_withdrawn, "withdrawn", put_gone, EVERY_PAGE},
    {EVENT_story_killed, "killed", put_gone, EVERY_PAGE},
    {EVENT_story_expired, "expired", put_gone, EVERY_PAGE},
    {EVENT_breaking_told, "breaking", put_breaking, EVERY_PAGE},
    {EVENT_breaking_changed, "breaking", put_breaking, EVERY_PAGE},
    {EVENT_breaking_ended, "breaking_over", put_breaking_over, EVERY_PAGE},
    {EVENT_front_changed, "front", put_front, THE_FRONT},
    {EVENT_entry_published, "entry", put_entry, IN_BRIEF},
    {EVENT_entry_changed, "entry-changed", put_entry, IN_BRIEF},
    {EVENT_entry_withdrawn, "entry-withdrawn", put_entry_gone, IN_BRIEF},
    {EVENT_coverage_changed, "coverage", put_coverage, NO_OTHERS}, /* tagged so itself */
};

/* NULL: nothing is told of it. */
static const struct teller *teller_of(enum event_kind kind)
{
    for (size_t i = 0; i < LENGTH(tellers); i++)
        if (tellers[i].kind == kind)
            return &tellers[i];
    return NULL;
}

bool live_tells(enum event_kind kind)
{
    return teller_of(kind) != NULL;
}

str live_kind(enum event_kind kind)
{
    const struct teller *t = teller_of(kind);

    return t != NULL ? str_c(t->word) : S("");
}

/* Under what it is told: nothing is read for that. */
static struct live_topics topics_of(arena *a, const struct event *e, const struct teller *t)
{
    struct live_topics all = {.v = arena_many(a, store_tag, e->tags.n + 2)};

    for (size_t i = 0; i < e->tags.n; i++)
        all.v[all.n++] = e->tags.v[i];
    if (e->tags.everything)
        all.v[all.n++] = tag_of(TAG_story, e->subject);
    if (t->besides == THE_FRONT)
        all.v[all.n++] = tag_of(TAG_latest, 0);
    if (t->besides == IN_BRIEF)
        all.v[all.n++] = tag_of(TAG_running, 0);
    if (t->besides == EVERY_PAGE)
        all.v[all.n++] = LIVE_SITE;
    return all;
}

static void put_topics(arena *a, struct json_writer *w, const struct live_topics *topics)
{
    put_list(w, "topics");
    for (size_t i = 0; i < topics->n; i++) {
        str name = live_topic_name(a, topics->v[i]);

        if (name.n > 0)
            put_str(w, NULL, name);
    }
    put_end(w);
}

/* The word under out->topics. */
static err say_it(struct reading *r, const struct event *e, const struct teller *t,
                  struct live_word *out)
{
    buf text = buf_new(r->a, WORD_MAX);
    struct json_writer w = json_writer(&text);
    err got;

    put_object(&w, NULL);
    put_str(&w, "kind", str_c(t->word));
    put_num(&w, "event", e->id);
    put_str(&w, "at", date_iso(r->a, e->at));
    put_topics(r->a, &w, &out->topics);
    got = t->fill(r, e, &w);
    if (got == E_MISSING || got == E_GONE)
        return OK;
    TRY(got);
    put_end(&w);
    out->json = buf_str(&text);
    return OK;
}

err live_word_for(struct reading *r, const struct event *e, struct live_word *out)
{
    const struct teller *t = teller_of(e->kind);

    *out = (struct live_word){.number = e->id};
    if (t == NULL)
        return OK;
    out->topics = topics_of(r->a, e, t);
    return say_it(r, e, t, out);
}

err live_breaking(struct reading *r, struct live_word *out)
{
    struct breaking b;
    err got = breaking_now(r, &b);
    buf text = buf_new(r->a, WORD_MAX);
    struct json_writer w = json_writer(&text);

    *out = (struct live_word){0};
    if (got != E_MISSING)
        TRY(got);
    put_object(&w, NULL);
    put_str(&w, "kind", got == OK ? S("breaking") : S("breaking_over"));
    if (got == OK)
        put_breaking_words(r->a, &w, &b);
    put_end(&w);
    out->json = buf_str(&text);
    return OK;
}

str live_event(arena *a, const struct live_word *w)
{
    if (w->number == 0)
        return str_fmt(a, "data: %.*s\n\n", STR(w->json));
    return str_fmt(a, "id: %lld\ndata: %.*s\n\n", (long long)w->number, STR(w->json));
}

/* The words for those of `events` that are told under `topics`, as far as there is room. */
static err add_words(struct reading *r, const struct live_topics *topics,
                     const struct event *events, size_t n, struct live_words *out)
{
    for (size_t i = 0; i < n && !out->too_many; i++) {
        const struct teller *t = teller_of(events[i].kind);
        struct live_word w = {.number = events[i].id};

        if (t == NULL)
            continue;
        w.topics = topics_of(r->a, &events[i], t);
        if (!live_topics_meet(&w.topics, topics))
            continue;
        TRY(say_it(r, &events[i], t, &w));
        out->too_many = out->n == WORDS_MAX || out->bytes + w.json.n > BYTES_MAX;
        if (w.json.n == 0 || out->too_many)
            continue;
        out->v[out->n++] = w;
        out->bytes += w.json.n;
    }
    return OK;
}

/* What must not stand on any page is told however much there was. */
static err only_gone(struct reading *r, const struct live_topics *topics, int64_t after,
                     struct live_words *out)
{
    struct event *events;
    size_t n;

    out->n = out->bytes = 0;
    out->too_many = false;
    TRY(events_gone(r->a, r->db, after, WORDS_MAX, &events, &n));
    TRY(add_words(r, topics, events, n, out));
    out->too_many = true;
    return OK;
}

err live_since(struct reading *r, const struct live_topics *topics, int64_t after,
               struct live_words *out)
{
    struct event *events;
    int64_t from = after;
    size_t n = LOOK;

    *out = (struct live_words){.v = arena_many(r->a, struct live_word, WORDS_MAX)};
    for (int looks = 0; n == LOOK && !out->too_many; looks++) {
        TRY(events_told(r->a, r->db, from, LOOK, &events, &n));
        TRY(add_words(r, topics, events, n, out));
        out->too_many |= n == LOOK && looks == LOOKS_MAX;
        from = n > 0 ? events[n - 1].id : from;
    }
    return out->too_many ? only_gone(r, topics, after, out) : OK;
}
