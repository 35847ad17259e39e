/*
 * metrics.c - GET /metrics: what is counted, for Prometheus (text exposition format 0.0.4).
 *
 * For who has the token that lies in the file of metrics_token_file; everybody else gets what they
 * get where there is nothing.
 */
#include "site/api/doors.h"

#include "http/reply.h"
#include "http/secret_file.h"
#include "site/health.h"
#include "staff/secret.h"

enum { METRICS_MAX = 256 << 10 };

static const str bearer = S_INIT("Bearer ");

static bool has_token(struct request *rq)
{
    str given = request_header(rq, S("authorization"));
    str file = paper_setting(rq->arena, rq->desk, S("metrics_token_file"), S(""));
    str token;

    if (file.n == 0 || !str_starts_nocase(given, bearer))
        return false;
    return secret_file_read(rq->arena, file, &token, &rq->note) == OK &&
           secret_same(secret_hash(rq->arena, token),
                       secret_hash(rq->arena, str_trim(str_from(given, bearer.n))));
}

err metrics_text(struct request *rq)
{
    struct health *h = arena_one(rq->arena, struct health);
    buf out = buf_new(rq->arena, METRICS_MAX);

    if (!has_token(rq))
        return E_MISSING;
    TRY(health_gather(rq->of, rq->arena, rq->desk, h));
    health_metrics(h, &out);
    if (out.over)
        return fail(&rq->note, E_LIMIT, "the metrics have more than %d bytes", METRICS_MAX);
    return reply_bytes(rq, 200, S("text/plain; version=0.0.4; charset=utf-8"), buf_str(&out));
}
