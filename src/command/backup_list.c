#include "command/backup_list.h"

#include "base/hash.h"

#include <string.h>

void backup_files_add(arena *a, struct backup_files *files, struct backup_file one)
{
    if (files->n == files->room) {
        size_t room = files->room == 0 ? 64 : 2 * files->room;
        struct backup_file *v = arena_many(a, struct backup_file, room);

        if (files->n > 0)
            memcpy(v, files->v, files->n * sizeof *v);
        files->v = v;
        files->room = room;
    }
    files->v[files->n++] = one;
}

bool backup_path_ok(str path)
{
    str rest = path, part;

    for (size_t i = 0; i < path.n; i++)
        if ((unsigned char)path.p[i] < 0x20 || path.p[i] == 0x7f)
            return false;
    if (path.n == 0 || path.n > BACKUP_PATH_MAX || path.p[path.n - 1] == '/')
        return false;
    while (str_cut(&rest, '/', &part))
        if (part.n == 0 || str_eq(part, S(".")) || str_eq(part, S("..")))
            return false;
    return true;
}

void backup_list_write(buf *out, const struct backup_list *list)
{
    buf_fmt(out, "broadsheet backup\t1\nversion\t%.*s\nschema\t%lld\nevent\t%lld\nmade\t%lld\n",
            STR(list->version), (long long)list->schema, (long long)list->event,
            (long long)list->made_at);
    buf_fmt(out, "database\t%lld\t%.*s\n", (long long)list->database.size,
            STR(list->database.fingerprint));
    for (size_t i = 0; i < list->others.n; i++) {
        const struct backup_file *f = &list->others.v[i];

        buf_fmt(out, "file\t%lld\t%lld\t%.*s\t%.*s\n", (long long)f->mode, (long long)f->size,
                STR(f->fingerprint), STR(f->path));
    }
    for (size_t i = 0; i < list->media.n; i++)
        buf_fmt(out, "media\t%lld\t%.*s\n", (long long)list->media.v[i].size,
                STR(list->media.v[i].path));
    for (size_t i = 0; i < list->lacking.n; i++)
        buf_fmt(out, "lacking\t%.*s\n", STR(list->lacking.v[i].path));
    if (!out->over)
        buf_fmt(out, "end\t%.*s\n", STR(fingerprint(out->a, buf_str(out))));
}

/* --- reading --- */

static bool number(str *line, int64_t most, int64_t *n)
{
    str piece;

    return str_cut(line, '\t', &piece) && str_int(piece, n) && *n >= 0 && *n <= most;
}

static bool print(str *line, str *found)
{
    return str_cut(line, '\t', found) && fingerprint_ok(*found);
}

static bool path(str line, str *found)
{
    *found = line;
    return backup_path_ok(line);
}

static bool read_line(arena *a, str kind, str line, struct backup_list *l)
{
    struct backup_file f = {0};

    if (str_eq(kind, S("version")))
        return l->version = line, true;
    if (str_eq(kind, S("schema")))
        return number(&line, INT32_MAX, &l->schema);
    if (str_eq(kind, S("event")))
        return number(&line, INT64_MAX, &l->event);
    if (str_eq(kind, S("made")))
        return number(&line, INT64_MAX, &l->made_at);
    if (str_eq(kind, S("database")))
        return number(&line, INT64_MAX, &l->database.size) &&
               print(&line, &l->database.fingerprint);
    if (str_eq(kind, S("file"))) {
        bool ok = number(&line, 07777, &f.mode) && number(&line, INT64_MAX, &f.size) &&
                  print(&line, &f.fingerprint) && path(line, &f.path);

        return ok ? backup_files_add(a, &l->others, f), true : false;
    }
    if (str_eq(kind, S("media")))
        return number(&line, INT64_MAX, &f.size) && path(line, &f.path)
                   ? (backup_files_add(a, &l->media, f), true)
                   : false;
    return str_eq(kind, S("lacking")) && path(line, &f.path)
               ? (backup_files_add(a, &l->lacking, f), true)
               : false;
}

/* Take the last line off; it must be the fingerprint of what is before. */
static bool is_whole(arena *a, str *text)
{
    size_t end = S("end\t\n").n + FINGERPRINT_HEX;

    if (text->n < end)
        return false;

    str last = str_from(*text, text->n - end);

    *text = str_to(*text, text->n - end);
    return str_starts(last, S("end\t")) && str_ends(last, S("\n")) &&
           str_eq(str_to(str_from(last, 4), FINGERPRINT_HEX), fingerprint(a, *text));
}

err backup_list_read(arena *a, str text, struct backup_list *list, note *why)
{
    struct backup_list l = {0};
    str line, kind;

    if (!str_starts(text, S("broadsheet backup\t")))
        return fail(why, E_INVALID, "it is not the manifest of a backup");
    if (!str_starts(text, S("broadsheet backup\t1\n")))
        return fail(why, E_INVALID, "a newer Broadsheet made this backup");
    if (!is_whole(a, &text))
        return fail(why, E_INVALID, "the manifest is damaged: it does not end as it was written");
    (void)str_cut(&text, '\n', &line);
    if (str_ends(text, S("\n")))
        text = str_to(text, text.n - 1);
    for (size_t number = 2; str_cut(&text, '\n', &line); number++)
        if (!str_cut(&line, '\t', &kind) || !read_line(a, kind, line, &l))
            return fail(why, E_INVALID, "line %zu of the manifest is wrong", number);
    if (!fingerprint_ok(l.database.fingerprint))
        return fail(why, E_INVALID, "the manifest names no database");
    *list = l;
    return OK;
}
