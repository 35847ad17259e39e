/*
 * stories.c - list, show, publish, withdraw, kill, correct: a newsroom at the command line.
 *
 * Works beside a running server on the same folder: a change is on the disk, and the server's kept
 * pages are dropped, before the command answers.
 */
#include "command/words.h"

#include "news/story.h"
#include "staff/publishing.h"
#include "store/sql.h"
#include "text/dates.h"
#include "text/write_plain.h"

#include <stdio.h>

/* What is said of stories. */
struct words {
    const char *data;
    str reason, why, headline, standfirst;
    int64_t at;
    bool is_clarification, is_at_top, is_at_foot;
    int64_t ids[64];
    size_t id_count;
};

/* The numbers of stories behind the words.  -1: go on; else the exit code. */
static int read_words(const struct command *c, const struct word *all, size_t n, int argc,
                      char **argv, struct words *w)
{
    int done = words_read(c, all, n, &argc, &argv);

    for (; done < 0 && w->id_count < (size_t)argc; w->id_count++) {
        if (w->id_count == LENGTH(w->ids))
            return command_words(c, "at most %zu stories at a time", LENGTH(w->ids));
        if (!str_int(str_c(argv[w->id_count]), &w->ids[w->id_count]))
            return command_words(c, "\"%s\" is not a story's number", argv[w->id_count]);
    }
    return done;
}

static str stamp(arena *a, int64_t at)
{
    return at == 0 ? S("-") : date_iso(a, at);
}

static int list(const struct command *c, int argc, char **argv)
{
    const char *data = command_data_folder();
    int64_t many = 50;
    const struct word words[] = {
        DATA_WORD(&data),
        {"limit", "N", "how many (default 50)", .number = &many, .least = 1, .most = 100000},
    };
    struct house h;
    struct sql_stories_for_desk_rows rows;
    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    if (done >= 0)
        return done;
    if (!house_open(&h, c, data, true))
        return EXIT_FAILED;

    err e = sql_stories_for_desk(h.a, h.db, many, &rows);

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
    struct words w = {.data = command_data_folder()};
    const struct word words[] = {DATA_WORD(&w.data)};
    struct house h;
    err e = OK;
    note why = {0};
    int done = read_words(c, words, LENGTH(words), argc, argv, &w);

    if (done >= 0)
        return done;
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

static int act_on(const struct command *c, enum audit_act verb, const struct words *w)
{
    struct house h;
    note why = {0};
    int failed = 0;
    struct act act = {.act = {.act = verb,
                              .at = w->at,
                              .reason = w->reason,
                              .correction = {.kind = w->is_clarification ? VERSION_CLARIFICATION
                                                                         : VERSION_CORRECTION,
                                             .reason = w->reason,
                                             .why = w->why,
                                             .place = w->is_at_top    ? CORRECTION_TOP
                                                      : w->is_at_foot ? CORRECTION_FOOT
                                                                      : CORRECTION_BY_KIND,
                                             .headline = w->headline,
                                             .standfirst = w->standfirst}}};

    if (!house_open(&h, c, w->data, true))
        return EXIT_FAILED;
    for (size_t i = 0; i < w->id_count; i++) {
        act.act.story = w->ids[i];
        act.now = clock_now(store_clock(h.store));

        err e = store_write(h.store, act_out, &act, h.a, &why);

        if (e == OK)
            printf("%s %lld: done\n", c->name, (long long)act.act.story);
        else
            failed = command_failed(c, e, &why);
    }
    command_settle(c, &h);
    house_close(&h);
    return failed;
}

static int publish(const struct command *c, int argc, char **argv)
{
    struct words w = {.data = command_data_folder()};
    const struct word words[] = {
        DATA_WORD(&w.data),
        {"at", "TIME", "not before this moment (RFC 3339, with its zone)", .time = &w.at},
    };
    int done = read_words(c, words, LENGTH(words), argc, argv, &w);

    return done >= 0 ? done : act_on(c, AUDIT_story_published, &w);
}

static int take_down(const struct command *c, int argc, char **argv)
{
    struct words w = {.data = command_data_folder()};
    const struct word words[] = {
        DATA_WORD(&w.data),
        {"reason", "TEXT", "for the newsroom", .str = &w.reason},
    };
    int done = read_words(c, words, LENGTH(words), argc, argv, &w);

    return done >= 0
               ? done
               : act_on(c, c == &command_kill ? AUDIT_story_killed : AUDIT_story_withdrawn, &w);
}

static int correct(const struct command *c, int argc, char **argv)
{
    struct words w = {.data = command_data_folder()};
    const struct word words[] = {
        DATA_WORD(&w.data),
        {"reason", "TEXT", "what was wrong and what is right, for readers; it must be said",
         .str = &w.reason},
        {"headline", "TEXT", "the headline from now on", .str = &w.headline},
        {"standfirst", "TEXT", "the standfirst from now on", .str = &w.standfirst},
        {"clarification", NULL, "it was not wrong, but unclear", .flag = &w.is_clarification},
        {"top", NULL, "say it before the text (default: of a correction)", .flag = &w.is_at_top},
        {"foot", NULL, "say it after the text (default: of a clarification)",
         .flag = &w.is_at_foot},
        {"why", "TEXT", "how it came about, for the newsroom", .str = &w.why},
    };
    int done = read_words(c, words, LENGTH(words), argc, argv, &w);

    if (done < 0 && w.reason.n == 0)
        return command_words(c, "--reason says to readers what was wrong");
    return done >= 0 ? done : act_on(c, AUDIT_story_corrected, &w);
}

const struct command command_list = {
    "list", "", "List the newest stories: number, state, version, public since, section, headline.",
    list};

const struct command command_show = {"show", "ID...", "Show a story whole, as staff see it.", show};

const struct command command_publish = {"publish", "ID...", "Let readers have a story.", publish};

const struct command command_withdraw = {
    "withdraw", "ID...",
    "Take a story down; its address says that it was withdrawn.  It can be published again.",
    take_down};

const struct command command_kill = {
    "kill", "ID...", "Kill a story: it can never be used again, by anybody.", take_down};

const struct command command_correct = {
    "correct", "ID...", "Say publicly what was wrong in a story, and mend headline or standfirst.",
    correct};
