#include "text/dates.h"
#include "wire/item/build.h"

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "GMT", "EST", "UTC": three or four letters that are no month, day or half of the day. */
static bool names_zone(str word)
{
    static const char other[] = "jan feb mar apr may jun jul aug sep oct nov dec "
                                "mon tue wed thu fri sat sun am pm";

    if (word.n < 2 || word.n > 5 || str_eq_nocase(word, S("noon")))
        return false;
    for (size_t i = 0; i < word.n; i++)
        if (!is_letter(word.p[i]))
            return false;
    return str_find_nocase(str_c(other), str_to(word, 3)) < 0;
}

/* Does a spelling that date_parse() took say its zone?  By 'Z' or an offset behind the clock, or by
 * a name. */
static bool says_zone(str s)
{
    ptrdiff_t clock = str_find_char(s, ':');
    str word, rest = s;

    for (size_t i = 1; i < s.n && clock < 0; i++)
        if ((s.p[i] == 'T' || s.p[i] == 't') && is_digit(s.p[i - 1]))
            clock = (ptrdiff_t)i;
    if (clock < 0)
        return false;
    str behind = str_from(s, (size_t)clock);
    char last = s.p[s.n - 1];
    if ((last == 'Z' || last == 'z') && is_digit(s.p[s.n - 2]))
        return true;
    if (str_find_char(behind, '+') >= 0 || str_find_char(behind, '-') >= 0)
        return true;
    while (str_cut(&rest, ' ', &word))
        if (names_zone(word))
            return true;
    return false;
}

bool wire_time(str s, int64_t *at, bool *zoned)
{
    s = str_trim(s);
    if (s.n < 4 || s.n > 64 || !date_parse(s, NULL, at))
        return false;
    if (zoned != NULL)
        *zoned = says_zone(s);
    return true;
}
