/*
 * body_random.h - any body at all, from a test's seed: in no normal form, with what strangers send.
 *
 * Only tests include this.
 */
#ifndef TEXT_BODY_RANDOM_H
#define TEXT_BODY_RANDOM_H

#include "base/test.h"
#include "text/body.h"

static inline str random_words(struct test *t)
{
    static const char *const pieces[] = {
        "the ",  "harbour", " ",     "",         "council\n",   "  said", "<script>", "&amp;",
        "\"",    "'",       "é",     "日本",     "\u00A0",      "\t",     "1.5",      "onload=x ",
        "a<b>c", "]]>",     "שלום ", "\xC3\x28", "javascript:", "…",      "\u200B",   "%00",
    };
    str s = {0};

    for (uint64_t n = test_number(t, 5); n > 0; n--)
        s = str_join(t->arena, s, str_c(pieces[test_number(t, LENGTH(pieces))]));
    return s;
}

static inline str random_address(struct test *t)
{
    static const char *const addresses[] = {
        "",
        "",
        "https://example.org/",
        "https://EXAMPLE.org:443/a b?x=1&y=\"2\"#z",
        "/own/path",
        "//host.example/x",
        "javascript:alert(1)",
        " jAva\tscript:alert(1)",
        "mailto:desk@example.org",
        "tel:+49 30 123",
        "data:text/html,<script>alert(1)</script>",
        "http://user:pw@example.org/",
        "pictures/one.jpg",
        "/.//evil.example",
        "\\\\evil.example\\x",
    };
    return str_c(addresses[test_number(t, LENGTH(addresses))]);
}

static inline str random_language(struct test *t)
{
    static const char *const tags[] = {"", "", "", "de", "fr-CA", "x\"><script>", "ar", "12"};

    return str_c(tags[test_number(t, LENGTH(tags))]);
}

static inline void random_spans(struct test *t, struct block *b)
{
    b->span_count = test_number(t, 6);
    b->spans = arena_many(t->arena, struct span, b->span_count);
    for (size_t i = 0; i < b->span_count; i++) {
        struct span *s = &b->spans[i];

        if (test_number(t, 8) == 0) {
            s->marks = MARK_BREAK;
            continue;
        }
        s->text = random_words(t);
        s->marks = test_number(t, 3) == 0 ? (unsigned)test_number(t, 64) : 0;
        if (test_number(t, 4) == 0)
            s->link = random_address(t);
        if (test_number(t, 6) == 0)
            s->language = random_language(t);
    }
}

static inline str random_id(struct test *t)
{
    static const char *const ids[] = {
        "", "", "a", "b", "k7", "UPPER", "a b", "\" onclick=\"x", "abcdefghijklmnopq"};

    return str_c(ids[test_number(t, LENGTH(ids))]);
}

static inline void random_fields(struct test *t, struct block *b)
{
    b->id = random_id(t);
    b->title = random_words(t);
    b->credit = random_words(t);
    b->alt = random_words(t);
    b->address = random_address(t);
    b->language = random_language(t);
    b->media = test_number(t, 2) == 0 ? 0 : (int64_t)test_number(t, 1000);
    b->story = test_number(t, 2) == 0 ? 0 : (int64_t)test_number(t, 1000);
    b->width = (int)test_number(t, 3) * 100;
    b->height = (int)test_number(t, 3) * 100;
    b->level = (int)test_number(t, 8);
    b->start = (int)test_number(t, 5);
    b->across = (int)test_number(t, 4);
    b->down = (int)test_number(t, 4);
    b->ordered = test_number(t, 2) == 0;
    b->header = test_number(t, 2) == 0;
}

/* The kind that a child most likely is. */
static inline enum block_kind random_kind(struct test *t, enum block_kind parent)
{
    if (test_number(t, 5) > 0) {
        switch (parent) {
        case BLOCK_LIST:
            return BLOCK_ITEM;
        case BLOCK_ITEM:
            return BLOCK_LIST;
        case BLOCK_TABLE:
            return BLOCK_ROW;
        case BLOCK_ROW:
            return BLOCK_CELL;
        case BLOCK_TIMELINE:
            return BLOCK_ENTRY;
        case BLOCK_GALLERY:
            return BLOCK_PICTURE;
        default:
            break;
        }
    }
    return (enum block_kind)test_number(t, BLOCK_KINDS);
}

static inline struct block random_block(struct test *t, enum block_kind parent, int depth)
{
    struct block b = {.kind = random_kind(t, parent)};

    random_fields(t, &b);
    if (test_number(t, 4) > 0)
        random_spans(t, &b);
    if (depth > 0 && test_number(t, 3) > 0) {
        b.child_count = test_number(t, 5);
        b.children = arena_many(t->arena, struct block, b.child_count);
        for (size_t i = 0; i < b.child_count; i++)
            b.children[i] = random_block(t, b.kind, depth - 1);
    }
    return b;
}

/* Not normalised, not numbered. */
static inline struct body body_random(struct test *t)
{
    struct body b = {.count = test_number(t, 8)};

    b.blocks = arena_many(t->arena, struct block, b.count);
    for (size_t i = 0; i < b.count; i++)
        b.blocks[i] = random_block(t, BLOCK_KINDS, 4);
    return b;
}

#endif
