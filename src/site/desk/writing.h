/*
 * writing.h - what the routes of a story that is being written share (write.c, copy.c,
 * revisions.c).
 */
#ifndef SITE_DESK_WRITING_H
#define SITE_DESK_WRITING_H

#include "news/working.h"
#include "site/desk/desk.h"
#include "text/json_write.h"

enum { COPY_POST_MAX = COPY_JSON_MAX + (16 << 10) };

/* The story in the address, when whoever asks may write in it.  E_MISSING: else. */
err writing_story(struct request *rq, int64_t *id);

/* What desk acts are done in, for reading. */
struct desk writing_desk(struct request *rq);

/* The working copy, made, or brought up to the newest version, where that is due. */
err writing_open(struct request *rq, int64_t id, struct working *out);

/* What an editor is told: its state, who else is there and, when it is newer than `since`, the
 * copy.
 */
err writing_answer(struct request *rq, int64_t id, int64_t since, const struct working *w,
                   str *json);

/* Members of an answer that is open. */
err writing_put_story(struct request *rq, struct json_writer *w, int64_t id);
void writing_put_people(struct request *rq, struct json_writer *w, int64_t id, str editor,
                        str here);

/* A JSON answer that nobody keeps; the cause of an error as one. */
err writing_reply(struct request *rq, int status, const buf *json);
err writing_refuse(struct request *rq, err e);

/* What its page says of where it came from; NULL: not over the wire. */
err from_wire_fill(const struct desk_page *p, int64_t story, const struct working *w,
                   const struct view_desk_from_wire **out);

/* "Correction" and its like, for the kind of a version. */
str version_kind_name(const struct desk_page *p, str kind);

/* Two copies, field by field and by words. */
struct comparing;
void compare_copies(struct comparing *c, const struct parts *p, const struct copy *before,
                    const struct copy *after);

/* What differs, in names: "Headline, Text"; empty: nothing. */
str compare_names(const struct parts *p, const struct copy *before, const struct copy *after);

/* How a byline joins names, in the paper's tongue. */
struct byline_words writing_byline(struct request *rq);

/* What may be done with a story in its state by whoever asks. */
struct writing_may {
    bool publish, update, correct, end, withdraw, kill;
};
struct writing_may writing_may(privileges may, enum public_state state);

#endif
