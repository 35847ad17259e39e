/*
 * inside.h - the server's own structures: lanes (a loop thread each), connections, tasks.
 *
 * A connection belongs to its lane's thread for life.  While a task of it is at a desk the task
 * belongs to the desk thread, and comes back through the lane's inbox; a connection that ends
 * meanwhile is kept, GONE, until then.
 *
 *   [HANDSHAKE ->] HEAD -> [BODY] -> DESK -> SEND -> HEAD ...
 *                  (HEAD -> SEND where the loop knows the page)
 *   DESK -> SEND -> STREAM (a reply that stays open)
 *   HANDSHAKE -> H2    (many requests side by side: h2.c)
 *   any  -> LINGER (all is said; the other side is read until it ends, two seconds or 2 MB at the
 *           most) -> GONE
 */
#ifndef HTTP_INSIDE_H
#define HTTP_INSIDE_H

#include "http/h1_parse.h"
#include "http/load.h"
#include "http/page_parts.h"
#include "http/server.h"
#include "http/slow.h"
#include "http/stream.h"
#include "loop/desk.h"
#include "loop/loop.h"
#include "loop/tls.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <sys/uio.h>

enum {
    READ_SIZE = H1_HEAD_MAX,
    READS_A_TURN = 8, /* then the other connections have theirs */
    STEPS_A_TURN = 4,
    LOG_ROOM = 64 * 1024,
    LINGER_US = 2 * 1000 * 1000,
    LINGER_BYTES = 2 << 20, /* more than a piece of an upload, which may be on its way */
    RATE_CHECK_US = 5 * 1000 * 1000,
    RECENT_FRAMES =
        256,    /* of two loops that hear of a new stream and of a frame, either is first */
    BEATS = 20, /* each stream gives a sign of life once in so many seconds */
    REFUSALS = 9,
    HOLDERS = 4096,  /* streams are counted by a short number of their holder's name */
    AUDIENCES = 512, /* lists of them, by what they listen to */
    BUSY_PAGES = LOAD_LATER_MOST_S - LOAD_LATER_LEAST_S + 1,
};

/* What a part lies in, from the part's address. */
#define OWNER(type, member_p, member)                                                              \
    ((struct type *)((char *)(member_p)-offsetof(struct type, member)))

/* How a reply ends; the lines after the page's own, ready made each second. */
enum ending { END_KEEP, END_CLOSE, END_KEEP_10, ENDINGS };
enum { TAIL_ROOM = 1536 };

struct conn;

struct lane {
    struct server *server;
    struct loop *loop;
    pthread_t thread;
    int number;
    struct watch listener, tls_listener;
    struct conn *conns;
    int spare; /* a file descriptor kept for when there are no more */
    int conn_n;
    bool stopping, retiring; /* retiring: another process goes on */
    struct timer stop_timer, log_timer, beat_timer;
    struct message stop_message, hurry_message, room_message;
    atomic_bool is_to_make_room; /* another lane has none left that waits */
    uint64_t last_id;
    atomic_llong requests, looked_up, refused;

    struct audience *audiences[AUDIENCES];
    int listening, beat;
    struct frame *recent[RECENT_FRAMES]; /* a ring */
    size_t recent_at;
    int64_t forgotten;   /* the number of the last frame that fell out of it */
    struct frame *alive; /* a sign of life that says how far all is told; NULL: nothing was */

    /* one head at a time is read and answered here */
    struct h1_head head;
    struct request rq;
    struct header headers[H1_FIELDS_MAX];
    char host[H1_HEAD_MAX];
    char path[H1_TARGET_MAX];
    char bytes[READ_SIZE];
    struct h2_block *blocks; /* large pieces of memory that HTTP/2 gave back */
    int block_n;
    char record[TLS_RECORD]; /* what goes out together, where it lies in several places */

    int64_t tails_at; /* the second they tell */
    struct tail {
        size_t n;
        char text[TAIL_ROOM];
    } tails[2][OWNS][ENDINGS]; /* [by https only][what the page brings itself][ending] */

    int64_t log_at; /* the millisecond that the begin of a line tells */
    size_t log_begin_n, log_n;
    char log_begin[128];
    char log[LOG_ROOM];
};

struct server {
    struct server_options o;
    clock_source machine_clock;
    arena *arena;
    struct route_table *routes;
    struct desk *desk;
    struct page *busy[BUSY_PAGES], *refused[REFUSALS]; /* what the loops say by themselves; the
                                                          first one second apart (load.h) */
    struct frame *alive, *lost;                        /* a sign of life; "you missed something" */
    atomic_int conn_n, stream_n, held[HOLDERS];
    atomic_size_t body_bytes;
    struct slow_list slow;
    pthread_mutex_t load_lock; /* over it; only for what goes to a desk */
    struct load load;
    atomic_bool is_loaded; /* somebody is refused just now for how long others wait */
    int listener, port;
    int tls_listener, tls_port; /* -1, 0: there is none */
    bool retiring;              /* how the lanes stop that are told to */
    int lane_n;
    struct lane *lanes;
    atomic_int lanes_at_work;
    int all_ended; /* can be read from when none is */
};

enum conn_state {
    HANDSHAKE_STATE,
    HEAD_STATE,
    BODY_STATE,
    DESK_STATE,
    SEND_STATE,
    STREAM_STATE,
    H2_STATE,
    LINGER_STATE,
    GONE_STATE
};

/* Bytes that came but are not yet read. */
struct rest {
    size_t n;
    struct h1_head head; /* as far as these were read */
    char bytes[];
};

/* What the other side did not take yet. */
struct output {
    struct page *page;
    str body; /* in the page */
    int64_t file_at, file_left;
    size_t head_n, head_at; /* what is left of the heads */
    char head[];
};

/* One open reply that listens; it lies in the connection or exchange that it is the reply of. */
struct stream {
    struct audience *audience; /* NULL: there is none */
    struct backlog *backlog;   /* NULL: nothing waits */
    int64_t after;
    uint32_t place;  /* in the audience */
    uint16_t holder; /* NOBODY, or a number that few others have */
    uint8_t beat;
    bool by_h2; /* of an exchange */
};

/* All that an open connection is while it listens, of which there may be many thousands. */
struct conn {
    struct watch watch;
    struct lane *lane;
    struct tls_end *tls; /* NULL: in the clear */
    struct h2 *h2;       /* NULL: HTTP/1.1 */
    struct conn *before, *next;
    struct work *work;    /* NULL: it does nothing but listen, and nothing waits for it */
    struct stream stream; /* over HTTP/1.1, where it is all that the connection says */
    enum conn_state state : 8;
    bool readable, ended; /* there may be more to read; the other side will send no more */
    bool keep;            /* after the request at hand */
};

/* What it needs besides while it does something. */
struct work {
    struct conn *conn;
    struct timer timer;
    struct message again;
    int64_t deadline;
    struct rest *rest;
    struct task *task;
    struct output *out;
    int64_t sent, sent_mark;
    int lingered;  /* bytes */
    uint8_t minor; /* of the request at hand */
    uint8_t away;  /* tasks of HTTP/2 that are at desks */
    bool in_head;  /* some of a head came, but not all */
    bool loopback, again_posted;
    char remote[]; /* the asker's address; empty for one that has listened */
};

/* Does anybody wait for the answer?  What only reads is not begun when nobody does; under load also
 * when they have closed their half of the connection, which is how browsers leave. */
enum want { WANTED, PERHAPS_WANTED, UNWANTED };

/* A request on its way to a desk thread and back; its texts stand behind it. */
struct task {
    struct job job;
    struct message back;
    struct conn *conn;
    bool by_h2;
    atomic_int want;           /* of enum want: does anybody wait for the answer? */
    struct exchange *exchange; /* by HTTP/2: whose request it is; NULL: nobody waits any more */
    struct server *server;
    struct request rq;
    err (*answer)(struct request *rq);
    int64_t began;
    unsigned methods; /* that the path answers to, for Allow */

    char *body;
    size_t body_n, body_room, body_max;
    uint64_t body_left; /* of a told length */
    bool is_chunked;
    struct h1_chunks chunks;
    int64_t body_began, body_mark_n;
    alignas(max_align_t) char texts[];
};

/* A request from a head (fill.c). */
enum fill { FILL_OK, FILL_WRONG, FILL_MOVED };

/* conn.c */
bool conn_accept(struct lane *l, const struct watch *listener); /* true: there may be more */
void conn_make_room(struct lane *l);                            /* for who has come to another */
void conn_drive(struct conn *c);
void conn_close(struct conn *c);
struct work *conn_work(struct conn *c); /* made anew for one that listened */
void conn_again(struct conn *c);        /* it had its share of this turn */
void conn_soon(struct conn *c);
void conn_answered(struct conn *c);
void conn_wait_until(struct conn *c, int64_t at);
/* The page that the loop knows by itself for its request, with a hold; or NULL. */
struct page *conn_known_page(struct conn *c, enum fill filled, bool has_body);
struct page *conn_refusal(struct lane *l, int status); /* a hold too; it is counted */
void conn_refuse(struct conn *c, int status);
void conn_stash(struct conn *c, const char *bytes, size_t n, const struct h1_head *head);
size_t conn_unstash(struct conn *c);
ptrdiff_t conn_read(struct conn *c, char *to, size_t room);
void conn_stop_all(struct lane *l);
void conn_end_all(struct lane *l);

/* stream.c: on the lane's thread */
/* Takes over what was booked, from now on it listens. */
void stream_begin(struct lane *l, struct stream *s, struct booking **b, bool by_h2);
bool stream_is_open(const struct stream *s);
bool stream_more(struct conn *c); /* false when there is nothing to do */
void stream_due(struct conn *c, int64_t now);
void stream_drop(struct lane *l, struct stream *s); /* fine for one that is not open */
size_t stream_waits(const struct stream *s);        /* bytes */
str stream_piece(const struct stream *s);           /* the first of them, as many as lie together */
void stream_took(struct stream *s, size_t n);
void stream_goodbye(struct conn *c);
enum { STREAM_LAST_WORDS = 32 };
int stream_last_words(char *to, size_t room, const void *of);
void booking_drop(struct server *server, struct booking **b); /* it was not answered with it */
void streams_open(struct lane *l);
void streams_close(struct lane *l);

/* send.c: takes over the caller's hold of `p` */
void send_page(struct conn *c, const struct request *rq, struct page *p, int64_t began);
bool send_more(struct conn *c);
/* Bytes taken, 0 when it takes none just now (over TLS it must then be asked again with the same
 * ones), -1 when the other side is gone. */
ssize_t send_bytes(struct conn *c, struct iovec *v, size_t n, bool more);
void send_drop(struct conn *c);

/* A reply, ready to be sent: the lines of its head as for HTTP/1.1, in the order sent. */
enum { FIRST, MORE, CACHE, RANGE, TAIL, PIECES };
struct parcel {
    int status;
    str pieces[PIECES]; /* into the page, the lane, and what follows */
    str body;
    int64_t file_at, file_left;
    char cache[CACHE_LINE_ROOM], range[160];
};
void send_pack(struct conn *c, const struct request *rq, const struct page *p, struct parcel *out);
bool send_interim(struct conn *c);
void send_tails(struct lane *l);

/* fill.c: a request from a head; false for a target that is none, or must be moved */
struct fill_room {
    struct header *headers;
    char *path, *host;
};
enum fill fill_request(struct request *rq, const struct conn *c, const struct h1_head *h,
                       char *bytes, struct fill_room room);

/* h2.c */
void h2_begin(struct conn *c);
bool h2_drive(struct conn *c); /* false when more has to come first */
void h2_due(struct conn *c, int64_t now);
void h2_stop(struct conn *c); /* begin no more requests */
void h2_drop(struct conn *c);
void h2_resume(struct stream *s); /* it has more to say */
bool h2_is_idle(const struct conn *c);
void h2_answered(struct task *t); /* it is back from its desk */
void h2_free_blocks(struct lane *l);

/* task.c */
struct task *task_new(struct conn *c, const struct h1_head *h, const char *bytes, enum fill filled);
/* To a desk: NULL; else, with a hold, the page that is answered instead. */
struct page *task_take(struct task *t);
/* Whoever asked has closed its half of the connection, or all of it. */
void task_left(struct task *t, enum want want);
/* Body that came: 0, or the status that it is refused with. */
int task_add_body(struct task *t, str data);
bool task_is_slow(struct task *t, int64_t now);
/* Make c->task of the head at `bytes`, after which `more` bytes came; false when it has no body to
 * wait for, so that it can go to a desk; else the connection reads on, or refused it. */
bool task_make(struct conn *c, const struct h1_head *h, char *bytes, enum fill filled, size_t more);
void task_to_desk(struct conn *c);
bool task_read_body(struct conn *c);
void task_free(struct task *t);

/* access.c */
void access_note(struct lane *l, const struct request *rq, const struct page *p, int status,
                 int64_t bytes, int64_t began);
void access_flush(struct lane *l);

#endif
