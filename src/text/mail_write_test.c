#include "text/mail_write.h"

#include "base/test.h"
#include "base/utf8.h"

static str header_of(str message, str name)
{
    ptrdiff_t at = str_find(message, name);
    str rest = str_from(message, (size_t)at + name.n);
    size_t n = 0;

    /* to the first line that does not go on */
    while (n + 2 < rest.n && !(rest.p[n] == '\r' && rest.p[n + 2] != ' '))
        n++;
    return str_to(rest, n);
}

static str written(struct test *t, struct mail m)
{
    m.from = S("desk@paper.example");
    m.to = m.to.n > 0 ? m.to : S("bo@paper.example");
    m.id = S("abc@paper.example");
    m.at = INT64_C(1764410400) * SECOND_US;
    return mail_write(t->arena, &m);
}

TEST(a_mail_has_the_headers_that_it_must_have)
{
    str m = written(t, (struct mail){.from_name = S("The \"Fathom\""),
                                     .to_name = S("Bo"),
                                     .subject = S("An invitation"),
                                     .language = S("en-GB"),
                                     .text = S("Hello Bo,\n\ncome in.\n")});

    CHECK_STR(m, S("Date: Sat, 29 Nov 2025 10:00:00 +0000\r\n"
                   "From: \"The \\\"Fathom\\\"\"\r\n <desk@paper.example>\r\n"
                   "To: \"Bo\"\r\n <bo@paper.example>\r\n"
                   "Message-ID: <abc@paper.example>\r\n"
                   "Subject: An invitation\r\n"
                   "MIME-Version: 1.0\r\n"
                   "Content-Type: text/plain; charset=utf-8\r\n"
                   "Content-Transfer-Encoding: quoted-printable\r\n"
                   "Content-Language: en-GB\r\n"
                   "Auto-Submitted: auto-generated\r\n\r\n"
                   "Hello Bo,\r\n\r\ncome in.\r\n"));
}

TEST(other_scripts_are_encoded_and_no_character_is_cut)
{
    str m =
        written(t, (struct mail){.subject = S("دعوة إلى هيئة التحرير في الجريدة اليومية الجديدة"),
                                 .text = S("Grüße = 2 \n")});
    str subject = header_of(m, S("Subject: "));

    CHECK(str_starts(subject, S("=?UTF-8?B?")) && str_find(subject, S("?=\r\n =?UTF-8?B?")) > 0);
    CHECK(str_ends(m, S("\r\n\r\nGr=C3=BC=C3=9Fe =3D 2=20\r\n")));
}

TEST(nothing_in_a_name_or_a_subject_begins_a_header)
{
    str m = written(t, (struct mail){.to_name = S("Bo\r\nBcc: <eve@evil.example>"),
                                     .to = S("bo@paper.example>\r\nBcc: <eve@evil.example"),
                                     .subject = S("Hi\r\n\r\nBuy now =?UTF-8?Q?x?="),
                                     .text = S("x")});

    CHECK(str_find(m, S("\nBcc")) < 0 && str_find(m, S("\nBuy")) < 0);
    CHECK(str_find(m, S("=?UTF-8?Q?")) < 0);
    CHECK(str_find(m, S(" <bo@paper.exampleBcc:eve@evil.example>\r\n")) > 0);
}

TEST(every_line_of_any_words_is_short_ascii)
{
    for (int i = 0; i < 3000; i++)
        SCRATCH (t->arena) {
            str m = written(t, (struct mail){.from_name = test_bytes(t, 200),
                                             .to_name = test_bytes(t, 80),
                                             .subject = test_bytes(t, 300),
                                             .text = test_bytes(t, 2000)});
            str rest = str_to(m, m.n - 1), line;

            CHECK(m.n > 0 && m.p[m.n - 1] == '\n');
            while (str_cut(&rest, '\n', &line)) {
                CHECK(line.n > 0 && line.n <= 79 && line.p[line.n - 1] == '\r');
                for (size_t j = 0; j + 1 < line.n; j++)
                    CHECK((line.p[j] >= ' ' && line.p[j] <= '~') || line.p[j] == '\t');
            }
        }
}
