#include "wire/wire.h"

#include "base/utf8.h"
#include "text/url.h"
#include "wire/item/byline.h"
#include "wire/item/topics.h"
#include "wire/item/wire_body.h"
#include "wire/ninjs/ninjs.h"

struct reading {
    arena *a;
    json_t *of;
    struct wire_item *out;
};

static str field(struct reading *r, const char *names)
{
    return ninjs_field(r->a, r->of, names);
}

static str note_of(struct reading *r, const char *names)
{
    return wire_note(r->a, ninjs_words(r->a, ninjs_get(r->of, names)));
}

/* An address that only differs by what was asked for ("...?qt=x&et=y") is the same item. */
str ninjs_identity(arena *a, json_t *of)
{
    str guid = ninjs_field(a, of, "uri guid urn _id id"),
        item = ninjs_words(a, ninjs_get(ninjs_get(of, "altids"), "itemid"));
    ptrdiff_t query = str_find_char(guid, '?');

    if (item.n >= 8 && query > 0 && str_find(str_to(guid, (size_t)query), item) > 0)
        guid = str_to(guid, (size_t)query);
    return guid;
}

static int shown(str s)
{
    return (int)utf8_to(s, 60).n;
}

static err read_kind(struct reading *r, note *why)
{
    str type = ninjs_words(r->a, ninjs_get(r->of, "type"));

    r->out->kind = WIRE_STORY;
    if (type.n == 0 || ninjs_kind(type, &r->out->kind))
        return OK;
    return fail(why, E_INVALID, "type \"%.*s\" is no type of news", shown(type), type.p);
}

/* Superdesk's word for where an item is: what was not published there is not for here. */
static bool is_unready(str state)
{
    static const char *const states[] = {"draft",           "in_progress", "submitted",
                                         "spiked",          "fetched",     "routed",
                                         "being_corrected", "unpublished"};

    for (size_t i = 0; i < LENGTH(states); i++)
        if (str_eq_nocase(state, str_c(states[i])))
            return true;
    return false;
}

static bool takes_down(const struct wire_item *item)
{
    return item->status == WIRE_CANCELLED || item->signal == WIRE_KILL;
}

static err read_status(struct reading *r, note *why)
{
    static const struct {
        const char *word;
        enum wire_status status;
    } words[] = {
        {"usable", WIRE_USABLE},       {"withheld", WIRE_WITHHELD},  {"canceled", WIRE_CANCELLED},
        {"cancelled", WIRE_CANCELLED}, {"embargoed", WIRE_WITHHELD}, {"withdrawn", WIRE_WITHHELD},
    };
    str said = str_trim(ninjs_words(r->a, ninjs_get(r->of, "pubstatus")));
    str state = str_trim(ninjs_words(r->a, ninjs_get(r->of, "state")));

    if (str_eq_nocase(state, S("killed")) || str_eq_nocase(state, S("recalled"))) {
        r->out->status = WIRE_CANCELLED;
        return OK;
    }
    if (is_unready(state)) {
        r->out->status = WIRE_WITHHELD;
        return OK;
    }
    said = str_from(wire_local(said), (size_t)(str_find_last(wire_local(said), '/') + 1));
    for (size_t i = 0; i < LENGTH(words); i++)
        if (str_eq_nocase(said, str_c(words[i].word)))
            r->out->status = words[i].status;
    for (size_t i = 0; i < LENGTH(words); i++)
        if (said.n == 0 || str_eq_nocase(said, str_c(words[i].word)))
            return OK;
    return fail(why, E_INVALID,
                "pubstatus \"%.*s\" is not usable, withheld or canceled: whether it may be used "
                "cannot be told",
                shown(said), said.p);
}

/* When it may be used, from and until.  What cannot be told is never taken as "now". */
static err read_use(struct reading *r, note *why)
{
    if (takes_down(r->out))
        return OK; /* now, whatever it says of the story */

    json_t *settings = ninjs_get(r->of, "schedule_settings");
    json_t *embargo = ninjs_get(r->of, "embargoed embargoeduntil embargo");
    json_t *expires = ninjs_get(r->of, "expires");
    bool zoned = false;

    if (ninjs_get(settings, "utc_embargo") != NULL)
        embargo = ninjs_get(settings, "utc_embargo");
    str said = str_trim(ninjs_words(r->a, embargo));
    if (embargo != NULL && !wire_time(said, &r->out->embargo_at, &zoned))
        return fail(why, E_INVALID, "embargoed \"%.*s\" is not a time", shown(said), said.p);
    if (embargo != NULL && !zoned)
        return fail(why, E_INVALID,
                    "embargoed \"%.*s\" does not say its time zone; have it sent again with one",
                    shown(said), said.p);
    said = str_trim(ninjs_words(r->a, expires));
    if (expires != NULL && !wire_time(said, &r->out->expiry_at, NULL))
        return fail(why, E_INVALID, "expires \"%.*s\" is not a time", shown(said), said.p);
    return OK;
}

static int64_t time_of(struct reading *r, const char *names)
{
    str rest = str_c(names), name;
    int64_t at = 0;

    while (str_cut(&rest, ' ', &name))
        if (wire_time(ninjs_words(r->a, ninjs_get(r->of, str_z(r->a, name))), &at, NULL))
            return at;
    return 0;
}

static enum wire_signal signal_of(str word)
{
    static const struct {
        const char *word;
        enum wire_signal signal;
    } words[] = {
        {"update", WIRE_UPDATE},        {"writethru", WIRE_UPDATE},
        {"replace", WIRE_UPDATE},       {"correction", WIRE_CORRECTION},
        {"corrected", WIRE_CORRECTION}, {"kill", WIRE_KILL},
        {"mandatorykill", WIRE_KILL},   {"retraction", WIRE_KILL},
        {"withdrawal", WIRE_KILL},      {"embargolifted", WIRE_EMBARGO_LIFTED},
    };

    word = wire_local(word);
    word = str_from(word, (size_t)(str_find_last(word, '/') + 1));
    for (size_t i = 0; i < LENGTH(words); i++)
        if (str_eq_nocase(word, str_c(words[i].word)))
            return words[i].signal;
    return WIRE_NO_SIGNAL;
}

static void take_signal(struct reading *r, json_t *v)
{
    str word =
        json_is_object(v) ? ninjs_field(r->a, v, "code qcode uri name") : ninjs_words(r->a, v);
    enum wire_signal signal = signal_of(word);

    if (signal == WIRE_NO_SIGNAL || r->out->signal == WIRE_KILL)
        return;
    if (r->out->signal == WIRE_NO_SIGNAL || signal == WIRE_KILL || signal == WIRE_CORRECTION)
        r->out->signal = signal;
}

static void read_signals(struct reading *r)
{
    json_t *signals = ninjs_get(r->of, "signals signal"), *one;
    size_t i;

    json_array_foreach(signals, i, one) take_signal(r, one);
    take_signal(r, signals);
    r->out->reason = field(r, "correction_note changenote");
}

static void read_words(struct reading *r)
{
    struct wire_item *out = r->out;
    json_t *headlines = ninjs_get(r->of, "headlines"), *one;
    size_t i;

    out->headline = ninjs_headline(r->a, r->of);
    out->kicker = field(r, "headline_kicker kicker");
    out->short_headline = field(r, "headline_short headline_web headline_mobile");
    json_array_foreach(headlines, i, one)
    {
        str role = ninjs_field(r->a, one, "role"), words = ninjs_field(r->a, one, "value");

        if (str_find_nocase(role, S("kicker")) >= 0)
            out->kicker = words;
        else if (str_find_nocase(role, S("reviewed")) >= 0)
            out->reviewed = words;
        else if (str_find_nocase(role, S("short")) >= 0 || str_find_nocase(role, S("web")) >= 0)
            out->short_headline = words;
    }
    out->slugline = field(r, "slugline slug");
    out->standfirst = out->kind == WIRE_STORY || out->kind == WIRE_PACKAGE
                          ? ninjs_summary(r->a, r->of)
                          : ninjs_caption(r->a, r->of);
    out->editor_note = note_of(r, "ednote editorialnote");
    out->language = str_trim(ninjs_words(r->a, ninjs_get(r->of, "language lang")));
}

static bool wrote_it(str role)
{
    static const char *const parts[] = {"creator", "author", "writer", "photographer", "reporter"};

    for (size_t i = 0; i < LENGTH(parts); i++)
        if (str_find_nocase(role, str_c(parts[i])) >= 0)
            return true;
    return false;
}

/* A role is kept where it says more than that the person made it. */
static str telling(str role)
{
    bool tells = !str_eq_nocase(role, S("creator")) && !str_eq_nocase(role, S("author")) &&
                 str_find_char(role, '/') < 0;

    return tells ? wire_local(role) : S("");
}

static void read_bylines(struct reading *r)
{
    json_t *lines = ninjs_get(r->of, "bylines"), *one;
    size_t i;

    json_array_foreach(lines, i, one)
    {
        str title = ninjs_field(r->a, one, "title"), by = ninjs_field(r->a, one, "by byline name");

        wire_add_byline(r->a, r->out,
                        title.n > 0 ? str_fmt(r->a, "%.*s, %.*s", STR(by), STR(title)) : by);
    }
    if (r->out->person_count == 0)
        wire_add_byline(r->a, r->out, field(r, "byline by"));
}

static void read_people(struct reading *r)
{
    static const char *const lists[] = {"person", "people", "infosource", "infosources"};
    json_t *authors = ninjs_get(r->of, "authors author"), *one;
    size_t i;

    read_bylines(r);
    json_array_foreach(authors, i, one) if (r->out->person_count == 0 || i > 0)
        wire_add_person(r->a, r->out, ninjs_field(r->a, one, "name byline"),
                        telling(ninjs_field(r->a, one, "title jobtitle role")));
    for (size_t k = 0; k < LENGTH(lists); k++) {
        json_t *list = ninjs_get(r->of, lists[k]);

        json_array_foreach(list, i, one)
        {
            str role = ninjs_field(r->a, one, "rel role");

            if (wrote_it(role))
                wire_add_person(r->a, r->out, ninjs_field(r->a, one, "name"), telling(role));
        }
    }
    if (r->out->person_count == 0)
        wire_add_person(r->a, r->out, field(r, "photographer"), S("photographer"));
}

static void read_source(struct reading *r)
{
    json_t *list = ninjs_get(r->of, "infosource infosources"), *one;
    struct wire_item *out = r->out;
    size_t i;

    json_array_foreach(list, i,
                       one) if (out->source.n == 0 && !wrote_it(ninjs_field(r->a, one, "rel role")))
        out->source = ninjs_field(r->a, one, "name");
    if (out->source.n == 0)
        out->source = field(r, "source");
    out->provider = field(r, "provider");
    out->credit = field(r, "creditline description_creditline credit");
    out->copyright = field(r, "copyrightnotice copyrightholder");
    out->usage = note_of(r, "usageterms");
    json_t *rights = ninjs_get(r->of, "rightsinfo");
    if (out->usage.n == 0)
        out->usage = ninjs_field(r->a, rights, "linkedrights encodedrights");
}

/* "http://cv.iptc.org/newscodes/mediatopic/20000576", "medtop:20000576", or scheme and code. */
static void add_subject(struct reading *r, json_t *one)
{
    str name = ninjs_field(r->a, one, "name");
    str uri = ninjs_words(r->a, ninjs_get(one, "uri"));
    str code = str_trim(ninjs_words(r->a, ninjs_get(one, "code qcode literal")));
    str scheme = ninjs_words(r->a, ninjs_get(one, "scheme"));
    ptrdiff_t colon = str_find_char(code, ':');

    if (wire_scheme_of(uri).n > 0) {
        scheme = wire_scheme_of(uri);
        code = str_from(uri, (size_t)(str_find_last(uri, '/') + 1));
    } else if (colon > 0 && colon < 12) {
        if (wire_scheme_of(scheme).n == 0)
            scheme = str_to(code, (size_t)colon);
        code = wire_local(code);
    }
    if (wire_scheme_of(scheme).n > 0)
        scheme = wire_scheme_of(scheme);
    bool known = str_eq(scheme, S("medtop")) || str_eq(scheme, S("subj"));
    if (!known && code.n == 8 && str_starts(code, S("20")) && topic_of(code) != NULL)
        scheme = S("medtop");
    else if (!known && code.n == 8 && topic_of_subject_code(code) != NULL)
        scheme = S("subj");
    if (code.n == 0 && uri.n > 0)
        code = uri;
    if (name.n > 2 || code.n == 8)
        wire_add_subject(r->a, r->out, scheme, code, name);
}

static void read_subjects(struct reading *r)
{
    static const char *const lists[] = {"subject", "subjects", "categories"};
    static const char *const keywords[] = {"keywords", "keyword", "tags", "dpasubject_names",
                                           "keyword_names"};
    json_t *one;
    size_t i;

    for (size_t k = 0; k < LENGTH(lists); k++) {
        json_t *list = ninjs_get(r->of, lists[k]);

        json_array_foreach(list, i, one)
        {
            str type = ninjs_words(r->a, ninjs_get(one, "type"));

            if (type.n == 0 || str_find(type, S("subject")) >= 0 ||
                str_find(type, S("medtop")) >= 0)
                add_subject(r, one);
        }
    }
    for (size_t k = 0; k < LENGTH(keywords); k++) {
        json_t *list = ninjs_get(r->of, keywords[k]);

        json_array_foreach(list, i, one)
            wire_add_keyword(r->a, r->out,
                             ninjs_field(r->a, one, "name").n > 0 ? ninjs_field(r->a, one, "name")
                                                                  : ninjs_words(r->a, one));
    }
}

static void read_place(struct reading *r)
{
    json_t *line = ninjs_get(r->of, "datelinelocation"), *dateline = ninjs_get(r->of, "dateline");
    json_t *places = ninjs_get(r->of, "place places"), *first = json_array_get(places, 0);
    struct wire_item *out = r->out;

    out->dateline =
        wire_dateline(r->a, json_is_object(dateline) ? ninjs_field(r->a, dateline, "text")
                                                     : field(r, "dateline"));
    out->place = field(r, "located");
    if (out->place.n == 0)
        out->place = ninjs_field(r->a, line, "city");
    if (out->place.n == 0)
        out->place = ninjs_field(r->a, first, "name");
    out->country = ninjs_field(r->a, line, "countryname");
    if (out->country.n == 0)
        out->country = ninjs_field(r->a, first, "country");
}

static void read_genre(struct reading *r)
{
    json_t *list = ninjs_get(r->of, "genre genres"), *one = json_array_get(list, 0);
    json_t *names = ninjs_get(r->of, "genre_names");
    str code = ninjs_words(r->a, ninjs_get(one, "code literal uri"));
    int64_t number;

    code = wire_local(str_from(code, (size_t)(str_find_last(code, '/') + 1)));
    if (code.n == 0 || str_int(code, &number))
        code = ninjs_field(r->a, one, "name");
    if (code.n == 0)
        code = ninjs_words(r->a, json_array_get(names, 0));
    r->out->genre = str_lower(r->a, wire_field(r->a, code));
}

static void read_digital_source(struct reading *r)
{
    str code = ninjs_words(
        r->a, ninjs_get(ninjs_get(r->of, "digitalsourcetype"), "code literal uri name"));

    r->out->digital_source =
        wire_field(r->a, wire_local(str_from(code, (size_t)(str_find_last(code, '/') + 1))));
}

static void read_head(struct reading *r)
{
    struct wire_item *out = r->out;
    int64_t urgency = 0;
    str said = ninjs_words(r->a, ninjs_get(r->of, "urgency"));

    out->version = field(r, "version");
    if (str_starts(out->version, S("http")))
        out->version = S("");
    out->created_at = time_of(r, "firstcreated contentcreated date_published versioncreated");
    out->changed_at = time_of(r, "versioncreated date_modified updated firstcreated");
    if (str_int(said, &urgency) && urgency >= 1 && urgency <= 9)
        out->urgency = (int)urgency;
    out->address = url_web(r->a, ninjs_words(r->a, ninjs_get(r->of, "canonical url")));
    wire_add_link(r->a, out, field(r, "evolvedfrom"), S("evolvedFrom"));
    wire_add_link(r->a, out, field(r, "translatedfrom translated_from"), S("translatedFrom"));
}

enum markup_kind { NO_TEXT, PLAIN, NITF_TEXT, HTML_TEXT };

static enum markup_kind markup_of(str type, str value)
{
    if (value.n == 0)
        return NO_TEXT;
    if (str_find_nocase(type, S("nitf")) >= 0)
        return NITF_TEXT;
    if (str_find_nocase(type, S("html")) >= 0)
        return str_find_char(value, '<') >= 0 || str_find_char(value, '&') >= 0 ? HTML_TEXT : PLAIN;
    return str_starts(str_trim(value), S("<")) ? HTML_TEXT : PLAIN;
}

static void consider(enum markup_kind kind, str value, enum markup_kind *best, str *text)
{
    if (kind > *best) {
        *best = kind;
        *text = value;
    }
}

/* The body in the richest markup that is there. */
static enum markup_kind find_body(struct reading *r, str *text)
{
    static const char *const known[] = {"body_xhtml",   "body_html",    "body_html5",
                                        "article_html", "content_html", "body_richhtml"};
    enum markup_kind best = NO_TEXT;
    json_t *list = ninjs_get(r->of, "bodies"), *v;
    const char *key;
    size_t i;

    for (i = 0; i < LENGTH(known); i++) {
        str value = ninjs_words(r->a, ninjs_get(r->of, known[i]));
        consider(markup_of(S("html"), value), value, &best, text);
    }
    json_array_foreach(list, i, v)
    {
        str type = str_join(r->a, ninjs_words(r->a, ninjs_get(v, "contenttype")),
                            ninjs_words(r->a, ninjs_get(v, "role")));
        str value = ninjs_words(r->a, ninjs_get(v, "value"));
        consider(markup_of(type, value), value, &best, text);
    }
    json_object_foreach(
        r->of, key, v) if (json_is_string(v) &&
                           ((strncmp(key, "body_", 5) == 0 && strcmp(key, "body_footer") != 0) ||
                            ninjs_is(key, S("contenttext")) || ninjs_is(key, S("body"))))
        consider(markup_of(str_c(key), ninjs_words(r->a, v)), ninjs_words(r->a, v), &best, text);
    return best;
}

static err read_nitf(struct reading *r, str text, note *why)
{
    struct xml_tree tree = {0};

    if (xml_read(r->a, text, XML_LENIENT, &tree, why) != OK || tree.root == NULL ||
        !xml_is(tree.root, "nitf"))
        return wire_body_of_html(r->a, text, r->out, why);
    return wire_body_of_nitf(r->a, tree.root, r->out, why);
}

/* "LONDON (AP) — ..." at the head of the text. */
static void take_dateline(struct reading *r)
{
    struct block *first = r->out->body.count > 0 ? &r->out->body.blocks[0] : NULL;
    str place;

    if (first == NULL || first->kind != BLOCK_PARAGRAPH || first->span_count == 0 ||
        first->spans[0].marks != 0 || first->spans[0].link.n > 0)
        return;
    if (wire_take_dateline(r->a, &first->spans[0].text, &place) && r->out->dateline.n == 0)
        r->out->dateline = place;
}

static err read_body(struct reading *r, note *why)
{
    str text = S(""), box = ninjs_words(r->a, ninjs_get(r->of, "infobox_html"));
    struct wire_words known = {.dateline = field(r, "dateline"), .subtitle = field(r, "subhead")};

    switch (find_body(r, &text)) {
    case NO_TEXT:
        return OK;
    case PLAIN:
        TRY(wire_body_of_text(r->a, text, r->out, why));
        break;
    case NITF_TEXT:
        TRY(read_nitf(r, text, why));
        break;
    case HTML_TEXT:
        if (box.n > 0)
            text = str_fmt(r->a, "%.*s<aside>%.*s</aside>", STR(text), STR(box));
        TRY(wire_body_of_html(r->a, text, r->out, why));
        break;
    }
    wire_trim_body(r->a, r->out, known);
    take_dateline(r);
    return OK;
}

/* Nothing but an identity: fine where the standard says so, not where the rest is unknown. */
static err check_empty(struct reading *r, note *why)
{
    const char *key, *odd = NULL;
    json_t *v;
    size_t known = 0;

    if (!wire_is_empty(r->out))
        return OK;
    json_object_foreach(r->of, key, v)
    {
        bool knows = ninjs_knows(key);

        known += knows && !ninjs_is(key, S("uri"));
        odd = knows ? odd : key;
    }
    if (known == 0 && odd != NULL)
        return fail(why, E_INVALID,
                    "no headline, text or picture, and \"%.60s\" is no property of "
                    "ninjs",
                    odd);
    r->out->kind = WIRE_OTHER;
    return OK;
}

/* A story whose words are not sent along but lie somewhere else. */
static err check_text(struct reading *r, note *why)
{
    json_t *all = ninjs_get(r->of, "renditions"), *one;
    const char *key;

    if (r->out->kind != WIRE_STORY || r->out->body.count > 0 || r->out->status == WIRE_CANCELLED ||
        r->out->signal == WIRE_KILL)
        return OK;
    json_object_foreach(all, key, one)
    {
        str type = ninjs_words(r->a, ninjs_get(one, "mimetype contenttype"));

        if (str_starts(type, S("text/")) || str_find(type, S("xml")) >= 0)
            return fail(why, E_INVALID,
                        "the text is missing: it is not in the item but at renditions.%.60s; have "
                        "it sent inside (body_xhtml)",
                        key);
    }
    return OK;
}

static err read_item(struct reading *r, note *why)
{
    r->out->guid = ninjs_identity(r->a, r->of);
    if (r->out->guid.n == 0)
        return fail(why, E_INVALID, "uri is missing: an item must say which one it is");
    err odd = read_status(r, why);
    read_signals(r);
    if (!takes_down(r->out)) { /* a kill stands, however it is written */
        TRY(ninjs_check(r->a, r->of, why));
        TRY(odd);
        TRY(read_kind(r, why));
    }
    TRY(read_use(r, why));
    read_head(r);
    read_words(r);
    read_people(r);
    read_source(r);
    read_subjects(r);
    read_place(r);
    read_genre(r);
    read_digital_source(r);
    TRY(read_body(r, why));
    if (r->out->kind == WIRE_PACKAGE && r->out->body.count > 0)
        r->out->kind = WIRE_STORY;
    TRY(check_text(r, why));
    ninjs_read_media(r->a, r->of, r->out);
    return check_empty(r, why);
}

/* --- the items of a file ---------------------------------------------------------------------- */

struct search {
    arena *a;
    struct wire_batch *batch;
    struct ninjs_file file;
    size_t seen; /* objects before this one */
    bool full;
};

static int line_now(const struct search *s)
{
    return s->seen < s->file.objects ? s->file.lines[s->seen] : 0;
}

static bool is_schema(json_t *o)
{
    return json_object_get(o, "$schema") != NULL &&
           json_is_object(json_object_get(o, "properties"));
}

static bool is_item(json_t *o)
{
    if (json_object_get(o, "_id") != NULL && ninjs_get(o, "headline slugline name") != NULL)
        return true; /* as Superdesk keeps them */
    return ninjs_get(o,
                     "uri guid urn headline headlines bodies body_xhtml body_html body_text "
                     "versioncreated pubstatus content_html content_text date_published") != NULL &&
           !is_schema(o);
}

/* What lists and envelopes call what they hold. */
static bool is_envelope(const char *key)
{
    static const char *const names[] = {"data",     "items",   "item",    "newsitems", "newsitem",
                                        "articles", "entries", "results", "response",  "docs",
                                        "content",  "stories", "records", "payload",   "_items",
                                        "hits",     "_source"};

    for (size_t i = 0; i < LENGTH(names); i++)
        if (ninjs_is(key, str_c(names[i])))
            return true;
    return false;
}

static void take_item(struct search *s, json_t *o)
{
    struct wire_item item = {.dialect = WIRE_NINJS, .line = line_now(s)};
    struct reading r = {.a = s->a, .of = o, .out = &item};
    note why = {0};

    s->seen += ninjs_objects(o);
    if (read_item(&r, &why) != OK) {
        wire_add_trouble(s->a, s->batch, item.line, item.guid, "%s", why.text);
        return;
    }
    struct wire_item *kept = wire_add_item(s->a, s->batch);
    s->full = kept == NULL;
    if (kept == NULL)
        return;
    wire_finish(s->a, &item, S(""));
    *kept = item;
}

static void find_items(struct search *s, json_t *v, int depth)
{
    size_t before = s->batch->item_count + s->batch->trouble_count, i;
    int line = line_now(s);
    const char *key;
    json_t *one;

    if (json_is_object(v) && is_item(v)) {
        take_item(s, v);
        return;
    }
    s->seen += json_is_object(v);
    json_array_foreach(v, i, one) if (!s->full) find_items(s, one, depth + 1);
    json_object_foreach(v, key, one) if (depth < 6 && !s->full &&
                                         (json_is_object(one) || json_is_array(one)) &&
                                         is_envelope(key)) find_items(s, one, depth + 1);
    else s->seen += ninjs_objects(one);
    if (depth > 1 && json_is_object(v))
        return; /* part of an envelope: "meta" beside "item" */
    if (s->batch->item_count + s->batch->trouble_count == before)
        wire_add_trouble(s->a, s->batch, line > 0 ? line : 1, S(""),
                         is_schema(v)        ? "this is a JSON schema, which holds no news"
                         : json_is_object(v) ? "this JSON object is not ninjs: it has no uri, no "
                                               "headline and no text, nor items that have"
                         : json_is_array(v)  ? "there is no item of news in this JSON list"
                                             : "this JSON is not ninjs: an object was expected");
}

/* The number after "line " in a reason; 0 when it names none. */
static int line_said(const char *reason)
{
    const char *at = strstr(reason, "line ");
    int line = 0;

    for (at = at == NULL ? "" : at + 5; *at >= '0' && *at <= '9' && line < 100000000; at++)
        line = line * 10 + (*at - '0');
    return line;
}

err wire_parse_ninjs(arena *a, str bytes, struct wire_batch *out, note *why)
{
    struct search s = {.a = a, .batch = out};
    note reason = {0};
    err e = ninjs_load(a, bytes, &s.file, &reason);

    if (out->dialect == WIRE_UNKNOWN)
        out->dialect = WIRE_NINJS;
    if (e == E_LIMIT)
        return fail(why, e, "%s", reason.text);
    if (e != OK) {
        wire_add_trouble(a, out, line_said(reason.text), S(""), "%s", reason.text);
        return OK;
    }
    find_items(&s, s.file.root, 0);
    return OK;
}
