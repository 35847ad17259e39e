#include "wire/item/topics.h"

#include "base/must.h"

struct subject_fact {
    str code;
    uint16_t row;
};

/* clang-format off */
#include "wire/item/topics_table.inc"
/* clang-format on */

const struct topic_fact *topic_of(str code)
{
    for (size_t low = 0, high = LENGTH(facts); low < high;) {
        size_t middle = (low + high) / 2;
        int order = str_order(code, facts[middle].code);

        if (order == 0)
            return &facts[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct topic_fact *topics_all(size_t *n)
{
    *n = LENGTH(facts);
    return facts;
}

static const struct topic_fact *exactly(str code)
{
    for (size_t low = 0, high = LENGTH(subjects); low < high;) {
        size_t middle = (low + high) / 2;
        int order = str_order(code, subjects[middle].code);

        if (order == 0)
            return &facts[subjects[middle].row];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* A subject code is two digits of subject, three of matter, three of detail. */
const struct topic_fact *topic_of_subject_code(str code)
{
    static const size_t levels[] = {8, 5, 2};
    const struct topic_fact *found = NULL;
    char broader[8];

    if (code.n != 8)
        return NULL;
    for (size_t i = 0; i < LENGTH(levels) && found == NULL; i++) {
        memset(broader, '0', sizeof broader);
        memcpy(broader, code.p, levels[i]);
        found = exactly(str_of(broader, sizeof broader));
    }
    return found;
}

static int order_nocase(str x, str y)
{
    for (size_t i = 0; i < x.n && i < y.n; i++) {
        int a = x.p[i] >= 'A' && x.p[i] <= 'Z' ? x.p[i] + 32 : (unsigned char)x.p[i];
        int b = y.p[i] >= 'A' && y.p[i] <= 'Z' ? y.p[i] + 32 : (unsigned char)y.p[i];

        if (a != b)
            return a - b;
    }
    return (x.n > y.n) - (x.n < y.n);
}

const struct topic_fact *topic_named(str name)
{
    size_t low = 0, high = LENGTH(by_name);

    while (low < high) { /* the first that is not before it */
        size_t middle = (low + high) / 2;

        if (order_nocase(facts[by_name[middle]].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == LENGTH(by_name) || order_nocase(facts[by_name[low]].name, name) != 0)
        return NULL;
    return &facts[by_name[low]];
}

const struct topic_fact *topic_top(const struct topic_fact *of)
{
    for (int steps = 0; of->parent.n > 0 && steps < 16; steps++) {
        const struct topic_fact *above = topic_of(of->parent);

        must(above != NULL);
        of = above;
    }
    return of;
}

const struct topic_fact *topic_for(str scheme, str code, str name)
{
    const struct topic_fact *found = NULL;

    if (str_eq(scheme, S("medtop")))
        found = topic_of(code);
    else if (str_ends(scheme, S("subj"))) /* agencies extend it under names of their own */
        found = topic_of_subject_code(code);
    if (found == NULL && name.n > 0)
        found = topic_named(name);
    return found;
}
