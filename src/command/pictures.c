#include "command/words.h"

#include "media/maker.h"

#include <stdio.h>

/* The number of pictures whose widths are not all made. */
static err waiting(struct house *h, size_t *n)
{
    struct media_ids ids;

    TRY(media_waiting(h->a, h->db, &ids));
    *n = ids.n;
    store_conn_rest(h->db);
    return OK;
}

static err make_all(struct house *h, const char *data, size_t *left, note *why)
{
    struct media_library library;
    struct media_maker *maker;
    size_t before;

    TRY(media_library_open(h->a, data, &library, why));
    TRY(waiting(h, &before));
    TRY(media_maker_start(&library, h->store, &maker, why));
    media_maker_finish(maker);
    media_maker_stop(&maker);
    TRY(waiting(h, left));
    printf("%zu pictures had widths to make, %zu still have\n", before, *left);
    return OK;
}

static int pictures(const struct command *c, int argc, char **argv)
{
    const char *data = command_data_folder();
    const struct word words[] = {
        DATA_WORD(&data),
        {.help = "A server makes them by itself in the background; this is for a folder that is to "
                 "be copied or served elsewhere.  Exit code 0 when none is left."},
    };
    int done = words_read(c, words, LENGTH(words), &argc, &argv);
    struct house h;
    note why = {0};
    size_t left = 0;

    if (done >= 0)
        return done;
    if (!house_open(&h, c, data, true))
        return EXIT_FAILED;

    err e = make_all(&h, data, &left, &why);

    house_close(&h);
    if (e != OK)
        return command_failed(c, e, &why);
    return left == 0 ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_pictures = {
    "pictures", "", "Make the widths of pictures that are still missing, and wait for them.",
    pictures};
