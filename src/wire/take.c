#include "wire/take.h"

#include "base/hash.h"
#include "media/catalogue.h"
#include "news/audit.h"
#include "news/paper.h"
#include "news/working.h"
#include "store/sql.h"
#include "text/diff.h"
#include "wire/again.h"
#include "wire/notice.h"
#include "wire/wire.h"

str wire_outcome_word(enum wire_outcome o)
{
    static const str words[WIRE_OUTCOMES] = {
        [WIRE_DRAFTED] = S_INIT("draft"),
        [WIRE_PUBLISHED] = S_INIT("published"),
        [WIRE_SCHEDULED] = S_INIT("scheduled"),
        [WIRE_UPDATED] = S_INIT("updated"),
        [WIRE_CORRECTED] = S_INIT("corrected"),
        [WIRE_OFFERED] = S_INIT("offered"),
        [WIRE_MERGED] = S_INIT("merged"),
        [WIRE_LEFT] = S_INIT("left"),
        [WIRE_HELD] = S_INIT("held"),
        [WIRE_SAME] = S_INIT("unchanged"),
        [WIRE_LATE] = S_INIT("late"),
        [WIRE_KILLED] = S_INIT("killed"),
        [WIRE_KILLED_BEFORE] = S_INIT("killed before"),
        [WIRE_KILL_KEPT] = S_INIT("kill kept"),
        [WIRE_WITHHELD_KEPT] = S_INIT("withheld"),
        [WIRE_WITHDRAWN] = S_INIT("withdrawn"),
        [WIRE_PICTURE_KEPT] = S_INIT("picture"),
        [WIRE_FILM_KEPT] = S_INIT("film"),
        [WIRE_TIED] = S_INIT("package"),
        [WIRE_RECORDED] = S_INIT("recorded"),
    };

    return words[o];
}

str wire_version_of(arena *a, const struct wire_item *item)
{
    if (item->version.n > 0)
        return item->version;
    if (item->changed_at != 0)
        return str_fmt(a, "%lld", (long long)item->changed_at);

    str words = str_join(a, item->headline, body_to_json(a, &item->body));

    return str_join(a, S("~"), fingerprint(a, words));
}

static bool is_newer(str version, str than)
{
    if (str_starts(version, S("~")) || str_starts(than, S("~")))
        return !str_eq(version, than);
    return wire_version_order(version, than) > 0;
}

/* A kill is one however the copy spells it. */
static enum wire_status status_of(const struct wire_item *item)
{
    return item->signal == WIRE_KILL ? WIRE_CANCELLED : item->status;
}

/* What came before under the same guid. */
struct past {
    struct sql_wire_items_of_rows rows;
    const struct sql_wire_items_of *newest;
    int64_t story, media; /* 0: none was made */
    bool is_same, is_killed, is_late;
};

static err look_back(struct desk *d, const struct wire_item *item, str version, struct past *out)
{
    struct past p = {0};
    enum wire_status status = status_of(item);

    TRY(sql_wire_items_of(d->a, d->w, item->guid, &p.rows));
    for (size_t i = 0; i < p.rows.n; i++) {
        const struct sql_wire_items_of *row = &p.rows.v[i];

        if (p.newest == NULL || is_newer(row->version, p.newest->version))
            p.newest = row;
        if (row->has_story && p.story == 0)
            p.story = row->story;
        if (row->has_media && p.media == 0)
            p.media = row->media;
        p.is_killed = p.is_killed || row->status == WIRE_CANCELLED;
        p.is_same = p.is_same || (str_eq(row->version, version) && row->status == status);
    }
    p.is_late = p.newest != NULL && !is_newer(version, p.newest->version) &&
                !str_eq(version, p.newest->version);
    *out = p;
    return OK;
}

/* By what name of its own the item calls the picture at an address; empty when by none. */
static str picture_name(const struct wire_item *item, str address)
{
    for (size_t i = 0; i < item->media_count; i++)
        for (size_t j = 0; j < item->media[i].rendition_count; j++)
            if (str_eq(item->media[i].renditions[j].address, address))
                return item->media[i].guid;
    return S("");
}

static err remember_pictures(struct desk *d, const struct wire_taking *how,
                             const struct wire_item *item, int64_t number)
{
    for (size_t i = 0; i < how->picture_count; i++) {
        str address = how->pictures[i].address, name = picture_name(item, address);

        TRY(sql_wire_picture_add(d->w, number, address, name.n > 0 ? name : S(""),
                                 how->pictures[i].media, NULL));
    }
    return OK;
}

/* What of it the log says; what became of a story alone, and kills. */
static bool is_logged(enum wire_outcome o, enum audit_act *act)
{
    static const struct {
        enum wire_outcome outcome;
        enum audit_act act;
    } all[] = {
        {WIRE_DRAFTED, AUDIT_item_came},
        {WIRE_PUBLISHED, AUDIT_item_came},
        {WIRE_SCHEDULED, AUDIT_item_came},
        {WIRE_UPDATED, AUDIT_item_newer},
        {WIRE_CORRECTED, AUDIT_item_newer},
        {WIRE_OFFERED, AUDIT_item_newer},
        {WIRE_HELD, AUDIT_item_newer},
        {WIRE_KILLED, AUDIT_item_killed},
        {WIRE_KILL_KEPT, AUDIT_item_killed},
        {WIRE_WITHDRAWN, AUDIT_item_withheld},
        {WIRE_WITHHELD_KEPT, AUDIT_item_withheld},
    };

    for (size_t i = 0; i < LENGTH(all); i++)
        if (all[i].outcome == o) {
            *act = all[i].act;
            return true;
        }
    return false;
}

static err log_it(struct desk *d, const struct wire_item *item, str version,
                  const struct wire_taken *taken, int64_t number)
{
    struct actor wire = {.who = S(AUDIT_WIRE)};
    struct deed deed = {.subject = number, .label = item->headline};
    str is;

    if (!is_logged(taken->outcome, &deed.act))
        return OK;
    is = audit_line(d->a, S(""), "source", item->source.n > 0 ? item->source : item->provider);
    is = audit_line(d->a, is, "version", str_starts(version, S("~")) ? S("") : version);
    is = audit_line(d->a, is, "value", wire_outcome_word(taken->outcome));
    is = audit_line(d->a, is, "reason", item->reason);
    if (taken->story != 0)
        is = audit_line(d->a, is, "story", str_fmt(d->a, "%lld", (long long)taken->story));
    deed.is = is;
    return audit_add(d->w, d->now, &wire, &deed, NULL);
}

static err record(struct desk *d, const struct wire_taking *how, const struct wire_item *item,
                  str version, const struct wire_taken *taken)
{
    static const str dialects[WIRE_DIALECTS] = {
        S_INIT("unknown"), S_INIT("newsml-g2"), S_INIT("nitf"),    S_INIT("ninjs"),
        S_INIT("rss"),     S_INIT("atom"),      S_INIT("html"),    S_INIT("text"),
        S_INIT("picture"), S_INIT("film"),      S_INIT("captions")};
    struct sql_wire_item_add added;
    struct sql_wire_item_add_in row = {
        .raw = how->raw,
        .has_raw = how->raw != 0,
        .dialect = dialects[item->dialect],
        .kind = item->kind,
        .guid = item->guid,
        .version = version,
        .status = status_of(item),
        .headline = item->headline,
        .source = item->source.n > 0 ? item->source : item->provider,
        .urgency = item->urgency,
        .embargo_at = item->embargo_at,
        .has_embargo_at = item->embargo_at != 0,
        .at = d->now,
        .held_until = taken->until,
        .has_held_until = taken->outcome == WIRE_HELD,
        .done = wire_outcome_word(taken->outcome),
        .story = taken->story,
        .has_story = taken->story != 0,
        .media = taken->media,
        .has_media = taken->media != 0,
    };
    struct tag_set tags = tag_set_new(d->a);

    TRY(sql_wire_item_add(d->a, d->w, &row, &added));
    tag_set_add(&tags, tag_of(TAG_item, added.item));
    TRY(remember_pictures(d, how, item, added.item));
    TRY(log_it(d, item, version, taken, added.item));
    for (size_t i = 0; i < item->link_count; i++)
        TRY(sql_wire_link_add(d->w, item->guid, item->links[i].guid, item->links[i].relation,
                              (int64_t)i, NULL));
    for (size_t i = 0; i < item->media_count; i++)
        if (item->media[i].guid.n > 0)
            TRY(sql_wire_link_add(d->w, item->guid, item->media[i].guid, S("picture"), (int64_t)i,
                                  NULL));
    return event_add(d->w, taken->outcome == WIRE_KILLED ? EVENT_item_killed : EVENT_item_received,
                     added.item, &tags, S("{}"), NULL);
}

static err state_of(struct desk *d, int64_t story, enum public_state *state, note *why)
{
    struct standing s;

    TRY(desk_standing(d, story, &s, why));
    *state = s.state;
    return OK;
}

/* 1: no story leads with the picture any more, and no text shows it. */
static err kill_picture(struct desk *d, int64_t media, struct wire_taken *out, note *why)
{
    struct sql_wire_stories_led_by_rows led;
    struct sql_stories_with_media_rows shown;
    struct draft_picture none = {0};

    TRY(sql_wire_stories_led_by(d->a, d->w, media, &led));
    TRY(media_kill(d->a, d->w, media, why)); /* before a story looks for another film to lead it */
    for (size_t i = 0; i < led.n; i++)
        TRY(desk_illustrate(d, led.v[i].story, &none, why));
    TRY(sql_stories_with_media(d->a, d->w, media, &shown));
    for (size_t i = 0; i < shown.n; i++)
        TRY(sql_story_films_set(d->w, shown.v[i].story, NULL));
    out->outcome = WIRE_KILLED;
    out->media = media;
    return OK;
}

/* The agency's words for it. */
static str said(const struct wire_item *item, str otherwise)
{
    str words = item->reason.n > 0 ? item->reason : str_trim(item->editor_note);

    return words.n > 0 ? words : otherwise;
}

/* 1 */
static err take_kill(struct desk *d, const struct wire_item *item, const struct past *past,
                     struct wire_taken *out, note *why)
{
    int64_t story = past->story;
    enum public_state state;
    struct sql_wire_pictures_named_rows pictures;
    str reason = said(item, S("the agency has killed it"));

    out->outcome = WIRE_KILL_KEPT;
    TRY(sql_wire_pictures_named(d->a, d->w, item->guid, &pictures));
    for (size_t i = 0; i < pictures.n; i++)
        TRY(kill_picture(d, pictures.v[i].media, out, why));
    if (story == 0) {
        bool notice;

        TRY(wire_kill_notice(d, item, &notice, why));
        out->outcome = notice ? WIRE_KILLED : out->outcome;
        return OK;
    }
    out->story = story;
    TRY(state_of(d, story, &state, why));
    if (state == STATE_KILLED)
        return OK;
    out->outcome = WIRE_KILLED;
    return desk_kill(d, story, reason, why);
}

/* 4 */
static err take_withheld(struct desk *d, const struct wire_item *item, int64_t story,
                         struct wire_taken *out, note *why)
{
    enum public_state state;

    out->outcome = WIRE_WITHHELD_KEPT;
    if (story == 0)
        return OK;
    out->story = story;
    TRY(state_of(d, story, &state, why));
    if (state != STATE_LIVE && state != STATE_SCHEDULED)
        return OK;
    out->outcome = WIRE_WITHDRAWN;
    return desk_withdraw(d, story, said(item, S("the agency asks that it is not used for now")),
                         why);
}

static const struct wire_picture *picture_in_hand(const struct wire_taking *how,
                                                  const struct wire_rendition *of, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < how->picture_count; j++)
            if (str_eq(how->pictures[j].address, of[i].address))
                return &how->pictures[j];
    return NULL;
}

static str first_of(str x, str y)
{
    return x.n > 0 ? x : y;
}

/* Does the story's text show this picture already? */
static bool is_in_body(struct desk *d, int64_t story, int64_t media)
{
    struct sql_story_whole whole;
    struct body body;

    return sql_story_whole(d->a, d->w, story, &whole) == OK &&
           body_from_json(d->a, whole.body, &body, NULL) == OK && body_shows(&body, media);
}

/* 5: a picture, and the stories that waited for it. */
static err take_picture(struct desk *d, const struct wire_taking *how, const struct wire_item *item,
                        struct wire_taken *out, note *why)
{
    struct sql_wire_stories_pointing_at_rows waiting = {0};

    out->outcome = WIRE_RECORDED;
    if (item->media_count == 0)
        return OK;

    const struct wire_media *media = &item->media[0];
    const struct wire_picture *in_hand =
        picture_in_hand(how, media->renditions, media->rendition_count);

    if (in_hand == NULL)
        return OK;

    struct draft_picture hero = {
        .media = in_hand->media,
        .caption = first_of(media->caption, in_hand->caption),
        .credit = first_of(media->credit, in_hand->credit),
        .alt = first_of(media->alt, in_hand->alt),
    };

    TRY(sql_wire_picture_words_set(d->w, hero.media, hero.caption, hero.credit, hero.alt, NULL));
    if (in_hand->kind != WIRE_AUDIO) /* a sound leads no story */
        TRY(sql_wire_stories_pointing_at(d->a, d->w, item->guid, &waiting));
    for (size_t i = 0; i < waiting.n; i++)
        if (!is_in_body(d, waiting.v[i].story, hero.media))
            TRY(desk_illustrate(d, waiting.v[i].story, &hero, why));
    out->outcome = in_hand->kind == WIRE_VIDEO || in_hand->kind == WIRE_AUDIO ? WIRE_FILM_KEPT
                                                                              : WIRE_PICTURE_KEPT;
    out->media = in_hand->media;
    return OK;
}

/* The desk at the moment at which the item was made, where old copy keeps its dates. */
static struct desk then(const struct desk *d, const struct wire_taking *how, int64_t at)
{
    struct desk back = *d;

    if (how->keep_dates && at > 0 && at < d->now)
        back.now = at;
    return back;
}

static err publish(struct desk *d, int64_t story, int64_t at, struct wire_taken *out, note *why)
{
    TRY(desk_publish(d, story, at, why));
    out->outcome = at > d->now ? WIRE_SCHEDULED : WIRE_PUBLISHED;
    out->until = at > d->now ? at : 0;
    return OK;
}

static int64_t made_at(const struct wire_item *item)
{
    return item->created_at != 0 ? item->created_at : item->changed_at;
}

/* 6 */
static err take_new(struct desk *d, const struct wire_taking *how, const struct wire_item *item,
                    struct wire_taken *out, note *why)
{
    struct draft text;
    int64_t at = item->embargo_at > d->now ? item->embargo_at : 0;

    struct desk back = then(d, how, made_at(item));

    TRY(wire_draft(d, how, item, &text, why));
    TRY(desk_write(&back, &text, &out->story, why));
    out->outcome = WIRE_DRAFTED;
    if (!how->publish)
        return OK;
    if (at == 0 && how->keep_dates)
        at = made_at(item);
    return publish(d, out->story, at > 0 ? at : 0, out, why);
}

/* 4: down because the agency asked for it, and now it does not any more. */
static bool is_released(const struct desk *d, const struct past *past, const struct standing *s,
                        const struct wire_item *item)
{
    return s->state == STATE_WITHDRAWN && past->newest != NULL &&
           past->newest->status == WIRE_WITHHELD &&
           str_eq(past->newest->done, wire_outcome_word(WIRE_WITHDRAWN)) &&
           (item->expiry_at == 0 || item->expiry_at > d->now);
}

/* Is what it says in its story's copy, or was it left out of it? */
static bool is_settled(str done)
{
    static const enum wire_outcome in[] = {WIRE_DRAFTED, WIRE_PUBLISHED, WIRE_SCHEDULED,
                                           WIRE_UPDATED, WIRE_CORRECTED, WIRE_MERGED,
                                           WIRE_LEFT};
    bool is = false;

    for (size_t i = 0; i < LENGTH(in); i++)
        is = is || str_eq(done, wire_outcome_word(in[i]));
    return is;
}

/* What the agency said before, read again; NULL where that cannot be. */
static err said_before(struct desk *d, const struct past *past, struct wire_again *room,
                       const struct draft **out, str *version)
{
    const struct sql_wire_items_of *row = NULL;
    struct wire_here here = {d->now, paper_zone(d->a, d->w)};
    err e;

    *out = NULL;
    *version = S("");
    for (size_t i = 0; i < past->rows.n; i++)
        if (is_settled(past->rows.v[i].done) &&
            (row == NULL || is_newer(past->rows.v[i].version, row->version)))
            row = &past->rows.v[i];
    if (row == NULL)
        return OK;
    e = wire_again(d, &here, row->item, room, NULL);
    if (e == E_IO || e == E_BUSY)
        return e;
    *out = e == OK ? &room->draft : NULL;
    *version = str_starts(row->version, S("~")) ? S("") : row->version;
    return OK;
}

/* 7: it waits beside what the desk has made. */
static err offer(struct desk *d, const struct wire_item *item, const struct past *past,
                 const struct standing *s, const struct draft *text, note *why)
{
    struct wire_again before;
    struct working_offer o = {.now = text, .now_name = item->version};
    int64_t embargo = item->embargo_at > d->now ? item->embargo_at : 0;

    TRY(said_before(d, past, &before, &o.before, &o.before_name));
    TRY(working_offer(d, s->id, &o, why));
    if (embargo == 0)
        return OK;
    TRY(sql_story_embargo_raise(d->w, s->id, embargo, NULL)); /* of all that is not out yet */
    return s->state == STATE_SCHEDULED && s->public_at < embargo
               ? desk_publish(d, s->id, embargo, why)
               : OK;
}

/* As the story has them: a paragraph in other words is still the same one. */
static err keep_ids(struct desk *d, int64_t story, struct body *body)
{
    struct sql_story_whole whole;
    struct body before;
    err e = sql_story_whole(d->a, d->w, story, &whole);

    if (e == OK)
        e = body_from_store(d->a, whole.body, &before, NULL);
    if (e == OK)
        diff_keep_ids(d->a, &before, body);
    return e == E_MISSING ? OK : e;
}

/* 7 */
static err take_newer(struct desk *d, const struct wire_taking *how, const struct wire_item *item,
                      const struct past *past, int64_t story, struct wire_taken *out, note *why)
{
    struct draft text;
    struct standing s;
    struct desk back;
    bool corrects = item->signal == WIRE_CORRECTION, is_own;
    str reason = item->reason;
    int64_t embargo = item->embargo_at > d->now ? item->embargo_at : 0;

    out->story = story;
    TRY(desk_standing(d, story, &s, why));
    if (s.state == STATE_KILLED) {
        out->outcome = WIRE_KILLED_BEFORE;
        return OK;
    }
    if (s.state == STATE_LIVE && embargo != 0) {
        out->outcome = WIRE_HELD;
        out->until = embargo;
        return OK;
    }
    if (corrects && reason.n == 0)
        reason = S("the agency has corrected this story");
    TRY(wire_draft(d, how, item, &text, why));
    TRY(working_is_own(d, story, &is_own));
    if (is_own) {
        out->outcome = WIRE_OFFERED;
        TRY(offer(d, item, past, &s, &text, why));
        return is_released(d, past, &s, item) ? publish(d, story, embargo, out, why) : OK;
    }
    TRY(keep_ids(d, story, &text.body));
    back = then(d, how, item->changed_at > s.changed_at ? item->changed_at : 0);
    TRY(desk_rewrite(&back, story, corrects ? VERSION_CORRECTION : VERSION_UPDATE, reason, &text,
                     why));
    out->outcome = corrects ? WIRE_CORRECTED : WIRE_UPDATED;
    if (s.state == STATE_SCHEDULED && (s.public_at == s.embargo_at || s.public_at < embargo)) {
        out->until = embargo;
        return desk_publish(d, story, embargo, why); /* the embargo may have moved, or be lifted */
    }
    if ((s.state == STATE_NONE && how->publish) || is_released(d, past, &s, item))
        return publish(d, story, embargo, out, why);
    return OK;
}

/* A text of which nothing could be printed is kept, not made into a story. */
static bool has_words(const struct wire_item *item)
{
    return item->headline.n > 0 || item->slugline.n > 0 || item->body.count > 0;
}

static err decide(struct desk *d, const struct wire_taking *how, const struct wire_item *item,
                  const struct past *past, struct wire_taken *out, note *why)
{
    if (past->is_killed) {
        *out = (struct wire_taken){.outcome = WIRE_KILLED_BEFORE, .story = past->story};
        return OK;
    }
    if (past->is_late) {
        *out = (struct wire_taken){.outcome = WIRE_LATE, .story = past->story};
        return OK;
    }
    if (item->kind == WIRE_STORY && wire_is_notice(item) && past->story == 0)
        return wire_take_notice(d, how, item, out, why);
    if (item->status == WIRE_WITHHELD)
        return take_withheld(d, item, past->story, out, why);
    if (item->kind == WIRE_PHOTO || item->kind == WIRE_GRAPHIC || item->kind == WIRE_VIDEO ||
        item->kind == WIRE_AUDIO)
        return take_picture(d, how, item, out, why);
    if (item->kind != WIRE_STORY || !has_words(item)) {
        out->outcome = item->kind == WIRE_PACKAGE ? WIRE_TIED : WIRE_RECORDED;
        return OK;
    }
    return past->story != 0 ? take_newer(d, how, item, past, past->story, out, why)
                            : take_new(d, how, item, out, why);
}

/* A story that points at pictures which are here, itself or through a package, gets the first. */
static err illustrate(struct desk *d, const struct wire_item *item, note *why)
{
    struct sql_wire_pictures_for_stories_rows rows;
    int64_t done = 0; /* rows come story by story */

    TRY(sql_wire_pictures_for_stories(d->a, d->w, item->guid, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct draft_picture hero = {rows.v[i].media, rows.v[i].caption, rows.v[i].credit,
                                     rows.v[i].alt};

        if (rows.v[i].story == done || is_in_body(d, rows.v[i].story, hero.media))
            continue;
        TRY(desk_illustrate(d, rows.v[i].story, &hero, why));
        done = rows.v[i].story;
    }
    return OK;
}

/* Stories whose copy says "see also" are tied together. */
static err tie(struct desk *d, const struct wire_item *item, note *why)
{
    struct sql_wire_stories_linked_rows rows;

    TRY(sql_wire_stories_linked(d->a, d->w, item->guid, &rows));
    for (size_t i = 0; i < rows.n; i++)
        TRY(desk_tie(d, rows.v[i].story, rows.v[i].other, rows.v[i].position, why));
    return OK;
}

/* Pictures that were killed are as if they were not here. */
static err without_killed(struct desk *d, const struct wire_taking *how, struct wire_taking *out)
{
    struct wire_picture *pictures = arena_many(d->a, struct wire_picture, how->picture_count);
    size_t n = 0;

    for (size_t i = 0; i < how->picture_count; i++) {
        struct sql_wire_picture_killed killed;

        TRY(sql_wire_picture_killed(d->a, d->w, how->pictures[i].media, S(""), &killed));
        if (killed.found == 0)
            pictures[n++] = how->pictures[i];
    }
    *out = *how;
    out->pictures = pictures;
    out->picture_count = n;
    return OK;
}

err wire_take(struct desk *d, const struct wire_taking *how, const struct wire_item *item,
              struct wire_taken *out, note *why)
{
    struct wire_taken taken = {0};
    struct wire_taking usable;
    struct past past;
    str version = wire_version_of(d->a, item);

    TRY(without_killed(d, how, &usable));
    how = &usable;
    TRY(look_back(d, item, version, &past));
    if (past.is_same) {
        *out = (struct wire_taken){.outcome = WIRE_SAME, .story = past.story};
        return OK;
    }
    if (status_of(item) == WIRE_CANCELLED) {
        TRY(take_kill(d, item, &past, &taken, why));
        TRY(record(d, how, item, version, &taken));
    } else {
        TRY(decide(d, how, item, &past, &taken, why));
        TRY(record(d, how, item, version, &taken));
        if (item->kind == WIRE_STORY || item->kind == WIRE_PACKAGE)
            TRY(illustrate(d, item, why));
        if (item->kind == WIRE_STORY)
            TRY(tie(d, item, why));
    }
    *out = taken;
    return OK;
}

err wire_pictures_with(struct desk *d, int64_t number, struct wire_taking *how)
{
    struct sql_wire_pictures_with_rows rows;

    TRY(sql_wire_pictures_with(d->a, d->w, number, &rows));

    struct wire_picture *pictures = arena_many(d->a, struct wire_picture, rows.n);

    for (size_t i = 0; i < rows.n; i++)
        pictures[i] = (struct wire_picture){
            .address = rows.v[i].address,
            .media = rows.v[i].media,
            .kind = film_type_is_film(rows.v[i].type)    ? WIRE_VIDEO
                    : film_type_is_sound(rows.v[i].type) ? WIRE_AUDIO
                                                         : WIRE_PHOTO,
            .caption = rows.v[i].caption,
            .credit = first_of(rows.v[i].credit, rows.v[i].byline),
            .alt = rows.v[i].alt,
        };
    how->pictures = pictures;
    how->picture_count = rows.n;
    return OK;
}

err wire_take_held(struct desk *d, const struct wire_taking *how, int64_t number,
                   const struct wire_item *item, struct wire_taken *out, note *why)
{
    struct wire_taken taken = {0};
    struct wire_taking with = *how;
    struct past past;
    str version = wire_version_of(d->a, item);

    TRY(look_back(d, item, version, &past));
    for (size_t i = 0; i < past.rows.n; i++)
        if (past.rows.v[i].item == number && past.rows.v[i].has_story)
            taken.story = past.rows.v[i].story;
    if (taken.story == 0)
        return fail(why, E_MISSING, "held item %lld has no story", (long long)number);
    TRY(wire_pictures_with(d, number, &with));
    if (past.is_late || past.is_killed)
        taken.outcome = past.is_killed ? WIRE_KILLED_BEFORE : WIRE_LATE;
    else
        TRY(take_newer(d, &with, item, &past, taken.story, &taken, why));
    TRY(sql_wire_item_done(d->w, number, wire_outcome_word(taken.outcome), &taken.story, NULL));
    *out = taken;
    return OK;
}
