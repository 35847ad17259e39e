#include "site/site.h"

#include "base/must.h"
#include "media/upload.h"
#include "site/api/doors.h"
#include "site/desk/desk.h"
#include "site/desk/views.h"
#include "site/desk/writing.h"
#include "site/public/pages.h"
#include "site/public/views.h"

#define PAGE .who = WHO_ANYONE, .cache = CACHE_SHARED
#define FRONT PAGE, .kind = KIND_front
#define SECTION FRONT, .query = "before"
#define LISTED PAGE, .kind = KIND_list
#define LIST LISTED, .query = "before"
#define OF_STORY PAGE, .kind = KIND_story
#define ENTRIES OF_STORY, .query = "order page part"
#define PICTURE .who = WHO_ANYONE, .cache = CACHE_FOREVER, .kind = KIND_media
#define DOOR .who = WHO_ANYONE, .kind = KIND_desk
#define DESK .who = WHO_STAFF, .kind = KIND_desk
#define FORM .body_max = 16 << 10
#define LONG_FORM .body_max = 512 << 10
#define STAFF(needed) DESK, .needs = needed
#define ASKED(needed) .who = WHO_STAFF, .kind = KIND_poll, .needs = needed
#define STORY "/{section}/{year#}/{month#}/{day#}/{slug}"

/* What other systems call a feed leads to ours. */
#define SPELLINGS(of)                                                                              \
    {GET, of "/feed", feed_spelling, PAGE, .doc = "leads to feed.rss"},                            \
        {GET, of "/rss", feed_spelling, PAGE, .doc = "leads to feed.rss"},                         \
    {                                                                                              \
        GET, of "/feed/{kind}", feed_spelling, PAGE, .doc = "leads to feed.rss, .atom, .json"      \
    }

/* Pages elsewhere may ask, and ask first whether they may. */
#define OPEN(path, handler, counts, about)                                                         \
    {GET, path, handler, PAGE, .kind = KIND_api, .query = counts, .doc = about},                   \
    {                                                                                              \
        OPTIONS, path, interface_preflight, WHO_ANYONE, .doc = "may a page elsewhere ask?"         \
    }

const struct route site_routes[] = {
    {GET, "/", front_page, FRONT, .doc = "the front"},
    {GET, "/.lite", front_page, FRONT, .doc = "the front, text first; so for all pages"},
    {GET, "/{section}", section_page, SECTION,
     .doc = "a section; ?before= goes on; or information"},
    {GET, "/{section}.lite", section_page, SECTION, .doc = "the same, lite"},
    {GET, STORY, story_page, ENTRIES, .doc = "a story; a running one: ?order=oldest&page="},
    {GET, STORY ".lite", story_page, ENTRIES, .doc = "the same, lite; a long one: ?part="},
    {GET, STORY ".part", running_part, OF_STORY, .doc = "a running story in brief"},
    {GET, STORY "/entry/{entry#}", entry_page, OF_STORY, .doc = "an entry of a running story"},
    {GET, STORY "/entry/{entry#}.lite", entry_page, OF_STORY, .doc = "the same, lite"},
    {GET, STORY "/entry/{entry#}.part", entry_part, OF_STORY,
     .doc = "the same as it stands in its story"},
    {GET, STORY "/history", history_page, OF_STORY, .doc = "what a story said before"},
    {GET, STORY "/history.lite", history_page, OF_STORY, .doc = "the same, lite"},
    {GET, STORY "/gallery/{gallery#}", gallery_page, OF_STORY, .doc = "a story's gallery"},
    {GET, STORY "/gallery/{gallery#}.lite", gallery_page, OF_STORY, .doc = "the same, lite"},
    {GET, STORY "/gallery/{gallery#}/{shot#}", shot_page, OF_STORY, .doc = "a picture of it"},
    {GET, STORY "/gallery/{gallery#}/{shot#}.lite", shot_page, OF_STORY, .doc = "the same, lite"},
    {GET, "/topic/{slug}", subject_page, LIST, .doc = "a topic; ?before= goes on"},
    {GET, "/topic/{slug}.lite", subject_page, LIST, .doc = "the same, lite"},
    {GET, "/author/{slug}", subject_page, LIST, .doc = "a byline; ?before= goes on"},
    {GET, "/author/{slug}.lite", subject_page, LIST, .doc = "the same, lite"},
    {GET, "/place/{slug}", subject_page, LIST, .doc = "a place; ?before= goes on"},
    {GET, "/place/{slug}.lite", subject_page, LIST, .doc = "the same, lite"},
    {GET, "/latest", latest_page, LIST, .doc = "the newest of the whole paper; ?before= goes on"},
    {GET, "/latest.lite", latest_page, LIST, .doc = "the same, lite"},
    {GET, "/archive", archive_page, LISTED, .doc = "the years of the archive"},
    {GET, "/archive.lite", archive_page, LISTED, .doc = "the same, lite"},
    {GET, "/{year#}", year_page, LISTED, .doc = "a year of the archive"},
    {GET, "/{year#}.lite", year_page, LISTED, .doc = "the same, lite"},
    {GET, "/{year#}/{month#}", month_page, LIST, .doc = "a month of the archive"},
    {GET, "/{year#}/{month#}.lite", month_page, LIST, .doc = "the same, lite"},
    {GET, "/{year#}/{month#}/{day#}", day_page, LISTED, .doc = "a day of the archive"},
    {GET, "/{year#}/{month#}/{day#}.lite", day_page, LISTED, .doc = "the same, lite"},
    {GET, "/corrections", corrections_page, LIST, .doc = "what was corrected; ?before= goes on"},
    {GET, "/corrections.lite", corrections_page, LIST, .doc = "the same, lite"},
    {GET, "/notices", notices_page, LIST, .doc = "notices that run now; ?before= goes on"},
    {GET, "/notices.lite", notices_page, LIST, .doc = "the same, lite"},
    {GET, "/notices/past", notices_past_page, LIST, .doc = "notices whose run is over"},
    {GET, "/notices/past.lite", notices_past_page, LIST, .doc = "the same, lite"},
    {GET, "/notices/{type}", notices_type_page, LIST, .doc = "notices of one type"},
    {GET, "/notices/{type}.lite", notices_type_page, LIST, .doc = "the same, lite"},
    {GET, "/notices/{id#}", notice_page, LISTED, .doc = "a notice"},
    {GET, "/notices/{id#}.lite", notice_page, LISTED, .doc = "the same, lite"},
    /* not kept here: there are more questions than room */
    {GET, "/search", search_page, .who = WHO_ANYONE, .kind = KIND_search,
     .doc = "the archive by its words: ?q=&sort=&section=..."},
    {GET, "/search.lite", search_page, .who = WHO_ANYONE, .kind = KIND_search,
     .doc = "the same, lite"},
    {GET, "/live/{topics}", live_stream, .who = WHO_ANYONE, .kind = KIND_live, .query = "after",
     .doc = "server-sent events: what happens to site,latest,section-3,story-12"},
    {GET, "/live/{topics}/since/{event#}", live_since_page, .who = WHO_ANYONE, .kind = KIND_live,
     .doc = "the same, asked for now and then"},
    {GET, "/opensearch.xml", search_description, PAGE, .doc = "how a browser searches here"},
    {GET, "/colours.css", colours_page, PAGE, .doc = "the paper's colours"},
    {GET, "/colours/{fingerprint}.css", colours_kept_page, PAGE, .doc = "the same, to be kept"},
    {GET, "/icon/{fingerprint}.svg", icon_page, PAGE, .doc = "the paper's icon"},
    {GET, "/icon/{fingerprint}/{drawn}.png", icon_drawn_page, PAGE, .doc = "the icon as a picture"},
    {GET, "/apple-touch-icon.png", icon_touch_page, PAGE, .doc = "the same, for a telephone"},
    {GET, "/favicon.ico", icon_touch_page, PAGE, .doc = "the same, for who looks there"},
    {GET, "/manifest.webmanifest", manifest_page, PAGE, .doc = "how the paper is kept on a screen"},
    {GET, "/today", today_page, LISTED, .doc = "today's paper, to be taken along"},
    {GET, "/today.lite", today_page, LISTED, .doc = "the same, lite"},
    {GET, "/today.json", today_bundle, LISTED, .doc = "all of it in one, for offline.js"},
    {GET, "/offline", offline_page, PAGE, .doc = "what is shown without a connection"},
    {GET, "/offline.lite", offline_page, PAGE, .doc = "the same, lite"},
    {GET, "/push/key", push_key_page, WHO_ANYONE, .doc = "the key that push services know us by"},
    {POST, "/push/subscribe", push_subscribe, WHO_ANYONE, .body_max = 8 << 10,
     .doc = "tell a device what was chosen there"},
    {POST, "/push/unsubscribe", push_unsubscribe, WHO_ANYONE, .body_max = 8 << 10,
     .doc = "tell it nothing more"},
    {GET, "/offline.js", offline_worker, PAGE, .doc = "the service worker that keeps pages"},
    {GET, "/theme/{fingerprint}/{file*}", theme_file_page, PAGE, .doc = "a file of the theme"},
    {GET, "/media/{id#}/{width#}.{ext}", media_page, PICTURE, .doc = "a picture in one width"},
    {GET, "/media/{id#}/{crop}/{width#}.{ext}", media_page, PICTURE,
     .doc = "what is cropped of it for a shape"},
    {GET, "/media/{id#}/film.{ext}", film_page, PICTURE,
     .doc = "a film or sound as it came, in ranges"},
    {GET, "/media/{id#}/captions/{language}.vtt", captions_page, PICTURE,
     .doc = "what is said in it"},

    {GET, "/feed.rss", site_feed, LISTED, .doc = "the newest stories as RSS 2.0"},
    {GET, "/feed.atom", site_feed, LISTED, .doc = "the same as Atom"},
    {GET, "/feed.json", site_feed, LISTED, .doc = "the same as JSON Feed"},
    {GET, "/{section}/feed.{kind}", section_feed, LISTED, .doc = "a section's feed"},
    {GET, "/topic/{slug}/feed.{kind}", subject_feed, LISTED, .doc = "a topic's feed"},
    {GET, "/author/{slug}/feed.{kind}", subject_feed, LISTED, .doc = "a byline's feed"},
    {GET, "/place/{slug}/feed.{kind}", subject_feed, LISTED, .doc = "a place's feed"},
    {GET, "/notices/feed.{kind}", notices_feed, LISTED, .doc = "the feed of notices"},
    {GET, "/notices/{type}/feed.{kind}", notices_type_feed, LISTED, .doc = "of one type"},
    SPELLINGS("/notices"),
    SPELLINGS(""),
    SPELLINGS("/{section}"),
    SPELLINGS("/topic/{slug}"),
    SPELLINGS("/author/{slug}"),
    SPELLINGS("/place/{slug}"),
    {GET, "/sitemap.xml", sitemap_index, LISTED, .doc = "the index of sitemaps"},
    {GET, "/sitemap/sections.xml", sitemap_sections, LISTED, .doc = "the front and the sections"},
    {GET, "/sitemap/subjects.xml", sitemap_subjects, LISTED, .doc = "topics, authors, places"},
    {GET, "/sitemap/notices.xml", sitemap_notices, LISTED, .doc = "the notices"},
    {GET, "/sitemap/{name}.xml", sitemap_month, LISTED, .doc = "the stories of a month"},
    {GET, "/news-sitemap.xml", sitemap_news, LISTED, .doc = "the last two days for news search"},

    {GET, "/card/paper.png", paper_card, PAGE, .kind = KIND_media,
     .doc = "the picture that stands for the paper"},
    {GET, "/card/{id#}.png", story_card, PAGE, .kind = KIND_media,
     .doc = "a story's, where it has no own"},
    {GET, "/card/{id#}/{entry#}.png", entry_card, PAGE, .kind = KIND_media,
     .doc = "an entry's of a running story"},
    {GET, "/oembed", oembed, PAGE, .kind = KIND_api, .query = "url format maxwidth maxheight",
     .doc = "what others show of a story: ?url=&format=json or xml"},
    {GET, "/robots.txt", robots_text, PAGE, .doc = "who may crawl"},
    {GET, "/.well-known/security.txt", security_text, PAGE, .doc = "where holes are reported"},
    {GET, ACME_PATH "{token}", acme_challenge, WHO_ANYONE, .doc = "the name is ours (RFC 8555)"},
    {GET, "/security.txt", security_elsewhere, PAGE, .doc = "leads to /.well-known/security.txt"},
    {GET, "/.well-known/tdmrep.json", mining_rules, PAGE, .doc = "text and data mining"},
    {GET, "/ads.txt", ads_text, PAGE, .doc = "who may sell its advertising"},
    {GET, "/trust.txt", trust_text, PAGE, .doc = "what it belongs to"},
    {GET, "/.well-known/trust.txt", trust_text, PAGE, .doc = "the same"},
    {GET, "/metrics", metrics_text, WHO_ANYONE,
     .doc = "what is counted, for Prometheus; with the token of metrics_token_file"},
    {GET, "/humans.txt", humans_text, PAGE, .doc = "who made the site"},

    {GET, "/desk", desk_home, DESK, .doc = "the newsroom"},
    {GET, "/desk/sign-in", desk_sign_in, DOOR, .doc = "e-mail and password"},
    {POST, "/desk/sign-in", desk_sign_in_post, DOOR, FORM, .doc = "sign in"},
    {GET, "/desk/second", desk_second, DOOR, .doc = "the second factor"},
    {POST, "/desk/second", desk_second_post, DOOR, FORM, .doc = "give it"},
    {GET, "/desk/passkey", desk_passkey_options, DOOR,
     .doc = "what a passkey is to sign: ?for=sign-in, second, prove, add"},
    {POST, "/desk/sign-in/passkey", desk_passkey_sign_in, DOOR, FORM,
     .doc = "sign in with a passkey alone"},
    {POST, "/desk/second/passkey", desk_passkey_second, DOOR, FORM,
     .doc = "a passkey as second factor"},
    {GET, "/desk/welcome/{token}", desk_welcome, DOOR, .is_secret = true,
     .doc = "what a one-time link opens"},
    {POST, "/desk/welcome/{token}", desk_welcome_post, DOOR, FORM, .is_secret = true,
     .doc = "use it"},
    {POST, "/desk/sign-out", desk_sign_out, DESK, FORM, .doc = "sign out"},
    {GET, "/desk/prove", desk_prove, DESK, .doc = "the password again"},
    {POST, "/desk/prove", desk_prove_post, DESK, FORM, .doc = "give it"},
    {POST, "/desk/prove/passkey", desk_passkey_prove, DESK, FORM,
     .doc = "a passkey instead of the password"},
    {GET, "/desk/account", desk_account, DESK, .doc = "one's own account"},
    {POST, "/desk/account", desk_account_post, DESK, FORM, .doc = "name, sessions"},
    {GET, "/desk/account/password", desk_password, DESK, .proved = true, .doc = "a new password"},
    {POST, "/desk/account/password", desk_password_post, DESK, FORM, .proved = true,
     .doc = "set it"},
    {GET, "/desk/account/second", desk_totp, DESK, .proved = true, .doc = "one's second factor"},
    {POST, "/desk/account/second", desk_totp_post, DESK, FORM, .proved = true,
     .doc = "set it up, take it away, recovery codes"},
    {GET, "/desk/account/second.svg", desk_totp_picture, DESK, .proved = true,
     .doc = "the picture that an app scans"},
    {GET, "/desk/account/passkeys", desk_passkeys, DESK, .proved = true, .doc = "one's passkeys"},
    {POST, "/desk/account/passkeys", desk_passkeys_post, DESK, FORM, .proved = true,
     .doc = "add one, take one away"},
    {GET, "/desk/stories", desk_stories, STAFF("write|edit"),
     .doc = "the stories: ?words=&state=&section=&before="},
    {POST, "/desk/stories", desk_stories_post, STAFF("write|edit"), FORM, .doc = "a new story"},
    {GET, "/desk/stories/{id#}", desk_story, STAFF("write|edit"), .doc = "one story"},
    {GET, "/desk/stories/{id#}/preview", desk_preview, STAFF("write|edit"),
     .doc = "as readers will see it"},
    {GET, "/desk/stories/{id#}/edit", desk_edit, STAFF("write|edit"), .doc = "the editor"},
    {GET, "/desk/stories/{id#}/copy", desk_copy, ASKED("write|edit"),
     .doc = "what is being written, as JSON: ?since=&editor=&here="},
    {POST, "/desk/stories/{id#}/copy", desk_copy_post, STAFF("write|edit"),
     .body_max = COPY_POST_MAX, .doc = "save it"},
    {GET, "/desk/stories/{id#}/revisions", desk_revisions, STAFF("write|edit"),
     .doc = "what was saved: ?before="},
    {GET, "/desk/stories/{id#}/revisions/{revision#}", desk_revision, STAFF("write|edit"),
     .doc = "one of them"},
    {GET, "/desk/stories/{id#}/compare", desk_compare, STAFF("write|edit"),
     .doc = "what changed between two, or since a version: ?from=&to= or ?version="},
    {POST, "/desk/stories/{id#}/restore", desk_restore_post, STAFF("write|edit"), FORM,
     .doc = "go back to one, or to a version"},
    {GET, "/desk/stories/{id#}/checklist", desk_checklist, STAFF("write|edit"),
     .doc = "what to look at before it is published, as JSON"},
    {GET, "/desk/stories/list", desk_stories_list, ASKED("write|edit"),
     .doc = "stories by words: ?q="},
    {GET, "/desk/topics", desk_topics, ASKED("write|edit"),
     .doc = "topics by letters, or by what a story says: ?q= or ?story="},
    {GET, "/desk/people", desk_people_list, ASKED("write|edit"), .doc = "authors by letters: ?q="},
    {GET, "/desk/places", desk_places_list, ASKED("write|edit"), .doc = "places by letters: ?q="},
    {POST, "/desk/stories/{id#}/newer", desk_newer_post, STAFF("write|edit"), FORM,
     .doc = "put the newest version into what is being written; ?act=leave: it stays out"},
    {GET, "/desk/stories/{id#}/live", desk_live, STAFF("write"),
     .doc = "the composer of a running story, and its entries: ?before="},
    {GET, "/desk/stories/{id#}/live/{entry#}", desk_live_entry, STAFF("write"),
     .doc = "the same with an entry to be changed"},
    {POST, "/desk/stories/{id#}/live", desk_live_post, STAFF("write"), .body_max = 128 << 10,
     .doc = "write, change, publish, withdraw, promote an entry; move the coverage"},
    {POST, "/desk/stories/{id#}", desk_story_post, STAFF("publish"), FORM,
     .doc = "publish, schedule, set an end, withdraw"},
    {POST, "/desk/stories/{id#}/correct", desk_correct_post, STAFF("correct"), FORM,
     .doc = "say what was wrong"},
    {GET, "/desk/stories/{id#}/kill", desk_kill_page, STAFF("correct"), .proved = true,
     .doc = "what a kill does"},
    {POST, "/desk/stories/{id#}/kill", desk_kill_post, STAFF("correct"), FORM, .proved = true,
     .doc = "kill it"},
    {GET, "/desk/stories/{id#}/look", desk_look, STAFF("write|edit"),
     .doc = "the same on a telephone and on a desk"},
    {POST, "/desk/stories/{id#}/links", desk_links_post, STAFF("write|edit"), FORM,
     .doc = "make a link that shows it to a guest, revoke one"},
    {GET, "/desk/stories/{id#}/notes", desk_notes, STAFF("write|edit"),
     .doc = "the newsroom's notes on it, as JSON"},
    {POST, "/desk/stories/{id#}/notes", desk_notes_post, STAFF("write|edit"), .body_max = 64 << 10,
     .doc = "write one, settle one"},
    {POST, "/desk/stories/{id#}/plan", desk_plan_post, STAFF("write|edit"), FORM,
     .doc = "its stage, whose it is, the day wished for it"},
    {POST, "/desk/stories/{id#}/move", desk_move_post, STAFF("write|edit"), FORM,
     .doc = "wish it for, or schedule it at, another time"},
    {GET, "/desk/board", desk_board, STAFF("write|edit"),
     .doc = "what is not out yet, a column a stage: ?section=&who="},
    {POST, "/desk/board", desk_board_post, STAFF("write|edit"), FORM, .doc = "an idea in a line"},
    {GET, "/desk/calendar", desk_calendar, STAFF("write|edit"),
     .doc = "a week by section: ?week=&section="},
    {POST, "/desk/alarms", desk_alarms_post, STAFF("publish"), FORM, .doc = "take note of alarms"},
    {GET, "/preview/{token}", shared_preview, WHO_ANYONE, .is_secret = true,
     .doc = "a story as it will be, for whoever was given the link"},
    {GET, "/preview/{token}/media/{id#}/{width#}.{ext}", shared_media, WHO_ANYONE,
     .is_secret = true, .doc = "a picture of it"},
    {GET, "/preview/{token}/media/{id#}/{crop}/{width#}.{ext}", shared_media, WHO_ANYONE,
     .is_secret = true, .doc = "what is cropped of it"},
    {GET, "/preview/{token}/media/{id#}/film.{ext}", shared_film, WHO_ANYONE, .is_secret = true,
     .doc = "a film or sound of it"},
    {GET, "/preview/{token}/media/{id#}/captions/{language}.vtt", shared_captions, WHO_ANYONE,
     .is_secret = true, .doc = "what is said in it"},
    {GET, "/desk/wire", desk_wire, STAFF("wire"),
     .doc = "the copy that has come in: ?words=&state=&done=&source=&dialect=&kind=&section=&topic="
            "&urgency=&embargoed=&before="},
    {GET, "/desk/wire/new", desk_wire_new, ASKED("wire"),
     .doc = "what came behind one: ?since= and as above; 204: nothing"},
    {GET, "/desk/wire/{id#}", desk_wire_item, STAFF("wire"), .doc = "one item beside the list"},
    {POST, "/desk/wire/{id#}", desk_wire_item_post, STAFF("wire"), FORM,
     .doc = "take it, spike it, publish it as it is"},
    {GET, "/desk/wire/quarantine", desk_quarantine, STAFF("wire"),
     .doc = "what could not be read, and why"},
    {GET, "/desk/wire/quarantine/{id#}", desk_quarantined, STAFF("wire"),
     .doc = "one of it, and the bytes there"},
    {POST, "/desk/wire/quarantine/{id#}", desk_quarantined_post, STAFF("wire"), FORM,
     .doc = "take it in again, drop it"},
    {GET, "/desk/wire/raw/{id#}", desk_raw, STAFF("wire"), .doc = "a file as it came"},
    {GET, "/desk/front", desk_front, STAFF("front"), .doc = "what stands on a front: ?section="},
    {POST, "/desk/front", desk_front_post, STAFF("front"), FORM,
     .doc = "change the draft, launch it, drop it"},
    {GET, "/desk/front/place", desk_front_place, STAFF("front"),
     .doc = "one place: ?section=&slot=&place=&words="},
    {GET, "/desk/front/preview", desk_front_preview, STAFF("front"),
     .doc = "the draft on a telephone and on a desk: ?section=&as="},
    {GET, "/desk/front/drawn", desk_front_drawn, STAFF("front"),
     .doc = "the draft as readers will see it: ?section="},
    {GET, "/desk/pictures", desk_pictures, STAFF("write|edit|pictures"),
     .doc = "the library: ?words=&kind=&before="},
    {POST, "/desk/pictures", desk_pictures_post, STAFF("pictures"), .body_max = PICTURES_FORM_MAX,
     .doc = "files as a form sends them"},
    {GET, "/desk/pictures/list", desk_pictures_list, STAFF("write|edit|pictures"),
     .doc = "pictures as JSON: ?q=&kind=&before=&ids="},
    {POST, "/desk/pictures/upload", desk_upload_post, STAFF("pictures"), FORM,
     .doc = "begin to send a file: ?name=&size="},
    {GET, "/desk/pictures/upload/{token}", desk_upload, STAFF("pictures"), .is_secret = true,
     .doc = "how far it is"},
    {POST, "/desk/pictures/upload/{token}", desk_upload_piece_post, STAFF("pictures"),
     .body_max = UPLOAD_CHUNK, .is_secret = true, .doc = "a piece of it: ?offset="},
    {GET, "/desk/pictures/{id#}", desk_picture, STAFF("write|edit|pictures"), .doc = "one of them"},
    {POST, "/desk/pictures/{id#}", desk_picture_post, STAFF("pictures"),
     .body_max = PICTURE_FORM_MAX, .doc = "what is said of it, its focal point"},
    {POST, "/desk/pictures/{id#}/crop", desk_crop_post, STAFF("pictures"), FORM,
     .doc = "which part of it stands in a shape"},
    {GET, "/desk/media/{id#}/{width#}.{ext}", desk_media, STAFF("write|edit|pictures"),
     .doc = "a picture in one width, whatever stories show it"},
    {GET, "/desk/media/{id#}/{crop}/{width#}.{ext}", desk_media, STAFF("write|edit|pictures"),
     .doc = "what is cropped of it for a shape"},
    {GET, "/desk/media/{id#}/film.{ext}", desk_film, STAFF("write|edit|pictures"),
     .doc = "a film or sound as it came"},
    {GET, "/desk/settings", desk_settings, STAFF("settings"), .doc = "who the paper is"},
    {POST, "/desk/settings", desk_settings_post, STAFF("settings"), LONG_FORM,
     .doc = "change a group of settings"},
    {GET, "/desk/settings/sections", desk_sections, STAFF("settings"), .doc = "the sections; new"},
    {POST, "/desk/settings/sections", desk_section_post, STAFF("settings"), FORM,
     .doc = "make a section"},
    {GET, "/desk/settings/sections/{id#}", desk_section, STAFF("settings"), .doc = "one section"},
    {POST, "/desk/settings/sections/{id#}", desk_section_post, STAFF("settings"), FORM,
     .doc = "change it, take it away"},
    {GET, "/desk/settings/menus", desk_menus, STAFF("settings"),
     .doc = "what the menu and the foot name"},
    {POST, "/desk/settings/menus", desk_menus_post, STAFF("settings"), FORM,
     .doc = "move, show, hide"},
    {GET, "/desk/settings/pages", desk_pages, STAFF("settings"), .doc = "the paper's own pages"},
    {GET, "/desk/settings/pages/{slug}", desk_page_edit, STAFF("settings"),
     .doc = "one of them; new"},
    {POST, "/desk/settings/pages/{slug}", desk_page_post, STAFF("settings"), LONG_FORM,
     .doc = "preview, keep, take away"},
    {GET, "/desk/settings/subjects", desk_subjects, STAFF("settings"),
     .doc = "topics, authors, places: ?kind=&words="},
    {GET, "/desk/settings/subjects/{kind}/{slug}", desk_subject, STAFF("settings"),
     .doc = "what is written about one"},
    {POST, "/desk/settings/subjects/{kind}/{slug}", desk_subject_post, STAFF("settings"), LONG_FORM,
     .doc = "write it"},
    {GET, "/desk/settings/webhooks", desk_webhooks, STAFF("settings"), .proved = true,
     .doc = "machines elsewhere that are told what happens; new"},
    {POST, "/desk/settings/webhooks", desk_webhook_post, STAFF("settings"), FORM, .proved = true,
     .doc = "set one up"},
    {GET, "/desk/settings/webhooks/{id#}", desk_webhook, STAFF("settings"), .proved = true,
     .doc = "what one was told: ?before="},
    {POST, "/desk/settings/webhooks/{id#}", desk_webhook_post, STAFF("settings"), FORM,
     .proved = true, .doc = "tell it again, change it, take it away"},
    {GET, "/desk/breaking", desk_breaking, STAFF("breaking"), .doc = "breaking news: ?story="},
    {POST, "/desk/breaking", desk_breaking_post, STAFF("breaking"), FORM,
     .doc = "tell it, change it, take it back"},
    {GET, "/desk/notices", desk_notices, STAFF("notices"), .doc = "notices: ?before="},
    {GET, "/desk/notices/{id}", desk_notice, STAFF("notices"), .doc = "one of them; new"},
    {POST, "/desk/notices/{id}", desk_notice_post, STAFF("notices"), LONG_FORM,
     .doc = "write it, withdraw it, publish it again"},
    {GET, "/desk/staff", desk_staff, STAFF("staff"), .doc = "who works here"},
    {GET, "/desk/staff/invite", desk_invite, STAFF("staff"), .proved = true,
     .doc = "an invitation"},
    {POST, "/desk/staff/invite", desk_invite_post, STAFF("staff"), FORM, .proved = true,
     .doc = "invite"},
    {GET, "/desk/staff/{id#}", desk_person, STAFF("staff"), .doc = "one person"},
    {POST, "/desk/staff/{id#}", desk_person_post, STAFF("staff"), FORM, .proved = true,
     .doc = "role, suspension, a link, sessions"},
    {GET, "/desk/roles", desk_roles, STAFF("staff"), .doc = "who may do what"},
    {GET, "/desk/roles/{word}", desk_role, STAFF("staff"), .proved = true,
     .doc = "a role of the paper's own; new"},
    {POST, "/desk/roles/{word}", desk_role_post, STAFF("staff"), FORM, .proved = true,
     .doc = "make it, change it, take it away"},
    {GET, "/desk/audit", desk_audit, STAFF("audit"),
     .doc = "what was done: ?who=&act=&from=&to=&before="},
    {GET, "/desk/health", desk_health, STAFF("settings"), .doc = "what the paper is doing now"},

    OPEN("/api/v1", interface_index, NULL, "what the interface has"),
    OPEN("/api/v1/openapi.json", interface_description, NULL, "its description"),
    OPEN("/api/v1/stories", interface_stories, "before limit", "the newest stories as ninjs"),
    OPEN("/api/v1/stories/{id#}", interface_story, NULL, "a story as ninjs"),
    OPEN("/api/v1/notices", interface_notices, "before limit", "the notices that run now"),
    OPEN("/api/v1/notices/{id#}", interface_notice, NULL, "a notice"),
    OPEN("/api/v1/sections", interface_sections, NULL, "the sections"),
    OPEN("/api/v1/sections/{slug}/stories", interface_section, "before limit", "of a section"),
    OPEN("/api/v1/topics/{slug}/stories", interface_subject, "before limit", "of a topic"),
    OPEN("/api/v1/authors/{slug}/stories", interface_subject, "before limit", "of a byline"),
    OPEN("/api/v1/places/{slug}/stories", interface_subject, "before limit", "of a place"),
};
const size_t site_route_count = LENGTH(site_routes);

bool site_has_address(str path)
{
    for (size_t i = 0; i < site_route_count; i++)
        if (str_eq(str_c(site_routes[i].path), path))
            return true;
    return false;
}

struct template_use site_templates[SITE_TEMPLATES];

/* What a page of the lite edition is drawn with. */
static const str lite_files[TEMPLATES] = {
    [TEMPLATE_FRONT] = S_INIT("lite/front.html"),
    [TEMPLATE_LIST] = S_INIT("lite/list.html"),
    [TEMPLATE_STORY] = S_INIT("lite/story.html"),
    [TEMPLATE_GALLERY] = S_INIT("lite/gallery.html"),
    [TEMPLATE_SHOT] = S_INIT("lite/shot.html"),
    [TEMPLATE_MESSAGE] = S_INIT("lite/message.html"),
    [TEMPLATE_ARCHIVE] = S_INIT("lite/archive.html"),
    [TEMPLATE_CORRECTIONS] = S_INIT("lite/corrections.html"),
    [TEMPLATE_INFORMATION] = S_INIT("lite/information.html"),
    [TEMPLATE_HISTORY] = S_INIT("lite/history.html"),
    [TEMPLATE_NOTICES] = S_INIT("lite/notices.html"),
    [TEMPLATE_NOTICE] = S_INIT("lite/notice.html"),
    [TEMPLATE_TODAY] = S_INIT("lite/today.html"),
    [TEMPLATE_OFFLINE] = S_INIT("lite/offline.html"),
    [TEMPLATE_SEARCH] = S_INIT("lite/search.html"),
    [TEMPLATE_ENTRY] = S_INIT("lite/entry.html"),
    /* for a script; there is none there */
    [TEMPLATE_ENTRY_PART] = S_INIT("entry-part.html"),
    [TEMPLATE_RUNNING_PART] = S_INIT("running-part.html"),
};

/* Of the newsroom, which has one edition. */
static void fill_desk(void)
{
    site_templates[DESK_SIGN_IN] =
        (struct template_use){S("desk/sign-in.html"), view_desk_sign_in_type()};
    site_templates[DESK_WELCOME] =
        (struct template_use){S("desk/welcome.html"), view_desk_welcome_type()};
    site_templates[DESK_HOME] = (struct template_use){S("desk/home.html"), view_desk_home_type()};
    site_templates[DESK_ACCOUNT] =
        (struct template_use){S("desk/account.html"), view_desk_account_type()};
    site_templates[DESK_PASSWORD] =
        (struct template_use){S("desk/password.html"), view_desk_sign_in_type()};
    site_templates[DESK_TOTP] = (struct template_use){S("desk/totp.html"), view_desk_totp_type()};
    site_templates[DESK_PASSKEYS] =
        (struct template_use){S("desk/passkeys.html"), view_desk_passkeys_type()};
    site_templates[DESK_CODES] = (struct template_use){S("desk/codes.html"), view_desk_totp_type()};
    site_templates[DESK_STAFF] =
        (struct template_use){S("desk/staff.html"), view_desk_staff_type()};
    site_templates[DESK_PERSON] =
        (struct template_use){S("desk/person.html"), view_desk_person_type()};
    site_templates[DESK_INVITE] =
        (struct template_use){S("desk/invite.html"), view_desk_person_type()};
    site_templates[DESK_ROLES] =
        (struct template_use){S("desk/roles.html"), view_desk_roles_type()};
    site_templates[DESK_ROLE] = (struct template_use){S("desk/role.html"), view_desk_role_type()};
    site_templates[DESK_AUDIT] =
        (struct template_use){S("desk/audit.html"), view_desk_audit_type()};
    site_templates[DESK_HEALTH] =
        (struct template_use){S("desk/health.html"), view_desk_health_type()};
    site_templates[DESK_STORIES] =
        (struct template_use){S("desk/stories.html"), view_desk_stories_type()};
    site_templates[DESK_STORY] =
        (struct template_use){S("desk/story.html"), view_desk_story_type()};
    site_templates[DESK_KILL] = (struct template_use){S("desk/kill.html"), view_desk_story_type()};
    site_templates[DESK_EDIT] = (struct template_use){S("desk/edit.html"), view_desk_edit_type()};
    site_templates[DESK_REVISIONS] =
        (struct template_use){S("desk/revisions.html"), view_desk_revisions_type()};
    site_templates[DESK_REVISION] =
        (struct template_use){S("desk/revision.html"), view_desk_comparison_type()};
    site_templates[DESK_COMPARE] =
        (struct template_use){S("desk/compare.html"), view_desk_comparison_type()};
    site_templates[DESK_LOOK] = (struct template_use){S("desk/look.html"), view_desk_look_type()};
    site_templates[DESK_CALENDAR] =
        (struct template_use){S("desk/calendar.html"), view_desk_calendar_type()};
    site_templates[DESK_BOARD] =
        (struct template_use){S("desk/board.html"), view_desk_board_type()};
    site_templates[DESK_WIRE] = (struct template_use){S("desk/wire.html"), view_desk_wire_type()};
    site_templates[DESK_QUARANTINE] =
        (struct template_use){S("desk/quarantine.html"), view_desk_wire_type()};
    site_templates[DESK_FRONT] =
        (struct template_use){S("desk/front.html"), view_desk_front_type()};
    site_templates[DESK_FRONT_PLACE] =
        (struct template_use){S("desk/front-place.html"), view_desk_front_place_type()};
    site_templates[DESK_FRONT_PREVIEW] =
        (struct template_use){S("desk/front-preview.html"), view_desk_front_preview_type()};
    site_templates[DESK_PICTURES] =
        (struct template_use){S("desk/pictures.html"), view_desk_pictures_type()};
    site_templates[DESK_PICTURE] =
        (struct template_use){S("desk/picture.html"), view_desk_picture_type()};
    site_templates[DESK_QUARANTINED] =
        (struct template_use){S("desk/quarantined.html"), view_desk_quarantined_type()};
    site_templates[DESK_MESSAGE] =
        (struct template_use){S("desk/message.html"), view_desk_message_type()};
}

static void fill_desk_settings(void)
{
    site_templates[DESK_SETTINGS] =
        (struct template_use){S("desk/settings.html"), view_desk_settings_type()};
    site_templates[DESK_SECTIONS] =
        (struct template_use){S("desk/sections.html"), view_desk_sections_type()};
    site_templates[DESK_SECTION] =
        (struct template_use){S("desk/section.html"), view_desk_section_type()};
    site_templates[DESK_MENUS] =
        (struct template_use){S("desk/menus.html"), view_desk_menus_type()};
    site_templates[DESK_PAGES] =
        (struct template_use){S("desk/pages.html"), view_desk_pages_type()};
    site_templates[DESK_PAGE] = (struct template_use){S("desk/page.html"), view_desk_page_type()};
    site_templates[DESK_SUBJECTS] =
        (struct template_use){S("desk/subjects.html"), view_desk_subjects_type()};
    site_templates[DESK_SUBJECT] =
        (struct template_use){S("desk/subject.html"), view_desk_subject_type()};
    site_templates[DESK_BREAKING] =
        (struct template_use){S("desk/breaking.html"), view_desk_breaking_type()};
    site_templates[DESK_WEBHOOKS] =
        (struct template_use){S("desk/webhooks.html"), view_desk_webhooks_type()};
    site_templates[DESK_WEBHOOK] =
        (struct template_use){S("desk/webhook.html"), view_desk_webhook_type()};
    site_templates[DESK_NOTICES] =
        (struct template_use){S("desk/notices.html"), view_desk_notices_type()};
    site_templates[DESK_LIVE] = (struct template_use){S("desk/live.html"), view_desk_live_type()};
    site_templates[DESK_NOTICE] =
        (struct template_use){S("desk/notice.html"), view_desk_notice_type()};
}

void site_templates_fill(void)
{
    fill_desk();
    fill_desk_settings();
    site_templates[TEMPLATE_FRONT] = (struct template_use){S("front.html"), view_front_type()};
    site_templates[TEMPLATE_LIST] = (struct template_use){S("list.html"), view_stories_type()};
    site_templates[TEMPLATE_STORY] = (struct template_use){S("story.html"), view_story_type()};
    site_templates[TEMPLATE_GALLERY] =
        (struct template_use){S("gallery.html"), view_gallery_type()};
    site_templates[TEMPLATE_SHOT] = (struct template_use){S("shot.html"), view_gallery_type()};
    site_templates[TEMPLATE_MESSAGE] =
        (struct template_use){S("message.html"), view_message_type()};
    site_templates[TEMPLATE_ARCHIVE] =
        (struct template_use){S("archive.html"), view_archive_type()};
    site_templates[TEMPLATE_CORRECTIONS] =
        (struct template_use){S("corrections.html"), view_corrections_type()};
    site_templates[TEMPLATE_INFORMATION] =
        (struct template_use){S("information.html"), view_information_type()};
    site_templates[TEMPLATE_HISTORY] =
        (struct template_use){S("history.html"), view_history_type()};
    site_templates[TEMPLATE_NOTICES] =
        (struct template_use){S("notices.html"), view_notices_type()};
    site_templates[TEMPLATE_NOTICE] = (struct template_use){S("notice.html"), view_notice_type()};
    site_templates[TEMPLATE_TODAY] = (struct template_use){S("today.html"), view_today_type()};
    site_templates[TEMPLATE_OFFLINE] = (struct template_use){S("offline.html"), view_today_type()};
    site_templates[TEMPLATE_SEARCH] = (struct template_use){S("search.html"), view_search_type()};
    site_templates[TEMPLATE_ENTRY] = (struct template_use){S("entry.html"), view_entry_page_type()};
    site_templates[TEMPLATE_ENTRY_PART] =
        (struct template_use){S("entry-part.html"), view_entry_page_type()};
    site_templates[TEMPLATE_BUSY] = (struct template_use){S("busy.html"), view_busy_type()};
    site_templates[TEMPLATE_RUNNING_PART] =
        (struct template_use){S("running-part.html"), view_block_type()};
    for (int i = 0; i < TEMPLATES; i++)
        site_templates[TEMPLATES + i] =
            (struct template_use){lite_files[i], site_templates[i].view};
}
