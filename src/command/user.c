/*
 * user.c - the people of the paper, from the command line: invitations, roles, suspension, links.
 *
 * No password is ever said here: whoever is added gets a link that opens once.
 */
#include "command/words.h"

#include "news/outbox.h"
#include "news/paper.h"
#include "staff/session.h"
#include "text/dates.h"

#include <stdio.h>
#include <string.h>

enum verb { LIST, ADD, INVITE, ROLE, SUSPEND, RESTORE, RESET };

struct words {
    const char *data;
    str name, role, email;
    int verb;
    const char *verb_word;
};

/* One verb, as a job. */
struct act {
    const struct words *words;
    int64_t now;
    const struct tongue *tongue;
    str secret; /* of the link that was made */
    enum link_kind kind;
};

static err find(struct staff_work *k, str typed, struct staffer *out, note *why)
{
    str email;

    TRY(staff_email_read(k->a, typed, &email, why));

    err e = staff_of_email(k->a, k->w, email, out);

    return e == E_MISSING ? fail(why, e, "nobody here has the e-mail %.*s", STR(email)) : e;
}

/* The first of a paper may do everything, whatever is not said. */
static err add(struct staff_work *k, struct act *act, note *why)
{
    const struct words *w = act->words;
    int64_t people, id;
    str role = w->role;

    TRY(staff_count(k->a, k->w, &people));
    if (role.n == 0)
        role = people == 0 ? ROLE_PUBLISHER : S("reporter");
    TRY(staff_invite(k, w->email, w->name.n > 0 ? w->name : w->email, role, &id, why));
    return staff_link_for(k, id, &act->kind, &act->secret, why);
}

static err act_out(arena *a, store_conn *w, void *of, note *why)
{
    struct act *act = of;
    struct staff_work k = {
        .a = a,
        .w = w,
        .now = act->now,
        .by = command_actor(a),
        .may = PRIVILEGES_ALL,
        .tongue = act->tongue,
    };
    struct staffer person;

    if (act->words->verb == ADD)
        return add(&k, act, why);
    TRY(find(&k, act->words->email, &person, why));
    switch (act->words->verb) {
    case ROLE:
        return staff_give_role(&k, person.id, act->words->role, why);
    case SUSPEND:
        return staff_suspend(&k, person.id, why);
    case RESTORE:
        return staff_restore(&k, person.id, why);
    case INVITE:
        if (person.state != STAFF_INVITED)
            return fail(why, E_CONFLICT,
                        "%.*s has joined already; `reset` makes a link for a new "
                        "password",
                        STR(person.email));
        return staff_link_for(&k, person.id, &act->kind, &act->secret, why);
    default:
        return staff_link_for(&k, person.id, &act->kind, &act->secret, why);
    }
}

static err list(struct house *h)
{
    struct staffer *all;
    size_t n;

    TRY(staff_all(h->a, h->db, &all, &n));
    for (size_t i = 0; i < n; i++)
        printf("%lld\t%s\t%.*s\t%.*s\t%.*s\t%s\t%.*s\n", (long long)all[i].id,
               staff_state_word(all[i].state), STR(all[i].role), STR(all[i].email),
               STR(all[i].name), staff_has_second(&all[i]) ? "second factor" : "-",
               STR(all[i].seen_at != 0 ? date_iso(h->a, all[i].seen_at) : S("-")));
    return OK;
}

static void print_link(struct house *h, const struct act *act)
{
    struct outbox_way way;

    if (outbox_way(h->a, h->db, &way))
        printf("mailed; ");
    printf("%s, opens once, within %d hours:\n%.*s\n",
           act->kind == LINK_RESET ? "a link for a new password" : "an invitation",
           act->kind == LINK_RESET ? LINK_RESET_H : LINK_INVITATION_H,
           STR(command_link(h, S(""), act->secret)));
}

static err run(struct house *h, const struct words *w, note *why)
{
    struct act act = {.words = w, .now = clock_now(store_clock(h->store))};

    theme *words_of;
    struct tongue tongue;
    err e;

    if (w->verb == LIST)
        return list(h);
    TRY(command_theme_load(NULL, &words_of, why));
    tongue = theme_tongue(words_of, paper_setting(h->a, h->db, S("language"), S("en")));
    act.tongue = &tongue;
    e = store_write(h->store, act_out, &act, h->a, why);
    theme_drop(&words_of);
    TRY(e);
    if (act.secret.n > 0)
        print_link(h, &act);
    else
        printf("%s %.*s: done\n", w->verb_word, STR(w->email));
    return OK;
}

/* -1: go on; else the exit code. */
static int read_words(const struct command *c, int argc, char **argv, struct words *w)
{
    const struct word words[] = {
        DATA_WORD(&w->data),
        {"list", NULL, "number, state, role, e-mail, name, second factor, last seen",
         .verb = &w->verb, .is = LIST},
        {"add", "EMAIL", "a new account; prints the link that opens it, once", .verb = &w->verb,
         .is = ADD},
        {"name", "TEXT", "of a new account: what they are called", .str = &w->name},
        {"role", "ROLE",
         "of a new account: contributor, reporter (the default), editor, night-editor, photo-desk, "
         "moderator, publisher (the default for the first), or one of the paper's own",
         .str = &w->role},
        {"invite", "EMAIL", "a new link for somebody who has not come yet; older ones are void",
         .verb = &w->verb, .is = INVITE},
        {"role", "EMAIL ROLE", "give another role", .verb = &w->verb, .is = ROLE},
        {"suspend", "EMAIL", "out at once, from every device", .verb = &w->verb, .is = SUSPEND},
        {"restore", "EMAIL", "in again", .verb = &w->verb, .is = RESTORE},
        {"reset", "EMAIL", "a link for a new password, which also takes the second factor away",
         .verb = &w->verb, .is = RESET},
    };
    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    if (done >= 0 || argc == 0)
        return done;
    w->verb_word = argv[-1];
    w->email = str_c(argv[0]);
    if (w->verb == ROLE)
        w->role = str_c(argv[1]);
    return -1;
}

static int user(const struct command *c, int argc, char **argv)
{
    struct words w = {.data = command_data_folder()};
    struct house h;
    note why = {0};
    int done = read_words(c, argc, argv, &w);

    if (done >= 0)
        return done;
    if (!house_open(&h, c, w.data, w.verb != ADD))
        return EXIT_FAILED;

    err e = run(&h, &w, &why);

    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_user = {"user", "",
                                     "The people of the paper: who works here, and as what.", user};
