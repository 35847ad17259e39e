/* What is written at the desk: saved, merged, set aside, folded, swept; and nothing of it public.
 */
#include "base/must.h"
#include "news/story.h"
#include "news/test_room.h"
#include "news/working.h"
#include "store/sql.h"

struct job {
    err (*run)(struct desk *d, struct job *j, note *why);
    struct test *t;
    int64_t story, base, revision;
    struct copy copy;
    str headline, editor, words;
    enum revision_kind kind;
    struct working_saved saved;
    struct working_took took;
};

static err run(arena *a, store_conn *w, void *of, note *why)
{
    struct job *j = of;
    struct desk d = {a, w, clock_now(&j->t->clock)};

    return j->run(&d, j, why);
}

static err act(struct room *r, struct job *j, err (*what)(struct desk *, struct job *, note *))
{
    j->t = r->t;
    j->run = what;
    return store_write(r->s, run, j, r->t->arena, &r->t->why);
}

static err do_begin(struct desk *d, struct job *j, note *why)
{
    struct copy c = copy_empty(S("news"), 1, S(""));

    return working_begin(d, &(struct writer){.who = S("Ada")}, &c, &j->story, why);
}

static int64_t begin(struct room *r)
{
    struct test *t = r->t;
    struct job j = {0};

    CHECK_OK(act(r, &j, do_begin));
    return j.story;
}

static err do_save(struct desk *d, struct job *j, note *why)
{
    struct working_save s = {.story = j->story,
                             .base = j->base,
                             .kind = j->kind,
                             .name = j->kind == REVISION_named ? S("for the lawyer") : S(""),
                             .copy = &j->copy,
                             .by = {.who = S("Ada"), .editor = j->editor}};

    return working_save(d, &s, &j->saved, why);
}

static struct working look(struct room *r, int64_t story)
{
    struct test *t = r->t;
    struct working w;

    CHECK_OK(working_look(r->t->arena, r->c, story, &w));
    return w;
}

static struct copy copy_at(struct room *r, int64_t story, int64_t number)
{
    struct test *t = r->t;
    struct revision row;
    struct copy c;

    CHECK_OK(working_revision(r->t->arena, r->c, story, number, &row));
    CHECK_OK(copy_from_store(r->t->arena, row.copy, &c, &r->t->why));
    return c;
}

static struct body body_of(struct room *r, const char *text)
{
    struct test *t = r->t;
    struct body b;

    CHECK_OK(body_from_json(r->t->arena,
                            str_fmt(r->t->arena,
                                    "{\"v\":1,\"blocks\":[{\"kind\":\"paragraph\",\"id\":\"a\","
                                    "\"spans\":[{\"text\":\"%s\"}]}]}",
                                    text),
                            &b, &r->t->why));
    return b;
}

/* A save over the newest, or over `base`. */
static struct job save(struct room *r, int64_t story, int64_t base, const char *headline,
                       const char *text, enum revision_kind kind)
{
    struct test *t = r->t;
    struct job j = {.story = story, .kind = kind, .editor = S("tab")};

    j.base = base != 0 ? base : look(r, story).revision;
    j.copy = copy_at(r, story, j.base);
    j.copy.headline = str_c(headline);
    j.copy.body = body_of(r, text);
    if (base != 0)
        j.editor = S("another");
    CHECK_OK(act(r, &j, do_save));
    return j;
}

static err do_version(struct desk *d, struct job *j, note *why)
{
    return working_version(d, j->story, VERSION_UPDATE, S(""), &(struct writer){.who = S("Ada")},
                           &(struct byline_words){S(" and "), S(", ")}, why);
}

static err do_publish(struct desk *d, struct job *j, note *why)
{
    return desk_publish(d, j->story, 0, why);
}

static size_t listed(struct room *r, int64_t story)
{
    struct test *t = r->t;
    struct revision *v;
    size_t n;

    CHECK_OK(working_revisions(r->t->arena, r->c, story, INT64_MAX, 1000, &v, &n));
    return n;
}

TEST(working_copies_are_saved_and_what_is_saved_is_listed_by_sittings)
{
    struct room r = room_open(t);
    int64_t story = begin(&r);

    save(&r, story, 0, "One", "a", REVISION_auto);
    save(&r, story, 0, "Two", "b", REVISION_auto);
    CHECK_INT(look(&r, story).revision, 3);
    CHECK_INT(save(&r, story, 0, "Two", "b", REVISION_auto).saved.revision, 3);
    CHECK_INT(listed(&r, story), 1); /* one sitting */
    save(&r, story, 0, "Two", "b", REVISION_named);
    save(&r, story, 0, "Three", "c", REVISION_auto);
    CHECK_INT(listed(&r, story), 3);
    clock_set(&t->clock, T0 + 2 * HOUR_US);
    save(&r, story, 0, "Four", "d", REVISION_auto);
    CHECK_INT(listed(&r, story), 4); /* after a pause */
    CHECK_STR(copy_at(&r, story, 3).headline, S("Two"));
    room_close(&r);
}

static err do_sweep(struct desk *d, struct job *j, note *why)
{
    (void)j;
    return working_sweep(d, why);
}

TEST(working_copies_keep_folded_saves_for_a_day_as_bases)
{
    struct room r = room_open(t);
    int64_t story = begin(&r);
    struct job sweep = {0};
    struct revision row;

    for (int i = 0; i < 5; i++)
        save(&r, story, 0, "One", str_z(t->arena, str_fmt(t->arena, "%d", i)), REVISION_auto);
    CHECK(!working_is_dusty(t->arena, r.c, T0 + HOUR_US));
    clock_set(&t->clock, T0 + 25 * HOUR_US);
    CHECK(working_is_dusty(t->arena, r.c, T0 + 25 * HOUR_US));
    CHECK_OK(act(&r, &sweep, do_sweep));
    CHECK(!working_is_dusty(t->arena, r.c, T0 + 25 * HOUR_US));
    CHECK_OK(working_revision(t->arena, r.c, story, 6, &row)); /* the newest */
    CHECK_OK(working_revision(t->arena, r.c, story, 1, &row)); /* what it began with */
    CHECK_ERR(working_revision(t->arena, r.c, story, 4, &row), E_MISSING);
    room_close(&r);
}

TEST(working_copies_have_not_more_folded_saves_than_they_may)
{
    struct room r = room_open(t);
    int64_t story = begin(&r);
    struct revision row;

    for (int i = 0; i < REVISIONS_FOLDED_MAX + 20; i++)
        SCRATCH (t->arena)
            save(&r, story, 0, "One", str_z(t->arena, str_fmt(t->arena, "%d", i)), REVISION_auto);
    CHECK_ERR(working_revision(t->arena, r.c, story, 5, &row), E_MISSING);
    CHECK_OK(working_revision(t->arena, r.c, story, REVISIONS_FOLDED_MAX, &row));
    room_close(&r);
}

TEST(working_copies_put_saves_together_and_set_aside_what_cannot_be)
{
    struct room r = room_open(t);
    int64_t story = begin(&r), base;
    struct job j;

    base = save(&r, story, 0, "The pier", "It opens on Monday.", REVISION_auto).saved.revision;
    save(&r, story, 0, "The pier", "It opens on Tuesday.", REVISION_auto);
    j = save(&r, story, base, "The old pier", "It opens on Monday.", REVISION_auto);
    CHECK(j.saved.is_merged);
    CHECK_STR(copy_at(&r, story, j.saved.revision).headline, S("The old pier"));
    CHECK_STR(copy_at(&r, story, j.saved.revision).body.blocks[0].spans[0].text,
              S("It opens on Tuesday."));

    j = save(&r, story, base, "The pier", "It opens on Friday.", REVISION_auto);
    CHECK_INT(j.saved.conflict_count, 1);
    CHECK_STR(j.saved.conflicts[0].where, S("block:a"));
    CHECK(j.saved.aside > j.saved.revision);
    CHECK_INT(look(&r, story).revision, j.saved.revision);
    CHECK_STR(copy_at(&r, story, j.saved.aside).body.blocks[0].spans[0].text,
              S("It opens on Friday."));
    CHECK_INT(save(&r, story, 0, "Next", "x", REVISION_auto).saved.revision, j.saved.aside + 1);
    room_close(&r);
}

TEST(working_copies_bring_nothing_back_that_a_save_without_an_answer_had)
{
    struct room r = room_open(t);
    int64_t story = begin(&r), base = look(&r, story).revision;
    struct job j;

    save(&r, story, base, "The pier", "It opens on Monday.", REVISION_auto); /* not heard */
    save(&r, story, 0, "The old pier", "It opens on Monday.", REVISION_auto);
    j = save(&r, story, base, "The pier", "It opens on Tuesday.", REVISION_auto);
    CHECK(j.saved.is_merged && j.saved.aside == 0);
    CHECK_STR(copy_at(&r, story, j.saved.revision).headline, S("The old pier"));
    CHECK_STR(copy_at(&r, story, j.saved.revision).body.blocks[0].spans[0].text,
              S("It opens on Tuesday."));
    room_close(&r);
}

static err public_headline(struct room *r, int64_t story, str *out)
{
    struct test *t = r->t;
    struct reading reading;
    struct story s;
    err e;

    CHECK_OK(reading_begin(&reading, r->t->arena, r->c, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE,
                           clock_now(&r->t->clock)));
    e = story_by_id(&reading, story, &s);
    reading_end(&reading);
    if (e == OK)
        *out = s.card.headline;
    return e;
}

TEST(working_copies_become_versions_and_only_so_reach_readers)
{
    struct room r = room_open(t);
    int64_t story = begin(&r);
    struct job j = {.story = story};
    str seen;

    CHECK_ERR(act(&r, &j, do_publish), E_CONFLICT); /* there is no version yet */
    CHECK_ERR(act(&r, &j, do_version), E_INVALID);  /* nor a headline */
    save(&r, story, 0, "One", "a", REVISION_auto);
    CHECK_ERR(public_headline(&r, story, &seen), E_MISSING);
    CHECK_OK(act(&r, &j, do_version));
    CHECK_OK(act(&r, &j, do_publish));
    CHECK_OK(public_headline(&r, story, &seen));
    CHECK_STR(seen, S("One"));
    CHECK(!look(&r, story).is_changed);
    save(&r, story, 0, "Two", "b", REVISION_auto);
    CHECK(look(&r, story).is_changed);
    CHECK_OK(public_headline(&r, story, &seen));
    CHECK_STR(seen, S("One"));
    CHECK_OK(act(&r, &j, do_version));
    CHECK_OK(public_headline(&r, story, &seen));
    CHECK_STR(seen, S("Two"));
    CHECK_ERR(act(&r, &j, do_version), E_CONFLICT); /* nothing new */
    room_close(&r);
}

static err do_rewrite(struct desk *d, struct job *j, note *why)
{
    struct draft text = {.section = 1, .headline = j->headline, .body = j->copy.body};

    return desk_rewrite(d, j->story, VERSION_UPDATE, S(""), &text, why);
}

static err do_open(struct desk *d, struct job *j, note *why)
{
    struct working w;

    return working_open(d, j->story, &w, why);
}

static err do_take(struct desk *d, struct job *j, note *why)
{
    return working_take(d, j->story, &(struct writer){.who = S("Ada")}, &j->took, why);
}

TEST(working_copies_follow_what_comes_until_they_are_touched)
{
    struct room r = room_open(t);
    int64_t story = begin(&r);
    struct job j = {.story = story};

    save(&r, story, 0, "Storm", "It blows.", REVISION_auto);
    CHECK_OK(act(&r, &j, do_version));
    j.headline = S("Storm grows");
    j.copy.body = body_of(&r, "It blows.");
    CHECK_OK(act(&r, &j, do_rewrite));
    CHECK(look(&r, story).is_newer);
    CHECK_OK(act(&r, &j, do_open));
    CHECK(!look(&r, story).is_newer);
    CHECK_STR(copy_at(&r, story, look(&r, story).revision).headline, S("Storm grows"));

    save(&r, story, 0, "Storm grows", "It blows, we hear.", REVISION_auto);
    j.headline = S("Storm grows fast");
    CHECK_OK(act(&r, &j, do_rewrite));
    CHECK_OK(act(&r, &j, do_open));
    CHECK(look(&r, story).is_newer);
    CHECK_ERR(act(&r, &j, do_version), E_CONFLICT);
    CHECK_OK(act(&r, &j, do_take));
    CHECK_INT(j.took.count, 0);
    CHECK(!look(&r, story).is_newer && look(&r, story).is_changed);
    CHECK_STR(copy_at(&r, story, look(&r, story).revision).headline, S("Storm grows fast"));
    CHECK_STR(copy_at(&r, story, look(&r, story).revision).body.blocks[0].spans[0].text,
              S("It blows, we hear."));
    CHECK_OK(act(&r, &j, do_version));
    room_close(&r);
}

static err do_leave(struct desk *d, struct job *j, note *why)
{
    return working_leave(d, j->story, &(struct writer){.who = S("Ada")}, why);
}

TEST(what_came_can_be_left_out_of_a_working_copy)
{
    struct room r = room_open(t);
    int64_t story = begin(&r);
    struct job j = {.story = story};

    save(&r, story, 0, "Storm", "It blows.", REVISION_auto);
    CHECK_OK(act(&r, &j, do_version));
    save(&r, story, 0, "Storm", "It blows, we hear.", REVISION_auto);
    j.headline = S("Storm grows");
    j.copy.body = body_of(&r, "It blows.");
    CHECK_OK(act(&r, &j, do_rewrite));
    CHECK(look(&r, story).is_newer);
    CHECK_OK(act(&r, &j, do_leave));
    CHECK(!look(&r, story).is_newer && look(&r, story).is_changed);
    CHECK_STR(copy_at(&r, story, look(&r, story).revision).headline, S("Storm"));
    CHECK_STR(copy_at(&r, story, look(&r, story).revision - 1).headline, S("Storm grows"));

    /* what comes next is compared with what was left out */
    j.headline = S("Storm grows");
    j.copy.body = body_of(&r, "It blows. Ships stay in.");
    CHECK_OK(act(&r, &j, do_rewrite));
    CHECK_OK(act(&r, &j, do_take));
    CHECK_STR(copy_at(&r, story, look(&r, story).revision).headline, S("Storm"));
    CHECK_OK(act(&r, &j, do_version));
    room_close(&r);
}

static err do_restore(struct desk *d, struct job *j, note *why)
{
    return working_restore(d, j->story, j->revision, &(struct writer){.who = S("Bo")}, why);
}

TEST(working_copies_go_back_and_forth)
{
    struct room r = room_open(t);
    int64_t story = begin(&r);
    struct job j = {.story = story};

    j.revision = save(&r, story, 0, "One", "a", REVISION_named).saved.revision;
    save(&r, story, 0, "Two", "b", REVISION_auto);
    CHECK_OK(act(&r, &j, do_restore));
    CHECK_STR(copy_at(&r, story, look(&r, story).revision).headline, S("One"));
    CHECK_INT(listed(&r, story), 4);
    room_close(&r);
}

TEST(copies_are_read_back_as_they_were_written)
{
    static const str json = S_INIT(
        "{\"v\":1,\"type\":\"review\",\"section\":1,\"language\":\"de\",\"headline\":\" A  b \","
        "\"slug\":\"Über uns\",\"bylines\":[\"Ann Lee\",\"\"],\"topics\":[{\"name\":\"Art\","
        "\"code\":\"medtop:20000011\"}],\"places\":null,\"half_stars\":7,\"urgency\":5,"
        "\"embargo_at\":\"2026-11-29T18:00:00+01:00\",\"rights_note\":\"one\\ntwo\","
        "\"hero\":{\"media\":4,\"alt\":\"A\"},\"related\":[12,0],\"unknown\":{\"x\":[1]},"
        "\"body\":{\"v\":1,\"blocks\":[{\"kind\":\"paragraph\",\"spans\":[{\"text\":\"x\"}]}]}}");
    struct copy c, again;
    str written;

    CHECK_OK(copy_read(t->arena, json, &c, &t->why));
    CHECK_STR(c.headline, S("A b"));
    CHECK_STR(c.slug, S("uber-uns"));
    CHECK_INT(c.bylines.n, 1);
    CHECK_INT(c.half_stars, 7);
    CHECK_INT(c.embargo_at, INT64_C(1795971600000000));
    CHECK_STR(c.rights_note, S("one\ntwo"));
    CHECK_INT(c.related_count, 1);
    CHECK_INT(c.body.blocks[0].id.n, 8);
    written = copy_write(t->arena, &c);
    CHECK_OK(copy_read(t->arena, written, &again, &t->why));
    CHECK_STR(copy_write(t->arena, &again), written);
    CHECK_OK(copy_from_store(t->arena, written, &again, &t->why));
    CHECK_STR(copy_write(t->arena, &again), written);
}
