/*
 * health_write.c - what the paper is doing, for Prometheus and for a terminal.
 */
#include "site/health.h"

#include "text/dates.h"

enum { COLUMN = 46 };

/* --- Prometheus, text exposition format 0.0.4 --- */

static void head(buf *out, const char *name, const char *type, const char *help)
{
    buf_fmt(out, "# HELP broadsheet_%s %s\n# TYPE broadsheet_%s %s\n", name, help, name, type);
}

static void gauge(buf *out, const char *name, const char *help, int64_t value)
{
    head(out, name, "gauge", help);
    buf_fmt(out, "broadsheet_%s %lld\n", name, (long long)value);
}

/* In seconds, as Prometheus wants them. */
static void seconds(buf *out, int64_t us)
{
    buf_fmt(out, "%lld.%06lld", (long long)(us / SECOND_US), (long long)(us % SECOND_US));
}

static void span(buf *out, const char *name, const char *help, int64_t us)
{
    head(out, name, "gauge", help);
    buf_fmt(out, "broadsheet_%s ", name);
    seconds(out, us);
    buf_char(out, '\n');
}

static void counter(buf *out, const char *name, const char *help, int64_t value)
{
    head(out, name, "counter", help);
    buf_fmt(out, "broadsheet_%s %lld\n", name, (long long)value);
}

static void histogram(buf *out, const char *name, const char *help,
                      const int64_t spans[COUNT_SPANS], int64_t spent_us)
{
    static const int64_t bounds[COUNT_BOUNDS] = COUNT_BOUNDS_US;
    int64_t all = 0;

    head(out, name, "histogram", help);
    for (size_t i = 0; i < COUNT_SPANS; i++) {
        all += spans[i];
        buf_fmt(out, "broadsheet_%s_bucket{le=\"", name);
        if (i < COUNT_BOUNDS)
            seconds(out, bounds[i]);
        else
            buf_lit(out, "+Inf");
        buf_fmt(out, "\"} %lld\n", (long long)all);
    }
    buf_fmt(out, "broadsheet_%s_sum ", name);
    seconds(out, spent_us);
    buf_fmt(out, "\nbroadsheet_%s_count %lld\n", name, (long long)all);
}

static void write_replies(buf *out, const struct health *h)
{
    head(out, "replies_total", "counter", "Replies by kind of page and class of status.");
    for (int k = 0; k < ROUTE_KINDS; k++)
        for (int c = 1; c < COUNT_STATUSES; c++)
            if (h->all.reply[k][c] > 0)
                buf_fmt(out, "broadsheet_replies_total{kind=\"%s\",status=\"%dxx\"} %lld\n",
                        route_kind_word((enum route_kind)k), c, (long long)h->all.reply[k][c]);
    head(out, "replies_from_memory_total", "counter", "Replies that a loop had in memory.");
    for (int k = 0; k < ROUTE_KINDS; k++)
        buf_fmt(out, "broadsheet_replies_from_memory_total{kind=\"%s\"} %lld\n",
                route_kind_word((enum route_kind)k), (long long)h->all.warm[k]);
    histogram(out, "reply_from_memory_seconds", "How long replies took that a loop had in memory.",
              h->all.warm_us, h->all.spent_us[0]);
    histogram(out, "reply_drawn_seconds", "How long replies took that went to a desk thread.",
              h->all.drawn_us, h->all.spent_us[1]);
    gauge(out, "connections", "Open connections.", h->server.connections);
    gauge(out, "live_readers", "Replies that stay open to tell what happens.", h->server.streams);
    counter(out, "refused_total", "Connections and requests that could not be taken.",
            h->server.refused);
}

static void write_cache(buf *out, const struct health *h)
{
    counter(out, "pages_found_total", "Pages found in memory.", h->cache.hits);
    counter(out, "pages_found_stale_total",
            "Of these, as they were before what is passing changed.", h->cache.stale);
    counter(out, "pages_drawn_total", "Pages that somebody had to draw.", h->cache.misses);
    gauge(out, "pages", "Pages in memory.", h->cache.pages);
    gauge(out, "pages_bytes", "What they take.", h->cache.bytes);
}

static void write_refused(buf *out, const struct health *h)
{
    head(out, "shed_total", "counter",
         "Requests refused as more was asked than could be answered, by rank.");
    for (int i = 0; i < LOAD_RANKS; i++)
        buf_fmt(out, "broadsheet_shed_total{rank=\"%s\"} %lld\n", load_rank_word((enum load_rank)i),
                (long long)h->all.shed[i]);
    counter(out, "spared_total", "Of these, answered with a page from memory.", h->all.spared);
    counter(out, "left_total", "Requests not begun, as whoever asked had left.", h->all.left);
    counter(out, "over_allowance_total", "Requests refused to who had no allowance left.",
            h->all.over);
    gauge(out, "lite_by_itself", "1: every page is its lite edition, by itself.", h->is_lite);
}

static void write_waiting(buf *out, const struct health *h)
{
    gauge(out, "draw_queue", "Requests that wait for a thread that draws.", h->server.waiting);
    span(out, "draw_queue_seconds", "How long the first of them has waited.", h->server.wait_us);
    gauge(out, "pictures_queue", "Pictures to be made smaller.", h->pictures);
    gauge(out, "mail_queue", "Mails that wait.", h->mails);
    span(out, "mail_queue_seconds", "How long the first of them has waited.",
         h->mail_since == 0 ? 0 : h->at - h->mail_since);
    gauge(out, "webhook_queue", "What machines elsewhere are to be told.", h->hooks);
    gauge(out, "push_queue", "News that readers' devices are to be told.", h->pushes);
    span(out, "push_queue_seconds", "How long the first of it has waited.",
         h->push_since == 0 ? 0 : h->at - h->push_since);
    gauge(out, "due", "Stories whose time has come and who were not moved yet.", h->due);
    span(out, "late_seconds", "How late the latest of them is.", h->late_us);
}

static void write_events(buf *out, const struct health *h)
{
    head(out, "follower_behind", "gauge", "Events that a follower has not seen yet.");
    for (size_t i = 0; i < h->follower_n; i++)
        buf_fmt(out, "broadsheet_follower_behind{follower=\"%.*s\"} %lld\n",
                STR(h->followers[i].name), (long long)h->followers[i].behind);
    head(out, "events_total", "counter", "Events seen since the start, by kind.");
    for (int i = 1; i < EVENT_KIND_COUNT; i++)
        if (h->events[i] > 0)
            buf_fmt(out, "broadsheet_events_total{kind=\"%s\"} %lld\n",
                    event_word((enum event_kind)i), (long long)h->events[i]);
}

static void write_machine(buf *out, const struct health *h)
{
    gauge(out, "uptime_seconds", "For how long it serves.", h->up_s);
    gauge(out, "disk_free_bytes", "Room on the disk of the data folder.", h->disk_free);
    gauge(out, "disk_size_bytes", "All of that disk.", h->disk_size);
    gauge(out, "memory_bytes", "Memory in use.", h->memory);
    gauge(out, "database_bytes", "The database with its log.", h->database);
}

static void write_alarms(buf *out, const struct health *h)
{
    struct health_alarm alarms[HEALTH_ALARMS];

    gauge(out, "alarms", "What somebody should know of; /desk/health says what.",
          (int64_t)health_alarms(h, alarms));
}

void health_metrics(const struct health *h, buf *out)
{
    write_replies(out, h);
    write_cache(out, h);
    write_waiting(out, h);
    write_refused(out, h);
    write_events(out, h);
    write_machine(out, h);
    write_alarms(out, h);
}

/* --- a terminal --- */

/* Letters, not bytes, so that columns stand under each other. */
static int letters(str s)
{
    int n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

static void line(buf *out, str name, str value)
{
    int gap = COLUMN - letters(name);

    buf_fmt(out, "  %.*s%*s%.*s\n", STR(name), gap > 1 ? gap : 1, "", STR(value));
}

static void show_kinds(const struct health *h, buf *out)
{
    struct health_kind kinds[ROUTE_KINDS];
    size_t n = health_kinds(h, kinds);

    buf_lit(out, "\nReplies in the last minute     all   from memory   failed\n");
    for (size_t i = 0; i < n; i++)
        if (kinds[i].replies > 0)
            buf_fmt(out, "  %-22s %10lld %11lld %% %8lld\n", route_kind_word(kinds[i].kind),
                    (long long)kinds[i].replies, (long long)kinds[i].warm_percent,
                    (long long)kinds[i].refused);
}

static void show_slow(arena *a, const struct health *h, buf *out)
{
    if (h->slow_n > 0)
        buf_lit(out, "\nSlowest to draw in the last ten minutes\n");
    for (size_t i = 0; i < h->slow_n; i++) {
        str path = str_of(h->slow[i].path, h->slow[i].path_n);

        buf_fmt(out, "  %10.*s  %.*s\n", STR(health_span(a, NULL, h->slow[i].us)), STR(path));
    }
}

void health_picture(arena *a, const struct health *h, buf *out)
{
    struct health_group groups[HEALTH_GROUPS];
    struct health_alarm alarms[HEALTH_ALARMS];
    size_t n = health_alarms(h, alarms);

    buf_fmt(out, "Broadsheet  %.*s\n", STR(date_iso(a, h->at)));
    for (size_t i = 0; i < n; i++)
        buf_fmt(out, "! %s%s%.*s\n", alarms[i].words, alarms[i].what.n > 0 ? " " : "",
                STR(alarms[i].what));
    health_groups(a, NULL, h, groups);
    for (size_t g = 0; g < HEALTH_GROUPS; g++) {
        buf_fmt(out, "\n%.*s\n", STR(groups[g].title));
        for (size_t i = 0; i < groups[g].n; i++)
            line(out, groups[g].v[i].name, groups[g].v[i].value);
        if (g == 0)
            show_kinds(h, out);
    }
    show_slow(a, h, out);
}
