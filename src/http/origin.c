#include "http/origin.h"

/* What stands behind "http://host" of ours (https where the request came by it), or a null str. */
static str behind_host(const struct request *rq, str address)
{
    if (str_starts(address, S("https://")))
        address = str_from(address, 8);
    else if (!rq->secure && str_starts(address, S("http://")))
        address = str_from(address, 7);
    else
        return (str){0};
    if (rq->host.n == 0 || !str_starts_nocase(address, rq->host))
        return (str){0};
    return str_of(address.p + rq->host.n, address.n - rq->host.n);
}

bool origin_is_ours(const struct request *rq)
{
    str site = request_header(rq, S("sec-fetch-site")), origin = request_header(rq, S("origin"));

    if (site.n == 0 && origin.n == 0)
        return false;
    if (site.n > 0 && !str_eq(site, S("same-origin")))
        return false;
    if (origin.n == 0)
        return true;

    str rest = behind_host(rq, origin);

    return rest.p != NULL && rest.n == 0;
}

str origin_page(const struct request *rq)
{
    str rest = behind_host(rq, request_header(rq, S("referer")));

    return rest.n > 0 && rest.p[0] == '/' ? rest : S("");
}
