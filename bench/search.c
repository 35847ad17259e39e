/*
 * search.c - asks a list of questions, one after the other, and says how long each took.
 *
 *   build/bench/search page PORT LIST      over HTTP/1.1, on one connection: the whole page
 *   build/bench/search bare PAPER.DB LIST  the full-text index alone, by SQLite's own interface
 *
 * LIST has a line for each question: path, tab, the same words in the language of the index.  Each
 * question is asked once before any is timed, so that both find their pages in memory.  Prints
 * "p50-ms p95-ms answers-that-had-something".  Exit code 1 when an answer broke off.
 */
#include "client.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <time.h>
#include <unistd.h>

enum { QUESTIONS_MAX = 10000, LINE_MAX_BYTES = 4096, PAGE_MAX = 1 << 20 };

static struct question {
    char *path, *words;
} questions[QUESTIONS_MAX];
static size_t many;
static char page[PAGE_MAX + 1];

static void read_list(const char *name)
{
    char line[LINE_MAX_BYTES], *tab;
    FILE *f = fopen(name, "r");

    if (f == NULL)
        give_up(name);
    while (many < QUESTIONS_MAX && fgets(line, sizeof line, f) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        tab = strchr(line, '\t');
        if (tab == NULL)
            continue;
        *tab = '\0';
        questions[many++] = (struct question){strdup(line), strdup(tab + 1)};
    }
    fclose(f);
}

/* Read one answer whole; does its page list anything? */
static bool take(int fd)
{
    size_t n = 0, whole = PAGE_MAX;
    const char *end = NULL, *length;

    while (n < whole) {
        ssize_t got = recv(fd, page + n, PAGE_MAX - n, 0);

        if (got <= 0)
            give_up("an answer broke off");
        n += (size_t)got;
        page[n] = '\0';
        if (end != NULL || (end = strstr(page, "\r\n\r\n")) == NULL)
            continue;
        length = strcasestr(page, "\r\nContent-Length:");
        if (strncmp(page, "HTTP/1.1 200 ", 13) != 0 || length == NULL || length > end)
            give_up("an answer is not 200 with a length");
        whole = (size_t)(end + 4 - page) + strtoul(length + 17, NULL, 10);
        if (whole > PAGE_MAX)
            give_up("a page is too long");
    }
    return strstr(page, "<h2><a href") != NULL;
}

static bool ask_page(const struct question *q, void *of)
{
    char asking[LINE_MAX_BYTES + 64];
    int fd = *(int *)of;
    int n = snprintf(asking, sizeof asking, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", q->path);

    if (send(fd, asking, (size_t)n, MSG_NOSIGNAL) != n)
        give_up("a request could not be sent");
    return take(fd);
}

static bool ask_bare(const struct question *q, void *of)
{
    sqlite3_stmt *s = of;
    int rows = 0, rc;

    sqlite3_bind_text(s, 1, q->words, -1, SQLITE_STATIC);
    while ((rc = sqlite3_step(s)) == SQLITE_ROW)
        rows++;
    if (rc != SQLITE_DONE)
        give_up(sqlite3_errmsg(sqlite3_db_handle(s)));
    sqlite3_reset(s);
    return rows > 0;
}

static int64_t now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int by_size(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

    return (a > b) - (a < b);
}

static void time_all(bool (*ask)(const struct question *q, void *of), void *of)
{
    static int64_t took[QUESTIONS_MAX];
    size_t answered = 0;

    for (size_t i = 0; i < many; i++)
        ask(&questions[i], of);
    for (size_t i = 0; i < many; i++) {
        int64_t began = now_us();

        answered += ask(&questions[i], of);
        took[i] = now_us() - began;
    }
    qsort(took, many, sizeof *took, by_size);
    printf("%.3f %.3f %zu\n", (double)took[many / 2] / 1000, (double)took[many * 95 / 100] / 1000,
           answered);
}

int main(int argc, char **argv)
{
    static const char sql[] = "SELECT rowid FROM find_text WHERE find_text MATCH ?"
                              " ORDER BY rowid DESC LIMIT 20";
    sqlite3 *db;
    sqlite3_stmt *s;

    if (argc != 4) {
        fprintf(stderr, "usage: search page PORT LIST | search bare PAPER.DB LIST\n");
        return 2;
    }
    read_list(argv[3]);
    if (many == 0)
        give_up("the list has no question");
    if (strcmp(argv[1], "page") == 0) {
        int fd = meet(atoi(argv[2]));

        time_all(ask_page, &fd);
        return 0;
    }
    if (sqlite3_open_v2(argv[2], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        give_up(sqlite3_errmsg(db));
    time_all(ask_bare, s);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return 0;
}
