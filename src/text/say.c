#include "text/say.h"

#include "base/must.h"
#include "text/book_inside.h"

#include <stdio.h>

enum { SAID_MAX = 64 << 10, NUMBER_MAX = 200 };

/* --- messages --- */

const struct message *book_message(const struct book *b, str context, str one)
{
    char room[BOOK_KEY_MAX];
    size_t n = context.n + 1 + one.n;

    if (n > sizeof room)
        return NULL;
    if (context.n > 0)
        memcpy(room, context.p, context.n);
    room[context.n] = BOOK_KEY_BETWEEN;
    if (one.n > 0)
        memcpy(room + context.n + 1, one.p, one.n);
    for (; b != NULL; b = b->behind) {
        const struct message *m = table_get(&b->messages, str_of(room, n));

        if (m != NULL && m->said[0].n > 0)
            return m;
    }
    return NULL;
}

size_t message_forms(const struct message *m)
{
    return m->many.n > 0 && m->book->plural != NULL ? plural_forms(m->book->plural) : 1;
}

size_t message_form(const struct message *m, int64_t n)
{
    return m->many.n > 0 && m->book->plural != NULL ? plural_form(m->book->plural, n) : 0;
}

size_t book_count(const struct book *b)
{
    return b->messages.n;
}

const struct message *book_at(const struct book *b, size_t i)
{
    return b->messages.entries[i].value;
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/* "{name}" at the start of `s`: how many bytes; 0: none. */
static size_t name_at(str s)
{
    size_t n = 1;

    while (n < s.n && is_name_char(s.p[n]))
        n++;
    return n > 1 && n < s.n && s.p[n] == '}' ? n + 1 : 0;
}

bool message_cut(str *rest, str *before, str *name)
{
    size_t n = 0;

    if (rest->n == 0)
        return false;
    for (size_t at = 0; at < rest->n; at++)
        if (rest->p[at] == '{' && (n = name_at(str_from(*rest, at))) > 0) {
            *before = str_to(*rest, at);
            *name = str_of(rest->p + at + 1, n - 2);
            *rest = str_from(*rest, at + n);
            return true;
        }
    *before = *rest;
    *name = (str){0};
    *rest = (str){0};
    return true;
}

/* --- saying --- */

static const struct message *message_of(const struct tongue *t, const char *context,
                                        const char *english)
{
    return t == NULL ? NULL : book_message(t->book, str_c(context), str_c(english));
}

str say_in(const struct tongue *t, const char *context, const char *english)
{
    const struct message *m = message_of(t, context, english);

    return m == NULL ? str_c(english) : m->said[0];
}

str say(const struct tongue *t, const char *english)
{
    return say_in(t, NULL, english);
}

str say_fill(arena *a, str words, const struct said *values, size_t n)
{
    buf out = buf_new(a, SAID_MAX);
    str before, name;

    while (message_cut(&words, &before, &name)) {
        buf_add(&out, before);
        for (size_t i = 0; i < n; i++)
            if (str_eq(str_c(values[i].name), name))
                buf_add(&out, values[i].value);
    }
    return buf_str(&out);
}

str say_with(arena *a, const struct tongue *t, const char *english, const struct said *values,
             size_t n)
{
    return say_fill(a, say(t, english), values, n);
}

/* The form for `count`, not filled. */
static str form_for(const struct message *m, int64_t count, const char *one, const char *many)
{
    return m == NULL ? str_c(count == 1 ? one : many) : m->said[message_form(m, count)];
}

str say_count(arena *a, const struct tongue *t, int64_t count, const char *one, const char *many)
{
    struct said n = {"n", say_number(a, t, count)};

    return say_fill(a, form_for(message_of(t, NULL, one), count, one, many), &n, 1);
}

str say_forms(arena *a, const struct tongue *t, int64_t most, const char *one, const char *many)
{
    const struct message *m = message_of(t, NULL, one);
    buf out = buf_new(a, SAID_MAX);
    str before = {0};

    for (int64_t n = 1; n <= most; n++) {
        str form = form_for(m, n, one, many);

        if (n == 1 || !str_eq(form, before))
            buf_fmt(&out, "%s%lld %.*s", n == 1 ? "" : "|", (long long)n, STR(form));
        before = form;
    }
    return buf_str(&out);
}

/* --- numbers --- */

typedef const char ten_digits[10][5];

static const struct {
    str name;
    ten_digits digits;
} systems[] = {
    {S_INIT("arab"), {"٠", "١", "٢", "٣", "٤", "٥", "٦", "٧", "٨", "٩"}},
    {S_INIT("arabext"), {"۰", "۱", "۲", "۳", "۴", "۵", "۶", "۷", "۸", "۹"}},
    {S_INIT("deva"), {"०", "१", "२", "३", "४", "५", "६", "७", "८", "९"}},
    {S_INIT("beng"), {"০", "১", "২", "৩", "৪", "৫", "৬", "৭", "৮", "৯"}},
};
enum { ARABIC_SYSTEMS = 2 }; /* the first of them, with commas of their own */

static bool has_arabic_digits(const struct tongue *t)
{
    for (size_t i = 0; i < ARABIC_SYSTEMS; i++)
        if (t->digits == systems[i].digits)
            return true;
    return false;
}

static struct number_style style_of(const struct tongue *t)
{
    static const struct number_style english = {S_INIT(","), S_INIT(","), S_INIT(".")};
    static const struct number_style arabic = {S_INIT("٬"), S_INIT("٬"), S_INIT("٫")};

    if (t != NULL && has_arabic_digits(t))
        return arabic;
    for (const struct book *b = t == NULL ? NULL : t->book; b != NULL; b = b->behind)
        if (b->has_numbers)
            return b->numbers;
    return english;
}

static void put_digit(buf *out, const struct tongue *t, char digit)
{
    if (t == NULL || t->digits == NULL)
        buf_char(out, digit);
    else
        buf_add(out, str_c(t->digits[digit - '0']));
}

static void put_whole(buf *out, const struct tongue *t, const struct number_style *style,
                      str digits)
{
    str between = digits.n == 4 ? style->of_four : style->of_more;

    for (size_t i = 0; i < digits.n; i++) {
        if (i > 0 && (digits.n - i) % 3 == 0)
            buf_add(out, between);
        put_digit(out, t, digits.p[i]);
    }
}

static str sign_off(buf *out, int64_t n, char *room, size_t size)
{
    int written =
        snprintf(room, size, "%llu", (unsigned long long)(n < 0 ? -(uint64_t)n : (uint64_t)n));

    if (n < 0)
        buf_add(out, S("\u2212"));
    return str_of(room, (size_t)written);
}

void say_number_to(buf *out, const struct tongue *t, int64_t n)
{
    struct number_style style = style_of(t);
    char room[24];

    put_whole(out, t, &style, sign_off(out, n, room, sizeof room));
}

str say_number(arena *a, const struct tongue *t, int64_t n)
{
    buf out = buf_new(a, NUMBER_MAX);

    say_number_to(&out, t, n);
    return buf_str(&out);
}

str say_decimal(arena *a, const struct tongue *t, int64_t n, int decimals)
{
    struct number_style style = style_of(t);
    buf out = buf_new(a, NUMBER_MAX);
    char room[40];
    str digits = sign_off(&out, n, room + 10, 24);

    must(decimals >= 0 && decimals <= 9);
    while (digits.n <= (size_t)decimals) { /* room for a nought before the point */
        digits = str_of(digits.p - 1, digits.n + 1);
        room[digits.p - room] = '0';
    }
    put_whole(&out, t, &style, str_to(digits, digits.n - (size_t)decimals));
    if (decimals > 0)
        buf_add(&out, style.point);
    for (size_t i = digits.n - (size_t)decimals; i < digits.n; i++)
        put_digit(&out, t, digits.p[i]);
    return buf_str(&out);
}

str say_digits(arena *a, const struct tongue *t, str s)
{
    buf out = buf_new(a, SAID_MAX);

    if (t == NULL || t->digits == NULL)
        return s;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            put_digit(&out, t, s.p[i]);
        else
            buf_char(&out, s.p[i]);
    return buf_str(&out);
}

/* --- tongues --- */

/* Where the Unicode extension begins ("-u-"), or the end. */
static size_t extension_of(str tag)
{
    ptrdiff_t at = str_find_nocase(tag, S("-u-"));

    return at < 0 ? tag.n : (size_t)at;
}

/* Where another singleton ends it: "ar-u-nu-arab-x-desk" goes on with "-x-desk". */
static str after_extension(str tag)
{
    str rest = str_from(tag, extension_of(tag) + 3);

    for (size_t i = 0; i + 2 < rest.n; i++)
        if (rest.p[i] == '-' && rest.p[i + 2] == '-')
            return str_from(rest, i);
    return (str){0};
}

str tongue_tag(arena *a, str tag)
{
    return str_join(a, str_to(tag, extension_of(tag)), after_extension(tag));
}

struct tongue tongue_of(const struct book *b, str tag)
{
    struct tongue t = {.book = b};
    str piece, key = {0}, rest = str_from(tag, extension_of(tag) + 3);

    rest = str_to(rest, rest.n - after_extension(tag).n);
    while (str_cut(&rest, '-', &piece)) {
        if (piece.n == 2)
            key = piece;
        for (size_t i = 0; str_eq_nocase(key, S("nu")) && i < LENGTH(systems); i++)
            if (str_eq_nocase(piece, systems[i].name))
                t.digits = systems[i].digits;
        if (str_eq_nocase(key, S("hc")) && piece.n == 3) {
            t.is_h12 = str_eq_nocase(piece, S("h12")) || str_eq_nocase(piece, S("h11"));
            t.is_h24 = !t.is_h12;
        }
    }
    return t;
}

str tongue_locale(arena *a, const struct tongue *t, str tag)
{
    str digits = S("latn");

    for (size_t i = 0; i < LENGTH(systems); i++)
        if (t != NULL && t->digits == systems[i].digits)
            digits = systems[i].name;
    return str_fmt(a, "%.*s-u-nu-%.*s", STR(str_to(tag, extension_of(tag))), STR(digits));
}
