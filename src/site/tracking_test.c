#include "site/tracking.h"

#include "base/test.h"

TEST(a_query_of_nothing_but_tracking_is_known)
{
    static const char *const all[] = {"", "fbclid=IwAR0x_y-z", "fbclid",
                                      "utm_source=a&utm_medium=b&utm_campaign=c%20d",
                                      "gclid=1&fbclid=2&gclid=3"};
    static const char *const not_all[] = {"q=x",
                                          "before=7",
                                          "fbclid=1&before=7",
                                          "before=7&fbclid=1",
                                          "fbclid=1&q",
                                          "%66bclid=1",
                                          "FBCLID=1",
                                          "fbclid2=1",
                                          "utm_=1",
                                          "utm_anything=1",
                                          "=1",
                                          "fbclid=1&&",
                                          "&",
                                          "fbclid=1;q=x&x"};

    for (size_t i = 0; i < LENGTH(all); i++)
        CHECK(tracking_is_all(str_c(all[i])));
    for (size_t i = 0; i < LENGTH(not_all); i++)
        CHECK(!tracking_is_all(str_c(not_all[i])));
}
