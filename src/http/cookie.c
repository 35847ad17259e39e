#include "http/cookie.h"

#include "base/buf.h"

/* token, RFC 9110 section 5.6.2 */
static bool is_token(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c <= ' ' || c >= 0x7f || strchr("()<>@,;:\\\"/[]?={}", c) != NULL)
            return false;
    }
    return s.n > 0;
}

/* cookie-octet, RFC 6265 section 4.1.1 */
static bool is_value(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c <= ' ' || c >= 0x7f || strchr("\",;\\", c) != NULL)
            return false;
    }
    return true;
}

static bool is_path(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c < ' ' || c >= 0x7f || c == ';')
            return false;
    }
    return s.n == 0 || s.p[0] == '/';
}

bool cookie_find(str header, str name, str *value)
{
    for (str pair; str_cut(&header, ';', &pair);) {
        ptrdiff_t equals = str_find_char(pair, '=');

        if (equals < 0 || !str_eq(str_trim(str_to(pair, (size_t)equals)), name))
            continue;

        str v = str_trim(str_from(pair, (size_t)equals + 1));

        if (v.n >= 2 && v.p[0] == '"' && v.p[v.n - 1] == '"')
            v = str_of(v.p + 1, v.n - 2);
        *value = v;
        return true;
    }
    return false;
}

/* "__Host-" and "__Secure-" are promises that browsers hold us to. */
static bool keeps_its_prefix(const struct cookie *c)
{
    if (str_starts_nocase(c->name, S("__Host-")))
        return c->secure && (c->path.n == 0 || str_eq(c->path, S("/")));
    return c->secure || !str_starts_nocase(c->name, S("__Secure-"));
}

str cookie_write(arena *a, const struct cookie *c)
{
    enum { LARGEST = 4096 }; /* browsers keep no larger ones */
    buf b = buf_new(a, LARGEST);

    if (!is_token(c->name) || !is_value(c->value) || !is_path(c->path) || !keeps_its_prefix(c))
        return S("");
    buf_add(&b, c->name);
    buf_char(&b, '=');
    buf_add(&b, c->value);
    buf_lit(&b, "; Path=");
    buf_add(&b, c->path.n > 0 ? c->path : S("/"));
    if (c->max_age_s != 0) {
        buf_lit(&b, "; Max-Age=");
        buf_int(&b, c->max_age_s > 0 ? c->max_age_s : 0);
    }
    if (c->secure)
        buf_lit(&b, "; Secure");
    if (!c->script)
        buf_lit(&b, "; HttpOnly");
    buf_add(&b, c->strict ? S("; SameSite=Strict") : S("; SameSite=Lax"));
    return b.over ? S("") : buf_str(&b);
}
