/* Who is told what on a device, and once. */
#include "live/push.h"

#include "news/breaking.h"
#include "news/desk.h"
#include "news/outbox.h"
#include "news/test_room.h"
#include "store/sql.h"

#define P256DH                                                                                     \
    S_INIT("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAi" \
           "w4")
#define AUTH S_INIT("BTBZMqHH6r4Tts7J_aSIgg")

enum { NEWS = 1 };

enum verb {
    SECTION,
    ADD,
    REMOVE,
    WRITE,
    PUBLISH,
    CORRECT,
    KILL,
    WITHDRAW,
    DUE,
    BREAK,
    CHANGE,
    QUEUE
};

struct act {
    enum verb verb;
    int64_t story, at, section;
    const struct push_device *device;
    const struct event *event;
    struct test *t;
};

static err do_act(arena *a, store_conn *w, void *of, note *why)
{
    struct act *x = of;
    struct desk d = {a, w, clock_now(&x->t->clock)};
    struct draft text = {.section = x->section, .headline = S("Herring"), .language = S("en")};
    struct breaking_words words = {x->story, S("The wall has held"), 60, false};
    struct correction mended = {.kind = VERSION_CORRECTION, .reason = S("It was cod.")};
    struct sql_section_put made;
    size_t moved;
    int64_t id;

    switch (x->verb) {
    case SECTION:
        TRY(sql_section_put(a, w, S("sport"), S("Sport"), S(""), 2, false, &made));
        x->section = made.section;
        return OK;
    case ADD:
        return push_add(a, w, x->device, d.now, why);
    case REMOVE:
        return push_remove(w, x->device->endpoint);
    case WRITE:
        return desk_write(&d, &text, &x->story, why);
    case PUBLISH:
        return desk_publish(&d, x->story, x->at, why);
    case CORRECT:
        return desk_correct(&d, x->story, &mended, why);
    case KILL:
        return desk_kill(&d, x->story, S("wrong"), why);
    case WITHDRAW:
        return desk_withdraw(&d, x->story, S(""), why);
    case DUE:
        return desk_due(&d, &moved, why);
    case BREAK:
        return breaking_tell(&d, &words, &id, why);
    case CHANGE:
        words.words = S("The wall has broken");
        words.corrects = true;
        return breaking_change(&d, 1, &words, why);
    case QUEUE:
    default:
        return push_queue(a, w, x->event, d.now);
    }
}

static err act(struct room *r, struct act x)
{
    x.t = r->t;
    return store_write(r->s, do_act, &x, r->t->arena, &r->t->why);
}

static int64_t make(struct room *r, struct act x)
{
    struct test *t = r->t;

    x.t = t;
    CHECK_OK(store_write(r->s, do_act, &x, t->arena, &t->why));
    return x.verb == SECTION ? x.section : x.story;
}

static struct push_device device_at(const char *endpoint, bool breaking, int64_t section)
{
    return (struct push_device){.endpoint = str_c(endpoint),
                                .p256dh = P256DH,
                                .auth = AUTH,
                                .breaking = breaking,
                                .sections = {section},
                                .section_n = section > 0};
}

static err add(struct room *r, const char *endpoint, bool breaking, int64_t section)
{
    struct push_device d = device_at(endpoint, breaking, section);

    return act(r, (struct act){.verb = ADD, .device = &d});
}

/* What the follower would do with the newest event; gives how many wait, who are sent at once. */
static size_t tell_newest(struct room *r, struct event *out)
{
    struct test *t = r->t;
    struct sql_outbox_due_rows due;
    size_t n = 0;

    CHECK_OK(event_at(t->arena, r->c, store_last_event(r->s), out));
    if (push_is_wanted(t->arena, r->c, out, clock_now(&t->clock)))
        for (int twice = 0; twice < 2; twice++)
            CHECK_OK(act(r, (struct act){.verb = QUEUE, .event = out}));
    CHECK_OK(sql_outbox_due(t->arena, r->c, OUTBOX_PUSH, clock_now(&t->clock), 100, &due));
    for (size_t i = 0; i < due.n; i++)
        n += due.v[i].event == out->id;
    return n;
}

static size_t told(struct room *r)
{
    struct event e;

    return tell_newest(r, &e);
}

/* The word for the newest event, for a device that has chosen breaking news or has not. */
static err word(struct room *r, bool breaking, struct push_word *out)
{
    struct test *t = r->t;
    struct tongue english = {0};
    struct push_teller paper = {S("The Fathom"), &english};
    struct reading reading;
    struct event e;
    err got;

    CHECK_OK(event_at(t->arena, r->c, store_last_event(r->s), &e));
    CHECK_OK(reading_begin(&reading, t->arena, r->c, (struct viewer){VIEWER_PUBLIC}, OUTLET_PUSH,
                           clock_now(&t->clock)));
    got = push_word(&reading, &e, &paper, breaking, out);
    reading_end(&reading);
    return got;
}

static void check_word(struct room *r, bool breaking, const char *json)
{
    struct test *t = r->t;
    struct push_word w;

    CHECK_OK(word(r, breaking, &w));
    CHECK_STR(w.json, str_c(json));
}

TEST(push_takes_what_a_browser_gives_and_sections_of_the_menu)
{
    struct room r = room_open(t);
    struct push_device many = device_at("https://push.example/many", false, NEWS);

    CHECK_OK(add(&r, "https://push.example/a", true, 0));
    CHECK_OK(add(&r, "https://push.example/a", false, NEWS));
    CHECK_ERR(add(&r, "https://push.example/b", false, 0), E_INVALID);
    CHECK_ERR(add(&r, "https://push.example/b", true, 77), E_INVALID);
    CHECK_ERR(add(&r, "http://push.example/b", true, 0), E_INVALID);
    for (many.section_n = 0; many.section_n < PUSH_SECTIONS_MAX;)
        many.sections[many.section_n++] = NEWS;
    CHECK_OK(act(&r, (struct act){.verb = ADD, .device = &many})); /* again and again: once */
    room_close(&r);
}

TEST(push_tells_a_new_story_once_to_those_that_chose_its_section)
{
    struct room r = room_open(t);
    int64_t sport = make(&r, (struct act){.verb = SECTION}), story;

    CHECK_OK(add(&r, "https://push.example/news", false, NEWS));
    CHECK_OK(add(&r, "https://push.example/sport", false, sport));
    CHECK_OK(add(&r, "https://push.example/breaking", true, 0));
    story = make(&r, (struct act){.verb = WRITE, .section = sport});
    CHECK_INT(told(&r), 0);
    CHECK_OK(act(&r, (struct act){.verb = PUBLISH, .story = story}));
    CHECK_INT(told(&r), 1);
    check_word(&r, false,
               "{\"tag\":\"story-1\",\"title\":\"The Fathom · Sport\",\"body\":\"Herring\","
               "\"path\":\"/sport/2023/11/14/herring\",\"silent\":false}");
    CHECK_OK(act(&r, (struct act){.verb = CORRECT, .story = story}));
    CHECK_INT(told(&r), 1);
    check_word(&r, false,
               "{\"tag\":\"story-1\",\"title\":\"The Fathom · Sport\",\"body\":\"Corrected: "
               "Herring\",\"path\":\"/sport/2023/11/14/herring\",\"silent\":true}");
    CHECK_OK(act(&r, (struct act){.verb = WITHDRAW, .story = story}));
    CHECK_INT(told(&r), 1);
    check_word(&r, false,
               "{\"tag\":\"story-1\",\"title\":\"The Fathom · Sport\",\"body\":\"We have taken "
               "this news back.\",\"path\":\"/\",\"silent\":true}");
    CHECK_OK(act(&r, (struct act){.verb = PUBLISH, .story = story}));
    CHECK_INT(told(&r), 0); /* back, but not new */
    room_close(&r);
}

TEST(push_tells_nothing_that_is_old_or_not_yet_public)
{
    struct room r = room_open(t);
    int64_t old = make(&r, (struct act){.verb = WRITE, .section = NEWS}),
            later = make(&r, (struct act){.verb = WRITE, .section = NEWS});
    struct push_word w;

    CHECK_OK(add(&r, "https://push.example/news", false, NEWS));
    CHECK_OK(act(&r, (struct act){.verb = PUBLISH, .story = old, .at = T0 - 25 * HOUR_US}));
    CHECK_INT(told(&r), 0); /* as from an archive that was taken in */
    CHECK_OK(act(&r, (struct act){.verb = PUBLISH, .story = later, .at = T0 + HOUR_US}));
    CHECK_INT(told(&r), 0);
    clock_set(&t->clock, T0 + 2 * HOUR_US);
    CHECK_OK(act(&r, (struct act){.verb = DUE}));
    CHECK_INT(told(&r), 1);
    CHECK_OK(word(&r, false, &w));
    CHECK_OK(act(&r, (struct act){.verb = KILL, .story = later}));
    clock_set(&t->clock, T0 + 48 * HOUR_US);
    CHECK_INT(told(&r), 0); /* too late */
    room_close(&r);
}

TEST(push_says_nothing_of_a_story_that_went_before_it_was_sent)
{
    struct room r = room_open(t);
    int64_t story = make(&r, (struct act){.verb = WRITE, .section = NEWS});
    struct tongue english = {0};
    struct reading reading;
    struct push_word w;
    struct event e;

    CHECK_OK(add(&r, "https://push.example/news", false, NEWS));
    CHECK_OK(act(&r, (struct act){.verb = PUBLISH, .story = story}));
    CHECK_INT(tell_newest(&r, &e), 1);
    CHECK_OK(act(&r, (struct act){.verb = KILL, .story = story}));
    CHECK_OK(reading_begin(&reading, t->arena, r.c, (struct viewer){VIEWER_PUBLIC}, OUTLET_PUSH,
                           clock_now(&t->clock)));
    CHECK_ERR(push_word(&reading, &e, &(struct push_teller){S("x"), &english}, false, &w), E_GONE);
    reading_end(&reading);
    room_close(&r);
}

TEST(push_has_one_place_for_a_story_that_is_breaking_news)
{
    struct room r = room_open(t);
    int64_t story = make(&r, (struct act){.verb = WRITE, .section = NEWS});
    struct push_device gone = device_at("https://push.example/gone", true, NEWS);

    CHECK_OK(add(&r, "https://push.example/both", true, NEWS));
    CHECK_OK(add(&r, "https://push.example/news", false, NEWS));
    CHECK_OK(act(&r, (struct act){.verb = ADD, .device = &gone}));
    CHECK_OK(act(&r, (struct act){.verb = REMOVE, .device = &gone}));
    CHECK_OK(act(&r, (struct act){.verb = PUBLISH, .story = story}));
    CHECK_INT(told(&r), 2);
    CHECK_OK(act(&r, (struct act){.verb = BREAK, .story = story}));
    CHECK_INT(told(&r), 1);
    check_word(&r, true,
               "{\"tag\":\"breaking-1\",\"instead\":\"story-1\",\"title\":\"The Fathom\","
               "\"body\":\"The wall has held\",\"path\":\"/news/2023/11/14/herring\",\"silent\":"
               "false}");
    CHECK_OK(act(&r, (struct act){.verb = CHANGE, .story = story}));
    CHECK_INT(told(&r), 1);
    check_word(&r, true,
               "{\"tag\":\"breaking-1\",\"instead\":\"story-1\",\"title\":\"The Fathom\","
               "\"body\":\"Corrected: The wall has broken\",\"path\":\"/news/2023/11/14/herring\","
               "\"silent\":true}");
    clock_set(&t->clock, T0 + 1);
    CHECK_OK(add(&r, "https://push.example/new", false, NEWS)); /* it was told nothing */
    CHECK_OK(act(&r, (struct act){.verb = KILL, .story = story}));
    CHECK_INT(told(&r), 2);
    check_word(&r, true,
               "{\"tag\":\"breaking-1\",\"instead\":\"story-1\",\"title\":\"The Fathom\","
               "\"body\":\"We have taken this news back.\",\"path\":\"/\",\"silent\":true}");
    check_word(&r, false,
               "{\"tag\":\"story-1\",\"title\":\"The Fathom · News\",\"body\":\"We have taken "
               "this news back.\",\"path\":\"/\",\"silent\":true}");
    room_close(&r);
}
