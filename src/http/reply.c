#include "http/reply.h"

#include "http/form.h"
#include "http/page_parts.h"
#include "http/route.h"
#include "http/server.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADERS_MAX = 32 };

/* What was said of the reply to come. */
struct reply_draft {
    struct header headers[HEADERS_MAX];
    size_t header_n;
    str etag, policy;
    int64_t modified_at, expires_at;
    bool compress, keep_said, has_cookie, in_error_page;
    enum page_keep keep;
    int max_age_s;
};

static struct reply_draft *draft(struct request *rq)
{
    if (rq->draft == NULL)
        rq->draft = arena_one(rq->arena, struct reply_draft);
    return rq->draft;
}

void reply_fresh(struct request *rq)
{
    bool in_error_page = draft(rq)->in_error_page;

    *rq->draft = (struct reply_draft){.in_error_page = in_error_page};
}

void reply_header(struct request *rq, str name, str value)
{
    struct reply_draft *d = draft(rq);

    must(d->header_n < HEADERS_MAX);
    d->headers[d->header_n++] = (struct header){name, value};
}

void reply_cookie(struct request *rq, const struct cookie *c)
{
    str line = cookie_write(rq->arena, c);

    must(line.n > 0);
    reply_header(rq, S("Set-Cookie"), line);
    draft(rq)->has_cookie = true;
}

void reply_tag(struct request *rq, str etag, int64_t modified_at)
{
    draft(rq)->etag = etag;
    draft(rq)->modified_at = modified_at;
}

void reply_compressed(struct request *rq)
{
    draft(rq)->compress = true;
}

void reply_keep(struct request *rq, enum page_keep keep, int max_age_s, int64_t expires_at)
{
    struct reply_draft *d = draft(rq);

    d->keep_said = true;
    d->keep = keep;
    d->max_age_s = max_age_s;
    d->expires_at = expires_at;
}

void reply_policy(struct request *rq, str policy)
{
    draft(rq)->policy = policy;
}

/* Nobody keeps errors, nor what sets a cookie. */
static enum page_keep keep_of(const struct request *rq, const struct reply_draft *d, int status)
{
    if (d->has_cookie)
        return KEEP_NOT;
    if (d->keep_said)
        return d->keep;
    if (status >= 400 || rq->route == NULL || rq->route->cache == CACHE_NONE)
        return KEEP_NOT;
    return rq->route->cache == CACHE_FOREVER ? KEEP_FOREVER : KEEP_SHARED;
}

static struct page_spec spec_of(struct request *rq, int status, str type, str body)
{
    struct reply_draft *d = draft(rq);

    return (struct page_spec){
        .status = status,
        .type = type,
        .body = body,
        .etag = d->etag,
        .modified_at = d->modified_at,
        .expires_at = d->expires_at,
        .keep = keep_of(rq, d, status),
        .max_age_s = d->max_age_s,
        .compress = d->compress,
        .for_one = true,
        .accepts = request_header(rq, S("accept-encoding")),
        .policy = d->policy,
        .headers = d->headers,
        .header_n = d->header_n,
    };
}

static err settle(struct request *rq, struct page *p)
{
    page_drop(&rq->reply);
    rq->reply = p;
    return OK;
}

err reply_bytes(struct request *rq, int status, str type, str body)
{
    struct page_spec spec = spec_of(rq, status, type, body);

    return settle(rq, page_build(&spec));
}

err reply_open(struct request *rq, str type, str first)
{
    struct page_spec spec = spec_of(rq, 200, type, first);

    spec.is_open = true;
    spec.compress = false;
    spec.keep = KEEP_NOT;
    return settle(rq, page_build(&spec));
}

err reply_html(struct request *rq, int status, str body)
{
    return reply_bytes(rq, status, S("text/html; charset=utf-8"), body);
}

err reply_text(struct request *rq, int status, str body)
{
    return reply_bytes(rq, status, S("text/plain; charset=utf-8"), body);
}

err reply_json(struct request *rq, int status, str body)
{
    return reply_bytes(rq, status, S("application/json"), body);
}

err reply_page(struct request *rq, struct page *p)
{
    return settle(rq, page_hold(p));
}

/* A path of ours ("//host" is none, nor is "/\host", which browsers read as that), or the web. */
static bool is_location(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] >= 0x7f || s.p[i] == '\\')
            return false;
    if (s.n > 0 && s.p[0] == '/')
        return s.n == 1 || s.p[1] != '/';
    return str_starts(s, S("https://")) || str_starts(s, S("http://"));
}

static err reply_elsewhere(struct request *rq, int status, str location)
{
    if (!is_location(location))
        return fail(&rq->note, E_INVALID, "cannot send the asker to \"%.*s\"",
                    STR(str_to(location, 200)));
    reply_header(rq, S("Location"), location);
    return reply_bytes(rq, status, S(""), S(""));
}

err reply_moved(struct request *rq, str location)
{
    return reply_elsewhere(rq, rq->method & (GET | HEAD) ? 301 : 308, location);
}

err reply_see_other(struct request *rq, str location)
{
    reply_keep(rq, KEEP_NOT, 0, 0);
    return reply_elsewhere(rq, 303, location);
}

err reply_unchanged(struct request *rq, str etag)
{
    draft(rq)->etag = etag;
    return reply_bytes(rq, 304, S(""), S(""));
}

err reply_nothing(struct request *rq)
{
    return reply_bytes(rq, 204, S(""), S(""));
}

err reply_file(struct request *rq, const char *path, str type, str etag)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat st;

    if (fd < 0)
        return fail(&rq->note, errno == ENOENT || errno == ENOTDIR ? E_MISSING : E_IO,
                    "cannot open %s: %s", path, strerror(errno));
    if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return fail(&rq->note, E_MISSING, "%s is no plain file", path);
    }

    struct page_spec spec = spec_of(rq, 200, type, S(""));

    spec.etag = etag;
    spec.modified_at = (int64_t)st.st_mtim.tv_sec * SECOND_US;
    return settle(rq, page_of_file(&spec, fd, st.st_size));
}

static err reply_plain_error(struct request *rq, int status)
{
    str words = page_status_words(status);

    return reply_text(rq, status, str_join(rq->arena, words, S("\n")));
}

err reply_error(struct request *rq, int status)
{
    struct reply_draft *d = draft(rq);

    d->keep_said = false;
    d->etag = S("");
    d->modified_at = 0;
    if (status == 503)
        reply_header(rq, S("Retry-After"), S("5"));
    if (rq->options->error_page == NULL || d->in_error_page)
        return reply_plain_error(rq, status);
    d->in_error_page = true;
    page_drop(&rq->reply);

    err e = rq->options->error_page(rq->of, rq, status);

    d->in_error_page = false;
    return e == OK && rq->reply != NULL ? OK : reply_plain_error(rq, status);
}

int reply_status_of(err e)
{
    switch (e) {
    case OK:
        return 200;
    case E_MISSING:
        return 404;
    case E_GONE:
        return 410;
    case E_DENIED:
        return 403;
    case E_INVALID:
        return 400;
    case E_CONFLICT:
        return 409;
    case E_LIMIT:
        return 429;
    case E_BUSY:
        return 503;
    case E_UNSURE:
    case E_IO:
        break;
    }
    return 500;
}
