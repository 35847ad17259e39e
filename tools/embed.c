/*
 * embed.c - files into C, so that they travel inside the program.
 *
 *   embed OUT.c SYMBOL ROOT FILE... [--below ROOT FILE...]
 *
 * writes `const struct embedded SYMBOL[]` (base/embedded.h): each file's path below ROOT and its
 * bytes, in the order given; and SYMBOL_count.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void quit(const char *what)
{
    perror(what);
    exit(1);
}

static void write_byte(FILE *out, int c, int *column)
{
    if (*column >= 90) {
        fputs("\"\n     \"", out);
        *column = 0;
    }
    if (c == '"' || c == '\\' || c == '?')
        *column += fprintf(out, "\\%c", c);
    else if (c == '\n')
        *column += fprintf(out, "\\n");
    else if (c < ' ' || c > '~')
        *column += fprintf(out, "\\%03o", (unsigned)c);
    else
        *column += fputc(c, out) != EOF;
}

static void write_path(FILE *out, const char *path, const char *root)
{
    size_t n = strlen(root);
    int column = 0;

    if (strncmp(path, root, n) == 0 && path[n] == '/')
        path += n + 1;
    fputs("    {{\"", out);
    for (const char *p = path; *p != '\0'; p++)
        write_byte(out, (unsigned char)*p, &column);
    fprintf(out, "\", %zu},\n     {", strlen(path));
}

static void write_file(FILE *out, const char *path, const char *root)
{
    FILE *in = fopen(path, "rb");
    size_t n = 0;
    int column = 0;

    if (in == NULL)
        quit(path);
    write_path(out, path, root);
    fputc('"', out);
    for (int c; (c = getc(in)) != EOF; n++)
        write_byte(out, c, &column);
    if (ferror(in))
        quit(path);
    fclose(in);
    fprintf(out, "\", %zu}},\n", n);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: embed OUT.c SYMBOL ROOT FILE...\n");
        return 2;
    }

    FILE *out = fopen(argv[1], "w");

    if (out == NULL)
        quit(argv[1]);
    fprintf(out, "/* Written by tools/embed.c. */\n#include \"base/embedded.h\"\n\n");
    fprintf(out, "EMBEDDED(%s);\n\nconst struct embedded %s[] = {\n", argv[2], argv[2]);

    const char *root = argv[3];
    int files = 0;

    for (int i = 4; i < argc; i++) {
        if (strcmp(argv[i], "--below") == 0 && i + 1 < argc) {
            root = argv[++i];
            continue;
        }
        write_file(out, argv[i], root);
        files++;
    }
    if (files == 0)
        fputs("    {{0}, {0}}, /* none */\n", out);
    fprintf(out, "};\nconst size_t %s_count = %d;\n", argv[2], files);
    if (ferror(out) || fclose(out) != 0)
        quit(argv[1]);
    return 0;
}
