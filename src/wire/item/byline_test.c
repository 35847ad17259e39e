#include "base/test.h"
#include "wire/item/byline.h"

TEST(wire_takes_datelines_off_paragraphs)
{
    static const struct {
        const char *given, *place, *rest;
    } cases[] = {
        {"LONDON (AP) — Ministers met.", "LONDON", "Ministers met."},
        {"PORT SENNA, 21 November 2026 - The gate shuts.", "PORT SENNA", "The gate shuts."},
        {"Kiel (dpa/lno) - Ein Baum fiel.", "Kiel", "Ein Baum fiel."},
        {"Oslo (NTB): En mann falt.", "Oslo", "En mann falt."},
        {"PARIS, Nov 24 (Reuters) - Rain fell.", "PARIS", "Rain fell."},
        {"KYIV, Ukraine (AP) _ Snow fell.", "KYIV, Ukraine", "Snow fell."},
        {"CHATHAM, Mass. (AP) _ A lobster died.", "CHATHAM, Mass.", "A lobster died."},
        {"SAITAMA, Japan, Dec. 9 Kyodo - Reds won.", "SAITAMA, Japan", "Reds won."},
        {"The ferry - an old one - sank.", NULL, NULL},
        {"Nothing here at all.", NULL, NULL},
        {"LONDON", NULL, NULL},
        {"", NULL, NULL},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        str rest = str_c(cases[i].given), place = S("");
        bool taken = wire_take_dateline(t->arena, &rest, &place);

        cr_assert(taken == (cases[i].place != NULL), "case %zu", i);
        CHECK_STR(rest, str_c(taken ? cases[i].rest : cases[i].given));
        CHECK_STR(place, taken ? str_c(cases[i].place) : S(""));
    }
}

TEST(wire_takes_credits_off_captions)
{
    static const struct {
        const char *given, *rest, *credit;
    } cases[] = {
        {"The quay at dusk (Joss Tarrant/PA)", "The quay at dusk", "Joss Tarrant/PA"},
        {"The quay at dusk. (Getty Images).", "The quay at dusk.", "Getty Images"},
        {"The quay at dusk. Photo: Joss Tarrant", "The quay at dusk.", "Joss Tarrant"},
        {"Der Kai (Foto: Jo Orr/dpa)", "Der Kai", "Jo Orr/dpa"},
        {"The quay © Joss Tarrant", "The quay", "Joss Tarrant"},
        {"Photo by Joss Tarrant", "", "Joss Tarrant"},
        {"Captain Tam Orrin (left)", NULL, NULL},
        {"Captain Tam Orrin (63)", NULL, NULL},
        {"The photo was of a boat.", NULL, NULL},
        {"", NULL, NULL},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        str rest = str_c(cases[i].given), credit = S("");
        bool taken = wire_take_credit(&rest, &credit);

        cr_assert(taken == (cases[i].credit != NULL), "case %zu", i);
        CHECK_STR(rest, str_c(taken ? cases[i].rest : cases[i].given));
        CHECK_STR(credit, taken ? str_c(cases[i].credit) : S(""));
    }
}
