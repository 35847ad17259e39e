/*
 * visit.h - what is known of a request between the server's hooks and its handler: rq->visitor.
 */
#ifndef SITE_VISIT_H
#define SITE_VISIT_H

#include "http/form.h"
#include "http/multipart.h"
#include "page/cache.h"
#include "staff/session.h"

/* Somebody at a page of the newsroom. */
struct desk_visit {
    struct session who; /* when is_in, or owes_second */
    bool is_in, owes_second;
    bool owes_set_up;       /* the paper asks everybody for a second factor, and they have none */
    str form_secret;        /* what the forms of the page are told by */
    bool form_is_new;       /* it is not in a cookie yet */
    str device;             /* the secret of a device that was here before; empty: none */
    struct form form;       /* of a POST, when it was one of ours */
    struct multipart parts; /* the same, of a form with files */
};

struct visit {
    struct cache_turn turn;
    bool draws;   /* others may wait for it */
    bool is_lite; /* it is kept as the lite edition (edition.h) */
    struct desk_visit *desk;
};

#endif
