#include "media/card.h"

#include "media/darkroom.h"

err card_draw(arena *a, const struct card_words *words, str *png, note *why)
{
    const str pieces[DARKROOM_PIECES] = {words->kicker, words->headline, words->foot,
                                         words->accent};
    struct darkroom_answer answer;

    TRY(darkroom_ask(a, &(struct darkroom_job){.kind = DARKROOM_CARD}, -1, pieces, &answer, why));
    *png = answer.pieces[0];
    return OK;
}
