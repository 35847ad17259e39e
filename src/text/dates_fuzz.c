/* Any bytes as a date: what was read is written and read as the same. */
#include "base/fuzz.h"
#include "text/dates.h"

FUZZ(a, bytes, (size_t)1 << 30)
{
    int64_t at, again;

    if (date_parse(bytes, NULL, &at) && at > INT64_C(-62135596800) * SECOND_US &&
        at < INT64_C(253402214400) * SECOND_US) {
        must(date_parse(date_iso(a, at), NULL, &again));
        must(at == again);
    }
}
