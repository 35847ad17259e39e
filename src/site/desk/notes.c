/*
 * notes.c - notes of the newsroom on a story: on its page, and as JSON for the editor.
 */
#include "site/desk/planning.h"

#include "site/desk/writing.h"
#include "staff/planning.h"
#include "store/sql.h"
#include "text/dates.h"
#include "text/json_pull.h"

enum { NOTES_JSON_MAX = 2 << 20 };

err notes_fill(const struct desk_page *p, int64_t story, struct view_desk_story *view)
{
    arena *a = p->rq->arena;
    struct sql_notes_of_story_rows rows;

    view->notes_action.address = str_fmt(a, "/desk/stories/%lld/notes", (long long)story);
    TRY(sql_notes_of_story(a, p->rq->desk, story, NOTES_SHOWN, &rows));

    struct view_desk_note *v = arena_many(a, struct view_desk_note, rows.n);

    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct view_desk_note){
            .id = rows.v[i].note_id,
            .who = rows.v[i].who,
            .when = desk_when(p, rows.v[i].at),
            .words = rows.v[i].words,
            .is_resolved = rows.v[i].has_resolved_at,
            .resolved_by = rows.v[i].resolved_by,
        };
    view->notes.v = v;
    view->notes.n = rows.n;
    view->has_notes = rows.n > 0;
    return OK;
}

/* --- for the editor --- */

static void put_notes(struct json_writer *w, arena *a, const struct sql_notes_of_story_rows *rows,
                      int64_t me)
{
    put_list(w, "notes");
    for (size_t i = 0; i < rows->n; i++) {
        const struct sql_notes_of_story *row = &rows->v[i];

        put_object(w, NULL);
        put_num(w, "id", row->note_id);
        put_str(w, "who", row->who);
        put_str(w, "at", date_iso(a, row->at));
        put_str(w, "words", row->words);
        put_truth(w, "mine", row->has_staff && row->staff == me);
        put_truth(w, "resolved", row->has_resolved_at);
        put_str(w, "resolved_by", row->resolved_by);
        put_end(w);
    }
    put_end(w);
}

static err answer(struct request *rq, int64_t story)
{
    arena *a = rq->arena;
    buf out = buf_new(a, NOTES_JSON_MAX);
    struct json_writer w = json_writer(&out);
    struct sql_notes_of_story_rows rows;
    struct staffer *all;
    size_t n;

    TRY(sql_notes_of_story(a, rq->desk, story, NOTES_SHOWN, &rows));
    TRY(staff_all(a, rq->desk, &all, &n));
    put_object(&w, NULL);
    put_notes(&w, a, &rows, desk_visit(rq)->who.staff);
    put_list(&w, "people"); /* who can be named */
    for (size_t i = 0; i < n; i++)
        if (all[i].state != STAFF_SUSPENDED)
            put_str(&w, NULL, all[i].name);
    put_end(&w);
    put_end(&w);
    return writing_reply(rq, 200, &out);
}

err desk_notes(struct request *rq)
{
    int64_t id;

    TRY(writing_story(rq, &id));
    return answer(rq, id);
}

/* --- writing and settling --- */

struct note_job {
    int64_t story, note; /* note 0: a new one */
    str words;
    bool resolved;
};

static err write_note(struct staff_work *k, void *of, note *why)
{
    struct note_job *job = of;

    return job->note == 0 ? staff_note(k, job->story, job->words, &job->note, why)
                          : staff_note_resolve(k, job->story, job->note, job->resolved, why);
}

/* {"words":"…"} or {"note":7,"resolved":true} */
static err read_json(struct request *rq, struct note_job *job)
{
    struct json_pull j = json_pull(rq->arena, rq->body);
    str key;

    for (json_object(&j); json_key(&j, &key);) {
        if (str_eq(key, S("words")))
            json_string(&j, &job->words);
        else if (str_eq(key, S("note")))
            json_integer(&j, &job->note);
        else if (str_eq(key, S("resolved")))
            json_truth(&j, &job->resolved);
        else
            json_skip(&j);
    }
    json_ended(&j);
    return json_failed(&j, &rq->note);
}

static void read_form(struct request *rq, struct note_job *job)
{
    if (!str_int(desk_field(rq, "note"), &job->note))
        job->note = 0;
    job->words = desk_field(rq, "words");
    job->resolved = str_eq(desk_field(rq, "act"), S("settle"));
}

err desk_notes_post(struct request *rq)
{
    bool is_json = request_is(rq, S("application/json"));
    struct note_job job = {0};
    err e = OK;

    TRY(writing_story(rq, &job.story));
    if (is_json)
        e = read_json(rq, &job);
    else
        read_form(rq, &job);
    if (e == OK)
        e = desk_do(rq, write_note, &job);
    if (is_json)
        return e == OK ? answer(rq, job.story) : writing_refuse(rq, e);
    if (e == E_INVALID)
        return story_show_link(rq, job.story, S(""), 0,
                               SAY("A note needs words, and not more than a page of them."));
    TRY(e);
    return desk_go(rq, str_fmt(rq->arena, "/desk/stories/%lld", (long long)job.story), "noted");
}
