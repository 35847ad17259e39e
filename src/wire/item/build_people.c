#include "base/utf8.h"
#include "wire/item/build.h"

/* "By" as agencies write it. */
static const str by_words[] = {
    S_INIT("by"),       S_INIT("von"),      S_INIT("par"),          S_INIT("por"),
    S_INIT("door"),     S_INIT("av"),       S_INIT("af"),           S_INIT("di"),
    S_INIT("da"),       S_INIT("przez"),    S_INIT("text"),         S_INIT("tekst"),
    S_INIT("words by"), S_INIT("story by"), S_INIT("written by"),   S_INIT("photo by"),
    S_INIT("words:"),   S_INIT("report:"),  S_INIT("author:"),      S_INIT("autor:"),
    S_INIT("autorin:"), S_INIT("auteur :"), S_INIT("reporting by"),
};

static const str and_words[] = {S_INIT(" and "),  S_INIT(" und "), S_INIT(" et "), S_INIT(" y "),
                                S_INIT(" och "),  S_INIT(" og "),  S_INIT(" & "),  S_INIT(" en "),
                                S_INIT(" with "), S_INIT(" i "),   S_INIT(" ja "), S_INIT("; ")};

static const char *const office_words[] = {
    "correspondent", "reporter",    "editor",       "writer",     "writers",   "staff",
    "press",         "association", "news",         "reuters",    "ap",        "afp",
    "aap",           "dpa",         "university",   "agency",     "chief",     "bureau",
    "analyst",       "columnist",   "photographer", "desk",       "special",   "political",
    "associated",    "redaktion",   "journalist",   "producer",   "reporters", "correspondents",
    "editors",       "canadian",    "business",     "sports",     "the",       "times",
    "post",          "professor",   "institute",    "researcher", "lecturer",  "director",
    "telegraph",     "guardian",    "bbc",          "pa",         "ntb",       "contributor",
    "contributors",
};

static bool is_office(str piece)
{
    str word;

    while (str_cut(&piece, ' ', &word))
        for (size_t i = 0; i < LENGTH(office_words); i++)
            if (str_eq_nocase(word, str_c(office_words[i])))
                return true;
    return false;
}

static str without_by(str s)
{
    for (size_t i = LENGTH(by_words); i-- > 0;) {
        str rest = str_from(s, by_words[i].n);

        if (!str_starts_nocase(s, by_words[i]) || rest.n == 0)
            continue;
        if (rest.p[0] == ':' || rest.p[0] == ' ')
            return str_trim(str_from(rest, 1));
    }
    return s;
}

/* The names in one piece between commas ("Ann Lee and Bo Ek"). */
static void add_names(arena *a, struct wire_item *item, str piece)
{
    for (;;) {
        ptrdiff_t first = -1;
        size_t skip = 0;

        for (size_t i = 0; i < LENGTH(and_words); i++) {
            ptrdiff_t at = str_find_nocase(piece, and_words[i]);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
                skip = and_words[i].n;
            }
        }
        if (first < 0)
            break;
        wire_add_person(a, item, str_to(piece, (size_t)first), S(""));
        piece = str_from(piece, (size_t)first + skip);
    }
    if (str_starts_nocase(piece, S("and ")))
        piece = str_from(piece, 4);
    wire_add_person(a, item, piece, S(""));
}

void wire_add_byline(arena *a, struct wire_item *item, str byline)
{
    str rest = without_by(str_squeeze(a, byline)), piece;
    size_t before = item->person_count;

    while (str_cut(&rest, ',', &piece)) {
        piece = str_trim(piece);
        if (item->person_count > before && is_office(piece)) {
            for (size_t i = before; i < item->person_count; i++)
                if (item->people[i].role.n == 0)
                    item->people[i].role = str_dup(a, piece);
        } else {
            add_names(a, item, piece);
        }
    }
}

static bool starts_upper(str word)
{
    uint32_t c = utf8_next(&word);

    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE) || (c >= 0x391 && c <= 0x42F);
}

bool wire_is_byline(str line)
{
    str names = without_by(str_trim(line)), word;
    size_t words = 0, upper = 0;
    char last = line.n == 0 ? 0 : str_trim(line).p[str_trim(line).n - 1];

    if (names.n == str_trim(line).n || names.n > 120 || last == '.' || last == ':')
        return false;
    while (str_cut(&names, ' ', &word))
        if (word.n > 0) {
            words++;
            upper += starts_upper(word);
        }
    return words >= 2 && words <= 14 && upper >= 2 && upper + 3 >= words;
}

static bool is_month(str word)
{
    static const char *const months[] = {
        "jan",   "feb",  "mar",  "apr",    "may",       "jun",     "jul",      "aug",
        "sept",  "sep",  "oct",  "nov",    "dec",       "january", "february", "march",
        "april", "june", "july", "august", "september", "october", "november", "december"};

    if (str_ends(word, S(".")))
        word = str_to(word, word.n - 1);
    for (size_t i = 0; i < LENGTH(months); i++)
        if (str_eq_nocase(word, str_c(months[i])))
            return true;
    return false;
}

str wire_dateline(arena *a, str s)
{
    str all = wire_field(a, s), rest = all, word;
    size_t keep = 0;

    if (all.n == 0 || all.n > 200 || (all.p[0] >= '0' && all.p[0] <= '9'))
        return S("");
    while (str_cut(&rest, ' ', &word)) {
        bool ends = str_starts(word, S("(")) || str_eq(word, S("-")) || str_eq(word, S("–")) ||
                    str_eq(word, S("—")) || str_eq(word, S("--")) || is_month(word) ||
                    (word.n > 0 && word.p[0] >= '0' && word.p[0] <= '9');
        if (ends)
            break;
        keep = (size_t)(word.p + word.n - all.p);
    }
    all = str_to(all, keep);
    while (all.n > 0 && strchr(",:-/ ", all.p[all.n - 1]) != NULL)
        all = str_to(all, all.n - 1);
    return all;
}
