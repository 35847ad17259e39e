#include "wire/text/text_copy.h"

#include "base/utf8.h"
#include "wire/xml/xml.h"

#include <ctype.h>

enum { PARTS_DEPTH_MAX = 5, HEADERS_MAX = 200 };

/* Take a line off the front, without its end. */
static bool cut_line(str *rest, str *line)
{
    if (!str_cut(rest, '\n', line))
        return false;
    if (str_ends(*line, S("\r")))
        *line = str_to(*line, line->n - 1);
    return true;
}

static bool is_header(str line)
{
    ptrdiff_t colon = str_find_char(line, ':');

    for (ptrdiff_t i = 0; i < colon; i++)
        if (!isalnum((unsigned char)line.p[i]) && line.p[i] != '-' && line.p[i] != '_')
            return false;
    return colon > 0 && colon < 60;
}

/* The header block and what follows it. */
static str cut_headers(str *rest)
{
    str from = *rest, line;

    while (cut_line(rest, &line))
        if (line.n == 0)
            return str_of(from.p, (size_t)(line.p - from.p));
    return from;
}

/* A header's value, its folded lines joined. */
static str header(arena *a, str headers, const char *name)
{
    buf value = buf_new(a, 64 << 10);
    bool inside = false;
    str line, wanted = str_c(name);

    while (cut_line(&headers, &line)) {
        bool folded = line.n > 0 && (line.p[0] == ' ' || line.p[0] == '\t');

        if (!folded) {
            if (inside)
                break;
            inside =
                line.n > wanted.n && line.p[wanted.n] == ':' && str_starts_nocase(line, wanted);
            line = str_from(line, wanted.n + 1);
        }
        if (inside) {
            buf_char(&value, ' ');
            buf_add(&value, str_trim(line));
        }
    }
    return str_trim(buf_str(&value));
}

static str parameter(str value, const char *name)
{
    str rest = value, piece, wanted = str_c(name);

    while (str_cut(&rest, ';', &piece)) {
        piece = str_trim(piece);
        if (!str_starts_nocase(piece, wanted))
            continue;
        piece = str_trim(str_from(piece, wanted.n));
        if (!str_starts(piece, S("=")))
            continue;
        piece = str_trim(str_from(piece, 1));
        if (str_starts(piece, S("\"")) && piece.n >= 2)
            piece = str_to(str_from(piece, 1), piece.n - 2);
        return piece;
    }
    return S("");
}

static int sixty_four(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static str from_base64(arena *a, str s)
{
    buf out = buf_new(a, SIZE_MAX / 2);
    unsigned bits = 0;
    int have = 0;

    for (size_t i = 0; i < s.n; i++) {
        int v = sixty_four(s.p[i]);

        if (v < 0)
            continue;
        bits = bits << 6 | (unsigned)v;
        have += 6;
        if (have >= 8) {
            have -= 8;
            buf_char(&out, (char)(bits >> have & 0xFF));
        }
    }
    return buf_str(&out);
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static str from_quoted(arena *a, str s, bool in_header)
{
    buf out = buf_new(a, SIZE_MAX / 2);

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '=' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0) {
            buf_char(&out, (char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2])));
            i += 2;
        } else if (s.p[i] == '=' && !in_header && i + 1 < s.n &&
                   (s.p[i + 1] == '\n' || s.p[i + 1] == '\r')) {
            i += s.p[i + 1] == '\r' && i + 2 < s.n && s.p[i + 2] == '\n' ? 2 : 1;
        } else {
            buf_char(&out, in_header && s.p[i] == '_' ? ' ' : s.p[i]);
        }
    }
    return buf_str(&out);
}

static str in_charset(arena *a, str bytes, str charset)
{
    str text;

    if (utf8_ok(bytes))
        return bytes;
    str said = str_fmt(a, "<?xml version=\"1.0\" encoding=\"%.*s\"?>", STR(str_to(charset, 40)));
    if (charset.n > 0 && !str_eq_nocase(charset, S("utf-8")) &&
        xml_utf8(a, str_join(a, said, bytes), &text, NULL) == OK)
        return utf8_clean(a, str_from(text, (size_t)str_find_char(text, '>') + 1));
    return utf8_from_latin1(a, bytes);
}

/* =?utf-8?Q?Caf=C3=A9?= (RFC 2047). */
static str unfolded(arena *a, str s)
{
    buf out = buf_new(a, 64 << 10);
    ptrdiff_t at;

    while ((at = str_find(s, S("=?"))) >= 0) {
        str word = str_from(s, (size_t)at + 2), charset, how, text;
        bool whole = str_cut(&word, '?', &charset) && str_cut(&word, '?', &how) && how.n == 1;
        ptrdiff_t end = whole ? str_find(word, S("?=")) : -1;

        if (end < 0) {
            buf_add(&out, str_to(s, (size_t)at + 2));
            s = str_from(s, (size_t)at + 2);
            continue;
        }
        text = str_to(word, (size_t)end);
        if (str_trim(str_to(s, (size_t)at)).n > 0 || out.n == 0)
            buf_add(&out, str_to(s, (size_t)at));
        text = (how.p[0] | 32) == 'b' ? from_base64(a, text) : from_quoted(a, text, true);
        buf_add(&out, in_charset(a, text, charset));
        s = str_from(word, (size_t)end + 2);
    }
    buf_add(&out, s);
    return wire_field(a, in_charset(a, buf_str(&out), S("")));
}

static void read_part(arena *a, str headers, str body, int depth, struct text_copy *out);

static void read_parts(arena *a, str body, str boundary, int depth, struct text_copy *out)
{
    str mark = str_join(a, S("--"), boundary), line, rest = body;
    const char *from = NULL;

    while (cut_line(&rest, &line)) {
        if (!str_starts(line, mark))
            continue;
        if (from != NULL) {
            str part = str_of(from, (size_t)(line.p - from));
            str headers = cut_headers(&part);
            read_part(a, headers, part, depth + 1, out);
        }
        from = rest.p;
        if (str_starts(str_from(line, mark.n), S("--")))
            return;
    }
    if (from != NULL && rest.n == 0 && from < body.p + body.n) {
        str part = str_of(from, (size_t)(body.p + body.n - from));
        str headers = cut_headers(&part);
        read_part(a, headers, part, depth + 1, out);
    }
}

static void read_part(arena *a, str headers, str body, int depth, struct text_copy *out)
{
    str type = header(a, headers, "Content-Type");
    str encoding = header(a, headers, "Content-Transfer-Encoding");
    str boundary = parameter(type, "boundary");

    if (depth > PARTS_DEPTH_MAX)
        return;
    if (str_starts_nocase(type, S("multipart/")) && boundary.n > 0) {
        read_parts(a, body, boundary, depth, out);
        return;
    }
    if (str_starts_nocase(header(a, headers, "Content-Disposition"), S("attachment")) ||
        (type.n > 0 && !str_starts_nocase(type, S("text/"))))
        return;
    if (str_eq_nocase(encoding, S("base64")))
        body = from_base64(a, body);
    else if (str_eq_nocase(encoding, S("quoted-printable")))
        body = from_quoted(a, body, false);
    body = in_charset(a, body, parameter(type, "charset"));
    if (str_starts_nocase(type, S("text/html")))
        out->html = out->html.n == 0 ? body : out->html;
    else if (out->text.n == 0)
        out->text = body;
}

static str name_of(arena *a, str from)
{
    from = unfolded(a, from);
    ptrdiff_t angle = str_find_char(from, '<');

    from = str_trim(angle > 0 ? str_to(from, (size_t)angle) : from);
    if (from.n >= 2 && from.p[0] == '"' && str_ends(from, S("\"")))
        from = str_to(str_from(from, 1), from.n - 2);
    return str_find_char(from, '@') >= 0 ? S("") : from;
}

bool text_mail(arena *a, str bytes, struct text_copy *out)
{
    str rest = str_from(bytes, (size_t)(str_trim(bytes).p - bytes.p)), line;

    if (str_starts(rest, S("From "))) /* of a mailbox */
        cut_line(&rest, &line);
    str headers = cut_headers(&rest), look = headers;
    if (!cut_line(&look, &line) || !is_header(line))
        return false;
    str subject = header(a, headers, "Subject"), from = header(a, headers, "From");
    str date = header(a, headers, "Date");
    if ((subject.n > 0) + (from.n > 0) + (date.n > 0) < 2)
        return false;
    out->headline = unfolded(a, subject);
    out->from = name_of(a, from);
    str id = header(a, headers, "Message-ID");
    out->guid = id.n > 2 && id.p[0] == '<'
                    ? str_join(a, S("mid:"), str_to(str_from(id, 1), id.n - 2))
                    : S("");
    wire_time(date, &out->at, NULL);
    read_part(a, headers, rest, 0, out);
    return true;
}
