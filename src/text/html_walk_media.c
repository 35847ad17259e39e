/* Pictures, films, sounds, galleries, and cards for what others embed. */
#include "text/html_walk.h"

#include "text/url.h"

static bool has_attr(const struct html_node *e, const char *name)
{
    for (size_t i = 0; i < e->attr_count; i++)
        if (str_eq(e->attrs[i].name, str_c(name)))
            return true;
    return false;
}

/* Did the page's writer put it there for a block that says nothing? */
static bool is_filled(const struct walk *k, const struct html_node *e)
{
    return k->how->own && has_attr(e, "data-filled");
}

static int pixels(const struct html_node *e, const char *attr)
{
    str s = str_trim(html_attr(e, attr));
    int64_t n = 0;

    if (str_ends(s, S("px")))
        s = str_to(s, s.n - 2);
    return str_int(s, &n) && n > 0 && n <= 100000 ? (int)n : 0;
}

/* --- captions and credits --------------------------------------------------------------------- */

static struct html_node *find_credit(const struct walk *k, struct html_node *e)
{
    for (struct html_node *c = e->first; c != NULL; c = c->next) {
        if (c->name.n == 0)
            continue;
        if (html_class(c, "|credit|") ||
            (!k->how->own &&
             (html_is(c, "small") ||
              html_class(c, "|copyright|photographer|photo-credit|image-credit|image__credit|"
                            "caption-credit|media-credit|photocredit|byline|"))))
            return c;

        struct html_node *inner = find_credit(k, c);

        if (inner != NULL)
            return inner;
    }
    return NULL;
}

/* The title of a film is a <b class="title">. */
static void take_title(struct walk *k, struct block *b, struct html_node *caption)
{
    struct html_node *title = k->how->own ? html_inside(caption, "b") : NULL;

    if (title != NULL && html_class(title, "|media-title|")) {
        b->title = html_words(k->a, title);
        title->taken = true;
    }
}

/* Words and credit under a picture, into the open block. */
static void walk_caption(struct walk *k, struct block *b, struct html_node *caption)
{
    struct html_node *credit = caption == NULL ? NULL : find_credit(k, caption);

    if (caption == NULL)
        return;
    take_title(k, b, caption);
    if (credit != NULL) {
        if (!is_filled(k, credit))
            b->credit = html_words(k->a, credit);
        credit->taken = true;
    }
    for (struct html_node *c = caption->first; c != NULL; c = c->next)
        if (c->name.n > 0 && is_filled(k, c))
            c->taken = true;
    walk_children(k, caption);
}

/* --- pictures --------------------------------------------------------------------------------- */

static str absolute(const struct walk *k, str s)
{
    str joined = url_join(k->a, k->how->base, s);

    if (k->how->keep_relative && k->how->base.n == 0 && !str_starts(joined, S("http")))
        return s;
    return str_starts(joined, S("http")) ? joined : (str){0};
}

/* The first address in a srcset. */
static str first_of_set(str set)
{
    size_t n = 0;

    set = str_trim(set);
    while (n < set.n && set.p[n] > ' ')
        n++;
    set = str_to(set, n);
    return str_ends(set, S(",")) ? str_to(set, set.n - 1) : set;
}

static str picture_address(const struct walk *k, const struct html_node *e)
{
    static const char *const names[] = {"data-src", "data-original", "data-lazy-src", "src",
                                        "xlink:href"};

    for (size_t i = 0; i < LENGTH(names); i++) {
        str s = str_trim(html_attr(e, names[i]));

        if (s.n > 0 && !str_starts_nocase(s, S("data:"))) {
            s = absolute(k, s);
            if (s.n > 0)
                return s;
        }
    }

    str set = first_of_set(html_attr(e, "srcset"));

    return set.n == 0 || str_starts_nocase(set, S("data:")) ? (str){0} : absolute(k, set);
}

static bool is_smiley(const struct html_node *e)
{
    return html_class(e, "|emoji|wp-smiley|smiley|emoticon|");
}

/* A dot that counts readers. */
static bool is_dot(const struct html_node *e)
{
    int w = pixels(e, "width"), h = pixels(e, "height");

    return (has_attr(e, "width") && w <= 1) || (has_attr(e, "height") && h <= 1);
}

/* What our own page says in data attributes of the figure. */
static void take_own(const struct walk *k, struct block *b, const struct html_node *e)
{
    if (!k->how->own)
        return;
    str_int(html_attr(e, "data-media"), &b->media);
    b->address = html_attr(e, "data-address");
    b->alt = html_attr(e, "data-alt");
    b->width = pixels(e, "data-width");
    b->height = pixels(e, "data-height");
}

static void walk_one_picture(struct walk *k, struct html_node *holder, struct html_node *img,
                             struct html_node *caption)
{
    struct walk_state before;
    struct block *b = walk_open(k, holder, BLOCK_PICTURE, false, &before);

    take_own(k, b, holder);
    if (img != NULL) {
        if (b->address.n == 0)
            b->address = picture_address(k, img);
        if (!is_filled(k, img))
            b->alt = html_attr(img, "alt");
        if (b->width == 0) {
            b->width = pixels(img, "width");
            b->height = pixels(img, "height");
        }
    }
    walk_caption(k, b, caption);
    walk_close(k, before);
}

bool walk_picture(struct walk *k, struct html_node *e)
{
    if (is_smiley(e)) {
        walk_text(k, html_attr(e, "alt"));
    } else if (!k->how->no_pictures && !k->how->own && !is_dot(e) && picture_address(k, e).n > 0) {
        bool flow = k->flow, paragraph = k->paragraph;

        k->flow = false; /* inside a paragraph the builder makes way */
        walk_one_picture(k, NULL, e, NULL);
        k->flow = flow;
        k->paragraph = paragraph;
    } else if (!is_dot(e)) {
        str alt = html_attr(e, "alt");

        if (k->flow && !k->paragraph && k->how->no_pictures)
            return true;
        walk_text(k, alt);
    }
    return true;
}

/* --- galleries -------------------------------------------------------------------------------- */

bool is_gallery(const struct html_node *e)
{
    return html_class(e, "|gallery|wp-block-gallery|blocks-gallery|image-gallery|photo-gallery|");
}

/* Each picture inside, with its own caption where it stands in a figure. */
static void walk_pictures(struct walk *k, struct html_node *e)
{
    for (struct html_node *c = e->first; c != NULL; c = c->next) {
        if (c->name.n == 0)
            continue;
        if (html_is(c, "figure") && html_count(c, "img") <= 1) {
            struct html_node *caption = html_inside(c, "figcaption");
            str words = k->language, blocks = k->block_language, own = html_attr(c, "lang");

            if (language_ok(own))
                k->language = k->block_language = own;
            walk_one_picture(k, c, html_inside(c, "img"), caption);
            k->language = words;
            k->block_language = blocks;
        } else if (html_is(c, "img")) {
            if (!is_dot(c))
                walk_one_picture(k, NULL, c, NULL);
        } else {
            walk_pictures(k, c);
        }
    }
}

static struct html_node *own_caption(struct html_node *e)
{
    for (struct html_node *c = e->first; c != NULL; c = c->next)
        if (html_is(c, "figcaption") || html_class(c, "|gallery-title|"))
            return c;
    return NULL;
}

bool walk_gallery(struct walk *k, struct html_node *e)
{
    struct walk_state before;
    struct html_node *caption = own_caption(e);

    if (!k->flow || k->how->no_pictures)
        return false;
    if (html_count(e, "img") < 2 && !(k->how->own && html_count(e, "figure") > 0))
        return false;

    struct block *b = walk_open(k, e, BLOCK_GALLERY, false, &before);

    if (caption != NULL) {
        b->title = html_words(k->a, caption);
        caption->taken = true;
    }
    walk_pictures(k, e);
    walk_close(k, before);
    return true;
}

/* --- films and sounds ------------------------------------------------------------------------- */

static str film_address(const struct walk *k, struct html_node *e)
{
    str s = html_attr(e, "src");

    for (struct html_node *c = e->first; s.n == 0 && c != NULL; c = c->next)
        if (html_is(c, "source"))
            s = html_attr(c, "src");
    return s.n == 0 || str_starts_nocase(s, S("data:")) ? (str){0} : absolute(k, s);
}

static void walk_one_film(struct walk *k, struct html_node *holder, struct html_node *film,
                          enum block_kind kind, struct html_node *caption)
{
    struct walk_state before;
    struct block *b = walk_open(k, holder, kind, false, &before);

    take_own(k, b, holder);
    if (film != NULL && b->address.n == 0 && b->media == 0)
        b->address = film_address(k, film);
    if (film != NULL && !k->how->own)
        b->title = html_attr(film, "title");
    walk_caption(k, b, caption);
    walk_close(k, before);
}

bool walk_film(struct walk *k, struct html_node *e, enum block_kind kind)
{
    if (!k->how->no_pictures && !k->how->own && film_address(k, e).n > 0)
        walk_one_film(k, NULL, e, kind, NULL);
    return true;
}

/* --- cards for what others embed -------------------------------------------------------------- */

bool is_card(const struct html_node *e)
{
    return html_class(e, "|twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|"
                         "mastodon-embed|reddit-embed-bq|reddit-card|fb-post|fb-video|"
                         "imgur-embed-pub|");
}

static struct html_node *last_link(struct html_node *e)
{
    struct html_node *found = NULL;

    for (struct html_node *c = e->first; c != NULL; c = c->next) {
        struct html_node *inner = c->name.n == 0 ? NULL : last_link(c);

        if (inner != NULL)
            found = inner;
        else if (html_is(c, "a") &&
                 str_starts_nocase(str_trim(html_attr(c, "href")), S("https://")))
            found = c;
    }
    return found;
}

static str card_address(const struct walk *k, struct html_node *e)
{
    static const char *const names[] = {"data-instgrm-permalink", "cite", "data-href",
                                        "data-bluesky-uri"};

    for (size_t i = 0; i < LENGTH(names); i++) {
        str s = url_web(k->a, html_attr(e, names[i]));

        if (str_starts(s, S("https:")))
            return s;
    }

    struct html_node *link = last_link(e);

    return link == NULL ? (str){0} : url_web(k->a, html_attr(link, "href"));
}

bool walk_card(struct walk *k, struct html_node *e)
{
    str address = card_address(k, e);
    struct walk_state before;

    if (!k->flow || k->how->no_pictures || address.n == 0)
        return false;

    struct block *b = walk_open(k, e, BLOCK_EMBED, false, &before);

    b->address = address;
    b->credit = url_site(address);
    walk_children(k, e);
    walk_close(k, before);
    return true;
}

/* The page that people watch, for the frame that a player sits in. */
static str watch_address(arena *a, str s)
{
    struct url u;

    if (!url_split(s, &u))
        return s;

    str site = url_site(s);

    if ((str_eq(site, S("youtube.com")) || str_eq(site, S("youtube-nocookie.com"))) &&
        str_starts(u.path, S("/embed/")))
        return str_fmt(a, "https://www.youtube.com/watch?v=%.*s", STR(str_from(u.path, 7)));
    if (str_eq(site, S("player.vimeo.com")) && str_starts(u.path, S("/video/")))
        return str_fmt(a, "https://vimeo.com/%.*s", STR(str_from(u.path, 7)));
    return s;
}

bool walk_frame(struct walk *k, struct html_node *e)
{
    str src = html_attr(e, "src");
    str address = url_join(k->a, k->how->base, src.n > 0 ? src : html_attr(e, "data-src"));

    if (k->how->no_pictures || is_dot(e) || !str_starts(address, S("https:")))
        return true;

    struct block *b = walk_block(k, e, BLOCK_EMBED, NULL);

    b->address = watch_address(k->a, address);
    b->title = html_attr(e, "title");
    b->credit = url_site(b->address);
    return true;
}

/* A card as our own page writes it. */
static bool walk_own_card(struct walk *k, struct html_node *e)
{
    struct html_node *said = html_inside(e, "blockquote"), *caption = html_inside(e, "figcaption");
    struct html_node *link = caption == NULL ? NULL : html_inside(caption, "a");
    struct walk_state before;

    if (!k->flow || link == NULL)
        return false;

    struct block *b = walk_open(k, e, BLOCK_EMBED, false, &before);

    b->address = html_attr(link, "href");
    if (!is_filled(k, link))
        b->title = html_words(k->a, link);
    for (struct html_node *c = caption->first; c != NULL; c = c->next)
        if (c->name.n > 0 && html_class(c, "|credit|"))
            b->credit = html_words(k->a, c);
    if (said != NULL)
        walk_children(k, said);
    walk_close(k, before);
    return true;
}

/* --- figures ---------------------------------------------------------------------------------- */

static bool walk_own_figure(struct walk *k, struct html_node *e)
{
    struct html_node *caption = html_inside(e, "figcaption");

    if (html_class(e, "|embed|"))
        return walk_own_card(k, e);
    if (html_class(e, "|picture|"))
        walk_one_picture(k, e, html_inside(e, "img"), caption);
    else if (html_class(e, "|video|"))
        walk_one_film(k, e, html_inside(e, "video"), BLOCK_VIDEO, caption);
    else if (html_class(e, "|audio|"))
        walk_one_film(k, e, html_inside(e, "audio"), BLOCK_AUDIO, caption);
    else
        return false;
    return true;
}

static bool walk_film_figure(struct walk *k, struct html_node *e, struct html_node *caption)
{
    struct html_node *video = html_inside(e, "video"), *audio = html_inside(e, "audio");
    struct html_node *film = video != NULL ? video : audio;

    if (film == NULL || film_address(k, film).n == 0)
        return false;
    walk_one_film(k, e, film, video != NULL ? BLOCK_VIDEO : BLOCK_AUDIO, caption);
    return true;
}

bool walk_figure(struct walk *k, struct html_node *e)
{
    struct html_node *caption = html_inside(e, "figcaption"), *img = html_inside(e, "img");

    if (!k->flow)
        return false;
    if (k->how->own && walk_own_figure(k, e))
        return true;
    if (is_pull_quote(e))
        return walk_pull_quote(k, e);
    if (html_inside(e, "blockquote") != NULL && img == NULL)
        return is_card(html_inside(e, "blockquote")) ? false : walk_quote(k, e);
    if (html_inside(e, "table") != NULL || k->how->no_pictures)
        return false;
    if (walk_film_figure(k, e, caption))
        return true;
    if (html_count(e, "img") > 1 && walk_gallery(k, e))
        return true;
    if (img == NULL || picture_address(k, img).n == 0)
        return false;
    walk_one_picture(k, e, img, caption);
    return true;
}
