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
    CURL *curl;
    enum client_reach reach;
    const atomic_bool *stop;
    str url;
    struct curl_slist *headers;
    buf answer;
    bool was_inside; /* it led where its client may not go */
    char problem[CURL_ERROR_SIZE];
    void *of;           /* of one among many */
    struct talk **link; /* what leads to it in their list */
    struct talk *next;
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
    return t->stop != NULL && atomic_load(t->stop);
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
    CURL *curl = t->curl;

    if (ask->type.n > 0)
        add_header(a, t, S("Content-Type"), ask->type);
    for (size_t i = 0; i < ask->header_n; i++)
        add_header(a, t, ask->headers[i].name, ask->headers[i].value);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, t->headers);
}

static void set_bounds(struct talk *t, const struct client_ask *ask)
{
    CURL *curl = t->curl;

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
    if (t->reach == CLIENT_ANYWHERE)
        return;
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* it would go where we do not look */
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_outside);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, t);
}

static void set_request(arena *a, struct talk *t, const struct client_ask *ask)
{
    CURL *curl = t->curl;

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

static err judge(const struct talk *t, CURLcode code, note *why)
{
    const char *said = t->problem[0] != '\0' ? t->problem : curl_easy_strerror(code);

    if (code == CURLE_OK)
        return OK;
    if (t->answer.over)
        return fail(why, E_LIMIT, "%.*s answered more than %zu bytes", STR(t->url), t->answer.max);
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return fail(why, E_BUSY, "the program ends");
    if (t->was_inside)
        return fail(why, E_DENIED, "%.*s leads into a network that is not public", STR(t->url));
    return fail(why, E_IO, "%.*s does not answer: %s", STR(t->url), said);
}

/* E_DENIED: that address may not be asked. */
static err prepare(arena *a, struct talk *t, const struct client_ask *ask, note *why)
{
    if (!client_may_ask(ask->url))
        return fail(why, E_DENIED, "%.*s is neither https nor on this machine", STR(ask->url));
    t->url = ask->url;
    t->answer = buf_new(a, ask->answer_max > 0 ? ask->answer_max : CLIENT_ANSWER_MAX);
    set_bounds(t, ask);
    set_request(a, t, ask);
    set_headers(a, t, ask);
    return OK;
}

static err finish(struct talk *t, CURLcode code, struct client_answer *out, note *why)
{
    long status = 0;
    err e = judge(t, code, why);

    curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(t->headers);
    if (e == OK)
        *out = (struct client_answer){(int)status, buf_str(&t->answer)};
    return e;
}

err client_send(arena *a, struct client *c, const struct client_ask *ask, struct client_answer *out,
                note *why)
{
    struct talk t = {.curl = c->curl, .reach = c->reach, .stop = c->stop};
    err e;

    curl_easy_reset(c->curl);
    TRY(prepare(a, &t, ask, why));
    e = finish(&t, curl_easy_perform(c->curl), out, why);
    curl_easy_setopt(c->curl, CURLOPT_ERRORBUFFER, NULL);
    return e;
}

/* --- many at once --- */

struct client_many {
    CURLM *curl;
    enum client_reach reach;
    struct talk *open; /* linked */
};

struct client_many *client_many_new(enum client_reach reach)
{
    struct client_many *m = calloc(1, sizeof *m);

    must(m != NULL);
    client_prepare();
    m->curl = curl_multi_init();
    must(m->curl != NULL);
    m->reach = reach;
    return m;
}

/* Out of curl's hands and out of the list; it lives on in its arena. */
static void let_go(struct client_many *m, struct talk *t)
{
    curl_multi_remove_handle(m->curl, t->curl);
    curl_easy_cleanup(t->curl);
    *t->link = t->next;
    if (t->next != NULL)
        t->next->link = t->link;
}

void client_many_free(struct client_many **m)
{
    if (*m == NULL)
        return;
    while ((*m)->open != NULL) {
        curl_slist_free_all((*m)->open->headers);
        let_go(*m, (*m)->open);
    }
    curl_multi_cleanup((*m)->curl);
    free(*m);
    *m = NULL;
}

static void hold(struct client_many *m, struct talk *t)
{
    t->next = m->open;
    t->link = &m->open;
    if (m->open != NULL)
        m->open->link = &t->next;
    m->open = t;
}

err client_begin(arena *a, struct client_many *m, const struct client_ask *ask, void *of, note *why)
{
    struct talk *t = arena_one(a, struct talk);
    err e;

    *t = (struct talk){.curl = curl_easy_init(), .reach = m->reach, .of = of};
    must(t->curl != NULL);
    e = prepare(a, t, ask, why);
    if (e != OK) {
        curl_easy_cleanup(t->curl);
        return e;
    }
    curl_easy_setopt(t->curl, CURLOPT_PRIVATE, t);
    curl_easy_setopt(t->curl, CURLOPT_QUICK_EXIT, 1L); /* a name that is not found holds up none */
    must(curl_multi_add_handle(m->curl, t->curl) == CURLM_OK);
    hold(m, t);
    return OK;
}

/* One of which curl says that it is over; NULL: none. */
static struct talk *next_over(struct client_many *m, CURLcode *code)
{
    CURLMsg *said;
    char *t = NULL;
    int left;

    while ((said = curl_multi_info_read(m->curl, &left)) != NULL)
        if (said->msg == CURLMSG_DONE) {
            *code = said->data.result;
            must(curl_easy_getinfo(said->easy_handle, CURLINFO_PRIVATE, &t) == CURLE_OK);
            return (struct talk *)(void *)t;
        }
    return NULL;
}

bool client_ended(struct client_many *m, int wait_ms, struct client_end *out)
{
    int running;
    CURLcode code = CURLE_OK;
    struct talk *t = next_over(m, &code);

    if (t == NULL) {
        curl_multi_perform(m->curl, &running);
        t = next_over(m, &code);
    }
    if (t == NULL && wait_ms > 0) {
        curl_multi_poll(m->curl, NULL, 0, wait_ms, NULL);
        curl_multi_perform(m->curl, &running);
        t = next_over(m, &code);
    }
    if (t == NULL)
        return false;
    *out = (struct client_end){.of = t->of};
    out->result = finish(t, code, &out->answer, &out->why);
    let_go(m, t);
    return true;
}
