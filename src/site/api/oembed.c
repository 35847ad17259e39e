/*
 * oembed.c - GET /oembed?url=...: what another site shows where somebody there links to a story
 * (oembed.com, version 1.0, type "link").
 */
#include "media/card.h"
#include "news/subject.h"
#include "site/api/door.h"
#include "site/api/doors.h"
#include "text/json_write.h"
#include "text/url.h"
#include "text/xml_write.h"

enum { OEMBED_MAX = 64 << 10, PICTURE_WIDTH = 1280 };

struct oembed {
    str title, url, author, author_url, provider, provider_url, description;
    str picture; /* empty: larger than asked for */
    int width, height;
};

/* The path of a page of ours; empty for any other address. */
static str own_path(const struct door *d, str given)
{
    struct url u;
    str whole = url_web(d->a, given);

    if (!str_starts(whole, d->paper.address) || !url_split(whole, &u) ||
        !str_eq(url_host(whole), url_host(d->paper.address)))
        return (str){0};
    return u.path;
}

static bool fits(struct request *rq, str name, int size)
{
    str given;
    int64_t most;

    return !request_query(rq, name, &given) || !str_int(given, &most) || size <= most;
}

static void fill_picture(struct door *d, const struct story *s, struct oembed *o)
{
    struct door_picture p;

    if (door_hero(d, s, PICTURE_WIDTH, &p)) {
        o->picture = p.url;
        o->width = p.width;
        o->height = p.height;
    } else {
        o->picture = door_address(d, str_fmt(d->a, "/card/%lld.png", (long long)s->card.id));
        o->width = CARD_WIDTH;
        o->height = CARD_HEIGHT;
    }
    if (!fits(d->rq, S("maxwidth"), o->width) || !fits(d->rq, S("maxheight"), o->height))
        o->picture = (str){0};
}

static void write_json(buf *out, const struct oembed *o)
{
    struct json_writer w = json_writer(out);

    put_object(&w, NULL);
    put_str(&w, "type", S("link"));
    put_str(&w, "version", S("1.0"));
    put_str(&w, "title", o->title);
    put_str(&w, "url", o->url);
    put_str_if(&w, "description", o->description);
    put_str_if(&w, "author_name", o->author);
    put_str_if(&w, "author_url", o->author_url);
    put_str(&w, "provider_name", o->provider);
    put_str(&w, "provider_url", o->provider_url);
    if (o->picture.n > 0) {
        put_str(&w, "thumbnail_url", o->picture);
        put_num(&w, "thumbnail_width", o->width);
        put_num(&w, "thumbnail_height", o->height);
    }
    put_end(&w);
}

static void write_xml(buf *out, const struct oembed *o)
{
    struct xml_writer w = xml_writer(out);

    xml_put_begin(&w, "oembed");
    xml_put_element(&w, "type", S("link"));
    xml_put_element(&w, "version", S("1.0"));
    xml_put_element(&w, "title", o->title);
    xml_put_element(&w, "url", o->url);
    xml_put_element_if(&w, "description", o->description);
    xml_put_element_if(&w, "author_name", o->author);
    xml_put_element_if(&w, "author_url", o->author_url);
    xml_put_element(&w, "provider_name", o->provider);
    xml_put_element(&w, "provider_url", o->provider_url);
    if (o->picture.n > 0) {
        xml_put_element(&w, "thumbnail_url", o->picture);
        xml_put_element(&w, "thumbnail_width", str_fmt(out->a, "%d", o->width));
        xml_put_element(&w, "thumbnail_height", str_fmt(out->a, "%d", o->height));
    }
    xml_put_end(&w);
}

static err load(struct door *d, str url, struct oembed *o)
{
    struct story s;
    str moved, path = own_path(d, url);

    if (path.n == 0)
        return E_MISSING;
    TRY(story_at(&d->r, path, &s, &moved));
    *o = (struct oembed){
        .title = s.card.headline,
        .url = door_address(d, s.card.path),
        .description = s.card.standfirst,
        .author = door_byline(d, &s),
        .author_url = s.author_count == 1
                          ? door_address(d, subject_path(d->a, SUBJECT_AUTHOR, s.authors[0].slug))
                          : (str){0},
        .provider = d->paper.name,
        .provider_url = door_address(d, S("/")),
    };
    fill_picture(d, &s, o);
    return OK;
}

err oembed(struct request *rq)
{
    str url, format = S("json");
    struct door d;
    struct oembed o;
    buf out = buf_new(rq->arena, OEMBED_MAX);
    err e;

    if (!request_query(rq, S("url"), &url))
        return fail(&rq->note, E_INVALID, "url= says which page");
    if (request_query(rq, S("format"), &format) && !str_eq(format, S("json")) &&
        !str_eq(format, S("xml")))
        return reply_error(rq, 501);
    TRY(door_open(rq, OUTLET_CARD, &d));
    e = load(&d, url, &o);
    if (e != OK)
        return e == E_DENIED ? reply_error(rq, 401) : e == E_GONE ? E_MISSING : e;
    if (str_eq(format, S("xml"))) {
        write_xml(&out, &o);
        return door_reply(&d, S("text/xml; charset=utf-8"), &out, NULL, 0);
    }

    static const struct header open = {S_INIT("Access-Control-Allow-Origin"), S_INIT("*")};

    write_json(&out, &o);
    return door_reply(&d, S("application/json"), &out, &open, 1);
}
