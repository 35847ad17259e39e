/*
 * opensearch.c - how a browser searches here: an OpenSearch 1.1 description document.
 */
#include "base/utf8.h"
#include "site/api/door.h"
#include "site/api/doors.h"
#include "text/xml_write.h"

enum { DESCRIPTION_MAX = 16 << 10, SHORT_NAME = 16, LONG_NAME = 48, ABOUT = 1024 };

static str letters(str s, size_t most)
{
    str rest = s;

    for (size_t n = 0; n < most; n++)
        if (utf8_next(&rest) == 0)
            return s;
    return str_to(s, s.n - rest.n);
}

err search_description(struct request *rq)
{
    struct door d;
    buf out = buf_new(rq->arena, DESCRIPTION_MAX);
    struct xml_writer w = xml_writer(&out);

    TRY(door_open(rq, OUTLET_SEARCH, &d));

    const struct paper *p = &d.paper;
    str address = door_address(&d, S("/search?q={searchTerms}"));

    xml_put_begin(&w, "OpenSearchDescription");
    xml_put_attr(&w, "xmlns", S("http://a9.com/-/spec/opensearch/1.1/"));
    xml_put_element(&w, "ShortName",
                    letters(p->short_name.n > 0 ? p->short_name : p->name, SHORT_NAME));
    xml_put_element(&w, "LongName", letters(p->name, LONG_NAME));
    xml_put_element(&w, "Description",
                    letters(p->description.n > 0 ? p->description : p->name, ABOUT));
    xml_put_element(&w, "InputEncoding", S("UTF-8"));
    xml_put_element(&w, "Language", p->language);
    xml_put_begin(&w, "Image");
    xml_put_attr(&w, "type", S("image/svg+xml"));
    xml_put_text(&w, door_address(&d, p->icon));
    xml_put_end(&w);
    xml_put_begin(&w, "Url");
    xml_put_attr(&w, "type", S("text/html"));
    xml_put_attr(&w, "template", address);
    xml_put_end(&w);
    xml_put_end(&w);
    return door_reply(&d, S("application/opensearchdescription+xml"), &out, NULL, 0);
}
