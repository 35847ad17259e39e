/*
 * notice.c - notices from the command line: what others give out through the paper.
 */
#include "command/words.h"

#include "news/information.h"
#include "news/notice.h"
#include "news/paper.h"
#include "store/sql.h"
#include "text/dates.h"
#include "text/markdown.h"

#include <stdio.h>

enum { LISTED = 100 };

enum verb { LIST, ADD, SET, WITHDRAW, KILL, PUBLISH };

struct words {
    int verb;
    const char *data;
    str type, issuer, reference, from, until, reason;
};

static int read_words(const struct command *c, int *argc, char ***argv, struct words *w)
{
    const struct word words[] = {
        DATA_WORD(&w->data),
        {"list", NULL, "the newest", .verb = &w->verb, .is = LIST},
        {"add", "FILE", "a new one from Markdown (-: standard input); its first line is the title",
         .verb = &w->verb, .is = ADD},
        {"set", "ID FILE", "say one anew; what is not named stays", .verb = &w->verb, .is = SET},
        {"type", "WORD",
         "planning, licensing, roads, tender, court, election, death, family, public",
         .str = &w->type},
        {"issuer", "TEXT", "who gives it out", .str = &w->issuer},
        {"reference", "TEXT", "the issuer's own number", .str = &w->reference},
        {"from", "DAY", "it runs from this day on (default: now)", .str = &w->from},
        {"until", "DAY", "and until the end of this one (default: not said)", .str = &w->until},
        {"withdraw", "ID", "take one down", .verb = &w->verb, .is = WITHDRAW},
        {"kill", "ID", "take one down for ever", .verb = &w->verb, .is = KILL},
        {"reason", "TEXT", "why it is taken down", .str = &w->reason},
        {"publish", "ID", "a withdrawn one is back", .verb = &w->verb, .is = PUBLISH},
    };

    *w = (struct words){.data = command_data_folder()};
    return words_read(c, words, LENGTH(words), argc, argv);
}

static err list(struct house *h)
{
    struct sql_notices_for_desk_rows rows;

    TRY(sql_notices_for_desk(h->a, h->db, LISTED, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_notices_for_desk *n = &rows.v[i];

        printf("%lld\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", (long long)n->notice,
               STR(state_word((enum public_state)n->public_state)), STR(n->type),
               STR(date_iso(h->a, n->from_at)),
               STR(n->has_until_at ? date_iso(h->a, n->until_at) : S("-")), STR(n->issuer),
               STR(n->title));
    }
    return OK;
}

/* A day means from its beginning, or until its end, on the paper's own clock. */
static err read_day(struct house *h, const struct zone *zone, str given, bool end, int64_t *at,
                    note *why)
{
    if (given.n == 0)
        return OK;
    if (!date_parse(given, zone, at))
        return fail(why, E_INVALID, "\"%.*s\" is no day like 2026-12-14", STR(given));
    if (given.n == 10)
        *at = date_day_start(*at, zone, end ? 1 : 0);
    (void)h;
    return OK;
}

/* One verb on one notice, as a job. */
struct act {
    int64_t id, now;
    enum public_state to; /* NONE: it is written */
    str reason;
    bool has_type;
    struct notice_draft text;
};

/* What is not named stays (so does the beginning, by notice_change). */
static err keep_rest(struct desk *d, struct act *act, note *why)
{
    struct notice_draft *text = &act->text;
    struct sql_notice_at was;
    bool known;
    err e = sql_notice_at(d->a, d->w, act->id, &was);

    if (e != OK)
        return e == E_MISSING ? fail(why, e, "there is no notice %lld", (long long)act->id) : e;
    if (!act->has_type)
        text->type = notice_type_of(was.type, &known);
    if (text->issuer.n == 0)
        text->issuer = was.issuer;
    if (text->reference.n == 0)
        text->reference = was.reference;
    if (text->until_at == 0 && was.has_until_at)
        text->until_at = was.until_at;
    text->language = was.language;
    return OK;
}

static err do_verb(struct desk *d, struct act *act, note *why)
{
    if (act->to != STATE_NONE)
        return notice_move(d, act->id, act->to, act->reason, why);
    if (act->id != 0) {
        TRY(keep_rest(d, act, why));
        return notice_change(d, act->id, &act->text, why);
    }
    return notice_add(d, &act->text, &act->id, why);
}

static err lines_of(struct desk *d, int64_t id, str *label, str *lines)
{
    struct sql_notice_at row;

    TRY(sql_notice_at(d->a, d->w, id, &row));
    *label = row.title;
    *lines = audit_line(d->a, S(""), "state", state_word((enum public_state)row.public_state));
    *lines = audit_line(d->a, *lines, "title", row.title);
    return OK;
}

static enum audit_act act_of(const struct act *act, bool is_new)
{
    return act->to == STATE_KILLED           ? AUDIT_notice_killed
           : act->to == STATE_WITHDRAWN      ? AUDIT_notice_withdrawn
           : is_new || act->to == STATE_LIVE ? AUDIT_notice_published
                                             : AUDIT_notice_changed;
}

/* The verb, and its line in the log. */
static err act_out(arena *a, store_conn *w, void *of, note *why)
{
    struct act *act = of;
    struct desk d = {a, w, act->now};
    bool is_new = act->id == 0;
    struct deed deed = {.act = act_of(act, is_new)};

    if (!is_new)
        err_ignore(lines_of(&d, act->id, &deed.label, &deed.was));
    TRY(do_verb(&d, act, why));
    TRY(lines_of(&d, act->id, &deed.label, &deed.is));
    deed.subject = act->id;
    deed.is = audit_line(a, deed.is, "reason", act->reason);
    return command_log(a, w, act->now, &deed, why);
}

static err read_notice(struct house *h, const struct words *w, const char *file, struct act *act,
                       note *why)
{
    const struct zone *zone = paper_zone(h->a, h->db);
    struct information page;
    str markdown;
    bool known;

    TRY(command_read(h->a, file, MARKDOWN_BYTES_MAX, &markdown, why));
    TRY(information_read(h->a, markdown, &page, why));
    act->text = (struct notice_draft){
        .type = notice_type_of(w->type, &known),
        .title = page.title,
        .issuer = w->issuer,
        .reference = w->reference,
        .body = page.body,
    };
    act->has_type = w->type.n > 0;
    if (act->has_type && !known)
        return fail(why, E_INVALID, "\"%.*s\" is no type of notice", STR(w->type));
    TRY(read_day(h, zone, w->from, false, &act->text.from_at, why));
    return read_day(h, zone, w->until, true, &act->text.until_at, why);
}

static err run(struct house *h, const struct words *w, int n, char **rest, note *why)
{
    struct act act = {.now = clock_now(store_clock(h->store)), .reason = w->reason};

    if (w->verb != ADD && !str_int(str_c(rest[0]), &act.id))
        return fail(why, E_INVALID, "\"%s\" is no number of a notice", rest[0]);
    if (w->verb == ADD || w->verb == SET)
        TRY(read_notice(h, w, rest[n - 1], &act, why));
    else
        act.to = w->verb == KILL       ? STATE_KILLED
                 : w->verb == WITHDRAW ? STATE_WITHDRAWN
                                       : STATE_LIVE;
    TRY(store_write(h->store, act_out, &act, h->a, why));
    printf("/notices/%lld: done\n", (long long)act.id);
    return OK;
}

static int notice_command(const struct command *c, int argc, char **argv)
{
    struct words w;
    struct house h;
    note why = {0};
    err e;
    int done = read_words(c, &argc, &argv, &w);

    if (done >= 0)
        return done;
    if (!house_open(&h, c, w.data, true))
        return EXIT_FAILED;
    if (w.verb == LIST)
        e = list(&h);
    else if ((e = run(&h, &w, argc, argv, &why)) == OK)
        command_settle(c, &h);
    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_notice = {
    "notice", "", "Notices: what councils, courts and families give out through the paper.",
    notice_command};
