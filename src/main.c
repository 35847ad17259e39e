/*
 * main.c - the command line: finds the command and runs it.
 */
#include "base/hash.h"
#include "command/command.h"
#include "media/darkroom.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct command *const commands[] = {
    &command_serve,    &command_ingest,   &command_list,    &command_show,   &command_publish,
    &command_withdraw, &command_kill,     &command_correct, &command_label,  &command_about,
    &command_front,    &command_settings, &command_page,    &command_notice, &command_breaking,
    &command_webhook,  &command_live,     &command_theme,   &command_check,  &command_routes,
    &command_pictures, &command_index,    &command_user,    &command_backup, &command_restore,
    &command_top,      &command_version,
};

static void help(FILE *to)
{
    fprintf(to, "usage: broadsheet COMMAND [words]\n\nThe web presence of a newspaper.\n\n");
    for (size_t i = 0; i < LENGTH(commands); i++)
        fprintf(to, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    fprintf(to, "\n`broadsheet COMMAND --help` tells more.\n");
}

/* Words that did not reach their reader (a full disk) are no success. */
static int said(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    fprintf(stderr, "broadsheet: could not write what there is to say: %s\n", strerror(errno));
    return code == EXIT_DONE ? EXIT_FAILED : code;
}

int main(int argc, char **argv)
{
    command_line = argv;
    if (argc < 2) {
        help(stderr);
        return EXIT_WORDS;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        help(stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0)
        argv[1] += 2;

    if (strcmp(argv[1], "darkroom") == 0)
        return darkroom_main(); /* of this program's own: media/darkroom.h */
    hash_start();
    for (size_t i = 0; i < LENGTH(commands); i++)
        if (strcmp(argv[1], commands[i]->name) == 0)
            return said(commands[i]->run(commands[i], argc - 1, argv + 1));
    fprintf(stderr, "broadsheet: there is no command \"%s\"; try `broadsheet --help`\n", argv[1]);
    return EXIT_WORDS;
}
