/*
 * paper.h - the paper's own facts: its name and motto, its sections, its time zone.
 */
#ifndef NEWS_PAPER_H
#define NEWS_PAPER_H

#include "news/reading.h"
#include "news/settings.h"
#include "text/say.h"
#include "text/zone.h"

/* A page of information that the paper has written about itself (information.h). */
struct paper_page {
    str slug, title;
    int64_t changed_at; /* µs UTC */
    bool in_foot;       /* the foot of every page names it */
};

struct section {
    int64_t id;
    str slug, name, description;
    bool is_opinion;
    bool in_menu; /* the menu of every page names it */
    str stages;   /* of its own (stage.h); empty: the paper's */
};

/* Its settings, each under its name (settings.h); one that is not set is empty. */
#define PAPER_FIELD(name, kind, about) str name;
struct paper {
    PAPER_SETTINGS(PAPER_FIELD)
    struct section *sections;
    size_t section_count;
    struct paper_page *pages;
    size_t page_count;
    /* whoever shows pages sets these: */
    const struct tongue *tongue; /* what its furniture is said in */
    str colours, icon;           /* the addresses of what is drawn from its settings */
};

/* Load the paper's facts; they live in the reading's arena. */
err paper_load(struct reading *r, struct paper *out);

/* The section with this slug or number, NULL when there is none. */
const struct section *paper_section(const struct paper *p, str slug);
const struct section *paper_section_by_id(const struct paper *p, int64_t id);

/* Does it have the page of information at "/{slug}"? */
bool paper_has_page(const struct paper *p, str slug);

/* The paper's time zone; NULL, which is UTC, when it has none that this machine knows. */
const struct zone *paper_zone(arena *a, store_conn *db);

/* A setting's value, `otherwise` when it is not set.  For use outside a reading. */
str paper_setting(arena *a, store_conn *db, str name, str otherwise);

/* Where the paper is found, for whoever gets a link to it; empty while its address is not set, or
 * is this very machine (as it is at first).  In `a`. */
str paper_address(arena *a, store_conn *db);

#endif
