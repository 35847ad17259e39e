/*
 * words.h - how the readers of XMP, IIM and EXIF gather words: cleaned, cut, lists joined.
 *
 * Inside media/ only.
 */
#ifndef MEDIA_WORDS_H
#define MEDIA_WORDS_H

#include "media/metadata.h"

#define WORDS(X)                                                                                   \
    X(title)                                                                                       \
    X(headline)                                                                                    \
    X(caption)                                                                                     \
    X(byline)                                                                                      \
    X(credit)                                                                                      \
    X(source)                                                                                      \
    X(copyright)                                                                                   \
    X(terms)                                                                                       \
    X(rights_url)                                                                                  \
    X(alt)                                                                                         \
    X(description)                                                                                 \
    X(keywords)                                                                                    \
    X(city)                                                                                        \
    X(country)                                                                                     \
    X(created)                                                                                     \
    X(digital_source)

#define WORD_ENUM(name) WORD_##name,
enum word { WORDS(WORD_ENUM) WORD_COUNT };

/* The words by number, while they are gathered in `a`. */
struct word_list {
    arena *a;
    str v[WORD_COUNT];
};

/* Several may be given: keywords, bylines. */
bool word_is_list(enum word w);

/* Valid UTF-8, trimmed, lines kept only where there may be some, cut to its length. */
str word_clean(arena *a, enum word w, str text);

/* Add one of several; not more than fit. */
void word_list_add(struct word_list *l, enum word w, str text);

/* Take a word, in UTF-8, if none was there. */
void word_list_offer(struct word_list *l, enum word w, str text);

struct media_words word_list_done(const struct word_list *l);
struct word_list word_list_of(arena *a, const struct media_words *words);

#endif
