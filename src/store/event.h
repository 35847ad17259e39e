/*
 * event.h - the event log: every change writes one row of it in its own transaction.
 *
 * Ids only grow, in the order of the commits (one writer); a number may be missing where a job was
 * rolled back.  What happens because of an event is done by the followers (store/follow.h).
 */
#ifndef STORE_EVENT_H
#define STORE_EVENT_H

#include "base/err.h"
#include "store/store.h"
#include "store/tags.h"

/* Every kind of event: word, what has happened; the subject is the id of what stands in (). */
#define EVENT_KINDS(X)                                                                             \
    X(story_saved, "the desk saved work on a story; readers see nothing of it (story)")            \
    X(story_published, "readers may see the story for the first time, or again (story)")           \
    X(story_updated, "a newer version of a published story is public (story)")                     \
    X(story_corrected, "a newer version is public that says what was wrong before (story)")        \
    X(story_withdrawn, "we took the story down (story)")                                           \
    X(story_killed, "the story must never be used (story)")                                        \
    X(story_scheduled, "the story will be public at a time to come (story)")                       \
    X(story_expired, "the time after which the story is not shown has come (story)")               \
    X(story_moved, "the story has a new address; the old one leads there (story)")                 \
    X(item_received, "an item of copy was taken in (item)")                                        \
    X(item_killed, "the agency killed an item (item)")                                             \
    X(item_quarantined, "copy could not be read and was set aside (quarantine)")                   \
    X(media_received, "a picture was taken in; its widths are not made yet (media)")               \
    X(media_ready, "all widths of a picture are there (media)")                                    \
    X(media_failed, "a picture could not be used (media)")                                         \
    X(media_changed, "what is said of a picture, or how it is cropped, changed (media)")           \
    X(media_killed, "a picture must never be shown again (media)")                                 \
    X(section_changed, "a section's own facts changed (section)")                                  \
    X(subject_changed, "what is said of a topic, an author or a place changed (subject)")          \
    X(front_changed, "the slots of a front changed (front)")                                       \
    X(front_drafted, "the draft of a front changed, or was dropped; readers see nothing (front)")  \
    X(most_read_changed, "other stories are the most read, or in another order (0)")               \
    X(information_changed, "a page of information was written, changed or taken away (0)")         \
    X(notice_published, "a notice is there; its run may begin later (notice)")                     \
    X(notice_changed, "a notice says something else, or is back (notice)")                         \
    X(notice_withdrawn, "a notice was taken down (notice)")                                        \
    X(breaking_told, "breaking news was told (breaking)")                                          \
    X(breaking_changed, "breaking news says something else (breaking)")                            \
    X(breaking_ended, "breaking news was taken back (breaking)")                                   \
    X(settings_changed, "the paper's settings changed (0)")                                        \
    X(staff_changed, "an account, or with 0 a role, was made or changed (staff)")                  \
    X(entry_published, "readers may see an entry of a running story, or again (entry)")            \
    X(entry_changed, "an entry that readers have says something else (entry)")                     \
    X(entry_withdrawn, "we took an entry down (entry)")                                            \
    X(entry_saved, "the desk saved work on an entry that readers have not (entry)")                \
    X(coverage_changed, "a story is announced, covered, paused, over, put away (story)")           \
    X(mail_queued, "a mail waits to be sent (mail)")                                               \
    X(webhook_changed, "a webhook was made, changed, taken away, or is told anew (webhook)")

#define EVENT_KIND_ENUM(word, doc) EVENT_##word,
enum event_kind { EVENT_unknown, EVENT_KINDS(EVENT_KIND_ENUM) EVENT_KIND_COUNT };

/* The kind as a word, "story_killed"; and back: EVENT_unknown for a word of a newer program. */
const char *event_word(enum event_kind kind);
enum event_kind event_kind_of(str word);

struct event {
    int64_t id, at; /* at: microseconds UTC */
    enum event_kind kind;
    int64_t subject;     /* an id; of what, the kind says */
    struct tag_set tags; /* what it changed; `everything` when a newer program wrote it */
    str body;            /* a JSON object with what followers want to know, "{}" at least */
};

/* Write an event, inside a store_write() job.  `tags` may be NULL: it changed nothing that a page
 * shows.  `body_json` may be empty. */
err event_add(store_conn *w, enum event_kind kind, int64_t subject, const struct tag_set *tags,
              str body_json, note *why);

/* Up to `limit` events after number `after`, oldest first.  They live in `a`. */
err events_after(arena *a, store_conn *c, int64_t after, int64_t limit, struct event **events,
                 size_t *count);

/* The same of what open pages are told (live/live.h); of what must not stand on one any more: the
 * newest `limit` of them. */
err events_told(arena *a, store_conn *c, int64_t after, int64_t limit, struct event **events,
                size_t *count);
err events_gone(arena *a, store_conn *c, int64_t after, int64_t limit, struct event **events,
                size_t *count);

/* The event of this number.  It lives in `a`.  E_MISSING: there is none. */
err event_at(arena *a, store_conn *c, int64_t number, struct event *out);

/* The number of the newest event in what this connection sees; 0 in an empty log. */
err event_newest(store_conn *c, int64_t *id);

#endif
