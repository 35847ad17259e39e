/*
 * gate.h - the one place where text leaves the newsroom.
 *
 * Every way out asks here, for every story, each time; news/story.c puts words into a struct only
 * after the gate has said so.  Pure: the answer follows from the story's facts, who asks, which way
 * out and the time, and says until when it holds, which becomes the expiry of a kept page.
 */
#ifndef NEWS_GATE_H
#define NEWS_GATE_H

#include "base/time.h"
#include "news/state.h"

enum gate_word {
    GATE_NOT_YET,   /* not public, or not before its time: as if it did not exist */
    GATE_FULL,      /* all of it */
    GATE_TEASER,    /* headline and standfirst, no body */
    GATE_WITHDRAWN, /* we took it down, or its time is over: say so, nothing else */
    GATE_KILLED,    /* must never be used: say that it is gone, nothing else */
};

/* Who asks. */
enum viewer_kind {
    VIEWER_PUBLIC, /* anybody */
    VIEWER_STAFF,  /* somebody who works on the story, at the desk or the command line */
    VIEWER_GUEST,  /* somebody whom staff gave a link to this one story */
};
struct viewer {
    enum viewer_kind kind;
};

/* The ways out. */
enum outlet {
    OUTLET_PAGE,
    OUTLET_LITE,
    OUTLET_FEED,
    OUTLET_API,
    OUTLET_SITEMAP,
    OUTLET_SEARCH,
    OUTLET_LIVE,
    OUTLET_LETTER,
    OUTLET_PUSH,
    OUTLET_EXPORT,
    OUTLET_CARD,    /* a story told elsewhere in a line or a picture: oEmbed, previews of links */
    OUTLET_KEPT,    /* stories that readers take along, to be read without a connection */
    OUTLET_HISTORY, /* older versions of a story, for comparison */
    OUTLET_PREVIEW, /* a story as it will be, for a guest, until it is taken down */
    OUTLET_DESK,    /* not a way out: work inside the newsroom, for staff alone */
    OUTLET_COUNT
};

struct gate_facts {
    enum public_state state;
    int64_t public_at; /* µs UTC; 0: none set */
    int64_t expiry_at; /* µs UTC; 0: no end */
};

struct gate_answer {
    enum gate_word word;
    int64_t until; /* µs UTC, TIME_NEVER: until something happens */
};

struct gate_answer gate(struct viewer viewer, const struct gate_facts *story, enum outlet outlet,
                        int64_t now);

#endif
