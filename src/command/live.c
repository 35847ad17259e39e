/*
 * live.c - running stories from the command line: entries and the state of a coverage.
 */
#include "command/command.h"

#include "news/paper.h"
#include "staff/running.h"
#include "text/dates.h"
#include "text/markdown.h"

#include <getopt.h>
#include <stdio.h>

enum { LISTED = 500 };

struct words {
    const char *data;
    const char *words; /* a file */
    str headline, by, quote, quote_by, picture, alt, caption, link, link_title, at;
    bool is_key, is_pinned, is_draft;
    bool has[128]; /* by its letter */
};

static const struct option options[] = {{"data", required_argument, NULL, 'd'},
                                        {"headline", required_argument, NULL, 'H'},
                                        {"by", required_argument, NULL, 'b'},
                                        {"words", required_argument, NULL, 'w'},
                                        {"quote", required_argument, NULL, 'q'},
                                        {"quote-by", required_argument, NULL, 'Q'},
                                        {"picture", required_argument, NULL, 'p'},
                                        {"alt", required_argument, NULL, 'A'},
                                        {"caption", required_argument, NULL, 'c'},
                                        {"link", required_argument, NULL, 'l'},
                                        {"link-title", required_argument, NULL, 'L'},
                                        {"at", required_argument, NULL, 'a'},
                                        {"key", no_argument, NULL, 'k'},
                                        {"pin", no_argument, NULL, 'P'},
                                        {"draft", no_argument, NULL, 'D'},
                                        {"help", no_argument, NULL, 'h'},
                                        {0}};

static str *field_of(struct words *w, int letter)
{
    struct {
        int letter;
        str *field;
    } const all[] = {{'H', &w->headline},   {'b', &w->by},  {'q', &w->quote},   {'Q', &w->quote_by},
                     {'p', &w->picture},    {'A', &w->alt}, {'c', &w->caption}, {'l', &w->link},
                     {'L', &w->link_title}, {'a', &w->at}};

    for (size_t i = 0; i < LENGTH(all); i++)
        if (all[i].letter == letter)
            return all[i].field;
    return NULL;
}

/* -1: go on; else the exit code. */
static int read_words(const struct command *c, int argc, char **argv, struct words *w)
{
    *w = (struct words){.data = command_data_folder()};
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        str *to = field_of(w, o);

        if (o == 'h') {
            command_help(c);
            return EXIT_DONE;
        }
        if (o == '?')
            return command_words(c, "those words are not known");
        w->has[o] = true;
        if (o == 'd')
            w->data = optarg;
        else if (o == 'w')
            w->words = optarg;
        else if (to != NULL)
            *to = str_c(optarg);
    }
    w->is_key = w->has['k'];
    w->is_pinned = w->has['P'];
    w->is_draft = w->has['D'];
    return -1;
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
        int letter;
        str value;
        str *to;
    } const all[] = {
        {'H', w->headline, &out->headline}, {'b', w->by, &out->byline},
        {'q', w->quote, &out->quote},       {'Q', w->quote_by, &out->quote_by},
        {'A', w->alt, &out->alt},           {'c', w->caption, &out->caption},
        {'l', w->link, &out->link},         {'L', w->link_title, &out->link_title},
    };

    for (size_t i = 0; i < LENGTH(all); i++)
        if (w->has[all[i].letter])
            *all[i].to = str_trim(all[i].value);
    if (w->words != NULL)
        TRY(command_read(h->a, w->words, MARKDOWN_BYTES_MAX, &out->words, why));
    if (w->picture.n > 0 && (!str_int(w->picture, &out->media) || out->media < 0))
        return fail(why, E_INVALID, "\"%.*s\" is no number of a picture", STR(w->picture));
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

static const struct verb {
    const char *word;
    enum running_verb verb;
    int words; /* with itself */
} verbs[] = {{"add", RUNNING_WRITE, 2},       {"edit", RUNNING_CHANGE, 3},
             {"publish", RUNNING_PUBLISH, 3}, {"withdraw", RUNNING_WITHDRAW, 3},
             {"promote", RUNNING_PROMOTE, 4}, {"state", RUNNING_MOVE, 3}};

static const struct verb *verb_of(const char *word)
{
    for (size_t i = 0; i < LENGTH(verbs); i++)
        if (strcmp(verbs[i].word, word) == 0)
            return &verbs[i];
    return NULL;
}

static err read_act(struct house *h, const struct words *w, const struct verb *verb, char **rest,
                    struct running_act *act, note *why)
{
    act->verb = verb->verb;
    act->goes_out = !w->is_draft;
    if (!str_int(str_c(rest[1]), &act->story))
        return fail(why, E_INVALID, "\"%s\" is no number of a story", rest[1]);
    if (w->at.n > 0 && !date_parse(w->at, paper_zone(h->a, h->db), &act->at))
        return fail(why, E_INVALID, "\"%.*s\" is no time", STR(w->at));
    if (verb->verb == RUNNING_MOVE) {
        act->to = coverage_of_word(str_c(rest[2]));
        return act->to == COVERAGE_STATES || act->to == COVERAGE_NONE
                   ? fail(why, E_INVALID,
                          "a coverage is announced, live, paused, ended or archived")
                   : OK;
    }
    if (verb->words > 2 && !str_int(str_c(rest[2]), &act->number))
        return fail(why, E_INVALID, "\"%s\" is no number of an entry", rest[2]);
    if (verb->words > 3 && !str_int(str_c(rest[3]), &act->made))
        return fail(why, E_INVALID, "\"%s\" is no number of a story", rest[3]);
    if (verb->verb == RUNNING_CHANGE)
        TRY(read_old(h, act));
    return read_text(h, w, &act->text, why);
}

static err run(struct house *h, const struct words *w, char **rest, note *why)
{
    const struct verb *verb = verb_of(rest[0]);
    struct job job = {.now = clock_now(store_clock(h->store))};

    TRY(read_act(h, w, verb, rest, &job.act, why));
    TRY(store_write(h->store, act_out, &job, h->a, why));
    if (job.act.number != 0)
        printf("story %lld, entry %lld: done\n", (long long)job.act.story,
               (long long)job.act.number);
    else
        printf("story %lld: done\n", (long long)job.act.story);
    return OK;
}

/* -1: the words are fine. */
static int check_words(const struct command *c, int n, char **rest)
{
    const struct verb *verb = n > 0 ? verb_of(rest[0]) : NULL;

    if (n == 0 || (strcmp(rest[0], "list") == 0 && n <= 2))
        return -1;
    if (verb == NULL)
        return command_words(
            c, "\"%s\" is none of list, add, edit, publish, withdraw, promote, state", rest[0]);
    return n == verb->words ? -1 : command_words(c, "%s: see --help", rest[0]);
}

static int live(const struct command *c, int argc, char **argv)
{
    struct words w;
    struct house h;
    note why = {0};
    int64_t story;
    int done = read_words(c, argc, argv, &w), n = argc - optind;
    char **rest = argv + optind;
    err e;

    if (done < 0)
        done = check_words(c, n, rest);
    if (done < 0 && n == 2 && strcmp(rest[0], "list") == 0 && !str_int(str_c(rest[1]), &story))
        done = command_words(c, "\"%s\" is no number of a story", rest[1]);
    if (done >= 0)
        return done;
    if (!house_open(&h, c, w.data, true))
        return EXIT_FAILED;
    if (n <= 1)
        e = list_all(&h);
    else if (strcmp(rest[0], "list") == 0)
        e = list_one(&h, story);
    else if ((e = run(&h, &w, rest, &why)) == OK)
        command_settle(c, &h);
    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_live = {
    "live",
    "[options] [list [ID] | add ID | edit ID N | publish ID N | withdraw ID N | promote ID N OTHER "
    "| state ID WORD]",
    "Running stories: entries, and whether a story is covered now.",
    "  --data DIR        the data folder (default: $BROADSHEET_DATA or ./data)\n"
    "  list              the stories that are covered now; with a number its entries\n"
    "  add ID            a new entry, which readers have at once; the first makes the story live\n"
    "  edit ID N         say it anew; what is not named stays\n"
    "  publish ID N      a draft, or one that was withdrawn\n"
    "  withdraw ID N     take one down; what was scheduled is a draft again\n"
    "  promote ID N OTHER  the story OTHER was made of it: each leads to the other\n"
    "  state ID WORD     announced (--at), live, paused, ended, archived\n"
    "  --headline TEXT   --by NAME   --words FILE (Markdown; -: standard input)\n"
    "  --quote TEXT      --quote-by NAME\n"
    "  --picture N       a number of the library; --alt TEXT, --caption TEXT\n"
    "  --link URL        a card that leads elsewhere; --link-title TEXT\n"
    "  --key             it mattered most      --pin  it stays at the top\n"
    "  --at TIME         not before this moment       --draft  readers have it not yet\n",
    live};
