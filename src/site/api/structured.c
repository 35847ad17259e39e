#include "site/api/structured.h"

#include "base/utf8.h"

enum { HEADLINE_CHARACTERS = 110 };

/* --- small parts --- */

static str joined(struct json_writer *w, str x, const char *y)
{
    return str_join(w->out->a, x, str_c(y));
}

static void typed(struct json_writer *w, const char *key, const char *type)
{
    put_object(w, key);
    put_str(w, "@type", str_c(type));
}

static void reference(struct json_writer *w, const char *key, str id)
{
    put_object(w, key);
    put_str(w, "@id", id);
    put_end(w);
}

static str paper_id(struct json_writer *w, str address)
{
    return joined(w, address, "/#paper");
}

static str site_id(struct json_writer *w, str address)
{
    return joined(w, address, "/#site");
}

static void addresses(struct json_writer *w, const char *key, const str *of, size_t n)
{
    if (n == 0)
        return;
    put_list(w, key);
    for (size_t i = 0; i < n; i++)
        put_str(w, NULL, of[i]);
    put_end(w);
}

/* --- the paper --- */

static void organisation(struct json_writer *w, const struct told_paper *p)
{
    typed(w, NULL, "NewsMediaOrganization");
    put_str(w, "@id", paper_id(w, p->address));
    put_str(w, "name", p->name);
    put_str_if(w, "legalName", p->publisher);
    put_str(w, "url", joined(w, p->address, "/"));
    put_str_if(w, "description", p->description);
    typed(w, "logo", "ImageObject");
    put_str(w, "url", p->logo);
    put_end(w);
    put_str_if(w, "email", p->email);
    put_str_if(w, "telephone", p->phone);
    put_str_if(w, "address", p->postal);
    put_str_if(w, "correctionsPolicy", p->corrections);
    addresses(w, "sameAs", p->same_as, p->same_as_n);
    put_end(w);
}

static void website(struct json_writer *w, const struct told_paper *p)
{
    typed(w, NULL, "WebSite");
    put_str(w, "@id", site_id(w, p->address));
    put_str(w, "name", p->name);
    put_str(w, "url", joined(w, p->address, "/"));
    put_str_if(w, "inLanguage", p->language);
    reference(w, "publisher", paper_id(w, p->address));
    if (p->search.n > 0) {
        typed(w, "potentialAction", "SearchAction");
        typed(w, "target", "EntryPoint");
        put_str(w, "urlTemplate", joined(w, p->search, "?q={search_term_string}"));
        put_end(w);
        put_end(w);
    }
    put_end(w);
}

void told_paper(struct json_writer *w, const struct told_paper *p)
{
    organisation(w, p);
    website(w, p);
}

/* --- a story --- */

static void people(struct json_writer *w, const struct told_story *s)
{
    put_list(w, "author");
    for (size_t i = 0; i < s->author_n; i++) {
        typed(w, NULL, "Person");
        put_str(w, "name", s->authors[i].name);
        put_str_if(w, "url", s->authors[i].url);
        put_str_if(w, "jobTitle", s->authors[i].role);
        put_end(w);
    }
    if (s->author_n == 0 && s->byline.n > 0) {
        typed(w, NULL, "Person");
        put_str(w, "name", s->byline);
        put_end(w);
    } else if (s->author_n == 0) {
        reference(w, NULL, paper_id(w, s->paper));
    }
    put_end(w);
}

static void picture_facts(struct json_writer *w, const struct told_picture *p)
{
    if (p->width > 0 && p->height > 0) {
        put_str(w, "width", str_fmt(w->out->a, "%d px", p->width));
        put_str(w, "height", str_fmt(w->out->a, "%d px", p->height));
    }
    put_str_if(w, "caption", p->caption);
    put_str_if(w, "creditText", p->credit);
}

static void picture(struct json_writer *w, const struct told_picture *p)
{
    if (p == NULL)
        return;
    put_list(w, "image");
    typed(w, NULL, "ImageObject");
    put_str(w, "url", p->url);
    picture_facts(w, p);
    put_end(w);
    put_end(w);
}

static void video(struct json_writer *w, const char *name, const struct told_video *v)
{
    typed(w, name, v->is_sound ? "AudioObject" : "VideoObject");
    put_str(w, "name", v->name);
    put_str_if(w, "description", v->description);
    put_str_if(w, "thumbnailUrl", v->poster);
    put_str(w, "uploadDate", v->at);
    put_str(w, "contentUrl", v->url);
    put_str_if(w, "encodingFormat", v->type);
    put_str_if(w, "duration", v->duration);
    if (v->width > 0 && v->height > 0) {
        put_str(w, "width", str_fmt(w->out->a, "%d px", v->width));
        put_str(w, "height", str_fmt(w->out->a, "%d px", v->height));
    }
    put_str_if(w, "transcript", v->transcript);
    put_end(w);
}

/* One stands alone, several in a list. */
static void videos_of_kind(struct json_writer *w, const struct told_story *s, bool sound)
{
    const char *name = sound ? "audio" : "video";
    size_t n = 0;

    for (size_t i = 0; i < s->video_n; i++)
        n += s->videos[i].is_sound == sound;
    if (n > 1)
        put_list(w, name);
    for (size_t i = 0; i < s->video_n; i++)
        if (s->videos[i].is_sound == sound)
            video(w, n > 1 ? NULL : name, &s->videos[i]);
    if (n > 1)
        put_end(w);
}

static void things(struct json_writer *w, const char *key, const char *type,
                   const struct told_person *of, size_t n)
{
    if (n == 0)
        return;
    put_list(w, key);
    for (size_t i = 0; i < n; i++) {
        typed(w, NULL, type);
        put_str(w, "name", of[i].name);
        put_str_if(w, "url", of[i].url);
        put_end(w);
    }
    put_end(w);
}

static void topics(struct json_writer *w, const struct told_story *s)
{
    if (s->topic_n == 0)
        return;
    put_list(w, "keywords");
    for (size_t i = 0; i < s->topic_n; i++)
        put_str(w, NULL, s->topics[i].name);
    put_end(w);
    things(w, "about", "Thing", s->topics, s->topic_n);
}

static void corrections(struct json_writer *w, const struct told_story *s)
{
    if (s->correction_n == 0)
        return;
    put_list(w, "correction");
    for (size_t i = 0; i < s->correction_n; i++) {
        typed(w, NULL, "CorrectionComment");
        put_str(w, "text", s->corrections[i].text);
        put_str_if(w, "datePublished", s->corrections[i].at);
        put_end(w);
    }
    put_end(w);
}

static void review(struct json_writer *w, const struct told_story *s)
{
    if (!s->is_review)
        return;
    typed(w, "itemReviewed", "CreativeWork");
    put_str(w, "name", s->reviewed.n > 0 ? s->reviewed : s->headline);
    put_end(w);
    if (s->is_rated) {
        typed(w, "reviewRating", "Rating");
        if (s->half_stars % 2 == 0)
            put_num(w, "ratingValue", s->half_stars / 2);
        else
            put_str(w, "ratingValue", str_fmt(w->out->a, "%d.5", s->half_stars / 2));
        put_num(w, "bestRating", 5);
        put_num(w, "worstRating", 0);
        put_end(w);
    }
}

/* Search engines show no more of a headline. */
static str shortened(arena *a, str headline)
{
    str rest = headline;

    if (utf8_length(headline) <= HEADLINE_CHARACTERS)
        return headline;
    for (int i = 0; i < HEADLINE_CHARACTERS - 1; i++)
        utf8_next(&rest);
    return str_join(a, str_trim(str_to(headline, headline.n - rest.n)), S("…"));
}

static void update(struct json_writer *w, const char *key, const struct told_update *u, str paper)
{
    typed(w, key, "BlogPosting");
    put_str_if(w, "@id", u->url);
    put_str_if(w, "url", u->url);
    put_str_if(w, "headline", shortened(w->out->a, u->headline));
    put_str(w, "datePublished", u->at);
    put_str_if(w, "dateModified", u->changed);
    put_str_if(w, "articleBody", u->text);
    if (u->byline.n > 0) {
        typed(w, "author", "Person");
        put_str(w, "name", u->byline);
        put_end(w);
    } else
        reference(w, "author", paper_id(w, paper));
}

static void updates(struct json_writer *w, const struct told_story *s)
{
    if (!s->is_live)
        return;
    put_str_if(w, "coverageStartTime", s->live_from);
    put_str_if(w, "coverageEndTime", s->live_until);
    put_list(w, "liveBlogUpdate");
    for (size_t i = 0; i < s->update_n; i++) {
        update(w, NULL, &s->updates[i], s->paper);
        put_end(w);
    }
    put_end(w);
}

void told_entry(struct json_writer *w, str paper, const struct told_update *e,
                const struct told_link *story)
{
    update(w, NULL, e, paper);
    typed(w, "isPartOf", "LiveBlogPosting");
    put_str(w, "@id", joined(w, story->url, "#story"));
    put_str(w, "url", story->url);
    put_str(w, "headline", shortened(w->out->a, story->name));
    put_end(w);
    put_end(w);
}

static const char *kind_of(const struct told_story *s)
{
    return s->is_live      ? "LiveBlogPosting"
           : s->is_review  ? "ReviewNewsArticle"
           : s->is_opinion ? "OpinionNewsArticle"
                           : "NewsArticle";
}

void told_story(struct json_writer *w, const struct told_story *s)
{
    typed(w, NULL, kind_of(s));
    put_str(w, "@id", joined(w, s->url, "#story"));
    put_str(w, "url", s->url);
    typed(w, "mainEntityOfPage", "WebPage");
    put_str(w, "@id", s->url);
    put_end(w);
    put_str(w, "headline", shortened(w->out->a, s->headline));
    put_str_if(w, "alternativeHeadline", s->alternative);
    put_str_if(w, "description", s->description);
    put_str(w, "datePublished", s->published);
    put_str(w, "dateModified", s->changed);
    people(w, s);
    reference(w, "publisher", paper_id(w, s->paper));
    reference(w, "isPartOf", site_id(w, s->paper));
    picture(w, s->picture);
    videos_of_kind(w, s, false);
    videos_of_kind(w, s, true);
    put_str_if(w, "articleSection", s->section);
    topics(w, s);
    things(w, "contentLocation", "Place", s->places, s->place_n);
    put_str_if(w, "inLanguage", s->language);
    if (!s->is_live) /* which is no NewsArticle */
        put_str_if(w, "dateline", s->dateline);
    if (s->words > 0)
        put_num(w, "wordCount", s->words);
    put_truth(w, "isAccessibleForFree", true);
    corrections(w, s);
    review(w, s);
    updates(w, s);
    put_end(w);
}

/* --- lists --- */

static void places(struct json_writer *w, const struct told_link *links, size_t n,
                   const char *address)
{
    put_list(w, "itemListElement");
    for (size_t i = 0; i < n; i++) {
        typed(w, NULL, "ListItem");
        put_num(w, "position", (int64_t)i + 1);
        put_str(w, "name", links[i].name);
        put_str(w, address, links[i].url);
        put_end(w);
    }
    put_end(w);
}

/* What the page is about, as `key` of it. */
static void subject(struct json_writer *w, const char *key, const struct told_list *l)
{
    static const char *const types[] = {
        [TOLD_TOPIC] = "Thing", [TOLD_PLACE] = "Place", [TOLD_AUTHOR] = "Person"};

    typed(w, key, types[l->about]);
    put_str(w, "@id", joined(w, l->url, "#subject"));
    put_str(w, "name", l->subject);
    put_str(w, "url", l->url);
    put_str_if(w, "description", l->description);
    put_str_if(w, "jobTitle", l->role);
    put_str_if(w, "email", l->email);
    picture(w, l->picture);
    addresses(w, "sameAs", l->same_as, l->same_as_n);
    if (l->about == TOLD_AUTHOR)
        reference(w, "worksFor", paper_id(w, l->paper));
    put_end(w);
}

void told_list(struct json_writer *w, const struct told_list *l)
{
    typed(w, NULL, l->about == TOLD_AUTHOR ? "ProfilePage" : "CollectionPage");
    put_str(w, "@id", l->url);
    put_str(w, "url", l->url);
    put_str(w, "name", l->name);
    put_str_if(w, "description", l->description);
    put_str_if(w, "inLanguage", l->language);
    reference(w, "isPartOf", site_id(w, l->paper));
    if (l->about == TOLD_AUTHOR) {
        subject(w, "mainEntity", l);
        put_end(w);
        return;
    }
    if (l->about != TOLD_NOTHING)
        subject(w, "about", l);
    typed(w, "mainEntity", "ItemList");
    put_num(w, "numberOfItems", (int64_t)l->n);
    places(w, l->items, l->n, "url");
    put_end(w);
    put_end(w);
}

/* --- galleries --- */

static void shot(struct json_writer *w, const struct told_shot *s)
{
    put_str(w, "@id", joined(w, s->page, "#picture"));
    put_str(w, "url", s->page);
    put_str(w, "contentUrl", s->picture.url);
    picture_facts(w, &s->picture);
}

static void of_story(struct json_writer *w, const struct told_gallery *g)
{
    put_list(w, "isPartOf");
    reference(w, NULL, site_id(w, g->paper));
    typed(w, NULL, "NewsArticle");
    put_str(w, "@id", joined(w, g->story.url, "#story"));
    put_str(w, "url", g->story.url);
    put_str(w, "headline", shortened(w->out->a, g->story.name));
    put_end(w);
    put_end(w);
}

void told_gallery(struct json_writer *w, const struct told_gallery *g)
{
    typed(w, NULL, "ImageGallery");
    put_str(w, "@id", g->all.n > 0 ? g->all : g->url);
    put_str(w, "url", g->all.n > 0 ? g->all : g->url);
    put_str(w, "name", g->name);
    put_str_if(w, "inLanguage", g->language);
    of_story(w, g);
    put_list(w, "associatedMedia");
    for (size_t i = 0; i < g->n; i++) {
        typed(w, NULL, "ImageObject");
        shot(w, &g->shots[i]);
        put_end(w);
    }
    put_end(w);
    put_end(w);
}

void told_way(struct json_writer *w, str url, const struct told_link *steps, size_t n)
{
    typed(w, NULL, "BreadcrumbList");
    put_str(w, "@id", joined(w, url, "#way"));
    places(w, steps, n, "item");
    put_end(w);
}
