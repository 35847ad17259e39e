#include "http/links.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/must.h"
#include "base/time.h"
#include "http/client.h"
#include "http/outside.h"
#include "text/url.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { HOP_CEILING = 1 << 20, CONNECT_MS = 4000 };

enum phase { FREE, WAITS, IS_ASKED, KNOWN };

struct link {
    enum phase phase;
    enum link_answer answer;
    int64_t at; /* ticks: when it came, or was answered */
    char url[LINKS_URL_MAX + 1];
};

struct links {
    bool inside;
    atomic_bool stopping;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    struct link all[LINKS_MAX]; /* under lock */
    pthread_t threads[LINKS_AT_ONCE];
};

static const clock_source ticks;

/* --- one request --- */

struct asking {
    struct links *l;
    CURL *curl;
    bool was_inside;
};

static curl_socket_t open_socket(void *of, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct asking *k = of;

    (void)purpose;
    if (!outside_may_go(&to->addr, k->l->inside)) {
        k->was_inside = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* That something comes is enough. */
static size_t enough(char *bytes, size_t size, size_t n, void *of)
{
    (void)bytes, (void)size, (void)n, (void)of;
    return 0;
}

static int look_up(void *of, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct asking *k = of;

    (void)a, (void)b, (void)c, (void)d;
    return atomic_load(&k->l->stopping);
}

static void set(struct asking *k, const char *url, bool whole)
{
    CURL *curl = k->curl;

    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_NOBODY, whole ? 0L : 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "Mozilla/5.0 (compatible; Broadsheet link check)");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L); /* a kept one would not be judged again */
    curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)LINKS_TIMEOUT_MS);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, k);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, enough);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, k);
}

/* The status; 0: there was none. */
static int status_of(struct asking *k, const char *url, bool whole)
{
    long status = 0;

    k->was_inside = false;
    set(k, url, whole);

    CURLcode code = curl_easy_perform(k->curl);

    if (code == CURLE_OK || code == CURLE_WRITE_ERROR)
        curl_easy_getinfo(k->curl, CURLINFO_RESPONSE_CODE, &status);
    return (int)status;
}

static enum link_answer judge(const struct asking *k, int status)
{
    if (k->was_inside && status == 0)
        return LINK_INSIDE;
    if (status == 0)
        return LINK_SILENT;
    if (status == 404 || status == 410 || status == 451)
        return LINK_MISSING;
    return status >= 500 ? LINK_BROKEN : LINK_ANSWERS;
}

/* Where a redirect leads, in `a`; empty: nowhere that may be asked. */
static str led_to(struct asking *k, arena *a)
{
    char *to = NULL;

    curl_easy_getinfo(k->curl, CURLINFO_REDIRECT_URL, &to);
    return to != NULL ? url_web(a, str_dup(a, str_c(to))) : S("");
}

static enum link_answer walk(struct asking *k, arena *a, str url)
{
    for (int hop = 0; hop <= LINKS_HOPS_MAX; hop++) {
        const char *at = str_z(a, url);
        int status = status_of(k, at, false);

        if (status >= 400 || (status == 0 && !k->was_inside)) /* not every server knows HEAD */
            status = status_of(k, at, true);
        if (status < 300 || status >= 400 || status == 304)
            return judge(k, status);
        url = led_to(k, a);
        if (url.n == 0)
            return LINK_ROUND;
    }
    return LINK_ROUND;
}

/* --- the threads --- */

/* The one that waits longest; NULL: none. */
static struct link *next_of(struct links *l)
{
    struct link *next = NULL;

    for (size_t i = 0; i < LINKS_MAX; i++)
        if (l->all[i].phase == WAITS && (next == NULL || l->all[i].at < next->at))
            next = &l->all[i];
    return next;
}

static void ask_one(struct links *l, struct asking *k, arena *a, struct link *one)
{
    str url = str_dup(a, str_c(one->url));

    one->phase = IS_ASKED;
    pthread_mutex_unlock(&l->lock);

    enum link_answer answer = walk(k, a, url);

    arena_reset(a);
    pthread_mutex_lock(&l->lock);
    one->answer = answer;
    one->at = clock_ticks(&ticks);
    one->phase = KNOWN;
}

static void *run(void *of)
{
    struct links *l = of;
    struct asking k = {.l = l, .curl = curl_easy_init()};
    arena *a = arena_new(HOP_CEILING);

    must(k.curl != NULL);
    pthread_mutex_lock(&l->lock);
    while (!atomic_load(&l->stopping)) {
        struct link *one = next_of(l);

        if (one != NULL)
            ask_one(l, &k, a, one);
        else
            pthread_cond_wait(&l->woken, &l->lock);
    }
    pthread_mutex_unlock(&l->lock);
    curl_easy_cleanup(k.curl);
    arena_free(&a);
    return NULL;
}

struct links *links_start(bool inside)
{
    struct links *l = calloc(1, sizeof *l);

    must(l != NULL);
    client_prepare();
    l->inside = inside;
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->woken, NULL);
    for (size_t i = 0; i < LINKS_AT_ONCE; i++)
        must(pthread_create(&l->threads[i], NULL, run, l) == 0);
    return l;
}

void links_stop(struct links **of)
{
    struct links *l = *of;

    if (l == NULL)
        return;
    pthread_mutex_lock(&l->lock);
    atomic_store(&l->stopping, true);
    pthread_cond_broadcast(&l->woken);
    pthread_mutex_unlock(&l->lock);
    for (size_t i = 0; i < LINKS_AT_ONCE; i++)
        pthread_join(l->threads[i], NULL);
    pthread_cond_destroy(&l->woken);
    pthread_mutex_destroy(&l->lock);
    free(l);
    *of = NULL;
}

/* --- whoever wants to know --- */

static bool is_stale(const struct link *one, int64_t now)
{
    int64_t kept = one->answer == LINK_ANSWERS ? LINKS_KEPT_S : LINKS_RETRY_S;

    return one->phase == KNOWN && now - one->at > kept * SECOND_US;
}

/* Its place; else a free one, else the one that was answered longest ago; NULL: all wait. */
static struct link *place_of(struct links *l, str url)
{
    struct link *room = NULL;

    for (size_t i = 0; i < LINKS_MAX; i++) {
        struct link *one = &l->all[i];

        if (one->phase != FREE && str_eq(str_c(one->url), url))
            return one;
        if (one->phase == FREE && (room == NULL || room->phase != FREE))
            room = one;
        if (one->phase == KNOWN && (room == NULL || (room->phase == KNOWN && one->at < room->at)))
            room = one;
    }
    return room;
}

static void put(struct links *l, struct link *one, str url)
{
    one->phase = WAITS;
    one->answer = LINK_ASKED;
    one->at = clock_ticks(&ticks);
    memcpy(one->url, url.p, url.n);
    one->url[url.n] = '\0';
    pthread_cond_signal(&l->woken);
}

enum link_answer links_ask(struct links *l, str url)
{
    ptrdiff_t mark = str_find_char(url, '#');
    enum link_answer answer = LINK_ASKED;
    struct link *one;

    url = mark >= 0 ? str_to(url, (size_t)mark) : url;
    if (url.n == 0 || url.n > LINKS_URL_MAX ||
        !(str_starts(url, S("https://")) || str_starts(url, S("http://"))))
        return LINK_NOT_ASKED;
    pthread_mutex_lock(&l->lock);
    one = place_of(l, url);
    if (one == NULL)
        answer = LINK_NOT_ASKED;
    else if (one->phase == FREE || !str_eq(str_c(one->url), url) ||
             is_stale(one, clock_ticks(&ticks)))
        put(l, one, url);
    else if (one->phase == KNOWN)
        answer = one->answer;
    pthread_mutex_unlock(&l->lock);
    return answer;
}
