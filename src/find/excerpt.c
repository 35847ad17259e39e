/*
 * excerpt.c - where in a text the words stand that were asked for.
 */
#include "find/search.h"

#include "base/utf8.h"

enum { PLACES_MAX = 400, RUN_UP = 60 /* bytes before the first word */ };

struct place {
    size_t from, to;
    size_t term;
};

static bool same(const struct fold_piece *have, const struct fold_piece *want, bool begins)
{
    return begins ? str_starts(have->word, want->word) : str_eq(have->word, want->word);
}

/* Has the word the stem of the term?  Forms of a word begin alike, which says no quickly. */
static bool is_form(arena *a, const struct fold_piece *have, const struct find_term *t,
                    enum stem_tongue tongue)
{
    str stem = t->forms[tongue].stem;

    return stem.n > 0 && have->word.n > 0 && have->word.p[0] == stem.p[0] &&
           str_eq(stem_of(a, tongue, have->word), stem);
}

/* Does the term stand where the last of `n` pieces is its last? */
static bool ends_here(const struct fold_piece *ring, size_t size, size_t n,
                      const struct find_term *t)
{
    if (n < t->n || t->n > size)
        return false;
    for (size_t i = 0; i < t->n; i++)
        if (!same(&ring[(n - t->n + i) % size], &t->pieces[i], t->begins && i + 1 == t->n))
            return false;
    return true;
}

/* Where the terms stand in the text, in its order. */
static size_t find_places(arena *a, str text, enum stem_tongue tongue, const struct find_query *q,
                          struct place *places)
{
    struct fold_piece ring[QUERY_PIECES_MAX], piece = {0};
    size_t count = 0;

    for (size_t at = 0, n = 1; count < PLACES_MAX && fold_next(a, text, &at, &piece); n++) {
        ring[(n - 1) % QUERY_PIECES_MAX] = piece;
        for (size_t i = 0; i < q->n && count < PLACES_MAX; i++) {
            const struct find_term *t = &q->terms[i];

            if (t->without ||
                (!ends_here(ring, QUERY_PIECES_MAX, n, t) && !is_form(a, &piece, t, tongue)))
                continue;
            places[count++] = (struct place){ring[(n - t->n) % QUERY_PIECES_MAX].from, piece.to, i};
        }
    }
    return count;
}

static void add_run(struct find_runs *out, str text, bool is_hit)
{
    if (text.n == 0)
        return;
    out->v[out->n++] = (struct find_run){text, is_hit};
    out->has_hit = out->has_hit || is_hit;
}

/* The text from one byte to another in runs; places may overlap. */
static struct find_runs runs_of(arena *a, str text, size_t from, size_t to,
                                const struct place *places, size_t n)
{
    struct find_runs out = {arena_many(a, struct find_run, 2 * n + 3), 0, false};

    if (text.n == 0)
        return out;
    if (from > 0)
        add_run(&out, S("… "), false);
    for (size_t i = 0; i < n; i++) {
        if (places[i].from < from || places[i].to > to)
            continue;
        add_run(&out, str_of(text.p + from, places[i].from - from), false);
        add_run(&out, str_of(text.p + places[i].from, places[i].to - places[i].from), true);
        from = places[i].to;
    }
    add_run(&out, str_of(text.p + from, to - from), false);
    if (to < text.n)
        add_run(&out, S(" …"), false);
    return out;
}

struct find_runs find_mark_words(arena *a, str text, enum stem_tongue tongue,
                                 const struct find_query *q)
{
    struct place *places = arena_many(a, struct place, PLACES_MAX);

    return runs_of(a, text, 0, text.n, places, find_places(a, text, tongue, q, places));
}

/* How many different terms begin within `max` bytes of this place? */
static size_t worth(const struct place *places, size_t n, size_t at, size_t max)
{
    size_t seen = 0, worth = 0;

    for (size_t i = at; i < n && places[i].to <= places[at].from + max; i++)
        if (!(seen & (size_t)1 << places[i].term)) {
            seen |= (size_t)1 << places[i].term;
            worth++;
        }
    return worth;
}

/* Back to where a word begins; forward to where one has ended. */
static size_t word_start(str text, size_t at)
{
    while (at > 0 && text.p[at - 1] != ' ' && text.p[at - 1] != '\n')
        at--;
    return at;
}

static size_t word_end(str text, size_t at, size_t from)
{
    size_t end = at;

    while (end > from && text.p[end] != ' ' && text.p[end] != '\n')
        end--;
    return end > from ? end : utf8_to(text, at).n;
}

struct find_runs find_excerpt(arena *a, str text, enum stem_tongue tongue,
                              const struct find_query *q, size_t max)
{
    struct place *places = arena_many(a, struct place, PLACES_MAX);
    size_t n = find_places(a, text, tongue, q, places), best = 0, from = 0, to = text.n;

    for (size_t i = 1; i < n; i++)
        if (worth(places, n, i, max - RUN_UP) > worth(places, n, best, max - RUN_UP))
            best = i;
    if (n > 0 && places[best].from > RUN_UP) {
        size_t back = word_start(text, places[best].from - RUN_UP);

        from = places[best].from - back <= 2 * RUN_UP ? back : places[best].from;
    }
    if (text.n - from > max)
        to = word_end(text, from + max, n > 0 && places[best].to > from ? places[best].to : from);
    return runs_of(a, text, from, to, places, n);
}
