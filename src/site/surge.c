#include "site/surge.h"

#include "base/time.h"

bool surge_look(struct surge *s, bool refused, int64_t after_s, int64_t now)
{
    int64_t after = after_s * SECOND_US;
    bool was = s->is_lite;

    if (refused) {
        if (s->since == 0 || now - s->last > SURGE_GAP_S * SECOND_US)
            s->since = now;
        s->last = now;
    }
    s->is_lite =
        after > 0 && (was ? now - s->last < 2 * after : refused && now - s->since >= after);
    return s->is_lite != was;
}
