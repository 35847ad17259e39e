#include "text/dates.h"
#include "wire/wire.h"

#include "base/utf8.h"
#include "text/from_html.h"
#include "wire/item/byline.h"
#include "wire/item/markup.h"
#include "wire/item/wire_body.h"
#include "wire/page/furniture.h"
#include "wire/text/text_copy.h"
#include "wire/text/text_notice.h"

enum { TEXT_BYTES_MAX = 8 << 20, HEADLINE_MAX = 250, HEAD_UNITS = 40 };

struct reading {
    arena *a;
    const struct wire_here *here;
    struct wire_item *item;
    struct text_copy *copy;
    struct text_unit *units;
    size_t count;
    buf notes; /* for editors */
    struct markup *out;
    size_t sentences;
    bool in_list;
};

static size_t words_in(str s)
{
    size_t n = 0;
    str word;

    while (str_cut(&s, ' ', &word))
        n += word.n > 0;
    return n;
}

static bool ends_sentence(str s)
{
    static const str ends[] = {S_INIT("."),  S_INIT("!"), S_INIT("?"), S_INIT(".\""), S_INIT("”"),
                               S_INIT("\""), S_INIT("»"), S_INIT("…"), S_INIT("“"),   S_INIT("。")};

    for (size_t i = 0; i < LENGTH(ends); i++)
        if (str_ends(s, ends[i]))
            return true;
    return false;
}

static size_t sentences_in(str s)
{
    size_t n = 0;

    for (size_t i = 0; i + 1 < s.n; i++)
        n += strchr(".!?", s.p[i]) != NULL && s.p[i + 1] == ' ';
    return n + (ends_sentence(s) && words_in(s) >= 3);
}

/* Running text, by its length and its end. */
static bool is_paragraph(str s)
{
    return (ends_sentence(s) && words_in(s) >= 8) || sentences_in(s) >= 2 || s.n > HEADLINE_MAX;
}

static void add_note(struct reading *r, str line)
{
    if (r->notes.n > 0)
        buf_char(&r->notes, '\n');
    buf_add(&r->notes, line);
}

static void drop_unit(struct reading *r, size_t i)
{
    memmove(r->units + i, r->units + i + 1, (r->count - i - 1) * sizeof *r->units);
    r->count--;
}

static str without_mark(str s)
{
    static const char *const marks[] = {
        "press release", "news release", "media release",   "re", "fwd", "fw",
        "embargoed",     "release",      "pressemitteilung"};

    for (size_t i = 0; i < LENGTH(marks); i++) {
        str mark = str_c(marks[i]), rest = str_from(s, mark.n);
        if (str_starts_nocase(s, mark) && rest.n > 1 &&
            (rest.p[0] == ':' || str_starts(rest, S(" - "))))
            return without_mark(str_trim(str_from(rest, rest.p[0] == ':' ? 1 : 3)));
    }
    return s;
}

/* Now as the clock on the paper's wall shows it: what "today" means. */
static int64_t wall_now(const struct reading *r)
{
    return r->here->now + zone_offset(r->here->zone, r->here->now) * SECOND_US;
}

/* What was read as UTC because no zone stood there, as the paper's own clock means it. */
static int64_t in_our_zone(int64_t at, const struct zone *zone)
{
    struct civil wall = civil_of(at, NULL);

    (void)civil_at(&wall, zone, &at);
    return at;
}

/* What must not be used before its time, and says so in words. */
static err read_embargo(struct reading *r, note *why)
{
    for (size_t i = 0; i < r->count;) {
        struct text_when when = {0};
        str said = r->units[i].words;

        if (i >= HEAD_UNITS || text_mark_of(said) != MARK_EMBARGO || r->units[i].words.n > 300) {
            i++;
            continue;
        }
        if (words_in(said) <= 2 && i + 1 < r->count) { /* the time stands on the next line */
            drop_unit(r, i);
            said = str_fmt(r->a, "%.*s %.*s", STR(said), STR(r->units[i].words));
        }
        if (!text_when(said, wall_now(r), &when))
            return fail(why, E_INVALID,
                        "\"%.*s\": no date can be read from this embargo; it is not "
                        "taken in",
                        (int)utf8_to(said, 120).n, said.p);
        if (when.wrong_day)
            return fail(why, E_INVALID,
                        "\"%.*s\": day and date of this embargo do not agree; it is not taken in",
                        (int)utf8_to(said, 120).n, said.p);
        if (!when.has_clock)
            return fail(why, E_INVALID,
                        "\"%.*s\": this embargo has no time of day; it is not taken in",
                        (int)utf8_to(said, 120).n, said.p);
        if (!when.has_zone)
            when.at = in_our_zone(when.at, r->here->zone);
        if (when.at > r->item->embargo_at)
            r->item->embargo_at = when.at;
        add_note(r, said);
        drop_unit(r, i);
    }
    return OK;
}

/* From the end mark or the notes on, nothing is for readers. */
static void cut_tail(struct reading *r)
{
    size_t paragraphs = 0;

    for (size_t i = 0; i < r->count; i++) {
        enum text_mark mark = text_mark_of(r->units[i].words);
        bool tail =
            mark == MARK_END || mark == MARK_NOTES || (mark == MARK_CONTACT && paragraphs >= 2);

        paragraphs += is_paragraph(r->units[i].words);
        if (!tail || i == 0)
            continue;
        for (size_t j = i; j < r->count; j++)
            if (text_mark_of(r->units[j].words) != MARK_END)
                add_note(r, r->units[j].words);
        r->count = i;
    }
    for (size_t i = 0; i < r->count;)
        if (text_mark_of(r->units[i].words) == MARK_CONTACT) {
            add_note(r, r->units[i].words);
            drop_unit(r, i);
        } else {
            i++;
        }
}

/* "PRESS RELEASE" and the like; what stands above it is who sent it. */
static void cut_release_marks(struct reading *r)
{
    for (size_t i = 0; i < r->count && i < HEAD_UNITS;) {
        struct text_when when;

        if (text_mark_of(r->units[i].words) != MARK_RELEASE) {
            i++;
            continue;
        }
        r->item->genre = S("press release");
        if (text_when(r->units[i].words, r->here->now, &when) && r->item->created_at == 0)
            r->item->created_at = when.at;
        for (; i > 0 && i <= 2 && words_in(r->units[0].words) <= 8; i--) {
            if (r->item->source.n == 0)
                r->item->source = wire_field(r->a, r->units[0].words);
            drop_unit(r, 0);
        }
        drop_unit(r, i);
    }
}

/* "Published 21 November 2026, 10:02", "date 2026-11-21": a line that is a date. */
static void take_dates(struct reading *r)
{
    for (size_t i = 0; i < r->count && i < HEAD_UNITS;) {
        struct text_unit *u = &r->units[i];
        struct text_when when;

        bool alone = u->words.n == 0 ||
                     (words_in(u->words) <= 9 && u->words.n < 80 && text_when(u->words, 0, &when) &&
                      ((u->words.p[0] >= '0' && u->words.p[0] <= '9') ||
                       str_starts_nocase(u->words, S("published")) ||
                       str_starts_nocase(u->words, S("updated")) ||
                       str_starts_nocase(u->words, S("last updated")) ||
                       str_starts_nocase(u->words, S("posted")) ||
                       str_starts_nocase(u->words, S("veröffentlicht")) ||
                       str_starts_nocase(u->words, S("stand")) ||
                       str_starts_nocase(u->words, S("publié")) || words_in(u->words) <= 4));
        if (!alone) {
            i++;
            continue;
        }
        if (u->words.n > 0 && r->item->created_at == 0)
            r->item->created_at = when.at;
        drop_unit(r, i);
    }
}

static bool is_strong_credit(str credit)
{
    static const char *const names[] = {
        "PA",       "AP",       "AFP",     "Getty",        "Reuters",   "EPA",
        "dpa",      "Alamy",    "PA Wire", "Getty Images", "PA Images", "Press Association",
        "AP Photo", "Keystone", "Imago",   "Handout",      "Supplied"};

    if (str_find_char(credit, '/') > 0)
        return true;
    for (size_t i = 0; i < LENGTH(names); i++)
        if (str_eq_nocase(credit, str_c(names[i])))
            return true;
    return false;
}

/* A caption is no paragraph: the picture it belongs to is not here, but its words are kept. */
static void take_captions(struct reading *r)
{
    for (size_t i = 0; i < r->count;) {
        str caption = r->units[i].words, credit = S(""), all = caption;

        bool announced = wire_take_credit(&caption, &credit) && str_find(all, credit) >= 0 &&
                         !str_ends(all, S(")")) && all.n < 300;
        bool is = credit.n > 0 && all.n < 600 &&
                  (is_strong_credit(credit) ? str_ends(str_trim(all), S(")")) || announced
                                            : announced && words_in(credit) <= 5 && all.n < 240);
        if (!is) {
            i++;
            continue;
        }
        struct wire_media *m = caption.n > 0 ? wire_add_media(r->a, r->item, WIRE_PHOTO) : NULL;
        if (m != NULL) {
            m->caption = wire_field(r->a, caption);
            m->credit = wire_field(r->a, credit);
        }
        drop_unit(r, i);
    }
}

/* A sentence between headline and byline is the standfirst. */
static bool is_above_byline(const struct reading *r, size_t i)
{
    for (size_t j = i + 1; i > 0 && j < r->count && j <= i + 2; j++)
        if (wire_is_byline(r->units[j].words))
            return sentences_in(r->units[i].words) <= 2;
    return false;
}

static size_t first_paragraph(const struct reading *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (is_paragraph(r->units[i].words) && !r->units[i].bullet && !is_above_byline(r, i))
            return i;
    return r->count;
}

static bool may_be_headline(const struct text_unit *u)
{
    return !u->bullet && u->words.n >= 12 && u->words.n <= HEADLINE_MAX &&
           words_in(u->words) >= 3 && !wire_is_byline(u->words) && sentences_in(u->words) < 2;
}

/* Before the first paragraph: the headline is what is said twice there, or stands right above the
 * byline's group, or comes first. */
static size_t choose_headline(const struct reading *r, size_t head)
{
    size_t by = head;

    for (size_t i = 0; i < head; i++)
        if (r->units[i].repeated && may_be_headline(&r->units[i]) &&
            words_in(r->units[i].words) >= 4)
            return i;
    for (size_t i = head; i-- > 0;)
        if (wire_is_byline(r->units[i].words))
            by = i;
    for (size_t i = 0; i < by; i++)
        if (may_be_headline(&r->units[i]) && (words_in(r->units[i].words) >= 5 || head < 6))
            return i;
    for (size_t i = 0; i < head; i++)
        if (may_be_headline(&r->units[i]))
            return i;
    return head > 0 && !wire_is_byline(r->units[0].words) ? 0 : r->count;
}

/* "Ferry sails | The Quay" gives way to "Ferry sails" beside it. */
static size_t without_site(const struct reading *r, size_t head, size_t at)
{
    for (size_t i = 0; i < head && at < head; i++)
        if (i != at && may_be_headline(&r->units[i]) &&
            r->units[i].words.n < r->units[at].words.n &&
            str_starts(r->units[at].words, r->units[i].words))
            return i;
    return at;
}

/* "Ferry sails. It was late." without a headline of its own. */
static str headline_from(struct reading *r)
{
    str first = r->count > 0 ? r->units[0].words : S("");

    for (size_t i = 0; i + 1 < first.n && i < 140; i++)
        if (strchr(".!?", first.p[i]) != NULL && first.p[i + 1] == ' ' && i > 20)
            return str_to(first, i);
    if (first.n <= 140)
        return first;
    first = utf8_to(first, 120);
    ptrdiff_t space = str_find_last(first, ' ');
    return str_fmt(r->a, "%.*s…", (int)(space > 0 ? (size_t)space : first.n), first.p);
}

/* What stands between the headline and the text: who wrote it, and what it is about. */
static bool take_head_unit(struct reading *r, const struct text_unit *u, bool above)
{
    struct wire_item *item = r->item;

    if (wire_is_byline(u->words)) {
        if (item->person_count == 0)
            wire_add_byline(r->a, item, u->words);
        return true;
    }
    if (!above && item->headline.n > 0 && str_starts(u->words, item->headline))
        return true;
    if (!above && !u->bullet && words_in(u->words) >= 6 && item->standfirst.n == 0 &&
        !str_eq(u->words, item->headline)) {
        item->standfirst = wire_field(r->a, u->words);
        return true;
    }
    return above || !u->bullet;
}

static void read_head(struct reading *r)
{
    size_t head = first_paragraph(r), kept = 0, at = r->count;
    str subject = without_mark(r->copy->headline);
    bool by_mail = r->copy->from.n > 0;

    if (subject.n == 0 || by_mail)
        at = without_site(r, head, choose_headline(r, head));
    if (at < head && (subject.n == 0 || may_be_headline(&r->units[at])))
        r->item->headline = wire_field(r->a, r->units[at].words);
    else
        at = r->count;
    if (at == r->count)
        r->item->headline = wire_field(r->a, subject.n > 0 ? subject : headline_from(r));
    for (size_t i = 0; i < r->count; i++)
        if (i >= head || !take_head_unit(r, &r->units[i], at < r->count && i <= at))
            r->units[kept++] = r->units[i];
    r->count = kept;
}

static bool is_label(const struct text_unit *u)
{
    return !u->bullet && u->words.n <= 90 && !ends_sentence(u->words) && words_in(u->words) <= 14;
}

/* Rows of labels are menus and lists of other stories; so is what follows the last paragraph. */
static void drop_labels(struct reading *r)
{
    size_t kept = 0;

    while (r->count > 0 && is_label(&r->units[r->count - 1]))
        r->count--;
    for (size_t i = 0; i < r->count;) {
        size_t run = 0;

        while (i + run < r->count && is_label(&r->units[i + run]))
            run++;
        if (run >= 3)
            i += run;
        for (size_t j = 0; j < (run >= 3 ? 0 : run == 0 ? 1 : run); j++)
            r->units[kept++] = r->units[i++];
    }
    r->count = kept;
}

static void write_unit(struct reading *r, const struct text_unit *u)
{
    const char *tag = u->bullet ? "li" : is_label(u) ? "h2" : "p";

    if (u->bullet != r->in_list) {
        if (r->in_list)
            markup_close(r->out, "ul");
        else
            markup_open(r->out, "ul", NULL);
        r->in_list = u->bullet;
    }
    r->sentences += sentences_in(u->words);
    markup_open(r->out, tag, NULL);
    markup_words(r->out, u->words);
    markup_close(r->out, tag);
}

static err write_body(struct reading *r, note *why)
{
    r->out = markup_new(r->a, S(""));
    if (r->count > 0 && !r->units[0].bullet) {
        str place;
        if (wire_take_dateline(r->a, &r->units[0].words, &place))
            r->item->dateline = place;
    }
    for (size_t i = 0; i < r->count; i++)
        write_unit(r, &r->units[i]);
    if (r->in_list)
        markup_close(r->out, "ul");
    TRY(markup_done(r->out, &r->item->body, why));
    if (r->sentences < 2)
        return fail(why, E_INVALID,
                    "this text has fewer than two sentences of running text; nothing "
                    "to print was found in it");
    return OK;
}

/* A capture may say first when it was made: "date 2026-11-21". */
static void take_capture_date(struct text_copy *copy)
{
    str text = str_trim(copy->text);
    struct text_when when;

    if (!str_starts_nocase(text, S("date ")) || !text_when(str_to(text, 15), 0, &when))
        return;
    copy->at = copy->at == 0 ? when.at : copy->at;
    copy->text = str_from(text, 15);
}

static err read_copy(struct reading *r, note *why)
{
    struct wire_item *item = r->item;
    struct text_copy *copy = r->copy;

    take_capture_date(copy);
    item->guid = copy->guid;
    item->slugline = wire_field(r->a, copy->slug);
    item->created_at = copy->at;
    item->urgency = copy->urgency;
    if (copy->category.n > 0)
        wire_add_subject(r->a, item, S("category"), str_lower(r->a, copy->category), S(""));
    item->source = copy->from;
    item->standfirst = wire_field(r->a, copy->standfirst);
    if (copy->byline.n > 0)
        wire_add_byline(r->a, item, copy->byline);
    r->notes = buf_new(r->a, WIRE_FIELD_MAX);
    add_note(r, copy->note);
    r->notes.n = copy->note.n;
    r->units = text_units(r->a, copy->text, &r->count);
    TRY(read_embargo(r, why));
    cut_release_marks(r);
    cut_tail(r);
    take_dates(r);
    take_captions(r);
    read_head(r);
    drop_labels(r);
    TRY(write_body(r, why));
    item->editor_note = wire_note(r->a, buf_str(&r->notes));
    if (text_mark_of(copy->headline) == MARK_EMBARGO && item->embargo_at == 0)
        return fail(why, E_INVALID,
                    "the subject speaks of an embargo whose time cannot be read; it is "
                    "not taken in");
    item->changed_at = item->created_at;
    return OK;
}

/* HTML in mail: its words, one line a paragraph. */
static str lines_of_html(arena *a, str html)
{
    struct html_options how = {.no_pictures = true};
    buf lines = buf_new(a, SIZE_MAX / 2);
    struct body body = {0};

    if (body_from_html(a, html, &how, &body, NULL) != OK)
        return S("");
    for (size_t i = 0; i < body.count; i++) {
        const struct block *b = &body.blocks[i];
        for (size_t j = 0; j < b->span_count; j++)
            buf_add(&lines, b->spans[j].marks & MARK_BREAK ? S("\n") : b->spans[j].text);
        for (size_t k = 0; k < b->child_count; k++) {
            buf_add(&lines, b->kind == BLOCK_LIST ? S("\n- ") : S("\n"));
            for (size_t j = 0; j < b->children[k].span_count; j++)
                buf_add(&lines, b->children[k].spans[j].text);
        }
        buf_add(&lines, S("\n\n"));
    }
    return buf_str(&lines);
}

static void take_text(arena *a, struct text_copy *copy, const struct wire_here *here, str bytes,
                      struct wire_batch *out)
{
    struct wire_item item = {.dialect = WIRE_TEXT, .kind = WIRE_STORY, .line = 1};
    struct reading r = {.a = a, .here = here, .item = &item, .copy = copy};
    note why = {0};

    if (copy->text.n == 0 && copy->html.n > 0)
        copy->text = lines_of_html(a, copy->html);
    copy->text = str_replace(a, copy->text, S("\r\n"), S("\n"));
    copy->text = str_replace(a, copy->text, S("\r"), S("\n"));
    copy->text = utf8_clean(a, copy->text);
    if (read_copy(&r, &why) != OK) {
        wire_add_trouble(a, out, 0, copy->guid, "%s", why.text);
        return;
    }
    struct wire_item *kept = wire_add_item(a, out);
    if (kept == NULL)
        return;
    wire_finish(a, &item, bytes);
    *kept = item;
}

/* "---", "title: ..." and so on above the text, as the writers of sites keep it. */
static void cut_front_matter(arena *a, struct text_copy *copy)
{
    str rest = copy->text, line;

    if (!str_starts(rest, S("---\n")) && !str_starts(rest, S("---\r\n")))
        return;
    str_cut(&rest, '\n', &line);
    while (str_cut(&rest, '\n', &line)) {
        line = str_trim(line);
        ptrdiff_t colon = str_find_char(line, ':');
        str value = colon < 0 ? S("") : str_trim(str_from(line, (size_t)colon + 1));

        if (str_eq(line, S("---"))) {
            copy->text = rest;
            return;
        }
        if (value.n >= 2 && (value.p[0] == '"' || value.p[0] == '\'') &&
            value.p[value.n - 1] == value.p[0])
            value = str_to(str_from(value, 1), value.n - 2);
        if (str_starts(line, S("title:")))
            copy->headline = wire_words_of_html(a, value);
        else if (str_starts(line, S("summary:")) || str_starts(line, S("deck:")))
            copy->standfirst = wire_words_of_html(a, value);
        else if (str_starts(line, S("date:")))
            wire_time(value, &copy->at, NULL);
        else if (str_starts(line, S("author:")))
            copy->byline = value;
    }
}

/* Text has no NUL, and controls only where an agency puts them. */
static bool is_binary(str s)
{
    size_t controls = 0;

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c == 0)
            return true;
        controls += c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    }
    return controls * 10 > s.n;
}

static str as_utf8(arena *a, str bytes)
{
    str text;

    if (str_starts(bytes, S("\xFE\xFF")) || str_starts(bytes, S("\xFF\xFE")))
        return xml_utf8(a, bytes, &text, NULL) == OK ? text : S("");
    if (str_starts(bytes, S("\xEF\xBB\xBF")))
        bytes = str_from(bytes, 3);
    return utf8_ok(bytes) ? bytes : utf8_from_latin1(a, bytes);
}

static void take_notice(arena *a, str text, const struct wire_here *here, str bytes,
                        struct wire_batch *out)
{
    struct wire_item item = {.dialect = WIRE_TEXT, .kind = WIRE_STORY, .line = 1}, *kept;
    note why = {0};

    text = str_replace(a, text, S("\r\n"), S("\n"));
    if (text_notice(a, utf8_clean(a, text), here, &item, &why) != OK) {
        wire_add_trouble(a, out, 0, S(""), "%s", why.text);
        return;
    }
    kept = wire_add_item(a, out);
    if (kept == NULL)
        return;
    wire_finish(a, &item, bytes);
    *kept = item;
}

/* A file of a wire may hold one item after the other, each ended by EOT. */
static bool take_agency(arena *a, str bytes, const struct wire_here *here, struct wire_batch *out)
{
    str rest = bytes, one;
    bool any = false;

    while (str_cut(&rest, '\x04', &one)) {
        struct text_copy copy = {0};

        if (!text_agency(a, one, &copy))
            continue;
        any = true;
        take_text(a, &copy, here, one, out);
    }
    return any;
}

err wire_parse_text(arena *a, str bytes, const struct wire_here *here, struct wire_batch *out,
                    note *why)
{
    struct text_copy copy = {0};

    if (out->dialect == WIRE_UNKNOWN)
        out->dialect = WIRE_TEXT;
    if (bytes.n > TEXT_BYTES_MAX)
        return fail(why, E_LIMIT, "the text has %zu bytes, more than the %d that are read", bytes.n,
                    TEXT_BYTES_MAX);
    str text = as_utf8(a, bytes);
    if (is_binary(text)) {
        wire_add_trouble(a, out, 0, S(""), "this is not text: it is full of control characters");
        return OK;
    }
    if (text_is_notice(text)) {
        take_notice(a, text, here, bytes, out);
        return OK;
    }
    if (text.n > 0 && take_agency(a, text, here, out))
        return OK;
    if (!text_mail(a, text, &copy)) {
        copy = (struct text_copy){.text = text};
        cut_front_matter(a, &copy);
    }
    take_text(a, &copy, here, bytes, out);
    return OK;
}
