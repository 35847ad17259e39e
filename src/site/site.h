/*
 * site.h - the paper as it is served: everything a handler needs beside the request.
 *
 * Made once by `serve`, shared by all threads; the theme alone may be exchanged while it runs.
 * rq->of is the site, rq->desk the thread's store connection.
 */
#ifndef SITE_SITE_H
#define SITE_SITE_H

#include "http/server.h"
#include "media/upload.h"
#include "news/paper.h"
#include "page/cache.h"
#include "page/theme.h"
#include "site/shelf.h"
#include "site/work.h"
#include "store/follow.h"
#include "text/zone.h"

#include <pthread.h>
#include <stdatomic.h>

struct site {
    store *store;
    const clock_source *clock;
    const char *acme; /* the folder of answers to ACME challenges; NULL: none */
    struct media_library library;
    struct uploads uploads;
    bool asks_inside;                /* private networks may be asked as well */
    atomic_int taking;               /* files that are being looked over for the desk */
    const struct zone *_Atomic zone; /* the paper's; NULL: UTC.  Lives in `zones` */
    arena *zones;                    /* of the follower that reads a new one */
    struct cache *cache;             /* NULL: every page is drawn anew */
    struct shelf shelf;              /* the paper's own facts */
    struct work work;                /* what is done beside requests */
    struct reads *reads;
    struct pulse *pulse;            /* what is counted; who answers `broadsheet top` */
    struct throttle *throttle;      /* of sign-ins */
    struct rations *rations;        /* of the desk threads' work */
    struct refusals *refusals;      /* what is said to whoever has none left */
    atomic_llong certificate_until; /* when the first of its certificates ends; 0: none */
    atomic_bool is_lite;            /* by itself (surge.h), whatever is set */
    atomic_llong lite_drawn_at;     /* edition.c: ticks */
    pthread_mutex_t server_lock;
    struct server *server;         /* NULL: it does not serve yet, or no more */
    struct presence *presence;     /* who is in which story */
    struct challenges *challenges; /* for passkeys */
    struct links *links;           /* do they answer? */

    pthread_mutex_t theme_lock;
    theme *theme;
};

/* Every address there is.  The canary test walks it. */
extern const struct route site_routes[];
extern const size_t site_route_count;

/* Authorities ask here in the clear whether a name is ours. */
#define ACME_PATH "/.well-known/acme-challenge/"

/* Does the program itself answer at this address, with no name in it? */
bool site_has_address(str path);

/* The templates and their views, in the order of enum template; TEMPLATES further on those of the
 * lite edition. */
enum template {
    TEMPLATE_FRONT,
    TEMPLATE_LIST,
    TEMPLATE_STORY,
    TEMPLATE_GALLERY,
    TEMPLATE_SHOT,
    TEMPLATE_MESSAGE,
    TEMPLATE_ARCHIVE,
    TEMPLATE_CORRECTIONS,
    TEMPLATE_INFORMATION,
    TEMPLATE_HISTORY,
    TEMPLATE_NOTICES,
    TEMPLATE_NOTICE,
    TEMPLATE_TODAY,
    TEMPLATE_OFFLINE,
    TEMPLATE_SEARCH,
    TEMPLATE_ENTRY,
    TEMPLATE_ENTRY_PART,
    TEMPLATE_RUNNING_PART,
    TEMPLATES,
    /* what has one edition, behind the lite one's; the newsroom's */
    TEMPLATE_BUSY = 2 * TEMPLATES,
    DESK_SIGN_IN,
    DESK_WELCOME,
    DESK_HOME,
    DESK_ACCOUNT,
    DESK_PASSWORD,
    DESK_TOTP,
    DESK_PASSKEYS,
    DESK_CODES,
    DESK_STAFF,
    DESK_PERSON,
    DESK_INVITE,
    DESK_ROLES,
    DESK_ROLE,
    DESK_AUDIT,
    DESK_HEALTH,
    DESK_STORIES,
    DESK_STORY,
    DESK_KILL,
    DESK_EDIT,
    DESK_REVISIONS,
    DESK_REVISION,
    DESK_COMPARE,
    DESK_LOOK,
    DESK_BOARD,
    DESK_CALENDAR,
    DESK_WIRE,
    DESK_QUARANTINE,
    DESK_QUARANTINED,
    DESK_FRONT,
    DESK_FRONT_PLACE,
    DESK_FRONT_PREVIEW,
    DESK_PICTURES,
    DESK_PICTURE,
    DESK_SETTINGS,
    DESK_SECTIONS,
    DESK_SECTION,
    DESK_MENUS,
    DESK_PAGES,
    DESK_PAGE,
    DESK_SUBJECTS,
    DESK_SUBJECT,
    DESK_BREAKING,
    DESK_WEBHOOKS,
    DESK_WEBHOOK,
    DESK_NOTICES,
    DESK_NOTICE,
    DESK_LIVE,
    DESK_MESSAGE,
    SITE_TEMPLATES
};
extern struct template_use site_templates[SITE_TEMPLATES];
void site_templates_fill(void);

/* The theme with a hold for the caller; put another in its place (takes the hold over). */
theme *site_theme(struct site *s);
void site_theme_change(struct site *s, theme *t);

/* The hooks of the server. */
void *site_desk_open(void *of, int number);
void site_desk_close(void *of, void *desk);
struct page *site_lookup(void *of, const struct request *rq);
struct page *site_instead(void *of, const struct request *rq);
struct page *site_busy(void *of, const struct request *rq, int later_s);
err site_before(void *of, struct request *rq);
void site_after(void *of, struct request *rq);
err site_error_page(void *of, struct request *rq, int status);

/* What follows an event (followers.c). */
extern struct follower site_followers[];
extern const size_t site_follower_count;

#endif
