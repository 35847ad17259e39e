#include "staff/agent.h"
#include "staff/password.h"
#include "staff/privilege.h"
#include "staff/qr.h"
#include "staff/secret.h"
#include "staff/throttle.h"
#include "staff/totp.h"

#include "base/hash.h"
#include "base/test.h"
#include "base/time.h"

/* --- codes --- */

TEST(totp_gives_the_codes_of_the_standard)
{
    /* RFC 6238, appendix B, the last six of eight digits */
    static const struct {
        int64_t at;
        int code;
    } cases[] = {{59, 287082},       {1111111109, 81804},  {1111111111, 50471},
                 {1234567890, 5924}, {2000000000, 279037}, {20000000000, 353130}};

    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_INT(totp_code(S("12345678901234567890"), cases[i].at / 30), cases[i].code);
}

TEST(totp_takes_a_code_once_and_only_near_its_time)
{
    str secret = S("12345678901234567890");
    int64_t at = INT64_C(1234567890) * SECOND_US, step = 1234567890 / 30;

    CHECK_INT(totp_check(secret, S("005924"), at, 0), step);
    CHECK_INT(totp_check(secret, S(" 005 924 "), at, 0), step);
    CHECK_INT(totp_check(secret, S("005924"), at + 30 * SECOND_US, 0), step);
    CHECK_INT(totp_check(secret, S("005924"), at - 30 * SECOND_US, 0), step);
    CHECK_INT(totp_check(secret, S("005924"), at + 60 * SECOND_US, 0), -1);
    CHECK_INT(totp_check(secret, S("005924"), at, step), -1); /* seen before */
    CHECK_INT(totp_check(secret, S("5924"), at, 0), -1);
    CHECK_INT(totp_check(secret, S("0059241"), at, 0), -1);
    CHECK_INT(totp_check(secret, S(""), at, 0), -1);
    CHECK_INT(totp_check(S(""), S("005924"), at, 0), -1);
}

TEST(totp_secrets_are_shown_as_apps_want_them)
{
    str address =
        totp_address(t->arena, S("12345678901234567890"), S("The Fathom"), S("ada@paper.example"));

    CHECK_STR(totp_secret_shown(t->arena, S("12345678901234567890")),
              S("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"));
    CHECK_STR(totp_secret_shown(t->arena, S("foobar")), S("MZXW 6YTB OI"));
    CHECK_STR(address, S("otpauth://totp/The%20Fathom:ada%40paper.example?secret="
                         "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=The%20Fathom"));
    CHECK_INT((long long)totp_secret_make(t->arena).n, TOTP_SECRET);
}

TEST(codes_are_read_however_they_are_typed)
{
    str code = code_make(t->arena), plain = str_replace(t->arena, code, S("-"), S(""));

    CHECK_INT((long long)code.n, CODE_SHOWN);
    CHECK_STR(code_read(t->arena, code), plain);
    CHECK_STR(code_read(t->arena, str_join(t->arena, S(" "), code)), plain);
    CHECK_STR(code_read(t->arena, S("ABCD efgh 2345 zyxw")), S("abcdefgh2345zyxw"));
    CHECK_STR(code_read(t->arena, S("abcd-efgh-2345")), S(""));
    CHECK_STR(code_read(t->arena, S("abcd-efgh-2345-zyx1")), S("")); /* 1 is none of the letters */
    CHECK_STR(code_read(t->arena, S("abcd-efgh-2345-zyxw-a")), S(""));
    CHECK(!str_eq(code, code_make(t->arena)));
}

TEST(a_form_token_goes_by_the_secret_and_does_not_betray_it)
{
    str one = secret_make(t->arena), other = secret_make(t->arena);

    CHECK_INT((long long)one.n, SECRET_LETTERS);
    CHECK_STR(secret_form_token(t->arena, one), secret_form_token(t->arena, one));
    CHECK(!secret_same(secret_form_token(t->arena, one), secret_form_token(t->arena, other)));
    CHECK(!secret_same(one, S("")));
}

TEST(a_qr_code_is_a_picture_of_its_own)
{
    str svg;

    CHECK_OK(qr_svg(t->arena, S("otpauth://totp/x"), &svg));
    CHECK(str_find(svg, S("<svg xmlns=\"http://www.w3.org/2000/svg\"")) >= 0);
    CHECK(str_ends(str_trim(svg), S("</svg>")));
    CHECK_ERR(qr_svg(t->arena, str_of(memset(arena_bytes(t->arena, 4000), 97, 4000), 4000), &svg),
              E_LIMIT);
}

/* --- passwords --- */

TEST(passwords_that_are_tried_first_are_refused)
{
    static const struct {
        const char *password;
        enum password_fault fault;
    } cases[] = {
        {"seven grey gulls", PASSWORD_FINE},
        {"correct horse battery staple", PASSWORD_FINE},
        {"x7#kQ9$mZ2!p", PASSWORD_FINE},
        {"بحر هادئ في الصباح", PASSWORD_FINE},
        {"short", PASSWORD_SHORT},
        {"пароль", PASSWORD_SHORT},
        {"qwertyuiop123", PASSWORD_KNOWN},
        {"1234567890123", PASSWORD_KNOWN},
        {"abcdefghijkl", PASSWORD_KNOWN},
        {"aaaaaaaaaaaaaa", PASSWORD_KNOWN},
        {"monkeymonkey12", PASSWORD_KNOWN},
        {"abcabcabcabc", PASSWORD_KNOWN},
        {"ada.quill2026!", PASSWORD_OF_ONE},
        {"TheFathom2026", PASSWORD_OF_ONE},
        {"broadsheet-2026", PASSWORD_OF_ONE},
        {"ada quill counts nine grey gulls", PASSWORD_FINE},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        enum password_fault f = password_look(t->arena, str_c(cases[i].password), S("Ada Quill"),
                                              S("ada.quill@paper.example"), S("The Fathom"));

        cr_assert(f == cases[i].fault, "%s: %d", cases[i].password, (int)f);
        CHECK((password_fault_words(f) == NULL) == (f == PASSWORD_FINE));
    }
}

/* Needs the list of known words that Debian's cracklib-runtime brings. */
TEST(passwords_from_a_known_word_by_a_rule_are_refused)
{
    static const char *const cases[] = {"password2026!", "P4ssw0rd!2026", "letmein12345",
                                        "dragon!!!12345"};

    for (size_t i = 0; i < LENGTH(cases); i++) {
        enum password_fault f =
            password_look(t->arena, str_c(cases[i]), S("Bo"), S("bo@x.example"), S("Paper"));

        cr_assert(f == PASSWORD_KNOWN, "%s: %d", cases[i], (int)f);
    }
}

TEST(a_password_is_kept_as_argon2id_and_known_again)
{
    str kept;

    CHECK_OK(password_hash(t->arena, S("seven grey gulls"), &kept, &t->why));
    CHECK(str_starts(kept, S("$argon2id$v=19$m=65536,t=2,p=1$")));
    CHECK_OK(password_check(t->arena, S("seven grey gulls"), kept, &t->why));
    CHECK_ERR(password_check(t->arena, S("seven grey gull"), kept, &t->why), E_DENIED);
    CHECK_ERR(password_check(t->arena, S("seven grey gulls"), S(""), &t->why), E_DENIED);
}

/* --- who tries too often --- */

TEST(who_tries_too_often_waits_longer_each_time_but_not_for_ever)
{
    struct throttle *one = throttle_new();
    int64_t now = INT64_C(1000000) * SECOND_US;

    for (int i = 0; i < THROTTLE_FREE; i++)
        CHECK_INT(throttle_try(one, S("ada"), THROTTLE_FREE, now), 0);
    CHECK_INT(throttle_try(one, S("ada"), THROTTLE_FREE, now), THROTTLE_FIRST_S);
    CHECK_INT(throttle_try(one, S("bo"), THROTTLE_FREE, now), 0);

    int wait = THROTTLE_FIRST_S;

    for (int i = 0; i < 20; i++) {
        now += wait * SECOND_US;
        CHECK_INT(throttle_try(one, S("ada"), THROTTLE_FREE, now), 0);
        wait = throttle_try(one, S("ada"), THROTTLE_FREE, now);
        CHECK(wait > 0 && wait <= THROTTLE_MOST_S);
    }
    CHECK_INT(wait, THROTTLE_MOST_S);
    throttle_forgive(one, S("ada"));
    CHECK_INT(throttle_try(one, S("ada"), THROTTLE_FREE, now), 0);
    throttle_free(&one);
}

TEST(an_address_of_ipv6_is_one_house)
{
    CHECK_STR(throttle_address(t->arena, S("192.0.2.7")), S("address:192.0.2.7"));
    CHECK_STR(throttle_address(t->arena, S("2001:db8:1:2:3:4:5:6")),
              throttle_address(t->arena, S("2001:db8:1:2::9")));
    CHECK(!str_eq(throttle_address(t->arena, S("2001:db8:1:2::9")),
                  throttle_address(t->arena, S("2001:db8:1:3::9"))));
    CHECK_STR(throttle_address(t->arena, S("::ffff:192.0.2.7")), S("address:192.0.2.7"));
}

/* --- words --- */

TEST(devices_are_told_apart_by_browser_and_system)
{
    static const struct {
        const char *said, *browser, *system;
    } cases[] = {
        {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox",
         "Linux"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
         "Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
         "Safari", "iPhone"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
         "Edge", "Windows"},
        {"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/126.0.0.0 Mobile Safari/537.36",
         "Chrome", "Android"},
        {"", "", ""},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct agent agent = agent_read(str_c(cases[i].said));

        CHECK_STR(agent.browser, str_c(cases[i].browser));
        CHECK_STR(agent.system, str_c(cases[i].system));
    }
}

TEST(privileges_are_written_and_read_as_words)
{
    CHECK_STR(privileges_write(t->arena, MAY(write) | MAY(audit)), S("write audit"));
    CHECK(privileges_read(S("write audit")) == (MAY(write) | MAY(audit)));
    CHECK(privileges_read(S("audit nonesuch  ")) == MAY(audit));
    CHECK(privileges_read(privileges_write(t->arena, PRIVILEGES_ALL)) == PRIVILEGES_ALL);
    CHECK(role_of_ours(S("publisher"))->may == PRIVILEGES_ALL);
    CHECK(role_of_ours(S("contributor"))->may == MAY(write));
    CHECK(role_of_ours(S("nonesuch")) == NULL);
}
