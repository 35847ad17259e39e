/* Any three bodies: what comes out is a body in normal form, and over itself each is itself. */
#include "base/fuzz.h"
#include "text/merge.h"

FUZZ(a, bytes, (size_t)1 << 30)
{
    struct body b[3], again;
    struct merge m;
    str part;

    for (int i = 0; i < 3; i++)
        if (!str_cut(&bytes, '\n', &part) || body_from_json(a, part, &b[i], NULL) != OK)
            return;
    if (merge_bodies(a, &b[0], &b[1], &b[2], &m, NULL) != OK)
        return;
    must(body_from_json(a, body_to_json(a, &m.body), &again, NULL) == OK);
    must(body_same(&again, &m.body));
    must(merge_bodies(a, &b[0], &b[0], &b[1], &m, NULL) == OK);
    must(body_same(&m.body, &b[1]));
    must(merge_bodies(a, &b[0], &b[1], &b[0], &m, NULL) == OK);
    must(body_same(&m.body, &b[1]));
    must(merge_bodies(a, &b[0], &b[1], &b[1], &m, NULL) == OK);
    must(body_same(&m.body, &b[1]));
}
