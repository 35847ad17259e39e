#include "text/xml_write.h"

#include "base/test.h"
#include "base/utf8.h"

#include <expat.h>

enum { DOCUMENT_MAX = 1 << 20 };

struct read_back {
    buf text, value;
};

static void on_start(void *of, const XML_Char *name, const XML_Char **attributes)
{
    struct read_back *r = of;

    (void)name;
    if (attributes[0] != NULL)
        buf_add(&r->value, str_c(attributes[1]));
}

static void on_text(void *of, const XML_Char *s, int n)
{
    struct read_back *r = of;

    buf_add(&r->text, str_of(s, (size_t)n));
}

static void read_document(struct test *t, str document, struct read_back *out)
{
    XML_Parser p = XML_ParserCreate(NULL);

    *out = (struct read_back){buf_new(t->arena, DOCUMENT_MAX), buf_new(t->arena, DOCUMENT_MAX)};
    XML_SetUserData(p, out);
    XML_SetStartElementHandler(p, on_start);
    XML_SetCharacterDataHandler(p, on_text);
    cr_assert(XML_Parse(p, document.p, (int)document.n, 1) == XML_STATUS_OK, "%s in %.*s",
              XML_ErrorString(XML_GetErrorCode(p)), STR(document));
    XML_ParserFree(p);
}

/* What XML can hold of these bytes. */
static str held(struct test *t, str bytes)
{
    buf out = buf_new(t->arena, DOCUMENT_MAX);

    while (bytes.n > 0) {
        uint32_t c = utf8_next(&bytes);
        bool fine = c == '\t' || c == '\n' || c == '\r' || (c >= ' ' && c != 0xFFFE && c != 0xFFFF);

        utf8_put(&out, fine ? c : UTF8_REPLACEMENT);
    }
    return buf_str(&out);
}

TEST(xml_write_is_read_back_whatever_the_bytes)
{
    for (int i = 0; i < 2000; i++)
        SCRATCH (t->arena) {
            str text = test_bytes(t, 60), value = test_bytes(t, 30);
            buf out = buf_new(t->arena, DOCUMENT_MAX);
            struct xml_writer w = xml_writer(&out);
            struct read_back back;

            xml_put_begin(&w, "a");
            xml_put_attr(&w, "b", value);
            xml_put_text(&w, text);
            xml_put_end(&w);
            read_document(t, buf_str(&out), &back);
            CHECK_STR(buf_str(&back.text), held(t, text));
            CHECK_STR(buf_str(&back.value), held(t, value));
        }
}

TEST(xml_write_nests_and_leaves_out_what_is_empty)
{
    buf out = buf_new(t->arena, DOCUMENT_MAX);
    struct xml_writer w = xml_writer(&out);

    xml_put_begin(&w, "a");
    xml_put_begin(&w, "b");
    xml_put_attr_int(&w, "n", -7);
    xml_put_end(&w);
    xml_put_element(&w, "c", S("1 < 2 & \"3\""));
    xml_put_element(&w, "d", S(""));
    xml_put_element_if(&w, "e", S(""));
    xml_put_end(&w);
    CHECK_STR(buf_str(&out), S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a><b n=\"-7\"/>\n"
                               "<c>1 &lt; 2 &amp; &quot;3&quot;</c>\n<d></d>\n</a>\n"));
}
