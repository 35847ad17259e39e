#include "text/mail_write.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/dates.h"

#include <sodium.h>

enum {
    LINE_MAX_BYTES = 76,
    WORD_BYTES = 36 /* of an encoded word: 48 in base64, 60 with what stands around */
};

/* --- headers --- */

static bool is_plain(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < ' ' || s.p[i] > '~')
            return false;
    return str_find(s, S("=?")) < 0;
}

/* "=?UTF-8?B?…?=" as often as it takes, a fold between; none cuts a character. */
static void put_encoded(buf *out, str words)
{
    char base64[WORD_BYTES * 2];

    for (bool first = true; words.n > 0; first = false) {
        str piece = utf8_to(words, WORD_BYTES);

        sodium_bin2base64(base64, sizeof base64, (const unsigned char *)piece.p, piece.n,
                          sodium_base64_VARIANT_ORIGINAL);
        buf_fmt(out, "%s=?UTF-8?B?%s?=", first ? "" : "\r\n ", base64);
        words = str_from(words, piece.n);
    }
}

/* Words of ASCII, folded between them; `used`: how full the line is. */
static void put_folded(buf *out, size_t used, str words)
{
    str rest = words, word;

    for (bool first = true; str_cut(&rest, ' ', &word); first = false) {
        if (!first && used + 1 + word.n > LINE_MAX_BYTES) {
            buf_lit(out, "\r\n");
            used = 0;
        }
        if (!first)
            buf_char(out, ' ');
        buf_add(out, word);
        used += word.n + !first;
    }
}

static void put_words(buf *out, const char *header, str words)
{
    str line = str_squeeze(out->a, utf8_clean(out->a, words));
    bool fits = true;
    str rest = line, word;

    while (str_cut(&rest, ' ', &word))
        fits &= word.n < LINE_MAX_BYTES - 12;
    buf_fmt(out, "%s: ", header);
    if (is_plain(line) && fits)
        put_folded(out, strlen(header) + 2, line);
    else
        put_encoded(out, line);
    buf_lit(out, "\r\n");
}

static void put_name(buf *out, str name)
{
    str line = str_squeeze(out->a, utf8_clean(out->a, name));

    if (!is_plain(line) || line.n > LINE_MAX_BYTES - 12) {
        put_encoded(out, line);
        return;
    }
    buf_char(out, '"');
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '"' || line.p[i] == '\\')
            buf_char(out, '\\');
        buf_char(out, line.p[i]);
    }
    buf_char(out, '"');
}

/* An address that could end the header, or itself, loses what does so. */
static void put_address(buf *out, const char *header, str name, str address)
{
    buf_fmt(out, "%s: ", header);
    if (str_trim(name).n > 0) {
        put_name(out, name);
        buf_lit(out, "\r\n ");
    }
    buf_char(out, '<');
    for (size_t i = 0; i < address.n; i++)
        if ((unsigned char)address.p[i] > ' ' && address.p[i] != 0x7f && address.p[i] != '<' &&
            address.p[i] != '>')
            buf_char(out, address.p[i]);
    buf_lit(out, ">\r\n");
}

/* --- the text, quoted-printable (RFC 2045 section 6.7) --- */

static void put_line(buf *out, str line)
{
    size_t used = 0;

    for (size_t i = 0; i < line.n; i++) {
        unsigned char c = (unsigned char)line.p[i];
        bool is_last = i + 1 == line.n;
        bool literal = (c >= '!' && c <= '~' && c != '=') || ((c == ' ' || c == '\t') && !is_last);
        size_t takes = literal ? 1 : 3;

        if (used + takes > LINE_MAX_BYTES - 1) {
            buf_lit(out, "=\r\n");
            used = 0;
        }
        if (literal)
            buf_char(out, (char)c);
        else
            buf_fmt(out, "=%02X", c);
        used += takes;
    }
    buf_lit(out, "\r\n");
}

str mail_write(arena *a, const struct mail *m)
{
    buf out = buf_new(a, MAIL_MAX);
    str rest = utf8_clean(a, m->text), line;

    while (rest.n > 0 && rest.p[rest.n - 1] == '\n')
        rest.n--;
    buf_fmt(&out, "Date: %.*s\r\n", STR(date_mail(a, m->at, NULL)));
    put_address(&out, "From", m->from_name, m->from);
    put_address(&out, "To", m->to_name, m->to);
    put_address(&out, "Message-ID", S(""), m->id);
    put_words(&out, "Subject", m->subject);
    buf_lit(&out, "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                  "Content-Transfer-Encoding: quoted-printable\r\n");
    if (m->language.n > 0)
        put_words(&out, "Content-Language", m->language);
    buf_lit(&out, "Auto-Submitted: auto-generated\r\n\r\n");
    while (str_cut(&rest, '\n', &line))
        put_line(&out, line.n > 0 && line.p[line.n - 1] == '\r' ? str_to(line, line.n - 1) : line);
    return out.over ? S("") : buf_str(&out);
}
