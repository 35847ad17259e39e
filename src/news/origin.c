#include "news/origin.h"

#define ORIGIN_WORD(name, word, about) S_INIT(word),
static const str words[] = {ORIGINS(ORIGIN_WORD)};

str origin_word(enum origin o)
{
    return o < ORIGIN_COUNT ? words[o] : S("");
}

enum origin origin_of(str word)
{
    for (int i = 0; i < ORIGIN_COUNT; i++)
        if (str_eq(word, words[i]))
            return (enum origin)i;
    return ORIGIN_UNSAID;
}
