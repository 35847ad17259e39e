#include "text/merge.h"

#include "base/table.h"
#include "text/body_random.h"

enum { TRIALS = 1500 };

static struct body read(struct test *t, const char *blocks)
{
    struct body b;

    CHECK_OK(body_from_json(t->arena, str_fmt(t->arena, "{\"v\":1,\"blocks\":[%s]}", blocks), &b,
                            &t->why));
    return b;
}

#define P(id, text) "{\"kind\":\"paragraph\",\"id\":\"" id "\",\"spans\":[{\"text\":\"" text "\"}]}"

static struct merge merged(struct test *t, const char *base, const char *mine, const char *theirs)
{
    struct body b = read(t, base), m = read(t, mine), h = read(t, theirs);
    struct merge out;

    CHECK_OK(merge_bodies(t->arena, &b, &m, &h, &out, &t->why));
    return out;
}

static void check_same(struct test *t, const struct body *got, const struct body *wanted)
{
    cr_assert(body_same(got, wanted), "got %s\nwanted %s",
              str_z(t->arena, body_to_json(t->arena, got)),
              str_z(t->arena, body_to_json(t->arena, wanted)));
}

static void merges_to(struct test *t, const char *base, const char *mine, const char *theirs,
                      const char *wanted)
{
    struct merge out = merged(t, base, mine, theirs);
    struct body b = read(t, wanted);

    CHECK_INT(out.count, 0);
    check_same(t, &out.body, &b);
    out = merged(t, base, theirs, mine);
    CHECK_INT(out.count, 0);
}

TEST(merge_puts_blocks_of_both_together)
{
    /* one changes, the other adds, takes away, moves */
    merges_to(t, P("a", "one") "," P("b", "two"), P("a", "one more") "," P("b", "two"),
              P("a", "one") "," P("b", "two") "," P("c", "three"),
              P("a", "one more") "," P("b", "two") "," P("c", "three"));
    merges_to(t, P("a", "one") "," P("b", "two"), P("a", "one more") "," P("b", "two"),
              P("a", "one"), P("a", "one more"));
    merges_to(t, P("a", "one") "," P("b", "two") "," P("c", "three"),
              P("c", "three") "," P("a", "one") "," P("b", "two"),
              P("a", "one") "," P("b", "two!") "," P("c", "three"),
              P("c", "three") "," P("a", "one") "," P("b", "two!"));
    /* what both added stands behind what it was added behind */
    merges_to(t, P("a", "one") "," P("b", "two"),
              P("a", "one") "," P("x", "mine") "," P("b", "two"),
              P("a", "one") "," P("b", "two") "," P("y", "theirs"),
              P("a", "one") "," P("x", "mine") "," P("b", "two") "," P("y", "theirs"));
}

TEST(merge_puts_words_of_one_paragraph_together)
{
    static const struct {
        const char *base, *mine, *theirs, *wanted;
    } cases[] = {
        {"The council met on Monday.", "The town council met on Monday.",
         "The council met on Tuesday.", "The town council met on Tuesday."},
        {"The end", "The end of it", "The very end", "The very end of it"},
        {"a b c d e", "b c d e", "a b c d", "b c d"},
        {"one two three", "one three", "one two three four", "one three four"},
        {"", "Minister resigns", "", "Minister resigns"},
        {"今日は雨です", "今日は雪です", "昨日は雨です", "昨日は雪です"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        str out;

        CHECK(merge_text(t->arena, str_c(cases[i].base), str_c(cases[i].mine),
                         str_c(cases[i].theirs), &out));
        CHECK_STR(out, str_c(cases[i].wanted));
    }
}

TEST(merge_finds_where_both_changed_the_same_words)
{
    str out;
    struct merge m;

    CHECK(!merge_text(t->arena, S("The mayor said yes"), S("The mayor said no"),
                      S("The mayor said maybe"), &out));
    CHECK_STR(out, S("The mayor said maybe"));
    CHECK(!merge_text(t->arena, S(""), S("Flood"), S("Fire"), &out));

    m = merged(t, P("a", "The mayor said yes") "," P("b", "more"),
               P("a", "The mayor said no") "," P("b", "more") "," P("c", "mine"),
               P("a", "The mayor said maybe") "," P("b", "more!"));
    CHECK_INT(m.count, 1);
    CHECK_STR(m.conflicts[0].id, S("a"));
    CHECK_STR(m.conflicts[0].mine->spans[0].text, S("The mayor said no"));
    CHECK_INT(m.body.count, 3);
    CHECK_STR(m.body.blocks[0].spans[0].text, S("The mayor said maybe"));
    CHECK_STR(m.body.blocks[1].spans[0].text, S("more!"));

    /* taken away by one, changed by the other: it stays, and is asked about */
    m = merged(t, P("a", "one") "," P("b", "two"), P("a", "one") "," P("b", "two changed"),
               P("a", "one"));
    CHECK_INT(m.count, 1);
    CHECK(m.conflicts[0].theirs == NULL);
    CHECK_INT(m.body.count, 2);
}

TEST(merge_keeps_what_was_made_bold_and_what_was_written)
{
    struct merge m = merged(
        t, P("a", "The council met"),
        "{\"kind\":\"paragraph\",\"id\":\"a\",\"spans\":[{\"text\":\"The \"},{\"text\":\"council\","
        "\"marks\":[\"strong\"]},{\"text\":\" met\"}]}",
        P("a", "The council met again"));

    CHECK_INT(m.count, 0);
    CHECK_INT(m.body.blocks[0].span_count, 3);
    CHECK_INT(m.body.blocks[0].spans[1].marks, MARK_STRONG);
    CHECK_STR(m.body.blocks[0].spans[2].text, S(" met again"));
}

TEST(merge_goes_into_lists)
{
#define ITEM(id, text) "{\"kind\":\"item\",\"id\":\"" id "\",\"spans\":[{\"text\":\"" text "\"}]}"
#define LIST(items) "{\"kind\":\"list\",\"id\":\"l\",\"children\":[" items "]}"
    merges_to(t, LIST(ITEM("a", "milk") "," ITEM("b", "bread")),
              LIST(ITEM("a", "oat milk") "," ITEM("b", "bread")),
              LIST(ITEM("a", "milk") "," ITEM("b", "bread") "," ITEM("c", "eggs")),
              LIST(ITEM("a", "oat milk") "," ITEM("b", "bread") "," ITEM("c", "eggs")));
}

TEST(merge_names_puts_lists_together)
{
    static const str base[] = {S_INIT("a"), S_INIT("b"), S_INIT("c")};
    static const str mine[] = {S_INIT("a"), S_INIT("x"), S_INIT("c")};
    static const str theirs[] = {S_INIT("c"), S_INIT("a"), S_INIT("b"), S_INIT("y")};
    struct merge_names m =
        merge_names(t->arena, (struct merge_names){base, 3}, (struct merge_names){mine, 3},
                    (struct merge_names){theirs, 4});

    CHECK_INT(m.n, 4);
    CHECK_STR(m.v[0], S("c"));
    CHECK_STR(m.v[1], S("a"));
    CHECK_STR(m.v[2], S("x"));
    CHECK_STR(m.v[3], S("y"));
}

/* --- any bodies ------------------------------------------------------------------------------- */

static struct body normal(struct test *t)
{
    struct body b = body_random(t);

    CHECK_OK(body_normalise(t->arena, &b, &t->why));
    body_number(t->arena, &b);
    return b;
}

static void change_words(struct test *t, struct block *b)
{
    if (b->span_count > 0)
        b->spans = arena_many(t->arena, struct span, b->span_count);
    for (size_t i = 0; i < b->span_count; i++)
        b->spans[i] = (struct span){.text = str_fmt(t->arena, "w%llu changed %llu ",
                                                    (unsigned long long)test_number(t, 1000),
                                                    (unsigned long long)test_number(t, 1000))};
}

static struct block *copy_blocks(struct test *t, const struct block *from, size_t n)
{
    struct block *to = arena_many(t->arena, struct block, n);

    for (size_t i = 0; i < n; i++) {
        to[i] = from[i];
        to[i].children = copy_blocks(t, from[i].children, from[i].child_count);
    }
    return to;
}

/* What somebody may do to a body. */
static struct body edited(struct test *t, const struct body *from)
{
    struct body b = {arena_many(t->arena, struct block, 3 * from->count + 4), 0};
    struct block *blocks = copy_blocks(t, from->blocks, from->count);

    for (size_t i = 0; i < from->count; i++) {
        uint64_t what = test_number(t, 8);

        if (what == 0)
            continue;
        if (what == 1)
            b.blocks[b.count++] = random_block(t, BLOCK_KINDS, 2);
        if (what == 2)
            change_words(t, &blocks[i]);
        if (what == 3 && blocks[i].child_count > 0)
            change_words(t, &blocks[i].children[test_number(t, blocks[i].child_count)]);
        if (what == 4)
            blocks[i].title = random_words(t);
        b.blocks[b.count++] = blocks[i];
        if (what == 5 && b.count > 1) {
            struct block one = b.blocks[b.count - 1];
            size_t to = test_number(t, b.count);

            b.blocks[b.count - 1] = b.blocks[to];
            b.blocks[to] = one;
        }
    }
    if (test_number(t, 3) == 0)
        b.blocks[b.count++] = random_block(t, BLOCK_KINDS, 2);
    CHECK_OK(body_normalise(t->arena, &b, &t->why));
    body_number(t->arena, &b);
    return b;
}

TEST(merge_with_one_who_changed_nothing_gives_the_other)
{
    for (int i = 0; i < TRIALS; i++)
        SCRATCH (t->arena) {
            struct body b = normal(t), x = edited(t, &b);
            struct merge m;

            CHECK_OK(merge_bodies(t->arena, &b, &b, &x, &m, &t->why));
            check_same(t, &m.body, &x);
            CHECK_INT(m.count, 0);
            CHECK_OK(merge_bodies(t->arena, &b, &x, &b, &m, &t->why));
            check_same(t, &m.body, &x);
            CHECK_INT(m.count, 0);
            CHECK_OK(merge_bodies(t->arena, &b, &x, &x, &m, &t->why));
            check_same(t, &m.body, &x);
            CHECK_INT(m.count, 0);
        }
}

static void take_words(struct test *t, table *words, const struct block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct block *b = &blocks[i];
        str said[] = {b->title, b->credit, b->alt};
        str all = {0};

        for (size_t j = 0; j < b->span_count; j++)
            all = str_join(t->arena, all,
                           b->spans[j].marks == MARK_BREAK ? S(" ") : b->spans[j].text);
        for (size_t j = 0; j < LENGTH(said); j++)
            all = str_join(t->arena, str_join(t->arena, all, S(" ")), said[j]);
        for (str word; str_cut(&all, ' ', &word);)
            if (word.n > 0)
                table_put(words, word, t);
        take_words(t, words, b->children, b->child_count);
    }
}

static void check_kept(struct test *t, const struct body *base, const struct body *by,
                       const struct merge *m)
{
    table before = table_new(t->arena), wanted = before, there = before;

    take_words(t, &before, base->blocks, base->count);
    take_words(t, &wanted, by->blocks, by->count);
    take_words(t, &there, m->body.blocks, m->body.count);
    for (size_t i = 0; i < m->count; i++) {
        const struct merge_conflict *c = &m->conflicts[i];

        take_words(t, &there, c->mine, c->mine != NULL);
        take_words(t, &there, c->theirs, c->theirs != NULL);
    }
    for (size_t i = 0; i < wanted.n; i++)
        cr_assert(table_get(&before, wanted.entries[i].key) != NULL ||
                      table_get(&there, wanted.entries[i].key) != NULL,
                  "\"%.*s\" is lost", STR(wanted.entries[i].key));
}

static void check_ids(struct test *t, table *ids, const struct block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        CHECK(blocks[i].id.n > 0);
        CHECK(table_get(ids, blocks[i].id) == NULL);
        table_put(ids, blocks[i].id, t);
        check_ids(t, ids, blocks[i].children, blocks[i].child_count);
    }
}

TEST(merge_loses_no_word_that_anybody_wrote)
{
    size_t clean = 0;

    for (int i = 0; i < TRIALS; i++)
        SCRATCH (t->arena) {
            struct body b = normal(t), x = edited(t, &b), y = edited(t, &b), again;
            table ids = table_new(t->arena);
            struct merge m;

            CHECK_OK(merge_bodies(t->arena, &b, &x, &y, &m, &t->why));
            check_kept(t, &b, &x, &m);
            check_kept(t, &b, &y, &m);
            check_ids(t, &ids, m.body.blocks, m.body.count);
            again = m.body;
            CHECK_OK(body_normalise(t->arena, &again, &t->why));
            body_number(t->arena, &again);
            check_same(t, &again, &m.body);
            clean += m.count == 0;
        }
    CHECK(clean > TRIALS / 10 && clean < TRIALS);
}

TEST(merge_text_of_any_words_keeps_what_both_wrote)
{
    static const char *const pieces[] = {"a", "b", "c", " ", " ", "de", ".", "é", "日"};

    for (int i = 0; i < 20000; i++)
        SCRATCH (t->arena) {
            str three[3] = {0}, out;

            for (int j = 0; j < 3; j++) {
                for (uint64_t n = test_number(t, 9); n > 0; n--)
                    three[j] =
                        str_join(t->arena, three[j], str_c(pieces[test_number(t, LENGTH(pieces))]));
                three[j] = str_squeeze(t->arena, three[j]);
            }
            CHECK(merge_text(t->arena, three[0], three[0], three[1], &out));
            CHECK_STR(out, three[1]);
            CHECK(merge_text(t->arena, three[0], three[1], three[0], &out));
            CHECK_STR(out, three[1]);
            CHECK(merge_text(t->arena, three[0], three[1], three[1], &out));
            CHECK_STR(out, three[1]);
            if (!merge_text(t->arena, three[0], three[1], three[2], &out))
                CHECK_STR(out, three[2]);
        }
}
