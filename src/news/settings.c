#include "news/settings.h"

#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "http/client.h"
#include "http/mail.h"
#include "media/catalogue.h"
#include "news/stage.h"
#include "store/event.h"
#include "store/sql.h"
#include "text/colour.h"
#include "text/url.h"
#include "text/zone.h"

/* The ground of the default theme, which an ink must be read on. */
static const struct colour paper_ground = {0xff, 0xfe, 0xfb};

#define LINE(name, kind, about) {#name, kind, about},
const struct setting paper_settings[] = {PAPER_SETTINGS(LINE)};
const size_t paper_setting_count = LENGTH(paper_settings);

const struct setting *setting_named(str name)
{
    for (size_t i = 0; i < paper_setting_count; i++)
        if (str_eq(str_c(paper_settings[i].name), name))
            return &paper_settings[i];
    return NULL;
}

bool setting_is_of_machine(const struct setting *s)
{
    return s->kind == SETTING_POST || s->kind == SETTING_LOGIN || s->kind == SETTING_FILE;
}

/* --- one check a kind: false when the value is not of it --- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Two or three letters, then parts of one to eight letters or digits. */
static bool is_language(str s)
{
    str rest = s, part;

    if (!str_cut(&rest, '-', &part))
        return false;
    for (bool first = true;; first = false) {
        if (part.n < (first ? 2u : 1u) || part.n > (first ? 3u : 8u))
            return false;
        for (size_t i = 0; i < part.n; i++)
            if (!is_letter(part.p[i]) && (first || !is_digit(part.p[i])))
                return false;
        if (!str_cut(&rest, '-', &part))
            return true;
    }
}

static bool is_phone(str s)
{
    size_t digits = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (is_digit(s.p[i]))
            digits++;
        else if (strchr(" ()-./", s.p[i]) == NULL && !(s.p[i] == '+' && i == 0))
            return false;
    }
    return digits >= 3 && digits <= 15;
}

static bool is_mail(arena *a, str s)
{
    ptrdiff_t at = str_find_char(s, '@');

    return at > 0 && str_find_char(str_from(s, (size_t)at + 1), '.') > 0 &&
           str_find_char(s, ' ') < 0 && url_link(a, str_join(a, S("mailto:"), s)).n > 0;
}

static bool is_type(str s)
{
    return str_eq(s, S("classic")) || str_eq(s, S("modern")) || str_eq(s, S("didone")) ||
           str_eq(s, S("sans"));
}

static err check_site(arena *a, str value, str *kept, note *why)
{
    struct url u;
    str whole = url_web(a, value);

    if (!url_split(whole, &u) || u.path.n > 1 || u.query.n > 0 || u.fragment.n > 0)
        return fail(why, E_INVALID, "\"%.*s\" is not like https://www.example.org, with no path",
                    STR(value));
    *kept = str_ends(whole, S("/")) ? str_to(whole, whole.n - 1) : whole;
    return OK;
}

static err check_colour(arena *a, str value, str *kept, note *why)
{
    struct colour c;

    if (!colour_read(value, &c))
        return fail(why, E_INVALID, "\"%.*s\" is not a colour like #8a1c1c", STR(value));
    *kept = colour_write(a, c);
    return OK;
}

static err check_ink(arena *a, str value, str *kept, note *why)
{
    struct colour c;
    str colour;

    TRY(check_colour(a, value, &colour, why));
    must(colour_read(colour, &c));

    double contrast = colour_contrast(c, paper_ground);

    if (contrast < 4.5)
        return fail(
            why, E_INVALID,
            "words in %.*s cannot be read on paper: the contrast is %.1f:1, it takes 4.5:1; "
            "choose a darker one",
            STR(value), contrast);
    *kept = colour;
    return OK;
}

static err check_picture(arena *a, store_conn *c, str value, str *kept, note *why)
{
    int64_t id;
    struct media m;
    err e;

    if (!str_int(value, &id) || id <= 0)
        return fail(why, E_INVALID, "\"%.*s\" is not the number of a picture", STR(value));
    e = media_shown(a, c, id, &m);
    if (e == E_MISSING)
        return fail(why, E_INVALID, "there is no picture %lld, or it was killed", (long long)id);
    if (e != OK)
        return fail(why, e, "could not look a picture up: %s", store_why(c));
    if (!str_starts(m.type, S("image/")))
        return fail(why, E_INVALID, "number %lld is a film or a sound, not a picture",
                    (long long)id);
    *kept = str_fmt(a, "%lld", (long long)id);
    return OK;
}

static err check_link(arena *a, str value, str *kept, note *why)
{
    str link = url_web(a, value);

    if (!str_starts(link, S("https://")))
        return fail(why, E_INVALID, "\"%.*s\" is not an address that begins with https://",
                    STR(value));
    *kept = link;
    return OK;
}

static err check_words(arena *a, str value, str *kept, note *why)
{
    if (!utf8_ok(value))
        return fail(why, E_INVALID, "that is not text in UTF-8");
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7f)
            return fail(why, E_INVALID, "one line of text, with no control characters");
    *kept = str_squeeze(a, value);
    return OK;
}

/* Line ends become '\n', one at the end; no white space before them, no empty lines around. */
static err check_text(arena *a, str value, str *kept, note *why)
{
    buf out = buf_new(a, SETTING_TEXT_MAX + 1);
    str line;

    if (!utf8_ok(value))
        return fail(why, E_INVALID, "that is not text in UTF-8");
    for (str rest = str_trim(value); str_cut(&rest, '\n', &line);) {
        while (line.n > 0 && (line.p[line.n - 1] == '\r' || line.p[line.n - 1] == ' '))
            line.n--;
        for (size_t i = 0; i < line.n; i++)
            if (((unsigned char)line.p[i] < ' ' && line.p[i] != '\t') || line.p[i] == 0x7f)
                return fail(why, E_INVALID, "lines of text, with no control characters");
        buf_add(&out, line);
        buf_char(&out, '\n');
    }
    *kept = buf_str(&out);
    return OK;
}

static err check_machine(arena *a, str value, str *kept, note *why)
{
    str link = url_web(a, value);

    if (!client_may_ask(link))
        return fail(why, E_INVALID,
                    "\"%.*s\" is not an address that begins with https://, or with http:// and "
                    "leads to this machine (127.0.0.1, [::1], localhost)",
                    STR(value));
    *kept = link;
    return OK;
}

static err check_machines(arena *a, str value, str *kept, note *why)
{
    buf all = buf_new(a, 4 * SETTING_MAX);
    str rest = value, one, link;

    while (str_cut(&rest, ' ', &one)) {
        TRY(check_machine(a, one, &link, why));
        if (all.n > 0)
            buf_char(&all, ' ');
        buf_add(&all, link);
    }
    *kept = buf_str(&all);
    return OK;
}

static bool is_number_to(str s, int64_t most)
{
    int64_t n;

    return str_int(s, &n) && n >= 0 && n <= most;
}

static err claim(bool holds, str value, const char *what, note *why)
{
    return holds ? OK : fail(why, E_INVALID, "\"%.*s\" is not %s", STR(value), what);
}

static err check_kind(arena *a, store_conn *c, enum setting_kind kind, str *value, note *why)
{
    struct zone *zone;

    switch (kind) {
    case SETTING_LANGUAGE:
        return claim(is_language(*value), *value, "a language tag like en-GB", why);
    case SETTING_ZONE:
        return claim(zone_load(a, *value, &zone, NULL) == OK, *value,
                     "a time zone that this machine knows, like Europe/London", why);
    case SETTING_SITE:
        return check_site(a, *value, value, why);
    case SETTING_INK:
        return check_ink(a, *value, value, why);
    case SETTING_COLOUR:
        return check_colour(a, *value, value, why);
    case SETTING_PICTURE:
        return check_picture(a, c, *value, value, why);
    case SETTING_TYPE:
        return claim(is_type(*value), *value, "one of classic, modern, didone, sans", why);
    case SETTING_SWITCH:
        return claim(str_eq(*value, S("on")) || str_eq(*value, S("off")), *value, "on or off", why);
    case SETTING_PHONE:
        return claim(is_phone(*value), *value, "a telephone number like +44 1632 960871", why);
    case SETTING_MAIL:
        return claim(is_mail(a, *value), *value, "an e-mail address", why);
    case SETTING_CONTACT:
        return is_phone(*value) || is_mail(a, *value) ? OK : check_link(a, *value, value, why);
    case SETTING_LINK:
        return check_link(a, *value, value, why);
    case SETTING_MACHINE:
        return check_machine(a, *value, value, why);
    case SETTING_MACHINES:
        return check_machines(a, *value, value, why);
    case SETTING_MEASURE:
        return claim(str_eq(*value, S("full")) || str_eq(*value, S("teaser")), *value,
                     "one of full, teaser", why);
    case SETTING_MINING:
        return claim(str_eq(*value, S("open")) || str_eq(*value, S("reserved")), *value,
                     "one of open, reserved", why);
    case SETTING_POST:
        return claim(mail_server_ok(*value), *value,
                     "a mail server like smtps://mail.example.org or smtp://127.0.0.1:25", why);
    case SETTING_FILE:
        return claim(str_starts(*value, S("/")), *value, "a path that begins with /", why);
    case SETTING_SECOND:
        return claim(str_eq(*value, S("as they like")) || str_eq(*value, S("everybody")), *value,
                     "one of \"as they like\", \"everybody\"", why);
    case SETTING_STAGES:
        return claim(stages_ok(*value), *value,
                     "two to eight stages like \"idea, draft, copy-edit, ready\"", why);
    case SETTING_SECONDS:
        return claim(is_number_to(*value, 3600), *value, "a number of seconds from 0 to 3600", why);
    case SETTING_UNITS:
        return claim(is_number_to(*value, 1000000), *value, "a number from 0 to 1000000", why);
    case SETTING_NAME:
    case SETTING_WORDS:
    case SETTING_LOGIN:
    case SETTING_TEXT:
    default:
        return OK;
    }
}

static bool may_be_empty(enum setting_kind kind)
{
    return kind != SETTING_NAME && kind != SETTING_LANGUAGE && kind != SETTING_ZONE &&
           kind != SETTING_SITE && kind != SETTING_INK && kind != SETTING_TYPE;
}

err setting_check(arena *a, store_conn *c, const struct setting *s, str value, str *kept, note *why)
{
    int most = s->kind == SETTING_TEXT ? SETTING_TEXT_MAX : SETTING_MAX;
    str words;

    if (value.n > (size_t)most)
        return fail(why, E_INVALID, "%s: more than %d bytes", s->name, most);
    if (s->kind == SETTING_TEXT)
        return check_text(a, value, kept, why);
    TRY(check_words(a, value, &words, why));
    if (words.n == 0 && !may_be_empty(s->kind))
        return fail(why, E_INVALID, "a paper cannot do without its %s", s->name);
    if (words.n > 0)
        TRY(check_kind(a, c, s->kind, &words, why));
    *kept = words;
    return OK;
}

err setting_change(arena *a, store_conn *w, str name, str value, note *why)
{
    const struct setting *s = setting_named(name);
    struct tag_set tags = tag_set_new(a);
    str kept;

    if (s == NULL)
        return fail(why, E_MISSING, "there is no setting \"%.*s\"", STR(name));
    TRY(setting_check(a, w, s, value, &kept, why));
    TRY(sql_setting_put(w, name, kept, NULL));
    tag_set_add(&tags, tag_of(TAG_site, 0));
    return event_add(w, EVENT_settings_changed, 0, &tags,
                     str_fmt(a, "{\"setting\":\"%s\"}", s->name), why);
}

str setting_contact_address(arena *a, str contact)
{
    if (contact.n == 0)
        return (str){0};
    if (!is_phone(contact))
        return str_starts(contact, S("https://")) ? contact : str_join(a, S("mailto:"), contact);

    buf out = buf_new(a, SETTING_MAX);

    buf_lit(&out, "tel:");
    for (size_t i = 0; i < contact.n; i++)
        if (is_digit(contact.p[i]) || contact.p[i] == '+')
            buf_char(&out, contact.p[i]);
    return buf_str(&out);
}
