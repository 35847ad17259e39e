#include "staff/session.h"

#include "base/time.h"
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

static err in_from_now(struct staff_work *k, int64_t staff, str name, note *why)
{
    k->by.staff = staff;
    k->by.who = name;
    TRY(sql_staff_seen(k->w, staff, k->now, NULL));
    return log_it(k, staff, name, AUDIT_signed_in, why);
}

err session_begin(struct staff_work *k, const struct staffer *of, str *secret, note *why)
{
    struct sql_staff_session_add added;
    struct staffer is;
    bool whole;

    /* it took a while to look at the password */
    TRY(staff_at(k->a, k->w, of->id, &is));
    if (is.state != STAFF_ACTIVE || !str_eq(is.password, of->password))
        return fail(why, E_DENIED, "the account has changed since the password was looked at");
    whole = is.totp.n == 0;
    *secret = secret_make(k->a);
    TRY(sql_staff_sessions_sweep(k->w, k->now, k->now - SESSION_IDLE_H * HOUR_US, NULL));

    struct sql_staff_session_add_in row = {
        .token = secret_hash(k->a, *secret),
        .staff = of->id,
        .is_whole = whole,
        .at = k->now,
        .until_at = k->now + (whole ? SESSION_LIFE_H * HOUR_US : SESSION_OWED_M * MINUTE_US),
        .address = k->by.address,
        .agent = k->by.agent,
    };

    TRY(sql_staff_session_add(k->a, k->w, &row, &added));
    return whole ? in_from_now(k, of->id, of->name, why) : OK;
}

err session_complete(struct staff_work *k, const struct session *s, str *secret, note *why)
{
    int64_t changed;

    *secret = secret_make(k->a);
    TRY(sql_staff_session_whole(k->w, s->id, secret_hash(k->a, *secret), k->now,
                                k->now + SESSION_LIFE_H * HOUR_US, &changed));
    if (changed == 0)
        return fail(why, E_DENIED, "the session is over");
    return in_from_now(k, s->staff, s->name, why);
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

err session_device_put(struct staff_work *k, int64_t staff, str secret)
{
    return sql_staff_device_put(k->w, secret_hash(k->a, secret), staff, k->now, NULL);
}

bool session_device_is_of(arena *a, store_conn *db, str secret, int64_t staff)
{
    struct sql_staff_device_of row;

    return secret.n == SECRET_LETTERS &&
           sql_staff_device_of(a, db, secret_hash(a, secret), &row) == OK && row.staff == staff;
}
