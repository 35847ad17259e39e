#include "site/api/ninjs.h"

#include "news/subject.h"
#include "text/write_ninjs.h"

enum { PICTURE_WIDTH = 2000 };

static void put_value(struct json_writer *w, const char *role, const char *type, str value)
{
    if (value.n == 0)
        return;
    put_object(w, NULL);
    put_str(w, "role", str_c(role));
    put_str(w, "contentType", str_c(type));
    put_str(w, "value", value);
    put_end(w);
}

static void put_standard(struct json_writer *w)
{
    put_object(w, "standard");
    put_str(w, "name", S("ninjs"));
    put_str(w, "version", S("3.0"));
    put_str(w, "schema", S("http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"));
    put_end(w);
}

static void put_alternatives(struct json_writer *w, struct door *d, const struct card *c)
{
    const struct {
        const char *role;
        str value;
    } all[] = {
        {"web", door_address(d, c->path)},
        {"api", door_address(d, str_fmt(d->a, "/api/v1/stories/%lld", (long long)c->id))},
    };

    put_list(w, "altIds");
    for (size_t i = 0; i < LENGTH(all); i++) {
        put_object(w, NULL);
        put_str(w, "role", str_c(all[i].role));
        put_str(w, "value", all[i].value);
        put_end(w);
    }
    put_end(w);
}

/* What a list and the story itself have in common. */
static void put_card(struct json_writer *w, struct door *d, const struct card *c, bool full)
{
    const struct section *section = paper_section_by_id(&d->paper, c->section);

    put_str(w, "uri", door_name(d, "story", c->id));
    put_str(w, "type", S("text"));
    put_str(w, "representationType", full ? S("full") : S("partial"));
    put_str(w, "version", str_fmt(d->a, "%d", c->version));
    put_str(w, "firstCreated", door_moment(d, c->public_at));
    put_str(w, "versionCreated", door_moment(d, door_changed(c)));
    put_str(w, "pubStatus", S("usable"));
    if (c->urgency >= 1 && c->urgency <= 9)
        put_num(w, "urgency", c->urgency);
    put_str(w, "language", c->language.n > 0 ? c->language : d->paper.language);
    put_str_if(w, "by", c->byline);
    if (section != NULL)
        put_str(w, "profile", section->slug);
    if (c->genre.n > 0) {
        put_list(w, "genres");
        put_object(w, NULL);
        put_str(w, "name", c->genre);
        put_end(w);
        put_end(w);
    }
    put_alternatives(w, d, c);
}

static void put_headlines(struct json_writer *w, const struct card *c, str brief)
{
    put_list(w, "headlines");
    put_value(w, "main", "text/plain", c->headline);
    put_value(w, "short", "text/plain", brief);
    put_value(w, "kicker", "text/plain", c->kicker);
    put_end(w);
}

static void put_tied(struct json_writer *w, struct door *d, const char *as, const char *rel,
                     enum subject_kind kind, const struct story_subject *of, size_t n)
{
    if (n == 0)
        return;
    put_list(w, as);
    for (size_t i = 0; i < n; i++) {
        put_object(w, NULL);
        put_str(w, "name", of[i].name);
        put_str(w, "rel", str_c(rel));
        put_str(w, "uri", door_address(d, subject_path(d->a, kind, of[i].slug)));
        put_end(w);
    }
    put_end(w);
}

static void put_subjects(struct json_writer *w, struct door *d, const struct story *s)
{
    put_tied(w, d, "people", "author", SUBJECT_AUTHOR, s->authors, s->author_count);
    put_tied(w, d, "subjects", "about", SUBJECT_TOPIC, s->topics, s->topic_count);
    put_tied(w, d, "places", "located", SUBJECT_PLACE, s->places, s->place_count);
}

static void put_descriptions(struct json_writer *w, const struct story *s)
{
    put_list(w, "descriptions");
    put_value(w, "summary", "text/plain", s->card.standfirst);
    for (size_t i = 0; i < s->correction_count; i++)
        put_value(
            w, str_eq(s->corrections[i].kind, S("clarification")) ? "clarification" : "correction",
            "text/plain", s->corrections[i].reason);
    put_end(w);
}

static void put_body(struct json_writer *w, const char *type, str value,
                     const struct ninjs_body *body)
{
    put_object(w, NULL);
    put_str(w, "role", S("main"));
    put_str(w, "contentType", str_c(type));
    put_num(w, "wordCount", (int64_t)body->words);
    put_num(w, "charCount", (int64_t)body->characters);
    put_str(w, "value", value);
    put_end(w);
}

err ninjs_put_bodies(struct json_writer *w, struct door *d, const struct body *tree)
{
    struct feed_writer how = door_writer(d);
    struct ninjs_body body;

    TRY(body_write_ninjs(d->a, tree, &how, &body, &d->rq->note));
    put_list(w, "bodies");
    put_body(w, "application/xhtml+xml", body.xhtml, &body);
    put_body(w, "text/plain", body.text, &body);
    put_end(w);
    return OK;
}

static void put_picture(struct json_writer *w, struct door *d, const struct story *s)
{
    struct door_picture p;

    if (!door_hero(d, s, PICTURE_WIDTH, &p))
        return;
    put_list(w, "associations");
    put_object(w, NULL);
    put_str(w, "name", S("main"));
    put_str(w, "rel", S("illustration"));
    put_str(w, "uri", door_name(d, "picture", p.id));
    put_str(w, "type", S("picture"));
    put_str_if(w, "by", p.credit);
    put_list(w, "descriptions");
    put_value(w, "caption", "text/plain", p.caption);
    put_value(w, "alt", "text/plain", p.alt);
    put_end(w);
    put_list(w, "renditions");
    put_object(w, NULL);
    put_str(w, "name", S("main"));
    put_str(w, "href", p.url);
    put_str(w, "contentType", p.type);
    put_num(w, "width", p.width);
    put_num(w, "height", p.height);
    put_num(w, "sizeInBytes", p.bytes);
    put_end(w);
    put_end(w);
    put_end(w);
    put_end(w);
}

static void put_rights(struct json_writer *w, const struct door *d, const struct story *s)
{
    put_str_if(w, "located", s->dateline);
    put_str_if(w, "copyrightNotice", s->copyright);
    if (s->credit.n > 0 && !str_eq(s->credit, d->paper.name)) {
        put_list(w, "infoSources");
        put_object(w, NULL);
        put_str(w, "name", s->credit);
        put_end(w);
        put_end(w);
    }
}

err ninjs_write_story(buf *out, struct door *d, const struct story *s)
{
    struct json_writer w = json_writer(out);

    put_object(&w, NULL);
    put_standard(&w);
    put_card(&w, d, &s->card, s->gate == GATE_FULL);
    put_headlines(&w, &s->card, s->short_headline);
    put_descriptions(&w, s);
    put_subjects(&w, d, s);
    put_rights(&w, d, s);
    if (s->gate == GATE_FULL)
        TRY(ninjs_put_bodies(&w, d, &s->body));
    put_picture(&w, d, s);
    put_end(&w);
    return OK;
}

void ninjs_write_list(buf *out, struct door *d, str self, str title, const struct cards *cards)
{
    struct json_writer w = json_writer(out);

    put_object(&w, NULL);
    put_standard(&w);
    put_str(&w, "uri", self);
    put_str(&w, "type", S("composite"));
    put_str(&w, "language", d->paper.language);
    put_list(&w, "headlines");
    put_value(&w, "main", "text/plain", title);
    put_end(&w);
    put_list(&w, "associations");
    for (size_t i = 0; i < cards->n; i++) {
        const struct card *c = &cards->v[i];

        put_object(&w, NULL);
        put_str(&w, "name", str_fmt(d->a, "story-%lld", (long long)c->id));
        put_card(&w, d, c, false);
        put_headlines(&w, c, S(""));
        put_list(&w, "descriptions");
        put_value(&w, "summary", "text/plain", c->standfirst);
        put_end(&w);
        put_end(&w);
    }
    put_end(&w);
    put_end(&w);
}
