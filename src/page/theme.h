/*
 * theme.h - a theme: Mustache templates compiled against views, and the files beside them.
 *
 * Everything that can be wrong with a template is found when it is loaded, with file, line and
 * column; drawing cannot fail.  Its words are said in every language that has a message file in
 * lang/.  docs/theme.md is the guide for who writes one.  A theme never changes once it is loaded
 * and may be used by many threads.
 */
#ifndef PAGE_THEME_H
#define PAGE_THEME_H

#include "base/buf.h"
#include "base/embedded.h"
#include "base/err.h"
#include "page/view.h"
#include "text/say.h"

typedef struct theme theme;

/* Where the files come from: the program's own, and a folder whose files win (NULL: none). */
struct theme_source {
    const struct embedded *files;
    size_t n;
    const char *folder;
};

/* A template and the view it is drawn from. */
struct template_use {
    str file; /* "story.html" */
    const struct view_type *view;
};

enum {
    THEME_FILE_MAX = 1 << 20,   /* bytes */
    THEME_BYTES_MAX = 32 << 20, /* of a folder */
    THEME_FILES_MAX = 1000,
    PASSING_MAX = 8,
    THEME_DEPTH_MAX = 24, /* partials and parents one inside the other; sections */
};

/* Compile the templates named in `uses`.  E_INVALID: a template is wrong; `why` says
 * "file:line:column: what, and what to do".  E_IO: the folder cannot be read.  One hold, yours. */
err theme_load(const struct theme_source *from, const struct template_use *uses, size_t n,
               theme **out, note *why);

/* One hold more, one less.  Any thread. */
theme *theme_hold(theme *t);
void theme_drop(theme **t);

/* Where in what was drawn the values of kind `passing` stand; those beyond the room count as
 * lasting. */
struct passing {
    struct {
        size_t from, n;
    } v[PASSING_MAX];
    size_t n;
};

/* Append the page that template `use` (its place in `uses`) makes of `view`, its furniture in the
 * language of this BCP 47 tag; English where the theme has no words for it.  `passing` (or NULL)
 * notes where values of that kind stand. */
void theme_draw(const theme *t, size_t use, const void *view, str language, buf *out,
                struct passing *passing);

/* The same for pages that differ in nothing but what passes; a checksum.  Lives in `a`. */
str theme_mark(arena *a, str page, const struct passing *passing);

/* The words of that language, for what is said outside of templates; they live with the theme. */
struct tongue theme_tongue(const theme *t, str language);

struct theme_file {
    str path, bytes, fingerprint;
    const char *type; /* media type */
};

/* A file of the theme that is not a template, or NULL. */
const struct theme_file *theme_file(const theme *t, str path);

/* Its address: "/theme/{fingerprint}/{path}".  In `a`. */
str theme_address(arena *a, const struct theme_file *f);

/* --- the words of a theme --- */

/* A message of the templates, and where it stands: "story.html:12 front.html:3". */
struct theme_message {
    str context, one, many, places;
};
size_t theme_messages(const theme *t, const struct theme_message **all);

/* The languages that it has message files for; the i-th as a tag. */
size_t theme_languages(const theme *t);
str theme_language(const theme *t, size_t i);

/* What the language lacks, one line each: "story.html:12: no words in pl for \"Latest\"".  None
 * for English.  In `a`; how many in *n. */
const str *theme_lacks(arena *a, const theme *t, str language, size_t *n);

/* Words that stand in a template outside of {{#say}}, and so are English in every language: one
 * line each, as above. */
size_t theme_bare_words(const theme *t, const str **all);

/* --- for tests --- */

/* Compile one template of plain text, with no regard to HTML. */
err theme_load_text(const struct theme_source *from, const struct template_use *use, theme **out,
                    note *why);

#endif
