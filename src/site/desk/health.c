/*
 * health.c - GET /desk/health: what the paper is doing now; first what somebody should know of, and
 * what it means.
 */
#include "site/health.h"
#include "site/desk/desk.h"

static const char *const kind_names[] = {
    [KIND_other] = SAY("Files and all else"),
    [KIND_story] = SAY("Stories"),
    [KIND_front] = SAY("Fronts and sections"),
    [KIND_list] = SAY("Lists, archive, feeds"),
    [KIND_api] = SAY("Interface for machines"),
    [KIND_search] = SAY("Search"),
    [KIND_media] = SAY("Pictures, films, sounds"),
    [KIND_live] = SAY("What happens, as it happens"),
    [KIND_desk] = SAY("Desk"),
    [KIND_poll] = SAY("Desk, asking again and again"),
};
_Static_assert(LENGTH(kind_names) == ROUTE_KINDS, "each has a name");

static void fill_alarms(const struct desk_page *p, const struct health *h,
                        struct view_desk_health *view)
{
    struct health_alarm all[HEALTH_ALARMS];
    size_t n = health_alarms(h, all);
    struct view_desk_health_alarm *v = arena_many(p->rq->arena, struct view_desk_health_alarm, n);

    for (size_t i = 0; i < n; i++)
        v[i] = (struct view_desk_health_alarm){desk_say(p, all[i].words), all[i].what,
                                               desk_say(p, all[i].meaning)};
    view->alarms.v = v;
    view->alarms.n = n;
    view->has_alarms = n > 0;
}

static void fill_groups(const struct desk_page *p, const struct health *h,
                        struct view_desk_health *view)
{
    arena *a = p->rq->arena;
    struct health_group *all = arena_many(a, struct health_group, HEALTH_GROUPS);
    struct view_desk_health_group *v = arena_many(a, struct view_desk_health_group, HEALTH_GROUPS);

    health_groups(a, p->paper.tongue, h, all);
    for (size_t i = 0; i < HEALTH_GROUPS; i++) {
        struct view_desk_health_line *lines = arena_many(a, struct view_desk_health_line, all[i].n);

        for (size_t j = 0; j < all[i].n; j++)
            lines[j] = (struct view_desk_health_line){all[i].v[j].name, all[i].v[j].value};
        v[i] = (struct view_desk_health_group){.number = (int64_t)i + 1, .title = all[i].title};
        v[i].lines.v = lines;
        v[i].lines.n = all[i].n;
    }
    view->groups.v = v;
    view->groups.n = HEALTH_GROUPS;
}

static void fill_kinds(const struct desk_page *p, const struct health *h,
                       struct view_desk_health *view)
{
    arena *a = p->rq->arena;
    const struct tongue *t = p->paper.tongue;
    struct health_kind all[ROUTE_KINDS];
    size_t n = health_kinds(h, all);
    struct view_desk_health_kind *v = arena_many(a, struct view_desk_health_kind, n);

    for (size_t i = 0; i < n; i++)
        v[i] = (struct view_desk_health_kind){
            .name = desk_say(p, kind_names[all[i].kind]),
            .replies = say_number(a, t, all[i].replies),
            .warm = all[i].warm_percent < 0
                        ? S("–")
                        : str_fmt(a, "%.*s %%", STR(say_number(a, t, all[i].warm_percent))),
            .failed = say_number(a, t, all[i].refused),
        };
    view->kinds.v = v;
    view->kinds.n = n;
}

static void fill_slow(const struct desk_page *p, const struct health *h,
                      struct view_desk_health *view)
{
    arena *a = p->rq->arena;
    struct view_desk_health_line *v = arena_many(a, struct view_desk_health_line, h->slow_n);

    for (size_t i = 0; i < h->slow_n; i++)
        v[i] = (struct view_desk_health_line){str_of(h->slow[i].path, h->slow[i].path_n),
                                              health_span(a, p->paper.tongue, h->slow[i].us)};
    view->slow.v = v;
    view->slow.n = h->slow_n;
    view->has_slow = h->slow_n > 0;
}

static void fill_events(const struct desk_page *p, const struct health *h,
                        struct view_desk_health *view)
{
    arena *a = p->rq->arena;
    struct view_desk_health_line *v = arena_many(a, struct view_desk_health_line, EVENT_KIND_COUNT);
    size_t n = 0;

    for (int i = 1; i < EVENT_KIND_COUNT; i++)
        if (h->events[i] > 0)
            v[n++] = (struct view_desk_health_line){str_c(event_word((enum event_kind)i)),
                                                    say_number(a, p->paper.tongue, h->events[i])};
    view->events.v = v;
    view->events.n = n;
    view->has_events = n > 0;
}

err desk_health(struct request *rq)
{
    struct desk_page p;
    struct view_desk_health view = {0};
    struct health *h = arena_one(rq->arena, struct health);

    TRY(desk_begin(rq, &p));
    TRY(health_gather(rq->of, rq->arena, rq->desk, h));
    view.desk = p.head;
    desk_settings_menu(&p, &view.pages.v, &view.pages.n);
    view.now = desk_when(&p, h->at);
    fill_alarms(&p, h, &view);
    fill_groups(&p, h, &view);
    fill_kinds(&p, h, &view);
    fill_slow(&p, h, &view);
    fill_events(&p, h, &view);
    return desk_reply(&p, 200, DESK_HEALTH, SAY("Health"), &view);
}
