#include "wire/ninjs/ninjs.h"

#include "base/utf8.h"
#include "wire/item/wire_body.h"
#include "wire/xml/xml.h"

/* What a look over the bytes tells before a parser allocates anything for them. */
struct look {
    size_t values, objects;
    int depth, deepest;
    int line, deepest_line;
    int *lines;
};

static size_t skip_string(str s, size_t at, int *line)
{
    for (at++; at < s.n && s.p[at] != '"'; at++) {
        *line += s.p[at] == '\n';
        at += s.p[at] == '\\';
    }
    return at;
}

static void look_over(str s, struct look *l)
{
    l->line = 1;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (c == '"') {
            i = skip_string(s, i, &l->line);
        } else if (c == '{' || c == '[') {
            if (c == '{' && l->lines != NULL)
                l->lines[l->objects] = l->line;
            l->objects += c == '{';
            l->values++;
            if (++l->depth > l->deepest) {
                l->deepest = l->depth;
                l->deepest_line = l->line;
            }
        } else if (c == '}' || c == ']') {
            l->depth--;
        } else {
            l->values += c == ',';
            l->line += c == '\n';
        }
    }
}

static void drop(void *root)
{
    json_decref(root);
}

err ninjs_load(arena *a, str bytes, struct ninjs_file *out, note *why)
{
    struct look l = {0};
    json_error_t e;

    if (bytes.n > NINJS_BYTES_MAX)
        return fail(why, E_LIMIT,
                    "the JSON has %zu bytes, more than the %d that are read; split it", bytes.n,
                    NINJS_BYTES_MAX);
    if (str_starts(bytes, S("\xFE\xFF")) || str_starts(bytes, S("\xFF\xFE")))
        TRY(xml_utf8(a, bytes, &bytes, why));
    if (str_starts(bytes, S("\xEF\xBB\xBF")))
        bytes = str_from(bytes, 3);
    look_over(bytes, &l);
    if (l.values > NINJS_VALUES_MAX)
        return fail(why, E_LIMIT, "the JSON has more than %d values; split it", NINJS_VALUES_MAX);
    if (l.deepest > NINJS_DEPTH_MAX)
        return fail(why, E_LIMIT, "the JSON is more than %d levels deep (line %d)", NINJS_DEPTH_MAX,
                    l.deepest_line);
    struct look again = {.lines = arena_many(a, int, l.objects + 1)};
    look_over(bytes, &again);

    json_t *root =
        json_loadb(bytes.n > 0 ? bytes.p : "", bytes.n, JSON_ALLOW_NUL | JSON_DECODE_ANY, &e);
    if (root == NULL)
        return fail(why, E_INVALID, "not JSON: line %d, column %d: %.200s", e.line, e.column,
                    e.text);
    arena_defer(a, drop, root);
    *out = (struct ninjs_file){.root = root, .lines = again.lines, .objects = l.objects};
    return OK;
}

size_t ninjs_objects(json_t *of)
{
    size_t n = json_is_object(of), i;
    const char *key;
    json_t *v;

    json_object_foreach(of, key, v) if (json_is_object(v) || json_is_array(v)) n +=
        ninjs_objects(v);
    json_array_foreach(of, i, v) if (json_is_object(v) || json_is_array(v)) n += ninjs_objects(v);
    return n;
}

static char plain(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool ninjs_is(const char *key, str name)
{
    size_t i = 0;

    for (; *key != 0; key++) {
        if (*key == '_' || *key == '$')
            continue;
        while (i < name.n && name.p[i] == '_')
            i++;
        if (i == name.n || plain(*key) != name.p[i])
            return false;
        i++;
    }
    return i == name.n;
}

json_t *ninjs_get(json_t *of, const char *names)
{
    str rest = str_c(names), name;
    const char *key;
    json_t *v;

    while (json_is_object(of) && str_cut(&rest, ' ', &name))
        json_object_foreach(of, key, v) if (!json_is_null(v) && ninjs_is(key, name)) return v;
    return NULL;
}

static str words_of_list(arena *a, json_t *list)
{
    buf all = buf_new(a, WIRE_FIELD_MAX);
    json_t *v;
    size_t i;

    json_array_foreach(list, i, v)
    {
        str words = ninjs_words(a, v);

        if (words.n == 0)
            continue;
        if (all.n > 0)
            buf_char(&all, ' ');
        buf_add(&all, words);
    }
    return buf_str(&all);
}

str ninjs_words(arena *a, json_t *v)
{
    if (json_is_string(v)) {
        str s = str_of(json_string_value(v), json_string_length(v));
        return memchr(s.p, 0, s.n) == NULL ? s : utf8_clean(a, s);
    }
    if (json_is_integer(v))
        return str_fmt(a, "%lld", (long long)json_integer_value(v));
    if (json_is_real(v))
        return str_fmt(a, "%g", json_real_value(v));
    if (json_is_array(v))
        return words_of_list(a, v);
    if (json_is_object(v)) {
        json_t *inner = ninjs_get(v, "name value by title code");
        return json_is_string(inner) ? ninjs_words(a, inner) : S("");
    }
    return S("");
}

str ninjs_field(arena *a, json_t *of, const char *names)
{
    str rest = str_c(names), name;

    while (str_cut(&rest, ' ', &name)) {
        str words = wire_words_of_html(a, ninjs_words(a, ninjs_get(of, str_z(a, name))));

        if (words.n > 0)
            return wire_field(a, words);
    }
    return S("");
}
