-- Notices: what others give out through the paper, with the days on which it runs.  The words stay at
-- their address when the run is over.

CREATE TABLE notice (
    id           INTEGER PRIMARY KEY,
    guid         TEXT UNIQUE,                  -- of the copy it came in; NULL: written here
    type         TEXT NOT NULL,                -- news/notice.h
    title        TEXT NOT NULL,
    issuer       TEXT NOT NULL,
    reference    TEXT NOT NULL DEFAULT '',     -- the issuer's own number
    language     TEXT NOT NULL DEFAULT '',
    body         TEXT NOT NULL,                -- a tree, as the body of a story
    public_state INTEGER NOT NULL DEFAULT 0,   -- enum public_state
    from_at      INTEGER NOT NULL,             -- not before; no two have the same
    until_at     INTEGER,                      -- the end of its run; NULL: not said
    changed_at   INTEGER NOT NULL,
    down_reason  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX notice_from ON notice (from_at DESC);
CREATE INDEX notice_until ON notice (until_at) WHERE until_at IS NOT NULL;
CREATE INDEX notice_type ON notice (type, from_at DESC);
