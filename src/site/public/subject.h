/*
 * subject.h - what the page, the feeds and the interface of topics, authors and places share.
 */
#ifndef SITE_PUBLIC_SUBJECT_H
#define SITE_PUBLIC_SUBJECT_H

#include "http/request.h"
#include "news/subject.h"

/* What the address is of: "/place/...", "/api/v1/places/..."; SUBJECT_KINDS: of none. */
enum subject_kind subject_asked(const struct request *rq);

/* "Topic", in English, to be said. */
const char *subject_title(enum subject_kind kind);

#endif
