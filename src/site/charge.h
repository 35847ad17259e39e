/*
 * charge.h - who pays for the work that a request makes on a desk thread (ration.h), and what is
 * said to whoever has nothing left.
 */
#ifndef SITE_CHARGE_H
#define SITE_CHARGE_H

#include "base/err.h"
#include "http/request.h"

/* The name of the address that asks: of IPv6 the /64.  Empty, which pays nothing, for this machine
 * itself: it is the operator, or a proxy that the server was not told of.  In rq->arena. */
str charge_address(struct request *rq);

/* In whose name a stream is held (http/stream.h): the address; empty where none has an allowance,
 * as all readers may come from a few. */
str charge_holder(struct request *rq);

/* The name of an account of the staff, wherever they are. */
str charge_account(struct request *rq, int64_t staff);

/* Have they anything left?  0, or in how many seconds they have. */
int charge_wait(struct request *rq, str name);

/* Take what it costs; or, when they have not so much left, refuse it: rq->reply is set then. */
err charge(struct request *rq, str name);

/* The same for bad news, which is drawn as well: also of a picture that is not there. */
err charge_message(struct request *rq);

/* 429 with Retry-After, as refusal.h has it. */
err charge_refuse(struct request *rq, int later_s);

#endif
