#include "command/words.h"

#include "text/dates.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>

enum { WORDS_MAX = 32, PIECE_MAX = 80, SHOWN = 4, WIDTH = 80, HELP = 256, FIRST };

static bool is_verb(const struct word *w)
{
    return w->verb != NULL;
}

static bool is_option(const struct word *w)
{
    return w->flag != NULL || w->text != NULL || w->str != NULL || w->address != NULL ||
           w->number != NULL || w->time != NULL;
}

/* --- help --- */

struct name {
    char text[PIECE_MAX - 8];
};

/* "--limit N", "--sample[=DIR]", "pin PLACE ID". */
static struct name name_of(const struct word *w)
{
    struct name out;
    bool may = w->flag != NULL && w->text != NULL;
    const char *value = w->value != NULL ? w->value : "";
    const char *before = may ? "[=" : value[0] != '\0' ? " " : "";

    snprintf(out.text, sizeof out.text, "%s%s%s%s%s", is_option(w) ? "--" : "", w->name, before,
             value, may ? "]" : "");
    return out;
}

/* Where the next piece is printed, and where a line that it begins starts. */
struct line {
    int at, start;
    int gap; /* more spaces than one before it */
};

static void put(struct line *l, str piece)
{
    if (l->at > l->start && l->at + 1 + l->gap + (int)piece.n > WIDTH)
        l->at = printf("\n%*s", l->start, "") - 1;
    l->at += printf("%*s%.*s", l->at > l->start ? 1 + l->gap : 0, "", STR(piece));
    l->gap = 0;
}

static void put_words(struct line l, const char *words)
{
    str rest = str_c(words);

    for (str word; rest.n > 0 && str_cut(&rest, ' ', &word);)
        if (word.n > 0)
            put(&l, word);
        else
            l.gap++;
    printf("\n");
}

static void print_usage(const struct command *c, const struct word *all, size_t n)
{
    struct line l = {printf("usage: broadsheet %s", c->name), 7, 0};
    size_t options = 0, verbs = 0, said = 0;
    char piece[PIECE_MAX];

    for (size_t i = 0; i < n; i++) {
        options += is_option(&all[i]);
        verbs += is_verb(&all[i]);
    }
    if (options > SHOWN)
        put(&l, S("[options]"));
    for (size_t i = 0; i < n && options <= SHOWN; i++)
        if (is_option(&all[i])) {
            snprintf(piece, sizeof piece, "[%s]", name_of(&all[i]).text);
            put(&l, str_c(piece));
        }
    for (size_t i = 0; i < n; i++)
        if (is_verb(&all[i])) {
            snprintf(piece, sizeof piece, "%s%s%s", said == 0 ? "[" : "", name_of(&all[i]).text,
                     said + 1 == verbs ? "]" : " |");
            put(&l, str_c(piece));
            said++;
        }
    put_words(l, c->takes);
}

static void print_help(const struct command *c, const struct word *all, size_t n)
{
    int column = 0;

    print_usage(c, all, n);
    printf("\n");
    put_words((struct line){0}, c->summary);
    for (size_t i = 0; i < n; i++) {
        int wide = all[i].name != NULL ? (int)strlen(name_of(&all[i]).text) + 4 : 0;

        column = wide > column ? wide : column;
    }
    for (size_t i = 0; i < n; i++) {
        int start = all[i].name == NULL ? 0 : column;

        if (i == 0 || (start == 0 && all[i - 1].name != NULL))
            printf("\n");
        if (all[i].name != NULL)
            printf("  %-*s", column - 2, name_of(&all[i]).text);
        put_words((struct line){start, start, 0}, all[i].help);
    }
}

/* --- reading --- */

static void fill_options(const struct word *all, size_t n, struct option *out)
{
    must(n <= WORDS_MAX);
    for (size_t i = 0; i < n; i++)
        if (is_option(&all[i]))
            *out++ = (struct option){all[i].name,
                                     all[i].flag == NULL   ? required_argument
                                     : all[i].text != NULL ? optional_argument
                                                           : no_argument,
                                     NULL, FIRST + (int)i};
    *out = (struct option){"help", no_argument, NULL, HELP};
}

/* "HOST:PORT", the port from 0 to 65535. */
static bool is_address(str s)
{
    ptrdiff_t colon = str_find_last(s, ':');
    int64_t port;

    return colon >= 0 && str_int(str_from(s, (size_t)colon + 1), &port) && port >= 0 &&
           port <= 65535;
}

static err read_number(const struct word *w, const char *given, note *why)
{
    int64_t most = w->most != 0 ? w->most : INT64_MAX, number;

    if (str_int(str_c(given), &number) && number >= w->least && number <= most) {
        *w->number = number;
        return OK;
    }
    if (w->most == 0)
        return fail(why, E_INVALID, "--%s takes a number from %lld on, not \"%s\"", w->name,
                    (long long)w->least, given);
    return fail(why, E_INVALID, "--%s takes a number from %lld to %lld, not \"%s\"", w->name,
                (long long)w->least, (long long)w->most, given);
}

static err read_value(const struct word *w, const char *given, note *why)
{
    if (w->count != NULL && *w->count == (size_t)w->most)
        return fail(why, E_LIMIT, "--%s may be said %lld times at most", w->name,
                    (long long)w->most);
    if (w->address != NULL && !is_address(str_c(given)))
        return fail(why, E_INVALID,
                    "--%s takes an address and a port, as in 127.0.0.1:8080, not \"%s\"", w->name,
                    given);
    if (w->time != NULL && !date_parse(str_c(given), NULL, w->time))
        return fail(why, E_INVALID, "--%s takes a time like 2026-11-24T18:00:00+01:00, not \"%s\"",
                    w->name, given);
    if (w->number != NULL)
        return read_number(w, given, why);
    if (w->flag != NULL)
        *w->flag = true;
    if (w->count != NULL)
        w->text[(*w->count)++] = given;
    else if (w->text != NULL)
        *w->text = given;
    if (w->str != NULL)
        *w->str = str_c(given);
    if (w->address != NULL)
        *w->address = given;
    return OK;
}

/* What getopt_long() did not like. */
static err name_wrong(const struct word *all, int o, const char *given, note *why)
{
    const struct word *w = optopt >= FIRST ? &all[optopt - FIRST] : NULL;

    if (o == ':')
        return fail(why, E_INVALID, "--%s takes a value: %s", w->name, name_of(w).text);
    if (optopt >= HELP)
        return fail(why, E_INVALID, "--%s takes no value", w != NULL ? w->name : "help");
    if (optopt != 0)
        return fail(why, E_INVALID, "\"-%c\" is not known", optopt);
    return fail(why, E_INVALID, "\"%s\" is not known", given);
}

/* "ID FIELD", "[ID]", "FILE...": how many words that is. */
static bool is_as_many(int n, const char *takes)
{
    str rest = str_c(takes);
    int least = 0, most = 0;

    for (str one; rest.n > 0 && str_cut(&rest, ' ', &one);) {
        least += one.p[0] != '[';
        most = str_ends(one, S("...")) ? INT_MAX : most + 1;
    }
    return n >= least && n <= most;
}

static err none_of(const struct word *all, size_t n, const char *given, note *why)
{
    char known[256] = "";

    for (size_t i = 0, used = 0; i < n; i++, used = strlen(known))
        if (is_verb(&all[i]))
            snprintf(known + used, sizeof known - used, "%s%s", used > 0 ? ", " : "", all[i].name);
    return fail(why, E_INVALID, "\"%s\" is none of %s", given, known);
}

static err read_rest(const struct command *c, const struct word *all, size_t n, int *argc,
                     char ***argv, note *why)
{
    const struct word *verb = NULL;
    bool has_verbs = false;
    const char *takes;

    for (size_t i = 0; i < n; i++) {
        has_verbs = has_verbs || is_verb(&all[i]);
        if (*argc > 0 && is_verb(&all[i]) && strcmp(all[i].name, **argv) == 0)
            verb = &all[i];
    }
    if (has_verbs && *argc == 0)
        return OK;
    if (has_verbs && verb == NULL)
        return none_of(all, n, **argv, why);
    if (verb != NULL) {
        *verb->verb = verb->is;
        --*argc;
        ++*argv;
    }
    takes = verb == NULL ? c->takes : verb->value != NULL ? verb->value : "";
    if (is_as_many(*argc, takes))
        return OK;
    if (takes[0] == '\0')
        return fail(why, E_INVALID, "\"%s\" is too much", **argv);
    return fail(why, E_INVALID, "%s takes %s", verb != NULL ? verb->name : "it", takes);
}

int words_read(const struct command *c, const struct word *all, size_t n, int *argc, char ***argv)
{
    struct option options[WORDS_MAX + 2] = {0};
    note why = {0};
    err e = OK;

    fill_options(all, n, options);
    optind = 0; /* from the beginning, whatever was read before */
    opterr = 0;
    for (int o; e == OK && (o = getopt_long(*argc, *argv, ":", options, NULL)) != -1;) {
        if (o == HELP) {
            print_help(c, all, n);
            return EXIT_DONE;
        }
        e = o < FIRST ? name_wrong(all, o, (*argv)[optind - 1], &why)
                      : read_value(&all[o - FIRST], optarg, &why);
    }
    *argc -= optind;
    *argv += optind;
    if (e == OK)
        e = read_rest(c, all, n, argc, argv, &why);
    return e == OK ? -1 : command_words(c, "%s", why.text);
}
