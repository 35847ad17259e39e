/*
 * acme.c - GET /.well-known/acme-challenge/{token}: what an ACME client (uacme, certbot) laid into
 * a folder for the authority that asks whether this name is ours (RFC 8555 section 8.3).
 *
 * On a desk thread.  A token names a plain file right in that folder, by base64url letters alone.
 */
#include "site/api/doors.h"

#include "http/reply.h"
#include "site/site.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TOKEN_MAX = 128, ANSWER_MAX = 1024 };

static bool is_token(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (!((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9') && c != '-' &&
            c != '_')
            return false;
    }
    return s.n > 0 && s.n <= TOKEN_MAX;
}

static err read_answer(struct request *rq, const char *path, str *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    char *bytes = arena_bytes(rq->arena, ANSWER_MAX + 1);
    struct stat st;

    if (fd < 0)
        return fail(&rq->note, errno == ENOENT || errno == ELOOP ? E_MISSING : E_IO,
                    "cannot open %s: %s", path, strerror(errno));

    ssize_t n = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? read(fd, bytes, ANSWER_MAX + 1) : -1;

    close(fd);
    if (n < 0 || n > ANSWER_MAX)
        return fail(&rq->note, E_MISSING, "%s is no answer to a challenge", path);
    *out = str_of(bytes, (size_t)n);
    return OK;
}

err acme_challenge(struct request *rq)
{
    const struct site *s = rq->of;
    str token = request_param(rq, S("token")), answer;

    if (s->acme == NULL || !is_token(token))
        return E_MISSING;
    TRY(read_answer(rq, str_z(rq->arena, str_fmt(rq->arena, "%s/%.*s", s->acme, STR(token))),
                    &answer));
    return reply_bytes(rq, 200, S("application/octet-stream"), answer);
}
