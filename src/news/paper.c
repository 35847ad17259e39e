#include "news/paper.h"

#include "base/must.h"
#include "news/sections.h"
#include "store/sql.h"
#include "text/url.h"

#define PLACE(name, kind, about) {S_INIT(#name), offsetof(struct paper, name)},
static const struct {
    str name;
    size_t offset;
} places[] = {PAPER_SETTINGS(PLACE)};

static void take_setting(struct paper *p, str name, str value)
{
    for (size_t i = 0; i < LENGTH(places); i++)
        if (str_eq(places[i].name, name))
            *(str *)(void *)((char *)p + places[i].offset) = value;
}

/* What sections.h keeps beside the settings that are everybody's. */
static void take_stages(struct paper *p, str name, str value)
{
    int64_t id;

    if (!str_starts(name, S(SECTION_STAGES)) ||
        !str_int(str_from(name, strlen(SECTION_STAGES)), &id))
        return;
    for (size_t i = 0; i < p->section_count; i++)
        if (p->sections[i].id == id)
            p->sections[i].stages = value;
}

static err load_pages(struct reading *r, struct paper *p)
{
    struct sql_informations_rows rows;

    TRY(sql_informations(r->a, r->db, &rows));
    p->pages = arena_many(r->a, struct paper_page, rows.n);
    p->page_count = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        p->pages[i] = (struct paper_page){rows.v[i].slug, rows.v[i].title, rows.v[i].changed_at,
                                          rows.v[i].in_foot};
    return OK;
}

err paper_load(struct reading *r, struct paper *out)
{
    struct sql_settings_rows settings;
    struct sql_sections_rows sections;
    struct paper p = {0};

    TRY(sql_settings(r->a, r->db, &settings));
    TRY(sql_sections(r->a, r->db, &sections));
    for (size_t i = 0; i < settings.n; i++)
        take_setting(&p, settings.v[i].name, settings.v[i].value);
    p.sections = arena_many(r->a, struct section, sections.n);
    p.section_count = sections.n;
    for (size_t i = 0; i < sections.n; i++)
        p.sections[i] = (struct section){
            .id = sections.v[i].section,
            .slug = sections.v[i].slug,
            .name = sections.v[i].name,
            .description = sections.v[i].description,
            .is_opinion = sections.v[i].is_opinion,
            .in_menu = sections.v[i].in_menu,
        };
    for (size_t i = 0; i < settings.n; i++)
        take_stages(&p, settings.v[i].name, settings.v[i].value);
    TRY(load_pages(r, &p));
    *out = p;
    return OK;
}

const struct section *paper_section(const struct paper *p, str slug)
{
    for (size_t i = 0; i < p->section_count; i++)
        if (str_eq(p->sections[i].slug, slug))
            return &p->sections[i];
    return NULL;
}

const struct section *paper_section_by_id(const struct paper *p, int64_t id)
{
    for (size_t i = 0; i < p->section_count; i++)
        if (p->sections[i].id == id)
            return &p->sections[i];
    return NULL;
}

bool paper_has_page(const struct paper *p, str slug)
{
    for (size_t i = 0; i < p->page_count; i++)
        if (str_eq(p->pages[i].slug, slug))
            return true;
    return false;
}

str paper_setting(arena *a, store_conn *db, str name, str otherwise)
{
    struct sql_settings_rows settings;

    if (sql_settings(a, db, &settings) != OK)
        return otherwise;
    for (size_t i = 0; i < settings.n; i++)
        if (str_eq(settings.v[i].name, name))
            return settings.v[i].value;
    return otherwise;
}

const struct zone *paper_zone(arena *a, store_conn *db)
{
    struct zone *zone = NULL;

    err_ignore(zone_load(a, paper_setting(a, db, S("time_zone"), S("UTC")), &zone, NULL));
    return zone;
}

str paper_address(arena *a, store_conn *db)
{
    str address = paper_setting(a, db, S("address"), S("")), host = url_host(address);
    bool is_here = str_eq(host, S("localhost")) || str_starts(host, S("127.")) ||
                   str_eq(host, S("[::1]")) || str_ends(host, S(".localhost"));

    return is_here ? S("") : address;
}
