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

#define VIEW_CHOICE(FIELD, ONE, LIST)                                                              \
    FIELD(str, value)                                                                              \
    FIELD(str, name)                                                                               \
    FIELD(flag, is_chosen)
VIEW_DECLARE(choice, VIEW_CHOICE)

/* Who the paper is, and where it is found elsewhere (news/settings.h); what is not set is empty. */
#define VIEW_PAPER(FIELD, ONE, LIST)                                                               \
    FIELD(str, short_name)                                                                         \
    FIELD(str, description)                                                                        \
    FIELD(str, publisher)                                                                          \
    FIELD(str, editor)                                                                             \
    FIELD(str, postal)                                                                             \
    FIELD(str, phone)                                                                              \
    FIELD(url, phone_href)                                                                         \
    FIELD(str, email)                                                                              \
    FIELD(url, email_href)                                                                         \
    FIELD(str, tip_line)                                                                           \
    FIELD(url, tip_href)                                                                           \
    FIELD(flag, has_contact)                                                                       \
    FIELD(url, facebook)                                                                           \
    FIELD(url, instagram)                                                                          \
    FIELD(url, x)                                                                                  \
    FIELD(url, youtube)                                                                            \
    FIELD(url, linkedin)                                                                           \
    FIELD(url, mastodon)                                                                           \
    FIELD(url, bluesky)                                                                            \
    FIELD(url, threads)                                                                            \
    FIELD(url, tiktok)                                                                             \
    FIELD(url, whatsapp)                                                                           \
    FIELD(url, telegram)                                                                           \
    FIELD(flag, has_social)
VIEW_DECLARE(paper, VIEW_PAPER)

/* What a link to the page looks like elsewhere (Open Graph); addresses are whole. */
#define VIEW_SHARE(FIELD, ONE, LIST)                                                               \
    FIELD(str, kind)                                                                               \
    FIELD(str, title)                                                                              \
    FIELD(str, description)                                                                        \
    FIELD(str, address)                                                                            \
    FIELD(str, site)                                                                               \
    FIELD(str, locale)                                                                             \
    FIELD(str, picture)                                                                            \
    FIELD(str, picture_type)                                                                       \
    FIELD(str, picture_alt)                                                                        \
    FIELD(num, picture_width)                                                                      \
    FIELD(num, picture_height)                                                                     \
    FIELD(str, published)                                                                          \
    FIELD(str, changed)                                                                            \
    FIELD(str, section)                                                                            \
    FIELD(str, video)                                                                              \
    FIELD(num, video_width)                                                                        \
    FIELD(num, video_height)                                                                       \
    FIELD(str, audio)                                                                              \
    FIELD(str, film_type)
VIEW_DECLARE(share, VIEW_SHARE)

/* The same in another form: a feed, oEmbed. */
#define VIEW_ALTERNATE(FIELD, ONE, LIST)                                                           \
    FIELD(str, type)                                                                               \
    FIELD(str, title)                                                                              \
    FIELD(url, href)
VIEW_DECLARE(alternate, VIEW_ALTERNATE)

/* A moment: for machines, whole, and short. */
#define VIEW_WHEN(FIELD, ONE, LIST)                                                                \
    FIELD(str, iso)                                                                                \
    FIELD(str, absolute)                                                                           \
    FIELD(str, shown)
VIEW_DECLARE(when, VIEW_WHEN)

/* Breaking news. */
#define VIEW_BREAKING(FIELD, ONE, LIST)                                                            \
    FIELD(num, id)                                                                                 \
    FIELD(num, story)                                                                              \
    FIELD(url, href)                                                                               \
    FIELD(str, words)                                                                              \
    FIELD(flag, is_corrected)                                                                      \
    ONE(when, told)
VIEW_DECLARE(breaking, VIEW_BREAKING)

#define VIEW_SOURCE(FIELD, ONE, LIST)                                                              \
    FIELD(str, type)                                                                               \
    FIELD(str, srcset)                                                                             \
    FIELD(str, sizes)                                                                              \
    FIELD(flag, on_a_telephone)
VIEW_DECLARE(source, VIEW_SOURCE)

/* wide: what an editor has cropped to 3:2, if anything. */
#define VIEW_PICTURE(FIELD, ONE, LIST)                                                             \
    LIST(source, sources)                                                                          \
    FIELD(url, src)                                                                                \
    FIELD(num, width)                                                                              \
    FIELD(num, height)                                                                             \
    FIELD(str, alt)                                                                                \
    FIELD(flag, eager)                                                                             \
    FIELD(str, focus)                                                                              \
    FIELD(url, wide)                                                                               \
    FIELD(num, wide_width)                                                                         \
    FIELD(num, wide_height)                                                                        \
    FIELD(str, caption)                                                                            \
    FIELD(str, credit)                                                                             \
    FIELD(flag, has_words)
VIEW_DECLARE(picture, VIEW_PICTURE)

/* What every page has. */
#define VIEW_PAGE(FIELD, ONE, LIST)                                                                \
    FIELD(str, title)                                                                              \
    FIELD(str, description)                                                                        \
    FIELD(url, canonical)                                                                          \
    FIELD(str, name)                                                                               \
    FIELD(str, motto)                                                                              \
    FIELD(str, language)                                                                           \
    FIELD(str, locale)                                                                             \
    FIELD(str, digits)                                                                             \
    FIELD(str, minutes_ago)                                                                        \
    FIELD(str, hours_ago)                                                                          \
    FIELD(str, direction)                                                                          \
    FIELD(str, today)                                                                              \
    FIELD(str, today_iso)                                                                          \
    FIELD(str, type)                                                                               \
    FIELD(url, colours)                                                                            \
    FIELD(url, icon)                                                                               \
    FIELD(url, touch_icon)                                                                         \
    FIELD(str, accent)                                                                             \
    FIELD(url, archive)                                                                            \
    FIELD(url, latest)                                                                             \
    FIELD(url, along)                                                                              \
    FIELD(url, home)                                                                               \
    FIELD(url, lite)                                                                               \
    FIELD(url, full)                                                                               \
    FIELD(flag, is_lite)                                                                           \
    FIELD(url, search)                                                                             \
    FIELD(str, live)                                                                               \
    FIELD(passing, event)                                                                          \
    FIELD(num, story)                                                                              \
    FIELD(num, version)                                                                            \
    FIELD(str, new_stories)                                                                        \
    FIELD(str, new_entries)                                                                        \
    FIELD(passing, made)                                                                           \
    ONE(breaking, breaking)                                                                        \
    ONE(paper, paper)                                                                              \
    ONE(picture, logo)                                                                             \
    LIST(menu, menu)                                                                               \
    LIST(choice, sections)                                                                         \
    FIELD(flag, has_information)                                                                   \
    LIST(menu, information)                                                                        \
    LIST(menu, feeds)                                                                              \
    ONE(share, share)                                                                              \
    LIST(alternate, alternates)                                                                    \
    FIELD(json, data)                                                                              \
    FIELD(flag, reserved)                                                                          \
    FIELD(url, mining_policy)
VIEW_DECLARE(page, VIEW_PAGE)

/* The stars that a critic gave: five of them, and the same in words. */
#define VIEW_STAR(FIELD, ONE, LIST)                                                                \
    FIELD(flag, is_full)                                                                           \
    FIELD(flag, is_half)
VIEW_DECLARE(star, VIEW_STAR)

#define VIEW_RATING(FIELD, ONE, LIST)                                                              \
    FIELD(str, words)                                                                              \
    LIST(star, stars)
VIEW_DECLARE(rating, VIEW_RATING)

/* How long a story's film or sound lasts: "1:24", and in words for those who cannot see it. */
#define VIEW_BADGE(FIELD, ONE, LIST)                                                               \
    FIELD(flag, is_sound)                                                                          \
    FIELD(str, clock)                                                                              \
    FIELD(str, words)
VIEW_DECLARE(badge, VIEW_BADGE)

/* Where a list goes on, and where it begins. */
#define VIEW_PAGER(FIELD, ONE, LIST)                                                               \
    FIELD(url, older)                                                                              \
    FIELD(str, older_text)                                                                         \
    FIELD(url, newer)                                                                              \
    FIELD(str, newer_text)
VIEW_DECLARE(pager, VIEW_PAGER)

/* A story in a list. */
#define VIEW_CARD(FIELD, ONE, LIST)                                                                \
    FIELD(num, story)                                                                              \
    FIELD(url, href)                                                                               \
    FIELD(str, headline)                                                                           \
    FIELD(str, label)                                                                              \
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
    ONE(rating, rating)                                                                            \
    ONE(badge, badge)                                                                              \
    ONE(picture, picture)
VIEW_DECLARE(card, VIEW_CARD)

/* An entry of a running story as a line. */
#define VIEW_NEWS(FIELD, ONE, LIST)                                                                \
    FIELD(num, number)                                                                             \
    FIELD(str, title)                                                                              \
    FIELD(url, href)                                                                               \
    ONE(when, when)
VIEW_DECLARE(news, VIEW_NEWS)

/* A running story in brief, with its newest entries: a line, a box, a rail. */
#define VIEW_RUNNING(FIELD, ONE, LIST)                                                             \
    FIELD(num, story)                                                                              \
    FIELD(str, headline)                                                                           \
    FIELD(url, href)                                                                               \
    FIELD(url, part)                                                                               \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(flag, is_paused)                                                                         \
    FIELD(flag, is_over)                                                                           \
    ONE(news, newest)                                                                              \
    FIELD(flag, has_entries)                                                                       \
    LIST(news, entries)
VIEW_DECLARE(running, VIEW_RUNNING)

/* A part of a front below its head: a strip, opinion, the picture of the day, what is much read. */
#define VIEW_BLOCK(FIELD, ONE, LIST)                                                               \
    FIELD(num, number)                                                                             \
    FIELD(str, title)                                                                              \
    FIELD(url, href)                                                                               \
    FIELD(flag, is_strip)                                                                          \
    FIELD(flag, is_half)                                                                           \
    FIELD(flag, is_opinion)                                                                        \
    FIELD(flag, is_most_read)                                                                      \
    ONE(running, running)                                                                          \
    ONE(card, day_picture)                                                                         \
    LIST(card, cards)                                                                              \
    LIST(card, lines)                                                                              \
    FIELD(flag, has_lines)                                                                         \
    FIELD(num, columns)
VIEW_DECLARE(block, VIEW_BLOCK)

/* The front of the paper, or of a section, which then has a title. */
#define VIEW_FRONT(FIELD, ONE, LIST)                                                               \
    ONE(page, page)                                                                                \
    FIELD(str, title)                                                                              \
    FIELD(str, text)                                                                               \
    FIELD(url, feed)                                                                               \
    ONE(card, lead)                                                                                \
    LIST(card, under)                                                                              \
    FIELD(flag, has_under)                                                                         \
    LIST(card, second)                                                                             \
    FIELD(flag, has_second)                                                                        \
    LIST(card, latest)                                                                             \
    FIELD(flag, has_latest)                                                                        \
    LIST(running, ticker)                                                                          \
    FIELD(flag, has_ticker)                                                                        \
    LIST(block, blocks)                                                                            \
    LIST(card, rest)                                                                               \
    FIELD(flag, has_rest)                                                                          \
    FIELD(url, older)
VIEW_DECLARE(front, VIEW_FRONT)

/* A day of a calendar; one without number is only there so that the others stand right. */
#define VIEW_DAY(FIELD, ONE, LIST)                                                                 \
    FIELD(num, day)                                                                                \
    FIELD(url, href)                                                                               \
    FIELD(num, stories)                                                                            \
    FIELD(flag, current)
VIEW_DECLARE(day, VIEW_DAY)

#define VIEW_WEEK(FIELD, ONE, LIST) LIST(day, days)
VIEW_DECLARE(week, VIEW_WEEK)

#define VIEW_WEEKDAY(FIELD, ONE, LIST)                                                             \
    FIELD(str, name)                                                                               \
    FIELD(str, short_name)
VIEW_DECLARE(weekday, VIEW_WEEKDAY)

/* A month as a table of weeks; which days have stories. */
#define VIEW_CALENDAR(FIELD, ONE, LIST)                                                            \
    FIELD(str, title)                                                                              \
    LIST(weekday, weekdays)                                                                        \
    LIST(week, weeks)                                                                              \
    FIELD(url, earlier)                                                                            \
    FIELD(str, earlier_text)                                                                       \
    FIELD(url, later)                                                                              \
    FIELD(str, later_text)
VIEW_DECLARE(calendar, VIEW_CALENDAR)

/* Section, topic, author, place, month and day of the archive. */
/* What the newsroom has written about a topic, an author or a place. */
#define VIEW_ABOUT(FIELD, ONE, LIST)                                                               \
    FIELD(html, body)                                                                              \
    FIELD(str, text)                                                                               \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(flag, has_contact)                                                                       \
    FIELD(str, email)                                                                              \
    FIELD(url, email_href)                                                                         \
    LIST(menu, links)
VIEW_DECLARE(about, VIEW_ABOUT)

#define VIEW_STORIES(FIELD, ONE, LIST)                                                             \
    ONE(page, page)                                                                                \
    LIST(menu, way)                                                                                \
    FIELD(flag, has_way)                                                                           \
    FIELD(str, kicker)                                                                             \
    FIELD(str, title)                                                                              \
    FIELD(str, text)                                                                               \
    ONE(about, about)                                                                              \
    FIELD(url, feed)                                                                               \
    ONE(picture, portrait)                                                                         \
    ONE(picture, picture)                                                                          \
    FIELD(flag, is_opinion)                                                                        \
    ONE(calendar, calendar)                                                                        \
    FIELD(flag, has_cards)                                                                         \
    FIELD(flag, has_more)                                                                          \
    ONE(card, lead)                                                                                \
    LIST(card, cards)                                                                              \
    ONE(pager, pager)
VIEW_DECLARE(stories, VIEW_STORIES)

/* A month in a list of months; without address where nothing was published. */
#define VIEW_MONTH(FIELD, ONE, LIST)                                                               \
    FIELD(str, name)                                                                               \
    FIELD(url, href)                                                                               \
    FIELD(num, stories)
VIEW_DECLARE(month, VIEW_MONTH)

#define VIEW_YEAR(FIELD, ONE, LIST)                                                                \
    FIELD(str, name)                                                                               \
    FIELD(url, href)                                                                               \
    LIST(month, months)
VIEW_DECLARE(year, VIEW_YEAR)

/* The archive: its years, or one of them. */
#define VIEW_ARCHIVE(FIELD, ONE, LIST)                                                             \
    ONE(page, page)                                                                                \
    LIST(menu, way)                                                                                \
    FIELD(flag, has_way)                                                                           \
    FIELD(str, title)                                                                              \
    LIST(year, years)                                                                              \
    FIELD(flag, has_years)                                                                         \
    LIST(month, months)                                                                            \
    FIELD(flag, has_months)                                                                        \
    ONE(pager, pager)
VIEW_DECLARE(archive, VIEW_ARCHIVE)

/* What was corrected, with its story. */
#define VIEW_MENDED(FIELD, ONE, LIST)                                                              \
    FIELD(num, story)                                                                              \
    FIELD(str, kind)                                                                               \
    FIELD(str, reason)                                                                             \
    ONE(when, at)                                                                                  \
    FIELD(url, href)                                                                               \
    FIELD(str, headline)                                                                           \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(str, section_name)
VIEW_DECLARE(mended, VIEW_MENDED)

#define VIEW_MENDED_DAY(FIELD, ONE, LIST)                                                          \
    FIELD(str, title)                                                                              \
    LIST(mended, corrections)
VIEW_DECLARE(mended_day, VIEW_MENDED_DAY)

#define VIEW_CORRECTIONS(FIELD, ONE, LIST)                                                         \
    ONE(page, page)                                                                                \
    LIST(mended_day, days)                                                                         \
    FIELD(flag, has_days)                                                                          \
    FIELD(str, report)                                                                             \
    FIELD(url, report_href)                                                                        \
    FIELD(url, policy)                                                                             \
    ONE(pager, pager)
VIEW_DECLARE(corrections, VIEW_CORRECTIONS)

#define VIEW_AUTHOR(FIELD, ONE, LIST)                                                              \
    FIELD(str, separator)                                                                          \
    FIELD(str, name)                                                                               \
    FIELD(url, href)
VIEW_DECLARE(author, VIEW_AUTHOR)

#define VIEW_TOPIC(FIELD, ONE, LIST)                                                               \
    FIELD(str, name)                                                                               \
    FIELD(url, href)                                                                               \
    FIELD(url, feed)
VIEW_DECLARE(topic, VIEW_TOPIC)

#define VIEW_CORRECTION(FIELD, ONE, LIST)                                                          \
    FIELD(str, kind)                                                                               \
    FIELD(str, reason)                                                                             \
    ONE(when, at)                                                                                  \
    FIELD(flag, is_at_top)
VIEW_DECLARE(correction, VIEW_CORRECTION)

/* Where a reader can pass a story on: plain links, nothing is loaded from there. */
#define VIEW_HANDOVER(FIELD, ONE, LIST)                                                            \
    FIELD(str, title)                                                                              \
    FIELD(url, address)                                                                            \
    FIELD(url, whatsapp)                                                                           \
    FIELD(url, facebook)                                                                           \
    FIELD(url, messenger)                                                                          \
    FIELD(url, messenger_app)                                                                      \
    FIELD(url, linkedin)                                                                           \
    FIELD(url, x)                                                                                  \
    FIELD(url, email)
VIEW_DECLARE(handover, VIEW_HANDOVER)

/* An entry of a running story; language: of the story, where it is not the paper's. */
#define VIEW_ENTRY(FIELD, ONE, LIST)                                                               \
    FIELD(num, number)                                                                             \
    FIELD(url, href)                                                                               \
    FIELD(str, title)                                                                              \
    FIELD(str, headline)                                                                           \
    FIELD(str, language)                                                                           \
    FIELD(str, byline)                                                                             \
    ONE(when, when)                                                                                \
    ONE(when, edited)                                                                              \
    FIELD(flag, is_key)                                                                            \
    FIELD(flag, is_pinned)                                                                         \
    FIELD(html, body)                                                                              \
    FIELD(num, promoted_story)                                                                     \
    FIELD(url, promoted)                                                                           \
    FIELD(str, promoted_headline)
VIEW_DECLARE(entry, VIEW_ENTRY)

/* The coverage of a story: where it stands, and a page of its entries. */
#define VIEW_COVERAGE(FIELD, ONE, LIST)                                                            \
    FIELD(num, story)                                                                              \
    FIELD(url, part)                                                                               \
    FIELD(flag, is_announced)                                                                      \
    FIELD(flag, is_live)                                                                           \
    FIELD(flag, is_paused)                                                                         \
    FIELD(flag, is_ended)                                                                          \
    FIELD(flag, is_archived)                                                                       \
    ONE(when, from)                                                                                \
    ONE(when, until)                                                                               \
    FIELD(num, count)                                                                              \
    FIELD(flag, has_entries)                                                                       \
    FIELD(flag, has_pinned)                                                                        \
    LIST(entry, pinned)                                                                            \
    LIST(entry, entries)                                                                           \
    FIELD(flag, has_keys)                                                                          \
    LIST(news, keys)                                                                               \
    FIELD(flag, is_oldest_first)                                                                   \
    FIELD(url, newest_first)                                                                       \
    FIELD(url, oldest_first)                                                                       \
    FIELD(url, previous)                                                                           \
    FIELD(url, next)                                                                               \
    FIELD(num, number)                                                                             \
    FIELD(num, pages)
VIEW_DECLARE(coverage, VIEW_COVERAGE)

/* One entry, at its own address. */
#define VIEW_ENTRY_PAGE(FIELD, ONE, LIST)                                                          \
    ONE(page, page)                                                                                \
    ONE(entry, entry)                                                                              \
    FIELD(str, label)                                                                              \
    FIELD(str, headline)                                                                           \
    FIELD(url, story_href)                                                                         \
    FIELD(url, all_href)                                                                           \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(flag, has_media)                                                                         \
    FIELD(flag, has_parts)
VIEW_DECLARE(entry_page, VIEW_ENTRY_PAGE)

/* A part of a story that is too long for one lite page. */
#define VIEW_STORY_PART(FIELD, ONE, LIST)                                                          \
    FIELD(num, number)                                                                             \
    FIELD(num, pages)                                                                              \
    FIELD(url, previous)                                                                           \
    FIELD(url, next)
VIEW_DECLARE(story_part, VIEW_STORY_PART)

#define VIEW_STORY(FIELD, ONE, LIST)                                                               \
    ONE(page, page)                                                                                \
    FIELD(str, section_name)                                                                       \
    FIELD(url, section_href)                                                                       \
    FIELD(str, label)                                                                              \
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
    FIELD(num, versions)                                                                           \
    FIELD(url, history)                                                                            \
    FIELD(html, film)                                                                              \
    ONE(picture, hero)                                                                             \
    FIELD(str, update_reason)                                                                      \
    FIELD(str, dateline)                                                                           \
    FIELD(url, dateline_href)                                                                      \
    FIELD(html, body)                                                                              \
    ONE(story_part, part)                                                                          \
    FIELD(flag, has_media)                                                                         \
    FIELD(flag, has_parts)                                                                         \
    ONE(coverage, coverage)                                                                        \
    ONE(running, running)                                                                          \
    ONE(running, promoted_from)                                                                    \
    FIELD(flag, has_top_corrections)                                                               \
    FIELD(flag, has_foot_corrections)                                                              \
    LIST(correction, corrections)                                                                  \
    FIELD(str, source_line)                                                                        \
    FIELD(str, origin)                                                                             \
    FIELD(str, origin_about)                                                                       \
    FIELD(flag, is_others)                                                                         \
    ONE(rating, rating)                                                                            \
    FIELD(str, reviewed)                                                                           \
    ONE(handover, handover)                                                                        \
    LIST(topic, places)                                                                            \
    FIELD(flag, has_topics)                                                                        \
    LIST(topic, topics)                                                                            \
    FIELD(flag, has_neighbours)                                                                    \
    ONE(card, previous)                                                                            \
    ONE(card, next)                                                                                \
    FIELD(flag, has_related)                                                                       \
    LIST(card, related)
VIEW_DECLARE(story, VIEW_STORY)

/* A picture of a gallery, and the address of its own page. */
#define VIEW_SHOT(FIELD, ONE, LIST)                                                                \
    FIELD(num, number)                                                                             \
    FIELD(url, href)                                                                               \
    ONE(picture, picture)
VIEW_DECLARE(shot, VIEW_SHOT)

/* The pictures of a story's gallery, or one of them with its neighbours. */
#define VIEW_GALLERY(FIELD, ONE, LIST)                                                             \
    ONE(page, page)                                                                                \
    FIELD(str, title)                                                                              \
    FIELD(str, headline)                                                                           \
    FIELD(url, story_href)                                                                         \
    FIELD(url, all_href)                                                                           \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(num, count)                                                                              \
    LIST(shot, shots)                                                                              \
    ONE(shot, shot)                                                                                \
    FIELD(url, previous)                                                                           \
    FIELD(url, next)                                                                               \
    FIELD(url, first)                                                                              \
    FIELD(url, last)
VIEW_DECLARE(gallery, VIEW_GALLERY)

/* What others give out through the paper. */
#define VIEW_NOTICE_LINE(FIELD, ONE, LIST)                                                         \
    FIELD(url, href)                                                                               \
    FIELD(str, type)                                                                               \
    FIELD(str, title)                                                                              \
    FIELD(str, issuer)                                                                             \
    FIELD(str, run)                                                                                \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)
VIEW_DECLARE(notice_line, VIEW_NOTICE_LINE)

#define VIEW_NOTICES(FIELD, ONE, LIST)                                                             \
    ONE(page, page)                                                                                \
    FIELD(str, title)                                                                              \
    LIST(menu, filter)                                                                             \
    FIELD(flag, has_lines)                                                                         \
    LIST(notice_line, lines)                                                                       \
    ONE(pager, pager)
VIEW_DECLARE(notices, VIEW_NOTICES)

#define VIEW_NOTICE(FIELD, ONE, LIST)                                                              \
    ONE(page, page)                                                                                \
    FIELD(str, type)                                                                               \
    FIELD(url, type_href)                                                                          \
    FIELD(url, all_href)                                                                           \
    FIELD(str, title)                                                                              \
    FIELD(str, issuer)                                                                             \
    FIELD(str, reference)                                                                          \
    FIELD(str, run)                                                                                \
    FIELD(flag, has_ended)                                                                         \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(html, body)                                                                              \
    ONE(when, changed)                                                                             \
    FIELD(str, address)
VIEW_DECLARE(notice, VIEW_NOTICE)

/* A page that the paper has written about itself. */
#define VIEW_INFORMATION(FIELD, ONE, LIST)                                                         \
    ONE(page, page)                                                                                \
    FIELD(str, title)                                                                              \
    FIELD(flag, is_contact)                                                                        \
    FIELD(str, letters)                                                                            \
    FIELD(url, letters_href)                                                                       \
    FIELD(str, corrections)                                                                        \
    FIELD(url, corrections_href)                                                                   \
    FIELD(html, body)                                                                              \
    ONE(when, changed)
VIEW_DECLARE(information, VIEW_INFORMATION)

/* Words in a row that stood before, stand now, or both; lead and tail: the space around them. */
#define VIEW_RUN(FIELD, ONE, LIST)                                                                 \
    FIELD(str, lead)                                                                               \
    FIELD(str, text)                                                                               \
    FIELD(str, tail)                                                                               \
    FIELD(flag, is_added)                                                                          \
    FIELD(flag, is_removed)
VIEW_DECLARE(run, VIEW_RUN)

/* A part of a story in which two versions differ; or how many in a row do not. */
#define VIEW_PASSAGE(FIELD, ONE, LIST)                                                             \
    FIELD(str, name)                                                                               \
    FIELD(num, unchanged)                                                                          \
    FIELD(flag, is_added)                                                                          \
    FIELD(flag, is_removed)                                                                        \
    FIELD(flag, is_moved)                                                                          \
    FIELD(flag, is_otherwise)                                                                      \
    LIST(run, runs)
VIEW_DECLARE(passage, VIEW_PASSAGE)

/* A version of a story beside the one before it. */
#define VIEW_VERSION(FIELD, ONE, LIST)                                                             \
    FIELD(num, number)                                                                             \
    FIELD(str, kind)                                                                               \
    FIELD(str, reason)                                                                             \
    ONE(when, at)                                                                                  \
    FIELD(flag, is_current)                                                                        \
    FIELD(flag, is_first)                                                                          \
    FIELD(flag, is_hidden)                                                                         \
    FIELD(str, hidden_reason)                                                                      \
    FIELD(num, since)                                                                              \
    FIELD(flag, is_same)                                                                           \
    LIST(passage, passages)
VIEW_DECLARE(version, VIEW_VERSION)

#define VIEW_HISTORY(FIELD, ONE, LIST)                                                             \
    ONE(page, page)                                                                                \
    FIELD(str, headline)                                                                           \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(url, story_href)                                                                         \
    LIST(version, versions)                                                                        \
    FIELD(flag, has_more)
VIEW_DECLARE(history, VIEW_HISTORY)

/* Today's paper, to be taken along; without stories: what is shown where nothing else is kept. */
#define VIEW_TODAY(FIELD, ONE, LIST)                                                               \
    ONE(page, page)                                                                                \
    FIELD(flag, has_stories)                                                                       \
    LIST(card, stories)
VIEW_DECLARE(today, VIEW_TODAY)

/* Search: a run of words, marked where it is what was asked for. */
#define VIEW_FOUND(FIELD, ONE, LIST)                                                               \
    FIELD(str, text)                                                                               \
    FIELD(flag, is_hit)
VIEW_DECLARE(found, VIEW_FOUND)

#define VIEW_HIT(FIELD, ONE, LIST)                                                                 \
    FIELD(num, story)                                                                              \
    FIELD(url, href)                                                                               \
    LIST(found, headline)                                                                          \
    LIST(found, excerpt)                                                                           \
    FIELD(str, kicker)                                                                             \
    FIELD(str, section_name)                                                                       \
    FIELD(str, byline)                                                                             \
    ONE(when, at)                                                                                  \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)
VIEW_DECLARE(hit, VIEW_HIT)

#define VIEW_NOTICE_HIT(FIELD, ONE, LIST)                                                          \
    FIELD(url, href)                                                                               \
    LIST(found, headline)                                                                          \
    LIST(found, excerpt)                                                                           \
    FIELD(str, type)                                                                               \
    LIST(found, issuer)                                                                            \
    FIELD(str, run)                                                                                \
    FIELD(flag, has_ended)                                                                         \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)
VIEW_DECLARE(notice_hit, VIEW_NOTICE_HIT)

#define VIEW_SEARCH(FIELD, ONE, LIST)                                                              \
    ONE(page, page)                                                                                \
    FIELD(url, action)                                                                             \
    FIELD(str, q)                                                                                  \
    LIST(choice, sections)                                                                         \
    FIELD(str, author)                                                                             \
    FIELD(str, topic)                                                                              \
    FIELD(str, from)                                                                               \
    FIELD(str, to)                                                                                 \
    FIELD(flag, has_filters)                                                                       \
    LIST(menu, chosen)                                                                             \
    FIELD(flag, is_asked)                                                                          \
    FIELD(flag, is_best)                                                                           \
    FIELD(url, newest_href)                                                                        \
    FIELD(url, best_href)                                                                          \
    FIELD(str, wrong)                                                                              \
    FIELD(flag, is_late)                                                                           \
    FIELD(num, found)                                                                              \
    LIST(hit, hits)                                                                                \
    FIELD(flag, only_notices)                                                                      \
    FIELD(num, notices_found)                                                                      \
    LIST(notice_hit, notices)                                                                      \
    FIELD(url, notices_href)                                                                       \
    FIELD(str, suggestion)                                                                         \
    FIELD(url, suggestion_href)                                                                    \
    ONE(pager, pager)
VIEW_DECLARE(search, VIEW_SEARCH)

/* 404, 410 and other bad news. */
#define VIEW_MESSAGE(FIELD, ONE, LIST)                                                             \
    ONE(page, page)                                                                                \
    FIELD(num, status)                                                                             \
    FIELD(str, title)                                                                              \
    FIELD(str, text)                                                                               \
    FIELD(flag, has_latest)                                                                        \
    LIST(card, latest)
VIEW_DECLARE(message, VIEW_MESSAGE)

/* Drawn beforehand (site/refusal.h), so with as little as can be. */
#define VIEW_BUSY(FIELD, ONE, LIST)                                                                \
    FIELD(str, name)                                                                               \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(url, icon)                                                                               \
    FIELD(str, title)                                                                              \
    FIELD(str, text)                                                                               \
    FIELD(str, later)
VIEW_DECLARE(busy, VIEW_BUSY)

#endif
