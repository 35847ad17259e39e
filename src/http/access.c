#include "http/inside.h"

#include "base/count.h"
#include "base/log.h"

static void add(struct lane *l, str s)
{
    memcpy(l->log + l->log_n, s.p, s.n);
    l->log_n += s.n;
}

static void add_number(struct lane *l, int64_t n)
{
    char digits[20];
    size_t at = sizeof digits;

    if (n < 0)
        n = 0;
    do {
        digits[--at] = (char)('0' + n % 10);
    } while ((n /= 10) > 0);
    add(l, str_of(digits + at, sizeof digits - at));
}

static bool begin_line(struct lane *l)
{
    int64_t now = loop_now(l->loop);

    if (l->log_at != now / 1000) {
        l->log_at = now / 1000;
        l->log_begin_n = log_begin(l->log_begin, sizeof l->log_begin, LOG_request, now);
    }
    add(l, str_of(l->log_begin, l->log_begin_n));
    return l->log_begin_n > 0;
}

void access_flush(struct lane *l)
{
    if (l->log_n > 0)
        log_lines(l->log, l->log_n);
    l->log_n = 0;
}

/* What a loop answers by itself never had a route; the page says what it is. */
static void count(const struct lane *l, const struct request *rq, const struct page *p, int status,
                  int64_t us)
{
    bool is_warm = rq == &l->rq;
    size_t kind = rq->route != NULL ? (size_t)rq->route->kind : (size_t)p->kind;
    size_t class = status >= 100 && status < 600 ? (size_t)status / 100 : 0;

    count_one(COUNT_reply, kind * COUNT_STATUSES + class);
    if (is_warm)
        count_one(COUNT_warm, kind);
    count_one(is_warm ? COUNT_warm_us : COUNT_drawn_us, count_span(us));
    count_more(COUNT_spent_us, is_warm ? 0 : 1, us > 0 ? us : 0);
}

/* The path was checked to hold no quote and no control character; a query is nobody's business. */
void access_note(struct lane *l, const struct request *rq, const struct page *p, int status,
                 int64_t bytes, int64_t began)
{
    enum { PATH_ROOM = 512, LINE_ROOM = PATH_ROOM + 512, EACH_US = 200 * 1000 };

    count(l, rq, p, status, loop_ticks(l->loop) - began);
    if (!l->server->o.log_requests || !begin_line(l))
        return;
    add(l, S("id="));
    add_number(l, (int64_t)rq->id);
    add(l, S(" method="));
    add(l, method_word(rq->method));
    add(l, S(" path=\""));
    add(l, str_to(request_path_told(rq), PATH_ROOM));
    add(l, S("\" status="));
    add_number(l, status);
    add(l, S(" bytes="));
    add_number(l, bytes);
    add(l, S(" us="));
    add_number(l, loop_ticks(l->loop) - began);
    add(l, S("\n"));
    if (l->log_n > LOG_ROOM - LINE_ROOM)
        access_flush(l);
    else if (l->log_timer.place == 0)
        timer_set(l->loop, &l->log_timer, loop_ticks(l->loop) + EACH_US);
}
