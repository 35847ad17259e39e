/*
 * text_copy.h - plain text as copy: what the parts of the text reader share, nobody else includes
 * it.
 *
 * parse_text.c tells the four kinds apart and makes the item; text_mail.c takes e-mail apart;
 * text_agency.c reads the control bytes and headers of agency wires (ANPA 1312, IPTC 7901);
 * text_release.c knows what stands around the text of a press release; text_capture.c finds the
 * story in the captured text of a web page.
 */
#ifndef WIRE_TEXT_COPY_H
#define WIRE_TEXT_COPY_H

#include "wire/build.h"

/* A text on its way to an item. */
struct text_copy {
    arena *a;
    int64_t now;
    struct wire_item *out;
    str text; /* UTF-8, '\n' ends lines; what is left to be read */
    bool is_html;
};

/* Lines with what is known of each; a paragraph may be many lines or one. */
struct text_lines {
    str *line;
    size_t n;
};

struct text_lines text_split(arena *a, str text);

/* E-mail: headers (RFC 5322, RFC 2047), and the part that a reader would read (RFC 2045, 2046).
 * False, nothing touched: it is none. */
bool text_is_mail(str bytes);
err text_read_mail(struct text_copy *t, str bytes, note *why);

/* Agency wires.  False: it is none. */
bool text_is_agency(str bytes);
err text_read_agency(struct text_copy *t, str bytes, note *why);

/* Takes off what is said around a release: its banner, embargo, ENDS, notes and contacts.
 * E_INVALID: an embargo that cannot be read, so that nothing is published early. */
err text_take_release(struct text_copy *t, note *why);

/* Takes headline, byline, date and captions off a captured page; what is left is its body. */
bool text_is_capture(arena *a, str text);
void text_take_capture(struct text_copy *t);

/* Headline, byline and the like from a text that is all copy. */
void text_take_notes(struct text_copy *t);

#endif
