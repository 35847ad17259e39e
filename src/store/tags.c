#include "store/tags.h"

#include "base/buf.h"
#include "base/must.h"

enum { TAGS_TEXT_MAX = 64 * 1024 };

#define TAG_KIND_WORD(word, doc) S_INIT(#word),
static const str words[] = {S_INIT("none"), TAG_KINDS(TAG_KIND_WORD)};

/* Where `tag` stands or would stand. */
static size_t place_of(const struct tag_set *set, store_tag tag)
{
    size_t low = 0, high = set->n;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (set->v[middle] < tag)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void make_room(struct tag_set *set)
{
    if (set->n < set->room)
        return;

    size_t room = set->room == 0 ? 16 : set->room * 2;
    store_tag *v = arena_many(set->a, store_tag, room);

    if (set->n > 0)
        memcpy(v, set->v, set->n * sizeof *v);
    set->v = v;
    set->room = room;
}

void tag_set_add(struct tag_set *set, store_tag tag)
{
    if (set->everything)
        return;

    size_t at = place_of(set, tag);

    if (at < set->n && set->v[at] == tag)
        return;
    if (set->n == TAG_SET_MAX) {
        set->everything = true;
        return;
    }
    make_room(set);
    memmove(set->v + at + 1, set->v + at, (set->n - at) * sizeof *set->v);
    set->v[at] = tag;
    set->n++;
}

void tag_set_add_all(struct tag_set *set, const struct tag_set *more)
{
    set->everything |= more->everything;
    for (size_t i = 0; i < more->n; i++)
        tag_set_add(set, more->v[i]);
}

bool tag_set_has(const struct tag_set *set, store_tag tag)
{
    size_t at = place_of(set, tag);

    return set->everything || (at < set->n && set->v[at] == tag);
}

bool tag_sets_meet(const struct tag_set *x, const struct tag_set *y)
{
    if ((x->everything && (y->everything || y->n > 0)) || (y->everything && x->n > 0))
        return true;
    for (size_t i = 0, j = 0; i < x->n && j < y->n;) {
        if (x->v[i] == y->v[j])
            return true;
        if (x->v[i] < y->v[j])
            i++;
        else
            j++;
    }
    return false;
}

str tag_set_write(arena *a, const struct tag_set *set)
{
    buf b = buf_new(a, TAGS_TEXT_MAX);

    if (set->everything)
        return S("*");
    for (size_t i = 0; i < set->n; i++) {
        must(tag_kind(set->v[i]) < TAG_KIND_COUNT);
        if (i > 0)
            buf_char(&b, ' ');
        buf_add(&b, words[tag_kind(set->v[i])]);
        buf_char(&b, ':');
        buf_int(&b, tag_id(set->v[i]));
    }
    return buf_str(&b);
}

static enum tag_kind kind_of(str word)
{
    for (size_t i = 1; i < LENGTH(words); i++)
        if (str_eq(words[i], word))
            return (enum tag_kind)i;
    return TAG_none;
}

struct tag_set tag_set_read(arena *a, str text)
{
    struct tag_set set = tag_set_new(a);
    str piece, word;
    int64_t id;

    while (!str_empty(text) && str_cut(&text, ' ', &piece)) {
        enum tag_kind kind = str_cut(&piece, ':', &word) ? kind_of(word) : TAG_none;

        if (kind != TAG_none && str_int(piece, &id))
            tag_set_add(&set, tag_of(kind, id));
        else
            set.everything = true;
    }
    return set;
}
