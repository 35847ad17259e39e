/*
 * xml_build.h - what the parts of the XML reader share; nobody else includes it.
 */
#ifndef WIRE_XML_BUILD_H
#define WIRE_XML_BUILD_H

#include "base/arena.h"
#include "base/str.h"

/* Bytes whose encoding name is wrong: as UTF-8 when they are, as windows-1252 otherwise. */
str utf8_guess(arena *a, str bytes);

#endif
