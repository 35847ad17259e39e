#include "http/h2_head.h"

void h2_head_start(struct h2_head *h)
{
    memset(h, 0, offsetof(struct h2_head, bytes));
    h->head.minor = 1;
    h->head.started = true;
}

static bool refuse(struct h2_head *h, int status)
{
    if (h->head.status == 0)
        h->head.status = status;
    return false;
}

/* A text of the head's own; false when there is no room. */
static bool keep(struct h2_head *h, str s, uint16_t *at, uint16_t *n)
{
    if (s.n > sizeof h->bytes - h->n)
        return false;
    if (s.n > 0)
        memcpy(h->bytes + h->n, s.p, s.n);
    *at = (uint16_t)h->n;
    *n = (uint16_t)s.n;
    h->n += s.n;
    return true;
}

static bool add_method(struct h2_head *h, str value)
{
    if (h->has_method || !h1_is_name(value))
        return refuse(h, 400);
    h->has_method = true;
    h->head.method = h1_method_of(value);
    return h->head.method != 0 || refuse(h, 501);
}

static bool add_path(struct h2_head *h, str value)
{
    if (h->has_path || value.n == 0 || !h1_is_target(value))
        return refuse(h, 400);
    if (value.p[0] != '/' && !str_eq(value, S("*")))
        return refuse(h, 400);
    h->has_path = true;
    if (value.n > H1_TARGET_MAX)
        return refuse(h, 414);
    return keep(h, value, &h->head.target, &h->head.target_n) || refuse(h, 431);
}

/* The authority, or a Host field: the second one must say the same. */
static bool add_host(struct h2_head *h, str value)
{
    if (!h1_is_host(value))
        return refuse(h, 400);
    if (h->head.has_host)
        return str_eq_nocase(value, str_of(h->bytes + h->head.host, h->head.host_n)) ||
               refuse(h, 400);
    h->head.has_host = true;
    return keep(h, value, &h->head.host, &h->head.host_n) || refuse(h, 431);
}

static bool add_pseudo(struct h2_head *h, str name, str value)
{
    if (h->has_field)
        return refuse(h, 400);
    if (str_eq(name, S(":method")))
        return add_method(h, value);
    if (str_eq(name, S(":path")))
        return add_path(h, value);
    if (str_eq(name, S(":scheme"))) {
        if (h->has_scheme || !str_eq(value, S("https")))
            return refuse(h, 400);
        return h->has_scheme = true;
    }
    if (str_eq(name, S(":authority")) && !h->has_authority) {
        h->has_authority = true;
        return add_host(h, value);
    }
    return refuse(h, 400);
}

static bool is_of_connection(str name)
{
    static const str names[] = {S_INIT("connection"), S_INIT("keep-alive"),
                                S_INIT("proxy-connection"), S_INIT("transfer-encoding"),
                                S_INIT("upgrade")};

    for (size_t i = 0; i < LENGTH(names); i++)
        if (str_eq(name, names[i]))
            return true;
    return false;
}

/* What says something of the message itself. */
static bool read_known(struct h2_head *h, str name, str value)
{
    if (is_of_connection(name) || (str_eq(name, S("te")) && !str_eq(value, S("trailers"))))
        return refuse(h, 400);
    if (str_eq(name, S("content-length"))) {
        int wrong = h->head.has_length ? 400 : h1_length_of(value, &h->head.length);

        h->head.has_length = true;
        return wrong == 0 || refuse(h, wrong);
    }
    if (str_eq(name, S("expect"))) {
        h->head.expect_continue = str_eq_nocase(value, S("100-continue"));
        return h->head.expect_continue || refuse(h, 417);
    }
    return true;
}

static bool has_upper(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= 'A' && s.p[i] <= 'Z')
            return true;
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool add_field(struct h2_head *h, str name, str value)
{
    struct h1_field f;

    h->has_field = true;
    if (!h1_is_name(name) || has_upper(name))
        return refuse(h, 400);
    if (str_eq(name, S("host"))) {
        bool again = h->has_authority ? h->has_host_field : h->head.has_host;

        h->has_host_field = true;
        return !again ? add_host(h, value) : refuse(h, 400);
    }
    if (!read_known(h, name, value))
        return false;
    if (h->head.field_n == H1_FIELDS_MAX || !keep(h, name, &f.name, &f.name_n) ||
        !keep(h, value, &f.value, &f.value_n))
        return refuse(h, 431);
    h->head.fields[h->head.field_n++] = f;
    return true;
}

bool h2_head_add(struct h2_head *h, str name, str value)
{
    h->listed += name.n + value.n + 32;
    if (h->head.status != 0)
        return false;
    if (h->listed > H1_HEAD_MAX)
        return refuse(h, 431);
    if (!h1_is_value(value) ||
        (value.n > 0 && (is_blank(value.p[0]) || is_blank(value.p[value.n - 1]))))
        return refuse(h, 400);
    return name.n > 0 && name.p[0] == ':' ? add_pseudo(h, name, value) : add_field(h, name, value);
}

bool h2_head_end(struct h2_head *h, bool whole)
{
    struct h1_head *head = &h->head;

    if (head->status != 0)
        return false;
    if (!h->has_method || !h->has_scheme || !h->has_path || !head->has_host)
        return refuse(h, 400);
    if (whole && head->length > 0)
        return refuse(h, 400);
    head->chunked = !whole && !head->has_length;
    head->size = (uint16_t)h->n;
    return true;
}
