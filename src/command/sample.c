#include "command/sample.h"

#include "media/catalogue.h"
#include "news/desk.h"
#include "news/heat.h"
#include "news/information.h"
#include "news/paper.h"
#include "news/settings.h"
#include "news/subject.h"
#include "store/sql.h"
#include "text/dates.h"
#include "text/markdown.h"
#include "text/slug.h"
#include "wire/intake.h"
#include "wire/item/topics.h"

#include <fts.h>
#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

#define NEWEST_AGE (20 * MINUTE_US)

/* A note of our own beside the paper's settings: "begun" until all of it is in. */
static const str mark = S_INIT("sample");

err sample_wanted(struct house *h, bool *wanted)
{
    struct sql_stories_for_desk_rows rows;

    TRY(sql_stories_for_desk(h->a, h->db, 1, &rows));
    *wanted = rows.n == 0 || str_eq(paper_setting(h->a, h->db, mark, S("")), S("begun"));
    return OK;
}

static err write_mark(arena *a, store_conn *w, void *of, note *why)
{
    (void)a, (void)why;
    return sql_setting_put(w, mark, *(const str *)of, NULL);
}

static void free_json(void *of)
{
    json_decref(of);
}

static err read_json(arena *a, const char *folder, const char *name, json_t **out, note *why)
{
    json_error_t at;
    str path = str_fmt(a, "%s/%s", folder, name);
    json_t *j = json_load_file(path.p, JSON_REJECT_DUPLICATES, &at);

    if (j == NULL)
        return fail(why, E_INVALID, "%s:%d: %s", path.p, at.line, at.text);
    arena_defer(a, free_json, j);
    *out = j;
    return OK;
}

static str text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    return json_is_string(value) ? str_of(json_string_value(value), json_string_length(value))
                                 : S("");
}

/* What is said of an author, a topic or a place. */
struct said_of {
    enum subject_kind kind;
    str slug, name, role, summary, language, email, links, alt, credit;
    struct body body;
    struct media_taken picture; /* no fingerprint: none */
};

/* What is read before the transaction: pictures take their time. */
struct setup {
    const json_t *site;
    struct said_of *subjects;
    size_t subject_count;
    struct information *pages;
    size_t page_count;
    int64_t now;
};

/* Every setting of the table that site.json has under "settings". */
static err write_settings(arena *a, store_conn *w, const json_t *site, note *why)
{
    const json_t *settings = json_object_get(site, "settings");

    for (size_t i = 0; i < paper_setting_count; i++) {
        str value = text_of(settings, paper_settings[i].name);

        if (value.n > 0)
            TRY(setting_change(a, w, str_c(paper_settings[i].name), value, why));
    }
    return OK;
}

static err write_section(arena *a, store_conn *w, const json_t *section, int64_t position)
{
    struct sql_section_put made;
    const json_t *topics = json_object_get(section, "topics");
    bool is_opinion = json_is_true(json_object_get(section, "opinion")) ||
                      str_eq_nocase(text_of(section, "genre"), S("opinion")) ||
                      str_eq(text_of(section, "slug"), S("opinion"));

    TRY(sql_section_put(a, w, text_of(section, "slug"), text_of(section, "name"),
                        text_of(section, "description"), position, is_opinion, &made));
    for (size_t i = 0; i < json_array_size(topics); i++) {
        str code = str_c(json_string_value(json_array_get(topics, i)));
        ptrdiff_t colon = str_find_last(code, ':');

        code = str_from(code, colon < 0 ? 0 : (size_t)colon + 1);
        TRY(sql_section_topic_put(w, code, made.section, NULL));
    }
    return OK;
}

static err write_subject(arena *a, store_conn *w, const struct said_of *s, note *why)
{
    struct desk d = {.a = a, .w = w};
    int64_t media = 0;
    struct subject_change change = {
        .name = s->name.n > 0 ? &s->name : NULL,
        .role = s->role.n > 0 ? &s->role : NULL,
        .summary = s->summary.n > 0 ? &s->summary : NULL,
        .language = s->language.n > 0 ? &s->language : NULL,
        .email = s->email.n > 0 ? &s->email : NULL,
        .links = s->links.n > 0 ? &s->links : NULL,
        .alt = s->alt.n > 0 ? &s->alt : NULL,
        .credit = s->credit.n > 0 ? &s->credit : NULL,
        .body = s->body.count > 0 ? &s->body : NULL,
        .picture = s->picture.fingerprint.n > 0 ? &media : NULL,
    };

    if (change.picture != NULL)
        TRY(media_add(a, w, &s->picture, &media, why));
    return subject_say(&d, s->kind, s->slug, &change, why);
}

/* "pages": the words of those that lie in pages/, in the order of the foot. */
static err read_pages(arena *a, const char *folder, const json_t *site, int64_t changed_at,
                      struct setup *setup, note *why)
{
    const json_t *pages = json_object_get(site, "pages");

    setup->page_count = json_array_size(pages);
    setup->pages = arena_many(a, struct information, setup->page_count + 1);
    for (size_t i = 0; i < setup->page_count; i++) {
        struct information *page = &setup->pages[i];
        str markdown;

        page->slug = str_c(json_string_value(json_array_get(pages, i)));
        page->changed_at = changed_at;
        TRY(command_read(a, str_fmt(a, "%s/pages/%.*s.md", folder, STR(page->slug)).p,
                         MARKDOWN_BYTES_MAX, &markdown, why));
        TRY(information_read(a, markdown, page, why));
    }
    return OK;
}

static const json_t *list_in(const json_t *j, const char *key)
{
    return json_is_array(j) ? j : json_object_get(j, key);
}

static err write_setup(arena *a, store_conn *w, void *of, note *why)
{
    const struct setup *setup = of;
    const json_t *sections = json_object_get(setup->site, "sections");
    struct tag_set tags = tag_set_new(a);

    TRY(sql_setting_put(w, mark, S("begun"), NULL));
    TRY(write_settings(a, w, setup->site, why));
    for (size_t i = 0; i < json_array_size(sections); i++)
        TRY(write_section(a, w, json_array_get(sections, i), (int64_t)i + 1));
    TRY(sql_section_drop_unused(w, S("news"), NULL));
    for (size_t i = 0; i < setup->subject_count; i++)
        TRY(write_subject(a, w, &setup->subjects[i], why));
    for (size_t i = 0; i < setup->page_count; i++)
        TRY(information_put(a, w, &setup->pages[i], why));
    tag_set_add(&tags, tag_of(TAG_site, 0));
    return event_add(w, EVENT_settings_changed, 0, &tags, S("{}"), why);
}

static err read_whole(arena *a, const char *path, str *out)
{
    FILE *f = fopen(path, "rb");
    buf b = buf_new(a, PICTURE_BYTES_MAX);
    char piece[65536];

    if (f == NULL)
        return E_MISSING;
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
        buf_add(&b, str_of(piece, n));
    fclose(f);
    *out = buf_str(&b);
    return OK;
}

static str last_part(str path)
{
    return str_from(path, (size_t)(str_find_last(path, '/') + 1));
}

/* "links": one a line. */
static str links_of(arena *a, const json_t *from)
{
    const json_t *list = json_object_get(from, "links");
    buf out = buf_new(a, 64 << 10);

    for (size_t i = 0; i < json_array_size(list); i++)
        buf_fmt(&out, "%s%s", i > 0 ? "\n" : "", json_string_value(json_array_get(list, i)));
    return buf_str(&out);
}

/* People (people.json) are authors; about.json says what its entries are. */
static err read_subject(arena *a, const struct media_library *library, const char *folder,
                        const json_t *from, struct said_of *out, note *why)
{
    bool is_person = json_object_get(from, "kind") == NULL;
    str picture = last_part(text_of(from, is_person ? "portrait" : "picture")), bytes;
    str text = last_part(text_of(from, "text"));

    *out = (struct said_of){
        .kind = is_person ? SUBJECT_AUTHOR : subject_kind_of(text_of(from, "kind")),
        .slug = text_of(from, "slug"),
        .name = text_of(from, "name"),
        .role = text_of(from, "role"),
        .summary = text_of(from, is_person ? "bio" : "summary"),
        .language = text_of(from, "language"),
        .email = text_of(from, "email"),
        .links = links_of(a, from),
        .alt = text_of(from, "alt"),
        .credit = text_of(from, "credit"),
    };
    if (out->kind == SUBJECT_KINDS)
        return fail(why, E_INVALID, "about.json: \"%.*s\" is no kind", STR(text_of(from, "kind")));
    if (text.n > 0) {
        TRY(command_read(a, str_fmt(a, "%s/about/%.*s", folder, STR(text)).p, MARKDOWN_BYTES_MAX,
                         &bytes, why));
        TRY(body_from_markdown(a, bytes, MARKDOWN_FULL, &out->body, why));
    }
    if (picture.n > 0 &&
        read_whole(a, str_fmt(a, "%s/pictures/%.*s", folder, STR(picture)).p, &bytes) == OK)
        TRY(media_take(a, library, bytes, &out->picture, why));
    return OK;
}

static err read_subjects(arena *a, const struct media_library *library, const char *folder,
                         struct setup *setup, note *why)
{
    json_t *people, *about = NULL;
    size_t person_count, about_count;

    TRY(read_json(a, folder, "people.json", &people, why));
    if (access(str_fmt(a, "%s/about.json", folder).p, F_OK) == 0) /* an edition may have none */
        TRY(read_json(a, folder, "about.json", &about, why));
    people = (json_t *)(uintptr_t)list_in(people, "people");
    about = (json_t *)(uintptr_t)list_in(about, "about");
    person_count = json_array_size(people);
    about_count = json_array_size(about);
    setup->subject_count = person_count + about_count;
    setup->subjects = arena_many(a, struct said_of, setup->subject_count + 1);
    for (size_t i = 0; i < person_count; i++)
        TRY(read_subject(a, library, folder, json_array_get(people, i), &setup->subjects[i], why));
    for (size_t i = 0; i < about_count; i++)
        TRY(read_subject(a, library, folder, json_array_get(about, i),
                         &setup->subjects[person_count + i], why));
    return OK;
}

static void tell(void *of, const struct intake_told *told)
{
    (void)of;
    if (told->reason.n > 0)
        fprintf(stderr, "sample: %.*s:%d: %.*s\n", STR(told->file), told->line, STR(told->reason));
}

static int by_name(const FTSENT **x, const FTSENT **y)
{
    return strcmp((*x)->fts_name, (*y)->fts_name);
}

static err take_copy(struct house *h, const struct media_library *library, const char *folder,
                     int64_t shift, note *why)
{
    struct intake_options options = {.store = h->store,
                                     .db = h->db,
                                     .library = library,
                                     .publish = true,
                                     .keep_dates = true,
                                     .shift_us = shift,
                                     .tell = tell};
    char *paths[] = {str_z(h->a, str_fmt(h->a, "%s/wire", folder)), NULL};
    struct intake *in = intake_new(&options);
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    err e = tree == NULL ? fail(why, E_IO, "cannot look into %s", paths[0]) : OK;

    for (FTSENT *f; e == OK && (f = fts_read(tree)) != NULL;)
        if (f->fts_info == FTS_F && f->fts_name[0] != '.')
            e = intake_add(in, folder, f->fts_path, why);
    if (tree != NULL)
        fts_close(tree);
    if (e == OK)
        e = intake_flush(in, why);
    intake_free(&in);
    return e;
}

static err story_of_guid(arena *a, store_conn *w, const char *guid, int64_t *story, note *why)
{
    struct sql_wire_items_of_rows items;

    TRY(sql_wire_items_of(a, w, str_c(guid), &items));
    for (size_t i = 0; i < items.n; i++)
        if (items.v[i].has_story) {
            *story = items.v[i].story;
            return OK;
        }
    return fail(why, E_INVALID, "site.json: no story came of %s", guid);
}

/* "origins": who made what its copy does not say it of; "much_read": the most read first. */
static err write_labels(arena *a, store_conn *w, void *of, note *why)
{
    const struct setup *setup = of;
    json_t *origins = json_object_get(setup->site, "origins"), *origin;
    const json_t *read = json_object_get(setup->site, "much_read");
    size_t n = json_array_size(read);
    struct story_readings *readings = arena_many(a, struct story_readings, n + 1);
    struct desk d = {a, w, setup->now};
    const char *guid;
    int64_t story;

    json_object_foreach(origins, guid, origin)
    {
        TRY(story_of_guid(a, w, guid, &story, why));
        TRY(desk_label(&d, story, S("origin"), str_c(json_string_value(origin)), why));
    }
    for (size_t i = 0; i < n; i++) {
        TRY(story_of_guid(a, w, json_string_value(json_array_get(read, i)), &readings[i].story,
                          why));
        readings[i].n = (int64_t)(10 * (n - i));
    }
    return heat_count(a, w, readings, n, setup->now, why);
}

err sample_load(struct house *h, const struct media_library *library, const char *folder, note *why)
{
    json_t *site;
    struct setup setup;
    int64_t edited_at;

    TRY(read_json(h->a, folder, "site.json", &site, why));
    if (!date_parse(text_of(site, "edited_at"), NULL, &edited_at))
        return fail(why, E_INVALID,
                    "%s/site.json: edited_at must say when its newest story was new", folder);
    setup = (struct setup){.site = site, .now = clock_now(store_clock(h->store))};
    TRY(read_pages(h->a, folder, site, setup.now, &setup, why));
    TRY(read_subjects(h->a, library, folder, &setup, why));
    TRY(store_write(h->store, write_setup, &setup, h->a, why));
    TRY(take_copy(h, library, folder, setup.now - NEWEST_AGE - edited_at, why));
    TRY(store_write(h->store, write_labels, &setup, h->a, why));
    TRY(sample_running(h, library, folder, why));
    return store_write(h->store, write_mark, &(str)S_INIT("whole"), h->a, why);
}
