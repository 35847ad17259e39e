#include "news/notice.h"

#include "store/sql.h"
#include "text/say.h"

enum { NOTICES_MAX = 200 };

#define NOTICE_LINE(name, word) S_INIT(word),
static const str words[] = {NOTICE_TYPES(NOTICE_LINE)};

static const char *const titles[NOTICE_TYPE_COUNT] = {
    [NOTICE_PLANNING] = SAY("Planning"),         [NOTICE_LICENSING] = SAY("Licensing"),
    [NOTICE_ROADS] = SAY("Roads and traffic"),   [NOTICE_TENDER] = SAY("Tenders and contracts"),
    [NOTICE_COURT] = SAY("Courts and estates"),  [NOTICE_ELECTION] = SAY("Elections"),
    [NOTICE_DEATH] = SAY("Deaths and funerals"), [NOTICE_FAMILY] = SAY("Births and weddings"),
    [NOTICE_PUBLIC] = SAY("Public notices"),
};

str notice_word(enum notice_type t)
{
    return words[t];
}

const char *notice_title(enum notice_type t)
{
    return titles[t];
}

enum notice_type notice_type_at(str word)
{
    for (size_t i = 0; i < LENGTH(words); i++)
        if (str_eq(words[i], word))
            return (enum notice_type)i;
    return NOTICE_TYPE_COUNT;
}

enum notice_type notice_type_of(str said, bool *known)
{
    static const struct {
        str part;
        enum notice_type type;
    } parts[] = {
        {S_INIT("plan"), NOTICE_PLANNING},   {S_INIT("licen"), NOTICE_LICENSING},
        {S_INIT("road"), NOTICE_ROADS},      {S_INIT("traffic"), NOTICE_ROADS},
        {S_INIT("highway"), NOTICE_ROADS},   {S_INIT("tender"), NOTICE_TENDER},
        {S_INIT("contract"), NOTICE_TENDER}, {S_INIT("procure"), NOTICE_TENDER},
        {S_INIT("court"), NOTICE_COURT},     {S_INIT("probate"), NOTICE_COURT},
        {S_INIT("estate"), NOTICE_COURT},    {S_INIT("insolven"), NOTICE_COURT},
        {S_INIT("elect"), NOTICE_ELECTION},  {S_INIT("death"), NOTICE_DEATH},
        {S_INIT("funeral"), NOTICE_DEATH},   {S_INIT("memor"), NOTICE_DEATH},
        {S_INIT("birth"), NOTICE_FAMILY},    {S_INIT("wedding"), NOTICE_FAMILY},
        {S_INIT("marriage"), NOTICE_FAMILY}, {S_INIT("family"), NOTICE_FAMILY},
        {S_INIT("public"), NOTICE_PUBLIC},   {S_INIT("legal"), NOTICE_PUBLIC},
    };

    for (size_t i = 0; i < LENGTH(parts); i++)
        if (str_find_nocase(said, parts[i].part) >= 0) {
            if (known != NULL)
                *known = true;
            return parts[i].type;
        }
    if (known != NULL)
        *known = false;
    return NOTICE_PUBLIC;
}

/* --- reading --- */

static enum gate_word ask(struct reading *r, int64_t state, int64_t from_at)
{
    return reading_gate(
        r, &(struct gate_facts){.state = (enum public_state)state, .public_at = from_at});
}

/* Words go into the struct here, after the gate has said so. */
static err fill(struct reading *r, const struct sql_notice_at *row, struct notice *out)
{
    enum notice_type type = notice_type_at(row->type);
    struct notice n = {
        .id = row->notice,
        .type = type == NOTICE_TYPE_COUNT ? NOTICE_PUBLIC : type,
        .title = row->title,
        .issuer = row->issuer,
        .reference = row->reference,
        .language = row->language,
        .path = str_fmt(r->a, "/notices/%lld", (long long)row->notice),
        .from_at = row->from_at,
        .until_at = row->has_until_at ? row->until_at : 0,
        .changed_at = row->changed_at,
        .has_ended = row->has_until_at && row->until_at <= r->now,
    };

    if (n.until_at > r->now)
        reading_until(r, n.until_at);
    TRY(body_from_store(r->a, row->body, &n.body, NULL));
    *out = n;
    return OK;
}

err notice_at(struct reading *r, int64_t id, struct notice *out)
{
    struct sql_notice_at row;

    TRY(sql_notice_at(r->a, r->db, id, &row));
    switch (ask(r, row.public_state, row.from_at)) {
    case GATE_FULL:
    case GATE_TEASER:
        return fill(r, &row, out);
    case GATE_WITHDRAWN:
    case GATE_KILLED:
        return E_GONE;
    case GATE_NOT_YET:
    default:
        return E_MISSING;
    }
}

static err until_next_change(struct reading *r)
{
    struct sql_notice_next_change next;

    TRY(sql_notice_next_change(r->a, r->db, r->now, &next));
    if (next.has_moment)
        reading_until(r, next.moment);
    return OK;
}

err notices_list(struct reading *r, bool ended, enum notice_type type, int64_t before, size_t many,
                 struct notices *out)
{
    struct sql_notice_at_rows rows;
    str word = type == NOTICE_TYPE_COUNT ? S("") : notice_word(type);
    int64_t most = many < NOTICES_MAX ? (int64_t)many : NOTICES_MAX;

    if (ended)
        TRY(sql_notices_ended(r->a, r->db, word, r->now, before, most, &rows));
    else
        TRY(sql_notices_running(r->a, r->db, word, r->now, before, most, &rows));
    *out = (struct notices){arena_many(r->a, struct notice, rows.n), 0};
    for (size_t i = 0; i < rows.n; i++)
        if (ask(r, rows.v[i].public_state, rows.v[i].from_at) == GATE_FULL)
            TRY(fill(r, &rows.v[i], &out->v[out->n++]));
    return until_next_change(r);
}

err notices_count(struct reading *r, int64_t counts[NOTICE_TYPE_COUNT])
{
    struct sql_notice_types_running_rows rows;

    memset(counts, 0, NOTICE_TYPE_COUNT * sizeof *counts);
    TRY(sql_notice_types_running(r->a, r->db, r->now, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        enum notice_type type = notice_type_at(rows.v[i].type);

        counts[type == NOTICE_TYPE_COUNT ? NOTICE_PUBLIC : type] += rows.v[i].notices;
    }
    return until_next_change(r);
}

err notices_map(struct reading *r, size_t many, struct map_places *out)
{
    struct sql_notices_map_rows rows;

    TRY(sql_notices_map(r->a, r->db, r->now, (int64_t)many, &rows));
    *out = (struct map_places){arena_many(r->a, struct map_place, rows.n), 0};
    for (size_t i = 0; i < rows.n; i++)
        if (ask(r, rows.v[i].public_state, rows.v[i].from_at) == GATE_FULL)
            out->v[out->n++] = (struct map_place){
                str_fmt(r->a, "/notices/%lld", (long long)rows.v[i].notice), rows.v[i].changed_at};
    return until_next_change(r);
}

/* --- the desk --- */

static err tell(struct desk *d, int64_t id, enum event_kind kind, note *why)
{
    struct tag_set tags = tag_set_new(d->a);

    tag_set_add(&tags, tag_of(TAG_notice, id));
    tag_set_add(&tags, tag_of(TAG_notices, 0));
    return event_add(d->w, kind, id, &tags, S("{}"), why);
}

static err check(const struct notice_draft *t, int64_t from_at, note *why)
{
    if (t->title.n == 0 || t->title.n > NOTICE_TITLE_MAX)
        return fail(why, E_INVALID, "a notice has a title of 1 to %d bytes", NOTICE_TITLE_MAX);
    if (t->issuer.n == 0)
        return fail(why, E_INVALID, "a notice says who gives it out");
    if (t->body.count == 0)
        return fail(why, E_INVALID, "there is nothing in this notice");
    if (t->until_at != 0 && t->until_at <= from_at)
        return fail(why, E_INVALID, "this notice would end before it begins");
    return OK;
}

/* Lists go on from a moment, so no two begin at the same. */
static err free_moment(struct desk *d, int64_t id, int64_t *at)
{
    for (;; ++*at) {
        struct sql_notice_moment_taken row;

        TRY(sql_notice_moment_taken(d->a, d->w, id, *at, &row));
        if (!row.taken)
            return OK;
    }
}

err notice_add(struct desk *d, const struct notice_draft *text, int64_t *id, note *why)
{
    int64_t from = text->from_at != 0 ? text->from_at : d->now;
    struct sql_notice_add made;

    TRY(check(text, from, why));
    TRY(free_moment(d, 0, &from));

    struct sql_notice_add_in row = {
        .guid = text->guid.n > 0 ? text->guid : (str){0},
        .type = notice_word(text->type),
        .title = text->title,
        .issuer = text->issuer,
        .reference = text->reference,
        .language = text->language,
        .body = body_to_json(d->a, &text->body),
        .public_state = STATE_LIVE,
        .from_at = from,
        .until_at = text->until_at,
        .has_until_at = text->until_at != 0,
        .changed_at = from,
    };

    TRY(sql_notice_add(d->a, d->w, &row, &made));
    *id = made.notice;
    return tell(d, made.notice, EVENT_notice_published, why);
}

static err standing(struct desk *d, int64_t id, struct sql_notice_at *out, note *why)
{
    err e = sql_notice_at(d->a, d->w, id, out);

    return e == E_MISSING ? fail(why, e, "there is no notice %lld", (long long)id) : e;
}

err notice_change(struct desk *d, int64_t id, const struct notice_draft *text, note *why)
{
    struct sql_notice_at old;
    int64_t from = text->from_at;

    TRY(standing(d, id, &old, why));
    if (old.public_state == STATE_KILLED)
        return fail(why, E_GONE, "the notice is killed: it can never be used again");
    if (from == 0 || (old.from_at <= d->now && from > d->now))
        from = old.from_at;
    TRY(check(text, from, why));
    TRY(free_moment(d, id, &from));

    struct sql_notice_set_in row = {
        .notice = id,
        .type = notice_word(text->type),
        .title = text->title,
        .issuer = text->issuer,
        .reference = text->reference,
        .language = text->language,
        .body = body_to_json(d->a, &text->body),
        .from_at = from,
        .until_at = text->until_at,
        .has_until_at = text->until_at != 0,
        .changed_at = d->now,
    };

    TRY(sql_notice_set(d->w, &row, NULL));
    return tell(d, id, EVENT_notice_changed, why);
}

err notice_move(struct desk *d, int64_t id, enum public_state to, str reason, note *why)
{
    struct sql_notice_at old;

    TRY(standing(d, id, &old, why));
    if (to != (enum public_state)old.public_state)
        TRY(state_check_move((enum public_state)old.public_state, to, why));
    TRY(sql_notice_state_set(d->w, id, to, d->now, reason, NULL));
    return tell(d, id, to == STATE_LIVE ? EVENT_notice_changed : EVENT_notice_withdrawn, why);
}

err notice_of_guid(struct desk *d, str guid, int64_t *id)
{
    struct sql_notice_of_guid row;

    TRY(sql_notice_of_guid(d->a, d->w, guid, &row));
    *id = row.notice;
    return OK;
}
