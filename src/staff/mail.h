/*
 * mail.h - what the paper writes to its people: links, and what was done to their accounts.
 *
 * For work inside a store_write() job; it is sent once the job is done (news/outbox.h), if the
 * paper sends mail at all.
 */
#ifndef STAFF_MAIL_H
#define STAFF_MAIL_H

#include "staff/staff.h"

enum staff_mail {
    MAIL_INVITATION,
    MAIL_RESET,
    MAIL_NEW_DEVICE,
    MAIL_PASSWORD,
    MAIL_SECOND_SET,
    MAIL_SECOND_DROPPED,
    MAIL_CODES,
    MAIL_PASSKEY_ADDED,
    MAIL_PASSKEY_DROPPED,
    STAFF_MAILS
};

/* `secret`: of the link, for the first two. */
err staff_mail(struct staff_work *k, const struct staffer *to, enum staff_mail what, str secret,
               note *why);

#endif
