#include "command/words.h"

#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

enum { NOTHING, PIN, DROP };

struct heard {
    const char *folder, *address, *sample, *files[2];
    str reason;
    bool quiet, wants_sample;
    int64_t limit, from, at;
    size_t file_n;
    int verb;
    /* what is left, and what was printed */
    int n;
    char **rest;
    str out, err;
};

enum { OPTIONS = 9, ALL = 12 };

/* Read what stands between the spaces of `line`, with the first `n` words of the table. */
static int hear(struct test *t, struct heard *s, size_t n, const char *takes, const char *line)
{
    const struct word all[ALL] = {
        DATA_WORD(&s->folder),
        {"reason", "TEXT", "why", .str = &s->reason},
        {"quiet", NULL, "say less", .flag = &s->quiet},
        {"limit", "N", "how many", .number = &s->limit, .least = 1, .most = 100},
        {"from", "EVENT", "from there on", .number = &s->from, .least = 1},
        {"listen", "A:P", "where", .address = &s->address},
        {"at", "TIME", "when", .time = &s->at},
        {"file", "FILE", "of these", .text = s->files, .count = &s->file_n, .most = 2},
        {"sample", "DIR", "fill it", .flag = &s->wants_sample, .text = &s->sample},
        {"pin", "PLACE [ID]", "put it there", .verb = &s->verb, .is = PIN},
        {"drop", NULL, "take it away", .verb = &s->verb, .is = DROP},
        {.help = "And that is all that there is to be said of it, which is more than one line of "
                 "eighty signs holds."},
    };
    const struct command c = {.name = "try", .takes = takes, .summary = "Try words."};
    FILE *was[] = {stdout, stderr};
    char *printed[2], **argv = arena_many(t->arena, char *, strlen(line) + 2);
    size_t lengths[2];
    str words = str_c(line);
    int argc = 0, done;

    *s = (struct heard){.folder = "data", .limit = 50};
    for (str word; str_cut(&words, ' ', &word);)
        argv[argc++] = str_z(t->arena, word);
    fflush(stdout);
    stdout = open_memstream(&printed[0], &lengths[0]);
    stderr = open_memstream(&printed[1], &lengths[1]);
    done = words_read(&c, all, n, &argc, &argv);
    fclose(stdout);
    fclose(stderr);
    stdout = was[0];
    stderr = was[1];
    s->n = argc;
    s->rest = argv;
    s->out = str_dup(t->arena, str_of(printed[0], lengths[0]));
    s->err = str_dup(t->arena, str_of(printed[1], lengths[1]));
    free(printed[0]);
    free(printed[1]);
    return done;
}

static void check_refused(struct test *t, size_t n, const char *takes, const char *line,
                          const char *why)
{
    struct heard s;

    CHECK_INT(hear(t, &s, n, takes, line), EXIT_WORDS);
    CHECK_STR(s.out, S(""));
    CHECK_STR(s.err, str_fmt(t->arena, "broadsheet try: %s; try `broadsheet try --help`\n", why));
}

TEST(words_are_put_where_the_table_says)
{
    struct heard s;

    CHECK_INT(
        hear(t, &s, OPTIONS, "ID...",
             "try 7 --data paper --reason=a=b --quiet 8 --limit 100 --listen [::1]:0 --from 9 "
             "--at 1970-01-01T00:00:01Z --sample"),
        -1);
    CHECK_STR(s.err, S(""));
    CHECK_STR(str_c(s.folder), S("paper"));
    CHECK_STR(s.reason, S("a=b"));
    CHECK(s.quiet && s.wants_sample && s.sample == NULL);
    CHECK_INT(s.limit, 100);
    CHECK_INT(s.from, 9);
    CHECK_INT(s.at, SECOND_US);
    CHECK_STR(str_c(s.address), S("[::1]:0"));
    CHECK_INT(s.n, 2);
    CHECK_STR(str_c(s.rest[0]), S("7"));
    CHECK_STR(str_c(s.rest[1]), S("8"));
}

TEST(words_that_are_not_said_leave_what_was_there)
{
    struct heard s;

    CHECK_INT(hear(t, &s, OPTIONS, "", "try"), -1);
    CHECK_STR(str_c(s.folder), S("data"));
    CHECK_INT(s.limit, 50);
    CHECK(s.reason.p == NULL && !s.quiet && s.file_n == 0);
    CHECK_INT(hear(t, &s, OPTIONS, "", "try --reason="), -1);
    CHECK(s.reason.p != NULL && s.reason.n == 0);
}

TEST(words_said_again_are_the_last_or_a_list)
{
    struct heard s;

    CHECK_INT(hear(t, &s, OPTIONS, "",
                   "try --limit 1 --file x --limit 2 --file=y --sample=one --data a --data b"),
              -1);
    CHECK_INT(s.limit, 2);
    CHECK_STR(str_c(s.folder), S("b"));
    CHECK_STR(str_c(s.sample), S("one"));
    CHECK_INT(s.file_n, 2);
    CHECK_STR(str_c(s.files[0]), S("x"));
    CHECK_STR(str_c(s.files[1]), S("y"));
    check_refused(t, OPTIONS, "", "try --file x --file y --file z",
                  "--file may be said 2 times at most");
}

TEST(words_after_two_dashes_are_no_options)
{
    struct heard s;

    CHECK_INT(hear(t, &s, OPTIONS, "FILE...", "try --quiet -- --limit - -x"), -1);
    CHECK(s.quiet);
    CHECK_INT(s.limit, 50);
    CHECK_INT(s.n, 3);
    CHECK_STR(str_c(s.rest[0]), S("--limit"));
    CHECK_INT(hear(t, &s, OPTIONS, "FILE", "try -"), -1);
    CHECK_STR(str_c(s.rest[0]), S("-"));
}

TEST(words_that_are_wrong_are_named)
{
    static const struct {
        const char *line, *why;
    } cases[] = {
        {"try --nonsense=1", "\"--nonsense=1\" is not known"},
        {"try -xq", "\"-x\" is not known"},
        {"try --limit", "--limit takes a value: --limit N"},
        {"try --quiet=1", "--quiet takes no value"},
        {"try --help=1", "--help takes no value"},
        {"try --limit 0", "--limit takes a number from 1 to 100, not \"0\""},
        {"try --limit 101 --help", "--limit takes a number from 1 to 100, not \"101\""},
        {"try --limit 9x", "--limit takes a number from 1 to 100, not \"9x\""},
        {"try --from -1", "--from takes a number from 1 on, not \"-1\""},
        {"try --listen here", "--listen takes an address and a port, as in 127.0.0.1:8080, not "
                              "\"here\""},
        {"try --listen h:65536", "--listen takes an address and a port, as in 127.0.0.1:8080, not "
                                 "\"h:65536\""},
        {"try --at noon", "--at takes a time like 2026-11-24T18:00:00+01:00, not \"noon\""},
        {"try 1 2", "\"1\" is too much"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++)
        check_refused(t, OPTIONS, "", cases[i].line, cases[i].why);
}

TEST(words_that_follow_are_counted)
{
    struct heard s;

    CHECK_INT(hear(t, &s, OPTIONS, "ID [FIELD]", "try 1"), -1);
    CHECK_INT(hear(t, &s, OPTIONS, "ID [FIELD]", "try 1 2"), -1);
    check_refused(t, OPTIONS, "ID [FIELD]", "try", "it takes ID [FIELD]");
    check_refused(t, OPTIONS, "ID [FIELD]", "try 1 2 3", "it takes ID [FIELD]");
    check_refused(t, OPTIONS, "ID...", "try", "it takes ID...");
}

TEST(words_may_be_verbs)
{
    struct heard s;

    CHECK_INT(hear(t, &s, ALL, "", "try"), -1);
    CHECK_INT(s.verb, NOTHING);
    CHECK_INT(s.n, 0);
    CHECK_INT(hear(t, &s, ALL, "", "try pin --quiet 1.2 7"), -1);
    CHECK_INT(s.verb, PIN);
    CHECK(s.quiet);
    CHECK_INT(s.n, 2);
    CHECK_STR(str_c(s.rest[-1]), S("pin"));
    CHECK_STR(str_c(s.rest[1]), S("7"));
    CHECK_INT(hear(t, &s, ALL, "", "try drop"), -1);
    CHECK_INT(s.verb, DROP);
    check_refused(t, ALL, "", "try pin", "pin takes PLACE [ID]");
    check_refused(t, ALL, "", "try drop 7", "\"7\" is too much");
    check_refused(t, ALL, "", "try lift 7", "\"lift\" is none of pin, drop");
}

TEST(words_are_explained)
{
    struct heard s;

    CHECK_INT(hear(t, &s, 3, "ID...", "try --help --nonsense"), EXIT_DONE);
    CHECK_STR(s.err, S(""));
    CHECK_STR(s.out, S("usage: broadsheet try [--data DIR] [--reason TEXT] [--quiet] ID...\n\n"
                       "Try words.\n\n"
                       "  --data DIR     the data folder (default: $BROADSHEET_DATA or ./data)\n"
                       "  --reason TEXT  why\n"
                       "  --quiet        say less\n"));
    CHECK_INT(hear(t, &s, ALL, "", "try --help"), EXIT_DONE);
    CHECK(str_starts(s.out, S("usage: broadsheet try [options] [pin PLACE [ID] | drop]\n\n")));
    CHECK(str_find(s.out, S("\n  --sample[=DIR]  fill it\n  pin PLACE [ID]  put it there\n")) > 0);
    CHECK(str_ends(s.out, S("\nAnd that is all that there is to be said of it, which is more than "
                            "one line of\neighty signs holds.\n")));
}
