#include "text/dates.h"
#include "wire/wire.h"

static bool is_number(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

/* Of any length: without its leading zeros, the longer number is the larger. */
static int number_order(str x, str y)
{
    while (x.n > 1 && x.p[0] == '0')
        x = str_from(x, 1);
    while (y.n > 1 && y.p[0] == '0')
        y = str_from(y, 1);
    if (x.n != y.n)
        return x.n < y.n ? -1 : 1;
    return str_order(x, y);
}

/* "1.10" is newer than "1.9". */
static bool dotted_order(str x, str y, int *order)
{
    str a, b;

    *order = 0;
    while (*order == 0) {
        bool more_x = str_cut(&x, '.', &a), more_y = str_cut(&y, '.', &b);
        if (!more_x || !more_y) {
            *order = more_x - more_y;
            return true;
        }
        if (!is_number(a) || !is_number(b))
            return false;
        *order = number_order(a, b);
    }
    return is_number(a) && is_number(b);
}

int wire_version_order(str x, str y)
{
    int64_t at_x, at_y;
    int order;

    x = str_trim(x);
    y = str_trim(y);
    if (x.n == 0 || y.n == 0)
        return (x.n > 0) - (y.n > 0);
    if (dotted_order(x, y, &order))
        return order;
    if (date_parse(x, NULL, &at_x) && date_parse(y, NULL, &at_y))
        return (at_x > at_y) - (at_x < at_y);
    return str_order(x, y);
}
