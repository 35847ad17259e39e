#include "news/subject.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "store/sql.h"
#include "text/slug.h"
#include "text/url.h"

static const str words[SUBJECT_KINDS] = {S_INIT("topic"), S_INIT("author"), S_INIT("place")};

str subject_word(enum subject_kind kind)
{
    return words[kind];
}

enum subject_kind subject_kind_of(str word)
{
    int kind = 0;

    while (kind < SUBJECT_KINDS && !str_eq(words[kind], word))
        kind++;
    return (enum subject_kind)kind;
}

str subject_path(arena *a, enum subject_kind kind, str slug)
{
    return str_fmt(a, "/%.*s/%.*s", STR(words[kind]), STR(slug));
}

str subject_slug(arena *a, str name)
{
    str slug = slug_make(a, name);

    return slug.n > 0 ? slug : str_to(fingerprint(a, name), 12);
}

/* --- reading --- */

static err fill(arena *a, const struct sql_subject_at *row, struct subject *out)
{
    *out = (struct subject){
        .id = row->subject,
        .kind = (enum subject_kind)row->kind,
        .slug = row->slug,
        .name = row->name,
        .role = row->role,
        .summary = row->summary,
        .language = row->language,
        .picture = row->has_picture ? row->picture : 0,
        .alt = row->picture_alt,
        .credit = row->picture_credit,
        .email = row->email,
        .links = row->links,
    };
    return row->body.n > 0 ? body_from_store(a, row->body, &out->body, NULL) : OK;
}

err subject_at(struct reading *r, enum subject_kind kind, str slug, struct subject *out)
{
    struct sql_subject_at row;

    TRY(sql_subject_at(r->a, r->db, kind, slug, &row));
    return fill(r->a, &row, out);
}

bool subject_is_written(const struct subject *s)
{
    return s->summary.n > 0 || s->body.count > 0;
}

str subject_opening(arena *a, const struct subject *s, size_t max)
{
    return s->summary.n > 0 || s->body.count == 0 ? s->summary : body_opening(a, &s->body, max);
}

err subjects_map(struct reading *r, size_t many, struct map_places *out)
{
    struct sql_subjects_map_rows rows;

    TRY(sql_subjects_map(r->a, r->db, r->reach, (int64_t)many, &rows));
    *out = (struct map_places){arena_many(r->a, struct map_place, rows.n), 0};
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_subjects_map *row = &rows.v[i];
        bool shown = row->has_public_state &&
                     reading_gate(r, &(struct gate_facts){
                                         .state = (enum public_state)row->public_state,
                                         .public_at = row->has_public_at ? row->public_at : 0,
                                         .expiry_at = row->has_expiry_at ? row->expiry_at : 0,
                                     }) == GATE_FULL;

        if (shown || row->is_written)
            out->v[out->n++] = (struct map_place){
                subject_path(r->a, (enum subject_kind)row->kind, row->slug),
                shown ? row->public_at : 0,
            };
    }
    return OK;
}

/* --- the desk --- */

/* Most names are known: a look costs an eighth of a write that changes nothing. */
err subject_named(struct desk *d, enum subject_kind kind, str name, str code, int64_t *id)
{
    str slug = subject_slug(d->a, name);
    str given = code.n > 0 ? code : (str){0};
    struct sql_subject_known known;
    struct sql_subject_find made;
    err e = sql_subject_known(d->a, d->w, kind, slug, given, &known);

    if (e == OK)
        *id = known.subject;
    if (e != E_MISSING)
        return e;
    TRY(sql_subject_find(d->a, d->w, kind, slug, name, given, &made));
    *id = made.subject;
    return OK;
}

static err check_links(str links, note *why)
{
    size_t n = 0;

    for (str line; links.n > 0 && str_cut(&links, '\n', &line); n++)
        if (!str_starts(line, S("https://")) || url_host(line).n == 0)
            return fail(why, E_INVALID, "\"%.*s\" is no address like https://social.example/@me",
                        STR(line));
    return n <= SUBJECT_LINKS_MAX ? OK
                                  : fail(why, E_INVALID, "at most %d links", SUBJECT_LINKS_MAX);
}

static err check(struct desk *d, const struct subject *s, note *why)
{
    struct sql_media_shown picture;

    if (s->name.n == 0 || !utf8_ok(s->name))
        return fail(why, E_INVALID, "it needs a name");
    if (s->summary.n > SUBJECT_SUMMARY_MAX)
        return fail(why, E_INVALID, "a summary has at most %d bytes; more is for the text",
                    SUBJECT_SUMMARY_MAX);
    if (s->email.n > 0 && (str_find_char(s->email, '@') <= 0 || str_find_char(s->email, ' ') >= 0))
        return fail(why, E_INVALID, "\"%.*s\" is no address for mail", STR(s->email));
    TRY(check_links(s->links, why));
    if (s->picture == 0)
        return OK;
    if (sql_media_shown(d->a, d->w, s->picture, &picture) != OK)
        return fail(why, E_MISSING, "there is no picture %lld", (long long)s->picture);
    if (s->alt.n == 0 && picture.alt.n == 0)
        return fail(why, E_INVALID, "the picture needs words for those who do not see it");
    return OK;
}

static void apply(const struct subject_change *c, struct subject *s)
{
    const struct {
        const str *from;
        str *to;
    } texts[] = {
        {c->name, &s->name},         {c->role, &s->role},   {c->summary, &s->summary},
        {c->language, &s->language}, {c->alt, &s->alt},     {c->credit, &s->credit},
        {c->email, &s->email},       {c->links, &s->links},
    };

    if (c->picture != NULL) { /* the words of another picture do not go with it */
        s->picture = *c->picture;
        s->alt = s->credit = S("");
    }
    for (size_t i = 0; i < LENGTH(texts); i++)
        if (texts[i].from != NULL)
            *texts[i].to = str_trim(*texts[i].from);
    if (c->body != NULL)
        s->body = *c->body;
}

static err keep(struct desk *d, const struct subject *s)
{
    struct sql_subject_set_in row = {
        .subject = s->id,
        .name = s->name,
        .role = s->role,
        .summary = s->summary,
        .body = s->body.count > 0 ? body_to_json(d->a, &s->body) : S(""),
        .language = s->language,
        .picture = s->picture,
        .has_picture = s->picture != 0,
        .picture_alt = s->alt,
        .picture_credit = s->credit,
        .email = s->email,
        .links = s->links,
    };

    return sql_subject_set(d->w, &row, NULL);
}

err subject_say(struct desk *d, enum subject_kind kind, str slug, const struct subject_change *c,
                note *why)
{
    struct tag_set tags = tag_set_new(d->a);
    struct sql_subject_at row;
    struct sql_subject_find made;
    struct subject s = {.kind = kind};
    err e;

    if (!slug_ok(slug))
        return fail(why, E_INVALID, "\"%.*s\" cannot stand in an address", STR(slug));
    e = sql_subject_at(d->a, d->w, kind, slug, &row);
    if (e == E_MISSING && c->name == NULL)
        return fail(why, e, "there is no %.*s \"%.*s\"; with a name it is made", STR(words[kind]),
                    STR(slug));
    if (e != OK && e != E_MISSING)
        return e;
    if (e == OK) {
        TRY(fill(d->a, &row, &s));
    } else {
        TRY(sql_subject_find(d->a, d->w, kind, slug, *c->name, (str){0}, &made));
        s.id = made.subject;
    }
    apply(c, &s);
    TRY(check(d, &s, why));
    TRY(keep(d, &s));
    tag_set_add(&tags, tag_of(TAG_subject, s.id));
    tag_set_add(&tags, tag_of(TAG_subjects, 0));
    return event_add(d->w, EVENT_subject_changed, s.id, &tags, S("{}"), why);
}
