#include "http/multipart.h"

#include "base/utf8.h"

enum { HEADERS_MAX = 8 };

static bool is_token_char(char c)
{
    return (unsigned char)c > ' ' && (unsigned char)c < 0x7f &&
           strchr("()<>@,;:\\\"/[]?=", c) == NULL;
}

/* Take a token off the front of *rest; empty when there is none. */
static str cut_token(str *rest)
{
    size_t n = 0;

    while (n < rest->n && is_token_char(rest->p[n]))
        n++;

    str token = str_to(*rest, n);

    *rest = str_from(*rest, n);
    return token;
}

/* What browsers write for a quote and line ends within a name (HTML, section 4.10.21.8). */
static char percented(str s)
{
    static const struct {
        str coded;
        char c;
    } all[] = {{S_INIT("%22"), '"'}, {S_INIT("%0D"), '\r'}, {S_INIT("%0A"), '\n'}};

    for (size_t i = 0; i < LENGTH(all); i++)
        if (str_starts_nocase(s, all[i].coded))
            return all[i].c;
    return 0;
}

/* Take a quoted string off the front of *rest, which begins with its quote. */
static bool cut_quoted(arena *a, str *rest, str *out)
{
    char *p = arena_bytes(a, rest->n);
    size_t n = 0, i = 1;

    for (; i < rest->n && rest->p[i] != '"'; i++) {
        str here = str_from(*rest, i);
        char c = here.p[0], escaped = percented(here);

        if (escaped != 0)
            i += 2;
        else if (c == '\\' && here.n > 1 && (here.p[1] == '"' || here.p[1] == '\\'))
            escaped = here.p[1], i++;
        p[n++] = escaped != 0 ? escaped : c;
    }
    if (i >= rest->n)
        return false;
    *rest = str_from(*rest, i + 1);
    *out = str_of(p, n);
    return true;
}

struct parameter {
    str name, value;
};

/* Take "; name=value" off the front of *rest; false: there is none, or it is none (*wrong). */
static bool cut_parameter(arena *a, str *rest, struct parameter *out, bool *wrong)
{
    *rest = str_trim(*rest);
    *wrong = rest->n > 0;
    if (rest->n == 0 || rest->p[0] != ';')
        return false;
    *rest = str_trim(str_from(*rest, 1));
    out->name = cut_token(rest);
    if (out->name.n == 0 || rest->n < 2 || rest->p[0] != '=')
        return false;
    *rest = str_from(*rest, 1);
    if (rest->p[0] == '"') {
        if (!cut_quoted(a, rest, &out->value))
            return false;
    } else {
        out->value = cut_token(rest);
        if (out->value.n == 0)
            return false;
    }
    *wrong = false;
    return true;
}

/* --- the boundary --- */

static bool is_boundary(str s)
{
    if (s.n == 0 || s.n > MULTIPART_BOUNDARY_MAX || s.p[s.n - 1] == ' ')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9');

        if (!letter && (c == '\0' || strchr("'()+_,-./:=? ", c) == NULL))
            return false;
    }
    return true;
}

static err read_boundary(arena *a, str type, str *out, note *why)
{
    static const str kind = S_INIT("multipart/form-data");
    struct parameter p;
    bool wrong;
    str rest, boundary = {0};

    type = str_trim(type);
    if (!str_starts_nocase(type, kind))
        return fail(why, E_INVALID, "the body is no form with files");
    rest = str_from(type, kind.n);
    while (cut_parameter(a, &rest, &p, &wrong)) {
        if (!str_eq_nocase(p.name, S("boundary")))
            continue;
        if (boundary.n > 0 || !is_boundary(p.value))
            return fail(why, E_INVALID, "the form's boundary is none");
        boundary = p.value;
    }
    if (wrong || boundary.n == 0)
        return fail(why, E_INVALID, "the form does not say its boundary");
    *out = boundary;
    return OK;
}

/* --- the head of a part --- */

/* "C:\pictures\a.jpg" and "pictures/a.jpg" are a.jpg. */
static str without_folders(str name)
{
    ptrdiff_t slash = str_find_last(name, '/'), back = str_find_last(name, '\\');

    return str_from(name, (size_t)((slash > back ? slash : back) + 1));
}

static bool is_name(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return false;
    return s.n <= MULTIPART_NAME_MAX && utf8_ok(s);
}

static err read_disposition(arena *a, str value, struct part *part, note *why)
{
    struct parameter p;
    bool wrong, named = false;
    str rest = value;

    if (!str_eq_nocase(cut_token(&rest), S("form-data")))
        return fail(why, E_INVALID, "a part of the form is no field");
    while (cut_parameter(a, &rest, &p, &wrong)) {
        bool is_file = str_eq_nocase(p.name, S("filename"));
        bool *had = is_file ? &part->is_file : &named;

        if (!is_file && !str_eq_nocase(p.name, S("name")))
            return fail(why, E_INVALID, "a part of the form says what forms do not");
        if (*had || !is_name(p.value))
            return fail(why, E_INVALID, "a part of the form has a name that is none");
        *had = true;
        if (is_file)
            part->file = without_folders(p.value);
        else
            part->name = p.value;
    }
    if (wrong || !named)
        return fail(why, E_INVALID, "a part of the form has no name");
    return OK;
}

static err read_header(arena *a, str line, struct part *part, unsigned *seen, note *why)
{
    static const str known[] = {S_INIT("content-disposition"), S_INIT("content-type")};
    ptrdiff_t colon = str_find_char(line, ':');
    str name = str_to(line, colon < 0 ? 0 : (size_t)colon);
    str value = str_trim(str_from(line, (size_t)(colon + 1)));

    for (size_t i = 0; i < line.n; i++)
        if (((unsigned char)line.p[i] < ' ' && line.p[i] != '\t') || line.p[i] == 0x7f)
            return fail(why, E_INVALID, "a header of a part of the form has control characters");
    for (size_t i = 0; i < LENGTH(known); i++) {
        if (!str_eq_nocase(name, known[i]))
            continue;
        if (*seen & 1u << i)
            return fail(why, E_INVALID, "a part of the form has a header twice");
        *seen |= 1u << i;
        if (i == 0)
            return read_disposition(a, value, part, why);
        part->type = value;
        return OK;
    }
    return fail(why, E_INVALID, "a part of the form has a header that forms have not");
}

/* The headers, and the blank line that ends them, off the front of *rest. */
static err read_head(arena *a, str *rest, struct part *part, note *why)
{
    size_t room = rest->n < MULTIPART_HEAD_MAX ? rest->n : MULTIPART_HEAD_MAX;
    unsigned seen = 0;

    for (int lines = 0;; lines++) {
        ptrdiff_t end = str_find(str_to(*rest, room), S("\r\n"));

        if (end < 0 || lines > HEADERS_MAX)
            return fail(why, rest->n > room || lines > HEADERS_MAX ? E_LIMIT : E_INVALID,
                        "the headers of a part of the form have no end within %d bytes",
                        MULTIPART_HEAD_MAX);

        str line = str_to(*rest, (size_t)end);

        *rest = str_from(*rest, (size_t)end + 2);
        room -= (size_t)end + 2;
        if (line.n == 0)
            break;
        TRY(read_header(a, line, part, &seen, why));
    }
    if (!(seen & 1))
        return fail(why, E_INVALID, "a part of the form has no name");
    return OK;
}

/* --- the whole --- */

/* Where `what` first stands; memmem() is quick over megabytes. */
static ptrdiff_t find(str s, str what)
{
    const char *at = s.n > 0 ? memmem(s.p, s.n, what.p, what.n) : NULL;

    return at == NULL ? -1 : at - s.p;
}

err multipart_read(arena *a, str type, str body, struct multipart *out, note *why)
{
    str boundary = {0}, line, rest;
    struct multipart m = {.v = arena_many(a, struct part, MULTIPART_PARTS_MAX + 1)};

    TRY(read_boundary(a, type, &boundary, why));
    line = str_fmt(a, "\r\n--%.*s", STR(boundary));
    if (!str_starts(body, str_from(line, 2)))
        return fail(why, E_INVALID, "the form does not begin with its boundary");
    rest = str_from(body, line.n - 2);
    while (str_starts(rest, S("\r\n"))) {
        struct part *part = &m.v[m.n];
        ptrdiff_t end;

        if (m.n++ == MULTIPART_PARTS_MAX)
            return fail(why, E_LIMIT, "the form has more than %d parts", MULTIPART_PARTS_MAX);
        rest = str_from(rest, 2);
        TRY(read_head(a, &rest, part, why));
        end = find(rest, line);
        if (end < 0)
            return fail(why, E_INVALID, "a part of the form has no end");
        part->bytes = str_to(rest, (size_t)end);
        rest = str_from(rest, (size_t)end + line.n);
    }
    if (!str_eq(rest, S("--")) && !str_eq(rest, S("--\r\n")))
        return fail(why, E_INVALID, "the form does not end with its boundary");
    *out = m;
    return OK;
}

str multipart_get(const struct multipart *m, str name)
{
    for (size_t i = 0; i < m->n; i++)
        if (!m->v[i].is_file && str_eq(m->v[i].name, name))
            return utf8_ok(m->v[i].bytes) ? m->v[i].bytes : S("");
    return S("");
}
