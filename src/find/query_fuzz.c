/* Any bytes as a question, then as a text to mark: the expression holds words, quotes and the words
 * of the index's language that are written here, and the runs make up the text. */
#include "base/arena.h"
#include "base/hash.h"
#include "base/must.h"
#include "base/time.h"
#include "base/utf8.h"
#include "find/search.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    hash_start();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    arena *a = arena_new((size_t)1 << 30);
    str typed = str_of((const char *)data, n), text = utf8_clean(a, typed);
    struct find_query q;
    struct find_runs runs;
    size_t quotes = 0, bytes = 0;
    enum stem_tongue tongue = (enum stem_tongue)(n % STEM_TONGUES);

    find_query_read(a, typed, n % 2 == 1, &q);

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
    arena_free(&a);
    return 0;
}
