#include "base/buf.h"
#include "base/utf8.h"
#include "wire/xml/xml.h"
#include "wire/xml/xml_build.h"

#include <errno.h>
#include <iconv.h>

/* The only names that reach iconv: what feeds and agencies use.  Stateful ones are left out. */
static const struct {
    const char *name, *iconv;
} encodings[] = {
    {"iso-8859-2", "ISO-8859-2"},
    {"iso-8859-3", "ISO-8859-3"},
    {"iso-8859-4", "ISO-8859-4"},
    {"iso-8859-5", "ISO-8859-5"},
    {"iso-8859-6", "ISO-8859-6"},
    {"iso-8859-7", "ISO-8859-7"},
    {"iso-8859-8", "ISO-8859-8"},
    {"iso-8859-9", "ISO-8859-9"},
    {"iso-8859-10", "ISO-8859-10"},
    {"iso-8859-13", "ISO-8859-13"},
    {"iso-8859-14", "ISO-8859-14"},
    {"iso-8859-15", "ISO-8859-15"},
    {"iso-8859-16", "ISO-8859-16"},
    {"windows-1250", "WINDOWS-1250"},
    {"windows-1251", "WINDOWS-1251"},
    {"windows-1253", "WINDOWS-1253"},
    {"windows-1254", "WINDOWS-1254"},
    {"windows-1255", "WINDOWS-1255"},
    {"windows-1256", "WINDOWS-1256"},
    {"windows-1257", "WINDOWS-1257"},
    {"windows-1258", "WINDOWS-1258"},
    {"koi8-r", "KOI8-R"},
    {"koi8-u", "KOI8-U"},
    {"macintosh", "MACINTOSH"},
    {"shift_jis", "SHIFT_JIS"},
    {"x-sjis", "SHIFT_JIS"},
    {"euc-jp", "EUC-JP"},
    {"euc-kr", "EUC-KR"},
    {"gb2312", "GBK"},
    {"gbk", "GBK"},
    {"gb18030", "GB18030"},
    {"big5", "BIG5"},
    {"utf-16", "UTF-16"},
    {"utf-16le", "UTF-16LE"},
    {"utf-16be", "UTF-16BE"},
    {"utf-32", "UTF-32"},
    {"utf-32le", "UTF-32LE"},
    {"utf-32be", "UTF-32BE"},
};

static const char *iconv_name(str name)
{
    for (size_t i = 0; i < LENGTH(encodings); i++)
        if (str_eq_nocase(name, str_c(encodings[i].name)))
            return encodings[i].iconv;
    return NULL;
}

static void close_iconv(void *of)
{
    iconv_close((iconv_t)of);
}

static err convert(arena *a, str bytes, const char *from, str *out, note *why)
{
    iconv_t cd = iconv_open("UTF-8", from);
    if (cd == (iconv_t)-1)
        return fail(why, E_INVALID, "this machine cannot read the encoding %s", from);
    arena_defer(a, close_iconv, cd);

    buf text = buf_new(a, bytes.n * 4 + 16);
    char *in = (char *)bytes.p;
    size_t left = bytes.n;
    while (left > 0) {
        char some[4096], *end = some;
        size_t room = sizeof some;
        size_t got = iconv(cd, &in, &left, &end, &room);

        buf_add(&text, str_of(some, (size_t)(end - some)));
        if (got == (size_t)-1 && errno != E2BIG)
            return fail(why, E_INVALID, "byte %zu is no %s text, which the copy says it is",
                        bytes.n - left, from);
    }
    *out = buf_str(&text);
    return OK;
}

/* What `encoding="..."` in the XML declaration says; empty: nothing. */
static str declared(str bytes)
{
    str head = str_to(bytes, 400);

    if (!str_starts(str_trim(head), S("<?xml")))
        return S("");
    ptrdiff_t end = str_find(head, S("?>"));
    ptrdiff_t at = str_find(head, S("encoding"));
    if (at < 0 || end < 0 || at > end)
        return S("");
    str rest = str_from(str_to(head, end), at + 8);
    rest = str_trim(rest);
    if (!str_starts(rest, S("=")))
        return S("");
    rest = str_trim(str_from(rest, 1));
    if (rest.n < 2 || (rest.p[0] != '"' && rest.p[0] != '\''))
        return S("");
    ptrdiff_t quote = str_find_char(str_from(rest, 1), rest.p[0]);
    return quote < 0 ? S("") : str_trim(str_to(str_from(rest, 1), quote));
}

static bool named(str name, const char *const *these)
{
    for (; *these != NULL; these++)
        if (str_eq_nocase(name, str_c(*these)))
            return true;
    return false;
}

/* Two or four bytes a character, by their pattern (XML 1.0, appendix F); NULL: one byte. */
static const char *wide_encoding(str b, size_t *mark)
{
    static const struct {
        const char bytes[4];
        size_t n, mark;
        const char *name;
    } patterns[] = {
        {"\xFF\xFE\0\0", 4, 4, "UTF-32LE"}, {"\0\0\xFE\xFF", 4, 4, "UTF-32BE"},
        {"\xFF\xFE", 2, 2, "UTF-16LE"},     {"\xFE\xFF", 2, 2, "UTF-16BE"},
        {"<\0\0\0", 4, 0, "UTF-32LE"},      {"\0\0\0<", 4, 0, "UTF-32BE"},
        {"<\0?\0", 4, 0, "UTF-16LE"},       {"\0<\0?", 4, 0, "UTF-16BE"},
    };
    for (size_t i = 0; i < LENGTH(patterns); i++)
        if (b.n >= 4 && str_starts(b, str_of(patterns[i].bytes, patterns[i].n))) {
            *mark = patterns[i].mark;
            return patterns[i].name;
        }
    return NULL;
}

err xml_utf8(arena *a, str bytes, str *out, note *why)
{
    static const char *const utf8[] = {"", "utf-8", "utf8", "us-ascii", "ascii", NULL};
    static const char *const latin1[] = {"iso-8859-1", "iso8859-1", "iso_8859-1",   "latin1",
                                         "latin-1",    "l1",        "windows-1252", "cp1252",
                                         "x-ansi",     NULL};
    size_t mark = 0;
    const char *wide = wide_encoding(bytes, &mark);

    if (wide != NULL)
        return convert(a, str_from(bytes, mark), wide, out, why);
    if (str_starts(bytes, S("\xEF\xBB\xBF"))) {
        *out = str_from(bytes, 3);
        return OK;
    }
    str name = declared(bytes);
    if (named(name, utf8)) {
        *out = bytes;
        return OK;
    }
    if (named(name, latin1)) {
        *out = utf8_from_latin1(a, bytes);
        return OK;
    }
    const char *known = iconv_name(name);
    if (known == NULL || str_starts(str_c(known), S("UTF-")))
        return fail(why, E_INVALID, "the encoding \"%.*s\" is not known; have it sent as UTF-8",
                    (int)(name.n > 40 ? 40 : name.n), name.p);
    return convert(a, bytes, known, out, why);
}

str utf8_guess(arena *a, str bytes)
{
    size_t mark = 0;
    const char *wide = wide_encoding(bytes, &mark);
    str text;

    if (wide != NULL && convert(a, str_from(bytes, mark), wide, &text, NULL) == OK)
        return text;
    if (str_starts(bytes, S("\xEF\xBB\xBF")))
        bytes = str_from(bytes, 3);
    return utf8_ok(bytes) ? bytes : utf8_from_latin1(a, bytes);
}
