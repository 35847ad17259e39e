/*
 * privilege.h - what somebody at the paper may do: privileges, and roles as sets of them.
 *
 * The roles of the table below are in every paper; a paper adds its own (role.h).  A route names
 * the privilege that it needs by its word.  Pure.
 */
#ifndef STAFF_PRIVILEGE_H
#define STAFF_PRIVILEGE_H

#include "base/arena.h"
#include "base/str.h"
#include "text/say.h"

/* Each by its word; privilege.c says what it lets one do. */
#define PRIVILEGES(X)                                                                              \
    X(write)                                                                                       \
    X(edit)                                                                                        \
    X(publish)                                                                                     \
    X(correct)                                                                                     \
    X(front)                                                                                       \
    X(breaking)                                                                                    \
    X(wire)                                                                                        \
    X(pictures)                                                                                    \
    X(notices)                                                                                     \
    X(moderate)                                                                                    \
    X(settings)                                                                                    \
    X(staff)                                                                                       \
    X(audit)

#define PRIVILEGE_ENUM(word) PRIVILEGE_##word,
enum privilege { PRIVILEGES(PRIVILEGE_ENUM) PRIVILEGE_COUNT };

/* A set of them. */
typedef uint32_t privileges;

#define MAY(word) (UINT32_C(1) << PRIVILEGE_##word)
enum { PRIVILEGES_ALL = (1 << PRIVILEGE_COUNT) - 1 };

/* Whoever has one of these writes: in their own stories, or in everybody's. */
#define MAY_WRITE (MAY(write) | MAY(edit))

/* "publish"; and what it lets one do, in English, to be said. */
const char *privilege_word(enum privilege p);
const char *privilege_about(enum privilege p);

/* The set with this one; none for a word that is no privilege. */
privileges privilege_of(str word);

/* Those of a route, "write|pictures": any of them will do; none when one is no privilege. */
privileges privileges_any(str words);

/* "write pictures wire" and back; words of a newer program are passed over.  In `a`. */
str privileges_write(arena *a, privileges set);
privileges privileges_read(str words);

/* A role that every paper has. */
struct role_of_ours {
    str word;
    const char *name; /* to be said */
    privileges may;
};
extern const struct role_of_ours roles_of_ours[];
extern const size_t roles_of_ours_count;

/* The role with this word, or NULL: it is the paper's own, or there is none. */
const struct role_of_ours *role_of_ours(str word);

/* The role of the first of all. */
#define ROLE_PUBLISHER S("publisher")

#endif
