/*
 * push_line.h - whose turn it is: what waits for readers' devices, by the origins of their push
 * services, so that one that hangs holds up no other.
 *
 * 1. PUSH_FLIGHTS are in the air at once, PUSH_EACH of them to one origin, one to a device.
 * 2. An origin that has not answered yet has two, and all such together have PUSH_UNKNOWN; so many
 *    addresses that nobody answers at leave most of the room to those that are known.
 * 3. An origin that does not answer rests, at each try for twice as long.
 * 4. Of what one device is to be told under one tag, all goes in one message: its words are made
 *    when it goes, so that they are the newest.
 */
#ifndef SITE_PUSH_LINE_H
#define SITE_PUSH_LINE_H

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"

enum {
    PUSH_FLIGHTS = 32,
    PUSH_EACH = 8,
    PUSH_UNKNOWN = 8,
    PUSH_UNKNOWN_EACH = 2,
    PUSH_STRIKES = 4,      /* in a row, before one that is known is taken for silent */
    PUSH_REST_S = 15 * 60, /* at the most */
    PUSH_REMEMBERED = 1024
};

/* What is remembered of origins, from one line to the next: of those in one place the last that
 * answers.  Zeroed: nothing. */
struct push_past {
    struct push_known {
        uint64_t who;
        bool answers;
        int failures; /* in a row */
        int64_t rest_until;
    } v[PUSH_REMEMBERED];
};

/* One message to come. */
struct push_wait {
    int64_t id, target, event, made_at, tries;
    str tag, endpoint;
    struct push_wait *older; /* goes with it */
    struct push_wait *next;  /* of the same origin */
};

struct push_origin {
    str name; /* "https://push.example" */
    struct push_known known;
    struct push_wait *first, *last;
    size_t waiting;
    int flying;
};

struct push_line {
    arena *a;
    struct push_past *past;
    table origins, tags;
    int flying, unknown; /* unknown: of these, to origins that have not answered */
};

struct push_line push_line_new(arena *a, struct push_past *past);

/* Before another takes its place. */
void push_line_remember(const struct push_line *l);

/* By its address at the push service. */
struct push_origin *push_line_origin(struct push_line *l, str endpoint);

/* Stand in line; the newest event first.  What `w` names stays as long as the line. */
void push_line_add(struct push_line *l, struct push_wait *w);

/* Whose turn it is, NULL: nobody's now.  `is_flying(of, target)`: a device that has to wait. */
struct push_wait *push_line_take(struct push_line *l, int64_t now,
                                 bool (*is_flying)(const void *of, int64_t target), const void *of);

/* One is in the air, is no more. */
void push_line_up(struct push_line *l, struct push_origin *o);
void push_line_down(struct push_line *l, struct push_origin *o);

/* It has answered; it has not, or is in trouble.  True: it rests from now on, and nobody stands in
 * line for it. */
void push_line_fine(struct push_line *l, struct push_origin *o);
bool push_line_failed(struct push_line *l, struct push_origin *o, int64_t now);

/* Until when it rests; 0: it does not. */
int64_t push_line_rests(const struct push_origin *o, int64_t now);

#endif
