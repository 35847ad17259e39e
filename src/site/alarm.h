/*
 * alarm.h - what somebody should know of: on the desk's first page until somebody takes note of it.
 */
#ifndef SITE_ALARM_H
#define SITE_ALARM_H

#include "site/site.h"

/* Once, however often it is so until then.  `kind` is what the page goes by; `late_ms` and `why`
 * are said with it.  What cannot be written is let go: the log and the health page tell it too. */
void alarm_raise(struct site *s, arena *a, str kind, int64_t late_ms, str why);

#endif
