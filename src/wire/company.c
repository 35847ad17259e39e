#include "wire/company.h"

/* Where it is looked for what an item names. */
struct looking {
    struct beside *beside;
    const char *root, *path;
    struct company *c;
};

static void add_picture(const struct looking *k, str address)
{
    struct company *c = k->c;
    const struct found *f;

    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->addresses[i], address))
            return;
    if (c->n == WIRE_MEDIA_MAX)
        return;
    f = beside_find(k->beside, k->root, k->path, address);
    if (f == NULL || !f->is_there)
        return;
    c->addresses[c->n] = address;
    c->pictures[c->n++] = f;
}

static void add_body_pictures(const struct looking *k, const struct block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (blocks[i].kind == BLOCK_PICTURE || blocks[i].kind == BLOCK_VIDEO ||
            blocks[i].kind == BLOCK_AUDIO)
            add_picture(k, blocks[i].address);
        add_body_pictures(k, blocks[i].children, blocks[i].child_count);
    }
}

/* Is this the better one to stand for its medium?  A film for a film; else the wider. */
static bool is_better(const struct wire_media *m, const struct found *x, const struct found *than)
{
    bool wants_film = m->kind == WIRE_VIDEO || m->kind == WIRE_AUDIO;

    if (x->taken.is_film != than->taken.is_film)
        return x->taken.is_film == wants_film;
    return !wants_film && x->taken.facts.width > than->taken.facts.width;
}

/* The best rendition that is in the house stands for all. */
static void add_media_picture(const struct looking *k, const struct wire_media *m)
{
    struct company *c = k->c;
    size_t before = c->n, best = before;

    for (size_t i = 0; i < m->rendition_count; i++)
        if (!is_captions(&m->renditions[i]))
            add_picture(k, m->renditions[i].address);
    for (size_t i = before; i < c->n; i++)
        if (is_better(m, c->pictures[i], c->pictures[best]))
            best = i;
    if (c->n > before && c->pictures[best]->taken.is_film)
        beside_link_captions(k->beside, c->pictures[best], k->root, k->path, m);
    if (c->n > before) {
        c->pictures[before] = c->pictures[best];
        c->addresses[before] = c->addresses[best];
        c->n = before + 1;
    }
}

static struct company company_new(arena *a, size_t room)
{
    return (struct company){arena_many(a, const struct found *, room), arena_many(a, str, room), 0};
}

struct company company_find(arena *a, struct beside *b, const struct wire_item *item,
                            const char *root, const char *path)
{
    struct company c = company_new(a, WIRE_MEDIA_MAX);
    struct looking k = {b, root, path, &c};

    for (size_t i = 0; i < item->media_count; i++)
        add_media_picture(&k, &item->media[i]);
    add_body_pictures(&k, item->body.blocks, item->body.count);
    return c;
}

struct company company_of_one(arena *a, const struct found *f, str address)
{
    struct company c = company_new(a, 1);

    c.pictures[0] = f;
    c.addresses[0] = address;
    c.n = 1;
    return c;
}

enum wire_kind company_kind(const struct media_taken *taken)
{
    return !taken->is_film ? WIRE_PHOTO : taken->film.is_sound ? WIRE_AUDIO : WIRE_VIDEO;
}

static err add_media(struct desk *d, const struct found *f, int64_t *media, note *why)
{
    TRY(media_add(d->a, d->w, &f->taken, media, why));
    for (size_t i = 0; i < f->caption_count; i++)
        TRY(media_caption(d->a, d->w, *media, &f->captions[i], why));
    return OK;
}

err company_add(struct desk *d, const struct company *c, struct wire_taking *how, note *why)
{
    struct wire_picture *pictures = arena_many(d->a, struct wire_picture, c->n);

    for (size_t i = 0; i < c->n; i++) {
        const struct media_taken *taken = &c->pictures[i]->taken;

        pictures[i] = (struct wire_picture){
            .address = c->addresses[i],
            .kind = company_kind(taken),
            .caption = taken->words.caption,
            .credit = taken->words.credit.n > 0 ? taken->words.credit : taken->words.byline,
            .alt = taken->words.alt,
        };
        TRY(add_media(d, c->pictures[i], &pictures[i].media, why));
    }
    how->pictures = pictures;
    how->picture_count = c->n;
    return OK;
}
