#include "staff/staff.h"

#include "staff/mail.h"
#include "staff/secret.h"
#include "staff/totp.h"
#include "store/sql.h"

err staff_password_set(struct staff_work *k, int64_t id, str kept, note *why)
{
    struct staffer of;

    TRY(staff_touch(k, id, &of, why));
    TRY(sql_staff_password_set(k->w, id, kept, k->now, NULL));
    TRY(staff_mail(k, &of, MAIL_PASSWORD, S(""), why));
    return staff_tell(k, &of, &(struct deed){.act = AUDIT_password_set}, why);
}

/* --- the app --- */

err staff_totp_offer(struct staff_work *k, int64_t id, note *why)
{
    struct staffer of;

    TRY(staff_touch(k, id, &of, why));
    return sql_staff_totp_offer(k->w, id, totp_secret_make(k->a), NULL);
}

err staff_totp_take(struct staff_work *k, int64_t id, str typed, note *why)
{
    struct staffer of;
    int64_t step;

    TRY(staff_touch(k, id, &of, why));
    step = totp_check(of.totp_offered, typed, k->now, 0);
    if (step < 0)
        return fail(why, E_DENIED, "that code is not right");
    TRY(sql_staff_totp_take(k->w, id, step, k->now, NULL));
    TRY(staff_mail(k, &of, MAIL_SECOND_SET, S(""), why));
    return staff_tell(k, &of, &(struct deed){.act = AUDIT_second_set}, why);
}

err staff_totp_drop(struct staff_work *k, int64_t id, note *why)
{
    struct staffer of;

    TRY(staff_touch(k, id, &of, why));
    TRY(sql_staff_totp_drop(k->w, id, NULL));
    if (of.passkeys == 0)
        TRY(sql_staff_codes_drop(k->w, id, NULL));
    TRY(staff_mail(k, &of, MAIL_SECOND_DROPPED, S(""), why));
    return staff_tell(k, &of, &(struct deed){.act = AUDIT_second_dropped}, why);
}

/* --- codes on paper --- */

/* The same code of two people has two fingerprints. */
static str code_hash(arena *a, int64_t id, str code)
{
    return secret_hash(a, str_fmt(a, "code %lld %.*s", (long long)id, STR(code)));
}

err staff_codes_make(struct staff_work *k, int64_t id, str codes[STAFF_CODES], note *why)
{
    struct staffer of;

    TRY(staff_touch(k, id, &of, why));
    TRY(sql_staff_codes_drop(k->w, id, NULL));
    for (int i = 0; i < STAFF_CODES; i++) {
        codes[i] = code_make(k->a);
        TRY(sql_staff_code_add(k->w, id, code_hash(k->a, id, code_read(k->a, codes[i])), NULL));
    }
    return staff_tell(k, &of, &(struct deed){.act = AUDIT_codes_made}, why);
}

err staff_codes_renew(struct staff_work *k, int64_t id, str codes[STAFF_CODES], note *why)
{
    struct staffer of;

    TRY(staff_at(k->a, k->w, id, &of));
    TRY(staff_mail(k, &of, MAIL_CODES, S(""), why));
    return staff_codes_make(k, id, codes, why);
}

err staff_codes_left(arena *a, store_conn *db, int64_t id, int64_t *n)
{
    struct sql_staff_codes_left row;

    TRY(sql_staff_codes_left(a, db, id, &row));
    *n = row.codes;
    return OK;
}

/* --- either --- */

static err use_code(struct staff_work *k, const struct staffer *of, str typed, note *why)
{
    str code = code_read(k->a, typed);
    int64_t used = 0;

    if (code.n > 0)
        TRY(sql_staff_code_use(k->w, of->id, code_hash(k->a, of->id, code), k->now, &used));
    if (used == 0)
        return fail(why, E_DENIED, "that code is not right");
    return staff_tell(k, of, &(struct deed){.act = AUDIT_code_used}, why);
}

err staff_second_check(struct staff_work *k, int64_t id, str typed, bool *recovery, note *why)
{
    struct staffer of;
    int64_t step, used = 0;

    TRY(staff_at(k->a, k->w, id, &of));
    step = totp_check(of.totp, typed, k->now, of.totp_step);
    if (step >= 0)
        TRY(sql_staff_totp_use(k->w, id, step, &used));
    *recovery = used == 0;
    return used > 0 ? OK : use_code(k, &of, typed, why);
}
