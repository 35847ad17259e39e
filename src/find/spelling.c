/*
 * spelling.c - what may have been meant: a word of the index that is near to one that is in none.
 */
#include "find/search.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "news/story.h"
#include "store/sql.h"
#include "text/write_plain.h"

enum {
    LETTERS_MAX = 24,
    LETTERS_LEAST = 3,
    WORDS_LOOKED_AT = 4000,
    TERMS_MENDED = 4,
    SPELLING_DEADLINE_MS = 100, /* for a term */
    TEXT_MAX = 1 << 20,
};

struct letters {
    uint32_t v[LETTERS_MAX];
    int n;
};

static bool letters_of(str word, struct letters *out)
{
    out->n = 0;
    for (uint32_t c; word.n > 0 && (c = utf8_next(&word)) != 0;) {
        if (out->n == LETTERS_MAX)
            return false;
        out->v[out->n++] = c;
    }
    return true;
}

static int least(int x, int y)
{
    return x < y ? x : y;
}

/* How many letters must be changed, added, left out or swapped with a neighbour (restricted
 * Damerau-Levenshtein distance). */
static int distance(const struct letters *x, const struct letters *y)
{
    int rows[3][LETTERS_MAX + 1], *older = rows[0], *before = rows[1], *now = rows[2];

    for (int j = 0; j <= y->n; j++)
        before[j] = j;
    for (int i = 1; i <= x->n; i++) {
        now[0] = i;
        for (int j = 1; j <= y->n; j++) {
            bool is_same = x->v[i - 1] == y->v[j - 1];

            now[j] = least(least(before[j], now[j - 1]) + 1, before[j - 1] + !is_same);
            if (i > 1 && j > 1 && x->v[i - 1] == y->v[j - 2] && x->v[i - 2] == y->v[j - 1])
                now[j] = least(now[j], older[j - 2] + 1);
        }

        int *free_row = older;

        older = before;
        before = now;
        now = free_row;
    }
    return before[y->n];
}

struct nearest {
    const struct letters *word;
    str best;
    int away;
    int64_t stories;
};

static err look_between(struct reading *r, str since, str before, struct nearest *n)
{
    struct sql_find_words_like_rows rows;

    TRY(sql_find_words_like(r->a, r->db, since, before, WORDS_LOOKED_AT, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct letters have;

        if (!letters_of(rows.v[i].word, &have))
            continue;

        int away = distance(n->word, &have);

        if (away > 0 && (away < n->away || (away == n->away && rows.v[i].stories > n->stories))) {
            n->best = rows.v[i].word;
            n->away = away;
            n->stories = rows.v[i].stories;
        }
    }
    return OK;
}

static err look_behind(struct reading *r, uint32_t first, uint32_t second, struct nearest *n)
{
    buf since = buf_new(r->a, 16), before = buf_new(r->a, 16);

    utf8_put(&since, first);
    utf8_put(&since, second);
    utf8_put(&before, first);
    utf8_put(&before, second + 1);
    return look_between(r, buf_str(&since), buf_str(&before), n);
}

/* A word of the index near to this one: the first two letters are right, or swapped. */
static err nearest_to(struct reading *r, const struct letters *word, str *out)
{
    struct nearest n = {.word = word, .away = word->n <= 4 ? 2 : 3};

    TRY(look_behind(r, word->v[0], word->v[1], &n));
    if (word->v[0] != word->v[1])
        TRY(look_behind(r, word->v[1], word->v[0], &n));
    *out = n.best;
    return OK;
}

static err is_word(struct reading *r, str word, bool *known)
{
    struct sql_find_words_like_rows rows;

    TRY(sql_find_words_like(r->a, r->db, word, str_join(r->a, word, S(" ")), 1, &rows));
    *known = rows.n > 0;
    return OK;
}

/* Has any story this word, or a form of it? */
static err is_known(struct reading *r, const struct find_term *t, bool *known)
{
    TRY(is_word(r, t->pieces[0].word, known));
    for (int k = STEM_NONE + 1; k < STEM_TONGUES; k++) {
        const struct find_forms *forms = &t->forms[k];

        if (forms->stem.n > 0 && !*known)
            TRY(is_word(r, forms->stem, known));
        for (size_t i = 0; i < forms->n && !*known; i++)
            TRY(is_word(r, forms->v[i], known));
    }
    return OK;
}

/* The word as a public story writes it, which also says that one does. */
static err as_written(struct reading *r, str word, str *out)
{
    struct find_query q;
    struct find_hits hits;
    struct story s;
    buf text = buf_new(r->a, TEXT_MAX);

    find_query_read(r->a, str_fmt(r->a, "\"%.*s\"", STR(word)), false, &q);
    TRY(find_newest(r, &q, &(struct find_filter){.before = TIME_NEVER}, 1, &hits));
    if (hits.n == 0)
        return OK;

    err e = story_by_id(r, hits.stories[0], &s);

    if (e == E_MISSING || e == E_GONE)
        return OK;
    TRY(e);
    buf_fmt(&text, "%.*s %.*s %.*s ", STR(s.card.headline), STR(s.card.standfirst),
            STR(s.card.byline));
    body_write_plain(&text, &s.body, &(struct plain_writer){.search = true});

    struct find_runs runs = find_excerpt(r->a, buf_str(&text), STEM_NONE, &q, 200);

    for (size_t i = 0; i < runs.n && out->n == 0; i++)
        if (runs.v[i].is_hit)
            *out = runs.v[i].text;
    return OK;
}

/* What to put in the place of this term; empty: it is well as it is, or nothing is near. */
static err mend(struct reading *r, const struct find_term *t, str *out)
{
    struct letters word;
    bool known;
    str near = {0};

    if (t->without || t->n != 1 || t->pieces[0].unspaced || !letters_of(t->pieces[0].word, &word) ||
        word.n < LETTERS_LEAST)
        return OK;
    store_deadline(r->db, SPELLING_DEADLINE_MS);
    TRY(is_known(r, t, &known));
    if (known)
        return OK;
    TRY(nearest_to(r, &word, &near));
    return near.n > 0 ? as_written(r, near, out) : OK;
}

static err spell(struct reading *r, const struct find_query *q, str *out)
{
    buf text = buf_new(r->a, 4 * QUERY_BYTES_MAX);
    size_t at = 0;
    bool changed = false;

    for (size_t i = 0; i < q->n && i < TERMS_MENDED; i++) {
        const struct find_term *t = &q->terms[i];
        str better = {0};

        TRY(mend(r, t, &better));
        if (better.n == 0)
            continue;
        buf_add(&text, str_of(q->typed.p + at, t->from - at));
        buf_add(&text, better);
        at = t->to;
        changed = true;
    }
    buf_add(&text, str_from(q->typed, at));
    if (changed && !text.over)
        *out = buf_str(&text);
    return OK;
}

err find_spelling(struct reading *r, const struct find_query *q, str *out)
{
    *out = (str){0};

    err e = spell(r, q, out);

    store_deadline(r->db, 0);
    return e == E_BUSY ? OK : e; /* no time left to guess */
}
