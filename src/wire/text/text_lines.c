#include "wire/text/text_copy.h"

#include "base/table.h"
#include "base/utf8.h"
#include "wire/page/furniture.h"

enum { LINES_MAX = 200000 };

static str without_decoration(str line)
{
    while (line.n > 0 && strchr("*-=_~# <>[]", line.p[0]) != NULL)
        line = str_from(line, 1);
    while (line.n > 0 && strchr("*-=_~# .:<>[]", line.p[line.n - 1]) != NULL)
        line = str_to(line, line.n - 1);
    return line;
}

static bool starts_with_one(str line, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        str word = str_c(words[i]);
        if (str_starts_nocase(line, word) &&
            (line.n == word.n || strchr(" :,.-(/;", line.p[word.n]) != NULL))
            return true;
    }
    return false;
}

static bool is_one(str line, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(line, str_c(words[i])))
            return true;
    return false;
}

/* "NEWS FROM THE HARBOUR - EMBARGO 0900 TUESDAY": in capitals, with a number or an "until". */
static bool shouts_embargo(str line)
{
    bool number = false;

    if (line.n > 200 || str_find(line, S("EMBARGO")) < 0)
        return false;
    for (size_t i = 0; i < line.n; i++)
        number |= line.p[i] >= '0' && line.p[i] <= '9';
    return number || str_find_nocase(line, S("until")) >= 0;
}

/* How lines begin, or what they are, in the languages of the agencies. */
static const char *const release[] = {"press release",        "media release",
                                      "news release",         "for immediate release",
                                      "for immediate use",    "for release",
                                      "for publication",      "press notice",
                                      "press statement",      "media statement",
                                      "pressemitteilung",     "presseinformation",
                                      "medienmitteilung",     "zur sofortigen veröffentlichung",
                                      "communiqué de presse", "pour diffusion immédiate",
                                      "pressmeddelande",      "pressemelding",
                                      "pressemeddelelse"};
static const char *const embargo[] = {"embargo",
                                      "embargoed",
                                      "strictly embargoed",
                                      "under embargo",
                                      "under strict embargo",
                                      "sperrfrist",
                                      "sous embargo",
                                      "not for publication before",
                                      "not for publication until",
                                      "not for release before",
                                      "not for release until",
                                      "hold for release until",
                                      "not to be published before",
                                      "not for use before",
                                      "strict embargo",
                                      "press embargo",
                                      "media embargo",
                                      "this release is embargoed",
                                      "this release is under embargo",
                                      "this press release is embargoed",
                                      "this press release is under embargo",
                                      "for release at",
                                      "for release on",
                                      "for release:",
                                      "for release after",
                                      "gesperrt bis"};
static const char *const end[] = {
    "ends",           "end",       "ende",         "fin",   "30",  "more ends",
    "end of release", "ends here", "release ends", "slutt", "slut"};
static const char *const notes[] = {"notes to editors",
                                    "note to editors",
                                    "notes to editor",
                                    "notes for editors",
                                    "note for editors",
                                    "editor's notes",
                                    "editors' notes",
                                    "editor’s notes",
                                    "editors’ notes",
                                    "editors notes",
                                    "notes to the editor",
                                    "hinweise für redaktionen",
                                    "hinweis für redaktionen",
                                    "hinweis an die redaktion",
                                    "anmerkung für die redaktion",
                                    "note aux rédactions",
                                    "notes aux rédacteurs",
                                    "background for editors",
                                    "boilerplate"};
static const char *const contact[] = {"contact",
                                      "contacts",
                                      "media contact",
                                      "media contacts",
                                      "press contact",
                                      "press contacts",
                                      "media enquiries",
                                      "press enquiries",
                                      "media inquiries",
                                      "for more information",
                                      "for further information",
                                      "for media enquiries",
                                      "for interviews",
                                      "for press enquiries",
                                      "kontakt",
                                      "pressekontakt",
                                      "ansprechpartner",
                                      "contact presse",
                                      "contacts presse",
                                      "telephone",
                                      "tel",
                                      "phone",
                                      "mobile",
                                      "email",
                                      "e-mail",
                                      "telefon",
                                      "téléphone",
                                      "fax"};
static const char *const start_of_end[] = {"-ends-", "- ends -",   "-end-", "###",
                                           "-30-",   "***ends***", "# # #"};

enum text_mark text_mark_of(str line)
{
    str bare;

    line = str_trim(line);
    if (line.n == 0 || line.n > 300)
        return MARK_NONE;
    if (is_one(line, start_of_end, LENGTH(start_of_end)))
        return MARK_END;
    bare = without_decoration(line);
    if (str_find_nocase(bare, S("embargo lifted")) >= 0 ||
        str_starts_nocase(bare, S("no embargo")) ||
        (bare.n < 120 && str_find_nocase(bare, S("for release")) >= 0 &&
         str_find_nocase(bare, S("immediate")) >= 0))
        return MARK_RELEASE;
    if (starts_with_one(bare, embargo, LENGTH(embargo)) || shouts_embargo(bare))
        return MARK_EMBARGO;
    if (is_one(bare, end, LENGTH(end)))
        return MARK_END;
    if (starts_with_one(bare, notes, LENGTH(notes)))
        return MARK_NOTES;
    if (bare.n < 120 && starts_with_one(bare, release, LENGTH(release)))
        return MARK_RELEASE;
    if (bare.n < 200 && starts_with_one(bare, contact, LENGTH(contact)) &&
        (str_find_char(bare, ':') > 0 || bare.n < 40 || str_find_char(bare, '@') > 0))
        return MARK_CONTACT;
    return MARK_NONE;
}

static bool cut_bullet(str *line)
{
    static const str marks[] = {S_INIT("- "), S_INIT("* "), S_INIT("• "), S_INIT("•\t"),
                                S_INIT("– "), S_INIT("· "), S_INIT("‣ "), S_INIT("◦ ")};

    for (size_t i = 0; i < LENGTH(marks); i++)
        if (str_starts(*line, marks[i])) {
            *line = str_trim(str_from(*line, marks[i].n));
            return line->n > 0;
        }
    return false;
}

static bool ends_sentence(str s)
{
    static const str ends[] = {S_INIT("."), S_INIT("!"), S_INIT("?"), S_INIT("\""),
                               S_INIT("”"), S_INIT(":"), S_INIT("»"), S_INIT("…")};

    for (size_t i = 0; i < LENGTH(ends); i++)
        if (str_ends(s, ends[i]))
            return true;
    return false;
}

/* Were the lines broken by a machine, at some 60 to 100 characters? */
static bool is_wrapped(str text)
{
    size_t lines = 0, longer = 0, broken = 0, blank = 0;
    str line;
    bool before = false;

    while (str_cut(&text, '\n', &line)) {
        line = str_trim(line);
        if (before && line.n > 0)
            broken++;
        lines += line.n > 0;
        blank += line.n == 0;
        longer += utf8_length(line) > 100;
        before = line.n >= 40 && !ends_sentence(line);
    }
    if (longer == 0 && broken > 0 && blank * 2 >= lines)
        return lines >= 3; /* short, with a blank line between any two paragraphs */
    return lines >= 3 && longer * 20 <= lines && broken * 5 >= lines;
}

static bool is_set_in(str line)
{
    return str_starts(line, S("\t")) || str_starts(line, S("  ")) || str_starts(line, S("\u3000"));
}

static void add_unit(arena *a, struct text_unit *units, size_t *n, str words, bool joins)
{
    if (joins) {
        units[*n - 1].words = str_fmt(a, "%.*s %.*s", STR(units[*n - 1].words), STR(words));
        return;
    }
    struct text_unit u = {.words = words};
    u.bullet = cut_bullet(&u.words);
    units[(*n)++] = u;
}

static bool names_comments(str line)
{
    static const char *const words[] = {
        "comments",    "comment",     "kommentare", "kommentar",       "commentaires",
        "commentaire", "kommentarer", "discussion", "reader comments", "leserkommentare"};
    str bare = str_trim(line);

    while (bare.n > 0 && strchr("0123456789():. ", bare.p[0]) != NULL)
        bare = str_from(bare, 1);
    while (bare.n > 0 && strchr("0123456789():. ", bare.p[bare.n - 1]) != NULL)
        bare = str_to(bare, bare.n - 1);
    for (size_t i = 0; i < LENGTH(words); i++)
        if (str_eq_nocase(bare, str_c(words[i])))
            return true;
    return false;
}

/* Readers talking: below such a heading, lines that belong to comments and to nothing else. */
static bool is_talk(const struct text_unit *units, size_t i, size_t count)
{
    static const char *const signs[] = {"reply",    "report", "antworten", "melden", "répondre",
                                        "signaler", "like",   "upvote",    "svar",   "flag"};
    static const char *const ages[] = {" ago", "vor ", "il y a ", " siden"};

    if (!names_comments(units[i].words))
        return false;
    for (size_t j = i + 1; j < count && j <= i + 8; j++) {
        str line = str_trim(units[j].words);

        for (size_t k = 0; k < LENGTH(signs); k++)
            if (str_eq_nocase(line, str_c(signs[k])))
                return true;
        for (size_t k = 0; k < LENGTH(ages) && line.n < 60; k++)
            if (str_find_nocase(line, str_c(ages[k])) >= 0)
                return true;
    }
    return false;
}

/* Menus, share bars and the like; and all but the first of what stands there again and again. */
static void sift(arena *a, struct text_unit *units, size_t *count)
{
    table seen = table_new(a);
    size_t kept = 0;

    for (size_t i = 0; i < *count; i++) {
        struct text_unit u = units[i], *first;

        u.words = str_squeeze(a, u.words);
        if (kept >= 3 && is_talk(units, i, *count))
            break;
        if (u.words.n == 0 || text_mark_of(u.words) != MARK_NONE) {
            if (u.words.n > 0)
                units[kept++] = u;
            continue;
        }
        if (furniture_line(u.words) || furniture_menu(u.words)) {
            if (kept > 0 && u.last_of_group)
                units[kept - 1].last_of_group = true;
            continue;
        }
        first = table_get(&seen, u.words);
        if (first != NULL) {
            first->repeated = true;
            if (u.last_of_group)
                first->last_of_group = true;
            continue;
        }
        units[kept] = u;
        table_put(&seen, u.words, &units[kept++]);
    }
    *count = kept;
}

struct text_unit *text_units(arena *a, str text, size_t *count)
{
    bool wrapped = is_wrapped(text), open = false;
    size_t lines = 1;
    str line;

    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    struct text_unit *units = arena_many(a, struct text_unit, lines);

    *count = 0;
    while (str_cut(&text, '\n', &line) && *count < LINES_MAX) {
        str words = str_trim(line);
        bool first = *count == 0, bullet = words.n > 2 && cut_bullet(&(str){words.p, words.n});

        if (words.n == 0) {
            if (!first)
                units[*count - 1].last_of_group = true;
            open = false;
            continue;
        }
        words = furniture_without_icons(a, words);
        if (str_trim(words).n == 0)
            continue;
        bool alone = text_mark_of(words) != MARK_NONE || wire_is_byline(words);
        bool joins = wrapped && open && !alone && !bullet &&
                     (!is_set_in(line) || units[*count - 1].bullet) &&
                     units[*count - 1].words.n < (1 << 20);
        add_unit(a, units, count, words, joins);
        open = !alone || text_mark_of(words) == MARK_EMBARGO;
    }
    sift(a, units, count);
    return units;
}
