#include "news/copy_fields.h"
#include "text/json_write.h"
#include "text/merge.h"

enum { BLOCK_JSON_MAX = 64 << 20 };

struct merging {
    arena *a;
    const struct copy *base, *mine, *theirs;
    struct copy_merge *out;
    size_t room;
};

static struct copy_conflict *add_conflict(struct merging *k, str where)
{
    struct copy_merge *m = k->out;

    if (m->count == k->room) {
        size_t room = k->room == 0 ? 8 : 2 * k->room;
        struct copy_conflict *v = arena_many(k->a, struct copy_conflict, room);

        if (m->count > 0)
            memcpy(v, m->conflicts, m->count * sizeof *v);
        m->conflicts = v;
        k->room = room;
    }
    m->conflicts[m->count] = (struct copy_conflict){.where = where};
    return &m->conflicts[m->count++];
}

static str field_json(arena *a, const struct copy_field *f, const struct copy *c)
{
    buf out = buf_new(a, BLOCK_JSON_MAX);
    struct json_writer w = json_writer(&out);

    copy_put_field(&w, NULL, f, c);
    return buf_str(&out);
}

static void conflict_of_field(struct merging *k, const struct copy_field *f)
{
    struct copy_conflict *c = add_conflict(k, str_fmt(k->a, "field:%s", f->name));

    c->base = field_json(k->a, f, k->base);
    c->mine = field_json(k->a, f, k->mine);
    c->theirs = field_json(k->a, f, k->theirs);
}

/* --- fields --- */

static bool same_field(struct merging *k, const struct copy_field *f, const struct copy *x,
                       const struct copy *y)
{
    return str_eq(field_json(k->a, f, x), field_json(k->a, f, y));
}

static size_t size_of(const struct copy_field *f)
{
    switch (f->kind) {
    case COPY_ID:
    case COPY_TIME:
        return sizeof(int64_t);
    case COPY_INT:
    case COPY_STARS:
        return sizeof(int);
    case COPY_HERO:
        return sizeof(struct draft_picture);
    case COPY_NAMES:
        return sizeof(struct copy_names);
    case COPY_TOPICS:
    case COPY_RELATED:
        return 0; /* two members: take() knows them */
    default:
        return sizeof(str);
    }
}

static void take(struct copy *to, const struct copy_field *f, const struct copy *from)
{
    if (f->kind == COPY_TOPICS) {
        to->topics = from->topics;
        to->topic_count = from->topic_count;
    } else if (f->kind == COPY_RELATED) {
        to->related = from->related;
        to->related_count = from->related_count;
    } else {
        memcpy((char *)to + f->offset, (const char *)from + f->offset, size_of(f));
    }
}

/* --- lists: what either added or took away --- */

static struct merge_names names_of(struct merging *k, const struct copy_field *f,
                                   const struct copy *c)
{
    const struct copy_names *names = (const void *)((const char *)c + f->offset);
    size_t n = f->kind == COPY_TOPICS    ? c->topic_count
               : f->kind == COPY_RELATED ? c->related_count
                                         : names->n;
    str *out = arena_many(k->a, str, n);

    for (size_t i = 0; i < n; i++)
        out[i] = f->kind == COPY_TOPICS    ? c->topics[i].name
                 : f->kind == COPY_RELATED ? str_fmt(k->a, "%lld", (long long)c->related[i])
                                           : names->v[i];
    return (struct merge_names){out, n};
}

static void put_topics_together(struct merging *k, const struct merge_place *places, size_t n)
{
    struct copy *to = &k->out->copy;
    struct draft_topic *topics = arena_many(k->a, struct draft_topic, n);

    for (size_t i = 0; i < n; i++)
        topics[i] = places[i].theirs != SIZE_MAX ? k->theirs->topics[places[i].theirs]
                                                 : k->mine->topics[places[i].mine];
    to->topics = topics;
    to->topic_count = n;
}

static void put_related_together(struct merging *k, const struct merge_place *places, size_t n)
{
    struct copy *to = &k->out->copy;
    int64_t *related = arena_many(k->a, int64_t, n);

    for (size_t i = 0; i < n; i++)
        related[i] = places[i].theirs != SIZE_MAX ? k->theirs->related[places[i].theirs]
                                                  : k->mine->related[places[i].mine];
    to->related = related;
    to->related_count = n;
}

/* False when there is no room for what both have added. */
static bool merge_list(struct merging *k, const struct copy_field *f)
{
    struct merge_place *places;
    struct merge_names mine = names_of(k, f, k->mine), theirs = names_of(k, f, k->theirs);
    size_t n = merge_order(k->a, names_of(k, f, k->base), mine, theirs, NULL, &places);

    if (n > f->most)
        return false;
    if (f->kind == COPY_TOPICS) {
        put_topics_together(k, places, n);
    } else if (f->kind == COPY_RELATED) {
        put_related_together(k, places, n);
    } else {
        str *names = arena_many(k->a, str, n);

        for (size_t i = 0; i < n; i++)
            names[i] =
                places[i].theirs != SIZE_MAX ? theirs.v[places[i].theirs] : mine.v[places[i].mine];
        *(struct copy_names *)((char *)&k->out->copy + f->offset) = (struct copy_names){names, n};
    }
    return true;
}

/* Both have changed it.  False: it is a conflict. */
static bool merge_field(struct merging *k, const struct copy_field *f)
{
    size_t at = f->offset;
    str *to = (str *)((char *)&k->out->copy + at);

    switch (f->kind) {
    case COPY_TEXT:
        return merge_text(k->a, *(const str *)((const char *)k->base + at),
                          *(const str *)((const char *)k->mine + at),
                          *(const str *)((const char *)k->theirs + at), to) &&
               to->n <= f->most;
    case COPY_NAMES:
    case COPY_TOPICS:
    case COPY_RELATED:
        return merge_list(k, f);
    default:
        return false;
    }
}

static void merge_fields(struct merging *k)
{
    for (size_t i = 0; i < COPY_FIELD_COUNT; i++) {
        const struct copy_field *f = &copy_fields[i];

        take(&k->out->copy, f, k->theirs);
        if (same_field(k, f, k->mine, k->base) || same_field(k, f, k->mine, k->theirs))
            continue;
        if (same_field(k, f, k->theirs, k->base)) {
            take(&k->out->copy, f, k->mine);
        } else if (!merge_field(k, f)) {
            take(&k->out->copy, f, k->theirs);
            conflict_of_field(k, f);
        }
    }
}

/* --- the body --- */

/* One block as it stands in the JSON of a body. */
static str block_json(arena *a, const struct block *b)
{
    struct body one = {(struct block *)b, 1};
    static const str head = S_INIT("{\"v\":1,\"blocks\":["), tail = S_INIT("]}");
    str json;

    if (b == NULL)
        return S("null");
    json = body_to_json(a, &one);
    return str_of(json.p + head.n, json.n - head.n - tail.n);
}

static err merge_body(struct merging *k, note *why)
{
    struct merge m;

    TRY(merge_bodies(k->a, &k->base->body, &k->mine->body, &k->theirs->body, &m, why));
    k->out->copy.body = m.body;
    for (size_t i = 0; i < m.count; i++) {
        const struct merge_conflict *from = &m.conflicts[i];
        struct copy_conflict *c = add_conflict(k, str_fmt(k->a, "block:%.*s", STR(from->id)));

        c->base = block_json(k->a, from->base);
        c->mine = block_json(k->a, from->mine);
        c->theirs = block_json(k->a, from->theirs);
    }
    return OK;
}

err copy_merge(arena *a, const struct copy *base, const struct copy *mine,
               const struct copy *theirs, struct copy_merge *out, note *why)
{
    struct copy_merge m = {0};
    struct merging k = {a, base, mine, theirs, &m, 0};

    merge_fields(&k);
    TRY(merge_body(&k, why));
    *out = m;
    return OK;
}
