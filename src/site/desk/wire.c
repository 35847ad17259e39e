/*
 * wire.c - /desk/wire: the copy that has come in and what was done with it; what could not be read.
 */
#include "site/desk/desk.h"

#include "store/sql.h"
#include "wire/take.h"

enum { MANY = 40, WORDS_MAX = 120, NUMBER_MAX = 20, NAME_MAX_BYTES = 120 };

static const char *const outcomes[WIRE_OUTCOMES] = {
    [WIRE_DRAFTED] = SAY("A draft was made of it"),
    [WIRE_PUBLISHED] = SAY("Published at once"),
    [WIRE_SCHEDULED] = SAY("Scheduled for the end of its embargo"),
    [WIRE_UPDATED] = SAY("The story was updated"),
    [WIRE_CORRECTED] = SAY("The story was corrected"),
    [WIRE_HELD] = SAY("Update held until its embargo ends"),
    [WIRE_SAME] = SAY("It was here already"),
    [WIRE_LATE] = SAY("A newer version was here already"),
    [WIRE_KILLED] = SAY("The agency killed it"),
    [WIRE_KILLED_BEFORE] = SAY("Refused: it was killed before"),
    [WIRE_KILL_KEPT] = SAY("A kill of something that is not here yet"),
    [WIRE_WITHHELD_KEPT] = SAY("Not to be used for now"),
    [WIRE_WITHDRAWN] = SAY("The story was withdrawn"),
    [WIRE_PICTURE_KEPT] = SAY("A picture was kept"),
    [WIRE_FILM_KEPT] = SAY("A film or sound was kept"),
    [WIRE_TIED] = SAY("A package: its stories were tied"),
    [WIRE_RECORDED] = SAY("Noted, nothing to print"),
};

/* What was done, in words; a word of a newer program stands as it is. */
static str outcome_name(const struct desk_page *p, str word)
{
    for (int i = 0; i < WIRE_OUTCOMES; i++)
        if (outcomes[i] != NULL && str_eq(word, wire_outcome_word((enum wire_outcome)i)))
            return desk_say(p, outcomes[i]);
    return word;
}

static int64_t read_before(struct request *rq)
{
    int64_t before;

    return str_int(desk_query(rq, S("before"), NUMBER_MAX), &before) && before > 0 ? before
                                                                                   : TIME_NEVER;
}

static str number(struct request *rq, int64_t n)
{
    return str_fmt(rq->arena, "%lld", (long long)n);
}

static struct view_desk_copy copy_of(const struct desk_page *p, const struct sql_desk_wire *row)
{
    arena *a = p->rq->arena;
    bool may_edit = (desk_visit(p->rq)->who.may & MAY(edit)) != 0;
    struct view_desk_copy copy = {
        .headline = row->headline,
        .dialect = row->dialect,
        .version = str_starts(row->version, S("~")) ? S("") : row->version,
        .done = outcome_name(p, row->done),
        .received = desk_when(p, row->received_at),
        .held = desk_when(p, row->has_held_until ? row->held_until : 0),
    };

    if (row->has_story && may_edit)
        copy.story.address = str_fmt(a, "/desk/stories/%lld", (long long)row->story);
    if (row->has_raw)
        copy.raw.address = str_fmt(a, "/desk/wire/raw/%lld", (long long)row->raw);
    return copy;
}

static void fill_form(const struct desk_page *p, str words, str done, struct view_desk_wire *view)
{
    struct view_choice *v = arena_many(p->rq->arena, struct view_choice, WIRE_OUTCOMES);

    for (int i = 0; i < WIRE_OUTCOMES; i++) {
        str word = wire_outcome_word((enum wire_outcome)i);

        v[i] = (struct view_choice){word, outcome_name(p, word), str_eq(word, done)};
    }
    view->words = words;
    view->outcomes.v = v;
    view->outcomes.n = WIRE_OUTCOMES;
}

err desk_wire(struct request *rq)
{
    struct desk_page p;
    struct sql_desk_wire_rows rows;
    struct view_desk_wire view = {0};
    struct desk_word words[] = {{"words", desk_query(rq, S("words"), WORDS_MAX)},
                                {"done", desk_query(rq, S("done"), NUMBER_MAX)},
                                {"before", S("")}};
    int64_t before = read_before(rq);

    TRY(desk_begin(rq, &p));
    TRY(sql_desk_wire(rq->arena, rq->desk, words[1].value, words[0].value, before, MANY + 1,
                      &rows));
    fill_form(&p, words[0].value, words[1].value, &view);

    size_t n = rows.n > MANY ? MANY : rows.n;
    struct view_desk_copy *copy = arena_many(rq->arena, struct view_desk_copy, n);

    for (size_t i = 0; i < n; i++)
        copy[i] = copy_of(&p, &rows.v[i]);
    if (before != TIME_NEVER)
        view.newest.address = desk_address(rq, "/desk/wire", words, LENGTH(words));
    if (rows.n > MANY) {
        words[2].value = number(rq, rows.v[n - 1].item);
        view.older.address = desk_address(rq, "/desk/wire", words, LENGTH(words));
    }
    view.desk = p.head;
    view.copy.v = copy;
    view.copy.n = n;
    view.has_copy = n > 0;
    return desk_reply(&p, 200, DESK_WIRE, SAY("Wire"), &view);
}

err desk_quarantine(struct request *rq)
{
    struct desk_page p;
    struct sql_desk_quarantine_rows rows;
    struct view_desk_wire view = {0};
    struct desk_word word = {"before", S("")};
    int64_t before = read_before(rq);

    TRY(desk_begin(rq, &p));
    TRY(sql_desk_quarantine(rq->arena, rq->desk, before, MANY + 1, &rows));

    size_t n = rows.n > MANY ? MANY : rows.n;
    struct view_desk_copy *copy = arena_many(rq->arena, struct view_desk_copy, n);

    for (size_t i = 0; i < n; i++)
        copy[i] = (struct view_desk_copy){
            .headline = rows.v[i].guid,
            .file = rows.v[i].name,
            .line = str_starts(rows.v[i].reason, S("line ")) ? 0 : rows.v[i].line,
            .reason = rows.v[i].reason,
            .received = desk_when(&p, rows.v[i].received_at),
            .raw = {str_fmt(rq->arena, "/desk/wire/raw/%lld", (long long)rows.v[i].raw)},
        };
    if (before != TIME_NEVER)
        view.newest.address = S("/desk/wire/quarantine");
    if (rows.n > MANY) {
        word.value = number(rq, rows.v[n - 1].quarantine);
        view.older.address = desk_address(rq, "/desk/wire/quarantine", &word, 1);
    }
    view.desk = p.head;
    view.copy.v = copy;
    view.copy.n = n;
    view.has_copy = n > 0;
    return desk_reply(&p, 200, DESK_QUARANTINE, SAY("Quarantine"), &view);
}

/* A name that a header can hold: letters, digits, dots, dashes. */
static str safe_name(arena *a, str name)
{
    str kept = str_dup(a, str_to(name, name.n < NAME_MAX_BYTES ? name.n : NAME_MAX_BYTES));
    char *p = (char *)kept.p;

    for (size_t i = 0; i < kept.n; i++)
        if (!((p[i] >= '0' && p[i] <= '9') || (p[i] >= 'A' && p[i] <= 'Z') ||
              (p[i] >= 'a' && p[i] <= 'z') || p[i] == '-' || p[i] == '.'))
            p[i] = '_';
    return kept;
}

err desk_raw(struct request *rq)
{
    struct sql_desk_raw row;
    int64_t id;

    TRY(desk_id(rq, &id));
    TRY(sql_desk_raw(rq->arena, rq->desk, id, &row));
    reply_header(
        rq, S("Content-Disposition"),
        str_fmt(rq->arena, "attachment; filename=\"%.*s\"", STR(safe_name(rq->arena, row.name))));
    reply_keep(rq, KEEP_NOT, 0, 0);
    return reply_bytes(rq, 200, S("application/octet-stream"), row.bytes);
}
