#include "media/upload.h"

#include "base/test.h"
#include "staff/staff.h"
#include "store/sql.h"

#include <unistd.h>

#define NOW (INT64_C(1700000000) * SECOND_US)

struct office {
    const char *folder;
    struct uploads uploads;
    store *store;
    store_conn *db;
    int64_t people[2];
};

static err hire(arena *a, store_conn *w, void *of, note *why)
{
    struct office *o = of;
    struct staff_work k = {.a = a, .w = w, .now = NOW, .may = PRIVILEGES_ALL};

    TRY(staff_invite(&k, S("a@paper.example"), S("A"), S("photo-desk"), &o->people[0], why));
    return staff_invite(&k, S("b@paper.example"), S("B"), S("photo-desk"), &o->people[1], why);
}

static struct office open_office(struct test *t)
{
    struct office o = {.folder = test_folder(t)};

    CHECK_OK(store_open(o.folder, NULL, &o.store, &t->why));
    CHECK_OK(store_conn_open(o.store, &o.db, &t->why));
    CHECK_OK(uploads_open(t->arena, o.folder, &o.uploads, &t->why));
    CHECK_OK(store_write(o.store, hire, &o, t->arena, &t->why));
    return o;
}

static void close_office(struct office *o)
{
    store_conn_close(&o->db);
    store_close(&o->store);
}

static err begin(arena *a, store_conn *w, void *of, note *why)
{
    return upload_begin(a, w, of, why);
}

static err begin_one(struct test *t, struct office *o, str token, int who, int64_t size,
                     int64_t now)
{
    struct upload_wanted wanted = {token, o->people[who], S("a.jpg"), size, now};

    return store_write(o->store, begin, &wanted, t->arena, &t->why);
}

struct piece {
    int64_t upload, from, got, now;
};

static err came(arena *a, store_conn *w, void *of, note *why)
{
    const struct piece *p = of;

    (void)a;
    return upload_came(w, p->upload, p->from, p->got, p->now, why);
}

static bool is_there(struct test *t, const struct office *o, int64_t id)
{
    const char *path =
        str_z(t->arena, str_fmt(t->arena, "%s/%lld", o->uploads.folder, (long long)id));

    return access(path, F_OK) == 0;
}

TEST(a_piece_counts_once_and_only_where_the_last_one_ended)
{
    struct office o = open_office(t);
    struct upload u;
    int file, other;
    str bytes;

    CHECK_OK(begin_one(t, &o, S("k"), 0, 10, NOW));
    CHECK_ERR(upload_find(t->arena, o.db, S("k"), o.people[1], &u), E_MISSING);
    CHECK_OK(upload_find(t->arena, o.db, S("k"), o.people[0], &u));
    CHECK_OK(upload_hold(t->arena, &o.uploads, u.id, &file, &t->why));
    CHECK_ERR(upload_hold(t->arena, &o.uploads, u.id, &other, &t->why), E_BUSY);
    CHECK_OK(upload_write(&o.uploads, file, 0, S("sea and"), &t->why));
    CHECK_OK(store_write(o.store, came, &(struct piece){u.id, 0, 7, NOW}, t->arena, &t->why));
    CHECK_ERR(store_write(o.store, came, &(struct piece){u.id, 0, 7, NOW}, t->arena, &t->why),
              E_CONFLICT);
    /* what was not acknowledged is written over */
    CHECK_OK(upload_write(&o.uploads, file, 7, S("old"), &t->why));
    CHECK_OK(upload_write(&o.uploads, file, 7, S(" s"), &t->why));
    CHECK_OK(upload_write(&o.uploads, file, 9, S("y"), &t->why));
    CHECK_OK(store_write(o.store, came, &(struct piece){u.id, 7, 10, NOW}, t->arena, &t->why));
    upload_release(&file);
    CHECK_OK(upload_find(t->arena, o.db, S("k"), o.people[0], &u));
    CHECK_INT(u.got, 10);
    CHECK_OK(upload_bytes(t->arena, &o.uploads, &u, &bytes, &t->why));
    CHECK_STR(bytes, S("sea and sy"));
    close_office(&o);
}

TEST(uploads_are_bounded_for_each_and_for_all)
{
    struct office o = open_office(t);
    int64_t quarter = UPLOAD_BYTES_OF_ONE_MAX / 4;

    CHECK_ERR(begin_one(t, &o, S("k"), 0, 0, NOW), E_INVALID);
    CHECK_ERR(begin_one(t, &o, S("k"), 0, MEDIA_BYTES_MAX + INT64_C(1), NOW), E_LIMIT);
    for (int i = 0; i < 4; i++)
        CHECK_OK(begin_one(t, &o, str_fmt(t->arena, "a%d", i), 0, quarter, NOW));
    CHECK_ERR(begin_one(t, &o, S("more"), 0, 1, NOW), E_BUSY);
    for (int i = 0; i < UPLOADS_OF_ONE_MAX; i++)
        CHECK_OK(begin_one(t, &o, str_fmt(t->arena, "b%d", i), 1, 1, NOW));
    CHECK_ERR(begin_one(t, &o, S("more"), 1, 1, NOW), E_BUSY);
    close_office(&o);
}

TEST(what_nobody_goes_on_with_is_swept_after_a_day)
{
    struct office o = open_office(t);
    struct upload old, new;
    int file;

    CHECK_OK(begin_one(t, &o, S("old"), 0, 10, NOW));
    CHECK_OK(begin_one(t, &o, S("new"), 0, 10, NOW));
    CHECK_OK(upload_find(t->arena, o.db, S("old"), o.people[0], &old));
    CHECK_OK(upload_find(t->arena, o.db, S("new"), o.people[0], &new));
    for (int64_t id = 1; id <= 7; id++) { /* files of no upload too */
        CHECK_OK(upload_hold(t->arena, &o.uploads, id, &file, &t->why));
        upload_release(&file);
    }
    CHECK_OK(store_write(o.store, came, &(struct piece){new.id, 0, 5, NOW + 2 * HOUR_US}, t->arena,
                         &t->why));
    CHECK_OK(
        uploads_sweep(t->arena, o.store, o.db, &o.uploads, NOW + UPLOAD_KEPT_H * HOUR_US, &t->why));
    CHECK(is_there(t, &o, old.id) && is_there(t, &o, new.id) && !is_there(t, &o, 7));
    CHECK_OK(uploads_sweep(t->arena, o.store, o.db, &o.uploads, NOW + (UPLOAD_KEPT_H + 1) * HOUR_US,
                           &t->why));
    CHECK(!is_there(t, &o, old.id) && is_there(t, &o, new.id));
    CHECK_ERR(upload_find(t->arena, o.db, S("old"), o.people[0], &old), E_MISSING);
    CHECK_OK(upload_find(t->arena, o.db, S("new"), o.people[0], &new));
    CHECK_INT(new.got, 5);
    close_office(&o);
}
