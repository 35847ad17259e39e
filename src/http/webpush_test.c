#include "http/webpush.h"

#include "base/test.h"

#include <sodium.h>

/* RFC 8291, appendix A. */
static const struct webpush_key sender = {
    S_INIT("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
    S_INIT(
        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"),
};
static const str device = S_INIT(
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
static const str auth = S_INIT("BTBZMqHH6r4Tts7J_aSIgg");
static const str salt = S_INIT("DGv6ra1nlYgDCS1FRnbzlw");

TEST(webpush_seals_as_the_standard_does)
{
    static const char *const sealed =
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWA"
        "mS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxs"
        "j_Qulcy4a-fN";
    char letters[512];
    str out;

    CHECK_OK(webpush_seal_with(t->arena, &sender, salt, device, auth,
                               S("When I grow up, I want to be a watermelon"), &out, &t->why));
    sodium_bin2base64(letters, sizeof letters, (const unsigned char *)out.p, out.n,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    CHECK_STR(str_c(letters), str_c(sealed));
}

TEST(webpush_takes_keys_of_browsers_alone)
{
    char point[100];
    str out, long_words = {arena_alloc(t->arena, WEBPUSH_WORDS_MAX + 1), WEBPUSH_WORDS_MAX + 1};

    CHECK(webpush_ok(device, auth));
    CHECK(webpush_ok(device, S("BTBZMqHH6r4Tts7J_aSIgg==")));
    CHECK(!webpush_ok(device, S("BTBZMqHH6r4Tts7J")));
    CHECK(!webpush_ok(S("BCVxsr7N"), auth));
    memcpy(point, device.p, device.n);
    point[20] = point[20] == 'A' ? 'B' : 'A';
    CHECK(!webpush_ok(str_of(point, device.n), auth));
    CHECK_ERR(webpush_seal(t->arena, device, auth, long_words, &out, &t->why), E_INVALID);
}

TEST(webpush_makes_another_key_each_time)
{
    struct webpush_key x = webpush_key_new(t->arena), y = webpush_key_new(t->arena);
    str out;

    CHECK(!str_eq(x.open, y.open) && webpush_ok(x.open, auth) && webpush_ok(y.open, auth));
    CHECK_OK(webpush_vapid(t->arena, &x, S("https://push.example/send/1"), S("mailto:x@y.example"),
                           1800000000, &out, &t->why));
    CHECK(str_starts(out, S("vapid t=eyJ")) && str_ends(out, x.open));
}
