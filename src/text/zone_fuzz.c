/* Any bytes as a TZif file. */
#include "base/fuzz.h"
#include "text/zone.h"

FUZZ(a, bytes, (size_t)1 << 30)
{
    struct zone *z;

    if (zone_read(a, bytes, &z, NULL) == OK)
        for (int64_t at = -4000000000; at < 8000000000; at += 100000000) {
            (void)zone_offset(z, at * 1000000);
            (void)zone_word(z, at * 1000000);
        }
}
