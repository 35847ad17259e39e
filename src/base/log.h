/*
 * log.h - one line an event: `at=... level=... event=... key=value`, UTC, to standard error or a
 * file.
 *
 * Events are declared once, in log_events.h, with their level and a line of documentation.
 * Libraries return errors; handlers and jobs log them, once.  No personal data but ids.
 * Any thread may log; a line is one write.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/log_events.h"

#include <stddef.h>
#include <stdint.h>

enum log_level { LOG_DEBUG_LEVEL, LOG_INFO, LOG_WARN, LOG_ERROR };

#define LOG_EVENT_ENUM(name, level, doc) LOG_##name,
enum log_event { LOG_EVENTS(LOG_EVENT_ENUM) LOG_EVENT_COUNT };

/* Write a line.  `format` gives the key=value pairs; quote values that may hold spaces. */
[[gnu::format(printf, 2, 3)]] void log_event(enum log_event event, const char *format, ...);

/* For those who write many lines at once: the begin of a line at this time ("at=... event=... "),
 * its length (0: the event's level is dropped); and whole lines as they are, in one write. */
size_t log_begin(char *to, size_t room, enum log_event event, int64_t at);
void log_lines(const char *lines, size_t n);

/* Lines below `level` are dropped from now on.  Called before threads start. */
void log_from(enum log_level level);

/* Lines go to this file descriptor from now on (standard error until then). */
void log_to(int fd);

#endif
