#include "site/pulse.h"

#include "base/log.h"
#include "base/must.h"
#include "media/keep.h"
#include "site/alarm.h"
#include "site/health.h"
#include "site/ration.h"
#include "site/surge.h"
#include "store/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    KEPT = 61,    /* looks, one a second */
    ALARMS_S = 2, /* between two looks for alarms */
    JUMP_S = 5,   /* a clock that is kept right by NTP is moved by less at once */
    LOOK_MS = 250,
    CEILING = 16 << 20,
    PICTURE_MAX = 64 << 10,
    ANSWER_S = 5
};

static const clock_source ticks;
static const char socket_name[] = "top.sock";

struct pulse {
    struct site *site;
    store_conn *db;
    arena *a;
    pthread_t thread;
    int64_t started_at; /* ticks */
    atomic_bool stopping;
    int folder;
    pthread_mutex_t lock; /* over what follows */
    int listener;         /* -1: another process answers */
    struct tally kept[KEPT];
    size_t looks;       /* ever; a ring */
    struct surge surge; /* of the thread */
    int64_t refused;    /* readers, at its last look */
    int64_t ahead;      /* of the thread: the clock, of what passes steadily; 0: not looked yet */
    const char *alarms[HEALTH_ALARMS]; /* of the thread: those that are so, as the log has them */
    size_t alarm_n;
    int64_t alarms_at; /* ticks: when they are looked for next */
};

/* --- what was counted --- */

void tally_now(struct tally *out)
{
    out->at = clock_ticks(&ticks);
    count_read(COUNT_reply, &out->reply[0][0]);
    count_read(COUNT_warm, out->warm);
    count_read(COUNT_warm_us, out->warm_us);
    count_read(COUNT_drawn_us, out->drawn_us);
    count_read(COUNT_spent_us, out->spent_us);
    count_read(COUNT_shed, out->shed);
    count_read(COUNT_spared, &out->spared);
    count_read(COUNT_left, &out->left);
    count_read(COUNT_over, &out->over);
}

static void take_away(int64_t *from, const int64_t *what, size_t n)
{
    for (size_t i = 0; i < n; i++)
        from[i] -= what[i];
}

/* --- the clock --- */

/* What was kept, and when what is due is looked at next, went by the clock as it was. */
static void look_at_clock(struct pulse *p)
{
    int64_t ahead = clock_now(p->site->clock) - clock_ticks(&ticks);
    int64_t by = p->ahead == 0 ? 0 : ahead - p->ahead, far = by < 0 ? -by : by;

    p->ahead = ahead;
    if (far < JUMP_S * SECOND_US)
        return;
    log_event(LOG_clock_jumped, "by_ms=%lld", (long long)(by / 1000));
    if (p->site->cache != NULL)
        cache_drop_all(p->site->cache);
    work_clock_jumped(p->site);
    alarm_raise(p->site, p->a, S("clock"), far / 1000, S(""));
}

/* --- under load --- */

static void change_edition(struct pulse *p)
{
    atomic_store(&p->site->is_lite, p->surge.is_lite);
    log_event(p->surge.is_lite ? LOG_lite_begins : LOG_lite_ends, "refused=%lld",
              (long long)p->refused);
    if (p->surge.is_lite)
        alarm_raise(p->site, p->a, S("lite"), 0, S(""));
}

static int64_t number(struct pulse *p, str setting, int64_t otherwise)
{
    int64_t n;

    return str_int(paper_setting(p->a, p->db, setting, S("")), &n) ? n : otherwise;
}

/* Those who only wanted extras are not counted: a lite paper helps them nothing. */
static void look_at_load(struct pulse *p, const struct tally *now)
{
    int64_t refused = now->shed[LOAD_list] + now->shed[LOAD_front] + now->shed[LOAD_story];
    bool more = refused > p->refused;

    p->refused = refused;
    rations_allow(p->site->rations, number(p, S("allowance"), RATION_A_MINUTE));
    if (surge_look(&p->surge, more, number(p, S("lite_after"), SURGE_AFTER_S), now->at))
        change_edition(p);
}

/* --- alarms --- */

static bool is_among(const char *name, const char *const *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i], name) == 0)
            return true;
    return false;
}

/* What begins and what ends; of several of one name, that the first did and the last. */
static void tell_alarms(struct pulse *p, const struct health_alarm *now, size_t n)
{
    const char *names[HEALTH_ALARMS];
    size_t many = 0;

    for (size_t i = 0; i < n; i++) {
        if (is_among(now[i].name, names, many))
            continue;
        names[many++] = now[i].name;
        if (!is_among(now[i].name, p->alarms, p->alarm_n))
            log_event(LOG_alarm_begins, "alarm=%s why=\"%s\"", now[i].name, now[i].words);
    }
    for (size_t i = 0; i < p->alarm_n; i++)
        if (!is_among(p->alarms[i], names, many))
            log_event(LOG_alarm_ends, "alarm=%s", p->alarms[i]);
    memcpy(p->alarms, names, many * sizeof *names);
    p->alarm_n = many;
}

/* Whoever is not in charge knows little of what goes wrong. */
static void look_for_alarms(struct pulse *p, bool in_charge)
{
    struct health *h = arena_one(p->a, struct health);
    struct health_alarm now[HEALTH_ALARMS];

    if (!in_charge)
        p->alarm_n = 0;
    if (!in_charge || clock_ticks(&ticks) < p->alarms_at)
        return;
    p->alarms_at = clock_ticks(&ticks) + ALARMS_S * SECOND_US;
    if (health_gather(p->site, p->a, p->db, h) == OK)
        tell_alarms(p, now, health_alarms(h, now));
}

static void look(struct pulse *p)
{
    struct tally now;

    tally_now(&now);
    if (p->db != NULL) {
        look_at_clock(p);
        look_at_load(p, &now);
    }
    pthread_mutex_lock(&p->lock);
    p->kept[p->looks++ % KEPT] = now;
    pthread_mutex_unlock(&p->lock);
}

void pulse_minute(struct pulse *p, struct tally *out)
{
    struct tally before;

    pthread_mutex_lock(&p->lock);
    before = p->kept[p->looks < KEPT ? 0 : p->looks % KEPT];
    pthread_mutex_unlock(&p->lock);
    tally_now(out);
    out->at -= before.at;
    take_away(&out->reply[0][0], &before.reply[0][0], COUNT_KINDS * COUNT_STATUSES);
    take_away(out->warm, before.warm, COUNT_KINDS);
    take_away(out->warm_us, before.warm_us, COUNT_SPANS);
    take_away(out->drawn_us, before.drawn_us, COUNT_SPANS);
    take_away(out->spent_us, before.spent_us, 2);
    take_away(out->shed, before.shed, COUNT_RANKS);
    out->spared -= before.spared;
    out->left -= before.left;
    out->over -= before.over;
}

int64_t pulse_up_s(const struct pulse *p)
{
    return (clock_ticks(&ticks) - p->started_at) / SECOND_US;
}

/* --- top.sock --- */

/* A socket's path may not be longer than 107 bytes: through /proc/self/fd. */
static struct sockaddr_un address_in(int folder)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};

    snprintf(at.sun_path, sizeof at.sun_path, "/proc/self/fd/%d/%s", folder, socket_name);
    return at;
}

err pulse_listen(struct pulse *p, note *why)
{
    struct sockaddr_un at = address_in(p->folder);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    unlinkat(p->folder, socket_name, 0);
    if (fd < 0 || fchmod(fd, 0600) != 0 || bind(fd, (struct sockaddr *)&at, sizeof at) != 0 ||
        listen(fd, 16) != 0) {
        err e = fail(why, E_IO, "cannot listen at %s/%s: %s", store_folder(p->site->store),
                     socket_name, strerror(errno));

        if (fd >= 0)
            close(fd);
        return e;
    }
    pthread_mutex_lock(&p->lock);
    p->listener = fd;
    pthread_mutex_unlock(&p->lock);
    return OK;
}

void pulse_hang_up(struct pulse *p)
{
    if (p == NULL)
        return;
    pthread_mutex_lock(&p->lock);
    if (p->listener >= 0) {
        unlinkat(p->folder, socket_name, 0);
        close(p->listener);
    }
    p->listener = -1;
    pthread_mutex_unlock(&p->lock);
}

/* Who asks, or -1. */
static int next_asker(struct pulse *p)
{
    pthread_mutex_lock(&p->lock);

    int to = accept4(p->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

    pthread_mutex_unlock(&p->lock);
    return to;
}

static void answer(struct pulse *p)
{
    int to = next_asker(p);
    buf picture = buf_new(p->a, PICTURE_MAX);
    struct health *h = arena_one(p->a, struct health);

    if (to < 0)
        return;
    if (health_gather(p->site, p->a, p->db, h) == OK) {
        health_picture(p->a, h, &picture);
        (void)keep_write(to, buf_str(&picture)); /* fits the socket's buffer, or is cut */
    }
    close(to);
}

/* --- the thread --- */

static int listener_of(struct pulse *p)
{
    pthread_mutex_lock(&p->lock);

    int fd = p->listener;

    pthread_mutex_unlock(&p->lock);
    return fd;
}

static void *run(void *of)
{
    struct pulse *p = of;
    int64_t next = clock_ticks(&ticks);

    while (!atomic_load(&p->stopping)) {
        struct pollfd asked = {.fd = listener_of(p), .events = POLLIN};

        if (clock_ticks(&ticks) >= next) {
            look(p);
            look_for_alarms(p, asked.fd >= 0);
            next = clock_ticks(&ticks) + SECOND_US;
        }
        if (poll(&asked, 1, LOOK_MS) > 0)
            answer(p);
        store_conn_rest(p->db);
        arena_reset(p->a);
    }
    return NULL;
}

err pulse_start(struct site *s, struct pulse **out, note *why)
{
    struct pulse *p = calloc(1, sizeof *p);
    err e;

    must(p != NULL);
    *p = (struct pulse){.site = s,
                        .started_at = clock_ticks(&ticks),
                        .listener = -1,
                        .folder = -1,
                        .lock = PTHREAD_MUTEX_INITIALIZER};
    *out = p;
    p->a = arena_new(CEILING);
    look(p);
    e = store_conn_open(s->store, &p->db, why);
    p->folder = open(store_folder(s->store), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (e == OK && p->folder < 0)
        e = fail(why, E_IO, "cannot open %s: %s", store_folder(s->store), strerror(errno));
    if (e != OK) {
        pulse_stop(out);
        return e;
    }
    must(pthread_create(&p->thread, NULL, run, p) == 0);
    return OK;
}

void pulse_stop(struct pulse **out)
{
    struct pulse *p = *out;

    if (p == NULL)
        return;
    atomic_store(&p->stopping, true);
    if (p->thread != 0)
        pthread_join(p->thread, NULL);
    pulse_hang_up(p);
    if (p->folder >= 0)
        close(p->folder);
    store_conn_close(&p->db);
    arena_free(&p->a);
    free(p);
    *out = NULL;
}

/* --- asking --- */

static err hear(arena *a, int from, str *out, note *why)
{
    struct timeval patience = {.tv_sec = ANSWER_S};
    char piece[4096];
    buf all = buf_new(a, PICTURE_MAX);
    ssize_t n;

    setsockopt(from, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while ((n = recv(from, piece, sizeof piece, 0)) > 0)
        buf_add(&all, str_of(piece, (size_t)n));
    if (n < 0 || all.n == 0)
        return fail(why, E_BUSY, "the server has not answered within %d s", ANSWER_S);
    *out = buf_str(&all);
    return OK;
}

err pulse_ask(arena *a, const char *folder, str *picture, note *why)
{
    int fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int to = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_un at = address_in(fd);
    err e;

    must(to >= 0);
    if (fd < 0)
        e = fail(why, E_MISSING, "there is no data folder at %s", folder);
    else if (connect(to, (struct sockaddr *)&at, sizeof at) != 0)
        e = fail(why, E_MISSING, "no server answers in %s: %s", folder, strerror(errno));
    else
        e = hear(a, to, picture, why);
    if (fd >= 0)
        close(fd);
    close(to);
    return e;
}
