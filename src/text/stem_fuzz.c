/* Any words, as the index folds them: what comes out is no longer, the same each time, and UTF-8.
 */
#include "base/fuzz.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/stem.h"

FUZZ(a, text, (size_t)1 << 30)
{
    struct fold_piece piece = {0};

    for (size_t at = 0; fold_next(a, text, &at, &piece);)
        for (int k = STEM_NONE; k < STEM_TONGUES; k++) {
            str stem = stem_of(a, (enum stem_tongue)k, piece.word);

            must(k != STEM_NONE || stem.n == 0);
            must(utf8_ok(stem) && str_find_char(stem, ' ') < 0);
            must(str_eq(stem_of(a, (enum stem_tongue)k, piece.word), stem));
        }
}
