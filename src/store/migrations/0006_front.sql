-- Fronts: which slots a front page has, in which order, what an editor has put there, and which
-- stories are much read.  A front without a section is the paper's own.

CREATE TABLE front (
    id      INTEGER PRIMARY KEY,
    section INTEGER UNIQUE REFERENCES section (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE slot (
    id       INTEGER PRIMARY KEY,
    front    INTEGER NOT NULL REFERENCES front (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind     TEXT NOT NULL,                                       -- enum slot_kind, as a word
    section  INTEGER REFERENCES section (id) ON DELETE CASCADE,   -- of a strip
    size     INTEGER NOT NULL CHECK (size BETWEEN 0 AND 12),      -- stories, at most
    sections INTEGER NOT NULL DEFAULT 0,                          -- strips, at most; 0: all left
    title    TEXT NOT NULL DEFAULT '',
    UNIQUE (front, position)
) STRICT;
CREATE INDEX slot_section ON slot (section) WHERE section IS NOT NULL;

-- A story that an editor has put into a place of a slot, and how it is called there.
CREATE TABLE slot_pin (
    slot     INTEGER NOT NULL REFERENCES slot (id) ON DELETE CASCADE,
    place    INTEGER NOT NULL,             -- 1 is the first
    story    INTEGER NOT NULL REFERENCES story (id),
    until_at INTEGER,                      -- from then on the rule chooses again
    headline TEXT NOT NULL DEFAULT '',     -- empty: the story's own
    kicker   TEXT NOT NULL DEFAULT '',
    picture  INTEGER REFERENCES media (id),
    PRIMARY KEY (slot, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX slot_pin_story ON slot_pin (story);
CREATE INDEX slot_pin_picture ON slot_pin (picture) WHERE picture IS NOT NULL;

-- How much a story is read: one number that fades by half in twelve hours (news/heat.h).
CREATE TABLE story_heat (
    story INTEGER PRIMARY KEY REFERENCES story (id),
    heat  REAL NOT NULL
) STRICT;
CREATE INDEX story_heat_order ON story_heat (heat DESC);

INSERT INTO front (id, section) VALUES (1, NULL);
INSERT INTO slot (front, position, kind, size, sections) VALUES
    (1, 1, 'lead', 3, 0), (1, 2, 'second', 3, 0), (1, 3, 'latest', 7, 0), (1, 4, 'live', 1, 0),
    (1, 5, 'rails', 5, 2), (1, 6, 'opinion', 4, 0), (1, 7, 'rails', 5, 2),
    (1, 8, 'picture', 1, 0), (1, 9, 'most_read', 5, 0), (1, 10, 'rails', 5, 0);
