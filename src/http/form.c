#include "http/form.h"

#include "base/utf8.h"

bool form_decode(arena *a, str s, str *out)
{
    char *p = arena_bytes(a, s.n);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            int high = i + 2 < s.n ? hex_value(s.p[i + 1]) : -1;
            int low = high >= 0 ? hex_value(s.p[i + 2]) : -1;

            if (low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        }
        p[n++] = c;
    }
    if (!utf8_ok(str_of(p, n)))
        return false;
    *out = str_of(p, n);
    return true;
}

bool form_cut(str *rest, str *name, str *value)
{
    for (str pair; str_cut(rest, '&', &pair);) {
        if (pair.n == 0)
            continue;

        ptrdiff_t equals = str_find_char(pair, '=');

        *name = equals < 0 ? pair : str_to(pair, (size_t)equals);
        *value = equals < 0 ? S("") : str_from(pair, (size_t)equals + 1);
        return true;
    }
    return false;
}

err form_read(arena *a, str text, struct form *out, note *why)
{
    size_t count = 0;
    str rest = text, name, value;

    while (form_cut(&rest, &name, &value))
        count++;
    if (count > FORM_FIELDS_MAX)
        return fail(why, E_LIMIT, "the form has %zu fields, at most %d are read", count,
                    FORM_FIELDS_MAX);

    struct form f = {.fields = arena_many(a, struct form_field, count)};

    while (form_cut(&text, &name, &value)) {
        struct form_field *one = &f.fields[f.n++];

        if (!form_decode(a, name, &one->name) || !form_decode(a, value, &one->value))
            return fail(why, E_INVALID, "field %zu of the form is not UTF-8 in percent-encoding",
                        f.n);
    }
    *out = f;
    return OK;
}

str form_get(const struct form *f, str name)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->fields[i].name, name))
            return f->fields[i].value;
    return S("");
}

bool form_has(const struct form *f, str name)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->fields[i].name, name))
            return true;
    return false;
}

static str encode(arena *a, str s, char also)
{
    static const char hex[] = "0123456789ABCDEF";
    char *p = arena_bytes(a, arena_times(s.n, 3));
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';

        if (letter || (c >= '0' && c <= '9') || (c != 0 && strchr("-._~", c) != NULL) ||
            (also != 0 && c == also)) {
            p[n++] = (char)c;
            continue;
        }
        p[n++] = '%';
        p[n++] = hex[c >> 4];
        p[n++] = hex[c & 15];
    }
    return str_of(p, n);
}

str percent_encode(arena *a, str s)
{
    return encode(a, s, 0);
}

str percent_encode_path(arena *a, str path)
{
    return encode(a, path, '/');
}
