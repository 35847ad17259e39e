/*
 * draw.c - what the pages of the newsroom begin and end with.
 */
#include "site/desk/desk.h"

#include "base/utf8.h"
#include "site/health.h"
#include "staff/agent.h"
#include "staff/password.h"
#include "staff/secret.h"

enum { PATH_MAX_BYTES = 512, ADDRESS_MAX = 4096, SAID_S = 60, TOOK_MAX = 60000 };

/* What a page says that was just done. */
static const struct {
    const char *word, *sentence;
} dones[] = {
    {"saved", SAY("Saved.")},
    {"joined", SAY("Welcome. You are signed in.")},
    {"out", SAY("You are signed out.")},
    {"password", SAY("Your password is changed. You are signed out everywhere else.")},
    {"second", SAY("Your second factor is set up.")},
    {"second-off", SAY("Your second factor is taken away.")},
    {"passkey", SAY("Your passkey is added.")},
    {"passkey-off", SAY("The passkey is taken away.")},
    {"ended", SAY("Signed out there.")},
    {"suspended", SAY("Suspended. All sessions are over.")},
    {"restored", SAY("Restored.")},
    {"published", SAY("Published. Readers have it: on its page, in lists, feeds and search.")},
    {"scheduled", SAY("Scheduled. Nobody sees it before.")},
    {"embargoed", SAY("It is under embargo: it goes out when that ends. Nobody sees it before.")},
    {"unscheduled", SAY("Off the schedule. Nobody sees it.")},
    {"end", SAY("Saved. It is taken down then, by itself.")},
    {"endless", SAY("Saved. It stays.")},
    {"withdrawn", SAY("Withdrawn. Its address says so; nothing else of it is shown anywhere.")},
    {"killed", SAY("Killed. Its address says that it is gone, and nothing of it goes out again.")},
    {"updated", SAY("Updated. Readers have it as it was written.")},
    {"updated-ahead", SAY("Saved. It goes out so at its time; nobody sees it before.")},
    {"taken", SAY("Put together. What is written has the newest version in it.")},
    {"taken-partly",
     SAY("Put together. Where both had changed the same words, what is written here "
         "stayed.")},
    {"left", SAY("Left out. What is written stays as it is.")},
    {"spiked", SAY("Spiked.")},
    {"replayed", SAY("Taken in again: all of it could be read.")},
    {"replayed-alone",
     SAY("Taken in again, without what lay beside it: the paper may not read that "
         "folder (serve --copy).")},
    {"replayed-not", SAY("Taken in again: something in it can still not be read.")},
    {"dropped-copy", SAY("Dropped. The file itself is kept.")},
    {"unspiked", SAY("Off the spike.")},
    {"back", SAY("Back. It is what is being written now.")},
    {"corrected", SAY("Corrected. The page and the list of corrections say what was wrong.")},
    {"draft", SAY("In the draft. Readers do not have it yet.")},
    {"launched", SAY("Launched. Readers have this front.")},
    {"draft-dropped", SAY("The draft is dropped. Readers see what they saw.")},
    {"front-made", SAY("The section has a front of its own.")},
    {"front-unmade", SAY("The section is a list again.")},
    {"uploaded", SAY("Taken in.")},
    {"section-made", SAY("The section is there.")},
    {"section-gone", SAY("The section is taken away.")},
    {"page-kept", SAY("Saved. Readers have the page so.")},
    {"page-gone", SAY("The page is taken away.")},
    {"subject", SAY("Saved. Readers have it so.")},
    {"notice", SAY("Saved. Readers have it for as long as it runs.")},
    {"breaking", SAY("Every open page has it.")},
    {"breaking-over", SAY("Taken back. It is gone from every open page.")},
    {"notice-down", SAY("Withdrawn. Its address says so.")},
    {"notice-back", SAY("It is back.")},
    {"webhook", SAY("Saved. It is told what happens from now on.")},
    {"webhook-again", SAY("It is told again.")},
    {"webhook-gone", SAY("It is told nothing more.")},
    {"link-ended", SAY("Revoked. The link opens nothing any more.")},
    {"entry-out", SAY("Readers have it.")},
    {"entry-saved", SAY("Saved.")},
    {"entry-down", SAY("Readers have it no more.")},
    {"coverage", SAY("Readers see it so from now on.")},
    {"noted", SAY("Saved. Readers never see notes.")},
    {"planned", SAY("Saved. Readers see nothing of it.")},
    {"idea", SAY("It is on the board.")},
    {"moved", SAY("Moved.")},
    {"not-moved", SAY("It stayed where it was: that time is over, or it is out already.")},
    {"alarms", SAY("Noted.")},
    {"role", SAY("The role is saved.")},
    {"dropped", SAY("The role is taken away.")},
};

static const str policy =
    S_INIT("default-src 'none'; style-src 'self'; script-src 'self'; "
           "img-src 'self'; font-src 'self'; connect-src 'self'; "
           "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

str desk_say(const struct desk_page *p, const char *english)
{
    return say(p->paper.tongue, english);
}

str desk_path_read(str typed)
{
    bool good = (str_eq(typed, S("/desk")) || str_starts(typed, S("/desk/")) ||
                 str_starts(typed, S("/desk?"))) &&
                typed.n <= PATH_MAX_BYTES;

    for (size_t i = 0; i < typed.n && good; i++)
        good = typed.p[i] > ' ' && typed.p[i] < 0x7f && typed.p[i] != '\\' && typed.p[i] != '"';
    return good && !str_starts(typed, S("/desk/sign-")) ? typed : S("/desk");
}

err desk_go_took(struct request *rq, str path, const char *done, int64_t ms)
{
    if (done != NULL)
        desk_cookie(rq, "desk-said", str_fmt(rq->arena, "%s.%lld", done, (long long)ms), SAID_S);
    return reply_see_other(rq, path);
}

err desk_go(struct request *rq, str path, const char *done)
{
    return desk_go_took(rq, path, done, 0);
}

err desk_id(struct request *rq, int64_t *id)
{
    return str_int(request_param(rq, S("id")), id) ? OK : E_MISSING;
}

const struct view_when *desk_when(const struct desk_page *p, int64_t at)
{
    struct view_when *when;

    if (at == 0)
        return NULL;
    when = arena_one(p->rq->arena, struct view_when);
    *when = part_when(&p->parts, at);
    return when;
}

str desk_query(struct request *rq, str name, size_t most)
{
    str value;

    return request_query(rq, name, &value) ? utf8_to(str_trim(value), most) : S("");
}

str desk_address(struct request *rq, const char *path, const struct desk_word *words, size_t n)
{
    buf out = buf_new(rq->arena, ADDRESS_MAX);
    char before = '?';

    buf_add(&out, str_c(path));
    for (size_t i = 0; i < n; i++)
        if (words[i].value.n > 0) {
            buf_fmt(&out, "%c%s=%.*s", before, words[i].name,
                    STR(percent_encode(rq->arena, words[i].value)));
            before = '&';
        }
    return buf_str(&out);
}

/* --- names --- */

str desk_role_name(const struct desk_page *p, str word)
{
    const struct role_of_ours *ours = role_of_ours(word);
    struct staff_role *own;
    size_t n;

    if (ours != NULL)
        return desk_say(p, ours->name);
    if (staff_roles(p->rq->arena, p->rq->desk, &own, &n) == OK)
        for (size_t i = 0; i < n; i++)
            if (str_eq(own[i].word, word))
                return own[i].name;
    return word;
}

str desk_device_name(const struct desk_page *p, str said)
{
    return agent_name(p->rq->arena, p->paper.tongue, said);
}

/* --- the head --- */

/* The places of the newsroom; what is gone to now and then stands under "More". */
static const struct {
    const char *path, *name;
    privileges needs;
    bool is_more;
} places[] = {
    {"/desk", SAY("Desk"), 0, false},
    {"/desk/stories", SAY("Stories"), MAY_WRITE, false},
    {"/desk/board", SAY("Board"), MAY_WRITE, false},
    {"/desk/calendar", SAY("Calendar"), MAY_WRITE, false},
    {"/desk/wire", SAY("Wire"), MAY(wire), false},
    {"/desk/front", SAY("Front"), MAY(front), false},
    {"/desk/pictures", SAY("Pictures"), MAY_WRITE | MAY(pictures), false},
    {"/desk/breaking", SAY("Breaking"), MAY(breaking), false},
    {"/desk/notices", SAY("Notices"), MAY(notices), true},
    {"/desk/settings", SAY("Settings"), MAY(settings), true},
    {"/desk/staff", SAY("Staff"), MAY(staff), true},
    {"/desk/roles", SAY("Roles"), MAY(staff), true},
    {"/desk/health", SAY("Health"), MAY(settings), true},
    {"/desk/audit", SAY("Log"), MAY(audit), true},
};

static void fill_menu(const struct desk_page *p, struct view_desk *head)
{
    const struct request *rq = p->rq;
    struct view_menu *bar = arena_many(rq->arena, struct view_menu, LENGTH(places));
    struct view_menu *more = arena_many(rq->arena, struct view_menu, LENGTH(places));
    privileges may = desk_visit(p->rq)->who.may;

    head->menu.v = bar;
    head->more.v = more;
    for (size_t i = 0; i < LENGTH(places); i++) {
        str path = str_c(places[i].path);
        struct view_menu place = {
            .name = desk_say(p, places[i].name),
            .href = {path},
            .current = i == 0 ? str_eq(rq->path, path) : str_starts(rq->path, path),
        };

        if (places[i].needs != 0 && (places[i].needs & may) == 0)
            continue;
        if (!places[i].is_more)
            bar[head->menu.n++] = place;
        else
            more[head->more.n++] = place;
        head->is_in_more |= places[i].is_more && place.current;
    }
    if (head->more.n == 1) /* nothing is hidden behind a word that opens one */
        bar[head->menu.n++] = more[--head->more.n];
    head->has_more = head->more.n > 0;
    head->is_account = str_starts(rq->path, S("/desk/account"));
}

/* What was just done, by the cookie that desk_go() has set; it is said this once. */
static str done_sentence(struct desk_page *p)
{
    str rest, word;

    if (p->rq->method == POST || !desk_cookie_of(p->rq, "desk-said", &rest))
        return S("");
    desk_cookie(p->rq, "desk-said", S(""), -1);
    if (!str_cut(&rest, '.', &word) || !str_int(rest, &p->took_ms) || p->took_ms < 0 ||
        p->took_ms > TOOK_MAX)
        p->took_ms = 0;
    for (size_t i = 0; i < LENGTH(dones); i++)
        if (str_eq(word, str_c(dones[i].word)))
            return desk_say(p, dones[i].sentence);
    return S("");
}

err desk_begin(struct request *rq, struct desk_page *p)
{
    const struct desk_visit *desk = desk_visit(rq);
    struct view_desk *head = arena_one(rq->arena, struct view_desk);

    *p = (struct desk_page){.rq = rq, .head = head};
    TRY(show_begin_for(rq, OUTLET_DESK, &p->r));
    if (desk->is_in)
        p->r.viewer.kind = VIEWER_STAFF;
    TRY(show_paper(rq, &p->r, &p->paper));
    p->parts = (struct parts){rq->of, &p->r, &p->paper};
    *head = (struct view_desk){
        .name = p->paper.name,
        .language = p->paper.language,
        .direction = part_direction(p->paper.language),
        .type = p->paper.type.n > 0 ? p->paper.type : S("classic"),
        .colours = {p->paper.colours},
        .icon = {p->paper.icon},
        .token = secret_form_token(rq->arena, desk->form_secret),
        .is_in = desk->is_in,
        .who = desk->is_in ? desk->who.name : S(""),
        .done = done_sentence(p),
    };
    if (desk->is_in && !desk->owes_set_up)
        fill_menu(p, head);
    return OK;
}

void desk_wrong(struct desk_page *p, const char *sentence)
{
    p->head->wrong = desk_say(p, sentence);
}

err desk_reply(struct desk_page *p, int status, enum template template, const char *title,
               const void *view)
{
    struct request *rq = p->rq;
    const struct desk_visit *desk = desk_visit(rq);
    str html;

    p->head->title = str_fmt(rq->arena, "%.*s | %.*s", STR(desk_say(p, title)), STR(p->paper.name));

    err e = show_draw(rq, &p->r, template, view, &html);

    reading_end(&p->r);
    TRY(e);
    if (desk->form_is_new)
        desk_cookie(rq, "desk-form", desk->form_secret, 0);
    reply_header(rq, S("X-Robots-Tag"), S("noindex, nofollow"));
    reply_policy(rq, policy);
    reply_keep(rq, KEEP_NOT, 0, 0);
    return reply_html(rq, status, html);
}

/* --- bad news --- */

err desk_error_page(struct request *rq, int status)
{
    static const struct {
        int status;
        const char *title, *text;
    } all[] = {
        {400, SAY("That cannot be read"), SAY("Something in what was sent is not right.")},
        {403, SAY("This is not open to you"),
         SAY("Your role does not have it, or the form had grown old. Whoever looks after the "
             "staff can change your role.")},
        {404, SAY("There is nothing at this address"), SAY("It may have been taken away.")},
        {410, SAY("This is gone"), SAY("It was killed. Nothing of it is ever shown again.")},
        {503, SAY("Too much at once"), SAY("Please try again in a moment.")},
    };
    const struct site *s = rq->of;
    struct desk_page p;
    struct view_desk_message view = {0};
    struct visit *visit = rq->visitor;
    const char *title = SAY("Something went wrong on our side"),
               *text = SAY("It has been noted. Please try again in a moment.");

    if (visit == NULL || visit->desk == NULL) {
        visit = arena_one(rq->arena, struct visit);
        visit->desk = arena_one(rq->arena, struct desk_visit);
        rq->visitor = visit;
    }
    for (size_t i = 0; i < LENGTH(all); i++)
        if (all[i].status == status) {
            title = all[i].title;
            text = all[i].text;
        }
    if (status == 503 && store_trouble(s->store) != STORE_WELL) {
        title = SAY("This could not be saved");
        text = health_trouble_words[store_trouble(s->store)];
    }
    if (!desk_is_safe(rq))
        text = SAY("The newsroom is open over https only, or from the machine that serves it.");
    TRY(desk_begin(rq, &p));
    view.desk = p.head;
    view.text = desk_say(&p, text);
    if (status == 503)
        reply_header(rq, S("Retry-After"), S("2"));
    return desk_reply(&p, status, DESK_MESSAGE, title, &view);
}
