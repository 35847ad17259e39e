#include "media/decode.h"

#include "base/utf8.h"
#include "media/sniff.h"
#include "media/widths.h"

#include <stdio.h>
#include <vips/vips.h>

#include <vips/vector.h>

enum { LOOK_SIDE = 64, BANDS_MAX = 5, BLOB_MAX = 4 << 20 };

static void quiet(const char *domain, GLogLevelFlags level, const char *message, void *of)
{
    (void)domain, (void)level, (void)message, (void)of;
}

/* What a class of libvips learns of itself when it is first used, it learns now. */
static void meet_operations(void)
{
    static const char *const names[] = {
        "jpegload_buffer",
        "pngload_buffer",
        "webpload_buffer",
        "gifload_buffer",
        "tiffload_buffer",
        "heifload_buffer",
        "jpegsave_buffer",
        "webpsave_buffer",
        "heifsave_buffer",
        "pngsave_buffer",
        "thumbnail_image",
        "icc_transform",
        "icc_import",
        "icc_export",
        "resize",
        "shrink",
        "shrinkv",
        "shrinkh",
        "reduce",
        "reducev",
        "reduceh",
        "colourspace",
        "flatten",
        "cast",
        "copy",
        "extract_area",
        "autorot",
        "premultiply",
        "unpremultiply",
        "linear",
        "embed",
        "black",
        "insert",
        "text",
    };

    for (size_t i = 0; i < LENGTH(names); i++) {
        VipsOperation *op = vips_operation_new(names[i]);

        if (op != NULL)
            g_object_unref(op);
    }
    vips_error_clear();
}

err decode_start(note *why)
{
    if (vips_init("broadsheet") != 0)
        return fail(why, E_IO, "could not start libvips: %s", vips_error_buffer());
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_block_untrusted_set(TRUE);
    vips_vector_set_enabled(FALSE); /* makes code while it runs, which is forbidden here */
    g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG, quiet,
                      NULL);
    meet_operations();
    return OK;
}

void decode_stop(void)
{
    vips_shutdown();
}

static void drop_image(void *image)
{
    g_object_unref(image);
}

/* The image belongs to the arena from here on. */
static VipsImage *hold(arena *a, VipsImage *image)
{
    arena_defer(a, drop_image, image);
    return image;
}

/* The first line of what libvips says; its log is one for the process. */
static err vips_failed(note *why, err e, const char *what)
{
    char said[200];
    size_t n = 0;

    for (const char *p = vips_error_buffer(); *p != '\0' && *p != '\n' && n + 1 < sizeof said; p++)
        if (*p >= ' ' && *p <= '~')
            said[n++] = *p;
    said[n] = '\0';
    vips_error_clear();
    return fail(why, e, "%s (%s)", what, n > 0 ? said : "no reason given");
}

/* --- looking --- */

/* Only the loader of this kind: libvips does not choose.  A JPEG can be decoded at a half, a
 * quarter or an eighth. */
static int load(enum picture_kind kind, str bytes, int shrink, VipsImage **im)
{
    void *p = (void *)bytes.p;

#define LOAD(loader, ...)                                                                          \
    vips_##loader##_buffer(p, bytes.n, im, "fail_on", VIPS_FAIL_ON_ERROR, "access",                \
                           VIPS_ACCESS_SEQUENTIAL __VA_OPT__(, ) __VA_ARGS__, NULL)
    switch (kind) {
    case KIND_JPEG:
        return LOAD(jpegload, "shrink", shrink);
    case KIND_PNG:
        return LOAD(pngload);
    case KIND_WEBP:
        return LOAD(webpload);
    case KIND_GIF:
        return LOAD(gifload);
    case KIND_TIFF:
        return LOAD(tiffload);
    case KIND_AVIF:
    case KIND_HEIC:
        return LOAD(heifload);
    case NO_PICTURE:
        break;
    }
#undef LOAD
    return -1;
}

static str blob(VipsImage *im, const char *name)
{
    const void *p;
    size_t n;

    if (vips_image_get_typeof(im, name) != VIPS_TYPE_BLOB ||
        vips_image_get_blob(im, name, &p, &n) != 0 || n > BLOB_MAX)
        return (str){0};
    return (str){p, n};
}

/* The blocks live as long as the image.  libvips gives one Photoshop segment of a JPEG only, and of
 * HEIF only XMP that begins without a packet header. */
static struct metadata_blobs blobs_of(arena *a, enum picture_kind kind, str bytes, VipsImage *im)
{
    struct metadata_blobs blobs = {
        .xmp = blob(im, VIPS_META_XMP_NAME),
        .iptc = blob(im, VIPS_META_IPTC_NAME),
        .exif = blob(im, VIPS_META_EXIF_NAME),
    };

    if (blobs.iptc.n == 0)
        blobs.iptc = blob(im, VIPS_META_PHOTOSHOP_NAME);
    if (kind == KIND_JPEG)
        metadata_of_jpeg(a, bytes, &blobs);
    if (blobs.xmp.n == 0 && (kind == KIND_AVIF || kind == KIND_HEIC))
        blobs.xmp = metadata_find_xmp(bytes);
    return blobs;
}

/* One step of the way: *im is given up for what was made of it. */
static int step(VipsImage **im, VipsImage *next, int bad)
{
    g_clear_object(im);
    *im = next;
    return bad;
}

/* Numbers of another colour space than sRGB become sRGB's; a broken profile is passed over. */
static void apply_profile(VipsImage **im)
{
    bool cmyk = vips_image_get_interpretation(*im) == VIPS_INTERPRETATION_CMYK;
    VipsImage *next = NULL;

    if (!cmyk && vips_image_get_typeof(*im, VIPS_META_ICC_NAME) == 0)
        return;
    if (vips_icc_transform(*im, &next, "srgb", "embedded", TRUE, "input_profile",
                           cmyk ? "cmyk" : "srgb", "black_point_compensation", TRUE, NULL) == 0) {
        (void)step(im, next, 0);
        return;
    }
    g_clear_object(&next);
    vips_error_clear();
    vips_image_remove(*im, VIPS_META_ICC_NAME);
}

static int on_white(VipsImage **im)
{
    VipsArrayDouble *white;
    VipsImage *next = NULL;
    int bad;

    if (!vips_image_hasalpha(*im))
        return 0;
    white = vips_array_double_newv(3, 255.0, 255.0, 255.0);
    bad = vips_flatten(*im, &next, "background", white, NULL);
    vips_area_unref(VIPS_AREA(white));
    return step(im, next, bad);
}

/* 8 bits, sRGB, upright, on white, within width x height. */
static int as_shown(VipsImage **im, int width, int height)
{
    VipsImage *next = NULL;
    int bad;

    apply_profile(im);
    bad = vips_thumbnail_image(*im, &next, width, "height", height, "size", VIPS_SIZE_DOWN, NULL);
    if (step(im, next, bad) != 0)
        return -1;
    next = NULL;
    bad = vips_colourspace(*im, &next, VIPS_INTERPRETATION_sRGB, NULL);
    if (step(im, next, bad) != 0 || on_white(im) != 0)
        return -1;
    next = NULL;
    bad = vips_cast_uchar(*im, &next, NULL);
    return step(im, next, bad);
}

/* How much smaller a JPEG may be decoded and still be twice as big as is wanted. */
static int shrink_for(const VipsImage *im, int width, int height)
{
    int across = vips_image_get_width(im) / width, down = vips_image_get_height(im) / height;
    int times = across > down ? across : down;

    return times >= 16 ? 8 : times >= 8 ? 4 : times >= 4 ? 2 : 1;
}

static int thumbnail(str bytes, int width, int height, VipsImage **im)
{
    enum picture_kind kind = picture_sniff(bytes).kind;
    int bad;

    *im = NULL;
    bad = load(kind, bytes, 1, im);
    if (bad == 0 && kind == KIND_JPEG) {
        bool on_its_side = vips_image_get_orientation_swap(*im);
        int shrink = shrink_for(*im, on_its_side ? height : width, on_its_side ? width : height);

        g_clear_object(im);
        bad = load(kind, bytes, shrink, im);
    }
    if (bad == 0 && as_shown(im, width, height) == 0)
        return 0;
    g_clear_object(im);
    return -1;
}

/* Decode all of it, small: damage shows, and the mean colour too. */
static err look_at_pixels(str bytes, char colour[8], note *why)
{
    VipsImage *im;

    if (thumbnail(bytes, LOOK_SIDE, LOOK_SIDE, &im) != 0)
        return vips_failed(why, E_INVALID, "the picture is damaged or cut off");

    size_t n = 0;
    int bands = vips_image_get_bands(im);
    unsigned char *p = vips_image_write_to_memory(im, &n);

    g_object_unref(im);
    if (p == NULL)
        return vips_failed(why, E_INVALID, "the picture is damaged or cut off");

    unsigned sum[3] = {0};
    unsigned pixels = (unsigned)(n / (size_t)bands);

    for (size_t i = 0; i + (size_t)bands <= n; i += (size_t)bands)
        for (int k = 0; k < 3; k++)
            sum[k] += p[i + (size_t)(bands >= 3 ? k : 0)];
    g_free(p);
    snprintf(colour, 8, "#%02x%02x%02x", sum[0] / pixels & 0xff, sum[1] / pixels & 0xff,
             sum[2] / pixels & 0xff);
    return OK;
}

err decode_look(arena *a, str bytes, struct picture_facts *facts, struct metadata_blobs *blobs,
                note *why)
{
    struct picture_sniffed is = picture_sniff(bytes);
    VipsImage *im = NULL;

    if (load(is.kind, bytes, 1, &im) != 0) {
        g_clear_object(&im);
        return vips_failed(why, E_INVALID, "the picture's header cannot be read");
    }
    hold(a, im);

    struct picture_facts f = {.type = is.type, .extension = is.extension};
    bool on_its_side = vips_image_get_orientation_swap(im);
    int pages = vips_image_get_n_pages(im);

    f.width = on_its_side ? vips_image_get_height(im) : vips_image_get_width(im);
    f.height = on_its_side ? vips_image_get_width(im) : vips_image_get_height(im);
    f.animated = pages > 1 && (is.kind == KIND_GIF || is.kind == KIND_WEBP);
    TRY(picture_size_check(f.width, f.height, why));
    if (vips_image_get_bands(im) > BANDS_MAX)
        return fail(why, E_INVALID, "the picture has %d colour channels; it should have 1 to %d",
                    vips_image_get_bands(im), BANDS_MAX);
    TRY(look_at_pixels(bytes, f.colour, why));
    *blobs = blobs_of(a, is.kind, bytes, im);
    *facts = f;
    return OK;
}

/* --- making --- */

/* Nothing of the original's metadata goes out but the packet of rights. */
static void set_metadata(VipsImage *im, str rights)
{
    char **fields = vips_image_get_fields(im);

    for (char **f = fields; *f != NULL; f++)
        vips_image_remove(im, *f);
    g_strfreev(fields);
    if (rights.n > 0)
        vips_image_set_blob_copy(im, VIPS_META_XMP_NAME, rights.p, rights.n);
}

static int save(VipsImage *im, enum picture_format format, void **p, size_t *n)
{
    switch (format) {
    case PICTURE_AVIF:
        return vips_heifsave_buffer(im, p, n, "Q", 50, "compression",
                                    VIPS_FOREIGN_HEIF_COMPRESSION_AV1, "effort", 2,
                                    "subsample_mode", VIPS_FOREIGN_SUBSAMPLE_ON, NULL);
    case PICTURE_WEBP:
        return vips_webpsave_buffer(im, p, n, "Q", 72, NULL);
    case PICTURE_JPEG:
        return vips_jpegsave_buffer(im, p, n, "Q", 78, "optimize_coding", TRUE, "interlace", TRUE,
                                    "subsample_mode", VIPS_FOREIGN_SUBSAMPLE_ON, NULL);
    }
    return -1;
}

static str rights_of(arena *a, str bytes)
{
    struct picture_sniffed is = picture_sniff(bytes);
    struct media_words words;
    VipsImage *im = NULL;

    if (load(is.kind, bytes, 1, &im) != 0) {
        g_clear_object(&im);
        vips_error_clear();
        return (str){0};
    }
    hold(a, im);

    struct metadata_blobs blobs = blobs_of(a, is.kind, bytes, im);

    metadata_read(a, &blobs, &words);
    return metadata_rights(a, &words);
}

/* The part of it, after all of it was made smaller by as much as the part is to be. */
static int take_part(arena *a, str bytes, const struct cut *cut, int whole, int width,
                     VipsImage **im)
{
    int at = width < cut->width ? width : cut->width;
    double by = (double)at / cut->width;
    VipsImage *small;

    if (thumbnail(bytes, (int)(whole * by + 0.5), VIPS_MAX_COORD, &small) != 0)
        return -1;
    hold(a, small);

    int across = vips_image_get_width(small), down = vips_image_get_height(small);
    int w = at < across ? at : across, h = media_height_at(cut->width, cut->height, at);
    int left = (int)(cut->left * by + 0.5), top = (int)(cut->top * by + 0.5);

    h = h < down ? h : down;
    left = left < across - w ? left : across - w;
    top = top < down - h ? top : down - h;
    return vips_extract_area(small, im, left, top, w, h, NULL);
}

err decode_make(arena *a, str bytes, const struct picture_wanted *wanted, str *out, note *why)
{
    VipsImage *im = NULL, *bare;
    void *p = NULL;
    size_t n = 0;
    str rights = rights_of(a, bytes);

    if ((wanted->whole == 0
             ? thumbnail(bytes, wanted->width, VIPS_MAX_COORD, &im)
             : take_part(a, bytes, &wanted->cut, wanted->whole, wanted->width, &im)) != 0)
        return vips_failed(why, E_INVALID, "the picture could not be made smaller");
    hold(a, im);
    if (vips_copy(im, &bare, NULL) != 0)
        return vips_failed(why, E_INVALID, "the picture could not be made smaller");
    set_metadata(hold(a, bare), rights);
    if (save(bare, wanted->format, &p, &n) != 0)
        return vips_failed(why, E_INVALID, "the picture could not be made smaller");
    arena_defer(a, g_free, p);
    *out = (str){p, n};
    return OK;
}
