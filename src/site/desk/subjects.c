/*
 * subjects.c - /desk/settings/subjects: what the newsroom writes about topics, authors and places.
 */
#include "news/subject.h"

#include "base/utf8.h"
#include "site/desk/desk.h"
#include "store/sql.h"
#include "text/markdown.h"
#include "text/write_markdown.h"

enum { MANY = 60, WORDS_MAX = 120 };

static const char *const kind_names[SUBJECT_KINDS] = {SAY("Topics"), SAY("Authors"), SAY("Places")};

/* --- all --- */

static void fill_kinds(const struct desk_page *p, enum subject_kind chosen,
                       struct view_desk_subjects *view)
{
    struct view_choice *v = arena_many(p->rq->arena, struct view_choice, SUBJECT_KINDS);

    for (int i = 0; i < SUBJECT_KINDS; i++)
        v[i] = (struct view_choice){subject_word((enum subject_kind)i), desk_say(p, kind_names[i]),
                                    i == (int)chosen};
    view->kinds.v = v;
    view->kinds.n = SUBJECT_KINDS;
}

err desk_subjects(struct request *rq)
{
    struct desk_page p;
    struct view_desk_subjects view = {.words = desk_query(rq, S("words"), WORDS_MAX)};
    enum subject_kind kind = subject_kind_of(desk_query(rq, S("kind"), 20));
    struct sql_subjects_search_rows rows;
    struct view_desk_subject_line *v;

    if (kind == SUBJECT_KINDS)
        kind = SUBJECT_TOPIC;
    TRY(desk_begin(rq, &p));
    TRY(sql_subjects_search(rq->arena, rq->desk, kind, view.words, MANY, &rows));
    v = arena_many(rq->arena, struct view_desk_subject_line, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct view_desk_subject_line){
            .href = {str_join(rq->arena, S("/desk/settings/subjects"),
                              subject_path(rq->arena, kind, rows.v[i].slug))},
            .name = rows.v[i].name,
            .summary = rows.v[i].summary,
            .stories = rows.v[i].stories,
            .is_written = rows.v[i].is_written,
        };
    view.subjects.v = v;
    view.subjects.n = rows.n;
    view.has_subjects = rows.n > 0;
    fill_kinds(&p, kind, &view);
    view.desk = p.head;
    desk_settings_menu(&p, &view.pages.v, &view.pages.n);
    return desk_reply(&p, 200, DESK_SUBJECTS, SAY("Topics, authors, places"), &view);
}

/* --- one --- */

/* What is written, or was typed, as text. */
struct written {
    str name, role, summary, text, language, picture, alt, credit, email, links;
    bool is_locked; /* it holds more than Markdown can say */
    bool previews;
    const char *wrong;
};

static err load(struct request *rq, enum subject_kind kind, struct written *out)
{
    struct sql_subject_at row;
    struct body body = {0};

    TRY(sql_subject_at(rq->arena, rq->desk, kind, request_param(rq, S("slug")), &row));
    if (row.body.n > 0)
        TRY(body_from_store(rq->arena, row.body, &body, &rq->note));
    *out = (struct written){
        .name = row.name,
        .role = row.role,
        .summary = row.summary,
        .language = row.language,
        .picture = row.has_picture ? str_fmt(rq->arena, "%lld", (long long)row.picture) : S(""),
        .alt = row.picture_alt,
        .credit = row.picture_credit,
        .email = row.email,
        .links = row.links,
    };
    out->is_locked = !body_to_markdown(rq->arena, &body, &out->text);
    return OK;
}

static err show(struct request *rq, enum subject_kind kind, const struct written *w)
{
    struct desk_page p;
    struct view_desk_subject view;
    struct body body;
    int64_t picture;

    TRY(desk_begin(rq, &p));
    view = (struct view_desk_subject){
        .desk = p.head,
        .action = {rq->raw_path},
        .href = {subject_path(rq->arena, kind, request_param(rq, S("slug")))},
        .kind = desk_say(&p, kind_names[kind]),
        .name = w->name,
        .role = w->role,
        .summary = w->summary,
        .text = w->text,
        .in_language = w->language,
        .picture = w->picture,
        .alt = w->alt,
        .credit = w->credit,
        .email = w->email,
        .links = w->links,
        .is_author = kind == SUBJECT_AUTHOR,
        .is_locked = w->is_locked,
    };
    if (str_int(w->picture, &picture))
        view.shown =
            part_picture(&p.parts, picture, w->alt, (struct place){S("8rem"), STANDS_WHOLE}, false);
    if (w->previews && body_from_markdown(rq->arena, w->text, MARKDOWN_FULL, &body, NULL) == OK) {
        view.has_preview = true;
        view.preview = desk_body(&p, &body);
    }
    desk_settings_menu(&p, &view.pages.v, &view.pages.n);
    if (w->wrong != NULL)
        desk_wrong(&p, w->wrong);
    return desk_reply(&p, w->wrong != NULL ? 422 : 200, DESK_SUBJECT,
                      SAY("Topics, authors, places"), &view);
}

static err read_kind(struct request *rq, enum subject_kind *kind)
{
    *kind = subject_kind_of(request_param(rq, S("kind")));
    return *kind == SUBJECT_KINDS ? E_MISSING : OK;
}

err desk_subject(struct request *rq)
{
    enum subject_kind kind;
    struct written w;

    TRY(read_kind(rq, &kind));
    TRY(load(rq, kind, &w));
    return show(rq, kind, &w);
}

/* --- writing it --- */

struct job {
    enum subject_kind kind;
    str slug;
    const struct written *old, *new;
    struct body body;
    int64_t picture;
};

static void lines_of(arena *a, const struct written *x, const struct written *y, str *lines)
{
    const struct {
        const char *field;
        str x, y;
    } all[] = {
        {"name", x->name, y->name},          {"role", x->role, y->role},
        {"summary", x->summary, y->summary}, {"text", x->text, y->text},
        {"picture", x->picture, y->picture}, {"alt", x->alt, y->alt},
        {"credit", x->credit, y->credit},    {"e-mail", x->email, y->email},
        {"links", x->links, y->links},
    };

    for (size_t i = 0; i < LENGTH(all); i++)
        if (!str_eq(all[i].x, all[i].y))
            *lines = audit_line(a, *lines, all[i].field, all[i].x);
}

static err run(struct staff_work *k, void *of, note *why)
{
    struct job *job = of;
    const struct written *n = job->new;
    struct desk d = {k->a, k->w, k->now};
    struct subject_change c = {
        .name = &n->name,
        .role = &n->role,
        .summary = &n->summary,
        .language = &n->language,
        .alt = &n->alt,
        .credit = &n->credit,
        .email = &n->email,
        .links = &n->links,
        .picture = &job->picture,
        .body = job->old->is_locked ? NULL : &job->body,
    };
    struct deed deed = {.act = AUDIT_subject_changed,
                        .label = subject_path(k->a, job->kind, job->slug)};

    TRY(subject_say(&d, job->kind, job->slug, &c, why));
    lines_of(k->a, job->old, n, &deed.was);
    lines_of(k->a, n, job->old, &deed.is);
    return audit_add(k->w, k->now, &k->by, &deed, why);
}

static struct written read_typed(struct request *rq)
{
    return (struct written){
        .name = desk_field(rq, "name"),
        .role = desk_field(rq, "role"),
        .summary = desk_field(rq, "summary"),
        .text = str_replace(rq->arena, desk_field(rq, "text"), S("\r\n"), S("\n")),
        .language = desk_field(rq, "in-language"),
        .picture = desk_field(rq, "picture"),
        .alt = desk_field(rq, "alt"),
        .credit = desk_field(rq, "credit"),
        .email = desk_field(rq, "email"),
        .links = str_replace(rq->arena, desk_field(rq, "links"), S("\r\n"), S("\n")),
        .previews = str_eq(desk_field(rq, "act"), S("preview")),
    };
}

err desk_subject_post(struct request *rq)
{
    enum subject_kind kind;
    struct written old, new = read_typed(rq);
    struct job job = {.slug = request_param(rq, S("slug")), .old = &old, .new = &new};
    err e = OK;

    TRY(read_kind(rq, &kind));
    TRY(load(rq, kind, &old));
    job.kind = kind;
    new.is_locked = old.is_locked;
    if (new.previews)
        return show(rq, kind, &new);
    if (!old.is_locked)
        e = body_from_markdown(rq->arena, new.text, MARKDOWN_FULL, &job.body, &rq->note);
    if (e == OK && new.picture.n > 0 && !str_int(new.picture, &job.picture))
        e = E_INVALID;
    if (e == OK)
        e = desk_do(rq, run, &job);
    if (e == E_INVALID || e == E_MISSING || e == E_LIMIT) {
        new.wrong =
            SAY("It takes a name, at most 600 bytes of summary, links that begin with "
                "https://, and for a picture that there is words for those who do not see it.");
        return show(rq, kind, &new);
    }
    TRY(e);
    return desk_go(rq, rq->raw_path, "subject");
}
