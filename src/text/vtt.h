/*
 * vtt.h - captions in WebVTT: a strict reader, a writer of our own, and a transcript.
 *
 * What others sent is never passed on: it is read into cues of plain words, and written anew.
 * Styles, regions, notes and chapters are left out, of markup only who speaks is kept.  Pure.
 */
#ifndef TEXT_VTT_H
#define TEXT_VTT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum {
    VTT_BYTES_MAX = 1 << 20,
    VTT_CUES_MAX = 10000,
    VTT_CUE_MAX = 2000, /* bytes of one cue's words */
};

struct vtt_cue {
    int64_t from_ms, to_ms; /* 0 <= from < to; cues stand in order of from */
    str settings;           /* "line:0 align:start", checked; or empty */
    str voice;              /* who speaks, or empty */
    str text;               /* plain words in lines, UTF-8 */
};

struct vtt {
    struct vtt_cue *cues;
    size_t n;
};

/* E_INVALID: not WebVTT, or a time that cannot be read; E_LIMIT.  *line: of the trouble, from 1.
 * Lives in `a`. */
err vtt_read(arena *a, str bytes, struct vtt *out, int *line, note *why);

/* Reading what was written gives the same cues. */
str vtt_write(arena *a, const struct vtt *v);

/* What is said, as paragraphs: a new one where somebody else speaks, after a silence, or where one
 * has become long and a sentence ends.  Who speaks stands before it, with a colon. */
struct vtt_words {
    str *v;
    size_t n;
};
struct vtt_words vtt_transcript(arena *a, const struct vtt *v);

/* Could this be WebVTT, by its first bytes? */
bool vtt_looks(str bytes);

#endif
