-- Planning: where the work on a story stands and with whom, the day that is wished for it; notes of
-- the newsroom; links that show a story before it is out; what went wrong while nobody looked.

ALTER TABLE story ADD COLUMN assigned_to INTEGER REFERENCES staff (id); -- NULL: nobody
ALTER TABLE story ADD COLUMN wished_at INTEGER;                         -- NULL: no day is wished
CREATE INDEX story_assigned ON story (assigned_to) WHERE assigned_to IS NOT NULL;
CREATE INDEX story_wished ON story (wished_at) WHERE wished_at IS NOT NULL;
CREATE INDEX story_board ON story (changed_at DESC, id DESC) WHERE public_state IN (0, 1) AND stage <> 'wire';
CREATE INDEX story_on_wire ON story (id) WHERE public_state = 0 AND stage = 'wire';
CREATE INDEX working_changed ON working (saved_at DESC) WHERE is_changed = 1;

-- Never published: no reader's page reads these.
CREATE TABLE story_note (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    story       INTEGER NOT NULL REFERENCES story (id),
    staff       INTEGER REFERENCES staff (id),
    who         TEXT NOT NULL,              -- the name at that time
    at          INTEGER NOT NULL,
    words       TEXT NOT NULL,
    resolved_at INTEGER,
    resolved_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX story_note_story ON story_note (story, id);

CREATE TABLE story_mention (
    staff INTEGER NOT NULL REFERENCES staff (id),
    note  INTEGER NOT NULL REFERENCES story_note (id),
    PRIMARY KEY (staff, note)
) STRICT, WITHOUT ROWID;

CREATE TABLE preview_link (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    fingerprint BLOB NOT NULL UNIQUE,       -- of the token (staff/secret.h)
    story       INTEGER NOT NULL REFERENCES story (id),
    staff       INTEGER REFERENCES staff (id),
    who         TEXT NOT NULL,
    made_at     INTEGER NOT NULL,
    until_at    INTEGER NOT NULL,
    ended_at    INTEGER,                    -- revoked, or the story was taken down
    opened      INTEGER NOT NULL DEFAULT 0, -- how often
    opened_at   INTEGER
) STRICT;
CREATE INDEX preview_link_story ON preview_link (story, id);

CREATE TABLE desk_alarm (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    kind    TEXT NOT NULL,                  -- news/alarm.h
    story   INTEGER REFERENCES story (id),
    late_ms INTEGER NOT NULL DEFAULT 0,
    why     TEXT NOT NULL DEFAULT '',
    seen_at INTEGER                         -- somebody has taken note of it
) STRICT;
CREATE INDEX desk_alarm_unseen ON desk_alarm (id) WHERE seen_at IS NULL;
