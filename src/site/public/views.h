/*
 * views.h - what the templates of the public pages may show (docs/theme.md lists it for designers).
 */
#ifndef SITE_PUBLIC_VIEWS_H
#define SITE_PUBLIC_VIEWS_H

#include "page/view.h"

/* A line of the section menu. */
#define VIEW_MENU(FIELD, ONE, LIST)                                                                \
    FIELD(str, name)                                                                               \
    FIELD(url, href)                                                                               \
    FIELD(flag, current)
VIEW_DECLARE(menu, VIEW_MENU)

/* What every page has. */
#define VIEW_PAGE(FIELD, ONE, LIST)                                                                \
    FIELD(str, title)                                                                              \
    FIELD(str, description)                                                                        \
    FIELD(url, canonical)                                                                          \
    FIELD(str, name)                                                                               \
    FIELD(str, motto)                                                                              \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(str, today)                                                                              \
    FIELD(str, today_iso)                                                                          \
    FIELD(url, colours)                                                                            \
    FIELD(url, archive)                                                                            \
    LIST(menu, menu)
VIEW_DECLARE(page, VIEW_PAGE)

/* A moment: for machines, whole, and short. */
#define VIEW_WHEN(FIELD, ONE, LIST)                                                                \
    FIELD(str, iso)                                                                                \
    FIELD(str, absolute)                                                                           \
    FIELD(str, shown)
VIEW_DECLARE(when, VIEW_WHEN)

#define VIEW_SOURCE(FIELD, ONE, LIST)                                                              \
    FIELD(str, type)                                                                               \
    FIELD(str, srcset)                                                                             \
    FIELD(str, sizes)
VIEW_DECLARE(source, VIEW_SOURCE)

#define VIEW_PICTURE(FIELD, ONE, LIST)                                                             \
    LIST(source, sources)                                                                          \
    FIELD(url, src)                                                                                \
    FIELD(num, width)                                                                              \
    FIELD(num, height)                                                                             \
    FIELD(str, alt)                                                                                \
    FIELD(flag, eager)                                                                             \
    FIELD(str, caption)                                                                            \
    FIELD(str, credit)                                                                             \
    FIELD(flag, has_words)
VIEW_DECLARE(picture, VIEW_PICTURE)

/* A story in a list. */
#define VIEW_CARD(FIELD, ONE, LIST)                                                                \
    FIELD(url, href)                                                                               \
    FIELD(str, headline)                                                                           \
    FIELD(str, kicker)                                                                             \
    FIELD(str, standfirst)                                                                         \
    FIELD(str, byline)                                                                             \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(str, section_name)                                                                       \
    FIELD(flag, is_opinion)                                                                        \
    FIELD(str, iso)                                                                                \
    FIELD(str, absolute)                                                                           \
    FIELD(str, shown)                                                                              \
    ONE(picture, picture)
VIEW_DECLARE(card, VIEW_CARD)

/* A section's strip on the front. */
#define VIEW_RAIL(FIELD, ONE, LIST)                                                                \
    FIELD(str, slug)                                                                               \
    FIELD(str, name)                                                                               \
    FIELD(url, href)                                                                               \
    LIST(card, cards)
VIEW_DECLARE(rail, VIEW_RAIL)

#define VIEW_FRONT(FIELD, ONE, LIST)                                                               \
    ONE(page, page)                                                                                \
    ONE(card, lead)                                                                                \
    LIST(card, under)                                                                              \
    FIELD(flag, has_under)                                                                         \
    LIST(card, second)                                                                             \
    FIELD(flag, has_second)                                                                        \
    LIST(card, latest)                                                                             \
    FIELD(flag, has_latest)                                                                        \
    LIST(rail, rails)
VIEW_DECLARE(front, VIEW_FRONT)

/* Section, topic, author, archive day. */
#define VIEW_STORIES(FIELD, ONE, LIST)                                                             \
    ONE(page, page)                                                                                \
    FIELD(str, kicker)                                                                             \
    FIELD(str, title)                                                                              \
    FIELD(str, text)                                                                               \
    ONE(picture, portrait)                                                                         \
    FIELD(flag, has_cards)                                                                         \
    FIELD(flag, has_more)                                                                          \
    ONE(card, lead)                                                                                \
    LIST(card, cards)                                                                              \
    FIELD(flag, has_pager)                                                                         \
    FIELD(url, older)                                                                              \
    FIELD(str, older_text)                                                                         \
    FIELD(url, newer)                                                                              \
    FIELD(str, newer_text)
VIEW_DECLARE(stories, VIEW_STORIES)

#define VIEW_AUTHOR(FIELD, ONE, LIST)                                                              \
    FIELD(str, separator)                                                                          \
    FIELD(str, name)                                                                               \
    FIELD(url, href)
VIEW_DECLARE(author, VIEW_AUTHOR)

#define VIEW_TOPIC(FIELD, ONE, LIST)                                                               \
    FIELD(str, name)                                                                               \
    FIELD(url, href)
VIEW_DECLARE(topic, VIEW_TOPIC)

#define VIEW_CORRECTION(FIELD, ONE, LIST)                                                          \
    FIELD(str, kind)                                                                               \
    FIELD(str, reason)                                                                             \
    ONE(when, at)
VIEW_DECLARE(correction, VIEW_CORRECTION)

#define VIEW_STORY(FIELD, ONE, LIST)                                                               \
    ONE(page, page)                                                                                \
    FIELD(str, section_name)                                                                       \
    FIELD(url, section_href)                                                                       \
    FIELD(str, kicker)                                                                             \
    FIELD(str, headline)                                                                           \
    FIELD(str, standfirst)                                                                         \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(flag, has_authors)                                                                       \
    LIST(author, authors)                                                                          \
    FIELD(str, byline)                                                                             \
    ONE(when, published)                                                                           \
    ONE(when, updated)                                                                             \
    FIELD(num, minutes)                                                                            \
    ONE(picture, hero)                                                                             \
    FIELD(str, update_reason)                                                                      \
    FIELD(str, dateline)                                                                           \
    FIELD(html, body)                                                                              \
    FIELD(flag, has_corrections)                                                                   \
    LIST(correction, corrections)                                                                  \
    FIELD(str, source_line)                                                                        \
    FIELD(flag, has_topics)                                                                        \
    LIST(topic, topics)                                                                            \
    FIELD(flag, has_neighbours)                                                                    \
    ONE(card, previous)                                                                            \
    ONE(card, next)                                                                                \
    FIELD(flag, has_related)                                                                       \
    LIST(card, related)
VIEW_DECLARE(story, VIEW_STORY)

/* 404, 410 and other bad news. */
#define VIEW_MESSAGE(FIELD, ONE, LIST)                                                             \
    ONE(page, page)                                                                                \
    FIELD(num, status)                                                                             \
    FIELD(str, title)                                                                              \
    FIELD(str, text)                                                                               \
    FIELD(flag, has_latest)                                                                        \
    LIST(card, latest)
VIEW_DECLARE(message, VIEW_MESSAGE)

#endif
