-- Pictures ask the gate too.  story_media: the pictures in the text of a story's newest version (the
-- main one stands in story.hero).  wire_picture: what an item called the pictures that came with it,
-- for a kill by that name and for an update that waits for its embargo.

ALTER TABLE media ADD COLUMN is_killed INTEGER NOT NULL DEFAULT 0 CHECK (is_killed IN (0, 1));

CREATE TABLE story_media (
    story INTEGER NOT NULL REFERENCES story (id),
    media INTEGER NOT NULL REFERENCES media (id),
    PRIMARY KEY (story, media)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_media_media ON story_media (media, story);

CREATE TABLE wire_picture (
    item    INTEGER NOT NULL REFERENCES wire_item (id),
    address TEXT NOT NULL,
    guid    TEXT NOT NULL,  -- empty: it has no name of its own
    media   INTEGER NOT NULL REFERENCES media (id),
    PRIMARY KEY (item, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX wire_picture_guid ON wire_picture (guid) WHERE guid <> '';

CREATE INDEX person_portrait ON person (portrait) WHERE portrait IS NOT NULL;

UPDATE media SET is_killed = 1 WHERE id IN (SELECT media FROM wire_item WHERE status = 2);
INSERT OR IGNORE INTO story_media (story, media)
SELECT s.id, j.value FROM story s
  JOIN story_version v ON v.story = s.id AND v.number = s.version, json_tree(v.body) j
 WHERE j.key = 'media' AND j.value IN (SELECT id FROM media);
