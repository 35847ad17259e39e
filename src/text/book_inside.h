/*
 * book_inside.h - what a message file is made of once it is read; for say.c and book.c alone.
 */
#ifndef TEXT_BOOK_INSIDE_H
#define TEXT_BOOK_INSIDE_H

#include "base/table.h"
#include "text/plural.h"
#include "text/say.h"

enum { BOOK_WORDS_MAX = 8192, BOOK_KEY_MAX = 4096, BOOK_KEY_BETWEEN = '\4' };

/* What stands between thousands (in 1,234, and in longer numbers) and before decimals. */
struct number_style {
    str of_four, of_more, point;
};

struct book {
    const struct book *behind;
    const struct plural *plural; /* NULL: the file does not say */
    table messages;              /* by context, BOOK_KEY_BETWEEN and English */
    bool has_numbers;
    struct number_style numbers;
};

#endif
