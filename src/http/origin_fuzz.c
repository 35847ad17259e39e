/* Any bytes as Origin and as Referer: none of another host is ours. */
#include "base/must.h"
#include "http/origin.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    str text = str_of((const char *)data, n);
    struct header headers[] = {{S("origin"), text}, {S("referer"), text}};
    struct request rq = {
        .host = S("paper.example"), .secure = true, .headers = headers, .header_n = 2};
    str page = origin_page(&rq);

    must(!origin_is_ours(&rq) || str_eq_nocase(text, S("https://paper.example")));
    must(page.n == 0 || (page.p[0] == '/' && page.p == text.p + 21 && page.n == text.n - 21));
    return 0;
}
