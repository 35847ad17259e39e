/*
 * live.c - running stories from the command line: entries and the state of a coverage.
 */
#include "command/words.h"

#include "news/paper.h"
#include "staff/running.h"
#include "text/dates.h"
#include "text/markdown.h"

#include <stdio.h>

enum { LISTED = 500 };

enum { LIST = -1 }; /* beside the verbs of running stories */

struct words {
    int verb;
    const char *data;
    const char *words; /* a file */
    str headline, by, quote, quote_by, alt, caption, link, link_title, at;
    int64_t picture;
    bool is_key, is_pinned, is_draft;
};

static int read_words(const struct command *c, int *argc, char ***argv, struct words *w)
{
    const struct word words[] = {
        DATA_WORD(&w->data),
        {"list", "[ID]", "the stories that are covered now; with a number its entries",
         .verb = &w->verb, .is = LIST},
        {"add", "ID", "a new entry, which readers have at once; the first makes the story live",
         .verb = &w->verb, .is = RUNNING_WRITE},
        {"edit", "ID N", "say it anew; what is not named stays", .verb = &w->verb,
         .is = RUNNING_CHANGE},
        {"publish", "ID N", "a draft, or one that was withdrawn", .verb = &w->verb,
         .is = RUNNING_PUBLISH},
        {"withdraw", "ID N", "take one down; what was scheduled is a draft again", .verb = &w->verb,
         .is = RUNNING_WITHDRAW},
        {"promote", "ID N OTHER", "the story OTHER was made of it: each leads to the other",
         .verb = &w->verb, .is = RUNNING_PROMOTE},
        {"state", "ID WORD", "announced (--at), live, paused, ended, archived", .verb = &w->verb,
         .is = RUNNING_MOVE},
        {"headline", "TEXT", "the headline of an entry", .str = &w->headline},
        {"by", "NAME", "who wrote it", .str = &w->by},
        {"words", "FILE", "its words, from Markdown (-: standard input)", .text = &w->words},
        {"quote", "TEXT", "what somebody said", .str = &w->quote},
        {"quote-by", "NAME", "and who", .str = &w->quote_by},
        {"picture", "N", "a number of the library; 0: none", .number = &w->picture},
        {"alt", "TEXT", "what the picture shows, for those who do not see it", .str = &w->alt},
        {"caption", "TEXT", "what stands below it", .str = &w->caption},
        {"link", "URL", "a card that leads elsewhere", .str = &w->link},
        {"link-title", "TEXT", "what stands on the card", .str = &w->link_title},
        {"key", NULL, "it mattered most", .flag = &w->is_key},
        {"pin", NULL, "it stays at the top", .flag = &w->is_pinned},
        {"at", "TIME", "not before this moment", .str = &w->at},
        {"draft", NULL, "readers have it not yet", .flag = &w->is_draft},
    };

    *w = (struct words){.verb = LIST, .data = command_data_folder(), .picture = -1};
    return words_read(c, words, LENGTH(words), argc, argv);
}

/* --- list --- */

static str stamp(arena *a, int64_t at)
{
    return at == 0 ? S("-") : date_iso(a, at);
}

static err list_all(struct house *h)
{
    struct reading r;
    struct cards cards;

    TRY(reading_begin(&r, h->a, h->db, (struct viewer){VIEWER_STAFF}, OUTLET_DESK,
                      clock_now(store_clock(h->store))));
    err e = stories_running(&r, LISTED, &cards);
    reading_end(&r);
    TRY(e);
    for (size_t i = 0; i < cards.n; i++)
        printf("%lld\t%.*s\t%.*s\t%.*s\n", (long long)cards.v[i].id,
               STR(coverage_word((enum coverage_state)cards.v[i].coverage)), STR(cards.v[i].path),
               STR(cards.v[i].headline));
    return OK;
}

static err list_one(struct house *h, int64_t story)
{
    struct entries all;

    TRY(entries_for_desk(h->a, h->db, story, INT64_MAX, LISTED, &all));
    for (size_t i = 0; i < all.n; i++)
        printf("%d\t%.*s\t%.*s\t%s%s\t%.*s\n", all.v[i].number, STR(state_word(all.v[i].state)),
               STR(stamp(h->a, all.v[i].public_at)), all.v[i].is_key ? "key" : "-",
               all.v[i].is_pinned ? ",pinned" : "", STR(entry_title(h->a, &all.v[i])));
    return OK;
}

/* --- acts --- */

static err read_text(struct house *h, const struct words *w, struct entry_draft *out, note *why)
{
    struct {
        str value;
        str *to;
    } const all[] = {
        {w->headline, &out->headline}, {w->by, &out->byline},
        {w->quote, &out->quote},       {w->quote_by, &out->quote_by},
        {w->alt, &out->alt},           {w->caption, &out->caption},
        {w->link, &out->link},         {w->link_title, &out->link_title},
    };

    for (size_t i = 0; i < LENGTH(all); i++)
        if (all[i].value.p != NULL)
            *all[i].to = str_trim(all[i].value);
    if (w->words != NULL)
        TRY(command_read(h->a, w->words, MARKDOWN_BYTES_MAX, &out->words, why));
    if (w->picture >= 0)
        out->media = w->picture;
    out->is_key = out->is_key || w->is_key;
    out->is_pinned = out->is_pinned || w->is_pinned;
    return OK;
}

/* What stands, so that what is not named stays. */
static err read_old(struct house *h, struct running_act *act)
{
    struct entry e;

    TRY(entry_for_desk(h->a, h->db, act->story, act->number, &e));
    act->text =
        (struct entry_draft){e.headline, e.byline, e.words,      e.quote, e.quote_by, e.alt,
                             e.caption,  e.link,   e.link_title, e.media, e.is_key,   e.is_pinned};
    return OK;
}

struct job {
    struct running_act act;
    int64_t now;
};

static err act_out(arena *a, store_conn *w, void *of, note *why)
{
    struct job *job = of;
    struct staff_work k = {
        .a = a, .w = w, .now = job->now, .by = command_actor(a), .may = PRIVILEGES_ALL};

    return staff_running(&k, &job->act, why);
}

static err read_act(struct house *h, const struct words *w, int n, char **rest,
                    struct running_act *act, note *why)
{
    act->verb = (enum running_verb)w->verb;
    act->goes_out = act->verb == RUNNING_WRITE && !w->is_draft;
    if (!str_int(str_c(rest[0]), &act->story))
        return fail(why, E_INVALID, "\"%s\" is no number of a story", rest[0]);
    if (w->at.n > 0 && !date_parse(w->at, paper_zone(h->a, h->db), &act->at))
        return fail(why, E_INVALID, "\"%.*s\" is no time", STR(w->at));
    if (act->verb == RUNNING_MOVE) {
        act->to = coverage_of_word(str_c(rest[1]));
        return act->to == COVERAGE_STATES || act->to == COVERAGE_NONE
                   ? fail(why, E_INVALID,
                          "a coverage is announced, live, paused, ended or archived")
                   : OK;
    }
    if (n > 1 && !str_int(str_c(rest[1]), &act->number))
        return fail(why, E_INVALID, "\"%s\" is no number of an entry", rest[1]);
    if (n > 2 && !str_int(str_c(rest[2]), &act->made))
        return fail(why, E_INVALID, "\"%s\" is no number of a story", rest[2]);
    if (act->verb == RUNNING_CHANGE)
        TRY(read_old(h, act));
    return read_text(h, w, &act->text, why);
}

static err run(struct house *h, const struct words *w, int n, char **rest, note *why)
{
    struct job job = {.now = clock_now(store_clock(h->store))};

    TRY(read_act(h, w, n, rest, &job.act, why));
    TRY(store_write(h->store, act_out, &job, h->a, why));
    if (job.act.number != 0)
        printf("story %lld, entry %lld: done\n", (long long)job.act.story,
               (long long)job.act.number);
    else
        printf("story %lld: done\n", (long long)job.act.story);
    return OK;
}

static int live(const struct command *c, int argc, char **argv)
{
    struct words w;
    struct house h;
    note why = {0};
    int64_t story;
    int done = read_words(c, &argc, &argv, &w);
    err e;

    if (done < 0 && w.verb == LIST && argc > 0 && !str_int(str_c(argv[0]), &story))
        done = command_words(c, "\"%s\" is no number of a story", argv[0]);
    if (done >= 0)
        return done;
    if (!house_open(&h, c, w.data, true))
        return EXIT_FAILED;
    if (w.verb == LIST)
        e = argc == 0 ? list_all(&h) : list_one(&h, story);
    else if ((e = run(&h, &w, argc, argv, &why)) == OK)
        command_settle(c, &h);
    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_live = {
    "live", "", "Running stories: entries, and whether a story is covered now.", live};
