/*
 * sample_running.c - the running story of the sample edition: running.json, if it has one.
 */
#include "command/sample.h"

#include "media/catalogue.h"
#include "news/paper.h"
#include "news/running.h"
#include "store/sql.h"
#include "text/markdown.h"

#include <jansson.h>
#include <unistd.h>

enum { NAMES_MAX = 10 };

struct running {
    const json_t *story;
    int64_t now;
    const struct media_taken *pictures; /* of the story, then of its entries */
};

static str text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    return json_is_string(value) ? str_of(json_string_value(value), json_string_length(value))
                                 : S("");
}

static int64_t minutes_ago(const struct running *r, const json_t *of, const char *key)
{
    return r->now - json_integer_value(json_object_get(of, key)) * MINUTE_US;
}

static err section_named(arena *a, store_conn *w, str slug, int64_t *section, note *why)
{
    struct sql_sections_rows all;

    TRY(sql_sections(a, w, &all));
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(all.v[i].slug, slug)) {
            *section = all.v[i].section;
            return OK;
        }
    return fail(why, E_INVALID, "running.json: there is no section \"%.*s\"", STR(slug));
}

/* The picture's number; 0: none. */
static err picture(arena *a, store_conn *w, const struct media_taken *taken, int64_t *media,
                   note *why)
{
    *media = 0;
    return taken->fingerprint.n > 0 ? media_add(a, w, taken, media, why) : OK;
}

static err write_story(arena *a, store_conn *w, const struct running *r, int64_t *story, note *why)
{
    const json_t *topics = json_object_get(r->story, "topics");
    struct desk d = {a, w, minutes_ago(r, r->story, "published")};
    struct draft_topic *named = arena_many(a, struct draft_topic, NAMES_MAX);
    str author = text_of(r->story, "byline"), place = text_of(r->story, "place");
    struct draft text = {
        .kicker = text_of(r->story, "kicker"),
        .headline = text_of(r->story, "headline"),
        .standfirst = text_of(r->story, "standfirst"),
        .dateline = text_of(r->story, "dateline"),
        .byline = author,
        .authors = &author,
        .author_count = 1,
        .places = &place,
        .place_count = place.n > 0,
        .topics = named,
        .origin = S("staff"),
    };

    TRY(section_named(a, w, text_of(r->story, "section"), &text.section, why));
    for (size_t i = 0; i < json_array_size(topics) && i < NAMES_MAX; i++)
        named[text.topic_count++].name = str_c(json_string_value(json_array_get(topics, i)));
    TRY(picture(a, w, &r->pictures[0], &text.hero.media, why));
    TRY(body_from_markdown(a, text_of(r->story, "body"), MARKDOWN_FULL, &text.body, why));
    TRY(desk_write(&d, &text, story, why));
    TRY(sql_story_written_set(w, *story, S("live"), S(""), S(""), NULL));
    return desk_publish(&d, *story, 0, why);
}

static err write_entry(arena *a, store_conn *w, const struct running *r, size_t i, int64_t story,
                       note *why)
{
    const json_t *of = json_array_get(json_object_get(r->story, "entries"), i);
    struct desk d = {a, w, minutes_ago(r, of, "minutes")};
    struct entry_draft text = {
        .headline = text_of(of, "headline"),
        .byline = text_of(of, "byline"),
        .words = text_of(of, "words"),
        .quote = text_of(of, "quote"),
        .quote_by = text_of(of, "quote_by"),
        .caption = text_of(of, "caption"),
        .link = text_of(of, "link"),
        .link_title = text_of(of, "link_title"),
        .is_key = json_is_true(json_object_get(of, "key")),
        .is_pinned = json_is_true(json_object_get(of, "pinned")),
    };
    int64_t number;

    TRY(picture(a, w, &r->pictures[i + 1], &text.media, why));
    TRY(entry_write(&d, story, &text, &number, why));
    return entry_publish(&d, story, number, 0, why);
}

static err write_all(arena *a, store_conn *w, void *of, note *why)
{
    const struct running *r = of;
    size_t n = json_array_size(json_object_get(r->story, "entries"));
    int64_t story;

    TRY(write_story(a, w, r, &story, why));
    for (size_t i = 0; i < n; i++)
        TRY(write_entry(a, w, r, i, story, why));
    return OK;
}

static void free_json(void *of)
{
    json_decref(of);
}

static err take(struct house *h, const struct media_library *library, const char *folder,
                const json_t *of, struct media_taken *out, note *why)
{
    str name = text_of(of, "picture"), bytes;

    if (name.n == 0)
        return OK;
    TRY(command_read(h->a, str_fmt(h->a, "%s/pictures/%.*s", folder, STR(name)).p,
                     PICTURE_BYTES_MAX, &bytes, why));
    return media_take(h->a, library, bytes, out, why);
}

err sample_running(struct house *h, const struct media_library *library, const char *folder,
                   note *why)
{
    str path = str_fmt(h->a, "%s/running.json", folder);
    json_error_t at;
    json_t *j, *entries;
    struct media_taken *pictures;
    struct running r;

    if (access(path.p, F_OK) != 0)
        return OK;
    j = json_load_file(path.p, JSON_REJECT_DUPLICATES, &at);
    if (j == NULL)
        return fail(why, E_INVALID, "%s:%d: %s", path.p, at.line, at.text);
    arena_defer(h->a, free_json, j);
    entries = json_object_get(j, "entries");
    pictures = arena_many(h->a, struct media_taken, json_array_size(entries) + 1);
    TRY(take(h, library, folder, j, &pictures[0], why));
    for (size_t i = 0; i < json_array_size(entries); i++)
        TRY(take(h, library, folder, json_array_get(entries, i), &pictures[i + 1], why));
    r = (struct running){j, clock_now(store_clock(h->store)), pictures};
    return store_write(h->store, write_all, &r, h->a, why);
}
