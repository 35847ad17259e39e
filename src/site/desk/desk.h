/*
 * desk.h - the newsroom's pages: who is let in, what they begin and end with, and their handlers
 * (routes.c says which is which).
 *
 * Nothing of it is ever kept by anybody.  A form is taken only from a page of ours (http/origin.h)
 * and with its token; what a script sends (JSON, bytes of a picture) has the token of the page,
 * <meta name="desk-token">, in a header of its own, X-Desk-Token.
 */
#ifndef SITE_DESK_DESK_H
#define SITE_DESK_DESK_H

#include "news/paper.h"
#include "site/desk/views.h"
#include "site/public/parts.h"
#include "site/show.h"
#include "site/visit.h"

/* Before the handler: who asks, may they?  Sets rq->reply where they must sign in, or give their
 * password again, first.  E_DENIED: they may not. */
err desk_admit(struct request *rq);

/* Is this an address of the newsroom? */
bool desk_is(const struct request *rq);

/* Can nobody on the way read what is sent: by TLS, or from this very machine? */
bool desk_is_safe(const struct request *rq);

/* Bad news, on a page of the newsroom. */
err desk_error_page(struct request *rq, int status);

/* --- for handlers --- */

struct desk_visit *desk_visit(struct request *rq);

/* A field of the form, with no white space around it. */
str desk_field(struct request *rq, const char *name);

/* Do something as whoever asks, in a store_write() job; when it returns, every kept page that shows
 * what it changed is dropped. */
typedef err desk_act(struct staff_work *k, void *of, note *why);
err desk_do(struct request *rq, desk_act *act, void *of);

/* What a page begins with, after all is written. */
struct desk_page {
    struct request *rq;
    struct reading r;
    struct paper paper;
    struct parts parts;
    struct view_desk *head;
    int64_t took_ms; /* what was just done; 0: nothing, or it does not matter */
};
err desk_begin(struct request *rq, struct desk_page *p);

/* Draw it.  `title` in English, to be said. */
err desk_reply(struct desk_page *p, int status, enum template template, const char *title,
               const void *view);

/* A sentence of bad news over the form, in English, to be said. */
void desk_wrong(struct desk_page *p, const char *sentence);

/* To another page of the newsroom, which says this once that something is done (a word of draw.c,
 * or NULL), and how long that took (ms; 0: it does not say).  The word goes by a cookie, so that no
 * link from elsewhere makes a page say it. */
err desk_go(struct request *rq, str path, const char *done);
err desk_go_took(struct request *rq, str path, const char *done, int64_t ms);

/* A path below /desk that may be gone to; else "/desk". */
str desk_path_read(str typed);

/* The number in the address; E_MISSING: it is none. */
err desk_id(struct request *rq, int64_t *id);

/* Where somebody is signed in. */
err desk_sessions(const struct desk_page *p, int64_t staff, const struct view_desk_session **out,
                  size_t *n);

/* What these privileges let one do, each in words. */
void desk_privileges(const struct desk_page *p, privileges may, const struct view_str **out,
                     size_t *n);

/* A moment as it is shown; NULL for 0. */
const struct view_when *desk_when(const struct desk_page *p, int64_t at);

/* A field of the query, trimmed, at most `most` bytes; empty: there is none. */
str desk_query(struct request *rq, str name, size_t most);

/* An address with those of these that are not empty as its query. */
struct desk_word {
    const char *name;
    str value;
};
str desk_address(struct request *rq, const char *path, const struct desk_word *words, size_t n);

/* What a story is, as the desk calls it; in the order of its form. */
struct desk_type {
    const char *word, *name; /* name: to be said */
};
enum { DESK_TYPES = 6 };
extern const struct desk_type desk_types[DESK_TYPES];

/* A story's headline as the desk lists it. */
str desk_headline(const struct desk_page *p, str headline);

/* A public state as the desk calls it. */
str desk_state_name(const struct desk_page *p, enum public_state state);

/* What readers will get next, at most `many` of `all`. */
err desk_next(const struct desk_page *p, int64_t many, const struct view_desk_story_line **out,
              size_t *n, int64_t *all);

/* Words in the paper's language. */
str desk_say(const struct desk_page *p, const char *english);
str desk_role_name(const struct desk_page *p, str word);
str desk_device_name(const struct desk_page *p, str agent);

/* The cookies of whoever has just come in. */
err desk_let_in(struct request *rq, const struct arrival *in);
void desk_cookie(struct request *rq, const char *name, str value, int max_age_s);
bool desk_cookie_of(struct request *rq, const char *name, str *value);

/* "https://host" as asked. */
str desk_asked_at(struct request *rq);

/* Look a new password over and hash it; *fault is a sentence when it will not do. */
err desk_new_password(struct request *rq, str password, str name, str email, const char **fault,
                      str *kept);

/* Can whoever asks use a passkey here: to sign in, or (half in, or in) one of their own? */
err desk_may_use_passkey(struct request *rq, bool *may);

/* Recovery codes that were just made: shown this once. */
err desk_show_codes(struct request *rq, const str codes[STAFF_CODES]);
/* The pages of settings, for a menu of their own. */
void desk_settings_menu(const struct desk_page *p, const struct view_menu **out, size_t *n);

/* A body as readers get it, for a preview. */
struct body;
struct html desk_body(const struct desk_page *p, const struct body *body);

/* --- the handlers --- */

/* Bytes of a form with pictures in it; more come in pieces (upload.c). */
enum { PICTURES_FORM_MAX = 32 << 20, PICTURE_FORM_MAX = 128 << 10 };

err desk_home(struct request *rq);
err desk_sign_in(struct request *rq);
err desk_sign_in_post(struct request *rq);
err desk_second(struct request *rq);
err desk_second_post(struct request *rq);
err desk_sign_out(struct request *rq);
err desk_prove(struct request *rq);
err desk_prove_post(struct request *rq);
err desk_welcome(struct request *rq);
err desk_welcome_post(struct request *rq);
err desk_account(struct request *rq);
err desk_account_post(struct request *rq);
err desk_password(struct request *rq);
err desk_password_post(struct request *rq);
err desk_totp(struct request *rq);
err desk_totp_post(struct request *rq);
err desk_totp_picture(struct request *rq);
err desk_passkey_options(struct request *rq);
err desk_passkey_sign_in(struct request *rq);
err desk_passkey_second(struct request *rq);
err desk_passkey_prove(struct request *rq);
err desk_passkeys(struct request *rq);
err desk_passkeys_post(struct request *rq);
err desk_stories(struct request *rq);
err desk_stories_post(struct request *rq);
err desk_edit(struct request *rq);
err desk_copy(struct request *rq);
err desk_copy_post(struct request *rq);
err desk_newer_post(struct request *rq);
err desk_revisions(struct request *rq);
err desk_revision(struct request *rq);
err desk_compare(struct request *rq);
err desk_restore_post(struct request *rq);
err desk_checklist(struct request *rq);
err desk_stories_list(struct request *rq);
err desk_topics(struct request *rq);
err desk_people_list(struct request *rq);
err desk_places_list(struct request *rq);
err desk_story(struct request *rq);
err desk_story_post(struct request *rq);
err desk_live(struct request *rq);
err desk_live_entry(struct request *rq);
err desk_live_post(struct request *rq);
err desk_correct_post(struct request *rq);
err desk_kill_page(struct request *rq);
err desk_kill_post(struct request *rq);
err desk_preview(struct request *rq);
err desk_look(struct request *rq);
err desk_links_post(struct request *rq);
err desk_notes(struct request *rq);
err desk_notes_post(struct request *rq);
err desk_plan_post(struct request *rq);
err desk_move_post(struct request *rq);
err desk_board(struct request *rq);
err desk_calendar(struct request *rq);
err desk_board_post(struct request *rq);
err desk_alarms_post(struct request *rq);
err shared_preview(struct request *rq);
err shared_media(struct request *rq);
err shared_film(struct request *rq);
err shared_captions(struct request *rq);
err desk_wire(struct request *rq);
err desk_wire_new(struct request *rq);
err desk_wire_item(struct request *rq);
err desk_wire_item_post(struct request *rq);
err desk_quarantine(struct request *rq);
err desk_quarantined(struct request *rq);
err desk_quarantined_post(struct request *rq);
err desk_raw(struct request *rq);
err desk_front(struct request *rq);
err desk_front_post(struct request *rq);
err desk_front_place(struct request *rq);
err desk_front_preview(struct request *rq);
err desk_front_drawn(struct request *rq);
err desk_pictures(struct request *rq);
err desk_pictures_post(struct request *rq);
err desk_picture(struct request *rq);
err desk_picture_post(struct request *rq);
err desk_crop_post(struct request *rq);
err desk_pictures_list(struct request *rq);
err desk_upload(struct request *rq);
err desk_upload_post(struct request *rq);
err desk_upload_piece_post(struct request *rq);
err desk_media(struct request *rq);
err desk_film(struct request *rq);
err desk_settings(struct request *rq);
err desk_settings_post(struct request *rq);
err desk_sections(struct request *rq);
err desk_section(struct request *rq);
err desk_section_post(struct request *rq);
err desk_menus(struct request *rq);
err desk_menus_post(struct request *rq);
err desk_pages(struct request *rq);
err desk_page_edit(struct request *rq);
err desk_page_post(struct request *rq);
err desk_subjects(struct request *rq);
err desk_subject(struct request *rq);
err desk_subject_post(struct request *rq);
err desk_breaking(struct request *rq);
err desk_breaking_post(struct request *rq);
err desk_notices(struct request *rq);
err desk_notice(struct request *rq);
err desk_notice_post(struct request *rq);
err desk_webhooks(struct request *rq);
err desk_webhook(struct request *rq);
err desk_webhook_post(struct request *rq);
err desk_staff(struct request *rq);
err desk_person(struct request *rq);
err desk_person_post(struct request *rq);
err desk_invite(struct request *rq);
err desk_invite_post(struct request *rq);
err desk_roles(struct request *rq);
err desk_role(struct request *rq);
err desk_role_post(struct request *rq);
err desk_audit(struct request *rq);
err desk_health(struct request *rq);

#endif
