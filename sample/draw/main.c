/*
 * main.c - draw the sample edition's pictures.
 *
 *   pictures DIR            draw them all into DIR, as NAME.jpg
 *   pictures DIR NAME ...   draw only these
 *   pictures --list         the catalogue, one JSON object a line
 *   pictures --storm | --wind | --bell    raw frames or samples, for ffmpeg (Makefile)
 */
#include "draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vips/vips.h>

static uint32_t seed_of(const char *name)
{
    uint32_t h = 2166136261U;

    for (; *name; name++)
        h = (h ^ (unsigned char)*name) * 16777619U;
    return h;
}

static pic pic_begin(const struct entry *e)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, e->w, e->h);
    uint32_t seed = seed_of(e->name);

    return (pic){.cr = cairo_create(surface),
                 .surface = surface,
                 .w = e->w,
                 .h = e->h,
                 .seed = seed & 0xffff,
                 .dice = seed};
}

static void pic_end(pic *p)
{
    cairo_destroy(p->cr);
    cairo_surface_destroy(p->surface);
}

/* cairo's pixels, as the red, green, blue that a JPEG wants. */
static unsigned char *pic_rgb(const pic *p)
{
    cairo_surface_flush(p->surface);
    const unsigned char *rows = cairo_image_surface_get_data(p->surface);
    int stride = cairo_image_surface_get_stride(p->surface);
    unsigned char *out = malloc((size_t)p->w * p->h * 3), *o = out;

    for (int y = 0; out && y < p->h; y++)
        for (int x = 0; x < p->w; x++) {
            const unsigned char *px = rows + y * stride + x * 4;
            *o++ = px[2];
            *o++ = px[1];
            *o++ = px[0];
        }
    return out;
}

/* As good a JPEG as fits the weight that a page can carry, and never a poor one. */
static int write_jpeg(VipsImage *im, const char *path, size_t heaviest)
{
    for (int quality = 80;; quality -= 3) {
        void *bytes = NULL;
        size_t n = 0;

        if (vips_jpegsave_buffer(im, &bytes, &n, "Q", quality, "optimize_coding", TRUE, "interlace",
                                 TRUE, NULL))
            return -1;
        if (n <= heaviest || quality < 55) {
            FILE *f = fopen(path, "wb");
            bool whole = f && fwrite(bytes, 1, n, f) == n;

            g_free(bytes);
            return f && fclose(f) == 0 && whole ? 0 : -1;
        }
        g_free(bytes);
    }
}

static int save(const pic *p, const struct entry *e, const char *path)
{
    size_t xmp_n, iptc_n, n = (size_t)p->w * p->h * 3;
    unsigned char *rgb = pic_rgb(p), *iptc = metadata_iptc(e, &iptc_n);
    char *xmp = metadata_xmp(e, &xmp_n);
    VipsImage *im = vips_image_new_from_memory_copy(rgb, n, p->w, p->h, 3, VIPS_FORMAT_UCHAR);

    vips_image_set_blob_copy(im, VIPS_META_XMP_NAME, xmp, xmp_n);
    vips_image_set_blob_copy(im, VIPS_META_IPTC_NAME, iptc, iptc_n);
    int failed = write_jpeg(im, path, (size_t)p->w * p->h / 21);

    if (failed)
        fprintf(stderr, "could not write %s: %s\n", path, vips_error_buffer());
    g_object_unref(im);
    free(rgb);
    free(iptc);
    free(xmp);
    return failed;
}

static int draw_one(const struct entry *e, const char *dir)
{
    char path[512];
    pic p = pic_begin(e);

    e->draw(&p);
    snprintf(path, sizeof path, "%s/%s.jpg", dir, e->name);
    int failed = save(&p, e, path);
    pic_end(&p);
    return failed;
}

static bool wanted(const struct entry *e, int argc, char **argv)
{
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], e->name) == 0)
            return true;
    return argc == 2;
}

static void json_string(const char *key, const char *value, const char *end)
{
    printf("\"%s\":\"", key);
    for (; *value; value++)
        printf(*value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
    printf("\"%s", end);
}

static int list(void)
{
    for (size_t i = 0; i < catalogue_length; i++) {
        const struct entry *e = &catalogue[i];

        printf("{\"width\":%d,\"height\":%d,", e->w, e->h);
        json_string("name", e->name, ",");
        json_string("headline", e->headline, ",");
        json_string("caption", e->caption, ",");
        json_string("alt", e->alt, ",");
        json_string("by", e->by, ",");
        json_string("city", e->city, "}\n");
    }
    return 0;
}

int main(int argc, char **argv)
{
    int failed = 0;

    if (argc == 2 && strcmp(argv[1], "--list") == 0)
        return list();
    if (argc == 2 && strcmp(argv[1], "--storm") == 0)
        return film_storm(stdout);
    if (argc == 2 && strcmp(argv[1], "--wind") == 0)
        return sound_wind(stdout);
    if (argc == 2 && strcmp(argv[1], "--bell") == 0)
        return sound_bell(stdout);
    if (argc < 2) {
        fprintf(stderr, "usage: %s DIR [NAME ...] | --list\n", argv[0]);
        return 2;
    }
    if (VIPS_INIT(argv[0]))
        return 1;
    for (size_t i = 0; i < catalogue_length; i++)
        if (wanted(&catalogue[i], argc, argv))
            failed |= draw_one(&catalogue[i], argv[1]);
    vips_shutdown();
    return failed != 0;
}
