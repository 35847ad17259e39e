/*
 * show.h - from a reading and a view to a reply that is kept.
 */
#ifndef SITE_SHOW_H
#define SITE_SHOW_H

#include "http/reply.h"
#include "news/reading.h"
#include "site/site.h"

/* Begin what a handler of a page begins with: anybody, now, the page or, at an address that ends
 * with ".lite", the lite page (rq->path is without that). */
err show_begin(struct request *rq, struct reading *r);

/* The same for another way out. */
err show_begin_for(struct request *rq, enum outlet outlet, struct reading *r);

/* An address of ours in the edition that was asked for: "/news" or "/news.lite". */
str show_address(struct request *rq, str path);

/* The paper's own facts, from the shelf when nothing has changed them. */
err show_paper(struct request *rq, struct reading *r, struct paper *out);

/* What the template makes of `view` in the reading's edition.  E_LIMIT: it is too large. */
err show_draw(struct request *rq, struct reading *r, enum template template, const void *view,
              str *out);

/* Draw `view`, reply with it, and keep it with what the reading has loaded, as long as the gate
 * says.  Ends the reading. */
err show_page(struct request *rq, struct reading *r, int status, enum template template,
              const void *view);

/* The same for something that is not drawn (CSS). */
err show_bytes(struct request *rq, struct reading *r, str type, str bytes, enum page_keep keep);

/* The same with headers of its own; expiry and compression are settled here. */
err show_made(struct request *rq, struct reading *r, const struct page_spec *spec);

/* The part that every page has: names, menu, today.  `path`: what is marked as current. */
struct view_page;
struct view_picture;
struct story;
struct cards;
struct told_gallery;
struct subject;
struct told_entry;
struct told_coverage;

/* A film or sound of a story, for machines; addresses from the root. */
struct shown_film {
    int64_t media;
    bool is_sound;
    str address, type, poster; /* poster: empty for a sound */
    int width, height;
    str duration; /* "PT1M24S" */
    str name, description, transcript;
};
struct shown_films {
    struct shown_film *v;
    size_t n;
};
struct page_head {
    str title; /* empty: "name | the paper's name" */
    str description, path, canonical, language;
    /* for machines (api/describe.h) */
    str name;                             /* the title without the paper's; or empty */
    str topics;                           /* what else it listens to (live/live.h) than "site" and
                                             its story: "latest,section-3"; or empty.
                                             Who lists what is new tells breaking news */
    str feed;                             /* the page that has feeds: "/sport"; empty: the front */
    bool in_brief;                        /* running stories stand on it in brief, or may */
    const struct story *story;            /* what it is about, or NULL */
    const struct story *within;           /* whose history, pictures or entry it is, or NULL */
    const struct cards *cards;            /* what it lists, or NULL */
    const struct subject *subject;        /* whose page it is, or NULL */
    const struct told_gallery *gallery;   /* its pictures (addresses from the root), or NULL */
    const struct view_picture *picture;   /* that stands for it, or NULL */
    struct shown_films films;             /* of the story */
    const struct told_entry *entry;       /* an entry of a running story that it is, or NULL */
    const struct told_coverage *coverage; /* of the story, or NULL */
};

/* Of a running story, for machines; addresses from the root. */
struct told_entry {
    int64_t story, number, at, edited; /* edited: 0: never */
    str path, title, text, byline;
    str of, of_path; /* the story */
};
struct told_coverage {
    int64_t from_at, until_at; /* 0: not known, or it goes on */
    const struct told_entry *entries;
    size_t n;
};
err show_head(struct request *rq, struct reading *r, const struct paper *paper,
              const struct page_head *head, const struct view_page **out);

#endif
