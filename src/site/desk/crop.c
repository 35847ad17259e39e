/*
 * crop.c - /desk/pictures/{id}/crop: which part of a picture stands for it in a shape.
 */
#include "site/desk/pictures.h"

#include "staff/picture.h"

static const struct {
    const char *title, *where; /* to be said */
} shapes[SHAPES] = {
    [SHAPE_WIDE] = {SAY("Wide"),
                    SAY("On fronts, in lists and galleries, and where a link is shown elsewhere.")},
    [SHAPE_SQUARE] = {SAY("Square"), SAY("Beside headlines on a telephone, and as a portrait.")},
};

/* --- the page --- */

/* "12.5", "80" */
static str percent(arena *a, int tenths)
{
    return tenths % 10 != 0 ? str_fmt(a, "%d.%d", tenths / 10, tenths % 10)
                            : str_fmt(a, "%d", tenths / 10);
}

static void fill_frame(arena *a, const struct media *m, enum shape shape,
                       struct view_desk_crop *view)
{
    struct cut cut = media_cut(m, shape);
    struct crop frame = m->crops[shape].at;

    if (frame.width == 0)
        frame = crop_around(&cut, m->width, m->height);
    view->left = percent(a, frame.left);
    view->top = percent(a, frame.top);
    view->part_width = percent(a, frame.width);
    view->part_height = percent(a, frame.height);
    view->x = cut.left;
    view->y = cut.top;
    view->cut_width = cut.width;
    view->cut_height = cut.height;
}

static void fill_typed(const struct desk_page *p, const struct crop_typed *typed,
                       struct view_desk_crop *view)
{
    view->is_open = true;
    view->wrong = desk_say(p, typed->wrong);
    view->left = typed->left;
    view->top = typed->top;
    view->part_width = typed->width;
    view->part_height = typed->height;
}

void crops_fill(const struct desk_page *p, const struct media *m, const struct crop_typed *typed,
                struct view_desk_picture *view)
{
    arena *a = p->rq->arena;
    struct view_desk_crop *crops = arena_many(a, struct view_desk_crop, SHAPES);

    for (int i = 0; i < SHAPES; i++) {
        enum shape shape = (enum shape)i;
        int sides[2];

        shape_sides(shape, sides);
        crops[i] = (struct view_desk_crop){
            .shape = str_c(shape_name(shape)),
            .title = desk_say(p, shapes[i].title),
            .where = desk_say(p, shapes[i].where),
            .across = sides[0],
            .down = sides[1],
            .is_set = m->crops[i].at.width > 0,
            .was = crop_words(a, &m->crops[i].at),
        };
        fill_frame(a, m, shape, &crops[i]);
        if (typed->wrong != NULL && typed->shape == shape)
            fill_typed(p, typed, &crops[i]);
    }
    view->crops.v = crops;
    view->crops.n = SHAPES;
}

/* --- changing --- */

/* "12", "12.5", "12,5" as tenths. */
static bool read_percent(str typed, int *tenths)
{
    str whole = str_trim(typed);
    int64_t n, tenth = 0;
    ptrdiff_t point = str_find_char(whole, '.');

    if (point < 0)
        point = str_find_char(whole, ',');
    if (point >= 0) {
        str digit = str_from(whole, (size_t)point + 1);

        whole = str_to(whole, (size_t)point);
        if (digit.n != 1 || !str_int(digit, &tenth))
            return false;
    }
    if (!str_int(whole, &n) || n < 0 || n > 100)
        return false;
    *tenths = (int)(n * 10 + tenth);
    return true;
}

static const char *fault_of(const struct crop *crop, enum shape shape, const struct media *m)
{
    switch (crop_check(crop, shape, m->width, m->height)) {
    case CROP_OUTSIDE:
        return SAY("The frame reaches beyond the picture: from the left and across, from the top "
                   "and down, are 100 together at most.");
    case CROP_TOO_SMALL:
        return SAY("The frame is too small: it is 2 per cent of the picture across and down at "
                   "least.");
    case CROP_TOO_FEW_PIXELS:
        return SAY("Fewer than 320 pixels across would be left: that would not be sharp. Please "
                   "take a larger part.");
    case CROP_GOOD:
        break;
    }
    return NULL;
}

/* What the form says; a sentence, or NULL when it is good. */
static const char *read_crop(struct request *rq, const struct crop_typed *typed,
                             const struct media *m, struct crop *to)
{
    if (str_eq(desk_field(rq, "act"), S("none"))) {
        *to = (struct crop){0};
        return NULL;
    }
    if (!read_percent(typed->left, &to->left) || !read_percent(typed->top, &to->top) ||
        !read_percent(typed->width, &to->width) || !read_percent(typed->height, &to->height))
        return SAY("A frame is four numbers from 0 to 100, with one digit behind the point at "
                   "most.");
    return fault_of(to, typed->shape, m);
}

static err change(struct staff_work *k, void *of, note *why)
{
    return staff_picture_crop(k, of, why);
}

static err find(struct request *rq, int64_t *id, struct media *m)
{
    struct sql_pictures_newest row;

    TRY(desk_id(rq, id));
    TRY(sql_picture_line(rq->arena, rq->desk, *id, &row)); /* none that was killed */
    TRY(media_find(rq->arena, rq->desk, *id, m));
    return film_type_is_sound(m->type) ? E_MISSING : OK;
}

err desk_crop_post(struct request *rq)
{
    struct crop_typed typed = {.left = desk_field(rq, "left"),
                               .top = desk_field(rq, "top"),
                               .width = desk_field(rq, "width"),
                               .height = desk_field(rq, "height"),
                               .was = desk_field(rq, "was")};
    struct picture_crop c = {0};
    struct media m;
    err e;

    TRY(find(rq, &c.media, &m));
    if (!shape_of(desk_field(rq, "shape"), &typed.shape))
        return fail(&rq->note, E_INVALID, "there is no such shape");
    c.shape = typed.shape;
    if (typed.was.n > 0 && !crop_read(typed.was, &c.was))
        return fail(&rq->note, E_INVALID, "that was no crop");
    typed.wrong = read_crop(rq, &typed, &m, &c.to);
    if (typed.wrong != NULL)
        return picture_show_crop(rq, 422, &typed);
    e = desk_do(rq, change, &c);
    if (e == E_GONE)
        return E_MISSING;
    if (e == E_CONFLICT) {
        typed.wrong = picture_was_changed;
        return picture_show_crop(rq, 409, &typed);
    }
    TRY(e);
    return desk_go(
        rq,
        str_fmt(rq->arena, "/desk/pictures/%lld#crop-%s", (long long)c.media, shape_name(c.shape)),
        "saved");
}
