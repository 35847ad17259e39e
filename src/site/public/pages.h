/*
 * pages.h - the handlers of the public addresses; routes.c says which is which.
 */
#ifndef SITE_PUBLIC_PAGES_H
#define SITE_PUBLIC_PAGES_H

#include "http/request.h"
#include "news/paper.h"
#include "news/reading.h"

err front_page(struct request *rq);
err section_page(struct request *rq);
err story_page(struct request *rq);
err entry_page(struct request *rq);
err entry_part(struct request *rq);
err running_part(struct request *rq);
err history_page(struct request *rq);
err gallery_page(struct request *rq);
err shot_page(struct request *rq);
err subject_page(struct request *rq);
err latest_page(struct request *rq);
err day_page(struct request *rq);
err month_page(struct request *rq);
err year_page(struct request *rq);
err archive_page(struct request *rq);
err notices_page(struct request *rq);
err notices_past_page(struct request *rq);
err notices_type_page(struct request *rq);
err notice_page(struct request *rq);
err corrections_page(struct request *rq);
err search_page(struct request *rq);
err theme_file_page(struct request *rq);
err colours_page(struct request *rq);
err colours_kept_page(struct request *rq);
err icon_page(struct request *rq);
err icon_drawn_page(struct request *rq);
err icon_touch_page(struct request *rq);
err manifest_page(struct request *rq);
err live_stream(struct request *rq);
err push_key_page(struct request *rq);
err push_subscribe(struct request *rq);
err push_unsubscribe(struct request *rq);
err live_since_page(struct request *rq);
err today_page(struct request *rq);
err today_bundle(struct request *rq);
err offline_page(struct request *rq);
err offline_worker(struct request *rq);
err media_page(struct request *rq);
err film_page(struct request *rq);
err captions_page(struct request *rq);

/* A section's own front, for section_page(); E_MISSING, with nothing done: it has none. */
err section_front(struct request *rq, struct reading *r, const struct paper *paper,
                  const struct section *section);

/* A front that has been chosen: of a section, or (NULL) the paper's own.  Where it stands: the path
 * that the menu marks, and the address that it is told by. */
struct front;
struct view_front;
struct front_at {
    str path, canonical;
};
err front_fill(struct request *rq, struct reading *r, const struct paper *paper,
               const struct section *section, const struct front *front, const struct front_at *at,
               struct view_front *view);

/* The page of information at "/{slug}", for section_page(); E_MISSING. */
err information_page(struct request *rq, struct reading *r, const struct paper *paper, str slug);

/* Where the paper's colours and its icon are, under addresses that change when they do. */
str colours_address(arena *a, const struct paper *paper);
str icon_address(arena *a, const struct paper *paper);

/* A story's page, to be shown or to be taken along; `out` is a struct view_story. */
struct story;
struct view_story;
err story_fill(struct request *rq, struct reading *r, const struct paper *paper,
               const struct story *s, struct view_story *out);

/* The icon for the screens of telephones; `paper->icon` is filled. */
str icon_touch_address(arena *a, const struct paper *paper);

#endif
