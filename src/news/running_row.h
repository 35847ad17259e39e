/*
 * running_row.h - a row of the table as an entry, for news/running*.c alone.
 */
#ifndef NEWS_RUNNING_ROW_H
#define NEWS_RUNNING_ROW_H

#include "news/running.h"
#include "store/sql.h"

/* Asks no gate. */
err entry_from_row(arena *a, const struct sql_entry_at *row, struct entry *out);

#endif
