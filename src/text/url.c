#include "text/url.h"

#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"

/* What browsers drop before they read: controls and space at the ends, tabs and line ends anywhere
 * (WHATWG URL section 4.4). */
static str stripped(arena *a, str s)
{
    while (s.n > 0 && (unsigned char)s.p[0] <= ' ')
        s = str_from(s, 1);
    while (s.n > 0 && (unsigned char)s.p[s.n - 1] <= ' ')
        s.n--;

    char *p = arena_bytes(a, s.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\t' && s.p[i] != '\n' && s.p[i] != '\r')
            p[n++] = s.p[i];
    return str_of(p, n);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

/* The scheme before the first ':', or nothing. */
static str scheme_of(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (c == ':')
            return str_to(s, i);
        if (!is_letter(c) && !(i > 0 && (is_digit(c) || c == '+' || c == '-' || c == '.')))
            break;
    }
    return (str){0};
}

/* Add text with every byte that is not plainly safe as %XX. */
static void add_safe(buf *out, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c <= ' ' || c >= 0x7F || strchr("\"<>`{}'\\^|", c) != NULL)
            buf_fmt(out, "%%%02X", c);
        else
            buf_char(out, (char)c);
    }
}

/* --- hosts ---------------------------------------------------------------------------------- */

static bool host_ok(str host)
{
    if (host.n == 0 || host.n > 255 || !utf8_ok(host))
        return false;
    if (host.p[0] == '[') {
        if (host.p[host.n - 1] != ']' || host.n < 4)
            return false;
        for (size_t i = 1; i + 1 < host.n; i++)
            if (!is_hex(host.p[i]) && host.p[i] != ':' && host.p[i] != '.')
                return false;
        return true;
    }
    for (size_t i = 0; i < host.n; i++) {
        unsigned char c = (unsigned char)host.p[i];

        if (c < 0x80 && !is_letter((char)c) && !is_digit((char)c) && c != '-' && c != '.' &&
            c != '_')
            return false;
        if (c == '.' && (i == 0 || host.p[i - 1] == '.'))
            return false;
    }
    for (str rest = host; rest.n > 0;) {
        uint32_t c = utf8_next(&rest);

        /* spaces, invisible and direction characters, and look-alikes of '/', '.', ':', '?', '#' */
        if (utf8_is_space(c) || (c >= 0x80 && c < 0xA1) || c == 0xAD ||
            (c >= 0x200B && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c >= 0xFFF0 ||
            c == 0xFEFF || c == 0x3002 || (c >= 0xFF00 && c <= 0xFFEF) || c == 0x2044 ||
            c == 0x2215 || c == 0x29F8 || c == 0x2024 || c == 0x2100 || c == 0x2101 ||
            c == 0x2105 || c == 0x2106 || c == 0x2048 || c == 0x2049 || c == 0xFDD0)
            return false;
    }
    return true;
}

/* Host and port, "example.org:8080"; false when it is none or holds a user name. */
static bool add_authority(arena *a, buf *out, str authority, bool secure)
{
    str host = authority, port = {0};
    ptrdiff_t bracket = str_find_char(authority, ']');
    ptrdiff_t colon = str_find_last(authority, ':');
    int64_t n = 0;

    if (colon > bracket) {
        host = str_to(authority, (size_t)colon);
        port = str_from(authority, (size_t)colon + 1);
    }
    if (!host_ok(host))
        return false;
    if (port.n > 0 && (port.n > 5 || port.p[0] == '-' || !str_int(port, &n) || n > 65535))
        return false;
    buf_add(out, str_lower(a, host));
    if (port.n > 0 && n != (secure ? 443 : 80))
        buf_fmt(out, ":%d", (int)n);
    return true;
}

/* --- paths ---------------------------------------------------------------------------------- */

static bool is_dot(str s)
{
    return str_eq(s, S(".")) || str_eq_nocase(s, S("%2e"));
}

static bool is_dots(str s)
{
    return str_eq(s, S("..")) || str_eq_nocase(s, S("%2e.")) || str_eq_nocase(s, S(".%2e")) ||
           str_eq_nocase(s, S("%2e%2e"));
}

/* Add a path that starts with '/', without its dot segments; `own`: also without empty ones in
 * front, since "//x" would be somebody else's host. */
static void add_path(buf *out, str path, bool own)
{
    size_t root = out->n;
    str rest = str_from(path, 1), piece;
    bool more = true;

    buf_char(out, '/');
    while (more) {
        ptrdiff_t slash = str_find_char(rest, '/');

        more = slash >= 0;
        piece = more ? str_to(rest, (size_t)slash) : rest;
        rest = more ? str_from(rest, (size_t)slash + 1) : (str){0};
        if (is_dots(piece)) {
            size_t at = out->n - 1;

            while (at > root && out->p[at - 1] != '/')
                at--;
            if (at > root)
                buf_cut(out, at);
        } else if (!is_dot(piece)) {
            if (own && piece.n == 0 && out->n == root + 1)
                continue;
            add_safe(out, piece);
            if (more)
                buf_char(out, '/');
        }
    }
}

/* Add path, query and fragment. */
static void add_rest(arena *a, buf *out, str rest, bool own)
{
    str path = rest, fragment = {0}, query = {0};
    ptrdiff_t at = str_find_char(path, '#');

    if (at >= 0) {
        fragment = str_from(path, (size_t)at);
        path = str_to(path, (size_t)at);
    }
    at = str_find_char(path, '?');
    if (at >= 0) {
        query = str_from(path, (size_t)at);
        path = str_to(path, (size_t)at);
    }
    path = str_replace(a, path, S("\\"), S("/"));
    add_path(out, path.n > 0 ? path : S("/"), own);
    add_safe(out, query);
    add_safe(out, fragment);
}

/* --- whole addresses ------------------------------------------------------------------------ */

static size_t path_start(str s)
{
    size_t i = 0;

    while (i < s.n && s.p[i] != '/' && s.p[i] != '\\' && s.p[i] != '?' && s.p[i] != '#')
        i++;
    return i;
}

/* What follows "https:", with any number of slashes of either kind. */
static str web(arena *a, str rest, bool secure)
{
    buf out = buf_new(a, 3 * URL_MAX + 16);

    while (rest.n > 0 && (rest.p[0] == '/' || rest.p[0] == '\\'))
        rest = str_from(rest, 1);

    size_t end = path_start(rest);

    buf_add(&out, secure ? S("https://") : S("http://"));
    if (!add_authority(a, &out, str_to(rest, end), secure))
        return (str){0};
    add_rest(a, &out, str_from(rest, end), false);
    return out.over || out.n > URL_MAX ? (str){0} : buf_str(&out);
}

static str mailto(arena *a, str rest)
{
    buf out = buf_new(a, 3 * URL_MAX + 16);
    ptrdiff_t at = str_find_char(rest, '@');
    ptrdiff_t query = str_find_char(rest, '?');

    if (at <= 0 || (query >= 0 && query < at) || !utf8_ok(rest))
        return (str){0};
    buf_lit(&out, "mailto:");
    add_safe(&out, rest);
    return out.over || out.n > URL_MAX ? (str){0} : buf_str(&out);
}

static str tel(arena *a, str rest)
{
    buf out = buf_new(a, 64);
    bool digit = false;

    buf_lit(&out, "tel:");
    for (size_t i = 0; i < rest.n; i++) {
        char c = rest.p[i];

        if (c == ' ' || str_starts(str_from(rest, i), S("%20"))) {
            i += c == ' ' ? 0 : 2;
            continue;
        }
        if (c == '\0' || (!is_digit(c) && strchr("+-.()*#", c) == NULL))
            return (str){0};
        digit = digit || is_digit(c);
        buf_char(&out, c);
    }
    return digit && !out.over ? buf_str(&out) : (str){0};
}

static str own_path(arena *a, str s)
{
    buf out = buf_new(a, 3 * URL_MAX + 16);

    add_rest(a, &out, s, true);
    return out.over || out.n > URL_MAX ? (str){0} : buf_str(&out);
}

static bool is_slash(str s, size_t i)
{
    return i < s.n && (s.p[i] == '/' || s.p[i] == '\\');
}

/* An address that was stripped. */
static str link_of(arena *a, str s)
{
    str scheme = scheme_of(s);
    str rest = str_from(s, scheme.n + 1);

    if (s.n == 0 || s.n > URL_MAX)
        return (str){0};
    if (is_slash(s, 0))
        return is_slash(s, 1) ? web(a, s, true) : own_path(a, s);
    if (str_eq_nocase(scheme, S("https")))
        return web(a, rest, true);
    if (str_eq_nocase(scheme, S("http")))
        return web(a, rest, false);
    if (str_eq_nocase(scheme, S("mailto")))
        return mailto(a, rest);
    if (str_eq_nocase(scheme, S("tel")))
        return tel(a, rest);
    return (str){0};
}

str url_link(arena *a, str given)
{
    return given.n > 4 * URL_MAX ? (str){0} : link_of(a, stripped(a, given));
}

str url_web(arena *a, str given)
{
    str s = url_link(a, given);

    return str_starts(s, S("http")) ? s : (str){0};
}

bool url_ok_link(str s)
{
    bool same = false;

    if (s.n == 0 || s.n > URL_MAX)
        return false;

    arena *a = arena_new(256 * 1024);

    same = str_eq(url_link(a, s), s);
    arena_free(&a);
    return same;
}

str url_join(arena *a, str base, str given)
{
    struct url at;

    if (given.n > 4 * URL_MAX)
        return (str){0};
    given = stripped(a, given);
    if (base.n > 0)
        base = url_web(a, base);
    if (given.n == 0 || given.p[0] == '#')
        return (str){0};

    str scheme = scheme_of(given);

    if (base.n == 0 || !url_split(base, &at) || is_slash(given, 1) * is_slash(given, 0) == 1)
        return link_of(a, given);
    /* "https:page" is relative when the base is https, and sites do write that */
    if (scheme.n > 0)
        return link_of(a, given);

    str origin = str_to(base, (size_t)(at.path.p - base.p));

    if (is_slash(given, 0))
        return url_web(a, str_join(a, origin, given));
    if (given.p[0] == '?')
        return url_web(a, str_fmt(a, "%.*s%.*s%.*s", STR(origin), STR(at.path), STR(given)));

    ptrdiff_t last = str_find_last(at.path, '/');
    str folder = str_to(at.path, (size_t)(last + 1));

    return url_web(a, str_fmt(a, "%.*s%.*s%.*s", STR(origin), STR(folder), STR(given)));
}

bool url_split(str s, struct url *out)
{
    struct url u = {.scheme = scheme_of(s)};
    str rest = str_from(s, u.scheme.n + 1);

    if (u.scheme.n == 0)
        return false;
    if (str_starts(u.scheme, S("http"))) {
        if (!str_starts(rest, S("//")))
            return false;
        rest = str_from(rest, 2);

        size_t end = path_start(rest);
        str authority = str_to(rest, end);
        ptrdiff_t colon = str_find_last(authority, ':');

        rest = str_from(rest, end);
        u.host = authority;
        if (colon > str_find_char(authority, ']')) {
            int64_t port = 0;

            if (!str_int(str_from(authority, (size_t)colon + 1), &port) || port < 0 || port > 65535)
                return false;
            u.host = str_to(authority, (size_t)colon);
            u.port = (int)port;
        }
        if (u.host.n == 0)
            return false;
    }

    ptrdiff_t hash = str_find_char(rest, '#');

    if (hash >= 0 && !str_eq(u.scheme, S("tel"))) {
        u.fragment = str_from(rest, (size_t)hash + 1);
        rest = str_to(rest, (size_t)hash);
    }

    ptrdiff_t query = str_find_char(rest, '?');

    if (query >= 0) {
        u.query = str_from(rest, (size_t)query + 1);
        rest = str_to(rest, (size_t)query);
    }
    u.path = rest;
    *out = u;
    return true;
}

str url_host(str s)
{
    struct url u;

    return url_split(s, &u) && str_starts(u.scheme, S("http")) ? u.host : (str){0};
}

str url_site(str s)
{
    static const str fronts[] = {S_INIT("www."), S_INIT("mobile."), S_INIT("m.")};
    str host = url_host(s);

    for (size_t i = 0; i < LENGTH(fronts); i++)
        if (str_starts(host, fronts[i]) && str_find_char(str_from(host, fronts[i].n), '.') >= 0)
            return str_from(host, fronts[i].n);
    return host;
}
