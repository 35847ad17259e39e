#include "news/front.h"

#include "base/must.h"
#include "base/utf8.h"
#include "store/event.h"
#include "store/sql.h"

static err front_number(arena *a, store_conn *w, int64_t section, int64_t *front, note *why)
{
    struct sql_front_of row;
    err e = sql_front_of(a, w, section != 0 ? &section : NULL, &row);

    if (e == E_MISSING)
        return fail(why, E_MISSING, "this section has no front of its own");
    TRY(e);
    *front = row.front;
    return OK;
}

/* Pages that show it depend on the front; which fronts there are, on the site. */
static err tell(arena *a, store_conn *w, int64_t front, bool is_new, note *why)
{
    struct tag_set tags = tag_set_new(a);

    tag_set_add(&tags, tag_of(TAG_front, front));
    if (is_new)
        tag_set_add(&tags, tag_of(TAG_site, 0));
    TRY(event_add(w, EVENT_front_changed, front, &tags, S("{}"), why));
    return sql_front_touch(w, front, S(""), NULL);
}

static err find(arena *a, store_conn *w, const struct front_place *at, int64_t *front,
                struct sql_slot_at *slot, note *why)
{
    err e;

    TRY(front_number(a, w, at->section, front, why));
    e = sql_slot_at(a, w, *front, at->slot, slot);
    if (e == E_MISSING)
        return fail(why, E_MISSING, "this front has no slot %d", at->slot);
    TRY(e);
    if (at->place < 1 || at->place > slot->size)
        return fail(why, E_INVALID, "slot %d has the places 1 to %lld", at->slot,
                    (long long)slot->size);
    return OK;
}

err front_pin(arena *a, store_conn *w, const struct front_place *at, int64_t story,
              int64_t until_at, note *why)
{
    struct sql_slot_at slot;
    struct sql_story_standing standing;
    int64_t front;
    err e;

    TRY(find(a, w, at, &front, &slot, why));
    if (!slot_takes_pins(slot_kind_of(slot.kind)))
        return fail(why, E_INVALID, "slot %d (%.*s) is filled by rule alone", at->slot,
                    STR(slot.kind));
    e = sql_story_standing(a, w, story, &standing);
    if (e == E_MISSING)
        return fail(why, E_MISSING, "there is no story %lld", (long long)story);
    TRY(e);
    TRY(sql_slot_pin_put(w, slot.slot, at->place, story, until_at != TIME_NEVER ? &until_at : NULL,
                         NULL));
    return tell(a, w, front, false, why);
}

err front_unpin(arena *a, store_conn *w, const struct front_place *at, note *why)
{
    struct sql_slot_at slot;
    int64_t front, dropped;

    TRY(find(a, w, at, &front, &slot, why));
    TRY(sql_slot_pin_drop(w, slot.slot, at->place, &dropped));
    if (dropped == 0)
        return fail(why, E_MISSING, "nothing is pinned there");
    return tell(a, w, front, false, why);
}

err front_check_words(str s, note *why)
{
    if (s.n > FRONT_WORDS_MAX || !utf8_ok(s))
        return fail(why, E_INVALID, "at most %d bytes of text", FRONT_WORDS_MAX);
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ')
            return fail(why, E_INVALID, "one line of text, with no control characters");
    return OK;
}

err front_reword(arena *a, store_conn *w, const struct front_place *at,
                 const struct front_words *words, note *why)
{
    struct sql_slot_at slot;
    struct sql_slot_pin_at pin;
    int64_t front, picture;
    err e;

    TRY(front_check_words(words->headline, why));
    TRY(front_check_words(words->kicker, why));
    TRY(find(a, w, at, &front, &slot, why));
    e = sql_slot_pin_at(a, w, slot.slot, at->place, &pin);
    if (e == E_MISSING)
        return fail(why, E_MISSING, "nothing is pinned there; pin a story first");
    TRY(e);
    picture = words->picture >= 0 ? words->picture : pin.has_picture ? pin.picture : 0;
    if (words->picture > 0) {
        struct sql_media_exists found;

        e = sql_media_exists(a, w, words->picture, &found);
        if (e == E_MISSING)
            return fail(why, E_MISSING, "there is no picture %lld", (long long)words->picture);
        TRY(e);
    }
    TRY(sql_slot_pin_words(w, slot.slot, at->place,
                           words->headline.p != NULL ? words->headline : pin.headline,
                           words->kicker.p != NULL ? words->kicker : pin.kicker,
                           picture != 0 ? &picture : NULL, NULL));
    return tell(a, w, front, false, why);
}

err front_make(arena *a, store_conn *w, int64_t section, note *why)
{
    static const struct {
        const char *kind;
        int size;
    } usual[] = {{"lead", 3}, {"second", 3}, {"latest", 7}, {"picture", 1}, {"most_read", 5}};
    struct sql_front_of there;
    struct sql_front_add made;
    err e = sql_front_of(a, w, &section, &there);

    if (e == OK)
        return fail(why, E_CONFLICT, "this section has a front already");
    if (e != E_MISSING)
        return e;
    TRY(sql_front_add(a, w, section, &made));
    for (size_t i = 0; i < LENGTH(usual); i++)
        TRY(sql_slot_add(w, made.front, (int64_t)i + 1, str_c(usual[i].kind), usual[i].size, NULL));
    return tell(a, w, made.front, true, why);
}

err front_unmake(arena *a, store_conn *w, int64_t section, note *why)
{
    int64_t front;

    TRY(front_number(a, w, section, &front, why));
    TRY(sql_front_drop(w, front, NULL));
    return tell(a, w, front, true, why);
}
