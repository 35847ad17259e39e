#include "wire/notice.h"

#include "base/utf8.h"
#include "news/notice.h"

bool wire_is_notice(const struct wire_item *item)
{
    static const str names[] = {S_INIT("notice"), S_INIT("public notice"), S_INIT("legal notice"),
                                S_INIT("public-notice"), S_INIT("legal-notice")};

    for (size_t i = 0; i < LENGTH(names); i++)
        if (str_starts_nocase(item->genre, names[i]))
            return true;
    return false;
}

/* What the genre says more ("notice: planning"), else the first subject or keyword that is one. */
static enum notice_type type_of(const struct wire_item *item)
{
    bool known;
    enum notice_type type;
    str rest = item->genre;
    ptrdiff_t at = str_find_nocase(rest, S("notice"));

    type = notice_type_of(at >= 0 ? str_from(rest, (size_t)at + 6) : rest, &known);
    for (size_t i = 0; i < item->subject_count && !known; i++)
        if (!str_eq(item->subjects[i].scheme, S("medtop")) &&
            !str_eq(item->subjects[i].scheme, S("subj")))
            type = notice_type_of(item->subjects[i].name.n > 0 ? item->subjects[i].name
                                                               : item->subjects[i].code,
                                  &known);
    return type;
}

static str first_of(str x, str y, str z)
{
    return x.n > 0 ? x : y.n > 0 ? y : z;
}

static struct notice_draft draft_of(struct desk *d, const struct wire_taking *how,
                                    const struct wire_item *item)
{
    int64_t made = item->created_at != 0 ? item->created_at : item->changed_at;

    (void)d;
    return (struct notice_draft){
        .guid = item->guid,
        .type = type_of(item),
        .title = utf8_to(item->headline, NOTICE_TITLE_MAX),
        .issuer = first_of(item->issuer, item->source, item->credit),
        .reference = item->reference,
        .language = item->language,
        .body = item->body,
        .from_at = item->embargo_at != 0 ? item->embargo_at
                   : how->keep_dates     ? made
                                         : 0,
        .until_at = item->expiry_at,
    };
}

err wire_take_notice(struct desk *d, const struct wire_taking *how, const struct wire_item *item,
                     struct wire_taken *out, note *why)
{
    struct notice_draft text = draft_of(d, how, item);
    int64_t id = 0;
    err e = notice_of_guid(d, item->guid, &id);

    if (e != OK && e != E_MISSING)
        return e;
    if (item->status == WIRE_WITHHELD) {
        out->outcome = e == OK ? WIRE_WITHDRAWN : WIRE_WITHHELD_KEPT;
        return e == OK ? notice_move(d, id, STATE_WITHDRAWN,
                                     S("the issuer asks that it is not used for now"), why)
                       : OK;
    }
    if (e == OK) {
        TRY(notice_change(d, id, &text, why));
        out->outcome = item->signal == WIRE_CORRECTION ? WIRE_CORRECTED : WIRE_UPDATED;
        return OK;
    }
    if (!how->publish) {
        out->outcome = WIRE_RECORDED; /* `broadsheet ingest --publish` takes it */
        return OK;
    }
    TRY(notice_add(d, &text, &id, why));
    out->outcome = WIRE_PUBLISHED;
    return OK;
}

err wire_kill_notice(struct desk *d, const struct wire_item *item, bool *killed, note *why)
{
    int64_t id;
    err e = notice_of_guid(d, item->guid, &id);

    *killed = false;
    if (e == E_MISSING)
        return OK;
    TRY(e);
    *killed = true;
    return notice_move(d, id, STATE_KILLED, S("the issuer has killed it"), why);
}
