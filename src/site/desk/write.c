/*
 * write.c - a new story, and the page of the editor: /desk/stories/{id}/edit.
 *
 * The editor itself is a script (desk/); the page hands it the copy and what it may choose from.
 * With script off it shows what is written.
 */
#include "site/desk/writing.h"

#include "news/origin.h"
#include "staff/writing.h"
#include "text/write_page.h"

enum { FACTS_MAX = 1 << 20, TEXT_MAX = 8 << 20, NUMBER_BYTES = 20 };

const struct desk_type desk_types[DESK_TYPES] = {
    {"news", SAY("News")},       {"opinion", SAY("Opinion")}, {"review", SAY("Review")},
    {"gallery", SAY("Gallery")}, {"video", SAY("Video")},     {"live", SAY("Live")},
};

/* --- a new story --- */

struct new_story {
    struct copy copy;
    int64_t story;
};

static err make(struct staff_work *k, void *of, note *why)
{
    struct new_story *n = of;

    return staff_story_make(k, &n->copy, &n->story, why);
}

/* By its number or its slug; none is the first. */
static int64_t section_of(const struct paper *paper, str typed)
{
    const struct section *s = paper_section(paper, typed);
    int64_t id;

    if (s == NULL && str_int(typed, &id))
        s = paper_section_by_id(paper, id);
    if (s == NULL && paper->section_count > 0 && typed.n == 0)
        s = &paper->sections[0];
    return s != NULL ? s->id : 0;
}

err desk_stories_post(struct request *rq)
{
    const struct session *who = &desk_visit(rq)->who;
    str type = desk_field(rq, "type");
    struct desk_page p;
    struct new_story n = {0};
    str *name = arena_one(rq->arena, str);

    TRY(desk_begin(rq, &p));
    reading_end(&p.r);
    if (type.n == 0)
        type = S("news");
    n.copy = copy_empty(type, section_of(&p.paper, desk_field(rq, "section")), S(""));
    if (!copy_type_ok(type) || n.copy.section == 0)
        return fail(&rq->note, E_INVALID, "a story needs a type and a section");
    *name = who->name;
    n.copy.bylines = (struct copy_names){name, 1};
    TRY(desk_do(rq, make, &n));
    return reply_see_other(rq, str_fmt(rq->arena, "/desk/stories/%lld/edit", (long long)n.story));
}

struct byline_words writing_byline(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct byline_words out = {S(", "), S(", ")};

    if (show_begin_for(rq, OUTLET_DESK, &r) != OK)
        return out;
    if (show_paper(rq, &r, &paper) == OK)
        out = (struct byline_words){say_in(paper.tongue, "between two names", " and "),
                                    say_in(paper.tongue, "between names", ", ")};
    reading_end(&r);
    return out;
}

/* --- the page --- */

static void put_choice(struct json_writer *w, str value, str name)
{
    put_object(w, NULL);
    put_str(w, "value", value);
    put_str(w, "name", name);
    put_end(w);
}

/* What the editor offers, and where it is. */
static str facts_of(const struct desk_page *p, int64_t id)
{
    static const char *const origins[ORIGIN_COUNT] = {
        [ORIGIN_STAFF] = SAY("Our own people"),
        [ORIGIN_AGENCY] = SAY("A news agency"),
        [ORIGIN_CONTRIBUTOR] = SAY("A contributor"),
        [ORIGIN_RELEASE] = SAY("A press release"),
        [ORIGIN_PUBLIC_BODY] = SAY("A public body"),
        [ORIGIN_MACHINE] = SAY("Machine-assisted, checked by a person"),
    };
    buf out = buf_new(p->rq->arena, FACTS_MAX);
    struct json_writer w = json_writer(&out);

    put_object(&w, NULL);
    put_num(&w, "story", id);
    put_str(&w, "zone", p->paper.time_zone.n > 0 ? p->paper.time_zone : S("UTC"));
    put_str(&w, "language", p->paper.language);
    put_str(&w, "who", desk_visit(p->rq)->who.name);
    put_list(&w, "sections");
    for (size_t i = 0; i < p->paper.section_count; i++) {
        put_object(&w, NULL);
        put_num(&w, "id", p->paper.sections[i].id);
        put_str(&w, "name", p->paper.sections[i].name);
        put_end(&w);
    }
    put_end(&w);
    put_list(&w, "types");
    for (size_t i = 0; i < DESK_TYPES; i++)
        put_choice(&w, str_c(desk_types[i].word), desk_say(p, desk_types[i].name));
    put_end(&w);
    put_list(&w, "origins");
    for (int i = 0; i < ORIGIN_COUNT; i++)
        put_choice(&w, origin_word((enum origin)i), desk_say(p, origins[i]));
    put_end(&w);
    put_list(&w, "privileges");
    for (int i = 0; i < PRIVILEGE_COUNT; i++)
        if (desk_visit(p->rq)->who.may & (UINT32_C(1) << i))
            put_str(&w, NULL, str_c(privilege_word((enum privilege)i)));
    put_end(&w);
    put_end(&w);
    return buf_str(&out);
}

/* The text for who has no script. */
static struct html text_of(struct request *rq, const struct copy *c)
{
    buf out = buf_new(rq->arena, TEXT_MAX);

    body_write_page(&out, &c->body, &(struct page_writer){.links_only = true, .no_ids = true});
    return (struct html){buf_str(&out)};
}

err desk_edit(struct request *rq)
{
    struct desk_page p;
    struct working w;
    struct copy c;
    struct view_desk_edit view = {0};
    int64_t id;

    TRY(writing_story(rq, &id));
    TRY(writing_open(rq, id, &w));
    TRY(desk_begin(rq, &p));
    TRY(working_copy(rq->arena, rq->desk, id, w.revision, &c, &rq->note));
    TRY(writing_answer(rq, id, 0, &w, &view.copy.text));
    TRY(from_wire_fill(&p, id, &w, &view.from_wire));
    view.desk = p.head;
    view.story = id;
    view.facts.text = facts_of(&p, id);
    view.headline = c.headline;
    view.standfirst = c.standfirst;
    view.language = part_language(&p.paper, c.language);
    view.direction = part_direction(c.language);
    view.text = text_of(rq, &c);
    view.page.address = str_fmt(rq->arena, "/desk/stories/%lld", (long long)id);
    view.preview.address = str_fmt(rq->arena, "/desk/stories/%lld/preview", (long long)id);
    view.revisions.address = str_fmt(rq->arena, "/desk/stories/%lld/revisions", (long long)id);
    return desk_reply(&p, 200, DESK_EDIT, SAY("Write"), &view);
}
