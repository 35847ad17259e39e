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
    r->reach = store_read_at(db) > now ? store_read_at(db) : now;
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

/* What is out stays out when the clock goes back; what is to come waits for the clock. */
struct gate_answer reading_ask(const struct reading *r, const struct gate_facts *story,
                               enum outlet outlet)
{
    return gate(r->viewer, story, outlet, story->state == STATE_LIVE ? r->reach : r->now);
}

enum gate_word reading_gate(struct reading *r, const struct gate_facts *story)
{
    struct gate_answer answer = reading_ask(r, story, r->outlet);

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
