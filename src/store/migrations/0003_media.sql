-- Pictures: what the newsroom knows of each; the files lie in DATA/media under the fingerprint.
-- When one came is in the event log (media_received).

CREATE TABLE media (
    id             INTEGER PRIMARY KEY,
    fingerprint    TEXT NOT NULL UNIQUE,
    type           TEXT NOT NULL,                -- of the original, "image/jpeg"
    extension      TEXT NOT NULL,                -- of its file, "jpg"
    size           INTEGER NOT NULL,             -- bytes of the original
    width          INTEGER NOT NULL CHECK (width > 0),
    height         INTEGER NOT NULL CHECK (height > 0),
    colour         TEXT NOT NULL,                -- "#rrggbb"
    title          TEXT NOT NULL,
    headline       TEXT NOT NULL,
    caption        TEXT NOT NULL,
    byline         TEXT NOT NULL,
    credit         TEXT NOT NULL,
    source         TEXT NOT NULL,
    copyright      TEXT NOT NULL,
    terms          TEXT NOT NULL,
    rights_url     TEXT NOT NULL,
    alt            TEXT NOT NULL,
    description    TEXT NOT NULL,
    keywords       TEXT NOT NULL,                -- one a line
    city           TEXT NOT NULL,
    country        TEXT NOT NULL,
    created        TEXT NOT NULL,                -- when it was taken, as the picture says
    digital_source TEXT NOT NULL,
    focus_x        INTEGER NOT NULL DEFAULT 50 CHECK (focus_x BETWEEN 0 AND 100),
    focus_y        INTEGER NOT NULL DEFAULT 50 CHECK (focus_y BETWEEN 0 AND 100),
    ready          INTEGER NOT NULL,             -- which renditions are there (media/widths.h)
    state          INTEGER NOT NULL DEFAULT 0,   -- enum media_state
    reason         TEXT NOT NULL DEFAULT ''      -- why no more can be made
) STRICT;

-- What the maker has still to do after a restart.
CREATE INDEX media_waiting ON media (id) WHERE state = 0;
