#include "media/crop.h"

#include "base/must.h"

static const struct {
    str name;
    int across, down;
} shapes[SHAPES] = {
    [SHAPE_WIDE] = {S_INIT("wide"), 3, 2},
    [SHAPE_SQUARE] = {S_INIT("square"), 1, 1},
};

const char *shape_name(enum shape shape)
{
    return shapes[shape].name.p;
}

bool shape_of(str name, enum shape *shape)
{
    for (int i = 0; i < SHAPES; i++)
        if (str_eq(shapes[i].name, name)) {
            *shape = (enum shape)i;
            return true;
        }
    return false;
}

void shape_sides(enum shape shape, int sides[2])
{
    sides[0] = shapes[shape].across;
    sides[1] = shapes[shape].down;
}

/* --- arithmetic --- */

/* n * by / of to the nearest; none is negative. */
static int part(int64_t n, int64_t by, int64_t of)
{
    return (int)((n * by * 2 + of) / (of * 2));
}

static int within(int n, int least, int most)
{
    return n < least ? least : n > most ? most : n;
}

/* The largest part of width x height that has the shape. */
static void largest(enum shape shape, int width, int height, struct cut *cut)
{
    int64_t across = shapes[shape].across, down = shapes[shape].down;
    bool too_wide = width * down > height * across;

    cut->width = within(too_wide ? part(height, across, down) : width, 1, width);
    cut->height = within(too_wide ? height : part(width, down, across), 1, height);
}

struct cut crop_cut(const struct crop *crop, enum shape shape, int width, int height)
{
    struct cut frame = {
        .left = within(part(width, crop->left, CROP_WHOLE), 0, width - 1),
        .top = within(part(height, crop->top, CROP_WHOLE), 0, height - 1),
    };
    struct cut cut;

    frame.width = within(part(width, crop->width, CROP_WHOLE), 1, width - frame.left);
    frame.height = within(part(height, crop->height, CROP_WHOLE), 1, height - frame.top);
    largest(shape, frame.width, frame.height, &cut);
    cut.left = frame.left + (frame.width - cut.width) / 2;
    cut.top = frame.top + (frame.height - cut.height) / 2;
    return cut;
}

struct cut crop_by_focus(int focus_x, int focus_y, enum shape shape, int width, int height)
{
    struct cut cut;

    largest(shape, width, height, &cut);
    cut.left = part(width - cut.width, within(focus_x, 0, 100), 100);
    cut.top = part(height - cut.height, within(focus_y, 0, 100), 100);
    return cut;
}

struct crop crop_around(const struct cut *cut, int width, int height)
{
    struct crop crop = {.left = part(CROP_WHOLE, cut->left, width),
                        .top = part(CROP_WHOLE, cut->top, height)};

    crop.width = within(part(CROP_WHOLE, cut->width, width), 1, CROP_WHOLE - crop.left);
    crop.height = within(part(CROP_WHOLE, cut->height, height), 1, CROP_WHOLE - crop.top);
    return crop;
}

enum crop_fault crop_check(const struct crop *crop, enum shape shape, int width, int height)
{
    if (crop->left < 0 || crop->top < 0 || crop->left > CROP_WHOLE || crop->top > CROP_WHOLE ||
        crop->width > CROP_WHOLE - crop->left || crop->height > CROP_WHOLE - crop->top)
        return CROP_OUTSIDE;
    if (crop->width < CROP_PART_MIN || crop->height < CROP_PART_MIN)
        return CROP_TOO_SMALL;
    return crop_cut(crop, shape, width, height).width < CROP_WIDTH_MIN ? CROP_TOO_FEW_PIXELS
                                                                       : CROP_GOOD;
}

bool crop_same(const struct crop *a, const struct crop *b)
{
    return a->left == b->left && a->top == b->top && a->width == b->width && a->height == b->height;
}

/* --- words --- */

str crop_words(arena *a, const struct crop *crop)
{
    if (crop->width == 0)
        return (str){0};
    return str_fmt(a, "%d-%d-%d-%d", crop->left, crop->top, crop->width, crop->height);
}

/* 0 to 1000 in the one spelling. */
static bool read_number(str s, int *to)
{
    int64_t n;

    if (s.n == 0 || s.n > 4 || (s.p[0] == '0' && s.n > 1) || !str_int(s, &n) || n < 0 ||
        n > CROP_WHOLE || s.p[0] == '+' || s.p[0] == '-')
        return false;
    *to = (int)n;
    return true;
}

bool crop_read(str words, struct crop *crop)
{
    struct crop c = {0};
    int *const all[] = {&c.left, &c.top, &c.width, &c.height};
    str number;

    for (size_t i = 0; i < LENGTH(all); i++)
        if (!str_cut(&words, '-', &number) || !read_number(number, all[i]))
            return false;
    if (words.p != NULL || c.width == 0 || c.height == 0)
        return false;
    *crop = c;
    return true;
}

str crop_name(arena *a, enum shape shape, const struct crop *crop)
{
    return str_fmt(a, "%s-%.*s", shape_name(shape), STR(crop_words(a, crop)));
}

bool crop_name_read(str name, enum shape *shape, struct crop *crop)
{
    str first;

    return str_cut(&name, '-', &first) && shape_of(first, shape) && crop_read(name, crop);
}
