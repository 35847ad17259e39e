#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

const char *err_word(err e)
{
    static const char *const words[] = {
        [OK] = "ok",           [E_MISSING] = "missing", [E_GONE] = "gone",
        [E_DENIED] = "denied", [E_INVALID] = "invalid", [E_CONFLICT] = "conflict",
        [E_LIMIT] = "limit",   [E_BUSY] = "busy",       [E_UNSURE] = "unsure",
        [E_IO] = "io",
    };

    return words[e];
}

err fail(note *why, err e, const char *format, ...)
{
    if (why != NULL) {
        va_list args;

        va_start(args, format);
        vsnprintf(why->text, sizeof why->text, format, args);
        va_end(args);
    }
    return e;
}
