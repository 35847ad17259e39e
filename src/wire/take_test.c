/* The rules of take.h, one after the other, on a real store. */
#include "wire/take.h"

#include "base/must.h"
#include "base/test.h"
#include "media/catalogue.h"
#include "news/story.h"
#include "news/working.h"
#include "store/sql.h"

#define T0 INT64_C(1700000000000000)

struct room {
    struct test *t;
    store *s;
    store_conn *c;
    bool publish, keep_dates;
    const struct wire_picture *pictures;
    size_t picture_count;
};

struct take_job {
    struct room *r;
    const struct wire_item *item;
    int64_t held; /* number of the held item, 0: it comes now */
    struct wire_taken taken;
};

static err do_take(arena *a, store_conn *w, void *of, note *why)
{
    struct take_job *j = of;
    struct desk d = {a, w, clock_now(&j->r->t->clock)};
    struct wire_taking how = {.publish = j->r->publish,
                              .keep_dates = j->r->keep_dates,
                              .pictures = j->r->pictures,
                              .picture_count = j->r->picture_count};

    return j->held != 0 ? wire_take_held(&d, &how, j->held, j->item, &j->taken, why)
                        : wire_take(&d, &how, j->item, &j->taken, why);
}

static struct wire_taken take(struct room *r, const struct wire_item *item)
{
    struct test *t = r->t;
    struct take_job j = {.r = r, .item = item};

    CHECK_OK(store_write(r->s, do_take, &j, t->arena, &t->why));
    return j.taken;
}

/* Take what is held and due; there is one. */
static struct wire_taken take_held(struct room *r, const struct wire_item *item)
{
    struct test *t = r->t;
    struct sql_wire_items_held_rows rows;
    struct take_job j = {.r = r, .item = item};

    CHECK_OK(sql_wire_items_held(t->arena, r->c, clock_now(&t->clock), &rows));
    CHECK_INT(rows.n, 1);
    j.held = rows.v[0].item;
    CHECK_OK(store_write(r->s, do_take, &j, t->arena, &t->why));
    CHECK_OK(sql_wire_items_held(t->arena, r->c, clock_now(&t->clock), &rows));
    CHECK_INT(rows.n, 0);
    return j.taken;
}

static struct room room_open(struct test *t)
{
    struct room r = {.t = t, .publish = true};

    clock_set(&t->clock, T0);
    CHECK_OK(
        store_open(test_folder(t), &(struct store_options){.clock = &t->clock}, &r.s, &t->why));
    CHECK_OK(store_conn_open(r.s, &r.c, &t->why));
    return r;
}

static void room_close(struct room *r)
{
    store_conn_close(&r->c);
    store_close(&r->s);
}

static struct body body_saying(struct test *t, const char *words)
{
    struct body_builder *w = body_builder_new(t->arena);
    struct body b;

    body_text(w, str_c(words), 0, (str){0}, (str){0});
    CHECK_OK(body_done(w, &b, &t->why));
    return b;
}

static struct wire_item item_of(struct test *t, const char *version, const char *headline)
{
    return (struct wire_item){
        .dialect = WIRE_NINJS,
        .kind = WIRE_STORY,
        .guid = S("urn:x:1"),
        .version = str_c(version),
        .headline = str_c(headline),
        .body = body_saying(t, "The ferry sails again."),
    };
}

static struct story story_of(struct room *r, int64_t id)
{
    struct test *t = r->t;
    struct reading x;
    struct story s;

    CHECK_OK(reading_begin(&x, t->arena, r->c, (struct viewer){VIEWER_STAFF}, OUTLET_DESK,
                           clock_now(&t->clock)));
    CHECK_OK(story_by_id(&x, id, &s));
    reading_end(&x);
    return s;
}

/* --- 1: kills --- */

TEST(take_kills_a_story_whatever_the_version_and_for_ever)
{
    struct room r = room_open(t);
    struct wire_item item = item_of(t, "5", "Ferry sails");
    struct wire_taken first = take(&r, &item), killed;
    struct wire_item kill = item_of(t, "3", "Kill, kill, kill");

    CHECK_INT(first.outcome, WIRE_PUBLISHED);
    kill.status = WIRE_CANCELLED;
    killed = take(&r, &kill);
    CHECK_INT(killed.outcome, WIRE_KILLED);
    CHECK_INT(killed.story, first.story);
    CHECK_INT(story_of(&r, first.story).state, STATE_KILLED);
    CHECK_INT(take(&r, &kill).outcome, WIRE_SAME);
    item = item_of(t, "6", "Ferry sails after all");
    CHECK_INT(take(&r, &item).outcome, WIRE_KILLED_BEFORE);
    CHECK_STR(story_of(&r, first.story).card.headline, S("Ferry sails"));
    room_close(&r);
}

TEST(take_knows_a_kill_that_has_the_version_of_the_text)
{
    struct room r = room_open(t);
    struct wire_item item = item_of(t, "1", "Ferry sails");
    int64_t story = take(&r, &item).story;

    item.signal = WIRE_KILL; /* and its status says "usable" */
    CHECK_INT(take(&r, &item).outcome, WIRE_KILLED);
    CHECK_INT(story_of(&r, story).state, STATE_KILLED);
    CHECK_INT(take(&r, &item).outcome, WIRE_SAME);
    item.status = WIRE_CANCELLED;
    CHECK_INT(take(&r, &item).outcome, WIRE_SAME);
    room_close(&r);
}

TEST(take_keeps_a_kill_that_comes_before_its_story)
{
    struct room r = room_open(t);
    struct wire_item kill = item_of(t, "2", "Kill"), item = item_of(t, "1", "Ferry sails");
    struct wire_taken taken;

    kill.status = WIRE_CANCELLED;
    CHECK_INT(take(&r, &kill).outcome, WIRE_KILL_KEPT);
    taken = take(&r, &item);
    CHECK_INT(taken.outcome, WIRE_KILLED_BEFORE);
    CHECK_INT(taken.story, 0);
    item = item_of(t, "3", "Ferry sails");
    CHECK_INT(take(&r, &item).outcome, WIRE_KILLED_BEFORE);
    room_close(&r);
}

/* --- 2, 3: versions --- */

TEST(take_does_nothing_twice_and_nothing_late)
{
    struct room r = room_open(t);
    struct wire_item two = item_of(t, "2", "Two"), one = item_of(t, "1", "One"),
                     ten = item_of(t, "10", "Ten");
    struct wire_taken first = take(&r, &two);

    CHECK_INT(take(&r, &two).outcome, WIRE_SAME);
    CHECK_INT(take(&r, &one).outcome, WIRE_LATE);
    CHECK_INT(take(&r, &one).outcome, WIRE_SAME);
    CHECK_STR(story_of(&r, first.story).card.headline, S("Two"));
    CHECK_INT(take(&r, &ten).outcome, WIRE_UPDATED); /* ten is more than two */
    CHECK_STR(story_of(&r, first.story).card.headline, S("Ten"));
    CHECK_INT(story_of(&r, first.story).card.version, 2);
    room_close(&r);
}

TEST(take_tells_copy_without_a_version_apart_by_date_or_words)
{
    struct room r = room_open(t);
    struct wire_item item = item_of(t, "", "One");
    int64_t story = take(&r, &item).story;

    CHECK_INT(take(&r, &item).outcome, WIRE_SAME);
    item = item_of(t, "", "Two");
    CHECK_INT(take(&r, &item).outcome, WIRE_UPDATED);
    CHECK_STR(story_of(&r, story).card.headline, S("Two"));

    item = item_of(t, "", "Dated");
    item.guid = S("urn:x:2");
    item.changed_at = T0;
    CHECK_INT(take(&r, &item).outcome, WIRE_PUBLISHED);
    CHECK_INT(take(&r, &item).outcome, WIRE_SAME);
    item.changed_at = T0 - 1;
    CHECK_INT(take(&r, &item).outcome, WIRE_LATE);
    item.changed_at = T0 + 1;
    CHECK_INT(take(&r, &item).outcome, WIRE_UPDATED);
    room_close(&r);
}

/* --- 4: withheld --- */

TEST(take_withdraws_what_is_withheld)
{
    struct room r = room_open(t);
    struct wire_item item = item_of(t, "1", "Ferry sails"), hold = item_of(t, "2", "Hold");
    int64_t story = take(&r, &item).story;

    hold.status = WIRE_WITHHELD;
    CHECK_INT(take(&r, &hold).outcome, WIRE_WITHDRAWN);
    CHECK_INT(story_of(&r, story).state, STATE_WITHDRAWN);
    hold.guid = S("urn:x:2");
    CHECK_INT(take(&r, &hold).outcome, WIRE_WITHHELD_KEPT);
    room_close(&r);
}

TEST(take_gives_back_what_was_withheld_when_it_is_released)
{
    struct room r = room_open(t);
    struct wire_item item = item_of(t, "1", "Ferry sails"), hold = item_of(t, "2", "Hold"),
                     go = item_of(t, "3", "Ferry sails after all");
    int64_t story = take(&r, &item).story;

    hold.status = WIRE_WITHHELD;
    CHECK_INT(take(&r, &hold).outcome, WIRE_WITHDRAWN);
    CHECK_INT(take(&r, &go).outcome, WIRE_PUBLISHED);
    CHECK_INT(story_of(&r, story).state, STATE_LIVE);
    CHECK_STR(story_of(&r, story).card.headline, S("Ferry sails after all"));
    room_close(&r);
}

static err withdraw_by_hand(arena *a, store_conn *w, void *of, note *why)
{
    struct desk d = {a, w, T0};

    return desk_withdraw(&d, *(const int64_t *)of, S("our own reasons"), why);
}

TEST(take_leaves_down_what_the_desk_took_down_before_it_was_withheld)
{
    struct room r = room_open(t);
    struct wire_item item = item_of(t, "1", "Ferry sails"), hold = item_of(t, "2", "Hold"),
                     go = item_of(t, "3", "Ferry sails after all");
    int64_t story = take(&r, &item).story;

    CHECK_OK(store_write(r.s, withdraw_by_hand, &story, t->arena, &t->why));
    hold.status = WIRE_WITHHELD;
    CHECK_INT(take(&r, &hold).outcome, WIRE_WITHHELD_KEPT);
    CHECK_INT(take(&r, &go).outcome, WIRE_UPDATED);
    CHECK_INT(story_of(&r, story).state, STATE_WITHDRAWN);
    room_close(&r);
}

/* --- 6, 7: texts --- */

TEST(take_drafts_when_it_may_not_publish)
{
    struct room r = room_open(t);
    struct wire_item item = item_of(t, "1", "Ferry sails");
    struct wire_taken taken;

    r.publish = false;
    taken = take(&r, &item);
    CHECK_INT(taken.outcome, WIRE_DRAFTED);
    CHECK_INT(story_of(&r, taken.story).state, STATE_NONE);
    item = item_of(t, "2", "Ferry sails now");
    CHECK_INT(take(&r, &item).outcome, WIRE_UPDATED);
    CHECK_INT(story_of(&r, taken.story).state, STATE_NONE);
    r.publish = true;
    item = item_of(t, "3", "Ferry sails at last");
    CHECK_INT(take(&r, &item).outcome, WIRE_PUBLISHED);
    CHECK_INT(story_of(&r, taken.story).state, STATE_LIVE);
    room_close(&r);
}

TEST(take_publishes_at_the_items_own_date_when_asked)
{
    struct room r = room_open(t);
    struct wire_item item = item_of(t, "1", "Ferry sails");

    r.keep_dates = true;
    item.created_at = T0 - DAY_US;
    CHECK_INT(story_of(&r, take(&r, &item).story).card.public_at, T0 - DAY_US);
    item = item_of(t, "1", "Ferry sails");
    item.guid = S("urn:x:2");
    item.created_at = -5 * DAY_US; /* a date that is no date */
    CHECK_INT(story_of(&r, take(&r, &item).story).card.public_at, T0);
    room_close(&r);
}

TEST(take_corrects_with_a_reason)
{
    struct room r = room_open(t);
    struct wire_item item = item_of(t, "1", "Ferry sails");
    int64_t id = take(&r, &item).story;
    struct story s;

    item = item_of(t, "2", "Other ferry sails");
    item.signal = WIRE_CORRECTION;
    CHECK_INT(take(&r, &item).outcome, WIRE_CORRECTED);
    item = item_of(t, "3", "Yet another ferry sails");
    item.signal = WIRE_CORRECTION;
    item.reason = S("It was another one");
    CHECK_INT(take(&r, &item).outcome, WIRE_CORRECTED);
    s = story_of(&r, id);
    CHECK_INT(s.correction_count, 2);
    CHECK(s.corrections[0].reason.n > 0);
    CHECK_STR(s.corrections[1].reason, S("It was another one"));
    room_close(&r);
}

TEST(take_schedules_an_embargoed_text_and_follows_its_embargo)
{
    struct room r = room_open(t);
    struct wire_item item = item_of(t, "1", "Budget");
    struct wire_taken taken;

    item.embargo_at = T0 + HOUR_US;
    taken = take(&r, &item);
    CHECK_INT(taken.outcome, WIRE_SCHEDULED);
    CHECK_INT(taken.until, T0 + HOUR_US);
    CHECK_INT(story_of(&r, taken.story).card.public_at, T0 + HOUR_US);

    item = item_of(t, "2", "Budget, later");
    item.embargo_at = T0 + 2 * HOUR_US;
    CHECK_INT(take(&r, &item).outcome, WIRE_UPDATED);
    CHECK_INT(story_of(&r, taken.story).card.public_at, T0 + 2 * HOUR_US);
    CHECK_INT(story_of(&r, taken.story).state, STATE_SCHEDULED);

    item = item_of(t, "3", "Budget, now");
    item.signal = WIRE_EMBARGO_LIFTED;
    CHECK_INT(take(&r, &item).outcome, WIRE_UPDATED);
    CHECK_INT(story_of(&r, taken.story).state, STATE_LIVE);
    CHECK_INT(story_of(&r, taken.story).card.public_at, T0);
    room_close(&r);
}

TEST(take_holds_an_embargoed_update_of_a_live_story)
{
    struct room r = room_open(t);
    struct wire_item one = item_of(t, "1", "Budget today"), two = item_of(t, "2", "Taxes rise");
    int64_t id = take(&r, &one).story;
    struct wire_taken held;

    two.embargo_at = T0 + HOUR_US;
    held = take(&r, &two);
    CHECK_INT(held.outcome, WIRE_HELD);
    CHECK_INT(held.until, T0 + HOUR_US);
    CHECK_STR(story_of(&r, id).card.headline, S("Budget today"));
    clock_set(&t->clock, T0 + HOUR_US);
    CHECK_INT(take_held(&r, &two).outcome, WIRE_UPDATED);
    CHECK_STR(story_of(&r, id).card.headline, S("Taxes rise"));
    CHECK_INT(story_of(&r, id).state, STATE_LIVE);
    room_close(&r);
}

TEST(take_holds_it_also_when_nobody_has_moved_the_story_yet)
{
    struct room r = room_open(t);
    struct wire_item one = item_of(t, "1", "Budget today"), two = item_of(t, "2", "Taxes rise");
    int64_t id;

    one.embargo_at = T0 + HOUR_US;
    id = take(&r, &one).story;
    clock_set(&t->clock, T0 + HOUR_US); /* readers see it from now on, scheduled as it stands */
    CHECK_INT(story_of(&r, id).state, STATE_SCHEDULED);
    two.embargo_at = T0 + 2 * HOUR_US;
    CHECK_INT(take(&r, &two).outcome, WIRE_HELD);
    CHECK_STR(story_of(&r, id).card.headline, S("Budget today"));
    CHECK_INT(story_of(&r, id).card.public_at, T0 + HOUR_US);
    room_close(&r);
}

TEST(take_drops_a_held_update_that_was_overtaken_or_killed)
{
    struct room r = room_open(t);
    struct wire_item one = item_of(t, "1", "One"), two = item_of(t, "2", "Two"),
                     three = item_of(t, "3", "Three"), kill = item_of(t, "4", "Kill");
    int64_t id = take(&r, &one).story;

    two.embargo_at = T0 + HOUR_US;
    CHECK_INT(take(&r, &two).outcome, WIRE_HELD);
    CHECK_INT(take(&r, &three).outcome, WIRE_UPDATED);
    clock_set(&t->clock, T0 + HOUR_US);
    CHECK_INT(take_held(&r, &two).outcome, WIRE_LATE);
    CHECK_STR(story_of(&r, id).card.headline, S("Three"));

    one.guid = two.guid = kill.guid = S("urn:x:2");
    two.embargo_at = T0 + 2 * HOUR_US;
    kill.status = WIRE_CANCELLED;
    CHECK_INT(take(&r, &one).outcome, WIRE_PUBLISHED);
    CHECK_INT(take(&r, &two).outcome, WIRE_HELD);
    CHECK_INT(take(&r, &kill).outcome, WIRE_KILLED);
    clock_set(&t->clock, T0 + 2 * HOUR_US);
    CHECK_INT(take_held(&r, &two).outcome, WIRE_KILLED_BEFORE);
    room_close(&r);
}

/* --- 5: pictures and packages --- */

static err add_media(arena *a, store_conn *w, void *of, note *why)
{
    struct sql_media_add_in row = {.fingerprint = *(str *)of,
                                   .type = S("image/jpeg"),
                                   .extension = S("jpg"),
                                   .size = 1,
                                   .width = 10,
                                   .height = 10,
                                   .colour = S("#000000")};
    struct sql_media_add added;

    (void)why;
    return sql_media_add(a, w, &row, &added);
}

/* A picture in the library, under the address quay.jpg: its number is 1. */
static void put_picture(struct room *r)
{
    static const struct wire_picture quay = {
        .address = S_INIT("quay.jpg"), .media = 1, .caption = S_INIT("From the file")};
    struct test *t = r->t;
    str fingerprint = S("f1");

    CHECK_OK(store_write(r->s, add_media, &fingerprint, t->arena, &t->why));
    r->pictures = &quay;
    r->picture_count = 1;
}

static struct wire_rendition quay_file = {.address = S_INIT("quay.jpg")};

static struct wire_media quay_media(void)
{
    return (struct wire_media){.guid = S("urn:x:quay"),
                               .kind = WIRE_PHOTO,
                               .credit = S("Cy Poe"),
                               .renditions = &quay_file,
                               .rendition_count = 1};
}

static struct wire_item picture_item(struct wire_media *media)
{
    *media = quay_media();
    return (struct wire_item){.dialect = WIRE_NEWSML_G2,
                              .kind = WIRE_PHOTO,
                              .guid = S("urn:x:quay"),
                              .version = S("1"),
                              .headline = S("The quay"),
                              .media = media,
                              .media_count = 1};
}

TEST(take_gives_a_picture_to_a_story_that_waited_for_it_and_the_other_way_round)
{
    for (int picture_first = 0; picture_first < 2; picture_first++) {
        struct room r = room_open(t);
        struct wire_link link = {S("urn:x:quay"), S("seeAlso")};
        struct wire_media media;
        struct wire_item picture = picture_item(&media), item = item_of(t, "1", "Ferry sails");
        struct wire_taken story = {0};

        item.links = &link;
        item.link_count = 1;
        put_picture(&r);
        if (!picture_first)
            story = take(&r, &item);
        CHECK_INT(take(&r, &picture).outcome, WIRE_PICTURE_KEPT);
        CHECK_INT(take(&r, &picture).outcome, WIRE_SAME);
        if (picture_first)
            story = take(&r, &item);
        CHECK_INT(story_of(&r, story.story).card.hero, 1);
        CHECK_STR(story_of(&r, story.story).hero_credit, S("Cy Poe"));
        CHECK_STR(story_of(&r, story.story).hero_caption, S("From the file"));
        room_close(&r);
    }
}

TEST(take_takes_a_killed_picture_off_its_stories_and_never_uses_it_again)
{
    struct room r = room_open(t);
    struct wire_media media, own = quay_media();
    struct wire_item picture = picture_item(&media), item = item_of(t, "1", "Ferry sails"), kill;
    int64_t id;

    put_picture(&r);
    item.media = &own;
    item.media_count = 1;
    id = take(&r, &item).story;
    CHECK_INT(story_of(&r, id).card.hero, 1);
    CHECK_INT(take(&r, &picture).outcome, WIRE_PICTURE_KEPT);
    kill = picture;
    kill.version = S("2");
    kill.status = WIRE_CANCELLED;
    CHECK_INT(take(&r, &kill).outcome, WIRE_KILLED);
    CHECK_INT(story_of(&r, id).card.hero, 0);
    item.version = S("2");
    CHECK_INT(take(&r, &item).outcome, WIRE_UPDATED);
    CHECK_INT(story_of(&r, id).card.hero, 0);
    room_close(&r);
}

static err add_films(arena *a, store_conn *w, void *of, note *why)
{
    (void)of, (void)why;
    for (int i = 1; i <= 2; i++) {
        struct sql_media_add_in row = {.fingerprint = str_fmt(a, "film%d", i),
                                       .type = S("video/webm"),
                                       .extension = S("webm"),
                                       .size = 1,
                                       .width = 10,
                                       .height = 10,
                                       .colour = S("#000000")};
        struct sql_media_add added;

        TRY(sql_media_add(a, w, &row, &added));
        TRY(sql_film_add(w, added.media, false, 1000 * (3 - i), S("vp8"), NULL));
    }
    return OK;
}

TEST(take_lets_the_next_film_lead_where_one_was_killed)
{
    static const struct wire_picture films[] = {
        {.address = S_INIT("1.webm"), .media = 1, .kind = WIRE_VIDEO},
        {.address = S_INIT("2.webm"), .media = 2, .kind = WIRE_VIDEO}};
    struct room r = room_open(t);
    struct wire_rendition file = {.address = S("1.webm")};
    struct wire_media media = {
        .guid = S("urn:x:film"), .kind = WIRE_VIDEO, .renditions = &file, .rendition_count = 1};
    struct block shown[] = {{.kind = BLOCK_VIDEO, .address = S("1.webm")},
                            {.kind = BLOCK_VIDEO, .address = S("2.webm")}};
    struct wire_item film = {.dialect = WIRE_NEWSML_G2,
                             .kind = WIRE_VIDEO,
                             .guid = S("urn:x:film"),
                             .version = S("1"),
                             .headline = S("The storm"),
                             .media = &media,
                             .media_count = 1};
    struct wire_item item = item_of(t, "1", "Ferry sails");
    int64_t id;

    CHECK_OK(store_write(r.s, add_films, NULL, t->arena, &t->why));
    r.pictures = films;
    r.picture_count = LENGTH(films);
    item.body = (struct body){shown, LENGTH(shown)};
    item.standfirst = S("It sails again.");
    id = take(&r, &item).story;
    CHECK_INT(story_of(&r, id).card.hero, 1);
    CHECK_INT(story_of(&r, id).card.film_ms, 2000);
    CHECK_INT(take(&r, &film).outcome, WIRE_FILM_KEPT);
    film.version = S("2");
    film.status = WIRE_CANCELLED;
    CHECK_INT(take(&r, &film).outcome, WIRE_KILLED);
    CHECK_INT(story_of(&r, id).card.hero, 2);
    CHECK_INT(story_of(&r, id).card.film_ms, 1000);
    room_close(&r);
}

TEST(take_kills_a_picture_by_the_name_that_a_story_gave_it)
{
    struct room r = room_open(t);
    struct wire_media media, own = quay_media();
    struct wire_item kill = picture_item(&media), item = item_of(t, "1", "Ferry sails");
    struct media shown;
    int64_t id;

    put_picture(&r);
    own.guid = kill.guid;
    item.media = &own;
    item.media_count = 1;
    id = take(&r, &item).story;
    CHECK_OK(media_shown(t->arena, r.c, 1, &shown));
    kill.status = WIRE_CANCELLED;
    r.picture_count = 0; /* the order to kill comes without it */
    CHECK_INT(take(&r, &kill).outcome, WIRE_KILLED);
    CHECK_INT(story_of(&r, id).card.hero, 0);
    CHECK_INT(media_shown(t->arena, r.c, 1, &shown), E_MISSING);
    room_close(&r);
}

TEST(take_gives_a_held_update_the_pictures_that_came_with_it)
{
    struct room r = room_open(t);
    struct wire_media own = quay_media();
    struct wire_item one = item_of(t, "1", "Budget today"), two = item_of(t, "2", "Taxes rise");
    int64_t id = take(&r, &one).story;

    put_picture(&r);
    two.embargo_at = T0 + HOUR_US;
    two.media = &own;
    two.media_count = 1;
    CHECK_INT(take(&r, &two).outcome, WIRE_HELD);
    clock_set(&t->clock, T0 + HOUR_US);
    r.picture_count = 0;
    CHECK_INT(take_held(&r, &two).outcome, WIRE_UPDATED);
    CHECK_INT(story_of(&r, id).card.hero, 1);
    room_close(&r);
}

TEST(take_does_not_lead_with_a_picture_that_the_text_shows)
{
    struct room r = room_open(t);
    struct wire_item item = item_of(t, "1", "Ferry sails");
    struct body_builder *w = body_builder_new(t->arena);
    struct story s;

    put_picture(&r);
    body_text(w, S("The ferry sails again."), 0, (str){0}, (str){0});
    body_open(w, BLOCK_PICTURE)->address = S("quay.jpg");
    body_close(w);
    body_open(w, BLOCK_PICTURE)->address = S("https://elsewhere.example/x.jpg");
    body_close(w);
    CHECK_OK(body_done(w, &item.body, &t->why));
    CHECK_INT(item.body.count, 3);
    s = story_of(&r, take(&r, &item).story);
    CHECK_INT(s.card.hero, 0);
    CHECK_INT(s.body.count, 2); /* nothing is loaded from elsewhere */
    CHECK_INT(s.body.blocks[1].media, 1);
    CHECK_INT(item.body.count, 3); /* the item is as it was: its job may be run again */
    CHECK_INT(item.body.blocks[1].media, 0);
    room_close(&r);
}

TEST(take_ties_pictures_and_stories_through_a_package)
{
    struct room r = room_open(t);
    struct wire_link links[] = {{S("urn:x:1"), S("main")}, {S("urn:x:quay"), S("picture")}};
    struct wire_media media;
    struct wire_item picture = picture_item(&media), item = item_of(t, "1", "Ferry sails");
    struct wire_item package = {.dialect = WIRE_NEWSML_G2,
                                .kind = WIRE_PACKAGE,
                                .guid = S("urn:x:package"),
                                .version = S("1"),
                                .headline = S("The ferry"),
                                .links = links,
                                .link_count = 2};
    int64_t id;

    put_picture(&r);
    id = take(&r, &item).story;
    CHECK_INT(take(&r, &picture).outcome, WIRE_PICTURE_KEPT);
    CHECK_INT(story_of(&r, id).card.hero, 0);
    CHECK_INT(take(&r, &package).outcome, WIRE_TIED);
    CHECK_INT(story_of(&r, id).card.hero, 1);
    room_close(&r);
}

/* --- draft.c --- */

TEST(draft_makes_a_byline_of_who_wrote_it)
{
    static struct wire_person people[] = {{S_INIT("Ann Lee"), S_INIT("writer")},
                                          {S_INIT("Cy Poe"), S_INIT("Photographer")},
                                          {S_INIT("Bo Ek"), S_INIT("")},
                                          {S_INIT("Di Oh"), S_INIT("")}};
    struct room r = room_open(t);
    struct wire_item item = item_of(t, "1", "");
    struct story s;

    item.people = people;
    item.person_count = LENGTH(people);
    s = story_of(&r, take(&r, &item).story);
    CHECK_STR(s.card.byline, S("Ann Lee, Bo Ek and Di Oh"));
    CHECK_INT(s.author_count, 3);
    CHECK_STR(s.card.headline, S("The ferry sails again."));
    room_close(&r);
}

static struct wire_item linked_item(struct test *t, str guid, const char *headline, str to)
{
    struct wire_item item = item_of(t, "1", headline);

    item.guid = guid;
    item.links = arena_one(t->arena, struct wire_link);
    item.links[0] = (struct wire_link){to, S("seeAlso")};
    item.link_count = to.n > 0;
    return item;
}

TEST(take_ties_stories_whose_copy_says_see_also_in_whichever_order_they_come)
{
    struct room r = room_open(t);
    struct wire_item first = linked_item(t, S("urn:x:a"), "First", S("urn:x:b"));
    struct wire_item second = linked_item(t, S("urn:x:b"), "Second", S("urn:x:a"));
    int64_t one = take(&r, &first).story, two = take(&r, &second).story;
    const int64_t stories[] = {one, two};

    for (size_t i = 0; i < LENGTH(stories); i++) {
        struct story s = story_of(&r, stories[i]);
        struct reading x;
        struct cards tied;

        CHECK_OK(reading_begin(&x, t->arena, r.c, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE,
                               clock_now(&t->clock)));
        CHECK_OK(stories_tied(&x, &s, &tied));
        reading_end(&x);
        CHECK_INT(tied.n, 1);
        CHECK_INT(tied.v[0].id, stories[1 - i]);
    }
    room_close(&r);
}

TEST(take_says_who_made_it_and_keeps_the_stars)
{
    struct room r = room_open(t);
    static const struct {
        const char *provider, *genre, *digital, *origin;
        enum wire_dialect dialect;
    } cases[] = {
        {"Broadsheet", "", "", "staff", WIRE_NINJS},
        {"Northern Wire", "", "", "agency", WIRE_NEWSML_G2},
        {"Northern Wire", "press_release", "", "release", WIRE_NEWSML_G2},
        {"Broadsheet", "", "trainedAlgorithmicMedia", "machine-assisted", WIRE_NINJS},
        {"The Parish", "", "", "", WIRE_RSS},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct wire_item item = item_of(t, "1", "Ferry sails");

        item.guid = str_fmt(t->arena, "urn:x:%zu", i);
        item.dialect = cases[i].dialect;
        item.provider = str_c(cases[i].provider);
        item.genre = str_c(cases[i].genre);
        item.digital_source = str_c(cases[i].digital);
        item.is_rated = i == 0;
        item.half_stars = 7;

        struct story s = story_of(&r, take(&r, &item).story);

        CHECK_STR(s.origin, str_c(cases[i].origin));
        CHECK(s.is_rated == (i == 0));
    }
    room_close(&r);
}

TEST(take_dates_each_version_when_old_copy_keeps_its_dates)
{
    struct room r = room_open(t);
    struct wire_item item = item_of(t, "1", "Ferry sails");
    struct story s;
    int64_t id;

    r.keep_dates = true;
    item.created_at = T0 - DAY_US;
    id = take(&r, &item).story;
    item = item_of(t, "2", "Ferry has sailed");
    item.created_at = T0 - DAY_US;
    item.changed_at = T0 - DAY_US + HOUR_US;
    take(&r, &item);
    s = story_of(&r, id);
    CHECK_INT(s.card.public_at, T0 - DAY_US);
    CHECK_INT(s.card.changed_at, T0 - DAY_US + HOUR_US);
    CHECK_INT(s.versions, 2);
    room_close(&r);
}

/* The desk corrects a story: that makes a version of its own. */
static err do_correct(arena *a, store_conn *w, void *of, note *why)
{
    struct take_job *j = of;
    struct desk d = {a, w, clock_now(&j->r->t->clock)};
    struct correction c = {
        .kind = VERSION_CORRECTION, .reason = S("It is the east pier."), .headline = S("Ours")};

    return desk_correct(&d, j->taken.story, &c, why);
}

static struct working working_of(struct room *r, int64_t story)
{
    struct test *t = r->t;
    struct working w;

    CHECK_OK(working_look(t->arena, r->c, story, &w));
    return w;
}

TEST(take_writes_nothing_over_what_the_desk_has_made)
{
    struct room r = room_open(t);
    struct wire_item first = item_of(t, "1", "Ferry"), second = item_of(t, "2", "Ferry sails");
    struct take_job j = {.r = &r};
    struct copy before, now;
    struct working w;

    j.taken = take(&r, &first);
    CHECK_OK(store_write(r.s, do_correct, &j, t->arena, &t->why));
    second.embargo_at = 0;
    CHECK_INT(take(&r, &second).outcome, WIRE_OFFERED);
    CHECK_STR(story_of(&r, j.taken.story).card.headline, S("Ours"));
    w = working_of(&r, j.taken.story);
    CHECK(working_waits(&w));
    CHECK_OK(working_newer(t->arena, r.c, &w, &before, &now, &t->why));
    CHECK_STR(now.headline, S("Ferry sails"));
    CHECK_INT(take(&r, &second).outcome, WIRE_SAME);
    second.version = S("3");
    second.headline = S("Ferry sails soon");
    CHECK_INT(take(&r, &second).outcome, WIRE_OFFERED);
    w = working_of(&r, j.taken.story);
    CHECK_OK(working_newer(t->arena, r.c, &w, &before, &now, &t->why));
    CHECK_STR(now.headline, S("Ferry sails soon"));
    second.version = S("4");
    second.status = WIRE_CANCELLED;
    CHECK_INT(take(&r, &second).outcome, WIRE_KILLED);
    room_close(&r);
}
