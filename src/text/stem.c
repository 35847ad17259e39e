#include "text/stem.h"

#include "base/must.h"
#include "text/fold.h"

#include <string.h>

enum { LEAST = 3 /* letters */ };

/* A word that is being cut: w[0, n). */
struct cut {
    char *w;
    size_t n;
};

static bool ends(const struct cut *c, const char *with)
{
    return str_ends(str_of(c->w, c->n), str_c(with));
}

static bool ends_in_one_of(const struct cut *c, const char *letters, size_t back)
{
    return c->n > back && strchr(letters, c->w[c->n - 1 - back]) != NULL;
}

/* --- English: steps 1 and 5 of M. F. Porter's second stemmer (Snowball, "english") --- */

/* y is one behind a consonant. */
static bool is_vowel(const char *w, size_t i)
{
    if (w[i] == 'y')
        return i > 0 && !is_vowel(w, i - 1);
    return strchr("aeiou", w[i]) != NULL;
}

static bool has_vowel(const char *w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (is_vowel(w, i))
            return true;
    return false;
}

/* What stands behind the first consonant that follows a vowel. */
static size_t region(const struct cut *c, size_t from)
{
    while (from < c->n && !is_vowel(c->w, from))
        from++;
    while (from < c->n && is_vowel(c->w, from))
        from++;
    return from < c->n ? from + 1 : c->n;
}

/* "hop", "car", "at": a vowel between consonants, the last one not w, x or y. */
static bool is_short(const char *w, size_t n)
{
    if (n == 2)
        return is_vowel(w, 0) && !is_vowel(w, 1);
    return n > 2 && !is_vowel(w, n - 3) && is_vowel(w, n - 2) && !is_vowel(w, n - 1) &&
           strchr("wxy", w[n - 1]) == NULL;
}

/* Whole words that only look as if they had an ending. */
static bool stays(const struct cut *c)
{
    static const char *const whole[] = {
        "anything", "during",   "evening",   "everything", "exceed",  "herring",
        "inning",   "morning",  "news",      "nothing",    "outing",  "proceed",
        "publish",  "shilling", "something", "species",    "succeed", "united",
    };

    for (size_t i = 0; i < LENGTH(whole); i++)
        if (str_eq(str_of(c->w, c->n), str_c(whole[i])))
            return true;
    return false;
}

/* Forms that no rule makes; none is longer than what it stands for by more than two letters. */
static void regular(struct cut *c)
{
    static const struct {
        const char *form, *word;
    } all[] = {
        {"buses", "bus"},     {"children", "child"}, {"crises", "crisis"}, {"feet", "foot"},
        {"gases", "gas"},     {"geese", "goose"},    {"halves", "half"},   {"knives", "knife"},
        {"men", "man"},       {"mice", "mouse"},     {"shelves", "shelf"}, {"teeth", "tooth"},
        {"thieves", "thief"}, {"wives", "wife"},     {"wolves", "wolf"},   {"women", "woman"},
    };

    for (size_t i = 0; i < LENGTH(all); i++)
        if (str_eq(str_of(c->w, c->n), str_c(all[i].form))) {
            c->n = strlen(all[i].word);
            memcpy(c->w, all[i].word, c->n);
            return;
        }
    if (c->n > 5 && ends(c, "men")) /* firemen */
        c->w[c->n - 2] = 'a';
}

static void cut_plural(struct cut *c)
{
    if (ends(c, "sses"))
        c->n -= 2;
    else if (ends(c, "ies") || ends(c, "ied"))
        c->n -= c->n > 4 ? 2 : 1; /* ferries; ties */
    else if (ends(c, "s") && !ends(c, "us") && !ends(c, "ss") && has_vowel(c->w, c->n - 2))
        c->n--;
}

/* "planned" to "plan", "hoping" to "hope". */
static void cut_time(struct cut *c)
{
    size_t ending = ends(c, "ing") ? 3 : ends(c, "ed") ? 2 : 0;

    if (ends(c, "eed")) {
        if (region(c, 0) + 3 <= c->n)
            c->n--;
        return;
    }
    if (ending == 0 || !has_vowel(c->w, c->n - ending))
        return;
    c->n -= ending;
    if (ends(c, "at") || ends(c, "bl") || ends(c, "iz") ||
        (region(c, 0) == c->n && is_short(c->w, c->n)))
        c->w[c->n++] = 'e';
    else if (c->n > 2 && c->w[c->n - 1] == c->w[c->n - 2] && ends_in_one_of(c, "bdfgmnprt", 0))
        c->n--;
}

/* The last letter, where forms differ in it alone: city, citi(es); rais(ed), raise. */
static void cut_last(struct cut *c)
{
    size_t first = region(c, 0), second = region(c, first);

    if (c->n > 2 && ends(c, "y") && !is_vowel(c->w, c->n - 2))
        c->w[c->n - 1] = 'i';
    else if (ends(c, "e") && (second < c->n || (first < c->n && !is_short(c->w, c->n - 1))))
        c->n--;
    else if (ends(c, "ll") && second < c->n)
        c->n--;
}

/* Words that have no other forms: what is cut down to one of them is another word ("hering"). */
static bool is_alone(str word)
{
    static const char *const all[] = {"ever", "here", "more", "once", "there", "were", "where"};

    for (size_t i = 0; i < LENGTH(all); i++)
        if (str_eq(word, str_c(all[i])))
            return true;
    return false;
}

static void cut_english(struct cut *c)
{
    if (stays(c))
        return;
    regular(c);
    cut_plural(c);
    if (stays(c))
        return;
    cut_time(c);
    if (!stays(c))
        cut_last(c);
}

/* --- German: the endings of J. Savoy's light stemmer (CLEF 2006) --- */

static void cut_case(struct cut *c)
{
    if (c->n > 5 && ends(c, "ern"))
        c->n -= 3;
    else if (c->n > 4 && ends_in_one_of(c, "mnrs", 0) && ends_in_one_of(c, "e", 1))
        c->n -= 2;
    else if (c->n > 3 && ends(c, "e"))
        c->n--;
    else if (c->n > 3 && ends(c, "s") && ends_in_one_of(c, "bdfghklmnrt", 1))
        c->n--;
    else if (c->n > 4 && ends(c, "os") && !ends(c, "oos"))
        c->n--; /* Autos */
}

static void cut_degree(struct cut *c)
{
    if (c->n > 5 && ends(c, "est"))
        c->n -= 3;
    else if (c->n > 4 && ends_in_one_of(c, "rn", 0) && ends_in_one_of(c, "e", 1))
        c->n -= 2;
    else if (c->n > 4 && ends(c, "st") && ends_in_one_of(c, "bdfghklmnt", 2))
        c->n -= 2;
}

static void cut_german(struct cut *c)
{
    cut_case(c);
    cut_degree(c);
}

/* --- */

enum stem_tongue stem_tongue_of(str tag)
{
    static const str names[STEM_TONGUES] = {
        [STEM_ENGLISH] = S_INIT("en"),
        [STEM_GERMAN] = S_INIT("de"),
    };

    for (int t = STEM_NONE + 1; t < STEM_TONGUES; t++)
        if (str_starts_nocase(tag, names[t]) && (tag.n == names[t].n || tag.p[names[t].n] == '-'))
            return (enum stem_tongue)t;
    return STEM_NONE;
}

static bool is_plain(str word)
{
    if (word.n < LEAST || word.n > FOLD_WORD_MAX)
        return false;
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] < 'a' || word.p[i] > 'z')
            return false;
    return true;
}

str stem_of(arena *a, enum stem_tongue tongue, str word)
{
    if (tongue == STEM_NONE || !is_plain(word))
        return (str){0};

    str own = str_dup(a, word);
    struct cut c = {(char *)(uintptr_t)own.p, own.n};

    if (tongue == STEM_ENGLISH)
        cut_english(&c);
    else
        cut_german(&c);
    if (tongue == STEM_ENGLISH && is_alone(str_of(c.w, c.n)))
        return str_dup(a, word);
    return str_of(c.w, c.n);
}
