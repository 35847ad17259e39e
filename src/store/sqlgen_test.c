#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TOOL "build/tools/sqlgen"

static char *path_in(struct test *t, const char *folder, const char *name)
{
    return str_z(t->arena, str_fmt(t->arena, "%s/%s", folder, name));
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    cr_assert(f != NULL && fputs(text, f) >= 0 && fclose(f) == 0);
}

static int run(struct test *t, const char *command)
{
    int status = system(command);

    (void)t;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* What the tool says about a file x.sql, without the folder; NULL when it takes it. */
static const char *said(struct test *t, const char *sql)
{
    const char *folder = test_folder(t);
    char *at = path_in(t, folder, "x.sql");
    char *told = path_in(t, folder, "said");

    write_file(at, sql);

    int status =
        run(t, str_z(t->arena, str_fmt(t->arena, TOOL " %s/out %s 2>%s", folder, at, told)));

    if (status == 0)
        return NULL;
    CHECK_INT(status, 1);
    CHECK(access(path_in(t, folder, "out.h"), F_OK) != 0);

    str text = str_replace(t->arena, test_file(t, told), str_fmt(t->arena, "%s/", folder), S(""));

    return str_z(t->arena, str_trim(text));
}

TEST(sqlgen_points_at_the_line_of_a_mistake)
{
    static const struct {
        const char *sql, *says;
    } cases[] = {
        {"-- name: a_b\n-- Why.\n-- in: path text\n-- out: id int\n-- one\n"
         "SELECT id FROM t\n WHERE p = :pth;\n",
         "x.sql:7: \":pth\" is not declared in \"-- in:\"; did you mean \"path\"?\n"
         "x.sql:3: \"path\" is declared in \"-- in:\" and never used"},
        {"-- name: a_b\n-- Why.\n-- in: path txt\n-- run\nDELETE FROM t WHERE p = :path;\n",
         "x.sql:3: unknown type \"txt\"; did you mean \"text\"?"},
        {"-- name: a_b\n-- Why.\n-- in: p text,\n--     p int\n-- run\nDELETE FROM t WHERE p=:p;\n",
         "x.sql:4: in: \"p\" stands there twice"},
        {"-- name: a_b\n-- Why.\n-- run\nDELETE FROM t;\n\n-- name: a_b\n-- Why.\n-- run\n"
         "DELETE FROM t;\n",
         "x.sql:6: the name \"a_b\" is given twice: first in x.sql:1"},
        {"-- name: a_b\n-- run\nDELETE FROM t;\n",
         "x.sql:1: \"a_b\" does not say why: a line of prose is missing"},
        {"-- name: a_b\n-- Why.\nDELETE FROM t;\n",
         "x.sql:3: SQL before \"-- one\", \"-- many\" or \"-- run\""},
        {"-- name: a_b\n-- Why.\n-- one\nSELECT 1;\n", "x.sql:1: \"a_b\" has no \"-- out:\""},
        {"-- name: a_b\n-- Why.\n-- out: id int\n-- run\nDELETE FROM t;\n",
         "x.sql:3: \"a_b\" is \"-- run\": it gives no rows"},
        {"-- name: a_b\n-- Why.\n-- out: story int\n-- tags: story stroy\n-- one\nSELECT 1;\n",
         "x.sql:4: tags: no in or out is named \"stroy\"; did you mean \"story\"?"},
        {"-- name: a_b\n-- Why.\n-- out: story text\n-- tags: story story\n-- one\nSELECT 1;\n",
         "x.sql:4: tags: \"story\" is not an int"},
        {"-- name: a_b\n-- Why.\n-- inn: p text\n-- run\nDELETE FROM t;\n",
         "x.sql:3: unknown line \"inn:\"; did you mean \"in:\"?"},
        {"-- name: a_b\n-- Why.\n-- run\nDELETE FROM t; DELETE FROM u;\n",
         "x.sql:4: SQL after the \";\": one statement a name"},
        {"-- name: a_b\n-- Why.\n-- run\n", "x.sql:1: \"a_b\" has no SQL"},
        {"-- name: card\n-- Why.\n-- out: id int\n-- one\nSELECT 1;\n-- name: a_b\n-- Why.\n"
         "-- out: like crad\n-- many\nSELECT 1;\n",
         "x.sql:8: out: no statement \"crad\" stands above; did you mean \"card\"?"},
        {"SELECT 1;\n", "x.sql:1: SQL before the first \"-- name:\""},
        {"-- name: a_b\n-- Why.\n-- in: default int\n-- run\nDELETE FROM t;\n",
         "x.sql:3: in: the name \"default\" is taken in C; choose another"},
        {"-- name: AB\n-- Why.\n-- run\nDELETE FROM t;\n",
         "x.sql:1: \"-- name:\" needs one name of small letters, digits and _"},
        {"-- name: a_b\n-- Why.\n-- in: p int\n-- run\nDELETE FROM t WHERE p = :p;\n-- pg:\n"
         "DELETE FROM t;\n",
         "x.sql:3: \"p\" is never used in the \"-- pg:\" variant"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        const char *got = said(t, cases[i].sql);

        cr_assert(got != NULL, "taken without a word: %s", cases[i].sql);
        CHECK_STR(str_c(got), str_c(cases[i].says));
    }
}

static const char everything[] =
    "-- About the file.\n"
    "-- name: wide\n"
    "-- More parameters than a call should have, of every type. Ends */ nothing.\n"
    "-- in: i int, i2 int?, b bool, r real, s text, s2 text?,\n"
    "--     d blob?, at2 time\n"
    "-- out: i int, i2 int?, b bool?, r real?, s text, s2 text?, d blob, h html\n"
    "-- tags: story i, section i2, site\n"
    "-- many\n"
    "SELECT :i, :i2, :b, :r, :s, :s2, :d, 'a:b' -- :not a parameter\n"
    " WHERE :at2 > 0 AND \"x\" <> ':no';\n"
    "\n"
    "-- name: narrow\n"
    "-- One row, with what may be missing handed in directly.\n"
    "-- in: i int?, s text?, b bool?\n"
    "-- out: i int?\n"
    "-- tags: story i\n"
    "-- one\n"
    "SELECT CAST(:i AS INTEGER) WHERE :s = :b;\n"
    "-- pg:\n"
    "SELECT :i::bigint WHERE :s = :b;\n"
    "\n"
    "-- name: narrows\n"
    "-- The same row, and many of them.\n"
    "-- out: like narrow\n"
    "-- many\n"
    "SELECT 1;\n"
    "\n"
    "-- name: narrowest\n"
    "-- The same again, from the one above.\n"
    "-- out: like narrows\n"
    "-- many\n"
    "SELECT 1;\n"
    "\n"
    "-- name: change\n"
    "-- Changes something.\n"
    "-- run\n"
    "-- a comment within\n"
    "DELETE FROM t WHERE x = '?';\n";

TEST(sqlgen_writes_c_that_compiles)
{
    const char *folder = test_folder(t);

    CHECK(mkdir(path_in(t, folder, "store"), 0700) == 0);
    write_file(path_in(t, folder, "x.sql"), everything);
    CHECK_INT(
        run(t, str_z(t->arena, str_fmt(t->arena, TOOL " %s/store/sql %s/x.sql", folder, folder))),
        0);
    CHECK_INT(
        run(t, str_z(t->arena, str_fmt(t->arena,
                                       "gcc -std=gnu2x -Wall -Wextra -Wshadow -Wconversion "
                                       "-Wno-sign-conversion -Werror -fsyntax-only -I%s -Isrc "
                                       "%s/store/sql.c",
                                       folder, folder))),
        0);

    str c = test_file(t, path_in(t, folder, "store/sql.c"));
    str h = test_file(t, path_in(t, folder, "store/sql.h"));

    CHECK(str_find(h, S("err sql_wide(arena *a, store_conn *c, const struct sql_wide_in *in, "
                        "struct sql_wide_rows *rows);")) >= 0);
    CHECK(str_find(h, S("err sql_narrow(arena *a, store_conn *c, const int64_t *i, str s, "
                        "const bool *b, struct sql_narrow *row);")) >= 0);
    CHECK(str_find(h, S("err sql_narrowest(arena *a, store_conn *c, "
                        "struct sql_narrow_rows *rows);")) >= 0);
    CHECK(str_find(h, S("err sql_change(store_conn *c, int64_t *changed);")) >= 0);
    CHECK(str_find(c, S("'a:b' \\n")) >= 0);
    CHECK(str_find(c, S("$1::bigint WHERE $2 = $3\"")) >= 0);
    CHECK(str_find(c, S("stmt_tag(c, TAG_site, 0);")) >= 0);
}

TEST(sqlgen_writes_the_same_for_no_statements)
{
    const char *folder = test_folder(t);

    CHECK_INT(run(t, str_z(t->arena, str_fmt(t->arena, TOOL " %s/sql", folder))), 0);
    CHECK(access(path_in(t, folder, "sql.c"), R_OK) == 0);
}

TEST(embed_keeps_every_byte)
{
    const char *folder = test_folder(t);
    char *at = path_in(t, folder, "bytes.bin");
    FILE *f = fopen(at, "wb");

    for (int i = 0; i < 3; i++)
        for (int c = 0; c < 256; c++)
            fputc(c == '0' + i ? '1' : c, f);
    fclose(f);
    write_file(path_in(t, folder, "main.c"),
               "#include \"base/embedded.h\"\n#include <stdio.h>\nEMBEDDED(files);\n"
               "int main(void) { fwrite(files[0].bytes.p, 1, files[0].bytes.n, stdout);\n"
               "return !(files_count == 1 && str_eq(files[0].path, S(\"bytes.bin\"))); }\n");
    CHECK_INT(
        run(t, str_z(t->arena,
                     str_fmt(t->arena,
                             "cd %s && $OLDPWD/build/tools/embed files.c files . ./bytes.bin && "
                             "gcc -std=gnu2x -Wall -I$OLDPWD/src files.c main.c -o main && "
                             "./main | cmp - bytes.bin",
                             folder))),
        0);
}
