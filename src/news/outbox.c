#include "news/outbox.h"

#include "base/hash.h"
#include "news/paper.h"
#include "store/event.h"
#include "store/sql.h"

enum { TOKEN_BYTES = 16 };

bool outbox_way(arena *a, store_conn *db, struct outbox_way *out)
{
    *out = (struct outbox_way){
        .server = paper_setting(a, db, S("mail_server"), S("")),
        .user = paper_setting(a, db, S("mail_user"), S("")),
        .password_file = paper_setting(a, db, S("mail_password_file"), S("")),
        .from = paper_setting(a, db, S("mail_from"), S("")),
        .from_name = paper_setting(a, db, S("name"), S("Broadsheet")),
        .address = paper_address(a, db),
    };
    return out->server.n > 0 && out->from.n > 0 && out->address.n > 0;
}

err outbox_give_up(store_conn *w, int64_t before, int64_t now, str problem)
{
    return sql_outbox_give_up_all(w, before, now, problem, NULL);
}

err outbox_add(arena *a, store_conn *w, int64_t at, const struct outbox_mail *m, note *why)
{
    struct outbox_way way;
    struct sql_outbox_add added;

    if (!outbox_way(a, w, &way))
        return OK;

    str host = str_from(way.from, (size_t)str_find_last(way.from, '@') + 1);
    str id = str_fmt(a, "%.*s@%.*s", STR(random_token(a, TOKEN_BYTES)), STR(host));
    struct sql_outbox_add_in row = {.message_id = id,
                                    .to_name = m->to_name,
                                    .to_address = m->to,
                                    .subject = m->subject,
                                    .body = m->text,
                                    .language = m->language,
                                    .at = at};

    TRY(sql_outbox_add(a, w, &row, &added));
    return event_add(w, EVENT_mail_queued, added.mail, NULL, S("{}"), why);
}
