#include "wire/xml/xml.h"

#include "base/buf.h"
#include "base/utf8.h"

bool xml_is(const struct xml_node *n, const char *name)
{
    return n != NULL && n->name.n > 0 && str_eq(n->name, str_c(name));
}

bool xml_is_in(const struct xml_node *n, const char *space, const char *name)
{
    return xml_is(n, name) && str_eq(n->space, str_c(space));
}

static struct xml_node *from(struct xml_node *n, const char *name)
{
    while (n != NULL && !xml_is(n, name))
        n = n->next;
    return n;
}

struct xml_node *xml_child(const struct xml_node *of, const char *name)
{
    return of == NULL ? NULL : from(of->first, name);
}

struct xml_node *xml_again(const struct xml_node *after, const char *name)
{
    return from(after->next, name);
}

struct xml_node *xml_inside(const struct xml_node *of, const char *name)
{
    for (struct xml_node *n = of == NULL ? NULL : of->first; n != NULL; n = n->next) {
        if (xml_is(n, name))
            return n;
        struct xml_node *deeper = xml_inside(n, name);
        if (deeper != NULL)
            return deeper;
    }
    return NULL;
}

struct xml_node *xml_path(const struct xml_node *of, const char *path)
{
    const struct xml_node *n = of;
    str rest = str_c(path), step;

    while (n != NULL && str_cut(&rest, '/', &step)) {
        n = n->first;
        while (n != NULL && !str_eq(n->name, step))
            n = n->next;
    }
    return (struct xml_node *)n;
}

str xml_attr(const struct xml_node *n, const char *name)
{
    return xml_attr_in(n, "", name);
}

str xml_attr_in(const struct xml_node *n, const char *space, const char *name)
{
    for (size_t i = 0; n != NULL && i < n->attr_count; i++)
        if (str_eq(n->attrs[i].name, str_c(name)) && str_eq(n->attrs[i].space, str_c(space)))
            return n->attrs[i].value;
    return S("");
}

str xml_inherited(const struct xml_node *n, const char *name)
{
    for (; n != NULL; n = n->parent) {
        str value = xml_attr_in(n, XML_NAMESPACE, name);
        if (value.n > 0)
            return value;
    }
    return S("");
}

static void gather(buf *out, const struct xml_node *n)
{
    if (n->name.n == 0)
        buf_add(out, n->text);
    for (const struct xml_node *c = n->first; c != NULL; c = c->next)
        gather(out, c);
}

str xml_text(arena *a, const struct xml_node *n)
{
    if (n == NULL)
        return S("");
    if (n->first != NULL && n->first->next == NULL && n->first->name.n == 0)
        return n->first->text;

    buf all = buf_new(a, SIZE_MAX / 2);
    gather(&all, n);
    return buf_str(&all);
}

str xml_words(arena *a, const struct xml_node *n)
{
    return str_squeeze(a, xml_text(a, n));
}
