#include "find/search.h"

#include "news/running.h"
#include "store/sql.h"
#include "text/write_plain.h"

enum stem_tongue find_tongue(const struct paper *p, str language)
{
    return stem_tongue_of(language.n > 0 ? language : p->language);
}

err find_write_entries(struct reading *r, const struct story *s, int64_t pages, buf *out)
{
    bool more = s->card.coverage != COVERAGE_NONE;

    for (int64_t page = 1; more && page <= pages && out->n < out->max; page++) {
        struct entries entries;

        TRY(entries_of(r, s, false, page, &entries, &more));
        for (size_t i = 0; i < entries.n; i++) {
            buf_add(out, S("\n"));
            buf_add(out, entries.v[i].headline);
            buf_add(out, S("\n"));
            body_write_plain(out, &entries.v[i].body, &(struct plain_writer){.search = true});
        }
    }
    return OK;
}

static err read_forms(struct reading *r, enum stem_tongue tongue, struct find_term *t)
{
    struct sql_find_forms_rows rows;
    struct find_forms *forms = &t->forms[tongue];
    str *v;

    if (forms->stem.n == 0)
        return OK;
    TRY(sql_find_forms(r->a, r->db, tongue, forms->stem, SEARCH_FORMS, &rows));
    v = arena_many(r->a, str, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        if (!str_eq(rows.v[i].word, t->pieces[0].word))
            v[forms->n++] = rows.v[i].word;
    forms->v = v;
    return OK;
}

err find_forms_read(struct reading *r, struct find_query *q)
{
    for (size_t i = 0; i < q->n; i++)
        for (int k = STEM_NONE + 1; k < STEM_TONGUES; k++)
            TRY(read_forms(r, (enum stem_tongue)k, &q->terms[i]));
    return OK;
}

static void hits_of(arena *a, const struct sql_find_newest *v, size_t n, struct find_hits *out)
{
    int64_t *stories = arena_many(a, int64_t, n), *moments = arena_many(a, int64_t, n);

    for (size_t i = 0; i < n; i++) {
        stories[i] = v[i].story;
        moments[i] = v[i].moment;
    }
    *out = (struct find_hits){stories, moments, n, false};
}

/* Past its deadline a search has found nothing, which is said. */
static err in_time(err e, struct find_hits *out)
{
    if (e != E_BUSY)
        return e;
    *out = (struct find_hits){.late = true};
    return OK;
}

err find_newest(struct reading *r, const struct find_query *q, const struct find_filter *filter,
                size_t many, struct find_hits *out)
{
    struct sql_find_newest_rows rows;

    store_deadline(r->db, SEARCH_DEADLINE_MS);

    err e = sql_find_newest(r->a, r->db, find_expression(r->a, q, filter), filter->since,
                            filter->before, (int64_t)many, &rows);

    store_deadline(r->db, 0);
    if (e == OK)
        hits_of(r->a, rows.v, rows.n, out);
    return in_time(e, out);
}

err find_best(struct reading *r, const struct find_query *q, const struct find_filter *filter,
              size_t skip, size_t many, struct find_hits *out)
{
    struct sql_find_newest_rows rows;

    store_deadline(r->db, SEARCH_DEADLINE_MS);

    err e = sql_find_best(r->a, r->db, find_expression(r->a, q, filter), filter->since,
                          filter->before, SEARCH_CANDIDATES, (int64_t)skip, (int64_t)many, &rows);

    store_deadline(r->db, 0);
    if (e == OK)
        hits_of(r->a, rows.v, rows.n, out);
    if (e != E_BUSY)
        return e;
    TRY(find_newest(r, q, filter, skip > 0 ? 0 : many, out));
    out->late = true;
    return OK;
}

err find_notices(struct reading *r, const struct find_query *q, const struct find_filter *filter,
                 size_t skip, size_t many, struct find_notices *out)
{
    struct sql_find_notices_rows rows;
    int64_t *v;

    *out = (struct find_notices){0};
    if (filter->section != 0 || filter->topic != 0 || filter->author != 0)
        return OK;
    store_deadline(r->db, SEARCH_DEADLINE_MS);

    err e = sql_find_notices(r->a, r->db, find_expression(r->a, q, filter), r->now, filter->since,
                             filter->before, (int64_t)skip, (int64_t)many, &rows);

    store_deadline(r->db, 0);
    out->late = e == E_BUSY;
    if (e != OK)
        return out->late ? OK : e;
    v = arena_many(r->a, int64_t, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = rows.v[i].notice;
    out->v = v;
    out->n = rows.n;
    return OK;
}
