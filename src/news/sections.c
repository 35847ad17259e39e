#include "news/sections.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "news/paper.h"
#include "news/stage.h"
#include "store/event.h"
#include "store/sql.h"
#include "text/slug.h"

enum { CODE_DIGITS = 8, CODES_ROOM = 16 << 10 };

static err tell(arena *a, store_conn *w, enum event_kind kind, int64_t id, note *why)
{
    struct tag_set tags = tag_set_new(a);

    tag_set_add(&tags, tag_of(TAG_site, 0));
    return event_add(w, kind, id, &tags, S("{}"), why);
}

err section_topics(arena *a, store_conn *db, int64_t section, str *out)
{
    struct sql_section_topics_rows rows;
    buf b = buf_new(a, CODES_ROOM);

    TRY(sql_section_topics(a, db, section, &rows));
    for (size_t i = 0; i < rows.n; i++)
        buf_fmt(&b, "%.*s\n", STR(rows.v[i].code));
    *out = buf_str(&b);
    return OK;
}

static str stages_key(arena *a, int64_t section)
{
    return str_fmt(a, SECTION_STAGES "%lld", (long long)section);
}

str section_stages(arena *a, store_conn *db, int64_t section)
{
    return paper_setting(a, db, stages_key(a, section), S(""));
}

err section_moved(struct reading *r, str slug, str *now)
{
    struct sql_section_was_at row;

    TRY(sql_section_was_at(r->a, r->db, slug, &row));
    *now = row.slug;
    return OK;
}

/* --- what may be --- */

static bool is_line(str s, size_t most)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ')
            return false;
    return s.n <= most && utf8_ok(s);
}

static bool is_code(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n == CODE_DIGITS;
}

static err check_topics(str topics, note *why)
{
    size_t n = 0;

    for (str line; topics.n > 0 && str_cut(&topics, '\n', &line);) {
        line = str_trim(line);
        if (line.n > 0 && (!is_code(line) || ++n > SECTION_TOPICS_MAX))
            return fail(why, E_INVALID, "\"%.*s\" is no code of a Media Topic, like 15000000",
                        STR(str_to(line, 40)));
    }
    return OK;
}

static err check(const struct section_text *t, note *why)
{
    if (t->name.n == 0 || !is_line(t->name, SECTION_NAME_MAX))
        return fail(why, E_INVALID, "a section has a name of 1 to %d bytes", SECTION_NAME_MAX);
    if (!is_line(t->description, SECTION_TEXT_MAX))
        return fail(why, E_INVALID, "a description has at most %d bytes, in one line",
                    SECTION_TEXT_MAX);
    if (t->stages.n > 0 && (!is_line(t->stages, SECTION_TEXT_MAX) || !stages_ok(t->stages)))
        return fail(why, E_INVALID, "\"%.*s\" are no two to eight stages", STR(t->stages));
    if (!slug_ok(t->slug))
        return fail(why, E_INVALID, "\"%.*s\" cannot stand in an address", STR(t->slug));
    return check_topics(t->topics, why);
}

/* Neither another section, now or before, nor a page of information has the word. */
static err check_free(arena *a, store_conn *w, int64_t id, str slug, note *why)
{
    struct sql_sections_rows all;
    struct sql_information_at page;
    struct sql_section_was_at was;

    TRY(sql_sections(a, w, &all));
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].section != id && str_eq(all.v[i].slug, slug))
            return fail(why, E_CONFLICT, "there is a section at /%.*s", STR(slug));
    if (sql_information_at(a, w, slug, &page) == OK)
        return fail(why, E_CONFLICT, "there is a page at /%.*s", STR(slug));
    if (sql_section_was_at(a, w, slug, &was) == OK && was.section != id)
        return fail(why, E_CONFLICT, "/%.*s leads on to a section that had this word before",
                    STR(slug));
    return OK;
}

static err keep_topics(store_conn *w, int64_t id, str topics)
{
    TRY(sql_section_topics_drop(w, id, NULL));
    for (str line; topics.n > 0 && str_cut(&topics, '\n', &line);) {
        line = str_trim(line);
        if (line.n > 0)
            TRY(sql_section_topic_put(w, line, id, NULL));
    }
    return OK;
}

static err keep_stages(arena *a, store_conn *w, int64_t id, str stages)
{
    return stages.n > 0 ? sql_setting_put(w, stages_key(a, id), str_squeeze(a, stages), NULL)
                        : sql_setting_drop(w, stages_key(a, id), NULL);
}

static err find(arena *a, store_conn *w, int64_t id, struct sql_sections *out, size_t *n, note *why)
{
    struct sql_sections_rows all;

    TRY(sql_sections(a, w, &all));
    *n = all.n;
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].section == id) {
            *out = all.v[i];
            return OK;
        }
    return fail(why, E_MISSING, "there is no section %lld", (long long)id);
}

/* --- the verbs --- */

err section_make(arena *a, store_conn *w, const struct section_text *text, int64_t *id, note *why)
{
    struct sql_section_add made;

    TRY(check(text, why));
    TRY(check_free(a, w, 0, text->slug, why));
    TRY(sql_section_add(a, w, text->slug, text->name, text->description, text->is_opinion, &made));
    TRY(keep_topics(w, made.section, text->topics));
    TRY(keep_stages(a, w, made.section, text->stages));
    *id = made.section;
    return tell(a, w, EVENT_section_changed, made.section, why);
}

err section_say(arena *a, store_conn *w, int64_t id, const struct section_text *text, note *why)
{
    struct sql_sections old;
    size_t n;

    TRY(find(a, w, id, &old, &n, why));
    TRY(check(text, why));
    TRY(check_free(a, w, id, text->slug, why));
    TRY(sql_section_set(w, id, text->slug, text->name, text->description, text->is_opinion, NULL));
    if (!str_eq(old.slug, text->slug)) {
        TRY(sql_section_was_drop(w, text->slug, NULL));
        TRY(sql_section_was_put(w, old.slug, id, NULL));
    }
    TRY(keep_topics(w, id, text->topics));
    TRY(keep_stages(a, w, id, text->stages));
    return tell(a, w, EVENT_section_changed, id, why);
}

err section_take_away(arena *a, store_conn *w, int64_t id, note *why)
{
    struct sql_sections old;
    struct sql_section_stories count;
    size_t n;

    TRY(find(a, w, id, &old, &n, why));
    TRY(sql_section_stories(a, w, id, &count));
    if (count.stories > 0)
        return fail(why, E_CONFLICT, "there are %lld stories in it", (long long)count.stories);
    if (n == 1)
        return fail(why, E_CONFLICT, "a paper has one section at least");
    TRY(keep_stages(a, w, id, S("")));
    TRY(sql_section_drop(w, id, NULL));
    return tell(a, w, EVENT_section_changed, id, why);
}

/* --- menus --- */

/* Where what stood at `i` of `n` stands when the one at `at` has moved by `by`. */
static size_t moved(size_t i, size_t at, size_t n, int by)
{
    size_t to = by < 0 && at > 0 ? at - 1 : by > 0 && at + 1 < n ? at + 1 : at;

    return i == at ? to : i == to ? at : i;
}

err section_menu(arena *a, store_conn *w, int64_t id, int by, bool in_menu, note *why)
{
    struct sql_sections_rows all;
    size_t at = 0;

    TRY(sql_sections(a, w, &all));
    while (at < all.n && all.v[at].section != id)
        at++;
    if (at == all.n)
        return fail(why, E_MISSING, "there is no section %lld", (long long)id);
    for (size_t i = 0; i < all.n; i++)
        TRY(sql_section_place(w, all.v[i].section, (int64_t)moved(i, at, all.n, by) + 1,
                              i == at && by == 0 ? in_menu : all.v[i].in_menu, NULL));
    return tell(a, w, EVENT_section_changed, id, why);
}

err information_foot(arena *a, store_conn *w, str slug, int by, bool in_foot, note *why)
{
    struct sql_informations_rows all;
    size_t at = 0;

    TRY(sql_informations(a, w, &all));
    while (at < all.n && !str_eq(all.v[at].slug, slug))
        at++;
    if (at == all.n)
        return fail(why, E_MISSING, "there is no page \"%.*s\"", STR(slug));
    for (size_t i = 0; i < all.n; i++)
        TRY(sql_information_place(w, all.v[i].slug, (int64_t)moved(i, at, all.n, by) + 1,
                                  i == at && by == 0 ? in_foot : all.v[i].in_foot, NULL));
    return tell(a, w, EVENT_information_changed, 0, why);
}
