/*
 * front.c - what stands on a front, from the command line.
 */
#include "command/words.h"

#include "news/front.h"
#include "text/dates.h"

#include <stdio.h>

enum verb { LIST, PIN, UNPIN, HEADLINE, KICKER, PICTURE, MAKE, UNMAKE };

struct words {
    const char *data;
    str section, text;
    int verb;
    const char *verb_word;
    struct front_place at;
    int64_t number, until_at, now;
};

/* --- what is said --- */

/* "3.1", or "3" for its first place. */
static bool read_place(str given, struct front_place *at)
{
    str rest = given, slot, place = S("1");
    int64_t x, y;

    if (!str_cut(&rest, '.', &slot))
        return false;
    if (slot.n < given.n)
        place = rest;
    if (!str_int(slot, &x) || !str_int(place, &y) || x < 1 || x > 1000 || y < 1 || y > 100)
        return false;
    at->slot = (int)x;
    at->place = (int)y;
    return true;
}

/* What follows the verb. */
static int read_rest(const struct command *c, int n, char **rest, struct words *w)
{
    w->verb_word = rest[-1];
    if (n > 0 && !read_place(str_c(rest[0]), &w->at))
        return command_words(c, "\"%s\" is not a place like 1.2", rest[0]);
    w->text = n > 1 ? str_c(rest[1]) : (str){0};
    if ((w->verb == PIN || w->verb == PICTURE) && (!str_int(w->text, &w->number) || w->number < 0))
        return command_words(c, "\"%s\" is not a number", rest[1]);
    if ((w->verb == MAKE || w->verb == UNMAKE) && w->section.n == 0)
        return command_words(c, "%s takes --section", w->verb_word);
    return -1;
}

/* -1: go on; else the exit code. */
static int read_words(const struct command *c, int argc, char **argv, struct words *w)
{
    const struct word words[] = {
        DATA_WORD(&w->data),
        {"section", "SLUG", "the front of a section", .str = &w->section},
        {"list", NULL, "every slot with what stands in it now", .verb = &w->verb, .is = LIST},
        {"pin", "PLACE ID", "put a story there: 1.2 is the second place of slot 1, 1 the first",
         .verb = &w->verb, .is = PIN},
        {"until", "TIME", "pin it only until then (RFC 3339, with its zone)", .time = &w->until_at},
        {"unpin", "PLACE", "let the rule choose again", .verb = &w->verb, .is = UNPIN},
        {"headline", "PLACE TEXT", "call the pinned story so, there alone; \"\" is its own again",
         .verb = &w->verb, .is = HEADLINE},
        {"kicker", "PLACE TEXT", "the same for what stands above the headline", .verb = &w->verb,
         .is = KICKER},
        {"picture", "PLACE ID", "show this picture with it, there alone; 0 is its own again",
         .verb = &w->verb, .is = PICTURE},
        {"make", NULL, "give the section of --section a front of its own", .verb = &w->verb,
         .is = MAKE},
        {"unmake", NULL, "take that front away", .verb = &w->verb, .is = UNMAKE},
    };

    *w = (struct words){.data = command_data_folder(), .until_at = TIME_NEVER};

    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    return done < 0 && w->verb != LIST ? read_rest(c, argc, argv, w) : done;
}

/* --- what stands there --- */

static void print_pin(arena *a, const struct front_slot *slot, int64_t story)
{
    for (size_t i = 0; i < slot->pin_count; i++)
        if (slot->pins[i].story == story && slot->pins[i].until_at == TIME_NEVER)
            printf("  (pinned)");
        else if (slot->pins[i].story == story)
            printf("  (pinned until %.*s)", STR(date_iso(a, slot->pins[i].until_at)));
}

static void print_slot(arena *a, const struct front_slot *slot, const struct front *front)
{
    printf("%d\t%s\t%d at most\t%s\n", slot->position, slot_word(slot->kind), slot->size,
           slot_about(slot->kind));
    for (size_t i = 0; i < front->n; i++) {
        const struct front_block *b = &front->blocks[i];

        for (size_t j = 0; b->slot == slot->id && j < b->cards.n; j++) {
            if (b->section != 0)
                printf("  -");
            else
                printf("  %d.%zu", slot->position, j + 1);
            printf("\t%lld\t%.*s", (long long)b->cards.v[j].id, STR(b->cards.v[j].headline));
            print_pin(a, slot, b->cards.v[j].id);
            printf("\n");
        }
    }
}

static err list(struct house *h, const struct words *w, note *why)
{
    struct reading r;
    struct paper paper;
    struct front front;
    struct front_layout layout;
    err e;

    TRY(reading_begin(&r, h->a, h->db, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE,
                      clock_now(store_clock(h->store))));
    TRY(paper_load(&r, &paper));
    e = front_layout_load(h->a, h->db, w->at.section, &layout);
    if (e == OK)
        e = front_load(&r, &paper, w->at.section, &front);
    reading_end(&r);
    if (e != OK)
        return fail(why, e, "this section has no front of its own");
    for (size_t i = 0; i < layout.n; i++)
        print_slot(h->a, &layout.slots[i], &front);
    return OK;
}

/* --- what is done --- */

static err do_verb(arena *a, store_conn *w, const struct words *words, note *why)
{
    struct front_words said = {.picture = -1};

    switch (words->verb) {
    case PIN:
        return front_pin(a, w, &words->at, words->number, words->until_at, why);
    case UNPIN:
        return front_unpin(a, w, &words->at, why);
    case MAKE:
        return front_make(a, w, words->at.section, why);
    case UNMAKE:
        return front_unmake(a, w, words->at.section, why);
    case HEADLINE:
        said.headline = words->text;
        break;
    case KICKER:
        said.kicker = words->text;
        break;
    case PICTURE:
        said.picture = words->number;
        break;
    default:
        return E_INVALID;
    }
    return front_reword(a, w, &words->at, &said, why);
}

/* "pin 1.2 17", as it was given. */
static str as_said(arena *a, const struct words *w)
{
    str said = str_c(w->verb_word);

    if (w->verb == MAKE || w->verb == UNMAKE)
        return said;
    said = str_fmt(a, "%.*s %d.%d", STR(said), w->at.slot, w->at.place);
    if (w->verb == PIN || w->verb == PICTURE)
        said = str_fmt(a, "%.*s %lld", STR(said), (long long)w->number);
    return w->text.n > 0 ? str_fmt(a, "%.*s %.*s", STR(said), STR(w->text)) : said;
}

static err act(arena *a, store_conn *w, void *of, note *why)
{
    const struct words *words = of;
    str is = audit_line(a, S(""), "value", as_said(a, words));

    TRY(do_verb(a, w, words, why));
    if (words->until_at != TIME_NEVER)
        is = audit_line(a, is, "until", date_iso(a, words->until_at));
    return command_log(a, w, words->now,
                       &(struct deed){.act = AUDIT_front_changed,
                                      .subject = words->at.section,
                                      .label = words->section,
                                      .is = is},
                       why);
}

static err find_section(struct house *h, struct words *w, note *why)
{
    struct reading r;
    struct paper paper;
    const struct section *section;
    err e;

    if (w->section.n == 0)
        return OK;
    TRY(reading_begin(&r, h->a, h->db, (struct viewer){VIEWER_PUBLIC}, OUTLET_PAGE, 0));
    e = paper_load(&r, &paper);
    reading_end(&r);
    TRY(e);
    section = paper_section(&paper, w->section);
    if (section == NULL)
        return fail(why, E_MISSING, "there is no section \"%.*s\"", STR(w->section));
    w->at.section = section->id;
    return OK;
}

static err run(const struct command *c, struct house *h, struct words *w, note *why)
{
    TRY(find_section(h, w, why));
    if (w->verb == LIST)
        return list(h, w, why);
    w->now = clock_now(store_clock(h->store));
    TRY(store_write(h->store, act, w, h->a, why));
    printf("%s: done\n", w->verb_word);
    command_settle(c, h);
    return OK;
}

static int front(const struct command *c, int argc, char **argv)
{
    struct words w;
    struct house h;
    note why = {0};
    int done = read_words(c, argc, argv, &w);

    if (done >= 0)
        return done;
    if (!house_open(&h, c, w.data, true))
        return EXIT_FAILED;

    err e = run(c, &h, &w, &why);

    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_front = {
    "front", "", "See and say what stands on the front, or on a section's own front.", front};
