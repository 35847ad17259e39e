/*
 * item.h - one item of agency copy as every dialect's parser gives it.
 *
 * A parser is a pure function: bytes and an arena in, items out.  It keeps `guid` and `version`
 * apart, leaves unknown what the copy does not say (empty str, 0) and never guesses rights.
 */
#ifndef WIRE_ITEM_H
#define WIRE_ITEM_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "text/body.h"

enum wire_dialect {
    WIRE_UNKNOWN,
    WIRE_NEWSML_G2,
    WIRE_NITF,
    WIRE_NINJS,
    WIRE_RSS,
    WIRE_ATOM,
    WIRE_HTML,
    WIRE_TEXT,
    WIRE_PICTURE,  /* a picture file with its own metadata */
    WIRE_FILM,     /* a film or sound */
    WIRE_CAPTIONS, /* captions of a film that lies beside them */
    WIRE_DIALECTS
};

enum wire_kind {
    WIRE_STORY,
    WIRE_PHOTO,
    WIRE_PACKAGE,
    WIRE_GRAPHIC,
    WIRE_VIDEO,
    WIRE_AUDIO,
    WIRE_OTHER
};

/* NewsML-G2 pubStatus, ninjs pubstatus; cancel is NITF's du-key/ed-msg and "canceled" elsewhere. */
enum wire_status { WIRE_USABLE, WIRE_WITHHELD, WIRE_CANCELLED };

enum wire_signal { WIRE_NO_SIGNAL, WIRE_UPDATE, WIRE_CORRECTION, WIRE_KILL, WIRE_EMBARGO_LIFTED };

struct wire_subject {
    str scheme; /* "medtop", "subj", or as the copy has it; empty: a plain keyword */
    str code;   /* "20000587", "15054000", empty for a keyword */
    str name;   /* as the copy has it; may be empty where the code says it all */
};

struct wire_person {
    str name;
    str role; /* "writer", "photographer", a job title, or empty */
};

/* One size of a picture, video or sound that the item points at. */
struct wire_rendition {
    str address; /* as the copy has it: a URL, or a path relative to the file it came in */
    str type;    /* media type, may be empty */
    str use;     /* "original", "web", "thumbnail"...: as the copy has it, without scheme */
    int width, height;
};

/* A picture, video or sound that belongs to a story: given inside it or as an item of its own. */
struct wire_media {
    str guid; /* of its own item; empty when it has none */
    enum wire_kind kind;
    str headline, caption, credit, byline, alt, rights;
    struct wire_rendition *renditions;
    size_t rendition_count;
};

/* Another item that this one points at. */
struct wire_link {
    str guid;
    str relation; /* "seeAlso", "dependsOn", "translatedFrom", group role in a package... */
};

struct wire_item {
    enum wire_dialect dialect;
    enum wire_kind kind;
    str guid;    /* never empty: made from the content's fingerprint when the copy has none */
    str version; /* as the copy has it; compared by wire_version_order(); empty: none said */
    enum wire_status status;
    enum wire_signal signal;

    str headline, short_headline, slugline, kicker, standfirst;
    str dateline; /* "LERWICK": place at the head of the text */
    struct wire_person *people;
    size_t person_count;
    str credit, source, copyright, usage; /* who is to be named; the agency; the notice; terms */
    str provider;                         /* who sent it */
    str editor_note;                      /* to editors, never published */
    str reason;         /* why this version was sent, for readers (update/correction), if said */
    str genre;          /* "opinion", "review", "feature"..., lower case, without scheme */
    str digital_source; /* IPTC Digital Source Type, without scheme: "trainedAlgorithmicMedia" */
    bool is_rated;      /* a review with stars */
    int half_stars;     /* 0..10 */
    str reviewed;       /* what it is a review of */
    str issuer;         /* of a notice: who gives it out */
    str reference;      /* of a notice: the issuer's own number */
    str place;          /* city or area, as words */
    str country;
    str language; /* BCP 47 */
    str address;  /* where the copy was published before (RSS link, canonical), if anywhere */
    int urgency;  /* 1..9, 0: not said */

    int64_t created_at, changed_at; /* µs UTC, 0: not said */
    int64_t embargo_at;             /* usable from; 0: at once */
    int64_t expiry_at;              /* usable until; 0: no end */

    struct wire_subject *subjects;
    size_t subject_count;
    struct wire_media *media;
    size_t media_count;
    struct wire_link *links;
    size_t link_count;

    struct body body; /* normal form */
    int line;         /* where the item starts in its file, 1.. */
};

/* An item that could not be read. */
struct wire_trouble {
    int line;   /* 1..; 0: the file as a whole */
    str guid;   /* if that much could be read */
    str reason; /* what, and what to do */
};

struct wire_batch {
    enum wire_dialect dialect;
    struct wire_item *items;
    size_t item_count;
    struct wire_trouble *troubles;
    size_t trouble_count;
};

/* Limits on one file. */
enum {
    WIRE_FILE_MAX = 64 << 20,
    WIRE_ITEMS_MAX = 5000,
    WIRE_SUBJECTS_MAX = 200,
    WIRE_MEDIA_MAX = 500,
    WIRE_FIELD_MAX = 64 << 10, /* bytes of a headline, caption, note...; cut with an ellipsis */
};

#endif
