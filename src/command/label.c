/*
 * label.c - what the desk says of a story beside its words, from the command line: the critic's
 * stars, what is reviewed, who made it, which stories go with it.
 */
#include "command/command.h"

#include "news/desk.h"
#include "store/sql.h"

#include <getopt.h>
#include <stdio.h>

struct label {
    int64_t story, now;
    str field, value;
};

static err write_label(arena *a, store_conn *w, void *of, note *why)
{
    const struct label *l = of;
    struct desk d = {a, w, l->now};

    struct standing story;

    TRY(desk_label(&d, l->story, l->field, l->value, why));
    TRY(desk_standing(&d, l->story, &story, why));
    return command_log(a, w, l->now,
                       &(struct deed){.act = AUDIT_story_labelled,
                                      .subject = l->story,
                                      .label = story.headline,
                                      .is = audit_line(a, audit_line(a, S(""), "field", l->field),
                                                       "value", l->value)},
                       why);
}

static int label(const struct command *c, int argc, char **argv)
{
    const char *data;
    struct house h;
    struct label l;
    note why = {0};
    int done = command_data_word(c, argc, argv, &data);

    if (done >= 0)
        return done;
    if (argc - optind != 3 || !str_int(str_c(argv[optind]), &l.story))
        return command_words(c, "which story, which field, what");
    l.field = str_c(argv[optind + 1]);
    l.value = str_c(argv[optind + 2]);
    if (!house_open(&h, c, data, true))
        return EXIT_FAILED;
    l.now = clock_now(store_clock(h.store));

    err e = store_write(h.store, write_label, &l, h.a, &why);

    if (e == OK) {
        printf("label %lld: done\n", (long long)l.story);
        command_settle(c, &h);
    }
    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_label = {
    "label", "[--data DIR] ID FIELD VALUE",
    "Say something of a story beside its words: its stars, who made it, what goes with it.",
    "  --data DIR      the data folder (default: $BROADSHEET_DATA or ./data)\n"
    "  rating 3.5      the critic's stars, 0 to 5 by halves; none takes them away\n"
    "  reviewed TEXT   what a review is of\n"
    "  origin WORD     staff, agency, contributor, release, public body, machine-assisted\n"
    "  related \"7 12\"  numbers of the stories that go with it, in this order\n",
    label};
