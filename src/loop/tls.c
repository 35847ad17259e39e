#include "loop/tls.h"

#include "base/time.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What was read at one time; counted, as connections keep theirs. */
struct tls_set {
    atomic_int holds;
    size_t n;
    SSL_CTX *contexts[];
};

/* A file as it was when we looked. */
struct stamp {
    ino_t node;
    off_t size;
    struct timespec at;
};

struct tls {
    pthread_mutex_t lock;
    struct tls_set *set;
    struct stamp stamps[2 * TLS_PAIRS_MAX];
    size_t n;
    struct tls_pair pairs[TLS_PAIRS_MAX];
};

struct tls_end {
    SSL *ssl;
    struct tls_set *set;
    bool broken; /* nothing can be said any more */
};

static const char ciphers_12[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
static const char ciphers_13[] =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

/* --- files --- */

static struct stamp stamp_of(const char *file)
{
    struct stat st;

    if (stat(file, &st) < 0)
        return (struct stamp){0};
    return (struct stamp){st.st_ino, st.st_size, st.st_mtim};
}

static bool same(const struct stamp *a, const struct stamp *b)
{
    return a->node == b->node && a->size == b->size && a->at.tv_sec == b->at.tv_sec &&
           a->at.tv_nsec == b->at.tv_nsec;
}

bool tls_changed(struct tls *t)
{
    bool changed = false;

    for (size_t i = 0; i < 2 * t->n; i++) {
        struct stamp now = stamp_of(i % 2 == 0 ? t->pairs[i / 2].cert : t->pairs[i / 2].key);

        changed |= !same(&now, &t->stamps[i]);
        t->stamps[i] = now;
    }
    return changed;
}

static err look_at(const char *what, const char *file, bool secret, note *why)
{
    struct stat st;

    if (stat(file, &st) < 0)
        return fail(why, errno == ENOENT ? E_INVALID : E_IO, "cannot read the %s %s: %s", what,
                    file, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return fail(why, E_INVALID, "the %s %s is no plain file", what, file);
    if (secret && st.st_mode & S_IRWXO)
        return fail(why, E_INVALID,
                    "everybody on this machine may read the private key %s; `chmod o= %s`, and see "
                    "that the paper's own user may",
                    file, file);
    return OK;
}

/* OpenSSL's own word for what went wrong last. */
static const char *cause(void)
{
    const char *word = ERR_reason_error_string(ERR_peek_last_error());

    return word != NULL ? word : "unknown cause";
}

/* --- contexts --- */

/* The length-prefixed names of what we speak, best first. */
static int choose_protocol(SSL *ssl, const unsigned char **out, unsigned char *out_n,
                           const unsigned char *in, unsigned in_n, void *of)
{
    static const unsigned char ours[] = "\x02h2\x08http/1.1";
    unsigned char *chosen;

    (void)ssl;
    (void)of;
    if (SSL_select_next_proto(&chosen, out_n, ours, sizeof ours - 1, in, in_n) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

static int choose_certificate(SSL *ssl, int *alert, void *of)
{
    const struct tls_set *set = of;
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);

    (void)alert;
    for (size_t i = 0; name != NULL && i < set->n; i++)
        if (X509_check_host(SSL_CTX_get0_certificate(set->contexts[i]), name, strlen(name),
                            X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, NULL) == 1) {
            SSL_set_SSL_CTX(ssl, set->contexts[i]);
            break;
        }
    return SSL_TLSEXT_ERR_OK;
}

/* A key with a password would ask at the terminal. */
static int no_password(char *to, int room, int writing, void *of)
{
    (void)to;
    (void)room;
    (void)writing;
    (void)of;
    return -1;
}

static SSL_CTX *new_context(void)
{
    SSL_CTX *c = SSL_CTX_new(TLS_server_method());

    must(c != NULL);
    must(SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION) == 1);
    must(SSL_CTX_set_cipher_list(c, ciphers_12) == 1);
    must(SSL_CTX_set_ciphersuites(c, ciphers_13) == 1);
    must(SSL_CTX_set1_groups_list(c, "X25519:P-256:P-384") == 1);
    SSL_CTX_set_options(c, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                               SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(c, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                            SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(c, 1); /* a record by one call, not its head and then the rest */
    SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF); /* tickets instead, one to each */
    must(SSL_CTX_set_num_tickets(c, 1) == 1);
    SSL_CTX_set_alpn_select_cb(c, choose_protocol, NULL);
    SSL_CTX_set_default_passwd_cb(c, no_password);
    return c;
}

static err read_pair(SSL_CTX *c, const struct tls_pair *pair, note *why)
{
    TRY(look_at("certificate", pair->cert, false, why));
    TRY(look_at("private key", pair->key, true, why));
    ERR_clear_error();
    if (SSL_CTX_use_certificate_chain_file(c, pair->cert) != 1)
        return fail(why, E_INVALID,
                    "%s is no certificate that can be used (%s); give the file with the whole "
                    "chain, as PEM",
                    pair->cert, cause());
    if (SSL_CTX_use_PrivateKey_file(c, pair->key, SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(c) != 1)
        return fail(why, E_INVALID,
                    "%s is no private key that goes with %s (%s); give the key that it was made "
                    "with, as PEM and without a password",
                    pair->key, pair->cert, cause());
    return OK;
}

static void drop_set(struct tls_set *set)
{
    if (set == NULL || atomic_fetch_sub(&set->holds, 1) > 1)
        return;
    for (size_t i = 0; i < set->n; i++)
        SSL_CTX_free(set->contexts[i]);
    free(set);
}

static struct tls_set *hold_set(struct tls *t)
{
    pthread_mutex_lock(&t->lock);

    struct tls_set *set = t->set;

    atomic_fetch_add(&set->holds, 1);
    pthread_mutex_unlock(&t->lock);
    return set;
}

static err read_set(const struct tls *t, struct tls_set **out, note *why)
{
    struct tls_set *set = calloc(1, sizeof *set + t->n * sizeof *set->contexts);

    must(set != NULL);
    atomic_init(&set->holds, 1);
    for (set->n = 0; set->n < t->n; set->n++) {
        SSL_CTX *c = new_context();
        err e = read_pair(c, &t->pairs[set->n], why);

        if (e != OK) {
            SSL_CTX_free(c);
            ERR_clear_error();
            drop_set(set);
            return e;
        }
        set->contexts[set->n] = c;
    }
    SSL_CTX_set_tlsext_servername_callback(set->contexts[0], choose_certificate);
    SSL_CTX_set_tlsext_servername_arg(set->contexts[0], set);
    *out = set;
    return OK;
}

err tls_read_again(struct tls *t, note *why)
{
    struct tls_set *fresh, *before;

    TRY(read_set(t, &fresh, why));
    pthread_mutex_lock(&t->lock);
    before = t->set;
    t->set = fresh;
    pthread_mutex_unlock(&t->lock);
    drop_set(before);
    return OK;
}

err tls_open(const struct tls_pair *pairs, size_t n, struct tls **out, note *why)
{
    must(n > 0 && n <= TLS_PAIRS_MAX);

    struct tls *t = calloc(1, sizeof *t);

    must(t != NULL);
    t->n = n;
    memcpy(t->pairs, pairs, n * sizeof *pairs);
    pthread_mutex_init(&t->lock, NULL);
    tls_changed(t);

    err e = tls_read_again(t, why);

    if (e != OK)
        tls_close(&t);
    else
        *out = t;
    return e;
}

void tls_close(struct tls **t)
{
    if (*t == NULL)
        return;
    drop_set((*t)->set);
    pthread_mutex_destroy(&(*t)->lock);
    free(*t);
    *t = NULL;
}

size_t tls_count(const struct tls *t)
{
    return t->n;
}

int64_t tls_ends_at(struct tls *t, const char **file)
{
    struct tls_set *set = hold_set(t);
    int64_t first = TIME_NEVER;

    for (size_t i = 0; i < set->n; i++) {
        struct tm tm;
        int64_t at;

        if (ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(set->contexts[i])), &tm) !=
            1)
            continue;
        at = (int64_t)timegm(&tm) * SECOND_US;
        if (at < first) {
            first = at;
            *file = t->pairs[i].cert;
        }
    }
    drop_set(set);
    return first;
}

/* --- connections --- */

struct tls_end *tls_accept(struct tls *t, int fd)
{
    struct tls_end *e = calloc(1, sizeof *e);

    must(e != NULL);
    e->set = hold_set(t);
    e->ssl = SSL_new(e->set->contexts[0]);
    must(e->ssl != NULL && SSL_set_fd(e->ssl, fd) == 1);
    SSL_set_accept_state(e->ssl);
    return e;
}

void tls_free(struct tls_end **e)
{
    if (*e == NULL)
        return;
    SSL_free((*e)->ssl);
    drop_set((*e)->set);
    free(*e);
    *e = NULL;
}

/* Whether to wait; if not, the end. */
static bool waits(struct tls_end *e, int result)
{
    int kind = SSL_get_error(e->ssl, result);

    if (kind == SSL_ERROR_WANT_READ || kind == SSL_ERROR_WANT_WRITE)
        return true;
    e->broken = kind != SSL_ERROR_ZERO_RETURN;
    return false;
}

enum tls_step tls_shake(struct tls_end *e)
{
    ERR_clear_error();

    int result = SSL_do_handshake(e->ssl);

    if (result == 1)
        return TLS_DONE;
    if (waits(e, result))
        return TLS_WAIT;
    return ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST ? TLS_CLEAR : TLS_FAILED;
}

bool tls_is_h2(const struct tls_end *e)
{
    const unsigned char *chosen;
    unsigned n;

    SSL_get0_alpn_selected(e->ssl, &chosen, &n);
    return n == 2 && memcmp(chosen, "h2", 2) == 0;
}

ssize_t tls_read(struct tls_end *e, char *to, size_t room)
{
    size_t n;

    ERR_clear_error();

    int result = SSL_read_ex(e->ssl, to, room, &n);

    return result == 1 ? (ssize_t)n : waits(e, result) ? 0 : -1;
}

ssize_t tls_write(struct tls_end *e, const char *p, size_t n)
{
    size_t taken;

    ERR_clear_error();

    int result = SSL_write_ex(e->ssl, p, n < TLS_RECORD ? n : TLS_RECORD, &taken);

    return result == 1 ? (ssize_t)taken : waits(e, result) ? 0 : -1;
}

void tls_goodbye(struct tls_end *e)
{
    ERR_clear_error();
    if (!e->broken && SSL_is_init_finished(e->ssl))
        SSL_shutdown(e->ssl);
    e->broken = true;
}
