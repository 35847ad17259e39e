#include "news/copy.h"

#include "base/utf8.h"
#include "news/copy_fields.h"
#include "news/origin.h"
#include "text/dates.h"
#include "text/json_pull.h"
#include "text/json_write.h"
#include "text/shape.h"
#include "text/slug.h"

#include <stddef.h>

#define FIELD(kind, name, most)                                                                    \
    {                                                                                              \
#name, COPY_##kind, offsetof(struct copy, name), most                                      \
    }
const struct copy_field copy_fields[COPY_FIELD_COUNT] = {
    FIELD(TYPE, type, 12),
    FIELD(ID, section, 0),
    FIELD(WORD, language, 35),
    FIELD(TEXT, headline, COPY_HEADLINE_MAX),
    FIELD(TEXT, front_headline, COPY_HEADLINE_MAX),
    FIELD(TEXT, search_headline, COPY_HEADLINE_MAX),
    FIELD(TEXT, social_headline, COPY_HEADLINE_MAX),
    FIELD(TEXT, letter_headline, COPY_HEADLINE_MAX),
    FIELD(TEXT, kicker, COPY_WORDS_MAX),
    FIELD(TEXT, standfirst, COPY_STANDFIRST_MAX),
    FIELD(SLUG, slug, COPY_HEADLINE_MAX),
    FIELD(TEXT, dateline, COPY_WORDS_MAX),
    FIELD(NAMES, bylines, STORY_AUTHORS_MAX),
    FIELD(TOPICS, topics, STORY_TOPICS_MAX),
    FIELD(NAMES, places, STORY_PLACES_MAX),
    FIELD(WORD, origin, COPY_WORDS_MAX),
    FIELD(TEXT, source, COPY_WORDS_MAX),
    FIELD(TEXT, credit, COPY_WORDS_MAX),
    FIELD(TEXT, copyright, COPY_WORDS_MAX),
    FIELD(PROSE, rights_note, COPY_NOTE_MAX),
    FIELD(TEXT, reviewed, COPY_WORDS_MAX),
    FIELD(STARS, half_stars, 10),
    FIELD(INT, urgency, 9),
    FIELD(TIME, embargo_at, 0),
    FIELD(TIME, expiry_at, 0),
    FIELD(HERO, hero, 0),
    FIELD(RELATED, related, COPY_RELATED_MAX),
};

bool copy_type_ok(str type)
{
#define TYPE(word) S_INIT(#word),
    static const str types[] = {COPY_TYPES(TYPE)};

    for (size_t i = 0; i < LENGTH(types); i++)
        if (str_eq(types[i], type))
            return true;
    return false;
}

struct copy copy_empty(str type, int64_t section, str language)
{
    return (struct copy){.type = type,
                         .section = section,
                         .language = language,
                         .origin = S("staff"),
                         .half_stars = -1};
}

/* --- writing --- */

static void put_topics(struct json_writer *w, const char *key, const struct copy *c)
{
    put_list(w, key);
    for (size_t i = 0; i < c->topic_count; i++) {
        put_object(w, NULL);
        put_str(w, "name", c->topics[i].name);
        put_str(w, "code", c->topics[i].code);
        put_end(w);
    }
    put_end(w);
}

static void put_hero(struct json_writer *w, const char *key, const struct copy *c)
{
    put_object(w, key);
    put_num(w, "media", c->hero.media);
    put_str(w, "caption", c->hero.caption);
    put_str(w, "credit", c->hero.credit);
    put_str(w, "alt", c->hero.alt);
    put_end(w);
}

static void put_names(struct json_writer *w, const char *key, const struct copy_names *names)
{
    put_list(w, key);
    for (size_t i = 0; i < names->n; i++)
        put_str(w, NULL, names->v[i]);
    put_end(w);
}

static void put_related(struct json_writer *w, const char *key, const struct copy *c)
{
    put_list(w, key);
    for (size_t i = 0; i < c->related_count; i++)
        put_num(w, NULL, c->related[i]);
    put_end(w);
}

void copy_put_field(struct json_writer *w, const char *key, const struct copy_field *f,
                    const struct copy *c)
{
    const void *at = (const char *)c + f->offset;
    int64_t time;

    switch (f->kind) {
    case COPY_TEXT:
    case COPY_TYPE:
    case COPY_SLUG:
    case COPY_PROSE:
    case COPY_WORD:
        put_str(w, key, *(const str *)at);
        break;
    case COPY_ID:
        put_num(w, key, *(const int64_t *)at);
        break;
    case COPY_INT:
        put_num(w, key, *(const int *)at);
        break;
    case COPY_STARS:
        if (*(const int *)at < 0)
            put_raw(w, key, S("null"));
        else
            put_num(w, key, *(const int *)at);
        break;
    case COPY_TIME:
        time = *(const int64_t *)at;
        put_str(w, key, time != 0 ? date_iso(w->out->a, time) : S(""));
        break;
    case COPY_NAMES:
        put_names(w, key, at);
        break;
    case COPY_TOPICS:
        put_topics(w, key, c);
        break;
    case COPY_HERO:
        put_hero(w, key, c);
        break;
    case COPY_RELATED:
        put_related(w, key, c);
    }
}

str copy_write(arena *a, const struct copy *c)
{
    buf out = buf_new(a, (size_t)64 << 20);
    struct json_writer w = json_writer(&out);

    put_object(&w, NULL);
    put_num(&w, "v", 1);
    for (size_t i = 0; i < COPY_FIELD_COUNT; i++)
        copy_put_field(&w, copy_fields[i].name, &copy_fields[i], c);
    put_raw(&w, "body", body_to_json(a, &c->body));
    put_end(&w);
    must(!out.over);
    return buf_str(&out);
}

/* --- reading --- */

struct copy_reader {
    arena *a;
    note *why;
    struct json_pull json;
    const char *field; /* that is being read */
    bool trusted;
};

static err too_long(const struct copy_reader *r, size_t most)
{
    return fail(r->why, E_LIMIT, "%s: too long: at most %zu bytes", r->field, most);
}

static err misread(const struct copy_reader *r)
{
    note how = {0};

    err_ignore(json_failed(&r->json, &how));
    return fail(r->why, E_INVALID, "%s: %s", r->field, how.text);
}

static err read_text(struct copy_reader *r, size_t most, bool has_lines, str *out)
{
    str s = {0};

    if (!json_null(&r->json) && !json_string(&r->json, &s))
        return misread(r);
    s = utf8_clean(r->a, s);
    s = has_lines ? str_trim(s) : str_squeeze(r->a, s);
    if (s.n > most)
        return too_long(r, most);
    *out = s;
    return OK;
}

static err read_number(struct copy_reader *r, int64_t most, int64_t *out)
{
    int64_t n = 0;

    if (!json_null(&r->json) && !json_integer(&r->json, &n))
        return misread(r);
    if (n < 0 || n > most)
        return fail(r->why, E_INVALID, "%s: not a number that it can be", r->field);
    *out = n;
    return OK;
}

static err read_time(struct copy_reader *r, int64_t *out)
{
    str s;

    TRY(read_text(r, COPY_NAME_MAX, false, &s));
    if (s.n == 0)
        *out = 0;
    else if (!date_parse(s, NULL, out))
        return fail(r->why, E_INVALID, "%s: \"%.*s\" is no time like 2026-11-29T18:00:00+01:00",
                    r->field, STR(s));
    return OK;
}

/* Begin a list that may be null. */
static bool begins_list(struct copy_reader *r)
{
    return !json_null(&r->json) && json_list(&r->json);
}

static err too_many(const struct copy_reader *r, size_t most)
{
    return fail(r->why, E_LIMIT, "%s: too many: at most %zu", r->field, most);
}

static err read_names(struct copy_reader *r, size_t most, struct copy_names *out)
{
    str *names = arena_many(r->a, str, most);
    size_t n = 0;

    for (bool more = begins_list(r); more && json_item(&r->json);) {
        str name;

        TRY(read_text(r, COPY_NAME_MAX, false, &name));
        if (name.n > 0 && n == most)
            return too_many(r, most);
        if (name.n > 0)
            names[n++] = name;
    }
    *out = (struct copy_names){names, n};
    return r->json.wrong == NULL ? OK : misread(r);
}

static err read_topic(struct copy_reader *r, struct draft_topic *out)
{
    str key;

    for (json_object(&r->json); json_key(&r->json, &key);) {
        if (str_eq(key, S("name")))
            TRY(read_text(r, COPY_NAME_MAX, false, &out->name));
        else if (str_eq(key, S("code")))
            TRY(read_text(r, 40, false, &out->code));
        else
            json_skip(&r->json);
    }
    return r->json.wrong == NULL ? OK : misread(r);
}

static err read_topics(struct copy_reader *r, size_t most, struct copy *c)
{
    struct draft_topic *topics = arena_many(r->a, struct draft_topic, most);
    size_t n = 0;

    for (bool more = begins_list(r); more && json_item(&r->json);) {
        struct draft_topic topic = {0};

        TRY(read_topic(r, &topic));
        if (topic.name.n > 0 && n == most)
            return too_many(r, most);
        if (topic.name.n > 0)
            topics[n++] = topic;
    }
    c->topics = topics;
    c->topic_count = n;
    return r->json.wrong == NULL ? OK : misread(r);
}

static err read_related(struct copy_reader *r, size_t most, struct copy *c)
{
    int64_t *ids = arena_many(r->a, int64_t, most);
    size_t n = 0;

    for (bool more = begins_list(r); more && json_item(&r->json);) {
        int64_t id;

        TRY(read_number(r, INT64_MAX, &id));
        if (id > 0 && n == most)
            return too_many(r, most);
        if (id > 0)
            ids[n++] = id;
    }
    c->related = ids;
    c->related_count = n;
    return r->json.wrong == NULL ? OK : misread(r);
}

static err read_hero(struct copy_reader *r, struct draft_picture *out)
{
    str key;

    if (json_null(&r->json))
        return OK;
    for (json_object(&r->json); json_key(&r->json, &key);) {
        if (str_eq(key, S("media")))
            TRY(read_number(r, INT64_MAX, &out->media));
        else if (str_eq(key, S("caption")))
            TRY(read_text(r, COPY_NOTE_MAX, false, &out->caption));
        else if (str_eq(key, S("credit")))
            TRY(read_text(r, COPY_WORDS_MAX, false, &out->credit));
        else if (str_eq(key, S("alt")))
            TRY(read_text(r, COPY_NOTE_MAX, false, &out->alt));
        else
            json_skip(&r->json);
    }
    return r->json.wrong == NULL ? OK : misread(r);
}

static err read_int(struct copy_reader *r, const struct copy_field *f, int *out)
{
    int64_t n;

    if (f->kind == COPY_STARS && json_null(&r->json)) {
        *out = -1;
        return OK;
    }
    TRY(read_number(r, (int64_t)f->most, &n));
    *out = (int)n;
    return OK;
}

static err read_slug(struct copy_reader *r, size_t most, str *out)
{
    str s;

    TRY(read_text(r, most, false, &s));
    *out = slug_make(r->a, s);
    return OK;
}

static err read_type(struct copy_reader *r, size_t most, str *out)
{
    TRY(read_text(r, most, false, out));
    return copy_type_ok(*out) ? OK
                              : fail(r->why, E_INVALID, "type: a story is no \"%.*s\"", STR(*out));
}

static err read_field(struct copy_reader *r, const struct copy_field *f, struct copy *c)
{
    void *at = (char *)c + f->offset;

    switch (f->kind) {
    case COPY_TEXT:
    case COPY_WORD:
        return read_text(r, f->most, false, at);
    case COPY_PROSE:
        return read_text(r, f->most, true, at);
    case COPY_TYPE:
        return read_type(r, f->most, at);
    case COPY_SLUG:
        return read_slug(r, f->most, at);
    case COPY_ID:
        return read_number(r, INT64_MAX, at);
    case COPY_INT:
    case COPY_STARS:
        return read_int(r, f, at);
    case COPY_TIME:
        return read_time(r, at);
    case COPY_NAMES:
        return read_names(r, f->most, at);
    case COPY_TOPICS:
        return read_topics(r, f->most, c);
    case COPY_HERO:
        return read_hero(r, at);
    case COPY_RELATED:
    default:
        return read_related(r, f->most, c);
    }
}

static err read_body(struct copy_reader *r, struct body *out)
{
    const char *from;
    note how = {0};
    err e;

    json_peek(&r->json);
    from = r->json.at;
    json_skip(&r->json);
    if (r->json.wrong != NULL)
        return misread(r);

    str json = str_of(from, (size_t)(r->json.at - from));

    e = r->trusted ? body_from_store(r->a, json, out, &how) : body_from_json(r->a, json, out, &how);
    return e == OK ? OK : fail(r->why, e, "body: %s", how.text);
}

static const struct copy_field *field_named(str name)
{
    for (size_t i = 0; i < COPY_FIELD_COUNT; i++)
        if (str_eq(name, str_c(copy_fields[i].name)))
            return &copy_fields[i];
    return NULL;
}

static err read_member(struct copy_reader *r, str key, struct copy *c, int64_t *version)
{
    const struct copy_field *f = field_named(key);

    r->field = f != NULL ? f->name : str_eq(key, S("body")) ? "body" : "v";
    if (f != NULL)
        return read_field(r, f, c);
    if (str_eq(key, S("body")))
        return read_body(r, &c->body);
    if (str_eq(key, S("v")))
        return read_number(r, 1000, version);
    json_skip(&r->json);
    return OK;
}

static err read_copy(struct copy_reader *r, struct copy *out)
{
    struct copy c = copy_empty(S("news"), 0, S(""));
    int64_t version = 0;
    str key;

    for (json_object(&r->json); json_key(&r->json, &key);)
        TRY(read_member(r, key, &c, &version));
    json_ended(&r->json);
    TRY(json_failed(&r->json, r->why));
    if (version != 1)
        return fail(r->why, E_INVALID, "not a copy of version 1");
    *out = c;
    return OK;
}

err copy_from_store(arena *a, str json, struct copy *out, note *why)
{
    struct copy_reader r = {.a = a, .why = why, .json = json_pull(a, json), .trusted = true};

    return read_copy(&r, out);
}

err copy_read(arena *a, str json, struct copy *out, note *why)
{
    struct copy_reader r = {.a = a, .why = why, .json = json_pull(a, json)};
    struct copy c;

    if (json.n > COPY_JSON_MAX)
        return fail(why, E_LIMIT, "the copy is too long: at most %d bytes", COPY_JSON_MAX);
    if (!utf8_ok(json))
        return fail(why, E_INVALID, "a copy that is not in UTF-8");
    TRY(read_copy(&r, &c));
    if (c.origin.n > 0 && origin_of(c.origin) == ORIGIN_UNSAID)
        return fail(why, E_INVALID, "origin: there is no \"%.*s\"", STR(c.origin));
    if (c.language.n > 0 && !language_ok(c.language))
        return fail(why, E_INVALID, "language: \"%.*s\" is none like en or pt-BR", STR(c.language));
    *out = c;
    return OK;
}
