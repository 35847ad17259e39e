#include "http/stream.h"

#include "base/hash.h"
#include "http/inside.h"
#include "http/reply.h"

#include <stdio.h>
#include <stdlib.h>

struct frame {
    atomic_int holds;
    int64_t number;
    size_t n;
    const char *bytes;
    struct stream_topics topics;
    stream_topic texts[]; /* the topics, then the bytes */
};

enum { NOBODY = 0, SHARE = 10 }; /* beyond half of all none has more than a tenth */

/* What one stream has not taken yet: a ring.  `sent` bytes of the first are gone already. */
struct backlog {
    size_t first, n, sent, bytes;
    struct frame *frames[STREAM_FRAMES_MAX];
};

/* All streams of a lane that listen to the same. */
struct audience {
    struct audience *next; /* of those whose topics hash alike */
    struct stream **streams;
    uint32_t n, room;
    struct stream_topics topics;
    stream_topic texts[];
};

/* A place among those that listen, taken at a desk; it is counted until the stream ends. */
struct booking {
    int64_t after;
    uint16_t holder;
    struct stream_topics topics;
    stream_topic texts[];
};

/* --- frames --- */

struct frame *frame_new(int64_t number, struct stream_topics topics, str bytes)
{
    size_t listed = topics.n * sizeof *topics.v;
    struct frame *f = malloc(sizeof *f + listed + bytes.n);

    must(f != NULL);
    f->holds = 1;
    f->number = number;
    f->n = bytes.n;
    if (listed > 0)
        memcpy(f->texts, topics.v, listed);
    f->topics = (struct stream_topics){f->texts, topics.n};
    f->bytes = memcpy((char *)f->texts + listed, bytes.p, bytes.n);
    return f;
}

static struct frame *frame_hold(struct frame *f)
{
    atomic_fetch_add_explicit(&f->holds, 1, memory_order_relaxed);
    return f;
}

void frame_drop(struct frame **f)
{
    struct frame *mine = *f;

    *f = NULL;
    if (mine != NULL && atomic_fetch_sub_explicit(&mine->holds, 1, memory_order_acq_rel) == 1)
        free(mine);
}

/* --- audiences --- */

static bool listens(const struct audience *a, const struct frame *f)
{
    for (size_t i = 0; i < f->topics.n; i++)
        for (size_t k = 0; k < a->topics.n; k++)
            if (f->topics.v[i] == a->topics.v[k])
                return true;
    return false;
}

static str bytes_of(struct stream_topics topics)
{
    return str_of((const char *)topics.v, topics.n * sizeof *topics.v);
}

/* Where theirs is, or belongs. */
static struct audience **audience_of(struct lane *l, struct stream_topics topics)
{
    struct audience **at = &l->audiences[hash_of(bytes_of(topics)) % AUDIENCES];

    while (*at != NULL && !str_eq(bytes_of((*at)->topics), bytes_of(topics)))
        at = &(*at)->next;
    return at;
}

static struct audience *new_audience(struct stream_topics topics)
{
    str bytes = bytes_of(topics);
    struct audience *a = malloc(sizeof *a + bytes.n);

    must(a != NULL);
    *a = (struct audience){.topics = {a->texts, topics.n}};
    memcpy(a->texts, bytes.p, bytes.n);
    return a;
}

static void set_room(struct audience *a, uint32_t room)
{
    a->room = room;
    a->streams = realloc(a->streams, room * sizeof(struct stream *));
    must(a->streams != NULL);
}

static void join(struct lane *l, struct stream *s, struct stream_topics topics)
{
    struct audience **at = audience_of(l, topics);
    struct audience *a = *at != NULL ? *at : (*at = new_audience(topics));

    if (a->n == a->room)
        set_room(a, a->room > 0 ? a->room * 2 : 2);
    s->audience = a;
    s->place = a->n;
    a->streams[a->n++] = s;
    l->listening++;
}

/* The last one takes its place. */
static void leave(struct lane *l, struct stream *s)
{
    struct audience *a = s->audience, **at;

    s->audience = NULL;
    l->listening--;
    a->streams[s->place] = a->streams[--a->n];
    a->streams[s->place]->place = s->place;
    if (a->n == 0) {
        at = audience_of(l, a->topics);
        *at = a->next;
        free(a->streams);
        free(a);
    } else if (a->n < a->room / 4) {
        set_room(a, a->room / 2);
    }
}

bool stream_is_open(const struct stream *s)
{
    return s->audience != NULL;
}

static struct conn *conn_of(struct stream *s)
{
    return s->by_h2 ? NULL : OWNER(conn, s, stream);
}

/* --- what waits for one --- */

static struct frame **place(struct backlog *b, size_t i)
{
    return &b->frames[(b->first + i) % STREAM_FRAMES_MAX];
}

static void forget(struct stream *s, size_t keep)
{
    struct backlog *b = s->backlog;

    while (b->n > keep) {
        struct frame **last = place(b, --b->n);

        b->bytes -= (*last)->n;
        frame_drop(last);
    }
}

static void put(struct backlog *b, struct frame *f)
{
    *place(b, b->n++) = frame_hold(f);
    b->bytes += f->n;
}

/* Beyond the room all is lost but what is half sent, and "lost" is said in its stead, once.  Over
 * TLS nobody knows what is half sent: false, the connection is to end. */
static bool enqueue(struct lane *l, struct stream *s, struct frame *f)
{
    const struct conn *c = conn_of(s);
    struct frame *lost = l->server->lost;
    struct backlog *b = s->backlog;

    if (b == NULL) {
        b = s->backlog = malloc(sizeof *b);
        must(b != NULL);
        *b = (struct backlog){0};
    }
    if (b->n > 0 && *place(b, b->n - 1) == lost)
        return true;
    if (b->n + 1 < STREAM_FRAMES_MAX && b->bytes + f->n <= STREAM_BYTES_MAX) {
        put(b, f);
        return true;
    }
    if (c != NULL && c->tls != NULL && c->state == STREAM_STATE)
        return false;
    forget(s, b->sent > 0 ? 1 : 0);
    put(b, lost);
    return true;
}

void stream_took(struct stream *s, size_t n)
{
    struct backlog *b = s->backlog;

    b->sent += n;
    while (b->n > 0 && b->sent >= (*place(b, 0))->n) {
        b->sent -= (*place(b, 0))->n;
        b->bytes -= (*place(b, 0))->n;
        frame_drop(place(b, 0));
        b->first = (b->first + 1) % STREAM_FRAMES_MAX;
        b->n--;
    }
    if (b->n > 0)
        return;
    free(b);
    s->backlog = NULL;
}

size_t stream_waits(const struct stream *s)
{
    return s->backlog != NULL ? s->backlog->bytes - s->backlog->sent : 0;
}

str stream_piece(const struct stream *s)
{
    const struct frame *f = *place(s->backlog, 0);

    return str_of(f->bytes + s->backlog->sent, f->n - s->backlog->sent);
}

/* How long the other side may take nothing. */
static int64_t send_us(const struct conn *c)
{
    return c->lane->server->o.limits.send_ms * 1000;
}

static void flush(struct conn *c)
{
    struct backlog *b = c->stream.backlog;
    struct iovec v[STREAM_FRAMES_MAX];

    if (b == NULL)
        return;

    for (size_t i = 0; i < b->n; i++) {
        size_t from = i == 0 ? b->sent : 0;

        v[i] = (struct iovec){(void *)(uintptr_t)((*place(b, i))->bytes + from),
                              (*place(b, i))->n - from};
    }

    ssize_t n = send_bytes(c, v, b->n, false);

    if (n < 0) {
        conn_close(c);
        return;
    }
    stream_took(&c->stream, (size_t)n);
    if (c->stream.backlog == NULL) {
        c->work->deadline = TIME_NEVER;
    } else if (c->work->deadline == TIME_NEVER) {
        c->work->sent_mark = c->work->sent;
        conn_wait_until(c, loop_ticks(c->lane->loop) + send_us(c));
    }
}

static void say(struct lane *l, struct stream *s, struct frame *f)
{
    struct conn *c = conn_of(s);
    bool has_room = enqueue(l, s, f);

    if (c == NULL) {
        h2_resume(s);
        return;
    }
    if (!has_room)
        conn_close(c);
    conn_drive(c);
}

/* To each audience of the lane.  Whoever is told something may end by it, but nobody else does. */
static void tell_all(struct lane *l, struct frame *f,
                     void (*tell)(struct lane *l, struct audience *a, struct frame *f))
{
    for (size_t i = 0; i < AUDIENCES; i++)
        for (struct audience *a = l->audiences[i], *next; a != NULL; a = next) {
            next = a->next;
            tell(l, a, f);
        }
}

/* --- of a lane --- */

static struct lane *lane_of_beat(struct timer *t)
{
    return OWNER(lane, t, beat_timer);
}

/* One that takes up again goes on behind what was told of others, too. */
static void tell_how_far(struct lane *l)
{
    const struct frame *last = l->recent[(l->recent_at + RECENT_FRAMES - 1) % RECENT_FRAMES];
    char text[80];
    int n;

    if (last == NULL || (l->alive != NULL && l->alive->number == last->number))
        return;
    n = snprintf(text, sizeof text, "id: %lld\nevent: beat\ndata: {}\n\n", (long long)last->number);
    frame_drop(&l->alive);
    l->alive = frame_new(last->number, (struct stream_topics){0}, str_of(text, (size_t)n));
}

static void tell_that_we_live(struct lane *l, struct audience *a, struct frame *how_far)
{
    for (size_t i = a->n; i-- > 0;) {
        struct stream *s = a->streams[i];

        if (s->beat == l->beat && s->backlog == NULL)
            say(l, s, how_far != NULL && how_far->number >= s->after ? how_far : l->server->alive);
    }
}

static void beat(struct timer *t)
{
    struct lane *l = lane_of_beat(t);

    tell_how_far(l);
    l->beat = (l->beat + 1) % BEATS;
    tell_all(l, l->alive, tell_that_we_live);
    if (l->listening > 0)
        timer_set(l->loop, t, loop_ticks(l->loop) + SECOND_US);
}

void streams_open(struct lane *l)
{
    l->beat_timer.run = beat;
}

void streams_close(struct lane *l)
{
    for (size_t i = 0; i < RECENT_FRAMES; i++)
        frame_drop(&l->recent[i]);
    frame_drop(&l->alive);
}

static void remember(struct lane *l, struct frame *f)
{
    struct frame **old = &l->recent[l->recent_at];

    if (*old != NULL)
        l->forgotten = (*old)->number;
    frame_drop(old);
    *old = frame_hold(f);
    l->recent_at = (l->recent_at + 1) % RECENT_FRAMES;
}

/* A frame on its way to one lane. */
struct saying {
    struct message message;
    struct lane *lane;
    struct frame *frame;
};

static void tell(struct lane *l, struct audience *a, struct frame *f)
{
    if (!listens(a, f))
        return;
    for (size_t i = a->n; i-- > 0;)
        if (f->number > a->streams[i]->after)
            say(l, a->streams[i], f);
}

static void hear(struct message *m)
{
    struct saying *it = (struct saying *)m;
    struct lane *l = it->lane;

    tell_all(l, it->frame, tell);
    remember(l, it->frame);
    frame_drop(&it->frame);
    free(it);
}

void server_say(struct server *s, struct frame *f)
{
    for (int i = 0; i < s->lane_n; i++) {
        struct saying *it = malloc(sizeof *it);

        must(it != NULL);
        *it = (struct saying){{.run = hear}, &s->lanes[i], frame_hold(f)};
        inbox_put(loop_inbox(s->lanes[i].loop), &it->message);
    }
}

/* --- of a connection --- */

void stream_begin(struct lane *l, struct stream *s, struct booking **out, bool by_h2)
{
    struct booking *b = *out;

    *out = NULL;
    *s = (struct stream){.after = b->after, .holder = b->holder, .by_h2 = by_h2};
    s->beat = (uint8_t)((uint64_t)(b->after + l->conn_n) % BEATS);
    join(l, s, b->topics);
    free(b);
    if (l->beat_timer.place == 0)
        timer_set(l->loop, &l->beat_timer, loop_ticks(l->loop) + SECOND_US);
    if (l->forgotten > s->after)
        must(enqueue(l, s, l->server->lost));
    for (size_t i = 0; i < RECENT_FRAMES; i++) {
        struct frame *f = l->recent[(l->recent_at + i) % RECENT_FRAMES];

        if (f != NULL && f->number > s->after && listens(s->audience, f))
            must(enqueue(l, s, f));
    }
}

/* What the other side says is of no matter, but that it is still there. */
bool stream_more(struct conn *c)
{
    flush(c);
    for (int reads = 0; reads < READS_A_TURN && c->state == STREAM_STATE; reads++)
        if (conn_read(c, c->lane->bytes, READ_SIZE) == 0)
            return false;
    if (c->state == STREAM_STATE)
        conn_close(c);
    return true;
}

void stream_due(struct conn *c, int64_t now)
{
    if (c->stream.backlog == NULL)
        return;
    if (c->work->sent == c->work->sent_mark) {
        conn_close(c);
        return;
    }
    c->work->sent_mark = c->work->sent;
    conn_wait_until(c, now + send_us(c));
}

static void give_back(struct server *server, uint16_t holder)
{
    atomic_fetch_sub(&server->held[holder], 1);
    atomic_fetch_sub(&server->stream_n, 1);
}

void booking_drop(struct server *server, struct booking **b)
{
    if (*b != NULL)
        give_back(server, (*b)->holder);
    free(*b);
    *b = NULL;
}

void stream_drop(struct lane *l, struct stream *s)
{
    if (!stream_is_open(s))
        return;
    leave(l, s);
    give_back(l->server, s->holder);
    if (s->backlog != NULL)
        forget(s, 0);
    free(s->backlog);
    s->backlog = NULL;
}

/* The last words: come back, and not all at one moment, so that whoever comes next is not run over.
 */
int stream_last_words(char *to, size_t room, const void *of)
{
    enum { FIRST_MS = 500, SPREAD_MS = 8000 };
    unsigned spread = (unsigned)((uintptr_t)of >> 6) * 2654435761u;

    return snprintf(to, room, "retry: %u\n\n", FIRST_MS + spread % SPREAD_MS);
}

void stream_goodbye(struct conn *c)
{
    char line[STREAM_LAST_WORDS];
    int n = stream_last_words(line, sizeof line, c);
    struct iovec v = {line, (size_t)n};

    conn_work(c);
    if (c->stream.backlog == NULL && send_bytes(c, &v, 1, false) < 0) {
        conn_close(c);
        return;
    }
    stream_drop(c->lane, &c->stream);
    conn_answered(c);
}

/* --- the reply --- */

static err take(struct server *server, uint16_t holder, note *why)
{
    int most = server->o.limits.streams;
    int all = atomic_fetch_add(&server->stream_n, 1);
    int theirs = atomic_fetch_add(&server->held[holder], 1);
    bool has_share = holder == NOBODY || all < most / 2 || theirs < most / SHARE;

    if (all < most && has_share)
        return OK;
    give_back(server, holder);
    return all < most ? fail(why, E_BUSY, "%d streams are open, %d for this address", all, theirs)
                      : fail(why, E_BUSY, "%d streams are open", most);
}

err reply_stream(struct request *rq, struct stream_topics topics, int64_t after, str first,
                 str holder)
{
    struct server *server = OWNER(task, rq, rq)->server;
    uint16_t number = holder.n > 0 ? (uint16_t)(1 + hash_of(holder) % (HOLDERS - 1)) : NOBODY;
    struct booking *b;

    must(topics.n <= STREAM_TOPICS_MAX);
    if (rq->method == HEAD)
        return reply_open(rq, S("text/event-stream"), S(""));
    TRY(take(server, number, &rq->note));
    b = malloc(sizeof *b + topics.n * sizeof *topics.v);
    must(b != NULL);
    *b = (struct booking){after, number, {b->texts, topics.n}};
    memcpy(b->texts, topics.v, topics.n * sizeof *topics.v);
    booking_drop(server, &rq->booking);
    rq->booking = b;
    return reply_open(rq, S("text/event-stream"), first);
}
