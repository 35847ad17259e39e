#include "news/running.h"

#include "news/running_row.h"
#include "text/markdown.h"
#include "text/url.h"

/* --- what is typed --- */

static err check(const struct entry_draft *t, note *why)
{
    if (t->words.n > ENTRY_WORDS_MAX || t->quote.n > ENTRY_QUOTE_MAX)
        return fail(why, E_LIMIT, "an entry has at most %d bytes of text, a quote %d",
                    ENTRY_WORDS_MAX, ENTRY_QUOTE_MAX);
    if (t->headline.n > ENTRY_LINE_MAX || t->alt.n > ENTRY_LINE_MAX ||
        t->caption.n > ENTRY_LINE_MAX || t->link_title.n > ENTRY_LINE_MAX || t->link.n > URL_MAX ||
        t->byline.n > ENTRY_NAME_MAX || t->quote_by.n > ENTRY_NAME_MAX)
        return fail(why, E_LIMIT, "a line of an entry has at most %d bytes, a name %d",
                    ENTRY_LINE_MAX, ENTRY_NAME_MAX);
    return OK;
}

/* Words in one span; none where there are none. */
static void say_words(arena *a, struct block *b, str words)
{
    struct span *span = arena_one(a, struct span);

    *span = (struct span){.text = words};
    b->spans = span;
    b->span_count = str_trim(words).n > 0;
}

static struct block quote_of(arena *a, const struct entry_draft *t)
{
    struct block *words = arena_one(a, struct block);

    *words = (struct block){.kind = BLOCK_PARAGRAPH};
    say_words(a, words, t->quote);
    return (struct block){
        .kind = BLOCK_QUOTE, .credit = t->quote_by, .children = words, .child_count = 1};
}

static struct block picture_of(arena *a, const struct entry_draft *t)
{
    struct block picture = {.kind = BLOCK_PICTURE, .media = t->media, .alt = t->alt};

    say_words(a, &picture, t->caption);
    return picture;
}

static err card_of(arena *a, const struct entry_draft *t, struct block *out, note *why)
{
    str address = url_web(a, t->link);

    if (!str_starts(address, S("https://")))
        return fail(why, E_INVALID, "a card leads to an https address");
    *out = (struct block){
        .kind = BLOCK_EMBED,
        .address = address,
        .title = t->link_title.n > 0 ? t->link_title : url_site(address),
        .credit = url_site(address),
    };
    return OK;
}

err entry_body(arena *a, const struct entry_draft *t, struct body *out, note *why)
{
    enum { BESIDE = 3 };
    struct body typed = {0}, all;

    TRY(check(t, why));
    if (str_trim(t->words).n > 0)
        TRY(body_from_markdown(a, t->words, MARKDOWN_COMMENT, &typed, why));
    all = (struct body){arena_many(a, struct block, typed.count + BESIDE), typed.count};
    if (typed.count > 0)
        memcpy(all.blocks, typed.blocks, typed.count * sizeof *all.blocks);
    if (str_trim(t->quote).n > 0)
        all.blocks[all.count++] = quote_of(a, t);
    if (t->media != 0)
        all.blocks[all.count++] = picture_of(a, t);
    if (t->link.n > 0)
        TRY(card_of(a, t, &all.blocks[all.count++], why));
    TRY(body_normalise(a, &all, why));
    body_number(a, &all);
    if (all.count == 0 && str_trim(t->headline).n == 0)
        return fail(why, E_INVALID, "an entry needs a headline or some words");
    *out = all;
    return OK;
}

/* --- what it changed --- */

/* Where the story is shown with its newest entries: its own page, and whatever has loaded it. */
static void tags_of(struct desk *d, int64_t story, struct tag_set *out)
{
    *out = tag_set_new(d->a);
    tag_set_add(out, tag_of(TAG_story, story));
}

static err tell(struct desk *d, const struct sql_entry_at *e, enum event_kind kind, note *why)
{
    struct tag_set tags;

    tags_of(d, e->story, &tags);
    if (e->has_promoted)
        tag_set_add(&tags, tag_of(TAG_story, e->promoted));
    if (e->has_media) /* whether readers may have the picture follows from its entry */
        tag_set_add(&tags, tag_of(TAG_media, e->media));
    return event_add(
        d->w, kind, e->entry, &tags,
        str_fmt(d->a, "{\"story\":%lld,\"entry\":%lld}", (long long)e->story, (long long)e->number),
        why);
}

static err find(struct desk *d, int64_t story, int64_t number, struct sql_entry_at *out, note *why)
{
    err e = sql_entry_at(d->a, d->w, story, number, out);

    return e == E_MISSING
               ? fail(why, e, "story %lld has no entry %lld", (long long)story, (long long)number)
               : e;
}

static err standing_of(struct desk *d, int64_t story, struct standing *s, note *why)
{
    TRY(desk_standing(d, story, s, why));
    return s->state == STATE_KILLED
               ? fail(why, E_GONE, "the story is killed: it can never be used again")
               : OK;
}

static err check_media(struct desk *d, int64_t media, note *why)
{
    struct sql_media_standing m;
    err e;

    if (media == 0)
        return OK;
    e = sql_media_standing(d->a, d->w, media, &m);
    if (e == E_MISSING || (e == OK && m.is_killed))
        return fail(why, E_INVALID, "there is no picture %lld, or it was killed", (long long)media);
    return e;
}

/* --- coverage --- */

static err move_coverage(struct desk *d, const struct standing *s, enum coverage_state to,
                         int64_t from_at, note *why)
{
    struct tag_set tags = tag_set_new(d->a);
    bool ends = to == COVERAGE_ENDED || to == COVERAGE_ARCHIVED;
    struct sql_coverage_of now;
    int64_t until;

    TRY(sql_coverage_of(d->a, d->w, s->id, d->now, &now));
    if (to == COVERAGE_LIVE && now.coverage <= COVERAGE_ANNOUNCED)
        from_at = d->now;
    else if (to != COVERAGE_ANNOUNCED)
        from_at = now.has_from_at ? now.from_at : 0;
    until = to == COVERAGE_ARCHIVED && now.has_until_at ? now.until_at : d->now;
    TRY(sql_coverage_set(d->w, s->id, to, from_at != 0 ? &from_at : NULL, ends ? &until : NULL,
                         NULL));
    TRY(desk_tags(d, s, &tags));
    tag_set_add(&tags, tag_of(TAG_running, 0));
    return event_add(d->w, EVENT_coverage_changed, s->id, &tags,
                     str_fmt(d->a, "{\"state\":\"%.*s\"}", STR(coverage_word(to))), why);
}

err coverage_set(struct desk *d, int64_t story, enum coverage_state to, int64_t from_at, note *why)
{
    struct standing s;
    struct sql_coverage_of now;

    TRY(standing_of(d, story, &s, why));
    TRY(sql_coverage_of(d->a, d->w, story, d->now, &now));
    if (!coverage_may_move((enum coverage_state)now.coverage, to))
        return fail(why, E_CONFLICT, "coverage that is %.*s cannot become %.*s",
                    STR(coverage_word((enum coverage_state)now.coverage)),
                    STR(to < COVERAGE_STATES ? coverage_word(to) : S("that")));
    return move_coverage(d, &s, to, from_at, why);
}

/* 1. */
static err open_for_entries(struct desk *d, const struct standing *s, int64_t at, note *why)
{
    bool goes_out = at <= d->now;
    struct sql_coverage_of now;

    TRY(sql_coverage_of(d->a, d->w, s->id, d->now, &now));
    switch ((enum coverage_state)now.coverage) {
    case COVERAGE_LIVE:
    case COVERAGE_PAUSED:
        return OK;
    case COVERAGE_NONE:
        return move_coverage(d, s, goes_out ? COVERAGE_LIVE : COVERAGE_ANNOUNCED, at, why);
    case COVERAGE_ANNOUNCED:
        return goes_out ? move_coverage(d, s, COVERAGE_LIVE, 0, why) : OK;
    case COVERAGE_ENDED:
    case COVERAGE_ARCHIVED:
    case COVERAGE_STATES:
    default:
        return fail(why, E_CONFLICT, "the coverage is over");
    }
}

/* --- entries --- */

/* `edited_at` 0: not since readers have it. */
static err put_words(struct desk *d, int64_t entry, const struct entry_draft *t, str body,
                     int64_t edited_at)
{
    return sql_entry_set(d->w,
                         &(struct sql_entry_set_in){
                             .entry = entry,
                             .edited_at = edited_at,
                             .has_edited_at = edited_at != 0,
                             .is_key = t->is_key,
                             .is_pinned = t->is_pinned,
                             .headline = t->headline,
                             .byline = t->byline,
                             .words = t->words,
                             .quote = t->quote,
                             .quote_by = t->quote_by,
                             .media = t->media,
                             .has_media = t->media != 0,
                             .alt = t->alt,
                             .caption = t->caption,
                             .link = t->link,
                             .link_title = t->link_title,
                             .body = body,
                         },
                         NULL);
}

err entry_write(struct desk *d, int64_t story, const struct entry_draft *t, int64_t *number,
                note *why)
{
    struct standing s;
    struct body body;
    struct sql_entry_number_take taken;
    struct sql_entry_add added;
    struct sql_entry_at row;

    TRY(standing_of(d, story, &s, why));
    TRY(entry_body(d->a, t, &body, why));
    TRY(check_media(d, t->media, why));
    TRY(sql_entry_number_take(d->a, d->w, story, &taken));
    TRY(sql_entry_add(d->a, d->w, story, taken.number, STATE_NONE, d->now, &added));
    TRY(put_words(d, added.entry, t, body_to_json(d->a, &body), 0));
    *number = taken.number;
    TRY(find(d, story, taken.number, &row, why));
    return tell(d, &row, EVENT_entry_saved, why);
}

static bool is_out(struct desk *d, const struct sql_entry_at *e)
{
    return state_now(e->state, e->public_at, d->now) == STATE_LIVE;
}

/* Did its words change, for whoever has read them? */
static bool says_else(const struct sql_entry_at *e, const struct entry_draft *t, str body)
{
    return !str_eq(e->headline, t->headline) || !str_eq(e->byline, t->byline) ||
           !str_eq(e->body, body);
}

err entry_change(struct desk *d, int64_t story, int64_t number, const struct entry_draft *t,
                 note *why)
{
    struct standing s;
    struct sql_entry_at row;
    struct body body;
    int64_t edited_at;
    str json;

    TRY(standing_of(d, story, &s, why));
    TRY(find(d, story, number, &row, why));
    TRY(entry_body(d->a, t, &body, why));
    TRY(check_media(d, t->media, why));
    json = body_to_json(d->a, &body);
    edited_at = row.has_edited_at ? row.edited_at : 0;
    if (is_out(d, &row) && says_else(&row, t, json))
        edited_at = d->now;
    TRY(put_words(d, row.entry, t, json, edited_at));
    if (row.has_media) /* the picture that it showed may go with it */
        TRY(tell(d, &row, EVENT_entry_saved, why));
    TRY(find(d, story, number, &row, why));
    return tell(d, &row, is_out(d, &row) ? EVENT_entry_changed : EVENT_entry_saved, why);
}

err entry_publish(struct desk *d, int64_t story, int64_t number, int64_t at, note *why)
{
    struct standing s;
    struct sql_entry_at row;
    bool is_later = at > d->now;

    TRY(standing_of(d, story, &s, why));
    TRY(find(d, story, number, &row, why));
    if (is_out(d, &row))
        return fail(why, E_CONFLICT, "readers have it already");
    if (!is_later)
        at = row.state == STATE_WITHDRAWN && row.has_public_at ? row.public_at : d->now;
    TRY(open_for_entries(d, &s, at, why));
    TRY(sql_entry_state_set(d->w, row.entry, is_later ? STATE_SCHEDULED : STATE_LIVE, &at, NULL));
    TRY(find(d, story, number, &row, why));
    return tell(d, &row, is_later ? EVENT_entry_saved : EVENT_entry_published, why);
}

err entry_withdraw(struct desk *d, int64_t story, int64_t number, note *why)
{
    struct sql_entry_at row;
    bool was_out;

    TRY(find(d, story, number, &row, why));
    was_out = is_out(d, &row);
    if (!was_out && row.state != STATE_SCHEDULED)
        return fail(why, E_CONFLICT, "readers do not have it");
    TRY(sql_entry_state_set(d->w, row.entry, was_out ? STATE_WITHDRAWN : STATE_NONE,
                            was_out ? &row.public_at : NULL, NULL));
    return tell(d, &row, was_out ? EVENT_entry_withdrawn : EVENT_entry_saved, why);
}

err entry_promote(struct desk *d, int64_t story, int64_t number, int64_t made, note *why)
{
    struct standing s;
    struct sql_entry_at row;

    TRY(standing_of(d, story, &s, why));
    TRY(desk_standing(d, made, &s, why));
    TRY(find(d, story, number, &row, why));
    if (row.has_promoted)
        return fail(why, E_CONFLICT, "story %lld was made of it already", (long long)row.promoted);
    if (made == story)
        return fail(why, E_INVALID, "a story cannot come of itself");
    TRY(sql_entry_promoted_set(d->w, row.entry, made, NULL));
    TRY(find(d, story, number, &row, why));
    return tell(d, &row, is_out(d, &row) ? EVENT_entry_changed : EVENT_entry_saved, why);
}

/* --- what time moves --- */

err entries_due(struct desk *d, size_t *moved, note *why)
{
    struct sql_entries_due_rows due;

    TRY(sql_entries_due(d->a, d->w, d->now, &due));
    for (size_t i = 0; i < due.n; i++) {
        struct sql_entry_at row;
        struct standing s;

        TRY(sql_entry_by_id(d->a, d->w, due.v[i].entry, &row));
        TRY(desk_standing(d, row.story, &s, why));
        TRY(sql_entry_state_set(d->w, row.entry, STATE_LIVE, &row.public_at, NULL));
        if (s.state != STATE_KILLED)
            err_ignore(open_for_entries(d, &s, d->now, NULL));
        TRY(tell(d, &row, EVENT_entry_published, why));
    }
    *moved = due.n;
    return OK;
}
