/*
 * copy.c - /desk/stories/{id}/copy: the working copy on its way between editor and paper, as JSON
 * (docs/decisions/0009-working-copy.md).
 */
#include "site/desk/writing.h"

#include "base/utf8.h"
#include "site/desk/presence.h"
#include "staff/publishing.h"
#include "staff/writing.h"
#include "store/sql.h"
#include "text/dates.h"
#include "text/json_pull.h"

enum {
    ANSWER_MAX = 32 << 20,
    ACT_MAX = 16, /* bytes */
};

/* --- what all answers have --- */

struct desk writing_desk(struct request *rq)
{
    const struct site *s = rq->of;

    return (struct desk){rq->arena, rq->desk, clock_now(s->clock)};
}

err writing_story(struct request *rq, int64_t *id)
{
    const struct session *who = &desk_visit(rq)->who;

    TRY(desk_id(rq, id));
    return staff_check_write(rq->arena, rq->desk, who->may, who->staff, *id);
}

err writing_reply(struct request *rq, int status, const buf *json)
{
    if (json->over)
        return fail(&rq->note, E_LIMIT, "the answer is too long");
    reply_keep(rq, KEEP_NOT, 0, 0);
    return reply_json(rq, status, buf_str(json));
}

err writing_refuse(struct request *rq, err e)
{
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct json_writer w = json_writer(&out);

    if (e != E_INVALID && e != E_LIMIT && e != E_GONE && e != E_CONFLICT && e != E_MISSING)
        return e;
    put_object(&w, NULL);
    put_str(&w, "error", str_c(rq->note.text));
    put_end(&w);
    return writing_reply(rq, e == E_LIMIT ? 413 : reply_status_of(e), &out);
}

struct writing_may writing_may(privileges may, enum public_state state)
{
    bool publishes = (may & MAY(publish)) != 0, corrects = (may & MAY(correct)) != 0;
    bool goes_out = state == STATE_LIVE || state == STATE_SCHEDULED;

    return (struct writing_may){
        .publish = publishes && state != STATE_LIVE && state != STATE_KILLED,
        .update = publishes && goes_out,
        .correct = corrects && state == STATE_LIVE,
        .end = publishes && goes_out,
        .withdraw = publishes && state == STATE_LIVE,
        .kill = corrects && state != STATE_KILLED,
    };
}

static void put_may(struct json_writer *w, privileges has, enum public_state state)
{
    struct writing_may may = writing_may(has, state);
    const struct {
        const char *word;
        bool is;
    } all[] = {{"write", state != STATE_KILLED}, {"publish", may.publish},
               {"schedule", may.publish},        {"update", may.update},
               {"correct", may.correct},         {"end", may.end},
               {"withdraw", may.withdraw},       {"kill", may.kill}};

    put_list(w, "may");
    for (size_t i = 0; i < LENGTH(all); i++)
        if (all[i].is)
            put_str(w, NULL, str_c(all[i].word));
    put_end(w);
}

err writing_put_story(struct request *rq, struct json_writer *w, int64_t id)
{
    arena *a = rq->arena;
    struct desk d = writing_desk(rq);
    struct standing now;
    struct working copy;
    struct sql_working_story row;

    TRY(desk_standing(&d, id, &now, &rq->note));
    TRY(working_look(a, rq->desk, id, &copy));
    TRY(sql_working_story(a, rq->desk, id, &row));
    put_object(w, "story");
    put_num(w, "id", id);
    put_str(w, "state", state_word(now.state));
    put_str(w, "path", now.path);
    put_num(w, "version", now.version);
    put_truth(w, "changed", copy.is_changed);
    put_truth(w, "newer", copy.is_newer || copy.offered != 0);
    put_str(w, "stage", row.stage);
    put_str(w, "seen", staff_story_seen(a, &now, &copy));
    put_str(w, "public_at", now.public_at != 0 ? date_iso(a, now.public_at) : S(""));
    put_str(w, "saved_at", copy.saved_at != 0 ? date_iso(a, copy.saved_at) : S(""));
    put_may(w, desk_visit(rq)->who.may, now.state);
    put_end(w);
    return OK;
}

void writing_put_people(struct request *rq, struct json_writer *w, int64_t id, str editor, str here)
{
    const struct site *s = rq->of;
    struct present who = {editor, desk_visit(rq)->who.name, here, clock_now(s->clock)}, *others;
    size_t n;

    presence_meet(rq->arena, s->presence, id, &who, &others, &n);
    put_list(w, "people");
    for (size_t i = 0; i < n; i++) {
        put_object(w, NULL);
        put_str(w, "key", others[i].key);
        put_str(w, "name", others[i].name);
        put_str(w, "here", others[i].here);
        put_str(w, "at", date_iso(rq->arena, others[i].at));
        put_end(w);
    }
    put_end(w);
}

/* --- GET --- */

static err open_copy(struct staff_work *k, void *of, note *why)
{
    struct working *w = of;
    struct desk d = {k->a, k->w, k->now};

    return working_open(&d, w->story, w, why);
}

err writing_open(struct request *rq, int64_t id, struct working *out)
{
    TRY(working_look(rq->arena, rq->desk, id, out));
    return out->revision == 0 || (out->is_newer && !out->is_changed) ? desk_do(rq, open_copy, out)
                                                                     : OK;
}

err writing_answer(struct request *rq, int64_t id, int64_t since, const struct working *w,
                   str *json)
{
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct json_writer j = json_writer(&out);
    struct revision newest;

    put_object(&j, NULL);
    put_num(&j, "revision", w->revision);
    TRY(writing_put_story(rq, &j, id));
    writing_put_people(rq, &j, id, desk_query(rq, S("editor"), PRESENCE_KEY_MAX),
                       desk_query(rq, S("here"), PRESENCE_BLOCK_MAX));
    if (w->revision > since) {
        TRY(working_revision(rq->arena, rq->desk, id, w->revision, &newest));
        put_raw(&j, "copy", newest.copy);
    }
    put_end(&j);
    if (out.over)
        return fail(&rq->note, E_LIMIT, "the answer is too long");
    *json = buf_str(&out);
    return OK;
}

err desk_copy(struct request *rq)
{
    struct working w;
    int64_t id, since = 0;
    str json;

    TRY(writing_story(rq, &id));
    TRY(writing_open(rq, id, &w));
    str_int(desk_query(rq, S("since"), 20), &since);
    TRY(writing_answer(rq, id, since, &w, &json));
    reply_keep(rq, KEEP_NOT, 0, 0);
    return reply_json(rq, 200, json);
}

/* --- POST --- */

/* What an editor sends. */
struct sent {
    int64_t base;
    str editor, here, kind, name, copy;
};

static err read_sent(struct request *rq, struct sent *out)
{
    struct json_pull j = json_pull(rq->arena, rq->body);
    const struct {
        const char *name;
        str *to;
    } texts[] = {
        {"editor", &out->editor}, {"here", &out->here}, {"kind", &out->kind}, {"name", &out->name}};
    str key;

    for (json_object(&j); json_key(&j, &key);) {
        str *to = NULL;

        for (size_t i = 0; i < LENGTH(texts); i++)
            if (str_eq(key, str_c(texts[i].name)))
                to = texts[i].to;
        if (to != NULL) {
            json_string(&j, to);
        } else if (str_eq(key, S("base"))) {
            json_integer(&j, &out->base);
        } else {
            json_peek(&j);
            const char *from = j.at;

            json_skip(&j);
            if (str_eq(key, S("copy")))
                out->copy = str_of(from, (size_t)(j.at - from));
        }
    }
    json_ended(&j);
    return json_failed(&j, &rq->note);
}

static err read_save(struct request *rq, const struct sent *sent, struct copy *c,
                     struct working_save *out)
{
    bool is_named = str_eq(sent->kind, S("named"));
    str name =
        utf8_to(str_squeeze(rq->arena, utf8_clean(rq->arena, sent->name)), REVISION_NAME_MAX);

    if (!is_named && sent->kind.n > 0 && !str_eq(sent->kind, S("auto")))
        return fail(&rq->note, E_INVALID, "kind: auto or named");
    if (sent->copy.n == 0)
        return fail(&rq->note, E_INVALID, "copy: it is missing");
    TRY(copy_read(rq->arena, sent->copy, c, &rq->note));
    *out = (struct working_save){
        .base = sent->base,
        .kind = is_named ? REVISION_named : REVISION_auto,
        .name = is_named ? name : S(""),
        .copy = c,
        .by = {.editor = utf8_to(utf8_clean(rq->arena, sent->editor), REVISION_EDITOR_MAX)},
    };
    return OK;
}

struct save_job {
    struct working_save save;
    struct working_saved saved;
};

static err save(struct staff_work *k, void *of, note *why)
{
    struct save_job *job = of;

    return staff_story_save(k, &job->save, &job->saved, why);
}

static void put_conflicts(struct json_writer *w, const struct copy_conflict *v, size_t n)
{
    put_list(w, "conflicts");
    for (size_t i = 0; i < n; i++) {
        const struct copy_conflict *c = &v[i];

        put_object(w, NULL);
        put_str(w, "where", c->where);
        put_raw(w, "base", c->base);
        put_raw(w, "mine", c->mine);
        put_raw(w, "theirs", c->theirs);
        put_end(w);
    }
    put_end(w);
}

static err answer_save(struct request *rq, const struct save_job *job, const struct sent *sent)
{
    const struct working_saved *s = &job->saved;
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct json_writer w = json_writer(&out);

    put_object(&w, NULL);
    put_num(&w, "revision", s->revision);
    TRY(writing_put_story(rq, &w, job->save.story));
    writing_put_people(rq, &w, job->save.story, sent->editor, sent->here);
    if (s->aside != 0) {
        put_raw(&w, "copy", s->copy);
        put_raw(&w, "merged", s->merged);
        put_conflicts(&w, s->conflicts, s->conflict_count);
        put_num(&w, "aside", s->aside);
    } else if (s->is_merged) {
        put_truth(&w, "merged", true);
        put_raw(&w, "copy", s->copy);
    }
    put_end(&w);
    return writing_reply(rq, s->aside != 0 ? 409 : 200, &out);
}

err desk_copy_post(struct request *rq)
{
    struct sent sent = {0};
    struct copy c;
    struct save_job job = {0};
    int64_t id;
    err e;

    TRY(writing_story(rq, &id));
    e = read_sent(rq, &sent);
    if (e == OK)
        e = read_save(rq, &sent, &c, &job.save);
    job.save.story = id;
    if (e == OK)
        e = desk_do(rq, save, &job);
    return e == OK ? answer_save(rq, &job, &sent) : writing_refuse(rq, e);
}

/* --- a newer version has come: into the copy with it, or not --- */

struct take_job {
    int64_t story;
    bool leaves;
    struct working_took took;
};

static err take(struct staff_work *k, void *of, note *why)
{
    struct take_job *job = of;

    return job->leaves ? staff_story_leave(k, job->story, why)
                       : staff_story_take(k, job->story, &job->took, why);
}

/* As after a save: the copy with it in, and what a person is to choose. */
static err answer_newer(struct request *rq, int64_t story, const struct working_took *took)
{
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct json_writer j = json_writer(&out);
    struct working w;
    struct revision newest;

    TRY(writing_open(rq, story, &w));
    TRY(working_revision(rq->arena, rq->desk, story, w.revision, &newest));
    put_object(&j, NULL);
    put_num(&j, "revision", w.revision);
    TRY(writing_put_story(rq, &j, story));
    writing_put_people(rq, &j, story, desk_query(rq, S("editor"), PRESENCE_KEY_MAX), S(""));
    put_raw(&j, "copy", newest.copy);
    put_raw(&j, "merged", newest.copy);
    put_conflicts(&j, took->conflicts, took->count);
    put_end(&j);
    return writing_reply(rq, 200, &out);
}

err desk_newer_post(struct request *rq)
{
    struct take_job job = {.leaves = str_eq(desk_query(rq, S("act"), ACT_MAX), S("leave"))};

    TRY(writing_story(rq, &job.story));
    TRY(desk_do(rq, take, &job));
    if (!request_is(rq, S("application/json")))
        return desk_go(rq, str_fmt(rq->arena, "/desk/stories/%lld", (long long)job.story),
                       job.leaves           ? "left"
                       : job.took.count > 0 ? "taken-partly"
                                            : "taken");
    return answer_newer(rq, job.story, &job.took);
}
