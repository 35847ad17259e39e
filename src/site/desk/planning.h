/*
 * planning.h - what the pages of planning share: a story's plan, notes and links, for its page.
 */
#ifndef SITE_DESK_PLANNING_H
#define SITE_DESK_PLANNING_H

#include "news/stage.h"
#include "site/desk/desk.h"

/* Fill in what a story's page says of each. */
err plan_fill(const struct desk_page *p, int64_t story, struct view_desk_story *view);
err notes_fill(const struct desk_page *p, int64_t story, struct view_desk_story *view);
err places_fill(const struct desk_page *p, int64_t story, struct view_desk_story *view);
err links_fill(const struct desk_page *p, int64_t story, struct view_desk_story *view);

/* The story's page, with a link that was just made (empty: with none). */
err story_show_link(struct request *rq, int64_t story, str link, int64_t until_at,
                    const char *wrong);

/* The stages of a section: its own, or the paper's (0: the paper's). */
void plan_stages(const struct desk_page *p, int64_t section, struct stages *out);

/* Who could write; the one with this number is chosen. */
err plan_people(const struct desk_page *p, int64_t chosen, const struct view_choice **out,
                size_t *n);

/* Whoever asks may see the stories of others: NULL; else the number to ask for. */
const int64_t *plan_own(const struct desk_page *p);

/* A time as a browser's field gives and takes it, in the paper's zone; empty for 0. */
bool plan_time_read(struct request *rq, str typed, int64_t *at);
str plan_time_field(struct request *rq, int64_t at);

/* A row of planning.sql as a card. */
struct sql_plan_board;
struct view_desk_card plan_card(const struct desk_page *p, const struct sql_plan_board *row);

#endif
