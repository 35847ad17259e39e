#include "media/words.h"

#include "base/utf8.h"

bool word_is_list(enum word w)
{
    return w == WORD_keywords || w == WORD_byline;
}

static bool is_long(enum word w)
{
    return w == WORD_caption || w == WORD_description || w == WORD_terms || w == WORD_keywords;
}

str word_clean(arena *a, enum word w, str text)
{
    size_t max = is_long(w) ? WORDS_LONG_MAX : WORDS_SHORT_MAX;

    text = utf8_clean(a, str_to(text, 4 * WORDS_LONG_MAX));
    text = w == WORD_caption || w == WORD_description ? str_trim(text) : str_squeeze(a, text);
    return str_dup(a, str_trim(utf8_to(text, max))); /* a reader may use its buffer again */
}

void word_list_add(struct word_list *l, enum word w, str text)
{
    str *all = &l->v[w];
    str between = w == WORD_keywords ? S("\n") : S(", ");

    text = word_clean(l->a, w, text);
    if (text.n == 0 || text.n > WORDS_SHORT_MAX)
        return;
    if (all->n == 0)
        *all = text;
    else if (all->n + between.n + text.n <= (is_long(w) ? WORDS_LONG_MAX : WORDS_SHORT_MAX))
        *all = str_join(l->a, str_join(l->a, *all, between), text);
}

void word_list_offer(struct word_list *l, enum word w, str text)
{
    if (word_is_list(w))
        word_list_add(l, w, text);
    else if (l->v[w].n == 0)
        l->v[w] = word_clean(l->a, w, text);
}

struct media_words word_list_done(const struct word_list *l)
{
#define WORD_OUT(name) .name = l->v[WORD_##name],
    return (struct media_words){WORDS(WORD_OUT)};
}

struct word_list word_list_of(arena *a, const struct media_words *words)
{
#define WORD_IN(name) [WORD_##name] = words->name,
    return (struct word_list){a, {WORDS(WORD_IN)}};
}
