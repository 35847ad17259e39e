#include "media/test_pictures.h"

#include "media/darkroom.h"
#include "media/decode.h"

#include <stdlib.h>
#include <vips/vips.h>

/* The darkroom is the program once more, and here that is the tests'. */
[[gnu::constructor]] static void be_darkroom(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "darkroom") == 0)
        _exit(darkroom_main());
}

static VipsImage *must_be(VipsImage *im, int bad)
{
    cr_assert(bad == 0, "libvips: %s", vips_error_buffer());
    return im;
}

static VipsImage *then(VipsImage *before, VipsImage *after, int bad)
{
    must_be(after, bad);
    g_object_unref(before);
    return after;
}

static VipsImage *plain(const struct test_picture *p)
{
    VipsImage *black, *im;
    double zero[3] = {0, 0, 0};
    double colour[3] = {p->plain >> 16 & 0xff, p->plain >> 8 & 0xff, p->plain & 0xff};

    must_be(black, vips_black(&black, p->width, p->height, "bands", 3, NULL));
    return then(black, im, vips_linear(black, &im, zero, colour, 3, NULL));
}

static VipsImage *gradient(const struct test_picture *p)
{
    VipsImage *xy, *im;
    double scale[2] = {255.0 / p->width, 255.0 / p->height}, zero[2] = {0, 0};

    must_be(xy, vips_xyz(&xy, p->width, p->height, NULL));
    im = then(xy, im, vips_linear(xy, &im, scale, zero, 2, NULL));

    double blue = 90;

    return then(im, xy, vips_bandjoin_const(im, &xy, &blue, 1, NULL));
}

static VipsImage *dressed(const struct test_picture *p, VipsImage *im)
{
    VipsImage *next;

    im = then(im, next, vips_cast_uchar(im, &next, NULL));
    im = then(im, next, vips_copy(im, &next, "interpretation", VIPS_INTERPRETATION_sRGB, NULL));
    if (p->grey)
        im = then(im, next, vips_colourspace(im, &next, VIPS_INTERPRETATION_B_W, NULL));
    if (p->cmyk)
        im = then(im, next, vips_colourspace(im, &next, VIPS_INTERPRETATION_CMYK, NULL));
    if (p->see_through) {
        double alpha = 0;

        im = then(im, next, vips_bandjoin_const(im, &next, &alpha, 1, NULL));
    }
    return im;
}

str test_picture(struct test *t, struct test_picture p)
{
    void *bytes;
    size_t n;

    CHECK_OK(decode_start(&t->why));

    VipsImage *im = dressed(&p, p.plain != 0 ? plain(&p) : gradient(&p));

    if (p.orientation != 0)
        vips_image_set_int(im, VIPS_META_ORIENTATION, p.orientation);
    if (p.frames > 1)
        vips_image_set_int(im, VIPS_META_PAGE_HEIGHT, p.height / p.frames);
    if (p.metadata.xmp.n > 0)
        vips_image_set_blob_copy(im, VIPS_META_XMP_NAME, p.metadata.xmp.p, p.metadata.xmp.n);
    if (p.metadata.iptc.n > 0)
        vips_image_set_blob_copy(im, VIPS_META_IPTC_NAME, p.metadata.iptc.p, p.metadata.iptc.n);
    if (p.metadata.exif.n > 0)
        vips_image_set_blob_copy(im, VIPS_META_EXIF_NAME, p.metadata.exif.p, p.metadata.exif.n);
    must_be(im, vips_image_write_to_buffer(im, p.suffix, &bytes, &n, NULL));
    g_object_unref(im);

    str copy = str_dup(t->arena, str_of(bytes, n));

    g_free(bytes);
    return copy;
}

str test_big_endian(struct test *t, uint32_t number, size_t n)
{
    char *p = arena_bytes(t->arena, n);

    for (size_t i = 0; i < n; i++)
        p[i] = (char)(number >> 8 * (n - 1 - i));
    return str_of(p, n);
}

str test_dataset(struct test *t, int record, int number, str value)
{
    char head[3] = {0x1C, (char)record, (char)number};
    str size = test_big_endian(t, (uint32_t)value.n, 2);

    return str_join(t->arena, str_join(t->arena, str_of(head, 3), size), value);
}
