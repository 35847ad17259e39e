#include "http/load.h"

#include "base/must.h"

#define LOAD_RANK_WORD(word) #word,
static const char *const words[LOAD_RANKS] = {LOAD_RANKS_ALL(LOAD_RANK_WORD)};

const char *load_rank_word(enum load_rank rank)
{
    return words[rank];
}

static const enum load_rank ranks[ROUTE_KINDS] = {
    [KIND_search] = LOAD_extra, [KIND_api] = LOAD_extra,   [KIND_poll] = LOAD_extra,
    [KIND_list] = LOAD_list,    [KIND_live] = LOAD_list,   [KIND_front] = LOAD_front,
    [KIND_story] = LOAD_story,  [KIND_media] = LOAD_story, [KIND_other] = LOAD_story,
    [KIND_desk] = LOAD_story,
};

enum load_rank load_rank_of(enum route_kind kind, enum method method)
{
    return method & (GET | HEAD | OPTIONS) ? ranks[kind] : LOAD_change;
}

/* Parts of the room, in eighths; how much longer than the first it waits; when to come again. */
static const struct {
    int64_t eighths, patience;
    int later_s;
} rules[LOAD_RANKS] = {
    [LOAD_extra] = {1, 1, 10}, [LOAD_list] = {2, 4, 6},   [LOAD_front] = {4, 16, 4},
    [LOAD_story] = {8, 64, 2}, [LOAD_change] = {0, 0, 2},
};

int64_t load_places(int64_t room)
{
    return room + room / 8 + 1;
}

static int64_t share(enum load_rank rank, int64_t room, bool is_patient)
{
    if (rank == LOAD_change)
        return load_places(room);
    return is_patient ? room : room * rules[rank].eighths / 8;
}

static void measure(struct load *l, const struct load_queue *q)
{
    for (int i = 0; i < LOAD_change; i++)
        if (q->wait_us <= q->patience_us * rules[i].patience)
            l->above_since[i] = 0;
        else if (l->above_since[i] == 0)
            l->above_since[i] = q->now;
}

/* Has the first waited for too long, for long enough? */
static bool stands(const struct load *l, int rank, int64_t now)
{
    int64_t since = l->above_since[rank], refused = l->refused_at[rank];

    return since != 0 &&
           (now - since >= LOAD_STANDS_US || (refused != 0 && now - refused < LOAD_REMEMBERS_US));
}

bool load_admits(struct load *l, enum load_rank rank, const struct load_queue *q)
{
    bool is_patient = q->now < l->patient_until;
    struct load_queue its = *q;

    if (is_patient) {
        its.room *= LOAD_PATIENT_ROOM;
        its.patience_us *= LOAD_PATIENT_WAIT;
    }
    measure(l, &its);
    for (l->level = 0; l->level < LOAD_change && stands(l, l->level, its.now); l->level++)
        l->refused_at[l->level] = its.now;
    return (int)rank >= l->level && its.waiting < share(rank, its.room, is_patient);
}

int load_later_s(enum load_rank rank, uint64_t chance)
{
    return rules[rank].later_s + (int)(chance % LOAD_LATER_SPREAD_S);
}
