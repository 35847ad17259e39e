/*
 * subject.h - what stories are tied to and what has a page of its own: topics, authors, places.
 *
 * All three are one thing with a kind: a name, a slug, the stories, and at the head of the page
 * what the newsroom has written about it, with a picture.  Copy makes them as it names them; words
 * and picture are the newsroom's own and public as soon as they are kept.
 */
#ifndef NEWS_SUBJECT_H
#define NEWS_SUBJECT_H

#include "news/desk.h"
#include "news/map.h"
#include "text/body.h"

/* Numbers that stand in the store, in the order in which a story has them. */
enum subject_kind { SUBJECT_TOPIC, SUBJECT_AUTHOR, SUBJECT_PLACE, SUBJECT_KINDS };

/* "topic"; the kind of a word; SUBJECT_KINDS: none. */
str subject_word(enum subject_kind kind);
enum subject_kind subject_kind_of(str word);

/* "/topic/rail" */
str subject_path(arena *a, enum subject_kind kind, str slug);

/* A name as the slug of a page; what cannot be spelled in ASCII gets its fingerprint. */
str subject_slug(arena *a, str name);

struct subject {
    int64_t id;
    enum subject_kind kind;
    str slug, name;
    str role;         /* an author's */
    str summary;      /* a sentence or two */
    struct body body; /* the same at length, or nothing */
    str language;     /* of both; empty: the paper's */
    int64_t picture;  /* media id, 0: none */
    str alt, credit;  /* empty: as the picture itself has them */
    str email, links; /* an author's; links: addresses, one a line */
};

/* The subject with this slug; E_MISSING. */
err subject_at(struct reading *r, enum subject_kind kind, str slug, struct subject *out);

/* Has the newsroom written about it?  Else it is public only where a public story carries it. */
bool subject_is_written(const struct subject *s);

/* What it is, in one piece of plain text; may be empty. */
str subject_opening(arena *a, const struct subject *s, size_t max);

/* The addresses of those that are public, for the sitemap, with when their newest story was
 * published; what was last in the paper first. */
err subjects_map(struct reading *r, size_t many, struct map_places *out);

/* --- the desk, inside a store_write() job --- */

/* The subject with this name, made when it is new; `code`: of IPTC Media Topics, or empty. */
err subject_named(struct desk *d, enum subject_kind kind, str name, str code, int64_t *id);

enum { SUBJECT_LINKS_MAX = 12, SUBJECT_SUMMARY_MAX = 600 };

/* What is said anew of a subject; what is NULL stays as it is. */
struct subject_change {
    const str *name, *role, *summary, *language, *alt, *credit, *email, *links;
    const struct body *body;
    const int64_t *picture;
};

/* Say it, and tell the pages.  A subject that is not there yet is made when it is given a name.
 * E_MISSING: there is none; E_INVALID: no slug, an address that is none, a picture without
 * alternative text. */
err subject_say(struct desk *d, enum subject_kind kind, str slug, const struct subject_change *c,
                note *why);

#endif
