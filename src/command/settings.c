/*
 * settings.c - who the paper is, from the command line.
 */
#include "command/words.h"

#include "base/buf.h"
#include "base/utf8.h"

#include "news/paper.h"

#include <stdio.h>

enum verb { LIST, GET, SET };

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
    command_settle(c, h);
    printf("%.*s: done\n", STR(x->name));
    return EXIT_DONE;
}

static int settings(const struct command *c, int argc, char **argv)
{
    const char *data = command_data_folder();
    int verb = LIST;
    const struct word words[] = {
        DATA_WORD(&data),
        {"list", NULL, "every setting, its value, and what it is", .verb = &verb, .is = LIST},
        {"get", "NAME", "the value of one", .verb = &verb, .is = GET},
        {"set", "NAME VALUE",
         "keep a value; \"\" takes one away, - reads it from standard input.  Pages change at once",
         .verb = &verb, .is = SET},
    };
    const struct setting *one = NULL;
    struct house h;
    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    if (done >= 0)
        return done;
    if (verb != LIST && (one = setting_named(str_c(argv[0]))) == NULL)
        return command_words(c, "there is no setting \"%s\"; `broadsheet settings list` names all",
                             argv[0]);
    if (!house_open(&h, c, data, true))
        return EXIT_FAILED;
    if (verb == LIST)
        done = list(&h);
    else if (verb == GET)
        done = get(&h, one);
    else
        done = set(c, &h,
                   &(struct change){str_c(argv[0]), value_of(&h, argv[1]),
                                    clock_now(store_clock(h.store))});
    house_close(&h);
    return done;
}

const struct command command_settings = {
    "settings", "", "Say who the paper is: its name, motto, colour, letters, address, channels...",
    settings};
