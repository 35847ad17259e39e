/*
 * picture.c - /desk/pictures/{id}: one picture, film or sound: what is said of it, its focal point,
 * the stories that show it.  What is cropped of it: crop.c.
 */
#include "site/desk/pictures.h"

#include "media/srcset.h"
#include "staff/picture.h"

enum { STORIES_MAX = 50 };

const char *const picture_was_changed =
    SAY("Somebody else was quicker. This is what you typed; saving it takes the "
        "place of what they did.");

/* What was typed, and why it was not done; `wrong` NULL: nothing was. */
struct typed {
    struct media to;
    str seen;
    const char *wrong;
    struct crop_typed crop;
};

static err load(struct request *rq, struct sql_pictures_newest *row, struct media *m)
{
    int64_t id;

    TRY(desk_id(rq, &id));
    TRY(sql_picture_line(rq->arena, rq->desk, id, row)); /* none that was killed */
    return media_find(rq->arena, rq->desk, id, m);
}

static err fill_stories(const struct desk_page *p, int64_t media, struct view_desk_picture *view)
{
    struct sql_picture_stories_rows rows;
    struct view_desk_story_line *lines;

    view->may_edit = (desk_visit(p->rq)->who.may & MAY(edit)) != 0;
    if (!view->may_edit)
        return OK;
    TRY(sql_picture_stories(p->rq->arena, p->rq->desk, media, STORIES_MAX, &rows));
    lines = arena_many(p->rq->arena, struct view_desk_story_line, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_picture_stories *row = &rows.v[i];
        enum public_state state =
            state_now(row->public_state, row->has_public_at ? row->public_at : 0, p->r.now);

        lines[i] = (struct view_desk_story_line){
            .href = {str_fmt(p->rq->arena, "/desk/stories/%lld", (long long)row->story)},
            .headline = row->headline,
            .language = part_language(&p->paper, row->language),
            .direction = part_direction(row->language),
            .section = row->section,
            .state = desk_state_name(p, state),
            .is_live = state == STATE_LIVE,
        };
    }
    view->stories.v = lines;
    view->stories.n = rows.n;
    view->has_stories = rows.n > 0;
    return OK;
}

/* "Kettle Haven, Aldersay" */
static str place_of(arena *a, const struct media_words *words)
{
    return str_fmt(a, "%.*s%s%.*s", STR(words->city),
                   words->city.n > 0 && words->country.n > 0 ? ", " : "", STR(words->country));
}

static void fill_words(const struct media *m, struct view_desk_picture *view)
{
    view->headline = m->words.headline;
    view->caption = m->words.caption;
    view->byline = m->words.byline;
    view->credit = m->words.credit;
    view->copyright = m->words.copyright;
    view->alt = m->words.alt;
    view->keywords = m->words.keywords;
    view->focus_x = m->focus_x;
    view->focus_y = m->focus_y;
}

static err show(struct request *rq, int status, const struct typed *typed)
{
    arena *a = rq->arena;
    struct desk_page p;
    struct sql_pictures_newest row;
    struct media m;
    struct view_desk_picture view;

    TRY(desk_begin(rq, &p));
    TRY(load(rq, &row, &m));
    view = (struct view_desk_picture){
        .desk = p.head,
        .action = {str_fmt(a, "/desk/pictures/%lld", (long long)m.id)},
        .src = {picture_src(a, &row)},
        .is_sound = film_type_is_sound(m.type),
        .film_type = m.type,
        .width = m.width,
        .height = m.height,
        .name = picture_name(&row),
        .file = m.file,
        .taken = m.words.created,
        .place = place_of(a, &m.words),
        .terms = m.words.terms,
        .may_change = (desk_visit(rq)->who.may & MAY(pictures)) != 0,
        .is_waiting = m.state == MEDIA_WAITING,
        .seen = typed->seen.n > 0 ? typed->seen : staff_picture_seen(a, &m),
    };
    if (row.has_duration_ms)
        view.film.address =
            str_fmt(a, "/desk/media/%lld/film.%.*s", (long long)m.id, STR(m.extension));
    fill_words(typed->wrong != NULL ? &typed->to : &m, &view);
    crops_fill(&p, &m, &typed->crop, &view);
    TRY(fill_stories(&p, m.id, &view));
    if (typed->wrong != NULL)
        desk_wrong(&p, typed->wrong);
    return desk_reply(&p, status, DESK_PICTURE, SAY("Picture"), &view);
}

err picture_show_crop(struct request *rq, int status, const struct crop_typed *typed)
{
    return show(rq, status, &(struct typed){.crop = *typed});
}

err desk_picture(struct request *rq)
{
    return show(rq, 200, &(struct typed){0});
}

/* --- changing --- */

static err change(struct staff_work *k, void *of, note *why)
{
    return staff_picture_change(k, of, why);
}

/* From 0 to 100; what is no such number leaves it in the middle. */
static bool read_percent(struct request *rq, const char *name, int *to)
{
    int64_t n;
    bool good = str_int(desk_field(rq, name), &n) && n >= 0 && n <= 100;

    *to = good ? (int)n : 50;
    return good;
}

err desk_picture_post(struct request *rq)
{
    struct typed typed = {0};
    struct picture_change c = {.seen = desk_field(rq, "seen")};
    err e;

    TRY(desk_id(rq, &c.to.id));
    c.to.words = (struct media_words){
        .headline = desk_field(rq, "headline"),
        .caption = str_replace(rq->arena, desk_field(rq, "caption"), S("\r\n"), S("\n")),
        .byline = desk_field(rq, "byline"),
        .credit = desk_field(rq, "credit"),
        .copyright = desk_field(rq, "copyright"),
        .alt = desk_field(rq, "alt"),
        .keywords = desk_field(rq, "keywords"),
    };
    if (!read_percent(rq, "focus_x", &c.to.focus_x) || !read_percent(rq, "focus_y", &c.to.focus_y))
        typed.wrong = SAY("The focal point is two numbers from 0 to 100.");
    typed.to = c.to;
    typed.seen = c.seen;
    if (typed.wrong != NULL)
        return show(rq, 422, &typed);
    e = desk_do(rq, change, &c);
    if (e == E_GONE)
        return E_MISSING;
    if (e == E_CONFLICT) {
        typed.wrong = picture_was_changed;
        typed.seen = S("");
        return show(rq, 409, &typed);
    }
    TRY(e);
    return desk_go(rq, str_fmt(rq->arena, "/desk/pictures/%lld", (long long)c.to.id), "saved");
}
