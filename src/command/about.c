/*
 * about.c - what the newsroom writes about a topic, an author or a place, from the command line.
 */
#include "command/words.h"

#include "media/catalogue.h"
#include "news/subject.h"
#include "store/sql.h"
#include "text/markdown.h"

#include <stdio.h>

enum { LISTED = 5000 };

enum fact { NAME, ROLE, SUMMARY, LANGUAGE, ALT, CREDIT, EMAIL, LINKS, FACTS };

struct words {
    int kind; /* SUBJECT_KINDS: list them */
    const char *data, *text, *picture;
    str facts[FACTS]; /* an empty one takes away what was there */
    const char *links[SUBJECT_LINKS_MAX];
    size_t link_count;
};

struct job {
    enum subject_kind kind;
    str slug;
    int64_t now;
    struct subject_change change;
    struct media_taken picture;
    bool takes_picture;
};

static int read_words(const struct command *c, int *argc, char ***argv, struct words *w)
{
    const struct word words[] = {
        DATA_WORD(&w->data),
        {"list", NULL, "those that are written about", .verb = &w->kind, .is = SUBJECT_KINDS},
        {"topic", "SLUG",
         "show what is written; with options, write it.  An empty value takes away what was there",
         .verb = &w->kind, .is = SUBJECT_TOPIC},
        {"author", "SLUG", "the same of an author", .verb = &w->kind, .is = SUBJECT_AUTHOR},
        {"place", "SLUG", "the same of a place", .verb = &w->kind, .is = SUBJECT_PLACE},
        {"text", "FILE", "the text, from Markdown (-: standard input)", .text = &w->text},
        {"summary", "TEXT", "the same in a sentence or two, for lists elsewhere",
         .str = &w->facts[SUMMARY]},
        {"picture", "FILE", "a picture", .text = &w->picture},
        {"alt", "TEXT", "what it shows, for those who do not see it (default: what the file says)",
         .str = &w->facts[ALT]},
        {"credit", "TEXT", "who made it (default: what the file says)", .str = &w->facts[CREDIT]},
        {"name", "TEXT", "how it is called; one that is not there yet is made",
         .str = &w->facts[NAME]},
        {"language", "TAG", "what the text is written in (default: the paper's)",
         .str = &w->facts[LANGUAGE]},
        {"role", "TEXT", "of an author", .str = &w->facts[ROLE]},
        {"email", "ADDRESS", "of an author", .str = &w->facts[EMAIL]},
        {"link", "URL", "of an author's page elsewhere; may be repeated", .text = w->links,
         .count = &w->link_count, .most = SUBJECT_LINKS_MAX},
    };

    *w = (struct words){.kind = SUBJECT_KINDS, .data = command_data_folder()};
    return words_read(c, words, LENGTH(words), argc, argv);
}

/* Several are one a line. */
static str join_links(arena *a, const struct words *w)
{
    str all = S("");

    for (size_t i = 0; i < w->link_count; i++)
        all = str_fmt(a, "%.*s%s%s", STR(all), all.n > 0 && w->links[i][0] != 0 ? "\n" : "",
                      w->links[i]);
    return all;
}

static const str *said(const struct words *w, enum fact f)
{
    return w->facts[f].p != NULL ? &w->facts[f] : NULL;
}

static bool says_something(const struct words *w)
{
    bool says = w->text != NULL || w->picture != NULL;

    for (int f = 0; f < FACTS; f++)
        says = says || said(w, (enum fact)f) != NULL;
    return says;
}

static err list(struct house *h)
{
    struct sql_subjects_for_desk_rows rows;

    TRY(sql_subjects_for_desk(h->a, h->db, LISTED, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct sql_subjects_for_desk *s = &rows.v[i];

        printf("%.*s\t%.*s\t%.*s\t%s\t%s\t%.*s\n", STR(subject_word((enum subject_kind)s->kind)),
               STR(s->slug), STR(s->name), s->has_body ? "text" : "-",
               s->has_picture ? "picture" : "-", STR(s->summary));
    }
    return OK;
}

static void print_field(const char *name, str value)
{
    if (value.n > 0)
        printf("%s\t%.*s\n", name, STR(value));
}

static err show(struct house *h, enum subject_kind kind, str slug, note *why)
{
    struct sql_subject_at s;
    struct body body = {0};
    err e = sql_subject_at(h->a, h->db, kind, slug, &s);

    if (e == E_MISSING)
        return fail(why, e, "there is no %.*s \"%.*s\"", STR(subject_word(kind)), STR(slug));
    TRY(e);
    print_field("address", subject_path(h->a, kind, slug));
    print_field("name", s.name);
    print_field("role", s.role);
    print_field("summary", s.summary);
    if (s.body.n > 0)
        TRY(body_from_store(h->a, s.body, &body, why));
    print_field("text", body_opening(h->a, &body, 200));
    print_field("language", s.language);
    if (s.has_picture)
        printf("picture\t%lld\n", (long long)s.picture);
    print_field("alt", s.picture_alt);
    print_field("credit", s.picture_credit);
    print_field("email", s.email);
    for (str rest = s.links, line; rest.n > 0 && str_cut(&rest, '\n', &line);)
        print_field("link", line);
    return OK;
}

static err write_down(arena *a, store_conn *w, void *of, note *why)
{
    struct job *job = of;
    struct desk d = {a, w, job->now};
    struct subject_change change = job->change;
    int64_t media;

    if (job->takes_picture) {
        TRY(media_add(a, w, &job->picture, &media, why));
        change.picture = &media;
    }
    TRY(subject_say(&d, job->kind, job->slug, &change, why));
    return command_log(a, w, job->now,
                       &(struct deed){.act = AUDIT_subject_changed,
                                      .label = subject_path(a, job->kind, job->slug),
                                      .is = change.name != NULL
                                                ? audit_line(a, S(""), "name", *change.name)
                                                : S("")},
                       why);
}

static err read_files(struct house *h, const struct words *w, struct job *job, note *why)
{
    static const int64_t none = 0;
    struct media_library library;
    struct body *body = arena_one(h->a, struct body);
    str text;

    if (w->text != NULL) {
        *body = (struct body){0};
        job->change.body = body;
    }
    if (w->text != NULL && w->text[0] != 0) {
        TRY(command_read(h->a, w->text, MARKDOWN_BYTES_MAX, &text, why));
        TRY(body_from_markdown(h->a, text, MARKDOWN_FULL, body, why));
        if (body->count == 0)
            return fail(why, E_INVALID, "there is nothing in %s", w->text);
    }
    if (w->picture != NULL)
        job->change.picture = &none;
    if (w->picture == NULL || w->picture[0] == 0)
        return OK;
    TRY(media_library_open(h->a, w->data, &library, why));
    TRY(command_read(h->a, w->picture, PICTURE_BYTES_MAX, &text, why));
    job->takes_picture = true;
    TRY(media_take(h->a, &library, text, &job->picture, why));
    return job->picture.is_film ? fail(why, E_INVALID, "%s is no picture", w->picture) : OK;
}

static err run(const struct command *c, struct house *h, struct words *w, const char *slug,
               note *why)
{
    struct job job = {.kind = (enum subject_kind)w->kind,
                      .slug = str_c(slug),
                      .now = clock_now(store_clock(h->store))};

    if (w->kind == SUBJECT_KINDS)
        return list(h);
    if (w->link_count > 0)
        w->facts[LINKS] = join_links(h->a, w);
    if (!says_something(w))
        return show(h, job.kind, job.slug, why);
    job.change = (struct subject_change){.name = said(w, NAME),
                                         .role = said(w, ROLE),
                                         .summary = said(w, SUMMARY),
                                         .language = said(w, LANGUAGE),
                                         .alt = said(w, ALT),
                                         .credit = said(w, CREDIT),
                                         .email = said(w, EMAIL),
                                         .links = said(w, LINKS)};
    TRY(read_files(h, w, &job, why));
    TRY(store_write(h->store, write_down, &job, h->a, why));
    printf("%.*s: done\n", STR(subject_path(h->a, job.kind, job.slug)));
    command_settle(c, h);
    return OK;
}

static int about(const struct command *c, int argc, char **argv)
{
    struct words w;
    struct house h;
    note why = {0};
    int done = read_words(c, &argc, &argv, &w);

    if (done >= 0)
        return done;
    if (!house_open(&h, c, w.data, true))
        return EXIT_FAILED;

    err e = run(c, &h, &w, argv[0], &why);

    house_close(&h);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_about = {
    "about", "", "Write what stands at the head of the page of a topic, an author or a place.",
    about};
