#include "site/api/structured.h"

#include "base/test.h"

#include <jansson.h>

enum { DOCUMENT_MAX = 1 << 20 };

static json_t *read_back(struct test *t, const struct told_story *s)
{
    buf out = buf_new(t->arena, DOCUMENT_MAX);
    struct json_writer w = json_writer(&out);

    put_list(&w, NULL);
    told_story(&w, s);
    put_end(&w);

    json_t *all = json_loadb(out.p, out.n, 0, NULL);

    CHECK(all != NULL);
    return all;
}

static const char *text(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s != NULL ? s : "";
}

static struct told_story ordinary(void)
{
    return (struct told_story){
        .paper = S("https://paper.example"),
        .url = S("https://paper.example/news/a"),
        .headline = S("A headline"),
        .published = S("2026-11-24T08:00:00+00:00"),
        .changed = S("2026-11-24T09:00:00+00:00"),
    };
}

TEST(structured_story_without_a_name_is_by_the_paper)
{
    struct told_story s = ordinary();
    json_t *all = read_back(t, &s), *o = json_array_get(all, 0);

    CHECK_STR(str_c(text(o, "@type")), S("NewsArticle"));
    CHECK_STR(str_c(text(json_array_get(json_object_get(o, "author"), 0), "@id")),
              S("https://paper.example/#paper"));
    CHECK(json_object_get(o, "image") == NULL);
    CHECK(json_object_get(o, "liveBlogUpdate") == NULL);
    json_decref(all);
}

TEST(structured_review_has_stars_and_what_it_is_of)
{
    struct told_story s = ordinary();

    s.is_review = true;
    s.reviewed = S("The Salt Wedding");
    s.is_rated = true;
    s.half_stars = 8;

    json_t *all = read_back(t, &s), *o = json_array_get(all, 0);

    CHECK_STR(str_c(text(o, "@type")), S("ReviewNewsArticle"));
    CHECK_STR(str_c(text(json_object_get(o, "itemReviewed"), "name")), S("The Salt Wedding"));
    CHECK_INT(
        json_integer_value(json_object_get(json_object_get(o, "reviewRating"), "ratingValue")), 4);
    json_decref(all);
}

TEST(structured_running_story_has_its_updates_and_a_film)
{
    const struct told_update updates[] = {
        {S("https://paper.example/news/a#2"), S("Second"), S("More words"),
         S("2026-11-24T09:00:00Z"), S(""), S("Ann Lee")},
        {S("https://paper.example/news/a#1"), S("First"), S("Words"), S("2026-11-24T08:00:00Z"),
         S("2026-11-24T08:30:00Z"), S("")},
    };
    const struct told_video film = {.url = S("https://paper.example/media/3.mp4"),
                                    .name = S("The gale"),
                                    .poster = S("https://paper.example/media/3.jpg"),
                                    .at = S("2026-11-24T08:00:00Z"),
                                    .duration = S("PT1M30S")};
    struct told_story s = ordinary();

    s.updates = updates;
    s.update_n = LENGTH(updates);
    s.is_live = true;
    s.live_from = S("2026-11-24T08:00:00Z");
    s.videos = &film;
    s.video_n = 1;

    json_t *all = read_back(t, &s), *o = json_array_get(all, 0);
    const json_t *list = json_object_get(o, "liveBlogUpdate");

    CHECK_STR(str_c(text(o, "@type")), S("LiveBlogPosting"));
    CHECK_STR(str_c(text(o, "coverageStartTime")), S("2026-11-24T08:00:00Z"));
    CHECK_INT(json_array_size(list), 2);
    CHECK_STR(str_c(text(json_array_get(list, 0), "headline")), S("Second"));
    CHECK_STR(str_c(text(json_object_get(o, "video"), "@type")), S("VideoObject"));
    CHECK_STR(str_c(text(json_object_get(o, "video"), "duration")), S("PT1M30S"));
    json_decref(all);
}

TEST(structured_headline_is_cut_between_characters)
{
    buf long_one = buf_new(t->arena, DOCUMENT_MAX);
    struct told_story s = ordinary();

    for (int i = 0; i < 200; i++)
        buf_lit(&long_one, "é");
    s.headline = buf_str(&long_one);

    json_t *all = read_back(t, &s), *o = json_array_get(all, 0);

    CHECK_INT(strlen(text(o, "headline")), 109 * 2 + 3);
    json_decref(all);
}
