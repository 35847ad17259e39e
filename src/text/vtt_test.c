#include "text/vtt.h"

#include "base/buf.h"

#include "base/test.h"

static struct vtt captions(struct test *t, const char *bytes)
{
    struct vtt v = {0};
    int line;

    CHECK_OK(vtt_read(t->arena, str_c(bytes), &v, &line, &t->why));
    return v;
}

TEST(vtt_read_gives_times_voices_and_plain_words)
{
    struct vtt v = captions(t, "\xef\xbb\xbfWEBVTT - ferry\r\nKind: captions\r\n\r\n"
                               "STYLE\n::cue { color: red }\n\n"
                               "NOTE never shown\n\n"
                               "1\n00:00.500 --> 00:02.000 line:0 align:start bogus:1\n"
                               "<v.loud Ada Brede>Cast <i>off</i> &amp; away\n<b></b>\nnow\n\n"
                               "01:00:00.000 --> 01:00:01.000\n&lt;no tag&gt;\n");

    CHECK_INT(v.n, 2);
    CHECK_INT(v.cues[0].from_ms, 500);
    CHECK_INT(v.cues[0].to_ms, 2000);
    CHECK_STR(v.cues[0].settings, S("line:0 align:start"));
    CHECK_STR(v.cues[0].voice, S("Ada Brede"));
    CHECK_STR(v.cues[0].text, S("Cast off & away\nnow"));
    CHECK_INT(v.cues[1].from_ms, 3600000);
    CHECK_STR(v.cues[1].text, S("<no tag>"));
}

TEST(vtt_read_says_in_which_line_the_trouble_is)
{
    static const struct {
        const char *bytes;
        int line;
        err e;
    } cases[] = {
        {"1\n00:00:01,000 --> 00:00:02,000\nSubRip\n", 1, E_INVALID},
        {"WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nx\n", 3, E_INVALID},
        {"WEBVTT\n\n00:05.000 --> 00:02.000\nx\n", 3, E_INVALID},
        {"WEBVTT\n\nwords only\nwords\n", 4, E_INVALID},
        {"WEBVTT\n\n00:05.000 --> 00:06.000\nx\n00:07.000 --> 00:08.000\ny\n", 5, E_INVALID},
        {"WEBVTT\n\n00:05.000 --> 00:06.000\nx\n\n00:01.000 --> 00:02.000\ny\n", 7, E_INVALID},
        {"WEBVTT\n\n00:61.000 --> 01:06.000\nx\n", 3, E_INVALID},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct vtt v;
        int line = -1;

        CHECK_ERR(vtt_read(t->arena, str_c(cases[i].bytes), &v, &line, &t->why), cases[i].e);
        CHECK_INT(line, cases[i].line);
    }
}

TEST(vtt_write_passes_nothing_on_but_cues)
{
    struct vtt v =
        captions(t, "WEBVTT\n\nSTYLE\n::cue{background:url(https://elsewhere.example)}\n\n"
                    "00:01.000 --> 00:02.000 align:center\n<v A&amp;B>1 < 2 --&gt; 3\n");

    CHECK_STR(vtt_write(t->arena, &v), S("WEBVTT\n\n00:00:01.000 --> 00:00:02.000 align:center\n"
                                         "<v A&amp;B>1 &lt; 2 --&gt; 3\n"));
}

TEST(vtt_transcript_breaks_where_another_speaks_and_after_a_silence)
{
    struct vtt v = captions(t, "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ada>One\nand two.\n\n"
                               "00:01.000 --> 00:02.000\n<v Ada>Three.\n\n"
                               "00:02.000 --> 00:03.000\n<v Bo>Four.\n\n"
                               "00:09.000 --> 00:10.000\n<v Bo>Five.\n");
    struct vtt_words words = vtt_transcript(t->arena, &v);

    CHECK_INT(words.n, 3);
    CHECK_STR(words.v[0], S("Ada: One and two. Three."));
    CHECK_STR(words.v[1], S("Bo: Four."));
    CHECK_STR(words.v[2], S("Bo: Five."));
}

TEST(vtt_transcript_breaks_where_nobody_sets_a_stop)
{
    buf file = buf_new(t->arena, 1 << 20);
    struct vtt v;
    struct vtt_words words;

    buf_add(&file, S("WEBVTT\n"));
    for (int i = 0; i < 200; i++)
        buf_fmt(&file, "\n00:%02d:%02d.000 --> 00:%02d:%02d.900\nand so it goes on\n", i / 60,
                i % 60, i / 60, i % 60);
    v = captions(t, str_z(t->arena, buf_str(&file)));
    words = vtt_transcript(t->arena, &v);
    CHECK(words.n >= 4);
    for (size_t i = 0; i < words.n; i++)
        CHECK(words.v[i].n < 1000);
}
