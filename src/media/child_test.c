/* Programs that do what ffmpeg should not. */
#include "media/child.h"

#include "base/test.h"

static const struct child_limits little = {1, 1, (size_t)1 << 30, 1000};

static err shell(struct test *t, const char *line, struct child_said *said)
{
    const char *const argv[] = {"sh", "-c", line, NULL};

    return child_run(t->arena, argv, NULL, &little, said, &t->why);
}

TEST(child_gives_what_was_said_and_how_it_ended)
{
    struct child_said said;

    CHECK_OK(shell(t, "echo yes; echo '[mov @ 0x1] no' >&2; exit 3", &said));
    CHECK_STR(said.out, S("yes\n"));
    CHECK_STR(said.complaint, S("no"));
    CHECK(!said.is_well);
}

TEST(child_is_ended_when_it_says_too_much_or_stays_and_says_nothing)
{
    struct child_said said;

    CHECK_ERR(shell(t, "while :; do echo more and more; done", &said), E_LIMIT);
    CHECK_ERR(shell(t, "exec sleep 1000", &said), E_LIMIT);
    CHECK_ERR(shell(t, "exec >&- 2>&- sleep 1000", &said), E_LIMIT); /* both pipes end at once */
}
