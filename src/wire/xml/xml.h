/*
 * xml.h - an XML document as a small tree, for the wire's dialects.
 *
 * What a stranger sends is read with limits: nothing is ever loaded from elsewhere, a DOCTYPE may
 * stand but declares no entities, depth and size are bounded.  Any common encoding comes out as
 * UTF-8 (ISO-8859-1 is read as windows-1252, as the web does).  The tree lives in the arena.
 */
#ifndef WIRE_XML_H
#define WIRE_XML_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum {
    XML_DEPTH_MAX = 100,
    XML_NODES_MAX = 2000000,
    XML_ATTRS_MAX = 200, /* of one element */
};

struct xml_attr {
    str space, name, value;
};

struct xml_node {
    str space; /* namespace, empty: none */
    str name;  /* local name; empty: this is text */
    str text;  /* of a text node */
    struct xml_attr *attrs;
    size_t attr_count;
    struct xml_node *parent, *first, *last, *next;
    int line;      /* 1.. */
    size_t at;     /* byte in the UTF-8 text where it starts */
    bool complete; /* its end tag was seen */
};

enum xml_manner {
    XML_STRICT, /* XML 1.0 and namespaces as written */
    XML_LENIENT /* as feeds are in the wild: bare '&', HTML's named characters, prefixes without a
                   declaration, leading white space, a wrong encoding name are mended */
};

struct xml_tree {
    struct xml_node *root; /* NULL: not even a start tag could be read */
    str text;              /* the document as it was read, in UTF-8 */
    int line;              /* where it broke, 0: it did not */
    size_t at;             /* the byte of `text` where it broke */
    bool mended;           /* XML_LENIENT had to help */
};

/*
 * Read a document.  E_INVALID: not well-formed, or it declares entities; E_LIMIT: too deep, too
 * large.  The note names the line.  On these, *out still holds what had been read by then, for
 * callers that can use the complete nodes.
 */
err xml_read(arena *a, str bytes, enum xml_manner manner, struct xml_tree *out, note *why);

/* The bytes as UTF-8, going by byte order mark and XML declaration. E_INVALID: an encoding that is
 * not known, or bytes that it does not have. */
err xml_utf8(arena *a, str bytes, str *out, note *why);

/* Mend what XML_LENIENT mends, in UTF-8 text (xml_mend.c). */
str xml_mend(arena *a, str text);

/* A character that HTML has a name for ("eacute"), in UTF-8; empty for no such name. */
str xml_html_character(arena *a, str name);

/* Is it an element with this local name (and, where asked, in this namespace)? */
bool xml_is(const struct xml_node *n, const char *name);
bool xml_is_in(const struct xml_node *n, const char *space, const char *name);

/* The first element with this name among the children of `of`, or NULL; then the next one.  A NULL
 * `of` has no children.  Namespaces are not looked at: agencies get them wrong. */
struct xml_node *xml_child(const struct xml_node *of, const char *name);
struct xml_node *xml_again(const struct xml_node *after, const char *name);

/* The same at any depth, in document order; `path` "a/b/c" walks down by first children. */
struct xml_node *xml_inside(const struct xml_node *of, const char *name);
struct xml_node *xml_path(const struct xml_node *of, const char *path);

#define XML_EACH(child, of, named)                                                                 \
    for (struct xml_node *child = xml_child((of), (named)); (child) != NULL;                       \
         child = xml_again((child), (named)))

/* An attribute without namespace, or in one; empty when it is not there. */
str xml_attr(const struct xml_node *n, const char *name);
str xml_attr_in(const struct xml_node *n, const char *space, const char *name);

/* xml:lang or xml:base of the nearest element that has it. */
str xml_inherited(const struct xml_node *n, const char *name);

/* All text inside, as it stands; and with runs of white space as one space.  NULL gives "". */
str xml_text(arena *a, const struct xml_node *n);
str xml_words(arena *a, const struct xml_node *n);

#define XML_NAMESPACE "http://www.w3.org/XML/1998/namespace"
#define XHTML_NAMESPACE "http://www.w3.org/1999/xhtml"

#endif
