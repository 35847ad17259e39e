/*
 * doors.h - the handlers of the addresses that machines ask for; site/routes.c says which is which.
 */
#ifndef SITE_API_DOORS_H
#define SITE_API_DOORS_H

#include "http/request.h"

/* How long a story stands in the sitemap for news, in µs. */
#define SITEMAP_NEWS_AGE (2 * DAY_US)

/* feed.c */
err site_feed(struct request *rq);
err section_feed(struct request *rq);
err subject_feed(struct request *rq);
err notices_feed(struct request *rq);
err notices_type_feed(struct request *rq);
err feed_spelling(struct request *rq);

/* sitemap.c */
err sitemap_index(struct request *rq);
err sitemap_notices(struct request *rq);
err sitemap_month(struct request *rq);
err sitemap_sections(struct request *rq);
err sitemap_subjects(struct request *rq);
err sitemap_news(struct request *rq);

/* card.c */
err story_card(struct request *rq);
err entry_card(struct request *rq);
err paper_card(struct request *rq);

/* oembed.c */
err oembed(struct request *rq);

/* opensearch.c */
err search_description(struct request *rq);

/* texts.c */
err robots_text(struct request *rq);
err security_text(struct request *rq);
err security_elsewhere(struct request *rq);
err mining_rules(struct request *rq);
err ads_text(struct request *rq);
err trust_text(struct request *rq);
err humans_text(struct request *rq);
err metrics_text(struct request *rq);

/* acme.c */
err acme_challenge(struct request *rq);

/* interface.c */
err interface_index(struct request *rq);
err interface_description(struct request *rq);
err interface_stories(struct request *rq);
err interface_story(struct request *rq);
err interface_sections(struct request *rq);
err interface_section(struct request *rq);
err interface_subject(struct request *rq);
err interface_notices(struct request *rq);
err interface_notice(struct request *rq);
err interface_preflight(struct request *rq);

/* Is it a program that asks, and what it is told when something is wrong. */
bool interface_asked(const struct request *rq);
err interface_problem(struct request *rq, int status);

#endif
