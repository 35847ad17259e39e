#include "http/page.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/must.h"
#include "http/condition.h"
#include "http/page_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { HEAD_ROOM = 64 * 1024 }; /* bytes of one head */

static const unsigned all_codings = (1u << CODINGS) - 1;

str page_status_words(int status)
{
    static const struct {
        int status;
        str words;
    } all[] = {
        {200, S_INIT("200 OK")},
        {201, S_INIT("201 Created")},
        {202, S_INIT("202 Accepted")},
        {204, S_INIT("204 No Content")},
        {206, S_INIT("206 Partial Content")},
        {301, S_INIT("301 Moved Permanently")},
        {302, S_INIT("302 Found")},
        {303, S_INIT("303 See Other")},
        {304, S_INIT("304 Not Modified")},
        {307, S_INIT("307 Temporary Redirect")},
        {308, S_INIT("308 Permanent Redirect")},
        {400, S_INIT("400 Bad Request")},
        {401, S_INIT("401 Unauthorized")},
        {402, S_INIT("402 Payment Required")},
        {403, S_INIT("403 Forbidden")},
        {404, S_INIT("404 Not Found")},
        {405, S_INIT("405 Method Not Allowed")},
        {406, S_INIT("406 Not Acceptable")},
        {408, S_INIT("408 Request Timeout")},
        {409, S_INIT("409 Conflict")},
        {410, S_INIT("410 Gone")},
        {412, S_INIT("412 Precondition Failed")},
        {413, S_INIT("413 Content Too Large")},
        {414, S_INIT("414 URI Too Long")},
        {415, S_INIT("415 Unsupported Media Type")},
        {416, S_INIT("416 Range Not Satisfiable")},
        {417, S_INIT("417 Expectation Failed")},
        {422, S_INIT("422 Unprocessable Content")},
        {429, S_INIT("429 Too Many Requests")},
        {431, S_INIT("431 Request Header Fields Too Large")},
        {451, S_INIT("451 Unavailable For Legal Reasons")},
        {500, S_INIT("500 Internal Server Error")},
        {501, S_INIT("501 Not Implemented")},
        {502, S_INIT("502 Bad Gateway")},
        {503, S_INIT("503 Service Unavailable")},
        {504, S_INIT("504 Gateway Timeout")},
        {505, S_INIT("505 HTTP Version Not Supported")},
    };

    for (size_t i = 0; i < LENGTH(all); i++)
        if (all[i].status == status)
            return all[i].words;
    return S("");
}

/* A third of a shared age is for asking again; none of it beyond the page's expiry. */
struct page_ages page_ages(const struct page *p, int64_t left_us)
{
    int64_t left = left_us / SECOND_US;
    struct page_ages ages = {p->max_age_s, p->shared_age_s - p->shared_age_s / 3,
                             p->shared_age_s / 3, p->if_down_s};

    if (ages.own > left)
        ages.own = left;
    if (ages.shared + ages.stale > left)
        ages = (struct page_ages){ages.own, left < p->shared_age_s ? left : p->shared_age_s, 0, 0};
    if (ages.shared + ages.down > left)
        ages.down = left - ages.shared;
    return ages;
}

static int add_age(char *out, size_t room, int n, const char *name, int64_t age)
{
    return n + snprintf(out + n, room - (size_t)n, ", %s=%lld", name, (long long)age);
}

static int shared_line(char *out, size_t room, struct page_ages ages)
{
    int n = snprintf(out, room, "Cache-Control: public");

    if (ages.own <= 0 && ages.shared <= 0)
        return n + snprintf(out + n, room - (size_t)n, ", no-cache\r\n");
    n = add_age(out, room, n, "max-age", ages.own);
    if (ages.shared > 0)
        n = add_age(out, room, n, "s-maxage", ages.shared);
    if (ages.shared > 0 && ages.stale > 0)
        n = add_age(out, room, n, "stale-while-revalidate", ages.stale);
    if (ages.shared > 0 && ages.down > 0)
        n = add_age(out, room, n, "stale-if-error", ages.down);
    return n + snprintf(out + n, room - (size_t)n, "\r\n");
}

int page_cache_line(char *out, size_t room, enum page_keep keep, struct page_ages ages)
{
    switch (keep) {
    case KEEP_FOREVER:
        return snprintf(out, room, "Cache-Control: public, max-age=31536000, immutable\r\n");
    case KEEP_SHARED:
        return shared_line(out, room, ages);
    case KEEP_PRIVATE:
        return snprintf(out, room, "Cache-Control: private, no-cache\r\n");
    default:
        return snprintf(out, room, "Cache-Control: private, no-store\r\n");
    }
}

/* A value in a head: nothing in it may end the line. */
static void add_value(buf *b, str value)
{
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];

        buf_char(b, (c < ' ' && c != '\t') || c == 0x7f ? '?' : (char)c);
    }
}

static void add_line(buf *b, str name, str value)
{
    buf_add(b, name);
    buf_lit(b, ": ");
    add_value(b, value);
    buf_lit(b, "\r\n");
}

/* What all forms of the page say, in whatever coding. */
static str shared_lines(arena *a, const struct page_spec *spec)
{
    buf b = buf_new(a, HEAD_ROOM);
    char date[HTTP_DATE_SIZE];

    if (spec->modified_at != 0) {
        http_date_write(date, spec->modified_at);
        add_line(&b, S("Last-Modified"), str_c(date));
    }
    if (spec->policy.n > 0)
        add_line(&b, S("Content-Security-Policy"), spec->policy);
    for (size_t i = 0; i < spec->header_n; i++)
        add_line(&b, spec->headers[i].name, spec->headers[i].value);
    must(!b.over);
    return buf_str(&b);
}

static str form_tag(arena *a, str core, enum coding c)
{
    if (core.n == 0)
        return S("");
    /* the bytes of a compressed body may be bettered: its tag is a weak one */
    return c == CODING_PLAIN ? str_fmt(a, "\"%.*s\"", STR(core))
                             : str_fmt(a, "W/\"%.*s-%.*s\"", STR(core), STR(coding_word(c)));
}

static bool has_length(int status)
{
    return status != 204 && status != 304;
}

static void render_heads(arena *a, const struct page *p, str type, struct page_form *f,
                         enum coding c)
{
    buf head = buf_new(a, HEAD_ROOM), same = buf_new(a, HEAD_ROOM);

    buf_fmt(&head, "HTTP/1.1 %.*s\r\n", STR(page_status_words(p->status)));
    buf_lit(&same, "HTTP/1.1 304 Not Modified\r\n");
    if (type.n > 0)
        add_line(&head, S("Content-Type"), type);
    if (has_length(p->status) && p->fd < 0 && !p->is_open)
        buf_fmt(&head, "Content-Length: %zu\r\n", f->body.n);
    if (c != CODING_PLAIN)
        add_line(&head, S("Content-Encoding"), coding_word(c));

    buf *both[] = {&head, &same};

    for (size_t i = 0; i < LENGTH(both); i++) {
        if (f->tag.n > 0)
            add_line(both[i], S("ETag"), f->tag);
        if (p->varies)
            buf_lit(both[i], "Vary: Accept-Encoding\r\n");
        buf_add(both[i], p->lines);
        must(!both[i]->over);
    }
    f->head = buf_str(&head);
    f->unchanged = buf_str(&same);
}

/* Put every text of the plan into one piece of memory behind the page itself. */
static struct page *pack(const struct page *plan)
{
    size_t n = sizeof *plan;
    struct page *p;

#define EACH_TEXT(DO)                                                                              \
    DO(cache_line)                                                                                 \
    DO(lines)                                                                                      \
    DO(core)                                                                                       \
    for (int c = 0; c < CODINGS; c++) {                                                            \
        DO(forms[c].head)                                                                          \
        DO(forms[c].unchanged)                                                                     \
        DO(forms[c].body)                                                                          \
        DO(forms[c].tag)                                                                           \
    }
#define COUNT(text) n += plan->text.n;
#define MOVE(text)                                                                                 \
    if (plan->text.n > 0)                                                                          \
        memcpy(to, plan->text.p, plan->text.n);                                                    \
    p->text = str_of(to, plan->text.n);                                                            \
    to += plan->text.n;

    EACH_TEXT(COUNT)
    p = malloc(n);
    must(p != NULL);
    memcpy(p, plan, sizeof *p);

    char *to = (char *)(p + 1);

    EACH_TEXT(MOVE)
#undef EACH_TEXT
#undef COUNT
#undef MOVE
    p->bytes = n;
    atomic_init(&p->holds, 1);
    return p;
}

/* Bodies in those of the codings `wanted` (1 << coding) that make them smaller. */
static void add_bodies(arena *a, struct page *plan, bool best, unsigned wanted)
{
    for (int c = CODING_GZIP; c < CODINGS; c++) {
        if (!(wanted & 1u << c))
            continue;
        plan->forms[c].body = compress_body(a, c, best, plan->forms[CODING_PLAIN].body);
        if (plan->forms[c].body.n > 0)
            plan->there |= 1u << c;
    }
    plan->varies = plan->varies || plan->there != 1;
}

static struct page *finish(arena *a, struct page *plan, str type)
{
    for (int c = 0; c < CODINGS; c++) {
        if (!(plan->there & 1u << c))
            continue;
        plan->forms[c].tag = form_tag(a, plan->core, c);
        render_heads(a, plan, type, &plan->forms[c], c);
    }
    return pack(plan);
}

static unsigned own_of(const struct page_spec *spec)
{
    unsigned own = spec->policy.n > 0 ? OWN_POLICY : 0;

    for (size_t i = 0; i < spec->header_n; i++)
        if (str_eq(spec->headers[i].name, S("Referrer-Policy")))
            own |= OWN_REFERRER;
    return own;
}

static struct page plan_of(arena *a, const struct page_spec *spec)
{
    struct page plan = {
        .status = spec->status != 0 ? spec->status : 200,
        .own = own_of(spec),
        .there = 1,
        .keep = spec->keep,
        .max_age_s = spec->max_age_s,
        .shared_age_s = spec->shared_age_s,
        .if_down_s = spec->if_down_s,
        .modified_at = spec->modified_at,
        .expires_at = spec->expires_at != 0 ? spec->expires_at : TIME_NEVER,
        .subject = spec->subject,
        .kind = spec->kind,
        .is_open = spec->is_open,
        .fd = -1,
        .size = (int64_t)spec->body.n,
        .forms[CODING_PLAIN].body = spec->body,
    };
    char line[CACHE_LINE_ROOM];
    int n = page_cache_line(line, sizeof line, plan.keep, page_ages(&plan, TIME_NEVER));

    must(page_status_words(plan.status).n > 0);
    plan.cache_line = str_dup(a, str_of(line, (size_t)n));
    plan.lines = shared_lines(a, spec);
    return plan;
}

static arena *bench(size_t body)
{
    return arena_new(body * 4 + 16 * HEAD_ROOM);
}

struct page *page_build(const struct page_spec *spec)
{
    arena *a = bench(spec->body.n);
    struct page plan = plan_of(a, spec);

    plan.core = spec->etag;
    if (plan.core.n == 0 && plan.status == 200 && spec->keep != KEEP_NOT)
        plan.core = checksum(a, spec->body);
    if (spec->compress && compress_worth(spec->type, spec->body.n)) {
        plan.varies = spec->for_one;
        add_bodies(a, &plan, false,
                   spec->for_one ? 1u << coding_choose(spec->accepts, all_codings) : all_codings);
    }

    struct page *p = finish(a, &plan, spec->type);

    arena_free(&a);
    return p;
}

struct page *page_of_file(const struct page_spec *spec, int fd, int64_t size)
{
    arena *a = bench(0);
    struct page plan = plan_of(a, spec);

    plan.core = spec->etag;
    plan.fd = fd;
    plan.size = size;

    struct page *p = finish(a, &plan, spec->type);

    arena_free(&a);
    return p;
}

struct page *page_better(const struct page *p)
{
    arena *a = bench(p->forms[CODING_PLAIN].body.n);
    struct page plan = {
        /* all but the holds, which other threads count meanwhile */
        .status = p->status,
        .own = p->own,
        .there = 1,
        .keep = p->keep,
        .max_age_s = p->max_age_s,
        .shared_age_s = p->shared_age_s,
        .if_down_s = p->if_down_s,
        .modified_at = p->modified_at,
        .expires_at = p->expires_at,
        .subject = p->subject,
        .kind = p->kind,
        .cache_line = p->cache_line,
        .lines = p->lines,
        .core = p->core,
        .fd = -1,
        .size = p->size,
        .forms[CODING_PLAIN].body = p->forms[CODING_PLAIN].body,
    };

    must(p->fd < 0);
    if (p->there != 1)
        add_bodies(a, &plan, true, all_codings);

    struct page *better = finish(a, &plan, page_header(p, S("content-type")));

    arena_free(&a);
    return better;
}

struct page *page_hold(const struct page *p)
{
    struct page *mine = (struct page *)(uintptr_t)p;

    if (mine != NULL)
        atomic_fetch_add_explicit(&mine->holds, 1, memory_order_relaxed);
    return mine;
}

void page_drop(struct page **p)
{
    struct page *mine = *p;

    *p = NULL;
    if (mine == NULL || atomic_fetch_sub_explicit(&mine->holds, 1, memory_order_acq_rel) > 1)
        return;
    if (mine->fd >= 0)
        close(mine->fd);
    free(mine);
}

int page_status(const struct page *p)
{
    return p->status;
}

str page_body(const struct page *p)
{
    return p->forms[CODING_PLAIN].body;
}

str page_etag(const struct page *p)
{
    return p->forms[CODING_PLAIN].tag;
}

int64_t page_expires_at(const struct page *p)
{
    return p->expires_at;
}

int64_t page_subject(const struct page *p)
{
    return p->subject;
}

size_t page_bytes(const struct page *p)
{
    return p->bytes;
}

static bool line_value(str line, str name, str *value)
{
    if (line.n <= name.n || line.p[name.n] != ':' || !str_eq_nocase(str_to(line, name.n), name))
        return false;
    *value = str_trim(str_from(line, name.n + 1));
    return true;
}

str page_header(const struct page *p, str name)
{
    str parts[] = {p->forms[CODING_PLAIN].head, p->cache_line}, value = S("");

    for (size_t i = 0; i < LENGTH(parts); i++)
        for (str line; str_cut(&parts[i], '\n', &line);)
            if (line_value(line, name, &value))
                return value;
    return value;
}
