#include "news/stage.h"

static const str usual = S_INIT("idea, draft, copy-edit, ready");

/* false: more than there may be, one twice, or one that cannot be. */
static bool read(str setting, struct stages *out)
{
    str rest = setting, word;

    out->n = 0;
    while (str_cut(&rest, ',', &word)) {
        word = str_trim(word);
        if (word.n == 0 || word.n > STAGE_BYTES_MAX || out->n == STAGES_MAX ||
            str_eq(word, S("wire")))
            return false;
        for (size_t i = 0; i < out->n; i++)
            if (str_eq_nocase(out->v[i], word))
                return false;
        out->v[out->n++] = word;
    }
    return out->n >= STAGES_MIN;
}

void stages_read(str setting, struct stages *out)
{
    if (!read(setting, out))
        read(usual, out);
}

bool stages_ok(str setting)
{
    struct stages all;

    return read(setting, &all);
}

bool stage_is(const struct stages *all, str word)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i], word))
            return true;
    return false;
}

size_t stage_at(const struct stages *all, str word)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i], word))
            return i;
    return 0;
}

size_t stage_among(const struct stages *others, const struct stages *own, str word)
{
    size_t at = stage_at(own, word), behind = own->n - 1 - at;
    size_t most = others->n > 2 ? others->n - 3 : 0; /* the last of those before the last two */

    if (stage_is(others, word))
        return stage_at(others, word);
    if (behind < 2)
        return others->n - 1 - behind;
    return at < most ? at : most;
}

str stage_to_edit(const struct stages *all)
{
    return all->v[all->n - 2];
}

str stage_to_publish(const struct stages *all)
{
    return all->v[all->n - 1];
}

str stage_name(const struct tongue *t, str word)
{
    static const struct {
        const char *word, *name;
    } ours[] = {
        {"idea", SAY("Idea")},
        {"draft", SAY("Being written")},
        {"copy-edit", SAY("To be edited")},
        {"ready", SAY("Ready")},
        {"wire", SAY("From the wire")},
    };

    for (size_t i = 0; i < LENGTH(ours); i++)
        if (str_eq(word, str_c(ours[i].word)))
            return say(t, ours[i].name);
    return word;
}
