/*
 * index.c - brings the search index up to date while nothing serves the folder, or makes it anew.
 */
#include "command/words.h"

#include "find/index.h"

#include <stdio.h>

static int index_stories(const struct command *c, int argc, char **argv)
{
    const char *data = command_data_folder();
    bool rebuild = false;
    const struct word words[] = {
        DATA_WORD(&data),
        {"rebuild", NULL, "forget the index and make it anew from all public stories",
         .flag = &rebuild},
        {.help = "A server keeps the index by itself; this is for a folder that nothing serves, or "
                 "an index that `broadsheet check` does not like."},
    };
    struct house h;
    note why = {0};
    int64_t stories = 0;
    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    if (done >= 0)
        return done;
    if (!house_open(&h, c, data, true))
        return EXIT_FAILED;

    err e = find_index_run(h.store, rebuild, &stories, &why);

    house_close(&h);
    if (e != OK)
        return command_failed(c, e, &why);
    printf("%lld stories looked at\n", (long long)stories);
    return EXIT_DONE;
}

const struct command command_index = {"index", "", "Bring the search index up to date.",
                                      index_stories};
