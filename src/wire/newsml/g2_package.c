#include "wire/newsml/g2.h"

enum { GROUPS_DEEP = 20, REFERENCES_MAX = 4000 };

struct walk {
    struct g2_item *g;
    const struct xml_node *set;
    int references;
};

static const struct xml_node *group_called(const struct xml_node *set, str id)
{
    XML_EACH(group, set, "group")
    if (str_eq(xml_attr(group, "id"), id))
        return group;
    return NULL;
}

static void take_reference(struct walk *w, const struct xml_node *n, str role)
{
    str to = xml_attr(n, "residref");

    wire_add_link(w->g->a, w->g->out, to.n > 0 ? to : xml_attr(n, "href"), role);
}

/* A group's members in order; groups inside stand where they are named.  Depth and number are
 * bounded: groups may name each other in a circle. */
static void walk_group(struct walk *w, const struct xml_node *group, str outer_role, int depth)
{
    str role = g2_role(group, "role");

    if (role.n == 0)
        role = outer_role;
    if (depth == GROUPS_DEEP)
        return;
    for (const struct xml_node *n = group->first; n != NULL; n = n->next) {
        if (n->name.n > 0 && ++w->references > REFERENCES_MAX)
            return;
        if (xml_is(n, "itemRef") || xml_is(n, "conceptRef"))
            take_reference(w, n, role);
        const struct xml_node *inner =
            xml_is(n, "groupRef") ? group_called(w->set, xml_attr(n, "idref")) : NULL;
        if (inner != NULL)
            walk_group(w, inner, role, depth + 1);
    }
}

void g2_read_groups(struct g2_item *g)
{
    struct walk w = {.g = g, .set = xml_child(g->node, "groupSet")};

    if (w.set != NULL) {
        const struct xml_node *root = group_called(w.set, xml_attr(w.set, "root"));
        if (root == NULL)
            root = xml_child(w.set, "group");
        if (root != NULL)
            walk_group(&w, root, S(""), 0);
    }
    XML_EACH(n, g->node, "itemRef") /* not by the standard, but sent */
    take_reference(&w, n, S(""));
}
