#include "wire/item/build.h"
#include "wire/item/markup.h"
#include "wire/item/wire_body.h"
#include "wire/nitf/nitf.h"

/* What an element of NITF becomes; NULL: its content without it. */
static const struct {
    const char *nitf, *html;
} spelled[] = {
    {"p", "p"},
    {"hl1", "h2"},
    {"hl2", "h2"},
    {"bq", "blockquote"},
    {"pre", "pre"},
    {"ul", "ul"},
    {"ol", "ol"},
    {"li", "li"},
    {"dl", "dl"},
    {"dt", "dt"},
    {"dd", "dd"},
    {"em", "em"},
    {"strong", "strong"},
    {"b", "b"},
    {"i", "i"},
    {"q", "q"},
    {"sub", "sub"},
    {"sup", "sup"},
    {"table", "table"},
    {"thead", "thead"},
    {"tbody", "tbody"},
    {"tfoot", "tfoot"},
    {"tr", "tr"},
    {"caption", "caption"},
    {"br", "br"},
    {"hr", "hr"},
    {"fn", "p"},
    {"tagline", "p"},
    {"bibliography", "p"},
    {"credit", "cite"},
    {"datasource", "p"},
    {"h1", "h2"},
    {"h2", "h2"},
    {"h3", "h3"},
    {"h4", "h4"},
    {"u", "u"},
    {"div", "div"},
    {"blockquote", "blockquote"},
    {"copyrite", NULL},
};

/* Not for the reader, or read elsewhere. */
static const char *const left_out[] = {"media-metadata",
                                       "media-object",
                                       "nitf-table-metadata",
                                       "nitf-colgroup",
                                       "colgroup",
                                       "col",
                                       "rt",
                                       "rp",
                                       "script",
                                       "style",
                                       "body.head",
                                       "custom-table"};

static void walk(struct nitf *n, const struct xml_node *of);

static void walk_children(struct nitf *n, const struct xml_node *of)
{
    for (const struct xml_node *c = of->first; c != NULL; c = c->next)
        walk(n, c);
}

static void walk_inside(struct nitf *n, const struct xml_node *of, const char *tag)
{
    markup_open(n->out, tag, NULL);
    walk_children(n, of);
    markup_close(n->out, tag);
}

static int whole_number(str s)
{
    int64_t number = 0;

    return str_int(str_trim(s), &number) && number > 0 && number < 1000000 ? (int)number : 0;
}

static enum wire_kind kind_of_media(const struct xml_node *media)
{
    str type = xml_attr(media, "media-type");
    enum wire_kind kind = wire_kind_of(type.n > 0 ? type : S("image"));

    if (kind != WIRE_OTHER)
        return kind;
    kind = wire_kind_of(xml_attr(xml_child(media, "media-reference"), "mime-type"));
    return kind;
}

static void take_references(struct nitf *n, const struct xml_node *media, struct wire_media *m)
{
    XML_EACH(r, media, "media-reference")
    {
        str address = xml_attr(r, "source");

        wire_add_rendition(
            n->a, m,
            (struct wire_rendition){
                .address = str_trim(address.n > 0 ? address : xml_attr(r, "data-location")),
                .type = xml_attr(r, "mime-type"),
                .use = xml_attr(r, "name"),
                .width = whole_number(xml_attr(r, "width")),
                .height = whole_number(xml_attr(r, "height")),
            });
        if (m->alt.n == 0)
            m->alt = wire_field(n->a, xml_attr(r, "alternate-text"));
        if (m->guid.n == 0)
            m->guid = xml_attr(r, "id");
    }
}

/* A medium stands in the text where it is and, with all that is known of it, in the item's media;
 * the two have the same address. */
static void take_media(struct nitf *n, const struct xml_node *media)
{
    enum wire_kind kind = kind_of_media(media);
    const struct xml_node *caption = xml_child(media, "media-caption");

    if (kind == WIRE_OTHER || kind == WIRE_STORY || kind == WIRE_PACKAGE)
        return;
    struct wire_media *m = wire_add_media(n->a, n->item, kind);
    if (m == NULL)
        return;
    take_references(n, media, m);
    m->caption = xml_words(n->a, caption);
    m->credit = xml_words(n->a, xml_child(media, "media-producer"));
    if (m->rendition_count == 0 && m->caption.n == 0) {
        n->item->media_count--;
        return;
    }
    if (m->rendition_count == 0 || kind != WIRE_PHOTO)
        return;
    markup_open(n->out, "figure", NULL);
    markup_open(n->out, "img", "src", m->renditions[0].address, "alt", m->alt, NULL);
    markup_close(n->out, "img");
    if (caption != NULL)
        walk_inside(n, caption, "figcaption");
    markup_close(n->out, "figure");
}

static void walk_cell(struct nitf *n, const struct xml_node *of)
{
    const char *tag = xml_is(of, "th") ? "th" : "td";

    markup_open(n->out, tag, "colspan", xml_attr(of, "colspan"), "rowspan", xml_attr(of, "rowspan"),
                NULL);
    walk_children(n, of);
    markup_close(n->out, tag);
}

/* Elements that are more than another name; false: it is none. */
static bool walk_special(struct nitf *n, const struct xml_node *of)
{
    if (xml_is(of, "media")) {
        take_media(n, of);
    } else if (xml_is(of, "td") || xml_is(of, "th")) {
        walk_cell(n, of);
    } else if (xml_is(of, "a")) {
        markup_open(n->out, "a", "href", xml_attr(of, "href"), NULL);
        walk_children(n, of);
        markup_close(n->out, "a");
    } else if (xml_is(of, "lang") || xml_is(of, "span")) {
        str language = xml_attr(of, "iso-code");
        markup_open(n->out, "span", "lang",
                    language.n > 0 ? language : xml_attr_in(of, XML_NAMESPACE, "lang"), NULL);
        walk_children(n, of);
        markup_close(n->out, "span");
    } else if (xml_is(of, "byline")) {
        nitf_take_byline(n, of);
    } else if (xml_is(of, "dateline")) {
        nitf_take_dateline(n, of);
    } else {
        return false;
    }
    return true;
}

static void walk(struct nitf *n, const struct xml_node *of)
{
    if (of->name.n == 0) {
        markup_words(n->out, of->text);
        return;
    }
    for (size_t i = 0; i < LENGTH(left_out); i++)
        if (xml_is(of, left_out[i]))
            return;
    if (walk_special(n, of))
        return;
    for (size_t i = 0; i < LENGTH(spelled); i++)
        if (xml_is(of, spelled[i].nitf) && spelled[i].html != NULL) {
            walk_inside(n, of, spelled[i].html);
            return;
        }
    walk_children(n, of);
}

err nitf_read_body(struct nitf *n, const struct xml_node *body, note *why)
{
    struct body text = {0};

    n->out = markup_new(n->a, S(""));
    for (const struct xml_node *c = body == NULL ? NULL : body->first; c != NULL; c = c->next)
        walk(n, c);
    TRY(markup_done(n->out, &text, why));
    if (text.count > 0)
        n->item->body = text;
    return OK;
}
