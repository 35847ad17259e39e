-- What is being written: one working copy a story, and each save of it as a revision.  No reader's
-- page reads these tables; publishing makes a story_version of the copy.

CREATE TABLE working (
    story      INTEGER PRIMARY KEY REFERENCES story (id),
    revision   INTEGER NOT NULL,           -- the newest that stands
    last       INTEGER NOT NULL,           -- the last number given: what was set aside has one too
    synced     INTEGER NOT NULL,           -- the revision that said what `version` said; 0: none
    version    INTEGER NOT NULL,           -- of story_version; 0: there is none yet
    is_changed INTEGER NOT NULL CHECK (is_changed IN (0, 1)), -- saved since
    saved_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE revision (
    id        INTEGER PRIMARY KEY,
    story     INTEGER NOT NULL REFERENCES story (id),
    number    INTEGER NOT NULL,
    kind      TEXT NOT NULL,               -- news/working.h
    name      TEXT NOT NULL DEFAULT '',    -- of a named one
    at        INTEGER NOT NULL,
    staff     INTEGER REFERENCES staff (id), -- NULL: nobody who is signed in
    who       TEXT NOT NULL,               -- the name at that time
    editor    TEXT NOT NULL DEFAULT '',    -- the page in which it was written
    base      INTEGER NOT NULL DEFAULT 0,  -- the revision that it was made from
    folded_at INTEGER,                     -- an autosave that another has followed: not listed
    headline  TEXT NOT NULL,
    words     INTEGER NOT NULL,
    copy      TEXT NOT NULL,               -- the whole of it, JSON
    UNIQUE (story, number)
) STRICT;
CREATE INDEX revision_folded ON revision (folded_at) WHERE folded_at IS NOT NULL;

ALTER TABLE story ADD COLUMN type TEXT NOT NULL DEFAULT '';           -- news/copy.h; empty: nobody said
ALTER TABLE story ADD COLUMN front_headline TEXT NOT NULL DEFAULT ''; -- on cards and fronts; empty: headline
ALTER TABLE story ADD COLUMN slug TEXT NOT NULL DEFAULT '';           -- wanted for its address
ALTER TABLE story ADD COLUMN rights_note TEXT NOT NULL DEFAULT '';    -- for the newsroom alone
ALTER TABLE story ADD COLUMN made_by INTEGER REFERENCES staff (id);   -- NULL: it came over the wire
CREATE INDEX story_made_by ON story (made_by, changed_at DESC, id DESC) WHERE made_by IS NOT NULL;

ALTER TABLE story_version ADD COLUMN front_headline TEXT NOT NULL DEFAULT '';
ALTER TABLE story_version ADD COLUMN search_headline TEXT NOT NULL DEFAULT '';
ALTER TABLE story_version ADD COLUMN social_headline TEXT NOT NULL DEFAULT '';
ALTER TABLE story_version ADD COLUMN letter_headline TEXT NOT NULL DEFAULT '';
