#include "live/live.h"

static const struct {
    str name;
    enum tag_kind kind;
    bool counted; /* "story-12" */
} names[] = {
    {S_INIT("latest"), TAG_latest, false},   {S_INIT("notices"), TAG_notices, false},
    {S_INIT("running"), TAG_running, false}, {S_INIT("front"), TAG_front, true},
    {S_INIT("section"), TAG_section, true},  {S_INIT("story"), TAG_story, true},
    {S_INIT("subject"), TAG_subject, true},
};

static bool read_one(str text, store_tag *out)
{
    str name;
    int64_t id;

    if (str_eq(text, S("site"))) {
        *out = LIVE_SITE;
        return true;
    }
    for (size_t i = 0; i < LENGTH(names); i++)
        if (!names[i].counted && str_eq(text, names[i].name)) {
            *out = tag_of(names[i].kind, 0);
            return true;
        }
    if (!str_cut(&text, '-', &name) || !str_int(text, &id) || id < 0 || id >> 56 != 0)
        return false;
    for (size_t i = 0; i < LENGTH(names); i++)
        if (names[i].counted && str_eq(name, names[i].name)) {
            *out = tag_of(names[i].kind, id);
            return true;
        }
    return false;
}

err live_topics_read(arena *a, str text, struct live_topics *out, note *why)
{
    struct live_topics all = {.v = arena_many(a, store_tag, LIVE_TOPICS_MAX)};
    str one;

    while (str_cut(&text, ',', &one)) {
        if (all.n == LIVE_TOPICS_MAX)
            return fail(why, E_INVALID, "more than %d topics", LIVE_TOPICS_MAX);
        if (!read_one(one, &all.v[all.n++]))
            return fail(why, E_INVALID, "there is no topic \"%.*s\"", STR(str_to(one, 40)));
    }
    *out = all;
    return OK;
}

str live_topic_name(arena *a, store_tag topic)
{
    if (topic == LIVE_SITE)
        return S("site");
    for (size_t i = 0; i < LENGTH(names); i++)
        if (names[i].kind == tag_kind(topic))
            return names[i].counted
                       ? str_fmt(a, "%.*s-%lld", STR(names[i].name), (long long)tag_id(topic))
                       : names[i].name;
    return S("");
}

bool live_topics_meet(const struct live_topics *x, const struct live_topics *y)
{
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < y->n; k++)
            if (x->v[i] == y->v[k])
                return true;
    return false;
}
