#include "media/catalogue.h"

#include "store/event.h"
#include "store/sql.h"

static err add_event(arena *a, store_conn *w, enum event_kind kind, int64_t id, note *why)
{
    struct tag_set tags = tag_set_new(a);

    tag_set_add(&tags, tag_of(TAG_media, id));
    return event_add(w, kind, id, &tags, (str){0}, why);
}

static err insert(arena *a, store_conn *w, const struct media_taken *m, int64_t *id)
{
    struct media_widths widths = media_widths(m->facts.width, m->facts.height);
    bool all = m->ready == media_all_bits(&widths);
    const struct media_words *words = &m->words;
    struct sql_media_add row;
    struct sql_media_add_in in = {
        .fingerprint = m->fingerprint,
        .type = str_c(m->facts.type),
        .extension = str_c(m->facts.extension),
        .size = m->size,
        .width = m->facts.width,
        .height = m->facts.height,
        .colour = str_c(m->facts.colour),
        .title = words->title,
        .headline = words->headline,
        .caption = words->caption,
        .byline = words->byline,
        .credit = words->credit,
        .source = words->source,
        .copyright = words->copyright,
        .terms = words->terms,
        .rights_url = words->rights_url,
        .alt = words->alt,
        .description = words->description,
        .keywords = words->keywords,
        .city = words->city,
        .country = words->country,
        .created = words->created,
        .digital_source = words->digital_source,
        .ready = m->ready,
        .state = all ? MEDIA_MADE : MEDIA_WAITING,
    };

    TRY(sql_media_add(a, w, &in, &row));
    *id = row.media;
    return OK;
}

err media_add(arena *a, store_conn *w, const struct media_taken *taken, int64_t *id, note *why)
{
    struct sql_media_by_fingerprint known;
    err e = sql_media_by_fingerprint(a, w, taken->fingerprint, &known);

    if (e == OK)
        *id = known.media;
    if (e != E_MISSING)
        return e == OK ? OK : fail(why, e, "could not look a picture up: %s", store_why(w));
    e = insert(a, w, taken, id);
    if (e != OK)
        return fail(why, e, "could not enter a picture: %s", store_why(w));
    return add_event(a, w, EVENT_media_received, *id, why);
}

err media_find(arena *a, store_conn *c, int64_t id, struct media *m)
{
    struct sql_media_by_id row;

    TRY(sql_media_by_id(a, c, id, &row));
    *m = (struct media){
        .id = row.media,
        .fingerprint = row.fingerprint,
        .type = row.type,
        .extension = row.extension,
        .width = (int)row.width,
        .height = (int)row.height,
        .colour = row.colour,
        .words =
            {
                .title = row.title,
                .headline = row.headline,
                .caption = row.caption,
                .byline = row.byline,
                .credit = row.credit,
                .source = row.source,
                .copyright = row.copyright,
                .terms = row.terms,
                .rights_url = row.rights_url,
                .alt = row.alt,
                .description = row.description,
                .keywords = row.keywords,
                .city = row.city,
                .country = row.country,
                .created = row.created,
                .digital_source = row.digital_source,
            },
        .focus_x = (int)row.focus_x,
        .focus_y = (int)row.focus_y,
        .ready = row.ready,
        .state = (enum media_state)row.state,
    };
    return OK;
}

err media_shown(arena *a, store_conn *c, int64_t id, struct media *m)
{
    struct sql_media_shown row;

    TRY(sql_media_shown(a, c, id, &row));
    *m = (struct media){
        .id = row.media,
        .width = (int)row.width,
        .height = (int)row.height,
        .colour = row.colour,
        .words = {.caption = row.caption, .credit = row.credit, .alt = row.alt},
        .ready = row.ready,
    };
    return OK;
}

err media_ready_add(arena *a, store_conn *w, int64_t id, int64_t ready, enum media_state state,
                    str reason, note *why)
{
    err e = sql_media_ready_set(w, id, ready, (int64_t)state, reason, NULL);

    if (e != OK)
        return fail(why, e, "could not note what is ready of picture %lld: %s", (long long)id,
                    store_why(w));
    return add_event(a, w, state == MEDIA_FAILED ? EVENT_media_failed : EVENT_media_ready, id, why);
}

err media_kill(arena *a, store_conn *w, int64_t id, note *why)
{
    err e = sql_media_kill(w, id, NULL);

    if (e != OK)
        return fail(why, e, "could not kill picture %lld: %s", (long long)id, store_why(w));
    return add_event(a, w, EVENT_media_killed, id, why);
}

err media_waiting(arena *a, store_conn *c, struct media_ids *ids)
{
    struct sql_media_unready_rows rows;

    TRY(sql_media_unready(a, c, &rows));
    *ids = (struct media_ids){arena_many(a, int64_t, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        ids->v[i] = rows.v[i].media;
    return OK;
}

/* The widest JPEG that is ready and at most `width`; the narrowest when all are wider. */
static int ready_jpeg(const struct media *m, const struct media_widths *w, int width)
{
    int best = 0;

    for (int i = 0; i < w->n; i++)
        if ((m->ready & media_bit(w, w->v[i], PICTURE_JPEG)) && (best == 0 || w->v[i] <= width))
            best = w->v[i];
    return best;
}

err media_file_for(arena *a, const struct media_library *library, const struct media *m, int width,
                   enum picture_format f, struct media_file *file)
{
    struct media_widths w = media_widths(m->width, m->height);
    int64_t bit = media_bit(&w, width, f);
    bool as_asked = (m->ready & bit) != 0;

    if (bit == 0)
        return E_MISSING;
    if (!as_asked) {
        width = ready_jpeg(m, &w, width);
        f = PICTURE_JPEG;
    }
    if (width == 0)
        return E_MISSING;
    *file = (struct media_file){
        .path = media_path(a, library, m->fingerprint, width, f),
        .type = picture_type(f),
        .as_asked = as_asked,
    };
    return OK;
}
