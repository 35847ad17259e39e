#include "staff/staff.h"

#include "base/time.h"
#include "news/paper.h"
#include "staff/mail.h"
#include "staff/secret.h"
#include "store/sql.h"

static err add(struct staff_work *k, enum link_kind kind, const int64_t *id, int hours, str *secret)
{
    const int64_t *by = k->by.staff != 0 ? &k->by.staff : NULL;

    *secret = secret_make(k->a);
    TRY(sql_staff_links_drop(k->w, id, NULL));
    return sql_staff_link_add(k->w, secret_hash(k->a, *secret), kind, id, by, k->now,
                              k->now + hours * HOUR_US, NULL);
}

str staff_link_address(arena *a, store_conn *db, str asked_at, str secret)
{
    str at = paper_address(a, db);

    return str_fmt(a, "%.*s/desk/welcome/%.*s", STR(at.n > 0 ? at : asked_at), STR(secret));
}

err staff_link_first(struct staff_work *k, str *secret, note *why)
{
    int64_t people;

    TRY(staff_count(k->a, k->w, &people));
    if (people > 0)
        return fail(why, E_CONFLICT, "somebody works here already");
    return add(k, LINK_FIRST, NULL, LINK_FIRST_H, secret);
}

err staff_link_for(struct staff_work *k, int64_t id, enum link_kind *kind, str *secret, note *why)
{
    struct staffer of;

    TRY(staff_touch(k, id, &of, why));
    if (of.state == STAFF_SUSPENDED)
        return fail(why, E_CONFLICT, "%.*s is suspended", STR(of.name));
    *kind = of.state == STAFF_INVITED ? LINK_INVITATION : LINK_RESET;
    TRY(add(k, *kind, &id, *kind == LINK_RESET ? LINK_RESET_H : LINK_INVITATION_H, secret));
    TRY(staff_mail(k, &of, *kind == LINK_RESET ? MAIL_RESET : MAIL_INVITATION, *secret, why));
    return staff_tell(
        k, &of,
        &(struct deed){.act = AUDIT_link_made,
                       .is = audit_line(k->a, S(""), "kind",
                                        *kind == LINK_RESET ? S("reset") : S("invitation"))},
        why);
}

/* Might whoever made it still make it?  Else it is void. */
static err may_still(arena *a, store_conn *db, int64_t maker, const struct staffer *of)
{
    struct staffer by;

    TRY(staff_at(a, db, maker, &by));
    return by.state == STAFF_ACTIVE && (by.may & MAY(staff)) && (of->may & ~by.may) == 0
               ? OK
               : E_MISSING;
}

err staff_link_look(arena *a, store_conn *db, str secret, int64_t now, struct staff_link *out)
{
    struct sql_staff_link_at row;
    struct staff_link link = {0};
    int64_t people;

    TRY(sql_staff_link_at(a, db, secret_hash(a, secret), &row));
    if (row.until_at <= now)
        return E_MISSING;
    link.kind = (enum link_kind)row.kind;
    if (row.has_staff) {
        TRY(staff_at(a, db, row.staff, &link.of));
        if (row.has_made_by)
            TRY(may_still(a, db, row.made_by, &link.of));
    } else {
        TRY(staff_count(a, db, &people));
        if (people > 0)
            return E_MISSING;
    }
    *out = link;
    return OK;
}

static err make_first(struct staff_work *k, const struct joining *j, struct staffer *of, note *why)
{
    struct sql_staff_add added;

    *of = (struct staffer){.name = j->name, .role = ROLE_PUBLISHER, .may = PRIVILEGES_ALL};
    TRY(staff_email_read(k->a, j->email, &of->email, why));
    TRY(sql_staff_add(k->a, k->w, of->email, of->name, of->role, STAFF_INVITED, k->now, &added));
    of->id = added.staff;
    return OK;
}

/* Whoever was here before with this account is not any more. */
static err clear(struct staff_work *k, int64_t id)
{
    TRY(sql_staff_sessions_end(k->w, id, 0, NULL));
    TRY(sql_staff_totp_drop(k->w, id, NULL));
    TRY(sql_staff_codes_drop(k->w, id, NULL));
    TRY(sql_staff_passkeys_drop(k->w, id, NULL));
    return sql_staff_devices_drop(k->w, id, NULL);
}

err staff_join(struct staff_work *k, const struct joining *j, struct staffer *out, note *why)
{
    struct staff_link link;
    err e = staff_link_look(k->a, k->w, j->secret, k->now, &link);
    bool is_first;

    if (e == E_MISSING)
        return fail(why, e, "this link was used, or its time is over");
    TRY(e);
    is_first = link.kind == LINK_FIRST;
    if (is_first)
        TRY(make_first(k, j, &link.of, why));

    struct staffer *of = &link.of;

    k->by.staff = of->id;
    k->by.who = of->name;
    if (!is_first && j->name.n > 0)
        TRY(staff_rename(k, of->id, j->name, why));
    TRY(sql_staff_links_drop(k->w, is_first ? NULL : &of->id, NULL));
    TRY(clear(k, of->id));
    TRY(sql_staff_password_set(k->w, of->id, j->password, k->now, NULL));
    TRY(sql_staff_state_set(k->w, of->id, STAFF_ACTIVE, NULL));
    TRY(staff_at(k->a, k->w, of->id, out));
    k->by.who = out->name;
    if (link.kind == LINK_RESET)
        TRY(staff_mail(k, out, MAIL_PASSWORD, S(""), why));
    return staff_tell(
        k, out,
        &(struct deed){.act = link.kind == LINK_RESET ? AUDIT_password_set : AUDIT_joined,
                       .is = audit_line(k->a, audit_line(k->a, S(""), "email", out->email), "role",
                                        out->role)},
        why);
}
