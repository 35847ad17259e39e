#include "live/live.h"

#include "news/breaking.h"
#include "news/running.h"
#include "text/dates.h"
#include "text/json_write.h"

enum { WORD_MAX = 16 << 10, EVENTS_MAX = 500 };

/* Of what pages listen to, what an event changed. */
static struct live_topics topics_of(arena *a, const struct event *e, bool site)
{
    struct live_topics all = {.v = arena_many(a, store_tag, e->tags.n + 2)};

    for (size_t i = 0; i < e->tags.n; i++)
        all.v[all.n++] = e->tags.v[i];
    if (e->tags.everything)
        all.v[all.n++] = tag_of(TAG_story, e->subject);
    if (site)
        all.v[all.n++] = LIVE_SITE;
    return all;
}

static struct json_writer begin(buf *out, const char *kind, const struct event *e, arena *a,
                                const struct live_topics *topics)
{
    struct json_writer w = json_writer(out);

    put_object(&w, NULL);
    put_str(&w, "kind", str_c(kind));
    put_num(&w, "event", e->id);
    put_str(&w, "at", date_iso(a, e->at));
    put_list(&w, "topics");
    for (size_t i = 0; i < topics->n; i++) {
        str name = live_topic_name(a, topics->v[i]);

        if (name.n > 0)
            put_str(&w, NULL, name);
    }
    put_end(&w);
    return w;
}

static str end(struct json_writer *w, buf *out)
{
    put_end(w);
    return buf_str(out);
}

/* A story that readers may have; what became of it meanwhile is told by a later event. */
static err told(struct reading *r, const struct event *e, const char *kind, struct live_word *out)
{
    struct story s;
    err got = story_by_id(r, e->subject, &s);
    buf text = buf_new(r->a, WORD_MAX);

    if (got == E_MISSING || got == E_GONE)
        return OK;
    TRY(got);

    out->topics = topics_of(r->a, e, false);

    struct json_writer w = begin(&text, kind, e, r->a, &out->topics);

    put_num(&w, "story", s.card.id);
    put_num(&w, "section", s.card.section);
    put_num(&w, "version", s.card.version);
    put_str(&w, "headline", s.card.headline);
    put_str(&w, "path", s.card.path);
    put_str(&w, "reason", s.reason);
    out->json = end(&w, &text);
    return OK;
}

/* A story that readers may have no more: not a word of it. */
static err gone(struct reading *r, const struct event *e, const char *kind, struct live_word *out)
{
    buf text = buf_new(r->a, WORD_MAX);

    out->topics = topics_of(r->a, e, true);

    struct json_writer w = begin(&text, kind, e, r->a, &out->topics);

    put_num(&w, "story", e->subject);
    out->json = end(&w, &text);
    return OK;
}

static err front(struct reading *r, const struct event *e, struct live_word *out)
{
    buf text = buf_new(r->a, WORD_MAX);

    out->topics = topics_of(r->a, e, false);
    out->topics.v[out->topics.n++] = tag_of(TAG_latest, 0); /* that is what the front listens to */

    struct json_writer w = begin(&text, "front", e, r->a, &out->topics);

    put_num(&w, "front", e->subject);
    out->json = end(&w, &text);
    return OK;
}

static void put_breaking(arena *a, struct json_writer *w, const struct breaking *b)
{
    put_num(w, "breaking", b->id);
    put_num(w, "story", b->story);
    put_str(w, "words", b->words);
    put_str(w, "path", b->path);
    put_str(w, "told", date_iso(a, b->told_at));
    put_str(w, "until", date_iso(a, b->until_at));
}

static struct live_topics everybody(arena *a)
{
    struct live_topics all = {.v = arena_one(a, store_tag), .n = 1};

    all.v[0] = LIVE_SITE;
    return all;
}

/* What became of it meanwhile is told by a later event. */
static err breaking(struct reading *r, const struct event *e, struct live_word *out)
{
    struct breaking b;
    err got = breaking_now(r, &b);
    buf text = buf_new(r->a, WORD_MAX);

    if (got == E_MISSING || (got == OK && b.id != e->subject))
        return OK;
    TRY(got);
    out->topics = everybody(r->a);

    struct json_writer w = begin(&text, "breaking", e, r->a, &out->topics);

    put_breaking(r->a, &w, &b);
    out->json = end(&w, &text);
    return OK;
}

static err breaking_over(struct reading *r, const struct event *e, struct live_word *out)
{
    buf text = buf_new(r->a, WORD_MAX);

    out->topics = everybody(r->a);

    struct json_writer w = begin(&text, "breaking_over", e, r->a, &out->topics);

    put_num(&w, "breaking", e->subject);
    out->json = end(&w, &text);
    return OK;
}

err live_breaking(struct reading *r, struct live_word *out)
{
    struct breaking b;
    err got = breaking_now(r, &b);
    buf text = buf_new(r->a, WORD_MAX);
    struct json_writer w = json_writer(&text);

    *out = (struct live_word){0};
    if (got == E_MISSING)
        return OK;
    TRY(got);
    put_object(&w, NULL);
    put_str(&w, "kind", S("breaking"));
    put_breaking(r->a, &w, &b);
    out->json = end(&w, &text);
    return OK;
}

/* An entry that readers may have: the page asks for it itself, at its path with ".part" behind it,
 * which is kept like every page (decision 11). */
static err entry(struct reading *r, const struct event *e, const char *kind, struct live_word *out)
{
    struct story s;
    struct entry of;
    err got = entry_by_id(r, e->subject, &s, &of);
    buf text = buf_new(r->a, WORD_MAX);

    if (got == E_MISSING || got == E_GONE)
        return OK;
    TRY(got);

    out->topics = topics_of(r->a, e, false);

    struct json_writer w = begin(&text, kind, e, r->a, &out->topics);

    put_num(&w, "story", s.card.id);
    put_num(&w, "entry", of.number);
    put_num(&w, "version", of.version);
    put_str(&w, "headline", entry_title(r->a, &of));
    put_str(&w, "path", entry_path(r->a, s.card.path, of.number));
    put_truth(&w, "key", of.is_key);
    put_truth(&w, "pinned", of.is_pinned);
    out->json = end(&w, &text);
    return OK;
}

/* Not a word of an entry that was taken down. */
static err entry_gone(struct reading *r, const struct event *e, struct live_word *out)
{
    buf text = buf_new(r->a, WORD_MAX);
    struct story s;
    struct entry of;

    if (entry_by_id(r, e->subject, &s, &of) != E_GONE)
        return OK; /* back, or of a story that is gone itself */
    out->topics = topics_of(r->a, e, false);

    struct json_writer w = begin(&text, "entry-withdrawn", e, r->a, &out->topics);

    put_num(&w, "story", s.card.id);
    put_num(&w, "entry", of.number);
    out->json = end(&w, &text);
    return OK;
}

static err coverage(struct reading *r, const struct event *e, struct live_word *out)
{
    buf text = buf_new(r->a, WORD_MAX);
    struct story s;
    struct coverage c;
    err got = story_by_id(r, e->subject, &s);

    if (got == E_MISSING || got == E_GONE)
        return OK;
    TRY(got);
    TRY(coverage_of(r, s.card.id, &c));
    out->topics = topics_of(r->a, e, false);

    struct json_writer w = begin(&text, "coverage", e, r->a, &out->topics);

    put_num(&w, "story", s.card.id);
    put_str(&w, "state", coverage_word(c.state));
    put_str(&w, "headline", s.card.headline);
    put_str(&w, "path", s.card.path);
    out->json = end(&w, &text);
    return OK;
}

err live_word_for(struct reading *r, const struct event *e, struct live_word *out)
{
    *out = (struct live_word){.number = e->id};
    switch (e->kind) {
    case EVENT_story_published:
        return told(r, e, "published", out);
    case EVENT_story_updated:
    case EVENT_story_moved:
        return told(r, e, "updated", out);
    case EVENT_story_corrected:
        return told(r, e, "corrected", out);
    case EVENT_story_withdrawn:
        return gone(r, e, "withdrawn", out);
    case EVENT_story_killed:
        return gone(r, e, "killed", out);
    case EVENT_story_expired:
        return gone(r, e, "expired", out);
    case EVENT_breaking_told:
    case EVENT_breaking_changed:
        return breaking(r, e, out);
    case EVENT_breaking_ended:
        return breaking_over(r, e, out);
    case EVENT_front_changed:
        return front(r, e, out);
    case EVENT_entry_published:
        return entry(r, e, "entry", out);
    case EVENT_entry_changed:
        return entry(r, e, "entry-changed", out);
    case EVENT_entry_withdrawn:
        return entry_gone(r, e, out);
    case EVENT_coverage_changed:
        return coverage(r, e, out);
    default:
        return OK;
    }
}

str live_event(arena *a, const struct live_word *w)
{
    if (w->number == 0)
        return str_fmt(a, "data: %.*s\n\n", STR(w->json));
    return str_fmt(a, "id: %lld\ndata: %.*s\n\n", (long long)w->number, STR(w->json));
}

err live_since(struct reading *r, const struct live_topics *topics, int64_t after,
               struct live_words *out)
{
    struct event *events;
    size_t n;

    TRY(events_after(r->a, r->db, after, EVENTS_MAX, &events, &n));
    *out = (struct live_words){.v = arena_many(r->a, struct live_word, n + 2),
                               .too_many = n == EVENTS_MAX};
    for (size_t i = 0; i < n && !out->too_many; i++) {
        struct live_word w;

        TRY(live_word_for(r, &events[i], &w));
        if (w.json.n > 0 && live_topics_meet(&w.topics, topics))
            out->v[out->n++] = w;
    }
    return OK;
}
