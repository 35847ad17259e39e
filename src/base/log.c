#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LOG_EVENT_NAME(name, level, doc) #name,
#define LOG_EVENT_LEVEL(name, level, doc) level,

static const char *const names[] = {LOG_EVENTS(LOG_EVENT_NAME)};
static const enum log_level levels[] = {LOG_EVENTS(LOG_EVENT_LEVEL)};
static const char *const level_words[] = {"debug", "info", "warn", "error"};

static enum log_level lowest = LOG_INFO;
static int out = STDERR_FILENO;

void log_from(enum log_level level)
{
    lowest = level;
}

void log_to(int fd)
{
    out = fd;
}

/* "2026-11-23T22:30:00.123Z" */
static int stamp(char *to, size_t room, int64_t at)
{
    time_t seconds = at / 1000000;
    struct tm utc;

    gmtime_r(&seconds, &utc);

    size_t n = strftime(to, room, "%Y-%m-%dT%H:%M:%S", &utc);

    return (int)n + snprintf(to + n, room - n, ".%03dZ", (int)(at / 1000 % 1000));
}

size_t log_begin(char *to, size_t room, enum log_event event, int64_t at)
{
    char when[40];

    if (levels[event] < lowest)
        return 0;
    stamp(when, sizeof when, at);

    int n = snprintf(to, room, "at=%s level=%s event=%s ", when, level_words[levels[event]],
                     names[event]);

    return (size_t)n < room ? (size_t)n : room;
}

void log_lines(const char *lines, size_t n)
{
    ssize_t written = write(out, lines, n);

    (void)written;
}

/* A value must not end the line or forge another. */
static void tame(char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)p[i] < ' ' || p[i] == 0x7f)
            p[i] = '?';
}

void log_event(enum log_event event, const char *format, ...)
{
    char line[2048];
    struct timespec now;
    va_list args;

    clock_gettime(CLOCK_REALTIME, &now);

    size_t n = log_begin(line, sizeof line, event, now.tv_sec * 1000000 + now.tv_nsec / 1000);

    if (n == 0)
        return;
    va_start(args, format);

    int more = vsnprintf(line + n, sizeof line - n, format, args);

    va_end(args);
    if (more > 0)
        n += (size_t)more;
    if (n > sizeof line - 1)
        n = sizeof line - 1;
    tame(line, n);
    line[n++] = '\n';
    log_lines(line, n);
}
