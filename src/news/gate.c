#include "news/gate.h"

static struct gate_answer holds(enum gate_word word, int64_t until)
{
    return (struct gate_answer){word, until};
}

struct gate_answer gate(struct viewer viewer, const struct gate_facts *story, enum outlet outlet,
                        int64_t now)
{
    bool is_guest = outlet == OUTLET_PREVIEW && viewer.kind == VIEWER_GUEST;

    if (outlet == OUTLET_DESK)
        return holds(viewer.kind == VIEWER_STAFF ? GATE_FULL : GATE_NOT_YET, TIME_NEVER);

    switch (story->state) {
    case STATE_KILLED:
        return holds(GATE_KILLED, TIME_NEVER);
    case STATE_WITHDRAWN:
        return holds(GATE_WITHDRAWN, TIME_NEVER);
    case STATE_SCHEDULED:
    case STATE_LIVE:
        break;
    case STATE_NONE:
    case STATE_COUNT:
    default:
        return holds(is_guest ? GATE_FULL : GATE_NOT_YET, TIME_NEVER);
    }
    if (is_guest && (story->expiry_at == 0 || now < story->expiry_at))
        return holds(GATE_FULL, TIME_NEVER);
    if (story->public_at == 0)
        return holds(GATE_NOT_YET, TIME_NEVER);
    if (now < story->public_at)
        return holds(GATE_NOT_YET, story->public_at);
    if (story->expiry_at != 0 && now >= story->expiry_at)
        return holds(GATE_WITHDRAWN, TIME_NEVER);
    return holds(GATE_FULL, story->expiry_at != 0 ? story->expiry_at : TIME_NEVER);
}
