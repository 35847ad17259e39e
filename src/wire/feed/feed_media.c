#include "text/url.h"
#include "wire/feed/feed.h"
#include "wire/item/wire_body.h"

static int whole_number(str s)
{
    int64_t n = 0;

    return str_int(str_trim(s), &n) && n > 0 && n < 1000000 ? (int)n : 0;
}

static enum wire_kind kind_by_name(str address)
{
    static const struct {
        const char *end;
        enum wire_kind kind;
    } ends[] = {
        {".jpg", WIRE_PHOTO}, {".jpeg", WIRE_PHOTO}, {".png", WIRE_PHOTO},  {".webp", WIRE_PHOTO},
        {".gif", WIRE_PHOTO}, {".avif", WIRE_PHOTO}, {".mp3", WIRE_AUDIO},  {".m4a", WIRE_AUDIO},
        {".ogg", WIRE_AUDIO}, {".mp4", WIRE_VIDEO},  {".webm", WIRE_VIDEO}, {".mov", WIRE_VIDEO},
    };
    ptrdiff_t query = str_find_char(address, '?');

    if (query >= 0)
        address = str_to(address, (size_t)query);
    for (size_t i = 0; i < LENGTH(ends); i++) {
        str end = str_c(ends[i].end);
        if (address.n > end.n && str_eq_nocase(str_from(address, address.n - end.n), end))
            return ends[i].kind;
    }
    return WIRE_OTHER;
}

static enum wire_kind kind_of(str medium, str type, str address)
{
    enum wire_kind kind = wire_kind_of(medium);

    if (kind == WIRE_OTHER)
        kind = wire_kind_of(type);
    if (kind == WIRE_OTHER)
        kind = kind_by_name(address);
    return kind == WIRE_STORY || kind == WIRE_PACKAGE ? WIRE_OTHER : kind;
}

static str address_of(struct feed_entry *e, str given)
{
    return url_join(e->a, e->base, str_trim(given));
}

/* The medium that already has this address, or a new one. */
static struct wire_media *medium_at(struct feed_entry *e, str address, enum wire_kind kind)
{
    for (size_t i = 0; i < e->out->media_count; i++)
        for (size_t j = 0; j < e->out->media[i].rendition_count; j++)
            if (str_eq(e->out->media[i].renditions[j].address, address))
                return &e->out->media[i];
    return wire_add_media(e->a, e->out, kind);
}

static void take_file(struct feed_entry *e, str given, str type)
{
    str address = address_of(e, given);
    enum wire_kind kind = kind_of(S(""), type, address);

    if (address.n > 0 && kind != WIRE_OTHER)
        wire_add_rendition(e->a, medium_at(e, address, kind),
                           (struct wire_rendition){.address = address, .type = str_trim(type)});
}

static void fill(str *field, str words)
{
    if (field->n == 0)
        *field = words;
}

/* The words about a medium, from its own element, its group or the entry. */
static void describe(struct feed_entry *e, struct wire_media *m, const struct xml_node *from)
{
    arena *a = e->a;

    fill(&m->headline, wire_words_of_html(a, xml_text(a, feed_child(from, FEED_MEDIA, "title"))));
    fill(&m->caption,
         wire_words_of_html(a, xml_text(a, feed_child(from, FEED_MEDIA, "description"))));
    fill(&m->rights, wire_field(a, xml_text(a, feed_child(from, FEED_MEDIA, "copyright"))));
    FEED_EACH(credit, from, FEED_MEDIA, "credit")
    {
        str words = wire_field(a, xml_text(a, credit));
        if (str_find_nocase(xml_attr(credit, "role"), S("photographer")) >= 0)
            fill(&m->byline, words);
        fill(&m->credit, words);
    }
}

static void take_thumbnails(struct feed_entry *e, const struct xml_node *from, struct wire_media *m)
{
    FEED_EACH(n, from, FEED_MEDIA, "thumbnail")
    {
        str address = address_of(e, xml_attr(n, "url"));

        if (address.n == 0)
            continue;
        if (m == NULL)
            m = medium_at(e, address, WIRE_PHOTO);
        if (m == NULL)
            return;
        wire_add_rendition(e->a, m,
                           (struct wire_rendition){.address = address,
                                                   .use = S("thumbnail"),
                                                   .width = whole_number(xml_attr(n, "width")),
                                                   .height = whole_number(xml_attr(n, "height"))});
    }
}

static struct wire_media *take_content(struct feed_entry *e, const struct xml_node *n,
                                       struct wire_media *group)
{
    str address = address_of(e, xml_attr(n, "url"));
    enum wire_kind kind = kind_of(xml_attr(n, "medium"), xml_attr(n, "type"), address);

    if (address.n == 0 || kind == WIRE_OTHER)
        return group;
    struct wire_media *m =
        group != NULL && group->kind == kind ? group : medium_at(e, address, kind);
    if (m == NULL)
        return NULL;
    wire_add_rendition(e->a, m,
                       (struct wire_rendition){.address = address,
                                               .type = str_trim(xml_attr(n, "type")),
                                               .width = whole_number(xml_attr(n, "width")),
                                               .height = whole_number(xml_attr(n, "height"))});
    describe(e, m, n);
    take_thumbnails(e, n, m);
    return m;
}

static void take_group(struct feed_entry *e, const struct xml_node *group)
{
    size_t before = e->out->media_count;
    struct wire_media *m = NULL;

    FEED_EACH(n, group, FEED_MEDIA, "content")
    m = take_content(e, n, m);
    take_thumbnails(e, group, m);
    for (size_t i = before; i < e->out->media_count; i++)
        describe(e, &e->out->media[i], group);
}

void feed_read_media(struct feed_entry *e)
{
    FEED_EACH(group, e->node, FEED_MEDIA, "group")
    take_group(e, group);
    FEED_EACH(n, e->node, FEED_MEDIA, "content")
    take_content(e, n, NULL);
    take_thumbnails(e, e->node, e->out->media_count == 1 ? &e->out->media[0] : NULL);
    FEED_EACH(n, e->node, FEED_RSS, "enclosure")
    take_file(e, xml_attr(n, "url"), xml_attr(n, "type"));
    FEED_EACH(n, e->node, FEED_ATOM, "link")
    if (str_eq(xml_attr(n, "rel"), S("enclosure")))
        take_file(e, xml_attr(n, "href"), xml_attr(n, "type"));
    if (e->out->media_count == 1)
        describe(e, &e->out->media[0], e->node);
}
