/*
 * audit.h - who did what, when, from where, and what was before: a log that is only ever added to.
 *
 * A line is written inside the store_write() job of the act itself, so that there is neither an act
 * without its line nor a line without its act.  The schema refuses to change or drop one.
 */
#ifndef NEWS_AUDIT_H
#define NEWS_AUDIT_H

#include "base/arena.h"
#include "base/err.h"
#include "store/store.h"
#include "text/say.h"

/* Word, what its subject is a number of; audit.c says each in words. */
#define AUDIT_ACTS(X)                                                                              \
    X(signed_in, staff)                                                                            \
    X(sign_in_failed, staff)                                                                       \
    X(second_failed, staff)                                                                        \
    X(code_used, staff)                                                                            \
    X(proved, staff)                                                                               \
    X(signed_out, staff)                                                                           \
    X(sessions_ended, staff)                                                                       \
    X(invited, staff)                                                                              \
    X(joined, staff)                                                                               \
    X(link_made, staff)                                                                            \
    X(renamed, staff)                                                                              \
    X(role_given, staff)                                                                           \
    X(suspended, staff)                                                                            \
    X(restored, staff)                                                                             \
    X(password_set, staff)                                                                         \
    X(second_set, staff)                                                                           \
    X(second_dropped, staff)                                                                       \
    X(codes_made, staff)                                                                           \
    X(passkey_added, staff)                                                                        \
    X(passkey_dropped, staff)                                                                      \
    X(passkey_failed, staff)                                                                       \
    X(role_made, role)                                                                             \
    X(role_changed, role)                                                                          \
    X(role_dropped, role)                                                                          \
    X(story_made, story)                                                                           \
    X(story_named, story)                                                                          \
    X(story_restored, story)                                                                       \
    X(story_updated, story)                                                                        \
    X(story_published, story)                                                                      \
    X(story_unscheduled, story)                                                                    \
    X(story_ended, story)                                                                          \
    X(story_withdrawn, story)                                                                      \
    X(story_killed, story)                                                                         \
    X(story_corrected, story)                                                                      \
    X(story_merged, story)                                                                         \
    X(story_left, story)                                                                           \
    X(story_planned, story)                                                                        \
    X(story_noted, story)                                                                          \
    X(note_settled, story)                                                                         \
    X(note_reopened, story)                                                                        \
    X(preview_made, story)                                                                         \
    X(preview_revoked, story)                                                                      \
    X(story_labelled, story)                                                                       \
    X(entry_written, story)                                                                        \
    X(entry_published, story)                                                                      \
    X(entry_withdrawn, story)                                                                      \
    X(entry_promoted, story)                                                                       \
    X(alarms_noted, alarm)                                                                         \
    X(coverage_moved, story)                                                                       \
    X(picture_taken, picture)                                                                      \
    X(picture_changed, picture)                                                                    \
    X(item_taken, item)                                                                            \
    X(item_spiked, item)                                                                           \
    X(item_unspiked, item)                                                                         \
    X(item_published, item)                                                                        \
    X(item_came, item)                                                                             \
    X(item_newer, item)                                                                            \
    X(item_killed, item)                                                                           \
    X(item_withheld, item)                                                                         \
    X(quarantine_replayed, quarantine)                                                             \
    X(quarantine_dropped, quarantine)                                                              \
    X(notice_published, notice)                                                                    \
    X(notice_changed, notice)                                                                      \
    X(notice_withdrawn, notice)                                                                    \
    X(notice_killed, notice)                                                                       \
    X(front_changed, front)                                                                        \
    X(front_launched, front)                                                                       \
    X(front_dropped, front)                                                                        \
    X(section_changed, section)                                                                    \
    X(menu_changed, section)                                                                       \
    X(page_changed, page)                                                                          \
    X(subject_changed, subject)                                                                    \
    X(breaking_told, breaking)                                                                     \
    X(breaking_changed, breaking)                                                                  \
    X(breaking_ended, breaking)                                                                    \
    X(webhook_added, webhook)                                                                      \
    X(webhook_changed, webhook)                                                                    \
    X(webhook_removed, webhook)                                                                    \
    X(webhook_replayed, webhook)                                                                   \
    X(setting_changed, setting)

#define AUDIT_ENUM(word, subject) AUDIT_##word,
enum audit_act { AUDIT_ACTS(AUDIT_ENUM) AUDIT_ACT_COUNT };

/* "signed_in"; what was done, in English, to be said; "staff".  AUDIT_ACT_COUNT for a word of a
 * newer program. */
const char *audit_word(enum audit_act act);
const char *audit_about(enum audit_act act);
const char *audit_subject(enum audit_act act);
enum audit_act audit_act_of(str word);

/* Who acts where nobody does: what comes over the wire, what is due at its time. */
#define AUDIT_WIRE "wire"
#define AUDIT_CLOCKWORK "clockwork"

/* Who acts, from where. */
struct actor {
    int64_t staff; /* 0: nobody who is signed in */
    str who, address, agent;
};

struct deed {
    enum audit_act act;
    int64_t subject;
    str label;   /* what it is called */
    str was, is; /* lines "field: value" (audit_line) */
};

/* Put a field behind others; nothing where the value is empty.  In `a`. */
str audit_line(arena *a, str lines, const char *field, str value);

/* Inside a job. */
err audit_add(store_conn *w, int64_t at, const struct actor *by, const struct deed *d, note *why);

/* --- reading --- */

struct audit_filter {
    int64_t before;         /* numbers below this one; TIME_NEVER: from the newest */
    int64_t staff;          /* 0: all */
    str machine;            /* AUDIT_WIRE, AUDIT_CLOCKWORK; empty: all */
    str act;                /* empty: all */
    int64_t story;          /* what was done to this one; 0: all */
    int64_t from_at, until; /* µs UTC; TIME_NEVER: open */
};

struct audit_entry {
    int64_t id, at, staff, subject; /* staff 0: nobody */
    str who, act, label, address, agent, was, is;
};

/* The newest first.  In `a`. */
err audit_read(arena *a, store_conn *db, const struct audit_filter *f, int64_t many,
               struct audit_entry **out, size_t *n);

#endif
