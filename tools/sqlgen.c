/*
 * sqlgen.c - from statements in .sql files to row structs and typed functions.
 *
 *   sqlgen OUT FILE.sql...      writes OUT.h and OUT.c
 *
 * A statement:
 *   -- name: story_at_path
 *   -- One or more lines of why.
 *   -- in:  path text, before time?
 *   -- out: story int, headline text,
 *   --      at time
 *   -- tags: story story, site          (kind, then the int column that holds the id; alone: id 0)
 *   -- one                              (or many, or run)
 *   SELECT ... WHERE path = :path;
 *   -- pg:                              (only where PostgreSQL must be told differently)
 *   SELECT ...
 * `-- out: like story_card` gives the rows of a statement above, under its name.
 * Types: int time real bool text html json blob; with ? it may be NULL.
 * Mistakes are printed as FILE:LINE: message, and nothing is written.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 64, COLUMNS_MAX = 64, DIRECT_INS = 6 };
enum kind { NO_KIND, ONE, MANY, RUN };
enum shape { AS_INT, AS_REAL, AS_BOOL, AS_TEXT, AS_BLOB };

static const struct type {
    const char *word;
    enum shape shape;
} types[] = {
    {"int", AS_INT},   {"time", AS_INT},  {"real", AS_REAL}, {"bool", AS_BOOL},
    {"text", AS_TEXT}, {"html", AS_TEXT}, {"json", AS_TEXT}, {"blob", AS_BLOB},
};
static const char *const c_type[] = {"int64_t ", "double ", "bool ", "str ", "str "};

struct text {
    char *p;
    size_t n, room;
};

struct column {
    char name[NAME_MAX_BYTES];
    enum shape shape;
    bool maybe; /* NULL may stand there */
    bool used, used_pg;
    int line;
};

struct columns {
    struct column v[COLUMNS_MAX];
    int n;
};

struct tag {
    char kind[NAME_MAX_BYTES], column[NAME_MAX_BYTES];
    int line;
};

struct statement {
    char name[NAME_MAX_BYTES];
    char row[NAME_MAX_BYTES]; /* whose row struct it gives: its own, or another's */
    const char *file;
    int line;
    struct text why, sql, pg;
    struct columns ins, outs;
    struct tag tags[COLUMNS_MAX];
    int tag_count;
    enum kind kind;
    bool in_pg, ended, ended_pg;
};

static struct statement *statements;
static size_t statement_count;
static int mistakes;
static const char *file_now;
static int line_now;

/* --- small things --- */

[[gnu::format(printf, 2, 3)]] static void mistake_at(int line, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fprintf(stderr, "%s:%d: ", file_now, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    mistakes++;
}

#define mistake(...) mistake_at(line_now, __VA_ARGS__)

static void *more(void *p, size_t size)
{
    p = realloc(p, size);
    if (p == NULL) {
        perror("sqlgen");
        exit(1);
    }
    return p;
}

static void add(struct text *t, const char *p, size_t n)
{
    if (t->n + n + 1 > t->room) {
        t->room = (t->n + n + 1) * 2;
        t->p = more(t->p, t->room);
    }
    memcpy(t->p + t->n, p, n);
    t->n += n;
    t->p[t->n] = '\0';
}

static void add_z(struct text *t, const char *z)
{
    add(t, z, strlen(z));
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters to change, add or drop from x to y. */
static size_t distance(const char *x, const char *y)
{
    size_t row[NAME_MAX_BYTES + 1], ny = smaller(strlen(y), NAME_MAX_BYTES);

    for (size_t j = 0; j <= ny; j++)
        row[j] = j;
    for (size_t i = 0; x[i] != '\0'; i++) {
        size_t corner = row[0];

        row[0] = i + 1;
        for (size_t j = 0; j < ny; j++) {
            size_t change = corner + (x[i] != y[j]);

            corner = row[j + 1];
            row[j + 1] = smaller(change, smaller(row[j], corner) + 1);
        }
    }
    return row[ny];
}

/* Keeps the nearest of the words that it is shown. */
struct nearest {
    const char *to, *word;
    size_t distance;
};

static void nearer(struct nearest *n, const char *word)
{
    size_t d = distance(n->to, word);

    if (d <= strlen(n->to) / 2 + 1 && (n->word == NULL || d < n->distance)) {
        n->word = word;
        n->distance = d;
    }
}

static const char *did_you_mean(const struct nearest *n)
{
    static char text[NAME_MAX_BYTES + 40];

    text[0] = '\0';
    if (n->word != NULL)
        snprintf(text, sizeof text, "; did you mean \"%s\"?", n->word);
    return text;
}

static bool letter(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static const char *skip_space(const char *p)
{
    while (isspace((unsigned char)*p))
        p++;
    return p;
}

/* Take a word off the front; its length, 0 when none stands there. */
static size_t take_word(const char **p, char word[NAME_MAX_BYTES])
{
    size_t n = 0;

    *p = skip_space(*p);
    while (letter((*p)[n]))
        n++;
    snprintf(word, NAME_MAX_BYTES, "%.*s", (int)n, *p);
    *p += n;
    return n;
}

static bool name_ok(const char *name)
{
    size_t n = strlen(name);

    for (size_t i = 0; i < n; i++)
        if (!(islower((unsigned char)name[i]) || isdigit((unsigned char)name[i]) || name[i] == '_'))
            return false;
    return n > 0 && n < NAME_MAX_BYTES - 1 && islower((unsigned char)name[0]) && name[n - 1] != '_';
}

/* Words that cannot be the name of a C parameter or member in what we write. */
static bool name_taken(const char *name)
{
    static const char *const taken[] = {
        "a",       "c",        "row",      "rows",     "in",     "changed", "auto",
        "bool",    "break",    "case",     "char",     "const",  "default", "do",
        "double",  "else",     "enum",     "err",      "extern", "false",   "float",
        "for",     "goto",     "if",       "inline",   "int",    "long",    "note",
        "nullptr", "register", "restrict", "return",   "short",  "signed",  "sizeof",
        "static",  "str",      "struct",   "switch",   "true",   "typedef", "typeof",
        "union",   "unsigned", "void",     "volatile", "while",  "unix",    "linux",
    };

    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (strcmp(taken[i], name) == 0)
            return true;
    return false;
}

static struct column *column_named(struct columns *all, const char *name)
{
    for (int i = 0; i < all->n; i++)
        if (strcmp(all->v[i].name, name) == 0)
            return &all->v[i];
    return NULL;
}

static void nearer_columns(struct nearest *n, const struct columns *all)
{
    for (int i = 0; i < all->n; i++)
        nearer(n, all->v[i].name);
}

/* --- reading the head of a statement --- */

static const struct type *read_type(const char *word)
{
    struct nearest near = {.to = word};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i].word, word) == 0)
            return &types[i];
        nearer(&near, types[i].word);
    }
    mistake("unknown type \"%s\"%s", word, did_you_mean(&near));
    return &types[0];
}

/* "path text, limit int?" */
static void read_columns(struct columns *all, const char *what, const char *p)
{
    for (p = skip_space(p); *p != '\0'; p = skip_space(p)) {
        struct column c = {.line = line_now};
        char type[NAME_MAX_BYTES];

        if (take_word(&p, c.name) == 0 || take_word(&p, type) == 0) {
            mistake("%s: a name and a type are expected, as in \"path text, limit int\"", what);
            return;
        }
        c.shape = read_type(type)->shape;
        if (*p == '?') {
            c.maybe = true;
            p++;
        }
        p = skip_space(p);
        if (*p != ',' && *p != '\0') {
            mistake("%s: a comma is expected after \"%s %s\"", what, c.name, type);
            return;
        }
        p += *p == ',';
        if (!name_ok(c.name))
            mistake("%s: \"%s\" is not a name (small letters, digits, _)", what, c.name);
        else if (name_taken(c.name))
            mistake("%s: the name \"%s\" is taken in C; choose another", what, c.name);
        else if (column_named(all, c.name) != NULL)
            mistake("%s: \"%s\" stands there twice", what, c.name);
        else if (all->n == COLUMNS_MAX)
            mistake("%s: more than %d", what, COLUMNS_MAX);
        else
            all->v[all->n++] = c;
    }
}

static bool starts(const char *p, const char *with, const char **rest)
{
    size_t n = strlen(with);

    if (strncmp(p, with, n) != 0)
        return false;
    *rest = p + n;
    return true;
}

/* "like story_card": the columns of a statement that stands above. */
static void read_outs(struct statement *s, const char *p)
{
    struct nearest near = {.to = s->row};
    const char *rest;

    if (!starts(skip_space(p), "like ", &rest)) {
        read_columns(&s->outs, "out", p);
        return;
    }
    rest = skip_space(rest);
    if (take_word(&rest, s->row) == 0)
        mistake("out: like which statement?");
    for (size_t i = 0; i + 1 < statement_count; i++) {
        if (strcmp(statements[i].name, s->row) == 0) {
            s->outs = statements[i].outs;
            memcpy(s->row, statements[i].row, sizeof s->row);
            return;
        }
        nearer(&near, statements[i].name);
    }
    mistake("out: no statement \"%s\" stands above%s", s->row, did_you_mean(&near));
}

/* "story story, site" */
static void read_tags(struct statement *s, const char *p)
{
    for (p = skip_space(p); *p != '\0'; p = skip_space(p)) {
        struct tag tag = {.line = line_now};

        if (take_word(&p, tag.kind) == 0) {
            mistake("tags: a kind and a column are expected, as in \"story story\"");
            return;
        }
        take_word(&p, tag.column);
        p = skip_space(p);
        if (*p != ',' && *p != '\0') {
            mistake("tags: a comma is expected after \"%s %s\"", tag.kind, tag.column);
            return;
        }
        p += *p == ',';
        if (s->tag_count < COLUMNS_MAX)
            s->tags[s->tag_count++] = tag;
    }
}

static void start_statement(const char *p)
{
    char name[NAME_MAX_BYTES];

    take_word(&p, name);
    if (!name_ok(name) || *skip_space(p) != '\0')
        mistake("\"-- name:\" needs one name of small letters, digits and _");
    for (size_t i = 0; i < statement_count; i++)
        if (strcmp(statements[i].name, name) == 0)
            mistake("the name \"%s\" is given twice: first in %s:%d", name, statements[i].file,
                    statements[i].line);
    statements = more(statements, (statement_count + 1) * sizeof *statements);

    struct statement *s = &statements[statement_count++];

    *s = (struct statement){.file = file_now, .line = line_now};
    memcpy(s->name, name, sizeof name);
    memcpy(s->row, name, sizeof name);
}

/* Is this comment a line of the head that was misspelt? "-- inn: path text" */
static void look_for_slip(const char *p)
{
    static const char *const words[] = {"name", "in", "out", "tags", "pg"};
    char word[NAME_MAX_BYTES];
    const char *start = p;

    if (take_word(&p, word) == 0 || *p != ':' || p - start > 8)
        return;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (distance(word, words[i]) == 1)
            mistake("unknown line \"%s:\"; did you mean \"%s:\"?", word, words[i]);
}

static enum kind kind_of(const char *p)
{
    return strcmp(p, "one") == 0    ? ONE
           : strcmp(p, "many") == 0 ? MANY
           : strcmp(p, "run") == 0  ? RUN
                                    : NO_KIND;
}

/* A comment line, without its "--".  `open` remembers which list goes on in the next line. */
static void read_comment(const char *whole, const char **open)
{
    const char *p = skip_space(whole), *rest;
    struct statement *s = statement_count == 0 ? NULL : &statements[statement_count - 1];

    if (s != NULL && strcmp(s->file, file_now) != 0)
        s = NULL;
    if (starts(p, "name:", &rest)) {
        start_statement(rest);
        *open = NULL;
    } else if (s == NULL) {
        look_for_slip(p); /* about the file, that is */
    } else if (starts(p, "pg:", &rest)) {
        if (s->kind == NO_KIND || s->in_pg)
            mistake("\"-- pg:\" stands once, after the SQL");
        s->in_pg = true;
    } else if (s->kind != NO_KIND) {
        if (starts(p, "in:", &rest) || starts(p, "out:", &rest) || starts(p, "tags:", &rest) ||
            kind_of(p) != NO_KIND)
            mistake("\"-- %s\" must stand before \"-- one\", \"-- many\" or \"-- run\"", p);
        else
            look_for_slip(p);
    } else if (kind_of(p) != NO_KIND) {
        s->kind = kind_of(p);
    } else if (starts(p, "in:", &rest)) {
        read_columns(&s->ins, *open = "in", rest);
    } else if (starts(p, "out:", &rest)) {
        *open = "out";
        read_outs(s, rest);
    } else if (starts(p, "tags:", &rest)) {
        *open = "tags";
        read_tags(s, rest);
    } else if (*open != NULL && p - whole >= 2) {
        if (strcmp(*open, "tags") == 0)
            read_tags(s, p);
        else
            read_columns(strcmp(*open, "in") == 0 ? &s->ins : &s->outs, *open, p);
    } else {
        *open = NULL;
        look_for_slip(p);
        add_z(&s->why, p);
        add_z(&s->why, "\n");
    }
}

/* --- reading SQL --- */

/* A quoted piece or a comment at p: where it ends; p when none starts there. */
static const char *skip_quoted(const char *p)
{
    if (p[0] == '-' && p[1] == '-')
        return p + strlen(p);
    if (p[0] != '\'' && p[0] != '"')
        return p;

    const char *end = strchr(p + 1, p[0]);

    if (end == NULL) {
        mistake("a quote is not closed on this line");
        return p + strlen(p);
    }
    return end + 1;
}

/* ":name" at p becomes "?3". */
static const char *read_parameter(struct statement *s, struct text *sql, const char *p)
{
    char name[NAME_MAX_BYTES], number[16];

    p++;
    take_word(&p, name);

    struct column *c = column_named(&s->ins, name);

    if (c == NULL) {
        struct nearest near = {.to = name};

        nearer_columns(&near, &s->ins);
        mistake("\":%s\" is not declared in \"-- in:\"%s", name, did_you_mean(&near));
        return p;
    }
    *(s->in_pg ? &c->used_pg : &c->used) = true;
    snprintf(number, sizeof number, "%c%d", s->in_pg ? '$' : '?', (int)(c - s->ins.v) + 1);
    add_z(sql, number);
    return p;
}

static void read_sql(const char *p)
{
    struct statement *s = statement_count == 0 ? NULL : &statements[statement_count - 1];

    if (s == NULL || strcmp(s->file, file_now) != 0) {
        mistake("SQL before the first \"-- name:\"");
        return;
    }
    if (s->kind == NO_KIND) {
        mistake("SQL before \"-- one\", \"-- many\" or \"-- run\"");
        s->kind = RUN;
    }

    struct text *sql = s->in_pg ? &s->pg : &s->sql;
    bool *ended = s->in_pg ? &s->ended_pg : &s->ended;

    while (*p != '\0') {
        const char *after = skip_quoted(p);

        if (after != p && *p == '-')
            break;
        if (*ended && !isspace((unsigned char)*p)) {
            mistake("SQL after the \";\": one statement a name");
            return;
        }
        if (after != p) {
            add(sql, p, (size_t)(after - p));
            p = after;
        } else if (p[0] == ':' && p[1] == ':') {
            add(sql, p, 2);
            p += 2;
        } else if (p[0] == ':' && letter(p[1])) {
            p = read_parameter(s, sql, p);
        } else if (*p == ';') {
            *ended = true;
            p++;
        } else {
            add(sql, p++, 1);
        }
    }
    add_z(sql, "\n");
}

/* --- what can only be said when a statement is whole --- */

static void check_use(struct statement *s)
{
    for (int i = 0; i < s->ins.n; i++) {
        struct column *c = &s->ins.v[i];

        if (!c->used)
            mistake_at(c->line, "\"%s\" is declared in \"-- in:\" and never used", c->name);
        if (s->in_pg && !c->used_pg)
            mistake_at(c->line, "\"%s\" is never used in the \"-- pg:\" variant", c->name);
    }
}

static void check_tags(struct statement *s)
{
    for (int i = 0; i < s->tag_count; i++) {
        struct tag *t = &s->tags[i];
        struct column *in = column_named(&s->ins, t->column);
        struct column *out = column_named(&s->outs, t->column);
        struct nearest near = {.to = t->column};

        if (t->column[0] == '\0')
            continue;
        nearer_columns(&near, &s->ins);
        nearer_columns(&near, &s->outs);
        if (in == NULL && out == NULL)
            mistake_at(t->line, "tags: no in or out is named \"%s\"%s", t->column,
                       did_you_mean(&near));
        else if ((in != NULL && in->shape != AS_INT) || (out != NULL && out->shape != AS_INT))
            mistake_at(t->line, "tags: \"%s\" is not an int", t->column);
    }
}

static void check_statement(struct statement *s)
{
    file_now = s->file;
    if (s->why.n == 0)
        mistake_at(s->line, "\"%s\" does not say why: a line of prose is missing", s->name);
    if (s->kind == NO_KIND)
        mistake_at(s->line, "\"%s\" has no \"-- one\", \"-- many\" or \"-- run\"", s->name);
    else if (s->sql.n == 0 || *skip_space(s->sql.p) == '\0')
        mistake_at(s->line, "\"%s\" has no SQL", s->name);
    if (s->in_pg && s->pg.n == 0)
        mistake_at(s->line, "\"%s\" has an empty \"-- pg:\" variant", s->name);
    if (s->kind == RUN && s->outs.n > 0)
        mistake_at(s->outs.v[0].line, "\"%s\" is \"-- run\": it gives no rows", s->name);
    if ((s->kind == ONE || s->kind == MANY) && s->outs.n == 0 && strcmp(s->row, s->name) == 0)
        mistake_at(s->line, "\"%s\" has no \"-- out:\"", s->name);
    check_use(s);
    check_tags(s);
}

static void read_file(const char *path)
{
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    const char *open = NULL;

    if (f == NULL) {
        perror(path);
        exit(1);
    }
    file_now = path;
    line_now = 0;
    for (ssize_t n; (n = getline(&line, &room, f)) >= 0;) {
        line_now++;
        while (n > 0 && isspace((unsigned char)line[n - 1]))
            line[--n] = '\0';

        const char *p = skip_space(line);

        if (p[0] == '-' && p[1] == '-')
            read_comment(p + 2, &open);
        else if (*p != '\0')
            read_sql(line);
    }
    free(line);
    fclose(f);
}

/* --- writing --- */

static bool by_struct(const struct statement *s)
{
    return s->ins.n > DIRECT_INS;
}

static bool is_text(const struct column *c)
{
    return c->shape == AS_TEXT || c->shape == AS_BLOB;
}

static void write_members(FILE *h, const struct columns *all)
{
    for (int i = 0; i < all->n; i++) {
        const struct column *c = &all->v[i];

        fprintf(h, "    %s%s;%s\n", c_type[c->shape], c->name,
                c->maybe && is_text(c) ? " /* {NULL, 0}: none */" : "");
        if (c->maybe && !is_text(c))
            fprintf(h, "    bool has_%s;\n", c->name);
    }
}

static void write_signature(FILE *f, const struct statement *s)
{
    fprintf(f, "err sql_%s(%sstore_conn *c", s->name, s->kind == RUN ? "" : "arena *a, ");
    if (by_struct(s))
        fprintf(f, ", const struct sql_%s_in *in", s->name);
    for (int i = 0; i < s->ins.n && !by_struct(s); i++) {
        const struct column *c = &s->ins.v[i];

        if (c->maybe && !is_text(c))
            fprintf(f, ", const %s*%s", c_type[c->shape], c->name);
        else
            fprintf(f, ", %s%s", c_type[c->shape], c->name);
    }
    if (s->kind == RUN)
        fprintf(f, ", int64_t *changed)");
    else if (s->kind == ONE)
        fprintf(f, ", struct sql_%s *row)", s->row);
    else
        fprintf(f, ", struct sql_%s_rows *rows)", s->row);
}

/* The lines of why; what would end the comment is kept apart. */
static void write_why(FILE *h, const struct statement *s)
{
    fputs("/*\n", h);
    for (const char *p = s->why.p; *p != '\0';) {
        int n = (int)strcspn(p, "\n");

        fputs(" * ", h);
        for (int i = 0; i < n; i++) {
            fputc(p[i], h);
            if ((p[i] == '*' && p[i + 1] == '/') || (p[i] == '/' && p[i + 1] == '*'))
                fputc(' ', h);
        }
        fputc('\n', h);
        p += n + 1;
    }
    fprintf(h, " * (%s:%d)\n", s->file, s->line);
    for (int i = 0; i < s->ins.n && !by_struct(s); i++)
        if (s->ins.v[i].maybe)
            fprintf(h, " * %s may be %s.\n", s->ins.v[i].name,
                    is_text(&s->ins.v[i]) ? "{NULL, 0}: none" : "NULL: none");
    fputs(s->kind == ONE   ? " * E_MISSING when there is no such row; texts live in `a`.\n"
          : s->kind == RUN ? " * `changed` (rows) may be NULL.\n"
                           : " * All rows live in `a`.\n",
          h);
    fputs(" */\n", h);
}

static void write_declarations(FILE *h, const struct statement *s)
{
    if (s->kind != RUN && strcmp(s->row, s->name) == 0) {
        fprintf(h, "struct sql_%s {\n", s->name);
        write_members(h, &s->outs);
        fprintf(h, "};\nstruct sql_%s_rows {\n    struct sql_%s *v;\n    size_t n;\n};\n", s->name,
                s->name);
    }
    if (by_struct(s)) {
        fprintf(h, "struct sql_%s_in {\n", s->name);
        write_members(h, &s->ins);
        fprintf(h, "};\n");
    }
    fputc('\n', h);
    write_why(h, s);
    write_signature(h, s);
    fputs(";\n\n", h);
}

static void write_quoted(FILE *c, const struct text *sql)
{
    size_t n = sql->n;

    while (n > 0 && isspace((unsigned char)sql->p[n - 1]))
        n--;
    fputs("\n     \"", c);
    for (size_t i = 0; i < n; i++) {
        unsigned char b = (unsigned char)sql->p[i];

        if (b == '\n')
            fputs("\\n\"\n     \"", c);
        else if (b == '"' || b == '\\')
            fprintf(c, "\\%c", b);
        else if (b == '?')
            fputs("\\?", c);
        else if (b < ' ' || b > '~')
            fprintf(c, "\\%03o", b);
        else
            fputc(b, c);
    }
    fputc('"', c);
}

static void write_table(FILE *c)
{
    static const char *const kinds[] = {"", "SQL_ONE", "SQL_MANY", "SQL_RUN"};

    fputs("const struct sql_statement sql_statements[] = {\n", c);
    for (size_t i = 0; i < statement_count; i++) {
        const struct statement *s = &statements[i];

        fprintf(c, "    {\"%s\", \"%s\", %d, %s, %d, %d,", s->name, s->file, s->line,
                kinds[s->kind], s->ins.n, s->outs.n);
        write_quoted(c, &s->sql);
        fputc(',', c);
        if (s->in_pg)
            write_quoted(c, &s->pg);
        else
            fputs(" NULL", c);
        fputs("},\n", c);
    }
    if (statement_count == 0)
        fputs("    {0},\n", c);
    fprintf(c, "};\nconst size_t sql_statement_count = %zu;\n", statement_count);
}

static void write_in(FILE *f, const struct statement *s, int at)
{
    static const char *const setter[] = {"int", "real", "int", "text", "blob"};
    const struct column *c = &s->ins.v[at];
    const char *where = by_struct(s) ? "in->" : "";

    if (!c->maybe) {
        fprintf(f, "    stmt_set_%s(q_, %d, %s%s);\n", setter[c->shape], at + 1, where, c->name);
        return;
    }
    if (is_text(c))
        fprintf(f, "    if (%s%s.p != NULL)\n", where, c->name);
    else if (by_struct(s))
        fprintf(f, "    if (in->has_%s)\n", c->name);
    else
        fprintf(f, "    if (%s != NULL)\n", c->name);
    fprintf(f, "        stmt_set_%s(q_, %d, %s%s%s);\n    else\n        stmt_set_null(q_, %d);\n",
            setter[c->shape], at + 1, !is_text(c) && !by_struct(s) ? "*" : "", where, c->name,
            at + 1);
}

static void write_out(FILE *f, const struct columns *outs, int at, const char *to)
{
    const struct column *c = &outs->v[at];

    if (c->maybe && !is_text(c))
        fprintf(f, "        %shas_%s = !stmt_is_null(q_, %d);\n", to, c->name, at);
    fprintf(f, "        %s%s = ", to, c->name);
    if (c->shape == AS_BLOB)
        fprintf(f, "stmt_blob(a, q_, %d);\n", at);
    else if (c->shape == AS_TEXT)
        fprintf(f, "stmt_text(a, q_, %d);\n", at);
    else if (c->shape == AS_REAL)
        fprintf(f, "stmt_real(q_, %d);\n", at);
    else
        fprintf(f, "stmt_int(q_, %d)%s;\n", at, c->shape == AS_BOOL ? " != 0" : "");
    if (c->maybe && is_text(c))
        fprintf(f, "        if (stmt_is_null(q_, %d))\n            %s%s = (str){0};\n", at, to,
                c->name);
}

static void write_in_tags(FILE *f, struct statement *s)
{
    for (int i = 0; i < s->tag_count; i++) {
        struct tag *t = &s->tags[i];
        struct column *c = column_named(&s->ins, t->column);

        if (t->column[0] == '\0')
            fprintf(f, "    stmt_tag(c, TAG_%s, 0);\n", t->kind);
        else if (c != NULL && c->maybe)
            fprintf(f, "    if (%s%s%s)\n        stmt_tag(c, TAG_%s, %s%s);\n",
                    by_struct(s) ? "in->has_" : "", c->name, by_struct(s) ? "" : " != NULL",
                    t->kind, by_struct(s) ? "in->" : "*", c->name);
        else if (c != NULL)
            fprintf(f, "    stmt_tag(c, TAG_%s, %s%s);\n", t->kind, by_struct(s) ? "in->" : "",
                    c->name);
    }
}

static void write_out_tags(FILE *f, struct statement *s, const char *from)
{
    for (int i = 0; i < s->tag_count; i++) {
        struct tag *t = &s->tags[i];
        struct column *c = column_named(&s->outs, t->column);

        if (c != NULL && c->maybe)
            fprintf(f, "        if (%shas_%s)\n    ", from, c->name);
        if (c != NULL)
            fprintf(f, "        stmt_tag(c, TAG_%s, %s%s);\n", t->kind, from, c->name);
    }
}

static void write_function(FILE *f, struct statement *s, size_t number)
{
    fputc('\n', f);
    write_signature(f, s);
    fputs("\n{\n    stmt *q_;\n    err e_;\n", f);
    if (s->kind != RUN)
        fputs("    (void)a;\n", f);
    if (s->kind == ONE)
        fprintf(f, "    struct sql_%s row_ = {0};\n", s->row);
    else if (s->kind == MANY)
        fprintf(f, "    struct sql_%s_rows rows_ = {0};\n    size_t room_ = 0;\n", s->row);
    write_in_tags(f, s);
    fprintf(f, "    TRY(stmt_start(c, %zu, &q_));\n", number);
    for (int i = 0; i < s->ins.n; i++)
        write_in(f, s, i);
    if (s->kind == RUN) {
        fputs("    e_ = stmt_run(q_, changed);\n    return stmt_end(q_, e_);\n}\n", f);
        return;
    }
    if (s->kind == ONE) {
        fputs("    if ((e_ = stmt_next(q_)) == OK) {\n", f);
    } else {
        fprintf(f,
                "    while ((e_ = stmt_next(q_)) == OK) {\n"
                "        rows_.v = stmt_room(a, rows_.v, sizeof *rows_.v, rows_.n, &room_);\n"
                "        struct sql_%s *row_ = &rows_.v[rows_.n++];\n"
                "        *row_ = (struct sql_%s){0};\n",
                s->row, s->row);
    }

    const char *to = s->kind == ONE ? "row_." : "row_->";

    for (int i = 0; i < s->outs.n; i++)
        write_out(f, &s->outs, i, to);
    write_out_tags(f, s, to);
    if (s->kind == ONE)
        fputs("        e_ = stmt_run(q_, NULL);\n    }\n"
              "    TRY(stmt_end(q_, e_));\n    *row = row_;\n    return OK;\n}\n",
              f);
    else
        fputs("    }\n    TRY(stmt_end(q_, e_ == E_MISSING ? OK : e_));\n"
              "    *rows = rows_;\n    return OK;\n}\n",
              f);
}

static FILE *create(const char *out, const char *end)
{
    char path[4096];

    snprintf(path, sizeof path, "%s%s", out, end);

    FILE *f = fopen(path, "w");

    if (f == NULL) {
        perror(path);
        exit(1);
    }
    return f;
}

static void finish(FILE *f, const char *out)
{
    if (ferror(f) || fclose(f) != 0) {
        perror(out);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: sqlgen OUT FILE.sql...\n");
        return 2;
    }
    for (int i = 2; i < argc; i++)
        read_file(argv[i]);
    for (size_t i = 0; i < statement_count; i++)
        check_statement(&statements[i]);
    if (mistakes > 0)
        return 1;

    FILE *h = create(argv[1], ".h");

    fputs("/* Written by tools/sqlgen.c from the .sql files: change those. */\n"
          "#ifndef STORE_SQL_H\n#define STORE_SQL_H\n\n#include \"store/store.h\"\n\n",
          h);
    for (size_t i = 0; i < statement_count; i++)
        write_declarations(h, &statements[i]);
    fputs("#endif\n", h);
    finish(h, argv[1]);

    FILE *c = create(argv[1], ".c");

    fputs("/* Written by tools/sqlgen.c from the .sql files: change those. */\n"
          "#include \"store/sql.h\"\n\n#include \"store/stmt.h\"\n\n",
          c);
    write_table(c);
    for (size_t i = 0; i < statement_count; i++)
        write_function(c, &statements[i], i);
    finish(c, argv[1]);
    return 0;
}
