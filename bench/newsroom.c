/*
 * newsroom.c - copy for the benchmark: N text items of NewsML-G2, 500 words each, one file an item.
 *
 *   newsroom FOLDER N      writes FOLDER/000/item-000001.xml ...
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char *const words[] = {
    "harbour",  "council", "ferry",  "budget", "island", "school",  "storm",  "market", "quota",
    "hospital", "vote",    "bridge", "season", "match",  "theatre", "energy", "cable",  "fishing",
    "tide",     "winter",  "road",   "report", "mayor",  "library", "train",  "garden", "museum"};
static const char *const topics[] = {"20000574", "20000178", "20000822", "20000424",
                                     "20000018", "20000717", "20000298", "20000045"};

enum { WORDS = sizeof words / sizeof *words, PARAGRAPHS = 12, PARAGRAPH_WORDS = 42 };

/* Good enough to vary words, the same at each run. */
static unsigned next(unsigned *seed)
{
    return (*seed = *seed * 1664525u + 1013904223u) >> 8;
}

static void sentence(FILE *f, unsigned *seed, int n)
{
    for (int i = 0; i < n; i++)
        fprintf(f, "%s%s", i == 0 ? "The " : " ", words[next(seed) % WORDS]);
}

static void item(FILE *f, int number)
{
    unsigned seed = (unsigned)number;

    fprintf(f,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"urn:bench:%d\" "
            "version=\"1\" standard=\"NewsML-G2\" standardversion=\"2.28\" xml:lang=\"en\">\n"
            "<itemMeta><itemClass qcode=\"ninat:text\"/><provider qcode=\"bench:wire\"/>"
            "<versionCreated>2026-11-%02dT%02d:%02d:00Z</versionCreated>"
            "<pubStatus qcode=\"stat:usable\"/></itemMeta>\n"
            "<contentMeta><urgency>%d</urgency><headline>",
            number, 1 + number % 20, number / 20 % 24, number % 60, 1 + number % 8);
    sentence(f, &seed, 7);
    fprintf(f, " %d</headline><description role=\"drol:summary\">", number);
    sentence(f, &seed, 18);
    fprintf(f,
            "</description><by>By Ann Bench</by>"
            "<subject qcode=\"medtop:%s\"/><subject qcode=\"medtop:%s\"/></contentMeta>\n"
            "<contentSet><inlineXML contenttype=\"application/xhtml+xml\">"
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>\n",
            topics[number % 8], topics[number / 8 % 8]);
    for (int i = 0; i < PARAGRAPHS; i++) {
        fputs("<p>", f);
        sentence(f, &seed, PARAGRAPH_WORDS / 2);
        fputs(", <em>", f);
        sentence(f, &seed, 3);
        fputs("</em>. ", f);
        sentence(f, &seed, PARAGRAPH_WORDS / 2 - 3);
        fputs(".</p>\n", f);
    }
    fputs("</body></html></inlineXML></contentSet></newsItem>\n", f);
}

int main(int argc, char **argv)
{
    char path[4096];
    int n = argc == 3 ? atoi(argv[2]) : 0;

    if (n <= 0) {
        fprintf(stderr, "usage: newsroom FOLDER N\n");
        return 2;
    }
    mkdir(argv[1], 0755);
    for (int i = 1; i <= n; i++) {
        snprintf(path, sizeof path, "%s/%03d", argv[1], i / 1000);
        mkdir(path, 0755);
        snprintf(path, sizeof path, "%s/%03d/item-%06d.xml", argv[1], i / 1000, i);

        FILE *f = fopen(path, "w");

        if (f == NULL) {
            perror(path);
            return 1;
        }
        item(f, i);
        fclose(f);
    }
    return 0;
}
