/*
 * post_mail.c - handing mail to the paper's mail server.
 */
#include "http/mail.h"
#include "site/postman.h"
#include "text/mail_write.h"

static bool has_way(struct post_round *r)
{
    struct outbox_way way;

    return outbox_way(r->a, r->db, &way);
}

static err hand_over(struct post_round *r, const struct sql_outbox_due *row, int *status, note *why)
{
    struct outbox_way way;
    struct mail m = {
        .to_name = row->to_name,
        .to = row->to_address,
        .subject = row->subject,
        .text = row->body,
        .id = row->message_id,
        .language = row->language,
        .at = row->made_at,
    };

    (void)status;
    if (!outbox_way(r->a, r->db, &way))
        return fail(why, E_IO, "the paper has no mail server any more");
    m.from_name = way.from_name;
    m.from = way.from;

    struct mail_letter letter = {way.from, row->to_address, mail_write(r->a, &m)};

    if (letter.message.n == 0)
        return fail(why, E_INVALID, "it is longer than %d bytes", MAIL_MAX);
    return mail_send(r->a, &(struct mail_way){way.server, way.user, way.password_file}, &letter,
                     r->stopping, why);
}

static bool wakes(const struct event *e, bool *hurries)
{
    *hurries = e->kind == EVENT_settings_changed &&
               (str_find(e->body, S("\"mail_")) >= 0 || str_find(e->body, S("\"address\"")) >= 0);
    return *hurries || e->kind == EVENT_mail_queued;
}

const struct post_kind post_mail = {
    .kind = OUTBOX_MAIL,
    .name = "mail",
    .sent = LOG_mail_sent,
    .failed = LOG_mail_failed,
    .stuck = LOG_mail_failed,
    .given_up = LOG_mail_given_up,
    .delay_max_s = 15 * 60,
    .rest_max_s = 5,
    .is_open = has_way,
    .send = hand_over,
    .wakes = wakes,
};
