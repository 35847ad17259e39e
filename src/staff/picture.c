#include "staff/picture.h"

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
