/*
 * structured.h - what a page is, in schema.org's words, as one JSON-LD graph.
 *
 * Plain facts in, members of an open "@graph" list out; empty facts are left out.  Addresses are
 * whole.  Pure.
 */
#ifndef SITE_API_STRUCTURED_H
#define SITE_API_STRUCTURED_H

#include "text/json_write.h"

/* The paper: NewsMediaOrganization, and its WebSite. */
struct told_paper {
    str address, name, description, publisher, logo, email, phone, postal, language;
    str corrections, search; /* addresses of its policy and its search; or empty */
    const str *same_as;      /* its pages elsewhere */
    size_t same_as_n;
};
void told_paper(struct json_writer *w, const struct told_paper *p);

struct told_person {
    str name, url, role;
};
struct told_picture {
    str url, caption, credit;
    int width, height; /* 0: not known */
};
struct told_correction {
    str text, at; /* at: RFC 3339 */
};
/* An entry of a running story. */
struct told_update {
    str url, headline, text, at, changed, byline; /* byline: empty: the paper's */
};
/* A film or a sound: VideoObject, AudioObject. */
struct told_video {
    str url, name, description, poster, at, duration; /* duration: ISO 8601, "PT1M30S" */
    str type, transcript;                             /* "video/webm"; what is said */
    int width, height;
    bool is_sound;
};

/* A story: NewsArticle, OpinionNewsArticle, ReviewNewsArticle, or LiveBlogPosting when it is
 * covered. */
struct told_story {
    str paper; /* the paper's address */
    str url, headline, alternative, description, section, language, published, changed, dateline,
        byline;
    bool is_opinion, is_review;
    str reviewed; /* what a review is of */
    bool is_rated;
    int half_stars; /* 0..10 */
    int words;
    bool is_live;
    str live_from, live_until;
    const struct told_person *authors;
    size_t author_n;
    const struct told_person *topics; /* name and url */
    size_t topic_n;
    const struct told_person *places; /* the same: where it is from */
    size_t place_n;
    const struct told_picture *picture; /* or NULL */
    const struct told_video *videos;
    size_t video_n;
    const struct told_correction *corrections;
    size_t correction_n;
    const struct told_update *updates;
    size_t update_n;
};
void told_story(struct json_writer *w, const struct told_story *s);

/* An entry by itself: BlogPosting, part of its story. */
struct told_link {
    str url, name;
};
void told_entry(struct json_writer *w, str paper, const struct told_update *e,
                const struct told_link *story);

/* A page that is a list of stories: CollectionPage with an ItemList; of a topic or a place it says
 * what it is about; of an author it is a ProfilePage, which is about them. */
enum told_about { TOLD_NOTHING, TOLD_TOPIC, TOLD_PLACE, TOLD_AUTHOR };
struct told_list {
    str paper, url, name, description, language;
    enum told_about about;
    str subject, role, email; /* its name; an author's */
    const str *same_as;       /* its pages elsewhere */
    size_t same_as_n;
    const struct told_picture *picture; /* of it, or NULL */
    const struct told_link *items;
    size_t n;
};
void told_list(struct json_writer *w, const struct told_list *l);

/* The pictures of a story's gallery: ImageGallery with its ImageObjects; or one of them alone, with
 * the gallery that it stands in. */
struct told_shot {
    str page; /* its own page */
    struct told_picture picture;
};
struct told_gallery {
    str paper, url, name, language;
    str all;                /* where all of them are, for one alone; else empty */
    struct told_link story; /* that it belongs to */
    struct told_shot *shots;
    size_t n;
};
void told_gallery(struct json_writer *w, const struct told_gallery *g);

/* From the front to here: BreadcrumbList. */
void told_way(struct json_writer *w, str url, const struct told_link *steps, size_t n);

#endif
