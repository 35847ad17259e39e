#include "staff/passkey.h"

#include "base/utf8.h"
#include "staff/mail.h"
#include "store/sql.h"

#include <sodium.h>

str passkey_handle(arena *a, int64_t staff, int64_t made_at)
{
    str words = str_fmt(a, "passkey handle %lld %lld", (long long)staff, (long long)made_at);
    unsigned char *out = arena_alloc(a, PASSKEY_HANDLE);

    crypto_generichash(out, PASSKEY_HANDLE, (const unsigned char *)words.p, words.n, NULL, 0);
    return str_of((const char *)out, PASSKEY_HANDLE);
}

static struct passkey of_row(arena *a, const struct sql_staff_passkeys_of *r)
{
    return (struct passkey){
        .id = r->passkey,
        .staff = r->staff,
        .host = r->host,
        .name = r->name,
        .key = {r->credential, (int)r->algorithm, r->public_key, r->sign_count},
        .handle = passkey_handle(a, r->staff, r->staff_made_at),
        .made_at = r->made_at,
        .used_at = r->has_used_at ? r->used_at : 0,
    };
}

err passkeys_of(arena *a, store_conn *db, int64_t staff, struct passkey **out, size_t *n)
{
    struct sql_staff_passkeys_of_rows rows;

    TRY(sql_staff_passkeys_of(a, db, staff, &rows));
    *out = arena_many(a, struct passkey, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        (*out)[i] = of_row(a, &rows.v[i]);
    *n = rows.n;
    return OK;
}

err passkey_at(arena *a, store_conn *db, str credential, struct passkey *out)
{
    struct sql_staff_passkeys_of row;

    TRY(sql_staff_passkey_at(a, db, credential, &row));
    *out = of_row(a, &row);
    return OK;
}

static err tell(struct staff_work *k, const struct staffer *of, enum audit_act act, str name,
                note *why)
{
    return staff_tell(k, of,
                      &(struct deed){.act = act, .is = audit_line(k->a, S(""), "name", name)}, why);
}

err passkey_add(struct staff_work *k, int64_t staff, str host, const struct webauthn_key *key,
                str name, note *why)
{
    struct staffer of;
    struct sql_staff_passkey_add added;
    str called = utf8_to(str_squeeze(k->a, utf8_clean(k->a, name)), PASSKEY_NAME_MAX);

    TRY(staff_touch(k, staff, &of, why));
    if (of.passkeys >= PASSKEYS_MAX)
        return fail(why, E_LIMIT, "nobody has more than %d passkeys", PASSKEYS_MAX);

    struct sql_staff_passkey_add_in row = {
        .staff = staff,
        .host = host,
        .credential = key->id,
        .algorithm = key->algorithm,
        .public_key = key->public_key,
        .sign_count = key->count,
        .name = called,
        .made_at = k->now,
    };

    TRY(sql_staff_passkey_add(k->a, k->w, &row, &added));
    TRY(staff_mail(k, &of, MAIL_PASSKEY_ADDED, S(""), why));
    return tell(k, &of, AUDIT_passkey_added, called, why);
}

err passkey_drop(struct staff_work *k, int64_t staff, int64_t passkey, note *why)
{
    struct staffer of;
    struct passkey *all;
    size_t n;

    TRY(staff_touch(k, staff, &of, why));
    TRY(passkeys_of(k->a, k->w, staff, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (all[i].id == passkey) {
            TRY(sql_staff_passkey_drop(k->w, staff, passkey, NULL));
            if (n == 1 && of.totp.n == 0)
                TRY(sql_staff_codes_drop(k->w, staff, NULL));
            TRY(staff_mail(k, &of, MAIL_PASSKEY_DROPPED, S(""), why));
            return tell(k, &of, AUDIT_passkey_dropped, all[i].name, why);
        }
    return fail(why, E_MISSING, "there is no such passkey");
}

err passkey_used(struct staff_work *k, const struct passkey *p, int64_t count, note *why)
{
    int64_t changed;

    TRY(sql_staff_passkey_used(k->w, p->id, count, k->now, &changed));
    return changed > 0 ? OK : fail(why, E_DENIED, "the passkey has signed more often before");
}
