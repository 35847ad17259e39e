/* Any bytes as a copy: what was read is written and read as the same, and merges with itself. */
#include "base/fuzz.h"
#include "news/copy.h"

FUZZ(a, bytes, (size_t)1 << 30)
{
    struct copy c, again;
    struct copy_merge m;
    str json;

    if (copy_read(a, bytes, &c, NULL) != OK)
        return;
    json = copy_write(a, &c);
    must(copy_read(a, json, &again, NULL) == OK);
    must(str_eq(copy_write(a, &again), json));
    must(copy_merge(a, &c, &c, &again, &m, NULL) == OK && m.count == 0);
    must(str_eq(copy_write(a, &m.copy), json));
}
