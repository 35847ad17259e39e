#include "site/desk/presence.h"

#include "base/must.h"
#include "base/time.h"
#include "base/utf8.h"

#include <pthread.h>
#include <stdlib.h>

enum { NAME_MAX_BYTES = 120 };

struct seat {
    int64_t story, at;
    char key[PRESENCE_KEY_MAX], name[NAME_MAX_BYTES], here[PRESENCE_BLOCK_MAX];
    size_t key_n, name_n, here_n;
};

struct presence {
    pthread_mutex_t lock;
    struct seat seats[PRESENCE_MAX];
};

struct presence *presence_new(void)
{
    struct presence *p = calloc(1, sizeof *p);

    must(p != NULL);
    pthread_mutex_init(&p->lock, NULL);
    return p;
}

void presence_free(struct presence **p)
{
    if (*p == NULL)
        return;
    pthread_mutex_destroy(&(*p)->lock);
    free(*p);
    *p = NULL;
}

static size_t keep(char *to, size_t room, str from)
{
    from = utf8_to(from, room);
    if (from.n > 0)
        memcpy(to, from.p, from.n);
    return from.n;
}

static bool is_of(const struct seat *s, int64_t story, str key)
{
    return s->story == story && s->at != 0 && str_eq(str_of(s->key, s->key_n), key);
}

/* Their own seat, or else the one that was silent longest. */
static struct seat *seat_for(struct presence *p, int64_t story, str key)
{
    struct seat *oldest = &p->seats[0];

    for (size_t i = 0; i < PRESENCE_MAX; i++) {
        if (is_of(&p->seats[i], story, key))
            return &p->seats[i];
        if (p->seats[i].at < oldest->at)
            oldest = &p->seats[i];
    }
    return oldest;
}

static void sit(struct presence *p, int64_t story, const struct present *who)
{
    struct seat *s = seat_for(p, story, str_to(who->key, PRESENCE_KEY_MAX));

    s->story = story;
    s->at = who->at;
    s->key_n = keep(s->key, sizeof s->key, who->key);
    s->name_n = keep(s->name, sizeof s->name, who->name);
    s->here_n = keep(s->here, sizeof s->here, who->here);
}

void presence_meet(arena *a, struct presence *p, int64_t story, const struct present *who,
                   struct present **out, size_t *n)
{
    struct present *v = arena_many(a, struct present, PRESENCE_MAX);
    str key = str_to(who->key, PRESENCE_KEY_MAX);

    *n = 0;
    pthread_mutex_lock(&p->lock);
    if (key.n > 0)
        sit(p, story, who);
    for (size_t i = 0; i < PRESENCE_MAX; i++) {
        const struct seat *s = &p->seats[i];

        if (s->story != story || s->at + PRESENCE_S * SECOND_US <= who->at || is_of(s, story, key))
            continue;
        v[(*n)++] = (struct present){str_dup(a, str_of(s->key, s->key_n)),
                                     str_dup(a, str_of(s->name, s->name_n)),
                                     str_dup(a, str_of(s->here, s->here_n)), s->at};
    }
    pthread_mutex_unlock(&p->lock);
    *out = v;
}
