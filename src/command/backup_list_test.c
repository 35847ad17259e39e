#include "base/hash.h"
#include "base/test.h"
#include "command/backup_list.h"

static const struct backup_list full = {
    .version = S_INIT("0.1.0"),
    .schema = 29,
    .event = 7,
    .made_at = 1700000000000000,
    .database = {.size = 4096, .fingerprint = S_INIT("00112233445566778899aabbccddeeff")},
};

static str written(struct test *t, const struct backup_list *list)
{
    buf out = buf_new(t->arena, BACKUP_LIST_MAX);

    backup_list_write(&out, list);
    return buf_str(&out);
}

TEST(backup_list_reads_what_it_wrote)
{
    struct backup_list list = full, back;
    struct backup_file secret = {S("keys/push key"), 12, full.database.fingerprint, 0600};

    backup_files_add(t->arena, &list.others, secret);
    for (int i = 0; i < 200; i++)
        backup_files_add(
            t->arena, &list.media,
            (struct backup_file){.path = str_fmt(t->arena, "ab/cd/w%d.jpg", i), .size = i});
    backup_files_add(t->arena, &list.lacking,
                     (struct backup_file){.path = S("ab/ce/original.png")});
    CHECK_OK(backup_list_read(t->arena, written(t, &list), &back, &t->why));
    CHECK_INT(back.event, 7);
    CHECK_INT(back.schema, 29);
    CHECK_STR(back.database.fingerprint, full.database.fingerprint);
    CHECK_INT(back.others.n, 1);
    CHECK_STR(back.others.v[0].path, S("keys/push key"));
    CHECK_INT(back.others.v[0].mode, 0600);
    CHECK_INT(back.media.n, 200);
    CHECK_STR(back.media.v[199].path, S("ab/cd/w199.jpg"));
    CHECK_INT(back.media.v[199].size, 199);
    CHECK_INT(back.lacking.n, 1);
}

TEST(backup_list_refuses_a_manifest_that_was_cut_or_changed)
{
    str text = written(t, &full);
    struct backup_list back;

    for (size_t n = 0; n < text.n; n++)
        CHECK_ERR(backup_list_read(t->arena, str_to(text, n), &back, &t->why), E_INVALID);
    for (size_t i = 0; i < text.n; i++) {
        char *changed = str_z(t->arena, text);

        changed[i] ^= 1;
        CHECK_ERR(backup_list_read(t->arena, str_of(changed, text.n), &back, &t->why), E_INVALID);
    }
}

TEST(backup_list_takes_no_path_that_leads_elsewhere)
{
    static const char *const bad[] = {"",    "/etc/passwd", "..",   "a/../b", "a//b", "a/",
                                      "./a", "a/.",         "a\nb", "a\tb",   "a/.."};
    struct backup_list back;

    for (size_t i = 0; i < LENGTH(bad); i++) {
        struct backup_list list = full;

        CHECK(!backup_path_ok(str_c(bad[i])));
        backup_files_add(t->arena, &list.media, (struct backup_file){.path = str_c(bad[i])});
        CHECK_ERR(backup_list_read(t->arena, written(t, &list), &back, &t->why), E_INVALID);
    }
    CHECK(backup_path_ok(S("a/..b/c.d")));
}
