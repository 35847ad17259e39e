#include "media/icon.h"

#include "base/must.h"
#include "media/darkroom.h"

err icon_draw(arena *a, const struct icon *icon, str *png, note *why)
{
    const str pieces[DARKROOM_PIECES] = {icon->letter, icon->accent};
    struct darkroom_answer answer;

    must(icon->size >= 16 && icon->size <= ICON_SIZE_MAX);
    TRY(darkroom_ask(
        a, &(struct darkroom_job){.kind = DARKROOM_ICON, .size = icon->size, .whole = icon->whole},
        -1, pieces, &answer, why));
    *png = answer.pieces[0];
    return OK;
}
