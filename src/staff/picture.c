#include "staff/picture.h"

#include "base/hash.h"
#include "store/sql.h"

static str label_of(const struct media_taken *taken)
{
    const struct media_words *words = &taken->words;

    return words->headline.n > 0 ? words->headline
           : words->title.n > 0  ? words->title
                                 : taken->file;
}

static str lines_of(arena *a, const struct media_taken *taken)
{
    str lines = audit_line(a, S(""), "file", taken->file);

    lines = audit_line(a, lines, "type", str_c(taken->facts.type));
    return audit_line(a, lines, "bytes", str_fmt(a, "%lld", (long long)taken->size));
}

err staff_picture_take(struct staff_work *k, const struct media_taken *taken, int64_t *id,
                       note *why)
{
    struct sql_media_by_fingerprint known;
    struct sql_media_standing standing;
    err e = sql_media_by_fingerprint(k->a, k->w, taken->fingerprint, &known);

    if (e == OK) {
        TRY(sql_media_standing(k->a, k->w, known.media, &standing));
        *id = known.media;
        return standing.is_killed ? fail(why, E_GONE, "this picture was killed") : OK;
    }
    if (e != E_MISSING)
        return fail(why, e, "could not look a picture up: %s", store_why(k->w));
    TRY(media_add(k->a, k->w, taken, id, why));
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = AUDIT_picture_taken,
                                    .subject = *id,
                                    .label = label_of(taken),
                                    .is = lines_of(k->a, taken)},
                     why);
}

/* --- changing --- */

struct lines {
    str was, is;
};

/* What differs, before and after. */
static void compare(arena *a, struct lines *l, const char *field, str was, str is)
{
    if (str_eq(was, is))
        return;
    l->was = audit_line(a, l->was, field, was);
    l->is = audit_line(a, l->is, field, is);
}

static str focus_of(arena *a, const struct media *m)
{
    return str_fmt(a, "%d %d", m->focus_x, m->focus_y);
}

/* "wide", "10.0 0.0 80.0 53.3": from the left, from the top, across, down, in per cent. */
static str percents(arena *a, const struct crop *c)
{
    if (c->width == 0)
        return S("");
    return str_fmt(a, "%d.%d %d.%d %d.%d %d.%d", c->left / 10, c->left % 10, c->top / 10,
                   c->top % 10, c->width / 10, c->width % 10, c->height / 10, c->height % 10);
}

static struct lines compared(arena *a, const struct media *was, const struct media *is)
{
    struct lines l = {S(""), S("")};

    compare(a, &l, "headline", was->words.headline, is->words.headline);
    compare(a, &l, "caption", was->words.caption, is->words.caption);
    compare(a, &l, "byline", was->words.byline, is->words.byline);
    compare(a, &l, "credit", was->words.credit, is->words.credit);
    compare(a, &l, "copyright", was->words.copyright, is->words.copyright);
    compare(a, &l, "alt", was->words.alt, is->words.alt);
    compare(a, &l, "keywords", was->words.keywords, is->words.keywords);
    compare(a, &l, "focus", focus_of(a, was), focus_of(a, is));
    return l;
}

str staff_picture_seen(arena *a, const struct media *m)
{
    const str all[] = {m->words.headline,  m->words.caption, m->words.byline,   m->words.credit,
                       m->words.copyright, m->words.alt,     m->words.keywords, focus_of(a, m)};
    str whole = S("");

    for (size_t i = 0; i < LENGTH(all); i++)
        whole = str_fmt(a, "%.*s%.*s\t", STR(whole), STR(all[i]));
    return fingerprint(a, whole);
}

static str name_of(const struct media *m, str file)
{
    return m->words.headline.n > 0 ? m->words.headline
           : m->words.title.n > 0  ? m->words.title
                                   : file;
}

err staff_picture_crop(struct staff_work *k, const struct picture_crop *c, note *why)
{
    struct sql_media_standing standing;
    struct media m;
    struct lines lines = {S(""), S("")};
    const char *field = c->shape == SHAPE_WIDE ? "crop, wide" : "crop, square";

    TRY(sql_media_standing(k->a, k->w, c->media, &standing));
    if (standing.is_killed)
        return fail(why, E_GONE, "this picture was killed");
    TRY(media_find(k->a, k->w, c->media, &m));
    if (crop_same(&m.crops[c->shape].at, &c->to))
        return OK;
    if (!crop_same(&m.crops[c->shape].at, &c->was))
        return fail(why, E_CONFLICT, "the crop has changed since it was looked at");
    TRY(media_crop_set(k->a, k->w, c->media, c->shape, &c->to, why));
    compare(k->a, &lines, field, percents(k->a, &c->was), percents(k->a, &c->to));
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = AUDIT_picture_changed,
                                    .subject = c->media,
                                    .label = name_of(&m, m.file),
                                    .was = lines.was,
                                    .is = lines.is},
                     why);
}

err staff_picture_change(struct staff_work *k, const struct picture_change *c, note *why)
{
    struct sql_media_standing standing;
    struct media was, is;
    struct lines lines;

    TRY(sql_media_standing(k->a, k->w, c->to.id, &standing));
    if (standing.is_killed)
        return fail(why, E_GONE, "this picture was killed");
    TRY(media_find(k->a, k->w, c->to.id, &was));
    if (!str_eq(c->seen, staff_picture_seen(k->a, &was)))
        return fail(why, E_CONFLICT, "the picture has changed since it was looked at");
    is = c->to;
    is.words = media_words_clean(k->a, &c->to.words);
    lines = compared(k->a, &was, &is);
    if (lines.was.n + lines.is.n == 0)
        return OK;
    TRY(media_change(k->a, k->w, &is, why));
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = AUDIT_picture_changed,
                                    .subject = is.id,
                                    .label = name_of(&is, was.file),
                                    .was = lines.was,
                                    .is = lines.is},
                     why);
}
