/*
 * view.h - what a template may show: a struct and its description, from one list of lines.
 *
 *   #define VIEW_TOPIC(FIELD, ONE, LIST) FIELD(str, name) FIELD(url, href) LIST(card, cards)
 *   VIEW_DECLARE(topic, VIEW_TOPIC)      in a header: struct view_topic and view_topic_type()
 *   VIEW_DEFINE(topic, VIEW_TOPIC)       once, in a .c file
 *
 * Kinds of a FIELD and how the engine writes them: `str` escaped, always; `passing` the same, for
 * what is of the moment of drawing and makes no other page; `html` as it is, made by the body
 * writers only; `url` when its scheme may stand in a link, else nothing; `json` in a data
 * block; `num` in digits; `flag` is only asked.  The C types differ, so one cannot stand for
 * another. ONE(card, lead): a pointer to another view, or NULL.  LIST(card, cards): {v, n}.
 * LIST(str, names) is a list of plain words, each a `struct view_str`; {{.}} writes one.
 */
#ifndef PAGE_VIEW_H
#define PAGE_VIEW_H

#include "base/str.h"

struct html {
    str markup;
};
struct href {
    str address;
};
struct json {
    str text;
};

enum view_kind {
    VIEW_str,
    VIEW_passing,
    VIEW_html,
    VIEW_url,
    VIEW_json,
    VIEW_num,
    VIEW_flag,
    VIEW_one,
    VIEW_list
};

struct view_type;

struct view_field {
    const char *name;
    enum view_kind kind;
    size_t offset;
    const struct view_type *(*of)(void); /* of one and list */
};

struct view_type {
    const char *name;
    size_t size;
    const struct view_field *fields;
    size_t n;
};

/* How a LIST lies in memory. */
struct view_list {
    const void *v;
    size_t n;
};

typedef struct html view_c_html;
typedef struct href view_c_url;
typedef struct json view_c_json;
typedef str view_c_str;
typedef str view_c_passing;
typedef int64_t view_c_num;
typedef bool view_c_flag;

/* One of a list of words. */
struct view_str {
    str words;
};
const struct view_type *view_str_type(void);

#define VIEW_MEMBER_FIELD(kind, name) view_c_##kind name;
#define VIEW_MEMBER_ONE(view, name) const struct view_##view *name;
#define VIEW_MEMBER_LIST(view, name)                                                               \
    struct {                                                                                       \
        const struct view_##view *v;                                                               \
        size_t n;                                                                                  \
    } name;

#define VIEW_DECLARE(view, LINES)                                                                  \
    struct view_##view {                                                                           \
        LINES(VIEW_MEMBER_FIELD, VIEW_MEMBER_ONE, VIEW_MEMBER_LIST)                                \
    };                                                                                             \
    const struct view_type *view_##view##_type(void);

#define VIEW_LINE_FIELD(kind, name) {#name, VIEW_##kind, offsetof(view_here, name), NULL},
#define VIEW_LINE_ONE(view, name) {#name, VIEW_one, offsetof(view_here, name), view_##view##_type},
#define VIEW_LINE_LIST(view, name)                                                                 \
    {#name, VIEW_list, offsetof(view_here, name), view_##view##_type},

#define VIEW_DEFINE(view, LINES)                                                                   \
    const struct view_type *view_##view##_type(void)                                               \
    {                                                                                              \
        typedef struct view_##view view_here;                                                      \
        static const struct view_field fields[] = {                                                \
            LINES(VIEW_LINE_FIELD, VIEW_LINE_ONE, VIEW_LINE_LIST)};                                \
        static const struct view_type type = {#view, sizeof(view_here), fields,                    \
                                              sizeof fields / sizeof *fields};                     \
        return &type;                                                                              \
    }

#endif
