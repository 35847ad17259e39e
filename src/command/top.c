/*
 * top.c - what a running paper is doing, on a terminal.
 */
#include "command/words.h"

#include "site/pulse.h"

#include <stdio.h>
#include <unistd.h>

enum { TOP_CEILING = 1 << 20 };

static const char clear[] = "\033[H\033[2J";

static int top(const struct command *c, int argc, char **argv)
{
    const char *data = command_data_folder();
    bool once = false;
    const struct word words[] = {
        DATA_WORD(&data),
        {"once", NULL, "one picture, for scripts; else a new one each second, until Ctrl-C",
         .flag = &once},
    };
    note why = {0};
    err e;
    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    if (done >= 0)
        return done;
    arena *a = arena_new(TOP_CEILING);

    for (;;) {
        str picture;

        e = pulse_ask(a, data, &picture, &why);
        if (e != OK)
            break;
        printf("%s%.*s", once ? "" : clear, STR(picture));
        if (fflush(stdout) != 0 || once)
            break;
        arena_reset(a);
        sleep(1);
    }
    arena_free(&a);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_top = {
    "top", "", "Show what the paper that is served from a data folder is doing now.", top};
