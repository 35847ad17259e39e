#include "command/command.h"

#include "base/buf.h"
#include "media/darkroom.h"
#include "news/paper.h"
#include "staff/staff.h"

#include <errno.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { COMMAND_CEILING = 512 << 20, SETTLE_MS = 2000 };

char **command_line;

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

void command_settle(const struct command *c, struct house *h)
{
    note why = {0};

    if (store_settle(h->store, store_last_event(h->store), SETTLE_MS, &why) != OK)
        fprintf(stderr, "broadsheet %s: saved, but the running server has not answered: %s\n",
                c->name, why.text);
}

struct actor command_actor(arena *a)
{
    const struct passwd *who = getpwuid(getuid());

    return (struct actor){
        .who = who != NULL ? str_dup(a, str_c(who->pw_name)) : str_fmt(a, "%u", (unsigned)getuid()),
        .agent = S("broadsheet"),
    };
}

err command_log(arena *a, store_conn *w, int64_t now, const struct deed *d, note *why)
{
    struct actor by = command_actor(a);

    return audit_add(w, now, &by, d, why);
}

str command_link(struct house *h, str at, str secret)
{
    if (at.n == 0)
        return staff_link_address(
            h->a, h->db, paper_setting(h->a, h->db, S("address"), S("http://localhost:8080")),
            secret);
    return str_fmt(h->a, "%.*s/desk/welcome/%.*s", STR(at), STR(secret));
}

err command_read(arena *a, const char *file, size_t most, str *out, note *why)
{
    FILE *f = strcmp(file, "-") == 0 ? stdin : fopen(file, "rb");
    buf all = buf_new(a, most);
    char piece[65536];
    bool failed;

    if (f == NULL)
        return fail(why, E_IO, "cannot read %s: %s", file, strerror(errno));
    for (size_t n; !all.over && (n = fread(piece, 1, sizeof piece, f)) > 0;)
        buf_add(&all, str_of(piece, n));
    failed = ferror(f) != 0;
    if (f != stdin)
        fclose(f);
    if (failed)
        return fail(why, E_IO, "cannot read %s", file);
    if (all.over)
        return fail(why, E_LIMIT, "%s has more than %zu bytes", file, most);
    *out = buf_str(&all);
    return OK;
}

bool house_open(struct house *h, const struct command *c, const char *data, bool must_exist)
{
    /* a kill goes through, however slow the disk is at which the server writes */
    struct store_options options = {.must_exist = must_exist, .busy_ms = 60 * 1000};
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
    darkroom_close();
    arena_free(&h->a);
}
