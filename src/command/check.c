#include "command/backup.h"
#include "command/words.h"

#include "media/library.h"
#include "news/outbox.h"
#include "store/sql.h"

#include <stdio.h>

#ifndef BROADSHEET_VERSION
#define BROADSHEET_VERSION "0.1.0"
#endif

/* Is it there, byte for byte as it came? */
static bool is_whole(arena *a, const struct sql_media_files *of, const char *path)
{
    note why = {0};
    str found = {0};

    if (backup_fingerprint(a, path, &found, &why) != OK)
        printf("picture %lld: %s\n", (long long)of->media, why.text);
    else if (!str_eq(found, of->fingerprint))
        printf("picture %lld: %s is damaged: its bytes are not those that came\n",
               (long long)of->media, path);
    else
        return true;
    return false;
}

/* The original of every picture, film and sound; what is made of it can be made anew. */
static err look_for_pictures(struct house *h, const char *data, size_t *wrong, note *why)
{
    struct media_library library;
    struct sql_media_files_rows rows;

    TRY(media_library_open(h->a, data, &library, why));
    TRY(sql_media_files(h->a, h->db, &rows));
    for (size_t i = 0; i < rows.n; i++)
        *wrong += !is_whole(
            h->a, &rows.v[i],
            media_original_path(h->a, &library, rows.v[i].fingerprint, rows.v[i].extension));
    return OK;
}

/* The search index against the stories and notices that it names. */
static err look_for_lost(struct house *h, size_t *wrong)
{
    static const char lost[] =
        "%s %lld: its words are lost to search; `broadsheet index --rebuild` mends that\n";
    struct sql_find_lost_rows stories;
    struct sql_find_lost_notices_rows notices;

    TRY(sql_find_lost(h->a, h->db, &stories));
    TRY(sql_find_lost_notices(h->a, h->db, &notices));
    for (size_t i = 0; i < stories.n; i++)
        printf(lost, "story", (long long)stories.v[i].story);
    for (size_t i = 0; i < notices.n; i++)
        printf(lost, "notice", (long long)notices.v[i].notice);
    *wrong += stories.n + notices.n;
    return OK;
}

/* Mail that nobody gets, and what machines elsewhere did not take. */
static err look_for_stuck(struct house *h, size_t *stuck)
{
    struct sql_outbox_stuck_rows rows;
    int64_t since = clock_now(store_clock(h->store)) - OUTBOX_STUCK_M * MINUTE_US;

    TRY(sql_outbox_stuck(h->a, h->db, since, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_outbox_stuck *row = &rows.v[i];

        if (row->kind == OUTBOX_MAIL)
            printf("mail %lld to %.*s", (long long)row->id, STR(row->to_address));
        else
            printf("event %lld to %s %lld", (long long)row->event,
                   row->kind == OUTBOX_WEBHOOK ? "webhook" : "device", (long long)row->target);
        printf(": %s after %lld tries: %.*s\n", row->is_given_up ? "given up" : "not sent yet",
               (long long)row->tries, STR(row->problem));
    }
    *stuck += rows.n;
    return OK;
}

static int check(const struct command *c, int argc, char **argv)
{
    const char *data = command_data_folder(), *of_backup = NULL;
    const struct word words[] = {
        DATA_WORD(&data),
        {"backup", "DIR",
         "look through what `broadsheet backup` made instead: against its manifest, byte for byte",
         .text = &of_backup},
        {.help = "Reads the database and every original of a picture, film or sound to its end.  "
                 "Exit code 0 "
                 "when there is no damage."},
    };
    int done = words_read(c, words, LENGTH(words), &argc, &argv);
    struct house h;
    struct store_problems found = {0};
    note why = {0};
    size_t missing = 0;

    if (done >= 0)
        return done;
    if (of_backup != NULL)
        return backup_check(c, of_backup);
    if (!house_open(&h, c, data, true))
        return EXIT_FAILED;

    err e = store_check(h.a, h.store, &found, &why);

    for (size_t i = 0; i < found.n; i++)
        printf("%.*s\n", STR(found.v[i]));
    if (e == OK)
        e = look_for_pictures(&h, data, &missing, &why);
    if (e == OK)
        e = look_for_lost(&h, &missing);
    if (e == OK)
        e = look_for_stuck(&h, &missing);
    if (e == OK)
        printf("%s: %zu problems\n", data, found.n + missing);
    house_close(&h);
    if (e != OK)
        return command_failed(c, e, &why);
    return found.n + missing == 0 ? EXIT_DONE : EXIT_FAILED;
}

static int version(const struct command *c, int argc, char **argv)
{
    int done = words_read(c, NULL, 0, &argc, &argv);

    if (done >= 0)
        return done;
    printf("broadsheet %s\n", BROADSHEET_VERSION);
    return EXIT_DONE;
}

const struct command command_check = {"check", "", "Look for damage in a data folder or a backup.",
                                      check};

const struct command command_version = {"version", "", "Print the version.", version};
