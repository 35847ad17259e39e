/*
 * text_copy.h - what the parts of the reader of plain text share; nobody else includes it.
 *
 * text_mail.c takes mail apart, text_agency.c the agencies' old transmission formats, text_when.c
 * finds times in words; parse_text.c reads the lines.
 */
#ifndef WIRE_TEXT_COPY_H
#define WIRE_TEXT_COPY_H

#include "wire/item/build.h"

/* One item's text with what its envelope said; what was not said is empty. */
struct text_copy {
    str headline, slug, from, guid, byline, standfirst, note;
    str category; /* the agency's letter for it */
    int urgency;  /* 1..9, 0: not said */
    int64_t at;
    str text; /* lines, UTF-8 */
    str html; /* where the envelope holds nothing but HTML */
};

/* RFC 5322 and MIME: the headers, and the text of the first readable part.  False: it is no mail.
 */
bool text_mail(arena *a, str bytes, struct text_copy *out);

/* ANPA 1312 and IPTC 7901: one item of it.  False: it is neither. */
bool text_agency(arena *a, str bytes, struct text_copy *out);

/* A paragraph, heading, caption... as it stood; what was furniture by its words is left out. */
struct text_unit {
    str words;
    bool bullet;        /* a list's item, its mark taken off */
    bool repeated;      /* stood there more than once */
    bool last_of_group; /* an empty line follows */
};

struct text_unit *text_units(arena *a, str text, size_t *count);

/* What a line means in copy sent by mail. */
enum text_mark { MARK_NONE, MARK_RELEASE, MARK_EMBARGO, MARK_END, MARK_NOTES, MARK_CONTACT };
enum text_mark text_mark_of(str line);

struct text_when {
    int64_t at; /* µs UTC */
    bool has_clock, has_zone;
    bool wrong_day; /* it names a day of the week that this date is not */
};

/* The first date in a line of words ("Tuesday 24 November 2026, 00.01", "Nov 3, 2026 9am EST",
 * "2026-11-24"), with a clock beside it if there is one.  A date without a year is the next such
 * day from `now` on. */
bool text_when(str words, int64_t now, struct text_when *out);

#endif
