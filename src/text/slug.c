#include "text/slug.h"

#include "base/utf8.h"

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x02BC;
}

str slug_make(arena *a, str headline)
{
    char *out = arena_bytes(a, SLUG_MAX);
    size_t used = 0;  /* bytes written */
    size_t whole = 0; /* of these, bytes that end on a whole word */
    bool gap = false; /* a word has ended; owe a '-' before the next */

    for (uint32_t c; (c = utf8_next(&headline)) != 0;) {
        if (is_apostrophe(c))
            continue; /* "don't" is one word */

        str letters = utf8_spell(c);

        if (letters.n == 0) {
            gap = used > 0;
            continue;
        }
        if (used + gap + letters.n > SLUG_MAX) {
            if (!gap && whole > 0)
                used = whole;
            break;
        }
        if (gap) {
            whole = used;
            out[used++] = '-';
            gap = false;
        }
        memcpy(out + used, letters.p, letters.n);
        used += letters.n;
    }
    return (str){out, used};
}

bool slug_ok(str s)
{
    bool in_word = false;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

        if (!letter && !(c == '-' && in_word))
            return false;
        in_word = letter;
    }
    return in_word && s.n <= SLUG_MAX;
}
