#include "text/body.h"

#include "base/table.h"
#include "base/utf8.h"
#include "text/shape.h"

/* --- numbers -------------------------------------------------------------------------------- */

/* FNV-1a (Fowler, Noll, Vo), 64 bits: the same everywhere and always. */
static uint64_t mix(uint64_t h, str s)
{
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3u;
    return (h ^ 0xFF) * 0x100000001B3u;
}

static uint64_t mix_number(uint64_t h, uint64_t n)
{
    return mix(h, str_of((const char *)&n, sizeof n));
}

/* What a block says; `depth` bounds the look inside. */
static uint64_t saying(const struct block *b, int depth)
{
    uint64_t h = mix_number(0xCBF29CE484222325u, (uint64_t)b->kind);

    for (size_t i = 0; i < b->span_count; i++)
        h = mix(h, b->spans[i].text);
    h = mix(mix(h, b->title), b->address);
    h = mix_number(mix_number(h, (uint64_t)b->media), (uint64_t)b->story);
    for (size_t i = 0; i < b->child_count && depth > 0; i++)
        h = mix_number(h, saying(&b->children[i], depth - 1));
    return h;
}

struct numbers {
    arena *a;
    table seen;
};

static void keep_ids(struct numbers *k, struct block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct block *b = &blocks[i];

        if (!block_id_ok(b->id) || table_get(&k->seen, b->id) != NULL)
            b->id = (str){0};
        else
            table_put(&k->seen, b->id, b);
        keep_ids(k, b->children, b->child_count);
    }
}

static str spell(arena *a, uint64_t h)
{
    static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
    char *p = arena_bytes(a, 8);

    for (int i = 0; i < 8; i++, h >>= 5)
        p[i] = letters[h & 31];
    return str_of(p, 8);
}

static void make_ids(struct numbers *k, struct block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct block *b = &blocks[i];

        for (uint64_t h = b->id.n > 0 ? 0 : saying(b, 3); b->id.n == 0; h = mix_number(h, 1)) {
            str id = spell(k->a, h ^ h >> 40);

            if (table_get(&k->seen, id) == NULL) {
                b->id = id;
                table_put(&k->seen, id, b);
            }
        }
        make_ids(k, b->children, b->child_count);
    }
}

void body_number(arena *a, struct body *b)
{
    struct numbers k = {a, table_new(a)};

    keep_ids(&k, b->blocks, b->count);
    make_ids(&k, b->blocks, b->count);
}

/* --- comparing ------------------------------------------------------------------------------ */

static bool spans_same(const struct block *x, const struct block *y)
{
    if (x->span_count != y->span_count)
        return false;
    for (size_t i = 0; i < x->span_count; i++) {
        const struct span *s = &x->spans[i], *t = &y->spans[i];

        if (!str_eq(s->text, t->text) || s->marks != t->marks || !str_eq(s->link, t->link) ||
            !str_eq(s->language, t->language))
            return false;
    }
    return true;
}

static bool blocks_same(const struct block *x, const struct block *y, size_t n);

static bool block_same(const struct block *x, const struct block *y)
{
    return x->kind == y->kind && str_eq(x->id, y->id) && spans_same(x, y) &&
           str_eq(x->title, y->title) && str_eq(x->credit, y->credit) && str_eq(x->alt, y->alt) &&
           str_eq(x->address, y->address) && str_eq(x->language, y->language) &&
           x->media == y->media && x->story == y->story && x->width == y->width &&
           x->height == y->height && x->level == y->level && x->start == y->start &&
           x->across == y->across && x->down == y->down && x->ordered == y->ordered &&
           x->header == y->header && x->child_count == y->child_count &&
           blocks_same(x->children, y->children, x->child_count);
}

static bool blocks_same(const struct block *x, const struct block *y, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!block_same(&x[i], &y[i]))
            return false;
    return true;
}

bool body_same(const struct body *x, const struct body *y)
{
    return x->count == y->count && blocks_same(x->blocks, y->blocks, x->count);
}

/* --- words ---------------------------------------------------------------------------------- */

/* Words, carried over the borders of spans. */
static size_t words_in(str s, bool *in_word)
{
    size_t words = 0;

    while (s.n > 0) {
        uint32_t c = utf8_next(&s);
        bool space = (c <= ' ' || c >= 0x7F) && utf8_is_space(c);

        words += !space && !*in_word;
        *in_word = !space;
    }
    return words;
}

static size_t count_words(const struct block *blocks, size_t n)
{
    size_t words = 0;

    for (size_t i = 0; i < n; i++) {
        const struct block *b = &blocks[i];
        bool in_word = false;

        words += words_in(b->title, &in_word);
        in_word = false;
        for (size_t j = 0; j < b->span_count; j++) {
            if (b->spans[j].marks == MARK_BREAK)
                in_word = false;
            words += words_in(b->spans[j].text, &in_word);
        }
        words += count_words(b->children, b->child_count);
    }
    return words;
}

const struct block *body_gallery(const struct body *b, size_t n)
{
    for (size_t i = 0, met = 0; i < b->count; i++)
        if (b->blocks[i].kind == BLOCK_GALLERY && ++met == n)
            return &b->blocks[i];
    return NULL;
}

static bool shows(const struct block *blocks, size_t n, int64_t media)
{
    for (size_t i = 0; i < n; i++)
        if (blocks[i].media == media || shows(blocks[i].children, blocks[i].child_count, media))
            return true;
    return false;
}

bool body_shows(const struct body *b, int64_t media)
{
    return shows(b->blocks, b->count, media);
}

size_t body_words(const struct body *b)
{
    return count_words(b->blocks, b->count);
}

static bool runs_on(enum block_kind kind)
{
    return kind == BLOCK_PARAGRAPH || kind == BLOCK_LIST || kind == BLOCK_ITEM ||
           kind == BLOCK_QUOTE;
}

static void add_running(buf *out, const struct block *blocks, size_t n, size_t enough)
{
    for (size_t i = 0; i < n && out->n <= enough; i++) {
        const struct block *b = &blocks[i];

        if (!runs_on(b->kind))
            continue;
        if (b->span_count > 0 && out->n > 0)
            buf_char(out, ' ');
        for (size_t j = 0; j < b->span_count; j++)
            buf_add(out, b->spans[j].marks == MARK_BREAK ? S(" ") : b->spans[j].text);
        add_running(out, b->children, b->child_count, enough);
    }
}

str body_opening(arena *a, const struct body *b, size_t max)
{
    buf out = buf_new(a, BODY_TEXT_MAX * 2);

    add_running(&out, b->blocks, b->count, max);

    str s = buf_str(&out);

    if (s.n <= max)
        return s;

    str cut = utf8_to(s, max > 3 ? max - 3 : 0); /* the ellipsis has 3 bytes */

    if (s.p[cut.n] != ' ') {
        ptrdiff_t space = str_find_last(cut, ' ');

        if (space > 0)
            cut = str_to(cut, (size_t)space);
    }
    while (cut.n > 0 && strchr(" ,;:-", cut.p[cut.n - 1]) != NULL)
        cut.n--;
    return str_fmt(a, "%.*s…", STR(cut));
}
