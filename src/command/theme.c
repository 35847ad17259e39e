#include "command/words.h"

#include "site/site.h"

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
    const char *folder = NULL, *language = NULL;
    bool wants_messages = false;
    const struct word words[] = {
        {"theme", "DIR", "a folder whose files win over the built-in ones (default: none)",
         .text = &folder},
        {"language", "TAG", "look at this language only, like pl or pt-BR", .text = &language},
        {"messages", NULL, "print what its templates say, as a list for translators (PO), instead",
         .flag = &wants_messages},
        {.help = "Exit code 0 when nothing is wrong or lacking."},
    };
    theme *t;
    note why = {0};
    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    if (done >= 0)
        return done;

    err e = command_theme_load(folder, &t, &why);

    if (e != OK)
        return command_failed(c, e, &why);
    done = EXIT_DONE;
    if (wants_messages)
        print_messages(t);
    else
        done = look_over(t, language);
    theme_drop(&t);
    return done;
}

const struct command command_theme = {
    "theme", "", "Look a theme over: mistakes, and words that a language lacks.", run};
