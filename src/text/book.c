/* The reader of message files. */
#include "text/say.h"

#include "base/must.h"
#include "base/utf8.h"
#include "text/book_inside.h"

/* One entry while it is read. */
struct entry {
    bool has_context, has_one, has_many, has_said, is_fuzzy;
    str context, one, many, said[BOOK_FORMS_MAX];
    size_t forms; /* msgstr lines that came */
    int line;
};

struct reader {
    arena *a;
    str file, rest;
    int line; /* of what was cut last */
    struct book *book;
    struct entry entry;
    str *open; /* what a line of quotes alone goes on with */
    buf words; /* the words of that so far */
    bool has_header;
    note *why;
};

static err wrong(const struct reader *r, int line, const char *what, str name)
{
    return fail(r->why, E_INVALID, "%.*s:%d: %s%.*s", STR(r->file), line, what, STR(name));
}

/* --- strings --- */

static int escape_of(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case '"':
    case '\\':
        return c;
    default:
        return -1;
    }
}

/* A C string that is the whole of `s`. */
static err read_string(struct reader *r, str s, str *out)
{
    char *to = arena_bytes(r->a, s.n + 1);
    size_t n = 0;

    if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
        return wrong(r, r->line, "words in quotes are expected here", S(""));
    s = str_of(s.p + 1, s.n - 2);
    for (size_t i = 0; i < s.n; i++) {
        int c = s.p[i];

        if (c == '"')
            return wrong(r, r->line, "a quote inside of quotes is written \\\"", S(""));
        if (c == '\\') {
            c = i + 1 < s.n ? escape_of(s.p[++i]) : -1;
            if (c < 0)
                return wrong(r, r->line, "only \\n, \\t, \\r, \\\" and \\\\ are known here", S(""));
        }
        to[n++] = (char)c;
    }
    *out = str_of(to, n);
    return OK;
}

/* --- what an entry must be --- */

static bool names_value(str text, str name)
{
    str before, other;

    while (message_cut(&text, &before, &other))
        if (other.n > 0 && str_eq(other, name))
            return true;
    return false;
}

/* Every {name} that `text` has must stand in one of the others. */
static err check_values(const struct reader *r, str text, str in, str or_in, const char *what)
{
    str before, name;

    while (message_cut(&text, &before, &name))
        if (name.n > 0 && !names_value(in, name) && !names_value(or_in, name))
            return fail(r->why, E_INVALID, "%.*s:%d: %s {%.*s}", STR(r->file), r->entry.line, what,
                        STR(name));
    return OK;
}

static err check_words(const struct reader *r)
{
    const struct entry *e = &r->entry;

    for (size_t i = 0; i < e->forms; i++)
        TRY(check_values(r, e->said[i], e->one, e->many,
                         "the translation has a value that the English has not:"));
    if (!e->has_many)
        TRY(check_values(r, e->one, e->said[0], (str){0}, "the translation leaves out the value"));
    return OK;
}

/* Empty words are none; some forms empty and some not is a slip. */
static err count_words(const struct reader *r, size_t *filled)
{
    const struct entry *e = &r->entry;

    *filled = 0;
    for (size_t i = 0; i < e->forms; i++)
        *filled += e->said[i].n > 0;
    if (*filled > 0 && *filled < e->forms)
        return wrong(r, e->line, "some forms of the plural have words and some have none", S(""));
    return OK;
}

/* --- the header --- */

static err read_header(struct reader *r)
{
    str rest = r->entry.said[0], line;
    struct plural *plural;
    note why = {0};
    bool is_utf8 = false;

    r->has_header = true;
    while (str_cut(&rest, '\n', &line)) {
        if (str_starts_nocase(line, S("content-type:")))
            is_utf8 = str_find_nocase(line, S("charset=utf-8")) > 0;
        if (!str_starts_nocase(line, S("plural-forms:")))
            continue;
        if (plural_read(r->a, str_from(line, 13), BOOK_FORMS_MAX, &plural, &why) != OK)
            return wrong(r, r->entry.line, why.text, S(""));
        r->book->plural = plural;
    }
    return is_utf8 ? OK
                   : wrong(r, r->entry.line,
                           "the header must say Content-Type: text/plain; charset=UTF-8", S(""));
}

/* --- numbers, from a sample --- */

/* Cut `digits` off, and then what stands before the next digit. */
static bool cut_sample(str *s, str digits, str *between)
{
    size_t n = 0;

    if (!str_starts(*s, digits))
        return false;
    *s = str_from(*s, digits.n);
    while (n < s->n && (s->p[n] < '0' || s->p[n] > '9'))
        n++;
    *between = str_to(*s, n);
    *s = str_from(*s, n);
    return n <= 4;
}

/* translators: how numbers are written: what stands between thousands, and before decimals */
static const char number_sample[] = SAY_IN("number", "1,234; 12,345.6");

/* That sample as the language writes it. */
static bool read_numbers(str sample, struct number_style *out)
{
    str none, after;

    return cut_sample(&sample, S("1"), &out->of_four) && cut_sample(&sample, S("234"), &after) &&
           str_starts(after, S(";")) && cut_sample(&sample, S("12"), &out->of_more) &&
           cut_sample(&sample, S("345"), &out->point) && out->point.n > 0 &&
           cut_sample(&sample, S("6"), &none) && none.n == 0 && sample.n == 0;
}

/* --- entries --- */

static err keep(struct reader *r, const struct entry *e)
{
    struct book *b = r->book;
    str key = str_fmt(r->a, "%.*s%c%.*s", STR(e->context), BOOK_KEY_BETWEEN, STR(e->one));
    struct message *m;

    if (key.n > BOOK_KEY_MAX)
        return wrong(r, e->line, "the English has too many words", S(""));
    if (table_get(&b->messages, key) != NULL)
        return wrong(r, e->line, "this stands in the file already: ", e->one);
    if (b->messages.n == BOOK_MESSAGES_MAX)
        return fail(r->why, E_INVALID, "%.*s: more than %d messages", STR(r->file),
                    BOOK_MESSAGES_MAX);
    m = arena_one(r->a, struct message);
    *m = (struct message){
        .book = b, .context = e->context, .one = e->one, .many = e->many, .line = e->line};
    table_put(&b->messages, key, m);
    if (e->is_fuzzy)
        return OK;
    memcpy(m->said, e->said, sizeof m->said);
    if (str_eq(e->context, S("number")) && str_eq(e->one, str_c(number_sample)) &&
        m->said[0].n > 0) {
        b->has_numbers = read_numbers(m->said[0], &b->numbers);
        if (!b->has_numbers)
            return wrong(r, e->line, "numbers as in \"1,234; 12,345.6\" are expected, not ",
                         m->said[0]);
    }
    return OK;
}

/* What has been read so far is an entry, or nothing. */
static err end_entry(struct reader *r)
{
    const struct entry *e = &r->entry;
    size_t filled;

    r->open = NULL;
    if (!e->has_one && !e->has_context)
        return OK;
    if (!e->has_one || !e->has_said)
        return wrong(r, e->line, "msgid and msgstr make an entry; one is missing", S(""));
    if (e->one.n == 0 && e->context.n == 0) {
        if (r->has_header || e->has_many)
            return wrong(r, e->line, "a second entry with an empty msgid", S(""));
        TRY(read_header(r));
    } else {
        if (!r->has_header)
            return wrong(r, e->line, "the header must stand first: msgid \"\"", S(""));
        TRY(count_words(r, &filled));
        if (filled > 0 && e->has_many &&
            (r->book->plural == NULL || e->forms != plural_forms(r->book->plural)))
            return wrong(r, e->line, "msgstr[] and the header's Plural-Forms do not agree", S(""));
        if (filled > 0)
            TRY(check_words(r));
        TRY(keep(r, e));
    }
    r->entry = (struct entry){0};
    return OK;
}

/* --- lines --- */

static err begin(struct reader *r, bool *has, str *what)
{
    if (*has)
        return wrong(r, r->line, "this line stands twice in its entry", S(""));
    *has = true;
    if (r->entry.line == 0)
        r->entry.line = r->line;
    r->open = what;
    return OK;
}

/* "msgstr[2]": the 2. */
static err begin_form(struct reader *r, str *rest)
{
    struct entry *e = &r->entry;
    int64_t form;
    ptrdiff_t end = str_find_char(*rest, ']');

    if (end < 1 || !str_int(str_of(rest->p + 1, (size_t)end - 1), &form) ||
        form != (int64_t)e->forms || form >= BOOK_FORMS_MAX || !e->has_many)
        return wrong(r, r->line,
                     "msgstr[0] and so on stand in order behind msgid_plural, no more than six",
                     S(""));
    *rest = str_from(*rest, (size_t)end + 1);
    e->has_said = true;
    r->open = &e->said[e->forms++];
    return OK;
}

static err begin_word(struct reader *r, str word, str *rest)
{
    struct entry *e = &r->entry;

    if (str_eq(word, S("msgctxt")) && !e->has_one)
        return begin(r, &e->has_context, &e->context);
    if (str_eq(word, S("msgid")) && !e->has_said)
        return begin(r, &e->has_one, &e->one);
    if (str_eq(word, S("msgid_plural")) && e->has_one && !e->has_said)
        return begin(r, &e->has_many, &e->many);
    if (str_eq(word, S("msgstr")) && e->has_one && rest->n > 0 && rest->p[0] == '[')
        return begin_form(r, rest);
    if (str_eq(word, S("msgstr")) && e->has_one && !e->has_many) {
        e->forms = 1;
        return begin(r, &e->has_said, &e->said[0]);
    }
    return wrong(r, r->line, "this cannot stand here: ", word);
}

static err read_words(struct reader *r, str line)
{
    size_t n = 0;
    str word, words;

    while (n < line.n && ((line.p[n] >= 'a' && line.p[n] <= 'z') || line.p[n] == '_'))
        n++;
    word = str_to(line, n);
    line = str_from(line, n);
    if (word.n > 0) {
        bool begins = str_eq(word, S("msgctxt")) || str_eq(word, S("msgid"));

        if (begins && r->entry.has_said)
            TRY(end_entry(r));
        TRY(begin_word(r, word, &line));
    }
    if (r->open == NULL)
        return wrong(r, r->line, "these words belong to nothing", S(""));
    if (word.n > 0)
        r->words = buf_new(r->a, BOOK_WORDS_MAX);
    TRY(read_string(r, str_trim(line), &words));
    buf_add(&r->words, words);
    *r->open = buf_str(&r->words);
    return r->words.over ? wrong(r, r->line, "too many words", S("")) : OK;
}

static err read_line(struct reader *r, str line)
{
    if (line.n == 0 || str_starts(line, S("#"))) {
        if (r->entry.has_one || r->entry.has_context)
            TRY(end_entry(r));
        if (str_starts(line, S("#,")) && str_find(line, S("fuzzy")) > 0)
            r->entry.is_fuzzy = true;
        return OK;
    }
    return read_words(r, line);
}

err book_read(arena *a, str file, str bytes, const struct book *behind, struct book **out,
              note *why)
{
    struct book *b = arena_one(a, struct book);
    struct reader *r = arena_one(a, struct reader);
    str line;

    *r = (struct reader){.a = a, .file = file, .rest = bytes, .book = b, .why = why};
    if (bytes.n > BOOK_FILE_MAX)
        return fail(why, E_INVALID, "%.*s: more than %d bytes", STR(file), BOOK_FILE_MAX);
    if (!utf8_ok(bytes))
        return fail(why, E_INVALID, "%.*s: this is not text in UTF-8", STR(file));
    if (str_starts(bytes, S("\xEF\xBB\xBF")))
        r->rest = str_from(bytes, 3);
    b->behind = behind;
    b->messages = table_new(a);
    while (str_cut(&r->rest, '\n', &line)) {
        r->line++;
        TRY(read_line(r, str_trim(line)));
    }
    TRY(end_entry(r));
    if (!r->has_header)
        return fail(why, E_INVALID, "%.*s:1: this is no message file: it has no header", STR(file));
    *out = b;
    return OK;
}
