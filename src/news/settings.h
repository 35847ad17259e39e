/*
 * settings.h - who the paper is: every setting there is, in one table.
 *
 * A line here is a field of struct paper (paper.h), a word of `broadsheet settings`, and what the
 * theme shows as {{page.paper.…}}.  Values are checked before they are kept, so that whoever reads
 * one may rely on its kind.
 */
#ifndef NEWS_SETTINGS_H
#define NEWS_SETTINGS_H

#include "base/arena.h"
#include "base/err.h"
#include "store/store.h"

/* Name, kind, what it is. */
#define PAPER_SETTINGS(X)                                                                          \
    X(name, SETTING_NAME, "the paper's name, as it stands at the head of every page")              \
    X(short_name, SETTING_WORDS, "a shorter name, for small places")                               \
    X(motto, SETTING_WORDS, "the line beside the name")                                            \
    X(description, SETTING_WORDS, "what the paper is, in a sentence, for search engines")          \
    X(publisher, SETTING_WORDS, "who publishes it")                                                \
    X(editor, SETTING_WORDS, "who answers for it")                                                 \
    X(language, SETTING_LANGUAGE, "the language of its pages, like en-GB")                         \
    X(time_zone, SETTING_ZONE, "the zone of its clock, like Europe/London")                        \
    X(address, SETTING_SITE, "where readers find it, like https://www.example.org")                \
    X(accent, SETTING_INK, "its colour, like #8a1c1c: dark enough to be read on paper")            \
    X(masthead, SETTING_COLOUR,                                                                    \
      "the ground of its name and menu, like #1d4f76; none: as the page")                          \
    X(logo, SETTING_PICTURE, "the number of the picture that stands for its name; none: letters")  \
    X(lite, SETTING_SWITCH, "on: every page is its lite edition, at its usual address")            \
    X(type, SETTING_TYPE, "the letters: classic, modern, didone or sans")                          \
    X(postal, SETTING_WORDS, "its postal address, in one line")                                    \
    X(phone, SETTING_PHONE, "its telephone, like +44 1632 960871")                                 \
    X(email, SETTING_MAIL, "the newsroom's e-mail")                                                \
    X(letters, SETTING_MAIL, "where letters to the editor go")                                     \
    X(corrections, SETTING_MAIL, "where readers report mistakes")                                  \
    X(tip_line, SETTING_CONTACT, "where tips go: a telephone, an e-mail or an https address")      \
    X(facebook, SETTING_LINK, "its page on Facebook")                                              \
    X(instagram, SETTING_LINK, "its page on Instagram")                                            \
    X(x, SETTING_LINK, "its page on X")                                                            \
    X(youtube, SETTING_LINK, "its channel on YouTube")                                             \
    X(linkedin, SETTING_LINK, "its page on LinkedIn")                                              \
    X(mastodon, SETTING_LINK, "its account in the fediverse")                                      \
    X(bluesky, SETTING_LINK, "its account on Bluesky")                                             \
    X(threads, SETTING_LINK, "its account on Threads")                                             \
    X(tiktok, SETTING_LINK, "its channel on TikTok")                                               \
    X(whatsapp, SETTING_LINK, "its channel on WhatsApp")                                           \
    X(telegram, SETTING_LINK, "its channel on Telegram")                                           \
    X(facebook_app, SETTING_WORDS,                                                                 \
      "its number as an app of Facebook: stories are shared to Messenger")                         \
    X(feed_text, SETTING_MEASURE, "what feeds hold of a story: full or teaser")                    \
    X(feed_other, SETTING_WORDS, "feeds that hold the other of the two, like /money /topic/rail")  \
    X(hub, SETTING_MACHINE, "the WebSub hub that feeds name, told of each change")                 \
    X(crawlers, SETTING_TEXT, "crawlers that robots.txt keeps out, one name a line")               \
    X(mining, SETTING_MINING, "text and data mining: open, or reserved to who has a licence")      \
    X(mining_policy, SETTING_LINK, "where the terms of such a licence stand")                      \
    X(security, SETTING_CONTACT, "where holes in the site are reported, for security.txt")         \
    X(security_policy, SETTING_LINK, "what happens with such a report")                            \
    X(ads_txt, SETTING_TEXT, "the lines of ads.txt: who may sell its advertising")                 \
    X(trust_txt, SETTING_TEXT, "the lines of trust.txt: what it belongs to and controls")          \
    X(humans_txt, SETTING_TEXT, "the lines of humans.txt: who made the site")                      \
    X(lite_after, SETTING_SECONDS,                                                                 \
      "readers refused for so long: every page is lite by itself (30); 0: never")                  \
    X(allowance, SETTING_UNITS, "work for one address, in pages drawn a minute (6000); 0: any")    \
    X(shared_age, SETTING_SECONDS, "how long a cache in front may keep a page without asking")     \
    X(purge_url, SETTING_MACHINES, "caches in front that are told what to drop, a space between")  \
    X(stages, SETTING_STAGES,                                                                      \
      "where work on a story stands, in order: idea, draft, copy-edit, ready")                     \
    X(second_factor, SETTING_SECOND, "of whom the newsroom asks one: as they like, everybody")     \
    X(mail_server, SETTING_POST, "the server that mail goes by, like smtps://mail.example.org")    \
    X(mail_user, SETTING_LOGIN, "the name that it knows the paper by; none: it asks for none")     \
    X(mail_password_file, SETTING_FILE, "the file with the password for it, in one line")          \
    X(mail_from, SETTING_MAIL, "the e-mail that mail comes from")                                  \
    X(metrics_token_file, SETTING_FILE, "the file with the token for /metrics, in one line")

enum setting_kind {
    SETTING_NAME,     /* words, not empty */
    SETTING_WORDS,    /* one line */
    SETTING_LANGUAGE, /* BCP 47 */
    SETTING_ZONE,     /* IANA */
    SETTING_SITE,     /* scheme and host, no path */
    SETTING_INK,      /* #rrggbb, 4.5:1 on the paper's ground */
    SETTING_COLOUR,   /* #rrggbb */
    SETTING_PICTURE,  /* the number of a picture in the library that was not killed */
    SETTING_TYPE,
    SETTING_SWITCH, /* on or off; empty is off */
    SETTING_PHONE,
    SETTING_MAIL,
    SETTING_CONTACT,  /* a telephone, an e-mail, or a link */
    SETTING_LINK,     /* https://… */
    SETTING_MACHINE,  /* https://…, or http:// on this machine: it will be asked */
    SETTING_MACHINES, /* several, a space between them */
    SETTING_TEXT,     /* many lines */
    SETTING_MEASURE,  /* full, teaser */
    SETTING_MINING,   /* open, reserved */
    SETTING_SECONDS,  /* 0 to 3600 */
    SETTING_UNITS,    /* 0 to 1000000 */
    SETTING_SECOND,   /* as they like, everybody */
    SETTING_STAGES,   /* words with commas between them (stage.h) */
    /* Of the machine: for the command line alone.  Whoever could set one of them from the desk
     * could have the mail server's password sent to a machine of theirs. */
    SETTING_POST,  /* smtp://… or smtps://… */
    SETTING_LOGIN, /* one line */
    SETTING_FILE,  /* a path on the machine; the desk does not even show it */
};

enum { SETTING_MAX = 300, SETTING_TEXT_MAX = 16 << 10 /* bytes */ };

struct setting {
    const char *name;
    enum setting_kind kind;
    const char *about;
};
extern const struct setting paper_settings[];
extern const size_t paper_setting_count;

/* Is it set at the command line alone? */
bool setting_is_of_machine(const struct setting *s);

/* The setting of this name, or NULL. */
const struct setting *setting_named(str name);

/* Look a value over; what will be kept lives in `a`.  Empty is fine where the paper can do without.
 * Pictures are looked up in `c`.  E_INVALID: `why` says what is wrong with it. */
err setting_check(arena *a, store_conn *c, const struct setting *s, str value, str *kept,
                  note *why);

/* Keep a value, inside a store_write() job, with its event.  E_MISSING: there is no such setting.
 */
err setting_change(arena *a, store_conn *w, str name, str value, note *why);

/* "tel:+441632960871", "mailto:…" or the link itself; empty for an empty contact.  In `a`. */
str setting_contact_address(arena *a, str contact);

#endif
