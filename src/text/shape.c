#include "text/shape.h"

#include "base/utf8.h"

static const struct shape {
    str name;
    unsigned fields;
    unsigned home;     /* the one parent it may have, or TOP */
    unsigned children; /* bits of the kinds it takes */
} shapes[BLOCK_KINDS] = {
#define K(kind) (1u << BLOCK_##kind)
#define SHAPE(kind, name, fields, home, children)                                                  \
    [BLOCK_##kind] = {S_INIT(name), fields, home, children}
    SHAPE(PARAGRAPH, "paragraph", HAS_SPANS, TOP, 0),
    SHAPE(HEADING, "heading", HAS_SPANS, TOP, 0),
    SHAPE(LIST, "list", 0, TOP, K(ITEM)),
    SHAPE(ITEM, "item", HAS_SPANS, BLOCK_LIST, K(LIST)),
    SHAPE(QUOTE, "quote", HAS_CREDIT, TOP, K(PARAGRAPH) | K(LIST)),
    SHAPE(PULL_QUOTE, "pull_quote", HAS_SPANS | HAS_CREDIT, TOP, 0),
    SHAPE(PICTURE, "picture", HAS_SPANS | HAS_CREDIT | HAS_ALT | HAS_ADDRESS | HAS_MEDIA | HAS_SIZE,
          TOP, 0),
    SHAPE(GALLERY, "gallery", HAS_TITLE, TOP, K(PICTURE)),
    SHAPE(VIDEO, "video", HAS_SPANS | HAS_CREDIT | HAS_TITLE | HAS_ADDRESS | HAS_MEDIA, TOP, 0),
    SHAPE(AUDIO, "audio", HAS_SPANS | HAS_CREDIT | HAS_TITLE | HAS_ADDRESS | HAS_MEDIA, TOP, 0),
    SHAPE(FACT_BOX, "fact_box", HAS_TITLE, TOP, K(PARAGRAPH) | K(LIST) | K(HEADING)),
    SHAPE(TABLE, "table", HAS_SPANS, TOP, K(ROW)),
    SHAPE(ROW, "row", 0, BLOCK_TABLE, K(CELL)),
    SHAPE(CELL, "cell", HAS_SPANS, BLOCK_ROW, 0),
    SHAPE(TIMELINE, "timeline", HAS_TITLE, TOP, K(ENTRY)),
    SHAPE(ENTRY, "entry", HAS_SPANS | HAS_TITLE, BLOCK_TIMELINE, K(PARAGRAPH)),
    SHAPE(EMBED, "embed", HAS_SPANS | HAS_TITLE | HAS_CREDIT | HAS_ADDRESS, TOP, 0),
    SHAPE(RELATED, "related", HAS_TITLE | HAS_ADDRESS | HAS_STORY, TOP, 0),
    SHAPE(FOOTNOTE, "footnote", HAS_SPANS | HAS_TITLE, TOP, 0),
    SHAPE(DIVIDER, "divider", 0, TOP, 0),
#undef SHAPE
#undef K
};

str block_kind_name(enum block_kind kind)
{
    must(kind < BLOCK_KINDS);
    return shapes[kind].name;
}

bool block_kind_named(str name, enum block_kind *out)
{
    for (enum block_kind k = 0; k < BLOCK_KINDS; k++)
        if (str_eq(shapes[k].name, name)) {
            *out = k;
            return true;
        }
    return false;
}

bool block_has(enum block_kind kind, unsigned fields)
{
    return (shapes[kind].fields & fields) != 0;
}

bool block_takes(unsigned parent, enum block_kind child)
{
    if (parent == TOP)
        return shapes[child].home == TOP;
    return (shapes[parent].children & 1u << child) != 0;
}

unsigned block_home(enum block_kind kind)
{
    return shapes[kind].home;
}

bool block_id_ok(str id)
{
    if (id.n < 1 || id.n > 16)
        return false;
    for (size_t i = 0; i < id.n; i++)
        if (!((id.p[i] >= 'a' && id.p[i] <= 'z') || (id.p[i] >= '0' && id.p[i] <= '9')))
            return false;
    return true;
}

bool language_ok(str tag)
{
    size_t part = 0;
    bool first = true;

    if (tag.n < 2 || tag.n > 35)
        return false;
    for (size_t i = 0; i <= tag.n; i++) {
        char c = i < tag.n ? tag.p[i] : '-';
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';

        if (c == '-') {
            if (part == 0 || part > 8 || (first && part < 2 && tag.p[0] != 'x' && tag.p[0] != 'i'))
                return false;
            part = 0;
            first = false;
        } else if (letter || (c >= '0' && c <= '9' && !first)) {
            part++;
        } else {
            return false;
        }
    }
    return true;
}

bool text_blank(str s)
{
    while (s.n > 0) {
        uint32_t c = utf8_next(&s);

        if (!utf8_is_space(c) && c != 0x200B && c != 0xFEFF && c != 0x2060 && c != 0xAD)
            return false;
    }
    return true;
}

struct block *block_list_add(arena *a, struct block_list *l, struct block b)
{
    if (l->n == l->room) {
        struct block *p = arena_many(a, struct block, l->room == 0 ? 8 : l->room * 2);

        if (l->n > 0)
            memcpy(p, l->p, l->n * sizeof *p);
        l->room = l->room == 0 ? 8 : l->room * 2;
        l->p = p;
    }
    l->p[l->n] = b;
    return &l->p[l->n++];
}

void span_list_add(arena *a, struct span_list *l, struct span s)
{
    if (l->n == l->room) {
        struct span *p = arena_many(a, struct span, l->room == 0 ? 4 : l->room * 2);

        if (l->n > 0)
            memcpy(p, l->p, l->n * sizeof *p);
        l->room = l->room == 0 ? 4 : l->room * 2;
        l->p = p;
    }
    l->p[l->n++] = s;
}
