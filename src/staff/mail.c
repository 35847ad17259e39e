#include "staff/mail.h"

#include "base/buf.h"
#include "news/outbox.h"
#include "news/paper.h"
#include "staff/agent.h"
#include "text/dates.h"

enum { TEXT_MAX = 16 << 10, PARAGRAPHS = 3 };

static const char *const not_you = SAY(
    "If that was you, there is nothing to do. If not: sign in at {account}, end the sessions "
    "that are not yours, give yourself a new password, and tell whoever looks after the staff.");

/* Above: what has happened, and what there is to do.  `facts`: when, from where. */
static const struct {
    const char *subject, *paragraphs[PARAGRAPHS];
    bool facts;
} mails[STAFF_MAILS] = {
    [MAIL_INVITATION] =
        {SAY("{paper}: an invitation to the newsroom"),
         {SAY("{by} has invited you to the newsroom of {paper}. This link opens it, "
              "once, until {until}:"),
          "{link}",
          SAY("If you did not expect this, leave it alone: without the link nothing "
              "happens.")},
         false},
    [MAIL_RESET] = {SAY("{paper}: a new password"),
                    {SAY("{by} has made a link for you, with which you give yourself a new "
                         "password. It opens once, until {until}:"),
                     "{link}",
                     SAY("Until it is used your old password holds. If you did not ask for this, "
                         "tell whoever looks after the staff.")},
                    false},
    [MAIL_NEW_DEVICE] = {SAY("{paper}: signed in from a new device"),
                         {SAY(
                             "Somebody has signed in to the newsroom of {paper} with your account, "
                             "from a device that it did not know.")},
                         true},
    [MAIL_PASSWORD] = {SAY("{paper}: your password was changed"),
                       {SAY("The password of your account at {paper} was changed.")},
                       true},
    [MAIL_SECOND_SET] = {SAY("{paper}: a second factor was set up"),
                         {SAY("A second factor was set up for your account at {paper}.")},
                         true},
    [MAIL_SECOND_DROPPED] = {SAY("{paper}: your second factor was taken away"),
                             {SAY("The second factor of your account at {paper} was taken away.")},
                             true},
    [MAIL_PASSKEY_ADDED] = {SAY("{paper}: a passkey was added"),
                            {SAY("A passkey was added to your account at {paper}. Whoever has it "
                                 "can sign in with it.")},
                            true},
    [MAIL_PASSKEY_DROPPED] = {SAY("{paper}: a passkey was taken away"),
                              {SAY("A passkey of your account at {paper} was taken away.")},
                              true},
    [MAIL_CODES] =
        {SAY("{paper}: new recovery codes"),
         {SAY("New recovery codes were made for your account at {paper}. The old ones are "
              "worth nothing now.")},
         true},
};

static int64_t until_of(const struct staff_work *k, enum staff_mail what)
{
    return k->now + (what == MAIL_RESET ? LINK_RESET_H : LINK_INVITATION_H) * HOUR_US;
}

static void put(buf *out, const struct tongue *t, const char *english, const struct said *values,
                size_t n)
{
    buf_add(out, say_with(out->a, t, english, values, n));
    buf_lit(out, "\n\n");
}

static str text_of(struct staff_work *k, enum staff_mail what, const struct said *values, size_t n)
{
    const struct tongue *t = k->tongue;
    buf out = buf_new(k->a, TEXT_MAX);

    put(&out, t, SAY("Hello {name},"), values, n);
    for (size_t i = 0; i < PARAGRAPHS && mails[what].paragraphs[i] != NULL; i++)
        put(&out, t, mails[what].paragraphs[i], values, n);
    if (mails[what].facts) {
        buf_add(&out, say_with(k->a, t, "When: {when}", values, n));
        buf_char(&out, '\n');
        if (k->by.address.n > 0) {
            buf_add(&out, say_with(k->a, t, "From where: {address}", values, n));
            buf_char(&out, '\n');
        }
        put(&out, t, SAY("On what: {device}"), values, n);
        put(&out, t, not_you, values, n);
    }
    return buf_str(&out);
}

err staff_mail(struct staff_work *k, const struct staffer *to, enum staff_mail what, str secret,
               note *why)
{
    arena *a = k->a;
    const struct zone *zone;
    struct outbox_way way;

    if (!outbox_way(a, k->w, &way))
        return OK;
    zone = paper_zone(a, k->w);

    const struct said values[] = {
        {"name", to->name},
        {"paper", way.from_name},
        {"by", k->by.who},
        {"link", str_fmt(a, "%.*s/desk/welcome/%.*s", STR(way.address), STR(secret))},
        {"until", date_human(a, until_of(k, what), zone, k->tongue)},
        {"when", date_human(a, k->now, zone, k->tongue)},
        {"address", k->by.address},
        {"device", agent_name(a, k->tongue, k->by.agent)},
        {"account", str_fmt(a, "%.*s/desk/account", STR(way.address))},
    };
    size_t n = LENGTH(values);
    struct outbox_mail mail = {
        .to_name = to->name,
        .to = to->email,
        .subject = say_with(a, k->tongue, mails[what].subject, values, n),
        .text = text_of(k, what, values, n),
        .language = tongue_tag(a, paper_setting(a, k->w, S("language"), S("en"))),
    };

    return outbox_add(a, k->w, k->now, &mail, why);
}
