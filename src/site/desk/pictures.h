/*
 * pictures.h - what the pages of the newsroom that have to do with pictures share.
 */
#ifndef SITE_DESK_PICTURES_H
#define SITE_DESK_PICTURES_H

#include "media/catalogue.h"
#include "site/desk/desk.h"
#include "store/sql.h"
#include "text/json_write.h"

/* What is asked of the library. */
struct picture_question {
    str words, kind; /* kind: image, video, audio; empty: all */
    int64_t before;  /* numbers below this one */
};
void pictures_read_question(struct request *rq, const char *words, struct picture_question *out);

/* The newest first, at most `many`. */
err pictures_ask(struct request *rq, const struct picture_question *q, int64_t many,
                 struct sql_pictures_newest_rows *out);

/* As media/srcset.h has it, where staff may load it whatever stories show: the narrowest; the one
 * for a page.  Empty: a sound has none. */
str picture_thumb(arena *a, const struct sql_pictures_newest *row);
str picture_src(arena *a, const struct sql_pictures_newest *row);

/* What it is called: its headline, title or file. */
str picture_name(const struct sql_pictures_newest *row);

/* One of the list of docs/decisions/0009. */
void picture_put(struct json_writer *w, const char *key, arena *a,
                 const struct sql_pictures_newest *row);

/* In English, to be said. */
extern const char *const picture_was_changed;

/* What was typed of a crop, and why it was not done. */
struct crop_typed {
    enum shape shape;
    str left, top, width, height, was;
    const char *wrong; /* NULL: nothing was typed */
};

/* The crops of a picture for its page. */
void crops_fill(const struct desk_page *p, const struct media *m, const struct crop_typed *typed,
                struct view_desk_picture *view);

/* The picture's page again, with what was typed. */
err picture_show_crop(struct request *rq, int status, const struct crop_typed *typed);

/* Take a file in, as whoever asks.  What is wrong with it is in `fault` (in English, to be said)
 * and `why`, and nothing of it is kept.  E_BUSY: others are being looked over. */
struct picture_taking {
    str name, bytes;
    int64_t upload;    /* that it is of; 0: it came whole */
    int64_t id;        /* of the picture */
    const char *fault; /* NULL: it was taken */
    str why;
};
err picture_take(struct request *rq, struct picture_taking *t);

#endif
