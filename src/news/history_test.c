/* What a story said before, stars, who made it, what is tied to it: on a real store. */
#include "news/history.h"

#include "news/desk.h"
#include "news/origin.h"
#include "news/test_room.h"

enum verb { WRITE, REWRITE, PUBLISH, WITHDRAW, KILL, LABEL, TIE, HIDE, SHOW };

struct act {
    enum verb verb;
    int64_t story, other;
    str words, value;
    enum version_kind kind;
    struct test *t;
};

static struct draft draft_saying(struct test *t, str words)
{
    struct body_builder *w = body_builder_new(t->arena);
    struct draft d = {.section = 1, .headline = words, .language = S("en")};

    body_text(w, words, 0, (str){0}, (str){0});
    CHECK_OK(body_done(w, &d.body, &t->why));
    return d;
}

static err do_act(arena *a, store_conn *w, void *of, note *why)
{
    struct act *x = of;
    struct desk d = {a, w, clock_now(&x->t->clock)};
    struct draft text;

    switch (x->verb) {
    case WRITE:
        text = draft_saying(x->t, x->words);
        return desk_write(&d, &text, &x->story, why);
    case REWRITE:
        text = draft_saying(x->t, x->words);
        return desk_rewrite(&d, x->story, x->kind, x->value, &text, why);
    case PUBLISH:
        return desk_publish(&d, x->story, x->other, why);
    case WITHDRAW:
        return desk_withdraw(&d, x->story, S(""), why);
    case KILL:
        return desk_kill(&d, x->story, S(""), why);
    case LABEL:
        return desk_label(&d, x->story, x->words, x->value, why);
    case TIE:
        return desk_tie(&d, x->story, x->other, 0, why);
    case HIDE:
    case SHOW:
    default:
        return desk_hide(&d, x->story, (int)x->other, x->verb == HIDE, x->value, why);
    }
}

static err act(struct room *r, struct act x, int64_t *story)
{
    x.t = r->t;
    clock_set(&r->t->clock, clock_now(&r->t->clock) + MINUTE_US);

    err e = store_write(r->s, do_act, &x, r->t->arena, &r->t->why);

    if (story != NULL)
        *story = x.story;
    return e;
}

static int64_t live(struct room *r, const char *words)
{
    struct test *t = r->t;
    int64_t story;

    CHECK_OK(act(r, (struct act){.verb = WRITE, .words = str_c(words)}, &story));
    CHECK_OK(act(r, (struct act){.verb = PUBLISH, .story = story}, NULL));
    return story;
}

static err rewrite(struct room *r, int64_t story, enum version_kind kind, const char *words)
{
    return act(r,
               (struct act){.verb = REWRITE,
                            .story = story,
                            .kind = kind,
                            .words = str_c(words),
                            .value = S("we were told more")},
               NULL);
}

static void begin(struct room *r, struct reading *x)
{
    struct test *t = r->t;

    CHECK_OK(reading_begin(x, t->arena, r->c, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE,
                           clock_now(&t->clock)));
}

static struct story story_of(struct room *r, int64_t id)
{
    struct test *t = r->t;
    struct reading x;
    struct story s;

    begin(r, &x);
    CHECK_OK(story_by_id(&x, id, &s));
    reading_end(&x);
    return s;
}

static struct story_versions history_of(struct room *r, int64_t id, size_t many)
{
    struct test *t = r->t;
    struct reading x;
    struct story s;
    struct story_versions all;

    begin(r, &x);
    CHECK_OK(story_by_id(&x, id, &s));
    CHECK_OK(story_history(&x, &s, many, &all));
    CHECK(tag_set_has(&x.tags, tag_of(TAG_story, id)));
    reading_end(&x);
    return all;
}

static str words_of(struct test *t, const struct story_version *v)
{
    return body_opening(t->arena, &v->body, 100);
}

TEST(history_has_only_versions_that_readers_could_have)
{
    struct room r = room_open(t);
    struct story_versions all;
    int64_t story;

    CHECK_OK(act(&r, (struct act){.verb = WRITE, .words = S("a draft")}, &story));
    CHECK_OK(rewrite(&r, story, VERSION_EDIT, "another draft"));
    CHECK_OK(act(&r, (struct act){.verb = PUBLISH, .story = story}, NULL));
    CHECK_OK(rewrite(&r, story, VERSION_UPDATE, "news"));
    CHECK_OK(rewrite(&r, story, VERSION_CORRECTION, "right news"));

    all = history_of(&r, story, 10);
    CHECK_INT(all.n, 3);
    CHECK(!all.has_more);
    CHECK_INT(all.v[0].number, 4);
    CHECK_STR(all.v[0].kind, S("correction"));
    CHECK_STR(all.v[0].reason, S("we were told more"));
    CHECK_STR(words_of(t, &all.v[1]), S("news"));
    CHECK_STR(words_of(t, &all.v[2]), S("another draft"));
    CHECK(all.v[2].at < all.v[1].at && all.v[1].at < all.v[0].at);
    CHECK_INT(story_of(&r, story).versions, 3);

    all = history_of(&r, story, 2);
    CHECK_INT(all.n, 2);
    CHECK(all.has_more);
    room_close(&r);
}

TEST(history_of_a_scheduled_story_begins_with_what_was_there_when_its_time_came)
{
    struct room r = room_open(t);
    struct story_versions all;
    int64_t story;

    CHECK_OK(act(&r, (struct act){.verb = WRITE, .words = S("too early")}, &story));
    CHECK_OK(act(&r, (struct act){.verb = PUBLISH, .story = story, .other = T0 + HOUR_US}, NULL));
    CHECK_OK(rewrite(&r, story, VERSION_UPDATE, "in time"));
    clock_set(&t->clock, T0 + 2 * HOUR_US);
    all = history_of(&r, story, 10);
    CHECK_INT(all.n, 1);
    CHECK_STR(words_of(t, &all.v[0]), S("in time"));
    CHECK_INT(all.v[0].at, T0 + HOUR_US);
    CHECK_OK(rewrite(&r, story, VERSION_UPDATE, "later")); /* nobody has moved it to live yet */
    CHECK_INT(history_of(&r, story, 10).n, 2);
    room_close(&r);
}

TEST(history_never_shows_again_what_was_taken_down)
{
    struct room r = room_open(t);
    int64_t story = live(&r, "what a court forbade");
    struct story_versions all;

    CHECK_OK(act(&r, (struct act){.verb = WITHDRAW, .story = story}, NULL));
    CHECK_OK(rewrite(&r, story, VERSION_EDIT, "what may be said"));
    CHECK_OK(act(&r, (struct act){.verb = PUBLISH, .story = story}, NULL));
    all = history_of(&r, story, 10);
    CHECK_INT(all.n, 2);
    CHECK(all.v[1].is_hidden);
    CHECK_INT(all.v[1].headline.n + all.v[1].body.count, 0);
    CHECK_STR(words_of(t, &all.v[0]), S("what may be said"));

    /* taken down and put back as it was: nothing is hidden by that */
    story = live(&r, "a mistake of the desk");
    CHECK_OK(act(&r, (struct act){.verb = WITHDRAW, .story = story}, NULL));
    CHECK_OK(act(&r, (struct act){.verb = PUBLISH, .story = story}, NULL));
    CHECK(!history_of(&r, story, 10).v[0].is_hidden);
    room_close(&r);
}

TEST(history_hides_a_version_and_shows_it_again)
{
    struct room r = room_open(t);
    int64_t story = live(&r, "a private address");
    struct act hide = {.verb = HIDE, .story = story, .other = 1, .value = S("a person's address")};
    struct story_versions all;

    CHECK_ERR(act(&r, hide, NULL), E_CONFLICT);
    CHECK_OK(rewrite(&r, story, VERSION_EDIT, "no address"));
    CHECK_OK(act(&r, hide, NULL));
    all = history_of(&r, story, 10);
    CHECK(all.v[1].is_hidden);
    CHECK_STR(all.v[1].hidden_reason, S("a person's address"));
    CHECK_INT(all.v[1].headline.n + all.v[1].body.count, 0);
    hide.other = 7;
    CHECK_ERR(act(&r, hide, NULL), E_MISSING);
    CHECK_OK(act(&r, (struct act){.verb = SHOW, .story = story, .other = 1}, NULL));
    CHECK_STR(words_of(t, &history_of(&r, story, 10).v[1]), S("a private address"));
    room_close(&r);
}

TEST(history_of_a_story_that_is_down_is_not_there)
{
    struct room r = room_open(t);
    int64_t story = live(&r, "here today");
    struct story s = story_of(&r, story);
    struct story_versions all;
    struct reading x;

    CHECK_OK(act(&r, (struct act){.verb = KILL, .story = story}, NULL));
    begin(&r, &x);
    CHECK_ERR(story_history(&x, &s, 10, &all), E_MISSING);
    reading_end(&x);
    room_close(&r);
}

static struct correction_lines corrections(struct room *r, struct reading *x)
{
    struct test *t = r->t;
    struct correction_lines all;

    begin(r, x);
    CHECK_OK(corrections_latest(x, T0, TIME_NEVER, 10, &all));
    reading_end(x);
    return all;
}

TEST(corrections_of_the_paper_are_those_of_stories_that_are_there)
{
    struct room r = room_open(t);
    int64_t one = live(&r, "one"), two = live(&r, "two"), draft;
    struct correction_lines all;
    struct reading x;

    CHECK_OK(act(&r, (struct act){.verb = WRITE, .words = S("draft")}, &draft));
    CHECK_OK(rewrite(&r, draft, VERSION_CORRECTION, "still a draft"));
    CHECK_OK(rewrite(&r, one, VERSION_CORRECTION, "one, righter"));
    CHECK_OK(rewrite(&r, one, VERSION_UPDATE, "one, newer"));
    CHECK_OK(rewrite(&r, two, VERSION_CLARIFICATION, "two, clearer"));
    all = corrections(&r, &x);
    CHECK_INT(all.n, 2);
    CHECK_STR(all.v[0].kind, S("clarification"));
    CHECK_STR(all.v[0].headline, S("two, clearer"));
    CHECK_STR(all.v[1].headline, S("one, newer"));
    CHECK(tag_set_has(&x.tags, tag_of(TAG_latest, 0)));

    CHECK_OK(act(&r, (struct act){.verb = WITHDRAW, .story = two}, NULL));
    CHECK_INT(corrections(&r, &x).n, 1);
    CHECK_INT(story_of(&r, one).correction_count, 1);
    room_close(&r);
}

static err label(struct room *r, int64_t story, const char *field, const char *value)
{
    return act(
        r,
        (struct act){.verb = LABEL, .story = story, .words = str_c(field), .value = str_c(value)},
        NULL);
}

TEST(label_takes_what_it_can_be)
{
    struct room r = room_open(t);
    int64_t story = live(&r, "a play");
    struct story s;
    static const struct {
        const char *field, *value;
    } bad[] = {{"rating", "5.5"}, {"rating", "-1"},        {"rating", "3.25"}, {"rating", "good"},
               {"origin", "me"},  {"headline", "another"}, {"related", "99"},  {"related", "x"}};

    CHECK(!story_of(&r, story).is_rated);
    CHECK_OK(label(&r, story, "rating", "3.5"));
    CHECK_OK(label(&r, story, "reviewed", "Hamlet, Old Mill"));
    CHECK_OK(label(&r, story, "origin", "contributor"));
    for (size_t i = 0; i < LENGTH(bad); i++)
        CHECK(label(&r, story, bad[i].field, bad[i].value) != OK);
    s = story_of(&r, story);
    CHECK(s.is_rated);
    CHECK_INT(s.half_stars, 7);
    CHECK_STR(s.reviewed, S("Hamlet, Old Mill"));
    CHECK_INT(origin_of(s.origin), ORIGIN_CONTRIBUTOR);
    CHECK_INT(s.card.version, 1);

    CHECK_OK(rewrite(&r, story, VERSION_UPDATE, "a play, again")); /* says nothing of stars */
    CHECK_INT(story_of(&r, story).half_stars, 7);
    CHECK_OK(label(&r, story, "rating", "0"));
    s = story_of(&r, story);
    CHECK(s.is_rated && s.half_stars == 0);
    CHECK_OK(label(&r, story, "rating", "none"));
    CHECK(!story_of(&r, story).is_rated);
    room_close(&r);
}

TEST(label_ties_stories_in_order_and_the_gate_decides)
{
    struct room r = room_open(t);
    int64_t one = live(&r, "one"), two = live(&r, "two"), three = live(&r, "three");
    struct cards tied;
    struct reading x;
    struct story s;
    str both = str_fmt(t->arena, "%lld, %lld", (long long)three, (long long)two);

    CHECK_OK(label(&r, one, "related", both.p));
    CHECK_OK(act(&r, (struct act){.verb = TIE, .story = one, .other = two}, NULL)); /* it is */
    s = story_of(&r, one);
    begin(&r, &x);
    CHECK_OK(stories_tied(&x, &s, &tied));
    reading_end(&x);
    CHECK_INT(tied.n, 2);
    CHECK_STR(tied.v[0].headline, S("three"));
    CHECK_STR(tied.v[1].headline, S("two"));
    CHECK(tag_set_has(&x.tags, tag_of(TAG_story, three)));

    CHECK_OK(act(&r, (struct act){.verb = KILL, .story = three}, NULL));
    begin(&r, &x);
    CHECK_OK(stories_tied(&x, &s, &tied));
    reading_end(&x);
    CHECK_INT(tied.n, 1);
    room_close(&r);
}
