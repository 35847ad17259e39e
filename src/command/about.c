/*
 * about.c - what the newsroom writes about a topic, an author or a place, from the command line.
 */
#include "command/command.h"

#include "media/catalogue.h"
#include "news/subject.h"
#include "store/sql.h"
#include "text/markdown.h"

#include <getopt.h>
#include <stdio.h>

enum { LISTED = 5000 };

/* Which facts were given; an empty one takes away what was there. */
struct words {
    const char *data, *text, *picture;
    struct subject_change change;
    str values[9]; /* of eight facts, and the links */
    buf links;
    size_t given;
};

struct job {
    enum subject_kind kind;
    str slug;
    int64_t now;
    struct subject_change change;
    struct media_taken picture;
    bool takes_picture;
};

static const str **fact_of(struct words *w, int option)
{
    switch (option) {
    case 'n':
        return &w->change.name;
    case 'r':
        return &w->change.role;
    case 's':
        return &w->change.summary;
    case 'l':
        return &w->change.language;
    case 'a':
        return &w->change.alt;
    case 'c':
        return &w->change.credit;
    case 'e':
        return &w->change.email;
    default:
        return NULL;
    }
}

/* Several are one a line. */
static void add_link(struct words *w, str link)
{
    if (w->links.n > 0 && link.n > 0)
        buf_char(&w->links, '\n');
    buf_add(&w->links, link);
}

static int read_words(arena *a, const struct command *c, int argc, char **argv, struct words *w)
{
    static const struct option options[] = {
        {"data", required_argument, NULL, 'd'},
        {"text", required_argument, NULL, 't'},
        {"picture", required_argument, NULL, 'p'},
        {"link", required_argument, NULL, 'k'},
        {"name", required_argument, NULL, 'n'},
        {"role", required_argument, NULL, 'r'},
        {"summary", required_argument, NULL, 's'},
        {"language", required_argument, NULL, 'l'},
        {"alt", required_argument, NULL, 'a'},
        {"credit", required_argument, NULL, 'c'},
        {"email", required_argument, NULL, 'e'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    bool links = false;

    *w = (struct words){.data = command_data_folder(), .links = buf_new(a, 64 << 10)};
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        const str **fact = fact_of(w, o);

        if (o == 'h') {
            command_help(c);
            return EXIT_DONE;
        }
        if (o == '?')
            return EXIT_WORDS;
        if (fact != NULL && *fact == NULL)
            *fact = &w->values[w->given++];
        if (fact != NULL)
            w->values[*fact - w->values] = str_c(optarg);
        else if (o == 'k')
            add_link(w, str_c(optarg)), links = true;
        else
            *(o == 'd' ? &w->data : o == 't' ? &w->text : &w->picture) = optarg;
    }
    if (links) {
        w->values[w->given] = buf_str(&w->links);
        w->change.links = &w->values[w->given++];
    }
    return -1;
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

static err run(const struct command *c, struct house *h, const struct words *w, char **words,
               note *why)
{
    struct job job = {.kind = subject_kind_of(str_c(words[0])),
                      .slug = str_c(words[1]),
                      .now = clock_now(store_clock(h->store)),
                      .change = w->change};

    if (w->given == 0 && w->text == NULL && w->picture == NULL)
        return show(h, job.kind, job.slug, why);
    TRY(read_files(h, w, &job, why));
    TRY(store_write(h->store, write_down, &job, h->a, why));
    printf("%.*s: done\n", STR(subject_path(h->a, job.kind, job.slug)));
    command_settle(c, h);
    return OK;
}

static int check_words(const struct command *c, int n, char **words)
{
    if (n == 0 || (n == 1 && strcmp(words[0], "list") == 0))
        return -1;
    if (subject_kind_of(str_c(words[0])) == SUBJECT_KINDS)
        return command_words(c, "\"%s\" is none of list, topic, author, place", words[0]);
    return n == 2 ? -1 : command_words(c, "which %s?", words[0]);
}

static int about(const struct command *c, int argc, char **argv)
{
    arena *a = arena_new(1 << 20);
    struct words w;
    struct house h;
    note why = {0};
    int done = read_words(a, c, argc, argv, &w);

    if (done < 0)
        done = check_words(c, argc - optind, argv + optind);
    if (done < 0 && !house_open(&h, c, w.data, true))
        done = EXIT_FAILED;
    if (done < 0) {
        err e = argc - optind < 2 ? list(&h) : run(c, &h, &w, argv + optind, &why);

        house_close(&h);
        done = e == OK ? EXIT_DONE : command_failed(c, e, &why);
    }
    arena_free(&a);
    return done;
}

const struct command command_about = {
    "about", "[options] [list | topic SLUG | author SLUG | place SLUG]",
    "Write what stands at the head of the page of a topic, an author or a place.",
    "  --data DIR        the data folder (default: $BROADSHEET_DATA or ./data)\n"
    "  list              those that are written about\n"
    "  topic SLUG ...    show what is written; with options, write it.  An empty value takes\n"
    "                    away what was there\n"
    "  --text FILE       the text, from Markdown (-: standard input)\n"
    "  --summary TEXT    the same in a sentence or two, for lists elsewhere\n"
    "  --picture FILE    a picture; --alt TEXT: for those who do not see it; --credit TEXT: who\n"
    "                    made it (both default to what the file says)\n"
    "  --name TEXT       how it is called; one that is not there yet is made\n"
    "  --language TAG    what the text is written in (default: the paper's)\n"
    "  --role TEXT, --email ADDRESS, --link URL (several times): of an author\n",
    about};
