#include "wire/beside.h"

#include "base/must.h"
#include "base/table.h"
#include "text/vtt.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CEILING = 1 << 30,
    CAPTIONS_MAX = 20, /* languages of a film */
    ADDRESS_MAX = 1024
};

/* The files of captions in a folder, by their names. */
struct captions_of {
    str *names;
    size_t n, room;
};

struct beside {
    const struct media_library *library;
    arena *keep;    /* for the whole run */
    arena *scratch; /* for one file */
    table found;    /* real path -> struct found */
    table folders;  /* path -> struct captions_of */
};

struct beside *beside_new(const struct media_library *library)
{
    struct beside *b = calloc(1, sizeof *b);

    must(b != NULL);
    b->library = library;
    b->keep = arena_new(CEILING);
    b->scratch = arena_new(CEILING);
    b->found = table_new(b->keep);
    b->folders = table_new(b->keep);
    return b;
}

void beside_free(struct beside **b)
{
    if (*b == NULL)
        return;
    arena_free(&(*b)->keep);
    arena_free(&(*b)->scratch);
    free(*b);
    *b = NULL;
}

/* --- a file --- */

static err read_open(arena *a, int fd, const char *path, size_t max, str *out, note *why)
{
    struct stat st;

    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return fail(why, E_INVALID, "%s is not a file", path);
    if ((uint64_t)st.st_size > max)
        return fail(why, E_LIMIT, "%s has %lld bytes; at most %zu are taken", path,
                    (long long)st.st_size, max);

    char *bytes = arena_bytes(a, (size_t)st.st_size + 1);
    size_t n = 0;

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

err file_read(arena *a, const char *path, size_t max, str *out, note *why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    err e;

    if (fd < 0)
        return fail(why, E_IO, "cannot open %s: %s", path, strerror(errno));
    e = read_open(a, fd, path, max, out, why);
    close(fd);
    return e;
}

/* --- captions beside a film --- */

static bool is_language(str s)
{
    bool in_part = false;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

        if (!letter && !(c == '-' && in_part))
            return false;
        in_part = letter;
    }
    return s.n >= 2 && s.n <= 20 && in_part && s.p[0] > '9';
}

/* "ferry.en.vtt" beside "ferry.webm" is in English, "ferry.vtt" in the paper's language; false for
 * any other name. */
static bool is_captions_of(str name, str stem, str *language)
{
    if (!str_starts(name, stem) || !str_ends(name, S(".vtt")) || name.n < stem.n + 4)
        return false;
    *language = str_to(str_from(name, stem.n), name.n - stem.n - 4);
    if (language->n == 0)
        return true;
    if (language->p[0] != '.')
        return false;
    *language = str_from(*language, 1);
    return is_language(*language);
}

/* "/a/b.c/ferry.webm": "/a/b.c/ferry" */
static str without_ending(str path)
{
    ptrdiff_t dot = str_find_last(path, '.'), slash = str_find_last(path, '/');

    return dot > slash + 1 ? str_to(path, (size_t)dot) : path;
}

static void add_name(arena *a, struct captions_of *c, const char *name)
{
    if (c->n == c->room) {
        size_t room = c->room == 0 ? 16 : 2 * c->room;
        str *names = arena_many(a, str, room);

        if (c->n > 0)
            memcpy(names, c->names, c->n * sizeof *names);
        c->names = names;
        c->room = room;
    }
    c->names[c->n++] = str_dup(a, str_c(name));
}

/* A folder is read once, however many films lie in it. */
static const struct captions_of *captions_in(struct beside *b, str folder)
{
    struct captions_of *c = table_get(&b->folders, folder);
    DIR *dir;

    if (c != NULL)
        return c;
    c = arena_one(b->keep, struct captions_of);
    table_put(&b->folders, str_dup(b->keep, folder), c);
    dir = opendir(str_z(b->scratch, folder));
    if (dir == NULL)
        return c;
    for (struct dirent *e; (e = readdir(dir)) != NULL;)
        if (str_ends(str_c(e->d_name), S(".vtt")))
            add_name(b->keep, c, e->d_name);
    closedir(dir);
    return c;
}

/* One file of captions: what cannot be read is left out here; as a file of its own it is set
 * aside with its line. */
static void take_captions(struct beside *b, const char *path, str language, struct found *f)
{
    str bytes;
    struct vtt v;
    int line;

    if (f->caption_count == CAPTIONS_MAX ||
        file_read(b->scratch, path, VTT_BYTES_MAX, &bytes, NULL) != OK ||
        vtt_read(b->scratch, bytes, &v, &line, NULL) != OK)
        return;
    f->captions[f->caption_count++] =
        (struct media_captions){str_dup(b->keep, language), vtt_write(b->keep, &v)};
}

static void find_captions(struct beside *b, const char *film, struct found *f)
{
    str stem = without_ending(str_c(film)), language;
    size_t slash = (size_t)(str_find_last(stem, '/') + 1);
    str folder = str_to(stem, slash);
    const struct captions_of *c = captions_in(b, folder);

    f->captions = arena_many(b->keep, struct media_captions, CAPTIONS_MAX);
    for (size_t i = 0; i < c->n; i++)
        if (is_captions_of(c->names[i], str_from(stem, slash), &language))
            take_captions(b, str_z(b->scratch, str_join(b->scratch, folder, c->names[i])), language,
                          f);
}

/* --- pictures, films, sounds --- */

/* A file may be as large as a film: its bytes do not stay. */
static err take_file(struct beside *b, const char *path, struct found *f, note *why)
{
    arena *a = arena_new(MEDIA_BYTES_MAX + (1 << 20));
    str bytes;
    err e = file_read(a, path, MEDIA_BYTES_MAX, &bytes, why);

    if (e == OK)
        e = media_take(b->keep, b->library, bytes, &f->taken, why);
    arena_free(&a);
    return e;
}

const struct found *beside_look(struct beside *b, const char *real)
{
    struct found *f = table_get(&b->found, str_c(real));
    note why = {0};

    if (f != NULL)
        return f;
    arena_reset(b->scratch);
    f = arena_one(b->keep, struct found);
    f->is_there = take_file(b, real, f, &why) == OK;
    if (f->is_there && f->taken.is_film)
        find_captions(b, real, f);
    if (!f->is_there)
        f->reason = str_dup(b->keep, str_c(why.text));
    table_put(&b->found, str_dup(b->keep, str_c(real)), f);
    return f;
}

/* Is it a file below `root`?  Its real name then. */
static bool leads_to(arena *a, const char *root, const char *path, str address, char real[PATH_MAX])
{
    char real_root[PATH_MAX];
    str folder = str_c(path);
    ptrdiff_t slash = str_find_last(folder, '/');

    if (address.n == 0 || address.n > ADDRESS_MAX || address.p[0] == '/' ||
        str_find(address, S("://")) >= 0 || str_starts_nocase(address, S("data:")))
        return false;
    folder = slash < 0 ? S(".") : str_to(folder, (size_t)slash);
    if (realpath(str_z(a, str_fmt(a, "%.*s/%.*s", STR(folder), STR(address))), real) == NULL ||
        realpath(root, real_root) == NULL)
        return false;

    size_t n = strlen(real_root);

    return strncmp(real, real_root, n) == 0 && (real[n] == '/' || n <= 1);
}

const struct found *beside_find(struct beside *b, const char *root, const char *path, str address)
{
    char real[PATH_MAX];

    arena_reset(b->scratch);
    return leads_to(b->scratch, root, path, address, real) ? beside_look(b, real) : NULL;
}

const struct found *beside_film(struct beside *b, const char *captions)
{
    static const char *const endings[] = {"webm", "mp4", "m4v", "m4a", "mp3", "ogg", "oga"};
    char real[PATH_MAX];
    str stem = without_ending(str_c(captions));

    arena_reset(b->scratch);
    for (int with_language = 0; with_language < 2; with_language++) {
        for (size_t i = 0; i < LENGTH(endings); i++)
            if (realpath(str_z(b->scratch, str_fmt(b->scratch, "%.*s.%s", STR(stem), endings[i])),
                         real) != NULL)
                return beside_look(b, real);
        stem = without_ending(stem);
    }
    return NULL;
}

bool is_captions(const struct wire_rendition *r)
{
    return str_starts_nocase(r->type, S("text/vtt")) || str_ends(r->address, S(".vtt"));
}

void beside_link_captions(struct beside *b, const struct found *film, const char *root,
                          const char *path, const struct wire_media *m)
{
    struct found *f = (struct found *)(uintptr_t)film; /* ours, as beside_look() made it */
    char real[PATH_MAX];

    for (size_t i = 0; i < m->rendition_count; i++) {
        arena_reset(b->scratch);
        if (!is_captions(&m->renditions[i]) ||
            !leads_to(b->scratch, root, path, m->renditions[i].address, real))
            continue;

        str stem = without_ending(str_c(real));
        str language = str_from(stem, (size_t)(str_find_last(stem, '.') + 1));
        bool has = false;

        if (!is_language(language) || language.n == stem.n)
            language = S("");
        for (size_t j = 0; j < f->caption_count; j++)
            has = has || str_eq(f->captions[j].language, language);
        if (!has)
            take_captions(b, real, language, f);
    }
}
