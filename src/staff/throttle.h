/*
 * throttle.h - who tries too often waits: per account, per address, per device.
 *
 * In memory, of a fixed size; any thread.  After some free tries each costs twice the wait of the
 * one before, up to THROTTLE_MOST_S and no more, so that nobody is locked out for ever; an hour
 * without a try and all is forgotten.
 */
#ifndef STAFF_THROTTLE_H
#define STAFF_THROTTLE_H

#include "base/arena.h"
#include "base/str.h"

enum {
    THROTTLE_FREE = 5,          /* tries of an account, a device */
    THROTTLE_FREE_ADDRESS = 30, /* of an address, which a whole newsroom may share */
    THROTTLE_FIRST_S = 5,
    THROTTLE_MOST_S = 15 * 60
};

struct throttle;

struct throttle *throttle_new(void);
void throttle_free(struct throttle **t);

/* May one try under this name now?  0: yes, and the try is counted as one that failed until
 * throttle_forgive().  Else the seconds to wait, and nothing is counted. */
int throttle_try(struct throttle *t, str name, int free_tries, int64_t now);

/* It was the right one: the name has all its free tries again. */
void throttle_forgive(struct throttle *t, str name);

/* The name of an address: of IPv6 the /64, which is one house.  "::ffff:192.0.2.7" is of IPv4.  In
 * `a`. */
str throttle_address(arena *a, str address);

#endif
