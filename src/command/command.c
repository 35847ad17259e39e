#include "command/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { COMMAND_CEILING = 512 << 20 };

void command_help(const struct command *c)
{
    printf("usage: broadsheet %s %s\n\n%s\n", c->name, c->usage, c->summary);
    if (c->help[0] != '\0')
        printf("\n%s", c->help);
}

int command_words(const struct command *c, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "broadsheet %s: ", c->name);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "; try `broadsheet %s --help`\n", c->name);
    return EXIT_WORDS;
}

int command_failed(const struct command *c, err e, const note *why)
{
    fprintf(stderr, "broadsheet %s: %s\n", c->name, why->text[0] != '\0' ? why->text : err_word(e));
    return EXIT_FAILED;
}

const char *command_data_folder(void)
{
    const char *named = getenv("BROADSHEET_DATA");

    return named != NULL && named[0] != '\0' ? named : "data";
}

bool house_open(struct house *h, const struct command *c, const char *data, bool must_exist)
{
    struct store_options options = {.must_exist = must_exist};
    note why = {0};
    err e;

    *h = (struct house){.a = arena_new(COMMAND_CEILING)};
    e = store_open(data, &options, &h->store, &why);
    if (e == OK)
        e = store_conn_open(h->store, &h->db, &why);
    if (e == OK)
        return true;
    command_failed(c, e, &why);
    house_close(h);
    return false;
}

void house_close(struct house *h)
{
    if (h->db != NULL)
        store_conn_close(&h->db);
    if (h->store != NULL)
        store_close(&h->store);
    arena_free(&h->a);
}
