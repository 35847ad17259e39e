#include "media/decode_inside.h"

#include "media/widths.h"

#include <stdio.h>

enum { LOOK_SIDE = 64, BANDS_MAX = 5 };

static err colour_of(VipsImage *im, char colour[8], note *why)
{
    size_t n = 0;
    int bands = vips_image_get_bands(im);
    unsigned char *p = vips_image_write_to_memory(im, &n);

    if (p == NULL)
        return decode_failed(why, E_INVALID, DECODE_DAMAGED);

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

/* Decode all of it, small: damage shows, and the mean colour too. */
static err look_at_pixels(arena *a, str bytes, char colour[8], note *why)
{
    VipsImage *im;

    if (decode_within(bytes, LOOK_SIDE, &im) != 0)
        return decode_failed(why, E_INVALID, DECODE_DAMAGED);
    return colour_of(decode_hold(a, im), colour, why);
}

/* The same, but large enough for its first JPEG. */
static err develop(arena *a, str bytes, struct picture_facts *f, str *first, note *why)
{
    const struct picture_wanted wanted = {.width = media_widths(f->width, f->height).first,
                                          .format = PICTURE_JPEG};
    struct negative *negative;
    VipsImage *small;

    TRY(negative_new(a, bytes, &wanted, 1, &negative, why));
    TRY(negative_print(negative, &wanted, first, why));
    if (vips_thumbnail_image(negative->image, &small, LOOK_SIDE, "height", LOOK_SIDE, NULL) != 0)
        return decode_failed(why, E_INVALID, DECODE_DAMAGED);
    return colour_of(decode_hold(a, small), f->colour, why);
}

err decode_look(arena *a, str bytes, struct picture_facts *facts, struct metadata_blobs *blobs,
                str *first, note *why)
{
    struct picture_sniffed is = picture_sniff(bytes);
    VipsImage *im = NULL;

    if (decode_load(is.kind, bytes, 1, &im) != 0) {
        g_clear_object(&im);
        return decode_failed(why, E_INVALID, "the picture's header cannot be read");
    }
    decode_hold(a, im);

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
    TRY(first != NULL ? develop(a, bytes, &f, first, why)
                      : look_at_pixels(a, bytes, f.colour, why));
    *blobs = decode_blobs(a, is.kind, bytes, im);
    *facts = f;
    return OK;
}
