#include "http/condition.h"
#include "http/inside.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FILE_A_TURN = 2 << 20, RECORDS_A_TURN = 16 };

static const char house_policy[] =
    "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src "
    "'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n";

static const char house_lines[] =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "browsing-topics=()\r\n";

static const char house_referrer[] = "Referrer-Policy: strict-origin-when-cross-origin\r\n";

static const char *const ending_lines[ENDINGS] = {"", "Connection: close\r\n",
                                                  "Connection: keep-alive\r\n"};

void send_tails(struct lane *l)
{
    char date[HTTP_DATE_SIZE];

    l->tails_at = loop_now(l->loop) / SECOND_US;
    http_date_write(date, loop_now(l->loop));
    for (int i = 0; i < 2 * OWNS; i++)
        for (int end = 0; end < ENDINGS; end++) {
            int own = i / 2;
            struct tail *t = &l->tails[i % 2][own][end];
            int n = snprintf(t->text, sizeof t->text, "Date: %s\r\n%s%s%s%s%s\r\n", date,
                             own & OWN_POLICY ? "" : house_policy,
                             own & OWN_REFERRER ? "" : house_referrer, house_lines,
                             i % 2 ? "Strict-Transport-Security: max-age=31536000\r\n" : "",
                             ending_lines[end]);

            must(n > 0 && (size_t)n < sizeof t->text);
            t->n = (size_t)n;
        }
}

static str tail(struct conn *c, const struct page *p)
{
    struct lane *l = c->lane;

    if (l->tails_at != loop_now(l->loop) / SECOND_US)
        send_tails(l);

    enum ending end = c->h2 != NULL         ? END_KEEP
                      : !c->keep            ? END_CLOSE
                      : c->work->minor == 0 ? END_KEEP_10
                                            : END_KEEP;
    const struct tail *t = &l->tails[c->tls != NULL || l->server->o.secure][p->own][end];

    return str_of(t->text, t->n);
}

/* A page that expires soon must not be kept for longer than that. */
static str cache_line(const struct conn *c, const struct page *p, struct parcel *out)
{
    int64_t left = p->expires_at - loop_now(c->lane->loop);
    int shared = p->shared_age_s + p->if_down_s;
    int longest = p->max_age_s > shared ? p->max_age_s : shared;

    if (p->keep != KEEP_SHARED || p->expires_at == TIME_NEVER || left >= longest * SECOND_US)
        return p->cache_line;

    int n = page_cache_line(out->cache, sizeof out->cache, p->keep, page_ages(p, left));

    return str_of(out->cache, (size_t)n);
}

[[gnu::format(printf, 2, 3)]] static void range_lines(struct parcel *out, const char *format, ...)
{
    va_list args;

    va_start(args, format);

    int n = vsnprintf(out->range, sizeof out->range, format, args);

    va_end(args);
    must(n > 0 && (size_t)n < sizeof out->range);
    out->pieces[RANGE] = str_of(out->range, (size_t)n);
}

/* The whole file, a range of it, or none. */
static void pack_file(const struct request *rq, const struct page *p, struct parcel *out)
{
    const struct page_form *f = &p->forms[CODING_PLAIN];
    int64_t first = 0, last = p->size - 1;
    enum range range = RANGE_NONE;

    if (rq->method == GET && p->status == 200)
        range = condition_range(rq, p->size, f->tag, p->modified_at, &first, &last);
    if (range == RANGE_NEVER) {
        out->status = 416;
        out->pieces[FIRST] = S("HTTP/1.1 416 Range Not Satisfiable\r\n");
        out->pieces[CACHE] = S("");
        range_lines(out, "Content-Range: bytes */%lld\r\nContent-Length: 0\r\n",
                    (long long)p->size);
        return;
    }
    out->pieces[FIRST] = f->head;
    if (range == RANGE_SOME) {
        out->status = 206;
        out->pieces[FIRST] = S("HTTP/1.1 206 Partial Content\r\n");
        out->pieces[MORE] = str_from(f->head, (size_t)str_find_char(f->head, '\n') + 1);
        range_lines(out, "Content-Range: bytes %lld-%lld/%lld\r\nContent-Length: %lld\r\n",
                    (long long)first, (long long)last, (long long)p->size,
                    (long long)(last - first + 1));
    } else {
        range_lines(out, "Accept-Ranges: bytes\r\nContent-Length: %lld\r\n", (long long)p->size);
    }
    if (rq->method != HEAD) {
        out->file_at = first;
        out->file_left = last - first + 1;
    }
}

void send_pack(struct conn *c, const struct request *rq, const struct page *p, struct parcel *out)
{
    enum coding coding = CODING_PLAIN;

    if (p->there != 1)
        coding = coding_choose(request_header(rq, S("accept-encoding")), p->there);

    const struct page_form *f = &p->forms[coding];

    out->status = p->status;
    out->file_at = out->file_left = 0;
    out->body = out->pieces[MORE] = out->pieces[RANGE] = S("");
    out->pieces[CACHE] = cache_line(c, p, out);
    out->pieces[TAIL] = tail(c, p);
    if (p->status == 200 && rq->method & (GET | HEAD) &&
        condition_unchanged(rq, f->tag, p->modified_at)) {
        out->status = 304;
        out->pieces[FIRST] = f->unchanged;
    } else if (p->fd >= 0) {
        pack_file(rq, p, out);
    } else {
        out->pieces[FIRST] = f->head;
        if (rq->method != HEAD)
            out->body = f->body;
    }
}

/* The next record of what lies in `v`, from byte `at` on: in its place where one piece has it all,
 * else put together. */
static str next_record(struct lane *l, const struct iovec *v, size_t n, size_t at)
{
    size_t filled = 0;

    for (size_t i = 0; i < n && filled < sizeof l->record; at = 0, i++) {
        while (i < n && at >= v[i].iov_len)
            at -= v[i++].iov_len;
        if (i == n)
            break;

        str piece = str_of((const char *)v[i].iov_base + at, v[i].iov_len - at);

        if (filled == 0 && (piece.n >= sizeof l->record || i + 1 == n))
            return str_to(piece, sizeof l->record);
        piece = str_to(piece, sizeof l->record - filled);
        memcpy(l->record + filled, piece.p, piece.n);
        filled += piece.n;
    }
    return str_of(l->record, filled);
}

static ssize_t send_records(struct conn *c, const struct iovec *v, size_t n)
{
    size_t sent = 0;

    for (int i = 0; i < RECORDS_A_TURN; i++) {
        str record = next_record(c->lane, v, n, sent);
        ssize_t taken = record.n > 0 ? tls_write(c->tls, record.p, record.n) : 0;

        if (taken < 0)
            return -1;
        if (taken == 0)
            break;
        sent += (size_t)taken;
    }
    c->work->sent += (int64_t)sent;
    return (ssize_t)sent;
}

ssize_t send_bytes(struct conn *c, struct iovec *v, size_t n, bool more)
{
    if (c->tls != NULL)
        return send_records(c, v, n);

    struct msghdr m = {.msg_iov = v, .msg_iovlen = n};
    ssize_t sent;

    do
        sent = sendmsg(c->watch.fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT | (more ? MSG_MORE : 0));
    while (sent < 0 && errno == EINTR);
    if (sent < 0)
        return errno == EAGAIN ? 0 : -1;
    c->work->sent += sent;
    return sent;
}

/* Keep what was not taken: the heads by copy, the body by a hold of its page. */
static void keep_rest(struct conn *c, const struct parcel *out, struct page *p, size_t sent)
{
    size_t heads = 0;

    for (int i = 0; i < PIECES; i++)
        heads += out->pieces[i].n;

    struct output *o = malloc(sizeof *o + heads);

    must(o != NULL);
    *o = (struct output){.page = p, .file_at = out->file_at, .file_left = out->file_left};
    for (int i = 0; i < PIECES; i++) {
        if (out->pieces[i].n > 0)
            memcpy(o->head + o->head_n, out->pieces[i].p, out->pieces[i].n);
        o->head_n += out->pieces[i].n;
    }
    o->head_at = sent < heads ? sent : heads;
    o->body = str_from(out->body, sent - o->head_at);
    c->work->out = o;
    c->state = SEND_STATE;
    c->work->sent_mark = c->work->sent;
    conn_wait_until(c, loop_ticks(c->lane->loop) + c->lane->server->o.limits.send_ms * 1000);
}

void send_page(struct conn *c, const struct request *rq, struct page *p, int64_t began)
{
    struct parcel out;
    struct iovec v[PIECES + 1];
    size_t n = 0, all = 0;

    send_pack(c, rq, p, &out);
    for (int i = 0; i <= PIECES; i++) {
        str piece = i < PIECES ? out.pieces[i] : out.body;

        if (piece.n > 0)
            v[n++] = (struct iovec){(void *)(uintptr_t)piece.p, piece.n};
        all += piece.n;
    }
    access_note(c->lane, rq, p, out.status, (int64_t)out.body.n + out.file_left, began);

    ssize_t sent = send_bytes(c, v, n, out.file_left > 0);

    if (sent < 0) {
        page_drop(&p);
        conn_close(c);
    } else if ((size_t)sent == all && out.file_left == 0) {
        page_drop(&p);
        conn_answered(c);
    } else {
        keep_rest(c, &out, p, (size_t)sent);
    }
}

void send_drop(struct conn *c)
{
    if (c->work->out != NULL)
        page_drop(&c->work->out->page);
    free(c->work->out);
    c->work->out = NULL;
}

/* Heads and what of the body is in memory. */
static ssize_t push_memory(struct conn *c, struct output *o)
{
    struct iovec v[] = {{o->head + o->head_at, o->head_n - o->head_at},
                        {(void *)(uintptr_t)o->body.p, o->body.n}};
    ssize_t sent = send_bytes(c, v, LENGTH(v), o->file_left > 0);

    if (sent > 0) {
        size_t of_head = (size_t)sent < v[0].iov_len ? (size_t)sent : v[0].iov_len;

        o->head_at += of_head;
        o->body = str_from(o->body, (size_t)sent - of_head);
    }
    return sent;
}

/* The kernel does not encrypt: through the lane's room. */
static ssize_t push_file_records(struct conn *c, struct output *o)
{
    ssize_t sent = 0;

    for (int i = 0; i < RECORDS_A_TURN && o->file_left > 0; i++) {
        char *room = c->lane->record;
        size_t some = o->file_left < TLS_RECORD ? (size_t)o->file_left : TLS_RECORD;

        if (pread(o->page->fd, room, some, o->file_at) != (ssize_t)some)
            return -1;

        ssize_t taken = tls_write(c->tls, room, some);

        if (taken < 0)
            return -1;
        if (taken == 0)
            break;
        sent += taken;
        o->file_at += taken;
        o->file_left -= taken;
    }
    c->work->sent += sent;
    return sent;
}

static ssize_t push_file(struct conn *c, struct output *o)
{
    size_t some = o->file_left < FILE_A_TURN ? (size_t)o->file_left : FILE_A_TURN;
    ssize_t sent = sendfile(c->watch.fd, o->page->fd, &o->file_at, some);

    if (sent > 0) {
        o->file_left -= sent;
        c->work->sent += sent;
    }
    /* a file that was cut short meanwhile cannot be told of any more */
    return sent < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : sent == 0 ? -1 : sent;
}

/* False when it waits for the other side, or for its next turn. */
bool send_more(struct conn *c)
{
    struct output *o = c->work->out;
    bool in_memory = o->head_at < o->head_n || o->body.n > 0;

    if (!in_memory && o->file_left == 0) {
        send_drop(c);
        conn_answered(c);
        return true;
    }

    ssize_t sent = in_memory        ? push_memory(c, o)
                   : c->tls != NULL ? push_file_records(c, o)
                                    : push_file(c, o);
    bool turn_over = sent == (c->tls != NULL ? RECORDS_A_TURN * TLS_RECORD : FILE_A_TURN);

    if (sent < 0) {
        conn_close(c);
        return true;
    }
    if (!in_memory && turn_over && o->file_left > 0) {
        conn_again(c);
        return false;
    }
    return sent > 0;
}

bool send_interim(struct conn *c)
{
    static const char line[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct iovec v = {(void *)(uintptr_t)line, sizeof line - 1};

    return send_bytes(c, &v, 1, false) == (ssize_t)v.iov_len;
}
