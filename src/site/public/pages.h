/*
 * pages.h - the handlers of the public addresses; routes.c says which is which.
 */
#ifndef SITE_PUBLIC_PAGES_H
#define SITE_PUBLIC_PAGES_H

#include "http/request.h"

err front_page(struct request *rq);
err section_page(struct request *rq);
err story_page(struct request *rq);
err topic_page(struct request *rq);
err author_page(struct request *rq);
err day_page(struct request *rq);
err theme_file_page(struct request *rq);
err colours_page(struct request *rq);
err media_page(struct request *rq);

#endif
