/*
 * suggest.c - what the editor offers while one writes, as JSON: topics by letters or by what the
 * text says, people and places that have a page, other stories.
 */
#include "site/desk/writing.h"

#include "base/table.h"
#include "news/story.h"
#include "news/subject.h"
#include "staff/writing.h"
#include "store/sql.h"
#include "text/fold.h"
#include "text/stem.h"
#include "text/write_plain.h"
#include "wire/item/topics.h"

enum { MANY = 20, OFFERED = 10, HOUSE_MAX = 3000, ANSWER_MAX = 256 << 10, WORDS_MAX = 120 };

static struct json_writer begin(buf *out, const char *list)
{
    struct json_writer w = json_writer(out);

    put_object(&w, NULL);
    put_list(&w, list);
    return w;
}

static err end(struct request *rq, struct json_writer *w)
{
    put_end(w);
    put_end(w);
    return writing_reply(rq, 200, w->out);
}

/* --- names with a page --- */

static err names(struct request *rq, enum subject_kind kind, const char *list)
{
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct json_writer w;
    struct sql_desk_subjects_like_rows rows;

    TRY(sql_desk_subjects_like(rq->arena, rq->desk, kind, desk_query(rq, S("q"), WORDS_MAX), MANY,
                               &rows));
    w = begin(&out, list);
    for (size_t i = 0; i < rows.n; i++)
        put_str(&w, NULL, rows.v[i].name);
    return end(rq, &w);
}

err desk_people_list(struct request *rq)
{
    return names(rq, SUBJECT_AUTHOR, "people");
}

err desk_places_list(struct request *rq)
{
    return names(rq, SUBJECT_PLACE, "places");
}

/* --- topics --- */

struct offer {
    str name, code;
    int weight;
};

static bool is_there(const struct offer *v, size_t n, str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(v[i].name, name))
            return true;
    return false;
}

static void put_topics(struct json_writer *w, const struct offer *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        put_object(w, NULL);
        put_str(w, "name", v[i].name);
        put_str(w, "code", v[i].code);
        put_end(w);
    }
}

/* The house's own first, then the IPTC's. */
static err by_letters(struct request *rq, str words, struct offer *v, size_t *n)
{
    struct sql_desk_subjects_like_rows rows;
    size_t many;
    const struct topic_fact *facts = topics_all(&many);

    TRY(sql_desk_subjects_like(rq->arena, rq->desk, SUBJECT_TOPIC, words, MANY, &rows));
    for (size_t i = 0; i < rows.n; i++)
        v[(*n)++] = (struct offer){rows.v[i].name, rows.v[i].code, 0};
    for (int round = 0; round < 2 && words.n > 0; round++)
        for (size_t i = 0; i < many && *n < MANY; i++) {
            ptrdiff_t at = str_find_nocase(facts[i].name, words);

            if (at >= 0 && (at == 0) == (round == 0) && !is_there(v, *n, facts[i].name))
                v[(*n)++] = (struct offer){facts[i].name, facts[i].code, 0};
        }
    return OK;
}

/* How often each word stands in a text, in any of its forms. */
struct counted {
    arena *a;
    enum stem_tongue tongue;
    table words; /* stem -> int* */
};

static str stem(arena *a, enum stem_tongue tongue, str word)
{
    str s = stem_of(a, tongue, word);

    return s.n > 0 ? s : word;
}

static void count(struct counted *c, str text, int weight)
{
    struct fold_piece piece = {0};

    for (size_t at = 0; fold_next(c->a, text, &at, &piece);) {
        str s = stem(c->a, c->tongue, piece.word);
        int *n = table_get(&c->words, s);

        if (n == NULL) {
            n = arena_one(c->a, int);
            table_put(&c->words, s, n);
        }
        *n += weight;
    }
}

static bool says_little(str word)
{
    static const str all[] = {S_INIT("and"),     S_INIT("or"),   S_INIT("of"),  S_INIT("the"),
                              S_INIT("in"),      S_INIT("und"),  S_INIT("der"), S_INIT("die"),
                              S_INIT("general"), S_INIT("other")};

    for (size_t i = 0; i < LENGTH(all); i++)
        if (str_eq(word, all[i]))
            return true;
    return word.n < 3;
}

/* Of a name: all of its words must be there; the rarest counts, and longer names say more. */
static int weigh(const struct counted *c, str name)
{
    struct fold_piece piece = {0};
    int least = 0, words = 0;

    for (size_t at = 0; fold_next(c->a, name, &at, &piece);) {
        const int *n;

        if (says_little(piece.word))
            continue;
        n = table_get(&c->words, stem(c->a, c->tongue, piece.word));
        if (n == NULL)
            return 0;
        least = words == 0 || *n < least ? *n : least;
        words++;
    }
    return least * (2 * words - 1);
}

/* Among the best, if it is. */
static void offer(struct offer *v, size_t *n, str name, str code, int weight)
{
    size_t at = *n;

    if (weight < 2 || is_there(v, *n, name))
        return;
    while (at > 0 && v[at - 1].weight < weight)
        at--;
    if (at == OFFERED)
        return;
    if (*n < OFFERED)
        ++*n;
    memmove(&v[at + 1], &v[at], (*n - 1 - at) * sizeof *v);
    v[at] = (struct offer){name, code, weight};
}

static str plain_of(arena *a, const struct body *b)
{
    buf out = buf_new(a, BODY_TEXT_MAX * 2);

    body_write_plain(&out, b, &(struct plain_writer){.search = true});
    return buf_str(&out);
}

static err by_text(struct request *rq, int64_t story, struct offer *v, size_t *n)
{
    struct sql_desk_subjects_like_rows house;
    struct working w;
    struct copy c;
    struct counted words = {.a = rq->arena, .words = table_new(rq->arena)};
    size_t many;
    const struct topic_fact *facts = topics_all(&many);

    TRY(working_look(rq->arena, rq->desk, story, &w));
    TRY(working_copy(rq->arena, rq->desk, story, w.revision, &c, &rq->note));
    words.tongue = stem_tongue_of(
        c.language.n > 0 ? c.language : paper_setting(rq->arena, rq->desk, S("language"), S("en")));
    count(&words, c.headline, 3);
    count(&words, c.standfirst, 2);
    count(&words, plain_of(rq->arena, &c.body), 1);
    TRY(sql_desk_subjects_like(rq->arena, rq->desk, SUBJECT_TOPIC, S(""), HOUSE_MAX, &house));
    for (size_t i = 0; i < house.n; i++)
        offer(v, n, house.v[i].name, house.v[i].code, 2 * weigh(&words, house.v[i].name));
    for (size_t i = 0; i < many; i++)
        offer(v, n, facts[i].name, facts[i].code, weigh(&words, facts[i].name));
    return OK;
}

err desk_topics(struct request *rq)
{
    const struct session *who = &desk_visit(rq)->who;
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct offer *v = arena_many(rq->arena, struct offer, 2 * MANY);
    struct json_writer w;
    int64_t story;
    size_t n = 0;

    if (str_int(desk_query(rq, S("story"), MANY), &story)) {
        TRY(staff_check_write(rq->arena, rq->desk, who->may, who->staff, story));
        TRY(by_text(rq, story, v, &n));
    } else {
        TRY(by_letters(rq, desk_query(rq, S("q"), WORDS_MAX), v, &n));
    }
    w = begin(&out, "topics");
    put_topics(&w, v, n);
    return end(rq, &w);
}

/* --- other stories --- */

err desk_stories_list(struct request *rq)
{
    const struct session *who = &desk_visit(rq)->who;
    bool sees_all = (who->may & MAY(edit)) != 0;
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct json_writer w;
    struct sql_desk_stories_found_rows rows;
    struct desk_page p;
    int64_t id = 0;

    str_int(desk_query(rq, S("id"), MANY), &id);
    TRY(desk_begin(rq, &p));
    TRY(sql_desk_stories_found(rq->arena, rq->desk, sees_all ? NULL : &who->staff,
                               desk_query(rq, S("q"), WORDS_MAX), id, MANY, &rows));
    w = begin(&out, "stories");
    for (size_t i = 0; i < rows.n; i++) {
        enum public_state state = state_now(rows.v[i].public_state, rows.v[i].public_at, p.r.now);

        put_object(&w, NULL);
        put_num(&w, "id", rows.v[i].story);
        put_str(&w, "headline", rows.v[i].headline);
        put_str(&w, "section", rows.v[i].section);
        put_str(&w, "state", desk_state_name(&p, state));
        put_end(&w);
    }
    reading_end(&p.r);
    return end(rq, &w);
}
