#include "staff/fronts.h"

#include "base/buf.h"
#include "text/dates.h"

enum { LINE_MAX_BYTES = 4000 };

static struct front_desk desk_of(struct staff_work *k, int64_t section)
{
    return (struct front_desk){k->a, k->w, section, k->by.who};
}

/* "3 stories; 2: story 417 until 2026-11-24T18:00:00Z "Not its own"" */
static str slot_line(arena *a, const struct front_slot *s)
{
    buf b = buf_new(a, LINE_MAX_BYTES);

    buf_fmt(&b, "%d stories", s->size);
    if (s->section != 0)
        buf_fmt(&b, " of section %lld", (long long)s->section);
    if (s->sections != 0)
        buf_fmt(&b, ", %d strips", s->sections);
    if (s->title.n > 0)
        buf_fmt(&b, ", \"%.*s\"", STR(s->title));
    for (size_t i = 0; i < s->pin_count; i++) {
        const struct front_pin *p = &s->pins[i];

        buf_fmt(&b, "; %d: story %lld", p->place, (long long)p->story);
        if (p->until_at != TIME_NEVER)
            buf_fmt(&b, " until %.*s", STR(date_iso(a, p->until_at)));
        if (p->headline.n > 0)
            buf_fmt(&b, " \"%.*s\"", STR(p->headline));
        if (p->kicker.n > 0)
            buf_fmt(&b, " [%.*s]", STR(p->kicker));
        if (p->picture != 0)
            buf_fmt(&b, " picture %lld", (long long)p->picture);
    }
    return buf_str(&b);
}

/* A line for each position where the two differ. */
static void lines_of(arena *a, const struct front_layout *was, const struct front_layout *is,
                     struct deed *deed)
{
    for (size_t i = 0; i < was->n || i < is->n; i++) {
        const struct front_slot *x = i < was->n ? &was->slots[i] : NULL;
        const struct front_slot *y = i < is->n ? &is->slots[i] : NULL;
        str before = x != NULL ? slot_line(a, x) : S(""),
            after = y != NULL ? slot_line(a, y) : S("");

        if (x != NULL && y != NULL && x->kind == y->kind && str_eq(before, after))
            continue;
        if (x != NULL)
            deed->was = audit_line(
                a, deed->was, str_z(a, str_fmt(a, "%zu %s", i + 1, slot_word(x->kind))), before);
        if (y != NULL)
            deed->is = audit_line(a, deed->is,
                                  str_z(a, str_fmt(a, "%zu %s", i + 1, slot_word(y->kind))), after);
    }
}

err staff_front_change(struct staff_work *k, int64_t section, const struct front_change *c,
                       note *why)
{
    struct front_desk d = desk_of(k, section);

    return front_draft_change(&d, c, why);
}

err staff_front_launch(struct staff_work *k, int64_t section, str name, str seen, note *why)
{
    struct front_desk d = desk_of(k, section);
    struct front_layout was, is;
    struct deed deed = {.act = AUDIT_front_launched, .subject = section, .label = name};

    TRY(front_draft_launch(&d, seen, &was, &is, why));
    lines_of(k->a, &was, &is, &deed);
    return audit_add(k->w, k->now, &k->by, &deed, why);
}

err staff_front_drop(struct staff_work *k, int64_t section, str name, str seen, note *why)
{
    struct front_desk d = desk_of(k, section);

    TRY(front_draft_drop(&d, seen, why));
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = AUDIT_front_dropped, .subject = section, .label = name},
                     why);
}

err staff_front_make(struct staff_work *k, int64_t section, str name, bool makes, note *why)
{
    str is = audit_line(k->a, S(""), "value", makes ? S("make") : S("unmake"));

    if (makes)
        TRY(front_make(k->a, k->w, section, why));
    else
        TRY(front_unmake(k->a, k->w, section, why));
    return audit_add(
        k->w, k->now, &k->by,
        &(struct deed){.act = AUDIT_front_changed, .subject = section, .label = name, .is = is},
        why);
}
