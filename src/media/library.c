#include "media/library.h"

#include "base/hash.h"
#include "media/keep.h"

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

const char *media_original_path(arena *a, const struct media_library *library, str fingerprint,
                                str extension)
{
    str folder = folder_of(a, library, fingerprint);

    return str_z(a, str_fmt(a, "%.*s/original.%.*s", STR(folder), STR(extension)));
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

err media_take(arena *a, const struct media_library *library, str bytes, struct media_taken *taken,
               note *why)
{
    struct media_taken m = {.size = (int64_t)bytes.n};

    TRY(picture_look(a, bytes, &m.facts, why));
    metadata_read(a, &m.facts.metadata, &m.words);
    m.fingerprint = fingerprint(a, bytes);

    struct media_widths widths = media_widths(m.facts.width, m.facts.height);
    const char *original = media_original_path(a, library, m.fingerprint, str_c(m.facts.extension));
    const char *first = media_path(a, library, m.fingerprint, widths.first, PICTURE_JPEG);

    TRY(keep_original(a, library, m.fingerprint, original, bytes, why));
    if (access(first, R_OK) != 0)
        TRY(picture_make(a, original, widths.first, PICTURE_JPEG, first, why));
    m.ready = media_on_disk(a, library, m.fingerprint, &widths);
    *taken = m;
    return OK;
}
