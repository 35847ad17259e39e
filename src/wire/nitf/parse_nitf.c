#include "wire/item/build.h"
#include "wire/item/topics.h"
#include "wire/item/wire_body.h"
#include "wire/nitf/nitf.h"
#include "wire/wire.h"

static str meta_content(const struct xml_node *head, const char *name)
{
    XML_EACH(meta, head, "meta")
    if (str_eq_nocase(xml_attr(meta, "name"), str_c(name)))
        return str_trim(xml_attr(meta, "content"));
    return S("");
}

static str norm_of(arena *a, const struct xml_node *docdata, const char *name)
{
    const struct xml_node *n = xml_child(docdata, name);
    str norm = str_trim(xml_attr(n, "norm"));

    return norm.n > 0 ? norm : str_trim(xml_text(a, n));
}

static void read_times(arena *a, const struct xml_node *docdata, const struct xml_node *nitf,
                       struct wire_item *item)
{
    if (!wire_time(norm_of(a, docdata, "date.issue"), &item->changed_at, NULL))
        wire_time(xml_attr(xml_path(nitf, "head/pubdata"), "date.publication"), &item->changed_at,
                  NULL);
    item->created_at = item->changed_at;
    wire_time(norm_of(a, docdata, "date.expire"), &item->expiry_at, NULL);
}

/* date.release: not before.  One that is no later than the issue holds nothing back. */
static err read_embargo(arena *a, const struct xml_node *docdata, struct wire_item *item, note *why)
{
    str said = norm_of(a, docdata, "date.release");
    str status = str_trim(xml_attr(docdata, "management-status"));
    bool zoned = false;
    int64_t at = 0;

    if (said.n == 0 && str_eq_nocase(status, S("embargoed")))
        return fail(why, E_INVALID, "management-status is embargoed, but there is no date.release");
    if (said.n == 0)
        return OK;
    if (!wire_time(said, &at, &zoned))
        return fail(why, E_INVALID, "date.release \"%.*s\" is not a time",
                    (int)(said.n > 60 ? 60 : said.n), said.p);
    if (item->changed_at > 0 && at <= item->changed_at)
        return OK;
    if (!zoned)
        return fail(why, E_INVALID,
                    "date.release \"%.*s\" does not say its time zone; have it sent again with one",
                    (int)(said.n > 60 ? 60 : said.n), said.p);
    item->embargo_at = at;
    return OK;
}

static err read_status(const struct xml_node *docdata, struct wire_item *item, note *why)
{
    static const struct {
        const char *word;
        enum wire_status status;
    } words[] = {
        {"", WIRE_USABLE},           {"usable", WIRE_USABLE},       {"embargoed", WIRE_USABLE},
        {"withheld", WIRE_WITHHELD}, {"pulled", WIRE_WITHHELD},     {"canceled", WIRE_CANCELLED},
        {"killed", WIRE_CANCELLED},  {"cancelled", WIRE_CANCELLED},
    };
    str said = str_trim(xml_attr(docdata, "management-status"));

    for (size_t i = 0; i < LENGTH(words); i++)
        if (str_eq_nocase(said, str_c(words[i].word))) {
            item->status = words[i].status;
            return OK;
        }
    return fail(why, E_INVALID,
                "management-status \"%.*s\" is not known: whether it may be used cannot be told",
                (int)(said.n > 60 ? 60 : said.n), said.p);
}

static void read_messages(arena *a, const struct xml_node *docdata, struct wire_item *item)
{
    static const struct {
        const char *part;
        enum wire_signal signal;
    } types[] = {{"kill", WIRE_KILL},
                 {"cancel", WIRE_KILL},
                 {"withdraw", WIRE_KILL},
                 {"correct", WIRE_CORRECTION},
                 {"update", WIRE_UPDATE}};

    XML_EACH(n, docdata, "ed-msg")
    {
        str info = wire_field(a, xml_attr(n, "info")), type = xml_attr(n, "msg-type");

        if (info.n > 0)
            item->editor_note = item->editor_note.n == 0
                                    ? info
                                    : str_fmt(a, "%.*s\n%.*s", STR(item->editor_note), STR(info));
        for (size_t i = 0; i < LENGTH(types) && item->signal == WIRE_NO_SIGNAL; i++)
            if (str_find_nocase(type, str_c(types[i].part)) >= 0)
                item->signal = types[i].signal;
    }
    str of = xml_attr(docdata, "management-doc-idref");
    wire_add_link(a, item, of, xml_attr(docdata, "management-idref-status"));
}

static void add_topic(arena *a, struct wire_item *item, str code, str name)
{
    bool topic = topic_of(code) != NULL && !str_ends(code, S("000000"));

    wire_add_subject(a, item, topic ? S("medtop") : code.n > 0 ? S("subj") : S(""), code, name);
}

static void read_subjects(arena *a, const struct xml_node *head, struct wire_item *item)
{
    static const char *const names[] = {"tobject.subject.detail", "tobject.subject.matter",
                                        "tobject.subject.type"};
    const struct xml_node *tobject = xml_child(head, "tobject");
    const struct xml_node *docdata = xml_child(head, "docdata");

    XML_EACH(n, tobject, "tobject.subject")
    {
        str name = S("");
        for (size_t i = 0; i < LENGTH(names) && name.n == 0; i++)
            name = str_trim(xml_attr(n, names[i]));
        add_topic(a, item, str_trim(xml_attr(n, "tobject.subject.refnum")), name);
    }
    XML_EACH(list, docdata, "key-list")
    XML_EACH(n, list, "keyword")
    wire_add_keyword(a, item, xml_attr(n, "key"));
    const struct xml_node *content = xml_child(docdata, "identified-content");
    for (const struct xml_node *n = content == NULL ? NULL : content->first; n != NULL;
         n = n->next) {
        str value = xml_attr(n, "value");
        if (n->name.n > 0)
            wire_add_keyword(a, item, value.n > 0 ? value : xml_words(a, n));
    }
    str genre = xml_attr(xml_child(tobject, "tobject.property"), "tobject.property.type");
    item->genre = str_lower(a, wire_field(a, genre));
}

static void read_rights(arena *a, const struct xml_node *docdata, struct wire_item *item)
{
    const struct xml_node *copyright = xml_child(docdata, "doc.copyright");
    str holder = str_trim(xml_attr(copyright, "holder")), year = xml_attr(copyright, "year");

    if (holder.n > 0)
        item->copyright =
            wire_field(a, str_fmt(a, "© %.*s %.*s", STR(str_trim(year)), STR(holder)));
    const struct xml_node *rights = xml_child(docdata, "doc.rights");
    item->usage = wire_field(a, xml_attr(rights, "limitations"));
    if (item->copyright.n == 0)
        item->copyright = wire_field(a, xml_attr(rights, "owner"));
}

static void read_place(arena *a, const struct xml_node *docdata, struct wire_item *item)
{
    const struct xml_node *evloc = xml_child(docdata, "evloc");

    item->place = wire_field(a, xml_attr(evloc, "city"));
    if (item->place.n == 0)
        item->place = wire_field(a, xml_attr(evloc, "county-dist"));
    item->country = wire_field(a, xml_attr(evloc, "iso-cc"));
}

static void read_origin(arena *a, const struct xml_node *head, struct wire_item *item)
{
    const struct xml_node *docdata = xml_child(head, "docdata");
    str source = meta_content(head, "aap-source");

    item->provider = wire_field(a, xml_attr(xml_path(docdata, "del-list/from-src"), "src-name"));
    if (source.n == 0)
        source = xml_attr(xml_child(docdata, "doc-id"), "regsrc");
    item->source = wire_field(a, source);
    item->slugline = wire_field(a, meta_content(head, "slugline"));
    if (item->slugline.n == 0)
        item->slugline = wire_field(a, meta_content(head, "anpa-keyword"));
    if (item->slugline.n == 0)
        item->slugline = wire_field(a, xml_attr(xml_child(docdata, "fixture"), "fix-id"));
}

static void read_identity(const struct xml_node *docdata, struct wire_item *item)
{
    const struct xml_node *key = xml_child(docdata, "du-key");
    int64_t urgency = 0;

    item->guid = str_trim(xml_attr(xml_child(docdata, "doc-id"), "id-string"));
    item->version = str_trim(xml_attr(key, "version"));
    if (item->version.n == 0)
        item->version = str_trim(xml_attr(key, "generation"));
    str said = str_trim(xml_attr(xml_child(docdata, "urgency"), "ed-urg"));
    if (str_int(said, &urgency) && urgency >= 1 && urgency <= 9)
        item->urgency = (int)urgency;
}

static err read_fields(arena *a, const struct xml_node *nitf, struct wire_item *item, note *why)
{
    const struct xml_node *head = xml_child(nitf, "head"), *docdata = xml_child(head, "docdata");

    item->language = xml_inherited(nitf, "lang");
    if (item->language.n == 0)
        item->language = xml_attr_in(xml_child(nitf, "body"), XML_NAMESPACE, "lang");
    read_identity(docdata, item);
    read_times(a, docdata, nitf, item);
    read_messages(a, docdata, item);
    read_subjects(a, head, item);
    read_rights(a, docdata, item);
    read_place(a, docdata, item);
    read_origin(a, head, item);
    TRY(read_status(docdata, item, why));
    err e = read_embargo(a, docdata, item, why);
    if (e != OK && item->status != WIRE_CANCELLED && item->signal != WIRE_KILL)
        return e; /* a kill is never held back */
    return wire_body_of_nitf(a, nitf, item, why);
}

static void read_document(arena *a, str bytes, const struct xml_node *nitf,
                          struct wire_batch *batch)
{
    struct wire_item *item = wire_add_item(a, batch);
    note why = {0};

    if (item == NULL)
        return;
    item->line = nitf->line;
    err e = read_fields(a, nitf, item, &why);
    if (e == OK && wire_is_empty(item))
        e = fail(&why, E_INVALID, "the document has neither a headline nor text");
    if (e != OK) {
        wire_drop_item(batch);
        wire_add_trouble(a, batch, nitf->line, item->guid, "%s", why.text);
        return;
    }
    wire_finish(a, item, bytes);
}

err wire_parse_nitf(arena *a, str bytes, struct wire_batch *out, note *why)
{
    struct xml_tree tree;
    note broke = {0};

    (void)why;
    out->dialect = WIRE_NITF;
    if (xml_read(a, bytes, XML_STRICT, &tree, &broke) != OK) {
        str guid = xml_attr(xml_inside(tree.root, "doc-id"), "id-string");
        wire_add_trouble(a, out, tree.line, guid, "%s", broke.text);
        return OK;
    }
    if (xml_is(tree.root, "nitf")) {
        read_document(a, bytes, tree.root, out);
        return OK;
    }
    size_t before = out->item_count + out->trouble_count;
    XML_EACH(nitf, tree.root, "nitf")
    read_document(a, str_from(tree.text, nitf->at), nitf, out);
    if (out->item_count + out->trouble_count == before)
        wire_add_trouble(a, out, 1, S(""), "there is no <nitf> element in this file");
    return OK;
}
