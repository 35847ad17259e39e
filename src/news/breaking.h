/*
 * breaking.h - breaking news: one line to every open page, until it is over.
 *
 * One stands at a time: the newest that was neither taken back nor has come to its end.  It may
 * lead to a story, and stands only as long as readers may have that: the gate is asked each time.
 */
#ifndef NEWS_BREAKING_H
#define NEWS_BREAKING_H

#include "news/desk.h"
#include "news/story.h"

struct breaking {
    int64_t id, story; /* story 0: it leads nowhere yet */
    str words, path;   /* path: of the story; or empty */
    bool is_corrected; /* it was wrong before, or its story was corrected since it was
                          said: then its words are the story's headline */
    int64_t told_at, until_at;
};

/* What stands now for this viewer; E_MISSING: nothing.  Holds until it ends by itself. */
err breaking_now(struct reading *r, struct breaking *out);

/* --- the desk, inside a store_write() job --- */

enum { BREAKING_WORDS_MAX = 200, BREAKING_USUAL_MIN = 60, BREAKING_LONGEST_MIN = 24 * 60 };

struct breaking_words {
    int64_t story; /* 0: none */
    str words;
    int minutes;   /* until it ends by itself, from now on */
    bool corrects; /* of a change: what stood was wrong, and readers are told so */
};

/* Tell it; what stood before is over.  E_INVALID: no words, too many, too long; E_CONFLICT: readers
 * have no such story. */
err breaking_tell(struct desk *d, const struct breaking_words *text, int64_t *id, note *why);

/* Say what stands anew.  E_GONE: it is over, or another stands. */
err breaking_change(struct desk *d, int64_t id, const struct breaking_words *text, note *why);

/* Take back what stands.  E_GONE: nothing does. */
err breaking_end(struct desk *d, note *why);

#endif
