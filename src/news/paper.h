/*
 * paper.h - the paper's own facts: its name and motto, its sections, its time zone.
 */
#ifndef NEWS_PAPER_H
#define NEWS_PAPER_H

#include "news/reading.h"
#include "text/zone.h"

struct section {
    int64_t id;
    str slug, name, description;
    bool is_opinion;
};

struct paper {
    str name, motto, language, accent;
    str address; /* where readers find it: "https://www.example.org", no slash at the end */
    struct section *sections;
    size_t section_count;
};

/* Load the paper's facts; they live in the reading's arena. */
err paper_load(struct reading *r, struct paper *out);

/* The section with this slug or number, NULL when there is none. */
const struct section *paper_section(const struct paper *p, str slug);
const struct section *paper_section_by_id(const struct paper *p, int64_t id);

/* A topic's or a byline's own facts; E_MISSING. */
struct topic {
    int64_t id;
    str slug, name, description;
};
struct person {
    int64_t id, portrait; /* portrait: media id, 0: none */
    str slug, name, role, biography;
};
err topic_at(struct reading *r, str slug, struct topic *out);
err person_at(struct reading *r, str slug, struct person *out);

/* The paper's time zone; NULL, which is UTC, when it has none that this machine knows. */
const struct zone *paper_zone(arena *a, store_conn *db);

/* A setting's value, `otherwise` when it is not set.  For use outside a reading. */
str paper_setting(arena *a, store_conn *db, str name, str otherwise);

#endif
