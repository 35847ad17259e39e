#include "base/utf8.h"
#include "staff/staff.h"
#include "store/event.h"
#include "store/sql.h"
#include "text/slug.h"

enum { ROLE_NAME_MAX = 80 };

err staff_roles(arena *a, store_conn *db, struct staff_role **out, size_t *n)
{
    struct sql_staff_roles_rows rows;

    TRY(sql_staff_roles(a, db, &rows));
    *out = arena_many(a, struct staff_role, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        (*out)[i] = (struct staff_role){rows.v[i].word, rows.v[i].name,
                                        privileges_read(rows.v[i].privileges), rows.v[i].people};
    *n = rows.n;
    return OK;
}

static err find(arena *a, store_conn *db, str word, struct staff_role *out)
{
    struct staff_role *all;
    size_t n;

    TRY(staff_roles(a, db, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].word, word)) {
            *out = all[i];
            return OK;
        }
    return E_MISSING;
}

bool staff_role_known(arena *a, store_conn *db, str word, privileges *may)
{
    const struct role_of_ours *ours = role_of_ours(word);
    struct staff_role own;

    if (ours != NULL) {
        *may = ours->may;
        return true;
    }
    if (find(a, db, word, &own) != OK)
        return false;
    *may = own.may;
    return true;
}

static err tell(struct staff_work *k, enum audit_act act, str name, str was, str is, note *why)
{
    TRY(event_add(k->w, EVENT_staff_changed, 0, NULL, S("{}"), why));
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = act, .label = name, .was = was, .is = is}, why);
}

/* "Wire desk" is "wire-desk"; what has no such spelling is "role-" and something. */
static err find_word(struct staff_work *k, str name, str *word, note *why)
{
    struct staff_role there;
    str made = slug_make(k->a, name);

    if (made.n == 0)
        made = str_fmt(k->a, "role-%lld", (long long)(k->now / 1000));
    if (role_of_ours(made) != NULL || str_eq(made, S("new")) ||
        find(k->a, k->w, made, &there) == OK)
        return fail(why, E_CONFLICT, "there is a role of that name");
    *word = made;
    return OK;
}

static str lines_of(struct staff_work *k, str name, privileges may)
{
    str lines = audit_line(k->a, S(""), "name", name);

    return audit_line(k->a, lines, "may", privileges_write(k->a, may));
}

err staff_role_put(struct staff_work *k, str word, str typed, privileges may, note *why)
{
    str name = str_squeeze(k->a, utf8_clean(k->a, typed)), was = S("");
    struct staff_role old = {0};
    bool is_new = word.n == 0;

    if (name.n == 0 || name.n > ROLE_NAME_MAX)
        return fail(why, E_INVALID, "a role has a name of 1 to %d bytes", ROLE_NAME_MAX);
    if (is_new) {
        TRY(find_word(k, name, &word, why));
    } else {
        TRY(find(k->a, k->w, word, &old));
        was = lines_of(k, old.name, old.may);
    }
    if (((may | old.may) & ~k->may) != 0)
        return fail(why, E_DENIED, "this role may do more than you");

    err e = sql_staff_role_put(k->w, word, name, privileges_write(k->a, may), NULL);

    if (e == E_CONFLICT)
        return fail(why, e, "there is a role of that name");
    TRY(e);
    if (old.may & ~may & MAY(staff))
        TRY(staff_keeper_stays(k, why));
    return tell(k, is_new ? AUDIT_role_made : AUDIT_role_changed, name, was, lines_of(k, name, may),
                why);
}

err staff_role_drop(struct staff_work *k, str word, note *why)
{
    struct staff_role old;
    int64_t changed;

    TRY(find(k->a, k->w, word, &old));
    if ((old.may & ~k->may) != 0)
        return fail(why, E_DENIED, "this role may do more than you");
    TRY(sql_staff_role_drop(k->w, word, &changed));
    if (changed == 0)
        return fail(why, E_CONFLICT, "somebody has this role");
    return tell(k, AUDIT_role_dropped, old.name, lines_of(k, old.name, old.may), S(""), why);
}
