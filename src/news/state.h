/*
 * state.h - the public state of a story: what readers may get of it, and which moves there are.
 *
 *            schedule            its time comes
 *    NONE ------------> SCHEDULED -------------> LIVE
 *     | ^                |  |                    |  ^
 *     | +--- unschedule -+  | withdraw  withdraw |  | publish again
 *     |                     v                    v  |
 *     |   publish        WITHDRAWN <-------------+--+
 *     +------------> LIVE   |
 *                           | kill (from every state)
 *                           v
 *                         KILLED      no way out
 *
 * 1. KILLED is for ever: no move leaves it, and nothing of the story goes out again.
 * 2. A story is public from its `public_at` on, whatever the clock of the scheduler says: SCHEDULED
 *    with a time that has passed is read as LIVE.
 * 3. Only news/publish.c, correct.c, withdraw.c, kill.c and due.c move a story.
 */
#ifndef NEWS_STATE_H
#define NEWS_STATE_H

#include "base/err.h"
#include "base/str.h"

/* The numbers stand in the database. */
enum public_state {
    STATE_NONE = 0,
    STATE_SCHEDULED = 1,
    STATE_LIVE = 2,
    STATE_WITHDRAWN = 3,
    STATE_KILLED = 4,
    STATE_COUNT
};

/* "none", "scheduled", "live", "withdrawn", "killed". */
str state_word(enum public_state s);

/* What a story is now, by its row (2): the state that stands there, and since when it is public. */
enum public_state state_now(int64_t stands, int64_t public_at, int64_t now);

/* May a story go from here to there?  Staying is not a move, except LIVE to LIVE (a new version).
 */
bool state_may_move(enum public_state from, enum public_state to);

/* The same as an error with the reason in words: E_GONE from KILLED, else E_CONFLICT. */
err state_check_move(enum public_state from, enum public_state to, note *why);

#endif
