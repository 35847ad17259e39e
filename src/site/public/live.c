/*
 * live.c - what open pages are told: as a stream, or asked for now and then.
 */
#include "site/public/pages.h"

#include "base/buf.h"
#include "base/hash.h"
#include "http/stream.h"
#include "live/live.h"
#include "site/charge.h"
#include "site/show.h"
#include "text/json_write.h"

enum { FIRST_MAX = 256 << 10, RETRY_MS = 3000 };

/* The event after which the asker wants to be told: what a stream that broke off had heard, or
 * what the page knew when it was drawn; 0 with no word of it: from now on. */
static err asked_after(struct request *rq, int64_t newest, int64_t *after)
{
    str text = request_header(rq, S("last-event-id"));

    *after = newest;
    if (text.n == 0 && !request_query(rq, S("after"), &text))
        return OK;
    if (!str_int(text, after) || *after < 0)
        return fail(&rq->note, E_INVALID, "\"%.*s\" is no number of an event",
                    STR(str_to(text, 40)));
    if (*after > newest)
        *after = newest;
    return OK;
}

static err begin(struct request *rq, struct reading *r, struct live_topics *topics)
{
    TRY(live_topics_read(rq->arena, request_param(rq, S("topics")), topics, &rq->note));
    return show_begin_for(rq, OUTLET_LIVE, r);
}

/* What breaks now is told as well: a page may have been drawn before it was told, or not know that
 * it is over. */
static str first_words(struct request *rq, const struct live_words *words,
                       const struct live_word *breaking, int64_t newest)
{
    buf out = buf_new(rq->arena, FIRST_MAX);

    buf_fmt(&out, "retry: %d\n", RETRY_MS);
    for (size_t i = 0; i < words->n; i++)
        buf_add(&out, live_event(rq->arena, &words->v[i]));
    buf_add(&out, live_event(rq->arena, breaking));
    if (words->too_many)
        buf_lit(&out, "data: {\"kind\":\"reload\"}\n\n");
    buf_fmt(&out, "id: %lld\n\n", (long long)newest);
    return buf_str(&out);
}

err live_stream(struct request *rq)
{
    struct reading r;
    struct live_topics topics;
    struct live_words words;
    struct live_word breaking;
    int64_t after, newest;

    TRY(begin(rq, &r, &topics));
    newest = store_read_event(r.db);
    TRY(asked_after(rq, newest, &after));
    TRY(live_since(&r, &topics, after, &words));
    TRY(live_breaking(&r, &breaking));
    reading_end(&r);
    reply_header(rq, S("X-Accel-Buffering"), S("no"));
    return reply_stream(rq, (struct stream_topics){topics.v, topics.n}, newest,
                        first_words(rq, &words, &breaking, newest), charge_holder(rq));
}

static str told(struct request *rq, const struct live_words *words,
                const struct live_word *breaking, int64_t newest)
{
    buf out = buf_new(rq->arena, FIRST_MAX);

    buf_fmt(&out, "{\"now\":%lld,\"reload\":%s,\"said\":[", (long long)newest,
            words->too_many ? "true" : "false");
    for (size_t i = 0; i < words->n; i++) {
        buf_add(&out, words->v[i].json);
        buf_lit(&out, ",");
    }
    buf_add(&out, breaking->json);
    buf_lit(&out, "]}\n");
    return buf_str(&out);
}

/* For pages that no stream reaches: the same words, asked for now and then. */
err live_since_page(struct request *rq)
{
    struct reading r;
    struct live_topics topics;
    struct live_words words;
    struct live_word breaking;
    int64_t after, newest, last;

    TRY(begin(rq, &r, &topics));
    newest = store_read_event(r.db);
    if (!str_int(request_param(rq, S("event")), &after))
        return fail(&rq->note, E_INVALID, "that is no number of an event");
    TRY(live_since(&r, &topics, after, &words));
    last = words.too_many ? newest : words.n > 0 ? words.v[words.n - 1].number : after;
    TRY(live_breaking(&r, &breaking));
    reading_end(&r);
    reply_tag(rq,
              str_fmt(rq->arena, "live-%lld-%llx", (long long)last,
                      (unsigned long long)hash_of(breaking.json)),
              0);
    reply_keep(rq, KEEP_PRIVATE, 0, 0);
    return reply_json(rq, 200, told(rq, &words, &breaking, newest));
}
