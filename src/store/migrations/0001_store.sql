-- What the store itself owns: which schema changes were made, the event log, the followers' places.

CREATE TABLE migration (
    number INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

-- AUTOINCREMENT: a number is never given twice, so that a cursor cannot skip an event.
CREATE TABLE event (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    subject INTEGER NOT NULL,
    tags    TEXT NOT NULL,
    body    TEXT NOT NULL
) STRICT;

-- "What happened to this story?"
CREATE INDEX event_subject ON event (subject, kind, id);

-- The last event that a durable follower has dealt with.
CREATE TABLE follower (
    name  TEXT PRIMARY KEY,
    event INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
