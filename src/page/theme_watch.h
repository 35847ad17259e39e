/*
 * theme_watch.h - a thread that tells when something in a theme's folder has changed (inotify).
 */
#ifndef PAGE_THEME_WATCH_H
#define PAGE_THEME_WATCH_H

#include "base/err.h"

struct theme_watch;

/* Call changed(of, folder) on its own thread a moment after a change, once for several at a time.
 * `folder` must outlive it. */
err theme_watch_start(const char *folder, void (*changed)(void *of, const char *folder), void *of,
                      struct theme_watch **out, note *why);

/* NULL is fine. */
void theme_watch_stop(struct theme_watch **w);

#endif
