#include "site/tracking.h"

#include "base/must.h"

/* docs/cache.md says whose they are. */
static const str fields[] = {
    S_INIT("fbclid"),
    S_INIT("igshid"),
    S_INIT("igsh"),
    S_INIT("mibextid"),
    S_INIT("gclid"),
    S_INIT("gclsrc"),
    S_INIT("gbraid"),
    S_INIT("wbraid"),
    S_INIT("dclid"),
    S_INIT("srsltid"),
    S_INIT("gad_source"),
    S_INIT("gad_campaignid"),
    S_INIT("_ga"),
    S_INIT("_gl"),
    S_INIT("msclkid"),
    S_INIT("twclid"),
    S_INIT("ttclid"),
    S_INIT("li_fat_id"),
    S_INIT("epik"),
    S_INIT("ScCid"),
    S_INIT("rdt_cid"),
    S_INIT("yclid"),
    S_INIT("ysclid"),
    S_INIT("mc_cid"),
    S_INIT("mc_eid"),
    S_INIT("_hsenc"),
    S_INIT("_hsmi"),
    S_INIT("mkt_tok"),
    S_INIT("at_medium"),
    S_INIT("at_campaign"),
    S_INIT("utm_source"),
    S_INIT("utm_medium"),
    S_INIT("utm_campaign"),
    S_INIT("utm_term"),
    S_INIT("utm_content"),
    S_INIT("utm_id"),
    S_INIT("utm_source_platform"),
    S_INIT("utm_creative_format"),
    S_INIT("utm_marketing_tactic"),
};

static bool is_listed(str name)
{
    for (size_t i = 0; i < LENGTH(fields); i++)
        if (str_eq(name, fields[i]))
            return true;
    return false;
}

bool tracking_is_all(str raw_query)
{
    str rest = raw_query, field;

    if (raw_query.n == 0) /* nearly always */
        return true;
    while (str_cut(&rest, '&', &field)) {
        ptrdiff_t end = str_find_char(field, '=');

        if (!is_listed(end < 0 ? field : str_to(field, (size_t)end)))
            return false;
    }
    return true;
}
