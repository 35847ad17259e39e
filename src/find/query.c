#include "find/query.h"

#include "base/must.h"
#include "base/time.h"
#include "base/utf8.h"

enum { EXPRESSION_MAX = 64 * 1024 };

/* --- reading --- */

static bool is_quote(uint32_t c)
{
    return c == '"' || (c >= 0x201c && c <= 0x201f) || c == 0xab || c == 0xbb;
}

/* Take the folded words of text[from, to) as a term, if there are any. */
static void add_term(arena *a, struct find_query *q, size_t from, size_t to, bool without,
                     bool quoted, size_t *pieces_left)
{
    struct fold_piece *v, piece = {0};
    size_t n = 0;

    if (q->n == QUERY_TERMS_MAX)
        return;
    v = arena_many(a, struct fold_piece, *pieces_left);
    for (size_t at = 0; n < *pieces_left;) {
        if (!fold_next(a, str_of(q->typed.p + from, to - from), &at, &piece))
            break;
        v[n++] = piece;
    }
    if (n == 0)
        return;
    *pieces_left -= n;
    q->terms[q->n] =
        (struct find_term){.pieces = v, .n = n, .from = from, .to = to, .without = without};
    for (int t = STEM_NONE + 1; n == 1 && !quoted && t < STEM_TONGUES; t++)
        q->terms[q->n].forms[t].stem = stem_of(a, (enum stem_tongue)t, v[0].word);
    q->n++;
    q->has_words = q->has_words || !without;
}

/* The end of what begins at `from`: at a space, or, in quotes, behind the quote. */
static size_t end_of(str typed, size_t from, bool quoted)
{
    str rest = str_from(typed, from);

    for (size_t to = from;; to = typed.n - rest.n) {
        uint32_t c = utf8_next(&rest);

        if (c == 0 && rest.n == 0)
            return typed.n;
        if (quoted ? is_quote(c) : utf8_is_space(c) || is_quote(c))
            return quoted ? typed.n - rest.n : to;
    }
}

void find_query_read(arena *a, str typed, bool typing, struct find_query *out)
{
    size_t pieces = QUERY_PIECES_MAX;

    *out = (struct find_query){.typed = utf8_to(str_trim(utf8_clean(a, typed)), QUERY_BYTES_MAX)};
    for (size_t at = 0; at < out->typed.n && pieces > 0;) {
        str rest = str_from(out->typed, at);
        uint32_t c = utf8_next(&rest);
        size_t began = at, after = out->typed.n - rest.n;
        bool without = c == '-' && rest.n > 0;

        if (without) {
            c = utf8_next(&rest);
            at = after;
            after = out->typed.n - rest.n;
        }
        if (utf8_is_space(c)) {
            at = after;
            continue;
        }

        bool quoted = is_quote(c);
        size_t end = end_of(out->typed, quoted ? after : at, quoted);

        if (end == at)
            end = after;
        add_term(a, out, began, end, without, quoted, &pieces);
        if (typing && !quoted && end == out->typed.n && out->n > 0 &&
            out->terms[out->n - 1].to == end)
            out->terms[out->n - 1].begins = true;
        at = end;
    }
}

/* --- writing --- */

void find_mark(buf *out, char kind, int64_t id)
{
    utf8_put(out, 0xe000); /* private use: no word has it */
    if (kind != ' ')
        buf_fmt(out, "%c%lld", kind, (long long)id);
    buf_char(out, ' ');
}

/* The pieces as the index holds them: pairs of unspaced letters.  A letter alone at the end is the
 * beginning of a pair, or the end of a run. */
static void put_phrase(buf *out, const struct find_term *t)
{
    bool goes_on = t->begins;

    buf_char(out, '"');
    for (size_t i = 0; i < t->n; i++) {
        const struct fold_piece *p = &t->pieces[i];
        bool pairs = i + 1 < t->n && t->pieces[i + 1].joined;

        if (p->unspaced && p->joined && !pairs)
            continue; /* the second of the last pair */
        if (i > 0)
            buf_char(out, ' ');
        buf_add(out, p->word);
        if (pairs)
            buf_add(out, t->pieces[i + 1].word);
        if (i + 1 == t->n && p->unspaced)
            goes_on = true;
    }
    buf_lit(out, "\"");
    if (goes_on && !(t->n > 1 && t->pieces[t->n - 1].joined))
        buf_lit(out, " *");
}

static void put_word(buf *out, str word)
{
    buf_char(out, '"');
    buf_add(out, word);
    buf_char(out, '"');
}

/* The other forms of a word, in the stories of their tongue. */
static void put_forms(buf *out, enum stem_tongue tongue, const struct find_term *t)
{
    const struct find_forms *forms = &t->forms[tongue];
    bool is_own = str_eq(forms->stem, t->pieces[0].word);

    if (is_own && forms->n == 0)
        return;
    buf_lit(out, " OR ((");
    if (!is_own)
        put_word(out, forms->stem);
    for (size_t i = 0; i < forms->n; i++) {
        if (i > 0 || !is_own)
            buf_lit(out, " OR ");
        put_word(out, forms->v[i]);
    }
    buf_lit(out, ") AND marks : \"");
    find_mark(out, 'l', tongue);
    buf_lit(out, "\")");
}

/* The word as it stands, twice, so that it weighs twice as much (BM25 adds up what is asked), or in
 * another form. */
static void put_term(buf *out, const struct find_term *t)
{
    size_t before;

    buf_char(out, '(');
    put_phrase(out, t);
    before = out->n;
    for (int k = STEM_NONE + 1; k < STEM_TONGUES; k++)
        if (t->forms[k].stem.n > 0)
            put_forms(out, (enum stem_tongue)k, t);
    if (out->n > before) {
        buf_lit(out, " OR ");
        put_phrase(out, t);
    }
    buf_char(out, ')');
}

static void put_terms(buf *out, const struct find_query *q, bool without, const char *between)
{
    bool first = true;

    for (size_t i = 0; i < q->n; i++) {
        if (q->terms[i].without != without)
            continue;
        if (!first)
            buf_add(out, str_c(between));
        put_term(out, &q->terms[i]);
        first = false;
    }
}

static void put_marks(buf *out, const struct find_filter *f, bool alone)
{
    const struct {
        char kind;
        int64_t id;
    } marks[] = {{'s', f->section}, {'t', f->topic}, {'p', f->author}};
    bool first = alone;

    for (size_t i = 0; i < LENGTH(marks); i++) {
        if (marks[i].id == 0)
            continue;
        buf_add(out, first ? S("marks : \"") : S(" AND marks : \""));
        find_mark(out, marks[i].kind, marks[i].id);
        buf_char(out, '"');
        first = false;
    }
    if (first) { /* nothing is asked: all stories */
        buf_lit(out, "marks : \"");
        find_mark(out, ' ', 0);
        buf_char(out, '"');
    }
}

str find_expression(arena *a, const struct find_query *q, const struct find_filter *f)
{
    buf out = buf_new(a, EXPRESSION_MAX);
    bool excludes = false;

    for (size_t i = 0; i < q->n; i++)
        excludes = excludes || q->terms[i].without;
    if (excludes)
        buf_char(&out, '(');
    if (q->has_words) {
        buf_char(&out, '(');
        put_terms(&out, q, false, " AND ");
        buf_char(&out, ')');
    }
    put_marks(&out, f, !q->has_words);
    if (excludes) {
        buf_lit(&out, ") NOT (");
        put_terms(&out, q, true, " OR ");
        buf_char(&out, ')');
    }
    return buf_str(&out);
}
