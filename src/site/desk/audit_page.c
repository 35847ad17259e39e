/*
 * audit_page.c - GET /desk/audit: what was done, the newest first; by whom, of which kind, to
 * which story, when.
 */
#include "site/desk/desk.h"

#include "news/desk.h"
#include "text/dates.h"

enum { DEEDS = 50, CHANGES_MAX = 24, FIELD_MAX = 80 };

struct asked {
    struct audit_filter filter;
    str who, act, from, to, story;
};

/* The words of the fields that lines have (audit_line). */
static const struct {
    const char *field, *name;
} fields[] = {
    {"name", SAY("Name")},       {"email", SAY("E-mail")},
    {"role", SAY("Role")},       {"state", SAY("State")},
    {"kind", SAY("Kind")},       {"may", SAY("Privileges")},
    {"reason", SAY("Reason")},   {"headline", SAY("Headline")},
    {"version", SAY("Version")}, {"value", SAY("Value")},
    {"title", SAY("Title")},     {"place", SAY("Place")},
    {"from", SAY("From")},       {"until", SAY("Until")},
    {"field", SAY("Field")},     {"standfirst", SAY("Standfirst")},
    {"source", SAY("Source")},   {"story", SAY("Story")},
    {"alarms", SAY("Alarms")},   {"why", SAY("How it came about")},
};

static void read_day(const struct desk_page *p, str given, int days, int64_t *at)
{
    int64_t moment;

    if (given.n == 10 && date_parse(given, p->parts.site->zone, &moment))
        *at = date_day_start(moment, p->parts.site->zone, days);
}

static void read_asked(const struct desk_page *p, struct asked *out)
{
    struct request *rq = p->rq;

    *out = (struct asked){
        .who = desk_query(rq, S("who"), FIELD_MAX),
        .act = desk_query(rq, S("act"), FIELD_MAX),
        .from = desk_query(rq, S("from"), FIELD_MAX),
        .to = desk_query(rq, S("to"), FIELD_MAX),
        .story = desk_query(rq, S("story"), FIELD_MAX),
        .filter = {.before = TIME_NEVER, .until = TIME_NEVER},
    };
    if (!str_int(desk_query(rq, S("before"), FIELD_MAX), &out->filter.before) ||
        out->filter.before < 1)
        out->filter.before = TIME_NEVER;
    if (str_eq(out->who, S(AUDIT_WIRE)) || str_eq(out->who, S(AUDIT_CLOCKWORK)))
        out->filter.machine = out->who;
    if (!str_int(out->who, &out->filter.staff) || out->filter.staff < 1)
        out->filter.staff = 0;
    if (!str_int(out->story, &out->filter.story) || out->filter.story < 1) {
        out->filter.story = 0;
        out->story = S("");
    }
    if (audit_act_of(out->act) != AUDIT_ACT_COUNT)
        out->filter.act = out->act;
    read_day(p, out->from, 0, &out->filter.from_at);
    read_day(p, out->to, 1, &out->filter.until);
}

/* The program itself. */
static const struct {
    const char *who, *name;
} machines[] = {
    {AUDIT_WIRE, SAY("The wire")},
    {AUDIT_CLOCKWORK, SAY("The clockwork")},
};

static str who_shown(const struct desk_page *p, const struct audit_entry *e)
{
    for (size_t i = 0; i < LENGTH(machines); i++)
        if (e->staff == 0 && str_eq(e->who, str_c(machines[i].who)))
            return desk_say(p, machines[i].name);
    return e->who;
}

/* --- the form --- */

static err fill_form(const struct desk_page *p, const struct asked *asked,
                     struct view_desk_audit *view)
{
    arena *a = p->rq->arena;
    struct staffer *all;
    size_t n;

    TRY(staff_all(a, p->rq->desk, &all, &n));

    struct view_choice *people = arena_many(a, struct view_choice, n + LENGTH(machines));
    struct view_choice *kinds = arena_many(a, struct view_choice, AUDIT_ACT_COUNT);

    for (size_t i = 0; i < LENGTH(machines); i++)
        people[n + i] = (struct view_choice){str_c(machines[i].who), desk_say(p, machines[i].name),
                                             str_eq(str_c(machines[i].who), asked->filter.machine)};
    for (size_t i = 0; i < n; i++)
        people[i] = (struct view_choice){str_fmt(a, "%lld", (long long)all[i].id), all[i].name,
                                         all[i].id == asked->filter.staff};
    for (size_t i = 0; i < AUDIT_ACT_COUNT; i++) {
        str word = str_c(audit_word((enum audit_act)i));

        kinds[i] = (struct view_choice){word, desk_say(p, audit_about((enum audit_act)i)),
                                        str_eq(word, asked->filter.act)};
    }
    view->people.v = people;
    view->people.n = n + LENGTH(machines);
    view->acts.v = kinds;
    view->acts.n = AUDIT_ACT_COUNT;
    view->from = asked->from;
    view->to = asked->to;
    view->story = asked->story;
    return OK;
}

/* The one story of which it is: by name, and led to for who may see it. */
static void fill_story(const struct desk_page *p, const struct asked *asked,
                       struct view_desk_audit *view)
{
    struct request *rq = p->rq;
    struct desk d = {rq->arena, rq->desk, p->r.now};
    struct standing s;
    note why;

    if (asked->filter.story == 0)
        return;
    view->story_name = desk_standing(&d, asked->filter.story, &s, &why) == OK
                           ? desk_headline(p, s.headline)
                           : asked->story;
    if (desk_visit(rq)->who.may & MAY_WRITE)
        view->story_href.address = str_fmt(rq->arena, "/desk/stories/%.*s", STR(asked->story));
}

/* --- the lines --- */

static str field_name(const struct desk_page *p, str field)
{
    for (size_t i = 0; i < LENGTH(fields); i++)
        if (str_eq(field, str_c(fields[i].field)))
            return desk_say(p, fields[i].name);
    return field;
}

static str value_shown(const struct desk_page *p, str field, str value)
{
    if (str_eq(field, S("role")))
        return desk_role_name(p, value);
    if (str_eq(field, S("state")))
        for (int i = STAFF_INVITED; i <= STAFF_SUSPENDED; i++)
            if (str_eq(value, str_c(staff_state_word((enum staff_state)i))))
                return desk_say(p, staff_state_about((enum staff_state)i));
    return value;
}

static struct view_desk_change *change_for(struct view_desk_change *v, size_t *n, str name)
{
    for (size_t i = 0; i < *n; i++)
        if (str_eq(v[i].field, name))
            return &v[i];
    v[*n].field = name;
    return &v[(*n)++];
}

static void add_lines(const struct desk_page *p, str lines, bool was, struct view_desk_change *v,
                      size_t *n)
{
    for (str line; str_cut(&lines, '\n', &line);) {
        ptrdiff_t colon = str_find(line, S(": "));

        if (colon < 0 || *n == CHANGES_MAX)
            continue;

        str field = str_to(line, (size_t)colon);
        struct view_desk_change *c = change_for(v, n, field_name(p, field));
        str value = value_shown(p, field, str_from(line, (size_t)colon + 2));

        *(was ? &c->was : &c->is) = value;
    }
}

static struct view_desk_deed deed_of(const struct desk_page *p, const struct audit_entry *e)
{
    arena *a = p->rq->arena;
    struct view_when *when = arena_one(a, struct view_when);
    struct view_desk_change *changes = arena_many(a, struct view_desk_change, CHANGES_MAX + 1);
    enum audit_act act = audit_act_of(e->act);
    size_t n = 0;

    *when = part_when(&p->parts, e->at);
    add_lines(p, e->was, true, changes, &n);
    add_lines(p, e->is, false, changes, &n);
    return (struct view_desk_deed){
        .at = when,
        .who = who_shown(p, e),
        .act = act == AUDIT_ACT_COUNT ? e->act : desk_say(p, audit_about(act)),
        .label = str_eq(e->label, e->who) ? S("") : e->label,
        .subject = e->subject,
        .address = e->address,
        .device = e->address.n > 0 ? desk_device_name(p, e->agent) : e->agent,
        .changes = {changes, n},
    };
}

static str address_of(struct request *rq, const struct asked *asked, int64_t before)
{
    const struct desk_word words[] = {
        {"who", asked->who},
        {"act", asked->act},
        {"from", asked->from},
        {"to", asked->to},
        {"story", asked->story},
        {"before", before != 0 ? str_fmt(rq->arena, "%lld", (long long)before) : S("")}};

    return desk_address(rq, "/desk/audit", words, LENGTH(words));
}

err desk_audit(struct request *rq)
{
    struct desk_page p;
    struct asked asked;
    struct audit_entry *entries;
    size_t n;
    struct view_desk_audit view = {0};

    TRY(desk_begin(rq, &p));
    read_asked(&p, &asked);
    TRY(fill_form(&p, &asked, &view));
    fill_story(&p, &asked, &view);
    TRY(audit_read(rq->arena, rq->desk, &asked.filter, DEEDS + 1, &entries, &n));
    if (n > DEEDS)
        view.older.address = address_of(rq, &asked, entries[(n = DEEDS) - 1].id);
    if (asked.filter.before != TIME_NEVER)
        view.newest.address = address_of(rq, &asked, 0);

    struct view_desk_deed *deeds = arena_many(rq->arena, struct view_desk_deed, n);

    for (size_t i = 0; i < n; i++)
        deeds[i] = deed_of(&p, &entries[i]);
    view.desk = p.head;
    view.deeds.v = deeds;
    view.deeds.n = n;
    view.has_deeds = n > 0;
    return desk_reply(&p, 200, DESK_AUDIT, SAY("Log"), &view);
}
