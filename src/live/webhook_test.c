#include "live/webhook.h"

#include "base/test.h"

/* From the specification's own libraries: the same three give the same signature everywhere. */
TEST(webhook_signs_as_the_specification_has_it)
{
    CHECK_STR(webhook_sign(t->arena, S("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                           S("msg_p5jXN8AQM9LWM0D4loKWxJek"), 1614265330,
                           S("{\"test\": 2432232314}")),
              S("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
}

TEST(webhook_wants_what_it_asked_for)
{
    CHECK(webhook_wants(S(""), S("killed")));
    CHECK(webhook_wants(S("published killed"), S("killed")));
    CHECK(!webhook_wants(S("published killed"), S("kill")));
    CHECK(!webhook_wants(S("published"), S("killed")));
    CHECK(!webhook_wants(S(""), S("")));
}

TEST(webhook_words_are_each_told_once)
{
    str words[WEBHOOK_KINDS_MAX];
    size_t n = webhook_words(words);

    CHECK(n > 10 && n < WEBHOOK_KINDS_MAX);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            CHECK(!str_eq(words[i], words[k]));
}
