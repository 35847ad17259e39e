#include "news/state.h"

static const bool moves[STATE_COUNT][STATE_COUNT] = {
    [STATE_NONE] = {[STATE_SCHEDULED] = true, [STATE_LIVE] = true, [STATE_KILLED] = true},
    [STATE_SCHEDULED] = {[STATE_NONE] = true,
                         [STATE_SCHEDULED] = true,
                         [STATE_LIVE] = true,
                         [STATE_WITHDRAWN] = true,
                         [STATE_KILLED] = true},
    [STATE_LIVE] = {[STATE_LIVE] = true, [STATE_WITHDRAWN] = true, [STATE_KILLED] = true},
    [STATE_WITHDRAWN] = {[STATE_SCHEDULED] = true, [STATE_LIVE] = true, [STATE_KILLED] = true},
    [STATE_KILLED] = {0}, /* 1 */
};

str state_word(enum public_state s)
{
    static const str words[STATE_COUNT] = {S_INIT("none"), S_INIT("scheduled"), S_INIT("live"),
                                           S_INIT("withdrawn"), S_INIT("killed")};

    return words[s];
}

enum public_state state_now(int64_t stands, int64_t public_at, int64_t now)
{
    return stands == STATE_SCHEDULED && public_at <= now ? STATE_LIVE : (enum public_state)stands;
}

bool state_may_move(enum public_state from, enum public_state to)
{
    return moves[from][to];
}

err state_check_move(enum public_state from, enum public_state to, note *why)
{
    if (state_may_move(from, to))
        return OK;
    if (from == STATE_KILLED)
        return fail(why, E_GONE, "the story is killed: it can never be used again");
    return fail(why, E_CONFLICT, "a story that is %.*s cannot become %.*s", STR(state_word(from)),
                STR(state_word(to)));
}
