#include "http/compress.h"

#include "base/must.h"

#include <brotli/encode.h>
#include <zlib.h>

str coding_word(enum coding c)
{
    static const str words[CODINGS] = {S_INIT(""), S_INIT("gzip"), S_INIT("br")};

    return words[c];
}

static str media_type(str type)
{
    ptrdiff_t end = str_find_char(type, ';');

    return str_trim(end < 0 ? type : str_to(type, (size_t)end));
}

bool compress_worth(str type, size_t n)
{
    static const str worth[] = {
        S_INIT("application/json"), S_INIT("application/javascript"),    S_INIT("application/xml"),
        S_INIT("image/svg+xml"),    S_INIT("application/manifest+json"),
    };

    if (n < COMPRESS_WORTH)
        return false;
    type = media_type(type);
    if (str_starts_nocase(type, S("text/")) && !str_eq_nocase(type, S("text/event-stream")))
        return true;
    for (size_t i = 0; i < LENGTH(worth); i++)
        if (str_eq_nocase(type, worth[i]))
            return true;
    return str_ends(type, S("+json")) || str_ends(type, S("+xml"));
}

static str gzip(arena *a, bool best, str body)
{
    z_stream z = {0};

    must(deflateInit2(&z, best ? 9 : 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    z.next_in = (Bytef *)(uintptr_t)body.p;
    z.avail_in = (uInt)body.n;
    z.avail_out = (uInt)body.n;
    z.next_out = (Bytef *)arena_bytes(a, body.n);

    char *out = (char *)z.next_out;
    bool whole = deflate(&z, Z_FINISH) == Z_STREAM_END;
    size_t n = z.total_out;

    deflateEnd(&z);
    return whole ? str_of(out, n) : S("");
}

static str brotli(arena *a, bool best, str body)
{
    size_t n = body.n;
    char *out = arena_bytes(a, n);
    bool whole = BrotliEncoderCompress(best ? BROTLI_MAX_QUALITY : 5, BROTLI_DEFAULT_WINDOW,
                                       BROTLI_MODE_TEXT, body.n, (const uint8_t *)body.p, &n,
                                       (uint8_t *)out) == BROTLI_TRUE;

    return whole ? str_of(out, n) : S("");
}

str compress_body(arena *a, enum coding c, bool best, str body)
{
    enum { LARGEST = 64 << 20 };

    if (body.n == 0 || body.n > LARGEST || c == CODING_PLAIN)
        return S("");

    str out = c == CODING_GZIP ? gzip(a, best, body) : brotli(a, best, body);

    return out.n < body.n - body.n / 16 ? out : S("");
}

/* A weight in thousandths; -1 for what is none.  qvalue: 0[.ddd] or 1[.000] */
static int read_weight(str s)
{
    static const int places[] = {100, 10, 1};

    if (s.n == 0 || s.n > 5 || (s.p[0] != '0' && s.p[0] != '1') || (s.n > 1 && s.p[1] != '.'))
        return -1;

    int weight = (s.p[0] - '0') * 1000;

    for (size_t i = 2; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        weight += (s.p[i] - '0') * places[i - 2];
    }
    return weight > 1000 ? -1 : weight;
}

/* "gzip;q=0.5" -> "gzip", 500 */
static bool read_choice(str item, str *name, int *weight)
{
    ptrdiff_t mark = str_find_char(item, ';');

    *name = str_trim(mark < 0 ? item : str_to(item, (size_t)mark));
    *weight = 1000;
    if (mark < 0)
        return name->n > 0;

    str q = str_trim(str_from(item, (size_t)mark + 1));

    if (!str_starts_nocase(q, S("q=")))
        return false;
    *weight = read_weight(str_from(q, 2));
    return *weight >= 0 && name->n > 0;
}

enum coding coding_choose(str accept, unsigned there)
{
    enum { NOT_SAID = -1 };
    int weights[CODINGS] = {NOT_SAID, NOT_SAID, NOT_SAID};
    int others = NOT_SAID;
    str name;
    int weight;

    for (str item; str_cut(&accept, ',', &item);) {
        if (!read_choice(item, &name, &weight))
            continue;
        if (str_eq(name, S("*")))
            others = weight;
        else if (str_eq_nocase(name, S("br")))
            weights[CODING_BROTLI] = weight;
        else if (str_eq_nocase(name, S("gzip")) || str_eq_nocase(name, S("x-gzip")))
            weights[CODING_GZIP] = weight;
        else if (str_eq_nocase(name, S("identity")))
            weights[CODING_PLAIN] = weight;
    }

    enum coding best = CODING_PLAIN;
    int best_weight = weights[CODING_PLAIN] != NOT_SAID ? weights[CODING_PLAIN] : 0;

    for (int c = CODING_GZIP; c < CODINGS; c++) {
        weight = weights[c] != NOT_SAID ? weights[c] : others;
        if (there & 1u << c && weight > 0 && weight >= best_weight) {
            best = c;
            best_weight = weight;
        }
    }
    return best;
}
