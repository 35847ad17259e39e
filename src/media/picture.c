#include "media/picture.h"

#include "base/utf8.h"
#include "media/darkroom.h"
#include "media/keep.h"
#include "media/sniff.h"
#include "media/words.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TAKEN "pictures are taken as JPEG, PNG, WebP, GIF, TIFF or AVIF"

err picture_size_check(int width, int height, note *why)
{
    if (width < 1 || height < 1)
        return fail(why, E_INVALID, "the picture has no pixels");
    if (width > PICTURE_SIDE_MAX || height > PICTURE_SIDE_MAX)
        return fail(why, E_LIMIT, "%d×%d pixels: more than %d on a side", width, height,
                    PICTURE_SIDE_MAX);
    if ((int64_t)width * height > PICTURE_PIXELS_MAX)
        return fail(why, E_LIMIT, "%d×%d pixels: more than %d million", width, height,
                    PICTURE_PIXELS_MAX / 1000000);
    if (width > height * PICTURE_STRIP_MAX || height > width * PICTURE_STRIP_MAX)
        return fail(why, E_LIMIT, "%d×%d pixels: more than %d times as long as it is broad", width,
                    height, PICTURE_STRIP_MAX);
    return OK;
}

static err check_file(str bytes, const struct picture_sniffed *is, note *why)
{
    if (is->kind == NO_PICTURE)
        return fail(why, E_INVALID, "this is %s; " TAKEN, is->name);
    if (bytes.n > PICTURE_BYTES_MAX)
        return fail(why, E_LIMIT, "the file has %zu megabytes: more than %d", bytes.n >> 20,
                    PICTURE_BYTES_MAX >> 20);
    return OK;
}

static bool is_colour(const char colour[8])
{
    str s = str_of(colour, strnlen(colour, 8));

    return s.n == 7 && s.p[0] == '#' && strspn(s.p + 1, "0123456789abcdef") == 6;
}

/* They come from a process that may have lost its mind. */
static struct media_words words_of(arena *a, const str *pieces)
{
    struct word_list list = {.a = a};

    for (int i = 0; i < WORD_COUNT; i++)
        list.v[i] = str_dup(a, utf8_to(utf8_clean(a, pieces[i]), WORDS_LONG_MAX));
    return word_list_done(&list);
}

/* `first` NULL: it is only looked at. */
static err look(arena *a, int input, const struct picture_sniffed *is, struct picture_facts *facts,
                str *first, note *why)
{
    struct darkroom_job job = {.kind = DARKROOM_LOOK, .with_first = first != NULL};
    struct darkroom_answer answer;

    TRY(darkroom_ask(a, &job, input, NULL, &answer, why));
    TRY(picture_size_check(answer.facts.width, answer.facts.height, why));
    if (!is_colour(answer.facts.colour))
        return fail(why, E_INVALID, "the picture has no colour");
    if (first != NULL && picture_sniff(answer.pieces[DARKROOM_FIRST]).kind != KIND_JPEG)
        return fail(why, E_INVALID, "what was made of the picture is none");
    *facts = answer.facts;
    facts->type = is->type;
    facts->extension = is->extension;
    facts->words = words_of(a, answer.pieces);
    if (first != NULL)
        *first = answer.pieces[DARKROOM_FIRST];
    return OK;
}

static err show(arena *a, str bytes, struct picture_facts *facts, str *first, note *why)
{
    struct picture_sniffed is = picture_sniff(bytes);
    int input;
    err e;

    TRY(check_file(bytes, &is, why));
    input = darkroom_input(bytes);
    if (input < 0)
        return fail(why, E_IO, "could not show the picture to the darkroom: %s", strerror(errno));
    e = look(a, input, &is, facts, first, why);
    close(input);
    return e;
}

err picture_look(arena *a, str bytes, struct picture_facts *facts, note *why)
{
    return show(a, bytes, facts, NULL, why);
}

err picture_develop(arena *a, str bytes, struct picture_facts *facts, str *first, note *why)
{
    return show(a, bytes, facts, first, why);
}

/* --- making --- */

static const struct {
    str extension;
    const char *type;
} formats[PICTURE_FORMATS] = {
    [PICTURE_AVIF] = {S_INIT("avif"), "image/avif"},
    [PICTURE_WEBP] = {S_INIT("webp"), "image/webp"},
    [PICTURE_JPEG] = {S_INIT("jpg"), "image/jpeg"},
};

const char *picture_extension(enum picture_format f)
{
    return formats[f].extension.p;
}

const char *picture_type(enum picture_format f)
{
    return formats[f].type;
}

bool picture_format_of(str extension, enum picture_format *f)
{
    for (int i = 0; i < PICTURE_FORMATS; i++)
        if (str_eq(formats[i].extension, extension)) {
            *f = (enum picture_format)i;
            return true;
        }
    return false;
}

struct making {
    const struct picture_rendition *v;
    bool (*made)(void *of, int i);
    void *of;
};

static err keep_made(arena *a, void *of, int i, str bytes, note *why)
{
    const struct making *m = of;
    const char *type = picture_sniff(bytes).type;

    if (type == NULL || strcmp(type, picture_type(m->v[i].wanted.format)) != 0)
        return fail(why, E_INVALID, "what was made of the picture is none");
    TRY(keep_file(a, m->v[i].out, bytes, why));
    return m->made(m->of, i) ? OK : E_BUSY;
}

static err make(arena *a, int input, struct making *m, int n, note *why)
{
    struct darkroom_job job = {.kind = DARKROOM_MAKE, .n = n};

    must(n >= 1 && n <= PICTURE_WANTED_MAX);
    for (int i = 0; i < n; i++)
        job.wanted[i] = m->v[i].wanted;
    return darkroom_make(a, &job, input, keep_made, m, why);
}

err picture_make(arena *a, const char *original, const struct picture_rendition *v, int n,
                 bool (*made)(void *of, int i), void *of, note *why)
{
    struct making m = {v, made, of};
    int input = open(original, O_RDONLY | O_CLOEXEC);
    struct stat st;
    err e = OK;

    if (input < 0)
        return fail(why, errno == ENOENT ? E_MISSING : E_IO, "could not read %s: %s", original,
                    strerror(errno));
    if (fstat(input, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > PICTURE_BYTES_MAX)
        e = fail(why, E_LIMIT, "%s is no file of at most %d bytes", original, PICTURE_BYTES_MAX);
    else
        e = make(a, input, &m, n, why);
    close(input);
    return e;
}
