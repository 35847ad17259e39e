/*
 * index.c - brings the search index up to date while nothing serves the folder, or makes it anew.
 */
#include "command/command.h"

#include "find/index.h"

#include <getopt.h>
#include <stdio.h>

static int index_stories(const struct command *c, int argc, char **argv)
{
    static const struct option options[] = {{"data", required_argument, NULL, 'd'},
                                            {"rebuild", no_argument, NULL, 'r'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};
    const char *data = command_data_folder();
    bool rebuild = false;
    struct house h;
    note why = {0};
    int64_t stories = 0;

    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'h') {
            command_help(c);
            return EXIT_DONE;
        }
        if (o == 'd')
            data = optarg;
        else if (o == 'r')
            rebuild = true;
        else
            return command_words(c, "those words are not known");
    }
    if (optind < argc)
        return command_words(c, "\"%s\" is too much", argv[optind]);
    if (!house_open(&h, c, data, true))
        return EXIT_FAILED;

    err e = find_index_run(h.store, rebuild, &stories, &why);

    house_close(&h);
    if (e != OK)
        return command_failed(c, e, &why);
    printf("%lld stories looked at\n", (long long)stories);
    return EXIT_DONE;
}

const struct command command_index = {
    "index", "[--data DIR] [--rebuild]", "Bring the search index up to date.",
    "  --data DIR        the data folder (default: $BROADSHEET_DATA or ./data)\n"
    "  --rebuild         forget the index and make it anew from all public stories\n"
    "A server keeps the index by itself; this is for a folder that nothing serves, or an index "
    "that\n"
    "`broadsheet check` does not like.\n",
    index_stories};
