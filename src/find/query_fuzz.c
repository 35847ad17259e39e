/* Any bytes as a question, then as a text to mark: the expression holds words, quotes and the words
 * of the index's language that are written here, and the runs make up the text. */
#include "base/fuzz.h"
#include "base/time.h"
#include "base/utf8.h"
#include "find/search.h"

FUZZ(a, typed, (size_t)1 << 30)
{
    str text = utf8_clean(a, typed);
    struct find_query q;
    struct find_runs runs;
    size_t quotes = 0, bytes = 0;
    enum stem_tongue tongue = (enum stem_tongue)(typed.n % STEM_TONGUES);

    find_query_read(a, typed, typed.n % 2 == 1, &q);

    str expression = find_expression(a, &q, &(struct find_filter){.before = TIME_NEVER});

    for (size_t i = 0; i < expression.n; i++)
        quotes += expression.p[i] == '"';
    must(expression.n > 0 && utf8_ok(expression) && quotes % 2 == 0);
    for (size_t i = 0; i < q.n; i++)
        must(q.terms[i].from < q.terms[i].to && q.terms[i].to <= q.typed.n && q.terms[i].n > 0);
    runs = find_mark_words(a, text, tongue, &q);
    for (size_t i = 0; i < runs.n; i++)
        bytes += runs.v[i].text.n;
    must(bytes == text.n);
    runs = find_excerpt(a, text, tongue, &q, 200);
    for (size_t i = 0; i < runs.n; i++)
        must(utf8_ok(runs.v[i].text));
}
