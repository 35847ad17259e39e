#include "site/api/feed.h"

#include "text/dates.h"
#include "text/xml_write.h"

static str mail_date(const struct feed *f, int64_t at)
{
    return date_mail(f->door->a, at, f->door->site->zone);
}

static void link_to(struct xml_writer *w, const char *rel, str href, const char *type)
{
    xml_put_begin(w, "atom:link");
    xml_put_attr(w, "rel", str_c(rel));
    xml_put_attr(w, "href", href);
    if (type != NULL)
        xml_put_attr(w, "type", str_c(type));
    xml_put_end(w);
}

static void credit(struct xml_writer *w, str name)
{
    if (name.n == 0)
        return;
    xml_put_begin(w, "media:credit");
    xml_put_text(w, name);
    xml_put_end(w);
}

static void enclosure(struct xml_writer *w, str url, int64_t bytes, str type)
{
    xml_put_begin(w, "enclosure");
    xml_put_attr(w, "url", url);
    xml_put_attr_int(w, "length", bytes);
    xml_put_attr(w, "type", type);
    xml_put_end(w);
}

static void film(struct xml_writer *w, const struct door_film *f)
{
    feed_media_begin(w, f->url, f->bytes, f->type,
                     str_starts(f->type, S("audio/")) ? S("audio") : S("video"));
    xml_put_attr_int(w, "duration", (f->duration_ms + 500) / 1000);
    xml_put_end(w);
}

static void picture(struct xml_writer *w, const struct door_picture *p)
{
    feed_media_begin(w, p->url, p->bytes, p->type, S("image"));
    xml_put_attr_int(w, "width", p->width);
    xml_put_attr_int(w, "height", p->height);
    if (p->caption.n > 0) {
        xml_put_begin(w, "media:description");
        xml_put_attr(w, "type", S("plain"));
        xml_put_text(w, p->caption);
        xml_put_end(w);
    }
    credit(w, p->credit);
    xml_put_end(w);
}

static void authors(struct xml_writer *w, const struct story *s)
{
    for (size_t i = 0; i < s->author_count; i++)
        xml_put_element(w, "dc:creator", s->authors[i].name);
    if (s->author_count == 0)
        xml_put_element_if(w, "dc:creator", s->card.byline);
}

static void entry(struct xml_writer *w, const struct feed *f, const struct feed_entry *e)
{
    const struct story *s = &e->story;

    xml_put_begin(w, "item");
    xml_put_element(w, "title", s->card.headline);
    xml_put_element(w, "link", e->url);
    xml_put_begin(w, "guid");
    xml_put_attr(w, "isPermaLink", S("false"));
    xml_put_text(w, e->name);
    xml_put_end(w);
    xml_put_element(w, "pubDate", mail_date(f, s->card.public_at));
    xml_put_element(w, "atom:updated", door_moment(f->door, door_changed(&s->card)));
    authors(w, s);
    for (size_t i = 0; i < s->topic_count; i++)
        xml_put_element(w, "category", s->topics[i].name);
    xml_put_element_if(w, "description", s->card.standfirst);
    xml_put_element_if(w, "content:encoded", e->content);
    xml_put_element_if(w, "dc:language", e->language);
    if (e->has_film)
        enclosure(w, e->film.url, e->film.bytes, e->film.type);
    else if (e->has_picture)
        enclosure(w, e->picture.url, e->picture.bytes, e->picture.type);
    if (e->has_picture)
        picture(w, &e->picture);
    if (e->has_film)
        film(w, &e->film);
    xml_put_end(w);
}

void feed_write_rss(buf *out, const struct feed *f)
{
    struct xml_writer w = xml_writer(out);

    xml_put_begin(&w, "rss");
    xml_put_attr(&w, "version", S("2.0"));
    xml_put_attr(&w, "xmlns:atom", S("http://www.w3.org/2005/Atom"));
    xml_put_attr(&w, "xmlns:content", S("http://purl.org/rss/1.0/modules/content/"));
    xml_put_attr(&w, "xmlns:dc", S("http://purl.org/dc/elements/1.1/"));
    xml_put_attr(&w, "xmlns:media", S("http://search.yahoo.com/mrss/"));
    xml_put_begin(&w, "channel");
    xml_put_element(&w, "title", f->title);
    xml_put_element(&w, "link", f->page);
    xml_put_element(&w, "description", f->description);
    xml_put_element(&w, "language", f->language);
    if (f->door->paper.publisher.n > 0)
        xml_put_element(&w, "copyright", f->door->paper.publisher);
    xml_put_element(&w, "lastBuildDate", mail_date(f, f->updated));
    xml_put_element(&w, "generator", S("Broadsheet"));
    xml_put_element(&w, "docs", S("https://www.rssboard.org/rss-specification"));
    link_to(&w, "self", f->self, "application/rss+xml");
    if (f->hub.n > 0)
        link_to(&w, "hub", f->hub, NULL);
    for (size_t i = 0; i < f->n; i++)
        entry(&w, f, &f->entries[i]);
    xml_put_end(&w);
    xml_put_end(&w);
}
