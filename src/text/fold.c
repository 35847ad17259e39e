#include "text/fold.h"

#include "base/must.h"
#include "base/utf8.h"

#include <glib.h>

/* Scripts that are written without spaces between words. */
static bool is_unspaced(uint32_t c)
{
    static const struct {
        uint32_t from, to;
    } ranges[] = {
        {0x0e00, 0x0eff},   /* Thai, Lao */
        {0x1000, 0x109f},   /* Myanmar */
        {0x1100, 0x11ff},   /* Hangul letters */
        {0x1780, 0x17ff},   /* Khmer */
        {0x3005, 0x3007},   /* signs that stand for an ideograph */
        {0x3041, 0x30ff},   /* Hiragana, Katakana */
        {0x3130, 0x318f},   /* Hangul letters */
        {0x31f0, 0x31ff},   /* Katakana */
        {0x3400, 0x4dbf},   /* ideographs */
        {0x4e00, 0x9fff},   /* ideographs */
        {0xac00, 0xd7a3},   /* Hangul */
        {0xf900, 0xfaff},   /* ideographs */
        {0xff66, 0xffdc},   /* half-width Katakana and Hangul */
        {0x20000, 0x3ffff}, /* ideographs */
    };

    for (size_t i = 0; i < LENGTH(ranges) && c >= ranges[i].from; i++)
        if (c <= ranges[i].to)
            return g_unichar_isalnum(c) || g_unichar_ismark(c);
    return false;
}

static bool is_word(uint32_t c)
{
    return c == 0x640 || g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* Accents and vowel points; the vowel signs of Indic scripts are letters to their readers. */
static bool is_dropped(gunichar c)
{
    static const struct {
        gunichar from, to;
    } ranges[] = {
        {0x0300, 0x036f}, {0x0483, 0x0487}, {0x0591, 0x05c7}, {0x0610, 0x061a},
        {0x0640, 0x0640}, {0x064b, 0x065f}, {0x0670, 0x0670}, {0x06d6, 0x06ed},
        {0x08d3, 0x08ff}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200f},
        {0x20d0, 0x20ff}, {0xfb1e, 0xfb1e}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
    };

    for (size_t i = 0; i < LENGTH(ranges) && c >= ranges[i].from; i++)
        if (c <= ranges[i].to)
            return true;
    return false;
}

/* Letters that readers take for one another. */
static gunichar alike(gunichar c)
{
    switch (c) {
    case 0x649: /* alef maksura */
    case 0x6cc: /* Farsi yeh */
        return 0x64a;
    case 0x629: /* teh marbuta */
        return 0x647;
    case 0x6a9: /* keheh */
        return 0x643;
    case 0x671: /* alef wasla */
        return 0x627;
    default:
        return c;
    }
}

static void put(buf *out, gunichar c)
{
    str spelled = c >= 0xc0 && c <= 0x24f ? utf8_spell(c) : (str){0};

    if (is_dropped(c))
        return;
    if (spelled.n > 0)
        buf_add(out, spelled);
    else if (g_unichar_isalnum(c) || g_unichar_ismark(c))
        utf8_put(out, alike(c));
}

static str fold_unicode(arena *a, str raw)
{
    char *apart = g_utf8_normalize(raw.p, (gssize)raw.n, G_NORMALIZE_ALL);
    char *lower = apart != NULL ? g_utf8_casefold(apart, -1) : NULL;
    buf out = buf_new(a, raw.n * 24 + 64);

    for (const char *p = lower; p != NULL && *p != '\0'; p = g_utf8_next_char(p))
        put(&out, g_utf8_get_char(p));
    g_free(lower);
    g_free(apart);
    if (out.n == 0 || out.over)
        return (str){0};

    char *whole = g_utf8_normalize(out.p, (gssize)out.n, G_NORMALIZE_DEFAULT_COMPOSE);
    str folded = whole != NULL ? str_dup(a, str_c(whole)) : buf_str(&out);

    g_free(whole);
    return folded;
}

/* "al-kitab" is found by "kitab", and with "wa", "bi", "ka", "fa" or "li" before it as well. */
static str without_article(str word)
{
    static const str articles[] = {
        S_INIT("وال"), S_INIT("بال"), S_INIT("كال"), S_INIT("فال"), S_INIT("لل"), S_INIT("ال"),
    };
    enum { LETTERS_LEFT = 3, LETTER = 2 };

    for (size_t i = 0; i < LENGTH(articles); i++)
        if (str_starts(word, articles[i]) && word.n >= articles[i].n + LETTERS_LEFT * LETTER)
            return str_from(word, articles[i].n);
    return word;
}

static str fold_word(arena *a, str raw)
{
    for (size_t i = 0; i < raw.n; i++)
        if ((unsigned char)raw.p[i] >= 0x80)
            return without_article(fold_unicode(a, raw));
    return str_lower(a, raw);
}

/* Stands on the letter before it: half-width Katakana have sound marks of their own. */
static bool is_mark(uint32_t c)
{
    return c == 0xff9e || c == 0xff9f || g_unichar_ismark(c);
}

/* Where the piece that begins here ends. */
static size_t end_of(str text, size_t from, bool unspaced)
{
    str rest = str_from(text, from);
    size_t to = from;
    uint32_t c = utf8_next(&rest);

    do {
        to = text.n - rest.n;
        c = utf8_next(&rest);
    } while (c != 0 && (unspaced ? is_mark(c) : is_word(c) && !is_unspaced(c)));
    return to;
}

bool fold_next(arena *a, str text, size_t *at, struct fold_piece *out)
{
    size_t began = *at;
    bool was_unspaced = began > 0 && out->unspaced && out->to == began;

    while (*at < text.n) {
        str rest = str_from(text, *at);
        size_t from = *at;
        uint32_t c = utf8_next(&rest);
        bool unspaced = is_unspaced(c);

        if (c == 0) { /* a NUL; or nothing */
            ++*at;
            continue;
        }
        if (!unspaced && !is_word(c)) {
            *at = text.n - rest.n;
            continue;
        }
        *at = end_of(text, from, unspaced);

        str word = fold_word(a, utf8_to(str_of(text.p + from, *at - from), FOLD_WORD_MAX));

        if (word.n == 0)
            continue;
        *out = (struct fold_piece){word, from, *at, unspaced,
                                   unspaced && was_unspaced && from == began};
        return true;
    }
    return false;
}

static void put_word(buf *out, str before, str word)
{
    buf_add(out, before);
    buf_add(out, word);
    buf_char(out, ' ');
}

void fold_write(arena *a, str text, buf *out)
{
    char last[FOLD_WORD_MAX * 4];
    str before = {0}; /* an unspaced letter that waits for its neighbour */
    struct fold_piece piece = {0};

    for (size_t at = 0;;) {
        arena_mark here = arena_here(a);
        bool more = fold_next(a, text, &at, &piece);

        if (before.n > 0)
            put_word(out, before, more && piece.joined ? piece.word : S(""));
        before = (str){0};
        if (!more)
            return;
        if (!piece.unspaced) {
            put_word(out, S(""), piece.word);
        } else if (piece.word.n <= sizeof last) {
            memcpy(last, piece.word.p, piece.word.n);
            before = str_of(last, piece.word.n);
        }
        if (out->a != a)
            arena_release(a, here);
    }
}
