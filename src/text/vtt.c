#include "text/vtt.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { SILENCE_MS = 3000, PARAGRAPH_LONG = 420, VOICE_MAX = 80, SETTINGS_MAX = 120 };

bool vtt_looks(str bytes)
{
    if (str_starts(bytes, S("\xef\xbb\xbf")))
        bytes = str_from(bytes, 3);
    return str_starts(bytes, S("WEBVTT")) &&
           (bytes.n == 6 || strchr(" \t\r\n", bytes.p[6]) != NULL);
}

/* --- lines --- */

struct lines {
    str rest;
    int number; /* of the line given last */
};

/* Ends with CR LF, LF or CR. */
static bool next_line(struct lines *l, str *line)
{
    size_t n = 0;

    if (l->rest.n == 0)
        return false;
    while (n < l->rest.n && l->rest.p[n] != '\n' && l->rest.p[n] != '\r')
        n++;
    *line = str_to(l->rest, n);
    if (n + 1 < l->rest.n && l->rest.p[n] == '\r' && l->rest.p[n + 1] == '\n')
        n++;
    l->rest = str_from(l->rest, n + 1);
    l->number++;
    return true;
}

/* --- times --- */

static bool digits(str *s, size_t least, size_t most, int64_t *out)
{
    int64_t n = 0;
    size_t i = 0;

    while (i < s->n && i < most && s->p[i] >= '0' && s->p[i] <= '9')
        n = n * 10 + (s->p[i++] - '0');
    if (i < least)
        return false;
    *s = str_from(*s, i);
    *out = n;
    return true;
}

static bool sign(str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_from(*s, 1);
    return true;
}

/* "00:01.500", "01:00:01.500" */
static bool moment(str *s, int64_t *ms)
{
    int64_t hours = 0, minutes, seconds, rest;

    if (!digits(s, 2, 4, &minutes) || !sign(s, ':') || !digits(s, 2, 2, &seconds))
        return false;
    if (sign(s, ':')) {
        hours = minutes;
        minutes = seconds;
        if (!digits(s, 2, 2, &seconds))
            return false;
    }
    if (!sign(s, '.') || !digits(s, 3, 3, &rest) || minutes > 59 || seconds > 59)
        return false;
    *ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest;
    return true;
}

static void skip_blanks(str *s)
{
    while (s->n > 0 && (s->p[0] == ' ' || s->p[0] == '\t'))
        *s = str_from(*s, 1);
}

/* Where a caption stands: only what is known, in the letters that its values have. */
static str settings_of(arena *a, str s)
{
    static const str known[] = {S_INIT("line:"), S_INIT("position:"), S_INIT("size:"),
                                S_INIT("align:"), S_INIT("vertical:")};
    buf out = buf_new(a, SETTINGS_MAX);
    str one;

    while (str_cut(&s, ' ', &one)) {
        bool kept = false;

        one = str_trim(one);
        for (size_t i = 0; i < LENGTH(known); i++)
            kept = kept || (str_starts(one, known[i]) && one.n > known[i].n && one.n < 40);
        for (size_t i = 0; i < one.n && kept; i++)
            kept = (one.p[i] >= 'a' && one.p[i] <= 'z') || (one.p[i] >= '0' && one.p[i] <= '9') ||
                   strchr(":.,%-", one.p[i]) != NULL;
        if (!kept || out.n + 1 + one.n > SETTINGS_MAX)
            continue;
        if (out.n > 0)
            buf_char(&out, ' ');
        buf_add(&out, one);
    }
    return buf_str(&out);
}

static bool timing(arena *a, str line, struct vtt_cue *cue)
{
    skip_blanks(&line);
    if (!moment(&line, &cue->from_ms))
        return false;
    skip_blanks(&line);
    if (!str_starts(line, S("-->")))
        return false;
    line = str_from(line, 3);
    skip_blanks(&line);
    if (!moment(&line, &cue->to_ms) || cue->to_ms <= cue->from_ms)
        return false;
    cue->settings = settings_of(a, line);
    return true;
}

/* --- words --- */

static const struct {
    str entity, means;
} entities[] = {
    {S_INIT("&amp;"), S_INIT("&")},
    {S_INIT("&lt;"), S_INIT("<")},
    {S_INIT("&gt;"), S_INIT(">")},
    {S_INIT("&nbsp;"), S_INIT("\xc2\xa0")},
    {S_INIT("&quot;"), S_INIT("\"")},
    {S_INIT("&#39;"), S_INIT("'")},
    {S_INIT("&lrm;"), S_INIT("\xe2\x80\x8e")},
    {S_INIT("&rlm;"), S_INIT("\xe2\x80\x8f")},
};

/* The character that `s` begins with, or the whole of an entity. */
static size_t plain(str s, buf *out)
{
    for (size_t i = 0; i < LENGTH(entities); i++)
        if (str_starts(s, entities[i].entity)) {
            buf_add(out, entities[i].means);
            return entities[i].entity.n;
        }
    buf_char(out, s.p[0]);
    return 1;
}

static str words_of(arena *a, str s)
{
    buf out = buf_new(a, VTT_CUE_MAX);

    while (s.n > 0)
        s = str_from(s, plain(s, &out));
    return buf_str(&out);
}

/* "<v.loud Mary Ames>": who speaks.  The first counts. */
static void take_tag(arena *a, str tag, struct vtt_cue *cue)
{
    ptrdiff_t blank = str_find_char(tag, ' ');

    if (cue->voice.n > 0 || blank < 0 || !str_starts(tag, S("v")) || (blank > 1 && tag.p[1] != '.'))
        return;
    cue->voice =
        str_trim(utf8_to(str_trim(words_of(a, str_from(tag, (size_t)blank + 1))), VOICE_MAX));
}

static void add_line(buf *out, char between, str line)
{
    if (line.n > 0 && out->n > 0)
        buf_char(out, between);
    buf_add(out, line);
}

/* Out of a line with markup, its words. */
static void take_words(arena *a, str line, buf *out, struct vtt_cue *cue)
{
    while (line.n > 0) {
        ptrdiff_t end = line.p[0] == '<' ? str_find_char(line, '>') : -1;

        if (end < 0) {
            line = str_from(line, plain(line, out));
            continue;
        }
        take_tag(a, str_to(str_from(line, 1), (size_t)end - 1), cue);
        line = str_from(line, (size_t)end + 1);
    }
}

static err take_text(arena *a, struct lines *l, struct vtt_cue *cue, note *why)
{
    buf out = buf_new(a, VTT_CUE_MAX);
    str line;

    while (next_line(l, &line) && str_trim(line).n > 0) {
        if (str_find(line, S("-->")) >= 0)
            return fail(why, E_INVALID,
                        "a time stands where words should: an empty line is missing");

        buf words = buf_new(a, VTT_CUE_MAX);

        take_words(a, line, &words, cue);
        out.over = out.over || words.over;
        add_line(&out, '\n', str_trim(buf_str(&words)));
    }
    if (out.over)
        return fail(why, E_LIMIT, "a caption has more than %d bytes", VTT_CUE_MAX);
    cue->text = buf_str(&out);
    return OK;
}

/* --- the file --- */

static void skip_block(struct lines *l)
{
    str line;

    while (next_line(l, &line) && str_trim(line).n > 0)
        ;
}

/* NOTE, STYLE and REGION: blocks that are left out. */
static bool is_apart(str line)
{
    static const str names[] = {S_INIT("NOTE"), S_INIT("STYLE"), S_INIT("REGION")};

    for (size_t i = 0; i < LENGTH(names); i++)
        if (str_starts(line, names[i]) &&
            (line.n == names[i].n || strchr(" \t", line.p[names[i].n]) != NULL))
            return true;
    return false;
}

/* A block that begins with `line`: its name, perhaps, then its time, then its words. */
static err take_cue(arena *a, struct lines *l, str line, struct vtt *v, note *why)
{
    struct vtt_cue cue = {0};

    if (str_find(line, S("-->")) < 0 && (!next_line(l, &line) || str_find(line, S("-->")) < 0))
        return fail(why, E_INVALID, "a caption without a time");
    if (!timing(a, line, &cue))
        return fail(why, E_INVALID,
                    "a time that cannot be read; it is written 00:01.000 --> "
                    "00:04.000, the second after the first");
    TRY(take_text(a, l, &cue, why));
    if (cue.text.n == 0)
        return OK;
    if (v->n > 0 && cue.from_ms < v->cues[v->n - 1].from_ms)
        return fail(why, E_INVALID, "a caption begins before the one above it");
    if (v->n == VTT_CUES_MAX)
        return fail(why, E_LIMIT, "more than %d captions", VTT_CUES_MAX);
    v->cues[v->n++] = cue;
    return OK;
}

/* At most one cue a "-->". */
static size_t count_arrows(str s)
{
    size_t n = 0;

    for (ptrdiff_t at; (at = str_find(s, S("-->"))) >= 0; s = str_from(s, (size_t)at + 3))
        n++;
    return n;
}

static err read_all(arena *a, struct lines *l, struct vtt *v, note *why)
{
    str line;

    while (next_line(l, &line)) {
        if (str_trim(line).n == 0)
            continue;
        if (is_apart(line) && str_find(line, S("-->")) < 0)
            skip_block(l);
        else
            TRY(take_cue(a, l, line, v, why));
    }
    return OK;
}

err vtt_read(arena *a, str bytes, struct vtt *out, int *line, note *why)
{
    struct lines l = {utf8_clean(a, str_to(bytes, VTT_BYTES_MAX)), 0};
    size_t most = count_arrows(l.rest);
    struct vtt v = {arena_many(a, struct vtt_cue, most < VTT_CUES_MAX ? most : VTT_CUES_MAX), 0};

    *line = 0;
    if (bytes.n > VTT_BYTES_MAX)
        return fail(why, E_LIMIT, "captions of %zu bytes; at most %d are taken", bytes.n,
                    VTT_BYTES_MAX);
    *line = 1;
    if (!vtt_looks(bytes))
        return fail(why, E_INVALID, "captions begin with the word WEBVTT");
    skip_block(&l);

    err e = read_all(a, &l, &v, why);

    *line = e == OK ? 0 : l.number;
    if (e == OK)
        *out = v;
    return e;
}

/* --- writing --- */

static void add_moment(buf *out, int64_t ms)
{
    buf_fmt(out, "%02lld:%02lld:%02lld.%03lld", (long long)(ms / 3600000),
            (long long)(ms / 60000 % 60), (long long)(ms / 1000 % 60), (long long)(ms % 1000));
}

/* No line of it may be empty, or end the cue. */
static void add_words(buf *out, str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '&':
            buf_lit(out, "&amp;");
            break;
        case '<':
            buf_lit(out, "&lt;");
            break;
        case '>':
            buf_lit(out, "&gt;");
            break;
        default:
            buf_char(out, s.p[i]);
        }
}

str vtt_write(arena *a, const struct vtt *v)
{
    buf out = buf_new(a, (size_t)8 * VTT_BYTES_MAX);

    buf_lit(&out, "WEBVTT\n");
    for (size_t i = 0; i < v->n; i++) {
        const struct vtt_cue *c = &v->cues[i];

        buf_char(&out, '\n');
        add_moment(&out, c->from_ms);
        buf_lit(&out, " --> ");
        add_moment(&out, c->to_ms);
        if (c->settings.n > 0) {
            buf_char(&out, ' ');
            buf_add(&out, c->settings);
        }
        buf_char(&out, '\n');
        if (c->voice.n > 0) {
            buf_lit(&out, "<v ");
            add_words(&out, c->voice);
            buf_char(&out, '>');
        }
        add_words(&out, c->text);
        buf_char(&out, '\n');
    }
    return buf_str(&out);
}

/* --- the transcript --- */

static bool ends_sentence(str s)
{
    static const str ends[] = {S_INIT("."),  S_INIT("!"), S_INIT("?"), S_INIT("…"), S_INIT("”"),
                               S_INIT("。"), S_INIT("؟"), S_INIT(")"), S_INIT("]")};

    for (size_t i = 0; i < LENGTH(ends); i++)
        if (str_ends(s, ends[i]))
            return true;
    return false;
}

static bool is_new(const struct vtt *v, size_t i, const buf *paragraph)
{
    const struct vtt_cue *before = &v->cues[i - 1], *c = &v->cues[i];

    return !str_eq(before->voice, c->voice) || c->from_ms - before->to_ms >= SILENCE_MS ||
           (paragraph->n > PARAGRAPH_LONG && ends_sentence(buf_str(paragraph))) ||
           paragraph->n > 2 * PARAGRAPH_LONG; /* captions without stops */
}

struct vtt_words vtt_transcript(arena *a, const struct vtt *v)
{
    struct vtt_words words = {arena_many(a, str, v->n), 0};
    buf paragraph = buf_new(a, VTT_BYTES_MAX);

    for (size_t i = 0; i < v->n; i++) {
        if (i > 0 && is_new(v, i, &paragraph)) {
            words.v[words.n++] = buf_str(&paragraph);
            paragraph = buf_new(a, VTT_BYTES_MAX);
        }
        if (paragraph.n == 0 && v->cues[i].voice.n > 0)
            buf_fmt(&paragraph, "%.*s:", STR(v->cues[i].voice));
        for (str rest = v->cues[i].text, one; str_cut(&rest, '\n', &one);)
            add_line(&paragraph, ' ', one);
    }
    if (paragraph.n > 0)
        words.v[words.n++] = buf_str(&paragraph);
    return words;
}
