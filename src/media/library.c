#include "media/library.h"

#include "base/hash.h"
#include "media/keep.h"
#include "media/sniff.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

err media_library_open(arena *a, const char *data_folder, struct media_library *library, note *why)
{
    const char *folder = str_z(a, str_fmt(a, "%s/media", data_folder));

    TRY(keep_folder(a, folder, why));
    *library = (struct media_library){.folder = folder};
    return OK;
}

static str folder_of(arena *a, const struct media_library *library, str fingerprint)
{
    return str_fmt(a, "%s/%.2s/%.*s", library->folder, fingerprint.p, STR(fingerprint));
}

const char *media_path(arena *a, const struct media_library *library, str fingerprint, int width,
                       enum picture_format f)
{
    str folder = folder_of(a, library, fingerprint);

    return str_z(a, str_fmt(a, "%.*s/w%d.%s", STR(folder), width, picture_extension(f)));
}

const char *media_crop_path(arena *a, const struct media_library *library, str fingerprint,
                            enum shape shape, const struct crop *crop, int width,
                            enum picture_format f)
{
    str folder = folder_of(a, library, fingerprint), name = crop_name(a, shape, crop);

    return str_z(
        a, str_fmt(a, "%.*s/%.*s-w%d.%s", STR(folder), STR(name), width, picture_extension(f)));
}

/* "wide-0-125-1000-667-w640.avif" */
static bool is_of_old_crop(const char *name, const struct crop crops[SHAPES])
{
    str file = str_c(name);
    ptrdiff_t width = str_find(file, S("-w"));
    enum shape shape;
    struct crop crop;

    return width > 0 && crop_name_read(str_to(file, (size_t)width), &shape, &crop) &&
           !crop_same(&crop, &crops[shape]);
}

size_t media_crops_sweep(arena *a, const struct media_library *library, str fingerprint,
                         const struct crop crops[SHAPES])
{
    DIR *folder = opendir(str_z(a, folder_of(a, library, fingerprint)));
    size_t n = 0;

    if (folder == NULL)
        return 0;
    for (struct dirent *d; (d = readdir(folder)) != NULL;)
        n += is_of_old_crop(d->d_name, crops) && unlinkat(dirfd(folder), d->d_name, 0) == 0;
    closedir(folder);
    return n;
}

const char *media_original_path(arena *a, const struct media_library *library, str fingerprint,
                                str extension)
{
    str folder = folder_of(a, library, fingerprint);

    return str_z(a, str_fmt(a, "%.*s/original.%.*s", STR(folder), STR(extension)));
}

const char *media_picture_path(arena *a, const struct media_library *library, str fingerprint,
                               str type, str extension)
{
    if (!film_type_is_film(type))
        return media_original_path(a, library, fingerprint, extension);
    return str_z(a, str_fmt(a, "%.*s/poster.jpg", STR(folder_of(a, library, fingerprint))));
}

int64_t media_on_disk(arena *a, const struct media_library *library, str fingerprint,
                      const struct media_widths *widths)
{
    int64_t ready = 0;

    for (int i = 0; i < widths->n; i++)
        for (int f = 0; f < PICTURE_FORMATS; f++)
            SCRATCH (a) {
                enum picture_format format = (enum picture_format)f;
                const char *path = media_path(a, library, fingerprint, widths->v[i], format);

                if (access(path, R_OK) == 0)
                    ready |= media_bit(widths, widths->v[i], format);
            }
    return ready;
}

static err keep_original(arena *a, const struct media_library *library, str fingerprint_,
                         const char *path, str bytes, note *why)
{
    struct stat st;

    if (stat(path, &st) == 0 && (uint64_t)st.st_size == bytes.n)
        return OK;
    TRY(keep_folder(a, str_z(a, str_fmt(a, "%s/%.2s", library->folder, fingerprint_.p)), why));
    TRY(keep_folder(a, str_z(a, folder_of(a, library, fingerprint_)), why));
    return keep_file(a, path, bytes, why);
}

static err keep_first(arena *a, const struct media_library *library, str jpeg,
                      struct media_taken *m, note *why)
{
    struct media_widths widths = media_widths(m->facts.width, m->facts.height);
    const char *path = media_path(a, library, m->fingerprint, widths.first, PICTURE_JPEG);

    if (access(path, R_OK) != 0)
        TRY(keep_file(a, path, jpeg, why));
    m->ready = media_on_disk(a, library, m->fingerprint, &widths);
    return OK;
}

/* --- films and sounds --- */

enum { HEAD = 4096, POSTER_ROOM = 5 * FILM_POSTER_MAX };

/* Where a film lies while it is looked at; what a crash leaves is swept as any half-written file.
 */
static const char *look_path(arena *a, const struct media_library *library)
{
    return str_z(a,
                 str_fmt(a, "%s/look.%d-%d.part", library->folder, (int)getpid(), (int)gettid()));
}

/* The poster is kept as a picture's original is, and its facts stand for the film's. */
static err make_poster(arena *a, const struct media_library *library, const char *path, str head,
                       struct media_taken *m, note *why)
{
    str jpeg, first;
    const char *poster;

    TRY(film_poster(a, path, head, &m->film, &jpeg, why));
    TRY(picture_develop(a, jpeg, &m->facts, &first, why));
    m->facts.words = (struct media_words){0}; /* it has none, and they would not stay */
    poster = media_picture_path(a, library, m->fingerprint, str_c(m->film.type), (str){0});
    TRY(keep_original(a, library, m->fingerprint, poster, jpeg, why));
    return keep_first(a, library, first, m, why);
}

/* Its bytes are as large as a photograph, and a whole run of films may share `a` of who asks. */
static err keep_poster(const struct media_library *library, const char *path, str head,
                       struct media_taken *m, note *why)
{
    arena *a = arena_new(POSTER_ROOM);
    err e = make_poster(a, library, path, head, m, why);

    arena_free(&a);
    return e;
}

static err look_and_keep(arena *a, const struct media_library *library, const char *path, str bytes,
                         struct media_taken *m, note *why)
{
    str head = str_to(bytes, HEAD);

    TRY(film_look(a, path, head, &m->film, why));
    if (m->film.is_sound)
        m->facts = (struct picture_facts){.width = 1, .height = 1, .colour = "#000000"};
    else
        TRY(keep_poster(library, path, head, m, why));
    m->facts.type = m->film.type;
    m->facts.extension = m->film.extension;
    m->words.title = m->film.title;
    return keep_original(a, library, m->fingerprint,
                         media_original_path(a, library, m->fingerprint, str_c(m->film.extension)),
                         bytes, why);
}

static err take_film(arena *a, const struct media_library *library, str bytes,
                     struct media_taken *taken, note *why)
{
    struct media_taken m = {.size = (int64_t)bytes.n, .is_film = true};
    const char *path = look_path(a, library);

    if (bytes.n > FILM_BYTES_MAX)
        return fail(why, E_LIMIT, "the film has %zu bytes; at most %d are taken", bytes.n,
                    FILM_BYTES_MAX);
    m.fingerprint = fingerprint(a, bytes);
    TRY(keep_file(a, path, bytes, why));

    err e = look_and_keep(a, library, path, bytes, &m, why);

    unlink(path);
    if (e == OK)
        *taken = m;
    return e;
}

static err take_picture(arena *a, const struct media_library *library, str bytes,
                        struct media_taken *taken, note *why)
{
    struct media_taken m = {.size = (int64_t)bytes.n};
    str first;

    TRY(picture_develop(a, bytes, &m.facts, &first, why));
    m.words = m.facts.words;
    m.fingerprint = fingerprint(a, bytes);
    TRY(keep_original(a, library, m.fingerprint,
                      media_original_path(a, library, m.fingerprint, str_c(m.facts.extension)),
                      bytes, why));
    TRY(keep_first(a, library, first, &m, why));
    *taken = m;
    return OK;
}

err media_take(arena *a, const struct media_library *library, str bytes, struct media_taken *taken,
               note *why)
{
    return film_sniff(bytes).kind != NO_FILM ? take_film(a, library, bytes, taken, why)
                                             : take_picture(a, library, bytes, taken, why);
}
