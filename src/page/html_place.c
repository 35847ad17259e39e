#include "page/html_place.h"

#include "base/must.h"

enum state {
    WORDS,    /* between tags */
    TAG_OPEN, /* after '<' */
    TAG_NAME,
    IN_TAG, /* between attributes */
    ATTR_NAME,
    ATTR_EQUALS, /* after '=' */
    VALUE_TWO,   /* in "..." */
    VALUE_ONE,   /* in '...' */
    VALUE_BARE,
    DECLARATION, /* <!doctype ...> or a comment */
    COMMENT,
    RAW, /* inside <script> or <style> */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static str tag_of(const struct html_place *p)
{
    return str_of(p->tag, p->tag_n);
}

static str attr_of(const struct html_place *p)
{
    return str_of(p->attr, p->attr_n);
}

static void end_tag(struct html_place *p)
{
    bool is_raw = str_eq(tag_of(p), S("script")) || str_eq(tag_of(p), S("style"));

    p->state = is_raw ? RAW : WORDS;
    p->match = 0;
    p->attr_n = 0;
}

static void start_attr(struct html_place *p, char c)
{
    p->state = ATTR_NAME;
    p->attr[0] = lower(c);
    p->attr_n = 1;
}

static void in_tag(struct html_place *p, char c)
{
    if (c == '>')
        end_tag(p);
    else if (!is_space(c) && c != '/')
        start_attr(p, c);
}

static void in_attr_name(struct html_place *p, char c)
{
    if (c == '=')
        p->state = ATTR_EQUALS;
    else if (c == '>')
        end_tag(p);
    else if (is_space(c))
        p->state = IN_TAG;
    else if (p->attr_n < sizeof p->attr)
        p->attr[p->attr_n++] = lower(c);
}

static void after_equals(struct html_place *p, char c)
{
    if (c == '"')
        p->state = VALUE_TWO;
    else if (c == '\'')
        p->state = VALUE_ONE;
    else if (c == '>')
        end_tag(p);
    else if (!is_space(c))
        p->state = VALUE_BARE;
}

static void after_less(struct html_place *p, char c)
{
    p->tag_n = p->attr_n = 0;
    p->is_data_script = false;
    if (c == '!') {
        p->state = DECLARATION;
        p->match = 0;
    } else if (c == '/' || (lower(c) >= 'a' && lower(c) <= 'z')) {
        p->state = TAG_NAME;
        p->tag[p->tag_n++] = lower(c);
    } else {
        p->state = WORDS;
    }
}

static void in_tag_name(struct html_place *p, char c)
{
    if (c == '>')
        end_tag(p);
    else if (is_space(c))
        p->state = IN_TAG;
    else if (p->tag_n < sizeof p->tag)
        p->tag[p->tag_n++] = lower(c);
}

/* "-->" ends a comment; '>' ends another declaration. */
static void in_declaration(struct html_place *p, char c)
{
    if (p->state == DECLARATION) {
        if (c == '-' && ++p->match == 2) {
            p->state = COMMENT;
            p->match = 0;
        } else if (c == '>') {
            p->state = WORDS;
        }
    } else if (c == '-') {
        p->match++;
    } else {
        if (c == '>' && p->match >= 2)
            p->state = WORDS;
        p->match = 0;
    }
}

/* "</" ends what is raw: a template has no other use for it there. */
static void in_raw(struct html_place *p, char c)
{
    if (p->match == 1 && c == '/') {
        after_less(p, '/');
        return;
    }
    p->match = c == '<';
}

const char *html_place_text(struct html_place *p, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        switch ((enum state)p->state) {
        case WORDS:
            p->state = c == '<' ? TAG_OPEN : WORDS;
            break;
        case TAG_OPEN:
            after_less(p, c);
            break;
        case TAG_NAME:
            in_tag_name(p, c);
            break;
        case IN_TAG:
            in_tag(p, c);
            break;
        case ATTR_NAME:
            in_attr_name(p, c);
            break;
        case ATTR_EQUALS:
            after_equals(p, c);
            break;
        case VALUE_TWO:
            p->state = c == '"' ? IN_TAG : VALUE_TWO;
            break;
        case VALUE_ONE:
            p->state = c == '\'' ? IN_TAG : VALUE_ONE;
            break;
        case VALUE_BARE:
            if (c == '>')
                end_tag(p);
            else if (is_space(c))
                p->state = IN_TAG;
            break;
        case DECLARATION:
        case COMMENT:
            in_declaration(p, c);
            break;
        case RAW:
            in_raw(p, c);
            break;
        }
        if (p->state == VALUE_TWO && str_eq(attr_of(p), S("type")) && c == '"')
            p->is_data_script = str_starts(str_from(text, i + 1), S("application/"));
    }
    return NULL;
}

static bool is_address(str attr)
{
    static const str addresses[] = {S_INIT("href"),   S_INIT("src"),        S_INIT("action"),
                                    S_INIT("poster"), S_INIT("formaction"), S_INIT("cite"),
                                    S_INIT("data"),   S_INIT("xlink:href"), S_INIT("ping")};

    for (size_t i = 0; i < LENGTH(addresses); i++)
        if (str_eq(attr, addresses[i]))
            return true;
    return false;
}

static const char *in_value(const struct html_place *p, enum view_kind kind)
{
    str attr = attr_of(p);

    if (str_starts(attr, S("on")))
        return "no value may stand in a script; here would be ";
    if (str_eq(attr, S("style")) || str_eq(attr, S("srcdoc")))
        return "no value may stand in this attribute; here would be ";
    if (kind == VIEW_html || kind == VIEW_json)
        return "markup cannot stand in an attribute; here would be ";
    if (kind == VIEW_str && is_address(attr))
        return "this attribute takes a url, not a str: ";
    return NULL;
}

const char *html_place_value(const struct html_place *p, enum view_kind kind)
{
    switch ((enum state)p->state) {
    case WORDS:
        return kind == VIEW_json ? "json stands in a data script only: " : NULL;
    case VALUE_TWO:
    case VALUE_ONE:
        return in_value(p, kind);
    case RAW:
        if (kind == VIEW_json && p->is_data_script && str_eq(tag_of(p), S("script")))
            return NULL;
        return "no value may stand in a script or style; here would be ";
    case ATTR_EQUALS:
    case VALUE_BARE:
        return "put the attribute's value in quotes around ";
    case TAG_OPEN:
    case TAG_NAME:
    case IN_TAG:
    case ATTR_NAME:
        return "no value may stand inside a tag outside of an attribute's quotes: ";
    case DECLARATION:
    case COMMENT:
    default:
        return "no value may stand in a comment: ";
    }
}

/* A section that starts with white space may stand right behind the tag's name. */
static int settled(int state)
{
    return state == TAG_NAME ? IN_TAG : state;
}

bool html_place_same(const struct html_place *x, const struct html_place *y)
{
    bool in_attr = x->state >= ATTR_NAME && x->state <= VALUE_BARE;
    bool in_some_tag = x->state >= TAG_NAME && x->state <= VALUE_BARE;

    return settled(x->state) == settled(y->state) &&
           (!in_some_tag || str_eq(tag_of(x), tag_of(y))) &&
           (!in_attr || str_eq(attr_of(x), attr_of(y)));
}
