/*
 * sections.h - the paper's sections as the desk makes, renames, orders and drops them; the words
 * that they had in their address before lead on to them.
 *
 * Stories keep the addresses that they have.  Inside store_write() jobs, each with one event.
 */
#ifndef NEWS_SECTIONS_H
#define NEWS_SECTIONS_H

#include "news/reading.h"

enum {
    SECTION_NAME_MAX = 80,
    SECTION_TEXT_MAX = 300,
    SECTION_TOPICS_MAX = 200 /* bytes, bytes, codes */
};

struct section_text {
    str slug, name, description;
    bool is_opinion;
    str stages; /* of work in it, "pitch, draft, print" (stage.h); empty: the paper's */
    str topics; /* codes of Media Topics that lead there, "01000000", one a line */
};

/* The codes that lead to a section, one a line.  In `a`. */
err section_topics(arena *a, store_conn *db, int64_t section, str *out);

/* Its own stages; empty: it has the paper's.  They stand among the settings, under this word and
 * its number. */
#define SECTION_STAGES "stages:"
str section_stages(arena *a, store_conn *db, int64_t section);

/* The word that a section has now which had this one before; E_MISSING. */
err section_moved(struct reading *r, str slug, str *now);

/* E_INVALID: no name, no slug, no code; E_CONFLICT: something else has the slug. */
err section_make(arena *a, store_conn *w, const struct section_text *text, int64_t *id, note *why);
err section_say(arena *a, store_conn *w, int64_t id, const struct section_text *text, note *why);

/* E_CONFLICT: there are stories in it, or it is the last. */
err section_take_away(arena *a, store_conn *w, int64_t id, note *why);

/* Move what the menu names one up (-1) or down (1), or let it stand there or not (0). */
err section_menu(arena *a, store_conn *w, int64_t id, int by, bool in_menu, note *why);
/* The same for a page of information in the foot. */
err information_foot(arena *a, store_conn *w, str slug, int by, bool in_foot, note *why);

#endif
