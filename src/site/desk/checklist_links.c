/*
 * checklist_links.c - does what the copy links to answer?  Of our own addresses the store says it,
 * of others http/links.h, which never keeps anybody waiting.
 */
#include "site/desk/checklist.h"

#include "http/links.h"
#include "news/subject.h"
#include "store/sql.h"
#include "text/url.h"

enum { STORY_PARTS = 5 }; /* section, year, month, day, slug */

static const char *const nothing = SAY("It leads to an address of this paper where nothing is.");

/* The path on this paper; empty: it leads elsewhere. */
static str own_path(const struct desk_page *p, str link)
{
    struct url u, ours;
    str path = link;
    ptrdiff_t end;

    if (!str_starts(link, S("/"))) {
        if (!url_split(link, &u) || !url_split(p->paper.address, &ours) || u.host.n == 0 ||
            !str_eq(u.host, ours.host) || u.port != ours.port)
            return S("");
        path = u.path.n > 0 ? u.path : S("/");
    }
    end = str_find_char(path, '?');
    path = end >= 0 ? str_to(path, (size_t)end) : path;
    end = str_find_char(path, '#');
    path = end >= 0 ? str_to(path, (size_t)end) : path;
    return str_ends(path, S(".lite")) ? str_to(path, path.n - 5) : path;
}

/* The address of the story that a path with more behind it (its history, a gallery) is of. */
static str story_of(str path)
{
    int parts = 0;

    for (size_t i = 0; i < path.n; i++)
        if (path.p[i] == '/' && ++parts > STORY_PARTS)
            return str_to(path, i);
    return path;
}

static bool has_story(const struct desk_page *p, str path)
{
    struct sql_desk_path_is is;

    return sql_desk_path_is(p->rq->arena, p->rq->desk, story_of(path), &is) == OK &&
           (is.public_state == STATE_LIVE || is.public_state == STATE_SCHEDULED);
}

static bool has_subject(const struct desk_page *p, str kind, str slug)
{
    enum subject_kind k = subject_kind_of(kind);
    struct sql_subject_known known;

    return k == SUBJECT_KINDS ||
           sql_subject_known(p->rq->arena, p->rq->desk, k, slug, (str){0}, &known) == OK;
}

static bool is_ours(const struct desk_page *p, str path)
{
    str rest = str_from(path, 1), first, second;

    if (site_has_address(path))
        return true;
    str_cut(&rest, '/', &first);
    if (!str_cut(&rest, '/', &second))
        return paper_section(&p->paper, first) != NULL || paper_has_page(&p->paper, first) ||
               first.n == 4; /* a year of the archive */
    if (str_find(path, S("/20")) > 0)
        return has_story(p, path);
    return has_subject(p, first, second);
}

static const char *sentence_of(enum link_answer answer)
{
    switch (answer) {
    case LINK_MISSING:
        return SAY("Its server says that nothing is there.");
    case LINK_BROKEN:
        return SAY("Its server answers that something is wrong with it. It may pass.");
    case LINK_SILENT:
        return SAY("It does not answer: there is no such host, it is too slow, or its certificate "
                   "does not hold.");
    case LINK_ROUND:
        return SAY("It leads on and on, and nowhere.");
    case LINK_INSIDE:
        return SAY("It leads into a private network, where readers are not.");
    case LINK_ASKED:
    case LINK_ANSWERS:
    case LINK_NOT_ASKED:
    default:
        return NULL;
    }
}

const char *checklist_link(const struct desk_page *p, str link, bool asks, bool *is_elsewhere,
                           bool *is_asked)
{
    const struct site *s = p->rq->of;
    str path = own_path(p, link);

    if (path.n > 0)
        return is_ours(p, path) ? NULL : nothing;
    *is_elsewhere = str_starts(link, S("http")); /* else mail, a telephone */
    if (!*is_elsewhere || !asks)
        return NULL;

    enum link_answer answer = links_ask(s->links, link);

    *is_asked = answer == LINK_ASKED;
    return sentence_of(answer);
}
