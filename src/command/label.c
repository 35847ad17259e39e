/*
 * label.c - what the desk says of a story beside its words, from the command line: the critic's
 * stars, what is reviewed, who made it, which stories go with it.
 */
#include "command/words.h"

#include "news/desk.h"
#include "store/sql.h"

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
    const char *data = command_data_folder();
    const struct word words[] = {
        DATA_WORD(&data),
        {"rating", "3.5", .help = "the critic's stars, 0 to 5 by halves; none takes them away"},
        {"reviewed", "TEXT", .help = "what a review is of"},
        {"origin", "WORD",
         .help = "staff, agency, contributor, release, public body, machine-assisted"},
        {"related", "\"7 12\"", .help = "numbers of the stories that go with it, in this order"},
    };
    struct house h;
    struct label l;
    note why = {0};
    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    if (done >= 0)
        return done;
    if (!str_int(str_c(argv[0]), &l.story))
        return command_words(c, "\"%s\" is not a story's number", argv[0]);
    l.field = str_c(argv[1]);
    l.value = str_c(argv[2]);
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
    "label", "ID FIELD VALUE",
    "Say something of a story beside its words: its stars, who made it, what goes with it.", label};
