/*
 * pictures.c - /desk/pictures: the library of pictures, films and sounds, as a page and as JSON for
 * the editor; files that a form sends; and their files for staff, whatever stories show them.
 */
#include "site/desk/pictures.h"

#include "base/utf8.h"
#include "media/srcset.h"
#include "site/public/films.h"

enum {
    MANY = 48,
    WORDS_MAX = 200,
    TERMS_MAX = 12,
    NUMBER_MAX = 20,
    LIST_MAX = 4 << 20,
    NAMED_MAX = 60
};

/* --- the question --- */

static bool is_letter(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

/* Each word and what begins with it, all of them: "harb"* "storm"* */
static str expression(arena *a, str words)
{
    buf out = buf_new(a, 8 * WORDS_MAX);
    int terms = 0;

    for (size_t i = 0; i < words.n && terms < TERMS_MAX;) {
        size_t from = i;

        while (i < words.n && is_letter(words.p[i]))
            i++;
        if (i > from) {
            buf_fmt(&out, "%s\"%.*s\"*", terms++ > 0 ? " " : "", (int)(i - from), words.p + from);
        } else
            i++;
    }
    return buf_str(&out);
}

void pictures_read_question(struct request *rq, const char *words, struct picture_question *out)
{
    static const str kinds[] = {S_INIT("image"), S_INIT("video"), S_INIT("audio")};
    str kind = desk_query(rq, S("kind"), NUMBER_MAX);

    *out = (struct picture_question){
        .words = utf8_clean(rq->arena, desk_query(rq, str_c(words), WORDS_MAX)),
        .before = INT64_MAX,
    };
    for (size_t i = 0; i < LENGTH(kinds); i++)
        if (str_eq(kind, kinds[i]))
            out->kind = kinds[i];
    (void)str_int(desk_query(rq, S("before"), NUMBER_MAX), &out->before);
}

err pictures_ask(struct request *rq, const struct picture_question *q, int64_t many,
                 struct sql_pictures_newest_rows *out)
{
    str words = expression(rq->arena, q->words);

    if (words.n == 0)
        return sql_pictures_newest(rq->arena, rq->desk, q->before, q->kind, many, out);
    return sql_pictures_found(rq->arena, rq->desk, words, q->before, q->kind, many, out);
}

/* --- one of them --- */

static struct media media_of(const struct sql_pictures_newest *row)
{
    return (struct media){.id = row->media,
                          .width = (int)row->width,
                          .height = (int)row->height,
                          .ready = row->ready};
}

str picture_thumb(arena *a, const struct sql_pictures_newest *row)
{
    struct media m = media_of(row);

    return film_type_is_sound(row->type) ? S("")
                                         : str_join(a, S("/desk"), media_smallest(a, &m).src);
}

str picture_src(arena *a, const struct sql_pictures_newest *row)
{
    struct media m = media_of(row);

    return film_type_is_sound(row->type) ? S("")
                                         : str_join(a, S("/desk"), media_sources(a, &m).src);
}

str picture_name(const struct sql_pictures_newest *row)
{
    return row->headline.n > 0 ? row->headline : row->title.n > 0 ? row->title : row->file;
}

void picture_put(struct json_writer *w, const char *key, arena *a,
                 const struct sql_pictures_newest *row)
{
    put_object(w, key);
    put_num(w, "id", row->media);
    put_str(w, "type", row->type);
    put_num(w, "width", row->width);
    put_num(w, "height", row->height);
    put_str(w, "thumb", picture_thumb(a, row));
    put_str(w, "src", picture_src(a, row));
    put_str(w, "headline", row->headline.n > 0 ? row->headline : row->title);
    put_str(w, "caption", row->caption);
    put_str(w, "credit", row->credit);
    put_str(w, "alt", row->alt);
    put_str(w, "file", row->file);
    put_list(w, "focus");
    put_num(w, NULL, row->focus_x);
    put_num(w, NULL, row->focus_y);
    put_end(w);
    if (row->has_duration_ms) {
        put_num(w, "duration_ms", row->duration_ms);
        put_str(
            w, "film",
            str_fmt(a, "/desk/media/%lld/film.%.*s", (long long)row->media, STR(row->extension)));
    }
    put_end(w);
}

/* Those of these numbers that there are, in their order. */
static err pictures_named(struct request *rq, str numbers, struct sql_pictures_newest_rows *out)
{
    str number;

    *out = (struct sql_pictures_newest_rows){
        .v = arena_many(rq->arena, struct sql_pictures_newest, NAMED_MAX)};
    while (out->n < NAMED_MAX && str_cut(&numbers, ',', &number)) {
        int64_t id;
        err e = str_int(number, &id) ? sql_picture_line(rq->arena, rq->desk, id, &out->v[out->n])
                                     : E_MISSING;

        if (e != OK && e != E_MISSING)
            return e;
        out->n += e == OK;
    }
    return OK;
}

err desk_pictures_list(struct request *rq)
{
    struct picture_question q;
    struct sql_pictures_newest_rows rows;
    str numbers = desk_query(rq, S("ids"), NAMED_MAX * NUMBER_MAX);
    buf out = buf_new(rq->arena, LIST_MAX);
    struct json_writer w = json_writer(&out);

    pictures_read_question(rq, "q", &q);
    if (numbers.n > 0)
        TRY(pictures_named(rq, numbers, &rows));
    else
        TRY(pictures_ask(rq, &q, MANY + 1, &rows));

    bool is_more = numbers.n == 0 && rows.n > MANY;
    size_t n = is_more ? MANY : rows.n;

    put_object(&w, NULL);
    put_list(&w, "pictures");
    for (size_t i = 0; i < n; i++)
        picture_put(&w, NULL, rq->arena, &rows.v[i]);
    put_end(&w);
    if (is_more)
        put_num(&w, "older", rows.v[n - 1].media);
    put_end(&w);
    if (out.over)
        return fail(&rq->note, E_LIMIT, "the list has more than %d bytes", LIST_MAX);
    return reply_json(rq, 200, buf_str(&out));
}

/* --- the page --- */

static struct view_desk_tile tile_of(const struct desk_page *p,
                                     const struct sql_pictures_newest *row)
{
    arena *a = p->rq->arena;
    struct media m = media_of(row);
    bool is_sound = film_type_is_sound(row->type);
    struct media_sources from = media_smallest(a, &m);
    struct card of = {
        .film_ms = row->has_duration_ms && !is_sound ? row->duration_ms : 0,
        .sound_ms = is_sound ? row->duration_ms : 0,
    };

    return (struct view_desk_tile){
        .href = {str_fmt(a, "/desk/pictures/%lld", (long long)row->media)},
        .thumb = {picture_thumb(a, row)},
        .width = from.width,
        .height = from.height,
        .name = picture_name(row).n > 0 ? picture_name(row) : row->caption,
        .credit = row->credit,
        .lacks_alt = !is_sound && row->alt.n == 0,
        .badge = film_badge(&p->parts, &of),
    };
}

static void fill_kinds(const struct desk_page *p, str chosen, struct view_desk_pictures *view)
{
    static const struct {
        str word;
        const char *name;
    } all[] = {{S_INIT("image"), SAY("Pictures")},
               {S_INIT("video"), SAY("Films")},
               {S_INIT("audio"), SAY("Sounds")}};
    struct view_choice *v = arena_many(p->rq->arena, struct view_choice, LENGTH(all));

    for (size_t i = 0; i < LENGTH(all); i++)
        v[i] = (struct view_choice){all[i].word, desk_say(p, all[i].name),
                                    str_eq(all[i].word, chosen)};
    view->kinds.v = v;
    view->kinds.n = LENGTH(all);
}

static err fill_pictures(struct desk_page *p, struct view_desk_pictures *view)
{
    struct picture_question q;
    struct sql_pictures_newest_rows rows;
    struct view_desk_tile *tiles;

    pictures_read_question(p->rq, "words", &q);
    TRY(pictures_ask(p->rq, &q, MANY + 1, &rows));

    size_t n = rows.n > MANY ? MANY : rows.n;
    struct desk_word words[] = {{"words", q.words}, {"kind", q.kind}, {"before", S("")}};

    tiles = arena_many(p->rq->arena, struct view_desk_tile, n);
    for (size_t i = 0; i < n; i++)
        tiles[i] = tile_of(p, &rows.v[i]);
    if (q.before != INT64_MAX)
        view->newest.address = desk_address(p->rq, "/desk/pictures", words, LENGTH(words));
    if (rows.n > MANY) {
        words[2].value = str_fmt(p->rq->arena, "%lld", (long long)rows.v[n - 1].media);
        view->older.address = desk_address(p->rq, "/desk/pictures", words, LENGTH(words));
    }
    fill_kinds(p, q.kind, view);
    view->words = q.words;
    view->pictures.v = tiles;
    view->pictures.n = n;
    view->has_pictures = n > 0;
    return OK;
}

static err show(struct request *rq, int status, const char *wrong,
                const struct picture_taking *refused, size_t n)
{
    struct desk_page p;
    struct view_desk_pictures view = {.most = PICTURES_FORM_MAX >> 20};
    struct view_desk_refused *lines = arena_many(rq->arena, struct view_desk_refused, n);

    TRY(desk_begin(rq, &p));
    TRY(fill_pictures(&p, &view));
    for (size_t i = 0; i < n; i++)
        lines[i] = (struct view_desk_refused){refused[i].name, desk_say(&p, refused[i].fault),
                                              refused[i].why};
    view.desk = p.head;
    view.may_take = (desk_visit(rq)->who.may & MAY(pictures)) != 0;
    view.refused.v = lines;
    view.refused.n = n;
    view.has_refused = n > 0;
    if (wrong != NULL)
        desk_wrong(&p, wrong);
    return desk_reply(&p, status, DESK_PICTURES, SAY("Pictures"), &view);
}

err desk_pictures(struct request *rq)
{
    return show(rq, 200, NULL, NULL, 0);
}

/* One file after the other, so that no more than one is decoded for one who asks. */
err desk_pictures_post(struct request *rq)
{
    const struct multipart *parts = &desk_visit(rq)->parts;
    struct picture_taking refused[MULTIPART_PARTS_MAX];
    size_t chosen = 0, n = 0;
    int64_t last = 0;

    for (size_t i = 0; i < parts->n; i++) {
        const struct part *part = &parts->v[i];
        struct picture_taking t = {.name = utf8_to(part->file, UPLOAD_NAME_MAX),
                                   .bytes = part->bytes};

        if (!part->is_file || (part->file.n == 0 && part->bytes.n == 0))
            continue;
        chosen++;
        TRY(picture_take(rq, &t));
        if (t.fault != NULL)
            refused[n++] = t;
        else
            last = t.id;
    }
    if (chosen == 0)
        return show(rq, 422, SAY("Please choose a file first."), NULL, 0);
    if (n > 0)
        return show(rq, 422, SAY("Not everything could be taken in."), refused, n);
    return desk_go(rq,
                   chosen > 1 ? S("/desk/pictures")
                              : str_fmt(rq->arena, "/desk/pictures/%lld", (long long)last),
                   "uploaded");
}

/* --- files --- */

/* Staff may see what no story shows, but never what was killed. */
static err find_file(struct request *rq, struct media *m)
{
    struct sql_media_standing standing;
    int64_t id;

    TRY(desk_id(rq, &id));
    TRY(sql_media_standing(rq->arena, rq->desk, id, &standing));
    if (standing.is_killed)
        return E_GONE;
    return media_find(rq->arena, rq->desk, id, m);
}

/* GET /desk/media/{id}/{width}.{ext}, /desk/media/{id}/{crop}/{width}.{ext} */
err desk_media(struct request *rq)
{
    const struct site *s = rq->of;
    struct rendition asked;
    struct media m;

    TRY(rendition_asked(rq, &asked));
    TRY(find_file(rq, &m));
    reply_keep(rq, KEEP_PRIVATE, 0, 0);
    return rendition_reply(rq, s, &m, &asked);
}

/* GET /desk/media/{id}/film.{ext} */
err desk_film(struct request *rq)
{
    const struct site *s = rq->of;
    struct media m;
    struct media_file file;

    TRY(find_file(rq, &m));
    TRY(media_film_file(rq->arena, &s->library, &m, request_param(rq, S("ext")), &file));
    reply_keep(rq, KEEP_PRIVATE, 0, 0);
    return reply_file(rq, file.path, str_c(file.type),
                      str_fmt(rq->arena, "%.*s-film", STR(str_to(m.fingerprint, 16))));
}
