/*
 * stmt.h - what the generated functions of "store/sql.h" stand on.  Nobody else needs it.
 *
 * A statement is prepared at its first use on a connection and kept.  One runs at a time on a
 * connection: start, set, next..., end.
 */
#ifndef STORE_STMT_H
#define STORE_STMT_H

#include "store/store.h"

typedef struct stmt stmt;

enum sql_kind { SQL_ONE, SQL_MANY, SQL_RUN };

/* A statement as it stands in its file; a parameter is ?N (pg: $N), N from 1 as declared. */
struct sql_statement {
    const char *name, *file;
    int line;
    enum sql_kind kind;
    int ins, outs;
    const char *sqlite, *pg; /* pg is NULL where it is the same */
};

extern const struct sql_statement sql_statements[];
extern const size_t sql_statement_count;

err stmt_start(store_conn *c, size_t number, stmt **q);

/* Parameters, numbered from 1.  Bytes must hold until stmt_end(). */
void stmt_set_int(stmt *q, int at, int64_t v);
void stmt_set_real(stmt *q, int at, double v);
void stmt_set_text(stmt *q, int at, str v); /* never NULL: {NULL, 0} is empty text */
void stmt_set_blob(stmt *q, int at, str v);
void stmt_set_null(stmt *q, int at);

/* OK: a row stands; E_MISSING: there are no more. */
err stmt_next(stmt *q);

/* Columns of the row, numbered from 0.  Texts are copied into `a`; NULL is {NULL, 0}. */
bool stmt_is_null(stmt *q, int at);
int64_t stmt_int(stmt *q, int at);
double stmt_real(stmt *q, int at);
str stmt_text(arena *a, stmt *q, int at);
str stmt_blob(arena *a, stmt *q, int at);

/* Run to the end; what did it change? */
err stmt_run(stmt *q, int64_t *changed);

/* Done with it; gives `e` back, or what went wrong at the end. */
err stmt_end(stmt *q, err e);

/* The rows in a bigger place when there is no room for one more. */
void *stmt_room(arena *a, void *rows, size_t size, size_t n, size_t *room);

/* Record a tag, when somebody records. */
void stmt_tag(store_conn *c, enum tag_kind kind, int64_t id);

#endif
