#include "media/decode_inside.h"

#include "media/sniff.h"

#include <vips/vector.h>

enum { BLOB_MAX = 4 << 20 };

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

VipsImage *decode_hold(arena *a, VipsImage *image)
{
    arena_defer(a, drop_image, image);
    return image;
}

err decode_failed(note *why, err e, const char *what)
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

int decode_load(enum picture_kind kind, str bytes, int shrink, VipsImage **im)
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

/* libvips gives one Photoshop segment of a JPEG only, and of HEIF only XMP that begins without a
 * packet header. */
struct metadata_blobs decode_blobs(arena *a, enum picture_kind kind, str bytes, VipsImage *im)
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

/* A JPEG smaller where it may be, anything else as it is. */
static int load_for(str bytes, int width, int height, VipsImage **im)
{
    enum picture_kind kind = picture_sniff(bytes).kind;
    int bad;

    *im = NULL;
    bad = decode_load(kind, bytes, 1, im);
    if (bad == 0 && kind == KIND_JPEG) {
        bool on_its_side = vips_image_get_orientation_swap(*im);
        int shrink = shrink_for(*im, on_its_side ? height : width, on_its_side ? width : height);

        g_clear_object(im);
        bad = decode_load(kind, bytes, shrink, im);
    }
    return bad;
}

int decode_within(str bytes, int side, VipsImage **im)
{
    if (load_for(bytes, side, side, im) == 0 && as_shown(im, side, side) == 0)
        return 0;
    g_clear_object(im);
    return -1;
}

int decode_for(str bytes, int width, VipsImage **im)
{
    if (load_for(bytes, width, VIPS_MAX_COORD, im) == 0 &&
        as_shown(im, VIPS_MAX_COORD, VIPS_MAX_COORD) == 0)
        return 0;
    g_clear_object(im);
    return -1;
}
