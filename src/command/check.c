#include "command/command.h"

#include <getopt.h>
#include <stdio.h>

#ifndef BROADSHEET_VERSION
#define BROADSHEET_VERSION "0.1.0"
#endif

static int check(const struct command *c, int argc, char **argv)
{
    static const struct option options[] = {
        {"data", required_argument, NULL, 'd'}, {"help", no_argument, NULL, 'h'}, {0}};
    const char *data = command_data_folder();
    struct house h;
    struct store_problems found = {0};
    note why = {0};

    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'h') {
            command_help(c);
            return EXIT_DONE;
        }
        if (o != 'd')
            return command_words(c, "those words are not known");
        data = optarg;
    }
    if (!house_open(&h, c, data, true))
        return EXIT_FAILED;

    err e = store_check(h.a, h.store, &found, &why);

    for (size_t i = 0; i < found.n; i++)
        printf("%.*s\n", STR(found.v[i]));
    if (e == OK)
        printf("%s: %zu problems\n", data, found.n);
    house_close(&h);
    if (e != OK)
        return command_failed(c, e, &why);
    return found.n == 0 ? EXIT_DONE : EXIT_FAILED;
}

static int version(const struct command *c, int argc, char **argv)
{
    (void)c, (void)argc, (void)argv;
    printf("broadsheet %s\n", BROADSHEET_VERSION);
    return EXIT_DONE;
}

const struct command command_check = {
    "check", "[--data DIR]", "Look for damage in a data folder.",
    "  --data DIR        the data folder (default: $BROADSHEET_DATA or ./data)\n"
    "Exit code 0 when there is none.\n",
    check};

const struct command command_version = {"version", "", "Print the version.", "", version};
