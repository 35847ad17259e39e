#include "wire/newsml/g2.h"

#include "wire/item/wire_body.h"

static int whole_number(str s)
{
    int64_t n = 0;

    return str_int(str_trim(s), &n) && n > 0 && n < 1000000 ? (int)n : 0;
}

static struct wire_rendition rendition_of(const struct xml_node *n)
{
    str address = str_trim(xml_attr(n, "href"));

    return (struct wire_rendition){
        .address = address.n > 0 ? address : str_trim(xml_attr(n, "residref")),
        .type = str_trim(xml_attr(n, "contenttype")),
        .use = g2_role(n, "rendition"),
        .width = whole_number(xml_attr(n, "width")),
        .height = whole_number(xml_attr(n, "height")),
    };
}

static bool is_original(str use)
{
    static const char *const uses[] = {"highRes", "original", "baseImage", "HD1080"};

    for (size_t i = 0; i < LENGTH(uses); i++)
        if (str_eq_nocase(use, str_c(uses[i])))
            return true;
    return false;
}

static str alt_text(struct g2_item *g)
{
    const struct xml_node *meta = xml_child(g->node, "contentMeta");
    const struct xml_node *alt = xml_inside(xml_child(g->node, "contentSet"), "altText");

    if (alt == NULL)
        alt = xml_child(meta, "altText");
    XML_EACH(n, meta, "description")
    if (alt == NULL && str_find_nocase(g2_role(n, "role"), S("alt")) >= 0)
        alt = n;
    return wire_field(g->a, xml_text(g->a, alt));
}

static void describe(struct g2_item *g, struct wire_media *m)
{
    struct wire_item *out = g->out;

    m->guid = out->guid;
    m->headline = out->headline;
    m->caption = out->standfirst;
    m->credit = out->credit;
    m->rights = out->copyright;
    m->alt = alt_text(g);
    if (out->person_count > 0)
        m->byline = out->people[0].name;
}

/* The captions of the parts of a video, where the item as a whole has none. */
static void describe_by_parts(struct g2_item *g, struct wire_media *m)
{
    XML_EACH(part, g->node, "partMeta")
    if (m->caption.n == 0)
        m->caption = wire_field(g->a, xml_text(g->a, xml_child(part, "description")));
}

static void read_renditions(struct g2_item *g)
{
    const struct xml_node *set = xml_child(g->node, "contentSet");
    struct wire_item *out = g->out;
    struct wire_media *m = NULL;

    XML_EACH(n, set, "remoteContent")
    {
        struct wire_rendition r = rendition_of(n);
        enum wire_kind kind = wire_kind_of(r.type);

        if (m == NULL || (out->kind == WIRE_STORY && kind != m->kind &&
                          (kind == WIRE_VIDEO || kind == WIRE_AUDIO || kind == WIRE_PHOTO))) {
            enum wire_kind own =
                out->kind == WIRE_STORY || out->kind == WIRE_OTHER ? kind : out->kind;
            if (own == WIRE_OTHER || own == WIRE_STORY)
                continue; /* the text of this item, elsewhere */
            m = wire_add_media(g->a, out, own);
            if (m == NULL)
                return;
            describe(g, m);
            describe_by_parts(g, m);
        }
        wire_add_rendition(g->a, m, r);
    }
    XML_EACH(n, xml_child(g->node, "contentMeta"), "icon")
    wire_add_rendition(g->a, m, rendition_of(n));
    for (size_t i = 1; m != NULL && i < m->rendition_count; i++)
        if (is_original(m->renditions[i].use) && !is_original(m->renditions[0].use)) {
            struct wire_rendition first = m->renditions[0];
            m->renditions[0] = m->renditions[i];
            m->renditions[i] = first;
        }
}

static err read_inline_xml(struct g2_item *g, const struct xml_node *n, note *why)
{
    struct wire_words known = {.dateline = g->raw_dateline, .subtitle = g->subtitle};
    const struct xml_node *nitf = xml_child(n, "nitf"), *html = xml_child(n, "html");

    if (nitf != NULL)
        return wire_body_of_nitf(g->a, nitf, g->out, why);
    if (html != NULL && xml_child(html, "body") != NULL)
        return wire_body_of_xhtml(g->a, xml_child(html, "body"), known, g->out, why);
    return wire_body_of_xhtml(g->a, n, known, g->out, why);
}

static err read_inline_data(struct g2_item *g, const struct xml_node *n, note *why)
{
    str type = xml_attr(n, "contenttype"), words = xml_text(g->a, n);
    bool marked_up = str_find(type, S("html")) >= 0 || str_find_nocase(words, S("<p>")) >= 0 ||
                     str_find_nocase(words, S("<p ")) >= 0 || str_find_nocase(words, S("<br")) >= 0;

    if (xml_attr(n, "encoding").n > 0)
        return OK; /* a file inside, base64 */
    if (marked_up)
        return wire_body_of_html(g->a, words, g->out, why);
    return wire_body_of_text(g->a, words, g->out, why);
}

err g2_read_content(struct g2_item *g, note *why)
{
    const struct xml_node *set = xml_child(g->node, "contentSet");

    for (const struct xml_node *n = set == NULL ? NULL : set->first; n != NULL; n = n->next) {
        if (g->out->body.count > 0)
            break; /* further ones say the same in another way */
        if (xml_is(n, "inlineXML"))
            TRY(read_inline_xml(g, n, why));
        else if (xml_is(n, "inlineData"))
            TRY(read_inline_data(g, n, why));
    }
    read_renditions(g);
    return OK;
}
