/*
 * views.h - what the templates of the newsroom may show (docs/theme.md lists it for designers).
 */
#ifndef SITE_DESK_VIEWS_H
#define SITE_DESK_VIEWS_H

#include "site/public/views.h"

/* What every page of the newsroom has. */
#define VIEW_DESK(FIELD, ONE, LIST)                                                                \
    FIELD(str, title)                                                                              \
    FIELD(str, name)                                                                               \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(str, type)                                                                               \
    FIELD(url, colours)                                                                            \
    FIELD(url, icon)                                                                               \
    FIELD(str, who)                                                                                \
    FIELD(str, token)                                                                              \
    FIELD(flag, is_in)                                                                             \
    FIELD(str, done)                                                                               \
    FIELD(str, wrong)                                                                              \
    LIST(menu, menu)                                                                               \
    LIST(menu, more)                                                                               \
    FIELD(flag, has_more)                                                                          \
    FIELD(flag, is_in_more)                                                                        \
    FIELD(flag, is_account)
VIEW_DECLARE(desk, VIEW_DESK)

/* Signing in, the second factor, the password again, a new password. */
#define VIEW_DESK_SIGN_IN(FIELD, ONE, LIST)                                                        \
    ONE(desk, desk)                                                                                \
    FIELD(url, action)                                                                             \
    FIELD(str, email)                                                                              \
    FIELD(str, to)                                                                                 \
    FIELD(flag, is_sign_in)                                                                        \
    FIELD(flag, is_second)                                                                         \
    FIELD(flag, is_prove)                                                                          \
    FIELD(flag, has_passkey)                                                                       \
    FIELD(flag, is_empty)
VIEW_DECLARE(desk_sign_in, VIEW_DESK_SIGN_IN)

#define VIEW_DESK_WELCOME(FIELD, ONE, LIST)                                                        \
    ONE(desk, desk)                                                                                \
    FIELD(url, action)                                                                             \
    FIELD(str, email)                                                                              \
    FIELD(str, name)                                                                               \
    FIELD(str, role)                                                                               \
    FIELD(flag, is_first)                                                                          \
    FIELD(flag, is_invitation)                                                                     \
    FIELD(flag, is_reset)
VIEW_DECLARE(desk_welcome, VIEW_DESK_WELCOME)

/* A story in a list of the newsroom. */
#define VIEW_DESK_STORY_LINE(FIELD, ONE, LIST)                                                     \
    FIELD(url, href)                                                                               \
    FIELD(str, headline)                                                                           \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(str, section)                                                                            \
    FIELD(str, byline)                                                                             \
    FIELD(str, state)                                                                              \
    FIELD(flag, is_live)                                                                           \
    ONE(when, scheduled)                                                                           \
    ONE(when, changed)
VIEW_DECLARE(desk_story_line, VIEW_DESK_STORY_LINE)

/* A story that is not out yet, on the board and in lists of work. */
#define VIEW_DESK_CARD(FIELD, ONE, LIST)                                                           \
    FIELD(num, story)                                                                              \
    FIELD(url, href)                                                                               \
    FIELD(url, action)                                                                             \
    FIELD(str, headline)                                                                           \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(str, section)                                                                            \
    FIELD(str, stage)                                                                              \
    FIELD(str, state)                                                                              \
    FIELD(str, who)                                                                                \
    ONE(when, scheduled)                                                                           \
    ONE(when, wished)                                                                              \
    FIELD(flag, is_late)                                                                           \
    ONE(when, changed)                                                                             \
    FIELD(str, before)                                                                             \
    FIELD(str, before_name)                                                                        \
    FIELD(str, after)                                                                              \
    FIELD(str, after_name)                                                                         \
    FIELD(str, own_stage)                                                                          \
    FIELD(flag, is_bound)                                                                          \
    FIELD(flag, has_newer)
VIEW_DECLARE(desk_card, VIEW_DESK_CARD)

#define VIEW_DESK_COLUMN(FIELD, ONE, LIST)                                                         \
    FIELD(str, word)                                                                               \
    FIELD(str, name)                                                                               \
    FIELD(num, count)                                                                              \
    FIELD(flag, is_empty)                                                                          \
    LIST(desk_card, cards)
VIEW_DECLARE(desk_column, VIEW_DESK_COLUMN)

#define VIEW_DESK_BOARD(FIELD, ONE, LIST)                                                          \
    ONE(desk, desk)                                                                                \
    LIST(choice, sections)                                                                         \
    LIST(choice, people)                                                                           \
    LIST(desk_column, columns)                                                                     \
    FIELD(str, back)                                                                               \
    FIELD(flag, is_cut)
VIEW_DECLARE(desk_board, VIEW_DESK_BOARD)

/* A week of the paper: a row a section, a cell a day. */
#define VIEW_DESK_DAY(FIELD, ONE, LIST)                                                            \
    FIELD(str, iso)                                                                                \
    FIELD(str, name)                                                                               \
    FIELD(str, date)                                                                               \
    FIELD(flag, is_today)
VIEW_DECLARE(desk_day, VIEW_DESK_DAY)

#define VIEW_DESK_PLANNED(FIELD, ONE, LIST)                                                        \
    FIELD(num, story)                                                                              \
    FIELD(url, href)                                                                               \
    FIELD(url, action)                                                                             \
    FIELD(str, headline)                                                                           \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(str, who)                                                                                \
    FIELD(str, time)                                                                               \
    FIELD(str, iso)                                                                                \
    FIELD(str, field)                                                                              \
    FIELD(str, day)                                                                                \
    FIELD(flag, is_planned)                                                                        \
    FIELD(flag, is_scheduled)                                                                      \
    FIELD(flag, is_live)                                                                           \
    FIELD(flag, may_move)
VIEW_DECLARE(desk_planned, VIEW_DESK_PLANNED)

#define VIEW_DESK_CELL(FIELD, ONE, LIST)                                                           \
    FIELD(str, iso)                                                                                \
    FIELD(flag, is_empty)                                                                          \
    LIST(desk_planned, items)
VIEW_DECLARE(desk_cell, VIEW_DESK_CELL)

#define VIEW_DESK_WEEK_ROW(FIELD, ONE, LIST)                                                       \
    FIELD(str, section)                                                                            \
    LIST(desk_cell, cells)
VIEW_DECLARE(desk_week_row, VIEW_DESK_WEEK_ROW)

#define VIEW_DESK_CALENDAR(FIELD, ONE, LIST)                                                       \
    ONE(desk, desk)                                                                                \
    FIELD(str, title)                                                                              \
    FIELD(str, zone)                                                                               \
    FIELD(str, week)                                                                               \
    FIELD(url, before)                                                                             \
    FIELD(url, after)                                                                              \
    FIELD(url, today)                                                                              \
    LIST(choice, sections)                                                                         \
    LIST(desk_day, days)                                                                           \
    LIST(desk_week_row, rows)                                                                      \
    FIELD(str, back)                                                                               \
    FIELD(flag, is_cut)
VIEW_DECLARE(desk_calendar, VIEW_DESK_CALENDAR)

/* A note of the newsroom; a link that shows a story to a guest. */
#define VIEW_DESK_NOTE(FIELD, ONE, LIST)                                                           \
    FIELD(num, id)                                                                                 \
    FIELD(url, href)                                                                               \
    FIELD(str, headline)                                                                           \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(str, who)                                                                                \
    ONE(when, when)                                                                                \
    FIELD(str, words)                                                                              \
    FIELD(flag, is_resolved)                                                                       \
    FIELD(str, resolved_by)
VIEW_DECLARE(desk_note, VIEW_DESK_NOTE)

#define VIEW_DESK_LINK(FIELD, ONE, LIST)                                                           \
    FIELD(num, link)                                                                               \
    FIELD(str, who)                                                                                \
    ONE(when, made)                                                                                \
    ONE(when, until)                                                                               \
    FIELD(num, opened)                                                                             \
    FIELD(flag, is_opened)                                                                         \
    ONE(when, last)
VIEW_DECLARE(desk_link, VIEW_DESK_LINK)

/* A story on two widths side by side. */
#define VIEW_DESK_LOOK(FIELD, ONE, LIST)                                                           \
    ONE(desk, desk)                                                                                \
    FIELD(str, headline)                                                                           \
    FIELD(url, back)                                                                               \
    FIELD(url, drawn)
VIEW_DECLARE(desk_look, VIEW_DESK_LOOK)

/* What went wrong while nobody looked. */
#define VIEW_DESK_ALARM(FIELD, ONE, LIST)                                                          \
    FIELD(num, alarm)                                                                              \
    ONE(when, at)                                                                                  \
    FIELD(url, href)                                                                               \
    FIELD(str, headline)                                                                           \
    FIELD(str, why)                                                                                \
    FIELD(flag, is_late)                                                                           \
    FIELD(flag, is_lite)                                                                           \
    FIELD(flag, is_clock)                                                                          \
    FIELD(num, seconds)
VIEW_DECLARE(desk_alarm, VIEW_DESK_ALARM)

/* What the agency has said since of a story that came over the wire. */
#define VIEW_DESK_WIRE_NEWS(FIELD, ONE, LIST)                                                      \
    FIELD(url, href)                                                                               \
    FIELD(str, headline)                                                                           \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(str, words)                                                                              \
    FIELD(flag, is_killed)                                                                         \
    FIELD(flag, is_withheld)                                                                       \
    ONE(when, at)
VIEW_DECLARE(desk_wire_news, VIEW_DESK_WIRE_NEWS)

/* A machine elsewhere that takes nothing. */
#define VIEW_DESK_STUCK_WEBHOOK(FIELD, ONE, LIST)                                                  \
    FIELD(url, href)                                                                               \
    FIELD(str, address)                                                                            \
    FIELD(str, problem)
VIEW_DECLARE(desk_stuck_webhook, VIEW_DESK_STUCK_WEBHOOK)

/* Of a list that is cut: how many more there are, and where all stand. */
#define VIEW_DESK_MORE(FIELD, ONE, LIST)                                                           \
    FIELD(num, more)                                                                               \
    FIELD(url, href)
VIEW_DECLARE(desk_more, VIEW_DESK_MORE)

#define VIEW_DESK_HOME(FIELD, ONE, LIST)                                                           \
    ONE(desk, desk)                                                                                \
    FIELD(str, name)                                                                               \
    FIELD(str, role)                                                                               \
    LIST(str, may)                                                                                 \
    FIELD(flag, lacks_second)                                                                      \
    FIELD(flag, may_staff)                                                                         \
    FIELD(flag, may_write)                                                                         \
    FIELD(num, waiting)                                                                            \
    FIELD(flag, has_from_wire)                                                                     \
    ONE(desk_more, more_from_wire)                                                                 \
    LIST(desk_wire_news, from_wire)                                                                \
    FIELD(flag, has_alarms)                                                                        \
    ONE(desk_more, more_alarms)                                                                    \
    LIST(desk_alarm, alarms)                                                                       \
    FIELD(num, last_alarm)                                                                         \
    FIELD(flag, is_wrong)                                                                          \
    FIELD(num, lost_mail)                                                                          \
    FIELD(str, mail_problem)                                                                       \
    FIELD(num, unread)                                                                             \
    LIST(desk_stuck_webhook, webhooks)                                                             \
    FIELD(flag, has_assigned)                                                                      \
    ONE(desk_more, more_assigned)                                                                  \
    LIST(desk_card, assigned)                                                                      \
    FIELD(flag, has_writing)                                                                       \
    ONE(desk_more, more_writing)                                                                   \
    LIST(desk_card, writing)                                                                       \
    FIELD(flag, has_to_edit)                                                                       \
    FIELD(str, to_edit_name)                                                                       \
    ONE(desk_more, more_to_edit)                                                                   \
    LIST(desk_card, to_edit)                                                                       \
    FIELD(flag, has_to_publish)                                                                    \
    FIELD(str, to_publish_name)                                                                    \
    ONE(desk_more, more_to_publish)                                                                \
    LIST(desk_card, to_publish)                                                                    \
    FIELD(flag, has_mentions)                                                                      \
    ONE(desk_more, more_mentions)                                                                  \
    LIST(desk_note, mentions)                                                                      \
    FIELD(flag, may_wire)                                                                          \
    FIELD(num, copy)                                                                               \
    FIELD(flag, is_idle)                                                                           \
    FIELD(flag, has_next)                                                                          \
    ONE(desk_more, more_next)                                                                      \
    LIST(desk_story_line, next)
VIEW_DECLARE(desk_home, VIEW_DESK_HOME)

#define VIEW_DESK_SESSION(FIELD, ONE, LIST)                                                        \
    FIELD(num, session)                                                                            \
    FIELD(str, device)                                                                             \
    FIELD(str, address)                                                                            \
    ONE(when, since)                                                                               \
    ONE(when, seen)                                                                                \
    FIELD(flag, is_this)
VIEW_DECLARE(desk_session, VIEW_DESK_SESSION)

#define VIEW_DESK_ACCOUNT(FIELD, ONE, LIST)                                                        \
    ONE(desk, desk)                                                                                \
    FIELD(str, name)                                                                               \
    FIELD(str, email)                                                                              \
    FIELD(str, role)                                                                               \
    ONE(when, password_at)                                                                         \
    ONE(when, second_at)                                                                           \
    FIELD(num, codes)                                                                              \
    FIELD(num, passkeys)                                                                           \
    FIELD(flag, has_second)                                                                        \
    FIELD(flag, has_others)                                                                        \
    LIST(desk_session, sessions)
VIEW_DECLARE(desk_account, VIEW_DESK_ACCOUNT)

#define VIEW_DESK_PASSKEY(FIELD, ONE, LIST)                                                        \
    FIELD(num, passkey)                                                                            \
    FIELD(str, name)                                                                               \
    FIELD(str, host)                                                                               \
    FIELD(flag, is_elsewhere)                                                                      \
    ONE(when, made)                                                                                \
    ONE(when, used)
VIEW_DECLARE(desk_passkey, VIEW_DESK_PASSKEY)

#define VIEW_DESK_PASSKEYS(FIELD, ONE, LIST)                                                       \
    ONE(desk, desk)                                                                                \
    FIELD(flag, may_add)                                                                           \
    FIELD(flag, is_demanded)                                                                       \
    FIELD(flag, has_passkeys)                                                                      \
    LIST(desk_passkey, passkeys)
VIEW_DECLARE(desk_passkeys, VIEW_DESK_PASSKEYS)

/* The second factor, and recovery codes when they are shown. */
#define VIEW_DESK_TOTP(FIELD, ONE, LIST)                                                           \
    ONE(desk, desk)                                                                                \
    ONE(when, second_at)                                                                           \
    FIELD(flag, is_offered)                                                                        \
    FIELD(flag, has_passkeys)                                                                      \
    FIELD(flag, is_demanded)                                                                       \
    FIELD(url, picture)                                                                            \
    FIELD(str, secret)                                                                             \
    FIELD(num, left)                                                                               \
    LIST(str, codes)
VIEW_DECLARE(desk_totp, VIEW_DESK_TOTP)

#define VIEW_DESK_STAFFER(FIELD, ONE, LIST)                                                        \
    FIELD(url, href)                                                                               \
    FIELD(str, name)                                                                               \
    FIELD(str, email)                                                                              \
    FIELD(str, role)                                                                               \
    FIELD(str, state)                                                                              \
    FIELD(flag, is_active)                                                                         \
    FIELD(flag, has_second)                                                                        \
    ONE(when, seen)
VIEW_DECLARE(desk_staffer, VIEW_DESK_STAFFER)

#define VIEW_DESK_STAFF(FIELD, ONE, LIST)                                                          \
    ONE(desk, desk)                                                                                \
    LIST(desk_staffer, people)
VIEW_DECLARE(desk_staff, VIEW_DESK_STAFF)

/* One person, and an invitation. */
#define VIEW_DESK_PERSON(FIELD, ONE, LIST)                                                         \
    ONE(desk, desk)                                                                                \
    FIELD(url, action)                                                                             \
    FIELD(str, name)                                                                               \
    FIELD(str, email)                                                                              \
    FIELD(str, role)                                                                               \
    FIELD(str, state)                                                                              \
    ONE(when, since)                                                                               \
    ONE(when, seen)                                                                                \
    LIST(choice, roles)                                                                            \
    FIELD(flag, may_change)                                                                        \
    FIELD(flag, is_invited)                                                                        \
    FIELD(flag, is_active)                                                                         \
    FIELD(flag, is_suspended)                                                                      \
    FIELD(flag, has_second)                                                                        \
    FIELD(flag, has_sessions)                                                                      \
    LIST(desk_session, sessions)                                                                   \
    FIELD(str, link)                                                                               \
    FIELD(flag, is_mailed)                                                                         \
    ONE(when, link_until)                                                                          \
    FIELD(url, log)
VIEW_DECLARE(desk_person, VIEW_DESK_PERSON)

#define VIEW_DESK_ROLE_LINE(FIELD, ONE, LIST)                                                      \
    FIELD(url, href)                                                                               \
    FIELD(str, name)                                                                               \
    LIST(str, may)
VIEW_DECLARE(desk_role_line, VIEW_DESK_ROLE_LINE)

#define VIEW_DESK_ROLES(FIELD, ONE, LIST)                                                          \
    ONE(desk, desk)                                                                                \
    LIST(desk_role_line, ours)                                                                     \
    FIELD(flag, has_own)                                                                           \
    LIST(desk_role_line, own)
VIEW_DECLARE(desk_roles, VIEW_DESK_ROLES)

#define VIEW_DESK_ROLE(FIELD, ONE, LIST)                                                           \
    ONE(desk, desk)                                                                                \
    FIELD(url, action)                                                                             \
    FIELD(str, name)                                                                               \
    FIELD(flag, is_new)                                                                            \
    LIST(choice, privileges)
VIEW_DECLARE(desk_role, VIEW_DESK_ROLE)

/* A field that was one thing and is another. */
#define VIEW_DESK_CHANGE(FIELD, ONE, LIST)                                                         \
    FIELD(str, field)                                                                              \
    FIELD(str, was)                                                                                \
    FIELD(str, is)
VIEW_DECLARE(desk_change, VIEW_DESK_CHANGE)

#define VIEW_DESK_DEED(FIELD, ONE, LIST)                                                           \
    ONE(when, at)                                                                                  \
    FIELD(str, who)                                                                                \
    FIELD(str, act)                                                                                \
    FIELD(str, label)                                                                              \
    FIELD(num, subject)                                                                            \
    FIELD(str, address)                                                                            \
    FIELD(str, device)                                                                             \
    LIST(desk_change, changes)
VIEW_DECLARE(desk_deed, VIEW_DESK_DEED)

#define VIEW_DESK_AUDIT(FIELD, ONE, LIST)                                                          \
    ONE(desk, desk)                                                                                \
    LIST(choice, people)                                                                           \
    LIST(choice, acts)                                                                             \
    FIELD(str, from)                                                                               \
    FIELD(str, to)                                                                                 \
    FIELD(str, story)                                                                              \
    FIELD(str, story_name)                                                                         \
    FIELD(url, story_href)                                                                         \
    FIELD(flag, has_deeds)                                                                         \
    LIST(desk_deed, deeds)                                                                         \
    FIELD(url, older)                                                                              \
    FIELD(url, newest)
VIEW_DECLARE(desk_audit, VIEW_DESK_AUDIT)

/* --- what the paper is doing now --- */

#define VIEW_DESK_HEALTH_LINE(FIELD, ONE, LIST)                                                    \
    FIELD(str, name)                                                                               \
    FIELD(str, value)
VIEW_DECLARE(desk_health_line, VIEW_DESK_HEALTH_LINE)

#define VIEW_DESK_HEALTH_GROUP(FIELD, ONE, LIST)                                                   \
    FIELD(num, number) /* from 1: for its place on the page */                                     \
    FIELD(str, title)                                                                              \
    LIST(desk_health_line, lines)
VIEW_DECLARE(desk_health_group, VIEW_DESK_HEALTH_GROUP)

#define VIEW_DESK_HEALTH_ALARM(FIELD, ONE, LIST)                                                   \
    FIELD(str, words)                                                                              \
    FIELD(str, what) /* the one that it concerns, or empty */                                      \
    FIELD(str, meaning)
VIEW_DECLARE(desk_health_alarm, VIEW_DESK_HEALTH_ALARM)

/* What was asked for in the last minute. */
#define VIEW_DESK_HEALTH_KIND(FIELD, ONE, LIST)                                                    \
    FIELD(str, name)                                                                               \
    FIELD(str, replies)                                                                            \
    FIELD(str, warm) /* the share that came from memory */                                         \
    FIELD(str, failed)
VIEW_DECLARE(desk_health_kind, VIEW_DESK_HEALTH_KIND)

#define VIEW_DESK_HEALTH(FIELD, ONE, LIST)                                                         \
    ONE(desk, desk)                                                                                \
    LIST(menu, pages) /* of settings */                                                            \
    FIELD(flag, has_alarms)                                                                        \
    LIST(desk_health_alarm, alarms)                                                                \
    LIST(desk_health_group, groups)                                                                \
    LIST(desk_health_kind, kinds)                                                                  \
    FIELD(flag, has_slow)                                                                          \
    LIST(desk_health_line, slow)                                                                   \
    FIELD(flag, has_events)                                                                        \
    LIST(desk_health_line, events)                                                                 \
    ONE(when, now)
VIEW_DECLARE(desk_health, VIEW_DESK_HEALTH)

#define VIEW_DESK_STORIES(FIELD, ONE, LIST)                                                        \
    ONE(desk, desk)                                                                                \
    FIELD(str, words)                                                                              \
    LIST(choice, states)                                                                           \
    LIST(choice, sections)                                                                         \
    LIST(choice, types)                                                                            \
    FIELD(flag, is_own)                                                                            \
    FIELD(flag, has_stories)                                                                       \
    LIST(desk_story_line, stories)                                                                 \
    FIELD(url, older)                                                                              \
    FIELD(url, newest)
VIEW_DECLARE(desk_stories, VIEW_DESK_STORIES)

#define VIEW_DESK_VERSION(FIELD, ONE, LIST)                                                        \
    FIELD(num, number)                                                                             \
    FIELD(str, kind)                                                                               \
    FIELD(str, reason)                                                                             \
    FIELD(str, why)                                                                                \
    FIELD(num, words)                                                                              \
    FIELD(url, compare)                                                                            \
    ONE(when, made)                                                                                \
    ONE(when, shown)
VIEW_DECLARE(desk_version, VIEW_DESK_VERSION)

/* A story that came over the wire: which item it was, and what the agency says of it since. */
#define VIEW_DESK_FROM_WIRE(FIELD, ONE, LIST)                                                      \
    FIELD(url, href)                                                                               \
    FIELD(url, newer)                                                                              \
    FIELD(url, story)                                                                              \
    FIELD(url, action)                                                                             \
    FIELD(url, leave)                                                                              \
    FIELD(url, kill)                                                                               \
    FIELD(str, source)                                                                             \
    FIELD(str, headline)                                                                           \
    FIELD(str, version)                                                                            \
    FIELD(str, newer_version)                                                                      \
    FIELD(str, words)                                                                              \
    FIELD(flag, is_killed)                                                                         \
    FIELD(flag, is_withheld)                                                                       \
    FIELD(flag, is_newer)                                                                          \
    FIELD(flag, is_same)                                                                           \
    FIELD(flag, may_withdraw)                                                                      \
    LIST(passage, passages)
VIEW_DECLARE(desk_from_wire, VIEW_DESK_FROM_WIRE)

/* Where readers see a story: addresses, by what they are. */
#define VIEW_DESK_WHERE(FIELD, ONE, LIST)                                                          \
    FIELD(str, name)                                                                               \
    FIELD(url, href)
VIEW_DECLARE(desk_where, VIEW_DESK_WHERE)

#define VIEW_DESK_WHERE_GROUP(FIELD, ONE, LIST)                                                    \
    FIELD(str, name)                                                                               \
    FIELD(flag, is_empty)                                                                          \
    LIST(desk_where, places)
VIEW_DECLARE(desk_where_group, VIEW_DESK_WHERE_GROUP)

/* Of the checklist: what is not fine. */
#define VIEW_DESK_CHECK(FIELD, ONE, LIST)                                                          \
    FIELD(str, title)                                                                              \
    FIELD(str, about)                                                                              \
    FIELD(str, what)                                                                               \
    FIELD(flag, is_stop)                                                                           \
    FIELD(url, href)
VIEW_DECLARE(desk_check, VIEW_DESK_CHECK)

/* One story: what readers have of it, what may be done, what was typed when it could not be. */
#define VIEW_DESK_STORY(FIELD, ONE, LIST)                                                          \
    ONE(desk, desk)                                                                                \
    FIELD(url, live)                                                                               \
    FIELD(url, log)                                                                                \
    FIELD(url, action)                                                                             \
    FIELD(url, correct)                                                                            \
    FIELD(url, kill)                                                                               \
    FIELD(url, preview)                                                                            \
    FIELD(url, edit)                                                                               \
    FIELD(url, revisions)                                                                          \
    FIELD(url, newer)                                                                              \
    FIELD(url, breaking)                                                                           \
    FIELD(url, href)                                                                               \
    ONE(desk_from_wire, from_wire)                                                                 \
    FIELD(num, took)                                                                               \
    FIELD(str, headline)                                                                           \
    FIELD(str, standfirst)                                                                         \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(str, section)                                                                            \
    FIELD(str, byline)                                                                             \
    FIELD(str, zone)                                                                               \
    FIELD(flag, is_draft)                                                                          \
    FIELD(flag, is_scheduled)                                                                      \
    FIELD(flag, is_live)                                                                           \
    FIELD(flag, is_withdrawn)                                                                      \
    FIELD(flag, is_killed)                                                                         \
    FIELD(flag, is_seen)                                                                           \
    LIST(desk_where_group, where)                                                                  \
    ONE(when, since)                                                                               \
    ONE(when, until)                                                                               \
    ONE(when, embargo)                                                                             \
    FIELD(flag, is_ahead)                                                                          \
    ONE(when, saved)                                                                               \
    FIELD(flag, is_newer)                                                                          \
    FIELD(flag, is_unwritten)                                                                      \
    FIELD(flag, may_publish)                                                                       \
    FIELD(flag, may_update)                                                                        \
    FIELD(flag, is_edit)                                                                           \
    FIELD(flag, is_written)                                                                        \
    FIELD(str, brings)                                                                             \
    FIELD(url, compare)                                                                            \
    FIELD(flag, has_checks)                                                                        \
    LIST(desk_check, checks)                                                                       \
    FIELD(flag, has_stops)                                                                         \
    FIELD(flag, is_anyway)                                                                         \
    FIELD(num, links_elsewhere)                                                                    \
    FIELD(num, links_asked)                                                                        \
    FIELD(flag, may_end)                                                                           \
    FIELD(flag, may_withdraw)                                                                      \
    FIELD(flag, may_correct)                                                                       \
    FIELD(flag, may_kill)                                                                          \
    FIELD(str, at)                                                                                 \
    FIELD(str, end)                                                                                \
    FIELD(str, reason)                                                                             \
    FIELD(str, seen)                                                                               \
    FIELD(str, new_headline)                                                                       \
    FIELD(str, new_standfirst)                                                                     \
    FIELD(str, why)                                                                                \
    FIELD(flag, is_clarification)                                                                  \
    FIELD(flag, is_at_top)                                                                         \
    FIELD(flag, is_at_foot)                                                                        \
    FIELD(flag, opens_correct)                                                                     \
    FIELD(flag, opens_end)                                                                         \
    LIST(choice, stages)                                                                           \
    LIST(choice, people)                                                                           \
    FIELD(str, wished)                                                                             \
    FIELD(url, plan_action)                                                                        \
    FIELD(url, notes_action)                                                                       \
    FIELD(flag, has_notes)                                                                         \
    LIST(desk_note, notes)                                                                         \
    FIELD(url, links_action)                                                                       \
    FIELD(url, look)                                                                               \
    FIELD(flag, has_links)                                                                         \
    LIST(desk_link, links)                                                                         \
    FIELD(str, link)                                                                               \
    ONE(when, link_until)                                                                          \
    LIST(desk_version, versions)                                                                   \
    FIELD(url, all_versions)
VIEW_DECLARE(desk_story, VIEW_DESK_STORY)

/* The editor: what its script begins with, and the text for who has none. */
#define VIEW_DESK_EDIT(FIELD, ONE, LIST)                                                           \
    ONE(desk, desk)                                                                                \
    FIELD(num, story)                                                                              \
    ONE(desk_from_wire, from_wire)                                                                 \
    FIELD(json, copy)                                                                              \
    FIELD(json, facts)                                                                             \
    FIELD(str, headline)                                                                           \
    FIELD(str, standfirst)                                                                         \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(html, text)                                                                              \
    FIELD(url, page)                                                                               \
    FIELD(url, preview)                                                                            \
    FIELD(url, revisions)
VIEW_DECLARE(desk_edit, VIEW_DESK_EDIT)

/* A save of a story, in its list and beside another. */
#define VIEW_DESK_REVISION(FIELD, ONE, LIST)                                                       \
    FIELD(num, number)                                                                             \
    FIELD(str, kind)                                                                               \
    FIELD(str, name)                                                                               \
    FIELD(str, who)                                                                                \
    ONE(when, at)                                                                                  \
    FIELD(str, headline)                                                                           \
    FIELD(num, words)                                                                              \
    FIELD(flag, is_current)                                                                        \
    FIELD(flag, is_aside)                                                                          \
    FIELD(flag, may_compare)                                                                       \
    FIELD(flag, is_from)                                                                           \
    FIELD(flag, is_to)                                                                             \
    FIELD(flag, is_elsewhere)                                                                      \
    FIELD(url, href)
VIEW_DECLARE(desk_revision, VIEW_DESK_REVISION)

#define VIEW_DESK_REVISIONS(FIELD, ONE, LIST)                                                      \
    ONE(desk, desk)                                                                                \
    FIELD(str, headline)                                                                           \
    FIELD(url, page)                                                                               \
    FIELD(url, edit)                                                                               \
    FIELD(url, compare)                                                                            \
    FIELD(url, list)                                                                               \
    FIELD(flag, is_versions)                                                                       \
    FIELD(flag, has_two)                                                                           \
    LIST(desk_revision, revisions)                                                                 \
    FIELD(num, older)                                                                              \
    FIELD(flag, is_later)
VIEW_DECLARE(desk_revisions, VIEW_DESK_REVISIONS)

/* A revision by itself (after), or what changed from one to another. */
#define VIEW_DESK_COMPARISON(FIELD, ONE, LIST)                                                     \
    ONE(desk, desk)                                                                                \
    FIELD(url, page)                                                                               \
    FIELD(url, action)                                                                             \
    FIELD(str, headline)                                                                           \
    FIELD(str, standfirst)                                                                         \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(html, text)                                                                              \
    FIELD(url, story)                                                                              \
    ONE(desk_revision, version)                                                                    \
    ONE(desk_revision, to_version)                                                                 \
    ONE(desk_revision, before)                                                                     \
    ONE(desk_revision, after)                                                                      \
    FIELD(flag, is_current)                                                                        \
    FIELD(flag, is_same)                                                                           \
    LIST(passage, passages)
VIEW_DECLARE(desk_comparison, VIEW_DESK_COMPARISON)

/* An item of copy; a file, or a part of one, that could not be read. */
#define VIEW_DESK_COPY(FIELD, ONE, LIST)                                                           \
    FIELD(url, href)                                                                               \
    FIELD(url, story)                                                                              \
    FIELD(url, raw)                                                                                \
    FIELD(str, headline)                                                                           \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(str, dialect)                                                                            \
    FIELD(str, source)                                                                             \
    FIELD(str, kind)                                                                               \
    FIELD(str, version)                                                                            \
    FIELD(str, done)                                                                               \
    FIELD(str, taker)                                                                              \
    FIELD(str, spiker)                                                                             \
    FIELD(str, reason)                                                                             \
    FIELD(str, file)                                                                               \
    FIELD(str, text)                                                                               \
    FIELD(num, item)                                                                               \
    FIELD(num, line)                                                                               \
    FIELD(num, urgency)                                                                            \
    FIELD(flag, is_chosen)                                                                         \
    FIELD(flag, is_taken)                                                                          \
    FIELD(flag, is_spiked)                                                                         \
    FIELD(flag, is_waiting)                                                                        \
    ONE(when, received)                                                                            \
    ONE(when, held)                                                                                \
    ONE(when, embargo)
VIEW_DECLARE(desk_copy, VIEW_DESK_COPY)

/* What is said of something, under its name. */
#define VIEW_DESK_FACT(FIELD, ONE, LIST)                                                           \
    FIELD(str, name)                                                                               \
    FIELD(str, value)                                                                              \
    FIELD(url, href)
VIEW_DECLARE(desk_fact, VIEW_DESK_FACT)

/* An item as the desk looks at it before it decides: itself, what is said of it, what may be done.
 */
#define VIEW_DESK_ITEM(FIELD, ONE, LIST)                                                           \
    FIELD(url, action)                                                                             \
    FIELD(url, story)                                                                              \
    FIELD(url, raw)                                                                                \
    FIELD(str, to)                                                                                 \
    FIELD(str, seen)                                                                               \
    FIELD(str, headline)                                                                           \
    FIELD(str, done)                                                                               \
    FIELD(str, taker)                                                                              \
    FIELD(str, spiker)                                                                             \
    FIELD(str, reason)                                                                             \
    FIELD(str, usage)                                                                              \
    FIELD(str, copyright)                                                                          \
    FIELD(str, note)                                                                               \
    FIELD(flag, may_take)                                                                          \
    FIELD(flag, may_spike)                                                                         \
    FIELD(flag, may_unspike)                                                                       \
    FIELD(flag, may_publish)                                                                       \
    FIELD(flag, is_taken)                                                                          \
    FIELD(flag, is_spiked)                                                                         \
    FIELD(flag, is_old)                                                                            \
    FIELD(flag, is_killed)                                                                         \
    FIELD(flag, is_too_large)                                                                      \
    ONE(when, received)                                                                            \
    ONE(when, embargo)                                                                             \
    ONE(when, expiry)                                                                              \
    ONE(picture, picture)                                                                          \
    ONE(story, text)                                                                               \
    LIST(desk_fact, facts)                                                                         \
    LIST(desk_fact, pictures)
VIEW_DECLARE(desk_item, VIEW_DESK_ITEM)

#define VIEW_DESK_WIRE(FIELD, ONE, LIST)                                                           \
    ONE(desk, desk)                                                                                \
    FIELD(str, words)                                                                              \
    FIELD(str, topic)                                                                              \
    LIST(choice, outcomes)                                                                         \
    LIST(choice, states)                                                                           \
    LIST(choice, dialects)                                                                         \
    LIST(choice, sources)                                                                          \
    LIST(choice, kinds)                                                                            \
    LIST(choice, sections)                                                                         \
    LIST(choice, urgencies)                                                                        \
    FIELD(flag, is_embargoed)                                                                      \
    FIELD(flag, is_narrow)                                                                         \
    FIELD(flag, has_copy)                                                                          \
    FIELD(num, newest_item)                                                                        \
    LIST(desk_copy, copy)                                                                          \
    ONE(desk_item, item)                                                                           \
    FIELD(url, older)                                                                              \
    FIELD(url, newest)                                                                             \
    FIELD(url, fresh)
VIEW_DECLARE(desk_wire, VIEW_DESK_WIRE)

/* A place of a slot, and what stands in it: pinned, by rule, or nothing. */
#define VIEW_DESK_PLACE(FIELD, ONE, LIST)                                                          \
    FIELD(num, place)                                                                              \
    FIELD(num, story)                                                                              \
    FIELD(str, headline)                                                                           \
    FIELD(str, kicker)                                                                             \
    FIELD(str, own_headline)                                                                       \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(str, section_name)                                                                       \
    FIELD(url, href)                                                                               \
    FIELD(url, change)                                                                             \
    ONE(picture, picture)                                                                          \
    FIELD(flag, is_pinned)                                                                         \
    FIELD(flag, is_ruled)                                                                          \
    FIELD(str, held)                                                                               \
    FIELD(str, held_headline)                                                                      \
    ONE(when, until)                                                                               \
    FIELD(num, up_slot)                                                                            \
    FIELD(num, up_place)                                                                           \
    FIELD(num, down_slot)                                                                          \
    FIELD(num, down_place)
VIEW_DECLARE(desk_place, VIEW_DESK_PLACE)

#define VIEW_DESK_STRIP(FIELD, ONE, LIST)                                                          \
    FIELD(str, name)                                                                               \
    LIST(str, headlines)
VIEW_DECLARE(desk_strip, VIEW_DESK_STRIP)

/* A slot of a front. */
#define VIEW_DESK_SLOT(FIELD, ONE, LIST)                                                           \
    FIELD(num, slot)                                                                               \
    FIELD(num, position)                                                                           \
    FIELD(str, name)                                                                               \
    FIELD(str, about)                                                                              \
    FIELD(str, slot_seen)                                                                          \
    FIELD(str, slot_title)                                                                         \
    FIELD(num, size)                                                                               \
    FIELD(num, strips_most)                                                                        \
    FIELD(num, up_to)                                                                              \
    FIELD(num, down_to)                                                                            \
    FIELD(flag, is_empty)                                                                          \
    FIELD(flag, opens)                                                                             \
    LIST(choice, kinds)                                                                            \
    LIST(choice, sections)                                                                         \
    LIST(desk_place, places)                                                                       \
    LIST(desk_strip, strips)
VIEW_DECLARE(desk_slot, VIEW_DESK_SLOT)

#define VIEW_DESK_FRONT(FIELD, ONE, LIST)                                                          \
    ONE(desk, desk)                                                                                \
    FIELD(str, front_name)                                                                         \
    FIELD(str, section)                                                                            \
    FIELD(str, seen)                                                                               \
    FIELD(url, preview)                                                                            \
    FIELD(url, readers)                                                                            \
    FIELD(num, took)                                                                               \
    FIELD(flag, has_draft)                                                                         \
    FIELD(flag, has_moved_on)                                                                      \
    ONE(when, changed)                                                                             \
    FIELD(str, changed_by)                                                                         \
    ONE(when, drafted)                                                                             \
    FIELD(str, drafted_by)                                                                         \
    LIST(menu, fronts)                                                                             \
    LIST(choice, others)                                                                           \
    FIELD(flag, has_others)                                                                        \
    FIELD(flag, is_full)                                                                           \
    LIST(choice, kinds)                                                                            \
    LIST(choice, sections)                                                                         \
    LIST(desk_slot, slots)
VIEW_DECLARE(desk_front, VIEW_DESK_FRONT)

/* A story that may be pinned. */
#define VIEW_DESK_PINNABLE(FIELD, ONE, LIST)                                                       \
    FIELD(num, story)                                                                              \
    FIELD(str, headline)                                                                           \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(str, section_name)                                                                       \
    ONE(when, at)                                                                                  \
    FIELD(flag, is_coming)                                                                         \
    FIELD(flag, is_here)
VIEW_DECLARE(desk_pinnable, VIEW_DESK_PINNABLE)

#define VIEW_DESK_PICTURE_CHOICE(FIELD, ONE, LIST)                                                 \
    FIELD(num, media)                                                                              \
    FIELD(str, name)                                                                               \
    ONE(picture, picture)                                                                          \
    FIELD(flag, is_chosen)
VIEW_DECLARE(desk_picture_choice, VIEW_DESK_PICTURE_CHOICE)

/* One place of a front: what is pinned there, and what could be. */
#define VIEW_DESK_FRONT_PLACE(FIELD, ONE, LIST)                                                    \
    ONE(desk, desk)                                                                                \
    FIELD(str, front_name)                                                                         \
    FIELD(url, back)                                                                               \
    FIELD(str, section)                                                                            \
    FIELD(num, slot)                                                                               \
    FIELD(num, place)                                                                              \
    FIELD(str, slot_name)                                                                          \
    FIELD(str, slot_seen)                                                                          \
    FIELD(flag, is_pinned)                                                                         \
    FIELD(num, story)                                                                              \
    FIELD(str, own_headline)                                                                       \
    FIELD(str, language)                                                                           \
    FIELD(str, direction)                                                                          \
    FIELD(url, href)                                                                               \
    FIELD(str, until)                                                                              \
    FIELD(str, zone)                                                                               \
    FIELD(str, headline)                                                                           \
    FIELD(str, kicker)                                                                             \
    LIST(desk_picture_choice, pictures)                                                            \
    LIST(choice, places)                                                                           \
    FIELD(str, words)                                                                              \
    FIELD(flag, has_stories)                                                                       \
    LIST(desk_pinnable, stories)
VIEW_DECLARE(desk_front_place, VIEW_DESK_FRONT_PLACE)

#define VIEW_DESK_FRONT_PREVIEW(FIELD, ONE, LIST)                                                  \
    ONE(desk, desk)                                                                                \
    FIELD(str, front_name)                                                                         \
    FIELD(str, section)                                                                            \
    FIELD(str, seen)                                                                               \
    FIELD(url, back)                                                                               \
    FIELD(url, drawn)                                                                              \
    FIELD(url, as_phone)                                                                           \
    FIELD(url, as_desktop)                                                                         \
    FIELD(flag, is_phone)                                                                          \
    FIELD(flag, has_draft)
VIEW_DECLARE(desk_front_preview, VIEW_DESK_FRONT_PREVIEW)
/* A picture, film or sound of the library. */
#define VIEW_DESK_TILE(FIELD, ONE, LIST)                                                           \
    FIELD(url, href)                                                                               \
    FIELD(url, thumb)                                                                              \
    FIELD(num, width)                                                                              \
    FIELD(num, height)                                                                             \
    FIELD(str, name)                                                                               \
    FIELD(str, credit)                                                                             \
    FIELD(flag, lacks_alt)                                                                         \
    ONE(badge, badge)
VIEW_DECLARE(desk_tile, VIEW_DESK_TILE)

/* A file that was not taken. */
#define VIEW_DESK_REFUSED(FIELD, ONE, LIST)                                                        \
    FIELD(str, file)                                                                               \
    FIELD(str, fault)                                                                              \
    FIELD(str, why)
VIEW_DECLARE(desk_refused, VIEW_DESK_REFUSED)

#define VIEW_DESK_PICTURES(FIELD, ONE, LIST)                                                       \
    ONE(desk, desk)                                                                                \
    FIELD(str, words)                                                                              \
    LIST(choice, kinds)                                                                            \
    FIELD(flag, may_take)                                                                          \
    FIELD(num, most)                                                                               \
    FIELD(flag, has_refused)                                                                       \
    LIST(desk_refused, refused)                                                                    \
    FIELD(flag, has_pictures)                                                                      \
    LIST(desk_tile, pictures)                                                                      \
    FIELD(url, older)                                                                              \
    FIELD(url, newest)
VIEW_DECLARE(desk_pictures, VIEW_DESK_PICTURES)

/* Which part of it stands in a shape.  The four of its fields are as typed, in per cent; x and
 * those beside it are what is cut, in pixels. */
#define VIEW_DESK_CROP(FIELD, ONE, LIST)                                                           \
    FIELD(str, shape)                                                                              \
    FIELD(str, title)                                                                              \
    FIELD(str, where)                                                                              \
    FIELD(num, across)                                                                             \
    FIELD(num, down)                                                                               \
    FIELD(flag, is_set)                                                                            \
    FIELD(flag, is_open)                                                                           \
    FIELD(str, wrong)                                                                              \
    FIELD(str, was)                                                                                \
    FIELD(str, left)                                                                               \
    FIELD(str, top)                                                                                \
    FIELD(str, part_width)                                                                         \
    FIELD(str, part_height)                                                                        \
    FIELD(num, x)                                                                                  \
    FIELD(num, y)                                                                                  \
    FIELD(num, cut_width)                                                                          \
    FIELD(num, cut_height)
VIEW_DECLARE(desk_crop, VIEW_DESK_CROP)

/* One of them. */
#define VIEW_DESK_PICTURE(FIELD, ONE, LIST)                                                        \
    ONE(desk, desk)                                                                                \
    FIELD(url, action)                                                                             \
    FIELD(url, src)                                                                                \
    FIELD(url, film)                                                                               \
    FIELD(str, film_type)                                                                          \
    FIELD(flag, is_sound)                                                                          \
    FIELD(num, width)                                                                              \
    FIELD(num, height)                                                                             \
    FIELD(str, name)                                                                               \
    FIELD(str, file)                                                                               \
    FIELD(str, taken)                                                                              \
    FIELD(str, place)                                                                              \
    FIELD(str, terms)                                                                              \
    FIELD(flag, may_change)                                                                        \
    FIELD(flag, is_waiting)                                                                        \
    FIELD(str, headline)                                                                           \
    FIELD(str, caption)                                                                            \
    FIELD(str, byline)                                                                             \
    FIELD(str, credit)                                                                             \
    FIELD(str, copyright)                                                                          \
    FIELD(str, alt)                                                                                \
    FIELD(str, keywords)                                                                           \
    FIELD(num, focus_x)                                                                            \
    FIELD(num, focus_y)                                                                            \
    LIST(desk_crop, crops)                                                                         \
    FIELD(str, seen)                                                                               \
    FIELD(flag, may_edit)                                                                          \
    FIELD(flag, has_stories)                                                                       \
    LIST(desk_story_line, stories)
VIEW_DECLARE(desk_picture, VIEW_DESK_PICTURE)

/* What could not be read: why, and the bytes around it. */
#define VIEW_DESK_QUARANTINED(FIELD, ONE, LIST)                                                    \
    ONE(desk, desk)                                                                                \
    FIELD(url, action)                                                                             \
    FIELD(url, raw)                                                                                \
    FIELD(str, file)                                                                               \
    FIELD(str, guid)                                                                               \
    FIELD(str, reason)                                                                             \
    FIELD(str, text)                                                                               \
    FIELD(str, hex)                                                                                \
    FIELD(str, dropper)                                                                            \
    FIELD(str, drop_reason)                                                                        \
    FIELD(num, line)                                                                               \
    FIELD(num, bytes)                                                                              \
    FIELD(flag, is_open)                                                                           \
    FIELD(flag, has_items)                                                                         \
    ONE(when, received)                                                                            \
    ONE(when, solved)                                                                              \
    ONE(when, dropped)                                                                             \
    LIST(desk_fact, items)
VIEW_DECLARE(desk_quarantined, VIEW_DESK_QUARANTINED)
/* The settings of the paper, a group a form. */
#define VIEW_DESK_SETTING(FIELD, ONE, LIST)                                                        \
    FIELD(str, name)                                                                               \
    FIELD(str, label)                                                                              \
    FIELD(str, value)                                                                              \
    FIELD(str, fault)                                                                              \
    FIELD(str, input)                                                                              \
    FIELD(flag, is_text)                                                                           \
    FIELD(flag, is_choice)                                                                         \
    FIELD(flag, is_fixed)                                                                          \
    LIST(choice, choices)                                                                          \
    ONE(picture, shown)
VIEW_DECLARE(desk_setting, VIEW_DESK_SETTING)

#define VIEW_DESK_SETTINGS_GROUP(FIELD, ONE, LIST)                                                 \
    FIELD(str, key)                                                                                \
    FIELD(str, title)                                                                              \
    FIELD(str, about)                                                                              \
    FIELD(str, group_seen)                                                                         \
    FIELD(url, prove)                                                                              \
    FIELD(flag, is_wrong)                                                                          \
    LIST(desk_setting, settings)
VIEW_DECLARE(desk_settings_group, VIEW_DESK_SETTINGS_GROUP)

#define VIEW_DESK_SETTINGS(FIELD, ONE, LIST)                                                       \
    ONE(desk, desk)                                                                                \
    LIST(menu, pages)                                                                              \
    LIST(desk_settings_group, groups)
VIEW_DECLARE(desk_settings, VIEW_DESK_SETTINGS)

/* What the menu and the foot name: sections, pages that the paper has written about itself. */
#define VIEW_DESK_MENU_LINE(FIELD, ONE, LIST)                                                      \
    FIELD(str, key)                                                                                \
    FIELD(str, name)                                                                               \
    FIELD(str, address)                                                                            \
    FIELD(url, href)                                                                               \
    FIELD(num, stories)                                                                            \
    FIELD(flag, is_shown)                                                                          \
    FIELD(flag, is_opinion)                                                                        \
    FIELD(flag, is_first)                                                                          \
    FIELD(flag, is_last)
VIEW_DECLARE(desk_menu_line, VIEW_DESK_MENU_LINE)

#define VIEW_DESK_SECTIONS(FIELD, ONE, LIST)                                                       \
    ONE(desk, desk)                                                                                \
    LIST(menu, pages)                                                                              \
    LIST(desk_menu_line, sections)                                                                 \
    FIELD(url, action)                                                                             \
    FIELD(str, slug)                                                                               \
    FIELD(str, name)                                                                               \
    FIELD(str, description)                                                                        \
    FIELD(str, topics)                                                                             \
    FIELD(flag, is_opinion)                                                                        \
    FIELD(flag, opens)
VIEW_DECLARE(desk_sections, VIEW_DESK_SECTIONS)

#define VIEW_DESK_SECTION(FIELD, ONE, LIST)                                                        \
    ONE(desk, desk)                                                                                \
    LIST(menu, pages)                                                                              \
    FIELD(url, action)                                                                             \
    FIELD(str, title)                                                                              \
    FIELD(str, slug)                                                                               \
    FIELD(str, name)                                                                               \
    FIELD(str, description)                                                                        \
    FIELD(str, topics)                                                                             \
    FIELD(str, stages)                                                                             \
    FIELD(str, usual_stages)                                                                       \
    FIELD(num, stories)                                                                            \
    FIELD(flag, is_opinion)
VIEW_DECLARE(desk_section, VIEW_DESK_SECTION)

#define VIEW_DESK_MENUS(FIELD, ONE, LIST)                                                          \
    ONE(desk, desk)                                                                                \
    LIST(menu, pages)                                                                              \
    LIST(desk_menu_line, sections)                                                                 \
    LIST(desk_menu_line, foot)                                                                     \
    FIELD(flag, has_foot)
VIEW_DECLARE(desk_menus, VIEW_DESK_MENUS)

#define VIEW_DESK_PAGES(FIELD, ONE, LIST)                                                          \
    ONE(desk, desk)                                                                                \
    LIST(menu, pages)                                                                              \
    LIST(desk_menu_line, lines)                                                                    \
    FIELD(flag, has_lines)
VIEW_DECLARE(desk_pages, VIEW_DESK_PAGES)

#define VIEW_DESK_PAGE(FIELD, ONE, LIST)                                                           \
    ONE(desk, desk)                                                                                \
    LIST(menu, pages)                                                                              \
    FIELD(url, action)                                                                             \
    FIELD(url, href)                                                                               \
    FIELD(str, title)                                                                              \
    FIELD(str, slug)                                                                               \
    FIELD(str, text)                                                                               \
    FIELD(flag, is_new)                                                                            \
    FIELD(flag, is_locked)                                                                         \
    FIELD(flag, has_preview)                                                                       \
    FIELD(html, preview)
VIEW_DECLARE(desk_page, VIEW_DESK_PAGE)

/* Topics, authors and places, and what is written about one. */
#define VIEW_DESK_SUBJECT_LINE(FIELD, ONE, LIST)                                                   \
    FIELD(url, href)                                                                               \
    FIELD(str, name)                                                                               \
    FIELD(str, kind)                                                                               \
    FIELD(str, summary)                                                                            \
    FIELD(num, stories)                                                                            \
    FIELD(flag, is_written)
VIEW_DECLARE(desk_subject_line, VIEW_DESK_SUBJECT_LINE)

#define VIEW_DESK_SUBJECTS(FIELD, ONE, LIST)                                                       \
    ONE(desk, desk)                                                                                \
    LIST(menu, pages)                                                                              \
    FIELD(str, words)                                                                              \
    LIST(choice, kinds)                                                                            \
    FIELD(flag, has_subjects)                                                                      \
    LIST(desk_subject_line, subjects)
VIEW_DECLARE(desk_subjects, VIEW_DESK_SUBJECTS)

#define VIEW_DESK_SUBJECT(FIELD, ONE, LIST)                                                        \
    ONE(desk, desk)                                                                                \
    LIST(menu, pages)                                                                              \
    FIELD(url, action)                                                                             \
    FIELD(url, href)                                                                               \
    FIELD(str, kind)                                                                               \
    FIELD(str, name)                                                                               \
    FIELD(str, role)                                                                               \
    FIELD(str, summary)                                                                            \
    FIELD(str, text)                                                                               \
    FIELD(str, in_language)                                                                        \
    FIELD(str, picture)                                                                            \
    FIELD(str, alt)                                                                                \
    FIELD(str, credit)                                                                             \
    FIELD(str, email)                                                                              \
    FIELD(str, links)                                                                              \
    FIELD(flag, is_author)                                                                         \
    FIELD(flag, is_locked)                                                                         \
    FIELD(flag, has_preview)                                                                       \
    ONE(picture, shown)                                                                            \
    FIELD(html, preview)
VIEW_DECLARE(desk_subject, VIEW_DESK_SUBJECT)

/* Breaking news. */
#define VIEW_DESK_BREAKING_LINE(FIELD, ONE, LIST)                                                  \
    FIELD(url, href)                                                                               \
    FIELD(str, words)                                                                              \
    ONE(when, told)                                                                                \
    ONE(when, until)
VIEW_DECLARE(desk_breaking_line, VIEW_DESK_BREAKING_LINE)

#define VIEW_DESK_BREAKING(FIELD, ONE, LIST)                                                       \
    ONE(desk, desk)                                                                                \
    FIELD(num, stands)                                                                             \
    ONE(when, until)                                                                               \
    FIELD(str, words)                                                                              \
    FIELD(str, story)                                                                              \
    LIST(choice, lengths)                                                                          \
    LIST(desk_breaking_line, told)                                                                 \
    FIELD(flag, has_told)
VIEW_DECLARE(desk_breaking, VIEW_DESK_BREAKING)

/* Webhooks. */
#define VIEW_DESK_WEBHOOK_LINE(FIELD, ONE, LIST)                                                   \
    FIELD(url, href)                                                                               \
    FIELD(str, address)                                                                            \
    FIELD(num, waiting)                                                                            \
    FIELD(num, given_up)
VIEW_DECLARE(desk_webhook_line, VIEW_DESK_WEBHOOK_LINE)

#define VIEW_DESK_WEBHOOKS(FIELD, ONE, LIST)                                                       \
    ONE(desk, desk)                                                                                \
    LIST(menu, pages)                                                                              \
    LIST(desk_webhook_line, webhooks)                                                              \
    FIELD(flag, has_webhooks)                                                                      \
    FIELD(url, action)                                                                             \
    FIELD(str, address)                                                                            \
    FIELD(str, secret)                                                                             \
    LIST(choice, kinds)                                                                            \
    FIELD(flag, opens)
VIEW_DECLARE(desk_webhooks, VIEW_DESK_WEBHOOKS)

#define VIEW_DESK_TELLING(FIELD, ONE, LIST)                                                        \
    FIELD(num, event)                                                                              \
    FIELD(str, name)                                                                               \
    FIELD(str, state)                                                                              \
    FIELD(num, status)                                                                             \
    FIELD(num, tries)                                                                              \
    FIELD(str, problem)                                                                            \
    FIELD(flag, is_given_up)                                                                       \
    ONE(when, at)                                                                                  \
    ONE(when, next)
VIEW_DECLARE(desk_telling, VIEW_DESK_TELLING)

#define VIEW_DESK_WEBHOOK(FIELD, ONE, LIST)                                                        \
    ONE(desk, desk)                                                                                \
    LIST(menu, pages)                                                                              \
    FIELD(url, action)                                                                             \
    FIELD(str, address)                                                                            \
    FIELD(str, secret)                                                                             \
    LIST(choice, kinds)                                                                            \
    LIST(desk_telling, told)                                                                       \
    FIELD(flag, has_told)                                                                          \
    FIELD(url, older)                                                                              \
    FIELD(url, newest)
VIEW_DECLARE(desk_webhook, VIEW_DESK_WEBHOOK)

/* Notices. */
#define VIEW_DESK_NOTICE_LINE(FIELD, ONE, LIST)                                                    \
    FIELD(url, href)                                                                               \
    FIELD(str, title)                                                                              \
    FIELD(str, issuer)                                                                             \
    FIELD(str, type)                                                                               \
    FIELD(str, state)                                                                              \
    ONE(when, from)                                                                                \
    ONE(when, until)
VIEW_DECLARE(desk_notice_line, VIEW_DESK_NOTICE_LINE)

#define VIEW_DESK_NOTICES(FIELD, ONE, LIST)                                                        \
    ONE(desk, desk)                                                                                \
    LIST(desk_notice_line, notices)                                                                \
    FIELD(flag, has_notices)                                                                       \
    FIELD(url, older)                                                                              \
    FIELD(url, newest)
VIEW_DECLARE(desk_notices, VIEW_DESK_NOTICES)

#define VIEW_DESK_NOTICE(FIELD, ONE, LIST)                                                         \
    ONE(desk, desk)                                                                                \
    FIELD(url, action)                                                                             \
    FIELD(url, href)                                                                               \
    FIELD(str, title)                                                                              \
    FIELD(str, issuer)                                                                             \
    FIELD(str, reference)                                                                          \
    FIELD(str, in_language)                                                                        \
    FIELD(str, text)                                                                               \
    FIELD(str, from)                                                                               \
    FIELD(str, until)                                                                              \
    FIELD(str, state)                                                                              \
    FIELD(str, reason)                                                                             \
    LIST(choice, types)                                                                            \
    FIELD(flag, is_new)                                                                            \
    FIELD(flag, is_live)                                                                           \
    FIELD(flag, is_withdrawn)                                                                      \
    FIELD(flag, is_killed)                                                                         \
    FIELD(flag, is_locked)                                                                         \
    FIELD(flag, has_preview)                                                                       \
    FIELD(html, preview)
VIEW_DECLARE(desk_notice, VIEW_DESK_NOTICE)

/* An entry of a running story in the desk's list. */
#define VIEW_DESK_ENTRY(FIELD, ONE, LIST)                                                          \
    FIELD(num, number)                                                                             \
    FIELD(str, title)                                                                              \
    FIELD(url, href)                                                                               \
    FIELD(url, shown)                                                                              \
    FIELD(url, promoted)                                                                           \
    FIELD(str, state)                                                                              \
    ONE(when, at)                                                                                  \
    ONE(when, edited)                                                                              \
    FIELD(flag, is_key)                                                                            \
    FIELD(flag, is_pinned)                                                                         \
    FIELD(flag, may_publish)                                                                       \
    FIELD(flag, may_withdraw)                                                                      \
    FIELD(flag, may_promote)
VIEW_DECLARE(desk_entry, VIEW_DESK_ENTRY)

/* The composer, filled for entry `number` (0: a new one), and the list. */
#define VIEW_DESK_LIVE(FIELD, ONE, LIST)                                                           \
    ONE(desk, desk)                                                                                \
    FIELD(url, action)                                                                             \
    FIELD(url, story_href)                                                                         \
    FIELD(url, href)                                                                               \
    FIELD(str, title)                                                                              \
    FIELD(str, state)                                                                              \
    ONE(when, since)                                                                               \
    FIELD(str, zone)                                                                               \
    FIELD(flag, is_public)                                                                         \
    FIELD(flag, is_killed)                                                                         \
    FIELD(flag, is_over)                                                                           \
    FIELD(flag, may_publish)                                                                       \
    FIELD(flag, may_announce)                                                                      \
    FIELD(flag, may_time)                                                                          \
    FIELD(flag, may_take)                                                                          \
    LIST(choice, moves)                                                                            \
    FIELD(flag, is_new)                                                                            \
    FIELD(num, number)                                                                             \
    FIELD(str, seen)                                                                               \
    FIELD(str, headline)                                                                           \
    FIELD(str, byline)                                                                             \
    FIELD(str, words)                                                                              \
    FIELD(str, quote)                                                                              \
    FIELD(str, quote_by)                                                                           \
    FIELD(str, alt)                                                                                \
    FIELD(str, caption)                                                                            \
    FIELD(str, link)                                                                               \
    FIELD(str, link_title)                                                                         \
    FIELD(str, at)                                                                                 \
    FIELD(str, from_typed)                                                                         \
    FIELD(flag, is_key)                                                                            \
    FIELD(flag, is_pinned)                                                                         \
    FIELD(flag, opens_picture)                                                                     \
    FIELD(flag, opens_quote)                                                                       \
    FIELD(flag, opens_link)                                                                        \
    LIST(desk_picture_choice, pictures)                                                            \
    FIELD(flag, has_entries)                                                                       \
    LIST(desk_entry, entries)                                                                      \
    FIELD(url, older)
VIEW_DECLARE(desk_live, VIEW_DESK_LIVE)

#define VIEW_DESK_MESSAGE(FIELD, ONE, LIST)                                                        \
    ONE(desk, desk)                                                                                \
    FIELD(str, text)
VIEW_DECLARE(desk_message, VIEW_DESK_MESSAGE)

#endif
