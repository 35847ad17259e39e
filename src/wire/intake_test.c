/* Copy from real files into a real store, and what waits for its embargo. */
#include "wire/intake.h"

#include "base/must.h"
#include "base/test.h"
#include "news/desk.h"
#include "store/sql.h"

#include <stdio.h>

#define T0 INT64_C(1700000000000000) /* 14 November 2023, 22:13:20 UTC */

struct room {
    struct test *t;
    const char *folder;
    store *s;
    store_conn *c;
    struct media_library library;
    struct intake_options options;
    struct intake *in;
    char told[512]; /* what became of each item, in a line */
};

static void note_it(void *of, const struct intake_told *told)
{
    struct room *r = of;
    size_t n = strlen(r->told);

    snprintf(r->told + n, sizeof r->told - n, "%.*s;", STR(told->done));
}

static void room_open(struct test *t, struct room *r)
{
    *r = (struct room){.t = t, .folder = test_folder(t)};
    clock_set(&t->clock, T0);
    CHECK_OK(store_open(r->folder, &(struct store_options){.clock = &t->clock}, &r->s, &t->why));
    CHECK_OK(store_conn_open(r->s, &r->c, &t->why));
    CHECK_OK(media_library_open(t->arena, r->folder, &r->library, &t->why));
    r->options = (struct intake_options){.store = r->s,
                                         .db = r->c,
                                         .library = &r->library,
                                         .publish = true,
                                         .tell = note_it,
                                         .of = r};
    r->in = intake_new(&r->options);
}

static void room_close(struct room *r)
{
    intake_free(&r->in);
    store_conn_close(&r->c);
    store_close(&r->s);
}

/* Take a file that says this. */
static void add(struct room *r, const char *name, const char *text)
{
    struct test *t = r->t;
    const char *path = str_fmt(t->arena, "%s/%s%c", r->folder, name, 0).p;
    FILE *f = fopen(path, "w");

    cr_assert(f != NULL);
    fputs(text, f);
    fclose(f);
    CHECK_OK(intake_add(r->in, r->folder, path, &t->why));
}

static void flush(struct room *r)
{
    struct test *t = r->t;

    CHECK_OK(intake_flush(r->in, &t->why));
}

static str headline_of(struct room *r, int64_t story)
{
    struct test *t = r->t;
    struct sql_story_card card;

    CHECK_OK(sql_story_card(t->arena, r->c, story, &card));
    return card.headline;
}

static const char one[] = "{\"uri\":\"urn:x:1\",\"type\":\"text\",\"version\":\"1\","
                          "\"headline\":\"Budget today\",\"body_text\":\"It is read at noon.\"}";
static const char two[] = "{\"uri\":\"urn:x:1\",\"type\":\"text\",\"version\":\"2\","
                          "\"headline\":\"Taxes rise\",\"body_text\":\"By a tenth.\","
                          "\"embargoed\":\"2023-11-14T23:13:20Z\"}";

TEST(intake_tells_of_each_item_and_sets_bad_copy_aside)
{
    struct room r;

    room_open(t, &r);
    add(&r, "one.json", one);
    add(&r, "bad.json", "{\"uri\": \"urn:x:2\", ");
    add(&r, "again.json", one);
    CHECK_STR(str_c(r.told), S("")); /* nothing is told before it is on the disk */
    flush(&r);
    CHECK_STR(str_c(r.told), S("published;quarantined;unchanged;"));
    CHECK_INT(intake_counts(r.in).quarantined, 1);
    CHECK_STR(headline_of(&r, 1), S("Budget today"));
    room_close(&r);
}

TEST(intake_takes_a_held_update_at_its_moment)
{
    struct room r;

    room_open(t, &r);
    add(&r, "one.json", one);
    flush(&r);
    add(&r, "two.json", two);
    flush(&r);
    CHECK_STR(str_c(r.told), S("published;held;"));
    clock_set(&t->clock, T0 + HOUR_US - 1);
    CHECK_OK(intake_held(r.in, &t->why));
    CHECK_STR(headline_of(&r, 1), S("Budget today"));
    clock_set(&t->clock, T0 + HOUR_US);
    CHECK_OK(intake_held(r.in, &t->why));
    CHECK_STR(headline_of(&r, 1), S("Taxes rise"));
    room_close(&r);
}

/* A held item whose file does not hold it. */
static err add_orphan(arena *a, store_conn *w, void *of, note *why)
{
    struct sql_wire_item_add_in row = {.raw = 1,
                                       .has_raw = true,
                                       .dialect = S("ninjs"),
                                       .guid = S("urn:x:orphan"),
                                       .version = S("1"),
                                       .at = T0,
                                       .held_until = T0 + 1,
                                       .has_held_until = true,
                                       .done = S("held")};
    struct sql_wire_item_add added;

    (void)of, (void)why;
    return sql_wire_item_add(a, w, &row, &added);
}

TEST(intake_lets_no_bad_held_item_keep_the_others_waiting)
{
    struct room r;
    struct sql_wire_items_held_rows rows;

    room_open(t, &r);
    add(&r, "one.json", one);
    flush(&r);
    CHECK_OK(store_write(r.s, add_orphan, NULL, t->arena, &t->why));
    add(&r, "two.json", two);
    flush(&r);
    clock_set(&t->clock, T0 + HOUR_US);
    CHECK_OK(intake_held(r.in, &t->why));
    CHECK_STR(headline_of(&r, 1), S("Taxes rise"));
    CHECK_OK(sql_wire_items_held(t->arena, r.c, T0 + DAY_US, &rows));
    CHECK_INT(rows.n, 0);
    room_close(&r);
}
