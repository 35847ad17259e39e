/*
 * load.h - who is answered when more is asked than can be.
 *
 * Only what has to go to a desk thread is weighed here: pages in memory are sent by the loops
 * whatever happens.  Requests have ranks, and what is refused are always the first so many of them
 * (docs/decisions/0014).  Two measures say how many:
 *
 *  1. A rank may fill the queue to the desks up to its share.
 *  2. A rank is refused while the first in the queue has waited for longer than the rank's
 *     patience, once that has been so without a break for LOAD_STANDS_US: a queue that stands, and
 *     not one that only took a burst (as CoDel tells them apart, RFC 8289).  Who was refused for
 *     that a little while ago is refused again at once.
 *
 * While one program takes over from another both are patient: the one shares its machine with the
 * start of the next, which then draws at one moment, for all readers, what was in memory before.
 * For LOAD_PATIENT_US there is more room, all of it for each rank, and more patience.
 *
 * Pure: the caller has the clock and the lock.
 */
#ifndef HTTP_LOAD_H
#define HTTP_LOAD_H

#include "http/request.h"
#include "http/route.h"

/* In the order in which they are refused. */
#define LOAD_RANKS_ALL(X)                                                                          \
    X(extra)  /* search, the interface for machines, what pages of the desk ask again and again */ \
    X(list)   /* topics, the archive, feeds, what happens as it happens */                         \
    X(front)  /* and the sections */                                                               \
    X(story)  /* with its pictures and files; the pages of the desk */                             \
    X(change) /* what somebody sends: published, corrected, killed, signed in */
#define LOAD_RANK_ENUM(word) LOAD_##word,
enum load_rank { LOAD_RANKS_ALL(LOAD_RANK_ENUM) LOAD_RANKS };

/* "extra" */
const char *load_rank_word(enum load_rank rank);

enum load_rank load_rank_of(enum route_kind kind, enum method method);

enum {
    LOAD_STANDS_US = 500 * 1000,
    LOAD_REMEMBERS_US = 5 * 1000 * 1000,
    LOAD_PATIENT_US = 10 * 1000 * 1000, /* all streams have come back by then (stream.c) */
    LOAD_PATIENT_ROOM = 16, /* so many times the room: who had a connection, and who comes back */
    LOAD_PATIENT_WAIT = 4,
};

/* The queue to the desks at one moment, and how it may be. */
struct load_queue {
    int64_t now, wait_us; /* ticks; of the first in it, 0: there is none */
    int64_t waiting, room;
    int64_t patience_us; /* of the first rank; each other one has four times that of the one before,
                            `change` waits for as long as it takes */
};

struct load {
    int64_t patient_until;           /* ticks; 0: nothing was handed over */
    int64_t above_since[LOAD_RANKS]; /* ticks: longer than its patience since then; 0: it is not */
    int64_t refused_at[LOAD_RANKS];  /* for that, the last time; 0: never */
    int level;                       /* so many ranks are refused for it just now */
};

/* May one more of this rank wait?  To be asked for each, so that the measure is taken. */
bool load_admits(struct load *l, enum load_rank rank, const struct load_queue *q);

/* What the desks may have waiting when `room` places are for readers: some more for `change`. */
int64_t load_places(int64_t room);

/* In how many seconds it is worth to try again; `chance`, any number, so that not all come back at
 * one moment. */
enum { LOAD_LATER_LEAST_S = 2, LOAD_LATER_SPREAD_S = 4, LOAD_LATER_MOST_S = 13 };
int load_later_s(enum load_rank rank, uint64_t chance);

#endif
