/*
 * The Mustache specification's own cases, through the compiler that every template goes through.
 *
 * Our templates are compiled against views, so a case's data becomes a view made on the spot: an
 * object is a view, a list is a list of views, a value alone is a view with the field ".".  What is
 * written with three braces is of kind html, and a name that the data lacks is empty at the top.
 */
#include "base/must.h"
#include "base/test.h"
#include "page/theme.h"

#include <jansson.h>
#include <stdio.h>

enum { SLOT = 16, FIELDS_MAX = 24, SAMPLES_MAX = 64, DRAWN_MAX = 1 << 16 };

struct made {
    struct view_type type;
    struct view_field fields[FIELDS_MAX];
    const struct made *inner[FIELDS_MAX]; /* of a field that is a view or a list */
};

/* view_field.of takes no argument, so each type that is made has a function of its own. */
static const struct made *types[16];
static size_t type_count;

#define TYPES(X)                                                                                   \
    X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)
#define TYPE_FUNCTION(i)                                                                           \
    static const struct view_type *type_##i(void)                                                  \
    {                                                                                              \
        return &types[i]->type;                                                                    \
    }
#define TYPE_NAME(i) type_##i,
TYPES(TYPE_FUNCTION)
static const struct view_type *(*const type_functions[])(void) = {TYPES(TYPE_NAME)};

struct maker {
    arena *a;
    str texts; /* the template and its partials */
};

static bool is_written_raw(const struct maker *m, const char *name)
{
    str rest = m->texts;
    str wanted = str_c(name);

    for (ptrdiff_t at; (at = str_find(rest, S("{{"))) >= 0;) {
        rest = str_from(rest, (size_t)at + 2);

        ptrdiff_t end = str_find(rest, S("}}"));
        str tag = end < 0 ? rest : str_to(rest, (size_t)end);
        bool is_raw = tag.n > 0 && (tag.p[0] == '{' || tag.p[0] == '&');

        tag = str_trim(str_from(tag, 1));
        if (is_raw &&
            (str_eq(tag, wanted) ||
             (tag.n > wanted.n && tag.p[tag.n - wanted.n - 1] == '.' && str_ends(tag, wanted))))
            return true;
    }
    return false;
}

static size_t index_of(const struct made *made)
{
    for (size_t i = 0; i < type_count; i++)
        if (types[i] == made)
            return i;
    must(false);
    return 0;
}

static const struct made *make_type(const struct maker *m, json_t **samples, size_t n,
                                    const struct made *around);

/* The field `name`, whose values in the samples are these. */
static void add_field(const struct maker *m, struct made *made, const char *name, json_t **values,
                      size_t n)
{
    struct view_field *f = &made->fields[made->type.n];
    const struct made *inner = NULL;
    json_t *items[SAMPLES_MAX], *item;
    size_t count = 0, i;

    f->name = name;
    f->offset = made->type.n * SLOT;
    f->kind = is_written_raw(m, name) ? VIEW_html : VIEW_str;
    if (n > 0 && json_is_boolean(values[0]))
        f->kind = VIEW_flag;
    if (n > 0 && json_is_object(values[0])) {
        f->kind = VIEW_one;
        inner = make_type(m, values, n, made);
    }
    if (n > 0 && json_is_array(values[0])) {
        f->kind = VIEW_list;
        for (size_t v = 0; v < n; v++)
            json_array_foreach(values[v], i, item) items[count++] = item;
        inner = count > 0 ? make_type(m, items, count, made) : made;
    }
    if (inner != NULL)
        f->of = type_functions[index_of(inner)];
    made->inner[made->type.n++] = inner;
    must(made->type.n < FIELDS_MAX && count < SAMPLES_MAX);
}

static bool has_field(const struct made *made, const char *name)
{
    for (size_t i = 0; i < made->type.n; i++)
        if (strcmp(made->fields[i].name, name) == 0)
            return true;
    return false;
}

static const struct made *make_type(const struct maker *m, json_t **samples, size_t n,
                                    const struct made *around)
{
    struct made *made = arena_one(m->a, struct made);

    (void)around;
    must(type_count < LENGTH(types));
    types[type_count++] = made;
    made->type.name = "data";
    made->type.fields = made->fields;
    made->type.size = FIELDS_MAX * SLOT;
    if (!json_is_object(samples[0])) {
        add_field(m, made, ".", samples, n);
        return made;
    }
    for (size_t i = 0; i < n; i++) {
        const char *name;
        json_t *first;

        json_object_foreach(samples[i], name, first)
        {
            json_t *values[SAMPLES_MAX];
            size_t count = 0;

            if (has_field(made, name))
                continue;
            for (size_t j = 0; j < n; j++) {
                json_t *value = json_object_get(samples[j], name);

                if (value != NULL && !json_is_null(value))
                    values[count++] = value;
            }
            add_field(m, made, name, values, count);
        }
    }
    return made;
}

static const char *make_view(const struct maker *m, const struct made *made, json_t *data);

static str as_text(arena *a, json_t *value)
{
    if (json_is_integer(value))
        return str_fmt(a, "%lld", (long long)json_integer_value(value));
    if (json_is_real(value))
        return str_fmt(a, "%g", json_real_value(value));
    return str_c(json_string_value(value));
}

static void fill_field(const struct maker *m, const struct made *made, size_t f, json_t *value,
                       char *at)
{
    switch (made->fields[f].kind) {
    case VIEW_flag:
        *(bool *)at = json_is_true(value);
        break;
    case VIEW_one:
        *(const void **)at = make_view(m, made->inner[f], value);
        break;
    case VIEW_list: {
        size_t n = json_array_size(value);
        char *all = arena_alloc(m->a, n * FIELDS_MAX * SLOT + 1);

        for (size_t i = 0; i < n; i++)
            memcpy(all + i * FIELDS_MAX * SLOT,
                   make_view(m, made->inner[f], json_array_get(value, i)), FIELDS_MAX * SLOT);
        *(struct view_list *)at = (struct view_list){all, n};
        break;
    }
    default:
        *(str *)at = as_text(m->a, value);
        break;
    }
}

static const char *make_view(const struct maker *m, const struct made *made, json_t *data)
{
    char *view = arena_alloc(m->a, FIELDS_MAX * SLOT);

    for (size_t f = 0; f < made->type.n; f++) {
        const char *name = made->fields[f].name;
        json_t *value = strcmp(name, ".") == 0 ? data : json_object_get(data, name);

        if (value != NULL && !json_is_null(value))
            fill_field(m, made, f, value, view + made->fields[f].offset);
    }
    return view;
}

/* Names that stand in the texts and nowhere in the data. */
static void add_missing_names(const struct maker *m, struct made *top)
{
    str rest = m->texts;

    for (ptrdiff_t at; (at = str_find(rest, S("{{"))) >= 0;) {
        rest = str_from(rest, (size_t)at + 2);

        ptrdiff_t end = str_find(rest, S("}}"));
        str tag = str_to(rest, end < 0 ? rest.n : (size_t)end);
        bool is_known = false;

        while (tag.n > 0 && memchr("{&#^/ ", tag.p[0], 6) != NULL)
            tag = str_from(tag, 1);
        tag = str_trim(tag);
        for (size_t i = 0; i < type_count; i++)
            is_known |= has_field(types[i], str_z(m->a, tag));
        if (!is_known && tag.n > 0 && str_find_char(tag, '.') < 0 &&
            memchr("!>=<$", tag.p[0], 5) == NULL)
            add_field(m, top, str_z(m->a, tag), NULL, 0);
    }
}

/* --- the cases --- */

static const struct {
    const char *file, *name, *why;
} apart[] = {
    {"interpolation", "Dotted Names - Broken Chains",
     "an unknown name is an error of the template"},
    {"interpolation", "Dotted Names - Broken Chain Resolution", "the same"},
    {"interpolation", "Dotted Names - Context Precedence", "the same"},
    {"interpolation", "Dotted Names are never single keys", "the same"},
    {"sections", "Dotted Names - Broken Chains", "the same"},
    {"inverted", "Dotted Names - Broken Chains", "the same"},
    {"inverted", "Context", "a name is known inside its view, and an inverted section is outside"},
    {"inverted", "List", "the same"},
    {"partials", "Failed Lookup", "an unknown partial is an error of the template"},
    {"~inheritance", "Standalone block", "the words of a block keep the white space they have"},
    {"~inheritance", "Block reindentation", "the same"},
    {"~inheritance", "Intrinsic indentation", "the same"},
    {"~inheritance", "Nested block reindentation", "the same"},
};

static const char *set_apart(const char *file, const char *name)
{
    for (size_t i = 0; i < LENGTH(apart); i++)
        if (strcmp(apart[i].file, file) == 0 && strcmp(apart[i].name, name) == 0)
            return apart[i].why;
    return NULL;
}

/* Does the case come out as the specification says? */
static bool comes_out(struct test *t, json_t *test_case)
{
    struct maker m = {.a = t->arena};
    struct embedded files[16] = {
        {S("case"), str_c(json_string_value(json_object_get(test_case, "template")))}};
    json_t *data = json_object_get(test_case, "data"), *text;
    buf texts = buf_new(t->arena, DRAWN_MAX), out = buf_new(t->arena, DRAWN_MAX);
    const char *name;
    size_t n = 1;
    theme *th;

    json_object_foreach(json_object_get(test_case, "partials"), name, text) files[n++] =
        (struct embedded){str_c(name), str_c(json_string_value(text))};
    for (size_t i = 0; i < n; i++)
        buf_add(&texts, files[i].bytes);
    m.texts = buf_str(&texts);
    type_count = 0;

    struct made *made = (struct made *)(uintptr_t)make_type(&m, &data, 1, NULL);

    add_missing_names(&m, made);

    struct template_use use = {S("case"), &made->type};

    if (theme_load_text(&(struct theme_source){files, n, NULL}, &use, &th, &t->why) != OK)
        return false;
    t->why = (note){0};
    theme_draw(th, 0, make_view(&m, made, data), S(""), &out, NULL);
    theme_drop(&th);
    return str_eq(buf_str(&out), str_c(json_string_value(json_object_get(test_case, "expected"))));
}

TEST(mustache_does_what_the_specification_says)
{
    static const char *const files[] = {"comments", "delimiters", "interpolation", "inverted",
                                        "partials", "sections",   "~inheritance"};
    const char *samples = test_samples();
    size_t done = 0, wrong = 0;

    if (samples == NULL) {
        printf("no samples here: the Mustache specification's cases were not run\n");
        return;
    }
    for (size_t i = 0; i < LENGTH(files); i++) {
        str path = str_fmt(t->arena, "%s/mustache-spec/%s.json", samples, files[i]);
        json_t *all = json_load_file(str_z(t->arena, path), 0, NULL), *test_case;
        size_t at;

        cr_assert(all != NULL, "cannot read %.*s", STR(path));
        json_array_foreach(json_object_get(all, "tests"), at, test_case)
        {
            const char *name = json_string_value(json_object_get(test_case, "name"));
            bool is_apart = set_apart(files[i], name) != NULL;

            if (comes_out(t, test_case) == is_apart) {
                printf("%s: %s%s %s\n", files[i], name,
                       is_apart ? " is set apart and comes out all the same" : "", t->why.text);
                wrong++;
            }
            done++;
        }
        json_decref(all);
    }
    CHECK_INT(wrong, 0);
    CHECK(done >= 150);
}
