#include "http/mail.h"

#include "base/test.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(mail_servers_are_named_by_scheme_host_and_port)
{
    static const char *const good[] = {"smtp://localhost", "smtp://127.0.0.1:2525",
                                       "smtps://mail.example.org", "smtps://mail.example.org:465",
                                       "smtp://[::1]:25"};
    static const char *const bad[] = {"",
                                      "mail.example.org",
                                      "smtp://",
                                      "smtp://:25",
                                      "http://mail.example.org",
                                      "smtp://user@mail.example.org",
                                      "smtp://mail.example.org/x",
                                      "smtp://mail.example.org:0",
                                      "smtp://mail.example.org:70000",
                                      "smtp://mail.example.org:25x",
                                      "smtp://mail example.org"};

    for (size_t i = 0; i < LENGTH(good); i++)
        CHECK(mail_server_ok(str_c(good[i])));
    for (size_t i = 0; i < LENGTH(bad); i++)
        CHECK(!mail_server_ok(str_c(bad[i])));
}

TEST(a_password_that_anybody_may_read_is_not_used)
{
    str file = str_fmt(t->arena, "%s/password", test_folder(t));
    const char *path = str_z(t->arena, file);
    struct mail_way way = {S("smtp://127.0.0.1:1"), S("desk"), file};
    struct mail_letter letter = {S("a@x.example"), S("b@x.example"), S("x\r\n")};
    int fd = open(path, O_CREAT | O_WRONLY, 0600);

    CHECK(write(fd, "secret\n", 7) == 7);
    CHECK(fchmod(fd, 0644) == 0);
    CHECK_ERR(mail_send(t->arena, &way, &letter, NULL, &t->why), E_DENIED);
    CHECK(fchmod(fd, 0640) == 0);
    CHECK_ERR(mail_send(t->arena, &way, &letter, NULL, &t->why), E_IO); /* nobody listens there */
    CHECK(write(fd, "another\n", 8) == 8);
    CHECK_ERR(mail_send(t->arena, &way, &letter, NULL, &t->why), E_DENIED);
    close(fd);
    way.password_file = S("/nonesuch");
    CHECK_ERR(mail_send(t->arena, &way, &letter, NULL, &t->why), E_DENIED);
}
