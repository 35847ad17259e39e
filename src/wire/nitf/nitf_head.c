#include "wire/item/build.h"
#include "wire/item/wire_body.h"
#include "wire/nitf/nitf.h"

/* The words of an element without those of one kind of child. */
static str words_without(arena *a, const struct xml_node *of, const char *child)
{
    buf all = buf_new(a, SIZE_MAX / 2);

    for (const struct xml_node *c = of->first; c != NULL; c = c->next)
        if (!xml_is(c, child)) {
            buf_add(&all, xml_text(a, c));
            buf_char(&all, ' ');
        }
    return str_squeeze(a, buf_str(&all));
}

void nitf_take_byline(struct nitf *n, const struct xml_node *byline)
{
    str title = xml_words(n->a, xml_inside(byline, "byttl"));
    str rest = words_without(n->a, byline, "byttl");

    if (xml_words(n->a, byline).n == 0)
        return;
    if (!n->byline_taken)
        n->item->person_count = 0; /* the byline is what is printed */
    n->byline_taken = true;
    size_t before = n->item->person_count;
    XML_EACH(person, byline, "person")
    wire_add_person(n->a, n->item, words_without(n->a, person, "byttl"), title);
    if (n->item->person_count > before)
        return;
    while (rest.n > 0 && strchr(",;- ", rest.p[rest.n - 1]) != NULL)
        rest = str_to(rest, rest.n - 1);
    wire_add_byline(n->a, n->item, rest.n > 0 ? rest : title);
    for (size_t i = before; rest.n > 0 && title.n > 0 && i < n->item->person_count; i++)
        if (n->item->people[i].role.n == 0)
            n->item->people[i].role = title;
}

void nitf_take_dateline(struct nitf *n, const struct xml_node *dateline)
{
    str place = xml_words(n->a, xml_child(dateline, "location"));
    int64_t at;

    if (n->item->dateline.n == 0)
        n->item->dateline = wire_dateline(n->a, place.n > 0 ? place : xml_words(n->a, dateline));
    if (n->item->place.n == 0)
        n->item->place = place;
    const struct xml_node *date = xml_child(dateline, "story.date");
    if (n->item->created_at == 0 && wire_time(xml_attr(date, "norm"), &at, NULL))
        n->item->created_at = at;
}

static void take_note(struct nitf *n, const struct xml_node *of)
{
    str words = wire_note(n->a, xml_text(n->a, of));

    if (words.n == 0)
        return;
    if (n->item->editor_note.n > 0)
        words = str_fmt(n->a, "%.*s\n%.*s", STR(n->item->editor_note), STR(words));
    n->item->editor_note = wire_note(n->a, words);
}

void nitf_read_body_head(struct nitf *n, const struct xml_node *head)
{
    struct wire_item *item = n->item;
    const struct xml_node *hedline = xml_child(head, "hedline");

    if (item->headline.n == 0)
        item->headline = wire_field(n->a, xml_text(n->a, xml_child(hedline, "hl1")));
    if (item->headline.n == 0)
        item->headline = wire_field(n->a, xml_text(n->a, xml_child(hedline, "hl2")));
    else if (item->standfirst.n == 0)
        item->standfirst = wire_field(n->a, xml_text(n->a, xml_child(hedline, "hl2")));
    str abstract = wire_field(n->a, xml_text(n->a, xml_child(head, "abstract")));
    if (abstract.n > 0)
        item->standfirst = abstract;
    XML_EACH(byline, head, "byline")
    nitf_take_byline(n, byline);
    XML_EACH(dateline, head, "dateline")
    nitf_take_dateline(n, dateline);
    XML_EACH(said, head, "note")
    take_note(n, said);
    str distributor = wire_field(n->a, xml_text(n->a, xml_child(head, "distributor")));
    if (item->provider.n == 0)
        item->provider = distributor;
    if (item->usage.n == 0)
        item->usage = wire_field(n->a, xml_text(n->a, xml_child(head, "rights")));
}

err wire_body_of_nitf(arena *a, const struct xml_node *nitf, struct wire_item *item, note *why)
{
    struct nitf n = {.a = a, .item = item};
    const struct xml_node *body = xml_child(nitf, "body");

    nitf_read_body_head(&n, xml_child(body, "body.head"));
    if (item->headline.n == 0)
        item->headline = wire_field(a, xml_text(a, xml_path(nitf, "head/title")));
    TRY(nitf_read_body(&n, body, why));
    wire_trim_body(a, item, (struct wire_words){0});
    return OK;
}
