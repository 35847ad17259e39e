/*
 * stream.h - replies that stay open (server-sent events), and what is said into them.
 *
 * A frame is built once, counted, shared between threads and never written after.  It is said
 * under topics; every open reply that listens to one of them gets it once.  Each has room for 64
 * frames or 256 KiB that the other side did not take: beyond that it loses them all and is told so,
 * so that a slow reader costs no more than that and delays nobody.
 *
 * While half of what may be open is free nobody is counted against anybody, so that a school behind
 * one address has what it needs; beyond that whoever holds a tenth of all gets no more.
 */
#ifndef HTTP_STREAM_H
#define HTTP_STREAM_H

#include "http/request.h"

/* What it is that is listened to; the numbers are the caller's. */
typedef uint64_t stream_topic;

struct stream_topics {
    const stream_topic *v;
    size_t n;
};

enum { STREAM_TOPICS_MAX = 32, STREAM_FRAMES_MAX = 64, STREAM_BYTES_MAX = 256 << 10 };

struct frame;

/* A frame with one hold, which is the caller's.  `number` grows from one to the next; `bytes` are
 * as they go over the wire ("id: 12\ndata: ...\n\n"). */
struct frame *frame_new(int64_t number, struct stream_topics topics, str bytes);
void frame_drop(struct frame **f);

/* The request's reply (on a desk thread): text/event-stream that begins with `first` and goes on
 * with every frame under one of `topics` (up to STREAM_TOPICS_MAX) whose number is above `after`,
 * also of those that are said before the loop knows of it.  `holder`: the name of whoever it is
 * for, as an address; empty: nobody's, and not bound.  E_BUSY: too many are open
 * (server_limits.streams), or of this holder's. */
err reply_stream(struct request *rq, struct stream_topics topics, int64_t after, str first,
                 str holder);

/* Say it to all who listen.  Any thread; what one thread says arrives in order.  The caller keeps
 * its hold. */
struct server;
void server_say(struct server *s, struct frame *f);

#endif
