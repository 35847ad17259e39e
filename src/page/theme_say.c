/* {{#say}}: words, with values and parts in them, in every language there is. */
#include "page/theme_compiler.h"

#include "base/must.h"

enum { PARTS_MAX = 12, SAYS_MAX = 3, MESSAGE_MAX = 4000 };

/* What stands between {{#say}} and {{/say}}. */
struct saying {
    str count; /* the number that the form goes by; empty: one form */
    struct theme_message message;
    const struct node *parts[PARTS_MAX]; /* the tags; one of a name stands for all */
    size_t part_count;
    bool has_words;
};

bool compile_is_say(str name)
{
    return str_eq(name, S("say")) || str_starts(name, S("say "));
}

/* "say count @menu" */
static err read_name(const struct compiler *c, const struct node *n, struct saying *s)
{
    str rest = str_from(n->text, 3), word;

    while (str_cut(&rest, ' ', &word)) {
        str *is = word.n > 0 && word.p[0] == '@' ? &s->message.context : &s->count;

        if (word.n == 0)
            continue;
        if (is->n > 0)
            return compile_wrong(
                c, n,
                "a say takes one number and one @context, as in {{#say count @menu}}: ", n->text);
        *is = is == &s->count ? word : str_from(word, 1);
    }
    return OK;
}

/* --- the message --- */

/* Words are plain: no markup, nor what would be read as such, or as a value. */
static const char *unfit(str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (strchr("<>{}", text.p[i]) != NULL)
            return "a say holds plain words: put tags into {{$part}}...{{/part}}: ";
        if (text.p[i] == '&' && i + 1 < text.n && text.p[i + 1] != ' ')
            return "a say holds plain words, without &...; : write the character itself: ";
    }
    return NULL;
}

static bool has_letters(str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (((text.p[i] | 32) >= 'a' && (text.p[i] | 32) <= 'z') || (text.p[i] & 0x80) != 0)
            return true;
    return false;
}

static err add_part(const struct compiler *c, const struct node *n, struct saying *s)
{
    for (size_t i = 0; i < n->text.n; i++)
        if (!(n->text.p[i] >= 'a' && n->text.p[i] <= 'z') &&
            !(n->text.p[i] >= '0' && n->text.p[i] <= '9') && n->text.p[i] != '_' &&
            n->text.p[i] != '.')
            return compile_wrong(
                c, n, "this cannot stand in a say; put it into {{$part}}...{{/part}}: ", n->text);
    for (size_t i = 0; i < s->part_count; i++)
        if (str_eq(s->parts[i]->text, n->text))
            return OK;
    if (s->part_count == PARTS_MAX)
        return compile_wrong(c, n, "too many values in one say: ", n->text);
    s->parts[s->part_count++] = n;
    return OK;
}

static err add_text(const struct compiler *c, const struct node *n, struct saying *s, buf *words)
{
    const char *problem = unfit(n->text);

    if (problem != NULL)
        return compile_wrong(c, n, problem, str_trim(n->text));
    s->has_words = s->has_words || has_letters(n->text);
    buf_add(words, n->text);
    return OK;
}

static err read_parts(const struct compiler *c, const struct node *say, struct saying *s)
{
    buf words = buf_new(c->t->a, MESSAGE_MAX);
    str all, one = {0}, many = {0};

    for (const struct node *n = say->first; n != NULL; n = n->next) {
        if (n->kind == NODE_TEXT) {
            TRY(add_text(c, n, s, &words));
        } else if (n->kind == NODE_VARIABLE || n->kind == NODE_BLOCK) {
            TRY(add_part(c, n, s));
            buf_fmt(&words, "{%.*s}", STR(n->text));
        } else {
            return compile_wrong(
                c, n, "a say holds words, {{values}} and {{$part}}...{{/part}}, not ", n->text);
        }
    }
    all = buf_str(&words);
    if (words.over || all.n == 0)
        return compile_wrong(c, say, "a say holds some words, not too many", S(""));
    if (s->count.n > 0) {
        str_cut(&all, '|', &one);
        str_cut(&all, '|', &many);
        if (many.n == 0 || all.n > 0)
            return compile_wrong(
                c, say, "a say with a number holds two forms: {{n}} story|{{n}} stories", S(""));
    } else {
        one = all;
    }
    s->message.one = str_squeeze(c->t->a, one);
    s->message.many = str_squeeze(c->t->a, many);
    return OK;
}

/* --- its words, compiled --- */

static err compile_words(struct compiler *c, const struct node *say, str words)
{
    const char *problem = c->plain || words.n == 0 ? NULL : html_place_value(&c->place, VIEW_str);
    buf out = buf_new(c->t->a, (size_t)MESSAGE_MAX * 6 + BOOK_FILE_MAX);

    if (problem != NULL)
        return compile_wrong(c, say, problem, S("words"));
    theme_write_escaped(&out, words);
    if (words.n > 0)
        compile_emit(c, OP_TEXT)->text = buf_str(&out);
    return OK;
}

static err compile_number(struct compiler *c, const struct node *n, const struct found *f)
{
    const char *problem = c->plain ? NULL : html_place_value(&c->place, VIEW_num);

    if (problem != NULL)
        return compile_wrong(c, n, problem, n->text);
    compile_emit_field(c, OP_NUMBER, f);
    return OK;
}

static err compile_part(struct compiler *c, const struct node *n, const struct blocks *blocks)
{
    struct html_place before = c->place;
    struct found f;

    if (n->kind == NODE_VARIABLE) {
        TRY(compile_look_up(c, n, &f));
        return f.field->kind == VIEW_num ? compile_number(c, n, &f) : compile_variable(c, n);
    }
    TRY(compile_nodes(c, n->first, blocks));
    if (!c->plain && !html_place_join(&c->place, &before))
        return compile_wrong(c, n, "a part of a say must end where it began: ", n->text);
    return OK;
}

/* One form in one language. */
static err compile_form(struct compiler *c, const struct node *say, const struct saying *s,
                        str words, const struct blocks *blocks)
{
    str before, name;

    while (message_cut(&words, &before, &name)) {
        TRY(compile_words(c, say, before));
        for (size_t i = 0; name.n > 0 && i < s->part_count; i++)
            if (str_eq(s->parts[i]->text, name))
                TRY(compile_part(c, s->parts[i], blocks));
    }
    return OK;
}

/* The same place in HTML must be behind every form, whatever the order of its parts. */
struct forms {
    struct html_place before, after;
    uint32_t ends[(BOOKS_MAX + 1) * BOOK_FORMS_MAX]; /* ops that jump behind all of it */
    size_t n;
};

static err add_form(struct compiler *c, const struct node *say, const struct saying *s, str words,
                    const struct blocks *blocks, struct forms *forms, uint32_t *start)
{
    *start = (uint32_t)compile_program(c)->n;
    c->place = forms->before;
    TRY(compile_form(c, say, s, words, blocks));
    if (forms->n > 0 && !c->plain && !html_place_join(&c->place, &forms->after))
        return compile_wrong(c, say, "this must end where it began: ", say->text);
    forms->after = c->place;
    forms->ends[forms->n++] = (uint32_t)compile_program(c)->n;
    compile_emit(c, OP_GO);
    return OK;
}

static const struct message *message_in(const struct compiler *c, size_t book,
                                        const struct saying *s)
{
    const struct message *m =
        book_message(c->t->books[book].book, s->message.context, s->message.one);

    return s->has_words && m != NULL && (m->many.n > 0) == (s->count.n > 0) ? m : NULL;
}

static err add_language(struct compiler *c, const struct node *say, const struct saying *s,
                        const struct message *m, const struct blocks *blocks, struct forms *forms,
                        struct choice *choice)
{
    choice->message = m;
    for (size_t i = 0; i < message_forms(m); i++)
        TRY(add_form(c, say, s, m->said[i], blocks, forms, &choice->forms[i]));
    return OK;
}

static err compile_choices(struct compiler *c, const struct node *say, const struct saying *s,
                           const struct blocks *blocks, const struct found *count)
{
    struct choice *choices = arena_many(c->t->a, struct choice, c->t->book_count + 1);
    struct forms *forms = arena_one(c->t->a, struct forms);
    struct op *op =
        count->field != NULL ? compile_emit_field(c, OP_CHOOSE, count) : compile_emit(c, OP_CHOOSE);

    op->choices = choices;
    forms->before = c->place;
    TRY(add_form(c, say, s, s->message.one, blocks, forms, &choices[0].forms[0]));
    choices[0].forms[1] = choices[0].forms[0];
    if (count->field != NULL)
        TRY(add_form(c, say, s, s->message.many, blocks, forms, &choices[0].forms[1]));
    for (size_t i = 0; i < c->t->book_count; i++) {
        const struct message *m = message_in(c, i, s);

        choices[i + 1] = choices[0];
        if (m != NULL)
            TRY(add_language(c, say, s, m, blocks, forms, &choices[i + 1]));
    }
    for (size_t i = 0; i < forms->n; i++)
        compile_op(c, forms->ends[i])->jump = (uint32_t)compile_program(c)->n;
    c->place = forms->after;
    return OK;
}

static str escaped(arena *a, str words)
{
    buf out = buf_new(a, BOOK_FILE_MAX);

    theme_write_escaped(&out, words);
    return buf_str(&out);
}

/* Words alone: nothing to choose by but the language. */
static err compile_plain(struct compiler *c, const struct node *say, const struct saying *s)
{
    const char *problem = c->plain ? NULL : html_place_value(&c->place, VIEW_str);
    str *words = arena_many(c->t->a, str, c->t->book_count + 1);

    if (problem != NULL)
        return compile_wrong(c, say, problem, S("words"));
    words[0] = escaped(c->t->a, s->message.one);
    for (size_t i = 0; i < c->t->book_count; i++) {
        const struct message *m = message_in(c, i, s);

        words[i + 1] = m == NULL ? words[0] : escaped(c->t->a, m->said[0]);
    }
    compile_emit(c, OP_SAY)->words = words;
    return OK;
}

err compile_say(struct compiler *c, const struct node *n, const struct blocks *blocks)
{
    struct saying *s = arena_one(c->t->a, struct saying);
    struct found count = {0};

    if (c->says == SAYS_MAX)
        return compile_wrong(c, n, "too many says one inside the other", S(""));
    TRY(read_name(c, n, s));
    TRY(read_parts(c, n, s));
    if (s->has_words)
        TRY(theme_message_add(c->t, &s->message, n->file, n->line, c->why));
    if (s->count.n > 0) {
        struct node number = *n;

        number.text = s->count;
        TRY(compile_look_up(c, &number, &count));
        if (count.field->kind != VIEW_num)
            return compile_wrong(c, n, "a plural goes by a number, not by ", s->count);
    }
    if (s->part_count == 0 && count.field == NULL)
        return compile_plain(c, n, s);
    c->says++;
    TRY(compile_choices(c, n, s, blocks, &count));
    c->says--;
    return OK;
}
