#include "http/request.h"

#include "http/cookie.h"
#include "http/form.h"
#include "http/multipart.h"
#include "http/route.h"
#include "http/server.h"

str method_word(enum method m)
{
    switch (m) {
    case GET:
        return S("GET");
    case HEAD:
        return S("HEAD");
    case POST:
        return S("POST");
    case PUT:
        return S("PUT");
    case PATCH:
        return S("PATCH");
    case DELETE:
        return S("DELETE");
    case OPTIONS:
        return S("OPTIONS");
    }
    return S("-");
}

/* A route whose paths open something, of which this is a misspelling: a slash too many, a method
 * that it does not have.  Only where none was found. */
static const struct route *secret_near(const struct request *rq)
{
    for (size_t i = 0; rq->options != NULL && i < rq->options->route_n; i++) {
        const struct route *r = &rq->options->routes[i];
        str path = str_c(r->path);

        if (r->is_secret && str_starts(rq->path, str_to(path, (size_t)str_find_char(path, '{'))))
            return r;
    }
    return NULL;
}

str request_path_told(const struct request *rq)
{
    const struct route *r = rq->route != NULL ? rq->route : secret_near(rq);

    return r != NULL && r->is_secret ? str_c(r->path) : rq->raw_path;
}

str request_header(const struct request *rq, str name)
{
    for (size_t i = 0; i < rq->header_n; i++)
        if (str_eq(rq->headers[i].name, name))
            return rq->headers[i].value;
    return S("");
}

bool request_cookie(const struct request *rq, str name, str *value)
{
    for (size_t i = 0; i < rq->header_n; i++)
        if (str_eq(rq->headers[i].name, S("cookie")) &&
            cookie_find(rq->headers[i].value, name, value))
            return true;
    return false;
}

bool request_query(struct request *rq, str name, str *value)
{
    str rest = rq->raw_query, key, coded;

    for (size_t n = 0; n < FORM_FIELDS_MAX && form_cut(&rest, &key, &coded); n++) {
        str decoded;

        if (form_decode(rq->arena, key, &decoded) && str_eq(decoded, name))
            return form_decode(rq->arena, coded, value);
    }
    return false;
}

bool request_has_param(const struct request *rq, str name)
{
    for (size_t i = 0; i < rq->param_n; i++)
        if (str_eq(rq->params[i].name, name))
            return true;
    return false;
}

str request_param(const struct request *rq, str name)
{
    for (size_t i = 0; i < rq->param_n; i++)
        if (str_eq(rq->params[i].name, name))
            return rq->params[i].value;
    must(!"the route has such a name");
    return S("");
}

bool request_is(const struct request *rq, str type)
{
    str said = request_header(rq, S("content-type"));
    ptrdiff_t end = str_find_char(said, ';');

    return str_eq_nocase(str_trim(end < 0 ? said : str_to(said, (size_t)end)), type);
}

err request_form(struct request *rq, struct form *out)
{
    if (!request_is(rq, S("application/x-www-form-urlencoded")))
        return fail(&rq->note, E_INVALID, "the body is no form");
    return form_read(rq->arena, rq->body, out, &rq->note);
}

err request_parts(struct request *rq, struct multipart *out)
{
    return multipart_read(rq->arena, request_header(rq, S("content-type")), rq->body, out,
                          &rq->note);
}
