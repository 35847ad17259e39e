/*
 * sign_in.h - what the ways of signing in share: their page, and slowing down who tries.
 */
#ifndef SITE_DESK_SIGN_IN_H
#define SITE_DESK_SIGN_IN_H

#include "site/desk/desk.h"

struct ask {
    bool is_sign_in, is_second, is_prove;
    str email, to;
    const char *wrong;
    int wait_s; /* too many tries */
};

err sign_in_show(struct request *rq, const struct ask *ask);

/* Where they wanted to go. */
str sign_in_way_on(struct request *rq);

/* Seconds to wait, by what is known of who tries; *name is forgiven when it goes well. */
int sign_in_wait(struct request *rq, const char *what, str account, int64_t staff, str *name);
void sign_in_forgive(struct request *rq, str name);

#endif
