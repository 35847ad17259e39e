/*
 * health.h - what the paper is doing now, gathered in one place and told in three: the desk's page
 * (desk/health.c), /metrics (api/metrics.c), `broadsheet top` (pulse.c).
 *
 * Gathering costs a few index searches and two system calls; on any thread with a connection.
 */
#ifndef SITE_HEALTH_H
#define SITE_HEALTH_H

#include "base/buf.h"
#include "site/pulse.h"
#include "site/site.h"
#include "text/say.h"

enum { HEALTH_FOLLOWERS = 32, HEALTH_HOOKS = 4, CERTIFICATES_SOON_D = 14 };

struct health_follower {
    str name;
    int64_t behind; /* events */
    bool is_failing;
};

struct health {
    int64_t at, up_s;
    struct tally all, minute; /* since the start; in the last minute */
    struct server_counts server;
    int64_t connections_max, streams_max;
    bool is_lite; /* by itself (surge.h) */
    struct cache_counts cache;
    struct slow slow[SLOW_MAX];
    size_t slow_n;
    struct health_follower followers[HEALTH_FOLLOWERS];
    size_t follower_n;
    int64_t events[COUNT_EVENTS]; /* seen since the start, by kind */
    int64_t behind_us;            /* how far the clock is behind what has happened already */
    int64_t due, late_us; /* stories whose time has come, not moved yet; the latest of them */
    int64_t pictures, mails, mail_since; /* that wait; 0: none */
    int64_t hooks, hook_since;           /* what machines elsewhere are to be told */
    int64_t pushes, push_since;          /* what readers' devices are to be told */
    int64_t late_pushes, devices;        /* of these, for OUTBOX_STUCK_M and more; all devices */
    str stuck_hooks[HEALTH_HOOKS];       /* addresses of those that take nothing */
    size_t stuck_hook_n;
    int64_t certificate_until;  /* when the first of them ends, µs UTC; 0: none */
    enum store_trouble trouble; /* why nothing can be saved */
    int64_t disk_free, disk_size, memory, database; /* bytes */
};

/* What there is; what cannot be found out is 0.  Texts live in `a`. */
err health_gather(struct site *s, arena *a, store_conn *db, struct health *out);

/* What is the matter, by enum store_trouble, and what to do; in English, to be said. */
extern const char *const health_trouble_words[];

/* Something that somebody should know of; both in English, to be said.  `what`: the one that it
 * concerns, or empty. */
struct health_alarm {
    const char *name; /* for machines: "disk" */
    const char *words, *meaning;
    str what;
};
enum { HEALTH_ALARMS = 24 };
size_t health_alarms(const struct health *h, struct health_alarm out[HEALTH_ALARMS]);

/* The numbers in words, in groups, as the page and the terminal have them. */
struct health_line {
    str name, value;
};
struct health_group {
    str title;
    struct health_line v[HEALTH_FOLLOWERS];
    size_t n;
};
enum { HEALTH_GROUPS = 5 };
void health_groups(arena *a, const struct tongue *t, const struct health *h,
                   struct health_group out[HEALTH_GROUPS]);

/* One kind of route in the last minute; shares in percent, -1: nothing was asked. */
struct health_kind {
    enum route_kind kind;
    int64_t replies, warm_percent, refused; /* refused: with 429 or 5xx */
};
size_t health_kinds(const struct health *h, struct health_kind out[ROUTE_KINDS]);

/* "1.4 ms", "2.3 GB"; in `a`. */
str health_span(arena *a, const struct tongue *t, int64_t us);
str health_bytes(arena *a, const struct tongue *t, int64_t bytes);

/* All of it as Prometheus reads it (text exposition format 0.0.4); and for a terminal of 80
 * columns. */
void health_metrics(const struct health *h, buf *out);
void health_picture(arena *a, const struct health *h, buf *out);

#endif
