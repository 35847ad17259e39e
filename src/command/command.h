/*
 * command.h - the command line: one struct a command, one file a family of them.
 *
 * Exit codes: 0 done; 1 it could not be done, or not all of it (said on standard error); 2 the
 * words of the command were wrong.
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "news/audit.h"
#include "page/theme.h"
#include "store/store.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_WORDS = 2 };

struct command {
    const char *name;
    const char *takes;   /* what follows its options: "ID...", "FROM"; empty where it has verbs */
    const char *summary; /* one line */
    int (*run)(const struct command *self, int argc, char **argv);
};

/* serve.c, ingest.c, stories.c, label.c, about.c, front.c, settings.c, page.c, notice.c, webhook.c,
 * live.c, theme.c, check.c, pictures.c, routes.c, user.c, backup.c, restore.c,
 * top.c
 */
extern const struct command command_serve, command_ingest, command_list, command_show,
    command_publish, command_withdraw, command_kill, command_correct, command_label, command_front,
    command_settings, command_page, command_notice, command_breaking, command_webhook, command_live,
    command_theme, command_check, command_routes, command_pictures, command_index, command_about,
    command_user, command_backup, command_restore, command_top, command_version;

/* The words that the program was started with, to start it again; set by main(). */
extern char **command_line;

/* "broadsheet kill: what; try `broadsheet kill --help`" on standard error; gives EXIT_WORDS. */
[[gnu::format(printf, 2, 3)]] int command_words(const struct command *c, const char *format, ...);

/* "broadsheet kill: why" on standard error; gives EXIT_FAILED. */
int command_failed(const struct command *c, err e, const note *why);

/* What every command on a data folder begins with. */
struct house {
    arena *a;
    store *store;
    store_conn *db;
};

/* Open the data folder; prints the reason and gives false when it cannot be. */
bool house_open(struct house *h, const struct command *c, const char *data, bool must_exist);
void house_close(struct house *h);

/* Wait until a running server has seen what was written; says so when it has not. */
void command_settle(const struct command *c, struct house *h);

/* Who works at the command line, for the audit log: whoever the system says it is. */
struct actor command_actor(arena *a);

/* A line of the audit log for what a command does, inside its job. */
err command_log(arena *a, store_conn *w, int64_t now, const struct deed *d, note *why);

/* The address at which a one-time link opens; `at`: where the paper is served, empty: as its
 * settings say. */
str command_link(struct house *h, str at, str secret);

/* A file of at most `most` bytes; "-" is standard input. */
err command_read(arena *a, const char *file, size_t most, str *out, note *why);

/* theme.c: the built-in theme, with a folder (NULL: none) laid over it.  One hold, the caller's. */
err command_theme_load(const char *folder, theme **out, note *why);

/* The folder used when none is named: $BROADSHEET_DATA, else "data". */
const char *command_data_folder(void);

#endif
