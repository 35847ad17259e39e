#include "media/picture.h"

#include "base/test.h"
#include "media/keep.h"
#include "media/test_pictures.h"

static struct picture_facts facts_of(struct test *t, str bytes)
{
    struct picture_facts facts;

    CHECK_OK(picture_look(t->arena, bytes, &facts, &t->why));
    return facts;
}

TEST(picture_look_gives_type_and_size_of_each_kind)
{
    static const struct {
        const char *suffix, *type;
    } cases[] = {
        {".jpg", "image/jpeg"}, {".png", "image/png"},  {".webp", "image/webp"},
        {".gif", "image/gif"},  {".tif", "image/tiff"}, {".avif", "image/avif"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct test_picture p = {.width = 120, .height = 80, .suffix = cases[i].suffix};
        struct picture_facts facts = facts_of(t, test_picture(t, p));

        CHECK_STR(str_c(facts.type), str_c(cases[i].type));
        CHECK_INT(facts.width, 120);
        CHECK_INT(facts.height, 80);
        CHECK(!facts.animated);
    }
}

TEST(picture_look_turns_width_and_height_as_the_picture_is_seen)
{
    for (int o = 1; o <= 8; o++) {
        struct test_picture p = {.width = 120, .height = 80, .suffix = ".jpg", .orientation = o};
        struct picture_facts facts = facts_of(t, test_picture(t, p));

        CHECK_INT(facts.width, o < 5 ? 120 : 80);
        CHECK_INT(facts.height, o < 5 ? 80 : 120);
    }
}

TEST(picture_look_gives_the_mean_colour)
{
    struct test_picture p = {.width = 90, .height = 60, .suffix = ".png", .plain = 0x2468ac};
    struct test_picture clear = p;

    CHECK_STR(str_c(facts_of(t, test_picture(t, p)).colour), S("#2468ac"));
    clear.see_through = true;
    CHECK_STR(str_c(facts_of(t, test_picture(t, clear)).colour), S("#ffffff"));
    p.plain = 0x777777;
    p.grey = true;
    CHECK_STR(str_c(facts_of(t, test_picture(t, p)).colour), S("#777777"));
}

TEST(picture_look_takes_cmyk_and_the_first_frame_of_a_film)
{
    struct test_picture cmyk = {.width = 40, .height = 30, .suffix = ".jpg", .cmyk = true};
    struct test_picture film = {.width = 40, .height = 90, .suffix = ".gif", .frames = 3};
    struct picture_facts facts;

    facts_of(t, test_picture(t, cmyk));
    facts = facts_of(t, test_picture(t, film));
    CHECK(facts.animated);
    CHECK_INT(facts.height, 30);
}

TEST(picture_look_refuses_what_is_no_picture_and_says_what_it_is)
{
    static const struct {
        str bytes, says;
    } cases[] = {
        {S_INIT("<svg xmlns='http://www.w3.org/2000/svg'/>"), S_INIT("this is an SVG file; ")},
        {S_INIT("\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><svg/>"), S_INIT("an SVG file")},
        {S_INIT("<!DOCTYPE html><title>x</title>"), S_INIT("an HTML page")},
        {S_INIT("%PDF-1.7\n"), S_INIT("a PDF file")},
        {S_INIT("RIFF\x24\0\0\0WAVEfmt "), S_INIT("of unknown kind")},
        {S_INIT("RIFX\x24\0\0\0WEBPVP8 "), S_INIT("of unknown kind")},
        {S_INIT("push graphic-context\nimage over 0,0"), S_INIT("of unknown kind")},
        {S_INIT("# ImageMagick pixel"), S_INIT("of unknown kind")},
        {S_INIT("P6 1 1 255\n..."), S_INIT("of unknown kind")},
        {S_INIT("\x76\x2f\x31\x01"), S_INIT("of unknown kind")},
        {S_INIT(""), S_INIT("an empty file")},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct picture_facts facts;

        CHECK_ERR(picture_look(t->arena, cases[i].bytes, &facts, &t->why), E_INVALID);
        cr_assert(str_find(str_c(t->why.text), cases[i].says) >= 0, "says: %s", t->why.text);
        CHECK(str_find(str_c(t->why.text), S("pictures are taken as JPEG")) > 0);
    }
}

TEST(picture_look_refuses_a_picture_cut_off_anywhere)
{
    static const char *const suffixes[] = {".jpg", ".png", ".webp", ".gif", ".tif", ".avif"};

    for (size_t i = 0; i < LENGTH(suffixes); i++) {
        struct test_picture p = {.width = 300, .height = 200, .suffix = suffixes[i]};
        str whole = test_picture(t, p);

        for (size_t part = 1; part < 10; part++) {
            struct picture_facts facts;
            str bytes = str_to(whole, whole.n * part / 10);

            cr_assert(picture_look(t->arena, bytes, &facts, &t->why) != OK,
                      "%s: %zu tenths were taken", suffixes[i], part);
            CHECK(t->why.text[0] != '\0');
        }
    }
}

static uint32_t crc(str s)
{
    uint32_t c = 0xffffffff;

    for (size_t i = 0; i < s.n; i++) {
        c ^= (unsigned char)s.p[i];
        for (int k = 0; k < 8; k++)
            c = c & 1 ? 0xedb88320 ^ c >> 1 : c >> 1;
    }
    return c ^ 0xffffffff;
}

/* A PNG's bytes with other dimensions in its header, whose checksum is right. */
static str png_claiming(struct test *t, uint32_t width, uint32_t height)
{
    struct test_picture p = {.width = 20, .height = 20, .suffix = ".png"};
    str png = test_picture(t, p);
    char *bytes = (char *)png.p;

    memcpy(bytes + 16, test_big_endian(t, width, 4).p, 4);
    memcpy(bytes + 20, test_big_endian(t, height, 4).p, 4);
    memcpy(bytes + 29, test_big_endian(t, crc(str_of(bytes + 12, 17)), 4).p, 4);
    return png;
}

TEST(picture_look_refuses_bombs_by_their_header)
{
    static const struct {
        uint32_t width, height;
        const char *says;
    } cases[] = {
        {50000, 50000, "50000×50000 pixels: more than 30000 on a side"},
        {17000, 17000, "17000×17000 pixels: more than 100 million"},
        {30001, 1, "30001×1 pixels: more than 30000 on a side"},
        {3000, 10, "3000×10 pixels: more than 50 times as long as it is broad"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct picture_facts facts;
        str png = png_claiming(t, cases[i].width, cases[i].height);

        CHECK_ERR(picture_look(t->arena, png, &facts, &t->why), E_LIMIT);
        CHECK_STR(str_c(t->why.text), str_c(cases[i].says));
    }
}

TEST(picture_look_refuses_a_header_that_claims_more_than_there_is)
{
    struct picture_facts facts;

    CHECK_ERR(picture_look(t->arena, png_claiming(t, 900, 900), &facts, &t->why), E_INVALID);
    CHECK(str_starts(str_c(t->why.text), S("the picture is damaged or cut off")));
}

TEST(picture_look_refuses_a_file_that_is_too_big)
{
    struct test_picture p = {.width = 20, .height = 20, .suffix = ".png"};
    str png = test_picture(t, p);
    struct picture_facts facts;
    char *big = calloc(1, PICTURE_BYTES_MAX + 1);

    memcpy(big, png.p, png.n);
    CHECK_ERR(picture_look(t->arena, str_of(big, PICTURE_BYTES_MAX + 1), &facts, &t->why), E_LIMIT);
    free(big);
    CHECK_STR(str_c(t->why.text), S("the file has 64 megabytes: more than 64"));
}

/* --- making --- */

static const char *kept(struct test *t, str bytes)
{
    const char *path = str_z(t->arena, str_fmt(t->arena, "%s/original[1]", test_folder(t)));

    CHECK_OK(keep_file(t->arena, path, bytes, &t->why));
    return path;
}

static bool go_on(void *of, int i)
{
    (void)i;
    if (of != NULL)
        ++*(int *)of;
    return true;
}

static str made(struct test *t, const char *original, int width, enum picture_format f)
{
    const char *out = str_z(t->arena, str_fmt(t->arena, "%s.out", original));
    const struct picture_rendition one = {{.width = width, .format = f}, out};
    str bytes;

    CHECK_OK(picture_make(t->arena, original, &one, 1, go_on, NULL, &t->why));
    CHECK_OK(keep_read(t->arena, out, PICTURE_BYTES_MAX, &bytes, &t->why));
    return bytes;
}

TEST(picture_make_gives_each_format_in_the_width_asked_for)
{
    struct test_picture p = {.width = 900, .height = 600, .suffix = ".png"};
    const char *original = kept(t, test_picture(t, p));

    for (int f = 0; f < PICTURE_FORMATS; f++) {
        enum picture_format format = (enum picture_format)f;
        struct picture_facts facts = facts_of(t, made(t, original, 320, format));

        CHECK_STR(str_c(facts.type), str_c(picture_type(format)));
        CHECK_INT(facts.width, 320);
        CHECK_INT(facts.height, 213);
    }
}

TEST(picture_make_never_makes_it_bigger)
{
    struct test_picture p = {.width = 100, .height = 60, .suffix = ".jpg"};
    struct picture_facts facts =
        facts_of(t, made(t, kept(t, test_picture(t, p)), 320, PICTURE_WEBP));

    CHECK_INT(facts.width, 100);
    CHECK_INT(facts.height, 60);
}

TEST(picture_make_puts_it_upright)
{
    struct test_picture p = {.width = 600, .height = 400, .suffix = ".jpg", .orientation = 6};
    str jpeg = made(t, kept(t, test_picture(t, p)), 320, PICTURE_JPEG);
    struct picture_facts facts = facts_of(t, jpeg);

    CHECK_INT(facts.width, 320);
    CHECK_INT(facts.height, 480);
}

TEST(picture_make_gives_white_behind_what_is_see_through_and_rgb_for_all)
{
    struct test_picture clear = {.width = 60, .height = 60, .suffix = ".png", .see_through = true};
    struct test_picture cmyk = {
        .width = 60, .height = 60, .suffix = ".jpg", .cmyk = true, .plain = 0xffffff};
    struct test_picture grey = {.width = 60, .height = 60, .suffix = ".png", .grey = true};

    for (int f = 0; f < PICTURE_FORMATS; f++) {
        enum picture_format format = (enum picture_format)f;

        CHECK_STR(str_c(facts_of(t, made(t, kept(t, test_picture(t, clear)), 60, format)).colour),
                  S("#ffffff"));

        str colour =
            str_dup(t->arena,
                    str_c(facts_of(t, made(t, kept(t, test_picture(t, cmyk)), 60, format)).colour));

        cr_assert(str_order(colour, S("#f8")) > 0, "paper white became %.*s", STR(colour));
        facts_of(t, made(t, kept(t, test_picture(t, grey)), 60, format));
    }
}

TEST(picture_make_drops_private_metadata_and_keeps_the_rights)
{
    static const str xmp = S_INIT(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description"
        " xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'"
        " xmlns:dc='http://purl.org/dc/elements/1.1/'"
        " xmlns:exif='http://ns.adobe.com/exif/1.0/'"
        " exif:GPSLatitude='54,19.2N' photoshop:Credit='Fathom &amp; Sons'"
        " photoshop:City='Secretplace'><dc:creator><rdf:Seq><rdf:li>Ann Roe</rdf:li></rdf:Seq>"
        "</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>");
    str camera = S("Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x0f\0\2\0\0\0\x0c\0\0\0\x1a\0\0\0\0"
                   "Spycam 9000\0");
    struct test_picture p = {.width = 400,
                             .height = 300,
                             .suffix = ".jpg",
                             .orientation = 3,
                             .metadata = {.xmp = xmp, .exif = camera}};
    str original = test_picture(t, p);

    CHECK(str_find(original, S("Spycam")) > 0);
    for (int f = 0; f < PICTURE_FORMATS; f++) {
        str out = made(t, kept(t, original), 320, (enum picture_format)f);
        struct picture_facts facts = facts_of(t, out);

        CHECK(str_find(out, S("Spycam")) < 0);
        CHECK(str_find(out, S("GPSLatitude")) < 0);
        CHECK(str_find(out, S("Secretplace")) < 0);
        CHECK_STR(facts.words.credit, S("Fathom & Sons"));
        CHECK_STR(facts.words.byline, S("Ann Roe"));
        CHECK_INT(facts.width, 320);
    }
}

TEST(picture_make_makes_many_as_it_makes_one)
{
    static const int widths[] = {1280, 960, 640, 480, 320};
    struct test_picture p = {.width = 1400, .height = 933, .suffix = ".jpg"};
    const char *original = kept(t, test_picture(t, p));
    struct picture_rendition v[LENGTH(widths)];
    int n = 0;

    for (size_t i = 0; i < LENGTH(widths); i++)
        v[i] = (struct picture_rendition){
            {.width = widths[i], .format = PICTURE_WEBP},
            str_z(t->arena, str_fmt(t->arena, "%s.%d", original, widths[i]))};
    CHECK_OK(picture_make(t->arena, original, v, LENGTH(v), go_on, &n, &t->why));
    CHECK_INT(n, LENGTH(v));
    for (size_t i = 0; i < LENGTH(widths); i++) {
        struct picture_facts alone = facts_of(t, made(t, original, widths[i], PICTURE_WEBP)), one;
        str bytes;

        CHECK_OK(keep_read(t->arena, v[i].out, PICTURE_BYTES_MAX, &bytes, &t->why));
        one = facts_of(t, bytes);
        CHECK_INT(one.width, widths[i]);
        CHECK_INT(one.height, alone.height);
    }
}

TEST(picture_make_leaves_nothing_behind_when_it_fails)
{
    struct test_picture p = {.width = 400, .height = 300, .suffix = ".png"};
    str png = test_picture(t, p);
    const char *original = kept(t, str_to(png, png.n / 2));
    const char *out = str_z(t->arena, str_fmt(t->arena, "%s.out", original));
    const struct picture_rendition good = {{.width = 320, .format = PICTURE_JPEG}, out};
    const struct picture_rendition nowhere = {good.wanted, "/nowhere/out"};
    int n = 0;
    str bytes;

    CHECK_ERR(picture_make(t->arena, original, &good, 1, go_on, &n, &t->why), E_INVALID);
    CHECK_ERR(keep_read(t->arena, out, 100, &bytes, NULL), E_MISSING);
    CHECK_ERR(picture_make(t->arena, "/nowhere/at/all", &good, 1, go_on, &n, &t->why), E_MISSING);
    CHECK_ERR(picture_make(t->arena, kept(t, png), &nowhere, 1, go_on, &n, &t->why), E_IO);
    CHECK_INT(n, 0);
}
