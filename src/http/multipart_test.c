#include "http/multipart.h"

#include "base/buf.h"
#include "base/test.h"

#define TYPE S("multipart/form-data; boundary=----x42")

static err read(struct test *t, const char *body, struct multipart *m)
{
    return multipart_read(t->arena, TYPE, str_c(body), m, &t->why);
}

TEST(a_form_with_files_is_read_part_by_part)
{
    struct multipart m;

    CHECK_OK(read(t,
                  "------x42\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc\r\n"
                  "------x42\r\nContent-Disposition: form-data; name=\"file\"; "
                  "filename=\"C:\\sea\\gr\xc3\xbc\xc3\x9f%22e\\\".jpg\"\r\n"
                  "Content-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--\r\n-----x42\r\n\r\n"
                  "------x42\r\ncontent-disposition:form-data;name=file;filename=\"\"\r\n"
                  "Content-Type: application/octet-stream\r\n\r\n\r\n"
                  "------x42--\r\n",
                  &m));
    CHECK_INT(m.n, 3);
    CHECK_STR(multipart_get(&m, S("token")), S("abc"));
    CHECK(!m.v[0].is_file && m.v[1].is_file && m.v[2].is_file);
    CHECK_STR(m.v[1].file, S("gr\xc3\xbc\xc3\x9f\"e\".jpg"));
    CHECK_STR(m.v[1].type, S("image/jpeg"));
    CHECK_STR(m.v[1].bytes, S("\xff\xd8\r\n--\r\n-----x42\r\n"));
    CHECK_STR(m.v[2].name, S("file"));
    CHECK_INT(m.v[2].file.n + m.v[2].bytes.n, 0);
    CHECK_STR(multipart_get(&m, S("file")), S(""));

    CHECK_OK(read(t, "------x42--", &m));
    CHECK_INT(m.n, 0);
}

TEST(a_form_that_could_be_read_in_two_ways_is_refused)
{
#define HEAD "------x42\r\nContent-Disposition: form-data; name=\"a\""
    static const char *const wrong[] = {
        "",
        "\r\n------x42--\r\n",                                   /* before the first part */
        "preamble\r\n" HEAD "\r\n\r\nx\r\n------x42--\r\n",      /* the same */
        HEAD "\r\n\r\nx\r\n------x42--\r\nepilogue",             /* behind the last */
        HEAD "\r\n\r\nx\r\n------x42",                           /* cut off */
        HEAD "\r\n\r\nx",                                        /* the same */
        HEAD,                                                    /* the same */
        HEAD "\r\n\r\nx\r\n------x42 \r\n",                      /* padding */
        HEAD "\r\n\r\nx\r\n------x421--\r\n",                    /* another boundary */
        HEAD "\n\nx\n------x42--\n",                             /* bare line ends */
        HEAD "; name=\"b\"\r\n\r\nx\r\n------x42--\r\n",         /* two names */
        HEAD "; filename*=UTF-8''b\r\n\r\nx\r\n------x42--\r\n", /* RFC 7578, section 4.2 */
        HEAD "; filename=\"b\r\n\r\nx\r\n------x42--\r\n",       /* no end of the quotes */
        HEAD "; filename=\"b%0Dc\"\r\n\r\nx\r\n------x42--\r\n", /* a line end in a name */
        HEAD "; filename=\"\xff\"\r\n\r\nx\r\n------x42--\r\n",  /* no UTF-8 */
        HEAD "\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n------x42--\r\n",
        HEAD "\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nx\r\n------x42--\r\n",
        HEAD "\r\n continued\r\n\r\nx\r\n------x42--\r\n",
        "------x42\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n------x42--\r\n",
        "------x42\r\nContent-Disposition: form-data\r\n\r\nx\r\n------x42--\r\n",
        "------x42\r\nContent-Type: text/plain\r\n\r\nx\r\n------x42--\r\n",
        "------x42\r\n\r\nx\r\n------x42--\r\n",
    };
    struct multipart m;

    CHECK_OK(read(t, HEAD "\r\n\r\nx\r\n------x42--\r\n", &m));
    for (size_t i = 0; i < LENGTH(wrong); i++)
        CHECK_ERR(read(t, wrong[i], &m), E_INVALID);
#undef HEAD
}

TEST(a_form_must_say_its_boundary_once)
{
    static const char *const wrong[] = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"a",
        "multipart/form-data; boundary=a; boundary=a",
        "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=\"a\\\"\"",
        "multipart/form-data boundary=a",
        "multipart/mixed; boundary=a",
        "multipart/form-data; boundary="
        "01234567890123456789012345678901234567890123456789012345678901234567890",
    };
    struct multipart m;

    for (size_t i = 0; i < LENGTH(wrong); i++)
        CHECK_ERR(multipart_read(t->arena, str_c(wrong[i]), S("--a--"), &m, &t->why), E_INVALID);
    CHECK_OK(multipart_read(t->arena, S("Multipart/Form-Data; charset=utf-8; boundary=\"a\""),
                            S("--a--"), &m, &t->why));
}

TEST(a_form_with_too_much_in_it_is_refused)
{
    struct multipart m;
    buf parts = buf_new(t->arena, 1 << 20), head = buf_new(t->arena, 1 << 20);

    for (int i = 0; i < MULTIPART_PARTS_MAX; i++)
        buf_lit(&parts, "------x42\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n");
    buf_lit(&parts, "------x42--");
    CHECK_OK(multipart_read(t->arena, TYPE, buf_str(&parts), &m, &t->why));
    CHECK_INT(m.n, MULTIPART_PARTS_MAX);
    CHECK_ERR(multipart_read(t->arena, TYPE,
                             str_join(t->arena,
                                      S("------x42\r\nContent-Disposition: form-data; name=\"a\""
                                        "\r\n\r\n\r\n"),
                                      buf_str(&parts)),
                             &m, &t->why),
              E_LIMIT);

    buf_lit(&head, "------x42\r\nContent-Disposition: form-data; name=\"");
    for (int i = 0; i < MULTIPART_HEAD_MAX; i++)
        buf_char(&head, 'a');
    buf_lit(&head, "\"\r\n\r\nx\r\n------x42--\r\n");
    CHECK_ERR(multipart_read(t->arena, TYPE, buf_str(&head), &m, &t->why), E_LIMIT);
}
