/*
 * settings.c - who the paper is, from the command line.
 */
#include "command/command.h"

#include "base/buf.h"
#include "base/utf8.h"

#include "news/paper.h"

#include <getopt.h>
#include <stdio.h>

enum { SETTLE_MS = 2000 };

static int list(struct house *h)
{
    for (size_t i = 0; i < paper_setting_count; i++) {
        str value = paper_setting(h->a, h->db, str_c(paper_settings[i].name), S("-"));

        value = str_replace(h->a, str_trim(value), S("\n"), S(" / "));
        if (value.n > SETTING_MAX)
            value = str_join(h->a, utf8_to(value, 36), S(" ..."));
        printf("%-15s %-40.*s %s\n", paper_settings[i].name, STR(value), paper_settings[i].about);
    }
    return EXIT_DONE;
}

static int get(struct house *h, const struct setting *s)
{
    printf("%.*s\n", STR(paper_setting(h->a, h->db, str_c(s->name), S(""))));
    return EXIT_DONE;
}

/* "-": the value comes on standard input. */
static str value_of(struct house *h, const char *word)
{
    buf out = buf_new(h->a, SETTING_TEXT_MAX + 1);
    char piece[4096];

    if (strcmp(word, "-") != 0)
        return str_c(word);
    for (size_t n; (n = fread(piece, 1, sizeof piece, stdin)) > 0 && !out.over;)
        buf_add(&out, str_of(piece, n));
    return out.over ? str_of(arena_alloc(h->a, SETTING_TEXT_MAX + 1), SETTING_TEXT_MAX + 1)
                    : buf_str(&out);
}

struct change {
    str name, value;
    int64_t now;
};

static err change(arena *a, store_conn *w, void *of, note *why)
{
    const struct change *x = of;
    str was = paper_setting(a, w, x->name, S(""));

    TRY(setting_change(a, w, x->name, x->value, why));
    return command_log(a, w, x->now,
                       &(struct deed){.act = AUDIT_setting_changed,
                                      .label = x->name,
                                      .was = audit_line(a, S(""), "value", was),
                                      .is = audit_line(a, S(""), "value", x->value)},
                       why);
}

static int set(const struct command *c, struct house *h, struct change *x)
{
    note why = {0};
    err e = store_write(h->store, change, x, h->a, &why);

    if (e != OK)
        return command_failed(c, e, &why);
    if (store_settle(h->store, store_last_event(h->store), SETTLE_MS, &why) != OK)
        fprintf(stderr, "broadsheet settings: saved, but the running server has not answered: %s\n",
                why.text);
    printf("%.*s: done\n", STR(x->name));
    return EXIT_DONE;
}

/* -1: the words are fine. */
static int check_words(const struct command *c, int n, char **words)
{
    bool is_get = n > 0 && strcmp(words[0], "get") == 0;
    bool is_set = n > 0 && strcmp(words[0], "set") == 0;

    if (n == 0 || (n == 1 && strcmp(words[0], "list") == 0))
        return -1;
    if (!is_get && !is_set)
        return command_words(c, "\"%s\" is none of list, get, set", words[0]);
    if (n != (is_get ? 2 : 3))
        return command_words(c, is_get ? "get takes the name of a setting"
                                       : "set takes the name of a setting and one value");
    if (setting_named(str_c(words[1])) == NULL)
        return command_words(c, "there is no setting \"%s\"; `broadsheet settings list` names all",
                             words[1]);
    return -1;
}

static int settings(const struct command *c, int argc, char **argv)
{
    static const struct option options[] = {
        {"data", required_argument, NULL, 'd'}, {"help", no_argument, NULL, 'h'}, {0}};
    const char *data = command_data_folder();
    struct house h;

    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'h') {
            command_help(c);
            return EXIT_DONE;
        }
        if (o != 'd')
            return command_words(c, "those words are not known");
        data = optarg;
    }

    char **words = argv + optind;
    int n = argc - optind, done = check_words(c, n, words);

    if (done >= 0)
        return done;
    if (!house_open(&h, c, data, true))
        return EXIT_FAILED;
    if (n < 2)
        done = list(&h);
    else if (n == 2)
        done = get(&h, setting_named(str_c(words[1])));
    else
        done = set(c, &h,
                   &(struct change){str_c(words[1]), value_of(&h, words[2]),
                                    clock_now(store_clock(h.store))});
    house_close(&h);
    return done;
}

const struct command command_settings = {
    "settings", "[--data DIR] [list | get NAME | set NAME VALUE]",
    "Say who the paper is: its name, motto, colour, letters, address, channels...",
    "  --data DIR        the data folder (default: $BROADSHEET_DATA or ./data)\n"
    "  list              every setting, its value, and what it is\n"
    "  set NAME VALUE    keep a value; \"\" takes one away, - reads it from standard input.\n"
    "                    Pages change at once.\n",
    settings};
