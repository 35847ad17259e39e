/*
 * home.c - /desk: greets, says what readers will get next and what one may do here.
 */
#include "site/desk/desk.h"

enum { NEXT = 10 };

static err count_waiting(struct request *rq, int64_t *waiting)
{
    struct staffer *all;
    size_t n;

    TRY(staff_all(rq->arena, rq->desk, &all, &n));
    for (size_t i = 0; i < n; i++)
        *waiting += all[i].state == STAFF_INVITED;
    return OK;
}

err desk_home(struct request *rq)
{
    const struct session *who = &desk_visit(rq)->who;
    struct desk_page p;
    struct view_desk_home view = {
        .name = who->name,
        .lacks_second = !who->has_totp && !who->has_passkey,
        .may_staff = (who->may & MAY(staff)) != 0,
    };

    TRY(desk_begin(rq, &p));
    if (view.may_staff)
        TRY(count_waiting(rq, &view.waiting));
    if (who->may & MAY(edit))
        TRY(desk_next(&p, NEXT, &view.next.v, &view.next.n));
    view.has_next = view.next.n > 0;
    view.desk = p.head;
    view.role = desk_role_name(&p, who->role);
    desk_privileges(&p, who->may, &view.may.v, &view.may.n);
    return desk_reply(&p, 200, DESK_HOME, SAY("Desk"), &view);
}
