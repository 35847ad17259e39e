#include "site/charge.h"

#include "base/count.h"
#include "http/reply.h"
#include "site/ration.h"
#include "site/refusal.h"
#include "site/site.h"
#include "staff/throttle.h"

str charge_address(struct request *rq)
{
    return str_starts(rq->remote, S("127.")) || str_eq(rq->remote, S("::1"))
               ? S("")
               : throttle_address(rq->arena, rq->remote);
}

str charge_holder(struct request *rq)
{
    const struct site *s = rq->of;

    return rations_are_free(s->rations) ? S("") : charge_address(rq);
}

str charge_account(struct request *rq, int64_t staff)
{
    return str_fmt(rq->arena, "staff:%lld", (long long)staff);
}

/* Pictures, files and open streams are not drawn; who signs in has a wait of their own besides
 * (staff/throttle.h). */
static int cost_of(const struct request *rq)
{
    static const int costs[ROUTE_KINDS] = {
        [KIND_other] = 1,  [KIND_story] = 1, [KIND_front] = 1, [KIND_list] = 1, [KIND_api] = 2,
        [KIND_search] = 5, [KIND_media] = 0, [KIND_live] = 0,  [KIND_desk] = 1, [KIND_poll] = 1};

    return rq->method & (GET | HEAD) ? costs[rq->route->kind] : 5;
}

static int take(struct request *rq, str name, int cost)
{
    const struct site *s = rq->of;

    return name.n > 0 ? ration_take(s->rations, name, cost, clock_ticks(s->clock)) : 0;
}

int charge_wait(struct request *rq, str name)
{
    return take(rq, name, 0);
}

err charge(struct request *rq, str name)
{
    int later_s = take(rq, name, cost_of(rq));

    return later_s == 0 ? OK : charge_refuse(rq, later_s);
}

err charge_message(struct request *rq)
{
    bool is_paid = rq->route != NULL && cost_of(rq) > 0;
    int later_s = is_paid ? 0 : take(rq, charge_address(rq), 1);

    return later_s == 0 ? OK : charge_refuse(rq, later_s);
}

err charge_refuse(struct request *rq, int later_s)
{
    count_one(COUNT_over, 0);
    if (refusal_reply(rq, 429, later_s))
        return OK;
    reply_header(rq, S("Retry-After"), str_fmt(rq->arena, "%d", later_s));
    return reply_text(rq, 429, S("That was too much at once. Please try again a little later.\n"));
}
