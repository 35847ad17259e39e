/*
 * top.c - what a running paper is doing, on a terminal.
 */
#include "command/command.h"

#include "site/pulse.h"

#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

enum { TOP_CEILING = 1 << 20 };

static const char clear[] = "\033[H\033[2J";

static int read_words(const struct command *c, int argc, char **argv, const char **data, bool *once)
{
    static const struct option options[] = {{"data", required_argument, NULL, 'd'},
                                            {"once", no_argument, NULL, '1'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};

    *data = command_data_folder();
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'h') {
            command_help(c);
            return EXIT_DONE;
        }
        if (o == 'd')
            *data = optarg;
        else if (o == '1')
            *once = true;
        else
            return command_words(c, "those words are not known");
    }
    return optind < argc ? command_words(c, "\"%s\" is too much", argv[optind]) : -1;
}

static int top(const struct command *c, int argc, char **argv)
{
    const char *data;
    bool once = false;
    note why = {0};
    err e;
    int done = read_words(c, argc, argv, &data, &once);

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
    "top", "[--data DIR] [--once]",
    "Show what the paper that is served from a data folder is doing now.",
    "  --data DIR  the data folder (default: $BROADSHEET_DATA or ./data)\n"
    "  --once      one picture, for scripts; else a new one each second, until Ctrl-C\n",
    top};
