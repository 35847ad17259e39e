#include "news/running.h"

#include "news/running_row.h"

static const str words[COVERAGE_STATES] = {S_INIT("none"),  S_INIT("announced"),
                                           S_INIT("live"),  S_INIT("paused"),
                                           S_INIT("ended"), S_INIT("archived")};

static const bool moves[COVERAGE_STATES][COVERAGE_STATES] = {
    [COVERAGE_NONE] = {[COVERAGE_ANNOUNCED] = true, [COVERAGE_LIVE] = true},
    [COVERAGE_ANNOUNCED] =
        {[COVERAGE_ANNOUNCED] = true, [COVERAGE_LIVE] = true, [COVERAGE_ENDED] = true},
    [COVERAGE_LIVE] = {[COVERAGE_PAUSED] = true, [COVERAGE_ENDED] = true},
    [COVERAGE_PAUSED] = {[COVERAGE_LIVE] = true, [COVERAGE_ENDED] = true},
    [COVERAGE_ENDED] = {[COVERAGE_LIVE] = true, [COVERAGE_ARCHIVED] = true},
    [COVERAGE_ARCHIVED] = {0}, /* 1 */
};

str coverage_word(enum coverage_state s)
{
    return words[s];
}

enum coverage_state coverage_of_word(str word)
{
    for (int i = 0; i < COVERAGE_STATES; i++)
        if (str_eq(words[i], word))
            return (enum coverage_state)i;
    return COVERAGE_STATES;
}

bool coverage_may_move(enum coverage_state from, enum coverage_state to)
{
    return from < COVERAGE_STATES && to < COVERAGE_STATES && moves[from][to];
}

str entry_path(arena *a, str story_path, int64_t number)
{
    return str_fmt(a, "%.*s/entry/%lld", STR(story_path), (long long)number);
}

str entry_title(arena *a, const struct entry *e)
{
    enum { OPENING = 90 };

    return e->headline.n > 0 ? e->headline : body_opening(a, &e->body, OPENING);
}

/* --- one row --- */

err entry_from_row(arena *a, const struct sql_entry_at *row, struct entry *out)
{
    *out = (struct entry){
        .id = row->entry,
        .story = row->story,
        .number = (int)row->number,
        .state = (enum public_state)row->state,
        .public_at = row->has_public_at ? row->public_at : 0,
        .edited_at = row->has_edited_at ? row->edited_at : 0,
        .is_key = row->is_key,
        .is_pinned = row->is_pinned,
        .promoted = row->has_promoted ? row->promoted : 0,
        .headline = row->headline,
        .byline = row->byline,
        .media = row->has_media ? row->media : 0,
        .alt = row->alt,
        .words = row->words,
        .quote = row->quote,
        .quote_by = row->quote_by,
        .caption = row->caption,
        .link = row->link,
        .link_title = row->link_title,
        .version = (int)row->version,
    };
    return body_from_store(a, row->body, &out->body, NULL);
}

/* 2: the story was let through already. */
static enum gate_word ask(struct reading *r, int64_t state, bool has_time, int64_t public_at)
{
    return reading_gate(r, &(struct gate_facts){
                               .state = (enum public_state)state,
                               .public_at = has_time ? public_at : 0,
                           });
}

static err through_gate(struct reading *r, const struct sql_entry_at_rows *rows,
                        struct entries *out)
{
    struct entries all = {arena_many(r->a, struct entry, rows->n), 0};

    for (size_t i = 0; i < rows->n; i++) {
        const struct sql_entry_at *row = &rows->v[i];

        if (ask(r, row->state, row->has_public_at, row->public_at) == GATE_FULL)
            TRY(entry_from_row(r->a, row, &all.v[all.n++]));
    }
    *out = all;
    return OK;
}

/* --- several --- */

err coverage_of(struct reading *r, int64_t story, struct coverage *out)
{
    struct sql_coverage_of row;

    TRY(sql_coverage_of(r->a, r->db, story, r->reach, &row));
    if (row.has_next_at)
        reading_until(r, row.next_at);
    *out = (struct coverage){
        .state = (enum coverage_state)row.coverage,
        .from_at = row.has_from_at ? row.from_at : 0,
        .until_at = row.has_until_at ? row.until_at : 0,
        .shown = row.shown,
        .newest_at = row.has_newest_at ? row.newest_at : 0,
    };
    return OK;
}

err entries_of(struct reading *r, const struct story *of, bool oldest_first, int64_t page,
               struct entries *out, bool *more)
{
    struct sql_entry_at_rows rows;
    int64_t skip = (page - 1) * ENTRY_PAGE;

    *out = (struct entries){0};
    *more = false;
    if (of->gate != GATE_FULL)
        return OK;
    if (oldest_first)
        TRY(sql_entries_oldest(r->a, r->db, of->card.id, r->reach, ENTRY_PAGE + 1, skip, &rows));
    else
        TRY(sql_entries_newest(r->a, r->db, of->card.id, r->reach, ENTRY_PAGE + 1, skip, &rows));
    *more = rows.n > ENTRY_PAGE;
    if (*more)
        rows.n = ENTRY_PAGE;
    return through_gate(r, &rows, out);
}

err entries_pinned(struct reading *r, const struct story *of, struct entries *out)
{
    struct sql_entry_at_rows rows;

    *out = (struct entries){0};
    if (of->gate != GATE_FULL)
        return OK;
    TRY(sql_entries_pinned(r->a, r->db, of->card.id, r->reach, ENTRY_PINS_MAX, &rows));
    return through_gate(r, &rows, out);
}

err entries_latest(struct reading *r, const struct card *of, int64_t many, struct entries *out)
{
    struct sql_entry_at_rows rows;

    TRY(sql_entries_newest(r->a, r->db, of->id, r->reach, many, 0, &rows));
    return through_gate(r, &rows, out);
}

err stories_running(struct reading *r, size_t many, struct cards *out)
{
    struct sql_story_card_rows rows;
    int64_t *ids;

    TRY(sql_stories_running(r->a, r->db, r->reach, (int64_t)many, &rows));
    ids = arena_many(r->a, int64_t, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        ids[i] = rows.v[i].story;
    return stories_by_id(r, ids, rows.n, out);
}

err entries_key(struct reading *r, const struct story *of, bool oldest_first,
                const struct coverage *c, struct key_entry **out, size_t *n)
{
    struct sql_entries_key_rows rows = {0};

    if (of->gate == GATE_FULL)
        TRY(sql_entries_key(r->a, r->db, of->card.id, r->reach, ENTRY_KEYS_MAX, &rows));
    *out = arena_many(r->a, struct key_entry, rows.n);
    *n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_entries_key *row = &rows.v[i];
        int64_t newer = row->place;

        if (ask(r, row->state, true, row->public_at) != GATE_FULL || row->headline.n == 0)
            continue;
        (*out)[(*n)++] = (struct key_entry){
            .number = (int)row->number,
            .at = row->public_at,
            .page = 1 + (oldest_first ? c->shown - 1 - newer : newer) / ENTRY_PAGE,
            .headline = row->headline,
        };
    }
    return OK;
}

/* --- one --- */

static err let_through(struct reading *r, const struct sql_entry_at *row, struct entry *out)
{
    switch (ask(r, row->state, row->has_public_at, row->public_at)) {
    case GATE_FULL:
        return entry_from_row(r->a, row, out);
    case GATE_WITHDRAWN:
    case GATE_KILLED:
        return E_GONE;
    case GATE_NOT_YET:
    case GATE_TEASER:
    default:
        return E_MISSING;
    }
}

err entry_of(struct reading *r, const struct story *of, int64_t number, struct entry *out)
{
    struct sql_entry_at row;

    if (of->gate != GATE_FULL)
        return E_MISSING;
    TRY(sql_entry_at(r->a, r->db, of->card.id, number, &row));
    return let_through(r, &row, out);
}

err entry_by_id(struct reading *r, int64_t id, struct story *story, struct entry *out)
{
    struct sql_entry_at row;

    struct story of;
    err e;

    TRY(sql_entry_by_id(r->a, r->db, id, &row));
    e = story_by_id(r, row.story, &of);
    if (e == E_GONE || (e == OK && of.gate != GATE_FULL))
        return E_MISSING;
    TRY(e);
    *story = of;
    *out = (struct entry){.number = (int)row.number};
    return let_through(r, &row, out);
}

err entry_behind(struct reading *r, int64_t story, struct card *running, int *number)
{
    struct sql_entry_of_story row;
    struct cards cards;

    TRY(sql_entry_of_story(r->a, r->db, story, &row));
    TRY(stories_by_id(r, &row.story, 1, &cards));
    if (cards.n == 0 || ask(r, row.state, row.has_public_at, row.public_at) != GATE_FULL)
        return E_MISSING;
    *running = cards.v[0];
    *number = (int)row.number;
    return OK;
}

/* --- for the desk --- */

err entry_for_desk(arena *a, store_conn *db, int64_t story, int64_t number, struct entry *out)
{
    struct sql_entry_at row;

    TRY(sql_entry_at(a, db, story, number, &row));
    return entry_from_row(a, &row, out);
}

err entries_for_desk(arena *a, store_conn *db, int64_t story, int64_t before, int64_t many,
                     struct entries *out)
{
    struct sql_entry_at_rows rows;
    struct entries all;

    TRY(sql_entries_for_desk(a, db, story, before, many, &rows));
    all = (struct entries){arena_many(a, struct entry, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        TRY(entry_from_row(a, &rows.v[i], &all.v[i]));
    *out = all;
    return OK;
}
