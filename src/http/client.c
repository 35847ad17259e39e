#include "http/client.h"

#include "base/buf.h"
#include "http/outside.h"
#include "text/url.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdlib.h>

struct client {
    CURL *curl;
    enum client_reach reach;
    const atomic_bool *stop;
};

/* What one request needs while curl is at work. */
struct talk {
    struct client *client;
    struct curl_slist *headers;
    buf answer;
    bool was_inside; /* it led where its client may not go */
    char problem[CURL_ERROR_SIZE];
};

bool client_may_ask(str url)
{
    struct url u;

    if (!url_split(url, &u) || u.host.n == 0)
        return false;
    if (str_eq(u.scheme, S("https")))
        return true;
    return str_eq(u.scheme, S("http")) &&
           (str_eq(u.host, S("127.0.0.1")) || str_eq(u.host, S("[::1]")) ||
            str_eq(u.host, S("localhost")));
}

static void start_curl(void)
{
    must(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}

void client_prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    must(pthread_once(&once, start_curl) == 0);
}

struct client *client_new(enum client_reach reach, const atomic_bool *stop)
{
    struct client *c = calloc(1, sizeof *c);

    must(c != NULL);
    client_prepare();
    c->curl = curl_easy_init();
    must(c->curl != NULL);
    c->reach = reach;
    c->stop = stop;
    return c;
}

void client_free(struct client **c)
{
    if (*c == NULL)
        return;
    curl_easy_cleanup((*c)->curl);
    free(*c);
    *c = NULL;
}

/* --- what curl calls --- */

static size_t take(char *bytes, size_t size, size_t n, void *of)
{
    struct talk *t = of;

    buf_add(&t->answer, str_of(bytes, size * n));
    return t->answer.over ? 0 : size * n;
}

static int look_up(void *of, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct talk *t = of;

    (void)a, (void)b, (void)c, (void)d;
    return t->client->stop != NULL && atomic_load(t->client->stop);
}

static curl_socket_t open_outside(void *of, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct talk *t = of;

    (void)purpose;
    if (!outside_may_go(&to->addr, false)) {
        t->was_inside = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* --- one request --- */

static void add_header(arena *a, struct talk *t, str name, str value)
{
    struct curl_slist *more =
        curl_slist_append(t->headers, str_z(a, str_fmt(a, "%.*s: %.*s", STR(name), STR(value))));

    must(more != NULL);
    t->headers = more;
}

static void set_headers(arena *a, struct talk *t, const struct client_ask *ask)
{
    CURL *curl = t->client->curl;

    if (ask->type.n > 0)
        add_header(a, t, S("Content-Type"), ask->type);
    for (size_t i = 0; i < ask->header_n; i++)
        add_header(a, t, ask->headers[i].name, ask->headers[i].value);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, t->headers);
}

static void set_bounds(struct talk *t, const struct client_ask *ask)
{
    CURL *curl = t->client->curl;

    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CLIENT_CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                     (long)(ask->timeout_ms > 0 ? ask->timeout_ms : CLIENT_TIMEOUT_MS));
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, t);
    if (t->client->reach == CLIENT_ANYWHERE)
        return;
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* it would go where we do not look */
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_outside);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, t);
}

static void set_request(arena *a, struct talk *t, const struct client_ask *ask)
{
    CURL *curl = t->client->curl;

    curl_easy_setopt(curl, CURLOPT_URL, str_z(a, ask->url));
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "Broadsheet");
    if (ask->body.n > 0) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)ask->body.n);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, ask->body.p);
    }
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, ask->method);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, t->problem);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
}

static err judge(const struct talk *t, const struct client_ask *ask, CURLcode code, note *why)
{
    const char *said = t->problem[0] != '\0' ? t->problem : curl_easy_strerror(code);

    if (code == CURLE_OK)
        return OK;
    if (t->answer.over)
        return fail(why, E_LIMIT, "%.*s answered more than %zu bytes", STR(ask->url),
                    t->answer.max);
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return fail(why, E_BUSY, "the program ends");
    if (t->was_inside)
        return fail(why, E_DENIED, "%.*s leads into a network that is not public", STR(ask->url));
    return fail(why, E_IO, "%.*s does not answer: %s", STR(ask->url), said);
}

err client_send(arena *a, struct client *c, const struct client_ask *ask, struct client_answer *out,
                note *why)
{
    size_t most = ask->answer_max > 0 ? ask->answer_max : CLIENT_ANSWER_MAX;
    struct talk t = {.client = c, .answer = buf_new(a, most)};
    long status = 0;

    if (!client_may_ask(ask->url))
        return fail(why, E_DENIED, "%.*s is neither https nor on this machine", STR(ask->url));
    curl_easy_reset(c->curl);
    set_bounds(&t, ask);
    set_request(a, &t, ask);
    set_headers(a, &t, ask);

    err e = judge(&t, ask, curl_easy_perform(c->curl), why);

    curl_easy_getinfo(c->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(t.headers);
    curl_easy_setopt(c->curl, CURLOPT_ERRORBUFFER, NULL);
    if (e == OK)
        *out = (struct client_answer){(int)status, buf_str(&t.answer)};
    return e;
}
