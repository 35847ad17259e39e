#include "staff/staff.h"

#include "base/utf8.h"
#include "store/sql.h"

static err read_name(arena *a, str typed, str *out, note *why)
{
    str name = str_squeeze(a, utf8_clean(a, typed));

    if (name.n == 0)
        return fail(why, E_INVALID, "a name is missing");
    if (name.n > STAFF_NAME_MAX)
        return fail(why, E_INVALID, "a name has at most %d bytes", STAFF_NAME_MAX);
    *out = name;
    return OK;
}

/* Nobody gives what they have not. */
static err may_give(struct staff_work *k, str role, note *why)
{
    privileges may;

    if (!staff_role_known(k->a, k->w, role, &may))
        return fail(why, E_INVALID, "there is no role \"%.*s\"", STR(str_to(role, 80)));
    if ((may & ~k->may) != 0)
        return fail(why, E_DENIED, "this role may do more than you");
    return OK;
}

err staff_invite(struct staff_work *k, str email, str name, str role, int64_t *id, note *why)
{
    struct sql_staff_add added;
    struct staffer of = {.state = STAFF_INVITED, .role = role};

    TRY(staff_email_read(k->a, email, &of.email, why));
    TRY(read_name(k->a, name, &of.name, why));
    TRY(may_give(k, role, why));

    err e = sql_staff_add(k->a, k->w, of.email, of.name, role, STAFF_INVITED, k->now, &added);

    if (e == E_CONFLICT)
        return fail(why, e, "%.*s has an account already", STR(of.email));
    TRY(e);
    of.id = *id = added.staff;
    return staff_tell(
        k, &of,
        &(struct deed){
            .act = AUDIT_invited,
            .is = audit_line(k->a, audit_line(k->a, S(""), "email", of.email), "role", role)},
        why);
}

err staff_rename(struct staff_work *k, int64_t id, str name, note *why)
{
    struct staffer of;
    str called;

    TRY(read_name(k->a, name, &called, why));
    TRY(staff_touch(k, id, &of, why));
    if (str_eq(called, of.name))
        return OK;
    TRY(sql_staff_name_set(k->w, id, called, NULL));
    return staff_tell(k, &of,
                      &(struct deed){.act = AUDIT_renamed,
                                     .was = audit_line(k->a, S(""), "name", of.name),
                                     .is = audit_line(k->a, S(""), "name", called)},
                      why);
}

static bool is_keeper(const struct staffer *of)
{
    return of->state == STAFF_ACTIVE && (of->may & MAY(staff));
}

err staff_give_role(struct staff_work *k, int64_t id, str role, note *why)
{
    struct staffer of;

    TRY(may_give(k, role, why));
    TRY(staff_touch(k, id, &of, why));
    if (of.id == k->by.staff)
        return fail(why, E_DENIED, "nobody gives a role to themselves");
    if (str_eq(role, of.role))
        return OK;
    TRY(sql_staff_role_give(k->w, id, role, NULL));
    if (of.state == STAFF_ACTIVE) /* a link for a new password opened less when it was made */
        TRY(sql_staff_links_drop(k->w, &id, NULL));
    if (is_keeper(&of))
        TRY(staff_keeper_stays(k, why));
    return staff_tell(k, &of,
                      &(struct deed){.act = AUDIT_role_given,
                                     .was = audit_line(k->a, S(""), "role", of.role),
                                     .is = audit_line(k->a, S(""), "role", role)},
                      why);
}

static err set_state(struct staff_work *k, const struct staffer *of, enum staff_state to,
                     enum audit_act act, note *why)
{
    TRY(sql_staff_state_set(k->w, of->id, to, NULL));
    return staff_tell(
        k, of,
        &(struct deed){.act = act,
                       .was = audit_line(k->a, S(""), "state", str_c(staff_state_word(of->state))),
                       .is = audit_line(k->a, S(""), "state", str_c(staff_state_word(to)))},
        why);
}

err staff_suspend(struct staff_work *k, int64_t id, note *why)
{
    struct staffer of;

    TRY(staff_touch(k, id, &of, why));
    if (of.id == k->by.staff)
        return fail(why, E_DENIED, "nobody suspends themselves");
    if (of.state == STAFF_SUSPENDED)
        return OK;
    TRY(sql_staff_sessions_end(k->w, id, 0, NULL));
    TRY(sql_staff_links_drop(k->w, &id, NULL));
    TRY(sql_staff_links_of_maker_drop(k->w, id, NULL));
    TRY(set_state(k, &of, STAFF_SUSPENDED, AUDIT_suspended, why));
    return is_keeper(&of) ? staff_keeper_stays(k, why) : OK;
}

err staff_restore(struct staff_work *k, int64_t id, note *why)
{
    struct staffer of;

    TRY(staff_touch(k, id, &of, why));
    if (of.state != STAFF_SUSPENDED)
        return OK;
    return set_state(k, &of, of.password.n > 0 ? STAFF_ACTIVE : STAFF_INVITED, AUDIT_restored, why);
}
