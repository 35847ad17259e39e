/*
 * quarantine.c - /desk/wire/quarantine: what could not be read, why, and the bytes there; taken in
 * again or dropped.  /desk/wire/raw: a file as it came.
 */
#include "site/desk/desk.h"

#include "base/utf8.h"
#include "staff/inbox.h"
#include "store/sql.h"
#include "wire/replay.h"
#include "wire/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum {
    MANY = 40,
    NUMBER_MAX = 20,
    NAME_MAX_BYTES = 120,
    SHOWN_MAX = 1 << 20,  /* bytes of a file in which a line is looked for */
    LIST_LOOK = 64 << 10, /* the same where many are listed */
    LIST_SHOWN = 160,
    LINES_AROUND = 8,
    LINE_SHOWN = 400,
    HEX_ROWS = 24,
    HEX_WIDTH = 16
};

static int64_t read_before(struct request *rq)
{
    int64_t before;

    return str_int(desk_query(rq, S("before"), NUMBER_MAX), &before) && before > 0 ? before
                                                                                   : TIME_NEVER;
}

/* Where line `line` (1..) begins. */
static size_t start_of(str bytes, int64_t line)
{
    size_t at = 0;

    for (int64_t n = 1; n < line; n++) {
        ptrdiff_t end = str_find_char(str_from(bytes, at), '\n');

        if (end < 0)
            return at;
        at += (size_t)end + 1;
    }
    return at;
}

/* The line itself, as far as it is near the beginning. */
static err line_shown(struct request *rq, const struct sql_desk_quarantine *row, str *out)
{
    struct sql_desk_raw_head raw;
    str rest, line = S("");

    TRY(sql_desk_raw_head(rq->arena, rq->desk, row->raw, LIST_LOOK, &raw));
    rest = str_from(raw.bytes, start_of(raw.bytes, row->line));
    str_cut(&rest, '\n', &line);
    *out = str_trim(utf8_clean(rq->arena, str_to(line, line.n < LIST_SHOWN ? line.n : LIST_SHOWN)));
    return OK;
}

static void fill_states(const struct desk_page *p, str chosen, struct view_desk_wire *view)
{
    static const struct {
        const char *word, *name;
    } all[] = {{"open", SAY("What is open")},
               {"settled", SAY("What is settled")},
               {"all", SAY("Everything")}};
    struct view_choice *v = arena_many(p->rq->arena, struct view_choice, LENGTH(all));

    for (size_t i = 0; i < LENGTH(all); i++)
        v[i] = (struct view_choice){str_c(all[i].word), desk_say(p, all[i].name),
                                    str_eq(chosen, str_c(all[i].word))};
    view->states.v = v;
    view->states.n = LENGTH(all);
}

err desk_quarantine(struct request *rq)
{
    struct desk_page p;
    struct sql_desk_quarantine_rows rows;
    struct view_desk_wire view = {0};
    struct desk_word words[] = {{"state", desk_query(rq, S("state"), NUMBER_MAX)},
                                {"before", S("")}};
    str state = words[0].value.n > 0 ? words[0].value : S("open");
    int64_t before = read_before(rq);

    TRY(desk_begin(rq, &p));
    TRY(sql_desk_quarantine(rq->arena, rq->desk, before, state, MANY + 1, &rows));

    size_t n = rows.n > MANY ? MANY : rows.n;
    struct view_desk_copy *copy = arena_many(rq->arena, struct view_desk_copy, n);

    for (size_t i = 0; i < n; i++) {
        copy[i] = (struct view_desk_copy){
            .headline = rows.v[i].guid,
            .href = {str_fmt(rq->arena, "/desk/wire/quarantine/%lld",
                             (long long)rows.v[i].quarantine)},
            .is_taken = rows.v[i].has_solved_at,
            .is_spiked = rows.v[i].has_dropped_at,
            .file = rows.v[i].name,
            .line = str_starts(rows.v[i].reason, S("line ")) ? 0 : rows.v[i].line,
            .reason = rows.v[i].reason,
            .received = desk_when(&p, rows.v[i].received_at),
            .raw = {str_fmt(rq->arena, "/desk/wire/raw/%lld", (long long)rows.v[i].raw)},
        };
        TRY(line_shown(rq, &rows.v[i], &copy[i].text));
    }
    fill_states(&p, state, &view);
    if (before != TIME_NEVER)
        view.newest.address = desk_address(rq, "/desk/wire/quarantine", words, 1);
    if (rows.n > MANY) {
        words[1].value = str_fmt(rq->arena, "%lld", (long long)rows.v[n - 1].quarantine);
        view.older.address = desk_address(rq, "/desk/wire/quarantine", words, 2);
    }
    view.desk = p.head;
    view.copy.v = copy;
    view.copy.n = n;
    view.has_copy = n > 0;
    return desk_reply(&p, 200, DESK_QUARANTINE, SAY("Quarantine"), &view);
}

/* A name that a header can hold: letters, digits, dots, dashes. */
static str safe_name(arena *a, str name)
{
    str kept = str_dup(a, str_to(name, name.n < NAME_MAX_BYTES ? name.n : NAME_MAX_BYTES));
    char *p = (char *)kept.p;

    for (size_t i = 0; i < kept.n; i++)
        if (!((p[i] >= '0' && p[i] <= '9') || (p[i] >= 'A' && p[i] <= 'Z') ||
              (p[i] >= 'a' && p[i] <= 'z') || p[i] == '-' || p[i] == '.'))
            p[i] = '_';
    return kept;
}

err desk_raw(struct request *rq)
{
    struct sql_desk_raw row;
    int64_t id;

    TRY(desk_id(rq, &id));
    TRY(sql_desk_raw(rq->arena, rq->desk, id, &row));
    reply_header(
        rq, S("Content-Disposition"),
        str_fmt(rq->arena, "attachment; filename=\"%.*s\"", STR(safe_name(rq->arena, row.name))));
    reply_keep(rq, KEEP_NOT, 0, 0);
    return reply_bytes(rq, 200, S("application/octet-stream"), row.bytes);
}

/* --- one of them --- */

/* The bytes as rows of a hex view, from `from` on. */
static str hex_rows(arena *a, str bytes, size_t from)
{
    buf out = buf_new(a, HEX_ROWS * 96);

    from -= from % HEX_WIDTH;
    for (size_t row = 0; row < HEX_ROWS && from < bytes.n; row++, from += HEX_WIDTH) {
        size_t n = bytes.n - from < HEX_WIDTH ? bytes.n - from : HEX_WIDTH;

        buf_fmt(&out, "%08zx ", from);
        for (size_t i = 0; i < HEX_WIDTH; i++)
            if (i < n)
                buf_fmt(&out, " %02x", (unsigned char)bytes.p[from + i]);
            else
                buf_add(&out, S("   "));
        buf_add(&out, S("  "));
        for (size_t i = 0; i < n; i++) {
            char c = bytes.p[from + i];

            buf_fmt(&out, "%c", c >= ' ' && c < 0x7f ? c : '.');
        }
        buf_add(&out, S("\n"));
    }
    return buf_str(&out);
}

/* The lines around one, each with its number. */
static str text_lines(arena *a, str bytes, int64_t line)
{
    buf out = buf_new(a, (2 * LINES_AROUND + 1) * (LINE_SHOWN * 3 + 32));
    int64_t first = line > LINES_AROUND ? line - LINES_AROUND : 1;
    str rest = str_from(bytes, start_of(bytes, first)), one;

    for (int64_t n = first; n <= line + LINES_AROUND && str_cut(&rest, '\n', &one); n++)
        buf_fmt(&out, "%c%5lld  %.*s\n", n == line ? '>' : ' ', (long long)n,
                STR(utf8_clean(a, str_to(one, one.n < LINE_SHOWN ? one.n : LINE_SHOWN))));
    return buf_str(&out);
}

static err fill_outcome(const struct desk_page *p, int64_t raw, struct view_desk_quarantined *view)
{
    arena *a = p->rq->arena;
    struct sql_desk_wire_of_raw_rows rows;

    TRY(sql_desk_wire_of_raw(a, p->rq->desk, raw, MANY, &rows));

    struct view_desk_fact *v = arena_many(a, struct view_desk_fact, rows.n);

    for (size_t i = 0; i < rows.n; i++)
        v[i] = (struct view_desk_fact){
            .name = desk_headline(p, rows.v[i].headline),
            .href = {str_fmt(a, "/desk/wire/%lld", (long long)rows.v[i].item)}};
    view->items.v = v;
    view->items.n = rows.n;
    view->has_items = rows.n > 0;
    return OK;
}

static err show_one(struct request *rq, int64_t id, const char *wrong)
{
    arena *a = rq->arena;
    struct desk_page p;
    struct sql_desk_quarantine row;
    struct sql_desk_raw_head raw;
    struct view_desk_quarantined view;

    TRY(desk_begin(rq, &p));
    TRY(sql_desk_quarantine_one(a, rq->desk, id, &row));
    TRY(sql_desk_raw_head(a, rq->desk, row.raw, SHOWN_MAX, &raw));
    view = (struct view_desk_quarantined){
        .desk = p.head,
        .action = {str_fmt(a, "/desk/wire/quarantine/%lld", (long long)id)},
        .raw = {str_fmt(a, "/desk/wire/raw/%lld", (long long)row.raw)},
        .file = row.name,
        .guid = row.guid,
        .reason = row.reason,
        .line = row.line,
        .bytes = raw.length,
        .text = text_lines(a, raw.bytes, row.line > 0 ? row.line : 1),
        .hex = hex_rows(a, raw.bytes, start_of(raw.bytes, row.line)),
        .dropper = row.dropper,
        .drop_reason = row.drop_reason,
        .received = desk_when(&p, row.received_at),
        .solved = desk_when(&p, row.has_solved_at ? row.solved_at : 0),
        .dropped = desk_when(&p, row.has_dropped_at ? row.dropped_at : 0),
        .is_open = !row.has_solved_at && !row.has_dropped_at,
    };
    TRY(fill_outcome(&p, row.raw, &view));
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, wrong != NULL ? 409 : 200, DESK_QUARANTINED, SAY("Quarantine"), &view);
}

err desk_quarantined(struct request *rq)
{
    int64_t id;

    TRY(desk_id(rq, &id));
    return show_one(rq, id, NULL);
}

/* --- again --- */

struct replay_job {
    int64_t quarantine, raw;
    str name;
    struct wire_batch batch;
    struct company *with; /* NULL: it is not known where the file lay */
    bool is_shut;         /* the paper may not read that folder */
    bool is_media;        /* no copy: a picture or film by itself */
    struct wire_replayed done;
};

static err replay(struct staff_work *k, void *of, note *why)
{
    struct replay_job *job = of;
    struct desk d = {k->a, k->w, k->now};
    str is;

    TRY(wire_replay(&d, job->raw, &job->batch, job->with, &job->done, why));
    is = audit_line(k->a, S(""), "value",
                    str_fmt(k->a, "%zu taken, %zu known, %zu set aside", job->done.items,
                            job->done.known, job->done.troubles));
    return audit_add(k->w, k->now, &k->by,
                     &(struct deed){.act = AUDIT_quarantine_replayed,
                                    .subject = job->quarantine,
                                    .label = job->name,
                                    .is = is},
                     why);
}

/* The pictures that lie beside the file, if it lies there still. */
static void look_beside(arena *a, struct beside *beside, const struct sql_desk_raw *raw,
                        struct replay_job *job)
{
    int folder;

    if (raw->path.n == 0)
        return;
    folder = open(str_z(a, raw->root), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    job->is_shut = folder < 0 && errno == EACCES;
    if (folder < 0)
        return;
    close(folder);
    job->with = arena_many(a, struct company, job->batch.item_count);
    for (size_t i = 0; i < job->batch.item_count; i++)
        job->with[i] =
            company_find(a, beside, &job->batch.items[i], str_z(a, raw->root), str_z(a, raw->path));
}

static err take_again(struct request *rq, int64_t id, struct replay_job *job)
{
    const struct site *s = rq->of;
    struct sql_desk_quarantine row;
    struct sql_desk_raw raw;
    struct beside *beside;
    err e;
    struct wire_here here = {clock_now(s->clock), s->zone};

    TRY(sql_desk_quarantine_one(rq->arena, rq->desk, id, &row));
    TRY(sql_desk_raw(rq->arena, rq->desk, row.raw, &raw));
    *job = (struct replay_job){.quarantine = id, .raw = row.raw, .name = raw.name};
    TRY(wire_read(rq->arena, raw.bytes, raw.name, &here, &job->batch, &rq->note));
    job->is_media = job->batch.dialect == WIRE_PICTURE || job->batch.dialect == WIRE_FILM;
    if (job->is_media)
        return fail(&rq->note, E_INVALID, "it is no copy");
    beside = beside_new(&s->library);
    look_beside(rq->arena, beside, &raw, job);
    e = desk_do(rq, replay, job);
    beside_free(&beside);
    return e;
}

struct drop_job {
    int64_t quarantine;
    str reason;
};

static err drop(struct staff_work *k, void *of, note *why)
{
    struct drop_job *job = of;

    return staff_quarantine_drop(k, job->quarantine, job->reason, why);
}

err desk_quarantined_post(struct request *rq)
{
    str act = desk_field(rq, "act");
    struct drop_job dropping = {.reason = desk_field(rq, "reason")};
    struct replay_job job = {0};
    int64_t id;
    err e;

    TRY(desk_id(rq, &id));
    if (str_eq(act, S("replay"))) {
        e = take_again(rq, id, &job);
        if (job.is_media)
            return show_one(rq, id,
                            SAY("This is a picture, a film or a sound, and no copy: take its file "
                                "in at “Pictures”. Then drop this."));
        if (e == E_INVALID || e == E_CONFLICT || e == E_LIMIT)
            return show_one(rq, id, SAY("It cannot be taken in: something in it is refused."));
        TRY(e);
        return desk_go(rq, rq->path,
                       job.batch.trouble_count > 0 ? "replayed-not"
                       : job.is_shut               ? "replayed-alone"
                                                   : "replayed");
    }
    if (!str_eq(act, S("drop")))
        return fail(&rq->note, E_INVALID, "\"%.*s\" is no act", STR(act));
    dropping.quarantine = id;
    e = desk_do(rq, drop, &dropping);
    if (e == E_CONFLICT)
        return show_one(rq, id, SAY("Somebody else was quicker: it is settled already."));
    TRY(e);
    return desk_go(rq, S("/desk/wire/quarantine"), "dropped-copy");
}
