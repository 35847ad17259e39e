/*
 * passkeys.c - /desk/passkey, /desk/account/passkeys and the ways in by a passkey.
 *
 * A script asks for what is to be signed (a challenge bound to the form of its page, good once, for
 * five minutes), has the browser sign it, and sends the answer as a form.  A passkey is bound to
 * the host of the page: the paper's address where it has one, localhost on the machine itself;
 * asked by another host there are none.
 */
#include "site/desk/sign_in.h"

#include "staff/challenge.h"
#include "staff/passkey.h"
#include "staff/secret.h"
#include "text/json_write.h"
#include "text/url.h"

#include <sodium.h>

enum { OPTIONS_MAX = 64 << 10, DECODED_MAX = 6 << 10 };

static const char *const wrong_passkey =
    SAY("That passkey does not open this account, or it took too long. Please try again.");

/* --- where passkeys are bound to --- */

static bool is_name(str host)
{
    for (size_t i = 0; i < host.n; i++)
        if ((host.p[i] | 32) >= 'a' && (host.p[i] | 32) <= 'z')
            return str_find_char(host, ':') < 0;
    return false;
}

static bool is_local(str host)
{
    return str_eq(host, S("localhost")) || str_ends(host, S(".localhost"));
}

/* False: at this address there are no passkeys. */
static bool site_of(struct request *rq, struct webauthn_site *out)
{
    str address = paper_address(rq->arena, rq->desk), asked = desk_asked_at(rq);
    str host = url_host(asked);

    *out = (struct webauthn_site){host, asked};
    if (!is_name(host) || url_web(rq->arena, asked).n == 0)
        return false;
    if (is_local(host))
        return true;
    return rq->secure && (address.n == 0 || str_eq(address, asked));
}

/* Somebody's passkeys that work here. */
static err mine(struct request *rq, const struct webauthn_site *site, int64_t staff,
                struct passkey **out, size_t *n)
{
    struct passkey *all;
    size_t all_n;

    TRY(passkeys_of(rq->arena, rq->desk, staff, &all, &all_n));
    *out = all;
    *n = 0;
    for (size_t i = 0; i < all_n; i++)
        if (str_eq(all[i].host, site->host))
            all[(*n)++] = all[i];
    return OK;
}

err desk_may_use_passkey(struct request *rq, bool *may)
{
    const struct desk_visit *desk = desk_visit(rq);
    struct webauthn_site site;
    struct passkey *all;
    size_t n;

    *may = site_of(rq, &site);
    if (!*may || !(desk->is_in || desk->owes_second))
        return OK;
    TRY(mine(rq, &site, desk->who.staff, &all, &n));
    *may = n > 0;
    return OK;
}

/* --- what is to be signed --- */

static const struct {
    const char *word;
    enum challenge_for what;
} uses[] = {{"sign-in", CHALLENGE_SIGN_IN},
            {"second", CHALLENGE_SECOND},
            {"prove", CHALLENGE_PROVE},
            {"add", CHALLENGE_ADD}};

static err may_ask(struct request *rq, enum challenge_for what)
{
    const struct desk_visit *desk = desk_visit(rq);
    const struct site *s = rq->of;
    bool may = !desk->form_is_new;

    if (what == CHALLENGE_SECOND)
        may = desk->owes_second;
    if (what == CHALLENGE_PROVE)
        may = desk->is_in;
    if (what == CHALLENGE_ADD)
        may = desk->is_in && session_is_proved(&desk->who, clock_now(s->clock));
    return may ? OK : fail(&rq->note, E_DENIED, "there is nothing to sign for them");
}

static str letters_of(arena *a, str bytes)
{
    size_t room = sodium_base64_encoded_len(bytes.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = arena_bytes(a, room);

    sodium_bin2base64(out, room, (const unsigned char *)bytes.p, bytes.n,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return str_of(out, room - 1);
}

static void put_user(struct request *rq, struct json_writer *w, const struct staffer *of)
{
    put_object(w, "user");
    put_str(w, "id", letters_of(rq->arena, passkey_handle(rq->arena, of->id, of->made_at)));
    put_str(w, "name", of->email);
    put_str(w, "displayName", of->name);
    put_end(w);
}

/* The passkeys that may answer (or, where one is added, may not), and for whom it is. */
static err put_person(struct request *rq, struct json_writer *w, const struct webauthn_site *site,
                      enum challenge_for what)
{
    struct staffer of;
    struct passkey *all;
    size_t n;

    if (what == CHALLENGE_SIGN_IN)
        return OK;
    TRY(staff_at(rq->arena, rq->desk, desk_visit(rq)->who.staff, &of));
    TRY(mine(rq, site, of.id, &all, &n));
    put_list(w, "passkeys");
    for (size_t i = 0; i < n; i++)
        put_str(w, NULL, letters_of(rq->arena, all[i].key.id));
    put_end(w);
    put_user(rq, w, &of);
    return OK;
}

err desk_passkey_options(struct request *rq)
{
    const struct site *s = rq->of;
    str word = desk_query(rq, S("for"), 20);
    buf out = buf_new(rq->arena, OPTIONS_MAX);
    struct json_writer w = json_writer(&out);
    struct webauthn_site site;
    size_t i = 0;

    while (i < LENGTH(uses) && !str_eq(word, str_c(uses[i].word)))
        i++;
    if (i == LENGTH(uses) || !site_of(rq, &site))
        return E_MISSING;
    TRY(may_ask(rq, uses[i].what));
    put_object(&w, NULL);
    put_str(&w, "challenge",
            challenge_make(rq->arena, s->challenges, uses[i].what, desk_visit(rq)->form_secret,
                           clock_now(s->clock)));
    put_str(&w, "host", site.host);
    put_str(&w, "paper", paper_setting(rq->arena, rq->desk, S("name"), S("Broadsheet")));
    put_str(&w, "known", uses[i].what == CHALLENGE_SECOND ? S("discouraged") : S("required"));
    TRY(put_person(rq, &w, &site, uses[i].what));
    put_end(&w);
    reply_keep(rq, KEEP_NOT, 0, 0);
    return reply_json(rq, 200, buf_str(&out));
}

/* --- what was signed --- */

struct sent {
    struct webauthn_site site;
    struct webauthn_answer answer;
    str credential, handle, challenge;
};

/* A field in base64url; empty when it is none. */
static str bytes_of(struct request *rq, const char *field)
{
    str letters = desk_field(rq, field);
    unsigned char *out = arena_alloc(rq->arena, DECODED_MAX);
    size_t n;

    if (sodium_base642bin(out, DECODED_MAX, letters.p, letters.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return S("");
    return str_of((const char *)out, n);
}

/* E_DENIED: it is of another page, or not what was asked for. */
static err read_sent(struct request *rq, enum challenge_for what, struct sent *out)
{
    const struct site *s = rq->of;

    *out = (struct sent){
        .answer = {bytes_of(rq, "client"), bytes_of(rq, "data"), bytes_of(rq, "signature")},
        .credential = bytes_of(rq, "credential"),
        .handle = bytes_of(rq, "handle"),
    };
    if (!site_of(rq, &out->site))
        return fail(&rq->note, E_DENIED, "there are no passkeys at this address");
    TRY(webauthn_client(rq->arena, &out->site,
                        what == CHALLENGE_ADD ? "webauthn.create" : "webauthn.get",
                        out->answer.client, &out->challenge, &rq->note));
    return challenge_holds(s->challenges, what, desk_visit(rq)->form_secret, out->challenge,
                           clock_now(s->clock))
               ? OK
               : fail(&rq->note, E_DENIED, "the challenge is not ours, or its time is over");
}

struct opened {
    struct sent sent;
    struct passkey passkey;
    int64_t count;
    struct arrival in;
    const struct session *session;
};

/* Whose passkey it is, if it is right.  `staff` 0: anybody's. */
static err open_with(struct request *rq, enum challenge_for what, int64_t staff, struct opened *out)
{
    const struct site *s = rq->of;
    struct passkey *p = &out->passkey;
    err e;

    TRY(read_sent(rq, what, &out->sent));
    e = passkey_at(rq->arena, rq->desk, out->sent.credential, p);
    if (e == E_MISSING || (e == OK && !str_eq(p->host, out->sent.site.host)) ||
        (e == OK && staff != 0 && p->staff != staff) ||
        (e == OK && staff == 0 && !str_eq(p->handle, out->sent.handle)))
        return fail(&rq->note, E_DENIED, "there is no such passkey");
    TRY(e);
    TRY(webauthn_verify(&out->sent.site, &p->key, &out->sent.answer, what != CHALLENGE_SECOND,
                        &out->count, &rq->note));
    return challenge_use(s->challenges, out->sent.challenge, clock_now(s->clock), &rq->note);
}

/* --- the ways in --- */

static err log_refused(struct staff_work *k, void *of, note *why)
{
    const struct passkey *p = of;

    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = AUDIT_passkey_failed,
                                    .subject = p->staff,
                                    .is = audit_line(k->a, S(""), "name", p->name)},
                     why);
}

/* Try it, and do `act` when it is right; E_DENIED has been shown as a page by then, with *shown. */
static err try_it(struct request *rq, enum challenge_for what, int64_t staff, struct ask *ask,
                  desk_act *act, struct opened *out, bool *shown)
{
    str account = str_fmt(rq->arena, "%lld", (long long)staff), name;
    err e;

    *shown = true;
    *out = (struct opened){.in.device = desk_visit(rq)->device, .session = &desk_visit(rq)->who};
    ask->wait_s = staff == 0 ? sign_in_wait(rq, "passkey", desk_field(rq, "credential"), 0, &name)
                             : sign_in_wait(rq, "passkey of", account, staff, &name);
    if (ask->wait_s > 0)
        return sign_in_show(rq, ask);
    e = open_with(rq, what, staff, out);
    if (e == OK)
        e = desk_do(rq, act, out);
    if (e == E_DENIED) {
        if (out->passkey.id != 0)
            TRY(desk_do(rq, log_refused, &out->passkey));
        ask->wrong = wrong_passkey;
        return sign_in_show(rq, ask);
    }
    *shown = e != OK;
    TRY(e);
    sign_in_forgive(rq, name);
    return OK;
}

static err begin(struct staff_work *k, void *of, note *why)
{
    struct opened *o = of;

    TRY(passkey_used(k, &o->passkey, o->count, why));
    return session_begin_whole(k, o->passkey.staff, &o->in, why);
}

err desk_passkey_sign_in(struct request *rq)
{
    struct ask ask = {.is_sign_in = true, .to = sign_in_way_on(rq)};
    struct opened opened;
    bool shown;

    desk_visit(rq)->is_in = false; /* whoever that was: somebody signs in */
    TRY(try_it(rq, CHALLENGE_SIGN_IN, 0, &ask, begin, &opened, &shown));
    if (shown)
        return OK;
    TRY(desk_let_in(rq, &opened.in));
    return desk_go(rq, ask.to, NULL);
}

static err complete(struct staff_work *k, void *of, note *why)
{
    struct opened *o = of;

    k->by.staff = o->session->staff;
    k->by.who = o->session->name;
    TRY(passkey_used(k, &o->passkey, o->count, why));
    return session_complete(k, o->session, &o->in, why);
}

err desk_passkey_second(struct request *rq)
{
    struct ask ask = {.is_second = true, .to = sign_in_way_on(rq)};
    struct opened opened;
    bool shown;

    if (!desk_visit(rq)->owes_second)
        return desk_go(rq, S("/desk/sign-in"), NULL);
    TRY(try_it(rq, CHALLENGE_SECOND, desk_visit(rq)->who.staff, &ask, complete, &opened, &shown));
    if (shown)
        return OK;
    TRY(desk_let_in(rq, &opened.in));
    return desk_go(rq, ask.to, NULL);
}

static err prove(struct staff_work *k, void *of, note *why)
{
    struct opened *o = of;

    TRY(passkey_used(k, &o->passkey, o->count, why));
    return session_prove(k, o->session, why);
}

err desk_passkey_prove(struct request *rq)
{
    struct ask ask = {
        .is_prove = true, .to = sign_in_way_on(rq), .email = desk_visit(rq)->who.email};
    struct opened opened;
    bool shown;

    TRY(try_it(rq, CHALLENGE_PROVE, desk_visit(rq)->who.staff, &ask, prove, &opened, &shown));
    return shown ? OK : desk_go(rq, ask.to, NULL);
}

/* --- one's own --- */

static err show(struct request *rq, const char *wrong)
{
    const struct session *who = &desk_visit(rq)->who;
    struct desk_page p;
    struct webauthn_site site;
    struct passkey *all;
    struct view_desk_passkeys view = {.may_add = site_of(rq, &site),
                                      .is_demanded = desk_visit(rq)->owes_set_up};

    TRY(desk_begin(rq, &p));
    TRY(passkeys_of(rq->arena, rq->desk, who->staff, &all, &view.passkeys.n));

    struct view_desk_passkey *v = arena_many(rq->arena, struct view_desk_passkey, view.passkeys.n);

    for (size_t i = 0; i < view.passkeys.n; i++)
        v[i] = (struct view_desk_passkey){
            .passkey = all[i].id,
            .name = all[i].name.n > 0 ? all[i].name : desk_say(&p, SAY("Passkey")),
            .host = all[i].host,
            .is_elsewhere = !str_eq(all[i].host, site.host),
            .made = desk_when(&p, all[i].made_at),
            .used = desk_when(&p, all[i].used_at),
        };
    view.desk = p.head;
    view.passkeys.v = v;
    view.has_passkeys = view.passkeys.n > 0;
    view.may_add &= view.passkeys.n < PASSKEYS_MAX;
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 422 : 200, DESK_PASSKEYS, SAY("Passkeys"), &view);
}

err desk_passkeys(struct request *rq)
{
    return show(rq, NULL);
}

struct adding {
    struct sent sent;
    struct webauthn_key key;
    const struct session *who;
    int64_t passkey;
    str name;
    str *codes; /* made where there were none */
    bool has_codes;
};

/* Who has a second factor has recovery codes, so that a lost telephone is no lost account. */
static err add(struct staff_work *k, void *of, note *why)
{
    struct adding *x = of;
    int64_t left;

    TRY(passkey_add(k, x->who->staff, x->sent.site.host, &x->key, x->name, why));
    TRY(staff_codes_left(k->a, k->w, x->who->staff, &left));
    x->has_codes = left == 0;
    return x->has_codes ? staff_codes_make(k, x->who->staff, x->codes, why) : OK;
}

static err drop(struct staff_work *k, void *of, note *why)
{
    const struct adding *x = of;

    return passkey_drop(k, x->who->staff, x->passkey, why);
}

static err add_one(struct request *rq, struct adding *x)
{
    const struct site *s = rq->of;
    err e = read_sent(rq, CHALLENGE_ADD, &x->sent);

    if (e == OK)
        e = webauthn_made(rq->arena, &x->sent.site, x->sent.answer.data, &x->key, &rq->note);
    if (e == OK)
        e = challenge_use(s->challenges, x->sent.challenge, clock_now(s->clock), &rq->note);
    if (e == OK)
        e = desk_do(rq, add, x);
    if (e == E_DENIED || e == E_CONFLICT || e == E_LIMIT)
        return show(rq, SAY("That passkey could not be added. Please try again."));
    TRY(e);
    return x->has_codes ? desk_show_codes(rq, x->codes)
                        : desk_go(rq, S("/desk/account/passkeys"), "passkey");
}

err desk_passkeys_post(struct request *rq)
{
    struct adding x = {.who = &desk_visit(rq)->who,
                       .name = desk_field(rq, "name"),
                       .codes = arena_many(rq->arena, str, STAFF_CODES)};
    str act = desk_field(rq, "act");
    err e;

    if (str_eq(act, S("add")))
        return add_one(rq, &x);
    if (!str_eq(act, S("drop")) || !str_int(desk_field(rq, "passkey"), &x.passkey))
        return fail(&rq->note, E_INVALID, "no such act");
    e = desk_do(rq, drop, &x);
    if (e == E_MISSING)
        return show(rq, NULL);
    TRY(e);
    return desk_go(rq, S("/desk/account/passkeys"), "passkey-off");
}
