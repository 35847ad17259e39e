/*
 * write_page.h - a body as the HTML of a page.
 *
 * The HTML of each block is set down in docs/text.md; reading it back with body_from_html (own)
 * gives the same tree, ids and all.  Every byte of text is escaped here; no picture, video or sound
 * is drawn but those that `media` knows, so nothing is ever loaded from elsewhere.  Pure.
 */
#ifndef TEXT_WRITE_PAGE_H
#define TEXT_WRITE_PAGE_H

#include "text/body.h"

/* One <source>: for pictures a srcset ("/media/7/640.avif 640w, ..."), else an address. */
struct page_source {
    str type; /* "image/avif", "video/mp4" */
    str srcset;
};

/* Captions: WebVTT at `src`. */
struct page_track {
    str src, language, label;
};

/* A picture, video or sound of our library as a page needs it. */
struct page_media {
    str alt, caption, credit; /* stand in where the block says nothing */
    str src;                  /* picture: the fallback's address; video: its poster */
    str sizes;
    str colour; /* "#rrggbb", painted until the picture is there; or empty */
    int width, height;
    const struct page_source *sources;
    size_t source_count;
    /* of a film or sound */
    str length; /* "Film, 1 minute 24 seconds" */
    str clock;  /* "1:24" */
    const struct page_track *tracks;
    size_t track_count;
    const str *transcript; /* paragraphs */
    size_t transcript_count;
    str transcript_language, transcript_direction; /* "ar", "rtl" */
};

struct page_story {
    str address, headline;
};

/* A gallery that has a page of its own: that of its picture 3 lies behind, at "/3". */
struct page_gallery {
    str address, ending; /* "…/gallery/1"; ending: ".lite", or empty */
    str all;             /* what leads there: "12 pictures" */
};

/* What is called so where its author has no words for it; an empty one is the English. */
struct page_words {
    str table;                /* to those who cannot see it: "Table" */
    str picture, film, sound; /* where they are links */
    str back;                 /* from a footnote: "back to the text" */
    str transcript;
    str language, direction; /* of all these; empty: as the body's surroundings */
};

struct page_writer {
    void *of; /* handed to the calls below */
    /* false: no such thing, or not for this page; the block is then left out */
    bool (*media)(void *of, int64_t media, struct page_media *out);
    bool (*story)(void *of, int64_t story, struct page_story *out);
    /* The page of a body's n-th gallery, of which so many pictures can be shown.  NULL, or false:
     * the gallery is written whole, as its pictures; else as the first of them, a strip of the
     * next, and a link. */
    bool (*gallery)(void *of, size_t n, size_t pictures, struct page_gallery *out);
    bool eager_first; /* the first picture is loaded at once, with high priority */
    bool no_ids;      /* no id attributes: for a body that shares its page with another */
    bool unresolved;  /* the newsroom only: blocks that cannot be drawn are written too, with their
                         address in data-address */
    struct page_words words;
    bool links_only; /* pictures, films and sounds are links to them, with their words */
    str ending;      /* put behind links to pages of ours: ".lite", or empty */
    int level_down;  /* headings are this much lower: 1 makes h2 an h3 */
};

/* Append the body.  A writer with no calls draws no pictures and no related stories by number. */
void body_write_page(buf *out, const struct body *b, const struct page_writer *how);

/* Append the first blocks, at most `words` words of running text (a paywall's teaser). */
void body_write_page_opening(buf *out, const struct body *b, const struct page_writer *how,
                             size_t words);

/* Append text or an attribute's value, escaped for HTML and XML. */
void html_escape(buf *out, str text);

#endif
