#include "http/h1_parse.h"

/* What a byte may be part of. */
enum { TOKEN = 1, TARGET = 2, VALUE = 4, HOST = 8 };

/* token: RFC 9110 section 5.6.2; target: what browsers send, without '#', space and what never
 * stands in an address unencoded; value: section 5.5. */
static uint8_t kind_of(unsigned c)
{
    bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
    bool digit = c >= '0' && c <= '9';
    uint8_t kind = 0;

    if (letter || digit || (c != 0 && strchr("!#$%&'*+-.^_`|~", (int)c) != NULL))
        kind |= TOKEN;
    if (c > ' ' && c < 0x7f && strchr("#\"<>", (int)c) == NULL)
        kind |= TARGET;
    if ((c >= ' ' && c != 0x7f) || c == '\t')
        kind |= VALUE;
    if (letter || digit || (c != 0 && strchr(".-_:[]~", (int)c) != NULL))
        kind |= HOST;
    return kind;
}

static uint8_t kinds[256];

[[gnu::constructor]] static void fill_kinds(void)
{
    for (unsigned c = 0; c < 256; c++)
        kinds[c] = kind_of(c);
}

static bool all_are(const char *p, size_t n, uint8_t kind)
{
    unsigned every = kind;

    for (size_t i = 0; i < n; i++)
        every &= kinds[(unsigned char)p[i]];
    return every != 0;
}

bool h1_is_name(str s)
{
    return s.n > 0 && all_are(s.p, s.n, TOKEN);
}

bool h1_is_value(str s)
{
    return all_are(s.p, s.n, VALUE);
}

bool h1_is_target(str s)
{
    return all_are(s.p, s.n, TARGET);
}

bool h1_is_host(str s)
{
    return s.n > 0 && all_are(s.p, s.n, HOST);
}

static enum h1_result refuse(struct h1_head *h, int status)
{
    h->status = status;
    return H1_REFUSED;
}

void h1_head_start(struct h1_head *h)
{
    memset(h, 0, offsetof(struct h1_head, fields));
}

enum method h1_method_of(str word)
{
    static const struct {
        str word;
        enum method method;
    } all[] = {
        {S_INIT("GET"), GET},         {S_INIT("HEAD"), HEAD},   {S_INIT("POST"), POST},
        {S_INIT("PUT"), PUT},         {S_INIT("PATCH"), PATCH}, {S_INIT("DELETE"), DELETE},
        {S_INIT("OPTIONS"), OPTIONS},
    };

    for (size_t i = 0; i < LENGTH(all); i++)
        if (str_eq(all[i].word, word))
            return all[i].method;
    return 0;
}

/* 0 when it is ours, or the status to refuse it with. */
static int read_version(struct h1_head *h, str version)
{
    if (version.n != 8 || memcmp(version.p, "HTTP/", 5) != 0 || version.p[6] != '.' ||
        !(version.p[5] >= '0' && version.p[5] <= '9') ||
        !(version.p[7] >= '0' && version.p[7] <= '9'))
        return 400;
    if (version.p[5] != '1' || version.p[7] > '1')
        return 505;
    h->minor = version.p[7] - '0';
    return 0;
}

/* method SP target SP version */
static enum h1_result read_request_line(struct h1_head *h, const char *bytes, str line)
{
    ptrdiff_t first = str_find_char(line, ' ');

    if (first <= 0 || !all_are(line.p, (size_t)first, TOKEN))
        return refuse(h, 400);

    str rest = str_from(line, (size_t)first + 1);
    ptrdiff_t second = str_find_char(rest, ' ');

    if (second <= 0)
        return refuse(h, 400);

    str target = str_to(rest, (size_t)second);
    int wrong = read_version(h, str_from(rest, (size_t)second + 1));

    if (target.n > H1_TARGET_MAX)
        return refuse(h, 414);
    if (!all_are(target.p, target.n, TARGET))
        return refuse(h, 400);
    if (wrong != 0)
        return refuse(h, wrong);
    h->method = h1_method_of(str_to(line, (size_t)first));
    if (h->method == 0)
        return refuse(h, 501);
    h->target = (uint16_t)(target.p - bytes);
    h->target_n = (uint16_t)target.n;
    h->started = true;
    return H1_MORE;
}

static enum h1_result read_host(struct h1_head *h, const char *bytes, str value)
{
    if (h->has_host || !h1_is_host(value))
        return refuse(h, 400);
    h->has_host = true;
    h->host = (uint16_t)(value.p - bytes);
    h->host_n = (uint16_t)value.n;
    return H1_MORE;
}

int h1_length_of(str value, uint64_t *out)
{
    uint64_t length = 0;
    bool over = false;

    if (value.n == 0)
        return 400;
    for (size_t i = 0; i < value.n; i++) {
        unsigned digit = (unsigned)(unsigned char)value.p[i] - '0';

        if (digit > 9)
            return 400;
        over |= __builtin_mul_overflow(length, 10u, &length);
        over |= __builtin_add_overflow(length, digit, &length);
    }
    if (over || length > INT64_MAX)
        return 413;
    *out = length;
    return 0;
}

static enum h1_result read_length(struct h1_head *h, str value)
{
    int wrong = h->has_length || h->chunked ? 400 : h1_length_of(value, &h->length);

    if (wrong != 0)
        return refuse(h, wrong);
    h->has_length = true;
    return H1_MORE;
}

static enum h1_result read_coding(struct h1_head *h, str value)
{
    if (h->chunked || h->has_length || h->minor == 0)
        return refuse(h, 400);
    if (!str_eq_nocase(value, S("chunked")))
        return refuse(h, value.n > 0 && all_are(value.p, value.n, TOKEN) ? 501 : 400);
    h->chunked = true;
    return H1_MORE;
}

static enum h1_result read_connection(struct h1_head *h, str value)
{
    for (str word; str_cut(&value, ',', &word);) {
        word = str_trim(word);
        if (str_eq_nocase(word, S("close")))
            h->close = true;
        else if (str_eq_nocase(word, S("keep-alive")))
            h->keep_alive = true;
    }
    return H1_MORE;
}

static enum h1_result read_expect(struct h1_head *h, str value)
{
    if (!str_eq_nocase(value, S("100-continue")))
        return refuse(h, 417);
    h->expect_continue = h->minor > 0;
    return H1_MORE;
}

/* The fields that say where the message ends, and with whom we talk. */
static enum h1_result read_known(struct h1_head *h, const char *bytes, str name, str value)
{
    switch (name.n) {
    case 4:
        return str_eq(name, S("host")) ? read_host(h, bytes, value) : H1_MORE;
    case 6:
        return str_eq(name, S("expect")) ? read_expect(h, value) : H1_MORE;
    case 10:
        return str_eq(name, S("connection")) ? read_connection(h, value) : H1_MORE;
    case 14:
        return str_eq(name, S("content-length")) ? read_length(h, value) : H1_MORE;
    case 17:
        return str_eq(name, S("transfer-encoding")) ? read_coding(h, value) : H1_MORE;
    default:
        return H1_MORE;
    }
}

static str without_blanks(str s)
{
    while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = str_from(s, 1);
    while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

/* name ":" value; bytes of the name become lower case. */
static enum h1_result read_field(struct h1_head *h, char *bytes, char *line, size_t n)
{
    size_t name_n = 0;

    for (; name_n < n && kinds[(unsigned char)line[name_n]] & TOKEN; name_n++)
        if (line[name_n] >= 'A' && line[name_n] <= 'Z')
            line[name_n] |= 32;
    if (name_n == 0 || name_n == n || line[name_n] != ':' || !all_are(line, n, VALUE))
        return refuse(h, 400);
    if (h->field_n == H1_FIELDS_MAX)
        return refuse(h, 431);

    str value = without_blanks(str_of(line + name_n + 1, n - name_n - 1));

    h->fields[h->field_n++] = (struct h1_field){(uint16_t)(line - bytes), (uint16_t)name_n,
                                                (uint16_t)(value.p - bytes), (uint16_t)value.n};
    return read_known(h, bytes, str_of(line, name_n), value);
}

static enum h1_result finish(struct h1_head *h)
{
    if (h->minor > 0 && !h->has_host)
        return refuse(h, 400);
    h->size = h->at;
    return H1_DONE;
}

/* One line without its CRLF. */
static enum h1_result read_line(struct h1_head *h, char *bytes, char *line, size_t n)
{
    if (h->started)
        return n == 0 ? finish(h) : read_field(h, bytes, line, n);
    if (n > 0)
        return read_request_line(h, bytes, str_of(line, n));
    if (h->blank)
        return refuse(h, 400);
    h->blank = true; /* RFC 9112 section 2.2 */
    return H1_MORE;
}

/* The head is not whole: can it still become one? */
static enum h1_result await(struct h1_head *h, const char *bytes, size_t n)
{
    size_t begun = n - h->at;

    h->scanned = (uint16_t)n;
    if (!h->started && begun > 0 && bytes[h->at] != '\r' &&
        !(kinds[(unsigned char)bytes[h->at]] & TOKEN))
        return refuse(h, 400);
    if (!h->started && begun > H1_TARGET_MAX + 32)
        return refuse(h, 414);
    return n >= H1_HEAD_MAX ? refuse(h, 431) : H1_MORE;
}

enum h1_result h1_head_read(struct h1_head *h, char *bytes, size_t n)
{
    if (n > H1_HEAD_MAX)
        n = H1_HEAD_MAX;
    for (;;) {
        char *end = h->scanned < n ? memchr(bytes + h->scanned, '\n', n - h->scanned) : NULL;

        if (end == NULL)
            return await(h, bytes, n);

        char *line = bytes + h->at;

        if (end == line || end[-1] != '\r')
            return refuse(h, 400);
        h->at = h->scanned = (uint16_t)(end + 1 - bytes);

        enum h1_result r = read_line(h, bytes, line, (size_t)(end - 1 - line));

        if (r != H1_MORE)
            return r;
    }
}

bool h1_keeps(const struct h1_head *h)
{
    return !h->close && (h->minor > 0 || h->keep_alive);
}

bool h1_target_read(str target, struct h1_target *out)
{
    *out = (struct h1_target){0};
    if (str_eq(target, S("*"))) {
        out->path = target;
        return true;
    }
    if (target.n > 0 && target.p[0] != '/') {
        size_t scheme = str_starts_nocase(target, S("http://"))    ? 7
                        : str_starts_nocase(target, S("https://")) ? 8
                                                                   : 0;
        size_t end = scheme;

        while (end < target.n && target.p[end] != '/' && target.p[end] != '?')
            end++;
        if (scheme == 0 || end == scheme)
            return false;
        out->authority = str_of(target.p + scheme, end - scheme);
        target = str_from(target, end);
    }

    ptrdiff_t mark = str_find_char(target, '?');

    out->path = mark < 0 ? target : str_to(target, (size_t)mark);
    out->query = mark < 0 ? S("") : str_from(target, (size_t)mark + 1);
    if (out->path.n == 0 && out->authority.n > 0)
        out->path = S("/");
    return out->path.n > 0;
}

/*
 * A body in chunks:
 *
 *   SIZE -> [EXTENSION] -> SIZE_LF -> DATA -> DATA_CR -> DATA_LF -> SIZE
 *                             '-> (size 0) LINE -> NAME -> FIELD -> FIELD_LF -> LINE
 *                                           '-> LAST_LF -> END
 */
enum {
    SIZE,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    LINE,
    NAME,
    FIELD,
    FIELD_LF,
    LAST_LF,
    END,
    WRONG = -1
};

static int read_size(struct h1_chunks *c, char byte)
{
    int digit = hex_value(byte);

    if (digit >= 0) {
        if (++c->digits > 15) {
            c->status = 413;
            return WRONG;
        }
        c->left = c->left * 16 + (unsigned)digit;
        return SIZE;
    }
    if (c->digits == 0)
        return WRONG;
    return byte == '\r' ? SIZE_LF : byte == ';' ? EXTENSION : WRONG;
}

/* A byte that is not body; counted, since nobody needs many of them. */
static int read_extra(struct h1_chunks *c, char byte)
{
    uint8_t kind = kinds[(unsigned char)byte];

    if (++c->extra > H1_CHUNK_EXTRA_MAX) {
        c->status = 431;
        return WRONG;
    }
    switch (c->state) {
    case EXTENSION:
        return byte == '\r' ? SIZE_LF : kind & VALUE ? EXTENSION : WRONG;
    case LINE:
        return byte == '\r' ? LAST_LF : kind & TOKEN ? NAME : WRONG;
    case NAME:
        return byte == ':' ? FIELD : kind & TOKEN ? NAME : WRONG;
    default:
        return byte == '\r' ? FIELD_LF : kind & VALUE ? FIELD : WRONG;
    }
}

static int next_state(struct h1_chunks *c, char byte)
{
    switch (c->state) {
    case SIZE:
        return read_size(c, byte);
    case SIZE_LF:
        c->digits = 0;
        return byte != '\n' ? WRONG : c->left > 0 ? DATA : LINE;
    case DATA_CR:
        return byte == '\r' ? DATA_LF : WRONG;
    case DATA_LF:
        return byte == '\n' ? SIZE : WRONG;
    case FIELD_LF:
        return byte == '\n' ? LINE : WRONG;
    case LAST_LF:
        return byte == '\n' ? END : WRONG;
    default:
        return read_extra(c, byte);
    }
}

enum h1_result h1_chunks_read(struct h1_chunks *c, const char *bytes, size_t n, size_t *used,
                              str *data)
{
    size_t i = 0;

    *data = S("");
    while (i < n && c->state != END) {
        if (c->state == DATA) {
            size_t run = n - i < c->left ? n - i : (size_t)c->left;

            *data = str_of(bytes + i, run);
            c->left -= run;
            i += run;
            c->state = c->left == 0 ? DATA_CR : DATA;
            break;
        }
        c->state = next_state(c, bytes[i++]);
        if (c->state == WRONG) {
            c->status = c->status != 0 ? c->status : 400;
            *used = i;
            return H1_REFUSED;
        }
    }
    *used = i;
    return c->state == END ? H1_DONE : H1_MORE;
}
