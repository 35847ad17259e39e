#include "command/certificates.h"

#include "base/log.h"
#include "base/time.h"
#include "site/health.h"

static void tell(struct certificates *c, int64_t now)
{
    const char *file = "";
    int64_t left;

    c->ends_at = tls_ends_at(c->tls, &file);
    left = (c->ends_at - now) / DAY_US;
    log_event(LOG_tls_loaded, "certificates=%zu days_left=%lld first=\"%s\"", tls_count(c->tls),
              (long long)left, file);
    if (left < CERTIFICATES_SOON_D)
        log_event(LOG_tls_ends, "days_left=%lld file=\"%s\"", (long long)left, file);
}

err certificates_open(struct certificates *c, int64_t now, note *why)
{
    struct tls_pair pairs[TLS_PAIRS_MAX];

    if (c->cert_n != c->key_n)
        return fail(why, E_INVALID,
                    "%zu certificates and %zu keys were given: each --tls-cert FILE takes a "
                    "--tls-key FILE",
                    c->cert_n, c->key_n);
    if (c->cert_n == 0)
        return OK;
    for (size_t i = 0; i < c->cert_n; i++)
        pairs[i] = (struct tls_pair){c->certs[i], c->keys[i]};
    TRY(tls_open(pairs, c->cert_n, &c->tls, why));
    c->read_at = now;
    tell(c, now);
    return OK;
}

void certificates_close(struct certificates *c)
{
    tls_close(&c->tls);
}

void certificates_look(struct certificates *c, int64_t now, bool asked)
{
    note why = {0};
    bool changed = tls_changed(c->tls);
    bool settled = c->changing && !changed; /* certificate and key are written one by one */

    c->changing = changed;
    if (!asked && !settled && now < c->read_at + DAY_US)
        return;
    c->read_at = now;
    if (tls_read_again(c->tls, &why) == OK)
        tell(c, now);
    else
        log_event(LOG_tls_failed, "why=\"%s\"", why.text);
}
