#include "page/theme_inside.h"

#include "base/must.h"
#include "page/mustache.h"

enum { PLACES_MAX = 400, LACKS_MAX = 5000 };

/* --- the books --- */

/* The tag of "lang/pt-BR.po"; empty for another file. */
static str tag_of(str path)
{
    if (!str_starts(path, S("lang/")) || !str_ends(path, S(".po")))
        return (str){0};
    return str_of(path.p + 5, path.n - 8);
}

static bool is_tag(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') &&
            s.p[i] != '-')
            return false;
    return s.n >= 2 && s.n <= 35;
}

/* Its place among the books from 1, for the longest start of the tag that has one; 0: none. */
size_t theme_book_of(const theme *t, str language)
{
    while (language.n > 0) {
        for (size_t i = 0; i < t->book_count; i++)
            if (str_eq_nocase(t->books[i].tag, language))
                return i + 1;
        ptrdiff_t dash = str_find_last(language, '-');

        language = str_to(language, dash < 0 ? 0 : (size_t)dash);
    }
    return 0;
}

static const struct book *book_of(const theme *t, str language)
{
    size_t i = theme_book_of(t, language);

    return i == 0 ? NULL : t->books[i - 1].book;
}

static err read_book(theme *t, const struct theme_file *f, str tag, note *why)
{
    struct theme_book *b = &t->books[t->book_count];

    if (!is_tag(tag))
        return fail(why, E_INVALID, "%.*s: a message file is called by its language, as in pt-BR",
                    STR(f->path));
    if (t->book_count == BOOKS_MAX)
        return fail(why, E_LIMIT, "a theme has at most %d languages", BOOKS_MAX);
    TRY(book_read(t->a, f->path, f->bytes, book_of(t, tag), &b->book, why));
    b->tag = tag;
    t->book_count++;
    return OK;
}

/* A language's own book stands behind those of its variants, so it comes first. */
err theme_books_read(theme *t, note *why)
{
    const struct theme_file *list = theme_any_file(t, S("lang/broadsheet.pot"));

    for (int is_variant = 0; is_variant < 2; is_variant++)
        for (size_t i = 0; i < t->file_count; i++) {
            str tag = tag_of(t->files[i].path);

            if (tag.n > 0 && (str_find_char(tag, '-') >= 0) == (is_variant == 1))
                TRY(read_book(t, &t->files[i], tag, why));
        }
    return list == NULL ? OK : book_read(t->a, list->path, list->bytes, NULL, &t->list, why);
}

struct tongue theme_tongue(const theme *t, str language)
{
    return tongue_of(book_of(t, language), language);
}

size_t theme_languages(const theme *t)
{
    return t->book_count;
}

str theme_language(const theme *t, size_t i)
{
    return t->books[i].tag;
}

/* --- what is said --- */

static void add_place(theme *t, struct theme_message *m, str file, int line)
{
    str place = str_fmt(t->a, "%.*s:%d", STR(file), line), rest = m->places, other;

    while (str_cut(&rest, ' ', &other))
        if (str_eq(other, place))
            return;
    if (m->places.n + place.n < PLACES_MAX)
        m->places =
            m->places.n == 0 ? place : str_fmt(t->a, "%.*s %.*s", STR(m->places), STR(place));
}

err theme_message_add(theme *t, const struct theme_message *m, str file, int line, note *why)
{
    str key = str_fmt(t->a, "%.*s\4%.*s", STR(m->context), STR(m->one));
    struct theme_message *kept = table_get(&t->messages_by_key, key);

    if (kept == NULL) {
        if (t->message_count == MESSAGES_MAX)
            return fail(why, E_LIMIT, "a theme says at most %d things", MESSAGES_MAX);
        kept = &t->messages[t->message_count++];
        *kept = *m;
        table_put(&t->messages_by_key, key, kept);
    }
    if (kept->many.n == 0)
        kept->many = m->many;
    if (m->many.n > 0 && !str_eq(kept->many, m->many))
        return fail(why, E_INVALID, "%.*s:%d: \"%.*s\" has another plural at %.*s", STR(file), line,
                    STR(m->one), STR(kept->places));
    add_place(t, kept, file, line);
    return OK;
}

size_t theme_messages(const theme *t, const struct theme_message **all)
{
    *all = t->messages;
    return t->message_count;
}

/* --- what is not said --- */

/* Up to the next tag, quote or line end. */
static str words_at(str text, size_t at)
{
    size_t n = 0;

    text = str_from(text, at);
    while (n < text.n && strchr("<\"'\n", text.p[n]) == NULL)
        n++;
    return str_to(text, n < 60 ? n : 60);
}

void theme_bare_add(theme *t, const struct node *n, str text, size_t at)
{
    int line = n->line;

    for (size_t i = 0; i < at; i++)
        line += text.p[i] == '\n';

    str line_of_it = str_fmt(t->a, "%.*s:%d: words outside of {{#say}}: %.*s", STR(n->file), line,
                             STR(words_at(text, at)));

    for (size_t i = 0; i < t->bare_count; i++)
        if (str_eq(t->bare[i], line_of_it))
            return;
    if (t->bare_count < BARE_MAX)
        t->bare[t->bare_count++] = line_of_it;
}

size_t theme_bare_words(const theme *t, const str **all)
{
    *all = t->bare;
    return t->bare_count;
}

static str lack(arena *a, str place, str language, str one)
{
    return str_fmt(a, "%.*s: no words in %.*s for \"%.*s\"", STR(place), STR(language), STR(one));
}

const str *theme_lacks(arena *a, const theme *t, str language, size_t *n)
{
    const struct book *b = book_of(t, language);
    str *out = arena_many(a, str, LACKS_MAX), tag = language, rest, place;

    *n = 0;
    str_cut(&tag, '-', &language);
    if (str_eq_nocase(language, S("en")))
        return out;
    for (size_t i = 0; i < t->message_count && *n < LACKS_MAX; i++) {
        const struct theme_message *m = &t->messages[i];

        if (book_message(b, m->context, m->one) != NULL)
            continue;
        rest = m->places;
        str_cut(&rest, ' ', &place);
        out[(*n)++] = lack(a, place, language, m->one);
    }
    for (size_t i = 0; t->list != NULL && i < book_count(t->list) && *n < LACKS_MAX; i++) {
        const struct message *m = book_at(t->list, i);
        str key = str_fmt(a, "%.*s\4%.*s", STR(m->context), STR(m->one));

        if (table_get(&t->messages_by_key, key) == NULL &&
            book_message(b, m->context, m->one) == NULL)
            out[(*n)++] = lack(a, str_fmt(a, "lang/broadsheet.pot:%d", m->line), language, m->one);
    }
    return out;
}
