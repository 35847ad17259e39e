/* A whole newsroom: the verbs of the desk on a real store, and what a reader then sees. */
#include "base/must.h"
#include "news/desk.h"
#include "news/story.h"
#include "news/subject.h"
#include "news/test_room.h"
#include "store/event.h"
#include "store/sql.h"

enum verb { WRITE, REWRITE, ILLUSTRATE, PUBLISH, CORRECT, WITHDRAW, KILL, DUE, SETTING, SECTION };

struct act {
    enum verb verb;
    int64_t story, at;
    const struct draft *text;
    enum version_kind kind;
    str reason;
    const struct correction *correction;
    size_t moved;
    struct test *t;
};

static err do_act(arena *a, store_conn *w, void *of, note *why)
{
    struct act *x = of;
    struct desk d = {a, w, clock_now(&x->t->clock)};
    struct sql_section_put section;

    switch (x->verb) {
    case WRITE:
        return desk_write(&d, x->text, &x->story, why);
    case REWRITE:
        return desk_rewrite(&d, x->story, x->kind, x->reason, x->text, why);
    case ILLUSTRATE:
        return desk_illustrate(&d, x->story, &x->text->hero, why);
    case PUBLISH:
        return desk_publish(&d, x->story, x->at, why);
    case CORRECT:
        return desk_correct(&d, x->story, x->correction, why);
    case WITHDRAW:
        return desk_withdraw(&d, x->story, x->reason, why);
    case KILL:
        return desk_kill(&d, x->story, x->reason, why);
    case DUE:
        return desk_due(&d, &x->moved, why);
    case SETTING:
        return sql_setting_put(w, S("time_zone"), x->reason, NULL);
    case SECTION:
    default:
        TRY(sql_section_put(a, w, S("sport"), S("Sport"), S(""), 2, false, &section));
        x->story = section.section;
        return OK;
    }
}

static err act(struct room *r, struct act *x)
{
    x->t = r->t;
    return store_write(r->s, do_act, x, r->t->arena, &r->t->why);
}

/* A second section beside "news" (1). */
static int64_t make_sport(struct room *r)
{
    struct test *t = r->t;
    struct act section = {.verb = SECTION};

    CHECK_OK(act(r, &section));
    return section.story;
}

static const str ann_and_bo[] = {S_INIT("Ann Lee"), S_INIT("Bo Ek"), S_INIT("Ann Lee")};
static const struct draft_topic ferries[] = {{S_INIT("Ferries"), S_INIT("")},
                                             {S_INIT("東京"), S_INIT("")}};

static struct body body_saying(struct test *t, const char *words)
{
    struct body_builder *w = body_builder_new(t->arena);
    struct body b;

    body_text(w, str_c(words), 0, (str){0}, (str){0});
    CHECK_OK(body_done(w, &b, &t->why));
    return b;
}

static const str port_senna[] = {S_INIT("Port Senna")};

static struct draft draft_of(struct test *t, const char *headline)
{
    return (struct draft){
        .section = 1,
        .headline = str_c(headline),
        .standfirst = S("What it means"),
        .byline = S("Ann Lee and Bo Ek"),
        .authors = ann_and_bo,
        .author_count = LENGTH(ann_and_bo),
        .topics = ferries,
        .topic_count = LENGTH(ferries),
        .places = port_senna,
        .place_count = 1,
        .language = S("en"),
        .body = body_saying(t, "The ferry sails again."),
    };
}

static int64_t written(struct room *r, const struct draft *text)
{
    struct test *t = r->t;
    struct act x = {.verb = WRITE, .text = text};

    CHECK_OK(act(r, &x));
    return x.story;
}

static int64_t write_one(struct room *r, const char *headline)
{
    struct draft d = draft_of(r->t, headline);

    return written(r, &d);
}

static err publish(struct room *r, int64_t story, int64_t at)
{
    return act(r, &(struct act){.verb = PUBLISH, .story = story, .at = at});
}

static int64_t live_one(struct room *r, const char *headline)
{
    struct test *t = r->t;
    int64_t story = write_one(r, headline);

    CHECK_OK(publish(r, story, 0));
    return story;
}

/* Where a reading lies matters: its tags are recorded there. */
static void read_as(struct room *r, struct reading *x, enum viewer_kind viewer, enum outlet outlet)
{
    struct test *t = r->t;

    CHECK_OK(
        reading_begin(x, t->arena, r->c, (struct viewer){viewer}, outlet, clock_now(&t->clock)));
}

static void read_now(struct room *r, struct reading *x)
{
    read_as(r, x, VIEWER_PUBLIC, OUTLET_PAGE);
}

/* The story as the desk sees it, in any state. */
static struct story story_of(struct room *r, int64_t id)
{
    struct test *t = r->t;
    struct reading x;
    struct story s;

    read_as(r, &x, VIEWER_STAFF, OUTLET_DESK);

    CHECK_OK(story_by_id(&x, id, &s));
    reading_end(&x);
    return s;
}

static struct event last_event(struct room *r)
{
    struct test *t = r->t;
    struct event *v;
    size_t n;

    CHECK_OK(events_after(r->t->arena, r->c, store_last_event(r->s) - 1, 10, &v, &n));
    CHECK_INT(n, 1);
    return v[0];
}

static int64_t subject_number(struct room *r, enum subject_kind kind, const char *slug)
{
    struct test *t = r->t;
    struct reading x;
    struct subject found;

    read_now(r, &x);
    CHECK_OK(subject_at(&x, kind, str_c(slug), &found));
    reading_end(&x);
    return found.id;
}

/* --- the gate, on every way --- */

/* In how many of the lists does it stand, and until when do they hold? */
static size_t lists_with(struct room *r, int64_t id, int64_t *until)
{
    struct test *t = r->t;
    struct reading x;
    struct cards c[8] = {0};
    struct card of = {.id = 0, .section = 1, .public_at = INT64_C(4000000000) * SECOND_US};
    struct cards ignored;
    int64_t topic = subject_number(r, SUBJECT_TOPIC, "ferries"),
            person = subject_number(r, SUBJECT_AUTHOR, "bo-ek"),
            place = subject_number(r, SUBJECT_PLACE, "port-senna");
    struct story_subject about = {.id = topic};
    struct story one = {.card.id = 1, .topics = &about, .topic_count = 1};
    size_t found = 0;

    read_now(r, &x);
    CHECK_OK(stories_latest(&x, TIME_NEVER, 100, &c[0]));
    CHECK_OK(stories_of_section(&x, 1, TIME_NEVER, 100, &c[1]));
    CHECK_OK(stories_of_subject(&x, topic, TIME_NEVER, 100, &c[2]));
    CHECK_OK(stories_of_subject(&x, person, TIME_NEVER, 100, &c[3]));
    CHECK_OK(stories_of_day(&x, T0 - DAY_US, T0 + DAY_US, 100, &c[4]));
    CHECK_OK(stories_related(&x, &one, 100, &c[5]));
    CHECK_OK(story_neighbours(&x, &of, &c[6], &ignored));
    CHECK_OK(stories_of_subject(&x, place, TIME_NEVER, 100, &c[7]));
    *until = x.until;
    reading_end(&x);
    for (size_t i = 0; i < LENGTH(c); i++)
        for (size_t j = 0; j < c[i].n; j++)
            found += c[i].v[j].id == id;
    return found;
}

static err seen_at(struct room *r, str path, int64_t *until)
{
    struct reading x;
    struct story s = {0};
    str moved = {0};

    read_now(r, &x);

    err e = story_at(&x, path, &s, &moved);

    CHECK(e == OK || s.body.count == 0);
    *until = x.until;
    reading_end(&x);
    return e;
}

TEST(news_shows_a_story_from_its_moment_to_its_end_and_to_the_microsecond)
{
    struct room r = room_open(t);
    struct draft d = draft_of(t, "Ferry sails");
    int64_t other = write_one(&r, "Number one"), until;

    CHECK_INT(other, 1); /* the one that is related */
    d.expiry_at = T0 + 20 * SECOND_US;

    int64_t id = written(&r, &d);

    CHECK_INT(lists_with(&r, id, &until), 0);
    CHECK(until == TIME_NEVER);
    CHECK_OK(publish(&r, id, T0 + 10 * SECOND_US));

    str path = story_of(&r, id).card.path;

    CHECK_STR(path, S("/news/2023/11/14/ferry-sails"));
    CHECK_INT(lists_with(&r, id, &until), 0);
    CHECK_INT(until, T0 + 10 * SECOND_US);
    CHECK_ERR(seen_at(&r, path, &until), E_MISSING);
    CHECK_INT(until, T0 + 10 * SECOND_US);

    clock_set(&t->clock, T0 + 10 * SECOND_US - 1);
    CHECK_INT(lists_with(&r, id, &until), 0);
    CHECK_ERR(seen_at(&r, path, &until), E_MISSING);

    clock_set(&t->clock, T0 + 10 * SECOND_US); /* and nobody has moved it yet */
    CHECK_INT(lists_with(&r, id, &until), 8);
    CHECK_INT(until, T0 + 20 * SECOND_US);
    CHECK_OK(seen_at(&r, path, &until));
    CHECK_INT(until, T0 + 20 * SECOND_US);

    clock_set(&t->clock, T0 + 20 * SECOND_US - 1);
    CHECK_INT(lists_with(&r, id, &until), 8);
    clock_set(&t->clock, T0 + 20 * SECOND_US);
    CHECK_INT(lists_with(&r, id, &until), 0);
    CHECK(until == TIME_NEVER);
    CHECK_ERR(seen_at(&r, path, &until), E_GONE);
    room_close(&r);
}

/* A clock that is set back hides nothing that readers have, and shows nothing that is to come. */
TEST(news_stays_out_when_the_clock_goes_back)
{
    struct room r = room_open(t);
    int64_t until;

    CHECK_INT(write_one(&r, "Number one"), 1); /* the one that is related */
    clock_set(&t->clock, T0 + HOUR_US);

    int64_t out = live_one(&r, "Ferry sails");
    str path = story_of(&r, out).card.path;

    clock_set(&t->clock, T0);
    CHECK_INT(lists_with(&r, out, &until), 8);
    CHECK_OK(seen_at(&r, path, &until));

    struct draft d = draft_of(t, "Ferry sails again");
    int64_t held = written(&r, &d);

    CHECK_OK(publish(&r, held, T0 + HOUR_US / 2));
    path = story_of(&r, held).card.path;
    CHECK_INT(lists_with(&r, held, &until), 0);
    CHECK_ERR(seen_at(&r, path, &until), E_MISSING);
    CHECK_INT(until, T0 + HOUR_US / 2);
    CHECK_INT(lists_with(&r, out, &until), 8);
    clock_set(&t->clock, T0 + HOUR_US / 2);
    CHECK_OK(seen_at(&r, path, &until));
    room_close(&r);
}

TEST(news_takes_down_what_is_withdrawn_or_killed_from_every_list)
{
    static const enum verb ways[] = {WITHDRAW, KILL};
    struct room r = room_open(t);
    int64_t until;

    CHECK_INT(write_one(&r, "Number one"), 1);
    for (size_t i = 0; i < LENGTH(ways); i++) {
        int64_t id = live_one(&r, "Ferry sails");
        str path = story_of(&r, id).card.path;

        CHECK_INT(lists_with(&r, id, &until), 8);
        CHECK_OK(act(&r, &(struct act){.verb = ways[i], .story = id, .reason = S("wrong")}));
        CHECK_INT(lists_with(&r, id, &until), 0);
        CHECK_ERR(seen_at(&r, path, &until), E_GONE);
    }
    room_close(&r);
}

/* --- addresses --- */

TEST(news_tells_same_headlines_of_a_day_apart)
{
    struct room r = room_open(t);
    str last = {0};

    CHECK_STR(story_of(&r, live_one(&r, "Ferry sails")).card.path,
              S("/news/2023/11/14/ferry-sails"));
    CHECK_STR(story_of(&r, live_one(&r, "Ferry: sails!")).card.path,
              S("/news/2023/11/14/ferry-sails-2"));

    int64_t id = live_one(&r, "東京");

    CHECK_STR(story_of(&r, id).card.path,
              str_fmt(t->arena, "/news/2023/11/14/%lld", (long long)id));
    clock_set(&t->clock, T0 + DAY_US);
    CHECK_STR(story_of(&r, live_one(&r, "Ferry sails")).card.path,
              S("/news/2023/11/15/ferry-sails"));
    for (int i = 0; i < 40; i++) { /* as many as come */
        id = live_one(&r, "News in brief");
        CHECK(!str_eq(last, story_of(&r, id).card.path));
        last = story_of(&r, id).card.path;
    }
    CHECK_STR(last, str_fmt(t->arena, "/news/2023/11/15/news-in-brief-%lld", (long long)id));
    room_close(&r);
}

TEST(news_puts_a_story_on_the_papers_own_day)
{
    struct room r = room_open(t);

    CHECK_OK(act(&r, &(struct act){.verb = SETTING, .reason = S("Pacific/Auckland")}));
    CHECK_STR(story_of(&r, live_one(&r, "Ferry sails")).card.path,
              S("/news/2023/11/15/ferry-sails"));
    CHECK_OK(act(&r, &(struct act){.verb = SETTING, .reason = S("America/New_York")}));
    clock_set(&t->clock, T0 + 3 * HOUR_US); /* the 15th in UTC */
    CHECK_STR(story_of(&r, live_one(&r, "Ferry sails")).card.path,
              S("/news/2023/11/14/ferry-sails"));
    room_close(&r);
}

TEST(news_keeps_an_address_when_headline_and_section_change)
{
    struct room r = room_open(t);
    int64_t id = live_one(&r, "Ferry sails"), until;
    struct draft d = draft_of(t, "Ferry sinks");

    d.section = make_sport(&r);
    CHECK_OK(
        act(&r, &(struct act){.verb = REWRITE, .story = id, .kind = VERSION_UPDATE, .text = &d}));

    struct story s = story_of(&r, id);

    CHECK_STR(s.card.path, S("/news/2023/11/14/ferry-sails"));
    CHECK_STR(s.card.headline, S("Ferry sinks"));
    CHECK_INT(s.card.section, d.section);
    CHECK_OK(seen_at(&r, s.card.path, &until));
    room_close(&r);
}

/* --- the verbs --- */

TEST(news_refuses_what_the_states_do_not_allow)
{
    struct room r = room_open(t);
    int64_t id = write_one(&r, "Ferry sails");
    struct draft empty = draft_of(t, "  ");
    struct act no_headline = {.verb = WRITE, .text = &empty};
    struct correction c = {.kind = VERSION_CORRECTION, .reason = S("A name was wrong")};

    CHECK_ERR(act(&r, &no_headline), E_INVALID);
    CHECK_ERR(act(&r, &(struct act){.verb = WITHDRAW, .story = id}), E_CONFLICT);
    CHECK_ERR(act(&r, &(struct act){.verb = CORRECT, .story = id, .correction = &c}), E_CONFLICT);
    CHECK_ERR(publish(&r, 99, 0), E_MISSING);
    CHECK(strstr(t->why.text, "99") != NULL);
    CHECK_ERR(publish(&r, id, -5), E_INVALID);
    CHECK_OK(publish(&r, id, 0));
    CHECK_ERR(publish(&r, id, 0), E_CONFLICT);
    c.reason = S(" ");
    CHECK_ERR(act(&r, &(struct act){.verb = CORRECT, .story = id, .correction = &c}), E_INVALID);
    CHECK_INT(story_of(&r, id).card.version, 1);
    room_close(&r);
}

TEST(news_kills_for_ever)
{
    struct room r = room_open(t);
    struct draft d = draft_of(t, "New words");
    int64_t id = live_one(&r, "Ferry sails");

    CHECK_OK(act(&r, &(struct act){.verb = KILL, .story = id, .reason = S("never")}));
    CHECK_INT(last_event(&r).kind, EVENT_story_killed);
    CHECK_ERR(publish(&r, id, 0), E_GONE);
    CHECK_ERR(publish(&r, id, T0 + DAY_US), E_GONE);
    CHECK_ERR(act(&r, &(struct act){.verb = WITHDRAW, .story = id}), E_GONE);
    CHECK_ERR(act(&r, &(struct act){.verb = KILL, .story = id}), E_GONE);
    CHECK_ERR(act(&r, &(struct act){.verb = REWRITE, .story = id, .text = &d}), E_GONE);
    CHECK_INT(story_of(&r, id).state, STATE_KILLED);
    room_close(&r);
}

TEST(news_brings_a_withdrawn_story_back_to_its_old_place_or_now)
{
    struct room r = room_open(t);
    int64_t shown = live_one(&r, "Ferry sails"), never = write_one(&r, "Later"), until;

    CHECK_OK(publish(&r, never, T0 + DAY_US));
    CHECK_OK(act(&r, &(struct act){.verb = WITHDRAW, .story = shown, .reason = S("x")}));
    CHECK_OK(act(&r, &(struct act){.verb = WITHDRAW, .story = never, .reason = S("x")}));
    clock_set(&t->clock, T0 + HOUR_US);
    CHECK_OK(publish(&r, shown, 0));
    CHECK_OK(publish(&r, never, 0));
    CHECK_INT(story_of(&r, shown).card.public_at, T0);
    CHECK_INT(story_of(&r, never).card.public_at, T0 + HOUR_US);
    CHECK_OK(seen_at(&r, story_of(&r, never).card.path, &until));
    room_close(&r);
}

TEST(news_publishes_nothing_before_its_embargo_ends_or_after_its_time)
{
    struct room r = room_open(t);
    struct draft d = draft_of(t, "Budget");
    int64_t until;

    d.embargo_at = T0 + HOUR_US;

    int64_t id = written(&r, &d);

    CHECK_ERR(publish(&r, id, T0 + HOUR_US - 1), E_CONFLICT);
    CHECK(strstr(t->why.text, "2023-11-14T23:13:20Z") != NULL);
    CHECK_OK(publish(&r, id, 0)); /* as soon as may be */
    CHECK_INT(last_event(&r).kind, EVENT_story_scheduled);
    CHECK_INT(story_of(&r, id).card.public_at, T0 + HOUR_US);
    CHECK_ERR(seen_at(&r, story_of(&r, id).card.path, &until), E_MISSING);
    CHECK_OK(publish(&r, id, T0 + 2 * HOUR_US)); /* later than that is the desk's choice */

    d.embargo_at = 0;
    d.expiry_at = T0 + HOUR_US;
    id = written(&r, &d);
    CHECK_OK(publish(&r, id, 0));
    clock_set(&t->clock, T0 + HOUR_US);
    CHECK_OK(act(&r, &(struct act){.verb = WITHDRAW, .story = id, .reason = S("x")}));
    CHECK_ERR(publish(&r, id, 0), E_CONFLICT);
    room_close(&r);
}

TEST(news_corrects_with_a_new_version_that_keeps_all_else)
{
    struct room r = room_open(t);
    int64_t id = live_one(&r, "Ferry sails"),
            person = subject_number(&r, SUBJECT_AUTHOR, "ann-lee");
    struct correction c = {.kind = VERSION_CORRECTION,
                           .reason = S("An earlier version named the wrong ferry"),
                           .headline = S("Other ferry sails")};
    struct story before = story_of(&r, id);

    clock_set(&t->clock, T0 + HOUR_US);
    CHECK_OK(act(&r, &(struct act){.verb = CORRECT, .story = id, .correction = &c}));
    CHECK_INT(last_event(&r).kind, EVENT_story_corrected);

    struct story s = story_of(&r, id);

    CHECK_INT(s.card.version, 2);
    CHECK_STR(s.card.headline, S("Other ferry sails"));
    CHECK_STR(s.card.standfirst, S("What it means"));
    CHECK_STR(s.card.path, before.card.path);
    CHECK_INT(s.card.public_at, T0);
    CHECK_INT(s.card.changed_at, T0 + HOUR_US);
    CHECK(body_same(&s.body, &before.body));
    CHECK_INT(s.author_count, 2);
    CHECK_INT(s.authors[0].id, person);
    CHECK_STR(s.authors[1].name, S("Bo Ek"));
    CHECK_INT(s.topic_count, 2);
    CHECK_STR(s.topics[1].name, S("東京"));
    CHECK_INT(s.place_count, 1);
    CHECK_STR(s.places[0].slug, S("port-senna"));
    CHECK_STR(s.card.byline, S("Ann Lee and Bo Ek"));
    CHECK_INT(s.correction_count, 1);
    CHECK_STR(s.corrections[0].kind, S("correction"));
    CHECK_STR(s.corrections[0].reason, c.reason);
    CHECK_INT(s.corrections[0].at, T0 + HOUR_US);

    c = (struct correction){.kind = VERSION_CLARIFICATION, .reason = S("It sails on Sundays too")};
    CHECK_OK(act(&r, &(struct act){.verb = CORRECT, .story = id, .correction = &c}));
    CHECK_INT(story_of(&r, id).correction_count, 2);
    CHECK_STR(story_of(&r, id).card.headline, S("Other ferry sails"));
    room_close(&r);
}

/* --- events --- */

TEST(news_tells_of_where_a_story_stood_and_where_it_stands)
{
    static const struct draft_topic harbour = {S_INIT("Harbour"), S_INIT("")};
    static const str cy = S_INIT("Cy Poe");
    struct room r = room_open(t);
    int64_t id = live_one(&r, "Ferry sails");
    struct draft d = draft_of(t, "Ferry sails");
    struct event e = last_event(&r);

    CHECK_INT(e.kind, EVENT_story_published);
    CHECK_INT(e.subject, id);
    CHECK(tag_set_has(&e.tags, tag_of(TAG_story, id)));
    CHECK(tag_set_has(&e.tags, tag_of(TAG_section, 1)));
    CHECK(tag_set_has(&e.tags, tag_of(TAG_latest, 0)));
    CHECK(tag_set_has(&e.tags, tag_of(TAG_day, T0 / DAY_US)));

    d.section = make_sport(&r);
    d.authors = &cy;
    d.author_count = 1;
    d.topics = &harbour;
    d.topic_count = 1;
    CHECK_OK(
        act(&r, &(struct act){.verb = REWRITE, .story = id, .kind = VERSION_UPDATE, .text = &d}));
    e = last_event(&r);
    CHECK_INT(e.kind, EVENT_story_updated);
    CHECK(tag_set_has(&e.tags, tag_of(TAG_section, 1)));
    CHECK(tag_set_has(&e.tags, tag_of(TAG_section, d.section)));
    CHECK(tag_set_has(&e.tags, tag_of(TAG_subject, subject_number(&r, SUBJECT_TOPIC, "ferries"))));
    CHECK(tag_set_has(&e.tags, tag_of(TAG_subject, subject_number(&r, SUBJECT_TOPIC, "harbour"))));
    CHECK(tag_set_has(&e.tags, tag_of(TAG_subject, subject_number(&r, SUBJECT_AUTHOR, "ann-lee"))));
    CHECK(tag_set_has(&e.tags, tag_of(TAG_subject, subject_number(&r, SUBJECT_AUTHOR, "cy-poe"))));
    CHECK(!e.tags.everything);
    room_close(&r);
}

TEST(news_does_not_call_work_on_an_unpublished_story_an_update)
{
    struct room r = room_open(t);
    struct draft d = draft_of(t, "Ferry sails again");
    int64_t id = write_one(&r, "Ferry sails");

    CHECK_OK(
        act(&r, &(struct act){.verb = REWRITE, .story = id, .kind = VERSION_UPDATE, .text = &d}));
    CHECK_INT(last_event(&r).kind, EVENT_story_saved);
    CHECK_OK(act(&r, &(struct act){.verb = ILLUSTRATE, .story = id, .text = &d}));
    CHECK_INT(last_event(&r).kind, EVENT_story_saved);
    CHECK_OK(publish(&r, id, T0 + HOUR_US));
    CHECK_OK(
        act(&r, &(struct act){.verb = REWRITE, .story = id, .kind = VERSION_UPDATE, .text = &d}));
    CHECK_INT(last_event(&r).kind, EVENT_story_saved);
    clock_set(&t->clock, T0 + HOUR_US);
    CHECK_OK(
        act(&r, &(struct act){.verb = REWRITE, .story = id, .kind = VERSION_UPDATE, .text = &d}));
    CHECK_INT(last_event(&r).kind, EVENT_story_updated);
    CHECK_ERR(publish(&r, id, T0 + DAY_US), E_CONFLICT); /* readers see it: it is live */
    room_close(&r);
}

/* --- the clock --- */

TEST(news_moves_what_is_due)
{
    struct room r = room_open(t);
    struct draft d = draft_of(t, "Offer of the day");
    struct act due = {.verb = DUE};

    d.expiry_at = T0 + 2 * HOUR_US;

    int64_t id = written(&r, &d);

    CHECK_OK(publish(&r, id, T0 + HOUR_US));
    CHECK_OK(act(&r, &due));
    CHECK_INT(due.moved, 0);
    clock_set(&t->clock, T0 + HOUR_US);
    CHECK_OK(act(&r, &due));
    CHECK_INT(due.moved, 1);
    CHECK_INT(story_of(&r, id).state, STATE_LIVE);
    CHECK_INT(last_event(&r).kind, EVENT_story_published);
    CHECK_OK(act(&r, &due));
    CHECK_INT(due.moved, 0);
    clock_set(&t->clock, T0 + 2 * HOUR_US);
    CHECK_OK(act(&r, &due));
    CHECK_INT(due.moved, 1);
    CHECK_INT(story_of(&r, id).state, STATE_WITHDRAWN);
    CHECK_INT(last_event(&r).kind, EVENT_story_expired);
    room_close(&r);
}

/* --- lists --- */

/* Every story, by going on from the last of each page. */
static size_t paged_through(struct room *r, size_t a_page)
{
    struct test *t = r->t;
    struct reading x;
    struct cards c = {0};
    int64_t before = TIME_NEVER;
    size_t all = 0;

    read_now(r, &x);
    do {
        CHECK_OK(stories_of_section(&x, 1, before, a_page, &c));
        all += c.n;
        before = c.n > 0 ? c.v[c.n - 1].public_at : 0;
    } while (c.n > 0);
    reading_end(&x);
    return all;
}

TEST(news_loses_no_story_between_pages_when_many_come_at_once)
{
    struct room r = room_open(t);
    int64_t last;

    for (int i = 0; i < 25; i++)
        (void)live_one(&r, "Ferry sails");
    CHECK_INT(paged_through(&r, 10), 25);
    for (int i = 0; i < 10; i++) { /* a second that is over */
        last = write_one(&r, "Old ferry");
        CHECK_OK(publish(&r, last, T0 - DAY_US));
    }
    CHECK_INT(paged_through(&r, 10), 35);
    CHECK_INT(story_of(&r, last).card.public_at, T0 - DAY_US + 9);
    for (int i = 0; i < 10; i++) {
        last = write_one(&r, "Embargoed ferry");
        CHECK_OK(publish(&r, last, T0 + DAY_US));
    }
    CHECK_INT(story_of(&r, last).card.public_at, T0 + DAY_US + 9);
    CHECK_OK(publish(&r, last, T0 + DAY_US + 9)); /* its own moment is not taken */
    CHECK_INT(story_of(&r, last).card.public_at, T0 + DAY_US + 9);
    CHECK_INT(paged_through(&r, 10), 35);
    clock_set(&t->clock, T0 + DAY_US + 9);
    CHECK_INT(paged_through(&r, 10), 45);
    room_close(&r);
}

TEST(news_finds_neighbours_and_relations)
{
    struct room r = room_open(t);
    int64_t id[3];
    struct cards before, after, related;

    for (int i = 0; i < 3; i++) {
        clock_set(&t->clock, T0 + i * HOUR_US);
        id[i] = live_one(&r, "Ferry sails");
    }

    struct story s = story_of(&r, id[1]);
    struct reading x;

    read_now(&r, &x);
    CHECK_OK(story_neighbours(&x, &s.card, &before, &after));
    CHECK_INT(before.n, 1);
    CHECK_INT(before.v[0].id, id[0]);
    CHECK_INT(after.n, 1);
    CHECK_INT(after.v[0].id, id[2]);
    CHECK_OK(stories_related(&x, &s, 5, &related));
    CHECK_INT(related.n, 2);
    CHECK_INT(related.v[0].id, id[2]);
    CHECK_OK(stories_latest(&x, T0 + 2 * HOUR_US, 5, &related));
    CHECK_INT(related.n, 2);
    CHECK_INT(related.v[0].id, id[1]);
    reading_end(&x);
    room_close(&r);
}

TEST(news_relates_by_most_topics_then_the_newest)
{
    struct room r = room_open(t);
    struct draft one_topic = draft_of(t, "Ferry sails");
    struct cards related;
    struct reading x;
    int64_t id[5];

    one_topic.topic_count = 1;
    for (int i = 0; i < 5; i++) {
        clock_set(&t->clock, T0 + i * HOUR_US);
        id[i] = i % 2 ? written(&r, &one_topic) : write_one(&r, "Ferry sinks");
        CHECK_OK(publish(&r, id[i], 0));
    }

    struct story s = story_of(&r, id[4]);

    read_now(&r, &x);
    CHECK_OK(stories_related(&x, &s, 3, &related));
    CHECK_INT(related.n, 3);
    CHECK_INT(related.v[0].id, id[2]);
    CHECK_INT(related.v[1].id, id[0]);
    CHECK_INT(related.v[2].id, id[3]);
    reading_end(&x);
    room_close(&r);
}

TEST(news_relations_and_topics_look_past_what_is_not_public)
{
    struct room r = room_open(t);
    int64_t old = live_one(&r, "Ferry sails"), taken = live_one(&r, "Ferry sinks");
    int64_t asked = live_one(&r, "Ferry returns");
    struct act withdraw = {.verb = WITHDRAW, .story = taken};
    struct cards related, about, by;
    struct reading x;
    struct story s;

    CHECK_OK(act(&r, &withdraw));
    for (int i = 0; i < 100; i++) /* copy that nobody has published */
        (void)write_one(&r, "Ferry rumour");
    s = story_of(&r, asked);
    read_now(&r, &x);
    CHECK_OK(stories_related(&x, &s, 5, &related));
    CHECK_INT(related.n, 1);
    CHECK_INT(related.v[0].id, old);
    CHECK_OK(stories_of_subject(&x, s.topics[0].id, T0 + DAY_US, 5, &about));
    CHECK_INT(about.n, 2);
    CHECK_OK(stories_of_subject(&x, s.authors[0].id, T0 + DAY_US, 5, &by));
    CHECK_INT(by.n, 2);
    reading_end(&x);
    room_close(&r);
}

TEST(news_takes_a_topic_whose_code_another_has)
{
    static const struct draft_topic named[] = {{S_INIT("Railways"), S_INIT("medtop:1")},
                                               {S_INIT("Rail"), S_INIT("")}, /* each alone */
                                               {S_INIT("Rail"), S_INIT("medtop:1")}};
    struct room r = room_open(t);
    struct draft text = draft_of(t, "Ferry sails");

    for (size_t i = 0; i < LENGTH(named); i++) {
        text.topics = &named[i];
        text.topic_count = 1;
        CHECK_STR(story_of(&r, written(&r, &text)).topics[0].name, named[i].name);
    }
    room_close(&r);
}

TEST(news_ties_a_day_of_the_paper_to_both_days_of_the_calendar)
{
    struct room r = room_open(t);
    struct reading x;
    struct cards c;
    int64_t day = T0 / DAY_US;

    read_now(&r, &x);
    CHECK_OK(
        stories_of_day(&x, day * DAY_US - 2 * HOUR_US, (day + 1) * DAY_US - 2 * HOUR_US, 10, &c));
    CHECK(tag_set_has(&x.tags, tag_of(TAG_day, day - 1)));
    CHECK(tag_set_has(&x.tags, tag_of(TAG_day, day)));
    reading_end(&x);
    room_close(&r);
}
