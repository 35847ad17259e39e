/*
 * h2.c - HTTP/2 on one connection: nghttp2 reads and writes the frames, an exchange stands for each
 * stream, and what it asks for goes the way of every other request (docs/decisions/0010).
 *
 *   HEAD -> [BODY] -> WAIT -> DESK -> REPLY -> (the stream is closed)
 *   HEAD -> REPLY where the loop knows the page
 *
 * 1. At most AT_DESK tasks of a connection are at desks, also those whose stream was reset; the
 *    rest wait, as they do while more than PRIVATE_MAX bytes of replies are not taken.
 * 2. While the other side takes nothing, nothing is read from it.
 * 3. A body that nobody wants is let in as far as the stream's window goes, after which the reply
 *    has said why; the stream is reset only when that does not end it.
 * 4. A reply that stays open pauses when nothing waits, and is resumed when something does.
 * 5. Nothing is closed inside a callback of nghttp2: `dead` and `calm` are looked at afterwards.
 */
#include "http/h2_budget.h"
#include "http/h2_head.h"
#include "http/inside.h"

#include "base/log.h"

#include <nghttp2/nghttp2.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    STREAMS_MAX = 100,
    AT_DESK = 16,
    PRIVATE_MAX = 512 << 10,
    OPEN_MAX = 8,     /* replies that stay open: a browser needs one */
    STALLED_MAX = 16, /* at one time; fewer are reset one by one */
    HEADERS_HARD = 256 << 10,
    WINDOW = 256 << 10,
    CONN_WINDOW = 1 << 20,
    FLUSH_RECORDS = 16, /* then the other connections have their turn */
    REQUESTS_A_TURN = 16,
    BITE = 512, /* bytes that are read between two looks whether the turn is over */
    LINES_MAX = 96,
};

enum exchange_state { EX_HEAD, EX_BODY, EX_WAIT, EX_DESK, EX_REPLY };

/* A request and its reply, on one stream. */
struct exchange {
    struct conn *conn;
    struct exchange *before, *next;
    int32_t id;
    enum exchange_state state;
    bool asked; /* the request is whole */
    bool said;  /* the reply is */
    struct task *task;
    struct page *page;
    str body;             /* in the page: what is still to be sent */
    struct stream stream; /* what is said after it, as it comes */
    char last_words[STREAM_LAST_WORDS];
    int64_t file_at, file_left;
    size_t weight;              /* bytes of a reply that nobody shares */
    int64_t moved, mark, began; /* of the reply: bytes sent; at the last look; the last look */
};

struct h2 {
    nghttp2_session *session;
    struct exchange *exchanges; /* newest first */
    int exchange_n, waiting, open;
    size_t weight;         /* of all */
    struct h2_head *draft; /* the head that is coming */
    struct h2_budget budget;
    enum h2_cost calm; /* what was over; H2_COSTS: nothing */
    bool dead, ending, last_said;
    size_t filled; /* of the lane's record */
    char *left;    /* what the socket did not take */
    size_t left_n, left_at;
    int64_t looked; /* when we last looked whether the socket moves */
};

/* --- memory: large pieces are mapped, so that what a connection never writes to costs nothing ---
 */

enum { BLOCK = 20 << 10, BLOCK_FROM = 8 << 10, BLOCKS_KEPT = 64, PAGE = 4096 };

struct h2_block {
    alignas(16) size_t size;
    struct h2_block *next; /* of those that were given back */
};

/* It stands before every piece, and keeps it aligned. */
enum { PREFIX = (sizeof(struct h2_block) + 15) / 16 * 16 };

static struct h2_block *new_block(struct lane *l)
{
    struct h2_block *b = l->blocks;

    if (b != NULL) {
        l->blocks = b->next;
        l->block_n--;
        return b;
    }
    b = mmap(NULL, BLOCK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return b != MAP_FAILED ? b : NULL;
}

static bool is_block(size_t size)
{
    return size >= BLOCK_FROM && size <= BLOCK - PREFIX;
}

static void *piece_new(size_t size, void *of)
{
    struct h2_block *b = is_block(size) ? new_block(of) : malloc(PREFIX + size);

    if (b == NULL)
        return NULL;
    *b = (struct h2_block){.size = size};
    return (char *)b + PREFIX;
}

static void piece_free(void *p, void *of)
{
    struct lane *l = of;

    if (p == NULL)
        return;

    struct h2_block *b = (void *)((char *)p - PREFIX);

    if (!is_block(b->size)) {
        free(b);
    } else if (l->block_n >= BLOCKS_KEPT) {
        munmap(b, BLOCK);
    } else {
        madvise((char *)b + PAGE, BLOCK - PAGE, MADV_DONTNEED);
        b->next = l->blocks;
        l->blocks = b;
        l->block_n++;
    }
}

static void *piece_zeroed(size_t n, size_t size, void *of)
{
    size_t all;
    void *p = __builtin_mul_overflow(n, size, &all) ? NULL : piece_new(all, of);

    return p != NULL ? memset(p, 0, all) : NULL;
}

static void *piece_resized(void *p, size_t size, void *of)
{
    void *moved = piece_new(size, of);

    if (p == NULL || moved == NULL)
        return moved;

    const struct h2_block *b = (void *)((char *)p - PREFIX);

    memcpy(moved, p, b->size < size ? b->size : size);
    piece_free(p, of);
    return moved;
}

void h2_free_blocks(struct lane *l)
{
    for (struct h2_block *b = l->blocks, *next; b != NULL; b = next) {
        next = b->next;
        munmap(b, BLOCK);
    }
    l->blocks = NULL;
}

/* --- out: frames are put together into records --- */

static int64_t now_of(const struct conn *c)
{
    return loop_ticks(c->lane->loop);
}

/* Keep what the socket did not take. */
static void leave(struct h2 *h, const char *p, size_t n)
{
    h->left = realloc(h->left, h->left_n + n);
    must(h->left != NULL);
    memcpy(h->left + h->left_n, p, n);
    h->left_n += n;
}

static void put_record(struct conn *c)
{
    struct h2 *h = c->h2;
    struct iovec v = {c->lane->record, h->filled};
    ssize_t taken = h->dead ? -1 : send_bytes(c, &v, 1, false);

    if (taken < 0)
        h->dead = true;
    else if ((size_t)taken < h->filled)
        leave(h, c->lane->record + taken, h->filled - (size_t)taken);
    h->filled = 0;
}

static void put(struct conn *c, const char *p, size_t n)
{
    struct h2 *h = c->h2;

    while (n > 0 && h->left == NULL && !h->dead) {
        size_t room = TLS_RECORD - h->filled, some = n < room ? n : room;

        memcpy(c->lane->record + h->filled, p, some);
        h->filled += some;
        p += some;
        n -= some;
        if (h->filled == TLS_RECORD)
            put_record(c);
    }
    if (n > 0 && h->left != NULL)
        leave(h, p, n);
}

/* False when the socket takes no more, or never will. */
static bool put_left(struct conn *c)
{
    struct h2 *h = c->h2;

    while (h->left != NULL && !h->dead) {
        struct iovec v = {h->left + h->left_at, h->left_n - h->left_at};
        ssize_t taken = send_bytes(c, &v, 1, false);

        if (taken == 0)
            return false;
        if (taken < 0)
            h->dead = true;
        else if ((h->left_at += (size_t)taken) == h->left_n) {
            free(h->left);
            h->left = NULL;
            h->left_n = h->left_at = 0;
        }
    }
    return !h->dead;
}

/* Write what there is; false when the other side takes no more just now, or is gone. */
static bool flush(struct conn *c)
{
    struct h2 *h = c->h2;
    int64_t most = c->work->sent + (int64_t)FLUSH_RECORDS * TLS_RECORD;
    bool more = put_left(c);

    while (more && h->left == NULL && !h->dead && c->work->sent < most) {
        const uint8_t *data;
        ssize_t n = nghttp2_session_mem_send(h->session, &data);

        if (n < 0)
            h->dead = true;
        else if (n > 0)
            put(c, (const char *)data, (size_t)n);
        more = n > 0;
    }
    if (h->filled > 0)
        put_record(c);
    if (c->work->sent >= most)
        conn_again(c);
    return h->left == NULL && !h->dead;
}

/* --- exchanges --- */

static void arm(struct conn *c)
{
    int64_t idle = c->lane->server->o.limits.idle_ms * 1000;

    conn_wait_until(c, now_of(c) + (c->h2->exchange_n > 0 ? RATE_CHECK_US
                                    : c->lane->stopping   ? LINGER_US
                                                          : idle));
}

static struct exchange *exchange_new(struct conn *c, int32_t id)
{
    struct h2 *h = c->h2;
    struct exchange *x = calloc(1, sizeof *x);

    must(x != NULL);
    x->conn = c;
    x->id = id;
    x->began = now_of(c);
    x->next = h->exchanges;
    if (x->next != NULL)
        x->next->before = x;
    h->exchanges = x;
    if (h->exchange_n++ == h->open) /* nobody looked for what else might wait */
        arm(c);
    return x;
}

static void exchange_free(struct conn *c, struct exchange *x)
{
    struct h2 *h = c->h2;

    if (x->before != NULL)
        x->before->next = x->next;
    else
        h->exchanges = x->next;
    if (x->next != NULL)
        x->next->before = x->before;
    h->waiting -= x->state == EX_WAIT;
    if (x->state == EX_DESK) {
        x->task->exchange = NULL;
        task_left(x->task, UNWANTED);
    } else if (x->task != NULL) {
        task_free(x->task);
    }
    h->open -= stream_is_open(&x->stream);
    stream_drop(c->lane, &x->stream);
    page_drop(&x->page);
    h->weight -= x->weight;
    free(x);
    if (--h->exchange_n == 0 && !h->ending)
        arm(c);
}

static struct exchange *exchange_of(struct conn *c, int32_t id)
{
    return nghttp2_session_get_stream_user_data(c->h2->session, id);
}

static void reset(struct conn *c, struct exchange *x, uint32_t error)
{
    nghttp2_submit_rst_stream(c->h2->session, NGHTTP2_FLAG_NONE, x->id, error);
}

static void end(struct conn *c, uint32_t error)
{
    c->h2->ending = true;
    nghttp2_session_terminate_session(c->h2->session, error);
    conn_wait_until(c, now_of(c) + LINGER_US);
}

/* It cost us too much: say so and end. */
static void be_calm(struct conn *c, enum h2_cost what)
{
    if (c->h2->calm != H2_COSTS)
        return;
    c->h2->calm = what;
    log_event(LOG_h2_calm, "over=%s streams=%d", h2_cost_word(what), c->h2->exchange_n);
    atomic_fetch_add_explicit(&c->lane->refused, 1, memory_order_relaxed);
    end(c, NGHTTP2_ENHANCE_YOUR_CALM);
}

/* --- replies --- */

static ssize_t next_data(nghttp2_session *session, int32_t id, uint8_t *to, size_t most,
                         uint32_t *flags, nghttp2_data_source *source, void *of)
{
    const struct exchange *x = source->ptr;
    uint64_t left = x->body.n + (uint64_t)x->file_left;
    bool ends = !stream_is_open(&x->stream);

    (void)session;
    (void)id;
    (void)to;
    (void)of;
    if (stream_is_open(&x->stream) && left == 0)
        left = stream_waits(&x->stream);
    if (left == 0 && !ends)
        return NGHTTP2_ERR_DEFERRED;
    *flags |= NGHTTP2_DATA_FLAG_NO_COPY;
    if (left <= most && ends)
        *flags |= NGHTTP2_DATA_FLAG_EOF;
    return left < most ? (ssize_t)left : (ssize_t)most;
}

/* Of what waits for an open reply. */
static void put_stream(struct conn *c, struct exchange *x, size_t n)
{
    while (n > 0) {
        str piece = str_to(stream_piece(&x->stream), n);

        put(c, piece.p, piece.n);
        n -= piece.n;
        stream_took(&x->stream, piece.n);
    }
}

/* A reply that stays open has said what it began with. */
static void let_page_go(struct h2 *h, struct exchange *x)
{
    h->weight -= x->weight;
    x->weight = 0;
    page_drop(&x->page);
}

/* A frame of what next_data() promised. */
static int send_data(nghttp2_session *session, nghttp2_frame *frame, const uint8_t *head, size_t n,
                     nghttp2_data_source *source, void *of)
{
    struct conn *c = of;
    struct exchange *x = source->ptr;

    (void)session;
    (void)frame;
    put(c, (const char *)head, H2_FRAME_HEAD);
    if (x->file_left > 0) {
        if (n > READ_SIZE || pread(x->page->fd, c->lane->bytes, n, x->file_at) != (ssize_t)n)
            c->h2->dead = true; /* the file was cut short meanwhile */
        put(c, c->lane->bytes, n);
        x->file_at += (int64_t)n;
        x->file_left -= (int64_t)n;
    } else if (x->body.n == 0 && stream_is_open(&x->stream)) {
        put_stream(c, x, n);
    } else {
        put(c, x->body.p, n);
        x->body = str_from(x->body, n);
        if (x->body.n == 0 && stream_is_open(&x->stream))
            let_page_go(c->h2, x);
    }
    x->moved += (int64_t)n;
    h2_budget_earn(&c->h2->budget, n);
    return 0;
}

static nghttp2_nv field(str name, str value)
{
    return (nghttp2_nv){
        (uint8_t *)(uintptr_t)name.p, (uint8_t *)(uintptr_t)value.p, name.n, value.n,
        str_eq(name, S("Set-Cookie")) ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE};
}

/* The lines of a head as fields, from `n` on; the first line of a whole head is its status. */
static size_t add_lines(nghttp2_nv *to, size_t n, str lines)
{
    for (str line; n < LINES_MAX && lines.n > 0 && str_cut(&lines, '\n', &line);) {
        ptrdiff_t colon = str_find_char(line, ':');

        if (colon > 0 && line.n >= (size_t)colon + 3 && !str_starts(line, S("HTTP/1.1 ")))
            to[n++] = field(str_to(line, (size_t)colon),
                            str_of(line.p + colon + 2, line.n - (size_t)colon - 3));
    }
    return n;
}

/* Takes over the caller's hold of `p`. */
static void reply(struct conn *c, struct exchange *x, const struct request *rq, struct page *p,
                  int64_t began)
{
    struct parcel out;
    nghttp2_nv fields[LINES_MAX];
    nghttp2_data_provider body = {{.ptr = x}, next_data};
    char status[4];
    size_t n = 1;

    send_pack(c, rq, p, &out);
    status[0] = (char)('0' + out.status / 100);
    status[1] = (char)('0' + out.status / 10 % 10);
    status[2] = (char)('0' + out.status % 10);
    fields[0] = field(S(":status"), str_of(status, 3));
    for (int i = 0; i < PIECES; i++)
        n = add_lines(fields, n, out.pieces[i]);
    x->state = EX_REPLY;
    x->page = p;
    x->body = out.body;
    x->file_at = out.file_at;
    x->file_left = out.file_left;
    x->began = now_of(c);
    access_note(c->lane, rq, p, out.status, (int64_t)out.body.n + out.file_left, began);
    if (nghttp2_submit_response(
            c->h2->session, x->id, fields, n,
            out.body.n > 0 || out.file_left > 0 || stream_is_open(&x->stream) ? &body : NULL) != 0)
        c->h2->dead = true;
}

static void refuse(struct conn *c, struct exchange *x, int status)
{
    struct request nobody = {.raw_path = S("-")};
    struct task *t = x->task;

    x->task = NULL;
    reply(c, x, t != NULL ? &t->rq : &nobody, conn_refusal(c->lane, status), now_of(c));
    if (t != NULL)
        task_free(t);
}

/* --- tasks --- */

static struct exchange *first_waiting(const struct h2 *h)
{
    struct exchange *first = NULL;

    for (struct exchange *x = h->exchanges; x != NULL; x = x->next)
        if (x->state == EX_WAIT)
            first = x;
    return first;
}

/* Let tasks that wait go to desks, as many as may be there. */
static void pump(struct conn *c)
{
    struct h2 *h = c->h2;
    struct exchange *x;

    while (h->waiting > 0 && c->work->away < AT_DESK && h->weight < PRIVATE_MAX &&
           (x = first_waiting(h)) != NULL) {
        struct task *t = x->task;
        struct page *instead = task_take(t);

        h->waiting--;
        if (instead == NULL) {
            x->state = EX_DESK;
            c->work->away++;
            continue;
        }
        x->task = NULL;
        reply(c, x, &t->rq, instead, t->began);
        task_free(t);
    }
}

/* A reply stays open; of too many on one connection the newest is refused. */
static void begin_stream(struct conn *c, struct exchange *x, struct task *t, struct page **p)
{
    if (c->h2->open >= OPEN_MAX || c->lane->stopping) {
        page_drop(p);
        *p = page_hold(c->lane->server->busy[0]);
        return;
    }
    stream_begin(c->lane, &x->stream, &t->rq.booking, true);
    c->h2->open++;
}

void h2_resume(struct stream *s)
{
    const struct exchange *x = OWNER(exchange, s, stream);

    nghttp2_session_resume_data(x->conn->h2->session, x->id);
    conn_soon(x->conn);
}

/* All that is still said is when to come back. */
static void end_stream(struct conn *c, struct exchange *x)
{
    bool between = x->body.n == 0 && stream_waits(&x->stream) == 0;

    c->h2->open--;
    stream_drop(c->lane, &x->stream);
    if (between)
        x->body = str_of(x->last_words,
                         (size_t)stream_last_words(x->last_words, sizeof x->last_words, x));
    nghttp2_session_resume_data(c->h2->session, x->id);
}

void h2_answered(struct task *t)
{
    struct conn *c = t->conn;
    struct exchange *x = t->exchange;
    struct page *p = t->rq.reply;

    t->rq.reply = NULL;
    c->work->away--;
    if (x != NULL) {
        x->task = NULL;
        if (t->rq.booking != NULL)
            begin_stream(c, x, t, &p);
        x->weight = page_bytes(p);
        c->h2->weight += x->weight;
        reply(c, x, &t->rq, p, t->began);
    } else {
        page_drop(&p);
    }
    task_free(t);
    if (c->state == H2_STATE)
        pump(c);
    conn_drive(c);
}

/* --- requests --- */

/* The whole request is there, or as much of it as its answer needs. */
static void to_desk(struct conn *c, struct exchange *x)
{
    x->state = EX_WAIT;
    c->h2->waiting++;
    pump(c);
}

static void begin_body(struct conn *c, struct exchange *x, const struct h1_head *head)
{
    static nghttp2_nv go_on[] = {
        {(uint8_t *)(uintptr_t) ":status", (uint8_t *)(uintptr_t) "100", 7, 3, 0}};
    struct task *t = x->task;

    if (t->rq.route == NULL) { /* the answer is no whatever the body says */
        to_desk(c, x);
        return;
    }
    if (head->length > t->body_max) {
        refuse(c, x, 413);
        return;
    }
    x->state = EX_BODY;
    t->body_began = now_of(c);
    if (head->expect_continue)
        nghttp2_submit_headers(c->h2->session, NGHTTP2_FLAG_NONE, x->id, NULL, go_on, 1, NULL);
}

static void answer(struct conn *c, struct exchange *x, struct h2_head *h)
{
    struct lane *l = c->lane;
    struct request *rq = &l->rq;
    enum fill filled =
        fill_request(rq, c, &h->head, h->bytes, (struct fill_room){l->headers, l->path, l->host});

    rq->id = ++l->last_id * (uint64_t)l->server->lane_n + (uint64_t)l->number;
    atomic_fetch_add_explicit(&l->requests, 1, memory_order_relaxed);
    if (filled == FILL_WRONG) {
        refuse(c, x, 400);
        return;
    }

    struct page *p = conn_known_page(c, filled, !x->asked);

    if (p != NULL) {
        reply(c, x, rq, p, now_of(c));
        return;
    }
    x->task = task_new(c, &h->head, h->bytes, filled);
    x->task->by_h2 = true;
    x->task->exchange = x;
    if (x->asked)
        to_desk(c, x);
    else
        begin_body(c, x, &h->head);
}

/* The head of a request has ended. */
static void head_is_whole(struct conn *c, struct exchange *x)
{
    struct h2_head *h = c->h2->draft;

    c->h2->draft = NULL;
    if (h2_head_end(h, x->asked))
        answer(c, x, h);
    else if (h->head.status == 400)
        reset(c, x, NGHTTP2_PROTOCOL_ERROR);
    else
        refuse(c, x, h->head.status);
    free(h);
}

/* --- what nghttp2 tells --- */

static bool is_request(const nghttp2_frame *f)
{
    return f->hd.type == NGHTTP2_HEADERS && f->headers.cat == NGHTTP2_HCAT_REQUEST;
}

static int on_begin_headers(nghttp2_session *session, const nghttp2_frame *f, void *of)
{
    struct conn *c = of;
    struct h2 *h = c->h2;

    if (!is_request(f))
        return 0;
    if (h->draft == NULL)
        h->draft = malloc(sizeof *h->draft);
    must(h->draft != NULL);
    h2_head_start(h->draft);
    nghttp2_session_set_stream_user_data(session, f->hd.stream_id,
                                         exchange_new(c, f->hd.stream_id));
    return 0;
}

static int on_header(nghttp2_session *session, const nghttp2_frame *f, const uint8_t *name,
                     size_t name_n, const uint8_t *value, size_t value_n, uint8_t flags, void *of)
{
    struct conn *c = of;
    struct h2_head *draft = c->h2->draft;

    (void)session;
    (void)flags;
    if (!is_request(f) || draft == NULL) /* trailers are dropped */
        return 0;
    h2_head_add(draft, str_of((const char *)name, name_n), str_of((const char *)value, value_n));
    if (draft->listed <= HEADERS_HARD)
        return 0;
    be_calm(c, H2_HEADERS);
    return NGHTTP2_ERR_PAUSE;
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *f, void *of)
{
    struct conn *c = of;
    struct exchange *x = exchange_of(c, f->hd.stream_id);

    if (f->hd.type == NGHTTP2_PING && f->hd.flags & NGHTTP2_FLAG_ACK && c->lane->stopping &&
        !c->h2->last_said) { /* it has heard that we stop */
        c->h2->last_said = true;
        nghttp2_submit_goaway(session, NGHTTP2_FLAG_NONE,
                              nghttp2_session_get_last_proc_stream_id(session), NGHTTP2_NO_ERROR,
                              NULL, 0);
    }
    if (x == NULL || (f->hd.type != NGHTTP2_HEADERS && f->hd.type != NGHTTP2_DATA))
        return 0;
    x->asked |= (f->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    if (is_request(f) && c->h2->draft != NULL)
        head_is_whole(c, x);
    else if (x->asked && x->state == EX_BODY)
        to_desk(c, x);
    return 0;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t id, const uint8_t *data,
                   size_t n, void *of)
{
    struct conn *c = of;
    struct exchange *x = exchange_of(c, id);

    (void)flags;
    nghttp2_session_consume_connection(session, n);
    if (x == NULL || x->state != EX_BODY)
        return 0;
    nghttp2_session_consume_stream(session, id, n);

    int wrong = task_add_body(x->task, str_of((const char *)data, n));

    if (wrong != 0)
        refuse(c, x, wrong);
    return 0;
}

static int on_close(nghttp2_session *session, int32_t id, uint32_t error, void *of)
{
    struct conn *c = of;
    struct exchange *x = exchange_of(c, id);

    (void)error;
    if (x == NULL)
        return 0;
    nghttp2_session_set_stream_user_data(session, id, NULL);
    exchange_free(c, x);
    return 0;
}

static int on_sent(nghttp2_session *session, const nghttp2_frame *f, void *of)
{
    struct conn *c = of;
    struct exchange *x = exchange_of(c, f->hd.stream_id);

    (void)session;
    if (f->hd.type == NGHTTP2_RST_STREAM && f->rst_stream.error_code != NGHTTP2_NO_ERROR &&
        !h2_budget_spend(&c->h2->budget, H2_PROVOKED, now_of(c)))
        be_calm(c, H2_PROVOKED);
    if (x != NULL && f->hd.flags & NGHTTP2_FLAG_END_STREAM &&
        (f->hd.type == NGHTTP2_DATA || f->hd.type == NGHTTP2_HEADERS)) {
        x->said = true;
        x->began = now_of(c);
    }
    return 0;
}

/* A head that could not be written leaves nobody waiting. */
static int on_not_sent(nghttp2_session *session, const nghttp2_frame *f, int error, void *of)
{
    (void)error;
    (void)of;
    if (f->hd.type == NGHTTP2_HEADERS)
        nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, f->hd.stream_id,
                                  NGHTTP2_INTERNAL_ERROR);
    return 0;
}

/* --- the connection --- */

static nghttp2_session_callbacks *callbacks;
static nghttp2_option *option;

[[gnu::constructor]] static void make_callbacks(void)
{
    must(nghttp2_session_callbacks_new(&callbacks) == 0 && nghttp2_option_new(&option) == 0);
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin_headers);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, on_sent);
    nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks, on_not_sent);
    nghttp2_session_callbacks_set_send_data_callback(callbacks, send_data);
    nghttp2_option_set_no_closed_streams(option, 1);
    nghttp2_option_set_no_auto_window_update(option, 1);
    nghttp2_option_set_max_outbound_ack(option, 100);
    nghttp2_option_set_max_continuations(option, H2_CONTINUATIONS_MAX);
}

[[gnu::destructor]] static void free_callbacks(void)
{
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_option_del(option);
}

void h2_begin(struct conn *c)
{
    static const nghttp2_settings_entry settings[] = {
        {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, STREAMS_MAX},
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, WINDOW},
        {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, H1_HEAD_MAX},
        {NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1},
    };
    nghttp2_mem memory = {c->lane, piece_new, piece_free, piece_zeroed, piece_resized};
    struct h2 *h = calloc(1, sizeof *h);

    must(h != NULL);
    h->calm = H2_COSTS;
    h2_budget_start(&h->budget, now_of(c));
    must(nghttp2_session_server_new3(&h->session, callbacks, c, option, &memory) == 0);
    c->h2 = h;
    c->state = H2_STATE;
    nghttp2_submit_settings(h->session, NGHTTP2_FLAG_NONE, settings, LENGTH(settings));
    nghttp2_session_set_local_window_size(h->session, NGHTTP2_FLAG_NONE, 0, CONN_WINDOW);
    if (c->lane->stopping)
        h2_stop(c);
}

void h2_drop(struct conn *c)
{
    struct h2 *h = c->h2;

    if (h == NULL)
        return;
    h->ending = true;
    while (h->exchanges != NULL)
        exchange_free(c, h->exchanges);
    nghttp2_session_del(h->session);
    free(h->draft);
    free(h->left);
    free(h);
    c->h2 = NULL;
}

bool h2_is_idle(const struct conn *c)
{
    return c->state == H2_STATE && c->h2->exchange_n == 0;
}

/* Bytes that came. */
static void take_bite(struct conn *c, str bytes)
{
    struct h2 *h = c->h2;
    enum h2_cost over = h2_budget_read(&h->budget, bytes, now_of(c));

    if (over != H2_COSTS) {
        be_calm(c, over);
        return;
    }

    ssize_t used = nghttp2_session_mem_recv(h->session, (const uint8_t *)bytes.p, bytes.n);

    if (used == NGHTTP2_ERR_FLOODED)
        be_calm(c, H2_STRANGE);
    else if (used < 0)
        end(c, NGHTTP2_PROTOCOL_ERROR);
}

/* Of the `n` bytes of the lane as many as are for this turn; the rest is kept.  True: all. */
static bool take(struct conn *c, size_t n)
{
    const struct lane *l = c->lane;
    uint64_t first = l->last_id;
    str bytes = str_of(l->bytes, n);

    while (bytes.n > 0 && !c->h2->ending) {
        if (l->last_id - first >= REQUESTS_A_TURN) {
            conn_stash(c, bytes.p, bytes.n, NULL);
            return false;
        }
        take_bite(c, str_to(bytes, BITE));
        bytes = str_from(bytes, BITE);
    }
    return true;
}

/* Write; and end what has nothing more to say or hear.  False: wait. */
static bool settle(struct conn *c)
{
    struct h2 *h = c->h2;
    bool flushed = flush(c);

    if (h->waiting > 0 && !h->dead) { /* what went out made room */
        pump(c);
        flushed = flushed && flush(c);
    }
    if (h->dead) {
        conn_close(c);
        return false;
    }
    if (flushed && !nghttp2_session_want_read(h->session) &&
        !nghttp2_session_want_write(h->session)) {
        c->keep = false;
        conn_answered(c);
        return false;
    }
    return flushed;
}

/* False when nothing came, or as much as one turn has. */
static bool read_on(struct conn *c)
{
    ptrdiff_t n = (ptrdiff_t)conn_unstash(c);

    if (n == 0)
        n = conn_read(c, c->lane->bytes, READ_SIZE);
    return n > 0 && take(c, (size_t)n);
}

/* What came is read before more is written, so that one record has the answers to all of it. */
bool h2_drive(struct conn *c)
{
    bool more, go_on = put_left(c);
    int reads = 0;

    do {
        more = go_on && reads++ < READS_A_TURN && read_on(c);
        if (c->state != H2_STATE)
            return true;
        go_on = settle(c);
    } while (more);
    if (go_on && (c->readable || c->work->rest != NULL))
        conn_again(c);
    return c->state != H2_STATE;
}

/* Say that we stop; the other side answers when it has heard it, and begins no more. */
void h2_stop(struct conn *c)
{
    c->readable = true;
    nghttp2_submit_shutdown_notice(c->h2->session);
    nghttp2_submit_ping(c->h2->session, NGHTTP2_FLAG_NONE, NULL);
    for (struct exchange *x = c->h2->exchanges; x != NULL; x = x->next)
        if (stream_is_open(&x->stream))
            end_stream(c, x);
    if (c->h2->exchange_n == 0)
        conn_wait_until(c, now_of(c) + LINGER_US);
}

/* --- patience --- */

/* Does the other side let a reply wait, rather than we? */
static bool is_held_back(const struct conn *c, const struct exchange *x)
{
    nghttp2_session *s = c->h2->session;

    return nghttp2_session_get_stream_remote_window_size(s, x->id) <= 0 ||
           nghttp2_session_get_remote_window_size(s) <= 0;
}

/* True: it has moved too little for too long. */
static bool reply_stalls(const struct conn *c, struct exchange *x, int64_t now)
{
    const struct server_limits *l = &c->lane->server->o.limits;
    int64_t went = x->moved - x->mark;

    if (now < x->began + l->send_ms * 1000)
        return false;
    x->mark = x->moved;
    x->began = now;
    if (stream_is_open(&x->stream))
        return went == 0 && stream_waits(&x->stream) > 0 && is_held_back(c, x);
    return went < l->send_bytes_per_s * l->send_ms / 1000 && is_held_back(c, x);
}

static void exchange_due(struct conn *c, struct exchange *x, int64_t now, int *stalled)
{
    switch (x->state) {
    case EX_HEAD:
        if (now >= x->began + c->lane->server->o.limits.head_ms * 1000)
            be_calm(c, H2_STALLS);
        break;
    case EX_BODY:
        if (task_is_slow(x->task, now))
            refuse(c, x, 408);
        break;
    case EX_REPLY:
        if (x->said && now >= x->began + RATE_CHECK_US)
            reset(c, x, NGHTTP2_NO_ERROR);
        else if (!x->said && reply_stalls(c, x, now)) {
            *stalled += 1;
            reset(c, x, NGHTTP2_CANCEL);
        }
        break;
    default:
        break;
    }
}

/* Takes the other side nothing at all of what lies ready? */
static bool socket_stalls(struct conn *c)
{
    bool stalls = c->h2->left != NULL && c->work->sent == c->work->sent_mark;

    c->work->sent_mark = c->work->sent;
    return stalls;
}

void h2_due(struct conn *c, int64_t now)
{
    struct h2 *h = c->h2;
    int stalled = 0;

    if (h->ending || (h->exchange_n == 0 && h->left != NULL)) {
        conn_close(c); /* it had its time to go */
        return;
    }
    if (h->exchange_n == 0) {
        end(c, NGHTTP2_NO_ERROR);
        return;
    }
    for (struct exchange *x = h->exchanges; x != NULL; x = x->next)
        exchange_due(c, x, now, &stalled);
    if (stalled > STALLED_MAX)
        be_calm(c, H2_STALLS);
    if (now >= h->looked + c->lane->server->o.limits.send_ms * 1000) {
        h->looked = now;
        if (socket_stalls(c)) {
            conn_close(c);
            return;
        }
    }
    if (!h->ending) /* open replies alone need no look so often */
        conn_wait_until(c,
                        now + (h->open == h->exchange_n ? c->lane->server->o.limits.send_ms * 1000
                                                        : RATE_CHECK_US));
}
