/*
 * stories.c - GET /desk/stories: the paper's stories in any state, those that changed last first.
 */
#include "site/desk/desk.h"

#include "base/must.h"
#include "store/sql.h"

enum { MANY = 40, WORDS_MAX = 120, NUMBER_MAX = 40 };

static const char *const state_names[STATE_COUNT] = {
    [STATE_NONE] = SAY("Draft"),     [STATE_SCHEDULED] = SAY("Scheduled"),
    [STATE_LIVE] = SAY("Published"), [STATE_WITHDRAWN] = SAY("Withdrawn"),
    [STATE_KILLED] = SAY("Killed"),
};

str desk_state_name(const struct desk_page *p, enum public_state state)
{
    must(state < STATE_COUNT);
    return desk_say(p, state_names[state]);
}

str desk_headline(const struct desk_page *p, str headline)
{
    return headline.n > 0 ? headline : desk_say(p, SAY("Without a headline yet"));
}

struct asked {
    str words, state, section;
    int64_t before, before_story;
    enum public_state of;
    int64_t section_id;
    bool has_state, has_section, is_later;
};

/* ?before=TIME-STORY: those that changed earlier. */
static void read_before(struct request *rq, struct asked *out)
{
    str rest = desk_query(rq, S("before"), NUMBER_MAX), at;

    out->before = out->before_story = TIME_NEVER;
    if (rest.n == 0 || !str_cut(&rest, '-', &at))
        return;
    out->is_later = str_int(at, &out->before) && str_int(rest, &out->before_story);
    if (!out->is_later)
        out->before = out->before_story = TIME_NEVER;
}

static void read_asked(const struct desk_page *p, struct asked *out)
{
    struct request *rq = p->rq;
    const struct section *section;

    *out = (struct asked){
        .words = desk_query(rq, S("words"), WORDS_MAX),
        .state = desk_query(rq, S("state"), NUMBER_MAX),
        .section = desk_query(rq, S("section"), NUMBER_MAX),
    };
    read_before(rq, out);
    for (int i = 0; i < STATE_COUNT; i++)
        if (str_eq(out->state, state_word((enum public_state)i))) {
            out->of = (enum public_state)i;
            out->has_state = true;
        }
    section = out->section.n > 0 ? paper_section(&p->paper, out->section) : NULL;
    out->has_section = section != NULL;
    if (section != NULL)
        out->section_id = section->id;
}

static void fill_form(const struct desk_page *p, const struct asked *asked,
                      struct view_desk_stories *view)
{
    arena *a = p->rq->arena;
    struct view_choice *states = arena_many(a, struct view_choice, STATE_COUNT);
    struct view_choice *sections = arena_many(a, struct view_choice, p->paper.section_count);

    for (int i = 0; i < STATE_COUNT; i++) {
        enum public_state s = (enum public_state)i;

        states[i] = (struct view_choice){state_word(s), desk_state_name(p, s),
                                         asked->has_state && asked->of == s};
    }
    for (size_t i = 0; i < p->paper.section_count; i++) {
        const struct section *s = &p->paper.sections[i];

        sections[i] = (struct view_choice){s->slug, s->name, str_eq(s->slug, asked->section)};
    }
    view->words = asked->words;
    view->states.v = states;
    view->states.n = STATE_COUNT;
    view->sections.v = sections;
    view->sections.n = p->paper.section_count;
}

static str address_of(struct request *rq, int64_t story)
{
    return str_fmt(rq->arena, "/desk/stories/%lld", (long long)story);
}

static struct view_desk_story_line line_of(const struct desk_page *p,
                                           const struct sql_desk_stories *row)
{
    enum public_state state = state_now(row->public_state, row->public_at, p->r.now);

    return (struct view_desk_story_line){
        .href = {address_of(p->rq, row->story)},
        .headline = desk_headline(p, row->headline),
        .language = part_language(&p->paper, row->language),
        .direction = part_direction(row->language),
        .section = row->section,
        .byline = row->byline,
        .state = desk_state_name(p, state),
        .is_live = state == STATE_LIVE,
        .scheduled = state == STATE_SCHEDULED ? desk_when(p, row->public_at) : NULL,
        .changed = desk_when(p, row->changed_at),
    };
}

static str way_on(struct request *rq, const struct asked *asked, str before)
{
    const struct desk_word words[] = {{"words", asked->words},
                                      {"state", asked->state},
                                      {"section", asked->section},
                                      {"before", before}};

    return desk_address(rq, "/desk/stories", words, LENGTH(words));
}

/* What a new story may be, and where. */
static void fill_new(const struct desk_page *p, struct view_desk_stories *view)
{
    struct view_choice *types = arena_many(p->rq->arena, struct view_choice, DESK_TYPES);

    for (size_t i = 0; i < DESK_TYPES; i++)
        types[i] = (struct view_choice){str_c(desk_types[i].word), desk_say(p, desk_types[i].name),
                                        i == 0};
    view->types.v = types;
    view->types.n = DESK_TYPES;
}

err desk_stories(struct request *rq)
{
    const struct session *who = &desk_visit(rq)->who;
    struct desk_page p;
    struct asked asked;
    struct sql_desk_stories_rows rows;
    struct view_desk_stories view = {0};
    struct sql_desk_stories_in question;

    TRY(desk_begin(rq, &p));
    read_asked(&p, &asked);
    question = (struct sql_desk_stories_in){
        .made_by = who->staff,
        .has_made_by = (who->may & MAY(edit)) == 0,
        .state = asked.of,
        .has_state = asked.has_state,
        .section = asked.section_id,
        .has_section = asked.has_section,
        .words = asked.words,
        .before = asked.before,
        .before_story = asked.before_story,
        .many = MANY + 1,
    };
    TRY(sql_desk_stories(rq->arena, rq->desk, &question, &rows));
    fill_form(&p, &asked, &view);

    struct view_desk_story_line *lines = arena_many(rq->arena, struct view_desk_story_line, rows.n);
    size_t n = rows.n > MANY ? MANY : rows.n;

    for (size_t i = 0; i < n; i++)
        lines[i] = line_of(&p, &rows.v[i]);
    if (rows.n > MANY)
        view.older.address =
            way_on(rq, &asked,
                   str_fmt(rq->arena, "%lld-%lld", (long long)rows.v[n - 1].changed_at,
                           (long long)rows.v[n - 1].story));
    if (asked.is_later)
        view.newest.address = way_on(rq, &asked, S(""));
    fill_new(&p, &view);
    view.desk = p.head;
    view.is_own = question.has_made_by;
    view.stories.v = lines;
    view.stories.n = n;
    view.has_stories = n > 0;
    return desk_reply(&p, 200, DESK_STORIES, SAY("Stories"), &view);
}

err desk_next(const struct desk_page *p, int64_t many, const struct view_desk_story_line **out,
              size_t *n, int64_t *all)
{
    struct sql_desk_stories_scheduled_rows rows;
    struct view_desk_story_line *lines;

    TRY(sql_desk_stories_scheduled(p->rq->arena, p->rq->desk, p->r.now, many, &rows));
    lines = arena_many(p->rq->arena, struct view_desk_story_line, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        lines[i] = (struct view_desk_story_line){
            .href = {address_of(p->rq, rows.v[i].story)},
            .headline = rows.v[i].headline,
            .language = part_language(&p->paper, rows.v[i].language),
            .direction = part_direction(rows.v[i].language),
            .section = rows.v[i].section,
            .scheduled = desk_when(p, rows.v[i].public_at),
        };
    *out = lines;
    *n = rows.n;
    *all = rows.n > 0 ? rows.v[0].matches : 0;
    return OK;
}
