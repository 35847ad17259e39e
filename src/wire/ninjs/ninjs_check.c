#include "wire/ninjs/ninjs.h"

/* What the standard wants a property to be; what vendors commonly make of it is forgiven where
 * nothing can be misread (a version as a number, terms as a list of sentences). */
enum want {
    TEXT,
    MOMENT, /* text; read, and refused where it matters, elsewhere */
    WORD,   /* text or a number */
    WORDS,  /* text or a list of texts */
    NUMBER, /* a number, or text that is one */
    LIST,
    BOX, /* an object or a list */
    OBJECT,
};

static const struct {
    const char *name;
    enum want want;
} properties[] = {
    {"uri", TEXT},
    {"guid", TEXT},
    {"type", TEXT},
    {"mimetype", TEXT},
    {"representationtype", TEXT},
    {"profile", TEXT},
    {"version", WORD},
    {"firstcreated", MOMENT},
    {"versioncreated", MOMENT},
    {"contentcreated", MOMENT},
    {"embargoed", MOMENT},
    {"embargoeduntil", MOMENT},
    {"expires", MOMENT},
    {"pubstatus", TEXT},
    {"urgency", NUMBER},
    {"copyrightholder", TEXT},
    {"copyrightnotice", TEXT},
    {"usageterms", WORDS},
    {"ednote", WORDS},
    {"language", TEXT},
    {"person", LIST},
    {"people", LIST},
    {"organisation", LIST},
    {"organisations", LIST},
    {"place", LIST},
    {"places", LIST},
    {"subject", LIST},
    {"subjects", LIST},
    {"event", LIST},
    {"events", LIST},
    {"object", LIST},
    {"objects", LIST},
    {"infosource", LIST},
    {"infosources", LIST},
    {"title", TEXT},
    {"byline", TEXT},
    {"by", TEXT},
    {"headline", TEXT},
    {"headlines", LIST},
    {"slugline", TEXT},
    {"located", TEXT},
    {"charcount", NUMBER},
    {"wordcount", NUMBER},
    {"renditions", BOX},
    {"associations", BOX},
    {"altids", BOX},
    {"trustindicator", LIST},
    {"trustindicators", LIST},
    {"standard", OBJECT},
    {"genre", LIST},
    {"genres", LIST},
    {"rightsinfo", OBJECT},
    {"digitalsourcetype", OBJECT},
    {"descriptions", LIST},
    {"bodies", LIST},
    {"eventdetails", OBJECT},
    {"plannedcoverage", LIST},
    {"advice", LIST},
    {"evolvedfrom", TEXT},
};

static const char *wanted(enum want w)
{
    switch (w) {
    case NUMBER:
        return "a number";
    case LIST:
        return "a list";
    case BOX:
        return "an object or a list";
    case OBJECT:
        return "an object";
    default:
        return "text";
    }
}

static const char *called(const json_t *v)
{
    switch (json_typeof(v)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "a list";
    case JSON_STRING:
        return "text";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    default:
        return "true or false";
    }
}

static bool is_list_of_text(json_t *v)
{
    size_t i;
    json_t *one;

    json_array_foreach(v, i, one) if (!json_is_string(one) && !json_is_null(one)) return false;
    return json_is_array(v);
}

static bool fits(json_t *v, enum want w)
{
    int64_t n;

    switch (w) {
    case TEXT:
    case MOMENT:
        return json_is_string(v);
    case WORD:
        return json_is_string(v) || json_is_number(v);
    case WORDS:
        return json_is_string(v) || is_list_of_text(v);
    case NUMBER:
        return json_is_number(v) || (json_is_string(v) && str_int(str_c(json_string_value(v)), &n));
    case LIST:
        return json_is_array(v);
    case BOX:
        return json_is_array(v) || json_is_object(v);
    case OBJECT:
        return json_is_object(v);
    }
    return false;
}

static bool starts(const char *key, const char *with)
{
    return strncmp(key, with, strlen(with)) == 0;
}

/* headline_short, description_text, body_xhtml: the standard leaves these names open. */
static bool is_open_name(const char *key)
{
    return starts(key, "headline_") || starts(key, "description_") || starts(key, "body_");
}

bool ninjs_knows(const char *key)
{
    for (size_t i = 0; i < LENGTH(properties); i++)
        if (ninjs_is(key, str_c(properties[i].name)))
            return true;
    return is_open_name(key);
}

static err check_open_name(const char *path, const char *key, json_t *v, note *why)
{
    const char *suffix = strchr(key, '_') + 1;

    for (const char *c = suffix; *c != 0; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
              *c == '_'))
            return fail(why, E_INVALID, "%s%.60s: letters, digits and '_' may follow the '_'", path,
                        key);
    if (*suffix == 0)
        return fail(why, E_INVALID, "%s%.60s: a name must follow the '_'", path, key);
    if (!json_is_string(v))
        return fail(why, E_INVALID, "%s%.60s is %s, must be text", path, key, called(v));
    return OK;
}

static err check_property(const char *path, const char *key, json_t *v, note *why)
{
    if (json_is_null(v))
        return OK;
    if (is_open_name(key))
        return check_open_name(path, key, v, why);
    for (size_t i = 0; i < LENGTH(properties); i++) {
        if (!ninjs_is(key, str_c(properties[i].name)))
            continue;
        if (fits(v, properties[i].want))
            return OK;
        return fail(why, E_INVALID, "%s%.60s is %s, must be %s", path, key, called(v),
                    wanted(properties[i].want));
    }
    if (ninjs_is(key, S("encodedrights")) || ninjs_is(key, S("linkedrights")))
        return fail(why, E_INVALID, "%s%.60s stands outside rightsinfo", path, key);
    return OK;
}

static err check_word(const char *path, json_t *item, const char *name, const char *const *allowed,
                      note *why)
{
    json_t *v = ninjs_get(item, name);

    if (!json_is_string(v))
        return OK;
    for (size_t i = 0; allowed[i] != NULL; i++)
        if (str_eq_nocase(str_c(json_string_value(v)), str_c(allowed[i])))
            return OK;
    return fail(why, E_INVALID, "%s%s \"%.60s\" is none of the standard's", path, name,
                json_string_value(v));
}

static err check_geojson(const char *path, json_t *item, note *why)
{
    static const char *const types[] = {
        "Point",        "MultiPoint",         "LineString", "MultiLineString",   "Polygon",
        "MultiPolygon", "GeometryCollection", "Feature",    "FeatureCollection", NULL};
    json_t *places = ninjs_get(item, "places"), *place;
    size_t i;

    json_array_foreach(places, i, place)
    {
        json_t *geo = ninjs_get(place, "geojson"), *type = ninjs_get(geo, "type");
        bool known = false;

        for (size_t j = 0; types[j] != NULL && json_is_string(type); j++)
            known |= strcmp(json_string_value(type), types[j]) == 0;
        if (geo != NULL && !known)
            return fail(why, E_INVALID, "%splaces[%zu].geojson has no type of GeoJSON", path, i);
    }
    return OK;
}

/* Dates of an event or a planned coverage: a start is either known or expected, and a truncated
 * date is one that only leaves out its end. */
static err check_dates(const char *path, json_t *dates, note *why)
{
    static const char *const pairs[][2] = {{"startdate", "expectedstartdate"},
                                           {"enddate", "expectedenddate"}};

    for (size_t i = 0; i < LENGTH(pairs); i++) {
        json_t *sure = ninjs_get(dates, pairs[i][0]), *expected = ninjs_get(dates, pairs[i][1]);

        if (sure != NULL && expected != NULL)
            return fail(why, E_INVALID, "%s: %s and %s stand together", path, pairs[i][0],
                        pairs[i][1]);
        for (size_t j = 0; j < 2; j++) {
            json_t *v = ninjs_get(dates, pairs[i][j]);
            int64_t at;

            if (json_is_string(v) && !wire_time(str_c(json_string_value(v)), &at, NULL))
                return fail(why, E_INVALID, "%s.%s \"%.60s\" is not a date", path, pairs[i][j],
                            json_string_value(v));
        }
    }
    return OK;
}

static err check_event(arena *a, const char *path, json_t *item, note *why)
{
    json_t *planned = ninjs_get(item, "plannedcoverage"), *one;
    size_t i;
    str at = str_fmt(a, "%seventDetails.dates", path);

    TRY(check_dates(str_z(a, at), ninjs_get(ninjs_get(item, "eventdetails"), "dates"), why));
    json_array_foreach(planned, i, one)
    {
        at = str_fmt(a, "%splannedCoverage[%zu].dates", path, i);
        TRY(check_dates(str_z(a, at), ninjs_get(one, "dates"), why));
    }
    return OK;
}

static err check_item(arena *a, const char *path, json_t *item, int depth, note *why);

static err check_associations(arena *a, const char *path, json_t *item, int depth, note *why)
{
    json_t *all = ninjs_get(item, "associations"), *one;
    const char *key;
    size_t i;

    json_object_foreach(all, key, one) if (json_is_object(one)) TRY(check_item(
        a, str_z(a, str_fmt(a, "%sassociations.%.60s.", path, key)), one, depth + 1, why));
    json_array_foreach(all, i, one)
    {
        str at = str_fmt(a, "%sassociations[%zu].", path, i);

        if (!json_is_object(one))
            return fail(why, E_INVALID, "%sassociations[%zu] is no object", path, i);
        if (ninjs_get(one, "name") == NULL && ninjs_get(item, "headlines") != NULL)
            return fail(why, E_INVALID, "%.*sname is missing", STR(at));
        TRY(check_item(a, str_z(a, at), one, depth + 1, why));
    }
    return OK;
}

static err check_item(arena *a, const char *path, json_t *item, int depth, note *why)
{
    static const char *const representations[] = {"complete", "incomplete", "full",
                                                  "partial",  "associated", NULL};
    const char *key;
    json_t *v;

    if (depth > 8)
        return fail(why, E_LIMIT, "%.100s: items inside items inside items, too deep", path);
    json_object_foreach(item, key, v) TRY(check_property(path, key, v, why));
    TRY(check_word(path, item, "representationtype", representations, why));
    TRY(check_geojson(path, item, why));
    TRY(check_event(a, path, item, why));
    return check_associations(a, path, item, depth, why);
}

err ninjs_check(arena *a, json_t *item, note *why)
{
    return check_item(a, "", item, 0, why);
}
