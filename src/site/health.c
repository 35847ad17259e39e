#include "site/health.h"

#include "base/memory.h"
#include "base/must.h"
#include "media/maker.h"
#include "news/outbox.h"
#include "site/errand.h"
#include "store/sql.h"
#include "text/dates.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

/* --- gathering --- */

static void ask_server(struct site *s, struct health *h)
{
    pthread_mutex_lock(&s->server_lock);
    if (s->server != NULL) {
        h->server = server_counts(s->server);
        h->connections_max = server_limits_of(s->server)->connections;
        h->streams_max = server_limits_of(s->server)->streams;
        h->slow_n = server_slow(s->server, h->slow);
    }
    pthread_mutex_unlock(&s->server_lock);
}

static void add_follower(struct health *h, str name, int64_t behind, bool is_failing)
{
    if (h->follower_n < HEALTH_FOLLOWERS)
        h->followers[h->follower_n++] =
            (struct health_follower){name, behind > 0 ? behind : 0, is_failing};
}

static void add_errand(struct health *h, const char *name, struct errand *e, int64_t newest)
{
    int64_t event;
    bool is_failing;

    if (e != NULL && errand_place(e, &event, &is_failing))
        add_follower(h, str_c(name), newest - event, is_failing);
}

/* Nothing of it while another process is in charge. */
static void ask_work(struct work *w, int64_t newest, struct health *h)
{
    pthread_mutex_lock(&w->lock);
    add_errand(h, "hub", w->announcer, newest);
    add_errand(h, "purge", w->purger, newest);
    if (w->maker != NULL)
        h->pictures = (int64_t)media_maker_waiting(w->maker);
    pthread_mutex_unlock(&w->lock);
}

static err find_followers(struct site *s, arena *a, store_conn *db, struct health *h)
{
    struct follower_place places[HEALTH_FOLLOWERS];
    struct sql_event_newest newest;
    size_t n = store_followers(s->store, places, LENGTH(places));

    TRY(sql_event_newest(a, db, &newest));
    h->behind_us = newest.at > h->at ? newest.at - h->at : 0;
    for (size_t i = 0; i < n; i++)
        add_follower(h, str_c(places[i].name), newest.id - places[i].event, places[i].is_failing);
    ask_work(&s->work, newest.id, h);
    return OK;
}

static err find_pushes(arena *a, store_conn *db, struct health *h)
{
    struct sql_outbox_waiting waiting;
    struct sql_push_late late;

    TRY(sql_outbox_waiting(a, db, OUTBOX_PUSH, &waiting));
    TRY(sql_push_late(a, db, h->at - OUTBOX_STUCK_M * MINUTE_US, &late));
    h->pushes = waiting.many;
    h->push_since = waiting.has_since ? waiting.since : 0;
    h->late_pushes = late.late;
    h->devices = late.devices;
    return OK;
}

static err find_waiting(arena *a, store_conn *db, struct health *h)
{
    struct sql_stories_due_rows due;
    struct sql_outbox_waiting mail, hooks;
    struct outbox_way way;

    TRY(sql_stories_due(a, db, h->at, &due));
    h->due = (int64_t)due.n;
    for (size_t i = 0; i < due.n; i++) {
        const struct sql_stories_due *d = &due.v[i];
        bool is_over = d->has_expiry_at && d->expiry_at <= h->at;
        int64_t late = h->at - (is_over ? d->expiry_at : d->public_at);

        if (late > h->late_us)
            h->late_us = late;
    }
    TRY(sql_outbox_waiting(a, db, OUTBOX_WEBHOOK, &hooks));
    h->hooks = hooks.many;
    h->hook_since = hooks.has_since ? hooks.since : 0;
    if (!outbox_way(a, db, &way)) /* it waits for settings, not for a server */
        return OK;
    TRY(sql_outbox_waiting(a, db, OUTBOX_MAIL, &mail));
    h->mails = mail.many;
    h->mail_since = mail.has_since ? mail.since : 0;
    return OK;
}

static err find_stuck_hooks(arena *a, store_conn *db, struct health *h)
{
    struct sql_webhooks_stuck_rows rows;

    TRY(sql_webhooks_stuck(a, db, h->at - OUTBOX_STUCK_M * MINUTE_US, &rows));
    for (size_t i = 0; i < rows.n && i < HEALTH_HOOKS; i++)
        h->stuck_hooks[h->stuck_hook_n++] = rows.v[i].url;
    return OK;
}

static int64_t file_size(arena *a, const char *folder, const char *name)
{
    struct stat st;

    return stat(str_z(a, str_fmt(a, "%s/%s", folder, name)), &st) == 0 ? st.st_size : 0;
}

static void look_at_machine(struct site *s, arena *a, struct health *h)
{
    const char *folder = store_folder(s->store);
    struct statvfs disk;

    if (statvfs(folder, &disk) == 0) {
        h->disk_free = (int64_t)(disk.f_bavail * disk.f_frsize);
        h->disk_size = (int64_t)(disk.f_blocks * disk.f_frsize);
    }
    h->memory = memory_of_process().resident;
    h->database = file_size(a, folder, "paper.db") + file_size(a, folder, "paper.db-wal");
}

err health_gather(struct site *s, arena *a, store_conn *db, struct health *h)
{
    *h = (struct health){.at = clock_now(s->clock)};
    h->up_s = pulse_up_s(s->pulse);
    h->is_lite = atomic_load(&s->is_lite);
    tally_now(&h->all);
    pulse_minute(s->pulse, &h->minute);
    ask_server(s, h);
    if (s->cache != NULL)
        h->cache = cache_counts(s->cache);
    count_read(COUNT_event, h->events);
    h->trouble = store_trouble(s->store);
    h->certificate_until = atomic_load(&s->certificate_until);
    look_at_machine(s, a, h);
    TRY(find_followers(s, a, db, h));
    TRY(find_stuck_hooks(a, db, h));
    TRY(find_pushes(a, db, h));
    return find_waiting(a, db, h);
}

/* --- what somebody should know of --- */

const char *const health_trouble_words[] = {
    [STORE_WELL] = "",
    [STORE_LOCKED] =
        SAY("Another program on this machine keeps the database locked. Readers see the paper as "
            "it was; saving goes on by itself when that program ends."),
    [STORE_FULL] = SAY("The disk is full. Readers see the paper as it was; make room, and saving "
                       "goes on by itself."),
    [STORE_READ_ONLY] =
        SAY("The disk cannot be written to. Readers see the paper as it was; when it can be "
            "written to again, saving goes on by itself."),
    [STORE_FAILING] = SAY("The disk gives errors. Readers see the paper as it was. Make a backup, "
                          "and have the disk looked at."),
};

static bool is_full(int64_t has, int64_t most)
{
    return most > 0 && has >= most - most / 10;
}

static bool disk_is_low(const struct health *h)
{
    const int64_t least = INT64_C(1) << 30;

    return h->disk_size > 0 && (h->disk_free < least || h->disk_free < h->disk_size / 20);
}

static bool mail_is_stuck(const struct health *h)
{
    return h->mail_since != 0 && h->at - h->mail_since > OUTBOX_STUCK_M * MINUTE_US;
}

/* Not for the few whose service is gone: anybody may enter an address that never answers. */
static bool push_is_stuck(const struct health *h)
{
    return h->late_pushes > h->devices / 10;
}

/* Behind the first `n`: an alarm for each that is not told, and for each that does not follow. */
static size_t add_each(const struct health *h, struct health_alarm out[HEALTH_ALARMS], size_t n)
{
    enum { BEHIND = 1000 };

    for (size_t i = 0; i < h->stuck_hook_n; i++)
        out[n++] = (struct health_alarm){"webhook",
                                         SAY("A machine elsewhere is not told what it should be."),
                                         SAY("It is tried again by itself for two days, then given "
                                             "up. Its page, in the settings, "
                                             "says why, and tells it again."),
                                         h->stuck_hooks[i]};
    for (size_t i = 0; i < h->follower_n && n < HEALTH_ALARMS; i++)
        if (h->followers[i].is_failing || h->followers[i].behind > BEHIND)
            out[n++] = (struct health_alarm){
                "follower", SAY("What happened is not followed up."),
                SAY("It is tried again by itself; until then pages, open readers, search or "
                    "caches in front may show what was before. The log says why."),
                h->followers[i].name};
    return n;
}

size_t health_alarms(const struct health *h, struct health_alarm out[HEALTH_ALARMS])
{
    enum { LATE_S = 5, CLOCK_S = 5 };
    const struct {
        bool is_so;
        struct health_alarm alarm;
    } all[] = {
        {disk_is_low(h),
         {"disk", SAY("The disk is nearly full."),
          SAY("On a full disk readers are served as before, but nothing can be saved or published. "
              "Make room."),
          S("")}},
        {h->trouble != STORE_WELL,
         {"save", SAY("Nothing can be saved."), health_trouble_words[h->trouble], S("")}},
        {h->certificate_until != 0 && h->certificate_until < h->at + CERTIFICATES_SOON_D * DAY_US,
         {"certificate", SAY("A certificate ends within fourteen days, or has ended."),
          SAY("Readers’ browsers refuse the paper from then on. Renew it; it is taken up by "
              "itself. The log says which (tls_ends) and what went wrong (tls_failed)."),
          S("")}},
        {h->late_us > LATE_S * SECOND_US,
         {"late", SAY("What is due is not done."),
          SAY("Readers have scheduled stories at their second all the same; feeds, fronts and "
              "letters come late. The log says why."),
          S("")}},
        {h->behind_us > CLOCK_S * SECOND_US,
         {"clock", SAY("The clock of this machine is behind what has happened already."),
          SAY("It went back. What is out stays out; what is scheduled comes when the clock says "
              "so. Set the clock right."),
          S("")}},
        {mail_is_stuck(h),
         {"mail", SAY("Mail does not go."),
          SAY("Invitations and warnings do not arrive. It is tried again by itself; look at the "
              "mail server and its settings."),
          S("")}},
        {push_is_stuck(h),
         {"push", SAY("Readers' devices are not told."),
          SAY("News for more than one device in ten has waited for a quarter of an hour. It is "
              "tried again by itself; the log says which push service does not take it."),
          S("")}},
        {h->is_lite,
         {"lite", SAY("Every page is its lite edition, by itself."),
          SAY("Readers were refused for long. The paper goes back by itself when nobody is refused "
              "any more; the setting lite_after says when it begins, and can forbid it."),
          S("")}},
        {h->minute.shed[LOAD_list] + h->minute.shed[LOAD_front] + h->minute.shed[LOAD_story] > 0,
         {"load", SAY("More is asked than can be answered."),
          SAY("What is not in memory is refused in a fixed order, stories last; pages in memory "
              "are sent as ever."),
          S("")}},
        {is_full(h->server.connections, h->connections_max),
         {"connections", SAY("Nearly all connections are taken."),
          SAY("Those that wait between two requests make room; when none is left, new readers are "
              "turned away."),
          S("")}},
        {is_full(h->server.streams, h->streams_max),
         {"streams", SAY("Nearly as many read along as can be told at once."),
          SAY("More than that ask now and then instead of being told."), S("")}},
    };
    size_t n = 0;

    for (size_t i = 0; i < LENGTH(all); i++)
        if (all[i].is_so)
            out[n++] = all[i].alarm;
    return add_each(h, out, n);
}

/* --- in words --- */

str health_span(arena *a, const struct tongue *t, int64_t us)
{
    str number = us < 1000        ? say_decimal(a, t, (us + 5) / 10, 2)
                 : us < SECOND_US ? say_decimal(a, t, (us + 50) / 100, 1)
                                  : say_decimal(a, t, (us + 50000) / 100000, 1);

    return str_fmt(a, us < SECOND_US ? "%.*s ms" : "%.*s s", STR(number));
}

str health_bytes(arena *a, const struct tongue *t, int64_t bytes)
{
    static const char *const units[] = {"kB", "MB", "GB", "TB", "PB"};
    size_t unit = 0;

    bytes = bytes / 100; /* tenths of kB */
    while (bytes >= 10000 && unit + 1 < LENGTH(units)) {
        bytes /= 1000;
        unit++;
    }
    return str_fmt(a, "%.*s %s", STR(say_decimal(a, t, bytes, 1)), units[unit]);
}

static str share(arena *a, const struct tongue *t, int64_t part, int64_t of)
{
    return of == 0 ? S("–") : str_fmt(a, "%.*s %%", STR(say_number(a, t, part * 100 / of)));
}

static int64_t sum(const int64_t *v, size_t n)
{
    int64_t all = 0;

    for (size_t i = 0; i < n; i++)
        all += v[i];
    return all;
}

static void add(struct health_group *g, str name, str value)
{
    if (g->n < LENGTH(g->v))
        g->v[g->n++] = (struct health_line){name, value};
}

static str spans_in_words(arena *a, const struct tongue *t, const int64_t spans[COUNT_SPANS])
{
    if (sum(spans, COUNT_SPANS) == 0)
        return S("–");
    return str_fmt(a, "%.*s, %.*s", STR(health_span(a, t, count_quantile(spans, 0.5))),
                   STR(health_span(a, t, count_quantile(spans, 0.99))));
}

static void tell_readers(arena *a, const struct tongue *t, const struct health *h,
                         struct health_group *g)
{
    int64_t replies = sum(&h->minute.reply[0][0], COUNT_KINDS * COUNT_STATUSES);

    g->title = say(t, SAY("Readers, in the last minute"));
    add(g, say(t, SAY("Replies")), say_number(a, t, replies));
    add(g, say(t, SAY("Of these from memory")),
        share(a, t, sum(h->minute.warm, COUNT_KINDS), replies));
    add(g, say(t, SAY("From memory: half within, 99 % within")),
        spans_in_words(a, t, h->minute.warm_us));
    add(g, say(t, SAY("Drawn: half within, 99 % within")),
        spans_in_words(a, t, h->minute.drawn_us));
    add(g, say(t, SAY("Open connections")), say_number(a, t, h->server.connections));
    add(g, say(t, SAY("Pages that are told what happens")), say_number(a, t, h->server.streams));
}

static str queue(arena *a, const struct tongue *t, int64_t n, int64_t first_us)
{
    str number = say_number(a, t, n);

    return n == 0 ? number
                  : str_fmt(a, "%.*s (%.*s)", STR(number), STR(health_span(a, t, first_us)));
}

static void tell_waiting(arena *a, const struct tongue *t, const struct health *h,
                         struct health_group *g)
{
    g->title = say(t, SAY("What waits, and for how long the first"));
    add(g, say(t, SAY("Requests for a thread that draws")),
        queue(a, t, h->server.waiting, h->server.wait_us));
    add(g, say(t, SAY("Stories whose time has come")), queue(a, t, h->due, h->late_us));
    add(g, say(t, SAY("Pictures to be made smaller")), say_number(a, t, h->pictures));
    add(g, say(t, SAY("Mail")), queue(a, t, h->mails, h->at - h->mail_since));
    add(g, say(t, SAY("Webhooks")), queue(a, t, h->hooks, h->at - h->hook_since));
    add(g, say(t, SAY("News for devices")), queue(a, t, h->pushes, h->at - h->push_since));
}

/* In the order in which they are refused. */
static const char *const rank_names[] = {
    [LOAD_extra] = SAY("Search, interface, desk asking again"),
    [LOAD_list] = SAY("Lists, archive, feeds, live"),
    [LOAD_front] = SAY("Fronts and sections"),
    [LOAD_story] = SAY("Stories, pictures, desk"),
    [LOAD_change] = SAY("What somebody sends"),
};
_Static_assert(LENGTH(rank_names) == LOAD_RANKS, "each has a name");

static void tell_refused(arena *a, const struct tongue *t, const struct health *h,
                         struct health_group *g)
{
    g->title = say(t, SAY("Refused in the last minute, what goes first above"));
    for (int i = 0; i < LOAD_RANKS; i++)
        add(g, say(t, rank_names[i]), say_number(a, t, h->minute.shed[i]));
    add(g, say(t, SAY("Of these, answered with a page from memory")),
        say_number(a, t, h->minute.spared));
    add(g, say(t, SAY("Too much for one address or account")), say_number(a, t, h->minute.over));
    add(g, say(t, SAY("Not begun: whoever asked had left")), say_number(a, t, h->minute.left));
}

static void tell_followers(arena *a, const struct tongue *t, const struct health *h,
                           struct health_group *g)
{
    g->title = say(t, SAY("Events that are still to be followed up"));
    for (size_t i = 0; i < h->follower_n; i++)
        add(g, h->followers[i].name, say_number(a, t, h->followers[i].behind));
}

static str up_in_words(arena *a, const struct tongue *t, int64_t s)
{
    if (s < 120)
        return say_count(a, t, s, "{n} second", "{n} seconds");
    if (s < 120 * 60)
        return say_count(a, t, s / 60, "{n} minute", "{n} minutes");
    if (s < 48 * 3600)
        return say_count(a, t, s / 3600, "{n} hour", "{n} hours");
    return say_count(a, t, s / 86400, "{n} day", "{n} days");
}

static void tell_machine(arena *a, const struct tongue *t, const struct health *h,
                         struct health_group *g)
{
    g->title = say(t, SAY("The machine"));
    add(g, say(t, SAY("Serves for")), up_in_words(a, t, h->up_s));
    add(g, say(t, SAY("Room left on the disk")),
        str_fmt(a, "%.*s / %.*s", STR(health_bytes(a, t, h->disk_free)),
                STR(health_bytes(a, t, h->disk_size))));
    add(g, say(t, SAY("Database")), health_bytes(a, t, h->database));
    add(g, say(t, SAY("Memory")), health_bytes(a, t, h->memory));
    add(g, say(t, SAY("Pages in memory")),
        str_fmt(a, "%.*s (%.*s)", STR(say_number(a, t, h->cache.pages)),
                STR(health_bytes(a, t, h->cache.bytes))));
}

void health_groups(arena *a, const struct tongue *t, const struct health *h,
                   struct health_group out[HEALTH_GROUPS])
{
    memset(out, 0, HEALTH_GROUPS * sizeof *out);
    tell_readers(a, t, h, &out[0]);
    tell_waiting(a, t, h, &out[1]);
    tell_refused(a, t, h, &out[2]);
    tell_followers(a, t, h, &out[3]);
    tell_machine(a, t, h, &out[4]);
}

size_t health_kinds(const struct health *h, struct health_kind out[ROUTE_KINDS])
{
    for (size_t i = 0; i < ROUTE_KINDS; i++) {
        int64_t all = sum(h->minute.reply[i], COUNT_STATUSES);

        out[i] = (struct health_kind){
            .kind = (enum route_kind)i,
            .replies = all,
            .warm_percent = all == 0 ? -1 : h->minute.warm[i] * 100 / all,
            .refused = h->minute.reply[i][5],
        };
    }
    return ROUTE_KINDS;
}
