#include "http/h2_budget.h"

#include "base/must.h"
#include "base/time.h"

#include <string.h>

enum { ONE = 1000, BYTES_AN_UPDATE = 2048 };

enum { DATA = 0, PRIORITY = 2, RST_STREAM = 3, SETTINGS = 4, PING = 6, WINDOW_UPDATE = 8 };
enum { HEADERS = 1, PUSH_PROMISE = 5, GOAWAY = 7, CONTINUATION = 9, PADDED = 8 };

/* Browsers stay far below: a page that is left with a hundred pictures on their way is a hundred
 * resets at once. */
static const struct {
    const char *word;
    int most, a_second;
} budgets[H2_COSTS] = {
    [H2_RESETS] = {"resets", 200, 30},
    [H2_PROVOKED] = {"provoked", 200, 10},
    [H2_PINGS] = {"pings", 60, 5},
    [H2_SETTINGS] = {"settings", 20, 1},
    [H2_PRIORITIES] = {"priorities", 300, 30},
    [H2_EMPTIES] = {"empties", 100, 10},
    [H2_STRANGE] = {"strange", 100, 10},
    [H2_UPDATES] = {"updates", 500, 50},
    [H2_CONTINUATIONS] = {"continuations", 0, 0},
    [H2_HEADERS] = {"headers", 0, 0},
    [H2_STALLS] = {"stalls", 0, 0},
};

const char *h2_cost_word(enum h2_cost what)
{
    return budgets[what].word;
}

void h2_budget_start(struct h2_budget *b, int64_t now)
{
    *b = (struct h2_budget){.at = now, .preface = H2_PREFACE};
    for (int i = 0; i < H2_BUCKETS; i++)
        b->left[i] = (int64_t)budgets[i].most * ONE;
}

static void fill(struct h2_budget *b, int64_t now)
{
    int64_t passed = (now - b->at) / 1000; /* milliseconds, so a token a second is one of ONE */

    if (passed <= 0)
        return;
    b->at += passed * 1000;
    for (int i = 0; i < H2_BUCKETS; i++) {
        int64_t most = (int64_t)budgets[i].most * ONE;

        if (b->left[i] >= most)
            continue;
        b->left[i] += (passed < HOUR_US / 1000 ? passed : HOUR_US / 1000) * budgets[i].a_second;
        if (b->left[i] > most)
            b->left[i] = most;
    }
}

bool h2_budget_spend(struct h2_budget *b, enum h2_cost what, int64_t now)
{
    must(what < H2_BUCKETS);
    fill(b, now);
    if (b->left[what] < ONE)
        return false;
    b->left[what] -= ONE;
    return true;
}

/* Earned ones are over and above what time fills, up to as many as a fast reader sends. */
void h2_budget_earn(struct h2_budget *b, size_t bytes)
{
    int64_t most = (int64_t)budgets[H2_UPDATES].most * 20 * ONE;

    b->left[H2_UPDATES] += (int64_t)(bytes + BYTES_AN_UPDATE) * ONE / BYTES_AN_UPDATE;
    if (b->left[H2_UPDATES] > most)
        b->left[H2_UPDATES] = most;
}

/* Which bucket a frame goes to; H2_COSTS: none. */
static enum h2_cost cost_of(const uint8_t *head, size_t length)
{
    uint8_t flags = head[4];

    switch (head[3]) {
    case DATA: /* padding alone is nothing, too; END_STREAM is something to say */
        return !(flags & 1) && (length == 0 || (flags & PADDED && length <= 256)) ? H2_EMPTIES
                                                                                  : H2_COSTS;
    case PRIORITY:
        return H2_PRIORITIES;
    case RST_STREAM:
        return H2_RESETS;
    case SETTINGS:
        return flags & 1 ? H2_COSTS : H2_SETTINGS;
    case PING:
        return flags & 1 ? H2_COSTS : H2_PINGS;
    case WINDOW_UPDATE:
        return H2_UPDATES;
    case HEADERS:
    case PUSH_PROMISE:
    case GOAWAY:
    case CONTINUATION:
        return H2_COSTS;
    default:
        return H2_STRANGE;
    }
}

static enum h2_cost count(struct h2_budget *b, int64_t now)
{
    enum h2_cost what = cost_of(b->head, b->payload);

    b->continuations = b->head[3] == CONTINUATION ? b->continuations + 1 : 0;
    if (b->continuations > H2_CONTINUATIONS_MAX)
        return H2_CONTINUATIONS;
    return what == H2_COSTS || h2_budget_spend(b, what, now) ? H2_COSTS : what;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

enum h2_cost h2_budget_read(struct h2_budget *b, str bytes, int64_t now)
{
    size_t some = least(b->preface, bytes.n);

    b->preface -= some;
    bytes = str_from(bytes, some);
    while (bytes.n > 0) {
        some = least(b->payload, bytes.n);
        b->payload -= some;
        bytes = str_from(bytes, some);
        if (b->payload > 0 || bytes.n == 0)
            break;
        some = least(H2_FRAME_HEAD - b->head_n, bytes.n);
        memcpy(b->head + b->head_n, bytes.p, some);
        b->head_n += some;
        bytes = str_from(bytes, some);
        if (b->head_n < H2_FRAME_HEAD)
            break;
        b->head_n = 0;
        b->payload = (size_t)b->head[0] << 16 | (size_t)b->head[1] << 8 | b->head[2];

        enum h2_cost over = count(b, now);

        if (over != H2_COSTS)
            return over;
    }
    return H2_COSTS;
}
