/*
 * breaking.c - /desk/breaking: one line to every open page: told, changed, taken back.
 */
#include "news/breaking.h"

#include "site/desk/desk.h"
#include "site/desk/writing.h"
#include "store/sql.h"

enum { TOLD = 20, NUMBER_MAX = 20 };

struct typed {
    str story, words, minutes;
    const char *wrong;
};

static const int lengths[] = {15, 30, 60, 120, 240, 720};

static void fill_lengths(const struct desk_page *p, str chosen, struct view_desk_breaking *view)
{
    arena *a = p->rq->arena;
    struct view_choice *v = arena_many(a, struct view_choice, LENGTH(lengths));
    int64_t minutes = BREAKING_USUAL_MIN;

    if (chosen.n > 0)
        str_int(chosen, &minutes);
    for (size_t i = 0; i < LENGTH(lengths); i++) {
        int n = lengths[i];

        v[i] = (struct view_choice){
            .value = str_fmt(a, "%d", n),
            .name = n < 60 ? say_count(a, p->paper.tongue, n, "{n} minute", "{n} minutes")
                           : say_count(a, p->paper.tongue, n / 60, "{n} hour", "{n} hours"),
            .is_chosen = n == minutes,
        };
    }
    view->lengths.v = v;
    view->lengths.n = LENGTH(lengths);
}

static err fill_told(const struct desk_page *p, struct view_desk_breaking *view)
{
    arena *a = p->rq->arena;
    struct sql_breaking_told_rows rows;
    struct view_desk_breaking_line *v;

    TRY(sql_breaking_told(a, p->rq->desk, TOLD, &rows));
    v = arena_many(a, struct view_desk_breaking_line, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_breaking_told *row = &rows.v[i];
        int64_t end = row->has_ended_at ? row->ended_at : row->until_at;

        v[i] = (struct view_desk_breaking_line){
            .words = row->words,
            .told = desk_when(p, row->told_at),
            .until = desk_when(p, end),
        };
        if (row->has_story)
            v[i].href.address = str_fmt(a, "/desk/stories/%lld", (long long)row->story);
    }
    view->told.v = v;
    view->told.n = rows.n;
    view->has_told = rows.n > 0;
    return OK;
}

/* What stands is in the fields to be changed; else what a story calls itself, or what was typed. */
static err fill_fields(const struct desk_page *p, const struct typed *typed,
                       struct view_desk_breaking *view)
{
    struct request *rq = p->rq;
    struct sql_breaking_stands now;
    err e = sql_breaking_stands(rq->arena, rq->desk, p->r.now, &now);

    if (e != OK && e != E_MISSING)
        return e;
    view->story = typed->story;
    view->words = typed->words;
    if (e == OK) {
        view->stands = now.breaking;
        view->until = desk_when(p, now.until_at);
        if (typed->wrong == NULL && typed->story.n == 0) {
            view->words = now.words;
            view->story =
                now.has_story ? str_fmt(rq->arena, "%lld", (long long)now.story) : (str){0};
        }
    }
    if (typed->wrong == NULL && typed->story.n > 0) {
        struct desk d = writing_desk(rq);
        struct standing of;
        int64_t id;

        if (str_int(typed->story, &id) && desk_standing(&d, id, &of, NULL) == OK)
            view->words = of.headline;
    }
    return OK;
}

static err show(struct request *rq, const struct typed *typed)
{
    struct desk_page p;
    struct view_desk_breaking view = {0};

    TRY(desk_begin(rq, &p));
    TRY(fill_fields(&p, typed, &view));
    TRY(fill_told(&p, &view));
    fill_lengths(&p, typed->minutes, &view);
    view.desk = p.head;
    if (typed->wrong != NULL)
        desk_wrong(&p, typed->wrong);
    return desk_reply(&p, typed->wrong != NULL ? 422 : 200, DESK_BREAKING, SAY("Breaking news"),
                      &view);
}

err desk_breaking(struct request *rq)
{
    return show(rq, &(struct typed){.story = desk_query(rq, S("story"), NUMBER_MAX)});
}

/* --- acts --- */

struct job {
    enum audit_act act;
    int64_t id;
    struct breaking_words text;
};

static err run(struct staff_work *k, void *of, note *why)
{
    struct job *job = of;
    struct desk d = {k->a, k->w, k->now};
    struct deed deed = {.act = job->act, .label = job->text.words};
    struct sql_breaking_stands was;

    if (sql_breaking_stands(k->a, k->w, k->now, &was) == OK)
        deed.was = audit_line(k->a, S(""), "words", was.words);
    if (job->act == AUDIT_breaking_told) {
        TRY(breaking_tell(&d, &job->text, &job->id, why));
    } else if (job->act == AUDIT_breaking_changed) {
        TRY(breaking_change(&d, job->id, &job->text, why));
    } else {
        TRY(breaking_end(&d, why));
        deed.label = was.words;
    }
    deed.subject = job->id;
    deed.is = audit_line(k->a, S(""), "words", job->text.words);
    return audit_add(k->w, k->now, &k->by, &deed, why);
}

static const char *sentence(err e)
{
    return e == E_GONE ? SAY("Somebody else was quicker: this is how it is now.")
           : e == E_CONFLICT
               ? SAY("Readers do not have this story. Publish it first, or tell it without one.")
               : SAY("Breaking news takes a line of 1 to 200 letters, and an end.");
}

err desk_breaking_post(struct request *rq)
{
    struct typed typed = {desk_field(rq, "story"), desk_field(rq, "words"),
                          desk_field(rq, "minutes"), NULL};
    str word = desk_field(rq, "act");
    bool corrects = str_eq(word, S("correct"));
    struct job job = {.act = str_eq(word, S("end"))                  ? AUDIT_breaking_ended
                             : corrects || str_eq(word, S("change")) ? AUDIT_breaking_changed
                                                                     : AUDIT_breaking_told,
                      .text = {.words = str_squeeze(rq->arena, typed.words), .corrects = corrects}};
    int64_t minutes = 0;
    err e = E_INVALID;

    str_int(desk_field(rq, "stands"), &job.id);
    if ((typed.story.n == 0 || str_int(typed.story, &job.text.story)) &&
        (job.act == AUDIT_breaking_ended || str_int(typed.minutes, &minutes))) {
        job.text.minutes = (int)(minutes < 0 || minutes > BREAKING_LONGEST_MIN ? 0 : minutes);
        e = desk_do(rq, run, &job);
    }
    if (e == OK) {
        return desk_go(rq, S("/desk/breaking"),
                       job.act == AUDIT_breaking_ended ? "breaking-over" : "breaking");
    }
    if (e != E_INVALID && e != E_CONFLICT && e != E_GONE && e != E_MISSING)
        return e;
    typed.wrong = sentence(e == E_MISSING ? E_CONFLICT : e);
    return show(rq, &typed);
}
