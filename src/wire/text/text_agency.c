#include "wire/text/text_copy.h"

/* The control characters of transmission: where the head ends, the text starts and ends. */
enum { SOH = 1, STX = 2, ETX = 3, EOT = 4, SYN = 0x16 };

static str without_controls(arena *a, str line)
{
    buf out = buf_new(a, SIZE_MAX / 2);

    for (size_t i = 0; i < line.n; i++) {
        unsigned char c = (unsigned char)line.p[i];

        if (c == '\t' || (c < 0x20 && c != 0x08))
            buf_char(&out, ' ');
        else if (c >= 0x20 && c != 0x7F)
            buf_char(&out, (char)c);
    }
    return buf_str(&out);
}

/* ``said'' and spaced underscores stand for what six bits could not send. */
static str printed(arena *a, str s)
{
    s = str_replace(a, s, S("``"), S("“"));
    s = str_replace(a, s, S("''"), S("”"));
    return str_replace(a, s, S(" _ "), S(" — "));
}

static str without_end(str line)
{
    line = str_trim(line);
    while (line.n > 0 && strchr("<=+^", line.p[line.n - 1]) != NULL)
        line = str_trim(str_to(line, line.n - 1));
    return line;
}

/* A line of the head of ANPA copy: "^By CHARLES ODUM=". */
static void take_marked(arena *a, str line, struct text_copy *out)
{
    line = without_end(line);
    if (line.n == 0)
        return;
    if (str_starts_nocase(line, S("By ")) && out->byline.n == 0)
        out->byline = line;
    else if (str_starts(line, S("Eds:")) || str_starts(line, S("AP Photo")) ||
             str_starts_nocase(line, S("Editor")))
        out->note = out->note.n == 0 ? line : str_fmt(a, "%.*s\n%.*s", STR(out->note), STR(line));
    else if (out->byline.n > 0 && line.n < 60 && str_find_char(out->byline, ',') < 0)
        out->byline = str_fmt(a, "%.*s, %.*s", STR(out->byline), STR(line));
    else if (out->slug.n == 0)
        out->slug = line;
    else if (out->headline.n == 0)
        out->headline = line;
    else if (out->standfirst.n == 0 && line.n > 60)
        out->standfirst = line;
}

/* The lines before the one that ends with '=' or '+' are the headline. */
static void take_headline(arena *a, str *text, struct text_copy *out)
{
    str rest = *text, line, last = S("");

    for (int i = 0; i < 4 && str_cut(&rest, '\n', &line); i++) {
        str trimmed = str_trim(without_controls(a, line));

        if (str_ends(trimmed, S("=")) || str_ends(trimmed, S("+"))) {
            out->headline = without_end(trimmed);
            *text = rest;
            return;
        }
        if (trimmed.n == 0 && last.n > 0)
            break;
        last = trimmed.n > 0 ? trimmed : last;
    }
}

static void read_lines(arena *a, str text, struct text_copy *out)
{
    buf body = buf_new(a, SIZE_MAX / 2);
    str line;

    while (str_cut(&text, '\n', &line)) {
        bool marked = str_starts(line, S("^"));
        bool table = memchr(line.p, 0x1F, line.n) != NULL || memchr(line.p, 0x08, line.n) != NULL;
        str clean = printed(a, without_controls(a, line));

        if (marked && str_starts(str_from(str_trim(clean), 1), S("AP-")))
            continue;
        if (marked && !table) {
            take_marked(a, str_from(str_trim(clean), 1), out);
            continue;
        }
        if (table || str_starts(str_trim(clean), S("^AP-")) || str_eq(str_trim(clean), S("___")))
            continue;
        if (str_starts(str_trim(clean), S("#")))
            buf_add(&body, S("ENDS\n"));
        buf_add(&body, clean);
        buf_char(&body, '\n');
    }
    out->text = buf_str(&body);
}

/* IPTC 7901: "eca0124 3 i 93  dpa 1888": number, priority, category, words.  ANPA 1312: priority
 * and category are letters at the start of the second line: "r s". */
static void take_priority(arena *a, str line, struct text_copy *out)
{
    static const char letters[] = "fbuard"; /* flash, bulletin, urgent... */
    str rest = str_squeeze(a, without_controls(a, line)), first, second, third;

    if (!str_cut(&rest, ' ', &first) || !str_cut(&rest, ' ', &second))
        return;
    if (first.n > 1 && second.n == 1 && second.p[0] >= '1' && second.p[0] <= '9') {
        out->urgency = second.p[0] - '0';
        if (str_cut(&rest, ' ', &third) && third.n <= 3)
            out->category = third;
    } else if (first.n == 1 && second.n == 1 && strchr(letters, first.p[0]) != NULL) {
        out->urgency = (int)(strchr(letters, first.p[0]) - letters) + 1;
        out->category = second;
    }
}

static bool number_of(str s, size_t from, size_t n, int *out)
{
    int64_t value = 0;

    if (s.n < from + n || !str_int(str_to(str_from(s, from), n), &value))
        return false;
    *out = (int)value;
    return true;
}

/* "211405 GMT Nov 26": day, hour and minute before month and year; "AP-WF-11-13-13 1509GMT". */
static bool time_at_end(arena *a, str line, int64_t *at)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    str all = str_squeeze(a, without_controls(a, line)), rest = all, first, word;
    int day, hour, minute, month = 0, year = 0;

    if (str_starts(all, S("AP-")) && str_find_char(all, ' ') > 8) {
        size_t gap = (size_t)str_find_char(all, ' ');
        if (!number_of(all, gap - 8, 2, &month) || !number_of(all, gap - 5, 2, &day) ||
            !number_of(all, gap - 2, 2, &year) || !number_of(all, gap + 1, 2, &hour) ||
            !number_of(all, gap + 3, 2, &minute))
            return false;
        return wire_time(
            str_fmt(a, "20%02d-%02d-%02dT%02d:%02d:00Z", year, month, day, hour, minute), at, NULL);
    }
    if (!str_cut(&rest, ' ', &first) || first.n != 6 || !number_of(first, 0, 2, &day) ||
        !number_of(first, 2, 2, &hour) || !number_of(first, 4, 2, &minute))
        return false;
    while (str_cut(&rest, ' ', &word)) {
        for (int i = 0; i < 12 && month == 0; i++)
            if (str_starts_nocase(word, str_c(months[i])))
                month = i + 1;
        if (month > 0 && word.n == 2)
            number_of(word, 0, 2, &year);
    }
    return month > 0 && year > 0 &&
           wire_time(str_fmt(a, "20%02d-%02d-%02dT%02d:%02d:00Z", year, month, day, hour, minute),
                     at, NULL);
}

bool text_agency(arena *a, str bytes, struct text_copy *out)
{
    const char *soh = memchr(bytes.p, SOH, bytes.n), *stx = memchr(bytes.p, STX, bytes.n);

    if (stx == NULL || (soh == NULL && memchr(bytes.p, SYN, bytes.n) == NULL))
        return false;
    str head = soh != NULL && soh < stx ? str_of(soh, (size_t)(stx - soh)) : S("");
    str text = str_from(bytes, (size_t)(stx - bytes.p) + 1), line;
    const char *etx = memchr(text.p, ETX, text.n);
    struct text_when when;

    if (etx != NULL) {
        str tail = str_from(text, (size_t)(etx - text.p) + 1);
        str_cut(&tail, '\n', &line);
        if (!time_at_end(a, line, &out->at) && text_when(line, 0, &when))
            out->at = when.at;
        text = str_to(text, (size_t)(etx - text.p));
    }
    str_cut(&head, '\n', &line); /* numbers of the transmission */
    take_priority(a, line, out);
    while (str_cut(&head, '\n', &line)) {
        if (out->urgency == 0)
            take_priority(a, line, out);
        if (out->slug.n == 0 && memchr(line.p, 0x13, line.n) == NULL &&
            memchr(line.p, 0x14, line.n) == NULL)
            out->slug = str_trim(without_controls(a, line));
    }
    if (!str_starts(text, S("^")))
        take_headline(a, &text, out);
    else
        out->slug = S("");
    read_lines(a, text, out);
    return true;
}
