/*
 * topics.c - write src/wire/item/topics_table.inc from the IPTC's files.
 *
 *     build/tools/topics cptall-en-US.json subject_codes.json > src/wire/item/topics_table.inc
 *
 * The first is the Media Topics as the IPTC publishes them, the second {"01000000": "name", ...}.
 * Only facts are taken: code, name, parent, and which older subject code means the same.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct topic {
    char code[9], parent[9], subject[9];
    const char *name;
    size_t row;
};

static json_t *load(const char *path)
{
    json_error_t why;
    json_t *all = json_load_file(path, 0, &why);

    if (all == NULL) {
        fprintf(stderr, "topics: %s:%d: %s\n", path, why.line, why.text);
        exit(1);
    }
    return all;
}

/* The eight digits at the end of the first of these addresses that holds `in`; false: none does. */
static bool code_in(const json_t *addresses, const char *in, char code[9])
{
    size_t i;
    json_t *one;

    json_array_foreach(addresses, i, one)
    {
        const char *z = json_string_value(one);
        const char *end = z == NULL ? NULL : strstr(z, in);
        if (end != NULL && strlen(end + strlen(in)) == 8) {
            memcpy(code, end + strlen(in), 9);
            return true;
        }
    }
    return false;
}

static int by_code(const void *x, const void *y)
{
    return strcmp(((const struct topic *)x)->code, ((const struct topic *)y)->code);
}

static int by_subject(const void *x, const void *y)
{
    const struct topic *const *a = x, *const *b = y;

    return strcmp((*a)->subject, (*b)->subject);
}

static int by_name(const void *x, const void *y)
{
    const struct topic *const *a = x, *const *b = y;
    int order = strcasecmp((*a)->name, (*b)->name);

    return order != 0 ? order : strcmp((*a)->code, (*b)->code);
}

static void read_topic(const json_t *of, const json_t *subject_names, struct topic *out)
{
    snprintf(out->code, sizeof out->code, "%.8s",
             strrchr(json_string_value(json_object_get(of, "uri")), '/') + 1);
    code_in(json_object_get(of, "broader"), "/mediatopic/", out->parent);
    if (!code_in(json_object_get(of, "exactMatch"), "/subjectcode/", out->subject))
        code_in(json_object_get(of, "closeMatch"), "/subjectcode/", out->subject);
    out->name = json_string_value(json_object_get(json_object_get(of, "prefLabel"), "en-US"));
    if (out->name == NULL)
        out->name = json_string_value(json_object_get(subject_names, out->subject));
    if (out->name == NULL) {
        fprintf(stderr, "topics: %s has no name\n", out->code);
        exit(1);
    }
}

static size_t parent_row(const struct topic *all, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].code, code) == 0)
            return i;
    return n;
}

static void write_name(const char *name)
{
    for (; *name != 0; name++) {
        if (*name == '"' || *name == '\\')
            putchar('\\');
        putchar(*name);
    }
}

static void write_numbers(const char *what, struct topic **rows, size_t n, bool with_subject)
{
    printf("\n%s\n", what);
    for (size_t i = 0; i < n; i++) {
        if (with_subject && rows[i]->subject[0] == 0)
            continue;
        if (with_subject)
            printf("    {S_INIT(\"%s\"), %zu},\n", rows[i]->subject, rows[i]->row);
        else
            printf("%s%zu,%s", i % 16 == 0 ? "    " : " ", rows[i]->row,
                   i % 16 == 15 || i + 1 == n ? "\n" : "");
    }
    printf("};\n");
}

int main(int count, char **words)
{
    if (count != 3) {
        fprintf(stderr, "usage: topics cptall-en-US.json subject_codes.json\n");
        return 2;
    }
    json_t *vocabulary = load(words[1]), *subjects = load(words[2]);
    json_t *concepts = json_object_get(vocabulary, "conceptSet");
    size_t n = json_array_size(concepts);
    struct topic *all = calloc(n, sizeof *all), **rows = calloc(n, sizeof(struct topic *));

    for (size_t i = 0; i < n; i++)
        read_topic(json_array_get(concepts, i), subjects, &all[i]);
    qsort(all, n, sizeof *all, by_code);
    printf("/* Written by tools/topics.c from the IPTC Media Topics released %s.\n"
           " * Copyright IPTC, https://iptc.org, CC BY 4.0; see NOTICE. */\n\n",
           json_string_value(json_object_get(vocabulary, "dateReleased")));
    printf("static const struct topic_fact facts[] = {\n");
    for (size_t i = 0; i < n; i++) {
        all[i].row = i;
        rows[i] = &all[i];
        printf("    {S_INIT(\"%s\"), S_INIT(\"", all[i].code);
        write_name(all[i].name);
        printf("\"), S_INIT(\"%s\")},\n",
               parent_row(all, n, all[i].parent) < n ? all[i].parent : "");
    }
    printf("};\n");
    qsort(rows, n, sizeof *rows, by_subject);
    write_numbers("static const struct subject_fact subjects[] = {", rows, n, true);
    qsort(rows, n, sizeof *rows, by_name);
    write_numbers("static const uint16_t by_name[] = {", rows, n, false);
    return 0;
}
