#include "news/reading.h"

#include "store/sql.h"

err reading_begin(struct reading *r, arena *a, store_conn *db, struct viewer viewer,
                  enum outlet outlet, int64_t now)
{
    *r = (struct reading){
        .a = a,
        .db = db,
        .viewer = viewer,
        .outlet = outlet,
        .now = now,
        .until = TIME_NEVER,
        .tags = tag_set_new(a),
    };
    TRY(store_read_begin(db));
    store_tags_begin(db, &r->tags);
    return OK;
}

void reading_end(struct reading *r)
{
    store_tags_end(r->db);
    store_read_end(r->db);
}

void reading_until(struct reading *r, int64_t moment)
{
    if (moment < r->until)
        r->until = moment;
}

enum gate_word reading_gate(struct reading *r, const struct gate_facts *story)
{
    struct gate_answer answer = gate(r->viewer, story, r->outlet, r->now);

    reading_until(r, answer.until);
    return answer.word;
}

err reading_until_next_change(struct reading *r)
{
    struct sql_story_next_change next;

    if (r->knows_next)
        return OK;
    TRY(sql_story_next_change(r->a, r->db, r->now, &next));
    if (next.has_moment)
        reading_until(r, next.moment);
    r->knows_next = true;
    return OK;
}
