/*
 * live.c - what open pages are told: as a stream, or asked for now and then.
 */
#include "site/public/pages.h"

#include "base/buf.h"
#include "http/stream.h"
#include "live/live.h"
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

/* A page may have been drawn before it was told, and hears it whether it was or not. */
static err add_breaking(struct reading *r, struct live_words *words)
{
    struct live_word now;

    TRY(live_breaking(r, &now));
    if (now.json.n > 0 && !words->too_many)
        words->v[words->n++] = now;
    return OK;
}

static str first_words(struct request *rq, const struct live_words *words, int64_t newest)
{
    buf out = buf_new(rq->arena, FIRST_MAX);

    buf_fmt(&out, "retry: %d\n", RETRY_MS);
    for (size_t i = 0; i < words->n && !words->too_many; i++)
        buf_add(&out, live_event(rq->arena, &words->v[i]));
    if (words->too_many || out.over) {
        out = buf_new(rq->arena, FIRST_MAX);
        buf_lit(&out, "event: reload\ndata: {}\n\n");
    }
    buf_fmt(&out, "id: %lld\n\n", (long long)newest);
    return buf_str(&out);
}

err live_stream(struct request *rq)
{
    struct reading r;
    struct live_topics topics;
    struct live_words words;
    int64_t after, newest;

    TRY(begin(rq, &r, &topics));
    newest = store_read_event(r.db);
    TRY(asked_after(rq, newest, &after));
    TRY(live_since(&r, &topics, after, &words));
    TRY(add_breaking(&r, &words));
    reading_end(&r);
    reply_header(rq, S("X-Accel-Buffering"), S("no"));
    return reply_stream(rq, (struct stream_topics){topics.v, topics.n}, newest,
                        first_words(rq, &words, newest));
}

/* With no words, the page should be loaded again. */
static str told(struct request *rq, const struct live_words *words, int64_t newest)
{
    buf out = buf_new(rq->arena, FIRST_MAX);

    buf_fmt(&out, "{\"now\":%lld,\"reload\":false,\"said\":[", (long long)newest);
    for (size_t i = 0; i < words->n && !words->too_many; i++) {
        if (i > 0)
            buf_lit(&out, ",");
        buf_add(&out, words->v[i].json);
    }
    buf_lit(&out, "]}\n");
    return words->too_many || out.over
               ? str_fmt(rq->arena, "{\"now\":%lld,\"reload\":true,\"said\":[]}\n",
                         (long long)newest)
               : buf_str(&out);
}

/* For pages that no stream reaches: the same words, asked for now and then. */
err live_since_page(struct request *rq)
{
    struct reading r;
    struct live_topics topics;
    struct live_words words;
    int64_t after, newest, last;

    TRY(begin(rq, &r, &topics));
    newest = store_read_event(r.db);
    if (!str_int(request_param(rq, S("event")), &after))
        return fail(&rq->note, E_INVALID, "that is no number of an event");
    TRY(live_since(&r, &topics, after, &words));
    last = words.too_many ? newest : words.n > 0 ? words.v[words.n - 1].number : after;
    TRY(add_breaking(&r, &words));
    reading_end(&r);
    reply_tag(rq, str_fmt(rq->arena, "live-%lld", (long long)last), 0);
    reply_keep(rq, KEEP_PRIVATE, 0, 0);
    return reply_json(rq, 200, told(rq, &words, newest));
}
