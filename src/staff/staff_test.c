#include "staff/staff.h"

#include "base/test.h"
#include "staff/secret.h"
#include "staff/session.h"
#include "staff/totp.h"
#include "store/sql.h"

/* A paper with a store; each act is a job of its own. */
struct paper {
    struct test *t;
    clock_source clock;
    store *store;
    store_conn *db;
    struct actor by;
    privileges may;
};

typedef err paper_act(struct staff_work *k, void *of, note *why);

struct doing {
    struct paper *p;
    paper_act *act;
    void *of;
};

static err run(arena *a, store_conn *w, void *of, note *why)
{
    struct doing *d = of;
    struct staff_work k = {
        .a = a, .w = w, .now = d->p->clock.fixed_at, .by = d->p->by, .may = d->p->may};

    return d->act(&k, d->of, why);
}

static err act(struct paper *p, paper_act *what, void *of)
{
    return store_write(p->store, run, &(struct doing){p, what, of}, p->t->arena, &p->t->why);
}

static struct paper open_paper(struct test *t, struct paper *p)
{
    *p = (struct paper){.t = t,
                        .clock = {INT64_C(1800000000) * SECOND_US},
                        .by = {.who = S("root"), .agent = S("broadsheet")},
                        .may = PRIVILEGES_ALL};
    CHECK_OK(store_open(test_folder(t), &(struct store_options){.clock = &p->clock}, &p->store,
                        &t->why));
    CHECK_OK(store_conn_open(p->store, &p->db, &t->why));
    return *p;
}

static void close_paper(struct paper *p)
{
    store_conn_close(&p->db);
    store_close(&p->store);
}

struct who {
    int64_t id;
    str email, name, role, secret, device, typed;
    enum link_kind kind;
    struct staffer of;
    struct session session;
    privileges may;
    bool recovery;
    str codes[STAFF_CODES];
};

static err invite(struct staff_work *k, void *of, note *why)
{
    struct who *w = of;

    TRY(staff_invite(k, w->email, w->name, w->role, &w->id, why));
    return staff_link_for(k, w->id, &w->kind, &w->secret, why);
}

static err link_again(struct staff_work *k, void *of, note *why)
{
    struct who *w = of;

    return staff_link_for(k, w->id, &w->kind, &w->secret, why);
}

static err first(struct staff_work *k, void *of, note *why)
{
    return staff_link_first(k, &((struct who *)of)->secret, why);
}

static err join(struct staff_work *k, void *of, note *why)
{
    struct who *w = of;
    struct joining j = {w->secret, w->name, w->email, S("$argon2id$kept")};

    TRY(staff_join(k, &j, &w->of, why));
    w->id = w->of.id;
    return OK;
}

static err give_role(struct staff_work *k, void *of, note *why)
{
    struct who *w = of;

    return staff_give_role(k, w->id, w->role, why);
}

static err suspend(struct staff_work *k, void *of, note *why)
{
    return staff_suspend(k, ((struct who *)of)->id, why);
}

static err restore(struct staff_work *k, void *of, note *why)
{
    return staff_restore(k, ((struct who *)of)->id, why);
}

static err begin(struct staff_work *k, void *of, note *why)
{
    struct who *w = of;

    TRY(staff_at(k->a, k->w, w->id, &w->of));
    struct arrival in = {.device = w->device};
    err e = session_begin(k, &w->of, &in, why);

    w->secret = in.secret;
    w->device = in.device;
    return e;
}

static struct who joined(struct paper *p, const char *email, const char *role)
{
    struct test *t = p->t;
    struct who w = {.email = str_c(email), .name = str_c(email), .role = str_c(role)};

    CHECK_OK(act(p, invite, &w));
    p->by.staff = 0;
    CHECK_OK(act(p, join, &w));
    return w;
}

/* From now on somebody acts. */
static void as(struct paper *p, const struct who *w)
{
    struct test *t = p->t;
    struct staffer of;

    CHECK_OK(staff_at(t->arena, p->db, w->id, &of));
    p->by = (struct actor){.staff = of.id, .who = of.name};
    p->may = of.may;
}

static size_t logged(struct paper *p, const char *word)
{
    struct test *t = p->t;
    struct audit_entry *v;
    size_t n;
    struct audit_filter f = {.before = TIME_NEVER, .until = TIME_NEVER, .act = str_c(word)};

    CHECK_OK(audit_read(t->arena, p->db, &f, 100, &v, &n));
    return n;
}

TEST(the_first_link_makes_a_publisher_once)
{
    struct paper p;
    struct who w = {.name = S("Ada Quill"), .email = S("Ada@Paper.Example")}, other = w;
    struct staff_link link;

    open_paper(t, &p);
    CHECK_OK(act(&p, first, &w));
    CHECK_OK(act(&p, first, &other)); /* a newer one: the older is void */
    CHECK_ERR(staff_link_look(t->arena, p.db, w.secret, p.clock.fixed_at, &link), E_MISSING);
    CHECK_OK(staff_link_look(t->arena, p.db, other.secret, p.clock.fixed_at, &link));
    CHECK(link.kind == LINK_FIRST);
    CHECK_ERR(staff_link_look(t->arena, p.db, other.secret,
                              p.clock.fixed_at + LINK_FIRST_H * HOUR_US, &link),
              E_MISSING);
    CHECK_OK(act(&p, join, &other));
    CHECK_STR(other.of.email, S("ada@paper.example"));
    CHECK_STR(other.of.role, S("publisher"));
    CHECK(other.of.state == STAFF_ACTIVE);
    CHECK_ERR(act(&p, join, &other), E_MISSING);
    CHECK_ERR(act(&p, first, &w), E_CONFLICT);
    CHECK_INT((long long)logged(&p, "joined"), 1);
    close_paper(&p);
}

TEST(an_invitation_opens_once_and_a_newer_one_voids_it)
{
    struct paper p;
    struct who w = {.email = S("bo@paper.example"), .name = S("Bo"), .role = S("reporter")};
    struct staff_link link;

    open_paper(t, &p);
    CHECK_OK(act(&p, invite, &w));

    struct who same = w, older = w;

    CHECK_ERR(act(&p, invite, &same), E_CONFLICT);
    CHECK_OK(act(&p, link_again, &w));
    CHECK(w.kind == LINK_INVITATION);
    CHECK_ERR(staff_link_look(t->arena, p.db, older.secret, p.clock.fixed_at, &link), E_MISSING);
    CHECK_OK(act(&p, join, &w));
    CHECK_ERR(act(&p, join, &w), E_MISSING);
    CHECK_OK(act(&p, link_again, &w));
    CHECK(w.kind == LINK_RESET);
    close_paper(&p);
}

TEST(nobody_gives_or_touches_more_than_they_have)
{
    struct paper p;

    open_paper(t, &p);

    struct who boss = joined(&p, "boss@x.example", "publisher");
    struct who own = {.role = S("reporter")}, editor = joined(&p, "ed@x.example", "editor");

    p.may = MAY(staff) | MAY(write) | MAY(wire) | MAY(pictures);
    p.by = (struct actor){.staff = editor.id, .who = S("Ed")};
    CHECK_ERR(act(&p, suspend, &boss), E_DENIED);
    own.id = editor.id;
    CHECK_ERR(act(&p, give_role, &own), E_DENIED); /* to oneself */

    struct who more = {.email = S("new@x.example"), .name = S("New"), .role = S("editor")};

    CHECK_ERR(act(&p, invite, &more), E_DENIED);
    more.role = S("reporter");
    CHECK_OK(act(&p, invite, &more));
    more.role = S("nonesuch");
    CHECK_ERR(act(&p, give_role, &more), E_INVALID);
    close_paper(&p);
}

TEST(somebody_is_left_who_may_look_after_the_staff)
{
    struct paper p;

    open_paper(t, &p);

    struct who boss = joined(&p, "boss@x.example", "publisher");

    boss.role = S("reporter");
    p.by = (struct actor){.who = S("root")};
    CHECK_ERR(act(&p, suspend, &boss), E_CONFLICT);
    CHECK_ERR(act(&p, give_role, &boss), E_CONFLICT);

    struct who second = joined(&p, "second@x.example", "publisher");

    as(&p, &second);
    CHECK_OK(act(&p, give_role, &boss));
    CHECK_OK(act(&p, suspend, &boss));
    CHECK_OK(act(&p, restore, &boss));
    CHECK_INT((long long)logged(&p, "suspended"), 1);
    close_paper(&p);
}

TEST(a_session_ends_by_idleness_by_age_and_by_suspension)
{
    struct paper p;
    struct session s;

    open_paper(t, &p);

    struct who boss = joined(&p, "boss@x.example", "publisher"),
               bo = joined(&p, "bo@x.example", "reporter");
    int64_t now = p.clock.fixed_at;

    CHECK_OK(act(&p, begin, &bo));
    CHECK_OK(session_find(t->arena, p.db, bo.secret, now, &s));
    CHECK(s.is_whole && s.may == role_of_ours(S("reporter"))->may);
    CHECK(session_is_proved(&s, now) && !session_is_proved(&s, now + 10 * MINUTE_US));
    CHECK_ERR(session_find(t->arena, p.db, S("nonesuch"), now, &s), E_MISSING);
    CHECK_OK(session_find(t->arena, p.db, bo.secret, now + 11 * HOUR_US, &s));
    CHECK_ERR(session_find(t->arena, p.db, bo.secret, now + SESSION_IDLE_H * HOUR_US, &s),
              E_MISSING);
    as(&p, &boss);
    CHECK_OK(act(&p, suspend, &bo));
    CHECK_ERR(session_find(t->arena, p.db, bo.secret, now, &s), E_MISSING);
    close_paper(&p);
}

static err begin_as_it_was(struct staff_work *k, void *of, note *why)
{
    struct who *w = of;

    struct arrival in = {.device = w->device};
    err e = session_begin(k, &w->of, &in, why);

    w->secret = in.secret;
    w->device = in.device;
    return e;
}

TEST(who_changed_while_the_password_was_looked_at_is_not_let_in)
{
    struct paper p;

    open_paper(t, &p);

    struct who boss = joined(&p, "boss@x.example", "publisher"),
               bo = joined(&p, "bo@x.example", "reporter"), was = bo;

    as(&p, &boss);
    CHECK_OK(act(&p, suspend, &bo));
    CHECK_ERR(act(&p, begin_as_it_was, &was), E_DENIED);
    CHECK_OK(act(&p, restore, &bo));
    CHECK_OK(act(&p, begin_as_it_was, &was));
    was.of.password = S("$argon2id$another");
    CHECK_ERR(act(&p, begin_as_it_was, &was), E_DENIED);
    CHECK_INT((long long)logged(&p, "signed_in"), 1);
    close_paper(&p);
}

TEST(a_role_that_is_given_voids_the_link_for_a_new_password)
{
    struct paper p;
    struct staff_link link;

    open_paper(t, &p);

    struct who bo = joined(&p, "bo@x.example", "reporter"),
               cy = {.email = S("cy@x.example"), .name = S("Cy"), .role = S("reporter")};

    CHECK_OK(act(&p, link_again, &bo));
    CHECK(bo.kind == LINK_RESET);
    bo.role = S("publisher");
    p.by.staff = 0;
    CHECK_OK(act(&p, give_role, &bo));
    CHECK_ERR(staff_link_look(t->arena, p.db, bo.secret, p.clock.fixed_at, &link), E_MISSING);

    CHECK_OK(act(&p, invite, &cy));
    cy.role = S("editor");
    CHECK_OK(act(&p, give_role, &cy));
    CHECK_OK(staff_link_look(t->arena, p.db, cy.secret, p.clock.fixed_at, &link));
    close_paper(&p);
}

static err offer(struct staff_work *k, void *of, note *why)
{
    return staff_totp_offer(k, ((struct who *)of)->id, why);
}

static err take(struct staff_work *k, void *of, note *why)
{
    struct who *w = of;

    TRY(staff_totp_take(k, w->id, w->typed, why));
    return staff_codes_make(k, w->id, w->codes, why);
}

static err second(struct staff_work *k, void *of, note *why)
{
    struct who *w = of;

    return staff_second_check(k, w->id, w->typed, &w->recovery, why);
}

static err end_all(struct staff_work *k, void *of, note *why)
{
    return session_end_all(k, ((struct who *)of)->id, 0, why);
}

static err complete(struct staff_work *k, void *of, note *why)
{
    struct who *w = of;

    struct arrival in = {0};
    err e = session_complete(k, &w->session, &in, why);

    w->secret = in.secret;
    return e;
}

static str code_at(struct test *t, str secret, int64_t at)
{
    return str_fmt(t->arena, "%06d", totp_code(secret, at / SECOND_US / TOTP_STEP_S));
}

TEST(a_second_factor_takes_each_code_once)
{
    struct paper p;
    struct staffer of;
    struct session s;

    open_paper(t, &p);

    struct who bo = joined(&p, "bo@x.example", "reporter");

    as(&p, &bo);
    CHECK_OK(act(&p, offer, &bo));
    CHECK_OK(staff_at(t->arena, p.db, bo.id, &of));
    CHECK(of.totp.n == 0 && of.totp_offered.n == TOTP_SECRET);
    bo.typed = S("12345");
    CHECK_ERR(act(&p, take, &bo), E_DENIED);
    bo.typed = code_at(t, of.totp_offered, p.clock.fixed_at);
    CHECK_OK(act(&p, take, &bo));

    CHECK_ERR(act(&p, second, &bo), E_DENIED); /* it was seen when it was set up */
    p.clock.fixed_at += 30 * SECOND_US;
    bo.typed = code_at(t, of.totp_offered, p.clock.fixed_at);
    CHECK_OK(act(&p, second, &bo));
    CHECK(!bo.recovery);
    CHECK_ERR(act(&p, second, &bo), E_DENIED);
    bo.typed = bo.codes[3];
    CHECK_OK(act(&p, second, &bo));
    CHECK(bo.recovery);
    CHECK_ERR(act(&p, second, &bo), E_DENIED);

    CHECK_OK(act(&p, begin, &bo));
    CHECK_OK(session_find(t->arena, p.db, bo.secret, p.clock.fixed_at, &s));
    CHECK(!s.is_whole);
    CHECK_ERR(
        session_find(t->arena, p.db, bo.secret, p.clock.fixed_at + SESSION_OWED_M * MINUTE_US, &s),
        E_MISSING);

    /* ended meanwhile: nobody is signed in, and the log does not say so */
    bo.session = s;
    as(&p, &bo);
    CHECK_OK(act(&p, end_all, &bo));
    CHECK_ERR(act(&p, complete, &bo), E_DENIED);
    CHECK_INT((long long)logged(&p, "signed_in"), 0);
    close_paper(&p);
}

static err put_role(struct staff_work *k, void *of, note *why)
{
    struct who *w = of;

    return staff_role_put(k, w->role, w->name, w->may, why);
}

static err drop_role(struct staff_work *k, void *of, note *why)
{
    return staff_role_drop(k, ((struct who *)of)->role, why);
}

TEST(a_paper_makes_roles_of_its_own)
{
    struct paper p;
    privileges may;

    open_paper(t, &p);

    struct who role = {.name = S("Wire desk"), .may = MAY(wire) | MAY(audit)};

    CHECK_OK(act(&p, put_role, &role));
    CHECK(staff_role_known(t->arena, p.db, S("wire-desk"), &may) && may == role.may);
    CHECK_ERR(act(&p, put_role, &role), E_CONFLICT);
    role.name = S("Publisher");
    CHECK_ERR(act(&p, put_role, &role), E_CONFLICT);

    struct who bo = joined(&p, "bo@x.example", "wire-desk");

    CHECK(bo.of.may == (MAY(wire) | MAY(audit)));
    role = (struct who){.role = S("wire-desk"), .name = S("Wire desk"), .may = MAY(wire)};
    CHECK_ERR(act(&p, drop_role, &role), E_CONFLICT);
    CHECK_OK(act(&p, put_role, &role));
    CHECK_OK(staff_at(t->arena, p.db, bo.id, &bo.of));
    CHECK(bo.of.may == MAY(wire)); /* at once */
    p.may = MAY(staff);
    CHECK_ERR(act(&p, put_role, &role), E_DENIED);
    close_paper(&p);
}

static err log_twice(struct staff_work *k, void *of, note *why)
{
    (void)of;
    TRY(audit_add(k->w, k->now, &k->by, &(struct deed){.act = AUDIT_setting_changed}, why));
    return fail(why, E_CONFLICT, "what was to be done was not");
}

TEST(an_act_that_is_not_done_leaves_no_line)
{
    struct paper p;

    open_paper(t, &p);
    CHECK_ERR(act(&p, log_twice, NULL), E_CONFLICT);
    CHECK_INT((long long)logged(&p, ""), 0);
    close_paper(&p);
}

TEST(e_mail_addresses_are_read_or_refused)
{
    static const char *const bad[] = {"",      "ada",           "@x.example",    "ada@",
                                      "a@b@c", "a b@c.example", "a\"@c.example", "a@b\n.example"};
    str email;

    CHECK_OK(staff_email_read(t->arena, S("  Ada@Paper.Example "), &email, &t->why));
    CHECK_STR(email, S("ada@paper.example"));
    for (size_t i = 0; i < LENGTH(bad); i++)
        CHECK_ERR(staff_email_read(t->arena, str_c(bad[i]), &email, &t->why), E_INVALID);
}
