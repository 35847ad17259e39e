#include "site/api/describe.h"

#include "http/form.h"
#include "media/card.h"
#include "news/subject.h"
#include "site/api/structured.h"
#include "site/public/parts.h"
#include "text/dates.h"
#include "text/url.h"

enum { DATA_MAX = 256 << 10, LISTED = 25 };

struct describing {
    arena *a;
    const struct site *site;
    const struct paper *paper;
    const struct page_head *head;
    const struct section *section; /* of the story, or of the page; or NULL */
    str url;                       /* the page's own, whole */
};

static str whole(const struct describing *d, str path)
{
    return str_starts(path, S("/")) ? str_join(d->a, d->paper->address, path) : path;
}

static str name_of(const struct describing *d)
{
    return d->head->name.n > 0 ? d->head->name : d->head->title;
}

static str moment(const struct describing *d, int64_t at)
{
    return date_iso_in(d->a, at - at % SECOND_US, d->site->zone);
}

static int64_t changed(const struct card *c)
{
    return c->changed_at > c->public_at ? c->changed_at : c->public_at;
}

/* --- pictures --- */

/* "/media/7/1280.jpg" is 1280 wide, and as high as the picture's shape says. */
static struct told_picture shown(const struct describing *d, const struct view_picture *p)
{
    str name = p->src.address;
    int64_t width = 0;

    name = str_from(name, (size_t)str_find_last(name, '/') + 1);
    name = str_to(name, (size_t)str_find_last(name, '.'));
    if (!str_int(name, &width) || width <= 0 || p->width <= 0)
        width = 0;
    return (struct told_picture){
        .url = whole(d, p->src.address),
        .caption = p->caption,
        .credit = p->credit,
        .width = (int)width,
        .height = width > 0 ? (int)((p->height * width + p->width / 2) / p->width) : 0,
    };
}

/* What stands for a page that has no picture is drawn (card.c). */
static struct told_picture drawn(const struct describing *d)
{
    const struct story *s = d->head->story;
    const struct told_entry *e = d->head->entry;
    str path = e != NULL ? str_fmt(d->a, "/card/%lld/%lld.png?v=%lld", (long long)e->story,
                                   (long long)e->number, (long long)(e->edited / SECOND_US))
               : s == NULL
                   ? S("/card/paper.png")
                   : str_fmt(d->a, "/card/%lld.png?v=%d", (long long)s->card.id, s->card.version);

    return (struct told_picture){.url = whole(d, path), .width = CARD_WIDTH, .height = CARD_HEIGHT};
}

static struct told_picture picture_of(const struct describing *d)
{
    return d->head->picture != NULL ? shown(d, d->head->picture) : drawn(d);
}

/* Where a link to it is shown, the part that an editor has cropped wide stands for it. */
static struct told_picture picture_shared(const struct describing *d)
{
    struct view_picture wide;

    if (d->head->picture == NULL || d->head->picture->wide.address.n == 0)
        return picture_of(d);
    wide = *d->head->picture;
    wide.src = wide.wide;
    wide.width = wide.wide_width;
    wide.height = wide.wide_height;
    return shown(d, &wide);
}

/* --- what a link to it looks like elsewhere --- */

/* "en-GB" is en_GB there. */
static str locale(arena *a, str language)
{
    return str_replace(a, language, S("-"), S("_"));
}

/* The first film or sound of a story. */
static void share_film(const struct describing *d, struct view_share *out)
{
    const struct shown_film *f = d->head->films.v;

    if (d->head->films.n == 0)
        return;
    if (f->is_sound) {
        out->audio = whole(d, f->address);
        out->film_type = f->type;
        return;
    }
    out->video = whole(d, f->address);
    out->film_type = f->type;
    out->video_width = f->width;
    out->video_height = f->height;
}

static const struct view_share *share_of(const struct describing *d, const struct view_page *page)
{
    const struct page_head *head = d->head;
    const struct story *s = head->story;
    struct told_picture picture = picture_shared(d);
    struct view_share *out = arena_one(d->a, struct view_share);

    *out = (struct view_share){
        .kind = s != NULL || head->entry != NULL ? S("article") : S("website"),
        .title = head->entry != NULL        ? head->entry->title
                 : s == NULL                ? head->title
                 : s->social_headline.n > 0 ? s->social_headline
                                            : s->card.headline,
        .description = head->description,
        .address = d->url,
        .site = d->paper->name,
        .locale =
            locale(d->a, s != NULL && s->card.language.n > 0 ? s->card.language : page->language),
        .picture = picture.url,
        .picture_type = head->picture != NULL ? S("image/jpeg") : S("image/png"),
        .picture_alt = head->picture != NULL ? head->picture->alt
                       : s != NULL           ? s->card.headline
                                             : d->paper->name,
        .picture_width = picture.width,
        .picture_height = picture.height,
    };
    if (head->entry != NULL) {
        out->published = moment(d, head->entry->at);
        out->section = d->section != NULL ? d->section->name : (str){0};
    }
    if (s == NULL)
        return out;
    share_film(d, out);
    out->published = moment(d, s->card.public_at);
    out->changed = moment(d, changed(&s->card));
    out->section = d->section != NULL ? d->section->name : (str){0};
    return out;
}

/* --- where else it is --- */

static void fill_alternates(const struct describing *d, struct view_page *page)
{
    static const struct {
        str type, ending;
        const char *word;
    } feeds[] = {
        {S_INIT("application/rss+xml"), S_INIT("feed.rss"), SAY("RSS")},
        {S_INIT("application/atom+xml"), S_INIT("feed.atom"), SAY("Atom")},
        {S_INIT("application/feed+json"), S_INIT("feed.json"), SAY("JSON Feed")},
    };
    const struct page_head *head = d->head;
    str of = head->feed.n > 0 ? head->feed : S("/"), slash = str_ends(of, S("/")) ? S("") : S("/");
    str name = head->feed.n > 1 ? head->title : d->paper->name;
    struct view_alternate *out = arena_many(d->a, struct view_alternate, LENGTH(feeds) + 2);
    size_t n = 0;

    for (size_t i = 0; i < LENGTH(feeds); i++) {
        const struct said parts[] = {{"page", name},
                                     {"feed", say(d->paper->tongue, feeds[i].word)}};

        out[n++] = (struct view_alternate){
            feeds[i].type,
            say_with(d->a, d->paper->tongue, "{page}, {feed}", parts, LENGTH(parts)),
            {str_fmt(d->a, "%.*s%.*s%.*s", STR(of), STR(slash), STR(feeds[i].ending))},
        };
    }
    if (head->story != NULL) {
        str asked = percent_encode(d->a, d->url);

        out[n++] = (struct view_alternate){
            S("application/json+oembed"),
            head->story->card.headline,
            {str_fmt(d->a, "%.*s/oembed?format=json&url=%.*s", STR(d->paper->address), STR(asked))},
        };
        out[n++] = (struct view_alternate){
            S("text/xml+oembed"),
            head->story->card.headline,
            {str_fmt(d->a, "%.*s/oembed?format=xml&url=%.*s", STR(d->paper->address), STR(asked))},
        };
    }
    page->alternates.v = out;
    page->alternates.n = n;
}

/* --- structured data --- */

static void tell_paper(struct json_writer *w, const struct describing *d,
                       const struct view_page *page)
{
    const struct paper *p = d->paper;
    const str all[] = {p->facebook, p->instagram, p->x,      p->youtube,  p->linkedin, p->mastodon,
                       p->bluesky,  p->threads,   p->tiktok, p->whatsapp, p->telegram};
    str there[LENGTH(all)];
    struct told_paper told = {
        .address = p->address,
        .name = p->name,
        .description = p->description,
        .publisher = p->publisher,
        .logo = whole(d, page->logo != NULL ? page->logo->src.address : S("/card/paper.png")),
        .email = p->email,
        .phone = p->phone,
        .postal = p->postal,
        .language = p->language,
        .search = page->search.address.n > 0 ? whole(d, page->search.address) : (str){0},
        .corrections = paper_has_page(d->paper, S("corrections-policy"))
                           ? whole(d, S("/corrections-policy"))
                           : (str){0},
        .same_as = there,
    };

    for (size_t i = 0; i < LENGTH(all); i++)
        if (all[i].n > 0)
            there[told.same_as_n++] = all[i];
    told_paper(w, &told);
}

static struct told_video told_film(const struct describing *d, const struct shown_film *f)
{
    return (struct told_video){
        .is_sound = f->is_sound,
        .url = whole(d, f->address),
        .type = f->type,
        .name = f->name,
        .description = f->description,
        .poster = whole(d, f->poster),
        .at = moment(d, d->head->story->card.public_at),
        .duration = f->duration,
        .transcript = f->transcript,
        .width = f->is_sound ? 0 : f->width,
        .height = f->is_sound ? 0 : f->height,
    };
}

/* Names with the addresses of their pages. */
static const struct told_person *told_subjects(const struct describing *d, enum subject_kind kind,
                                               const struct story_subject *of, size_t n)
{
    struct told_person *out = arena_many(d->a, struct told_person, n);

    for (size_t i = 0; i < n; i++)
        out[i] = (struct told_person){of[i].name, whole(d, subject_path(d->a, kind, of[i].slug)),
                                      of[i].role};
    return out;
}

static struct told_update update_of(const struct describing *d, const struct told_entry *e)
{
    return (struct told_update){
        .url = whole(d, e->path),
        .headline = e->title,
        .text = e->text,
        .at = moment(d, e->at),
        .changed = e->edited != 0 ? moment(d, e->edited) : (str){0},
        .byline = e->byline,
    };
}

static void tell_coverage(const struct describing *d, struct told_story *told)
{
    const struct told_coverage *c = d->head->coverage;
    struct told_update *updates;

    if (c == NULL)
        return;
    updates = arena_many(d->a, struct told_update, c->n);
    for (size_t i = 0; i < c->n; i++)
        updates[i] = update_of(d, &c->entries[i]);
    told->is_live = true;
    told->live_from = c->from_at != 0 ? moment(d, c->from_at) : (str){0};
    told->live_until = c->until_at != 0 ? moment(d, c->until_at) : (str){0};
    told->updates = updates;
    told->update_n = c->n;
}

static void tell_entry(struct json_writer *w, const struct describing *d)
{
    const struct told_entry *e = d->head->entry;
    struct told_update update = update_of(d, e);
    struct told_link story = {whole(d, e->of_path), e->of};

    told_entry(w, d->paper->address, &update, &story);
}

static void tell_story(struct json_writer *w, const struct describing *d)
{
    const struct story *s = d->head->story;
    struct told_correction *corrections =
        arena_many(d->a, struct told_correction, s->correction_count);
    struct told_picture picture = picture_of(d);
    struct told_video *videos = arena_many(d->a, struct told_video, d->head->films.n);

    for (size_t i = 0; i < d->head->films.n; i++)
        videos[i] = told_film(d, &d->head->films.v[i]);
    for (size_t i = 0; i < s->correction_count; i++)
        corrections[i] =
            (struct told_correction){s->corrections[i].reason, moment(d, s->corrections[i].at)};
    struct told_story told = {
        .paper = d->paper->address,
        .url = d->url,
        .headline = s->card.headline,
        .alternative = s->short_headline,
        .description = d->head->description,
        .section = d->section != NULL ? d->section->name : (str){0},
        .language = s->card.language.n > 0 ? s->card.language : d->paper->language,
        .published = moment(d, s->card.public_at),
        .changed = moment(d, changed(&s->card)),
        .dateline = s->dateline,
        .byline = s->card.byline,
        .is_opinion =
            (d->section != NULL && d->section->is_opinion) || str_eq(s->card.type, S("opinion")),
        .is_review = s->is_rated || str_eq(s->card.type, S("review")) ||
                     str_eq_nocase(s->card.genre, S("review")),
        .reviewed = s->reviewed,
        .is_rated = s->is_rated,
        .half_stars = s->half_stars,
        .words = s->card.words,
        .authors = told_subjects(d, SUBJECT_AUTHOR, s->authors, s->author_count),
        .author_n = s->author_count,
        .topics = told_subjects(d, SUBJECT_TOPIC, s->topics, s->topic_count),
        .topic_n = s->topic_count,
        .places = told_subjects(d, SUBJECT_PLACE, s->places, s->place_count),
        .place_n = s->place_count,
        .picture = &picture,
        .videos = videos,
        .video_n = d->head->films.n,
        .corrections = corrections,
        .correction_n = s->correction_count,
    };

    tell_coverage(d, &told);
    told_story(w, &told);
}

/* What it is about, where it is the page of a topic, an author or a place. */
static void tell_subject(const struct describing *d, struct told_list *told)
{
    static const enum told_about abouts[SUBJECT_KINDS] = {TOLD_TOPIC, TOLD_AUTHOR, TOLD_PLACE};
    const struct subject *s = d->head->subject;
    str *there = arena_many(d->a, str, SUBJECT_LINKS_MAX), rest = s->links;

    told->about = abouts[s->kind];
    told->subject = s->name;
    told->role = s->role;
    told->email = s->email;
    told->same_as = there;
    while (rest.n > 0 && told->same_as_n < SUBJECT_LINKS_MAX &&
           str_cut(&rest, '\n', &there[told->same_as_n]))
        told->same_as_n++;
    if (d->head->picture != NULL) {
        struct told_picture *picture = arena_one(d->a, struct told_picture);

        *picture = shown(d, d->head->picture);
        told->picture = picture;
    }
}

static void tell_list(struct json_writer *w, const struct describing *d)
{
    const struct cards *cards = d->head->cards;
    size_t n = cards->n < LISTED ? cards->n : LISTED;
    struct told_link *items = arena_many(d->a, struct told_link, n);
    struct told_list told = {
        .paper = d->paper->address,
        .url = d->url,
        .name = name_of(d),
        .description = d->head->description,
        .language = d->paper->language,
        .items = items,
        .n = n,
    };

    for (size_t i = 0; i < n; i++)
        items[i] = (struct told_link){whole(d, cards->v[i].path), cards->v[i].headline};
    if (d->head->subject != NULL)
        tell_subject(d, &told);
    told_list(w, &told);
}

static void tell_gallery(struct json_writer *w, const struct describing *d)
{
    struct told_gallery g = *d->head->gallery;

    g.paper = d->paper->address;
    g.url = d->url;
    g.all = g.all.n > 0 ? whole(d, g.all) : (str){0};
    g.story.url = whole(d, g.story.url);
    g.shots = arena_many(d->a, struct told_shot, g.n);
    for (size_t i = 0; i < g.n; i++) {
        g.shots[i] = d->head->gallery->shots[i];
        g.shots[i].page = whole(d, g.shots[i].page);
        g.shots[i].picture.url = whole(d, g.shots[i].picture.url);
    }
    told_gallery(w, &g);
}

static void tell_way(struct json_writer *w, const struct describing *d)
{
    struct told_link steps[5];
    size_t n = 0;

    if (str_eq(d->head->canonical, S("/")))
        return;
    steps[n++] = (struct told_link){whole(d, S("/")), d->paper->name};
    if (d->section != NULL)
        steps[n++] = (struct told_link){whole(d, str_fmt(d->a, "/%.*s", STR(d->section->slug))),
                                        d->section->name};
    if (d->head->entry != NULL)
        steps[n++] = (struct told_link){whole(d, d->head->entry->of_path), d->head->entry->of};
    if (d->head->gallery != NULL)
        steps[n++] =
            (struct told_link){whole(d, d->head->gallery->story.url), d->head->gallery->story.name};
    if (d->section == NULL || d->head->story != NULL || d->head->gallery != NULL ||
        d->head->entry != NULL)
        steps[n++] = (struct told_link){
            d->url, d->head->story != NULL ? d->head->story->card.headline : name_of(d)};
    told_way(w, d->url, steps, n);
}

static err data_of(struct request *rq, const struct describing *d, struct view_page *page)
{
    buf out = buf_new(d->a, DATA_MAX);
    struct json_writer w = json_writer(&out);

    put_object(&w, NULL);
    put_str(&w, "@context", S("https://schema.org"));
    put_list(&w, "@graph");
    tell_paper(&w, d, page);
    if (d->head->story != NULL)
        tell_story(&w, d);
    else if (d->head->entry != NULL)
        tell_entry(&w, d);
    else if (d->head->gallery != NULL)
        tell_gallery(&w, d);
    else if (d->head->cards != NULL)
        tell_list(&w, d);
    tell_way(&w, d);
    put_end(&w);
    put_end(&w);
    if (out.over)
        return fail(&rq->note, E_LIMIT, "the structured data has more than %d bytes", DATA_MAX);
    page->data.text = buf_str(&out);
    return OK;
}

static const struct section *section_of(const struct paper *paper, const struct page_head *head)
{
    if (head->story != NULL)
        return paper_section_by_id(paper, head->story->card.section);
    return head->feed.n > 1 ? paper_section(paper, str_from(head->feed, 1)) : NULL;
}

err describe_page(struct request *rq, struct reading *r, const struct paper *paper,
                  const struct page_head *head, struct view_page *page)
{
    if (head->canonical.n == 0)
        return OK;

    struct describing d = {
        .a = r->a,
        .site = rq->of,
        .paper = paper,
        .head = head,
        .section = section_of(paper, head),
        .url = str_join(r->a, paper->address, head->canonical),
    };

    page->share = share_of(&d, page);
    page->reserved = str_eq(paper->mining, S("reserved"));
    page->mining_policy.address = paper->mining_policy;
    fill_alternates(&d, page);
    return data_of(rq, &d, page);
}
