#include "wire/newsml/g2.h"

static const struct xml_node *meta_of(const struct g2_item *g)
{
    return xml_child(g->node, "itemMeta");
}

/* Any of these parts of a word, in any case? */
static bool says(str role, const char *const *parts)
{
    for (; *parts != NULL; parts++)
        if (str_find_nocase(role, str_c(*parts)) >= 0)
            return true;
    return false;
}

static str name_or_code(const struct g2_item *g, const struct xml_node *n)
{
    str name = g2_name(g, n), scheme, code;

    if (name.n > 0 || n == NULL)
        return name;
    g2_concept(g, n, &scheme, &code);
    return code;
}

static void read_rights(struct g2_item *g)
{
    const struct xml_node *rights = xml_child(g->node, "rightsInfo");

    g->out->copyright = wire_field(g->a, xml_text(g->a, xml_child(rights, "copyrightNotice")));
    if (g->out->copyright.n == 0)
        g->out->copyright = g2_name(g, xml_child(rights, "copyrightHolder"));
    g->out->usage = wire_field(g->a, xml_text(g->a, xml_child(rights, "usageTerms")));
}

static err read_status(struct g2_item *g, note *why)
{
    static const struct {
        const char *word;
        enum wire_status status;
    } words[] = {
        {"usable", WIRE_USABLE},       {"withheld", WIRE_WITHHELD},  {"canceled", WIRE_CANCELLED},
        {"cancelled", WIRE_CANCELLED}, {"withdrawn", WIRE_WITHHELD},
    };
    const struct xml_node *n = xml_child(meta_of(g), "pubStatus");
    str scheme, code;

    if (n == NULL)
        return OK; /* usable, says the standard */
    g2_concept(g, n, &scheme, &code);
    if (code.n == 0)
        code = str_trim(xml_text(g->a, n));
    ptrdiff_t slash = str_find_last(code, '/');
    code = str_from(code, (size_t)(slash + 1));
    for (size_t i = 0; i < LENGTH(words); i++)
        if (str_eq_nocase(code, str_c(words[i].word))) {
            g->out->status = words[i].status;
            return OK;
        }
    return fail(why, E_INVALID,
                "pubStatus \"%.*s\" is not usable, withheld or canceled: whether it may be used "
                "cannot be told",
                (int)(code.n > 60 ? 60 : code.n), code.p);
}

static err read_embargo(struct g2_item *g, note *why)
{
    const struct xml_node *n = xml_child(meta_of(g), "embargoed");
    bool zoned = false;

    if (n == NULL)
        return OK;
    str said = str_trim(xml_text(g->a, n));
    if (said.n == 0)
        return fail(
            why, E_INVALID,
            "embargoed is empty: held until further notice; have it sent again with a time");
    if (!wire_time(said, &g->out->embargo_at, &zoned))
        return fail(why, E_INVALID, "embargoed \"%.*s\" is not a time",
                    (int)(said.n > 60 ? 60 : said.n), said.p);
    if (!zoned)
        return fail(why, E_INVALID,
                    "embargoed \"%.*s\" does not say its time zone; have it sent again with one",
                    (int)(said.n > 60 ? 60 : said.n), said.p);
    return OK;
}

static void take_signal(struct g2_item *g, const struct xml_node *n)
{
    static const struct {
        const char *word;
        enum wire_signal signal;
    } words[] = {
        {"update", WIRE_UPDATE},
        {"correction", WIRE_CORRECTION},
        {"corrected", WIRE_CORRECTION},
        {"kill", WIRE_KILL},
        {"mandatorykill", WIRE_KILL},
        {"retraction", WIRE_KILL},
        {"retract", WIRE_KILL},
        {"withdrawal", WIRE_KILL},
        {"replace", WIRE_UPDATE},
        {"writethru", WIRE_UPDATE},
        {"embargolifted", WIRE_EMBARGO_LIFTED},
    };
    str scheme, code;

    g2_concept(g, n, &scheme, &code);
    enum wire_signal signal = WIRE_NO_SIGNAL;
    for (size_t i = 0; i < LENGTH(words); i++)
        if (str_eq_nocase(code, str_c(words[i].word)))
            signal = words[i].signal;
    if (str_eq(scheme, S("edStat"))) /* Reuters */
        signal = str_eq(code, S("U"))   ? WIRE_UPDATE
                 : str_eq(code, S("C")) ? WIRE_CORRECTION
                 : str_eq(code, S("W")) ? WIRE_KILL
                                        : signal;
    if (signal == WIRE_NO_SIGNAL || g->out->signal == WIRE_KILL)
        return;
    if (g->out->signal == WIRE_NO_SIGNAL || signal == WIRE_KILL || signal == WIRE_CORRECTION)
        g->out->signal = signal;
    if (g->out->reason.n == 0 && !str_eq_nocase(g2_name(g, n), code))
        g->out->reason = g2_name(g, n);
}

static void read_notes(struct g2_item *g)
{
    static const char *const corrections[] = {"correction", "changenote", NULL};
    str notes = S("");

    XML_EACH(n, meta_of(g), "edNote")
    {
        str words = wire_note(g->a, xml_text(g->a, n));

        if (words.n == 0)
            continue;
        if (g->out->reason.n == 0 && says(g2_role(n, "role"), corrections))
            g->out->reason = words;
        notes = notes.n == 0 ? words : str_join(g->a, notes, str_join(g->a, S("\n"), words));
    }
    g->out->editor_note = wire_note(g->a, notes);
}

static void read_times(struct g2_item *g)
{
    const struct xml_node *meta = meta_of(g), *content = xml_child(g->node, "contentMeta");
    struct wire_item *out = g->out;

    if (!wire_time(xml_text(g->a, xml_child(meta, "firstCreated")), &out->created_at, NULL))
        wire_time(xml_text(g->a, xml_child(content, "contentCreated")), &out->created_at, NULL);
    if (!wire_time(xml_text(g->a, xml_child(meta, "versionCreated")), &out->changed_at, NULL))
        wire_time(xml_text(g->a, xml_child(content, "contentModified")), &out->changed_at, NULL);
    if (out->created_at == 0)
        out->created_at = out->changed_at;
    wire_time(xml_text(g->a, xml_child(meta, "expires")), &out->expiry_at, NULL);
    const struct xml_node *until = xml_inside(xml_child(g->node, "rightsInfo"), "rightsExpire");
    if (out->expiry_at == 0)
        wire_time(xml_text(g->a, until), &out->expiry_at, NULL);
}

static enum wire_kind kind_of(struct g2_item *g)
{
    const struct xml_node *n = xml_child(meta_of(g), "itemClass");
    str scheme, code;

    if (xml_is(g->node, "packageItem"))
        return WIRE_PACKAGE;
    if (!xml_is(g->node, "newsItem"))
        return WIRE_OTHER;
    if (n == NULL)
        return WIRE_STORY;
    g2_concept(g, n, &scheme, &code);
    ptrdiff_t slash = str_find_last(code, '/');
    return wire_kind_of(str_from(code, (size_t)(slash + 1)));
}

err g2_read_meta(struct g2_item *g, note *why)
{
    struct wire_item *out = g->out;

    out->kind = kind_of(g);
    out->provider = name_or_code(g, xml_child(meta_of(g), "provider"));
    read_rights(g);
    read_times(g);
    XML_EACH(n, meta_of(g), "signal")
    take_signal(g, n);
    read_notes(g);
    XML_EACH(n, meta_of(g), "link")
    {
        str to = xml_attr(n, "residref");

        wire_add_link(g->a, out, to.n > 0 ? to : xml_attr(n, "href"), g2_role(n, "rel"));
    }
    TRY(read_status(g, why));
    if (out->status == WIRE_CANCELLED || out->signal == WIRE_KILL) {
        err_ignore(read_embargo(g, NULL)); /* a kill is never held back */
        return OK;
    }
    return read_embargo(g, why);
}
