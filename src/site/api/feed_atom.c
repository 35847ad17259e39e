#include "site/api/feed.h"

#include "text/xml_write.h"

static void link_to(struct xml_writer *w, const char *rel, str href, str type)
{
    xml_put_begin(w, "link");
    xml_put_attr(w, "rel", str_c(rel));
    xml_put_attr(w, "href", href);
    if (type.n > 0)
        xml_put_attr(w, "type", type);
    xml_put_end(w);
}

static void author(struct xml_writer *w, str name, str uri)
{
    xml_put_begin(w, "author");
    xml_put_element(w, "name", name);
    xml_put_element_if(w, "uri", uri);
    xml_put_end(w);
}

static void authors(struct xml_writer *w, const struct feed *f, const struct story *s)
{
    struct door *d = f->door;

    for (size_t i = 0; i < s->author_count; i++)
        author(w, s->authors[i].name,
               door_address(d, str_fmt(d->a, "/author/%.*s", STR(s->authors[i].slug))));
    if (s->author_count == 0 && s->card.byline.n > 0)
        author(w, s->card.byline, S(""));
}

static void topics(struct xml_writer *w, const struct story *s)
{
    for (size_t i = 0; i < s->topic_count; i++) {
        xml_put_begin(w, "category");
        xml_put_attr(w, "term", s->topics[i].slug);
        xml_put_attr(w, "label", s->topics[i].name);
        xml_put_end(w);
    }
}

static void enclosure(struct xml_writer *w, str url, int64_t bytes, str type)
{
    xml_put_begin(w, "link");
    xml_put_attr(w, "rel", S("enclosure"));
    xml_put_attr(w, "href", url);
    xml_put_attr(w, "type", type);
    xml_put_attr_int(w, "length", bytes);
    xml_put_end(w);
}

static void picture(struct xml_writer *w, const struct door_picture *p)
{
    enclosure(w, p->url, p->bytes, p->type);
    feed_media_begin(w, p->url, p->bytes, p->type, S("image"));
    xml_put_attr_int(w, "width", p->width);
    xml_put_attr_int(w, "height", p->height);
    if (p->caption.n > 0)
        xml_put_element(w, "media:description", p->caption);
    if (p->credit.n > 0)
        xml_put_element(w, "media:credit", p->credit);
    xml_put_end(w);
}

static void text_of_type(struct xml_writer *w, const char *name, str type, str text)
{
    if (text.n == 0)
        return;
    xml_put_begin(w, name);
    xml_put_attr(w, "type", type);
    xml_put_text(w, text);
    xml_put_end(w);
}

static void entry(struct xml_writer *w, const struct feed *f, const struct feed_entry *e)
{
    const struct story *s = &e->story;

    xml_put_begin(w, "entry");
    if (e->language.n > 0)
        xml_put_attr(w, "xml:lang", e->language);
    xml_put_element(w, "id", e->name);
    xml_put_element(w, "title", s->card.headline);
    link_to(w, "alternate", e->url, S("text/html"));
    xml_put_element(w, "published", door_moment(f->door, s->card.public_at));
    xml_put_element(w, "updated", door_moment(f->door, door_changed(&s->card)));
    authors(w, f, s);
    topics(w, s);
    text_of_type(w, "summary", S("text"), s->card.standfirst);
    text_of_type(w, "content", S("html"), e->content);
    if (e->has_picture)
        picture(w, &e->picture);
    if (e->has_film)
        enclosure(w, e->film.url, e->film.bytes, e->film.type);
    xml_put_end(w);
}

void feed_write_atom(buf *out, const struct feed *f)
{
    const struct paper *paper = &f->door->paper;
    struct xml_writer w = xml_writer(out);

    xml_put_begin(&w, "feed");
    xml_put_attr(&w, "xmlns", S("http://www.w3.org/2005/Atom"));
    xml_put_attr(&w, "xmlns:media", S("http://search.yahoo.com/mrss/"));
    xml_put_attr(&w, "xml:lang", f->language);
    xml_put_element(&w, "id", f->self);
    xml_put_element(&w, "title", f->title);
    xml_put_element_if(&w, "subtitle", f->description);
    xml_put_element(&w, "updated", door_moment(f->door, f->updated));
    author(&w, paper->name, door_address(f->door, S("/")));
    xml_put_element_if(&w, "rights", paper->publisher);
    xml_put_element(&w, "generator", S("Broadsheet"));
    link_to(&w, "self", f->self, S("application/atom+xml"));
    link_to(&w, "alternate", f->page, S("text/html"));
    if (f->hub.n > 0)
        link_to(&w, "hub", f->hub, S(""));
    for (size_t i = 0; i < f->n; i++)
        entry(&w, f, &f->entries[i]);
    xml_put_end(&w);
}
