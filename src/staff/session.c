#include "staff/session.h"

#include "base/time.h"
#include "staff/mail.h"
#include "staff/secret.h"
#include "store/sql.h"

err session_find(arena *a, store_conn *db, str secret, int64_t now, struct session *out)
{
    struct sql_staff_session_at row;

    if (secret.n != SECRET_LETTERS)
        return E_MISSING;
    TRY(sql_staff_session_at(a, db, secret_hash(a, secret), &row));
    if (row.until_at <= now || row.seen_at + SESSION_IDLE_H * HOUR_US <= now ||
        row.state != STAFF_ACTIVE)
        return E_MISSING;
    *out = (struct session){
        .id = row.session,
        .staff = row.staff,
        .made_at = row.made_at,
        .seen_at = row.seen_at,
        .until_at = row.until_at,
        .proved_at = row.proved_at,
        .is_whole = row.is_whole,
        .has_totp = row.has_totp,
        .has_passkey = row.has_passkey,
        .secret = secret,
        .email = row.email,
        .name = row.name,
        .role = row.role,
        .address = row.address,
        .may = role_may(row.role, row.privileges),
    };
    return OK;
}

bool session_is_proved(const struct session *s, int64_t now)
{
    return now - s->proved_at < SESSION_PROOF_M * MINUTE_US;
}

static err log_it(struct staff_work *k, int64_t staff, str name, enum audit_act act, note *why)
{
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = act, .subject = staff, .label = name}, why);
}

/* Signed in from now on, from a device that is known from now on. */
static err in_from_now(struct staff_work *k, int64_t staff, struct arrival *in, note *why)
{
    struct staffer of;

    TRY(staff_at(k->a, k->w, staff, &of));
    k->by.staff = staff;
    k->by.who = of.name;
    in->is_whole = true;
    if (!in->is_awaited && !session_device_is_of(k->a, k->w, in->device, staff))
        TRY(staff_mail(k, &of, MAIL_NEW_DEVICE, S(""), why));
    if (in->device.n == 0)
        in->device = secret_make(k->a);
    TRY(sql_staff_devices_sweep(k->w, k->now - SESSION_DEVICE_D * DAY_US, NULL));
    TRY(sql_staff_device_put(k->w, secret_hash(k->a, in->device), staff, k->now, NULL));
    TRY(sql_staff_seen(k->w, staff, k->now, NULL));
    return log_it(k, staff, of.name, AUDIT_signed_in, why);
}

static err add(struct staff_work *k, int64_t staff, bool is_whole, struct arrival *in)
{
    struct sql_staff_session_add added;
    int64_t life = is_whole ? SESSION_LIFE_H * HOUR_US : SESSION_OWED_M * MINUTE_US;

    in->secret = secret_make(k->a);
    in->is_whole = is_whole;
    TRY(sql_staff_sessions_sweep(k->w, k->now, k->now - SESSION_IDLE_H * HOUR_US, NULL));

    struct sql_staff_session_add_in row = {
        .token = secret_hash(k->a, in->secret),
        .staff = staff,
        .is_whole = is_whole,
        .at = k->now,
        .until_at = k->now + life,
        .address = k->by.address,
        .agent = k->by.agent,
    };

    return sql_staff_session_add(k->a, k->w, &row, &added);
}

err session_begin(struct staff_work *k, const struct staffer *of, struct arrival *in, note *why)
{
    struct staffer is;

    /* it took a while to look at the password */
    TRY(staff_at(k->a, k->w, of->id, &is));
    if (is.state != STAFF_ACTIVE || !str_eq(is.password, of->password))
        return fail(why, E_DENIED, "the account has changed since the password was looked at");
    TRY(add(k, is.id, !staff_has_second(&is), in));
    return in->is_whole ? in_from_now(k, is.id, in, why) : OK;
}

err session_begin_whole(struct staff_work *k, int64_t staff, struct arrival *in, note *why)
{
    struct staffer is;

    TRY(staff_at(k->a, k->w, staff, &is));
    if (is.state != STAFF_ACTIVE)
        return fail(why, E_DENIED, "the account is not active");
    TRY(add(k, is.id, true, in));
    return in_from_now(k, is.id, in, why);
}

err session_complete(struct staff_work *k, const struct session *s, struct arrival *in, note *why)
{
    int64_t changed;

    in->secret = secret_make(k->a);
    TRY(sql_staff_session_whole(k->w, s->id, secret_hash(k->a, in->secret), k->now,
                                k->now + SESSION_LIFE_H * HOUR_US, &changed));
    if (changed == 0)
        return fail(why, E_DENIED, "the session is over");
    return in_from_now(k, s->staff, in, why);
}

err session_prove(struct staff_work *k, const struct session *s, note *why)
{
    TRY(sql_staff_session_proved(k->w, s->id, k->now, NULL));
    return log_it(k, s->staff, s->name, AUDIT_proved, why);
}

err session_touch(struct staff_work *k, const struct session *s)
{
    return sql_staff_session_seen(k->w, s->id, k->now, k->by.address, NULL);
}

err session_end(struct staff_work *k, const struct session *s, note *why)
{
    TRY(sql_staff_session_end(k->w, s->staff, s->id, NULL));
    return log_it(k, s->staff, s->name, AUDIT_signed_out, why);
}

err session_end_one(struct staff_work *k, int64_t staff, int64_t session, note *why)
{
    struct staffer of;
    int64_t ended;

    TRY(staff_touch(k, staff, &of, why));
    TRY(sql_staff_session_end(k->w, staff, session, &ended));
    return ended == 0 ? OK : log_it(k, staff, of.name, AUDIT_sessions_ended, why);
}

err session_end_all(struct staff_work *k, int64_t staff, int64_t but, note *why)
{
    struct staffer of;

    TRY(staff_touch(k, staff, &of, why));
    TRY(sql_staff_sessions_end(k->w, staff, but, NULL));
    return log_it(k, staff, of.name, AUDIT_sessions_ended, why);
}

err sessions_of(arena *a, store_conn *db, int64_t staff, int64_t now, struct session_line **out,
                size_t *n)
{
    struct sql_staff_sessions_of_rows rows;

    TRY(sql_staff_sessions_of(a, db, staff, now, now - SESSION_IDLE_H * HOUR_US, &rows));
    *out = arena_many(a, struct session_line, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        (*out)[i] = (struct session_line){rows.v[i].session, rows.v[i].made_at, rows.v[i].seen_at,
                                          rows.v[i].address, rows.v[i].agent};
    *n = rows.n;
    return OK;
}

bool session_device_is_of(arena *a, store_conn *db, str secret, int64_t staff)
{
    struct sql_staff_device_of row;

    return secret.n == SECRET_LETTERS &&
           sql_staff_device_of(a, db, secret_hash(a, secret), &row) == OK && row.staff == staff;
}
