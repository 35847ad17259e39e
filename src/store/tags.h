/*
 * tags.h - what a page was made from: one tag a thing, recorded while statements run.
 *
 * A statement's `-- tags:` line says which of its columns name a thing.  An event carries the tags
 * of what it changed, and a page goes when one of its own tags comes by.
 */
#ifndef STORE_TAGS_H
#define STORE_TAGS_H

#include "base/arena.h"
#include "base/str.h"

/* Every kind of thing that a page can depend on. */
#define TAG_KINDS(X)                                                                               \
    X(site, "what stands on every page: the name, the menu, the theme (id 0)")                     \
    X(story, "one story, in any version")                                                          \
    X(section, "a section: its own facts and which stories stand in it")                           \
    X(subject, "a topic, an author, a place: its own facts and which stories carry it")            \
    X(subjects, "the list of those that are written about (id 0)")                                 \
    X(day, "what was published on a day; the id is days since 1970, UTC")                          \
    X(media, "a picture, film or sound")                                                           \
    X(front, "a curated page of slots")                                                            \
    X(item, "an item of copy from the wire")                                                       \
    X(source, "a wire source")                                                                     \
    X(latest, "the list of newest stories of the whole paper (id 0)")                              \
    X(most_read, "the list of the most read stories (id 0)")                                       \
    X(notice, "one notice")                                                                        \
    X(notices, "the lists of notices (id 0)")                                                      \
    X(settings, "the paper's settings (id 0)")                                                     \
    X(breaking, "the breaking news (id 0)")                                                        \
    X(running, "the list of stories that are covered now (id 0)")

#define TAG_KIND_ENUM(word, doc) TAG_##word,
enum tag_kind { TAG_none, TAG_KINDS(TAG_KIND_ENUM) TAG_KIND_COUNT };

/* A thing as one number: its kind in the top 8 bits, its id in the low 56. */
typedef uint64_t store_tag;

static inline store_tag tag_of(enum tag_kind kind, int64_t id)
{
    return (store_tag)kind << 56 | ((store_tag)id & (((store_tag)1 << 56) - 1));
}

static inline enum tag_kind tag_kind(store_tag tag)
{
    return (enum tag_kind)(tag >> 56);
}

static inline int64_t tag_id(store_tag tag)
{
    return (int64_t)(tag & (((store_tag)1 << 56) - 1));
}

/* Does what it stands for change so often, and matter so little, that a page may show for a moment
 * what it was (page/cache.h, 5)? */
static inline bool tag_is_passing(store_tag tag)
{
    return tag_kind(tag) == TAG_most_read;
}

enum { TAG_SET_MAX = 512 };

/* Tags in ascending order, each once.  With more than TAG_SET_MAX, or when a tag of the log was
 * written by a newer program, `everything` is set and stays: the set then matches any tag, and a
 * page made from it is not kept. */
struct tag_set {
    arena *a;
    store_tag *v;
    size_t n, room;
    bool everything;
};

static inline struct tag_set tag_set_new(arena *a)
{
    return (struct tag_set){.a = a};
}

void tag_set_add(struct tag_set *set, store_tag tag);
void tag_set_add_all(struct tag_set *set, const struct tag_set *more);
bool tag_set_has(const struct tag_set *set, store_tag tag);

/* Have the two a tag in common? */
bool tag_sets_meet(const struct tag_set *x, const struct tag_set *y);

/* As the log keeps them: "story:12 section:3", "*" for everything.  The text lives in `a`. */
str tag_set_write(arena *a, const struct tag_set *set);
struct tag_set tag_set_read(arena *a, str text);

#endif
