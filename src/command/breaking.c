/*
 * breaking.c - breaking news from the command line: one line to every open page.
 */
#include "command/words.h"

#include "news/audit.h"
#include "news/breaking.h"

#include <stdio.h>

struct words {
    const char *data;
    str words;
    int64_t story, minutes;
    bool ends;
};

static int read_words(const struct command *c, int argc, char **argv, struct words *w)
{
    const struct word words[] = {
        DATA_WORD(&w->data),
        {"story", "ID", "where it leads", .number = &w->story, .least = 1},
        {"for", "MINUTES", "when it goes by itself (default: 60)", .number = &w->minutes,
         .least = 1, .most = BREAKING_LONGEST_MIN},
        {"end", NULL, "instead of WORDS: take back what stands", .flag = &w->ends},
    };

    *w = (struct words){.data = command_data_folder(), .minutes = BREAKING_USUAL_MIN};

    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    if (done >= 0)
        return done;
    w->words = str_c(argv[0]);
    if (w->ends != (w->words.n == 0))
        return command_words(c, "it takes one line of words, or --end");
    return -1;
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
                      .text = {.words = w->words, .story = w->story, .minutes = (int)w->minutes}};

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
    "breaking", "[WORDS]", "Breaking news: one line to every open page, and to the front.",
    breaking_command};
