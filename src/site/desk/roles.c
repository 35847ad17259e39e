/*
 * roles.c - /desk/roles: who may do what, and roles that the paper makes itself.
 */
#include "site/desk/desk.h"

void desk_privileges(const struct desk_page *p, privileges may, const struct view_str **out,
                     size_t *n)
{
    struct view_str *v = arena_many(p->rq->arena, struct view_str, PRIVILEGE_COUNT);

    *n = 0;
    for (size_t i = 0; i < PRIVILEGE_COUNT; i++)
        if (may >> i & 1)
            v[(*n)++] = (struct view_str){desk_say(p, privilege_about((enum privilege)i))};
    *out = v;
}

err desk_roles(struct request *rq)
{
    struct desk_page p;
    struct staff_role *own;
    size_t n;
    struct view_desk_roles view = {0};

    TRY(desk_begin(rq, &p));
    TRY(staff_roles(rq->arena, rq->desk, &own, &n));

    struct view_desk_role_line *lines = arena_many(rq->arena, struct view_desk_role_line,
                                                   roles_of_ours_count + n),
                               *theirs = lines + roles_of_ours_count;

    for (size_t i = 0; i < roles_of_ours_count; i++) {
        lines[i].name = desk_say(&p, roles_of_ours[i].name);
        desk_privileges(&p, roles_of_ours[i].may, &lines[i].may.v, &lines[i].may.n);
    }
    for (size_t i = 0; i < n; i++) {
        theirs[i].name = own[i].name;
        theirs[i].href.address = str_fmt(rq->arena, "/desk/roles/%.*s", STR(own[i].word));
        desk_privileges(&p, own[i].may, &theirs[i].may.v, &theirs[i].may.n);
    }
    view.desk = p.head;
    view.ours.v = lines;
    view.ours.n = roles_of_ours_count;
    view.own.v = theirs;
    view.own.n = n;
    view.has_own = n > 0;
    return desk_reply(&p, 200, DESK_ROLES, SAY("Roles"), &view);
}

/* --- one of the paper's own --- */

struct change {
    str word, name; /* word empty: a new one */
    privileges may;
};

static bool is_new(struct request *rq)
{
    return str_eq(request_param(rq, S("word")), S("new"));
}

static err load(struct request *rq, struct change *out)
{
    struct staff_role *own;
    size_t n;

    *out = (struct change){0};
    if (is_new(rq))
        return OK;
    TRY(staff_roles(rq->arena, rq->desk, &own, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(own[i].word, request_param(rq, S("word")))) {
            *out = (struct change){own[i].word, own[i].name, own[i].may};
            return OK;
        }
    return E_MISSING;
}

static err show(struct request *rq, const struct change *c, const char *wrong)
{
    struct desk_page p;
    privileges mine = desk_visit(rq)->who.may;
    struct view_choice *v = arena_many(rq->arena, struct view_choice, PRIVILEGE_COUNT);
    struct view_desk_role view = {.action = {rq->raw_path}, .name = c->name, .is_new = is_new(rq)};

    TRY(desk_begin(rq, &p));
    for (size_t i = 0; i < PRIVILEGE_COUNT; i++)
        if (mine >> i & 1)
            v[view.privileges.n++] = (struct view_choice){
                str_c(privilege_word((enum privilege)i)),
                desk_say(&p, privilege_about((enum privilege)i)), (c->may >> i & 1) != 0};
    view.privileges.v = v;
    view.desk = p.head;
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 422 : 200, DESK_ROLE,
                      view.is_new ? SAY("A new role") : SAY("Role"), &view);
}

err desk_role(struct request *rq)
{
    struct change c;

    TRY(load(rq, &c));
    return show(rq, &c, NULL);
}

static err put(struct staff_work *k, void *of, note *why)
{
    const struct change *c = of;

    return staff_role_put(k, c->word, c->name, c->may, why);
}

static err drop(struct staff_work *k, void *of, note *why)
{
    return staff_role_drop(k, ((const struct change *)of)->word, why);
}

static privileges ticked(struct request *rq)
{
    const struct form *f = &desk_visit(rq)->form;
    privileges may = 0;

    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->fields[i].name, S("may")))
            may |= privilege_of(f->fields[i].value);
    return may;
}

err desk_role_post(struct request *rq)
{
    struct change c;
    bool drops = str_eq(desk_field(rq, "act"), S("drop"));

    TRY(load(rq, &c));
    if (!drops) {
        c.name = desk_field(rq, "name");
        c.may = ticked(rq);
    }

    err e = desk_do(rq, drops ? drop : put, &c);

    if (e == E_INVALID)
        return show(rq, &c, SAY("A role needs a name."));
    if (e == E_CONFLICT)
        return show(rq, &c,
                    drops
                        ? SAY("Somebody has this role; give them another one first.")
                        : SAY("There is a role of that name, or nobody would be left who may look "
                              "after the staff."));
    TRY(e);
    return desk_go(rq, S("/desk/roles"), drops ? "dropped" : "role");
}
