/*
 * wire.c - /desk/wire: the copy that has come in and what was done with it; one item of it beside
 * the list, as it would look, and what may be done: take, spike, publish as it is.
 */
#include "site/desk/writing.h"

#include "site/public/pages.h"
#include "staff/inbox.h"
#include "staff/writing.h"
#include "store/sql.h"
#include "text/json_write.h"
#include "text/slug.h"
#include "wire/again.h"

enum {
    MANY = 40,
    WORDS_MAX = 120,
    NUMBER_MAX = 20,
    SOURCE_MAX = 300,
    SOURCES_LOOKED_AT = 2000,
    SOURCES_MAX = 100,
    FACTS_MAX = 24,
    PICTURES_MAX = 20,
    LINKS_MAX = 20,
    ANSWER_MAX = 64 << 10
};

static const char *const outcomes[WIRE_OUTCOMES] = {
    [WIRE_DRAFTED] = SAY("A draft was made of it"),
    [WIRE_PUBLISHED] = SAY("Published at once"),
    [WIRE_SCHEDULED] = SAY("Scheduled for the end of its embargo"),
    [WIRE_UPDATED] = SAY("The story was updated"),
    [WIRE_CORRECTED] = SAY("The story was corrected"),
    [WIRE_OFFERED] = SAY("Waits beside its story"),
    [WIRE_MERGED] = SAY("Put into its story"),
    [WIRE_LEFT] = SAY("Left out of its story"),
    [WIRE_HELD] = SAY("Update held until its embargo ends"),
    [WIRE_SAME] = SAY("It was here already"),
    [WIRE_LATE] = SAY("A newer version was here already"),
    [WIRE_KILLED] = SAY("The agency killed it"),
    [WIRE_KILLED_BEFORE] = SAY("Refused: it was killed before"),
    [WIRE_KILL_KEPT] = SAY("A kill of something that is not here yet"),
    [WIRE_WITHHELD_KEPT] = SAY("Not to be used for now"),
    [WIRE_WITHDRAWN] = SAY("The story was withdrawn"),
    [WIRE_PICTURE_KEPT] = SAY("A picture was kept"),
    [WIRE_FILM_KEPT] = SAY("A film or sound was kept"),
    [WIRE_TIED] = SAY("A package: its stories were tied"),
    [WIRE_RECORDED] = SAY("Noted, nothing to print"),
};

/* What was done, in words; a word of a newer program stands as it is. */
static str outcome_name(const struct desk_page *p, str word)
{
    for (int i = 0; i < WIRE_OUTCOMES; i++)
        if (outcomes[i] != NULL && str_eq(word, wire_outcome_word((enum wire_outcome)i)))
            return desk_say(p, outcomes[i]);
    return word;
}

static const char *const dialects[] = {"newsml-g2", "nitf", "ninjs",   "rss",  "atom",
                                       "html",      "text", "picture", "film", "captions"};
static const char *const kinds[] = {
    [WIRE_STORY] = SAY("Text"),      [WIRE_PHOTO] = SAY("Picture"), [WIRE_PACKAGE] = SAY("Package"),
    [WIRE_GRAPHIC] = SAY("Graphic"), [WIRE_VIDEO] = SAY("Film"),    [WIRE_AUDIO] = SAY("Sound"),
    [WIRE_OTHER] = SAY("Other"),
};
static const struct {
    const char *word, *name;
} states[] = {
    {"waiting", SAY("Waiting")},
    {"taken", SAY("Taken")},
    {"spiked", SAY("Spiked")},
};

static str number(struct request *rq, int64_t n)
{
    return str_fmt(rq->arena, "%lld", (long long)n);
}

/* --- what is asked for --- */

enum {
    WORDS,
    DONE,
    DIALECT,
    SOURCE,
    KIND,
    SECTION,
    URGENCY,
    EMBARGOED,
    TOPIC,
    STATE,
    BEFORE,
    ASKED
};

struct asked {
    struct desk_word v[ASKED];
    int64_t kind, section;
    bool has_kind, has_section, is_narrow, is_later;
    struct sql_desk_wire_in in;
};

static void read_asked(const struct desk_page *p, struct asked *out)
{
    static const struct {
        const char *name;
        size_t most;
    } fields[ASKED] = {
        [WORDS] = {"words", WORDS_MAX},      [DONE] = {"done", NUMBER_MAX},
        [DIALECT] = {"dialect", NUMBER_MAX}, [SOURCE] = {"source", SOURCE_MAX},
        [KIND] = {"kind", NUMBER_MAX},       [SECTION] = {"section", SLUG_MAX},
        [URGENCY] = {"urgency", NUMBER_MAX}, [EMBARGOED] = {"embargoed", NUMBER_MAX},
        [TOPIC] = {"topic", WORDS_MAX},      [STATE] = {"state", NUMBER_MAX},
        [BEFORE] = {"before", NUMBER_MAX},
    };
    struct request *rq = p->rq;
    struct desk_word *v = out->v;
    const struct section *section;

    *out = (struct asked){0};
    for (int i = 0; i < ASKED; i++)
        v[i] = (struct desk_word){fields[i].name,
                                  desk_query(rq, str_c(fields[i].name), fields[i].most)};
    for (int i = DONE; i < STATE; i++)
        out->is_narrow = out->is_narrow || v[i].value.n > 0;
    out->has_kind = str_int(v[KIND].value, &out->kind);
    section = v[SECTION].value.n > 0 ? paper_section(&p->paper, v[SECTION].value) : NULL;
    out->has_section = section != NULL;
    out->section = section != NULL ? section->id : 0;
    out->in = (struct sql_desk_wire_in){
        .before = TIME_NEVER,
        .done = v[DONE].value,
        .words = v[WORDS].value,
        .dialect = v[DIALECT].value,
        .source = v[SOURCE].value,
        .kind = out->kind,
        .has_kind = out->has_kind,
        .section = out->section,
        .has_section = out->has_section,
        .embargoed = str_eq(v[EMBARGOED].value, S("yes")),
        .now = p->r.now,
        .topic = v[TOPIC].value,
        .state = v[STATE].value,
        .many = MANY + 1,
    };
    if (!str_int(v[URGENCY].value, &out->in.urgency) || out->in.urgency < 0)
        out->in.urgency = 0;
    out->is_later = str_int(v[BEFORE].value, &out->in.before) && out->in.before > 0;
    if (!out->is_later)
        out->in.before = TIME_NEVER;
}

/* --- the form --- */

static struct view_choice choice(str value, str name, str chosen)
{
    return (struct view_choice){value, name, str_eq(value, chosen)};
}

static void fill_words(const struct desk_page *p, const struct asked *asked,
                       struct view_desk_wire *view)
{
    arena *a = p->rq->arena;
    struct view_choice *outs = arena_many(a, struct view_choice, WIRE_OUTCOMES);
    struct view_choice *waits = arena_many(a, struct view_choice, LENGTH(states));
    struct view_choice *tongues = arena_many(a, struct view_choice, LENGTH(dialects));

    for (int i = 0; i < WIRE_OUTCOMES; i++) {
        str word = wire_outcome_word((enum wire_outcome)i);

        outs[i] = choice(word, outcome_name(p, word), asked->v[DONE].value);
    }
    for (size_t i = 0; i < LENGTH(states); i++)
        waits[i] =
            choice(str_c(states[i].word), desk_say(p, states[i].name), asked->v[STATE].value);
    for (size_t i = 0; i < LENGTH(dialects); i++)
        tongues[i] = choice(str_c(dialects[i]), str_c(dialects[i]), asked->v[DIALECT].value);
    view->outcomes.v = outs;
    view->outcomes.n = WIRE_OUTCOMES;
    view->states.v = waits;
    view->states.n = LENGTH(states);
    view->dialects.v = tongues;
    view->dialects.n = LENGTH(dialects);
    view->words = asked->v[WORDS].value;
    view->topic = asked->v[TOPIC].value;
    view->is_embargoed = asked->in.embargoed != 0;
    view->is_narrow = asked->is_narrow;
}

static err fill_form(const struct desk_page *p, const struct asked *asked,
                     struct view_desk_wire *view)
{
    arena *a = p->rq->arena;
    struct sql_desk_wire_sources_rows rows;
    struct view_choice *from, *of = arena_many(a, struct view_choice, LENGTH(kinds)),
                              *in = arena_many(a, struct view_choice, p->paper.section_count),
                              *up = arena_many(a, struct view_choice, 9);

    TRY(sql_desk_wire_sources(a, p->rq->desk, SOURCES_LOOKED_AT, &rows));
    from = arena_many(a, struct view_choice, rows.n);
    view->sources.n = rows.n < SOURCES_MAX ? rows.n : SOURCES_MAX;
    for (size_t i = 0; i < view->sources.n; i++)
        from[i] = choice(rows.v[i].source, rows.v[i].source, asked->v[SOURCE].value);
    for (size_t i = 0; i < LENGTH(kinds); i++)
        of[i] = choice(number(p->rq, (int64_t)i), desk_say(p, kinds[i]), asked->v[KIND].value);
    for (size_t i = 0; i < p->paper.section_count; i++)
        in[i] =
            choice(p->paper.sections[i].slug, p->paper.sections[i].name, asked->v[SECTION].value);
    for (int i = 0; i < 9; i++)
        up[i] = choice(number(p->rq, i + 1), number(p->rq, i + 1), asked->v[URGENCY].value);
    view->sources.v = from;
    view->kinds.v = of;
    view->kinds.n = LENGTH(kinds);
    view->sections.v = in;
    view->sections.n = p->paper.section_count;
    view->urgencies.v = up;
    view->urgencies.n = 9;
    fill_words(p, asked, view);
    return OK;
}

/* --- the list --- */

static bool may_write_in(const struct desk_page *p, const struct sql_desk_wire *row)
{
    const struct session *who = &desk_visit(p->rq)->who;

    return row->has_story &&
           staff_may_write(who->may, who->staff, row->has_made_by ? row->made_by : 0,
                           row->has_assigned_to ? row->assigned_to : 0);
}

static str version_shown(const struct sql_desk_wire *row)
{
    return str_starts(row->version, S("~")) ? S("") : row->version;
}

static str story_address(const struct desk_page *p, const struct sql_desk_wire *row)
{
    return may_write_in(p, row) ? str_fmt(p->rq->arena, "/desk/stories/%lld", (long long)row->story)
                                : S("");
}

static struct view_desk_copy copy_of(const struct desk_page *p, const struct asked *asked,
                                     const struct sql_desk_wire *row)
{
    arena *a = p->rq->arena;
    str path = str_fmt(a, "/desk/wire/%lld", (long long)row->item);
    struct view_desk_copy copy = {
        .href = {str_join(a, desk_address(p->rq, str_z(a, path), asked->v, ASKED), S("#item"))},
        .story = {story_address(p, row)},
        .headline = desk_headline(p, row->headline),
        .language = part_language(&p->paper, row->language),
        .dialect = row->dialect,
        .source = row->source,
        .version = version_shown(row),
        .done = outcome_name(p, row->done),
        .taker = row->taker,
        .spiker = row->spiker,
        .item = row->item,
        .urgency = row->urgency,
        .is_taken = row->has_taken_at,
        .is_spiked = row->has_spiked_at,
        .is_waiting = inbox_may(row, PRIVILEGES_ALL).take,
        .received = desk_when(p, row->received_at),
        .held = desk_when(p, row->has_held_until ? row->held_until : 0),
        .embargo =
            desk_when(p, row->has_embargo_at && row->embargo_at > p->r.now ? row->embargo_at : 0),
    };

    copy.direction = copy.language.n > 0 ? part_direction(row->language) : S("");
    if (row->kind > WIRE_STORY && row->kind <= WIRE_OTHER)
        copy.kind = desk_say(p, kinds[row->kind]);
    if (row->has_raw)
        copy.raw.address = str_fmt(a, "/desk/wire/raw/%lld", (long long)row->raw);
    return copy;
}

static err fill_list(const struct desk_page *p, struct asked *asked, int64_t chosen,
                     struct view_desk_wire *view)
{
    struct request *rq = p->rq;
    struct sql_desk_wire_rows rows;
    str before = asked->v[BEFORE].value;

    TRY(sql_desk_wire(rq->arena, rq->desk, &asked->in, &rows));

    size_t n = rows.n > MANY ? MANY : rows.n;
    struct view_desk_copy *copy = arena_many(rq->arena, struct view_desk_copy, n);

    if (!asked->is_later)
        asked->v[BEFORE].value = S("");
    for (size_t i = 0; i < n; i++) {
        copy[i] = copy_of(p, asked, &rows.v[i]);
        copy[i].is_chosen = rows.v[i].item == chosen;
    }
    asked->v[BEFORE].value = S("");
    if (asked->is_later)
        view->newest.address = desk_address(rq, "/desk/wire", asked->v, ASKED);
    else
        view->fresh.address = desk_address(rq, "/desk/wire/new", asked->v, ASKED);
    if (rows.n > MANY) {
        asked->v[BEFORE].value = number(rq, rows.v[n - 1].item);
        view->older.address = desk_address(rq, "/desk/wire", asked->v, ASKED);
    }
    asked->v[BEFORE].value = before;
    view->newest_item = n > 0 ? rows.v[0].item : asked->in.after;
    view->copy.v = copy;
    view->copy.n = n;
    view->has_copy = n > 0;
    return OK;
}

/* --- one item --- */

/* What is being put together of an item's facts. */
struct facts {
    struct view_desk_fact *v;
    size_t n;
};

static void add_fact(const struct desk_page *p, struct facts *f, const char *name, str value)
{
    if (value.n > 0 && f->n < FACTS_MAX + LINKS_MAX)
        f->v[f->n++] = (struct view_desk_fact){.name = desk_say(p, name), .value = value};
}

static str subjects_of(arena *a, const struct wire_item *item)
{
    str out = {0};

    for (size_t i = 0; i < item->subject_count && out.n < SOURCE_MAX; i++) {
        const struct wire_subject *s = &item->subjects[i];
        str name = s->name.n > 0 ? s->name : s->code;

        if (name.n > 0)
            out = out.n > 0 ? str_fmt(a, "%.*s, %.*s", STR(out), STR(name)) : name;
    }
    return out;
}

static void add_item_facts(const struct desk_page *p, const struct wire_item *item,
                           struct view_desk_item *view, struct facts *f)
{
    arena *a = p->rq->arena;

    add_fact(p, f, SAY("From"), item->provider);
    add_fact(p, f, SAY("To be credited"), item->credit);
    add_fact(p, f, SAY("Subjects"), subjects_of(a, item));
    add_fact(p, f, SAY("Place"), item->place.n > 0 ? item->place : item->dateline);
    add_fact(p, f, SAY("Genre"), item->genre);
    add_fact(p, f, SAY("Why it was sent"), item->reason);
    for (size_t i = 0; i < item->link_count && i < LINKS_MAX; i++)
        add_fact(p, f, SAY("Linked"),
                 str_fmt(a, "%.*s %.*s", STR(item->links[i].relation), STR(item->links[i].guid)));
    if (item->address.n > 0) {
        add_fact(p, f, SAY("Published before at"), item->address);
        f->v[f->n - 1].href.address = item->address;
    }
    view->usage = item->usage;
    view->copyright = item->copyright;
    view->note = item->editor_note;
    view->expiry = desk_when(p, item->expiry_at);
}

/* What the item points at; those that are not in the house are said to be missing. */
static void add_pictures(const struct desk_page *p, const struct wire_item *item,
                         struct view_desk_item *view)
{
    size_t n = item->media_count < PICTURES_MAX ? item->media_count : PICTURES_MAX;
    struct view_desk_fact *v = arena_many(p->rq->arena, struct view_desk_fact, n);

    for (size_t i = 0; i < n; i++) {
        const struct wire_media *m = &item->media[i];
        str name = m->headline.n > 0 ? m->headline : m->caption;

        if (name.n == 0 && m->rendition_count > 0)
            name = m->renditions[0].address;
        v[i] = (struct view_desk_fact){.name = name.n > 0 ? name : m->guid, .value = m->rights};
    }
    view->pictures.v = v;
    view->pictures.n = n;
}

static struct story story_of(const struct draft *d)
{
    return (struct story){
        .card = {.section = d->section,
                 .headline = d->headline,
                 .kicker = d->kicker,
                 .standfirst = d->standfirst,
                 .byline = d->byline,
                 .language = d->language,
                 .hero = d->hero.media,
                 .hero_alt = d->hero.alt,
                 .words = (int)body_words(&d->body),
                 .is_rated = d->is_rated,
                 .half_stars = d->half_stars},
        .gate = GATE_FULL,
        .dateline = d->dateline,
        .credit = d->credit,
        .hero_caption = d->hero.caption,
        .hero_credit = d->hero.credit,
        .body = d->body,
        .origin = d->origin,
        .reviewed = d->reviewed,
    };
}

static err fill_text(const struct desk_page *p, int64_t id, struct view_desk_item *view,
                     struct facts *f)
{
    struct request *rq = p->rq;
    struct desk d = {rq->arena, rq->desk, p->r.now};
    struct wire_here here = {p->r.now, p->parts.site->zone};
    struct view_story *text = arena_one(rq->arena, struct view_story);
    struct reading r = p->r;
    struct wire_again again;
    struct story s;
    note why = {0};
    err e = wire_again(&d, &here, id, &again, &why);

    view->is_too_large = e == E_LIMIT;
    if (e != OK)
        return e == E_IO || e == E_BUSY ? e : OK; /* a picture, or of no story: its facts alone */
    add_item_facts(p, again.item, view, f);
    add_pictures(p, again.item, view);
    if (again.item->kind != WIRE_STORY)
        return OK;
    s = story_of(&again.draft);
    *text = (struct view_story){0};
    TRY(story_fill(rq, &r, &p->paper, &s, text));
    view->text = text;
    return OK;
}

static err fill_item(const struct desk_page *p, const struct asked *asked, int64_t id,
                     struct view_desk_item *view)
{
    arena *a = p->rq->arena;
    struct sql_desk_wire row;
    struct inbox_may may;
    struct facts f = {.v = arena_many(a, struct view_desk_fact, FACTS_MAX + LINKS_MAX)};
    str path = str_fmt(a, "/desk/wire/%lld", (long long)id);

    TRY(sql_desk_wire_item(a, p->rq->desk, id, &row));
    may = inbox_may(&row, desk_visit(p->rq)->who.may);
    *view = (struct view_desk_item){
        .action = {path},
        .story = {story_address(p, &row)},
        .to = desk_address(p->rq, str_z(a, path), asked->v, ASKED),
        .seen = inbox_seen(a, &row),
        .headline = desk_headline(p, row.headline),
        .done = outcome_name(p, row.done),
        .taker = row.taker,
        .spiker = row.spiker,
        .reason = row.spike_reason,
        .may_take = may.take,
        .may_spike = may.spike,
        .may_unspike = may.unspike,
        .may_publish = may.publish,
        .is_taken = row.has_taken_at,
        .is_spiked = row.has_spiked_at,
        .is_old = row.is_old,
        .is_killed = row.status == WIRE_CANCELLED ||
                     (row.has_public_state && row.public_state == STATE_KILLED),
        .received = desk_when(p, row.received_at),
        .embargo =
            desk_when(p, row.has_embargo_at && row.embargo_at > p->r.now ? row.embargo_at : 0),
    };
    if (row.has_raw)
        view->raw.address = str_fmt(a, "/desk/wire/raw/%lld", (long long)row.raw);
    add_fact(p, &f, SAY("Source"), row.source);
    if (row.has_raw && !view->is_killed)
        TRY(fill_text(p, id, view, &f));
    add_fact(p, &f, SAY("Urgency"), row.urgency > 0 ? number(p->rq, row.urgency) : S(""));
    add_fact(p, &f, SAY("Kind"),
             row.kind >= 0 && row.kind <= WIRE_OTHER ? desk_say(p, kinds[row.kind]) : S(""));
    add_fact(p, &f, SAY("Format"), row.dialect);
    add_fact(p, &f, SAY("Number"), row.guid);
    add_fact(p, &f, SAY("Version"), version_shown(&row));
    if (row.has_media && !view->is_killed)
        view->picture = part_picture(&p->parts, row.media, row.headline, PLACE_BODY, false);
    view->facts.v = f.v;
    view->facts.n = f.n;
    return OK;
}

/* --- the pages --- */

static err show(struct request *rq, int64_t chosen, const char *wrong)
{
    struct desk_page p;
    struct asked asked;
    struct view_desk_wire view = {0};
    struct view_desk_item item;

    TRY(desk_begin(rq, &p));
    read_asked(&p, &asked);
    TRY(fill_form(&p, &asked, &view));
    TRY(fill_list(&p, &asked, chosen, &view));
    if (chosen != 0) {
        TRY(fill_item(&p, &asked, chosen, &item));
        view.item = &item;
    }
    view.desk = p.head;
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 409 : 200, DESK_WIRE, SAY("Wire"), &view);
}

err desk_wire(struct request *rq)
{
    return show(rq, 0, NULL);
}

err desk_wire_item(struct request *rq)
{
    int64_t id;

    TRY(desk_id(rq, &id));
    return show(rq, id, NULL);
}

err desk_wire_new(struct request *rq)
{
    struct desk_page p;
    struct asked asked;
    struct view_desk_wire view = {0};

    TRY(desk_begin(rq, &p));
    read_asked(&p, &asked);
    if (!str_int(desk_query(rq, S("since"), NUMBER_MAX), &asked.in.after))
        asked.in.after = 0;
    TRY(fill_list(&p, &asked, 0, &view));
    if (!view.has_copy) {
        reading_end(&p.r);
        reply_keep(rq, KEEP_NOT, 0, 0);
        return reply_nothing(rq);
    }
    view.desk = p.head;
    return desk_reply(&p, 200, DESK_WIRE, SAY("Wire"), &view);
}

/* --- acts --- */

static err act_on(struct staff_work *k, void *of, note *why)
{
    return staff_item_act(k, of, why);
}

static bool wants_json(struct request *rq)
{
    return str_find(request_header(rq, S("accept")), S("application/json")) >= 0;
}

static err answer(struct request *rq, int status, const char *name, str value)
{
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct json_writer w = json_writer(&out);

    put_object(&w, NULL);
    put_str(&w, name, value);
    put_end(&w);
    reply_keep(rq, KEEP_NOT, 0, 0);
    return reply_json(rq, status, buf_str(&out));
}

static err refuse(struct request *rq, int64_t item)
{
    static const char *const moved_on =
        SAY("Somebody else was quicker: this is how it is now. Nothing was done.");
    struct reading r;
    struct paper paper;
    str sentence;

    if (!wants_json(rq))
        return show(rq, item, moved_on);
    TRY(show_begin_for(rq, OUTLET_DESK, &r));
    TRY(show_paper(rq, &r, &paper));
    sentence = say(paper.tongue, moved_on);
    reading_end(&r);
    return answer(rq, 409, "error", sentence);
}

/* What is under embargo is published when that ends. */
static bool is_held(struct request *rq, const struct inbox_act *act)
{
    struct desk d = writing_desk(rq);
    struct standing now;

    return act->act == AUDIT_item_published &&
           desk_standing(&d, act->story, &now, &rq->note) == OK && now.state == STATE_SCHEDULED;
}

err desk_wire_item_post(struct request *rq)
{
    static const struct {
        const char *word;
        enum audit_act act;
        const char *done;
    } all[] = {{"take", AUDIT_item_taken, NULL},
               {"spike", AUDIT_item_spiked, "spiked"},
               {"unspike", AUDIT_item_unspiked, "unspiked"},
               {"publish", AUDIT_item_published, "published"}};
    const struct site *s = rq->of;
    struct inbox_act act = {.seen = desk_field(rq, "seen"), .reason = desk_field(rq, "reason")};
    str word = desk_field(rq, "act"), to = desk_path_read(desk_field(rq, "to"));
    int64_t start = clock_now(s->clock);
    size_t i = 0;
    err e;

    TRY(desk_id(rq, &act.item));
    while (i < LENGTH(all) && !str_eq(word, str_c(all[i].word)))
        i++;
    if (i == LENGTH(all))
        return fail(&rq->note, E_INVALID, "\"%.*s\" is no act", STR(word));
    act.act = all[i].act;
    e = desk_do(rq, act_on, &act);
    if (e == E_CONFLICT || e == E_GONE)
        return refuse(rq, act.item);
    TRY(e);
    if (act.story != 0 && (desk_visit(rq)->who.may & MAY_WRITE) != 0)
        to = str_fmt(rq->arena, "/desk/stories/%lld%s", (long long)act.story,
                     act.act == AUDIT_item_taken ? "/edit" : "");
    if (wants_json(rq))
        return answer(rq, 200, "to", to);
    if (is_held(rq, &act))
        return desk_go(rq, to, "embargoed");
    return desk_go_took(rq, to, all[i].done,
                        act.act == AUDIT_item_published ? (clock_now(s->clock) - start) / 1000 + 1
                                                        : 0);
}
