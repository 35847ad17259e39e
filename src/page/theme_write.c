/* Values, each written by its kind. */
#include "page/theme_inside.h"

#include "base/must.h"

static bool same_letter(char c, char low)
{
    return (c >= 'A' && c <= 'Z' ? c + 32 : c) == low;
}

static bool is_scheme(str s, const char *name)
{
    size_t i = 0;

    while (i < s.n && name[i] != 0 && same_letter(s.p[i], name[i]))
        i++;
    return i == s.n && name[i] == 0;
}

/* http, https, mailto, tel, Messenger's own, or relative to the page; never a path that a browser
 * takes for another host's, nor one with bytes that a browser throws away before it looks. */
static bool address_may_stand(str s)
{
    static const char *const schemes[] = {"https", "http", "mailto", "tel", "fb-messenger"};
    size_t colon = s.n;
    bool is_slash[2] = {false, false};

    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7F)
            return false;
    for (size_t i = 0; i < 2 && i < s.n; i++)
        is_slash[i] = s.p[i] == '/' || s.p[i] == '\\';
    if (s.n == 0 || s.p[0] == ' ' || (is_slash[0] && is_slash[1]))
        return false;
    for (size_t i = 0; i < s.n && memchr("/?#", s.p[i], 3) == NULL; i++)
        if (s.p[i] == ':') {
            colon = i;
            break;
        }
    if (colon == s.n)
        return true;
    for (size_t i = 0; i < LENGTH(schemes); i++)
        if (is_scheme(str_to(s, colon), schemes[i]))
            return true;
    return false;
}

/* What stands for a byte of a value, where it does not stand for itself. */
static const bool stands_out[256] = {
    ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true};
static const str escapes[] = {
    ['&'] = S_INIT("&amp;"),  ['<'] = S_INIT("&lt;"),   ['>'] = S_INIT("&gt;"),
    ['"'] = S_INIT("&quot;"), ['\''] = S_INIT("&#39;"),
};

void theme_write_escaped(buf *out, str s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        str by;

        if (!stands_out[(unsigned char)s.p[i]])
            continue;
        by = escapes[(unsigned char)s.p[i]];
        buf_add(out, str_of(s.p + from, i - from));
        buf_add(out, by);
        from = i + 1;
    }
    buf_add(out, str_from(s, from));
}

/* U+2028 or U+2029, which end a line of script. */
static bool is_line_end(str s)
{
    return s.n >= 3 && memcmp(s.p, "\xE2\x80", 2) == 0 && ((unsigned char)s.p[2] & 0xFE) == 0xA8;
}

/* JSON inside <script>: what could end the script, or a line of it, is spelled as an escape. */
static void write_json(buf *out, str s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        unsigned char b = (unsigned char)s.p[i];
        bool ends_line = b == 0xE2 && is_line_end(str_from(s, i));

        if (b != '<' && b != '>' && b != '&' && !ends_line)
            continue;
        buf_add(out, str_of(s.p + from, i - from));
        if (ends_line)
            i += 2;
        buf_fmt(out, "\\u%04x", ends_line ? 0x2000 + ((unsigned char)s.p[i] - 0x80) : b);
        from = i + 1;
    }
    buf_add(out, str_from(s, from));
}

void theme_write(buf *out, enum view_kind kind, const void *field)
{
    switch (kind) {
    case VIEW_str:
    case VIEW_passing:
        theme_write_escaped(out, *(const str *)field);
        break;
    case VIEW_html:
        buf_add(out, ((const struct html *)field)->markup);
        break;
    case VIEW_url:
        if (address_may_stand(((const struct href *)field)->address))
            theme_write_escaped(out, ((const struct href *)field)->address);
        break;
    case VIEW_json:
        write_json(out, ((const struct json *)field)->text);
        break;
    case VIEW_num:
        buf_int(out, *(const int64_t *)field);
        break;
    case VIEW_flag:
    case VIEW_one:
    case VIEW_list:
    default:
        break;
    }
}

bool theme_says_something(enum view_kind kind, const void *field)
{
    switch (kind) {
    case VIEW_str:
    case VIEW_passing:
        return ((const str *)field)->n > 0;
    case VIEW_html:
        return ((const struct html *)field)->markup.n > 0;
    case VIEW_url:
        return address_may_stand(((const struct href *)field)->address);
    case VIEW_json:
        return ((const struct json *)field)->text.n > 0;
    case VIEW_num:
        return *(const int64_t *)field != 0;
    case VIEW_flag:
        return *(const bool *)field;
    case VIEW_one:
        return *(const void *const *)field != NULL;
    case VIEW_list:
        return ((const struct view_list *)field)->n > 0;
    default:
        return false;
    }
}
