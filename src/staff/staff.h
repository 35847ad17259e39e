/*
 * staff.h - the people of the paper: who they are and what is done with their accounts.
 *
 * The verbs are for work inside a store_write() job; each writes its rows, one event and one line
 * of the audit log.  Each refuses what would give somebody more than whoever does it has, and what
 * would leave the paper without anybody who may look after its staff.
 */
#ifndef STAFF_STAFF_H
#define STAFF_STAFF_H

#include "news/audit.h"
#include "staff/privilege.h"
#include "store/store.h"

enum {
    STAFF_NAME_MAX = 120, /* bytes */
    STAFF_EMAIL_MAX = 254,
    STAFF_MAX = 2000, /* accounts in a list */
    STAFF_CODES = 10
};

enum staff_state { STAFF_INVITED, STAFF_ACTIVE, STAFF_SUSPENDED };

/* To be said; and as a word. */
const char *staff_state_about(enum staff_state s);
const char *staff_state_word(enum staff_state s);

struct staffer {
    int64_t id;
    str email, name, role; /* role: a word */
    privileges may;        /* by the role, whatever the state */
    enum staff_state state;
    str password;                 /* as kept; empty: none yet */
    str totp, totp_offered;       /* secrets; empty: none */
    int64_t totp_step;            /* the newest that was used */
    int64_t password_at, totp_at; /* 0: never */
    int64_t made_at, seen_at;
    int64_t passkeys; /* how many */
};

/* Does a password alone not let them in? */
static inline bool staff_has_second(const struct staffer *of)
{
    return of->totp.n > 0 || of->passkeys > 0;
}

err staff_at(arena *a, store_conn *db, int64_t id, struct staffer *out);
err staff_of_email(arena *a, store_conn *db, str email, struct staffer *out);
err staff_all(arena *a, store_conn *db, struct staffer **out, size_t *n);
err staff_count(arena *a, store_conn *db, int64_t *n);

/* What the role with this word lets one do; `own`: the words of a role that the paper has made. */
privileges role_may(str word, str own);

/* An address that mail can be sent to, lower case; E_INVALID: it is none. */
err staff_email_read(arena *a, str typed, str *out, note *why);

/* Who works, when. */
struct staff_work {
    arena *a;
    store_conn *w;
    int64_t now; /* µs UTC */
    struct actor by;
    privileges may; /* what whoever does it may do; PRIVILEGES_ALL at the command line */
    const struct tongue *tongue; /* what mail is written in; NULL: English */
};

/* --- people.c --- */

/* A new account that waits for its person.  E_CONFLICT: the e-mail has one. */
err staff_invite(struct staff_work *k, str email, str name, str role, int64_t *id, note *why);

err staff_rename(struct staff_work *k, int64_t id, str name, note *why);

/* Links for a new password that were made before are void. */
err staff_give_role(struct staff_work *k, int64_t id, str role, note *why);

/* Out at once: the sessions are over, links for them and by them void.  Restored: as before. */
err staff_suspend(struct staff_work *k, int64_t id, note *why);
err staff_restore(struct staff_work *k, int64_t id, note *why);

/* --- link.c --- */

enum link_kind { LINK_FIRST, LINK_INVITATION, LINK_RESET };
enum { LINK_FIRST_H = 24, LINK_INVITATION_H = 7 * 24, LINK_RESET_H = 24 };

/* The link that makes the first account; older ones are void.  E_CONFLICT: there is one already. */
err staff_link_first(struct staff_work *k, str *secret, note *why);

/* A link for somebody: an invitation while they have not joined, else a new password.  Older ones
 * are void. */
err staff_link_for(struct staff_work *k, int64_t id, enum link_kind *kind, str *secret, note *why);

/* Where a link opens: by the paper's address; without one (paper_address), at "https://host" as
 * asked.  In `a`. */
str staff_link_address(arena *a, store_conn *db, str asked_at, str secret);

/* What a link is for; E_MISSING: there is none such, it was used, its time is over, or whoever made
 * it might not make it any more (suspended, or it would open more than they may give). */
struct staff_link {
    enum link_kind kind;
    struct staffer of; /* empty for the first */
};
err staff_link_look(arena *a, store_conn *db, str secret, int64_t now, struct staff_link *out);

/* Use it up: the account is made or its password set, its older sessions, second factor, passkeys,
 * codes and devices are gone.  `password` as password_hash() gave it. */
struct joining {
    str secret, name, email; /* e-mail: for the first only */
    str password;
};
err staff_join(struct staff_work *k, const struct joining *j, struct staffer *out, note *why);

/* --- proof.c --- */

err staff_password_set(struct staff_work *k, int64_t id, str kept, note *why);

/* Second factor: a secret is offered, and taken once a code of it was given (E_DENIED: wrong). */
err staff_totp_offer(struct staff_work *k, int64_t id, note *why);
err staff_totp_take(struct staff_work *k, int64_t id, str typed, note *why);
err staff_totp_drop(struct staff_work *k, int64_t id, note *why);

/* A code of the app, once; or a recovery code, once (*recovery says which).  E_DENIED: neither. */
err staff_second_check(struct staff_work *k, int64_t id, str typed, bool *recovery, note *why);

/* New recovery codes in place of the old; as shown to their owner, this once.  In k->a. */
err staff_codes_make(struct staff_work *k, int64_t id, str codes[STAFF_CODES], note *why);

/* The same, on its own: their owner is told by mail. */
err staff_codes_renew(struct staff_work *k, int64_t id, str codes[STAFF_CODES], note *why);
err staff_codes_left(arena *a, store_conn *db, int64_t id, int64_t *n);

/* --- role.c: roles that the paper has made itself --- */

struct staff_role {
    str word, name;
    privileges may;
    int64_t people;
};
err staff_roles(arena *a, store_conn *db, struct staff_role **out, size_t *n);

/* `word` empty: a new one, named after its name.  E_CONFLICT: the name is taken. */
err staff_role_put(struct staff_work *k, str word, str name, privileges may, note *why);

/* E_CONFLICT: somebody has it. */
err staff_role_drop(struct staff_work *k, str word, note *why);

/* Is there a role with this word, and what may it do? */
bool staff_role_known(arena *a, store_conn *db, str word, privileges *may);

/* --- for the verbs --- */

/* Somebody that whoever works may touch.  E_MISSING; E_DENIED: they may do more. */
err staff_touch(struct staff_work *k, int64_t id, struct staffer *out, note *why);

/* There must stay one who is active and may look after the staff. */
err staff_keeper_stays(struct staff_work *k, note *why);

/* Event and line of the log. */
err staff_tell(struct staff_work *k, const struct staffer *of, const struct deed *d, note *why);

#endif
