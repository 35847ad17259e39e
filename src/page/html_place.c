#include "page/html_place.h"

#include "base/must.h"

enum state {
    WORDS,      /* between tags */
    TAG_OPEN,   /* after '<' */
    END_OPEN,   /* after "</" */
    TAG_NAME,   /*  */
    IN_TAG,     /* before an attribute's name */
    ATTR_NAME,  /*  */
    AFTER_NAME, /* white space behind it */
    ATTR_EQUALS,
    VALUE_TWO, /* in "..." */
    VALUE_ONE, /* in '...' */
    VALUE_BARE,
    DECLARATION, /* after "<!" */
    BOGUS,       /* up to the next '>' */
    COMMENT,
    RAW,    /* inside <script>, <style> and their like */
    RCDATA, /* inside <title> and <textarea> */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool is_one_of(str s, const str *of, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, of[i]))
            return true;
    return false;
}

static str tag_of(const struct html_place *p)
{
    return str_of(p->tag, p->tag_n);
}

static str attr_of(const struct html_place *p)
{
    return str_of(p->attr, p->attr_n);
}

/* --- tags --- */

static void begin_tag(struct html_place *p, char c, bool is_end)
{
    *p = (struct html_place){.state = TAG_NAME, .is_end_tag = is_end, .tag_n = 1};
    p->tag[0] = lower(c);
}

/* At the '>'. */
static const char *end_tag(struct html_place *p)
{
    static const str raw[] = {S_INIT("script"),  S_INIT("style"),    S_INIT("iframe"),
                              S_INIT("noembed"), S_INIT("noframes"), S_INIT("plaintext"),
                              S_INIT("xmp")};
    static const str words_only[] = {S_INIT("title"), S_INIT("textarea")};

    bool after_slash = p->match == 1;

    p->state = WORDS;
    p->match = 0;
    if (p->is_end_tag)
        return NULL;
    if (is_one_of(tag_of(p), raw, LENGTH(raw)))
        p->state = RAW;
    if (is_one_of(tag_of(p), words_only, LENGTH(words_only)))
        p->state = RCDATA;
    return p->state != WORDS && after_slash ? "this element needs an end tag of its own" : NULL;
}

static void begin_attr(struct html_place *p, char c)
{
    p->state = ATTR_NAME;
    p->attr[0] = lower(c);
    p->attr_n = 1;
    p->value_n = 0;
}

static const char *end_attr_name(struct html_place *p)
{
    if (!str_eq(attr_of(p), S("http-equiv")))
        return NULL;
    p->is_equiv = true;
    return p->has_value ? "http-equiv cannot stand in a tag with values" : NULL;
}

static void end_value(struct html_place *p)
{
    str value = str_of(p->value, p->value_n);

    p->state = IN_TAG;
    if (!str_eq(attr_of(p), S("type")) || p->has_type)
        return;
    p->has_type = true;
    p->is_data_script =
        str_eq(value, S("application/ld+json")) || str_eq(value, S("application/json"));
}

static void add_to_value(struct html_place *p, char c)
{
    if (p->value_n < sizeof p->value)
        p->value[p->value_n++] = lower(c);
}

static const char *in_attr_name(struct html_place *p, char c)
{
    if (c != '=' && c != '>' && c != '/' && !is_space(c)) {
        if (p->attr_n < sizeof p->attr)
            p->attr[p->attr_n++] = lower(c);
        return NULL;
    }

    const char *problem = end_attr_name(p);

    if (c == '>')
        return problem != NULL ? problem : end_tag(p);
    p->match = c == '/';
    p->state = c == '=' ? ATTR_EQUALS : c == '/' ? IN_TAG : AFTER_NAME;
    return problem;
}

static const char *in_tag(struct html_place *p, char c)
{
    switch ((enum state)p->state) {
    case TAG_NAME:
        if (c != '>' && c != '/' && !is_space(c)) {
            if (p->tag_n < sizeof p->tag)
                p->tag[p->tag_n++] = lower(c);
            return NULL;
        }
        p->state = IN_TAG;
        break;
    case ATTR_NAME:
        return in_attr_name(p, c);
    case AFTER_NAME:
        if (c == '=')
            p->state = ATTR_EQUALS;
        if (c == '=' || is_space(c))
            return NULL;
        break;
    case ATTR_EQUALS:
        if (is_space(c))
            return NULL;
        if (c != '>') {
            p->state = c == '"' ? VALUE_TWO : c == '\'' ? VALUE_ONE : VALUE_BARE;
            if (p->state == VALUE_BARE)
                add_to_value(p, c);
            return NULL;
        }
        break;
    default:
        break;
    }
    if (c == '>')
        return end_tag(p);
    p->match = c == '/';
    if (c == '/' || is_space(c))
        p->state = IN_TAG;
    else
        begin_attr(p, c);
    return NULL;
}

static const char *in_value(struct html_place *p, char c)
{
    bool is_bare = p->state == VALUE_BARE;

    if ((p->state == VALUE_TWO && c == '"') || (p->state == VALUE_ONE && c == '\'') ||
        (is_bare && (is_space(c) || c == '>')))
        end_value(p);
    else
        add_to_value(p, c);
    p->match = 0;
    return is_bare && c == '>' ? end_tag(p) : NULL;
}

/* --- what is no tag --- */

static void after_less(struct html_place *p, char c)
{
    if (is_letter(c))
        begin_tag(p, c, false);
    else
        p->state = c == '/' ? END_OPEN : c == '!' ? DECLARATION : c == '?' ? BOGUS : WORDS;
    if (c == '<')
        p->state = TAG_OPEN;
    p->match = 0;
}

static void after_less_slash(struct html_place *p, char c)
{
    if (is_letter(c))
        begin_tag(p, c, true);
    else
        p->state = c == '>' ? WORDS : BOGUS;
}

/* "<!--" begins a comment; "<!" and anything else ends at '>'. */
static const char *in_declaration(struct html_place *p, char c)
{
    if (c == '-' && ++p->match < 2)
        return NULL;
    if (c == '[')
        return "a CDATA section cannot stand in a template";
    p->state = c == '-' ? COMMENT : c == '>' ? WORDS : BOGUS;
    p->match = 2; /* "<!-->" is over already */
    return NULL;
}

/* "-->" ends it, and so does "--!>". */
static void in_comment(struct html_place *p, char c)
{
    if (c == '>' && p->match >= 2)
        p->state = WORDS;
    else if (c == '-')
        p->match = p->match < 2 ? p->match + 1 : 2;
    else if (c != '!' || p->match < 2)
        p->match = 0;
}

/* Only its own end tag ends it: the letters of "</script" are counted in `match`. */
static const char *in_raw(struct html_place *p, char c)
{
    size_t at = p->match;

    if (at == p->tag_n + 2u && (c == '>' || c == '/' || is_space(c))) {
        p->is_end_tag = true;
        p->state = IN_TAG;
        return c == '>' ? end_tag(p) : NULL;
    }
    if (at == 1 && c == '!')
        return "a comment cannot stand inside this element";
    if (at == 1 && is_letter(c))
        return "a tag cannot stand inside this element";
    if (at >= 2 && at - 2 < p->tag_n && lower(c) == p->tag[at - 2])
        p->match++;
    else if (at == 1 && c == '/')
        p->match = 2;
    else
        p->match = c == '<';
    return NULL;
}

static const char *step(struct html_place *p, char c)
{
    switch ((enum state)p->state) {
    case WORDS:
        p->state = c == '<' ? TAG_OPEN : WORDS;
        return NULL;
    case TAG_OPEN:
        after_less(p, c);
        return NULL;
    case END_OPEN:
        after_less_slash(p, c);
        return NULL;
    case VALUE_TWO:
    case VALUE_ONE:
    case VALUE_BARE:
        return in_value(p, c);
    case DECLARATION:
        return in_declaration(p, c);
    case BOGUS:
        p->state = c == '>' ? WORDS : BOGUS;
        return NULL;
    case COMMENT:
        in_comment(p, c);
        return NULL;
    case RAW:
    case RCDATA:
        return in_raw(p, c);
    case TAG_NAME:
    case IN_TAG:
    case ATTR_NAME:
    case AFTER_NAME:
    case ATTR_EQUALS:
    default:
        return in_tag(p, c);
    }
}

/* Does somebody read what stands here, or hear it? */
static bool is_for_readers(const struct html_place *p)
{
    static const str heard[] = {S_INIT("alt"),         S_INIT("title"),
                                S_INIT("aria-label"),  S_INIT("aria-description"),
                                S_INIT("placeholder"), S_INIT("aria-roledescription"),
                                S_INIT("label"),       S_INIT("abbr")};

    if (p->state == VALUE_TWO || p->state == VALUE_ONE)
        return is_one_of(attr_of(p), heard, LENGTH(heard));
    return p->state == WORDS || (p->state == RCDATA && p->match == 0);
}

/* Of any script; the punctuation of U+2000 to U+2FFF is none. */
static bool is_word_byte(char c)
{
    unsigned char b = (unsigned char)c;

    return is_letter(c) || (b >= 0xC3 && b != 0xE2);
}

const char *html_place_text(struct html_place *p, str text)
{
    const char *problem = NULL;
    bool has_words = p->has_words;
    size_t words_at = p->words_at;

    if (text.n > 0 && p->needs_gap && text.p[0] != '>' && text.p[0] != '/' && !is_space(text.p[0]))
        return "a space must stand between the end of the section and what follows in the tag";
    if (text.n > 0)
        p->needs_gap = false;
    for (size_t i = 0; i < text.n && problem == NULL; i++) {
        if (!has_words && is_word_byte(text.p[i]) && is_for_readers(p)) {
            has_words = true;
            words_at = i;
        }
        problem = step(p, text.p[i]);
    }
    p->has_words = has_words;
    p->words_at = words_at;
    return problem;
}

/* --- values --- */

static bool takes_address(str attr)
{
    static const str addresses[] = {
        S_INIT("href"),       S_INIT("src"),        S_INIT("action"),  S_INIT("poster"),
        S_INIT("formaction"), S_INIT("cite"),       S_INIT("data"),    S_INIT("ping"),
        S_INIT("xlink:href"), S_INIT("manifest"),   S_INIT("icon"),    S_INIT("codebase"),
        S_INIT("longdesc"),   S_INIT("background"), S_INIT("archive"),
    };

    return is_one_of(attr, addresses, LENGTH(addresses));
}

static const char *stands_in_value(const struct html_place *p, enum view_kind kind)
{
    str attr = attr_of(p);

    if (str_starts(attr, S("on")))
        return "no value may stand in a script; here would be ";
    if (str_eq(attr, S("style")) || str_eq(attr, S("srcdoc")) || str_eq(attr, S("http-equiv")) ||
        p->is_equiv)
        return "no value may stand in this attribute; here would be ";
    if (kind == VIEW_html || kind == VIEW_json)
        return "markup cannot stand in an attribute; here would be ";
    if (str_eq(tag_of(p), S("script")) && takes_address(attr))
        return "a script comes from the theme's own files ({{asset:...}}), not from ";
    if (takes_address(attr) && (kind == VIEW_str || kind == VIEW_passing))
        return "this attribute takes a url, not a str: ";
    if (takes_address(attr) && kind == VIEW_url && p->value_n > 0)
        return "a url must be the first in its attribute: ";
    return NULL;
}

static const char *stands_here(const struct html_place *p, enum view_kind kind)
{
    switch ((enum state)p->state) {
    case WORDS:
        return kind == VIEW_json ? "json stands in a data script only: " : NULL;
    case RCDATA:
        if (kind == VIEW_json || kind == VIEW_html)
            return "only words may stand in this element; here would be ";
        return p->match == 0 ? NULL : "no value may stand in a tag: ";
    case VALUE_TWO:
    case VALUE_ONE:
        return stands_in_value(p, kind);
    case RAW:
        if (kind == VIEW_json && p->is_data_script && str_eq(tag_of(p), S("script")))
            return p->match == 0 ? NULL : "no value may stand in a tag: ";
        return "no value may stand in a script or style; here would be ";
    case ATTR_EQUALS:
    case VALUE_BARE:
        return "put the attribute's value in quotes around ";
    case TAG_OPEN:
    case END_OPEN:
    case TAG_NAME:
    case IN_TAG:
    case ATTR_NAME:
    case AFTER_NAME:
        return "no value may stand inside a tag outside of an attribute's quotes: ";
    case DECLARATION:
    case BOGUS:
    case COMMENT:
    default:
        return "no value may stand in a comment: ";
    }
}

/* Its words are not known: it counts as begun, and as no type that we know. */
static void stand(struct html_place *p)
{
    bool in_quotes = p->state == VALUE_TWO || p->state == VALUE_ONE;

    if (!in_quotes)
        return;
    p->has_value = true;
    memset(p->value, '?', sizeof p->value);
    p->value_n = sizeof p->value;
}

const char *html_place_value(struct html_place *p, enum view_kind kind)
{
    const char *problem = stands_here(p, kind);

    if (problem == NULL)
        stand(p);
    return problem;
}

const char *html_place_asset(struct html_place *p)
{
    if (p->state != VALUE_TWO && p->state != VALUE_ONE)
        return "put quotes around the address of ";
    stand(p);
    return NULL;
}

bool html_place_is_open(const struct html_place *p)
{
    return p->state == WORDS;
}

/* --- sections --- */

static bool is_between_attrs(int state)
{
    return state == TAG_NAME || state == IN_TAG || state == ATTR_NAME || state == AFTER_NAME;
}

bool html_place_join(struct html_place *p, const struct html_place *before)
{
    bool is_in_tag = is_between_attrs(before->state);
    bool knows_tag = before->state >= TAG_NAME && before->state != DECLARATION &&
                     before->state != BOGUS && before->state != COMMENT;
    bool is_in_value = before->state >= ATTR_EQUALS && before->state <= VALUE_BARE;

    if (is_in_tag ? !is_between_attrs(p->state) : p->state != before->state)
        return false;
    if (knows_tag && (!str_eq(tag_of(p), tag_of(before)) || p->is_end_tag != before->is_end_tag ||
                      p->is_data_script != before->is_data_script))
        return false;
    if (is_in_value && !str_eq(attr_of(p), attr_of(before)))
        return false;
    if (!is_in_tag && p->match != before->match)
        return false;
    if (is_in_tag && (p->state != IN_TAG || before->state != IN_TAG)) {
        p->state = IN_TAG;
        p->needs_gap = true;
    }
    if (is_in_value &&
        !str_eq(str_of(p->value, p->value_n), str_of(before->value, before->value_n)))
        stand(p);
    p->needs_gap |= before->needs_gap;
    p->is_equiv |= before->is_equiv;
    p->has_value |= before->has_value;
    p->has_type |= before->has_type;
    return true;
}
