/*
 * zone.h - a time zone by its IANA name, read from the machine's TZif file (RFC 8536).
 *
 * Read once at start, then shared and never written.  A NULL zone is UTC everywhere.
 * zone_load() opens a file; everything else is pure.
 */
#ifndef TEXT_ZONE_H
#define TEXT_ZONE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct zone;

enum { ZONE_FILE_MAX = 1 << 20 };

/* "Europe/Vienna" from /usr/share/zoneinfo (or $TZDIR).  E_INVALID: not a name, E_MISSING: no such
 * zone, E_IO; the caller may go on with UTC (NULL).  The zone lives in `a`. */
err zone_load(arena *a, str name, struct zone **out, note *why);

/* The same from the bytes of a TZif file, version 1 to 4. */
err zone_read(arena *a, str bytes, struct zone **out, note *why);

/* Seconds east of UTC at a moment (µs UTC); 0 for NULL. */
int zone_offset(const struct zone *z, int64_t at);

/* What the zone calls itself then: "CET"; "UTC" for NULL.  Lives as long as the zone. */
str zone_word(const struct zone *z, int64_t at);

#endif
