/*
 * from_wire.c - what the pages of a story that came over the wire say of that: which item it was,
 * what newer copy waits, with a comparison, and that the agency has killed it.
 */
#include "site/desk/writing.h"

#include "site/public/compare.h"
#include "store/sql.h"
#include "wire/take.h"

enum { ITEMS = 60 };

static str item_address(const struct desk_page *p, int64_t item)
{
    return str_fmt(p->rq->arena, "/desk/wire/%lld", (long long)item);
}

static str version_shown(str version)
{
    return str_starts(version, S("~")) ? S("") : version;
}

static bool is_done(const struct sql_desk_wire_of_story *row, enum wire_outcome outcome)
{
    return str_eq(row->done, wire_outcome_word(outcome));
}

/* Does it wait to be put into the copy?  `behind`: of how many versions the copy knows nothing. */
static bool is_waiting(const struct sql_desk_wire_of_story *row, int *behind)
{
    if (is_done(row, WIRE_OFFERED))
        return true;
    if (*behind <= 0 || !(is_done(row, WIRE_UPDATED) || is_done(row, WIRE_CORRECTED)))
        return false;
    *behind -= 1;
    return true;
}

static bool is_text(const struct sql_desk_wire_of_story *row)
{
    return row->status == WIRE_USABLE && !is_done(row, WIRE_LATE) &&
           !is_done(row, WIRE_KILLED_BEFORE) && !is_done(row, WIRE_HELD) &&
           !is_done(row, WIRE_LEFT);
}

/* Which item its words are of, and which is the newest that waits. */
static void fill_items(const struct desk_page *p, const struct sql_desk_wire_of_story_rows *rows,
                       const struct working *w, struct view_desk_from_wire *view)
{
    int behind = w->is_newer && w->is_changed ? w->newest - w->version : 0;
    const struct sql_desk_wire_of_story *in = NULL, *newest = NULL;

    for (size_t i = 0; i < rows->n; i++) {
        const struct sql_desk_wire_of_story *row = &rows->v[i];

        view->is_killed = view->is_killed || row->status == WIRE_CANCELLED;
        view->is_withheld = view->is_withheld || (i == 0 && row->status == WIRE_WITHHELD);
        if (!is_text(row))
            continue;
        if (is_waiting(row, &behind))
            newest = newest == NULL ? row : newest;
        else if (in == NULL)
            in = row;
    }
    if (in == NULL)
        in = newest != NULL ? newest : &rows->v[rows->n - 1];
    view->href.address = item_address(p, in->item);
    view->source = in->source;
    view->headline = desk_headline(p, in->headline);
    view->version = version_shown(in->version);
    if (newest != NULL) {
        view->newer.address = item_address(p, newest->item);
        view->newer_version = version_shown(newest->version);
    }
}

static err fill_comparison(const struct desk_page *p, const struct working *w,
                           struct view_desk_from_wire *view)
{
    struct request *rq = p->rq;
    struct copy before, now;
    struct comparing c;

    TRY(working_newer(rq->arena, rq->desk, w, &before, &now, &rq->note));
    compare_copies(&c, &p->parts, &before, &now);
    view->is_newer = true;
    view->is_same = c.changed == 0;
    view->passages.v = c.passages;
    view->passages.n = c.changed == 0 ? 0 : c.n;
    return OK;
}

err from_wire_fill(const struct desk_page *p, int64_t story, const struct working *w,
                   const struct view_desk_from_wire **out)
{
    struct request *rq = p->rq;
    struct view_desk_from_wire *view = arena_one(rq->arena, struct view_desk_from_wire);
    struct sql_desk_wire_of_story_rows rows;
    struct sql_story_down down;
    struct writing_may may;

    *out = NULL;
    TRY(sql_desk_wire_of_story(rq->arena, rq->desk, story, ITEMS, &rows));
    if (rows.n == 0)
        return OK;
    TRY(sql_story_down(rq->arena, rq->desk, story, &down));
    may = writing_may(desk_visit(rq)->who.may, (enum public_state)down.public_state);
    *view = (struct view_desk_from_wire){
        .story = {str_fmt(rq->arena, "/desk/stories/%lld", (long long)story)},
        .action = {str_fmt(rq->arena, "/desk/stories/%lld/newer", (long long)story)},
        .leave = {str_fmt(rq->arena, "/desk/stories/%lld/newer?act=leave", (long long)story)},
        .kill = {may.kill ? str_fmt(rq->arena, "/desk/stories/%lld/kill", (long long)story)
                          : S("")},
        .may_withdraw = may.withdraw,
        .words = down.down_reason,
    };
    fill_items(p, &rows, w, view);
    if (working_waits(w) && down.public_state != STATE_KILLED)
        TRY(fill_comparison(p, w, view));
    *out = view;
    return OK;
}
