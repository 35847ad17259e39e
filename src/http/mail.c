#include "http/mail.h"

#include "http/client.h"
#include "http/secret_file.h"

#include <curl/curl.h>

/* What stands behind the scheme; a null str: it is no scheme of mail. */
static str behind_scheme(str server)
{
    if (str_starts(server, S("smtp://")))
        return str_from(server, 7);
    if (str_starts(server, S("smtps://")))
        return str_from(server, 8);
    return (str){0};
}

/* "mail.example.org" or "[::1]", and what stands behind it. */
static str host_of(str rest, str *behind)
{
    ptrdiff_t end =
        str_starts(rest, S("[")) ? str_find_char(rest, ']') + 1 : str_find_char(rest, ':');
    size_t n = end > 0 ? (size_t)end : rest.n;

    *behind = str_from(rest, n);
    return str_to(rest, n);
}

bool mail_server_ok(str server)
{
    str behind, host = host_of(behind_scheme(server), &behind);
    int64_t port;

    for (size_t i = 0; i < host.n; i++) {
        char c = host.p[i];

        if (!((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9') && c != '.' &&
            c != '-' && !(host.p[0] == '[' && (c == '[' || c == ']' || c == ':')))
            return false;
    }
    if (host.n == 0)
        return false;
    return behind.n == 0 ||
           (behind.p[0] == ':' && str_int(str_from(behind, 1), &port) && port > 0 && port <= 65535);
}

static bool is_here(str server)
{
    str behind, host = host_of(behind_scheme(server), &behind);

    return str_eq(host, S("127.0.0.1")) || str_eq(host, S("[::1]")) || str_eq(host, S("localhost"));
}

/* --- the talk --- */

struct post {
    CURL *curl;
    struct curl_slist *to;
    str left; /* of the message */
    const atomic_bool *stop;
    char problem[CURL_ERROR_SIZE];
};

static size_t give(char *to, size_t size, size_t n, void *of)
{
    struct post *p = of;
    size_t many = size * n < p->left.n ? size * n : p->left.n;

    memcpy(to, p->left.p, many);
    p->left = str_from(p->left, many);
    return many;
}

static int look_up(void *of, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct post *p = of;

    (void)a, (void)b, (void)c, (void)d;
    return p->stop != NULL && atomic_load(p->stop);
}

static const char *in_brackets(arena *a, str address)
{
    return str_z(a, str_fmt(a, "<%.*s>", STR(address)));
}

static void set_bounds(struct post *p)
{
    curl_easy_setopt(p->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(p->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(p->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(p->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)MAIL_CONNECT_MS);
    curl_easy_setopt(p->curl, CURLOPT_TIMEOUT_MS, (long)MAIL_TIMEOUT_MS);
    curl_easy_setopt(p->curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(p->curl, CURLOPT_XFERINFOFUNCTION, look_up);
    curl_easy_setopt(p->curl, CURLOPT_XFERINFODATA, p);
    curl_easy_setopt(p->curl, CURLOPT_ERRORBUFFER, p->problem);
}

static void set_letter(arena *a, struct post *p, const struct mail_way *way, str password,
                       const struct mail_letter *letter)
{
    curl_easy_setopt(p->curl, CURLOPT_URL, str_z(a, way->server));
    curl_easy_setopt(p->curl, CURLOPT_USE_SSL,
                     (long)(is_here(way->server) ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (way->user.n > 0) {
        curl_easy_setopt(p->curl, CURLOPT_USERNAME, str_z(a, way->user));
        curl_easy_setopt(p->curl, CURLOPT_PASSWORD, str_z(a, password));
    }
    p->to = curl_slist_append(NULL, in_brackets(a, letter->to));
    must(p->to != NULL);
    curl_easy_setopt(p->curl, CURLOPT_MAIL_FROM, in_brackets(a, letter->from));
    curl_easy_setopt(p->curl, CURLOPT_MAIL_RCPT, p->to);
    curl_easy_setopt(p->curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(p->curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(p->curl, CURLOPT_READDATA, p);
}

static err judge(const struct post *p, str server, CURLcode code, note *why)
{
    const char *said = p->problem[0] != '\0' ? p->problem : curl_easy_strerror(code);
    long status = 0;

    if (code == CURLE_OK)
        return OK;
    curl_easy_getinfo(p->curl, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return fail(why, E_BUSY, "the program ends");
    if (code == CURLE_LOGIN_DENIED || status == 530 || status == 535)
        return fail(why, E_DENIED, "%.*s does not let us in: %s", STR(server), said);
    /* 5xx to sender, recipient or message: for good */
    if (status >= 500 &&
        (code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_RECV_ERROR))
        return fail(why, E_INVALID, "%.*s refuses it: %ld, %s", STR(server), status, said);
    return fail(why, E_IO, "%.*s does not take it: %s", STR(server), said);
}

err mail_send(arena *a, const struct mail_way *way, const struct mail_letter *letter,
              const atomic_bool *stop, note *why)
{
    struct post p = {.left = letter->message, .stop = stop};
    str password = S("");
    err e;

    if (way->password_file.n > 0)
        TRY(secret_file_read(a, way->password_file, &password, why));
    client_prepare();
    p.curl = curl_easy_init();
    must(p.curl != NULL);
    set_bounds(&p);
    set_letter(a, &p, way, password, letter);
    e = judge(&p, way->server, curl_easy_perform(p.curl), why);
    curl_slist_free_all(p.to);
    curl_easy_cleanup(p.curl);
    return e;
}
