/*
 * upload.c - a picture, film or sound that comes in pieces: POST /desk/pictures/upload, and its own
 * address for each piece (docs/newsroom.md).  For scripts; answers JSON.
 */
#include "site/desk/pictures.h"

#include "base/utf8.h"
#include "staff/picture.h"
#include "staff/secret.h"

enum { TAKINGS = 2, ANSWER_MAX = 64 << 10, OFFSET_MAX = 20 };

static const struct site *site_of(struct request *rq)
{
    return rq->of;
}

/* --- answers --- */

static err answer(struct request *rq, int status, const buf *out)
{
    if (status == 503)
        reply_header(rq, S("Retry-After"), S("1"));
    return reply_json(rq, status, buf_str(out));
}

/* A sentence; `offset` under 0: nothing is said of it. */
static err say_no(struct request *rq, int status, const char *sentence, str why, int64_t offset)
{
    struct desk_page p;
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct json_writer w = json_writer(&out);

    TRY(desk_begin(rq, &p));
    put_object(&w, NULL);
    put_str(&w, "error", desk_say(&p, sentence));
    put_str_if(&w, "why", why);
    if (offset >= 0)
        put_num(&w, "offset", offset);
    put_end(&w);
    reading_end(&p.r);
    return answer(rq, status, &out);
}

static err answer_offset(struct request *rq, int64_t offset)
{
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct json_writer w = json_writer(&out);

    put_object(&w, NULL);
    put_num(&w, "offset", offset);
    put_end(&w);
    return answer(rq, 200, &out);
}

static err answer_picture(struct request *rq, int status, const struct upload *u, int64_t media)
{
    struct sql_pictures_newest row;
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct json_writer w = json_writer(&out);

    TRY(sql_picture_line(rq->arena, rq->desk, media, &row));
    put_object(&w, NULL);
    put_num(&w, "offset", u->size);
    picture_put(&w, "picture", rq->arena, &row);
    put_end(&w);
    return answer(rq, status, &out);
}

/* --- begin --- */

static err begin(struct staff_work *k, void *of, note *why)
{
    struct upload_wanted *wanted = of;

    wanted->staff = k->by.staff;
    wanted->now = k->now;
    return upload_begin(k->a, k->w, wanted, why);
}

err desk_upload_post(struct request *rq)
{
    str token = secret_make(rq->arena), size = desk_query(rq, S("size"), OFFSET_MAX);
    struct upload_wanted wanted = {
        .token = secret_hash(rq->arena, token),
        .name = utf8_clean(rq->arena, desk_query(rq, S("name"), UPLOAD_NAME_MAX)),
    };
    buf out = buf_new(rq->arena, ANSWER_MAX);
    struct json_writer w = json_writer(&out);

    if (!str_int(size, &wanted.size))
        return say_no(rq, 400, SAY("Something in what was sent is not right."), S(""), -1);

    err e = desk_do(rq, begin, &wanted);

    if (e == E_INVALID)
        return say_no(rq, 422, SAY("A file needs a name, and something in it."), S(""), -1);
    if (e == E_LIMIT)
        return say_no(rq, 422, SAY("This file is too large, or its picture is."),
                      str_c(rq->note.text), -1);
    if (e == E_BUSY)
        return say_no(rq, 503, SAY("Too many uploads are unfinished. Please wait for some to end."),
                      S(""), -1);
    TRY(e);
    put_object(&w, NULL);
    put_str(&w, "upload", token);
    put_num(&w, "offset", 0);
    put_num(&w, "chunk", UPLOAD_CHUNK);
    put_end(&w);
    return answer(rq, 201, &out);
}

/* --- how far is it? --- */

static err find(struct request *rq, struct upload *u)
{
    return upload_find(rq->arena, rq->desk, secret_hash(rq->arena, request_param(rq, S("token"))),
                       desk_visit(rq)->who.staff, u);
}

static err no_such(struct request *rq)
{
    return say_no(rq, 404, SAY("This upload is over. Please begin it again."), S(""), -1);
}

err desk_upload(struct request *rq)
{
    struct upload u;
    err e = find(rq, &u);

    if (e == E_MISSING)
        return no_such(rq);
    TRY(e);
    return u.media != 0 ? answer_picture(rq, 200, &u, u.media) : answer_offset(rq, u.got);
}

/* --- taking it in --- */

struct entry {
    const struct media_taken *taken;
    int64_t upload, id;
};

static err enter(struct staff_work *k, void *of, note *why)
{
    struct entry *entry = of;

    TRY(staff_picture_take(k, entry->taken, &entry->id, why));
    return entry->upload == 0 ? OK : upload_became(k->w, entry->upload, entry->id, k->now, why);
}

static const char *fault_of(err e)
{
    switch (e) {
    case E_INVALID:
        return SAY("This file cannot be used: it is damaged, or of no kind that is taken.");
    case E_LIMIT:
        return SAY("This file is too large, or its picture is.");
    case E_MISSING:
        return SAY("Films and sounds cannot be looked over here: ffmpeg is not installed.");
    case E_GONE:
        return SAY("This picture was killed. It must not be used again.");
    default:
        return NULL;
    }
}

static err look_and_enter(struct request *rq, struct picture_taking *t)
{
    struct media_taken taken;
    struct entry entry = {.taken = &taken, .upload = t->upload};
    err e = media_take(rq->arena, &site_of(rq)->library, t->bytes, &taken, &rq->note);

    if (e == OK) {
        taken.file = t->name;
        e = desk_do(rq, enter, &entry);
    }
    t->id = entry.id;
    t->fault = fault_of(e);
    if (t->fault == NULL)
        return e;
    t->why = str_dup(rq->arena, str_c(rq->note.text));
    return OK;
}

err picture_take(struct request *rq, struct picture_taking *t)
{
    struct site *s = rq->of;
    err e = E_BUSY;

    if (atomic_fetch_add(&s->taking, 1) < TAKINGS)
        e = look_and_enter(rq, t);
    atomic_fetch_sub(&s->taking, 1);
    return e;
}

/* --- a piece --- */

struct piece {
    int64_t upload, from, got;
};

static err came(struct staff_work *k, void *of, note *why)
{
    const struct piece *piece = of;

    return upload_came(k->w, piece->upload, piece->from, piece->got, k->now, why);
}

static err drop(struct staff_work *k, void *of, note *why)
{
    const int64_t *id = of;

    return upload_drop(k->w, *id, why);
}

static err finish(struct request *rq, struct upload *u)
{
    struct picture_taking t = {.name = u->name, .upload = u->id};
    err e;

    TRY(upload_bytes(rq->arena, &site_of(rq)->uploads, u, &t.bytes, &rq->note));
    e = picture_take(rq, &t);
    if (e == E_BUSY)
        return say_no(rq, 503, SAY("Others are being looked over. Please try again in a moment."),
                      S(""), u->got);
    TRY(e);
    if (t.fault != NULL)
        TRY(desk_do(rq, drop, &u->id));
    upload_forget(rq->arena, &site_of(rq)->uploads, u->id);
    return t.fault != NULL ? say_no(rq, 422, t.fault, t.why, -1) : answer_picture(rq, 201, u, t.id);
}

static err take_piece(struct request *rq, struct upload *u, int file, int64_t offset)
{
    struct piece piece = {u->id, u->got, u->got + (int64_t)rq->body.n};

    if (offset != u->got)
        return say_no(rq, 409, SAY("The upload stands elsewhere."), S(""), u->got);
    if (piece.got > u->size)
        return say_no(rq, 422, SAY("More came than the file should have."), S(""), u->got);
    if (rq->body.n > 0) {
        TRY(upload_write(&site_of(rq)->uploads, file, u->got, rq->body, &rq->note));
        TRY(desk_do(rq, came, &piece));
        u->got = piece.got;
    }
    return u->got < u->size ? answer_offset(rq, u->got) : finish(rq, u);
}

err desk_upload_piece_post(struct request *rq)
{
    struct upload u;
    int64_t offset;
    int file;
    err e = find(rq, &u);

    if (e == E_MISSING)
        return no_such(rq);
    TRY(e);
    if (u.media != 0)
        return answer_picture(rq, 201, &u, u.media);
    if (!str_int(desk_query(rq, S("offset"), OFFSET_MAX), &offset) ||
        (rq->body.n > 0 && !request_is(rq, S("application/octet-stream"))))
        return say_no(rq, 400, SAY("Something in what was sent is not right."), S(""), u.got);
    e = upload_hold(rq->arena, &site_of(rq)->uploads, u.id, &file, &rq->note);
    if (e == E_BUSY)
        return say_no(rq, 409, SAY("The upload stands elsewhere."), S(""), u.got);
    TRY(e);
    e = find(rq, &u); /* nobody writes to it from here on */
    if (e == OK)
        e = u.media != 0 ? answer_picture(rq, 201, &u, u.media) : take_piece(rq, &u, file, offset);
    upload_release(&file);
    return e == E_MISSING ? no_such(rq) : e;
}
