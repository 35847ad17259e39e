/*
 * warm_page.c - serves one page from memory, to be measured beside other servers:
 * `warm_page FILE PORT [LOOPS]` answers every path with the bytes of FILE, and /cold/... through a
 * desk thread.
 */
#include "base/hash.h"
#include "http/reply.h"
#include "http/server.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static char bytes[1 << 20];
static struct page *page;
static str body;

static struct page *lookup(void *of, const struct request *rq)
{
    (void)of;
    return str_starts(rq->path, S("/cold")) ? NULL : page_hold(page);
}

static err answer(struct request *rq)
{
    return reply_html(rq, 200, body);
}

int main(int argc, char **argv)
{
    static const struct route routes[] = {{GET, "/cold/{x}", answer, .doc = "through a desk"}};
    char address[32];
    struct server *s;
    sigset_t wait_for;
    note why;
    int signal_number;
    FILE *f = argc > 2 ? fopen(argv[1], "rb") : NULL;

    if (f == NULL) {
        fprintf(stderr, "usage: warm_page FILE PORT [LOOPS] [LOG]\n");
        return 1;
    }
    body = str_of(bytes, fread(bytes, 1, sizeof bytes, f));
    fclose(f);
    hash_start();
    page = page_build(&(struct page_spec){.type = S("text/html; charset=utf-8"),
                                          .body = body,
                                          .keep = KEEP_SHARED,
                                          .max_age_s = 60,
                                          .compress = true});
    snprintf(address, sizeof address, "127.0.0.1:%s", argv[2]);
    sigemptyset(&wait_for);
    sigaddset(&wait_for, SIGINT);
    sigaddset(&wait_for, SIGTERM);
    sigprocmask(SIG_BLOCK, &wait_for, NULL);

    struct server_options o = {.address = address,
                               .loops = argc > 3 ? atoi(argv[3]) : 1,
                               .desks = 2,
                               .routes = routes,
                               .route_n = 1,
                               .log_requests = argc > 4,
                               .lookup = lookup};

    if (server_start(&o, &s, &why) != OK) {
        fprintf(stderr, "%s\n", why.text);
        return 1;
    }
    sigwait(&wait_for, &signal_number);
    server_stop(&s);
    page_drop(&page);
    return 0;
}
