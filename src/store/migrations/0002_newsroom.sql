-- The newsroom: sections, people, topics, stories with their versions, and the copy they came from.
-- A story's row holds what a list shows of its public version; the text stands in story_version.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE section (
    id          INTEGER PRIMARY KEY,
    slug        TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    position    INTEGER NOT NULL,
    is_opinion  INTEGER NOT NULL DEFAULT 0 CHECK (is_opinion IN (0, 1))
) STRICT;

-- Which Media Topics lead into a section; the nearest ancestor of a story's subject wins.
CREATE TABLE section_topic (
    code    TEXT PRIMARY KEY,
    section INTEGER NOT NULL REFERENCES section (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    id        INTEGER PRIMARY KEY,
    slug      TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    role      TEXT NOT NULL DEFAULT '',
    biography TEXT NOT NULL DEFAULT '',
    portrait  INTEGER REFERENCES media (id)
) STRICT;

CREATE TABLE topic (
    id          INTEGER PRIMARY KEY,
    slug        TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    code        TEXT UNIQUE, -- of IPTC Media Topics, where it is one of them
    description TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE story (
    id           INTEGER PRIMARY KEY,
    path         TEXT UNIQUE,                       -- given at the first publication, then for ever
    section      INTEGER NOT NULL REFERENCES section (id),
    public_state INTEGER NOT NULL DEFAULT 0,        -- enum public_state
    stage        TEXT NOT NULL DEFAULT 'wire',
    version      INTEGER NOT NULL DEFAULT 0,        -- the newest; 0: none yet
    public_at    INTEGER,                           -- not before
    expiry_at    INTEGER,                           -- not after
    embargo_at   INTEGER,                           -- the agency's: no publication before
    changed_at   INTEGER NOT NULL,                  -- when the public version was made
    created_at   INTEGER NOT NULL,
    urgency      INTEGER NOT NULL DEFAULT 0,
    genre        TEXT NOT NULL DEFAULT '',
    language     TEXT NOT NULL DEFAULT '',
    headline     TEXT NOT NULL,
    kicker       TEXT NOT NULL DEFAULT '',
    standfirst   TEXT NOT NULL DEFAULT '',
    byline       TEXT NOT NULL DEFAULT '',
    source       TEXT NOT NULL DEFAULT '',
    words        INTEGER NOT NULL DEFAULT 0,
    hero         INTEGER REFERENCES media (id),
    hero_caption TEXT NOT NULL DEFAULT '',
    hero_credit  TEXT NOT NULL DEFAULT '',
    hero_alt     TEXT NOT NULL DEFAULT '',
    down_reason  TEXT NOT NULL DEFAULT ''           -- why it was withdrawn or killed
) STRICT;

-- 1 scheduled, 2 live: what lists look through, newest first.
CREATE INDEX story_public ON story (public_at DESC) WHERE public_state IN (1, 2);
CREATE INDEX story_section ON story (section, public_at DESC) WHERE public_state IN (1, 2);
CREATE INDEX story_scheduled ON story (public_at) WHERE public_state = 1;
CREATE INDEX story_expiry ON story (expiry_at) WHERE public_state IN (1, 2) AND expiry_at IS NOT NULL;
CREATE INDEX story_hero ON story (hero) WHERE hero IS NOT NULL;

-- Every address a story ever had.
CREATE TABLE story_path (
    path  TEXT PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES story (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE story_version (
    story          INTEGER NOT NULL REFERENCES story (id),
    number         INTEGER NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('first', 'update', 'correction', 'clarification', 'edit')),
    reason         TEXT NOT NULL DEFAULT '',  -- for readers
    made_at        INTEGER NOT NULL,
    headline       TEXT NOT NULL,
    short_headline TEXT NOT NULL DEFAULT '',
    kicker         TEXT NOT NULL DEFAULT '',
    standfirst     TEXT NOT NULL DEFAULT '',
    byline         TEXT NOT NULL DEFAULT '',
    dateline       TEXT NOT NULL DEFAULT '',
    credit         TEXT NOT NULL DEFAULT '',
    copyright      TEXT NOT NULL DEFAULT '',
    body           TEXT NOT NULL,             -- text/body.h as JSON
    words          INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (story, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE story_topic (
    story    INTEGER NOT NULL REFERENCES story (id),
    position INTEGER NOT NULL,
    topic    INTEGER NOT NULL REFERENCES topic (id),
    PRIMARY KEY (story, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_topic_topic ON story_topic (topic, story);

CREATE TABLE story_author (
    story    INTEGER NOT NULL REFERENCES story (id),
    position INTEGER NOT NULL,
    person   INTEGER NOT NULL REFERENCES person (id),
    PRIMARY KEY (story, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_author_person ON story_author (person, story);

-- Copy as it came, byte for byte: never changed, never thrown away by the program.
CREATE TABLE wire_raw (
    id          INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    bytes       BLOB NOT NULL
) STRICT;

-- One row an item and version.  done: what the newsroom did with it (enum wire_done).
CREATE TABLE wire_item (
    id          INTEGER PRIMARY KEY,
    raw         INTEGER REFERENCES wire_raw (id),
    dialect     TEXT NOT NULL,
    kind        INTEGER NOT NULL,
    guid        TEXT NOT NULL,
    version     TEXT NOT NULL,
    status      INTEGER NOT NULL,
    headline    TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    held_until  INTEGER,          -- an embargoed update of a public story waits until then
    done        TEXT NOT NULL,
    story       INTEGER REFERENCES story (id),
    media       INTEGER REFERENCES media (id),
    UNIQUE (guid, version, status)
) STRICT;
CREATE INDEX wire_item_held ON wire_item (held_until) WHERE held_until IS NOT NULL;
CREATE INDEX wire_item_story ON wire_item (story);
CREATE INDEX wire_item_killed ON wire_item (media) WHERE status = 2;

-- What items point at, for copy that comes in any order.
CREATE TABLE wire_link (
    from_guid TEXT NOT NULL,
    to_guid   TEXT NOT NULL,
    relation  TEXT NOT NULL,
    position  INTEGER NOT NULL, -- the first picture leads the story
    PRIMARY KEY (from_guid, to_guid)
) STRICT, WITHOUT ROWID;
CREATE INDEX wire_link_to ON wire_link (to_guid);

CREATE TABLE wire_quarantine (
    id          INTEGER PRIMARY KEY,
    raw         INTEGER NOT NULL REFERENCES wire_raw (id),
    line        INTEGER NOT NULL,
    guid        TEXT NOT NULL,
    reason      TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (raw, line, guid)
) STRICT;

INSERT INTO setting (name, value) VALUES
    ('name', 'Broadsheet'), ('motto', 'The news of the day'), ('language', 'en'),
    ('time_zone', 'UTC'), ('accent', '#8a1c1c'), ('address', 'http://localhost:8080');
INSERT INTO section (id, slug, name, position) VALUES (1, 'news', 'News', 1);
