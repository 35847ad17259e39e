#include "text/colour.h"

#include <math.h>

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool colour_read(str s, struct colour *out)
{
    int digits[6];

    if (s.n != 7 || s.p[0] != '#')
        return false;
    for (size_t i = 0; i < 6; i++)
        if ((digits[i] = hex(s.p[i + 1])) < 0)
            return false;
    out->red = (uint8_t)(digits[0] * 16 + digits[1]);
    out->green = (uint8_t)(digits[2] * 16 + digits[3]);
    out->blue = (uint8_t)(digits[4] * 16 + digits[5]);
    return true;
}

str colour_write(arena *a, struct colour c)
{
    return str_fmt(a, "#%02x%02x%02x", c.red, c.green, c.blue);
}

static double linear(uint8_t part)
{
    double c = part / 255.0;

    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(struct colour c)
{
    return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

double colour_contrast(struct colour x, struct colour y)
{
    double a = luminance(x), b = luminance(y);

    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

static uint8_t towards_white(uint8_t part, int percent)
{
    return (uint8_t)(part + (255 - part) * percent / 100);
}

struct colour colour_lightened(struct colour c, struct colour ground, double contrast)
{
    struct colour lighter = c;

    for (int percent = 0; percent <= 100; percent += 5) {
        lighter = (struct colour){towards_white(c.red, percent), towards_white(c.green, percent),
                                  towards_white(c.blue, percent)};
        if (colour_contrast(lighter, ground) >= contrast)
            break;
    }
    return lighter;
}

struct colour colour_ink_on(struct colour ground)
{
    static const struct colour black, white = {255, 255, 255};

    return colour_contrast(white, ground) >= colour_contrast(black, ground) ? white : black;
}
