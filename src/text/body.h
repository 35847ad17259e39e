/*
 * body.h - a story's body: a typed tree of blocks, never HTML.
 *
 * What comes from outside is converted into this tree by allowlist (text/from_html.h); what goes
 * out is written from it, one small writer an outlet (text/write_*.h).  It is stored as JSON by
 * body_to_json.  Everything lives in the arena it was made in.  Pure: no I/O, no globals.
 *
 * Shape of a block, by kind (what is not named is empty):
 *   PARAGRAPH   spans
 *   HEADING     spans, level 2..4
 *   LIST        children: ITEM; ordered, start
 *   ITEM        spans, children: LIST (nested)
 *   QUOTE       children: PARAGRAPH, LIST; credit: who said it
 *   PULL_QUOTE  spans; credit
 *   PICTURE     media or address; spans: caption; credit, alt, width, height
 *   GALLERY     children: PICTURE; title
 *   VIDEO AUDIO media or address; spans: caption; credit, title
 *   FACT_BOX    children: PARAGRAPH, LIST, HEADING; title
 *   TABLE       children: ROW; spans: caption
 *   ROW         children: CELL
 *   CELL        spans; header, across, down
 *   TIMELINE    children: ENTRY; title
 *   ENTRY       title: when, as words; spans; children: PARAGRAPH
 *   EMBED       address (https only), title, credit: provider; spans: what it says
 *   RELATED     story or address; title
 *   FOOTNOTE    title: its mark; spans
 *   DIVIDER
 * What a kind does not have is cleared by normalising; a block with media has no address.
 */
#ifndef TEXT_BODY_H
#define TEXT_BODY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

enum block_kind {
    BLOCK_PARAGRAPH,
    BLOCK_HEADING,
    BLOCK_LIST,
    BLOCK_ITEM,
    BLOCK_QUOTE,
    BLOCK_PULL_QUOTE,
    BLOCK_PICTURE,
    BLOCK_GALLERY,
    BLOCK_VIDEO,
    BLOCK_AUDIO,
    BLOCK_FACT_BOX,
    BLOCK_TABLE,
    BLOCK_ROW,
    BLOCK_CELL,
    BLOCK_TIMELINE,
    BLOCK_ENTRY,
    BLOCK_EMBED,
    BLOCK_RELATED,
    BLOCK_FOOTNOTE,
    BLOCK_DIVIDER,
    BLOCK_KINDS
};

/* Marks of an inline run, as bits. */
enum span_mark {
    MARK_STRONG = 1,
    MARK_EMPHASIS = 2,
    MARK_CODE = 4,
    MARK_SUB = 8,
    MARK_SUP = 16,
    MARK_BREAK = 32, /* a line break; text is empty, no other marks */
};

/* Words with the same marks.  Neighbours that could be one span are one span. */
struct span {
    str text;       /* UTF-8, white space squeezed */
    unsigned marks; /* enum span_mark */
    str link;     /* http, https, mailto or tel, or a path of our own starting with '/'; or empty */
    str language; /* BCP 47, or empty: as its surroundings */
};

struct block {
    enum block_kind kind;
    str id; /* stable: 1 to 16 of [a-z0-9]; unique in its body */
    struct span *spans;
    size_t span_count;
    struct block *children;
    size_t child_count;

    str title, credit, alt, address;
    str language;  /* BCP 47, or empty: as its surroundings */
    int64_t media; /* id in the media library, 0: none */
    int64_t story; /* id of a related story, 0: none */
    int width, height;
    int level;        /* heading: 2..4, no level left out on the way down */
    int start;        /* ordered list: its first number, 1.. */
    int across, down; /* cell: columns and rows that it spans, 1..50 and 1..1000 */
    bool ordered, header;
};

struct body {
    struct block *blocks;
    size_t count;
};

/* Limits on what a stranger may send; a body beyond them is E_LIMIT. */
enum {
    BODY_BLOCKS_MAX = 20000, /* of all depths together */
    BODY_DEPTH_MAX = 12,
    BODY_SPANS_MAX = 60000,
    BODY_TEXT_MAX = 4 << 20, /* bytes of text */
};

/* The name of a kind as it stands in JSON: "paragraph", "pull_quote"... */
str block_kind_name(enum block_kind kind);

/* Give every block without a (valid, unique) id one: derived from kind and text (and, between
 * equals, from their order), so that the same body always gets the same ids and a new paragraph
 * changes nobody else's. */
void body_number(arena *a, struct body *b);

/* Put a tree into its one normal form: empty spans and blocks dropped, neighbours joined, white
 * space squeezed, children that their parent cannot have lifted out or wrapped, a paragraph with
 * two breaks in a row split, unsafe links dropped (their words stay), limits kept.  What the
 * converters and readers give is always in this form. */
err body_normalise(arena *a, struct body *b, note *why);

/* The stored form: {"v":1,"blocks":[...]}.  Reading refuses what is not a body (E_INVALID with the
 * place) or too large (E_LIMIT), and gives normal form; reading what was written gives the same
 * tree. */
str body_to_json(arena *a, const struct body *b);
err body_from_json(arena *a, str json, struct body *out, note *why);

/* The same for what body_to_json() wrote and nobody else touched: taken as it stands, some five
 * times as fast.  Strings may point into `json`. */
err body_from_store(arena *a, str json, struct body *out, note *why);

/* The same tree, ids and all? */
bool body_same(const struct body *x, const struct body *y);

/* The n-th gallery of a body, from 1 (no other block holds one); NULL when there are not so many.
 */
const struct block *body_gallery(const struct body *b, size_t n);

/* Does it show this picture, film or sound, at any depth? */
bool body_shows(const struct body *b, int64_t media);

/* Words in running text, captions and all; for reading time. */
size_t body_words(const struct body *b);

/* The first `max` bytes of its running text, cut after a whole word, with an ellipsis if cut. */
str body_opening(arena *a, const struct body *b, size_t max);

/* A hand to build a tree in order: blocks are added to the innermost open one.  Used by every
 * converter. */
struct body_builder;

struct body_builder *body_builder_new(arena *a);
/* Open a block inside the open one (or at the top); attributes are set through what it gives back,
 * which stays until body_done.  Inside a paragraph or heading it splits that in two. */
struct block *body_open(struct body_builder *w, enum block_kind kind);
void body_close(struct body_builder *w);
/* Add words to the open block; where none that takes words is open, a paragraph is opened. */
void body_text(struct body_builder *w, str text, unsigned marks, str link, str language);
void body_break(struct body_builder *w);
/* Close everything, normalise, number.  E_LIMIT when it was too much. */
err body_done(struct body_builder *w, struct body *out, note *why);

#endif
