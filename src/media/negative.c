#include "media/decode_inside.h"
#include "media/widths.h"

static str rights_of(arena *a, str bytes)
{
    struct picture_sniffed is = picture_sniff(bytes);
    struct media_words words;
    VipsImage *im = NULL;

    if (decode_load(is.kind, bytes, 1, &im) != 0) {
        g_clear_object(&im);
        vips_error_clear();
        return (str){0};
    }
    decode_hold(a, im);

    struct metadata_blobs blobs = decode_blobs(a, is.kind, bytes, im);

    metadata_read(a, &blobs, &words);
    return metadata_rights(a, &words);
}

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

/* How wide all of the picture is to be made for this. */
static int whole_for(const struct picture_wanted *w)
{
    int at = w->width < w->cut.width ? w->width : w->cut.width;

    return w->whole == 0 ? w->width : (int)(w->whole * ((double)at / w->cut.width) + 0.5);
}

static int widest_of(const struct picture_wanted *wanted, int n)
{
    int most = 0;

    for (int i = 0; i < n; i++)
        most = whole_for(&wanted[i]) > most ? whole_for(&wanted[i]) : most;
    return most;
}

static int in_memory(arena *a, VipsImage **im)
{
    VipsImage *made = vips_image_copy_memory(*im);

    g_object_unref(*im);
    *im = made;
    if (made == NULL)
        return -1;
    decode_hold(a, made);
    return 0;
}

err negative_new(arena *a, str bytes, const struct picture_wanted *wanted, int n,
                 struct negative **out, note *why)
{
    struct negative *negative = arena_one(a, struct negative);
    VipsImage *im;

    must(n >= 1 && n <= DECODE_PRINTS_MAX);
    if (decode_for(bytes, widest_of(wanted, n), &im) != 0 || in_memory(a, &im) != 0)
        return decode_failed(why, E_INVALID, DECODE_DAMAGED);
    set_metadata(im, rights_of(a, bytes));
    negative->a = a;
    negative->image = im;
    *out = negative;
    return OK;
}

static VipsImage *keep(struct negative *negative, const struct picture_wanted *of, VipsImage *im)
{
    must(negative->n < (int)LENGTH(negative->prints));
    negative->prints[negative->n++] = (struct print){*of, im};
    return im;
}

/* The smallest that is there of the whole picture and at least twice as wide. */
static VipsImage *smallest_for(const struct negative *negative, int width)
{
    VipsImage *best = negative->image;

    for (int i = 0; i < negative->n; i++) {
        const struct print *p = &negative->prints[i];
        int has = vips_image_get_width(p->image);

        if (p->of.whole == 0 && has >= width * 2 && has < vips_image_get_width(best))
            best = p->image;
    }
    return best;
}

/* The same, halved as long as it stays twice as wide, as a JPEG is when it is decoded smaller. */
static VipsImage *source_for(struct negative *negative, int width)
{
    static const struct picture_wanted half = {0};
    VipsImage *best = smallest_for(negative, width), *im;

    while (vips_image_get_width(best) >= width * 4 && vips_image_get_height(best) >= 4 &&
           negative->halves < DECODE_HALVES_MAX) {
        if (vips_shrink(best, &im, 2, 2, NULL) != 0 || in_memory(negative->a, &im) != 0)
            break;
        best = keep(negative, &half, im);
        negative->halves++;
    }
    return best;
}

/* As high as the negative says, whatever it is made from. */
static int whole_at(struct negative *negative, int width, VipsImage **im)
{
    int across = vips_image_get_width(negative->image);
    int down = vips_image_get_height(negative->image), at = width < across ? width : across;

    return vips_thumbnail_image(source_for(negative, at), im, at, "height",
                                media_height_at(across, down, at), "size", VIPS_SIZE_FORCE, NULL);
}

/* The part of it, after all of it was made smaller by as much as the part is to be. */
static int part_at(struct negative *negative, const struct picture_wanted *w, VipsImage **im)
{
    const struct cut *cut = &w->cut;
    int at = w->width < cut->width ? w->width : cut->width;
    double by = (double)at / cut->width;
    VipsImage *small;

    if (whole_at(negative, whole_for(w), &small) != 0)
        return -1;
    decode_hold(negative->a, small);

    int across = vips_image_get_width(small), down = vips_image_get_height(small);
    int width = at < across ? at : across, height = media_height_at(cut->width, cut->height, at);
    int left = (int)(cut->left * by + 0.5), top = (int)(cut->top * by + 0.5);

    height = height < down ? height : down;
    left = left < across - width ? left : across - width;
    top = top < down - height ? top : down - height;
    return vips_extract_area(small, im, left, top, width, height, NULL);
}

static bool is_of(const struct print *p, const struct picture_wanted *w)
{
    return p->of.width == w->width && p->of.whole == w->whole &&
           memcmp(&p->of.cut, &w->cut, sizeof w->cut) == 0;
}

/* Made once, whatever formats it is wanted in. */
static VipsImage *print_of(struct negative *negative, const struct picture_wanted *w)
{
    VipsImage *im = NULL;

    for (int i = 0; i < negative->n; i++)
        if (is_of(&negative->prints[i], w))
            return negative->prints[i].image;
    if ((w->whole == 0 ? whole_at(negative, w->width, &im) : part_at(negative, w, &im)) != 0 ||
        in_memory(negative->a, &im) != 0)
        return NULL;
    return keep(negative, w, im);
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

err negative_print(struct negative *negative, const struct picture_wanted *wanted, str *out,
                   note *why)
{
    VipsImage *im = print_of(negative, wanted);
    void *p = NULL;
    size_t n = 0;

    if (im == NULL || save(im, wanted->format, &p, &n) != 0)
        return decode_failed(why, E_INVALID, "the picture could not be made smaller");
    arena_defer(negative->a, g_free, p);
    *out = (str){p, n};
    return OK;
}
