/*
 * sections.c - /desk/settings/sections: the paper's sections; /desk/settings/menus: which of them
 * the menu names, which of its own pages the foot does, in which order.
 */
#include "news/sections.h"
#include "news/stage.h"

#include "base/utf8.h"
#include "site/desk/desk.h"
#include "store/sql.h"
#include "text/slug.h"

enum { TOPICS_MAX = 4000 };

static err fill_line(const struct desk_page *p, size_t i, struct view_desk_menu_line *v)
{
    arena *a = p->rq->arena;
    const struct section *s = &p->paper.sections[i];
    struct sql_section_stories count;

    TRY(sql_section_stories(a, p->rq->desk, s->id, &count));
    *v = (struct view_desk_menu_line){
        .key = str_fmt(a, "%lld", (long long)s->id),
        .name = s->name,
        .address = str_join(a, S("/"), s->slug),
        .href = {str_fmt(a, "/desk/settings/sections/%lld", (long long)s->id)},
        .stories = count.stories,
        .is_shown = s->in_menu,
        .is_opinion = s->is_opinion,
        .is_first = i == 0,
        .is_last = i + 1 == p->paper.section_count,
    };
    return OK;
}

static err fill_sections(const struct desk_page *p, const struct view_desk_menu_line **out,
                         size_t *n)
{
    struct view_desk_menu_line *v =
        arena_many(p->rq->arena, struct view_desk_menu_line, p->paper.section_count);

    for (size_t i = 0; i < p->paper.section_count; i++)
        TRY(fill_line(p, i, &v[i]));
    *out = v;
    *n = p->paper.section_count;
    return OK;
}

/* --- all, and a new one --- */

static err show_all(struct request *rq, const struct section_text *typed, const char *wrong)
{
    struct desk_page p;
    struct view_desk_sections view = {.action = {S("/desk/settings/sections")}};

    TRY(desk_begin(rq, &p));
    TRY(fill_sections(&p, &view.sections.v, &view.sections.n));
    desk_settings_menu(&p, &view.pages.v, &view.pages.n);
    view.desk = p.head;
    view.name = typed->name;
    view.slug = typed->slug;
    view.description = typed->description;
    view.topics = typed->topics;
    view.is_opinion = typed->is_opinion;
    view.opens = wrong != NULL;
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 422 : 200, DESK_SECTIONS, SAY("Sections"), &view);
}

err desk_sections(struct request *rq)
{
    return show_all(rq, &(struct section_text){0}, NULL);
}

/* --- one --- */

/* The paper's, as they would be typed. */
static str usual_stages(const struct desk_page *p)
{
    struct stages all;
    str line = S("");

    stages_read(p->paper.stages, &all);
    for (size_t i = 0; i < all.n; i++)
        line = str_fmt(p->rq->arena, "%.*s%s%.*s", STR(line), i > 0 ? ", " : "", STR(all.v[i]));
    return line;
}

static err show_one(struct request *rq, int64_t id, const struct section_text *typed,
                    const char *wrong)
{
    struct desk_page p;
    struct view_desk_section view = {.action = {rq->raw_path}};
    const struct section *s;
    struct sql_section_stories count;
    struct section_text text;

    TRY(desk_begin(rq, &p));
    s = paper_section_by_id(&p.paper, id);
    if (s == NULL)
        return E_MISSING;
    text = (struct section_text){.slug = s->slug,
                                 .name = s->name,
                                 .description = s->description,
                                 .is_opinion = s->is_opinion};
    text.stages = s->stages;
    TRY(section_topics(rq->arena, rq->desk, id, &text.topics));
    TRY(sql_section_stories(rq->arena, rq->desk, id, &count));
    if (typed != NULL)
        text = *typed;
    desk_settings_menu(&p, &view.pages.v, &view.pages.n);
    view.desk = p.head;
    view.title = s->name;
    view.name = text.name;
    view.slug = text.slug;
    view.description = text.description;
    view.topics = text.topics;
    view.stages = text.stages;
    view.usual_stages = usual_stages(&p);
    view.is_opinion = text.is_opinion;
    view.stories = count.stories;
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 422 : 200, DESK_SECTION, SAY("Sections"), &view);
}

err desk_section(struct request *rq)
{
    int64_t id;

    TRY(desk_id(rq, &id));
    return show_one(rq, id, NULL, NULL);
}

/* --- acts --- */

struct job {
    int64_t id; /* 0: a new one */
    bool drops;
    struct section_text text;
};

static str lines_of(arena *a, const struct section_text *t)
{
    str lines = audit_line(a, S(""), "name", t->name);

    lines = audit_line(a, lines, "address", t->slug);
    lines = audit_line(a, lines, "description", t->description);
    lines = audit_line(a, lines, "opinion", t->is_opinion ? S("yes") : S(""));
    lines = audit_line(a, lines, "stages", t->stages);
    return audit_line(a, lines, "topics", str_replace(a, str_trim(t->topics), S("\n"), S(" ")));
}

static err before(struct staff_work *k, int64_t id, struct section_text *out)
{
    struct sql_sections_rows all;

    TRY(sql_sections(k->a, k->w, &all));
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].section == id) {
            *out = (struct section_text){.slug = all.v[i].slug,
                                         .name = all.v[i].name,
                                         .description = all.v[i].description,
                                         .is_opinion = all.v[i].is_opinion};
            out->stages = section_stages(k->a, k->w, id);
            return section_topics(k->a, k->w, id, &out->topics);
        }
    return E_MISSING;
}

static err run(struct staff_work *k, void *of, note *why)
{
    struct job *job = of;
    struct section_text was = {0};
    struct deed deed = {.act = AUDIT_section_changed};

    if (job->id != 0) {
        TRY(before(k, job->id, &was));
        deed.was = lines_of(k->a, &was);
    }
    if (job->drops)
        TRY(section_take_away(k->a, k->w, job->id, why));
    else if (job->id != 0)
        TRY(section_say(k->a, k->w, job->id, &job->text, why));
    else
        TRY(section_make(k->a, k->w, &job->text, &job->id, why));
    deed.subject = job->id;
    deed.label = job->drops ? was.name : job->text.name;
    if (!job->drops)
        deed.is = lines_of(k->a, &job->text);
    return audit_add(k->w, k->now, &k->by, &deed, why);
}

static const char *why_not(const struct job *job, err e)
{
    if (job->drops)
        return SAY("Only an empty section can be taken away, and not the last.");
    if (e == E_CONFLICT)
        return SAY("Something else stands at that address, or leads on from it.");
    return SAY("It takes a name, a word of small letters, digits and hyphens for its address, two "
               "to eight stages or none, and codes of eight digits, one a line.");
}

err desk_section_post(struct request *rq)
{
    struct job job = {
        .drops = str_eq(desk_field(rq, "act"), S("drop")),
        .text = {.slug = desk_field(rq, "slug"),
                 .name = desk_field(rq, "name"),
                 .description = desk_field(rq, "description"),
                 .is_opinion = str_eq(desk_field(rq, "opinion"), S("yes")),
                 .stages = desk_field(rq, "stages"),
                 .topics = utf8_to(desk_field(rq, "topics"), TOPICS_MAX)},
    };
    bool is_new = str_eq(rq->path, S("/desk/settings/sections"));
    err e;

    if (!is_new)
        TRY(desk_id(rq, &job.id));
    if (is_new && job.text.slug.n == 0)
        job.text.slug = slug_make(rq->arena, job.text.name);
    e = !job.drops && site_has_address(str_join(rq->arena, S("/"), job.text.slug))
            ? E_CONFLICT
            : desk_do(rq, run, &job);
    if (e == E_CONFLICT || e == E_INVALID)
        return is_new ? show_all(rq, &job.text, why_not(&job, e))
                      : show_one(rq, job.id, job.drops ? NULL : &job.text, why_not(&job, e));
    TRY(e);
    return desk_go(rq, S("/desk/settings/sections"),
                   job.drops ? "section-gone"
                   : is_new  ? "section-made"
                             : "saved");
}

/* --- the menu and the foot --- */

err desk_menus(struct request *rq)
{
    struct desk_page p;
    struct view_desk_menus view = {0};
    struct view_desk_menu_line *foot;

    TRY(desk_begin(rq, &p));
    TRY(fill_sections(&p, &view.sections.v, &view.sections.n));
    foot = arena_many(rq->arena, struct view_desk_menu_line, p.paper.page_count);
    for (size_t i = 0; i < p.paper.page_count; i++) {
        const struct paper_page *page = &p.paper.pages[i];

        foot[i] = (struct view_desk_menu_line){
            .key = page->slug,
            .name = page->title,
            .address = str_join(rq->arena, S("/"), page->slug),
            .href = {str_join(rq->arena, S("/desk/settings/pages/"), page->slug)},
            .is_shown = page->in_foot,
            .is_first = i == 0,
            .is_last = i + 1 == p.paper.page_count,
        };
    }
    view.foot.v = foot;
    view.foot.n = p.paper.page_count;
    view.has_foot = view.foot.n > 0;
    desk_settings_menu(&p, &view.pages.v, &view.pages.n);
    view.desk = p.head;
    return desk_reply(&p, 200, DESK_MENUS, SAY("Menus"), &view);
}

struct menu_job {
    str key, act;
    bool is_foot;
};

static err run_menu(struct staff_work *k, void *of, note *why)
{
    struct menu_job *job = of;
    int by = str_eq(job->act, S("up")) ? -1 : str_eq(job->act, S("down")) ? 1 : 0;
    bool shows = str_eq(job->act, S("show"));
    int64_t id = 0;

    if (by == 0 && !shows && !str_eq(job->act, S("hide")))
        return fail(why, E_INVALID, "\"%.*s\" is no act", STR(job->act));
    if (job->is_foot)
        TRY(information_foot(k->a, k->w, job->key, by, shows, why));
    else if (str_int(job->key, &id))
        TRY(section_menu(k->a, k->w, id, by, shows, why));
    else
        return fail(why, E_INVALID, "\"%.*s\" is no section", STR(job->key));
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = AUDIT_menu_changed,
                                    .subject = id,
                                    .label = job->is_foot ? job->key : S(""),
                                    .is = audit_line(k->a, S(""), "value", job->act)},
                     why);
}

err desk_menus_post(struct request *rq)
{
    struct menu_job job = {.key = desk_field(rq, "key"),
                           .act = desk_field(rq, "act"),
                           .is_foot = str_eq(desk_field(rq, "of"), S("foot"))};

    TRY(desk_do(rq, run_menu, &job));
    return desk_go(rq, S("/desk/settings/menus"), "saved");
}
