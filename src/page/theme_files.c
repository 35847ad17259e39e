#include "page/theme_inside.h"

#include "base/hash.h"
#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *type_of(str path)
{
    static const struct {
        str end;
        const char *type;
    } types[] = {
        {S_INIT(".css"), "text/css; charset=utf-8"},
        {S_INIT(".js"), "text/javascript; charset=utf-8"},
        {S_INIT(".svg"), "image/svg+xml"},
        {S_INIT(".png"), "image/png"},
        {S_INIT(".jpg"), "image/jpeg"},
        {S_INIT(".webp"), "image/webp"},
        {S_INIT(".avif"), "image/avif"},
        {S_INIT(".ico"), "image/x-icon"},
        {S_INIT(".woff2"), "font/woff2"},
        {S_INIT(".json"), "application/json"},
        {S_INIT(".webmanifest"), "application/manifest+json"},
        {S_INIT(".txt"), "text/plain; charset=utf-8"},
    };

    for (size_t i = 0; i < LENGTH(types); i++)
        if (str_ends(path, types[i].end))
            return types[i].type;
    return "application/octet-stream";
}

static struct theme_file *file_named(const theme *t, str path)
{
    for (size_t i = 0; i < t->file_count; i++)
        if (str_eq(t->files[i].path, path))
            return &t->files[i];
    return NULL;
}

const struct theme_file *theme_any_file(const theme *t, str path)
{
    return file_named(t, path);
}

const struct theme_file *theme_file(const theme *t, str path)
{
    static const str inside[] = {S_INIT(".html"), S_INIT(".po"), S_INIT(".pot")};

    for (size_t i = 0; i < LENGTH(inside); i++)
        if (str_ends(path, inside[i]))
            return NULL;
    return file_named(t, path);
}

str theme_address(arena *a, const struct theme_file *f)
{
    return str_fmt(a, "/theme/%.*s/%.*s", STR(f->fingerprint), STR(f->path));
}

static err put_file(theme *t, str path, str bytes, note *why)
{
    struct theme_file *f = file_named(t, path);

    if (f == NULL) {
        if (t->file_count == THEME_FILES_MAX)
            return fail(why, E_LIMIT, "a theme has at most %d files", THEME_FILES_MAX);
        f = &t->files[t->file_count++];
    }
    *f = (struct theme_file){path, bytes, fingerprint(t->a, bytes), type_of(path)};
    return OK;
}

/* No more than the arena has: it could not be left while a file is open. */
static err room_for(theme *t, const char *path, size_t bytes, note *why)
{
    if (bytes > THEME_FILE_MAX)
        return fail(why, E_LIMIT, "%s has more than %d bytes", path, THEME_FILE_MAX);
    if (t->file_bytes + bytes > THEME_BYTES_MAX)
        return fail(why, E_LIMIT, "the theme's folder has more than %d bytes", THEME_BYTES_MAX);
    t->file_bytes += bytes;
    return OK;
}

static err read_open_file(theme *t, const char *path, int fd, str *out, note *why)
{
    struct stat st;
    size_t n = 0;

    if (fstat(fd, &st) != 0)
        return fail(why, E_IO, "cannot look at %s: %s", path, strerror(errno));
    TRY(room_for(t, path, (size_t)st.st_size, why));

    char *bytes = arena_bytes(t->a, (size_t)st.st_size + 1);

    for (ssize_t got; n < (size_t)st.st_size; n += (size_t)got) {
        got = read(fd, bytes + n, (size_t)st.st_size - n);
        if (got < 0)
            return fail(why, E_IO, "cannot read %s: %s", path, strerror(errno));
        if (got == 0)
            break;
    }
    *out = str_of(bytes, n);
    return OK;
}

static err take_file(theme *t, const char *path, const char *name, note *why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    str bytes;
    err e;

    if (fd < 0)
        return fail(why, E_IO, "cannot open %s: %s", path, strerror(errno));
    e = read_open_file(t, path, fd, &bytes, why);
    close(fd);
    return e == OK ? put_file(t, str_dup(t->a, str_c(name)), bytes, why) : e;
}

static err read_folder(theme *t, const char *folder, note *why)
{
    char *paths[] = {str_z(t->a, str_c(folder)), NULL};
    size_t skip = strlen(folder);
    err e = OK;

    if (access(folder, R_OK | X_OK) != 0)
        return fail(why, E_IO, "cannot look into the theme folder %s: %s", folder, strerror(errno));

    FTS *tree = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, NULL);

    if (tree == NULL)
        return fail(why, E_IO, "cannot look into the theme folder %s: %s", folder, strerror(errno));
    while (skip > 0 && folder[skip - 1] == '/')
        skip--;
    for (FTSENT *f; e == OK && (f = fts_read(tree)) != NULL;) {
        if (f->fts_level > 0 && f->fts_name[0] == '.')
            fts_set(tree, f, FTS_SKIP);
        else if (f->fts_info == FTS_F && f->fts_level > 0)
            e = take_file(t, f->fts_path, f->fts_path + skip + 1, why);
    }
    fts_close(tree);
    return e;
}

/* --- style sheets in parts --- */

enum { SHEETS_DEEP = 8 };

/* The file that a line `@import "type.css";` names, beside the sheet; empty for another line. */
static str imported(arena *a, str sheet, str line)
{
    ptrdiff_t slash = str_find_last(sheet, '/');
    str folder = str_to(sheet, slash < 0 ? 0 : (size_t)slash + 1), name = str_trim(line);

    if (!str_starts(name, S("@import \"")) || !str_ends(name, S(".css\";")))
        return (str){0};
    name = str_from(name, S("@import \"").n);
    return str_join(a, folder, str_to(name, name.n - 2));
}

/* One sheet is asked for once: its parts, and theirs, stand where it imports them. */
static err join_sheet(theme *t, struct theme_file *f, int depth, note *why)
{
    buf whole = buf_new(t->a, THEME_FILE_MAX);
    str rest = f->bytes;

    if (str_find(rest, S("@import \"")) < 0)
        return OK;
    if (depth == SHEETS_DEEP)
        return fail(why, E_INVALID, "%.*s imports itself, or what it imports goes on for too long",
                    STR(f->path));
    while (rest.n > 0) {
        ptrdiff_t end = str_find_char(rest, '\n');
        str line = str_to(rest, end < 0 ? rest.n : (size_t)end + 1);
        str name = imported(t->a, f->path, line);
        struct theme_file *part = name.n > 0 ? file_named(t, name) : NULL;

        if (name.n > 0 && part == NULL)
            return fail(why, E_INVALID, "%.*s: the theme has no file %.*s to import", STR(f->path),
                        STR(name));
        if (part != NULL)
            TRY(join_sheet(t, part, depth + 1, why));
        buf_add(&whole, part != NULL ? part->bytes : line);
        rest = str_from(rest, line.n);
    }
    if (whole.over)
        return fail(why, E_LIMIT, "%.*s has more than %d bytes with what it imports", STR(f->path),
                    THEME_FILE_MAX);
    f->bytes = buf_str(&whole);
    f->fingerprint = fingerprint(t->a, f->bytes);
    return OK;
}

err theme_files_read(theme *t, const struct theme_source *from, note *why)
{
    for (size_t i = 0; i < from->n; i++)
        TRY(put_file(t, from->files[i].path, from->files[i].bytes, why));
    if (from->folder != NULL)
        TRY(read_folder(t, from->folder, why));
    for (size_t i = 0; i < t->file_count; i++)
        if (str_ends(t->files[i].path, S(".css")))
            TRY(join_sheet(t, &t->files[i], 0, why));
    return OK;
}
