#include "wire/text/text_notice.h"

#include "text/dates.h"
#include "text/markdown.h"
#include "wire/item/build.h"
#include "wire/text/text_copy.h"

enum { LABELS_MAX = 12 };

/* "Issued by: Port Senna Town Council" */
static bool cut_label(str line, str *label, str *value)
{
    ptrdiff_t colon = str_find_char(line, ':');

    if (colon <= 0 || colon > 24)
        return false;
    *label = str_trim(str_to(line, (size_t)colon));
    *value = str_trim(str_from(line, (size_t)colon + 1));
    return true;
}

bool text_is_notice(str text)
{
    str label, value, line, rest = str_trim(text);

    return str_cut(&rest, '\n', &line) && cut_label(line, &label, &value) &&
           str_eq_nocase(label, S("notice"));
}

/* A day alone means from its beginning, or until its end, on the paper's clock. */
static bool read_day(const struct wire_here *here, str said, bool end, int64_t *at)
{
    struct text_when when = {0};

    if (!text_when(said, here->now, &when))
        return false;
    if (!when.has_zone) {
        struct civil wall = civil_of(when.at, NULL);

        (void)civil_at(&wall, here->zone, &when.at);
    }
    *at = when.has_clock ? when.at : date_day_start(when.at, here->zone, end ? 1 : 0);
    return true;
}

/* False: a day that cannot be read. */
static bool take_label(arena *a, const struct wire_here *here, str label, str value,
                       struct wire_item *item)
{
    if (str_eq_nocase(label, S("notice")))
        item->genre = str_join(a, S("notice: "), wire_field(a, value));
    else if (str_eq_nocase(label, S("issued by")))
        item->issuer = wire_field(a, value);
    else if (str_eq_nocase(label, S("reference")))
        item->reference = wire_field(a, value);
    else if (str_eq_nocase(label, S("language")))
        item->language = wire_field(a, value);
    else if (str_eq_nocase(label, S("runs from")))
        return read_day(here, value, false, &item->embargo_at);
    else if (str_eq_nocase(label, S("runs until")))
        return read_day(here, value, true, &item->expiry_at);
    return true;
}

err text_notice(arena *a, str text, const struct wire_here *here, struct wire_item *item, note *why)
{
    str rest = str_trim(text), line = {0}, label, value;

    for (int i = 0; i < LABELS_MAX && str_cut(&rest, '\n', &line); i++) {
        line = str_trim(line);
        if (line.n == 0 || !cut_label(line, &label, &value))
            break;
        if (!take_label(a, here, label, value, item))
            return fail(why, E_INVALID, "\"%.*s\": no day can be read from this",
                        (int)(line.n < 120 ? line.n : 120), line.p);
    }
    while (str_trim(line).n == 0 && str_cut(&rest, '\n', &line))
        ;
    item->headline = wire_field(a, str_starts(line, S("# ")) ? str_from(line, 2) : line);
    if (item->issuer.n == 0)
        return fail(why, E_INVALID, "this notice does not say who gives it out (\"Issued by:\")");
    if (item->reference.n > 0)
        item->guid = str_fmt(a, "notice:%.*s:%.*s", STR(item->issuer), STR(item->reference));
    return body_from_markdown(a, rest, MARKDOWN_FULL, &item->body, why);
}
