/*
 * furniture.h - what stands on a web page around the news: menus, share bars, prompts, icons.
 *
 * By families of words in the languages of our readers (English, German, French, some Nordic), not
 * by any one site.  Pure.
 */
#ifndef WIRE_FURNITURE_H
#define WIRE_FURNITURE_H

#include "base/arena.h"
#include "base/str.h"

/* Is the line nothing but furniture: "Read more", "Advertisement", "12 comments", "Share on X", a
 * cookie note?  Running text never is. */
bool furniture_line(str line);

/* Words that name furniture when they stand in an element's class, id or role: "newsletter",
 * "breadcrumbs"...  (lower case). */
bool furniture_word(str word);

/* The line without descriptions of icons ("Cancel An icon of a circle with a line. Tick An icon
 * ..."), labels and all; `line` itself when there are none. */
str furniture_without_icons(arena *a, str line);

/* A row of menu labels: capitals, no sentence, names of sections among them ("Home News Sport
 * Weather Contact Us"); not a headline in capitals. */
bool furniture_menu(str line);

#endif
