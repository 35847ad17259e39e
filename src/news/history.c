#include "news/history.h"

#include "store/sql.h"

static err one_version(struct reading *r, const struct sql_story_versions *row,
                       struct story_version *out)
{
    struct story_version v = {
        .number = (int)row->number,
        .kind = row->kind,
        .reason = row->reason,
        .at = row->public_at,
        .is_hidden = row->is_hidden,
        .hidden_reason = row->hidden_reason,
        .headline = row->headline,
        .kicker = row->kicker,
        .standfirst = row->standfirst,
        .byline = row->byline,
        .dateline = row->dateline,
    };

    if (!v.is_hidden)
        TRY(body_from_store(r->a, row->body, &v.body, NULL));
    *out = v;
    return OK;
}

err story_history(struct reading *r, const struct story *of, size_t many,
                  struct story_versions *out)
{
    struct sql_story_standing facts;
    struct sql_story_versions_rows rows;
    struct story_versions all = {0};

    TRY(sql_story_standing(r->a, r->db, of->card.id, &facts));

    struct gate_facts story = {
        .state = (enum public_state)facts.public_state,
        .public_at = facts.has_public_at ? facts.public_at : 0,
        .expiry_at = facts.has_expiry_at ? facts.expiry_at : 0,
    };
    struct gate_answer answer = reading_ask(r, &story, OUTLET_HISTORY);

    reading_until(r, answer.until);
    if (answer.word != GATE_FULL)
        return E_MISSING;
    TRY(sql_story_versions(r->a, r->db, of->card.id, r->reach, (int64_t)many + 1, &rows));
    all.has_more = rows.n > many;
    all.n = all.has_more ? many : rows.n;
    all.v = arena_many(r->a, struct story_version, all.n);
    for (size_t i = 0; i < all.n; i++)
        TRY(one_version(r, &rows.v[i], &all.v[i]));
    *out = all;
    return OK;
}

err corrections_latest(struct reading *r, int64_t since, int64_t before, size_t many,
                       struct correction_lines *out)
{
    struct sql_corrections_latest_rows rows;
    struct correction_lines all = {0};

    TRY(sql_corrections_latest(r->a, r->db, r->reach, since, before, (int64_t)many, &rows));
    all.v = arena_many(r->a, struct correction_line, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_corrections_latest *row = &rows.v[i];
        struct gate_facts story = {
            .state = (enum public_state)row->public_state,
            .public_at = row->has_public_at ? row->public_at : 0,
            .expiry_at = row->has_expiry_at ? row->expiry_at : 0,
        };
        enum gate_word word = reading_gate(r, &story);

        if (word == GATE_FULL || word == GATE_TEASER)
            all.v[all.n++] =
                (struct correction_line){row->kind,    row->reason, row->made_at,  row->story,
                                         row->section, row->path,   row->headline, row->language};
    }
    TRY(reading_until_next_change(r));
    *out = all;
    return OK;
}
