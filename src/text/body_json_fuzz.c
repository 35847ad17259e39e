/* Any bytes as a stored body: what was read is written and read as the same. */
#include "base/fuzz.h"
#include "text/body.h"

FUZZ(a, bytes, (size_t)1 << 30)
{
    struct body b, again;

    if (body_from_json(a, bytes, &b, NULL) == OK) {
        must(body_from_json(a, body_to_json(a, &b), &again, NULL) == OK);
        must(body_same(&b, &again));
    }
}
