/*
 * settings.c - /desk/settings: who the paper is, the settings in groups, each group a form; checked
 * as the command line does (news/settings.h).
 */
#include "site/desk/desk.h"

#include "base/buf.h"
#include "base/hash.h"
#include "store/sql.h"

enum { GROUP_MAX = 24, SEEN_LETTERS = 12, SEEN_ROOM = 256 << 10 };

struct line {
    const char *name, *label;
};

#define CHANNEL(name, label)                                                                       \
    {                                                                                              \
        name, label                                                                                \
    }
static const struct group {
    const char *key, *title, *about;
    struct line lines[GROUP_MAX];
} groups[] = {
    {"identity",
     SAY("Who the paper is"),
     NULL,
     {{"name", SAY("Name, as it stands at the head of every page")},
      {"short_name", SAY("A shorter name, for small places")},
      {"motto", SAY("The line beside the name")},
      {"description", SAY("What the paper is, in a sentence, for search engines")},
      {"publisher", SAY("Who publishes it")},
      {"editor", SAY("Who answers for it")},
      {"language", SAY("Language of its pages, like en-GB")},
      {"time_zone", SAY("Time zone of its clock, like Europe/London")}}},
    {"look",
     SAY("How it looks"),
     NULL,
     {{"accent", SAY("Its colour: dark enough to be read on paper")},
      {"masthead", SAY("Ground of its name and menu, like #1d4f76 (empty: as the page)")},
      {"type", SAY("Letters")},
      {"lite", SAY("Every page as its lite edition")},
      {"logo", SAY("Logo: the number of a picture (empty: its name in letters)")}}},
    {"contact",
     SAY("How it is reached"),
     NULL,
     {{"postal", SAY("Postal address, in one line")},
      {"phone", SAY("Telephone")},
      {"email", SAY("The newsroom’s e-mail")},
      {"letters", SAY("E-mail for letters to the editor")},
      {"corrections", SAY("E-mail where readers report mistakes")},
      {"tip_line", SAY("Where tips go: a telephone, an e-mail or an https address")}}},
    {"channels",
     SAY("Where else it is"),
     SAY("Addresses of its pages and channels, each beginning with https://."),
     {CHANNEL("facebook", "Facebook"),
      CHANNEL("instagram", "Instagram"),
      CHANNEL("x", "X"),
      CHANNEL("youtube", "YouTube"),
      CHANNEL("linkedin", "LinkedIn"),
      CHANNEL("mastodon", "Mastodon"),
      CHANNEL("bluesky", "Bluesky"),
      CHANNEL("threads", "Threads"),
      CHANNEL("tiktok", "TikTok"),
      CHANNEL("whatsapp", "WhatsApp"),
      CHANNEL("telegram", "Telegram"),
      {"facebook_app", SAY("Its number as an app of Facebook, for sharing to Messenger")}}},
    {"feeds",
     SAY("Feeds"),
     NULL,
     {{"feed_text", SAY("What feeds hold of a story")},
      {"feed_other", SAY("Feeds that hold the other of the two, like /money /topic/rail")},
      {"hub", SAY("WebSub hub that feeds name")}}},
    {"machines",
     SAY("Machines"),
     NULL,
     {{"crawlers", SAY("Crawlers that robots.txt keeps out, one name a line")},
      {"mining", SAY("Text and data mining")},
      {"mining_policy", SAY("Where the terms of a licence for it stand")},
      {"security", SAY("Where holes in the site are reported")},
      {"security_policy", SAY("What happens with such a report")},
      {"ads_txt", SAY("The lines of ads.txt: who may sell its advertising")},
      {"trust_txt", SAY("The lines of trust.txt: what it belongs to and controls")},
      {"humans_txt", SAY("The lines of humans.txt: who made the site")}}},
    {"server",
     SAY("The newsroom and the server"),
     SAY("The mail server, the name and the password for it are set at the command line alone."),
     {{"address", SAY("Where readers find it, like https://www.example.org")},
      {"stages", SAY("Stages of the work on a story, like idea, draft, copy-edit, ready")},
      {"second_factor", SAY("Of whom the newsroom asks a second factor")},
      {"mail_server", SAY("Mail server, like smtps://mail.example.org")},
      {"mail_user", SAY("The name that it knows the paper by")},
      {"mail_from", SAY("The e-mail that mail comes from")},
      {"lite_after",
       SAY("Seconds of refusing readers after which every page is lite by itself; 0: never")},
      {"allowance", SAY("Work for one address, in pages drawn a minute; 0: as much as it likes")},
      {"shared_age", SAY("Seconds that a cache in front may keep a page without asking")},
      {"purge_url", SAY("Caches in front that are told what to drop, a space between")}}},
};

/* What settings of the other kinds can be, beside what is typed. */
static const struct {
    enum setting_kind kind;
    const char *value, *name;
} choices[] = {
    {SETTING_TYPE, "classic", SAY("Classic")},
    {SETTING_TYPE, "modern", SAY("Modern")},
    {SETTING_TYPE, "didone", SAY("Didone")},
    {SETTING_TYPE, "sans", SAY("Sans")},
    {SETTING_SWITCH, "off", SAY("Off")},
    {SETTING_SWITCH, "on", SAY("On")},
    {SETTING_MEASURE, "full", SAY("The whole story")},
    {SETTING_MEASURE, "teaser", SAY("Its beginning")},
    {SETTING_MINING, "open", SAY("Open")},
    {SETTING_MINING, "reserved", SAY("Reserved to who has a licence")},
    {SETTING_SECOND, "as they like", SAY("As they like")},
    {SETTING_SECOND, "everybody", SAY("Everybody")},
};

/* What a setting is that was never said. */
static str usual(enum setting_kind kind)
{
    for (size_t i = 0; i < LENGTH(choices); i++)
        if (choices[i].kind == kind)
            return str_c(choices[i].value);
    return S("");
}

static const char *fault_of(enum setting_kind kind)
{
    switch (kind) {
    case SETTING_NAME:
        return SAY("A paper cannot do without it.");
    case SETTING_LANGUAGE:
        return SAY("Please give a language tag like en-GB.");
    case SETTING_ZONE:
        return SAY("Please give a time zone like Europe/London.");
    case SETTING_SITE:
        return SAY("Please give an address like https://www.example.org, with no path.");
    case SETTING_INK:
        return SAY("Words in this colour cannot be read on paper. Please choose a darker one.");
    case SETTING_COLOUR:
        return SAY("Please give a colour like #1d4f76.");
    case SETTING_PICTURE:
        return SAY("There is no such picture, or it was killed.");
    case SETTING_PHONE:
        return SAY("Please give a telephone number like +44 1632 960871.");
    case SETTING_MAIL:
        return SAY("Please give an e-mail address.");
    case SETTING_CONTACT:
        return SAY("Please give a telephone, an e-mail, or an address with https://.");
    case SETTING_LINK:
        return SAY("Please give an address that begins with https://.");
    case SETTING_MACHINE:
    case SETTING_MACHINES:
        return SAY("Please give an address with https://, or with http:// on this machine.");
    case SETTING_STAGES:
        return SAY("Please give two to eight stages, each another, with commas between them.");
    case SETTING_SECONDS:
        return SAY("Please give a number of seconds from 0 to 3600.");
    case SETTING_WORDS:
    case SETTING_TEXT:
    default:
        return SAY("This is too long, or not plain text.");
    }
}

static const char *input_of(enum setting_kind kind)
{
    return kind == SETTING_INK       ? "color"
           : kind == SETTING_MAIL    ? "email"
           : kind == SETTING_PHONE   ? "tel"
           : kind == SETTING_LINK    ? "url"
           : kind == SETTING_SECONDS ? "number"
                                     : "text";
}

void desk_settings_menu(const struct desk_page *p, const struct view_menu **out, size_t *n)
{
    static const struct {
        const char *path, *name;
    } pages[] = {
        {"/desk/settings", SAY("The paper")},
        {"/desk/settings/sections", SAY("Sections")},
        {"/desk/settings/menus", SAY("Menus")},
        {"/desk/settings/pages", SAY("Its own pages")},
        {"/desk/settings/subjects", SAY("Topics, authors, places")},
        {"/desk/settings/webhooks", SAY("Webhooks")},
        {"/desk/health", SAY("Health")},
    };
    struct view_menu *v = arena_many(p->rq->arena, struct view_menu, LENGTH(pages) + 1);

    *n = 0;
    for (size_t i = 0; i < LENGTH(pages); i++)
        v[(*n)++] = (struct view_menu){desk_say(p, pages[i].name),
                                       {str_c(pages[i].path)},
                                       i == 0 ? str_eq(p->rq->path, str_c(pages[i].path))
                                              : str_starts(p->rq->path, str_c(pages[i].path))};
    if (desk_visit(p->rq)->who.may & MAY(staff))
        v[(*n)++] = (struct view_menu){desk_say(p, SAY("Staff")), {S("/desk/staff")}, false};
    *out = v;
}

/* --- values --- */

struct values {
    struct sql_settings_rows kept;
};

static str kept_value(const struct values *v, const char *name)
{
    for (size_t i = 0; i < v->kept.n; i++)
        if (str_eq(v->kept.v[i].name, str_c(name)))
            return v->kept.v[i].value;
    return S("");
}

/* Of whom a second factor is asked, where links in mail lead: for these the password must have been
 * given not long ago. */
static const str proof = S_INIT("/desk/prove?to=%2Fdesk%2Fsettings%23server");

static bool is_open(struct request *rq, const struct group *g)
{
    const struct site *s = rq->of;

    return !str_eq(str_c(g->key), S("server")) ||
           session_is_proved(&desk_visit(rq)->who, clock_now(s->clock));
}

/* A word that changes with any value of the group. */
static str group_seen(arena *a, const struct values *v, const struct group *g)
{
    buf b = buf_new(a, SEEN_ROOM);

    for (size_t i = 0; i < GROUP_MAX && g->lines[i].name != NULL; i++)
        buf_fmt(&b, "%s=%.*s\n", g->lines[i].name, STR(kept_value(v, g->lines[i].name)));
    return str_to(fingerprint(a, buf_str(&b)), SEEN_LETTERS);
}

/* --- the page --- */

/* What was typed into a group, and why it was not kept; `of` NULL: nothing. */
struct typed {
    const struct group *of;
    const char *faults[GROUP_MAX];
    const char *wrong;
};

static void fill_choices(const struct desk_page *p, enum setting_kind kind,
                         struct view_desk_setting *v)
{
    struct view_choice *out = arena_many(p->rq->arena, struct view_choice, LENGTH(choices));

    for (size_t i = 0; i < LENGTH(choices); i++)
        if (choices[i].kind == kind)
            out[v->choices.n++] =
                (struct view_choice){str_c(choices[i].value), desk_say(p, choices[i].name),
                                     str_eq(v->value, str_c(choices[i].value))};
    v->choices.v = out;
    v->is_choice = v->choices.n > 0;
}

static const struct view_picture *shown(const struct desk_page *p, const struct setting *s,
                                        str value)
{
    int64_t picture;

    return s->kind == SETTING_PICTURE && str_int(value, &picture)
               ? part_picture(&p->parts, picture, S(""), (struct place){S("20rem"), STANDS_WHOLE},
                              false)
               : NULL;
}

static void fill_group(const struct desk_page *p, const struct values *values,
                       const struct group *g, const struct typed *typed,
                       struct view_desk_settings_group *out)
{
    struct view_desk_setting *v = arena_many(p->rq->arena, struct view_desk_setting, GROUP_MAX);
    bool is_typed = typed->of == g;

    for (size_t i = 0; i < GROUP_MAX && g->lines[i].name != NULL; i++) {
        const struct setting *s = setting_named(str_c(g->lines[i].name));

        if (s == NULL)
            continue;
        v[out->settings.n] = (struct view_desk_setting){
            .name = str_c(s->name),
            .label = desk_say(p, g->lines[i].label),
            .value = is_typed && !setting_is_of_machine(s)
                         ? form_get(&desk_visit(p->rq)->form, str_c(s->name))
                         : kept_value(values, s->name),
            .is_fixed = setting_is_of_machine(s),
            .fault = is_typed && typed->faults[i] != NULL ? desk_say(p, typed->faults[i]) : S(""),
            .input = str_c(input_of(s->kind)),
            .is_text = s->kind == SETTING_TEXT,
        };
        fill_choices(p, s->kind, &v[out->settings.n]);
        v[out->settings.n].shown = shown(p, s, v[out->settings.n].value);
        out->settings.n++;
    }
    out->settings.v = v;
    out->prove.address = is_open(p->rq, g) ? S("") : proof;
    out->key = str_c(g->key);
    out->title = desk_say(p, g->title);
    out->about = g->about != NULL ? desk_say(p, g->about) : S("");
    out->group_seen = group_seen(p->rq->arena, values, g);
    out->is_wrong = is_typed && typed->wrong != NULL;
}

static err show(struct request *rq, const struct typed *typed, int status)
{
    struct desk_page p;
    struct values values;
    struct view_desk_settings view = {0};
    struct view_desk_settings_group *out;

    TRY(desk_begin(rq, &p));
    TRY(sql_settings(rq->arena, rq->desk, &values.kept));
    out = arena_many(rq->arena, struct view_desk_settings_group, LENGTH(groups));
    for (size_t i = 0; i < LENGTH(groups); i++)
        fill_group(&p, &values, &groups[i], typed, &out[i]);
    view.desk = p.head;
    desk_settings_menu(&p, &view.pages.v, &view.pages.n);
    view.groups.v = out;
    view.groups.n = LENGTH(groups);
    if (typed->wrong != NULL)
        desk_wrong(&p, typed->wrong);
    return desk_reply(&p, status, DESK_SETTINGS, SAY("Settings"), &view);
}

err desk_settings(struct request *rq)
{
    return show(rq, &(struct typed){0}, 200);
}

/* --- keeping them --- */

struct job {
    const struct group *of;
    struct request *rq;
    str seen;
    bool is_late; /* somebody else has changed them meanwhile */
};

static err keep(struct staff_work *k, void *of, note *why)
{
    struct job *job = of;
    struct values values;

    TRY(sql_settings(k->a, k->w, &values.kept));
    job->is_late = !str_eq(job->seen, group_seen(k->a, &values, job->of));
    if (job->is_late)
        return fail(why, E_CONFLICT, "somebody else has changed these settings meanwhile");
    for (size_t i = 0; i < GROUP_MAX && job->of->lines[i].name != NULL; i++) {
        const struct setting *s = setting_named(str_c(job->of->lines[i].name));
        str typed, was, kept;

        if (s == NULL || setting_is_of_machine(s) ||
            !form_has(&desk_visit(job->rq)->form, str_c(s->name)))
            continue;
        typed = form_get(&desk_visit(job->rq)->form, str_c(s->name));
        was = kept_value(&values, s->name);
        TRY(setting_check(k->a, k->w, s, typed, &kept, why));
        if (str_eq(kept, was) || (was.n == 0 && str_eq(kept, usual(s->kind))))
            continue;
        TRY(setting_change(k->a, k->w, str_c(s->name), typed, why));
        TRY(audit_add(k->w, k->now, &k->by,
                      &(struct deed){.act = AUDIT_setting_changed,
                                     .label = str_c(s->name),
                                     .was = audit_line(k->a, S(""), "value", was),
                                     .is = audit_line(k->a, S(""), "value", kept)},
                      why));
    }
    return OK;
}

/* Which fields will not do.  False: all will. */
static bool find_faults(struct request *rq, struct typed *typed)
{
    bool found = false;

    for (size_t i = 0; i < GROUP_MAX && typed->of->lines[i].name != NULL; i++) {
        const struct setting *s = setting_named(str_c(typed->of->lines[i].name));
        str kept;
        note why;

        if (s != NULL && !setting_is_of_machine(s) &&
            form_has(&desk_visit(rq)->form, str_c(s->name)) &&
            setting_check(rq->arena, rq->desk, s, form_get(&desk_visit(rq)->form, str_c(s->name)),
                          &kept, &why) != OK) {
            typed->faults[i] = fault_of(s->kind);
            found = true;
        }
    }
    return found;
}

err desk_settings_post(struct request *rq)
{
    struct typed typed = {0};
    struct job job = {.rq = rq, .seen = desk_field(rq, "seen")};
    str key = desk_field(rq, "group");
    err e;

    for (size_t i = 0; i < LENGTH(groups); i++)
        if (str_eq(key, str_c(groups[i].key)))
            typed.of = job.of = &groups[i];
    if (typed.of == NULL)
        return fail(&rq->note, E_INVALID, "there is no group \"%.*s\"", STR(key));
    if (!is_open(rq, typed.of))
        return reply_see_other(rq, proof);
    if (find_faults(rq, &typed)) {
        typed.wrong = SAY("Nothing was saved yet: please look at what is marked.");
        return show(rq, &typed, 422);
    }
    e = desk_do(rq, keep, &job);
    if (job.is_late) {
        typed.wrong =
            SAY("Somebody else has changed these settings meanwhile. What you typed stands "
                "here; saving it again keeps it.");
        return show(rq, &typed, 409);
    }
    TRY(e);
    return desk_go(rq, str_fmt(rq->arena, "/desk/settings#%.*s", STR(key)), "saved");
}
