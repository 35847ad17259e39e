-- Breaking news: one line to every open page, with an end of its own.  One stands at a time: the
-- newest that has not ended.

CREATE TABLE breaking (
    id         INTEGER PRIMARY KEY,
    story      INTEGER REFERENCES story(id),   -- where it leads; NULL: nowhere yet
    words      TEXT NOT NULL,
    told_at    INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    until_at   INTEGER NOT NULL,               -- it ends by itself
    ended_at   INTEGER                         -- it was taken back, or another came
) STRICT;
CREATE INDEX breaking_open ON breaking (until_at) WHERE ended_at IS NULL;
