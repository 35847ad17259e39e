/*
 * breaking.c - breaking news from the command line: one line to every open page.
 */
#include "command/command.h"

#include "news/audit.h"
#include "news/breaking.h"

#include <getopt.h>
#include <stdio.h>

struct words {
    const char *data;
    str words, story, minutes;
    bool ends;
};

static int read_words(const struct command *c, int argc, char **argv, struct words *w)
{
    static const struct option options[] = {
        {"data", required_argument, NULL, 'd'}, {"story", required_argument, NULL, 's'},
        {"for", required_argument, NULL, 'm'},  {"end", no_argument, NULL, 'e'},
        {"help", no_argument, NULL, 'h'},       {NULL, 0, NULL, 0},
    };

    *w = (struct words){.data = command_data_folder()};
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'h') {
            command_help(c);
            return EXIT_DONE;
        }
        if (o == 'd')
            w->data = optarg;
        else if (o == 's')
            w->story = str_c(optarg);
        else if (o == 'm')
            w->minutes = str_c(optarg);
        else if (o == 'e')
            w->ends = true;
        else
            return EXIT_WORDS;
    }
    if (optind < argc)
        w->words = str_c(argv[optind++]);
    return optind == argc && w->ends == (w->words.n == 0) ? -1 : EXIT_WORDS;
}

struct job {
    bool ends;
    int64_t now;
    struct breaking_words text;
};

static err log_it(arena *a, store_conn *w, int64_t now, const struct job *job, int64_t id,
                  note *why)
{
    struct deed deed = {.act = job->ends ? AUDIT_breaking_ended : AUDIT_breaking_told,
                        .subject = id,
                        .label = job->text.words};

    return command_log(a, w, now, &deed, why);
}

static err work(arena *a, store_conn *w, void *of, note *why)
{
    struct job *job = of;
    struct desk d = {a, w, job->now};
    int64_t id = 0;

    if (job->ends)
        TRY(breaking_end(&d, why));
    else
        TRY(breaking_tell(&d, &job->text, &id, why));
    return log_it(a, w, job->now, job, id, why);
}

static err run(struct house *h, const struct words *w, note *why)
{
    struct job job = {.ends = w->ends,
                      .now = clock_now(store_clock(h->store)),
                      .text = {.words = w->words, .minutes = BREAKING_USUAL_MIN}};
    int64_t minutes = BREAKING_USUAL_MIN;

    if (w->story.n > 0 && !str_int(w->story, &job.text.story))
        return fail(why, E_INVALID, "\"%.*s\" is no number of a story", STR(w->story));
    if (w->minutes.n > 0 &&
        (!str_int(w->minutes, &minutes) || minutes < 1 || minutes > BREAKING_LONGEST_MIN))
        return fail(why, E_INVALID, "--for takes minutes, 1 to %d", BREAKING_LONGEST_MIN);
    job.text.minutes = (int)minutes;
    TRY(store_write(h->store, work, &job, h->a, why));
    printf("breaking: %s\n", job.ends ? "over" : "told");
    return OK;
}

static int breaking_command(const struct command *c, int argc, char **argv)
{
    struct words w;
    struct house h;
    note why = {0};
    err e;
    int done = read_words(c, argc, argv, &w);

    if (done == EXIT_WORDS)
        return command_words(c, "it takes one line of words, or --end: see --help");
    if (done >= 0)
        return done;
    if (!house_open(&h, c, w.data, true))
        return EXIT_FAILED;
    e = run(&h, &w, &why);
    if (e == OK)
        command_settle(c, &h);
    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_breaking = {
    "breaking", "[--data DIR] [--story ID] [--for MINUTES] WORDS | --end",
    "Breaking news: one line to every open page, and to the front.",
    "  --data DIR        the data folder (default: $BROADSHEET_DATA or ./data)\n"
    "  --story ID        where it leads\n"
    "  --for MINUTES     when it goes by itself (default: 60)\n"
    "  --end             take back what stands\n",
    breaking_command};
