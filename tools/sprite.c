/*
 * sprite.c - one file of icons from many: the symbols that a theme's templates name.
 *
 *   sprite OUT.svg FOLDER... -- TEMPLATE...
 *
 * Every NAME in an `{{icon:NAME}}` of the templates becomes <symbol id="NAME"> with what NAME.svg
 * says, from the first folder that has it.  A name that none has is an error at its template.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 400, NAME_MAX_BYTES = 64, PATH_BYTES = 4096 };

static char names[NAMES_MAX][NAME_MAX_BYTES];
static size_t name_count;

static void quit(const char *where, const char *what)
{
    fprintf(stderr, "%s: %s\n", where, what);
    exit(1);
}

static char *read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *text;
    long size;

    if (f == NULL)
        return NULL;
    if (fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0 || fseek(f, 0, SEEK_SET) != 0)
        quit(path, "cannot be read");
    text = calloc(1, (size_t)size + 1);
    if (text == NULL || fread(text, 1, (size_t)size, f) != (size_t)size)
        quit(path, "cannot be read");
    fclose(f);
    return text;
}

static int by_name(const void *x, const void *y)
{
    return strcmp(x, y);
}

static void add_name(const char *where, const char *name, size_t n)
{
    if (n == 0 || n >= NAME_MAX_BYTES)
        quit(where, "the name of an icon is empty or too long");
    for (size_t i = 0; i < name_count; i++)
        if (strlen(names[i]) == n && memcmp(names[i], name, n) == 0)
            return;
    if (name_count == NAMES_MAX)
        quit(where, "too many icons");
    memcpy(names[name_count++], name, n);
}

static void find_names(const char *path)
{
    static const char tag[] = "{{icon:";
    char *text = read_file(path);

    if (text == NULL)
        quit(path, "cannot be opened");
    for (const char *at = text; (at = strstr(at, tag)) != NULL;) {
        at += sizeof tag - 1;
        add_name(path, at, strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789-_"));
    }
    free(text);
}

/* What stands between <svg ...> and </svg>, and its viewBox. */
static void write_symbol(FILE *out, const char *name, const char *path, char *svg)
{
    char *open = strstr(svg, "<svg"), *close = strstr(svg, "</svg>");
    char *inside = open != NULL ? strchr(open, '>') : NULL;
    char *box = open != NULL ? strstr(open, "viewBox=\"") : NULL;

    if (inside == NULL || close == NULL || box == NULL || box > inside)
        quit(path, "is not an SVG with a viewBox");
    *close = '\0';
    box += strlen("viewBox=\"");
    fprintf(out, "<symbol id=\"%s\" viewBox=\"%.*s\">", name, (int)strcspn(box, "\""), box);
    for (const char *p = inside + 1; *p != '\0'; p++)
        if (*p != '\n' && *p != '\r')
            fputc(*p, out);
    fputs("</symbol>\n", out);
}

static void write_icon(FILE *out, const char *name, char **folders, int n)
{
    char path[PATH_BYTES];

    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/%s.svg", folders[i], name);

        char *svg = read_file(path);

        if (svg != NULL) {
            write_symbol(out, name, path, svg);
            free(svg);
            return;
        }
    }
    quit(name, "no folder has an icon of this name");
}

int main(int argc, char **argv)
{
    int split = 2;

    while (split < argc && strcmp(argv[split], "--") != 0)
        split++;
    if (split == 2 || split >= argc) {
        fprintf(stderr, "usage: sprite OUT.svg FOLDER... -- TEMPLATE...\n");
        return 2;
    }
    for (int i = 2; i < split; i++) {
        DIR *d = opendir(argv[i]);

        if (d == NULL)
            quit(argv[i],
                 "there is no such folder; script/bootstrap installs what the build needs");
        closedir(d);
    }
    for (int i = split + 1; i < argc; i++)
        find_names(argv[i]);
    qsort(names, name_count, sizeof names[0], by_name);

    FILE *out = fopen(argv[1], "w");

    if (out == NULL)
        quit(argv[1], "cannot be written");
    fputs("<svg xmlns=\"http://www.w3.org/2000/svg\">\n", out);
    for (size_t i = 0; i < name_count; i++)
        write_icon(out, names[i], argv + 2, split - 2);
    fputs("</svg>\n", out);
    if (ferror(out) || fclose(out) != 0)
        quit(argv[1], "cannot be written");
    return 0;
}
