#include "wire/ninjs/ninjs.h"
#include "wire/page/page.h"

#include "base/utf8.h"
#include "text/url.h"
#include "wire/item/byline.h"
#include "wire/item/wire_body.h"

enum { METAS_MAX = 400, JSON_SCRIPTS_MAX = 20, AUTHORS_MAX = 20 };

struct reading {
    arena *a;
    struct page_node *root;
    struct wire_item *out;
    json_t *article; /* what JSON-LD says about it, or NULL */
    str keys[METAS_MAX], values[METAS_MAX];
    size_t metas;
    str site; /* name of the paper */
};

static void collect_metas(struct reading *r)
{
    for (struct page_node *n = r->root; n != NULL && r->metas < METAS_MAX;
         n = page_next(n, r->root)) {
        if (!page_is(n, "meta"))
            continue;
        str key = page_attr(n, "property");
        if (key.n == 0)
            key = page_attr(n, "name");
        if (key.n == 0)
            key = page_attr(n, "itemprop");
        str value = str_trim(page_attr(n, "content"));
        if (key.n == 0 || value.n == 0)
            continue;
        r->keys[r->metas] = str_trim(key);
        r->values[r->metas++] = value;
    }
}

/* The first of these (names between spaces). */
static str meta(struct reading *r, const char *names)
{
    str rest = str_c(names), name;

    while (str_cut(&rest, ' ', &name))
        for (size_t i = 0; i < r->metas; i++) {
            str key = r->keys[i], one;

            while (str_cut(&key, ' ', &one)) /* some say "dc:title og:title" */
                if (str_eq_nocase(one, name))
                    return wire_words_of_html(r->a, r->values[i]);
        }
    return S("");
}

/* --- JSON-LD ---------------------------------------------------------------------------------- */

static bool is_article(arena *a, json_t *o)
{
    str type = ninjs_words(a, ninjs_get(o, "@type"));

    return str_find_nocase(type, S("article")) >= 0 || str_find_nocase(type, S("posting")) >= 0;
}

static json_t *find_article(arena *a, json_t *v, int depth)
{
    json_t *one, *found = NULL;
    const char *key;
    size_t i;

    if (depth > 6)
        return NULL;
    if (json_is_object(v) && is_article(a, v))
        return v;
    json_array_foreach(v, i, one) if (found == NULL) found = find_article(a, one, depth + 1);
    json_object_foreach(v, key, one) if (found == NULL && (strcmp(key, "@graph") == 0 ||
                                                           strcmp(key, "mainEntity") == 0)) found =
        find_article(a, one, depth + 1);
    return found;
}

static void read_json(struct reading *r)
{
    size_t seen = 0;

    for (struct page_node *n = r->root; n != NULL; n = page_next(n, r->root)) {
        struct ninjs_file file;

        if (!page_is(n, "script") || n->first == NULL ||
            !str_starts_nocase(str_trim(page_attr(n, "type")), S("application/ld+json")))
            continue;
        if (++seen > JSON_SCRIPTS_MAX || r->article != NULL)
            return;
        if (ninjs_load(r->a, str_trim(n->first->text), &file, NULL) == OK)
            r->article = find_article(r->a, file.root, 0);
    }
}

static str said(struct reading *r, const char *names)
{
    return r->article == NULL ? S("") : ninjs_field(r->a, r->article, names);
}

static str first_of(str x, str y)
{
    return x.n > 0 ? x : y;
}

/* --- headline --------------------------------------------------------------------------------- */

static bool says_the_same(arena *a, str x, str y)
{
    return str_eq_nocase(str_squeeze(a, x), str_squeeze(a, y));
}

static ptrdiff_t last_separator(str title, size_t *length)
{
    static const str separators[] = {S_INIT(" | "),  S_INIT(" - "), S_INIT(" – "), S_INIT(" — "),
                                     S_INIT(" :: "), S_INIT(" · "), S_INIT(" » "), S_INIT(" • ")};
    ptrdiff_t last = -1;

    for (size_t i = 0; i < LENGTH(separators); i++) {
        str rest = title;
        ptrdiff_t at;

        while ((at = str_find(rest, separators[i])) >= 0) {
            ptrdiff_t here = (rest.p - title.p) + at;
            if (here > last) {
                last = here;
                *length = separators[i].n;
            }
            rest = str_from(rest, (size_t)at + separators[i].n);
        }
    }
    return last;
}

static size_t words_in(str s)
{
    size_t n = 0;
    str word;

    while (str_cut(&s, ' ', &word))
        n += word.n > 0;
    return n;
}

/* "Headline | The Paper" -> "Headline".  The paper's name is known, or it is short and the rest is
 * a headline by itself. */
static str without_site(struct reading *r, str title, bool guess)
{
    for (int i = 0; i < 3; i++) {
        size_t skip = 0;
        ptrdiff_t at = last_separator(title, &skip);

        if (at <= 0)
            return title;
        str tail = str_from(title, (size_t)at + skip), head = str_trim(str_to(title, (size_t)at));
        bool named = r->site.n > 0 &&
                     (str_find_nocase(tail, r->site) >= 0 || str_find_nocase(r->site, tail) >= 0);
        if (!named && !(guess && words_in(tail) <= 4 && words_in(head) >= 4))
            return title;
        title = head;
    }
    return title;
}

static str heading_of(struct reading *r)
{
    str first = S(""), named = S("");

    for (struct page_node *n = r->root; n != NULL; n = page_next(n, r->root)) {
        if (!page_is(n, "h1"))
            continue;
        str words = wire_field(r->a, page_words(r->a, n));
        if (first.n == 0)
            first = words;
        if (named.n == 0 && page_called(n, "|headline|title|heading|"))
            named = words;
    }
    return first_of(named, first);
}

static struct page_node *find(struct page_node *root, const char *name)
{
    for (struct page_node *n = root; n != NULL; n = page_next(n, root))
        if (page_is(n, name))
            return n;
    return NULL;
}

static str title_of(struct reading *r)
{
    struct page_node *n = find(r->root, "title");

    return n == NULL ? S("") : wire_field(r->a, page_words(r->a, n));
}

/* Of "The Quay - Cannery bought" the part that the page prints by itself; empty: none. */
static str printed_part(struct reading *r, str title)
{
    size_t skip = 0;
    ptrdiff_t at = last_separator(title, &skip);

    for (struct page_node *n = r->root; at > 0 && n != NULL; n = page_next(n, r->root)) {
        str words =
            n->name.n > 0 || page_is(n->parent, "title") ? S("") : str_squeeze(r->a, n->text);

        if (words.n < title.n && words_in(words) >= 3 &&
            (str_ends(title, words) || str_starts(title, words)))
            return words;
    }
    return S("");
}

static void read_headline(struct reading *r)
{
    str heading = heading_of(r), title = title_of(r);
    str given = first_of(said(r, "headline"),
                         meta(r, "parsely-title dc:title dc.title dcterm:title dcterms.title "
                                 "og:title weibo:article:title twitter:title headline"));

    given = without_site(r, given, false);
    title = without_site(r, title, true);
    if (heading.n >= 12 && given.n > heading.n && str_starts_nocase(given, heading))
        given = heading;
    if (given.n == 0 && heading.n > 0 &&
        (title.n == 0 || words_in(heading) >= 4 || str_find_nocase(title, heading) >= 0))
        given = heading;
    if (given.n == 0 && heading.n == 0)
        given = printed_part(r, title);
    r->out->headline = wire_field(r->a, first_of(given, title));
}

/* --- who, when, where ------------------------------------------------------------------------- */

static bool is_name(str s)
{
    return s.n > 1 && s.n < 200 && !str_starts(s, S("http")) && str_find(s, S("//")) < 0 &&
           str_find_char(s, '@') < 0;
}

static void take_author(struct reading *r, json_t *author)
{
    json_t *one;
    size_t i;

    json_array_foreach(author, i, one) if (i < AUTHORS_MAX && !json_is_array(one))
        take_author(r, one);
    if (json_is_string(author) && is_name(ninjs_words(r->a, author))) {
        wire_add_byline(r->a, r->out, wire_words_of_html(r->a, ninjs_words(r->a, author)));
    } else if (json_is_object(author)) {
        str name = ninjs_field(r->a, author, "name");
        if (is_name(name))
            wire_add_person(r->a, r->out, name, ninjs_field(r->a, author, "jobtitle"));
    }
}

/* An element that names who wrote it. */
static bool is_byline(const struct page_node *n)
{
    return str_eq_nocase(page_attr(n, "rel"), S("author")) ||
           page_called(n, "|byline|author|authors|dateline|writtenby|autor|auteur|");
}

static void read_printed_byline(struct reading *r)
{
    for (struct page_node *n = r->root; n != NULL; n = page_next(n, r->root)) {
        if (n->name.n == 0 || page_is(n, "meta") || page_is(n, "body") || page_is(n, "link") ||
            !is_byline(n))
            continue;
        str words = page_words(r->a, n);
        if (words.n < 3 || words.n > 100 || !is_name(words))
            continue;
        wire_add_byline(r->a, r->out, words);
        return;
    }
}

static void read_people(struct reading *r)
{
    static const char *const keys[] = {
        "parsely-author", "dc:creator", "dc.creator",     "dcterm:creator",   "dcterms.creator",
        "author",         "byl",        "article:author", "og:article:author"};

    if (r->article != NULL)
        take_author(r, ninjs_get(r->article, "author creator"));
    for (size_t k = 0; k < LENGTH(keys) && r->out->person_count == 0; k++)
        for (size_t i = 0; i < r->metas; i++)
            if (str_eq_nocase(r->keys[i], str_c(keys[k])) && is_name(r->values[i]))
                wire_add_byline(r->a, r->out, wire_words_of_html(r->a, r->values[i]));
    if (r->out->person_count == 0)
        read_printed_byline(r);
}

static int64_t time_of(str x, str y)
{
    int64_t at = 0;

    return wire_time(x, &at, NULL) || wire_time(y, &at, NULL) ? at : 0;
}

static str printed_time(struct reading *r)
{
    for (struct page_node *n = r->root; n != NULL; n = page_next(n, r->root))
        if (n->name.n > 0 && (page_is(n, "time") || page_called(n, "|datepublished|published|"))) {
            str at = first_of(page_attr(n, "datetime"), page_attr(n, "content"));
            if (at.n > 0)
                return at;
        }
    return S("");
}

static void read_times(struct reading *r)
{
    struct wire_item *out = r->out;
    str changed = said(r, "datemodified");

    out->created_at = time_of(said(r, "datepublished datecreated"),
                              meta(r, "article:published_time og:article:published_time "
                                      "datepublished parsely-pub-date date pubdate dc.date dc:date "
                                      "dcterms.created dcterms.date sailthru.date publish-date"));
    if (out->created_at == 0)
        out->created_at = time_of(printed_time(r), S(""));
    changed = first_of(changed, meta(r, "article:modified_time og:updated_time datemodified "
                                        "last-modified dcterms.modified"));
    out->changed_at = time_of(changed, S(""));
    if (out->changed_at != 0)
        out->version = wire_field(r->a, changed);
    else
        out->changed_at = out->created_at;
}

static void read_keywords(struct reading *r, str list)
{
    char by = str_find_char(list, ',') >= 0 ? ',' : ';';
    str one;

    while (str_cut(&list, by, &one))
        if (str_trim(one).n > 1 && str_trim(one).n < 80)
            wire_add_keyword(r->a, r->out, str_trim(one));
}

static void read_subjects(struct reading *r)
{
    json_t *about = ninjs_get(r->article, "about"), *words = ninjs_get(r->article, "keywords");
    json_t *one;
    size_t i;

    json_array_foreach(about, i, one)
    {
        str code = ninjs_words(r->a, ninjs_get(one, "identifier termcode"));
        ptrdiff_t colon = str_find_char(code, ':');

        wire_add_subject(r->a, r->out,
                         colon > 0 && colon < 12 ? str_to(code, (size_t)colon) : S(""),
                         wire_local(code), ninjs_field(r->a, one, "name"));
    }
    wire_add_keyword(
        r->a, r->out,
        first_of(said(r, "articlesection"), meta(r, "article:section parsely-section section")));
    json_array_foreach(words, i, one) read_keywords(r, ninjs_words(r->a, one));
    if (json_is_string(words))
        read_keywords(r, ninjs_words(r->a, words));
    for (i = 0; i < r->metas; i++)
        if (str_eq_nocase(r->keys[i], S("article:tag")))
            wire_add_keyword(r->a, r->out, r->values[i]);
    if (r->out->subject_count < 3)
        read_keywords(r, meta(r, "news_keywords keywords parsely-tags"));
}

static void read_genre(struct reading *r)
{
    static const char *const types[] = {"opinion", "review", "analysis", "background", "liveblog"};
    str type = ninjs_words(r->a, ninjs_get(r->article, "@type"));

    for (size_t i = 0; i < LENGTH(types); i++)
        if (str_find_nocase(type, str_c(types[i])) >= 0)
            r->out->genre = str_c(types[i]);
}

/* A Review, or an article that is one too. */
static void read_review(struct reading *r)
{
    json_t *rating = ninjs_get(r->article, "reviewRating");
    json_t *of = ninjs_get(r->article, "itemReviewed");
    str most = ninjs_words(r->a, ninjs_get(rating, "bestRating"));

    if (rating == NULL)
        return;
    wire_rate(r->out, ninjs_words(r->a, ninjs_get(rating, "ratingValue")),
              most.n > 0 ? most : S("5"));
    r->out->reviewed = wire_field(r->a, ninjs_words(r->a, ninjs_get(of, "name")));
}

static void read_identity(struct reading *r)
{
    str id = ninjs_words(r->a, ninjs_get(r->article, "@id"));
    str canonical = S(""), language = S("");

    for (struct page_node *n = r->root; n != NULL; n = page_next(n, r->root)) {
        if (canonical.n == 0 && page_is(n, "link") &&
            str_eq_nocase(page_attr(n, "rel"), S("canonical")))
            canonical = url_web(r->a, page_attr(n, "href"));
        if (page_is(n, "html"))
            language = first_of(page_attr(n, "lang"), page_attr(n, "xml:lang"));
    }
    canonical = first_of(canonical, url_web(r->a, meta(r, "og:url")));
    canonical = first_of(canonical, url_web(r->a, said(r, "url mainentityofpage")));
    r->out->address = canonical;
    r->out->guid =
        str_find_char(id, ':') > 0 && str_find_char(id, '#') < 0 ? wire_field(r->a, id) : canonical;
    if (language.n == 0)
        language = first_of(said(r, "inlanguage"),
                            str_replace(r->a, meta(r, "og:locale language"), S("_"), S("-")));
    r->out->language = language.n <= 20 ? str_trim(language) : S("");
}

/* --- the picture that stands for it ----------------------------------------------------------- */

static int size_of(str s)
{
    int64_t n;

    return str_int(s, &n) && n > 0 && n < 100000 ? (int)n : 0;
}

static void add_picture(struct reading *r, str address, json_t *of)
{
    struct wire_media *m;

    if (address.n == 0 || str_starts(address, S("data:")) ||
        (m = wire_add_media(r->a, r->out, WIRE_PHOTO)) == NULL)
        return;
    if (of != NULL) {
        m->caption = ninjs_field(r->a, of, "caption description");
        m->credit = ninjs_field(r->a, of, "credittext creator author copyrightholder");
    }
    m->alt = meta(r, "og:image:alt twitter:image:alt");
    if (m->credit.n == 0)
        wire_take_credit(&m->caption, &m->credit);
    wire_add_rendition(r->a, m,
                       (struct wire_rendition){
                           .address = address,
                           .use = S("original"),
                           .width = size_of(first_of(ninjs_words(r->a, ninjs_get(of, "width")),
                                                     meta(r, "og:image:width"))),
                           .height = size_of(first_of(ninjs_words(r->a, ninjs_get(of, "height")),
                                                      meta(r, "og:image:height"))),
                       });
}

static void read_picture(struct reading *r)
{
    json_t *image = ninjs_get(r->article, "image");

    if (json_is_array(image))
        image = json_array_get(image, 0);
    if (json_is_object(image))
        add_picture(r, ninjs_words(r->a, ninjs_get(image, "url contenturl")), image);
    else if (json_is_string(image))
        add_picture(r, ninjs_words(r->a, image), NULL);
    if (r->out->media_count == 0)
        add_picture(r, meta(r, "og:image og:image:url twitter:image twitter:image:src"), NULL);
}

void page_read_meta(arena *a, struct page_node *root, struct wire_item *out)
{
    struct reading *r = arena_one(a, struct reading);
    str copyright;

    *r = (struct reading){.a = a, .root = root, .out = out};
    collect_metas(r);
    read_json(r);
    r->site = first_of(meta(r, "og:site_name application-name"),
                       ninjs_field(a, ninjs_get(r->article, "publisher"), "name"));
    read_headline(r);
    read_people(r);
    read_times(r);
    read_identity(r);
    read_subjects(r);
    read_genre(r);
    read_review(r);
    read_picture(r);
    out->standfirst = wire_field(
        a, first_of(said(r, "description"), meta(r, "og:description description dc.description "
                                                    "twitter:description")));
    out->source = r->site;
    copyright = said(r, "copyrightnotice copyrightholder");
    out->copyright = first_of(copyright, meta(r, "copyright dcterms.rights rights"));
    if (says_the_same(a, out->standfirst, out->headline))
        out->standfirst = S("");
}
