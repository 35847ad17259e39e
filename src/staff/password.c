#include "staff/password.h"

#include "base/log.h"
#include "base/utf8.h"
#include "text/say.h"

#include <crack.h>
#include <pthread.h>
#include <sodium.h>

enum { PART_MIN = 4 };

const char *password_fault_words(enum password_fault f)
{
    switch (f) {
    case PASSWORD_SHORT:
        return SAY("A password has at least 12 characters. Several words in a row are a good one.");
    case PASSWORD_LONG:
        return SAY("This password is too long.");
    case PASSWORD_KNOWN:
        return SAY("This password is among those that are tried first: a known word, or made from "
                   "one by a simple rule. Several words in a row are a good one.");
    case PASSWORD_OF_ONE:
        return SAY("A password is not made of your name, your e-mail or the paper’s name.");
    default:
        return NULL;
    }
}

/* --- is it known? --- */

/* Cracklib's words and rules; it keeps state of its own, so one at a time. */
static bool is_in_lists(arena *a, str password)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    const char *said;
    bool found;

    pthread_mutex_lock(&lock);
    said = FascistCheckUser(str_z(a, password), GetDefaultCracklibDict(), "desk", "");
    found = said != NULL;
    if (found && strstr(said, "loading dictionary") != NULL) {
        log_event(LOG_words_missing, "folder=\"%s\"", GetDefaultCracklibDict());
        found = false;
    }
    pthread_mutex_unlock(&lock);
    return found;
}

static bool is_letter(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (unsigned char)c >= 0x80;
}

/* "letmein2026!" is "letmein" to whoever guesses. */
static str core_of(str s)
{
    while (s.n > 0 && !is_letter(s.p[0]))
        s = str_from(s, 1);
    while (s.n > 0 && !is_letter(s.p[s.n - 1]))
        s.n--;
    return s;
}

/* "monkeymonkey" is "monkey": the shortest piece that gives the whole when it is repeated. */
static str period_of(str s)
{
    for (size_t n = 1; n <= s.n / 2; n++)
        if (s.n % n == 0 && memcmp(s.p, s.p + n, s.n - n) == 0)
            return str_to(s, n);
    return s;
}

/* Along a row of the keyboard or the alphabet, either way, for its most part. */
static bool is_a_row(arena *a, str s)
{
    static const str rows = S_INIT("qwertyuiop[] asdfghjkl;' zxcvbnm,./ qwertzuiop yxcvbnm "
                                   "azertyuiop qsdfghjklm 1234567890- abcdefghijklmnopqrstuvwxyz");
    str low = str_lower(a, s);
    size_t next = 0;

    for (size_t i = 1; i < low.n; i++) {
        char there[2] = {low.p[i - 1], low.p[i]}, back[2] = {low.p[i], low.p[i - 1]};

        next += there[0] == there[1] || str_find(rows, str_of(there, 2)) >= 0 ||
                str_find(rows, str_of(back, 2)) >= 0;
    }
    return low.n > 3 && next * 4 >= (low.n - 1) * 3;
}

static bool is_known(arena *a, str password)
{
    str core = core_of(password), piece = period_of(core);

    if (is_in_lists(a, password) || is_a_row(a, password))
        return true;
    if (core.n < PART_MIN)
        return false;
    return (core.n < password.n && is_in_lists(a, core)) || is_a_row(a, core) ||
           (piece.n < core.n && (piece.n < PART_MIN || is_in_lists(a, piece)));
}

/* --- is it made of what everybody knows of one? --- */

/* What is left when every part of `known` is taken out is the password's own. */
static str without(arena *a, str password, str known)
{
    for (str rest = known; rest.n > 0;) {
        size_t n = 0;

        while (n < rest.n && (is_letter(rest.p[n]) || (rest.p[n] >= '0' && rest.p[n] <= '9')))
            n++;
        if (n >= PART_MIN)
            password = str_replace(a, password, str_to(rest, n), S(""));
        rest = str_from(rest, n + 1);
    }
    return password;
}

static bool is_of_one(arena *a, str password, str name, str email, str paper)
{
    str left = str_lower(a, password);

    left = without(a, left, str_lower(a, name));
    left = without(a, left, str_lower(a, email));
    left = without(a, left, str_lower(a, paper));
    left = without(a, left, S("broadsheet"));
    return left.n < password.n && utf8_length(core_of(left)) < PASSWORD_MIN / 2;
}

enum password_fault password_look(arena *a, str password, str name, str email, str paper)
{
    if (utf8_length(password) < PASSWORD_MIN)
        return PASSWORD_SHORT;
    if (password.n > PASSWORD_BYTES_MAX)
        return PASSWORD_LONG;
    if (is_of_one(a, password, name, email, paper))
        return PASSWORD_OF_ONE;
    return is_known(a, password) ? PASSWORD_KNOWN : PASSWORD_FINE;
}

/* --- keeping it --- */

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t left_one = PTHREAD_COND_INITIALIZER;
static int inside, waiting;

static err enter(note *why)
{
    err e = OK;

    pthread_mutex_lock(&door);
    if (inside >= HASHING_AT_ONCE && waiting >= HASHING_WAITING) {
        e = fail(why, E_BUSY, "too many passwords are looked at just now");
    } else {
        waiting++;
        while (inside >= HASHING_AT_ONCE)
            pthread_cond_wait(&left_one, &door);
        waiting--;
        inside++;
    }
    pthread_mutex_unlock(&door);
    return e;
}

static void leave(void)
{
    pthread_mutex_lock(&door);
    inside--;
    pthread_cond_signal(&left_one);
    pthread_mutex_unlock(&door);
}

static err hash(arena *a, str password, str *kept, note *why)
{
    char *out = arena_alloc(a, crypto_pwhash_STRBYTES);

    if (crypto_pwhash_str_alg(out, password.p, password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(why, E_BUSY, "there is not enough memory to look at a password");
    *kept = str_c(out);
    return OK;
}

err password_hash(arena *a, str password, str *kept, note *why)
{
    err e;

    TRY(enter(why));
    e = hash(a, password, kept, why);
    leave();
    return e;
}

err password_check(arena *a, str password, str kept, note *why)
{
    str nobody;
    bool same = false;
    err e = OK;

    if (password.n > PASSWORD_BYTES_MAX)
        return E_DENIED;
    TRY(enter(why));
    if (kept.n == 0)
        e = hash(a, password, &nobody, why);
    else
        same = crypto_pwhash_str_verify(str_z(a, kept), password.p, password.n) == 0;
    leave();
    TRY(e);
    return same ? OK : E_DENIED;
}
