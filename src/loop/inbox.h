/*
 * inbox.h - the inside of an inbox: a stack of messages that any thread may push to, and an
 * eventfd that wakes its one reader.  For loop.c alone.
 */
#ifndef LOOP_INBOX_H
#define LOOP_INBOX_H

#include "loop/loop.h"

struct inbox {
    struct message *_Atomic newest;
    int fd;
};

err inbox_open(struct inbox *in, note *why);
void inbox_close(struct inbox *in);

/* Make the reader look, even with no message. */
void inbox_wake(struct inbox *in);

/* Run every message there is, oldest first. */
void inbox_run(struct inbox *in);

#endif
