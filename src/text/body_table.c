#include "text/shape.h"

enum { COLUMNS_MAX = 50 };

/* Which cell of the table's grid is taken by a cell from a row above, for how many more rows. */
struct grid {
    int down[COLUMNS_MAX];
    struct block *owner[COLUMNS_MAX]; /* the cell that takes it */
    bool begins[COLUMNS_MAX];         /* some cell begins in this column */
};

static int free_column(const struct grid *g, int from)
{
    while (from < COLUMNS_MAX && g->down[from] > 0)
        from++;
    return from;
}

/* Where every column is taken from above, the cells above end here. */
static void make_way(struct grid *g)
{
    if (free_column(g, 0) < COLUMNS_MAX)
        return;
    for (int x = 0; x < COLUMNS_MAX; x++) {
        if (x == 0 || g->owner[x] != g->owner[x - 1])
            g->owner[x]->down -= g->down[x];
        g->down[x] = 0;
    }
}

/* Cells beyond the last column give their words to the last that fits. */
static void join_cells(arena *a, struct block *row, size_t last)
{
    struct span_list spans = {0};

    for (size_t i = last; i < row->child_count; i++) {
        const struct block *c = &row->children[i];

        if (spans.n > 0 && c->span_count > 0)
            span_list_add(a, &spans, (struct span){.marks = MARK_BREAK});
        for (size_t j = 0; j < c->span_count; j++)
            span_list_add(a, &spans, c->spans[j]);
    }
    row->children[last].spans = spans.p;
    row->children[last].span_count = spans.n;
    row->child_count = last + 1;
}

static void fit_row(arena *a, struct grid *g, struct block *row, size_t rows_left)
{
    int column = 0;
    int took[COLUMNS_MAX] = {0};

    make_way(g);
    for (size_t i = 0; i < row->child_count; i++) {
        struct block *c = &row->children[i];

        column = free_column(g, column);
        if (column == COLUMNS_MAX) {
            join_cells(a, row, i - 1);
            break;
        }

        int width = 1;

        while (width < c->across && column + width < COLUMNS_MAX && g->down[column + width] == 0)
            width++;
        c->across = width;
        if ((size_t)c->down > rows_left)
            c->down = (int)rows_left;
        for (int x = column; x < column + width; x++) {
            took[x] = c->down;
            g->owner[x] = c;
        }
        g->begins[column] = true;
        column += width;
    }
    for (int x = 0; x < COLUMNS_MAX; x++) {
        if (g->down[x] > 0)
            g->down[x]--;
        if (took[x] > 0)
            g->down[x] = took[x] - 1;
    }
}

/* Narrow the cells that stretch over columns in which none begins. */
static void drop_columns(const struct grid *g, struct block *table)
{
    int down[COLUMNS_MAX] = {0};

    for (size_t r = 0; r < table->child_count; r++) {
        struct block *row = &table->children[r];
        int took[COLUMNS_MAX] = {0}, column = 0;

        for (size_t i = 0; i < row->child_count; i++) {
            struct block *c = &row->children[i];
            int width = 0;

            while (column < COLUMNS_MAX && down[column] > 0)
                column++;
            must(column + c->across <= COLUMNS_MAX);
            for (int x = column; x < column + c->across; x++) {
                took[x] = c->down;
                width += g->begins[x];
            }
            column += c->across;
            c->across = width;
        }
        for (int x = 0; x < COLUMNS_MAX; x++) {
            if (down[x] > 0)
                down[x]--;
            if (took[x] > 0)
                down[x] = took[x] - 1;
        }
    }
}

void table_fit(arena *a, struct block *table)
{
    struct grid g = {0};

    for (size_t r = 0; r < table->child_count; r++)
        fit_row(a, &g, &table->children[r], table->child_count - r);
    drop_columns(&g, table);
}
