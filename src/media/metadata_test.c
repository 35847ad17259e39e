#include "media/metadata.h"

#include "base/test.h"
#include "base/utf8.h"
#include "media/decode.h"
#include "media/test_pictures.h"

#include <dirent.h>

#define RDF_BEGIN                                                                                  \
    "<?xpacket begin='\xef\xbb\xbf' id='W5M0MpCehiHzreSzNTczkc9d'?>"                               \
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"                                                         \
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"                             \
    " xmlns:dc='http://purl.org/dc/elements/1.1/'"                                                 \
    " xmlns:ps='http://ns.adobe.com/photoshop/1.0/'"                                               \
    " xmlns:core='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/'"                                    \
    " xmlns:ext='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'>"
#define RDF_END "</rdf:RDF></x:xmpmeta><?xpacket end='w'?>"

static struct media_words xmp(struct test *t, str packet)
{
    struct media_words w;

    metadata_read_xmp(t->arena, packet, &w);
    return w;
}

TEST(metadata_xmp_reads_properties_as_attributes_and_as_elements)
{
    struct media_words w = xmp(
        t, S(RDF_BEGIN "<rdf:Description rdf:about='' ps:Headline='Storm &amp; tide'"
                       " ps:City=' Thornby '/><rdf:Description><ps:Credit>The Fathom</ps:Credit>"
                       "<ext:DigitalSourceType rdf:resource='http://x.example/photo'/>"
                       "</rdf:Description>" RDF_END));

    CHECK_STR(w.headline, S("Storm & tide"));
    CHECK_STR(w.city, S("Thornby"));
    CHECK_STR(w.credit, S("The Fathom"));
    CHECK_STR(w.digital_source, S("http://x.example/photo"));
}

TEST(metadata_xmp_prefers_the_default_language)
{
    struct media_words w =
        xmp(t, S(RDF_BEGIN "<rdf:Description><dc:description><rdf:Alt>"
                           "<rdf:li xml:lang='de'>Sturm</rdf:li>"
                           "<rdf:li xml:lang='x-default'>Storm\nat sea</rdf:li>"
                           "<rdf:li xml:lang='fr'>Orage</rdf:li></rdf:Alt></dc:description>"
                           "<core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang='de'>Wellen"
                           "</rdf:li><rdf:li xml:lang='fr'>Vagues</rdf:li></rdf:Alt>"
                           "</core:AltTextAccessibility></rdf:Description>" RDF_END));

    CHECK_STR(w.caption, S("Storm\nat sea"));
    CHECK_STR(w.alt, S("Wellen"));
}

TEST(metadata_xmp_joins_lists)
{
    struct media_words w =
        xmp(t, S(RDF_BEGIN "<rdf:Description><dc:creator><rdf:Seq><rdf:li>Ann Roe</rdf:li>"
                           "<rdf:li>  </rdf:li><rdf:li>Bo Li</rdf:li></rdf:Seq></dc:creator>"
                           "<dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>storm</rdf:li>"
                           "</rdf:Bag></dc:subject></rdf:Description>" RDF_END));

    CHECK_STR(w.byline, S("Ann Roe, Bo Li"));
    CHECK_STR(w.keywords, S("sea\nstorm"));
}

TEST(metadata_xmp_passes_over_structures_and_reads_qualified_values)
{
    struct media_words w =
        xmp(t, S(RDF_BEGIN "<rdf:Description><ext:LocationShown><rdf:Bag>"
                           "<rdf:li rdf:parseType='Resource'><ps:City>Elsewhere</ps:City></rdf:li>"
                           "</rdf:Bag></ext:LocationShown><ps:Source rdf:parseType='Resource'>"
                           "<rdf:value>Archive</rdf:value><ps:City>Nowhere</ps:City></ps:Source>"
                           "</rdf:Description>" RDF_END));

    CHECK_STR(w.city, S(""));
    CHECK_STR(w.source, S("Archive"));
}

TEST(metadata_xmp_takes_script_as_text_and_refuses_entities)
{
    struct media_words w = xmp(
        t, S(RDF_BEGIN "<rdf:Description ps:Headline='&lt;script>alert(1)&lt;/script>'/>" RDF_END));

    CHECK_STR(w.headline, S("<script>alert(1)</script>"));
    w = xmp(t, S("<!DOCTYPE x [<!ENTITY e 'boo'>]>" RDF_BEGIN
                 "<rdf:Description ps:Headline='&e;'/>" RDF_END));
    CHECK_STR(w.headline, S(""));
}

TEST(metadata_xmp_keeps_what_stood_before_the_damage)
{
    struct media_words w = xmp(t, S(RDF_BEGIN "<rdf:Description ps:Headline='Whole'/>"
                                              "<rdf:Description ps:City='Cut' <"));

    CHECK_STR(w.headline, S("Whole"));
    CHECK_STR(w.city, S(""));
}

TEST(metadata_xmp_reads_utf16)
{
    static const char packet[] = RDF_BEGIN "<rdf:Description ps:Headline='Wide'/>"
                                           "</rdf:RDF></x:xmpmeta>";
    size_t from = strlen("<?xpacket begin='\xef\xbb\xbf' id='W5M0MpCehiHzreSzNTczkc9d'?>");
    size_t n = sizeof packet - 1 - from;
    char *wide = arena_alloc(t->arena, 2 * n);

    for (size_t i = 0; i < n; i++)
        wide[2 * i + 1] = packet[from + i];
    CHECK_STR(xmp(t, str_of(wide, 2 * n)).headline, S("Wide"));
}

/* --- IIM --- */

static str resources(struct test *t, int number, str data)
{
    str s = S("Photoshop 3.0\0"
              "8BIM\x03\xed\0\0\0\0\0\x03"
              "abc\0"
              "8BIM");

    s = str_join(t->arena, s, test_big_endian(t, (uint32_t)number, 2));
    s = str_join(t->arena, s, S("\x03xyz"));
    s = str_join(t->arena, s, test_big_endian(t, (uint32_t)data.n, 4));
    s = str_join(t->arena, s, data);
    return data.n & 1 ? str_join(t->arena, s, S("\0")) : s;
}

static struct media_words iptc(struct test *t, str block)
{
    struct media_words w;

    metadata_read_iptc(t->arena, block, &w);
    return w;
}

TEST(metadata_iptc_reads_every_field)
{
    static const struct {
        int number;
        str value;
    } sets[] = {
        {5, S_INIT("t")},         {25, S_INIT("k1")},          {25, S_INIT("k2")},
        {55, S_INIT("20261116")}, {60, S_INIT("093000+0100")}, {80, S_INIT("A")},
        {80, S_INIT("B")},        {90, S_INIT("c")},           {101, S_INIT("land")},
        {105, S_INIT("h")},       {110, S_INIT("cr")},         {115, S_INIT("s")},
        {116, S_INIT("co")},      {120, S_INIT("cap")},
    };
    str block = {0};

    for (size_t i = 0; i < LENGTH(sets); i++)
        block = str_join(t->arena, block, test_dataset(t, 2, sets[i].number, sets[i].value));

    str forms[] = {block, resources(t, 0x0404, block), str_from(resources(t, 0x0404, block), 14)};

    for (size_t i = 0; i < LENGTH(forms); i++) {
        struct media_words w = iptc(t, forms[i]);

        CHECK_STR(w.title, S("t"));
        CHECK_STR(w.keywords, S("k1\nk2"));
        CHECK_STR(w.created, S("2026-11-16T09:30:00+01:00"));
        CHECK_STR(w.byline, S("A, B"));
        CHECK_STR(w.city, S("c"));
        CHECK_STR(w.country, S("land"));
        CHECK_STR(w.headline, S("h"));
        CHECK_STR(w.credit, S("cr"));
        CHECK_STR(w.source, S("s"));
        CHECK_STR(w.copyright, S("co"));
        CHECK_STR(w.caption, S("cap"));
    }
    CHECK_STR(iptc(t, resources(t, 0x0405, block)).title, S(""));
}

TEST(metadata_iptc_reads_utf8_when_it_says_so_and_latin1_when_it_must_be)
{
    str named = test_dataset(t, 1, 90, S("\x1b%G"));
    str utf8 = test_dataset(t, 2, 120, S("caf\xc3\xa9"));
    str latin1 = test_dataset(t, 2, 120, S("caf\xe9"));

    CHECK_STR(iptc(t, str_join(t->arena, named, utf8)).caption, S("café"));
    CHECK_STR(iptc(t, utf8).caption, S("café"));
    CHECK_STR(iptc(t, latin1).caption, S("café"));
    CHECK_STR(iptc(t, str_join(t->arena, named, latin1)).caption, S("caf\xef\xbf\xbd"));
}

TEST(metadata_iptc_reads_extended_datasets_and_stops_where_it_is_cut_off)
{
    str more = S("\x1c\x02\x78\x80\x04\0\0\0\x05hello"), before = test_dataset(t, 2, 105, S("h"));

    CHECK_STR(iptc(t, more).caption, S("hello"));
    for (size_t n = 0; n < more.n; n++)
        CHECK_STR(iptc(t, str_join(t->arena, before, str_to(more, n))).caption, S(""));
    CHECK_STR(iptc(t, str_join(t->arena, before, S("\x1c\x02\x78\xff\xff"))).headline, S("h"));
}

TEST(metadata_iptc_knows_half_a_date)
{
    static const struct {
        str day, moment;
    } cases[] = {
        {S_INIT("20260000"), S_INIT("2026")},
        {S_INIT("20260500"), S_INIT("2026-05")},
        {S_INIT("00000000"), S_INIT("")},
        {S_INIT("2026-5-1"), S_INIT("")},
    };

    for (size_t i = 0; i < LENGTH(cases); i++)
        CHECK_STR(iptc(t, test_dataset(t, 2, 55, cases[i].day)).created, cases[i].moment);
}

/* --- EXIF --- */

static struct media_words exif(struct test *t, str block)
{
    struct media_words w;

    metadata_read_exif(t->arena, block, &w);
    return w;
}

TEST(metadata_exif_reads_both_byte_orders)
{
    struct media_words w = exif(t, S("Exif\0\0MM\0*\0\0\0\x08\0\2"
                                     "\x01\x3b\0\2\0\0\0\4Ann\0"
                                     "\x82\x98\0\2\0\0\0\x08\0\0\0\x26\0\0\0\0(c) Roe\0"));

    CHECK_STR(w.byline, S("Ann"));
    CHECK_STR(w.copyright, S("(c) Roe"));
    w = exif(t, S("II*\0\x08\0\0\0\1\0\x0e\x01\2\0\x07\0\0\0\x1a\0\0\0\0\0\0\0Storm!\0"));
    CHECK_STR(w.caption, S("Storm!"));
}

TEST(metadata_exif_passes_over_what_cameras_say_of_themselves)
{
    CHECK_STR(
        exif(t, S("II*\0\x08\0\0\0\1\0\x0e\x01\2\0\x09\0\0\0\x1a\0\0\0\0\0\0\0SONY DSC\0")).caption,
        S(""));
}

TEST(metadata_exif_reads_when_it_was_taken)
{
    CHECK_STR(exif(t, S("MM\0*\0\0\0\x08\0\1\x87\x69\0\4\0\0\0\1\0\0\0\x1a\0\0\0\0"
                        "\0\1\x90\x03\0\2\0\0\0\x14\0\0\0\x2c\0\0\0\0"
                        "2026:11:16 09:30:00\0"))
                  .created,
              S("2026-11-16T09:30:00"));
}

/* --- all of them --- */

TEST(metadata_read_takes_xmp_first_then_iptc_then_exif)
{
    struct metadata_blobs blobs = {
        .xmp = S(RDF_BEGIN "<rdf:Description ps:Headline='from xmp'/>" RDF_END),
        .iptc = str_join(t->arena, test_dataset(t, 2, 105, S("from iptc")),
                         test_dataset(t, 2, 80, S("iptc person"))),
        .exif = S("MM\0*\0\0\0\x08\0\2"
                  "\x01\x3b\0\2\0\0\0\4Ann\0"
                  "\x82\x98\0\2\0\0\0\4Roe\0\0\0\0\0"),
    };
    struct media_words w;

    metadata_read(t->arena, &blobs, &w);
    CHECK_STR(w.headline, S("from xmp"));
    CHECK_STR(w.byline, S("iptc person"));
    CHECK_STR(w.copyright, S("Roe"));
}

TEST(metadata_words_are_cut_to_their_length_at_a_character)
{
    char *long_text = arena_alloc(t->arena, 40000);

    for (size_t i = 0; i + 2 <= 30000; i += 2)
        memcpy(long_text + i, "é", 2);

    struct media_words w =
        iptc(t, str_join(t->arena, test_dataset(t, 2, 120, str_of(long_text, 30000)),
                         test_dataset(t, 2, 105, str_of(long_text, 30000))));

    CHECK_INT(w.caption.n, WORDS_LONG_MAX);
    CHECK_INT(w.headline.n, WORDS_SHORT_MAX);
    CHECK(utf8_ok(w.caption) && utf8_ok(w.headline));
}

TEST(metadata_rights_can_be_read_back)
{
    struct media_words w = {.byline = S("Ann & Bo"),
                            .copyright = S("© \"Roe\" <2026>"),
                            .terms = S("ask"),
                            .credit = S("F"),
                            .city = S("secret")};
    struct media_words back = xmp(t, metadata_rights(t->arena, &w));

    CHECK_STR(back.byline, w.byline);
    CHECK_STR(back.copyright, w.copyright);
    CHECK_STR(back.terms, w.terms);
    CHECK_STR(back.credit, w.credit);
    CHECK_STR(back.city, S(""));
    w = (struct media_words){.caption = S("no rights")};
    CHECK_INT(metadata_rights(t->arena, &w).n, 0);
}

TEST(metadata_of_jpeg_joins_what_was_split_over_segments)
{
    str records = test_dataset(t, 2, 120, S("over two segments"));
    str block = str_from(resources(t, 0x0404, records), 14);
    str jpeg = S("\xff\xd8");

    for (size_t i = 0; i < 2; i++) {
        str part = i == 0 ? str_to(block, block.n / 2) : str_from(block, block.n / 2);
        str inside = str_join(t->arena, S("Photoshop 3.0\0"), part);

        jpeg = str_join(t->arena, jpeg, S("\xff\xff\xed"));
        jpeg = str_join(t->arena, jpeg, test_big_endian(t, (uint32_t)inside.n + 2, 2));
        jpeg = str_join(t->arena, jpeg, inside);
    }

    struct metadata_blobs blobs;

    metadata_of_jpeg(t->arena, str_join(t->arena, jpeg, S("\xff\xda\0\2")), &blobs);
    CHECK_STR(iptc(t, blobs.iptc).caption, S("over two segments"));
}

/* --- other people's pictures --- */

TEST(metadata_reads_every_field_of_the_iptc_reference_picture)
{
    const char *samples = test_samples();
    struct picture_facts facts;
    struct metadata_blobs blobs;
    struct media_words w;

    if (samples == NULL) {
        NOT_TRIED("no shared samples here: the reference picture was not read");
        return;
    }
    CHECK_OK(decode_start(&t->why));

    str bytes = test_file(t, str_z(t->arena, str_fmt(t->arena,
                                                     "%s/wire-superdesk-core/io/"
                                                     "IPTC-PhotometadataRef-Std2017.1.jpg",
                                                     samples)));

    CHECK_OK(decode_look(t->arena, bytes, &facts, &blobs, NULL, &t->why));
    metadata_read(t->arena, &blobs, &w);
    CHECK_STR(w.title, S("The Title (ref2017.1)"));
    CHECK_STR(w.headline, S("The Headline (ref2017.1)"));
    CHECK_STR(w.caption, S("The description aka caption (ref2017.1)"));
    CHECK_STR(w.byline, S("Creator1 (ref2017.1), Creator2 (ref2017.1)"));
    CHECK_STR(w.credit, S("Credit Line (ref2017.1)"));
    CHECK_STR(w.source, S("Source (ref2017.1)"));
    CHECK_STR(w.copyright, S("Copyright (Notice) 2017.1 IPTC - www.iptc.org (ref2017.1)"));
    CHECK_STR(w.terms, S("Rights Usage Termns (ref2017.1)"));
    CHECK_STR(w.keywords, S("Keyword1ref2017.1\nKeyword2ref2017.1\nKeyword3ref2017.1"));
    CHECK_STR(w.city, S("City (Core) (ref2017.1)"));
    CHECK_STR(w.country, S("Country (Core) (ref2017.1)"));
    CHECK_STR(w.created, S("2017-07-13T17:01:00+00:00"));
    CHECK_STR(w.digital_source, S("http://cv.iptc.org/newscodes/digitalsourcetype/softwareImage"));

    /* And the older block alone says the same. */
    struct media_words older = iptc(t, blobs.iptc);

    CHECK_STR(older.headline, w.headline);
    CHECK_STR(older.caption, w.caption);
    CHECK_STR(older.keywords, w.keywords);
    CHECK_STR(older.created, w.created);
}

static void look_at_folder(struct test *t, const char *folder, int *taken, int *refused)
{
    DIR *d = opendir(folder);

    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
        SCRATCH (t->arena) {
            const char *path = str_z(t->arena, str_fmt(t->arena, "%s/%s", folder, e->d_name));
            struct picture_facts facts;

            if (e->d_name[0] == '.')
                continue;
            if (e->d_type == DT_DIR) {
                look_at_folder(t, path, taken, refused);
                continue;
            }
            t->why.text[0] = '\0';

            bool ok = picture_look(t->arena, test_file(t, path), &facts, &t->why) == OK;

            *(ok ? taken : refused) += 1;
            cr_assert(ok || t->why.text[0] != '\0', "%s: refused without a reason", path);
        }
    if (d != NULL)
        closedir(d);
}

TEST(metadata_of_other_peoples_pictures_is_taken_or_refused_with_a_reason)
{
    static const char *const folders[] = {"photo-exiftool", "photo-exiv2", "images-libvips-sharp",
                                          "sanitiser-payload-lists"};
    const char *samples = test_samples();
    int taken = 0, refused = 0;

    if (samples == NULL) {
        NOT_TRIED("no shared samples here: other people's pictures were not looked at");
        return;
    }
    for (size_t i = 0; i < LENGTH(folders); i++)
        look_at_folder(t, str_z(t->arena, str_fmt(t->arena, "%s/%s", samples, folders[i])), &taken,
                       &refused);
    CHECK(taken > 100);
    CHECK(refused > 50);
}
