/*
 * stories.c - list, show, publish, withdraw, kill, correct: a newsroom at the command line.
 *
 * Works beside a running server on the same folder: a change is on the disk, and the server's kept
 * pages are dropped, before the command answers.
 */
#include "command/command.h"

#include "news/story.h"
#include "staff/publishing.h"
#include "store/sql.h"
#include "text/dates.h"
#include "text/write_plain.h"

#include <getopt.h>
#include <stdio.h>

enum { SETTLE_MS = 2000, LIST_MANY = 50 };

/* The words after a verb. */
struct words {
    const char *data;
    str reason, headline, standfirst, at;
    int64_t many;
    bool is_clarification;
    int64_t ids[64];
    size_t id_count;
};

/* -1: go on; else the exit code. */
static int read_words(const struct command *c, int argc, char **argv, struct words *w)
{
    static const struct option options[] = {{"data", required_argument, NULL, 'd'},
                                            {"reason", required_argument, NULL, 'r'},
                                            {"headline", required_argument, NULL, 'H'},
                                            {"standfirst", required_argument, NULL, 's'},
                                            {"at", required_argument, NULL, 'a'},
                                            {"clarification", no_argument, NULL, 'c'},
                                            {"limit", required_argument, NULL, 'n'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};

    *w = (struct words){.data = command_data_folder(), .many = LIST_MANY};
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (o) {
        case 'd':
            w->data = optarg;
            break;
        case 'r':
            w->reason = str_c(optarg);
            break;
        case 'H':
            w->headline = str_c(optarg);
            break;
        case 's':
            w->standfirst = str_c(optarg);
            break;
        case 'a':
            w->at = str_c(optarg);
            break;
        case 'c':
            w->is_clarification = true;
            break;
        case 'n':
            if (!str_int(str_c(optarg), &w->many) || w->many < 1 || w->many > 100000)
                return command_words(c, "--limit takes a number from 1 to 100000");
            break;
        case 'h':
            command_help(c);
            return EXIT_DONE;
        default:
            return command_words(c, "those words are not known");
        }
    }
    for (; optind < argc; optind++) {
        if (w->id_count == LENGTH(w->ids))
            return command_words(c, "at most %zu stories at a time", LENGTH(w->ids));
        if (!str_int(str_c(argv[optind]), &w->ids[w->id_count]))
            return command_words(c, "\"%s\" is not a story's number", argv[optind]);
        w->id_count++;
    }
    return -1;
}

static str stamp(arena *a, int64_t at)
{
    return at == 0 ? S("-") : date_iso(a, at);
}

static int list(const struct command *c, int argc, char **argv)
{
    struct words w;
    struct house h;
    struct sql_stories_for_desk_rows rows;
    int done = read_words(c, argc, argv, &w);

    if (done >= 0)
        return done;
    if (w.id_count > 0)
        return command_words(c, "it takes no story's number; --limit says how many");
    if (!house_open(&h, c, w.data, true))
        return EXIT_FAILED;

    err e = sql_stories_for_desk(h.a, h.db, w.many, &rows);

    for (size_t i = 0; e == OK && i < rows.n; i++)
        printf("%lld\t%.*s\tv%lld\t%.*s\t%.*s\t%.*s\n", (long long)rows.v[i].story,
               STR(state_word((enum public_state)rows.v[i].public_state)),
               (long long)rows.v[i].version,
               STR(stamp(h.a, rows.v[i].has_public_at ? rows.v[i].public_at : 0)),
               STR(rows.v[i].section), STR(rows.v[i].headline));
    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &(note){0});
}

static void print_field(const char *name, str value)
{
    if (value.n > 0)
        printf("%-12s %.*s\n", name, STR(value));
}

static void print_story(arena *a, const struct story *s)
{
    buf text = buf_new(a, 64 << 20);

    body_write_plain(&text, &s->body, &(struct plain_writer){.width = 80});
    printf("%-12s %lld\n", "story", (long long)s->card.id);
    print_field("state", state_word(s->state));
    printf("%-12s %d\n", "version", s->card.version);
    print_field("address", s->card.path);
    print_field("public", stamp(a, s->card.public_at));
    print_field("changed", stamp(a, s->card.changed_at));
    print_field("kicker", s->card.kicker);
    print_field("headline", s->card.headline);
    print_field("standfirst", s->card.standfirst);
    print_field("byline", s->card.byline);
    print_field("credit", s->credit);
    for (size_t i = 0; i < s->topic_count; i++)
        print_field("topic", s->topics[i].name);
    for (size_t i = 0; i < s->place_count; i++)
        print_field("place", s->places[i].name);
    for (size_t i = 0; i < s->correction_count; i++)
        print_field("correction", s->corrections[i].reason);
    printf("\n%.*s\n", STR(buf_str(&text)));
}

static int show(const struct command *c, int argc, char **argv)
{
    struct words w;
    struct house h;
    err e = OK;
    note why = {0};
    int done = read_words(c, argc, argv, &w);

    if (done >= 0)
        return done;
    if (w.id_count == 0)
        return command_words(c, "which story?");
    if (!house_open(&h, c, w.data, true))
        return EXIT_FAILED;
    for (size_t i = 0; e == OK && i < w.id_count; i++) {
        struct reading r;
        struct story s;

        e = reading_begin(&r, h.a, h.db, (struct viewer){VIEWER_STAFF}, OUTLET_DESK,
                          clock_now(store_clock(h.store)));
        if (e != OK)
            break;
        e = story_by_id(&r, w.ids[i], &s);
        reading_end(&r);
        if (e == OK)
            print_story(h.a, &s);
        else
            err_ignore(fail(&why, e, "there is no story %lld", (long long)w.ids[i]));
    }
    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

/* One verb on one story, as a job. */
struct act {
    struct story_act act;
    int64_t now;
};

static err act_out(arena *a, store_conn *w, void *of, note *why)
{
    const struct act *act = of;
    struct staff_work k = {
        .a = a, .w = w, .now = act->now, .by = command_actor(a), .may = PRIVILEGES_ALL};

    return staff_act_on(&k, &act->act, why);
}

static enum audit_act act_of(const struct command *verb)
{
    return verb == &command_publish    ? AUDIT_story_published
           : verb == &command_withdraw ? AUDIT_story_withdrawn
           : verb == &command_kill     ? AUDIT_story_killed
                                       : AUDIT_story_corrected;
}

static int act_on(const struct command *c, int argc, char **argv)
{
    struct words w;
    struct house h;
    note why = {0};
    int failed = 0;
    int done = read_words(c, argc, argv, &w);

    if (done >= 0)
        return done;
    if (w.id_count == 0)
        return command_words(c, "which story?");
    if (c == &command_correct && w.reason.n == 0)
        return command_words(c, "--reason says to readers what was wrong");

    struct act act = {.act = {.act = act_of(c),
                              .reason = w.reason,
                              .correction = {.kind = w.is_clarification ? VERSION_CLARIFICATION
                                                                        : VERSION_CORRECTION,
                                             .reason = w.reason,
                                             .headline = w.headline,
                                             .standfirst = w.standfirst}}};

    if (w.at.n > 0 && !date_parse(w.at, NULL, &act.act.at))
        return command_words(c, "--at takes a time like 2026-11-24T06:00:00+01:00");
    if (!house_open(&h, c, w.data, true))
        return EXIT_FAILED;
    for (size_t i = 0; i < w.id_count; i++) {
        act.act.story = w.ids[i];
        act.now = clock_now(store_clock(h.store));

        err e = store_write(h.store, act_out, &act, h.a, &why);

        if (e == OK)
            printf("%s %lld: done\n", c->name, (long long)act.act.story);
        else
            failed = command_failed(c, e, &why);
    }
    if (store_settle(h.store, store_last_event(h.store), SETTLE_MS, &why) != OK)
        fprintf(stderr, "broadsheet %s: saved, but the running server has not answered: %s\n",
                c->name, why.text);
    house_close(&h);
    return failed;
}

#define DATA_HELP "  --data DIR        the data folder (default: $BROADSHEET_DATA or ./data)\n"

const struct command command_list = {
    "list", "[--data DIR] [--limit N]",
    "List the newest stories: number, state, version, public since, section, headline.",
    DATA_HELP "  --limit N         how many (default 50)\n", list};

const struct command command_show = {"show", "[--data DIR] ID...",
                                     "Show a story whole, as staff see it.", DATA_HELP, show};

const struct command command_publish = {
    "publish", "[--data DIR] [--at TIME] ID...", "Let readers have a story.",
    DATA_HELP "  --at TIME         not before this moment (RFC 3339, with its zone)\n", act_on};

const struct command command_withdraw = {
    "withdraw", "[--data DIR] [--reason TEXT] ID...",
    "Take a story down; its address says that it was withdrawn.  It can be published again.",
    DATA_HELP "  --reason TEXT     for the newsroom\n", act_on};

const struct command command_kill = {"kill", "[--data DIR] [--reason TEXT] ID...",
                                     "Kill a story: it can never be used again, by anybody.",
                                     DATA_HELP "  --reason TEXT     for the newsroom\n", act_on};

const struct command command_correct = {
    "correct", "[--data DIR] --reason TEXT [--headline TEXT] [--standfirst TEXT] ID...",
    "Say publicly what was wrong in a story, and mend headline or standfirst.",
    DATA_HELP "  --reason TEXT     what was wrong and what is right, for readers\n"
              "  --headline TEXT   the headline from now on\n"
              "  --standfirst TEXT the standfirst from now on\n"
              "  --clarification   it was not wrong, but unclear\n",
    act_on};
