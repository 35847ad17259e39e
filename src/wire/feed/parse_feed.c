#include "text/dates.h"
#include "text/url.h"
#include "wire/feed/feed.h"
#include "wire/item/wire_body.h"
#include "wire/wire.h"

enum feed_space feed_space_of(const struct xml_node *n)
{
    static const struct {
        const char *part;
        enum feed_space space;
    } known[] = {
        {"www.w3.org/2005/Atom", FEED_ATOM},
        {"purl.org/atom", FEED_ATOM},
        {"purl.org/dc/", FEED_DC},
        {"rss/1.0/modules/content", FEED_CONTENT},
        {"search.yahoo.com/mrss", FEED_MEDIA},
        {"tools.search.yahoo.com", FEED_MEDIA},
        {"video.search.yahoo.com", FEED_MEDIA},
        {"wordpress.org/export", FEED_WORDPRESS},
        {"purl.org/rss/1.0/modules", FEED_OTHER},
        {"purl.org/rss", FEED_RSS},
        {"purl.org/net/rss", FEED_RSS},
        {"my.netscape.com", FEED_RSS},
        {"userland.com/rss", FEED_RSS},
        {"blogs.law.harvard.edu", FEED_RSS},
        {"cyber.law.harvard.edu", FEED_RSS},
    };

    if (n->space.n == 0)
        return FEED_RSS;
    for (size_t i = 0; i < LENGTH(known); i++)
        if (str_find_nocase(n->space, str_c(known[i].part)) >= 0)
            return known[i].space;
    return FEED_OTHER;
}

static const struct xml_node *from(const struct xml_node *n, enum feed_space in, const char *name)
{
    for (; n != NULL; n = n->next)
        if (n->name.n > 0 && feed_space_of(n) == in && str_eq_nocase(n->name, str_c(name)))
            return n;
    return NULL;
}

const struct xml_node *feed_child(const struct xml_node *of, enum feed_space in, const char *name)
{
    return of == NULL ? NULL : from(of->first, in, name);
}

const struct xml_node *feed_again(const struct xml_node *n, enum feed_space in, const char *name)
{
    return from(n->next, in, name);
}

/* RSS's own element, or Atom's of that name standing in RSS or (without namespace) in Atom. */
static const struct xml_node *own(const struct xml_node *of, const char *name)
{
    const struct xml_node *n = feed_child(of, FEED_RSS, name);

    return n != NULL ? n : feed_child(of, FEED_ATOM, name);
}

static str words_in(struct feed_entry *e, const struct xml_node *of, enum feed_space in,
                    const char *name)
{
    return wire_words_of_html(e->a, xml_text(e->a, feed_child(of, in, name)));
}

static str own_words(struct feed_entry *e, const struct xml_node *of, const char *name)
{
    const struct xml_node *n = own(of, name);
    str type = xml_attr(n, "type");

    if (str_eq(type, S("text")) || str_eq(type, S("text/plain")) || str_eq(type, S("xhtml")))
        return wire_field(e->a, xml_text(e->a, n));
    return wire_words_of_html(e->a, xml_text(e->a, n));
}

/* The page of a feed or an entry: <link>text</link> or <link rel="alternate" href="">. */
static str link_of(struct feed_entry *e, const struct xml_node *of)
{
    FEED_EACH(n, of, FEED_RSS, "link")
    {
        str text = str_trim(xml_text(e->a, n));
        if (text.n > 0)
            return url_join(e->a, e->base, text);
    }
    for (const struct xml_node *n = of->first; n != NULL; n = n->next) {
        str rel = xml_attr(n, "rel");
        bool page = xml_is(n, "link") && (rel.n == 0 || str_eq(rel, S("alternate")));
        if (page && xml_attr(n, "href").n > 0)
            return url_join(e->a, e->base, str_trim(xml_attr(n, "href")));
    }
    return S("");
}

static void read_identity(struct feed_entry *e)
{
    const struct xml_node *guid = feed_child(e->node, FEED_RSS, "guid");
    str said = str_trim(xml_text(e->a, guid));

    e->out->address = link_of(e, e->node);
    bool is_page =
        guid != NULL && !str_eq_nocase(xml_attr(guid, "isPermaLink"), S("false")) &&
        (str_starts_nocase(said, S("http://")) || str_starts_nocase(said, S("https://")));
    if (e->out->address.n == 0 && is_page)
        e->out->address = url_link(e->a, said);
    if (said.n == 0)
        said = str_trim(xml_text(e->a, own(e->node, "id")));
    if (said.n == 0)
        said =
            str_trim(xml_attr_in(e->node, "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "about"));
    if (said.n == 0)
        said = str_trim(xml_text(e->a, feed_child(e->node, FEED_DC, "identifier")));
    e->out->guid = said.n > 0 ? said : e->out->address;
}

static bool first_time(struct feed_entry *e, const char *const *names, int64_t *at)
{
    static const enum feed_space spaces[] = {FEED_RSS, FEED_ATOM, FEED_DC};

    for (; *names != NULL; names++)
        for (size_t i = 0; i < LENGTH(spaces); i++)
            if (wire_time(xml_text(e->a, feed_child(e->node, spaces[i], *names)), at, NULL))
                return true;
    return false;
}

static void read_times(struct feed_entry *e)
{
    static const char *const first[] = {"published", "pubDate",   "issued", "created",
                                        "date",      "available", NULL};
    static const char *const last[] = {"updated", "modified", NULL};
    struct wire_item *out = e->out;

    first_time(e, first, &out->created_at);
    if (!first_time(e, last, &out->changed_at))
        out->changed_at = out->created_at;
    if (out->created_at == 0)
        out->created_at = out->changed_at;
    if (out->changed_at != 0)
        out->version = date_iso(e->a, out->changed_at);
}

/* "ann@example.org (Ann Lee)", "Ann Lee <ann@example.org>", "Ann Lee": the name, never the
 * address. */
static str name_in(struct feed_entry *e, str said)
{
    said = wire_words_of_html(e->a, said);
    ptrdiff_t open = str_find_char(said, '('), at = str_find_char(said, '@');

    if (at < 0)
        return said;
    if (open > at && str_ends(said, S(")")))
        return str_trim(str_to(str_from(said, (size_t)open + 1), said.n - (size_t)open - 2));
    ptrdiff_t angle = str_find_char(said, '<');
    return angle > 0 ? str_trim(str_to(said, (size_t)angle)) : S("");
}

static void read_people_of(struct feed_entry *e, const struct xml_node *of)
{
    FEED_EACH(n, of, FEED_DC, "creator")
    wire_add_byline(e->a, e->out, name_in(e, xml_text(e->a, n)));
    for (const struct xml_node *n = of->first; n != NULL; n = n->next) {
        bool author =
            xml_is(n, "author") && (feed_space_of(n) == FEED_RSS || feed_space_of(n) == FEED_ATOM);
        const struct xml_node *name = author ? own(n, "name") : NULL;
        if (name != NULL)
            wire_add_person(e->a, e->out, xml_words(e->a, name), S(""));
        else if (author && own(n, "email") == NULL && own(n, "uri") == NULL)
            wire_add_byline(e->a, e->out, name_in(e, xml_text(e->a, n)));
    }
}

static void read_subjects(struct feed_entry *e)
{
    for (const struct xml_node *n = e->node->first; n != NULL; n = n->next) {
        bool subject = xml_is(n, "subject") && feed_space_of(n) == FEED_DC;
        if (!subject && (!xml_is(n, "category") || feed_space_of(n) > FEED_ATOM))
            continue;
        str term = str_trim(xml_attr(n, "term")), label = str_trim(xml_attr(n, "label"));
        str vocabulary =
            xml_attr(n, "scheme").n > 0 ? xml_attr(n, "scheme") : xml_attr(n, "domain");
        str scheme = wire_scheme_of(vocabulary), words = xml_words(e->a, n);
        if (scheme.n > 0)
            wire_add_subject(e->a, e->out, scheme, term.n > 0 ? term : words, label);
        else
            wire_add_keyword(e->a, e->out,
                             label.n > 0  ? label
                             : term.n > 0 ? term
                                          : name_in(e, words));
    }
}

/* Atom's text constructs, RSS's escaped HTML. */
static err read_text(struct feed_entry *e, const struct xml_node *n, note *why)
{
    str type = xml_attr(n, "type"), mode = xml_attr(n, "mode");
    bool inside = str_eq(type, S("xhtml")) || str_eq(type, S("application/xhtml+xml")) ||
                  str_eq(mode, S("xml"));

    if (str_eq(mode, S("base64")) || (n->first == NULL))
        return OK;
    for (const struct xml_node *c = n->first; c != NULL; c = c->next)
        inside |= c->name.n > 0; /* markup that was not escaped */
    if (inside)
        return wire_body_of_xhtml(e->a, n, (struct wire_words){0}, e->out, why);
    if (str_eq(type, S("text")) || str_eq(type, S("text/plain")))
        return wire_body_of_text(e->a, xml_text(e->a, n), e->out, why);
    if (type.n > 0 && str_find(type, S("html")) < 0)
        return OK; /* another kind of file inside */
    return wire_body_of_html(e->a, xml_text(e->a, n), e->out, why);
}

static err read_content(struct feed_entry *e, note *why)
{
    const struct xml_node *summary = feed_child(e->node, FEED_RSS, "description");
    const struct xml_node *full = feed_child(e->node, FEED_CONTENT, "encoded");

    if (summary == NULL)
        summary = own(e->node, "summary");
    if (summary == NULL)
        summary = feed_child(e->node, FEED_DC, "description");
    if (full == NULL)
        full = own(e->node, "content");
    if (full == NULL)
        full = feed_child(e->node, FEED_OTHER, "body"); /* xhtml:body in RSS */
    if (full == NULL || (full->first == NULL && summary != NULL))
        full = summary;
    if (full == NULL)
        return OK;
    if (summary != NULL && summary != full)
        e->out->standfirst = wire_words_of_html(e->a, xml_text(e->a, summary));
    return read_text(e, full, why);
}

/* An export of WordPress is RSS with its drafts in it: only what was published may be used. */
static void read_wordpress(struct feed_entry *e)
{
    str status = str_trim(xml_text(e->a, feed_child(e->node, FEED_WORDPRESS, "status")));
    str type = str_trim(xml_text(e->a, feed_child(e->node, FEED_WORDPRESS, "post_type")));
    str password = xml_text(e->a, feed_child(e->node, FEED_WORDPRESS, "post_password"));

    if ((status.n > 0 && !str_eq(status, S("publish"))) || password.n > 0)
        e->out->status = WIRE_WITHHELD;
    if (type.n > 0 && !str_eq(type, S("post")))
        e->out->kind = WIRE_OTHER;
}

static void read_around(struct feed_entry *e)
{
    struct wire_item *out = e->out;

    out->provider = own_words(e, e->feed, "title");
    out->source = own_words(e, e->node, "source");
    const struct xml_node *source = feed_child(e->node, FEED_ATOM, "source");
    if (source != NULL)
        out->source = own_words(e, source, "title");
    out->copyright = words_in(e, e->node, FEED_DC, "rights");
    if (out->copyright.n == 0)
        out->copyright = own_words(e, e->node, "rights");
    if (out->copyright.n == 0)
        out->copyright = own_words(e, e->feed, "copyright");
    if (out->copyright.n == 0)
        out->copyright = own_words(e, e->feed, "rights");
    out->language = words_in(e, e->node, FEED_DC, "language");
    if (out->language.n == 0)
        out->language = xml_inherited(e->node, "lang");
    if (out->language.n == 0)
        out->language = own_words(e, e->feed, "language");
}

static err read_entry(struct feed_entry *e, note *why)
{
    struct wire_item *out = e->out;

    read_identity(e);
    out->headline = own_words(e, e->node, "title");
    if (out->headline.n == 0)
        out->headline = words_in(e, e->node, FEED_DC, "title");
    if (out->headline.n == 0)
        out->headline = words_in(e, e->node, FEED_MEDIA, "title");
    read_times(e);
    read_people_of(e, e->node);
    read_around(e);
    read_subjects(e);
    TRY(read_content(e, why));
    if (out->person_count == 0 && xml_is(e->feed, "feed"))
        read_people_of(e, e->feed); /* Atom: the feed's author is the entries' */
    feed_read_media(e);
    read_wordpress(e);
    if (wire_is_empty(out))
        return fail(why, E_INVALID, "the entry has neither a title nor text");
    return OK;
}

static str base_of(arena *a, const struct xml_node *feed, const struct xml_node *node)
{
    str base = S("");
    const struct xml_node *chain[XML_DEPTH_MAX + 1];
    size_t n = 0;

    struct feed_entry e = {.a = a};
    base = link_of(&e, feed);
    for (; node != NULL && n < LENGTH(chain); node = node->parent)
        chain[n++] = node;
    while (n-- > 0) {
        str own_base = xml_attr_in(chain[n], XML_NAMESPACE, "base");
        str joined = own_base.n > 0 ? url_join(a, base, own_base) : S("");
        base = joined.n > 0 ? joined : base;
    }
    return base;
}

static void take_entry(arena *a, const struct xml_tree *tree, const struct xml_node *feed,
                       const struct xml_node *node, struct wire_batch *batch)
{
    struct wire_item *out = wire_add_item(a, batch);
    struct feed_entry e = {.a = a, .feed = feed, .node = node, .out = out};
    note why = {0};

    if (out == NULL)
        return;
    out->line = node->line;
    e.base = base_of(a, feed, node);
    if (read_entry(&e, &why) != OK) {
        str guid = out->guid;
        wire_drop_item(batch);
        wire_add_trouble(a, batch, node->line, guid, "%s", why.text);
        return;
    }
    size_t end = node->next != NULL ? node->next->at : tree->text.n;
    wire_finish(a, out, str_to(str_from(tree->text, node->at), end - node->at));
}

static void take_entries(arena *a, const struct xml_tree *tree, const struct xml_node *feed,
                         const struct xml_node *inside, struct wire_batch *batch)
{
    for (const struct xml_node *n = inside->first; n != NULL; n = n->next)
        if (str_eq_nocase(n->name, S("item")) || str_eq_nocase(n->name, S("entry")))
            take_entry(a, tree, feed, n, batch);
}

err wire_parse_feed(arena *a, str bytes, struct wire_batch *out, note *why)
{
    struct xml_tree tree;
    note broke = {0};
    err e = xml_read(a, bytes, XML_LENIENT, &tree, &broke);
    bool atom = xml_is(tree.root, "feed") || xml_is(tree.root, "entry");

    (void)why;
    out->dialect = atom ? WIRE_ATOM : WIRE_RSS;
    if (e != OK) {
        wire_add_trouble(a, out, tree.line, S(""), "%s", broke.text);
        return OK;
    }
    const struct xml_node *channel = xml_child(tree.root, "channel");
    if (xml_is(tree.root, "entry"))
        take_entry(a, &tree, tree.root, tree.root, out);
    else
        take_entries(a, &tree, channel != NULL ? channel : tree.root, tree.root, out);
    if (channel != NULL)
        take_entries(a, &tree, channel, channel, out);
    if (out->item_count + out->trouble_count == 0)
        wire_add_trouble(a, out, tree.root->line, S(""), "the feed has no entries");
    return OK;
}
