-- Says nothing about who may read: news/gate.c decides that for the story that it leads to.

-- name: breaking_stands
-- The breaking news that stands now.
-- in: now time
-- out: breaking int, has_story int, story int, words text, told_at time, changed_at time, until_at time, is_corrected bool
-- tags: breaking
-- one
SELECT id, story IS NOT NULL, coalesce(story, 0), words, told_at, changed_at, until_at,
       corrected_at IS NOT NULL
  FROM breaking WHERE ended_at IS NULL AND until_at > :now ORDER BY id DESC LIMIT 1;

-- name: breaking_add
-- Tell it.
-- in: story int?, words text, now time, until_at time
-- out: breaking int
-- one
INSERT INTO breaking (story, words, told_at, changed_at, until_at)
VALUES (:story, :words, :now, :now, :until_at) RETURNING id;

-- name: breaking_change
-- Say it anew, as what was wrong or as what is known by now.
-- in: breaking int, story int?, words text, corrects bool, now time, until_at time
-- run
UPDATE breaking SET corrected_at = CASE WHEN :corrects AND words <> :words THEN :now ELSE corrected_at END,
       story = :story, words = :words, changed_at = :now, until_at = :until_at
 WHERE id = :breaking AND ended_at IS NULL;

-- name: breaking_end
-- All that stands is over.
-- in: now time
-- run
UPDATE breaking SET ended_at = :now, changed_at = :now WHERE ended_at IS NULL AND until_at > :now;

-- name: breaking_told
-- What was told, the newest first.
-- in: many int
-- out: breaking int, has_story int, story int, words text, told_at time, until_at time, ended_at time?
-- many
SELECT id, story IS NOT NULL, coalesce(story, 0), words, told_at, until_at, ended_at
  FROM breaking ORDER BY id DESC LIMIT :many;
