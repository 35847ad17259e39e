#include "site/public/handover.h"

#include "http/form.h"
#include "news/origin.h"

/* What is asked of each: the address, then the headline. */
static str asked(arena *a, const char *before, str url, const char *between, str title)
{
    return str_fmt(a, "%s%.*s%s%.*s", before, STR(url), between, STR(title));
}

static str messenger(arena *a, const struct paper *paper, str url)
{
    str app = percent_encode(a, paper->facebook_app);

    if (app.n == 0)
        return (str){0};
    return str_fmt(a,
                   "https://www.facebook.com/dialog/send?app_id=%.*s&link=%.*s&redirect_uri=%.*s",
                   STR(app), STR(url), STR(url));
}

const struct view_handover *handover_of(const struct parts *p, const struct story *s)
{
    arena *a = p->r->a;
    str address = str_join(a, p->paper->address, s->card.path);
    str url = percent_encode(a, address), title = percent_encode(a, s->card.headline);
    struct view_handover *out = arena_one(a, struct view_handover);

    *out = (struct view_handover){
        .title = s->card.headline,
        .address = {address},
        .whatsapp = {asked(a, "https://wa.me/?text=", title, "%20", url)},
        .facebook = {asked(a, "https://www.facebook.com/sharer/sharer.php?u=", url, "", S(""))},
        .messenger = {messenger(a, p->paper, url)},
        .messenger_app = {asked(a, "fb-messenger://share?link=", url, "", S(""))},
        .linkedin = {asked(a, "https://www.linkedin.com/sharing/share-offsite/?url=", url, "",
                           S(""))},
        .x = {asked(a, "https://x.com/intent/post?url=", url, "&text=", title)},
        .email = {asked(a, "mailto:?subject=", title, "&body=", url)},
    };
    return out;
}

static const struct {
    const char *label, *about;
    bool is_others;
} origins[ORIGIN_COUNT] = {
    [ORIGIN_STAFF] = {SAY("By our staff"), SAY("Written by our own people."), false},
    [ORIGIN_AGENCY] = {SAY("From an agency"), SAY("Sent by a news agency and edited here."), false},
    [ORIGIN_CONTRIBUTOR] = {SAY("By a contributor"),
                            SAY("Written by somebody who is not on our staff."), false},
    [ORIGIN_RELEASE] = {SAY("Press release"),
                        SAY("Sent by those whom it is about; printed as it came."), true},
    [ORIGIN_PUBLIC_BODY] = {SAY("From a public body"),
                            SAY("Given out by the public body it names."), true},
    [ORIGIN_MACHINE] = {SAY("Machine-assisted"),
                        SAY("Made with the help of a machine and checked by a person."), true},
};

void handover_origin(const struct parts *p, const struct story *s, struct view_story *view)
{
    enum origin o = origin_of(s->origin);

    if (o == ORIGIN_UNSAID)
        return;
    view->origin = say(p->paper->tongue, origins[o].label);
    view->origin_about = say(p->paper->tongue, origins[o].about);
    view->is_others = origins[o].is_others;
}
