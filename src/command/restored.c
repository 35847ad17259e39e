/*
 * restored.c - word left in a data folder that it was made from a backup: DIR/restored, one line,
 * the moment of that in microseconds and the backup's newest event.  Read when it is served next.
 */
#include "command/backup.h"
#include "command/command.h"

#include "base/log.h"
#include "media/keep.h"
#include "news/outbox.h"
#include "site/site.h"
#include "store/sql.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { MARK_MAX = 100 };

static const char *mark_of(arena *a, const char *folder)
{
    return backup_at(a, folder, "", S("restored"));
}

err restored_mark(arena *a, const char *folder, int64_t now, int64_t event, note *why)
{
    return keep_file(a, mark_of(a, folder),
                     str_fmt(a, "%lld %lld\n", (long long)now, (long long)event), why);
}

struct giving_up {
    int64_t before, event, now;
};

/* What the backup's events had not been made into yet is not told either. */
static err pass_over(arena *a, store_conn *w, int64_t event)
{
    for (size_t i = 0; i < site_follower_count; i++) {
        str name = str_c(site_followers[i].name);
        struct sql_follower_cursor at = {0};

        if (!site_followers[i].durable)
            continue;
        if (sql_follower_cursor(a, w, name, &at) != OK || at.event < event)
            TRY(sql_follower_move(w, name, event, NULL));
    }
    return OK;
}

static err give_up(arena *a, store_conn *w, void *of, note *why)
{
    const struct giving_up *g = of;

    (void)why;
    TRY(pass_over(a, w, g->event));
    return outbox_give_up(w, g->before, g->now,
                          S("not sent: the paper was restored from a backup"));
}

err restored_settle(struct house *h, const char *folder, note *why)
{
    const char *path = mark_of(h->a, folder);
    struct giving_up g = {.now = clock_now(store_clock(h->store))};
    str line = S(""), at = S("");
    err e = keep_read(h->a, path, MARK_MAX, &line, NULL);

    if (e == E_MISSING)
        return OK;
    if (e != OK || !str_cut(&line, ' ', &at) || !str_int(at, &g.before) || g.before == 0 ||
        !str_int(str_trim(line), &g.event))
        return fail(why, E_INVALID, "%s cannot be read: remove it, and what waits is sent", path);
    TRY(store_write(h->store, give_up, &g, h->a, why));
    log_event(LOG_restored, "folder=\"%s\" newest_event=%lld", folder, (long long)g.event);
    return unlink(path) == 0 ? OK
                             : fail(why, E_IO, "could not remove %s: %s", path, strerror(errno));
}
