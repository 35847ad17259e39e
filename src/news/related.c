#include "news/story.h"

#include "store/sql.h"

/* How many of a topic's newest are looked at, so that a topic with all the paper's stories costs no
 * more than another. */
enum { NEAR_MAX = 20 };

/* A topic's newest stories, newest first, as far as they have been looked at. */
struct line {
    struct sql_stories_near_rows rows;
    size_t at;
};

struct candidate {
    int64_t story;
    int shared; /* topics */
};

static const struct sql_stories_near *head(const struct line *l)
{
    return l->at < l->rows.n ? &l->rows.v[l->at] : NULL;
}

static bool comes_before(const struct sql_stories_near *x, const struct sql_stories_near *y)
{
    return x->public_at > y->public_at || (x->public_at == y->public_at && x->story < y->story);
}

/* Take the newest story off all lines that it leads. */
static bool take_newest(struct line *lines, size_t n, struct candidate *out)
{
    const struct sql_stories_near *newest = NULL;

    for (size_t i = 0; i < n; i++)
        if (head(&lines[i]) != NULL && (newest == NULL || comes_before(head(&lines[i]), newest)))
            newest = head(&lines[i]);
    if (newest == NULL)
        return false;
    *out = (struct candidate){newest->story, 0};
    for (size_t i = 0; i < n; i++)
        if (head(&lines[i]) != NULL && head(&lines[i])->story == out->story) {
            lines[i].at++;
            out->shared++;
        }
    return true;
}

/* Behind those that share as much, as it is older; the last of a full list falls off. */
static void put(struct candidate *best, size_t *n, size_t many, struct candidate c)
{
    size_t at = *n;

    while (at > 0 && best[at - 1].shared < c.shared)
        at--;
    if (at == many)
        return;
    if (*n < many)
        ++*n;
    memmove(&best[at + 1], &best[at], (*n - 1 - at) * sizeof *best);
    best[at] = c;
}

err stories_related(struct reading *r, const struct story *of, size_t many, struct cards *out)
{
    struct line *lines = arena_many(r->a, struct line, of->topic_count);
    struct candidate *best = arena_many(r->a, struct candidate, many), c;
    int64_t *ids = arena_many(r->a, int64_t, many);
    size_t n = 0;

    for (size_t i = 0; i < of->topic_count; i++)
        TRY(sql_stories_near(r->a, r->db, of->topics[i].id, r->reach, NEAR_MAX, &lines[i].rows));
    while (take_newest(lines, of->topic_count, &c))
        if (c.story != of->card.id)
            put(best, &n, many, c);
    for (size_t i = 0; i < n; i++)
        ids[i] = best[i].story;
    return stories_by_id(r, ids, n, out);
}
