/*
 * metadata.h - what a picture says about itself: caption, credit, rights, alt text.
 *
 * Read from XMP, then IPTC-IIM, then EXIF, the first that says it wins (Metadata Working Group,
 * Guidelines for Handling Image Metadata 2.0).  Everything is a stranger's text: cleaned, trimmed,
 * cut to a length, never markup.  Pure; a damaged block gives what could be read of it.
 */
#ifndef MEDIA_METADATA_H
#define MEDIA_METADATA_H

#include "base/arena.h"
#include "base/str.h"

/* The blocks as they stand in the file; each may be empty. */
struct metadata_blobs {
    str xmp;  /* the packet (ISO 16684-1), UTF-8 or UTF-16 */
    str iptc; /* Photoshop resources ("Photoshop 3.0", "8BIM...") or bare IIM datasets */
    str exif; /* "Exif\0\0" and TIFF, or TIFF alone */
};

struct media_words {
    str title, headline, caption;
    str byline; /* who made it; several are joined by ", " */
    str credit, source;
    str copyright, terms, rights_url;
    str alt, description; /* for who does not see it: short, long */
    str keywords;         /* one a line */
    str city, country;
    str created;        /* when it was taken, ISO 8601 as far as known: "2026-11-16" */
    str digital_source; /* address of an IPTC digital source type: made by a camera, by a model...
                         */
};

enum {
    WORDS_LONG_MAX = 8192, /* bytes: caption, description, terms, keywords */
    WORDS_SHORT_MAX = 1024 /* bytes: the others */
};

/* Read all blocks.  The words live in `a`. */
void metadata_read(arena *a, const struct metadata_blobs *blobs, struct media_words *words);

/* One block each: what it says, nothing where it says nothing. */
void metadata_read_xmp(arena *a, str xmp, struct media_words *words);
void metadata_read_iptc(arena *a, str iptc, struct media_words *words);
void metadata_read_exif(arena *a, str exif, struct media_words *words);

/* The blocks of a JPEG file (the parts of a Photoshop block that is split over segments are joined;
 * they live in `a` then, else in `jpeg`). */
void metadata_of_jpeg(arena *a, str jpeg, struct metadata_blobs *blobs);

/* XMP that stands somewhere in a file in one piece; empty when there is none. */
str metadata_find_xmp(str file);

/* XMP (with no packet header) that says who made it and what may be done with it, nothing else;
 * empty when the words say neither. */
str metadata_rights(arena *a, const struct media_words *words);

#endif
