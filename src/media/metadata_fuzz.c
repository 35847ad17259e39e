/*
 * metadata_fuzz.c - any bytes as each block of metadata, and as a JPEG: words stay clean and short,
 * and the rights that go out can be read back.
 */
#include "base/must.h"
#include "base/utf8.h"
#include "media/sniff.h"
#include "media/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_words(arena *a, const struct media_words *words)
{
    struct word_list all = word_list_of(a, words);

    for (int w = 0; w < WORD_COUNT; w++)
        must(all.v[w].n <= WORDS_LONG_MAX && utf8_ok(all.v[w]));
}

static void check_rights(arena *a, const struct media_words *words)
{
    struct media_words back;

    metadata_read_xmp(a, metadata_rights(a, words), &back);
    check_words(a, &back);
    must(back.copyright.n <= words->copyright.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena *a = arena_new(256 << 20);
    str bytes = str_of((const char *)data, size);
    struct metadata_blobs blobs;
    struct media_words words;

    metadata_read_xmp(a, bytes, &words);
    check_words(a, &words);
    check_rights(a, &words);
    metadata_read_iptc(a, bytes, &words);
    check_words(a, &words);
    check_rights(a, &words);
    metadata_read_exif(a, bytes, &words);
    check_words(a, &words);
    metadata_of_jpeg(a, bytes, &blobs);
    metadata_read(a, &blobs, &words);
    check_words(a, &words);
    (void)metadata_find_xmp(bytes);
    (void)picture_sniff(bytes);
    arena_free(&a);
    return 0;
}
