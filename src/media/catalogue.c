#include "media/catalogue.h"

#include "media/words.h"
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
        .file = m->file,
        .ready = m->ready,
        .state = all || (m->is_film && m->film.is_sound) ? MEDIA_MADE : MEDIA_WAITING,
    };

    TRY(sql_media_add(a, w, &in, &row));
    *id = row.media;
    TRY(sql_media_text_add(w, row.media, NULL));
    if (!m->is_film)
        return OK;
    return sql_film_add(w, row.media, m->film.is_sound, m->film.duration_ms, m->film.codecs, NULL);
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

static struct media_crop crop_of(str words, int64_t ready)
{
    struct media_crop c = {0};

    if (crop_read(words, &c.at))
        c.ready = ready;
    return c;
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
        .file = row.file,
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
        .crops = {[SHAPE_WIDE] = crop_of(row.crop_wide, row.ready_wide),
                  [SHAPE_SQUARE] = crop_of(row.crop_square, row.ready_square)},
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
        .type = row.type,
        .width = (int)row.width,
        .height = (int)row.height,
        .colour = row.colour,
        .words = {.caption = row.caption, .credit = row.credit, .alt = row.alt},
        .focus_x = (int)row.focus_x,
        .focus_y = (int)row.focus_y,
        .ready = row.ready,
        .crops = {[SHAPE_WIDE] = crop_of(row.crop_wide, row.ready_wide),
                  [SHAPE_SQUARE] = crop_of(row.crop_square, row.ready_square)},
    };
    return OK;
}

err media_ready_add(arena *a, store_conn *w, const struct media_made *made, note *why)
{
    const struct media_crop *wide = &made->crops[SHAPE_WIDE], *square = &made->crops[SHAPE_SQUARE];
    struct sql_media_ready_set_in in = {
        .id = made->id,
        .ready = made->ready,
        .crop_wide = crop_words(a, &wide->at),
        .ready_wide = wide->ready,
        .crop_square = crop_words(a, &square->at),
        .ready_square = square->ready,
        .state = (int64_t)made->state,
        .reason = made->reason,
    };
    err e = sql_media_ready_set(w, &in, NULL);

    if (e != OK)
        return fail(why, e, "could not note what is ready of picture %lld: %s", (long long)made->id,
                    store_why(w));
    return add_event(a, w, made->state == MEDIA_FAILED ? EVENT_media_failed : EVENT_media_ready,
                     made->id, why);
}

/* --- crops --- */

struct cut media_cut(const struct media *m, enum shape shape)
{
    const struct crop *at = &m->crops[shape].at;

    return at->width > 0 ? crop_cut(at, shape, m->width, m->height)
                         : crop_by_focus(m->focus_x, m->focus_y, shape, m->width, m->height);
}

bool media_has_crop(const struct media *m, enum shape shape)
{
    struct cut cut = media_cut(m, shape);
    struct media_widths w = media_widths(cut.width, cut.height);

    if (m->crops[shape].at.width == 0)
        return false;
    for (int i = 0; i < w.n; i++)
        if (m->crops[shape].ready & media_bit(&w, w.v[i], PICTURE_JPEG))
            return true;
    return false;
}

err media_crop_set(arena *a, store_conn *w, int64_t id, enum shape shape, const struct crop *crop,
                   note *why)
{
    str words = crop_words(a, crop);
    err e = shape == SHAPE_WIDE ? sql_media_crop_wide(w, id, words, NULL)
                                : sql_media_crop_square(w, id, words, NULL);

    if (e != OK)
        return fail(why, e, "could not crop picture %lld: %s", (long long)id, store_why(w));
    return add_event(a, w, EVENT_media_changed, id, why);
}

err media_crop_file(arena *a, const struct media_library *library, const struct media *m,
                    enum shape shape, const struct crop *crop, int width, enum picture_format f,
                    struct media_file *file)
{
    if (!crop_same(crop, &m->crops[shape].at))
        return E_GONE;

    struct cut cut = media_cut(m, shape);
    struct media_widths w = media_widths(cut.width, cut.height);

    if ((m->crops[shape].ready & media_bit(&w, width, f)) == 0)
        return E_MISSING;
    *file = (struct media_file){
        .path = media_crop_path(a, library, m->fingerprint, shape, crop, width, f),
        .type = picture_type(f),
        .as_asked = true,
    };
    return OK;
}

struct media_words media_words_clean(arena *a, const struct media_words *words)
{
    struct word_list l = {.a = a};
    str rest = words->keywords;

#define OFFER(name)                                                                                \
    if (WORD_##name != WORD_keywords)                                                              \
        word_list_offer(&l, WORD_##name, words->name);
    WORDS(OFFER)
#undef OFFER
    for (str line; str_cut(&rest, '\n', &line);)
        word_list_add(&l, WORD_keywords, line);
    return word_list_done(&l);
}

err media_change(arena *a, store_conn *w, const struct media *m, note *why)
{
    struct media_words words = media_words_clean(a, &m->words);
    struct sql_media_change_in in = {
        .media = m->id,
        .headline = words.headline,
        .caption = words.caption,
        .byline = words.byline,
        .credit = words.credit,
        .copyright = words.copyright,
        .alt = words.alt,
        .keywords = words.keywords,
        .focus_x = m->focus_x,
        .focus_y = m->focus_y,
    };
    err e = sql_media_text_drop(w, m->id, NULL);

    if (e == OK)
        e = sql_media_change(w, &in, NULL);
    if (e == OK)
        e = sql_media_text_add(w, m->id, NULL);
    if (e != OK)
        return fail(why, e, "could not change picture %lld: %s", (long long)m->id, store_why(w));
    return add_event(a, w, EVENT_media_changed, m->id, why);
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

err media_film(arena *a, store_conn *c, int64_t id, struct media_film *film)
{
    struct sql_film_by_media row;

    TRY(sql_film_by_media(a, c, id, &row));
    *film = (struct media_film){
        .type = row.type,
        .address = str_fmt(a, "/media/%lld/film.%.*s", (long long)id, STR(row.extension)),
        .size = row.size,
        .duration_ms = row.duration_ms,
        .is_sound = row.is_sound,
    };
    return OK;
}

err media_captions(arena *a, store_conn *c, int64_t id, struct media_captions_all *all)
{
    struct sql_captions_of_rows rows;

    TRY(sql_captions_of(a, c, id, &rows));
    *all = (struct media_captions_all){arena_many(a, struct media_captions, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        all->v[i] = (struct media_captions){rows.v[i].language, rows.v[i].vtt};
    return OK;
}

err media_caption(arena *a, store_conn *w, int64_t id, const struct media_captions *captions,
                  note *why)
{
    int64_t changed = 0;
    err e = sql_captions_set(w, id, captions->language, captions->vtt, &changed);

    if (e != OK)
        return fail(why, e, "could not keep the captions of %lld: %s", (long long)id, store_why(w));
    return changed > 0 ? add_event(a, w, EVENT_media_ready, id, why) : OK;
}

err media_film_file(arena *a, const struct media_library *library, const struct media *m,
                    str extension, struct media_file *file)
{
    if ((!film_type_is_film(m->type) && !film_type_is_sound(m->type)) ||
        !str_eq(extension, m->extension))
        return E_MISSING;
    *file = (struct media_file){
        .path = str_z(a, str_c(media_original_path(a, library, m->fingerprint, m->extension))),
        .type = str_z(a, m->type),
        .as_asked = true,
    };
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
