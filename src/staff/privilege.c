#include "staff/privilege.h"

#include "base/buf.h"

enum { WORDS_MAX = 400 };

#define PRIVILEGE_WORD(word) #word,
static const char *const all_words[] = {PRIVILEGES(PRIVILEGE_WORD)};

static const char *const abouts[PRIVILEGE_COUNT] = {
    [PRIVILEGE_write] = SAY("Write, and change one’s own drafts"),
    [PRIVILEGE_edit] = SAY("Change everybody’s drafts"),
    [PRIVILEGE_publish] = SAY("Publish, schedule and withdraw"),
    [PRIVILEGE_correct] = SAY("Correct and kill what is published"),
    [PRIVILEGE_front] = SAY("Arrange the front"),
    [PRIVILEGE_breaking] = SAY("Send breaking news"),
    [PRIVILEGE_wire] = SAY("Read the wire and take copy from it"),
    [PRIVILEGE_pictures] = SAY("Take in pictures and change them"),
    [PRIVILEGE_notices] = SAY("Publish notices"),
    [PRIVILEGE_moderate] = SAY("Moderate what readers write"),
    [PRIVILEGE_settings] = SAY("Change the paper’s settings"),
    [PRIVILEGE_staff] = SAY("Invite people, give roles, suspend"),
    [PRIVILEGE_audit] = SAY("Read the log of what was done"),
};

#define EDITS                                                                                      \
    (MAY(write) | MAY(edit) | MAY(publish) | MAY(correct) | MAY(wire) | MAY(pictures) |            \
     MAY(notices))

const struct role_of_ours roles_of_ours[] = {
    {S_INIT("contributor"), SAY("Contributor"), MAY(write)},
    {S_INIT("reporter"), SAY("Reporter"), MAY(write) | MAY(wire) | MAY(pictures)},
    {S_INIT("editor"), SAY("Editor"), EDITS},
    {S_INIT("night-editor"), SAY("Night editor"), EDITS | MAY(front) | MAY(breaking)},
    {S_INIT("photo-desk"), SAY("Photo desk"), MAY(wire) | MAY(pictures)},
    {S_INIT("moderator"), SAY("Moderator"), MAY(moderate)},
    {S_INIT("publisher"), SAY("Publisher"), PRIVILEGES_ALL},
};
const size_t roles_of_ours_count = LENGTH(roles_of_ours);

const char *privilege_word(enum privilege p)
{
    return all_words[p];
}

const char *privilege_about(enum privilege p)
{
    return abouts[p];
}

privileges privilege_of(str word)
{
    for (size_t i = 0; i < PRIVILEGE_COUNT; i++)
        if (str_eq(word, str_c(all_words[i])))
            return UINT32_C(1) << i;
    return 0;
}

privileges privileges_any(str words)
{
    privileges set = 0;

    for (str word; str_cut(&words, '|', &word);) {
        if (privilege_of(word) == 0)
            return 0;
        set |= privilege_of(word);
    }
    return set;
}

str privileges_write(arena *a, privileges set)
{
    buf out = buf_new(a, WORDS_MAX);

    for (size_t i = 0; i < PRIVILEGE_COUNT; i++)
        if (set >> i & 1) {
            if (out.n > 0)
                buf_char(&out, ' ');
            buf_add(&out, str_c(all_words[i]));
        }
    return buf_str(&out);
}

privileges privileges_read(str words)
{
    privileges set = 0;

    for (str word; str_cut(&words, ' ', &word);)
        set |= privilege_of(word);
    return set;
}

const struct role_of_ours *role_of_ours(str word)
{
    for (size_t i = 0; i < roles_of_ours_count; i++)
        if (str_eq(roles_of_ours[i].word, word))
            return &roles_of_ours[i];
    return NULL;
}
