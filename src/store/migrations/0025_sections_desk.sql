-- Which sections the menu names and which pages the foot names; the words that sections had in
-- their address before, which lead on.

ALTER TABLE section ADD COLUMN in_menu INTEGER NOT NULL DEFAULT 1 CHECK (in_menu IN (0, 1));
ALTER TABLE information ADD COLUMN in_foot INTEGER NOT NULL DEFAULT 1 CHECK (in_foot IN (0, 1));

CREATE TABLE section_was (
    slug    TEXT PRIMARY KEY,
    section INTEGER NOT NULL REFERENCES section (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX section_was_section ON section_was (section);
