#include "wire/newsml/g2.h"

static bool role_has(str role, const char *part)
{
    return str_find_nocase(role, str_c(part)) >= 0;
}

static void read_headlines(struct g2_item *g, const struct xml_node *meta)
{
    struct wire_item *out = g->out;

    XML_EACH(n, meta, "headline")
    {
        str words = wire_field(g->a, xml_text(g->a, n)), role = g2_role(n, "role");
        int64_t rank = 1;

        str_int(xml_attr(n, "rank"), &rank);
        if (words.n == 0)
            continue;
        if (role_has(role, "kicker") || role_has(role, "over") || role_has(role, "vignette"))
            out->kicker = words;
        else if (role_has(role, "reviewed"))
            out->reviewed = words;
        else if (role_has(role, "short") || role_has(role, "web") || role_has(role, "mobile"))
            out->short_headline = words;
        else if (role_has(role, "sub") || role_has(role, "deck") || rank > 1)
            g->subtitle = g->subtitle.n == 0 ? words : g->subtitle;
        else if (out->headline.n == 0)
            out->headline = words;
    }
    if (out->headline.n == 0)
        out->headline = wire_field(g->a, xml_text(g->a, xml_path(g->node, "itemMeta/title")));
}

/* Descriptions: the summary before a story, the caption of anything else. */
static void read_descriptions(struct g2_item *g, const struct xml_node *meta)
{
    str summary = S(""), caption = S(""), plain = S("");

    XML_EACH(n, meta, "description")
    {
        str words = wire_field(g->a, xml_text(g->a, n)), role = g2_role(n, "role");

        if (summary.n == 0 && (role_has(role, "summary") || role_has(role, "teaser") ||
                               role_has(role, "abstract") || role_has(role, "synthe")))
            summary = words;
        else if (caption.n == 0 && role_has(role, "caption"))
            caption = words;
        else if (plain.n == 0 && role.n == 0)
            plain = words;
    }
    if (g->out->kind == WIRE_STORY || g->out->kind == WIRE_PACKAGE) {
        g->out->standfirst = summary.n > 0 ? summary : plain.n > 0 ? plain : g->subtitle;
        return;
    }
    g->out->standfirst = caption.n > 0 ? caption : plain.n > 0 ? plain : summary;
}

static str role_of_person(const struct g2_item *g, const struct xml_node *n)
{
    str role = g2_role(n, "role"), scheme, code;

    g2_concept(g, n, &scheme, &code);
    if (str_eq(scheme, S("crol"))) /* some write the role where the person belongs */
        role = code;
    if (xml_attr(n, "jobtitle").n > 0 && role.n == 0)
        role = g2_role(n, "jobtitle");
    return role;
}

/* "kosel", "degenhardt.sandra": the name of an account, not of a person ("dw" is a signature). */
static bool is_account(str name)
{
    for (size_t i = 0; i < name.n; i++)
        if ((name.p[i] >= 'A' && name.p[i] <= 'Z') || name.p[i] == ' ' || (name.p[i] & 0x80) != 0)
            return false;
    return name.n > 3;
}

/* The agency itself, named as if it were a person. */
static bool is_house(const struct g2_item *g, str name)
{
    const struct wire_item *out = g->out;

    return str_eq_nocase(name, out->source) || str_eq_nocase(name, out->credit) ||
           str_eq_nocase(name, out->provider);
}

static void read_people(struct g2_item *g, const struct xml_node *meta)
{
    XML_EACH(n, meta, "by")
    wire_add_byline(g->a, g->out, xml_words(g->a, n));
    if (g->out->person_count > 0)
        return;
    XML_EACH(n, meta, "creator")
    {
        str name = g2_name(g, n);
        if (!is_house(g, name) && !is_account(name))
            wire_add_person(g->a, g->out, name, role_of_person(g, n));
    }
    if (g->out->person_count > 0)
        return;
    XML_EACH(n, meta, "contributor")
    {
        str role = role_of_person(g, n), name = g2_name(g, n);
        if (!is_house(g, name) && !is_account(name))
            wire_add_person(g->a, g->out, name, role.n > 0 ? role : S("contributor"));
    }
}

static void read_place(struct g2_item *g, const struct xml_node *meta)
{
    const struct xml_node *located = xml_child(meta, "located");
    str scheme, code;

    g->raw_dateline = xml_words(g->a, xml_child(meta, "dateline"));
    g->out->dateline = wire_dateline(g->a, g->raw_dateline);
    g->out->place = g2_name(g, located);
    XML_EACH(broader, located, "broader")
    {
        g2_concept(g, broader, &scheme, &code);
        bool country = role_has(xml_attr(broader, "type"), "country") ||
                       role_has(scheme, "iso3166") || role_has(scheme, "country") ||
                       (role_has(xml_attr(broader, "type"), "cptType:5") && scheme.n > 0);
        if (country)
            g->out->country = g2_name(g, broader).n > 0 ? g2_name(g, broader) : code;
    }
}

/* The same concept in the IPTC's own words, if it says so. */
static const struct xml_node *iptc_twin(const struct g2_item *g, const struct xml_node *n,
                                        str *scheme, str *code)
{
    XML_EACH(same, n, "sameAs")
    {
        g2_concept(g, same, scheme, code);
        if (str_eq(*scheme, S("medtop")) || str_eq(*scheme, S("subj")))
            return same;
    }
    return NULL;
}

static void read_subjects(struct g2_item *g, const struct xml_node *meta)
{
    XML_EACH(n, meta, "subject")
    {
        const struct xml_node *main_concept = xml_child(n, "mainConcept");
        const struct xml_node *of = main_concept != NULL ? main_concept : n;
        str scheme, code, twin_scheme, twin_code, name = g2_name(g, of);

        g2_concept(g, of, &scheme, &code);
        wire_add_subject(g->a, g->out, scheme, code, name);
        if (!str_eq(scheme, S("medtop")) && !str_eq(scheme, S("subj")) &&
            iptc_twin(g, of, &twin_scheme, &twin_code) != NULL)
            wire_add_subject(g->a, g->out, twin_scheme, twin_code, name);
    }
    XML_EACH(n, meta, "keyword")
    wire_add_keyword(g->a, g->out, xml_words(g->a, n));
}

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

static void read_genre(struct g2_item *g, const struct xml_node *meta)
{
    const struct xml_node *n = xml_child(meta, "genre");
    str scheme, code;

    if (n == NULL)
        return;
    g2_concept(g, n, &scheme, &code);
    if (code.n == 0 || all_digits(code))
        code = g2_name(g, n);
    g->out->genre = str_lower(g->a, code);
}

/* A rating is the stars of a review; of anything else it is what readers thought. */
static void read_rating(struct g2_item *g, const struct xml_node *meta)
{
    XML_EACH(n, meta, "rating")
    {
        bool stars = role_has(xml_attr(n, "scaleunit"), "star");

        if (stars || role_has(g->out->genre, "review"))
            wire_rate(g->out, xml_attr(n, "value"), xml_attr(n, "scalemax"));
    }
}

static void read_digital_source(struct g2_item *g, const struct xml_node *meta)
{
    const struct xml_node *n = xml_child(meta, "digitalSourceType");
    str scheme, code;

    if (n == NULL)
        return;
    g2_concept(g, n, &scheme, &code);
    g->out->digital_source = str_from(code, (size_t)(str_find_last(code, '/') + 1));
}

static void read_source(struct g2_item *g, const struct xml_node *meta)
{
    XML_EACH(n, meta, "infoSource")
    {
        str name = g2_name(g, n), scheme, code;

        g2_concept(g, n, &scheme, &code);
        if (name.n == 0 && !str_starts(code, S("http")))
            name = code;
        if (g->out->source.n == 0 || role_has(g2_role(n, "role"), "orig") ||
            role_has(g2_role(n, "role"), "content"))
            g->out->source = name.n > 0 ? name : g->out->source;
    }
}

void g2_read_content_meta(struct g2_item *g)
{
    const struct xml_node *meta = xml_child(g->node, "contentMeta");
    struct wire_item *out = g->out;
    int64_t urgency = 0;

    out->language = xml_attr(xml_child(meta, "language"), "tag");
    if (out->language.n == 0)
        out->language = xml_inherited(g->node, "lang");
    if (str_int(str_trim(xml_text(g->a, xml_child(meta, "urgency"))), &urgency) && urgency >= 1 &&
        urgency <= 9)
        out->urgency = (int)urgency;
    out->slugline = wire_field(g->a, xml_text(g->a, xml_child(meta, "slugline")));
    out->credit = wire_field(g->a, xml_text(g->a, xml_child(meta, "creditline")));
    read_headlines(g, meta);
    read_descriptions(g, meta);
    read_source(g, meta);
    read_people(g, meta);
    read_place(g, meta);
    read_subjects(g, meta);
    read_genre(g, meta);
    read_rating(g, meta);
    read_digital_source(g, meta);
}
