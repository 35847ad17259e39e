#include "store/event.h"

#include "store/inside.h"
#include "store/sql.h"

#define EVENT_KIND_WORD(word, doc) #word,
static const char *const words[] = {"unknown", EVENT_KINDS(EVENT_KIND_WORD)};

const char *event_word(enum event_kind kind)
{
    must(kind < EVENT_KIND_COUNT);
    return words[kind];
}

enum event_kind event_kind_of(str word)
{
    for (size_t i = 1; i < LENGTH(words); i++)
        if (str_eq(word, str_c(words[i])))
            return (enum event_kind)i;
    return EVENT_unknown;
}

err event_add(store_conn *w, enum event_kind kind, int64_t subject, const struct tag_set *tags,
              str body_json, note *why)
{
    struct sql_event_add added;
    err e = OK;

    must(w->in_job && kind != EVENT_unknown);
    SCRATCH (w->scratch) {
        str text = tags == NULL ? S("") : tag_set_write(w->scratch, tags);

        e = sql_event_add(w->scratch, w, clock_now(w->s->clock), str_c(event_word(kind)), subject,
                          text, str_empty(body_json) ? S("{}") : body_json, &added);
    }
    if (e != OK)
        return fail(why, e, "could not write event %s of %lld: %s", event_word(kind),
                    (long long)subject, store_why(w));
    w->written_event = added.id;
    return OK;
}

static err read_events(arena *a, const struct sql_events_after_rows *rows, struct event **events,
                       size_t *count)
{
    *events = arena_many(a, struct event, rows->n);
    *count = rows->n;
    for (size_t i = 0; i < rows->n; i++) {
        const struct sql_events_after *r = &rows->v[i];
        struct event *e = &(*events)[i];

        *e = (struct event){
            r->id, r->at, event_kind_of(r->kind), r->subject, tag_set_read(a, r->tags), r->body};
        e->tags.everything |= e->kind == EVENT_unknown;
    }
    return OK;
}

err events_after(arena *a, store_conn *c, int64_t after, int64_t limit, struct event **events,
                 size_t *count)
{
    struct sql_events_after_rows rows;

    TRY(sql_events_after(a, c, after, limit, &rows));
    return read_events(a, &rows, events, count);
}

err events_told(arena *a, store_conn *c, int64_t after, int64_t limit, struct event **events,
                size_t *count)
{
    struct sql_events_after_rows rows;

    TRY(sql_events_told(a, c, after, limit, &rows));
    return read_events(a, &rows, events, count);
}

err events_gone(arena *a, store_conn *c, int64_t after, int64_t limit, struct event **events,
                size_t *count)
{
    struct sql_events_after_rows rows;

    TRY(sql_events_gone(a, c, after, limit, &rows));
    return read_events(a, &rows, events, count);
}

err event_at(arena *a, store_conn *c, int64_t number, struct event *out)
{
    struct event *found;
    size_t n;

    TRY(events_after(a, c, number - 1, 1, &found, &n));
    if (n == 0 || found->id != number)
        return E_MISSING;
    *out = *found;
    return OK;
}

err event_newest(store_conn *c, int64_t *id)
{
    struct sql_event_newest newest;

    TRY(sql_event_newest(c->scratch, c, &newest));
    *id = newest.id;
    return OK;
}
