/*
 * sample.h - the sample edition: a new data folder becomes a paper with something to read.
 */
#ifndef COMMAND_SAMPLE_H
#define COMMAND_SAMPLE_H

#include "command/command.h"
#include "media/library.h"

/* Is the paper empty, or was the edition taken in only in part? */
err sample_wanted(struct house *h, bool *wanted);

/* Take the edition in `folder` in, through the same intake as any copy, its dates moved so that the
 * newest story is of the last hour. */
err sample_load(struct house *h, const struct media_library *library, const char *folder,
                note *why);

/* Its running story (sample_running.c), after all else. */
err sample_running(struct house *h, const struct media_library *library, const char *folder,
                   note *why);

#endif
