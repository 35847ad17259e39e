#include "command/words.h"

#include "site/site.h"

#include <stdio.h>
#include <string.h>

static const enum method methods[] = {GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS};

/* "anyone", "staff", "staff audit", "staff staff, proved". */
static void print_route(const struct route *r)
{
    static const char *const who[] = {"unsaid", "anyone", "reader", "staff", "machine"};

    for (size_t i = 0; i < LENGTH(methods); i++)
        if (r->methods & methods[i])
            printf("%.*s\t%s\t%s%s%s%s\t%s\n", STR(method_word(methods[i])), r->path, who[r->who],
                   r->needs != NULL ? " " : "", r->needs != NULL ? r->needs : "",
                   r->proved ? ", proved" : "", r->doc);
}

static int routes(const struct command *c, int argc, char **argv)
{
    const struct word words[] = {
        {.help = "Who may: anyone; or staff, with the privilege that it takes (a|b: either); "
                 "proved: and their password was given within the last ten minutes."},
    };
    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    if (done >= 0)
        return done;
    for (size_t i = 0; i < site_route_count; i++)
        print_route(&site_routes[i]);
    return EXIT_DONE;
}

const struct command command_routes = {
    "routes", "", "List every address that is answered: method, path, who may, what it gives.",
    routes};
