#include "media/library.h"

#include "base/test.h"
#include "media/keep.h"
#include "media/maker.h"
#include "media/srcset.h"
#include "media/test_pictures.h"
#include "store/event.h"
#include "store/sql.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* A paper with pictures. */
struct desk {
    const char *folder;
    struct media_library library;
    store *store;
    store_conn *conn;
};

static struct desk open_desk(struct test *t)
{
    struct desk d = {.folder = test_folder(t)};

    CHECK_OK(media_library_open(t->arena, d.folder, &d.library, &t->why));
    CHECK_OK(store_open(d.folder, NULL, &d.store, &t->why));
    CHECK_OK(store_conn_open(d.store, &d.conn, &t->why));
    return d;
}

static void close_desk(struct desk *d)
{
    store_conn_close(&d->conn);
    store_close(&d->store);
}

static struct media_taken take(struct test *t, struct desk *d, struct test_picture p)
{
    struct media_taken taken;

    CHECK_OK(media_take(t->arena, &d->library, test_picture(t, p), &taken, &t->why));
    return taken;
}

struct entry {
    const struct media_taken *taken;
    int64_t id;
};

static err enter_one(arena *a, store_conn *w, void *of, note *why)
{
    struct entry *e = of;

    return media_add(a, w, e->taken, &e->id, why);
}

static int64_t enter(struct test *t, struct desk *d, const struct media_taken *taken)
{
    struct entry e = {.taken = taken};

    CHECK_OK(store_write(d->store, enter_one, &e, t->arena, &t->why));
    return e.id;
}

static struct media find(struct test *t, struct desk *d, int64_t id)
{
    struct media m;

    CHECK_OK(media_find(t->arena, d->conn, id, &m));
    return m;
}

static int count_events(struct test *t, struct desk *d, enum event_kind kind, int64_t id)
{
    struct event *events;
    size_t n;
    int found = 0;

    CHECK_OK(events_after(t->arena, d->conn, 0, 1000, &events, &n));
    for (size_t i = 0; i < n; i++)
        if (events[i].kind == kind && events[i].subject == id) {
            CHECK(tag_set_has(&events[i].tags, tag_of(TAG_media, id)));
            found++;
        }
    return found;
}

/* --- widths --- */

TEST(media_widths_are_those_that_the_picture_has)
{
    static const struct {
        int width, height, n, last, first;
    } cases[] = {
        {4000, 3000, 7, 2000, 1280}, {1280, 720, 5, 1280, 1280}, {630, 400, 3, 630, 630},
        {500, 400, 2, 480, 480},     {200, 100, 1, 200, 200},    {1, 1, 1, 1, 1},
        {1900, 900, 7, 1900, 1280},  {600, 30000, 1, 320, 320},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct media_widths w = media_widths(cases[i].width, cases[i].height);

        CHECK_INT(w.n, cases[i].n);
        CHECK_INT(w.v[w.n - 1], cases[i].last);
        CHECK_INT(w.first, cases[i].first);
    }
}

TEST(media_bits_are_all_different_and_make_up_all_bits)
{
    struct media_widths w = media_widths(4000, 3000);
    int64_t all = 0;

    for (int i = 0; i < w.n; i++)
        for (int f = 0; f < PICTURE_FORMATS; f++) {
            int64_t bit = media_bit(&w, w.v[i], (enum picture_format)f);

            CHECK(bit != 0 && (all & bit) == 0);
            all |= bit;
        }
    CHECK_INT(all, media_all_bits(&w));
    CHECK_INT(media_bit(&w, 777, PICTURE_JPEG), 0);
}

/* --- files --- */

TEST(media_take_keeps_the_original_and_makes_one_jpeg)
{
    struct desk d = open_desk(t);
    struct test_picture p = {.width = 700, .height = 500, .suffix = ".png"};
    str bytes = test_picture(t, p), kept;
    struct media_taken taken;

    CHECK_OK(media_take(t->arena, &d.library, bytes, &taken, &t->why));
    CHECK_OK(keep_read(t->arena,
                       media_original_path(t->arena, &d.library, taken.fingerprint, S("png")),
                       bytes.n, &kept, &t->why));
    CHECK_STR(kept, bytes);

    struct media_widths w = media_widths(700, 500);

    CHECK_INT(taken.ready, media_bit(&w, 640, PICTURE_JPEG));
    CHECK(access(media_path(t->arena, &d.library, taken.fingerprint, 640, PICTURE_JPEG), R_OK) ==
          0);
    close_desk(&d);
}

TEST(media_take_gives_the_same_picture_the_same_name)
{
    struct desk d = open_desk(t);
    struct test_picture p = {.width = 330, .height = 200, .suffix = ".jpg"};
    struct media_taken one = take(t, &d, p), two = take(t, &d, p);

    CHECK_STR(one.fingerprint, two.fingerprint);
    CHECK_INT(one.ready, two.ready);
    p.plain = 0x102030;
    two = take(t, &d, p);
    CHECK(!str_eq(one.fingerprint, two.fingerprint));
    close_desk(&d);
}

TEST(media_take_mends_an_original_that_a_crash_left_without_its_jpeg)
{
    struct desk d = open_desk(t);
    struct test_picture p = {.width = 330, .height = 200, .suffix = ".jpg"};
    struct media_taken one = take(t, &d, p);
    const char *first = media_path(t->arena, &d.library, one.fingerprint, 320, PICTURE_JPEG);

    CHECK_INT(unlink(first), 0);
    CHECK_INT(take(t, &d, p).ready, one.ready);
    CHECK_INT(access(first, R_OK), 0);
    close_desk(&d);
}

TEST(media_take_keeps_nothing_of_what_it_refuses)
{
    struct desk d = open_desk(t);
    struct media_taken taken;
    str svg = S("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");

    CHECK_ERR(media_take(t->arena, &d.library, svg, &taken, &t->why), E_INVALID);
    CHECK_INT(rmdir(d.library.folder), 0); /* it is empty */
    close_desk(&d);
}

/* --- the store --- */

TEST(media_add_enters_a_picture_once_with_its_words)
{
    struct desk d = open_desk(t);
    struct test_picture p = {
        .width = 400,
        .height = 300,
        .suffix = ".jpg",
        .metadata.xmp = S("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf="
                          "'http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description"
                          " xmlns:ps='http://ns.adobe.com/photoshop/1.0/' ps:Credit='F'"
                          " ps:Headline='&lt;b>Tide'/></rdf:RDF></x:xmpmeta>"),
    };
    struct media_taken taken = take(t, &d, p);
    int64_t id = enter(t, &d, &taken);
    struct media m = find(t, &d, id);

    CHECK_INT(enter(t, &d, &taken), id);
    CHECK_INT(count_events(t, &d, EVENT_media_received, id), 1);
    CHECK_STR(m.fingerprint, taken.fingerprint);
    CHECK_STR(m.words.credit, S("F"));
    CHECK_STR(m.words.headline, S("<b>Tide"));
    CHECK_INT(m.width, 400);
    CHECK_INT(m.state, MEDIA_WAITING);
    CHECK_INT(m.colour.n, 7);
    CHECK_ERR(media_find(t->arena, d.conn, id + 1, &m), E_MISSING);
    close_desk(&d);
}

TEST(media_find_tags_the_page_that_asks)
{
    struct desk d = open_desk(t);
    struct test_picture p = {.width = 20, .height = 20, .suffix = ".png"};
    struct media_taken taken = take(t, &d, p);
    int64_t id = enter(t, &d, &taken);
    struct tag_set tags = tag_set_new(t->arena);

    store_tags_begin(d.conn, &tags);
    find(t, &d, id);
    store_tags_end(d.conn);
    CHECK(tag_set_has(&tags, tag_of(TAG_media, id)));
    close_desk(&d);
}

TEST(media_file_for_gives_a_jpeg_until_the_rendition_is_there)
{
    struct desk d = open_desk(t);
    struct test_picture p = {.width = 700, .height = 500, .suffix = ".png"};
    struct media_taken taken = take(t, &d, p);
    struct media m = find(t, &d, enter(t, &d, &taken));
    struct media_file file;

    CHECK_OK(media_file_for(t->arena, &d.library, &m, 640, PICTURE_JPEG, &file));
    CHECK(file.as_asked);
    CHECK_OK(media_file_for(t->arena, &d.library, &m, 320, PICTURE_AVIF, &file));
    CHECK(!file.as_asked);
    CHECK_STR(str_c(file.type), S("image/jpeg"));
    CHECK(str_ends(str_c(file.path), S("/w640.jpg")));
    CHECK_ERR(media_file_for(t->arena, &d.library, &m, 960, PICTURE_JPEG, &file), E_MISSING);
    CHECK_ERR(media_file_for(t->arena, &d.library, &m, 0, PICTURE_JPEG, &file), E_MISSING);
    CHECK_ERR(media_file_for(t->arena, &d.library, &m, -640, PICTURE_JPEG, &file), E_MISSING);
    close_desk(&d);
}

/* --- the maker --- */

TEST(media_maker_makes_every_width_and_says_so)
{
    struct desk d = open_desk(t);
    struct test_picture p = {.width = 700, .height = 500, .suffix = ".jpg"};
    struct media_taken taken = take(t, &d, p);
    int64_t id = enter(t, &d, &taken);
    struct media_widths w = media_widths(700, 500);
    struct media_maker *maker;

    CHECK_OK(media_maker_start(&d.library, d.store, &maker, &t->why));
    media_maker_finish(maker);
    media_maker_add(maker, id); /* once more does no harm */
    media_maker_finish(maker);
    media_maker_stop(&maker);

    struct media m = find(t, &d, id);

    CHECK_INT(m.ready, media_all_bits(&w));
    CHECK_INT(m.state, MEDIA_MADE);
    CHECK_INT(media_on_disk(t->arena, &d.library, m.fingerprint, &w), m.ready);
    CHECK_INT(count_events(t, &d, EVENT_media_ready, id), 2);

    struct media_ids left;

    CHECK_OK(media_waiting(t->arena, d.conn, &left));
    CHECK_INT(left.n, 0);
    close_desk(&d);
}

TEST(media_maker_takes_up_what_was_left_and_what_comes)
{
    struct desk d = open_desk(t);
    struct test_picture p = {.width = 40, .height = 30, .suffix = ".png"};
    struct media_taken taken = take(t, &d, p);
    int64_t before = enter(t, &d, &taken), later;
    struct media_maker *maker;

    CHECK_OK(media_maker_start(&d.library, d.store, &maker, &t->why));
    p.plain = 0x445566;
    taken = take(t, &d, p);
    later = enter(t, &d, &taken);
    media_maker_add(maker, later);
    media_maker_finish(maker);
    media_maker_stop(&maker);
    CHECK_INT(find(t, &d, before).state, MEDIA_MADE);
    CHECK_INT(find(t, &d, later).state, MEDIA_MADE);
    CHECK(maker == NULL);
    close_desk(&d);
}

TEST(media_maker_marks_a_picture_that_cannot_be_made_and_goes_on)
{
    struct desk d = open_desk(t);
    struct test_picture p = {.width = 400, .height = 300, .suffix = ".png"};
    struct media_taken taken = take(t, &d, p);
    int64_t bad = enter(t, &d, &taken), good;
    const char *original = media_original_path(t->arena, &d.library, taken.fingerprint, S("png"));
    struct media_maker *maker;
    str bytes;

    CHECK_OK(keep_read(t->arena, original, PICTURE_BYTES_MAX, &bytes, &t->why));
    CHECK_OK(keep_file(t->arena, original, str_to(bytes, bytes.n / 3), &t->why));
    p.plain = 0x445566;
    taken = take(t, &d, p);
    good = enter(t, &d, &taken);
    CHECK_OK(media_maker_start(&d.library, d.store, &maker, &t->why));
    media_maker_finish(maker);
    media_maker_stop(&maker);

    struct media m = find(t, &d, bad);
    struct media_file file;

    CHECK_INT(m.state, MEDIA_FAILED);
    CHECK_INT(count_events(t, &d, EVENT_media_failed, bad), 1);
    CHECK_OK(media_file_for(t->arena, &d.library, &m, 320, PICTURE_JPEG, &file));
    CHECK_INT(find(t, &d, good).state, MEDIA_MADE);
    close_desk(&d);
}

/* --- crops --- */

struct cropping {
    int64_t id;
    struct crop crop;
};

static err set_crop(arena *a, store_conn *w, void *of, note *why)
{
    const struct cropping *c = of;

    return media_crop_set(a, w, c->id, SHAPE_SQUARE, &c->crop, why);
}

static err note_made(arena *a, store_conn *w, void *of, note *why)
{
    return media_ready_add(a, w, of, why);
}

static void make_all(struct test *t, struct desk *d)
{
    struct media_maker *maker;

    CHECK_OK(media_maker_start(&d->library, d->store, &maker, &t->why));
    media_maker_finish(maker);
    media_maker_stop(&maker);
}

TEST(media_maker_makes_what_is_cropped_and_drops_what_was)
{
    struct desk d = open_desk(t);
    struct test_picture p = {.width = 900, .height = 600, .suffix = ".jpg", .orientation = 6};
    struct media_taken taken = take(t, &d, p);
    struct cropping c = {enter(t, &d, &taken), {0, 0, 1000, 600}};
    struct crop first = c.crop;
    struct media_file file;

    CHECK_OK(store_write(d.store, set_crop, &c, t->arena, &t->why));

    struct media m = find(t, &d, c.id); /* 600 by 900 as it is seen */
    struct media_ids left;

    CHECK_INT(m.state, MEDIA_WAITING);
    CHECK(!media_has_crop(&m, SHAPE_SQUARE));
    CHECK_ERR(
        media_crop_file(t->arena, &d.library, &m, SHAPE_SQUARE, &c.crop, 480, PICTURE_JPEG, &file),
        E_MISSING);
    make_all(t, &d);
    m = find(t, &d, c.id);
    CHECK_INT(m.state, MEDIA_MADE);
    CHECK(media_has_crop(&m, SHAPE_SQUARE) && !media_has_crop(&m, SHAPE_WIDE));
    CHECK_OK(
        media_crop_file(t->arena, &d.library, &m, SHAPE_SQUARE, &c.crop, 480, PICTURE_WEBP, &file));

    struct media_sources s = media_crop_sources(t->arena, &m, SHAPE_SQUARE);
    struct picture_facts facts;
    str bytes;

    CHECK_INT(s.n, 2);
    CHECK_STR(s.srcset, S("/media/1/square-0-0-1000-600/320.jpg 320w, "
                          "/media/1/square-0-0-1000-600/480.jpg 480w, "
                          "/media/1/square-0-0-1000-600/540.jpg 540w"));
    CHECK_OK(keep_read(t->arena, file.path, PICTURE_BYTES_MAX, &bytes, &t->why));
    CHECK_OK(picture_look(t->arena, bytes, &facts, &t->why));
    CHECK_INT(facts.width, 480);
    CHECK_INT(facts.height, 480);

    c.crop = (struct crop){100, 300, 800, 600};
    CHECK_OK(store_write(d.store, set_crop, &c, t->arena, &t->why));
    make_all(t, &d);
    CHECK(access(file.path, F_OK) != 0);
    m = find(t, &d, c.id);
    CHECK_ERR(
        media_crop_file(t->arena, &d.library, &m, SHAPE_SQUARE, &first, 480, PICTURE_JPEG, &file),
        E_GONE);
    CHECK_STR(media_crop_moved(t->arena, &m, SHAPE_SQUARE, 400),
              S("/media/1/square-100-300-800-600/320.jpg"));
    CHECK_OK(media_waiting(t->arena, d.conn, &left));
    CHECK_INT(left.n, 0);
    close_desk(&d);
}

TEST(media_ready_add_counts_nothing_of_a_crop_of_another_day)
{
    struct desk d = open_desk(t);
    struct test_picture p = {.width = 400, .height = 400, .suffix = ".png"};
    struct media_taken taken = take(t, &d, p);
    struct cropping c = {enter(t, &d, &taken), {0, 0, 1000, 1000}};
    struct media_made made = {
        .id = c.id, .state = MEDIA_MADE, .crops = {[SHAPE_SQUARE] = {{0, 0, 900, 900}, 7}}};

    CHECK_OK(store_write(d.store, set_crop, &c, t->arena, &t->why));
    CHECK_OK(store_write(d.store, note_made, &made, t->arena, &t->why));

    struct media m = find(t, &d, c.id);

    CHECK_INT(m.crops[SHAPE_SQUARE].ready, 0);
    CHECK_INT(m.state, MEDIA_WAITING);
    made.crops[SHAPE_SQUARE].at = c.crop;
    CHECK_OK(store_write(d.store, note_made, &made, t->arena, &t->why));
    m = find(t, &d, c.id);
    CHECK_INT(m.crops[SHAPE_SQUARE].ready, 7);
    CHECK_INT(m.state, MEDIA_MADE);
    close_desk(&d);
}

/* --- for the page --- */

TEST(media_sources_lists_only_what_is_ready)
{
    struct media_widths w = media_widths(1000, 500);
    struct media m = {.id = 7, .width = 1000, .height = 500, .colour = S("#102030")};
    struct media_sources s;

    m.ready = media_bit(&w, 960, PICTURE_JPEG);
    s = media_sources(t->arena, &m);
    CHECK_INT(s.n, 0);
    CHECK_STR(s.src, S("/media/7/960.jpg"));
    CHECK_STR(s.srcset, S("/media/7/960.jpg 960w"));
    m.ready |= media_bit(&w, 320, PICTURE_WEBP) | media_bit(&w, 640, PICTURE_WEBP) |
               media_bit(&w, 320, PICTURE_AVIF) | media_bit(&w, 320, PICTURE_JPEG);
    s = media_sources(t->arena, &m);
    CHECK_INT(s.n, 2);
    CHECK_STR(str_c(s.v[0].type), S("image/avif"));
    CHECK_STR(s.v[0].srcset, S("/media/7/320.avif 320w"));
    CHECK_STR(s.v[1].srcset, S("/media/7/320.webp 320w, /media/7/640.webp 640w"));
    CHECK_STR(s.srcset, S("/media/7/320.jpg 320w, /media/7/960.jpg 960w"));
    CHECK_STR(s.src, S("/media/7/960.jpg"));
    CHECK_INT(s.width, 1000);
    CHECK_INT(s.height, 500);
}

static const char *half_written(struct test *t, struct desk *d, const char *name, pid_t writer)
{
    const char *path =
        str_z(t->arena, str_fmt(t->arena, "%s/%s.%d-1.part", d->library.folder, name, (int)writer));
    FILE *f = fopen(path, "w");

    CHECK(f != NULL && fclose(f) == 0);
    return path;
}

TEST(media_sweep_takes_what_a_crash_left_and_nothing_else)
{
    struct desk d = open_desk(t);
    pid_t gone = fork();

    if (gone == 0)
        _exit(0);
    CHECK(waitpid(gone, NULL, 0) == gone);

    const char *left = half_written(t, &d, "w640.webp", gone);
    const char *in_hand = half_written(t, &d, "w640.jpg", getpid());

    CHECK_INT((int)keep_sweep(d.library.folder), 1);
    CHECK(access(left, F_OK) != 0);
    CHECK(access(in_hand, F_OK) == 0);
    close_desk(&d);
}

TEST(media_take_leaves_the_poster_of_a_film_on_disk_alone)
{
    struct desk d = open_desk(t);
    str film = test_file(t, "sample/films/storm-hesper.webm");
    struct media_taken taken;
    size_t before = arena_used(t->arena);
    err e = media_take(t->arena, &d.library, film, &taken, &t->why);

    if (e != E_MISSING) { /* ffmpeg may be */
        CHECK_OK(e);
        CHECK_INT(taken.facts.width, 640);
        CHECK(arena_used(t->arena) - before < 16 << 10);
    }
    close_desk(&d);
}
