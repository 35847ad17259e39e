#include "news/gate.h"

#include "base/test.h"

static const struct viewer anybody = {VIEWER_PUBLIC};

TEST(gate_opens_at_the_second_and_not_before)
{
    struct gate_facts s = {STATE_SCHEDULED, 1000, 0};
    struct gate_answer early = gate(anybody, &s, OUTLET_PAGE, 999);
    struct gate_answer due = gate(anybody, &s, OUTLET_PAGE, 1000);

    CHECK_INT(early.word, GATE_NOT_YET);
    CHECK_INT(early.until, 1000);
    CHECK_INT(due.word, GATE_FULL);
    CHECK(due.until == TIME_NEVER);
}

TEST(gate_closes_at_the_expiry)
{
    struct gate_facts s = {STATE_LIVE, 1000, 2000};

    CHECK_INT(gate(anybody, &s, OUTLET_FEED, 1999).until, 2000);
    CHECK_INT(gate(anybody, &s, OUTLET_FEED, 2000).word, GATE_WITHDRAWN);
}

TEST(gate_gives_nothing_of_a_story_that_is_not_public_on_any_way_out)
{
    static const enum public_state shut[] = {STATE_NONE, STATE_WITHDRAWN, STATE_KILLED};

    for (size_t i = 0; i < LENGTH(shut); i++)
        for (int outlet = 0; outlet < OUTLET_COUNT; outlet++) {
            struct gate_facts s = {shut[i], 1000, 0};
            enum gate_word word = gate(anybody, &s, (enum outlet)outlet, 5000).word;

            CHECK(word != GATE_FULL && word != GATE_TEASER);
        }
}

TEST(gate_keeps_the_desk_to_staff)
{
    struct gate_facts s = {STATE_LIVE, 1000, 0};

    CHECK_INT(gate(anybody, &s, OUTLET_DESK, 5000).word, GATE_NOT_YET);
    CHECK_INT(gate((struct viewer){VIEWER_STAFF}, &s, OUTLET_DESK, 5000).word, GATE_FULL);
}

TEST(state_never_leaves_killed_and_every_state_can_be_killed)
{
    for (int s = 0; s < STATE_COUNT; s++) {
        CHECK(!state_may_move(STATE_KILLED, (enum public_state)s));
        if (s != STATE_KILLED)
            CHECK(state_may_move((enum public_state)s, STATE_KILLED));
    }
    CHECK_ERR(state_check_move(STATE_KILLED, STATE_LIVE, &t->why), E_GONE);
    CHECK_ERR(state_check_move(STATE_LIVE, STATE_NONE, &t->why), E_CONFLICT);
}

TEST(gate_shows_a_preview_to_a_guest_until_the_story_is_taken_down)
{
    struct viewer guest = {VIEWER_GUEST};
    struct gate_facts draft = {STATE_NONE, 0, 0}, later = {STATE_SCHEDULED, 9000, 0},
                      ended = {STATE_LIVE, 1000, 2000}, down = {STATE_WITHDRAWN, 1000, 0},
                      killed = {STATE_KILLED, 1000, 0};

    CHECK_INT(gate(guest, &draft, OUTLET_PREVIEW, 5000).word, GATE_FULL);
    CHECK_INT(gate(guest, &later, OUTLET_PREVIEW, 5000).word, GATE_FULL);
    CHECK_INT(gate(guest, &ended, OUTLET_PREVIEW, 5000).word, GATE_WITHDRAWN);
    CHECK_INT(gate(guest, &down, OUTLET_PREVIEW, 5000).word, GATE_WITHDRAWN);
    CHECK_INT(gate(guest, &killed, OUTLET_PREVIEW, 5000).word, GATE_KILLED);
    CHECK_INT(gate(anybody, &draft, OUTLET_PREVIEW, 5000).word, GATE_NOT_YET);
    for (int outlet = 0; outlet < OUTLET_COUNT; outlet++)
        if (outlet != OUTLET_PREVIEW)
            CHECK(gate(guest, &draft, (enum outlet)outlet, 5000).word == GATE_NOT_YET);
}
