#include "wire/item/byline.h"
#include "wire/ninjs/ninjs.h"

#include "text/url.h"

bool ninjs_kind(str type, enum wire_kind *kind)
{
    static const struct {
        const char *word;
        enum wire_kind kind;
    } others[] = {
        {"story", WIRE_STORY},    {"article", WIRE_STORY},      {"preformatted", WIRE_STORY},
        {"event", WIRE_OTHER},    {"planning", WIRE_OTHER},     {"component", WIRE_OTHER},
        {"advisory", WIRE_OTHER}, {"newscoverage", WIRE_OTHER}, {"complexdata", WIRE_OTHER},
    };

    *kind = wire_kind_of(type);
    if (*kind != WIRE_OTHER)
        return true;
    for (size_t i = 0; i < LENGTH(others); i++)
        if (str_eq_nocase(type, str_c(others[i].word))) {
            *kind = others[i].kind;
            return true;
        }
    return false;
}

static bool role_is(arena *a, json_t *one, str wanted)
{
    str role = ninjs_words(a, ninjs_get(one, "role"));

    return str_eq_nocase(role, wanted);
}

/* The value of the first of these roles (names between spaces) in a list of role and value. */
static str by_role(arena *a, json_t *list, const char *roles)
{
    str rest = str_c(roles), role;
    size_t i;
    json_t *one;

    while (str_cut(&rest, ' ', &role))
        json_array_foreach(list, i, one) if (role_is(a, one, role))
        {
            str words = ninjs_field(a, one, "value");

            if (words.n > 0)
                return words;
        }
    return S("");
}

str ninjs_headline(arena *a, json_t *item)
{
    json_t *list = ninjs_get(item, "headlines"), *one;
    size_t i;
    str words = ninjs_field(a, item, "headline");

    if (words.n == 0)
        words = by_role(a, list, "main headline hl1 title text");
    json_array_foreach(list, i, one) if (words.n == 0 && !role_is(a, one, S("kicker"))) words =
        ninjs_field(a, one, "value");
    return words.n > 0 ? words : ninjs_field(a, item, "headline_text headline_main title name");
}

static bool is_apart(str role)
{
    static const char *const parts[] = {"alt", "caption", "credit", "editor", "note", "access"};

    for (size_t i = 0; i < LENGTH(parts); i++)
        if (str_find_nocase(role, str_c(parts[i])) >= 0)
            return true;
    return false;
}

/* Any other description, under whatever name. */
static str any_description(arena *a, json_t *item)
{
    json_t *list = ninjs_get(item, "descriptions"), *v;
    const char *key;
    size_t i;
    str words = S("");

    json_array_foreach(list, i,
                       v) if (words.n == 0 && !is_apart(ninjs_words(a, ninjs_get(v, "role"))))
        words = ninjs_field(a, v, "value");
    json_object_foreach(item, key, v) if (words.n == 0 && strncmp(key, "description_", 12) == 0 &&
                                          !is_apart(str_c(key))) words = ninjs_field(a, item, key);
    return words;
}

str ninjs_summary(arena *a, json_t *item)
{
    str words = ninjs_field(a, item,
                            "description_summary standfirst description_abstract abstract teaser "
                            "description_lead description_text summary headline_extended");

    if (words.n == 0)
        words = by_role(a, ninjs_get(item, "descriptions"),
                        "summary standfirst abstract lead teaser main text");
    return words.n > 0 ? words : any_description(a, item);
}

str ninjs_caption(arena *a, json_t *item)
{
    str words = ninjs_field(a, item,
                            "description_caption caption description_text description_html "
                            "description");

    if (words.n == 0)
        words = by_role(a, ninjs_get(item, "descriptions"), "caption text main");
    return words.n > 0 ? words : any_description(a, item);
}

str ninjs_alt(arena *a, json_t *item)
{
    str words = ninjs_field(a, item, "description_alt alttext alt description_accessibility");

    return words.n > 0 ? words
                       : by_role(a, ninjs_get(item, "descriptions"),
                                 "alt alttext alt_text accessibility altText");
}

static int size_of(arena *a, json_t *of, const char *name)
{
    int64_t n = 0;
    str words = ninjs_words(a, ninjs_get(of, name));

    return str_int(words, &n) && n > 0 && n < 1000000 ? (int)n : 0;
}

static void add_rendition(arena *a, struct wire_media *m, const char *name, json_t *r)
{
    struct wire_rendition out = {
        .address = str_trim(ninjs_words(a, json_is_string(r) ? r : ninjs_get(r, "href url uri"))),
        .type = ninjs_words(a, ninjs_get(r, "mimetype contenttype")),
        .use = name != NULL ? str_c(name) : ninjs_words(a, ninjs_get(r, "name usage rel role")),
        .width = size_of(a, r, "width"),
        .height = size_of(a, r, "height"),
    };

    if (str_find_char(out.type, '/') < 0)
        out.type = S("");
    if (str_starts(out.type, S("text/")) || str_starts(out.type, S("application/")))
        return; /* the words again, in another format */
    wire_add_rendition(a, m, out);
}

static int64_t worth(const struct wire_rendition *r)
{
    static const char *const best[] = {"original", "baseimage", "main", "highres", "hires", "full"};

    for (size_t i = 0; i < LENGTH(best); i++)
        if (str_eq_nocase(r->use, str_c(best[i])) && i == 0)
            return INT64_MAX;
        else if (str_eq_nocase(r->use, str_c(best[i])) && r->width == 0)
            return 1000;
    return (int64_t)r->width * r->height;
}

/* The best one first: later hands take the first that they can get. */
static void best_first(struct wire_media *m)
{
    size_t best = 0;

    for (size_t i = 1; i < m->rendition_count; i++)
        if (worth(&m->renditions[i]) > worth(&m->renditions[best]))
            best = i;
    if (best > 0) {
        struct wire_rendition first = m->renditions[best];

        memmove(m->renditions + 1, m->renditions, best * sizeof first);
        m->renditions[0] = first;
    }
}

static bool is_file(str address)
{
    static const char *const ends[] = {".jpg",  ".jpeg", ".png",  ".webp", ".gif", ".tif",
                                       ".tiff", ".mp4",  ".webm", ".mp3",  ".wav"};

    for (size_t i = 0; i < LENGTH(ends); i++) {
        str end = str_c(ends[i]);
        if (address.n > end.n && str_eq_nocase(str_from(address, address.n - end.n), end))
            return true;
    }
    return false;
}

static void read_renditions(arena *a, json_t *item, struct wire_media *m)
{
    json_t *all = ninjs_get(item, "renditions"), *r;
    const char *key;
    size_t i;

    json_object_foreach(all, key, r) add_rendition(a, m, key, r);
    json_array_foreach(all, i, r) add_rendition(a, m, NULL, r);
    if (m->rendition_count == 0)
        add_rendition(a, m, "original", ninjs_get(item, "href url"));
    str uri = ninjs_words(a, ninjs_get(item, "uri"));
    if (m->rendition_count == 0 && is_file(uri))
        wire_add_rendition(a, m, (struct wire_rendition){.address = uri, .use = S("original")});
    best_first(m);
}

static str without_by(str s)
{
    return str_starts_nocase(s, S("by ")) ? str_trim(str_from(s, 3)) : s;
}

static void describe(arena *a, json_t *item, struct wire_media *m)
{
    m->guid = ninjs_identity(a, item);
    m->headline = ninjs_headline(a, item);
    m->caption = ninjs_caption(a, item);
    m->alt = ninjs_alt(a, item);
    m->byline = without_by(ninjs_field(a, item, "byline by photographer"));
    m->rights = ninjs_field(a, item, "copyrightnotice copyrightholder");
    m->credit = ninjs_field(a, item, "creditline description_creditline credit");
    if (m->credit.n == 0)
        m->credit = by_role(a, ninjs_get(item, "descriptions"), "creditline credit");
    if (m->credit.n == 0 && wire_take_credit(&m->caption, &m->credit))
        return;
    if (m->credit.n == 0)
        m->credit = m->byline.n > 0 ? m->byline : ninjs_field(a, item, "source");
}

/* Has it one rendition that is no text? */
static enum wire_kind kind_of_renditions(arena *a, json_t *item)
{
    json_t *all = ninjs_get(item, "renditions"), *r;
    const char *key;
    size_t i;
    enum wire_kind kind = WIRE_OTHER;

    json_object_foreach(all, key, r) if (kind == WIRE_OTHER) kind =
        wire_kind_of(ninjs_words(a, ninjs_get(r, "mimetype contenttype")));
    json_array_foreach(all, i, r) if (kind == WIRE_OTHER) kind =
        wire_kind_of(ninjs_words(a, ninjs_get(r, "mimetype contenttype")));
    return kind == WIRE_STORY ? WIRE_OTHER : kind;
}

static bool is_media(enum wire_kind kind)
{
    return kind == WIRE_PHOTO || kind == WIRE_GRAPHIC || kind == WIRE_VIDEO || kind == WIRE_AUDIO;
}

static void add_media(arena *a, json_t *item, enum wire_kind kind, struct wire_item *out)
{
    struct wire_media *m = wire_add_media(a, out, kind);

    if (m == NULL)
        return;
    describe(a, item, m);
    read_renditions(a, item, m);
}

/* A picture that belongs to the item, or an item that it only points at. */
static void read_association(arena *a, const char *name, json_t *one, struct wire_item *out)
{
    str guid = ninjs_identity(a, one), type = ninjs_words(a, ninjs_get(one, "type")), status;
    enum wire_kind kind = WIRE_OTHER;

    if (!json_is_object(one))
        return;
    if (guid.n == 0)
        guid = ninjs_field(a, one, "residref");
    if (type.n == 0 || !ninjs_kind(type, &kind))
        kind = kind_of_renditions(a, one);
    status = ninjs_words(a, ninjs_get(one, "pubstatus"));
    if (status.n > 0 && !str_eq_nocase(status, S("usable")))
        return;
    if (is_media(kind))
        add_media(a, one, kind, out);
    if (!is_media(kind) || out->kind == WIRE_PACKAGE)
        wire_add_link(a, out, guid, name != NULL && name[0] != 0 ? str_c(name) : S("related"));
}

/* groups of refs, as a package has them where it names no associations */
static void read_groups(arena *a, json_t *item, struct wire_item *out)
{
    json_t *groups = ninjs_get(item, "groups"), *group, *ref;
    size_t i, j;

    json_array_foreach(groups, i, group)
    {
        json_t *refs = ninjs_get(group, "refs");

        json_array_foreach(refs, j, ref) wire_add_link(
            a, out, ninjs_field(a, ref, "residref guid uri"), ninjs_field(a, group, "id role"));
    }
}

/* A feed's entry: an address alone stands for its picture. */
static void read_lone_image(arena *a, json_t *item, struct wire_item *out)
{
    json_t *image = ninjs_get(item, "image banner_image");
    struct wire_media *m;

    if (!json_is_string(image) || out->media_count > 0 ||
        (m = wire_add_media(a, out, WIRE_PHOTO)) == NULL)
        return;
    add_rendition(a, m, "original", image);
}

void ninjs_read_media(arena *a, json_t *item, struct wire_item *out)
{
    json_t *all = ninjs_get(item, "associations"), *one;
    enum wire_kind own = is_media(out->kind) ? out->kind : WIRE_OTHER;
    const char *key;
    size_t i;

    if (own == WIRE_OTHER && out->kind == WIRE_STORY)
        own = kind_of_renditions(a, item);
    if (is_media(own)) {
        add_media(a, item, own, out);
        if (out->media_count > 0)
            out->media[0].guid = is_media(out->kind) ? out->guid : S("");
    }
    json_object_foreach(all, key, one) read_association(a, key, one, out);
    json_array_foreach(all, i, one)
    {
        json_t *name = ninjs_get(one, "name");
        read_association(a, json_is_string(name) ? json_string_value(name) : NULL, one, out);
    }
    read_groups(a, item, out);
    read_lone_image(a, item, out);
}
