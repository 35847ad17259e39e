#include "http/path.h"

#include "base/utf8.h"

/* Is there nothing in it but what stands for itself?  Then it needs no second look. */
static bool plain(str raw)
{
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];

        if (c == '%' || c == '\\' || (unsigned char)c <= ' ' || (unsigned char)c >= 0x7f)
            return false;
        if (c == '/' && i + 1 < raw.n && (raw.p[i + 1] == '/' || raw.p[i + 1] == '.'))
            return false;
    }
    return true;
}

static bool decode(char *out, str raw, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        unsigned char c = (unsigned char)raw.p[i];

        if (c == '%') {
            int high = i + 2 < raw.n ? hex_value(raw.p[i + 1]) : -1;
            int low = high >= 0 ? hex_value(raw.p[i + 2]) : -1;

            if (low < 0)
                return false;
            c = (unsigned char)(high * 16 + low);
            if (c == '/')
                return false;
            i += 2;
        }
        if (c < ' ' || c == 0x7f || c == '\\')
            return false;
        out[(*n)++] = (char)c;
    }
    return true;
}

static bool has_dots(str path)
{
    for (str segment; str_cut(&path, '/', &segment);)
        if (str_eq(segment, S(".")) || str_eq(segment, S("..")))
            return true;
    return false;
}

/* "//a///b" -> "/a/b"; gives the new length. */
static size_t join_slashes(char *p, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (p[i] != '/' || kept == 0 || p[kept - 1] != '/')
            p[kept++] = p[i];
    return kept;
}

/* U+0080 to U+009F are controls too. */
static bool has_controls(str s)
{
    for (uint32_t c; s.n > 0;)
        if ((c = utf8_next(&s)) < ' ' || (c >= 0x7f && c < 0xa0))
            return true;
    return false;
}

enum path_kind path_read(char *out, str raw, str *path)
{
    size_t n;

    if (raw.n == 0 || raw.p[0] != '/')
        return PATH_WRONG;
    if (plain(raw)) {
        *path = raw;
        return PATH_OK;
    }
    if (!decode(out, raw, &n) || !utf8_ok(str_of(out, n)) || has_dots(str_of(out, n)) ||
        has_controls(str_of(out, n)))
        return PATH_WRONG;

    size_t kept = join_slashes(out, n);

    *path = str_of(out, kept);
    return kept < n ? PATH_DOUBLE : PATH_OK;
}
