/*
 * webhook.c - machines elsewhere that are told what happens, from the command line.
 */
#include "command/words.h"

#include "live/webhook.h"
#include "store/sql.h"

#include <stdio.h>

enum act { LIST, ADD, CHANGE, REMOVE, REPLAY, ACTS };

struct words {
    const char *data;
    int act;
    str of, kinds, secret;
    int64_t from;
};

struct job {
    struct webhook_act act;
    int64_t now;
};

/* -1: go on; else the exit code. */
static int read_words(const struct command *c, int argc, char **argv, struct words *w)
{
    const struct word words[] = {
        DATA_WORD(&w->data),
        {"list", NULL, "all of them, and what waits", .verb = &w->act, .is = LIST},
        {"add", "URL", "tell this address from now on; prints the secret of the signature",
         .verb = &w->act, .is = ADD},
        {"change", "ID", "want other kinds of event", .verb = &w->act, .is = CHANGE},
        {"kinds", "\"WORDS\"", "which kinds: published, corrected, killed... (default: all)",
         .str = &w->kinds},
        {"secret", "SECRET", "whsec_ and base64 (default: one is made)", .str = &w->secret},
        {"remove", "ID", "tell it nothing more", .verb = &w->act, .is = REMOVE},
        {"replay", "ID", "tell it again what happened; needs --from", .verb = &w->act,
         .is = REPLAY},
        {"from", "EVENT", "from this number of the event log on", .number = &w->from, .least = 1},
    };

    *w = (struct words){.data = command_data_folder()};

    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    if (done >= 0)
        return done;
    if (w->act == REPLAY && w->from == 0)
        return command_words(c, "from which event?  --from NUMBER");
    w->of = str_c(argv[0]);
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
    int done = read_words(c, argc, argv, &w);

    if (done >= 0)
        return done;
    if (!house_open(&h, c, w.data, true))
        return EXIT_FAILED;

    err e = run(c, &h, &w, &why);

    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_webhook = {"webhook", "",
                                        "Machines elsewhere that are told what happens.", webhook};
