/*
 * webhook.c - machines elsewhere that are told what happens, from the command line.
 */
#include "command/command.h"

#include "live/webhook.h"
#include "store/sql.h"

#include <getopt.h>
#include <stdio.h>

enum act { LIST, ADD, CHANGE, REMOVE, REPLAY, ACTS };
static const char *const acts[] = {"list", "add", "change", "remove", "replay"};

struct words {
    const char *data;
    enum act act;
    str of, kinds, secret;
    int64_t from;
};

struct job {
    struct webhook_act act;
    int64_t now;
};

static int read_options(const struct command *c, int argc, char **argv, struct words *w)
{
    static const struct option options[] = {
        {"data", required_argument, NULL, 'd'},   {"kinds", required_argument, NULL, 'k'},
        {"secret", required_argument, NULL, 's'}, {"from", required_argument, NULL, 'f'},
        {"help", no_argument, NULL, 'h'},         {NULL, 0, NULL, 0},
    };

    *w = (struct words){.data = command_data_folder()};
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'h') {
            command_help(c);
            return EXIT_DONE;
        }
        if (o == '?')
            return command_words(c, "those words are not known");
        if (o == 'd')
            w->data = optarg;
        else if (o == 'f' && (!str_int(str_c(optarg), &w->from) || w->from < 1))
            return command_words(c, "--from takes the number of an event");
        else if (o != 'f')
            *(o == 'k' ? &w->kinds : &w->secret) = str_c(optarg);
    }
    return -1;
}

/* -1: the words are fine. */
static int read_act(const struct command *c, int n, char **given, struct words *w)
{
    if (n == 0)
        return -1;
    while (w->act < ACTS && strcmp(given[0], acts[w->act]) != 0)
        w->act++;
    if (w->act == ACTS)
        return command_words(c, "\"%s\" is none of list, add, change, remove, replay", given[0]);
    if (n != (w->act == LIST ? 1 : 2))
        return command_words(c, w->act == ADD    ? "add takes an address"
                                : w->act == LIST ? "list takes nothing"
                                                 : "it takes the number of a webhook");
    if (w->act == REPLAY && w->from == 0)
        return command_words(c, "from which event?  --from NUMBER");
    w->of = n == 2 ? str_c(given[1]) : S("");
    return -1;
}

static err list(struct house *h)
{
    struct sql_webhooks_rows rows;

    TRY(sql_webhooks(h->a, h->db, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_webhooks *x = &rows.v[i];
        str kinds = x->kinds.n > 0 ? x->kinds : S("all");

        printf("%lld\t%.*s\t%.*s\twaiting %lld\tgiven up %lld\n", (long long)x->webhook,
               STR(x->url), STR(kinds), (long long)x->waiting, (long long)x->given_up);
    }
    return OK;
}

static err work(arena *a, store_conn *w, void *of, note *why)
{
    struct job *job = of;
    struct deed deed;

    TRY(webhook_do(a, w, &job->act, job->now, &deed, why));
    return command_log(a, w, job->now, &deed, why);
}

static err run(const struct command *c, struct house *h, const struct words *w, note *why)
{
    static const enum audit_act deeds[ACTS] = {
        [ADD] = AUDIT_webhook_added,
        [CHANGE] = AUDIT_webhook_changed,
        [REMOVE] = AUDIT_webhook_removed,
        [REPLAY] = AUDIT_webhook_replayed,
    };
    struct job job = {{.act = deeds[w->act],
                       .of = {w->of, w->secret, w->kinds},
                       .from = w->from,
                       .to = INT64_MAX},
                      clock_now(store_clock(h->store))};
    int64_t *id = &job.act.id;
    struct webhook_to made;

    if (w->act == LIST)
        return list(h);
    if (w->act != ADD && !str_int(w->of, id))
        return fail(why, E_INVALID, "\"%.*s\" is no number of a webhook", STR(w->of));
    TRY(store_write(h->store, work, &job, h->a, why));
    command_settle(c, h);
    if (w->act == REPLAY)
        printf("webhook %lld: %zu events are told again\n", (long long)*id, job.act.many);
    else
        printf("webhook %lld: done\n", (long long)*id);
    if (w->act != ADD)
        return OK;
    TRY(webhook_to(h->a, h->db, *id, &made));
    printf("secret %.*s\n", STR(made.secret));
    return OK;
}

static int webhook(const struct command *c, int argc, char **argv)
{
    struct words w;
    struct house h;
    note why = {0};
    int done = read_options(c, argc, argv, &w);

    if (done < 0)
        done = read_act(c, argc - optind, argv + optind, &w);
    if (done >= 0)
        return done;
    if (!house_open(&h, c, w.data, true))
        return EXIT_FAILED;

    err e = run(c, &h, &w, &why);

    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_webhook = {
    "webhook", "[--data DIR] [list | add URL | change ID | remove ID | replay ID --from EVENT]",
    "Machines elsewhere that are told what happens.",
    "  --data DIR        the data folder (default: $BROADSHEET_DATA or ./data)\n"
    "  list              all of them, and what waits\n"
    "  add URL           tell this address from now on; prints the secret of the signature\n"
    "  change ID         want other kinds of event\n"
    "  --kinds \"WORDS\"   which kinds: published, corrected, killed... (default: all)\n"
    "  --secret SECRET   whsec_ and base64 (default: one is made)\n"
    "  remove ID         tell it nothing more\n"
    "  replay ID         tell it again what happened\n"
    "  --from EVENT      from this number of the event log on\n",
    webhook};
