#include "site/site.h"

#include "base/must.h"
#include "site/public/pages.h"
#include "site/public/views.h"

#define PAGE .who = WHO_ANYONE, .cache = CACHE_SHARED

const struct route site_routes[] = {
    {GET, "/", front_page, PAGE, .doc = "the front"},
    {GET, "/{section}", section_page, PAGE, .doc = "a section; ?before= goes on"},
    {GET, "/{section}/{year#}/{month#}/{day#}/{slug}", story_page, PAGE, .doc = "a story"},
    {GET, "/topic/{slug}", topic_page, PAGE, .doc = "a topic; ?before= goes on"},
    {GET, "/author/{slug}", author_page, PAGE, .doc = "a byline; ?before= goes on"},
    {GET, "/{year#}/{month#}/{day#}", day_page, PAGE, .doc = "a day of the archive"},
    {GET, "/colours.css", colours_page, PAGE, .doc = "the paper's colours"},
    {GET, "/theme/{fingerprint}/{file*}", theme_file_page, PAGE, .doc = "a file of the theme"},
    {GET, "/media/{id#}/{width#}.{ext}", media_page, WHO_ANYONE, CACHE_FOREVER,
     .doc = "a picture in one width"},
};
const size_t site_route_count = LENGTH(site_routes);

struct template_use site_templates[TEMPLATES];

void site_templates_fill(void)
{
    site_templates[TEMPLATE_FRONT] = (struct template_use){S("front.html"), view_front_type()};
    site_templates[TEMPLATE_LIST] = (struct template_use){S("list.html"), view_stories_type()};
    site_templates[TEMPLATE_STORY] = (struct template_use){S("story.html"), view_story_type()};
    site_templates[TEMPLATE_MESSAGE] =
        (struct template_use){S("message.html"), view_message_type()};
}
