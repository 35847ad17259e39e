/*
 * origin.h - does a form come from a page of ours?  What browsers say of where a request comes
 * from: Sec-Fetch-Site, and Origin.  Pure.
 */
#ifndef HTTP_ORIGIN_H
#define HTTP_ORIGIN_H

#include "http/request.h"

/* True when at least one of the two is there and every one that is says that it is ours. */
bool origin_is_ours(const struct request *rq);

/* The path and query that a page of ours was at which led here (Referer); empty: none of ours. */
str origin_page(const struct request *rq);

#endif
