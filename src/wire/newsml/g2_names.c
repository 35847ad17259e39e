#include "wire/newsml/g2.h"

static void read_catalog(struct g2_item *g, const struct xml_node *catalog)
{
    XML_EACH(scheme, catalog, "scheme")
    {
        str *uri = arena_one(g->a, str);

        *uri = xml_attr(scheme, "uri");
        if (xml_attr(scheme, "alias").n > 0)
            table_put(&g->schemes, xml_attr(scheme, "alias"), uri);
    }
}

void g2_read_names(struct g2_item *g, const struct xml_node *message_header)
{
    XML_EACH(catalog, message_header, "catalog")
    read_catalog(g, catalog);
    XML_EACH(catalog, g->node, "catalog")
    read_catalog(g, catalog);
    XML_EACH(assertion, g->node, "assert")
    {
        str of = xml_attr(assertion, "qcode");

        if (of.n == 0)
            of = xml_attr(assertion, "uri");
        if (of.n > 0 && table_get(&g->asserted, of) == NULL)
            table_put(&g->asserted, of, assertion);
    }
}

static void split_uri(str uri, str *scheme, str *code)
{
    ptrdiff_t slash = str_find_last(uri, '/'), hash = str_find_last(uri, '#');
    ptrdiff_t at = hash > slash ? hash : slash;

    *scheme = wire_scheme_of(str_to(uri, (size_t)(at + 1)));
    *code = scheme->n > 0 ? str_from(uri, (size_t)(at + 1)) : uri;
}

void g2_concept(const struct g2_item *g, const struct xml_node *n, str *scheme, str *code)
{
    str qcode = str_trim(xml_attr(n, "qcode"));
    str uri = str_trim(xml_attr(n, "uri"));

    *scheme = *code = S("");
    if (qcode.n > 0) {
        ptrdiff_t colon = str_find_char(qcode, ':');
        *scheme = colon < 0 ? S("") : str_to(qcode, (size_t)colon);
        *code = wire_local(qcode);
        const str *vocabulary = table_get(&g->schemes, *scheme);
        str known = vocabulary == NULL ? S("") : wire_scheme_of(*vocabulary);
        if (known.n > 0)
            *scheme = known;
    } else if (uri.n > 0) {
        split_uri(uri, scheme, code);
    }
}

static str own_name(const struct g2_item *g, const struct xml_node *n)
{
    const struct xml_node *first = xml_child(n, "name");
    str language = g->out->language;

    XML_EACH(name, n, "name")
    {
        str in = xml_attr_in(name, XML_NAMESPACE, "lang");
        if (in.n > 0 && language.n >= 2 && str_eq_nocase(str_to(in, 2), str_to(language, 2)))
            return wire_field(g->a, xml_text(g->a, name));
    }
    return wire_field(g->a, xml_text(g->a, first));
}

str g2_name(const struct g2_item *g, const struct xml_node *n)
{
    if (n == NULL)
        return S("");
    str name = own_name(g, n);
    if (name.n > 0)
        return name;

    str of = xml_attr(n, "qcode");
    if (of.n == 0)
        of = xml_attr(n, "uri");
    const struct xml_node *asserted = of.n == 0 ? NULL : table_get(&g->asserted, of);
    if (asserted != NULL)
        name = own_name(g, asserted);
    return name.n > 0 ? name : wire_field(g->a, xml_attr(n, "literal"));
}

str g2_role(const struct xml_node *n, const char *attribute)
{
    str role = str_trim(xml_attr(n, attribute));
    ptrdiff_t slash = str_find_last(role, '/');

    return slash >= 0 ? str_from(role, (size_t)slash + 1) : wire_local(role);
}
