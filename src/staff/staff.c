#include "staff/staff.h"

#include "base/utf8.h"
#include "store/event.h"
#include "store/sql.h"

static const struct {
    const char *word, *about;
} states[] = {
    [STAFF_INVITED] = {"invited", SAY("invited")},
    [STAFF_ACTIVE] = {"active", SAY("active")},
    [STAFF_SUSPENDED] = {"suspended", SAY("suspended")},
};

const char *staff_state_about(enum staff_state s)
{
    return states[s].about;
}

const char *staff_state_word(enum staff_state s)
{
    return states[s].word;
}

privileges role_may(str word, str own)
{
    const struct role_of_ours *ours = role_of_ours(word);

    return ours != NULL ? ours->may : privileges_read(own);
}

static struct staffer of_row(const struct sql_staff_at *r)
{
    return (struct staffer){
        .id = r->staff,
        .email = r->email,
        .name = r->name,
        .role = r->role,
        .may = role_may(r->role, r->privileges),
        .state = r->state == STAFF_ACTIVE || r->state == STAFF_INVITED ? (enum staff_state)r->state
                                                                       : STAFF_SUSPENDED,
        .password = r->password,
        .totp = r->totp,
        .totp_offered = r->totp_offered,
        .totp_step = r->totp_step,
        .password_at = r->has_password_at ? r->password_at : 0,
        .totp_at = r->has_totp_at ? r->totp_at : 0,
        .made_at = r->made_at,
        .seen_at = r->has_seen_at ? r->seen_at : 0,
        .passkeys = r->passkeys,
    };
}

err staff_at(arena *a, store_conn *db, int64_t id, struct staffer *out)
{
    struct sql_staff_at row;

    TRY(sql_staff_at(a, db, id, &row));
    *out = of_row(&row);
    return OK;
}

err staff_of_email(arena *a, store_conn *db, str email, struct staffer *out)
{
    struct sql_staff_at row;

    TRY(sql_staff_of_email(a, db, email, &row));
    *out = of_row(&row);
    return OK;
}

err staff_all(arena *a, store_conn *db, struct staffer **out, size_t *n)
{
    struct sql_staff_at_rows rows;

    TRY(sql_staff_all(a, db, STAFF_MAX, &rows));
    *out = arena_many(a, struct staffer, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        (*out)[i] = of_row(&rows.v[i]);
    *n = rows.n;
    return OK;
}

err staff_count(arena *a, store_conn *db, int64_t *n)
{
    struct sql_staff_count row;

    TRY(sql_staff_count(a, db, &row));
    *n = row.people;
    return OK;
}

err staff_email_read(arena *a, str typed, str *out, note *why)
{
    str email = str_lower(a, str_trim(typed));
    ptrdiff_t at = str_find_last(email, '@');
    bool good = at > 0 && email.n <= STAFF_EMAIL_MAX && utf8_ok(email) &&
                (size_t)at + 1 < email.n && str_find_char(email, '@') == at;

    for (size_t i = 0; i < email.n && good; i++) {
        unsigned char c = (unsigned char)email.p[i];

        good = c > ' ' && c != 0x7f && strchr("<>()[]\\,;:\"", c) == NULL;
    }
    if (!good)
        return fail(why, E_INVALID, "\"%.*s\" is no e-mail address", STR(str_to(email, 80)));
    *out = email;
    return OK;
}

/* --- for the verbs --- */

err staff_touch(struct staff_work *k, int64_t id, struct staffer *out, note *why)
{
    err e = staff_at(k->a, k->w, id, out);

    if (e == E_MISSING)
        return fail(why, e, "there is nobody with number %lld", (long long)id);
    TRY(e);
    if (out->id != k->by.staff && (out->may & ~k->may) != 0)
        return fail(why, E_DENIED, "%.*s may do more than you", STR(out->name));
    return OK;
}

err staff_keeper_stays(struct staff_work *k, note *why)
{
    struct staffer *all;
    size_t n;

    TRY(staff_all(k->a, k->w, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (all[i].state == STAFF_ACTIVE && (all[i].may & MAY(staff)))
            return OK;
    return fail(why, E_CONFLICT, "nobody would be left who may look after the staff");
}

err staff_tell(struct staff_work *k, const struct staffer *of, const struct deed *d, note *why)
{
    struct deed whole = *d;

    whole.subject = of->id;
    if (whole.label.n == 0)
        whole.label = of->name.n > 0 ? of->name : of->email;
    TRY(event_add(k->w, EVENT_staff_changed, of->id, NULL, S("{}"), why));
    return audit_add(k->w, k->now, &k->by, &whole, why);
}
