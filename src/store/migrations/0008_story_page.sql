-- What a story's page says beside its words: the critic's stars, who made it, what the desk ties to
-- it.  And since when readers could have each version, for the history of a story: NULL, never;
-- hidden: it was public and must not be shown again.

ALTER TABLE story ADD COLUMN half_stars INTEGER CHECK (half_stars BETWEEN 0 AND 10);
ALTER TABLE story ADD COLUMN reviewed TEXT NOT NULL DEFAULT '';  -- what a review is of
ALTER TABLE story ADD COLUMN origin TEXT NOT NULL DEFAULT '';    -- news/origin.h

ALTER TABLE story_version ADD COLUMN public_at INTEGER;
ALTER TABLE story_version ADD COLUMN is_hidden INTEGER NOT NULL DEFAULT 0 CHECK (is_hidden IN (0, 1));
ALTER TABLE story_version ADD COLUMN hidden_reason TEXT NOT NULL DEFAULT '';

-- What is public now is known; of older versions nobody can say any more whether they were.
UPDATE story_version SET public_at = max(made_at, s.public_at)
  FROM story s
 WHERE s.id = story_version.story AND s.version = story_version.number
   AND s.public_state IN (1, 2) AND s.public_at IS NOT NULL;

CREATE INDEX story_version_corrected ON story_version (made_at DESC)
 WHERE kind IN ('correction', 'clarification');

CREATE TABLE story_related (
    story    INTEGER NOT NULL REFERENCES story (id),
    other    INTEGER NOT NULL REFERENCES story (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (story, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_related_other ON story_related (other);
