-- What stands under a topic or a name, newest first, without looking at every story there: since when
-- the story is public (NULL: it is not) stands beside it.  desk_move() keeps it true.

ALTER TABLE story_topic ADD COLUMN public_at INTEGER;
ALTER TABLE story_author ADD COLUMN public_at INTEGER;

UPDATE story_topic SET public_at = s.public_at
  FROM story s WHERE s.id = story_topic.story AND s.public_state IN (1, 2);
UPDATE story_author SET public_at = s.public_at
  FROM story s WHERE s.id = story_author.story AND s.public_state IN (1, 2);

DROP INDEX story_topic_topic;
DROP INDEX story_author_person;
CREATE INDEX story_topic_topic ON story_topic (topic, public_at DESC);
CREATE INDEX story_author_person ON story_author (person, public_at DESC);
