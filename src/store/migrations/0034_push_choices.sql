-- What readers have chosen to be told on a device: breaking news, and what is new in sections.

ALTER TABLE push_device ADD COLUMN breaking INTEGER NOT NULL DEFAULT 1 CHECK (breaking IN (0, 1));

CREATE TABLE push_choice (
    device  INTEGER NOT NULL REFERENCES push_device (id) ON DELETE CASCADE,
    section INTEGER NOT NULL REFERENCES section (id) ON DELETE CASCADE,
    PRIMARY KEY (device, section)
) STRICT, WITHOUT ROWID;
CREATE INDEX push_choice_section ON push_choice (section);

-- A story is told once, to those that have chosen the section in which it was then; what becomes of
-- it, to them as well.
CREATE TABLE push_story (
    story   INTEGER PRIMARY KEY REFERENCES story (id) ON DELETE CASCADE,
    section INTEGER NOT NULL REFERENCES section (id) ON DELETE CASCADE,
    told_at INTEGER NOT NULL
) STRICT;
