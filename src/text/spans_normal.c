#include "text/shape.h"

#include "base/utf8.h"
#include "text/url.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool alike(const struct span *x, const struct span *y)
{
    return x->marks == y->marks && str_eq(x->link, y->link) && str_eq(x->language, y->language);
}

/* Text laid end to end, and the spans that point into it by where they start (text.p is set last).
 */
struct line {
    arena *a;
    struct span_list spans;
    size_t *starts; /* of each span */
    buf text;
};

static size_t end_of(const struct line *l)
{
    return l->text.n;
}

static bool at_gap(const struct line *l)
{
    return l->spans.n == 0 || l->spans.p[l->spans.n - 1].marks == MARK_BREAK ||
           (end_of(l) > 0 && l->text.p[end_of(l) - 1] == ' ');
}

/* Take the space off the end, and the span with it when it was nothing else. */
static void cut_gap(struct line *l)
{
    while (l->spans.n > 0) {
        struct span *last = &l->spans.p[l->spans.n - 1];

        if (last->marks == MARK_BREAK || l->text.p[end_of(l) - 1] != ' ')
            return;
        buf_cut(&l->text, end_of(l) - 1);
        last->text.n--;
        if (last->text.n > 0)
            return;
        l->spans.n--;
    }
}

static void add_words(struct line *l, struct span s)
{
    size_t from = end_of(l);
    bool gap = at_gap(l);

    for (str rest = s.text; rest.n > 0;) {
        size_t word = 0;

        while (word < rest.n && !is_space(rest.p[word]))
            word++;
        buf_add(&l->text, str_to(rest, word));
        if (word == rest.n)
            break;
        if (word > 0 || !gap)
            buf_char(&l->text, ' ');
        gap = true;
        rest = str_from(rest, word + 1);
    }
    s.text = str_of(NULL, end_of(l) - from);
    if (s.text.n == 0)
        return;

    struct span *last = l->spans.n == 0 ? NULL : &l->spans.p[l->spans.n - 1];
    bool joins = last != NULL && last->marks != MARK_BREAK;

    if (!(joins && alike(last, &s)) && text_blank(str_of(l->text.p + from, s.text.n)))
        s = (struct span){.text = s.text}; /* space alone is never a link */
    if (joins && alike(last, &s))
        last->text.n += s.text.n;
    else
        span_list_add(l->a, &l->spans, s);
}

/* A break after something; false when it is the second in a row. */
static bool add_break(struct line *l)
{
    cut_gap(l);
    if (l->spans.n == 0)
        return true;
    if (l->spans.p[l->spans.n - 1].marks == MARK_BREAK)
        return false;
    span_list_add(l->a, &l->spans, (struct span){.marks = MARK_BREAK});
    return true;
}

static struct span_list finished(struct line *l)
{
    const char *at = l->text.p;

    for (cut_gap(l); l->spans.n > 0 && l->spans.p[l->spans.n - 1].marks == MARK_BREAK; cut_gap(l))
        l->spans.n--;
    for (size_t i = 0; i < l->spans.n; i++) {
        struct span *s = &l->spans.p[i];

        s->text = s->marks == MARK_BREAK ? (str){0} : str_of(at, s->text.n);
        at += s->text.n;
    }
    return l->spans;
}

struct span_list spans_normal(arena *a, const struct span *in, size_t n, str language,
                              size_t *split)
{
    size_t total = 0;

    for (size_t i = 0; i < n; i++)
        total += in[i].text.n * 3;

    struct line l = {.a = a, .text = buf_new(a, total + 1)};

    for (size_t i = 0; i < n; i++) {
        struct span s = in[i];

        if (s.text.n == 0 && (s.marks & MARK_BREAK) != 0) {
            if (!add_break(&l) && split != NULL) {
                *split = i + 1;
                return finished(&l);
            }
            continue;
        }
        s.marks &= MARK_STRONG | MARK_EMPHASIS | MARK_CODE | MARK_SUB | MARK_SUP;
        s.text = utf8_clean(a, s.text);
        s.link = s.link.n == 0 ? (str){0} : url_link(a, s.link);
        s.language = !language_ok(s.language) || str_eq_nocase(s.language, language)
                         ? (str){0}
                         : str_dup(a, s.language);
        add_words(&l, s);
    }
    if (split != NULL)
        *split = n;
    return finished(&l);
}
