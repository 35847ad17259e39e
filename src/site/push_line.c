#include "site/push_line.h"

#include "base/hash.h"
#include "base/time.h"
#include "http/webpush.h"

struct push_line push_line_new(arena *a, struct push_past *past)
{
    return (struct push_line){.a = a, .past = past, .origins = table_new(a), .tags = table_new(a)};
}

void push_line_remember(const struct push_line *l)
{
    for (int answers = 0; answers < 2; answers++)
        for (size_t i = 0; i < l->origins.n; i++) {
            const struct push_known *k =
                &((struct push_origin *)l->origins.entries[i].value)->known;

            if (k->answers == answers)
                l->past->v[k->who % PUSH_REMEMBERED] = *k;
        }
}

struct push_origin *push_line_origin(struct push_line *l, str endpoint)
{
    str name = webpush_origin(l->a, endpoint);
    struct push_origin *o = table_get(&l->origins, name);
    uint64_t who = hash_of(name);

    if (o != NULL)
        return o;
    o = arena_one(l->a, struct push_origin);
    o->name = name;
    o->known = l->past->v[who % PUSH_REMEMBERED];
    if (o->known.who != who)
        o->known = (struct push_known){.who = who};
    table_put(&l->origins, name, o);
    return o;
}

void push_line_add(struct push_line *l, struct push_wait *w)
{
    str same = str_fmt(l->a, "%lld %.*s", (long long)w->target, STR(w->tag));
    struct push_wait *newer = w->tag.n > 0 ? table_get(&l->tags, same) : NULL;
    struct push_origin *o;

    w->older = w->next = NULL;
    if (newer != NULL) {
        while (newer->older != NULL)
            newer = newer->older;
        newer->older = w;
        return;
    }
    if (w->tag.n > 0)
        table_put(&l->tags, same, w);
    o = push_line_origin(l, w->endpoint);
    if (o->first == NULL)
        o->first = w;
    else
        o->last->next = w;
    o->last = w;
    o->waiting++;
}

int64_t push_line_rests(const struct push_origin *o, int64_t now)
{
    int64_t until = o->known.rest_until;

    return until > now && until <= now + PUSH_REST_S * SECOND_US ? until
                                                                 : 0; /* a clock goes back */
}

/* May one more go there? */
static bool has_room(const struct push_line *l, const struct push_origin *o, int64_t now)
{
    if (o->first == NULL || push_line_rests(o, now) != 0)
        return false;
    return o->known.answers ? o->flying < PUSH_EACH
                            : o->flying < PUSH_UNKNOWN_EACH && l->unknown < PUSH_UNKNOWN;
}

/* Where least is in the air; of these, where most wait. */
static bool comes_before(const struct push_origin *o, const struct push_origin *best)
{
    if (best == NULL || o->flying != best->flying)
        return best == NULL || o->flying < best->flying;
    return o->waiting > best->waiting;
}

struct push_wait *push_line_take(struct push_line *l, int64_t now,
                                 bool (*is_flying)(const void *of, int64_t target), const void *of)
{
    struct push_origin *best = NULL;
    struct push_wait *w;

    if (l->flying >= PUSH_FLIGHTS)
        return NULL;
    for (size_t i = 0; i < l->origins.n; i++) {
        struct push_origin *o = l->origins.entries[i].value;

        if (has_room(l, o, now) && comes_before(o, best) && !is_flying(of, o->first->target))
            best = o;
    }
    if (best == NULL)
        return NULL;
    w = best->first;
    best->first = w->next;
    best->waiting--;
    return w;
}

/* What counts for the room of those that are not known: whether an origin is may change while
 * something is in the air. */
static void count_unknown(struct push_line *l)
{
    l->unknown = 0;
    for (size_t i = 0; i < l->origins.n; i++) {
        const struct push_origin *o = l->origins.entries[i].value;

        l->unknown += o->known.answers ? 0 : o->flying;
    }
}

void push_line_up(struct push_line *l, struct push_origin *o)
{
    o->flying++;
    l->flying++;
    l->unknown += !o->known.answers;
}

void push_line_down(struct push_line *l, struct push_origin *o)
{
    o->flying--;
    l->flying--;
    l->unknown -= !o->known.answers;
}

void push_line_fine(struct push_line *l, struct push_origin *o)
{
    bool is_new = !o->known.answers;

    o->known.answers = true;
    o->known.failures = 0;
    o->known.rest_until = 0;
    if (is_new)
        count_unknown(l);
}

bool push_line_failed(struct push_line *l, struct push_origin *o, int64_t now)
{
    struct push_known *k = &o->known;
    int64_t rest_s = PUSH_REST_S;

    k->failures++;
    if (k->answers && k->failures < PUSH_STRIKES)
        return false;
    if (k->answers) {
        k->answers = false;
        k->failures = 1;
        count_unknown(l);
    } else if (push_line_rests(o, now) != 0) {
        k->failures--; /* it was in the air when the rest began */
    }
    if (k->failures < 10)
        rest_s = (int64_t)1 << (k->failures - 1);
    k->rest_until = now + rest_s * SECOND_US;
    o->first = o->last = NULL;
    o->waiting = 0;
    return true;
}
