#include "http/inside.h"
#include "http/path.h"

static str text(const char *bytes, uint16_t at, uint16_t n)
{
    return str_of(bytes + at, n);
}

static str lower(char *to, str s)
{
    for (size_t i = 0; i < s.n; i++)
        to[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 32) : s.p[i];
    return str_of(to, s.n);
}

/* "::ffff:192.0.2.7" is 192.0.2.7. */
static str without_mapping(str address)
{
    str v4 = str_from(address, 7);

    return str_starts_nocase(address, S("::ffff:")) && str_find_char(v4, '.') > 0 ? v4 : address;
}

/* What the proxy before us says of the asker: the last address it added. */
static void believe_proxy(struct request *rq)
{
    str from = request_header(rq, S("x-forwarded-for"));
    ptrdiff_t comma = str_find_last(from, ',');

    from = str_trim(comma < 0 ? from : str_from(from, (size_t)comma + 1));
    if (from.n > 0 && from.n < 48)
        rq->remote = without_mapping(from);
    rq->secure |= str_eq(request_header(rq, S("x-forwarded-proto")), S("https"));
}

enum fill fill_request(struct request *rq, const struct conn *c, const struct h1_head *h,
                       char *bytes, struct fill_room room)
{
    struct h1_target target;

    memset(rq, 0, offsetof(struct request, note));
    rq->note.text[0] = '\0';
    rq->reply = NULL;
    rq->draft = NULL;
    rq->options = &c->lane->server->o;
    rq->of = rq->options->of;
    rq->method = h->method;
    rq->secure = c->tls != NULL;
    rq->remote = str_c(c->work->remote);
    rq->came_at = loop_now(c->lane->loop);
    rq->headers = room.headers;
    rq->header_n = h->field_n;
    for (size_t i = 0; i < h->field_n; i++) {
        const struct h1_field *f = &h->fields[i];

        room.headers[i] =
            (struct header){text(bytes, f->name, f->name_n), text(bytes, f->value, f->value_n)};
    }
    rq->host = lower(room.host, text(bytes, h->host, h->host_n));
    if (rq->options->proxied && c->work->loopback)
        believe_proxy(rq);
    if (!h1_target_read(text(bytes, h->target, h->target_n), &target))
        return FILL_WRONG;
    if (target.authority.n > 0 && !str_eq_nocase(target.authority, rq->host))
        return FILL_WRONG;
    rq->raw_path = target.path;
    rq->raw_query = target.query;
    if (str_eq(target.path, S("*"))) {
        rq->path = target.path;
        return h->method == OPTIONS ? FILL_OK : FILL_WRONG;
    }

    enum path_kind kind = path_read(room.path, target.path, &rq->path);

    return kind == PATH_OK ? FILL_OK : kind == PATH_DOUBLE ? FILL_MOVED : FILL_WRONG;
}
