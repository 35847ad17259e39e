/*
 * subject_page.c - GET /topic/{slug}, /author/{slug}, /place/{slug}: what the newsroom has written
 * about it, and its stories.
 */
#include "site/public/pages.h"

#include "news/subject.h"
#include "site/public/lists.h"
#include "site/public/subject.h"
#include "site/show.h"
#include "text/url.h"
#include "text/write_page.h"

enum { DESCRIPTION_MAX = 160 };

static const struct place PLACE_PORTRAIT = {S_INIT("7.5rem"), STANDS_SQUARE};
static const struct place PLACE_SUBJECT = {
    S_INIT("(min-width: 64rem) 26rem, (min-width: 40rem) 40vw, 100vw"), STANDS_WHOLE};

enum subject_kind subject_asked(const struct request *rq)
{
    str rest = str_from(rq->path, str_starts(rq->path, S("/api/v1/")) ? 8 : 1), word;

    if (!str_cut(&rest, '/', &word))
        return SUBJECT_KINDS;
    return subject_kind_of(str_ends(word, S("s")) ? str_to(word, word.n - 1) : word);
}

const char *subject_title(enum subject_kind kind)
{
    static const char *const titles[SUBJECT_KINDS] = {SAY("Topic"), SAY("Author"), SAY("Place")};

    return titles[kind];
}

/* "social.example" */
static void fill_links(const struct parts *p, const struct subject *s, struct view_about *about)
{
    struct view_menu *links = arena_many(p->r->a, struct view_menu, SUBJECT_LINKS_MAX);
    str rest = s->links, line;
    size_t n = 0;

    while (rest.n > 0 && n < SUBJECT_LINKS_MAX && str_cut(&rest, '\n', &line))
        links[n++] = (struct view_menu){url_site(line), {line}, false};
    about->links.v = links;
    about->links.n = n;
}

static const struct view_about *about_of(const struct parts *p, const struct subject *s)
{
    struct view_about *about = arena_one(p->r->a, struct view_about);

    *about = (struct view_about){
        .language = part_language(p->paper, s->language),
        .direction = part_direction(s->language),
        .email = s->email,
        .email_href = {setting_contact_address(p->r->a, s->email)},
    };
    if (s->language.n == 0)
        about->language = (str){0};
    if (s->body.count > 0) {
        about->body = part_body(p, &s->body);
    } else {
        about->text = s->summary;
    }
    fill_links(p, s, about);
    about->has_contact = s->email.n > 0 || about->links.n > 0;
    return about;
}

static const struct view_picture *picture_of(const struct parts *p, const struct subject *s,
                                             struct place place)
{
    const struct view_picture *found = part_picture(p, s->picture, s->alt, place, true);
    struct view_picture *out;

    if (found == NULL)
        return NULL;
    out = arena_one(p->r->a, struct view_picture);
    *out = *found;
    if (s->credit.n > 0)
        out->credit = s->credit;
    out->caption = (str){0}; /* it was written for a story */
    out->has_words = out->credit.n > 0;
    return out;
}

/* Its head stands on the first page alone; it is public when somebody has written about it, or when
 * a public story carries it. */
err subject_page(struct request *rq)
{
    struct reading r;
    struct paper paper;
    struct subject s;
    struct view_stories view = {0};
    int64_t before;
    enum subject_kind kind = subject_asked(rq);

    if (kind == SUBJECT_KINDS)
        return E_MISSING;
    TRY(list_before(rq, &before));
    TRY(show_begin(rq, &r));
    TRY(show_paper(rq, &r, &paper));
    TRY(subject_at(&r, kind, request_param(rq, S("slug")), &s));

    struct parts p = {rq->of, &r, &paper};

    view.kicker = s.role.n > 0 ? s.role : say(paper.tongue, subject_title(kind));
    view.title = s.name;
    view.text = subject_opening(r.a, &s, DESCRIPTION_MAX);
    if (before == TIME_NEVER && kind == SUBJECT_AUTHOR)
        view.portrait = picture_of(&p, &s, PLACE_PORTRAIT);
    else if (before == TIME_NEVER)
        view.picture = picture_of(&p, &s, PLACE_SUBJECT);
    TRY(list_show(rq, &r, &paper,
                  &(struct listing){.list = stories_of_subject,
                                    .id = s.id,
                                    .live = TAG_subject,
                                    .feed = rq->path,
                                    .subject = &s,
                                    .must_have_stories = !subject_is_written(&s)},
                  &view));
    view.text = (str){0};
    if (before == TIME_NEVER)
        view.about = about_of(&p, &s);
    return show_page(rq, &r, 200, TEMPLATE_LIST, &view);
}
