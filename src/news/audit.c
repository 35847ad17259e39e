#include "news/audit.h"

#include "base/utf8.h"
#include "store/sql.h"

enum { VALUE_MAX = 1000, LABEL_MAX = 300, WORDS_MAX = 4096 };

#define AUDIT_WORD(word, subject) {#word, #subject},
static const struct {
    const char *word, *subject;
} acts[] = {AUDIT_ACTS(AUDIT_WORD)};

static const char *const abouts[AUDIT_ACT_COUNT] = {
    [AUDIT_signed_in] = SAY("Signed in"),
    [AUDIT_sign_in_failed] = SAY("Gave a wrong password"),
    [AUDIT_second_failed] = SAY("Gave a wrong code"),
    [AUDIT_code_used] = SAY("Used a recovery code"),
    [AUDIT_proved] = SAY("Gave the password again"),
    [AUDIT_signed_out] = SAY("Signed out"),
    [AUDIT_sessions_ended] = SAY("Ended sessions"),
    [AUDIT_invited] = SAY("Invited"),
    [AUDIT_joined] = SAY("Joined"),
    [AUDIT_link_made] = SAY("Made a one-time link"),
    [AUDIT_renamed] = SAY("Changed a name"),
    [AUDIT_role_given] = SAY("Gave a role"),
    [AUDIT_suspended] = SAY("Suspended"),
    [AUDIT_restored] = SAY("Restored"),
    [AUDIT_password_set] = SAY("Set a password"),
    [AUDIT_second_set] = SAY("Set up a second factor"),
    [AUDIT_second_dropped] = SAY("Took the second factor away"),
    [AUDIT_codes_made] = SAY("Made recovery codes"),
    [AUDIT_passkey_added] = SAY("Added a passkey"),
    [AUDIT_passkey_dropped] = SAY("Took a passkey away"),
    [AUDIT_passkey_failed] = SAY("Used a passkey that does not hold"),
    [AUDIT_role_made] = SAY("Made a role"),
    [AUDIT_role_changed] = SAY("Changed a role"),
    [AUDIT_role_dropped] = SAY("Took a role away"),
    [AUDIT_story_made] = SAY("Began a story"),
    [AUDIT_story_named] = SAY("Kept a version of a story under a name"),
    [AUDIT_story_restored] = SAY("Went back to what a story said before"),
    [AUDIT_story_updated] = SAY("Updated a story"),
    [AUDIT_story_published] = SAY("Published a story"),
    [AUDIT_story_unscheduled] = SAY("Took a story off the schedule"),
    [AUDIT_story_ended] = SAY("Set when a story is taken down"),
    [AUDIT_story_withdrawn] = SAY("Withdrew a story"),
    [AUDIT_story_killed] = SAY("Killed a story"),
    [AUDIT_story_corrected] = SAY("Corrected a story"),
    [AUDIT_story_merged] = SAY("Put newer copy into a story"),
    [AUDIT_story_left] = SAY("Left newer copy out of a story"),
    [AUDIT_story_planned] = SAY("Planned a story"),
    [AUDIT_story_noted] = SAY("Wrote a note on a story"),
    [AUDIT_note_settled] = SAY("Settled a note on a story"),
    [AUDIT_note_reopened] = SAY("Opened a note on a story again"),
    [AUDIT_preview_made] = SAY("Made a link to a preview"),
    [AUDIT_preview_revoked] = SAY("Revoked a link to a preview"),
    [AUDIT_story_labelled] = SAY("Labelled a story"),
    [AUDIT_entry_written] = SAY("Wrote an entry of a running story"),
    [AUDIT_entry_published] = SAY("Published an entry of a running story"),
    [AUDIT_entry_withdrawn] = SAY("Withdrew an entry of a running story"),
    [AUDIT_entry_promoted] = SAY("Made a story of an entry"),
    [AUDIT_alarms_noted] = SAY("Took note of alarms"),
    [AUDIT_coverage_moved] = SAY("Changed how a story is covered"),
    [AUDIT_picture_taken] = SAY("Took a picture in"),
    [AUDIT_picture_changed] = SAY("Changed a picture"),
    [AUDIT_item_taken] = SAY("Took copy from the wire"),
    [AUDIT_item_spiked] = SAY("Spiked copy"),
    [AUDIT_item_unspiked] = SAY("Took copy off the spike"),
    [AUDIT_item_published] = SAY("Published copy as it came"),
    [AUDIT_item_came] = SAY("Copy came in"),
    [AUDIT_item_newer] = SAY("Newer copy came in"),
    [AUDIT_item_killed] = SAY("The agency killed copy"),
    [AUDIT_item_withheld] = SAY("The agency asks not to use copy for now"),
    [AUDIT_quarantine_replayed] = SAY("Took a file in again"),
    [AUDIT_quarantine_dropped] = SAY("Dropped what could not be read"),
    [AUDIT_breaking_told] = SAY("Told breaking news"),
    [AUDIT_breaking_changed] = SAY("Changed breaking news"),
    [AUDIT_breaking_ended] = SAY("Took breaking news back"),
    [AUDIT_notice_published] = SAY("Published a notice"),
    [AUDIT_notice_changed] = SAY("Changed a notice"),
    [AUDIT_notice_withdrawn] = SAY("Withdrew a notice"),
    [AUDIT_notice_killed] = SAY("Killed a notice"),
    [AUDIT_front_changed] = SAY("Changed a front"),
    [AUDIT_front_launched] = SAY("Launched a front"),
    [AUDIT_front_dropped] = SAY("Dropped the draft of a front"),
    [AUDIT_section_changed] = SAY("Changed a section"),
    [AUDIT_menu_changed] = SAY("Changed the menu or the foot"),
    [AUDIT_page_changed] = SAY("Changed a page of information"),
    [AUDIT_subject_changed] = SAY("Changed a topic, an author or a place"),
    [AUDIT_webhook_added] = SAY("Set up a webhook"),
    [AUDIT_webhook_changed] = SAY("Changed a webhook"),
    [AUDIT_webhook_removed] = SAY("Took a webhook away"),
    [AUDIT_webhook_replayed] = SAY("Told a webhook again"),
    [AUDIT_setting_changed] = SAY("Changed a setting"),
};

const char *audit_word(enum audit_act act)
{
    return acts[act].word;
}

const char *audit_about(enum audit_act act)
{
    return abouts[act];
}

const char *audit_subject(enum audit_act act)
{
    return acts[act].subject;
}

enum audit_act audit_act_of(str word)
{
    for (size_t i = 0; i < AUDIT_ACT_COUNT; i++)
        if (str_eq(word, str_c(acts[i].word)))
            return (enum audit_act)i;
    return AUDIT_ACT_COUNT;
}

str audit_line(arena *a, str lines, const char *field, str value)
{
    str one = utf8_to(str_squeeze(a, utf8_clean(a, value)), VALUE_MAX);

    if (one.n == 0)
        return lines;
    return str_fmt(a, "%.*s%s: %.*s\n", STR(lines), field, STR(one));
}

err audit_add(store_conn *w, int64_t at, const struct actor *by, const struct deed *d, note *why)
{
    struct sql_audit_add_in row = {
        .at = at,
        .staff = by->staff,
        .has_staff = by->staff != 0,
        .who = by->who,
        .act = str_c(audit_word(d->act)),
        .subject = d->subject,
        .label = utf8_to(d->label, LABEL_MAX),
        .address = by->address,
        .agent = by->agent,
        .was = d->was,
        .is_now = d->is,
    };
    err e = sql_audit_add(w, &row, NULL);

    return e == OK ? OK : fail(why, e, "could not write the audit log: %s", store_why(w));
}

/* The acts whose subject is a story: " story_made story_named ". */
static str acts_on_stories(arena *a)
{
    buf out = buf_new(a, WORDS_MAX);

    buf_char(&out, ' ');
    for (size_t i = 0; i < AUDIT_ACT_COUNT; i++)
        if (strcmp(acts[i].subject, "story") == 0)
            buf_fmt(&out, "%s ", acts[i].word);
    return buf_str(&out);
}

err audit_read(arena *a, store_conn *db, const struct audit_filter *f, int64_t many,
               struct audit_entry **out, size_t *n)
{
    struct sql_audit_page_rows rows;

    TRY(sql_audit_page(a, db,
                       &(struct sql_audit_page_in){.before = f->before,
                                                   .staff = f->staff,
                                                   .machine = f->machine,
                                                   .act = f->act,
                                                   .story = f->story,
                                                   .acts = acts_on_stories(a),
                                                   .from_at = f->from_at,
                                                   .until_at = f->until,
                                                   .many = many},
                       &rows));

    struct audit_entry *v = arena_many(a, struct audit_entry, rows.n);

    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_audit_page *r = &rows.v[i];

        v[i] = (struct audit_entry){.id = r->deed,
                                    .at = r->at,
                                    .staff = r->has_staff ? r->staff : 0,
                                    .subject = r->subject,
                                    .who = r->who,
                                    .act = r->act,
                                    .label = r->label,
                                    .address = r->address,
                                    .agent = r->agent,
                                    .was = r->was,
                                    .is = r->is_now};
    }
    *out = v;
    *n = rows.n;
    return OK;
}
