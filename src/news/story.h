/*
 * story.h - stories as a viewer may see them.
 *
 * Every function asks the gate for every story; what the gate holds back is not in the result.
 * Results live in the reading's arena.
 */
#ifndef NEWS_STORY_H
#define NEWS_STORY_H

#include "news/paper.h"
#include "text/body.h"

/* What a list shows of a story. */
struct card {
    int64_t id, section; /* numbers */
    str path;            /* its address, from the root */
    str headline, kicker, standfirst, byline, language, genre;
    str front_headline;            /* for cards and fronts; or empty */
    str type;                      /* news/copy.h; or empty */
    int coverage;                  /* enum coverage_state (news/running.h) */
    int64_t public_at, changed_at; /* µs UTC; changed_at is later when there is a newer version */
    int64_t hero;                  /* media id (of a film: its poster), 0: no picture */
    str hero_alt;
    int urgency, words, version;
    bool is_rated;             /* a review with the critic's stars */
    int half_stars;            /* 0..10 */
    int64_t film_ms, sound_ms; /* how long its longest film and sound last; 0: none */
};

struct cards {
    struct card *v;
    size_t n;
};

/* A topic, an author, a place that it is tied to (subject.h). */
struct story_subject {
    int64_t id;
    str slug, name, role;
};

struct story_correction {
    str kind, reason; /* kind: "correction", "clarification" */
    int64_t at;
    bool is_at_top; /* of the story; else at its foot */
};

/* A whole story.  With GATE_TEASER `body` is empty. */
struct story {
    struct card card;
    enum gate_word gate;
    enum public_state state;
    str short_headline, dateline, credit, copyright, source;
    str search_headline, social_headline; /* for those places; or empty */
    str kind, reason;                     /* of the newest version */
    str hero_caption, hero_credit;
    struct body body;
    struct story_subject *topics;
    size_t topic_count;
    struct story_subject *authors;
    size_t author_count;
    struct story_subject *places;
    size_t place_count;
    struct story_correction *corrections;
    size_t correction_count;
    str origin;   /* news/origin.h */
    str reviewed; /* what a review is of; or empty */
    bool is_rated;
    int half_stars; /* 0..10 */
    int versions;   /* that readers could have */
};

/* The story at an address.  E_MISSING: there is none for this viewer now; E_GONE: it was taken down
 * or killed (*out untouched).  When `*moved` is not empty the story lives at that address. */
err story_at(struct reading *r, str path, struct story *out, str *moved);

/* The story with this number, under the same rules. */
err story_by_id(struct reading *r, int64_t id, struct story *out);

/* The newest `many` cards published before `before` (TIME_NEVER: now). */
err stories_latest(struct reading *r, int64_t before, size_t many, struct cards *out);
err stories_of_section(struct reading *r, int64_t section, int64_t before, size_t many,
                       struct cards *out);
err stories_of_subject(struct reading *r, int64_t subject, int64_t before, size_t many,
                       struct cards *out);

/* What was published from `since` to `before`, newest first. */
err stories_of_day(struct reading *r, int64_t since, int64_t before, size_t many,
                   struct cards *out);

/* For fronts: what editors have put into one, in no order; of each section the newest; the most
 * read of a section (0: of the paper), first the most. */
err stories_pinned(struct reading *r, int64_t front, struct cards *out);
err stories_of_each_section(struct reading *r, size_t many, struct cards *out);
err stories_most_read(struct reading *r, int64_t section, size_t many, struct cards *out);

/* These stories in this order, without those that the gate does not let through. */
err stories_by_id(struct reading *r, const int64_t *ids, size_t n, struct cards *out);

/* The stories that the desk has tied to this one, in its order. */
err stories_tied(struct reading *r, const struct story *of, struct cards *out);

/* The stories that share most topics with this one, then the newest: chosen among the newest of
 * each of its topics. */
err stories_related(struct reading *r, const struct story *of, size_t many, struct cards *out);

/* The neighbours in its section: the one published just before and just after; n is 0 or 1. */
err story_neighbours(struct reading *r, const struct card *of, struct cards *before,
                     struct cards *after);

#endif
