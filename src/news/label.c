#include "news/desk.h"

#include "news/origin.h"
#include "store/sql.h"

enum { REVIEWED_MAX = 300, TIED_MAX = 12 };

/* What is said of a story beside its words. */
struct labels {
    bool is_rated;
    int64_t half_stars;
    str reviewed, origin;
};

static err write_labels(struct desk *d, int64_t story, const struct labels *l)
{
    return sql_story_labels_set(d->w, story, l->is_rated ? &l->half_stars : NULL, l->reviewed,
                                l->origin, NULL);
}

/* "3", "3.5", "0"; "none" takes them away. */
static err read_stars(str value, struct labels *l, note *why)
{
    str whole = value;
    int64_t n = 0;
    bool half = str_ends(value, S(".5"));

    if (value.n == 0 || str_eq(value, S("none"))) {
        l->is_rated = false;
        return OK;
    }
    if (half || str_ends(value, S(".0")))
        whole = str_to(value, value.n - 2);
    if (!str_int(whole, &n) || n < 0 || n > 5 || (n == 5 && half))
        return fail(why, E_INVALID, "a rating is 0 to 5 by halves, \"3.5\", or \"none\"");
    l->is_rated = true;
    l->half_stars = 2 * n + half;
    return OK;
}

static err read_origin(str value, struct labels *l, note *why)
{
    if (value.n > 0 && origin_of(value) == ORIGIN_UNSAID)
        return fail(why, E_INVALID,
                    "an origin is staff, agency, contributor, release, public body, "
                    "machine-assisted, or empty");
    l->origin = value;
    return OK;
}

/* "12 15 9", with commas or without: in this order. */
static err read_tied(struct desk *d, int64_t story, str value, note *why)
{
    str rest = str_replace(d->a, value, S(","), S(" ")), word;
    int64_t position = 0;

    TRY(sql_story_tied_clear(d->w, story, NULL));
    while (str_cut(&rest, ' ', &word)) {
        int64_t other;
        struct standing s;

        if (word.n == 0)
            continue;
        if (!str_int(word, &other) || other == story || position == TIED_MAX)
            return fail(why, E_INVALID, "related takes the numbers of up to %d other stories",
                        TIED_MAX);
        TRY(desk_standing(d, other, &s, why));
        TRY(sql_story_tie(d->w, story, other, position++, NULL));
    }
    return OK;
}

static err tell(struct desk *d, const struct standing *s, note *why)
{
    struct tag_set tags = tag_set_new(d->a);

    TRY(desk_tags(d, s, &tags));
    return desk_tell(d, s, s->state == STATE_LIVE ? EVENT_story_updated : EVENT_story_saved, S(""),
                     &tags, why);
}

static err read_label(struct desk *d, int64_t story, str field, str value, note *why)
{
    struct sql_story_labels row;
    struct labels l;

    TRY(sql_story_labels(d->a, d->w, story, &row));
    l = (struct labels){row.has_half_stars, row.half_stars, row.reviewed, row.origin};
    if (str_eq(field, S("rating")))
        TRY(read_stars(value, &l, why));
    else if (str_eq(field, S("origin")))
        TRY(read_origin(value, &l, why));
    else if (str_eq(field, S("reviewed")) && value.n <= REVIEWED_MAX)
        l.reviewed = value;
    else if (str_eq(field, S("related")))
        return read_tied(d, story, value, why);
    else
        return fail(why, E_INVALID, "there is no field \"%.*s\", or its words are too long",
                    STR(field));
    return write_labels(d, story, &l);
}

err desk_label(struct desk *d, int64_t story, str field, str value, note *why)
{
    struct standing s;

    TRY(desk_standing(d, story, &s, why));
    TRY(read_label(d, story, field, str_trim(value), why));
    return tell(d, &s, why);
}

err desk_label_from(struct desk *d, int64_t story, const struct draft *text)
{
    struct sql_story_labels row;
    struct labels l;

    if (!text->is_rated && text->reviewed.n == 0 && text->origin.n == 0)
        return OK;
    TRY(sql_story_labels(d->a, d->w, story, &row));
    l = (struct labels){row.has_half_stars, row.half_stars, row.reviewed, row.origin};
    if (text->is_rated) {
        l.is_rated = true;
        l.half_stars = text->half_stars;
    }
    l.reviewed = text->reviewed.n > 0 ? text->reviewed : l.reviewed;
    l.origin = text->origin.n > 0 ? text->origin : l.origin;
    return write_labels(d, story, &l);
}

err desk_tie(struct desk *d, int64_t story, int64_t other, int64_t position, note *why)
{
    struct standing s;
    int64_t changed = 0;

    TRY(desk_standing(d, story, &s, why));
    TRY(sql_story_tie(d->w, story, other, position, &changed));
    return changed > 0 ? tell(d, &s, why) : OK;
}

err desk_hide(struct desk *d, int64_t story, int number, bool hide, str reason, note *why)
{
    struct standing s;
    int64_t changed = 0;

    TRY(desk_standing(d, story, &s, why));
    if (hide && number == s.version)
        return fail(why, E_CONFLICT,
                    "version %d is what readers have now; correct or withdraw the story first",
                    number);
    TRY(sql_story_version_hide(d->w, story, number, hide, hide ? reason : S(""), &changed));
    if (changed == 0)
        return fail(why, E_MISSING, "readers never had a version %d of story %lld", number,
                    (long long)story);
    return tell(d, &s, why);
}
