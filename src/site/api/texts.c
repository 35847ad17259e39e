/*
 * texts.c - the small files that say who may do what: robots.txt, security.txt (RFC 9116), the
 * TDM Reservation Protocol, ads.txt, trust.txt, humans.txt.  All come from the paper's settings;
 * what is not set is not there.
 */
#include "site/api/door.h"
#include "site/api/doors.h"
#include "text/dates.h"
#include "text/json_write.h"

enum { TEXT_MAX = 64 << 10, SECURITY_DAYS = 180 };

static const str plain_type = S_INIT("text/plain; charset=utf-8");

/* --- robots.txt (RFC 9309) --- */

static bool is_product(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] >= 0x7f || s.p[i] == ':' || s.p[i] == '#')
            return false;
    return s.n > 0;
}

static void refuse(buf *out, str crawlers)
{
    bool any = false;
    str line;

    while (str_cut(&crawlers, '\n', &line))
        if (is_product(str_trim(line))) {
            buf_fmt(out, "User-agent: %.*s\n", STR(str_trim(line)));
            any = true;
        }
    if (any)
        buf_lit(out, "Disallow: /\n\n");
}

err robots_text(struct request *rq)
{
    struct door d;
    buf out = buf_new(rq->arena, TEXT_MAX);

    TRY(door_open(rq, OUTLET_SITEMAP, &d));
    refuse(&out, d.paper.crawlers);
    buf_lit(&out, "User-agent: *\nDisallow: /desk/\n\n");
    buf_fmt(&out, "Sitemap: %.*s/sitemap.xml\n", STR(d.paper.address));
    buf_fmt(&out, "Sitemap: %.*s/news-sitemap.xml\n", STR(d.paper.address));
    return door_reply(&d, plain_type, &out, NULL, 0);
}

/* --- security.txt --- */

err security_text(struct request *rq)
{
    struct door d;
    int64_t today;
    buf out = buf_new(rq->arena, TEXT_MAX);

    TRY(door_open(rq, OUTLET_SITEMAP, &d));
    if (d.paper.security.n == 0)
        return E_MISSING;
    today = date_day_start(d.r.now, NULL, 0);
    reading_until(&d.r, date_day_start(d.r.now, NULL, 1));
    buf_fmt(&out, "Contact: %.*s\n", STR(setting_contact_address(d.a, d.paper.security)));
    buf_fmt(&out, "Expires: %.*s\n", STR(date_iso(d.a, today + SECURITY_DAYS * DAY_US)));
    if (d.paper.security_policy.n > 0)
        buf_fmt(&out, "Policy: %.*s\n", STR(d.paper.security_policy));
    if (d.paper.language.n > 0)
        buf_fmt(&out, "Preferred-Languages: %.*s\n", STR(d.paper.language));
    buf_fmt(&out, "Canonical: %.*s/.well-known/security.txt\n", STR(d.paper.address));
    return door_reply(&d, plain_type, &out, NULL, 0);
}

err security_elsewhere(struct request *rq)
{
    return reply_moved(rq, S("/.well-known/security.txt"));
}

/* --- who may gather texts and data (TDMRep) --- */

err mining_rules(struct request *rq)
{
    struct door d;
    buf out = buf_new(rq->arena, TEXT_MAX);

    TRY(door_open(rq, OUTLET_SITEMAP, &d));
    if (d.paper.mining.n == 0)
        return E_MISSING;

    struct json_writer w = json_writer(&out);

    put_list(&w, NULL);
    put_object(&w, NULL);
    put_str(&w, "location", S("/"));
    put_num(&w, "tdm-reservation", str_eq(d.paper.mining, S("reserved")) ? 1 : 0);
    put_str_if(&w, "tdm-policy", d.paper.mining_policy);
    put_end(&w);
    put_end(&w);
    return door_reply(&d, S("application/json"), &out, NULL, 0);
}

/* --- as they are set --- */

static err as_set(struct request *rq, size_t offset)
{
    struct door d;
    str text;
    buf out = buf_new(rq->arena, TEXT_MAX);

    TRY(door_open(rq, OUTLET_SITEMAP, &d));
    text = *(const str *)(const void *)((const char *)&d.paper + offset);
    if (text.n == 0)
        return E_MISSING;
    buf_add(&out, text);
    return door_reply(&d, plain_type, &out, NULL, 0);
}

err ads_text(struct request *rq)
{
    return as_set(rq, offsetof(struct paper, ads_txt));
}

err trust_text(struct request *rq)
{
    return as_set(rq, offsetof(struct paper, trust_txt));
}

err humans_text(struct request *rq)
{
    return as_set(rq, offsetof(struct paper, humans_txt));
}
