-- Running stories: the coverage of a story, and its entries.

-- 0: the story is none (or was never begun as one); the others are those of news/running.h.
ALTER TABLE story ADD COLUMN coverage INTEGER NOT NULL DEFAULT 0;
ALTER TABLE story ADD COLUMN coverage_from INTEGER;  -- announced for; from live on: since when
ALTER TABLE story ADD COLUMN coverage_until INTEGER; -- since when it is over
ALTER TABLE story ADD COLUMN entries INTEGER NOT NULL DEFAULT 0; -- the number of its newest entry
CREATE INDEX story_running ON story (coverage_from DESC) WHERE coverage IN (2, 3);

CREATE TABLE entry (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    story      INTEGER NOT NULL REFERENCES story (id),
    number     INTEGER NOT NULL,            -- in its story, from 1 on: its address
    state      INTEGER NOT NULL,            -- news/state.h: none, scheduled, live, withdrawn
    public_at  INTEGER,                     -- readers have it from then on
    made_at    INTEGER NOT NULL,
    edited_at  INTEGER,                     -- changed since readers have it
    version    INTEGER NOT NULL DEFAULT 1,
    is_key     INTEGER NOT NULL DEFAULT 0,
    is_pinned  INTEGER NOT NULL DEFAULT 0,
    headline   TEXT NOT NULL DEFAULT '',
    byline     TEXT NOT NULL DEFAULT '',
    words      TEXT NOT NULL DEFAULT '',    -- as they were typed, Markdown
    quote      TEXT NOT NULL DEFAULT '',
    quote_by   TEXT NOT NULL DEFAULT '',
    media      INTEGER REFERENCES media (id),
    alt        TEXT NOT NULL DEFAULT '',
    caption    TEXT NOT NULL DEFAULT '',
    link       TEXT NOT NULL DEFAULT '',    -- of a card that leads elsewhere, https
    link_title TEXT NOT NULL DEFAULT '',
    body       TEXT NOT NULL,               -- all of these as a body (text/body.h)
    promoted   INTEGER REFERENCES story (id), -- the story that was made of it
    UNIQUE (story, number)
) STRICT;
CREATE INDEX entry_of_story ON entry (story, public_at, number) WHERE state IN (1, 2);
CREATE INDEX entry_due ON entry (public_at) WHERE state = 1;
CREATE INDEX entry_media ON entry (media) WHERE media IS NOT NULL;
CREATE INDEX entry_promoted ON entry (promoted) WHERE promoted IS NOT NULL;
