#include "command/command.h"

#include "site/site.h"

#include <getopt.h>
#include <stdio.h>

EMBEDDED(theme_files);

enum { THEME_CEILING = 64 << 20 };

err command_theme_load(const char *folder, theme **out, note *why)
{
    struct theme_source from = {theme_files, theme_files_count, folder};

    site_templates_fill();
    return theme_load(&from, site_templates, SITE_TEMPLATES, out, why);
}

/* --- the list of messages, for translators --- */

static void print_words(const char *keyword, str words)
{
    printf("%s \"", keyword);
    for (size_t i = 0; i < words.n; i++) {
        if (words.p[i] == '"' || words.p[i] == '\\')
            putchar('\\');
        putchar(words.p[i]);
    }
    printf("\"\n");
}

static void print_messages(const theme *t)
{
    const struct theme_message *all;
    size_t n = theme_messages(t, &all);

    printf("msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
           "\"Content-Transfer-Encoding: 8bit\\n\"\n");
    for (size_t i = 0; i < n; i++) {
        printf("\n#: %.*s\n", STR(all[i].places));
        if (all[i].context.n > 0)
            print_words("msgctxt", all[i].context);
        print_words("msgid", all[i].one);
        if (all[i].many.n > 0) {
            print_words("msgid_plural", all[i].many);
            printf("msgstr[0] \"\"\nmsgstr[1] \"\"\n");
        } else {
            printf("msgstr \"\"\n");
        }
    }
}

/* --- what it lacks --- */

static size_t print_lines(const str *lines, size_t n)
{
    for (size_t i = 0; i < n; i++)
        printf("%.*s\n", STR(lines[i]));
    return n;
}

/* What one language lacks (empty: each that the theme has words of). */
static size_t print_lacks(const theme *t, str language)
{
    arena *a = arena_new(THEME_CEILING);
    size_t lacking = 0, n;
    const str *lines;

    for (size_t i = 0; i < theme_languages(t) && language.n == 0; i++) {
        lines = theme_lacks(a, t, theme_language(t, i), &n);
        lacking += print_lines(lines, n);
    }
    if (language.n > 0) {
        lines = theme_lacks(a, t, language, &n);
        lacking += print_lines(lines, n);
    }
    arena_free(&a);
    return lacking;
}

static int look_over(const theme *t, const char *language)
{
    const str *bare;
    size_t unsaid = theme_bare_words(t, &bare), lacking;

    print_lines(bare, unsaid);
    lacking = print_lacks(t, str_c(language));
    printf("%zu words that a language lacks, %zu that are not said\n", lacking, unsaid);
    return lacking + unsaid == 0 ? EXIT_DONE : EXIT_FAILED;
}

static int run(const struct command *c, int argc, char **argv)
{
    static const struct option options[] = {{"theme", required_argument, NULL, 't'},
                                            {"language", required_argument, NULL, 'l'},
                                            {"messages", no_argument, NULL, 'm'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};
    const char *folder = NULL, *language = NULL;
    bool wants_messages = false;
    theme *t;
    note why = {0};
    int done = EXIT_DONE;

    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'h') {
            command_help(c);
            return EXIT_DONE;
        }
        if (o == '?')
            return command_words(c, "those words are not known");
        if (o == 't')
            folder = optarg;
        if (o == 'l')
            language = optarg;
        wants_messages = wants_messages || o == 'm';
    }
    if (optind < argc)
        return command_words(c, "\"%s\" is too much", argv[optind]);

    err e = command_theme_load(folder, &t, &why);

    if (e != OK)
        return command_failed(c, e, &why);
    if (wants_messages)
        print_messages(t);
    else
        done = look_over(t, language);
    theme_drop(&t);
    return done;
}

const struct command command_theme = {
    "theme", "[--theme DIR] [--language TAG | --messages]",
    "Look a theme over: mistakes, and words that a language lacks.",
    "  --theme DIR       a folder whose files win over the built-in ones (default: none)\n"
    "  --language TAG    look at this language only, like pl or pt-BR\n"
    "  --messages        print what its templates say, as a list for translators (PO)\n"
    "Exit code 0 when nothing is wrong or lacking.\n",
    run};
