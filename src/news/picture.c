#include "news/picture.h"

#include "store/sql.h"

static enum gate_word ask(struct reading *r, const struct sql_media_stories *row)
{
    return reading_gate(r, &(struct gate_facts){
                               .state = (enum public_state)row->public_state,
                               .public_at = row->has_public_at ? row->public_at : 0,
                               .expiry_at = row->has_expiry_at ? row->expiry_at : 0,
                           });
}

err picture_gate(struct reading *r, int64_t media)
{
    struct sql_media_standing standing;
    struct sql_media_stories_rows stories;
    err e = E_MISSING;

    TRY(sql_media_standing(r->a, r->db, media, &standing));
    if (standing.is_killed)
        return E_GONE;
    if (standing.of_paper)
        return OK;
    TRY(sql_media_stories(r->a, r->db, media, &stories));
    for (size_t i = 0; i < stories.n; i++) {
        enum gate_word word = ask(r, &stories.v[i]);

        if (word == GATE_FULL || word == GATE_TEASER)
            return OK;
        if (word != GATE_NOT_YET)
            e = E_GONE;
    }
    return e;
}
