/*
 * words.h - what may be said to one command, as a table: reading it and `--help` both come from
 * here.
 *
 * A row with a `verb` is a word that stands by itself ("pin 1.2 17"), one with another place stands
 * behind "--", and which place it is says what its value must be.  A row with no place is there for
 * the help alone, with no name as a line of its own.
 */
#ifndef COMMAND_WORDS_H
#define COMMAND_WORDS_H

#include "command/command.h"

struct word {
    const char *name;
    const char *value; /* its value's name; of a verb, what follows it: "PLACE ID", "[ID]" */
    const char *help;

    /* The place; what is there before holds where the word is not said. */
    bool *flag;           /* with `text`: the value may be left out */
    const char **text;    /* a C string */
    str *str;             /* bytes there (if only none of them): it was said */
    const char **address; /* HOST:PORT */
    int64_t *number;      /* from least to most; most 0: no bound */
    int64_t *time;        /* RFC 3339 */
    int *verb;            /* becomes `is` */

    size_t *count; /* it may be said again: `text` is the first of `most` */
    int64_t least, most;
    int is;
};

/* The data folder of nearly every command; `at` begins as command_data_folder(). */
#define DATA_WORD(at)                                                                              \
    {                                                                                              \
        "data", "DIR", "the data folder (default: $BROADSHEET_DATA or ./data)", .text = (at)       \
    }

/*
 * Read what was said to `c`.  -1: go on; argc and argv are then what follows the verb (which stands
 * at argv[-1]; where nothing was said there is none), or what c->takes says.  Else the exit code:
 * the help was printed, or what is wrong.
 */
int words_read(const struct command *c, const struct word *all, size_t n, int *argc, char ***argv);

#endif
