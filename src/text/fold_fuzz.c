/* Any bytes as text to search in: words hold no space, and stand where they say. */
#include "base/fuzz.h"
#include "base/utf8.h"
#include "text/fold.h"

FUZZ(a, text, (size_t)1 << 30)
{
    struct fold_piece piece = {0};
    size_t end = 0;
    buf out = buf_new(a, (size_t)1 << 28);

    for (size_t at = 0; fold_next(a, text, &at, &piece);) {
        must(piece.from >= end && piece.to > piece.from && piece.to <= text.n && piece.to == at);
        must(piece.word.n > 0 && utf8_ok(piece.word));
        must(str_find_char(piece.word, ' ') < 0 && str_find_char(piece.word, '"') < 0);
        end = piece.to;
    }
    fold_write(a, text, &out);
    must(utf8_ok(buf_str(&out)));
}
