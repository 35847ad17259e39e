#include "page/view.h"

const struct view_type *view_str_type(void)
{
    static const struct view_field fields[] = {
        {".", VIEW_str, offsetof(struct view_str, words), NULL}};
    static const struct view_type type = {"str", sizeof(struct view_str), fields, 1};

    return &type;
}
