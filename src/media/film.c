#include "media/film.h"

#include "base/utf8.h"
#include "media/child.h"
#include "media/sniff.h"

#include <jansson.h>
#include <stdlib.h>

enum { TITLE_MAX = 300, STREAMS_MAX = 16 };
enum { FILE_WORD = sizeof "file:" - 1 }; /* what file_of() puts before a path */

static const struct child_limits quick = {20, 15, (size_t)1 << 30, 256 << 10};
static const struct child_limits drawing = {40, 30, (size_t)2 << 30, FILM_POSTER_MAX};
static const struct child_limits reading = {120, 60, (size_t)1 << 30, 1 << 20};

/* --- what browsers play --- */

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

static bool plays_pictures(enum film_kind kind, const char *codec)
{
    static const char *const mp4[] = {"h264", "av1", "vp9", NULL};
    static const char *const webm[] = {"vp8", "vp9", "av1", NULL};

    return kind == FILM_MP4 ? is_one_of(codec, mp4) : kind == FILM_WEBM && is_one_of(codec, webm);
}

static bool plays_sound(enum film_kind kind, const char *codec)
{
    static const char *const mp4[] = {"aac", "mp3", "opus", "flac", NULL};
    static const char *const open[] = {"opus", "vorbis", NULL};
    static const char *const mp3[] = {"mp3", NULL};

    return is_one_of(codec, kind == FILM_MP4 ? mp4 : kind == SOUND_MP3 ? mp3 : open);
}

/* 10 bits and 4:4:4 play here and there; what plays everywhere is 8 bits and 4:2:0. */
static bool plays_format(const char *codec, const char *format)
{
    return strcmp(codec, "h264") != 0 || strcmp(format, "yuv420p") == 0 ||
           strcmp(format, "yuvj420p") == 0;
}

static void name_type(enum film_kind kind, struct film_facts *f)
{
    switch (kind) {
    case FILM_MP4:
        f->type = f->is_sound ? "audio/mp4" : "video/mp4";
        f->extension = f->is_sound ? "m4a" : "mp4";
        break;
    case FILM_WEBM:
        f->type = f->is_sound ? "audio/webm" : "video/webm";
        f->extension = "webm";
        break;
    case SOUND_MP3:
        f->type = "audio/mpeg";
        f->extension = "mp3";
        break;
    default:
        f->type = "audio/ogg";
        f->extension = "ogg";
    }
}

/* --- what ffprobe says --- */

static const char *word(json_t *of, const char *name)
{
    const char *s = json_string_value(json_object_get(of, name));

    return s != NULL ? s : "";
}

static int64_t milliseconds(const char *seconds)
{
    double s = strtod(seconds, NULL);

    return s > 0 && s < 1e9 ? (int64_t)(s * 1000 + 0.5) : 0;
}

static err take_pictures(arena *a, const struct film_sniffed *is, json_t *stream,
                         struct film_facts *f, note *why)
{
    const char *codec = word(stream, "codec_name"), *format = word(stream, "pix_fmt");
    json_int_t width = json_integer_value(json_object_get(stream, "width"));
    json_int_t height = json_integer_value(json_object_get(stream, "height"));

    if (json_integer_value(
            json_object_get(json_object_get(stream, "disposition"), "attached_pic")) == 1 ||
        f->width > 0)
        return OK; /* the cover of a sound; of several pictures browsers show the first */
    if (!plays_pictures(is->kind, codec))
        return fail(why, E_INVALID, "this is %s with pictures in %.40s, which browsers do not play",
                    is->name, codec[0] != '\0' ? codec : "an unknown coding");
    if (!plays_format(codec, format))
        return fail(why, E_INVALID, "the film's pictures are %.20s; browsers play yuv420p", format);
    if (width <= 0 || height <= 0)
        return fail(why, E_INVALID, "the film does not say how large its pictures are");
    if (width > FILM_SIDE_MAX || height > FILM_SIDE_MAX || width * height > FILM_PIXELS_MAX)
        return fail(why, E_LIMIT, "the film has %lldx%lld pixels; at most 4096x2304 are taken",
                    (long long)width, (long long)height);
    f->width = (int)width;
    f->height = (int)height;
    f->codecs = str_dup(a, str_c(codec));
    return OK;
}

static err take_sound(arena *a, const struct film_sniffed *is, json_t *stream, bool *has_sound,
                      struct film_facts *f, note *why)
{
    const char *codec = word(stream, "codec_name");

    if (*has_sound)
        return OK;
    if (!plays_sound(is->kind, codec))
        return fail(why, E_INVALID, "this is %s with sound in %.40s, which browsers do not play",
                    is->name, codec[0] != '\0' ? codec : "an unknown coding");
    *has_sound = true;
    f->codecs =
        f->codecs.n > 0 ? str_fmt(a, "%.*s, %s", STR(f->codecs), codec) : str_dup(a, str_c(codec));
    return OK;
}

static err take_streams(arena *a, const struct film_sniffed *is, json_t *streams,
                        struct film_facts *f, note *why)
{
    bool has_sound = false;
    size_t i;
    json_t *stream;

    if (json_array_size(streams) > STREAMS_MAX)
        return fail(why, E_LIMIT, "the film has %zu streams; at most %d are taken",
                    json_array_size(streams), STREAMS_MAX);
    json_array_foreach(streams, i, stream) if (strcmp(word(stream, "codec_type"), "video") == 0)
        TRY(take_pictures(a, is, stream, f, why));
    json_array_foreach(streams, i, stream) if (strcmp(word(stream, "codec_type"), "audio") == 0)
        TRY(take_sound(a, is, stream, &has_sound, f, why));
    if (f->width == 0 && !has_sound)
        return fail(why, E_INVALID, "there is neither picture nor sound in this file");
    f->is_sound = f->width == 0;
    return OK;
}

/* Phones write where a film was taken, and the bytes are sent as they came. */
static bool tells_place(json_t *tags)
{
    const char *key;
    json_t *value;

    json_object_foreach(tags, key,
                        value) if (str_find_nocase(str_c(key), S("location")) >= 0 ||
                                   str_find_nocase(str_c(key), S("gps")) >= 0) return true;
    return false;
}

/* Ogg has its words in the streams, other kinds may. */
static bool says_where(json_t *root)
{
    size_t i;
    json_t *stream;

    json_array_foreach(json_object_get(root, "streams"), i,
                       stream) if (tells_place(json_object_get(stream, "tags"))) return true;
    return tells_place(json_object_get(json_object_get(root, "format"), "tags"));
}

static err read_facts(arena *a, const struct film_sniffed *is, json_t *root, struct film_facts *f,
                      note *why)
{
    json_t *format = json_object_get(root, "format"), *tags = json_object_get(format, "tags");

    TRY(take_streams(a, is, json_object_get(root, "streams"), f, why));
    if (says_where(root))
        return fail(why, E_INVALID,
                    "the film says where it was taken, and readers would get that "
                    "too; remove its location first");
    f->duration_ms = milliseconds(word(format, "duration"));
    f->title = utf8_clean(a, str_dup(a, utf8_to(str_trim(str_c(word(tags, "title"))), TITLE_MAX)));
    name_type(is->kind, f);
    return OK;
}

static err probe(arena *a, const char *file, const struct film_sniffed *is, struct film_facts *f,
                 note *why)
{
    const char *const argv[] = {
        "ffprobe",
        "-v",
        "error",
        "-protocol_whitelist",
        "file",
        "-f",
        is->format,
        "-show_entries",
        "format=duration:format_tags:stream=codec_type,codec_name,width,height,pix_fmt:"
        "stream_disposition=attached_pic:stream_tags",
        "-of",
        "json",
        file,
        NULL};
    struct child_said said;
    err e = child_run(a, argv, file + FILE_WORD, &quick, &said, why);

    if (e != OK)
        return e;
    if (!said.is_well)
        return fail(why, E_INVALID, "this is %s that cannot be read (%.*s)", is->name,
                    STR(said.complaint));

    json_t *root = json_loadb(said.out.p, said.out.n, 0, NULL);

    e = root == NULL ? fail(why, E_INVALID, "this is %s that says nothing about itself", is->name)
                     : read_facts(a, is, root, f, why);
    json_decref(root);
    return e;
}

/* --- is it whole? --- */

/* The last "out_time_us=" of a progress report. */
static int64_t reached_ms(str report)
{
    int64_t us = 0;
    str line;

    while (str_cut(&report, '\n', &line))
        if (str_starts(line, S("out_time_us=")))
            (void)str_int(str_trim(str_from(line, 12)), &us);
    return us / 1000;
}

/* Every packet is read, none decoded: what is cut off or torn shows. */
static err read_through(arena *a, const char *file, const struct film_sniffed *is,
                        struct film_facts *f, note *why)
{
    const char *const argv[] = {"ffmpeg",
                                "-v",
                                "error",
                                "-nostdin",
                                "-xerror",
                                "-protocol_whitelist",
                                "file",
                                "-f",
                                is->format,
                                "-i",
                                file,
                                "-map",
                                f->is_sound ? "0:a:0" : "0:v:0",
                                "-map",
                                "0:a:0?",
                                "-c",
                                "copy",
                                "-f",
                                "null",
                                "-stats_period",
                                "30",
                                "-progress",
                                "pipe:1",
                                "-",
                                NULL};
    struct child_said said;
    int64_t reached;

    TRY(child_run(a, argv, file + FILE_WORD, &reading, &said, why));
    reached = reached_ms(said.out);
    if (!said.is_well || said.complaint.n > 0)
        return fail(why, E_INVALID, "this is %s that is damaged or cut off (%.*s)", is->name,
                    STR(said.complaint));
    if (f->duration_ms == 0)
        f->duration_ms = reached;
    if (f->duration_ms <= 0)
        return fail(why, E_INVALID, "this is %s of no duration", is->name);
    if (f->duration_ms > (int64_t)FILM_DURATION_MAX_S * 1000)
        return fail(why, E_LIMIT, "it lasts %lld minutes; at most %d hours are taken",
                    (long long)(f->duration_ms / 60000), FILM_DURATION_MAX_S / 3600);
    if (reached + 1000 + f->duration_ms / 20 < f->duration_ms)
        return fail(why, E_INVALID, "this is %s that is cut off: %lld of %lld seconds are there",
                    is->name, (long long)(reached / 1000), (long long)(f->duration_ms / 1000));
    return OK;
}

/* The first seconds of a sound, decoded. */
static err hear(arena *a, const char *file, const struct film_sniffed *is, note *why)
{
    const char *const argv[] = {
        "ffmpeg", "-v", "error",    "-nostdin", "-xerror", "-threads", "1",  "-protocol_whitelist",
        "file",   "-f", is->format, "-t",       "5",       "-i",       file, "-map",
        "0:a:0",  "-f", "null",     "-",        NULL};
    struct child_said said;

    TRY(child_run(a, argv, file + FILE_WORD, &quick, &said, why));
    if (!said.is_well)
        return fail(why, E_INVALID, "the sound of this file cannot be decoded (%.*s)",
                    STR(said.complaint));
    return OK;
}

/* "file:" before it, so that no name can be taken for an address or an option. */
static const char *file_of(arena *a, const char *path)
{
    return str_z(a, str_fmt(a, "file:%s", path));
}

err film_look(arena *a, const char *path, str head, struct film_facts *facts, note *why)
{
    struct film_sniffed is = film_sniff(head);
    const char *file = file_of(a, path);
    struct film_facts f = {0};

    if (is.kind == NO_FILM)
        return fail(why, E_INVALID, "this is %s", is.name);
    TRY(probe(a, file, &is, &f, why));
    TRY(read_through(a, file, &is, &f, why));
    if (f.is_sound)
        TRY(hear(a, file, &is, why));
    *facts = f;
    return OK;
}

err film_poster(arena *a, const char *path, str head, const struct film_facts *facts, str *jpeg,
                note *why)
{
    struct film_sniffed is = film_sniff(head);
    int64_t at = facts->duration_ms / 4 < 5000 ? facts->duration_ms / 4 : 5000;
    const char *file = file_of(a, path);
    const char *from =
        str_z(a, str_fmt(a, "%lld.%03lld", (long long)(at / 1000), (long long)(at % 1000)));
    const char *const argv[] = {
        "ffmpeg", "-v",    "error",     "-nostdin", "-threads", "1",     "-protocol_whitelist",
        "file",   "-f",    is.format,   "-ss",      from,       "-i",    file,
        "-map",   "0:v:0", "-frames:v", "1",        "-c:v",     "mjpeg", "-q:v",
        "2",      "-f",    "mjpeg",     "pipe:1",   NULL};
    struct child_said said;

    TRY(child_run(a, argv, file + FILE_WORD, &drawing, &said, why));
    if (!said.is_well || said.out.n == 0)
        return fail(why, E_INVALID, "the film's pictures cannot be decoded (%.*s)",
                    STR(said.complaint));
    *jpeg = said.out;
    return OK;
}

bool film_type_is_film(str type)
{
    return str_starts(type, S("video/"));
}

bool film_type_is_sound(str type)
{
    return str_starts(type, S("audio/"));
}

str film_clock(arena *a, int64_t duration_ms)
{
    long long s = (duration_ms + 500) / 1000 > 0 ? (duration_ms + 500) / 1000 : 1;

    return s >= 3600 ? str_fmt(a, "%lld:%02lld:%02lld", s / 3600, s / 60 % 60, s % 60)
                     : str_fmt(a, "%lld:%02lld", s / 60, s % 60);
}

str film_duration_iso(arena *a, int64_t duration_ms)
{
    long long s = (duration_ms + 500) / 1000 > 0 ? (duration_ms + 500) / 1000 : 1;

    return s >= 3600 ? str_fmt(a, "PT%lldH%lldM%lldS", s / 3600, s / 60 % 60, s % 60)
           : s >= 60 ? str_fmt(a, "PT%lldM%lldS", s / 60, s % 60)
                     : str_fmt(a, "PT%lldS", s);
}
