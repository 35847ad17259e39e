#include "site/api/feed.h"

#include "text/json_write.h"

static void author(struct json_writer *w, str name, str url)
{
    put_object(w, NULL);
    put_str(w, "name", name);
    put_str_if(w, "url", url);
    put_end(w);
}

static void authors(struct json_writer *w, const struct feed *f, const struct story *s)
{
    struct door *d = f->door;

    if (s->author_count == 0 && s->card.byline.n == 0)
        return;
    put_list(w, "authors");
    for (size_t i = 0; i < s->author_count; i++)
        author(w, s->authors[i].name,
               door_address(d, str_fmt(d->a, "/author/%.*s", STR(s->authors[i].slug))));
    if (s->author_count == 0)
        author(w, s->card.byline, S(""));
    put_end(w);
}

static void topics(struct json_writer *w, const struct story *s)
{
    if (s->topic_count == 0)
        return;
    put_list(w, "tags");
    for (size_t i = 0; i < s->topic_count; i++)
        put_str(w, NULL, s->topics[i].name);
    put_end(w);
}

static void picture(struct json_writer *w, const struct door_picture *p)
{
    put_object(w, NULL);
    put_str(w, "url", p->url);
    put_str(w, "mime_type", p->type);
    put_str_if(w, "title", p->caption);
    put_num(w, "size_in_bytes", p->bytes);
    put_object(w, "_picture");
    put_num(w, "width", p->width);
    put_num(w, "height", p->height);
    put_str_if(w, "alt", p->alt);
    put_str_if(w, "credit", p->credit);
    put_end(w);
    put_end(w);
}

static void film(struct json_writer *w, const struct door_film *f)
{
    put_object(w, NULL);
    put_str(w, "url", f->url);
    put_str(w, "mime_type", f->type);
    put_num(w, "size_in_bytes", f->bytes);
    put_num(w, "duration_in_seconds", (f->duration_ms + 500) / 1000);
    put_end(w);
}

static void attachments(struct json_writer *w, const struct feed_entry *e)
{
    if (e->has_picture)
        put_str(w, "image", e->picture.url);
    if (!e->has_picture && !e->has_film)
        return;
    put_list(w, "attachments");
    if (e->has_picture)
        picture(w, &e->picture);
    if (e->has_film)
        film(w, &e->film);
    put_end(w);
}

/* One of content_html and content_text must be there. */
static void entry(struct json_writer *w, const struct feed *f, const struct feed_entry *e)
{
    const struct card *c = &e->story.card;

    put_object(w, NULL);
    put_str(w, "id", e->name);
    put_str(w, "url", e->url);
    put_str(w, "title", c->headline);
    put_str_if(w, "summary", c->standfirst);
    if (e->content.n > 0)
        put_str(w, "content_html", e->content);
    else
        put_str(w, "content_text", c->standfirst.n > 0 ? c->standfirst : c->headline);
    put_str(w, "date_published", door_moment(f->door, c->public_at));
    put_str(w, "date_modified", door_moment(f->door, door_changed(c)));
    authors(w, f, &e->story);
    topics(w, &e->story);
    put_str_if(w, "language", e->language);
    attachments(w, e);
    put_end(w);
}

void feed_write_json(buf *out, const struct feed *f)
{
    struct json_writer w = json_writer(out);

    put_object(&w, NULL);
    put_str(&w, "version", S("https://jsonfeed.org/version/1.1"));
    put_str(&w, "title", f->title);
    put_str(&w, "home_page_url", f->page);
    put_str(&w, "feed_url", f->self);
    put_str_if(&w, "description", f->description);
    put_str(&w, "language", f->language);
    put_list(&w, "authors");
    author(&w, f->door->paper.name, door_address(f->door, S("/")));
    put_end(&w);
    if (f->hub.n > 0) {
        put_list(&w, "hubs");
        put_object(&w, NULL);
        put_str(&w, "type", S("WebSub"));
        put_str(&w, "url", f->hub);
        put_end(&w);
        put_end(&w);
    }
    put_list(&w, "items");
    for (size_t i = 0; i < f->n; i++)
        entry(&w, f, &f->entries[i]);
    put_end(&w);
    put_end(&w);
}
