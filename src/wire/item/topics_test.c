#include "base/test.h"
#include "wire/item/topics.h"

TEST(topics_are_found_by_code)
{
    CHECK_STR(topic_of(S("20000418"))->name, S("climate change"));
    CHECK_STR(topic_of(S("01000000"))->name, S("arts, culture, entertainment and media"));
    CHECK(topic_of(S("")) == NULL);
    CHECK(topic_of(S("20009999")) == NULL);
    CHECK_STR(topic_of(S("20000304"))->name, S("media"));
}

TEST(older_subject_codes_become_topics)
{
    CHECK_STR(topic_of_subject_code(S("15054000"))->name, S("soccer"));
    CHECK_STR(topic_of_subject_code(S("04000000"))->code, S("04000000"));
    /* 15054999 is nothing; soccer is its matter */
    CHECK_STR(topic_of_subject_code(S("15054999"))->name, S("soccer"));
    CHECK(topic_of_subject_code(S("99000000")) == NULL);
    CHECK(topic_of_subject_code(S("1505400")) == NULL);
}

TEST(topics_are_found_by_name_in_any_case)
{
    CHECK_STR(topic_named(S("Soccer"))->code, S("20001065"));
    CHECK_STR(topic_named(S("CLIMATE CHANGE"))->code, S("20000418"));
    CHECK(topic_named(S("")) == NULL);
    CHECK(topic_named(S("socce")) == NULL);
    CHECK(topic_named(S("soccers")) == NULL);
    CHECK(topic_named(S("zzz")) == NULL);
}

TEST(every_topic_leads_to_one_of_the_seventeen)
{
    CHECK_STR(topic_top(topic_of(S("20001065")))->name, S("sport"));
    CHECK_STR(topic_top(topic_of(S("15000000")))->name, S("sport"));
    CHECK_STR(topic_top(topic_of(S("20000418")))->name, S("environment"));
}

TEST(a_subject_is_looked_up_in_its_own_scheme)
{
    CHECK_STR(topic_for(S("medtop"), S("20000418"), S("Klima"))->name, S("climate change"));
    CHECK_STR(topic_for(S("subj"), S("15054000"), S(""))->name, S("soccer"));
    CHECK_STR(topic_for(S(""), S(""), S("soccer"))->code, S("20001065"));
    CHECK(topic_for(S("N2"), S("15054000"), S("")) == NULL);
}
