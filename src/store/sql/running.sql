-- Says nothing about who may read: news/running.c asks the gate, for every row that is read here.

-- name: coverage_of
-- How a story is covered, and how many entries readers have of it now.
-- in: story int, now time
-- out: coverage int, from_at time?, until_at time?, entries int, shown int, newest_at time?, next_at time?
-- tags: story story
-- one
SELECT s.coverage, s.coverage_from, s.coverage_until, s.entries,
       (SELECT count(*) FROM entry WHERE story = s.id AND state IN (1, 2) AND public_at <= :now),
       (SELECT max(public_at) FROM entry WHERE story = s.id AND state IN (1, 2) AND public_at <= :now),
       (SELECT min(public_at) FROM entry WHERE story = s.id AND state = 1 AND public_at > :now)
  FROM story s WHERE s.id = :story;

-- name: entry_at
-- One entry, whatever its state.
-- in: story int, number int
-- out: entry int, story int, number int, state int, public_at time?, made_at time, edited_at time?,
--      version int, is_key bool, is_pinned bool, headline text, byline text, words text, quote text,
--      quote_by text, media int?, alt text, caption text, link text, link_title text, body json,
--      promoted int?
-- tags: story story
-- one
SELECT id, story, number, state, public_at, made_at, edited_at, version, is_key, is_pinned, headline,
       byline, words, quote, quote_by, media, alt, caption, link, link_title, body, promoted
  FROM entry WHERE story = :story AND number = :number;

-- name: entry_by_id
-- The same by its id.
-- in: entry int
-- out: like entry_at
-- tags: story story
-- one
SELECT id, story, number, state, public_at, made_at, edited_at, version, is_key, is_pinned, headline,
       byline, words, quote, quote_by, media, alt, caption, link, link_title, body, promoted
  FROM entry WHERE id = :entry;

-- name: entries_newest
-- Entries that readers may have now, the newest first.
-- in: story int, now time, many int, skip int
-- out: like entry_at
-- tags: story story
-- many
SELECT id, story, number, state, public_at, made_at, edited_at, version, is_key, is_pinned, headline,
       byline, words, quote, quote_by, media, alt, caption, link, link_title, body, promoted
  FROM entry WHERE story = :story AND state IN (1, 2) AND public_at <= :now
 ORDER BY public_at DESC, number DESC LIMIT :many OFFSET :skip;

-- name: entries_oldest
-- The same, the oldest first.
-- in: story int, now time, many int, skip int
-- out: like entry_at
-- tags: story story
-- many
SELECT id, story, number, state, public_at, made_at, edited_at, version, is_key, is_pinned, headline,
       byline, words, quote, quote_by, media, alt, caption, link, link_title, body, promoted
  FROM entry WHERE story = :story AND state IN (1, 2) AND public_at <= :now
 ORDER BY public_at, number LIMIT :many OFFSET :skip;

-- name: entries_pinned
-- Those that stay at the top, the newest first.
-- in: story int, now time, many int
-- out: like entry_at
-- tags: story story
-- many
SELECT id, story, number, state, public_at, made_at, edited_at, version, is_key, is_pinned, headline,
       byline, words, quote, quote_by, media, alt, caption, link, link_title, body, promoted
  FROM entry WHERE story = :story AND state IN (1, 2) AND public_at <= :now AND is_pinned = 1
 ORDER BY public_at DESC, number DESC LIMIT :many;

-- name: entries_key
-- What mattered most, the newest first; place: how many entries are newer.
-- in: story int, now time, many int
-- out: number int, headline text, public_at time, state int, place int
-- tags: story story
-- many
SELECT e.number, e.headline, e.public_at, e.state,
       (SELECT count(*) FROM entry n WHERE n.story = e.story AND n.state IN (1, 2) AND n.public_at <= :now
           AND (n.public_at > e.public_at OR (n.public_at = e.public_at AND n.number > e.number)))
  FROM entry e WHERE e.story = :story AND e.state IN (1, 2) AND e.public_at <= :now AND e.is_key = 1
 ORDER BY e.public_at DESC, e.number DESC LIMIT :many;

-- name: entries_for_desk
-- All of them in any state, what waits first, then the newest; below a number.
-- in: story int, before int, many int
-- out: like entry_at
-- many
SELECT id, story, number, state, public_at, made_at, edited_at, version, is_key, is_pinned, headline,
       byline, words, quote, quote_by, media, alt, caption, link, link_title, body, promoted
  FROM entry WHERE story = :story AND number < :before ORDER BY number DESC LIMIT :many;

-- name: entry_of_story
-- The entry that a story was made of.
-- in: story int
-- out: story int, number int, state int, public_at time?
-- tags: story story
-- one
SELECT story, number, state, public_at FROM entry WHERE promoted = :story ORDER BY id LIMIT 1;

-- name: coverage_set
-- Cover a story so from now on.
-- in: story int, coverage int, from_at time?, until_at time?
-- run
UPDATE story SET coverage = :coverage, coverage_from = :from_at, coverage_until = :until_at
 WHERE id = :story;

-- name: entry_number_take
-- The next number of an entry.
-- in: story int
-- out: number int
-- one
UPDATE story SET entries = entries + 1 WHERE id = :story RETURNING entries;

-- name: entry_add
-- The row of a new entry, with no words yet (entry_set); its id.
-- in: story int, number int, state int, made_at time
-- out: entry int
-- one
INSERT INTO entry (story, number, state, made_at, version, body) VALUES (:story, :number, :state, :made_at, 0, '')
RETURNING id;

-- name: entry_set
-- What it says.
-- in: entry int, edited_at time?, is_key bool, is_pinned bool, headline text, byline text, words text,
--     quote text, quote_by text, media int?, alt text, caption text, link text, link_title text,
--     body json
-- run
UPDATE entry SET edited_at = :edited_at, version = version + 1, is_key = :is_key,
       is_pinned = :is_pinned, headline = :headline, byline = :byline, words = :words,
       quote = :quote, quote_by = :quote_by, media = :media, alt = :alt, caption = :caption,
       link = :link, link_title = :link_title, body = :body
 WHERE id = :entry;

-- name: entry_state_set
-- Move it; readers have it from public_at on.
-- in: entry int, state int, public_at time?
-- run
UPDATE entry SET state = :state, public_at = :public_at, version = version + 1 WHERE id = :entry;

-- name: entry_promoted_set
-- A story was made of it.
-- in: entry int, promoted int
-- run
UPDATE entry SET promoted = :promoted WHERE id = :entry;

-- name: entries_due
-- Scheduled entries whose time has come, of stories that may still be published.
-- in: now time
-- out: entry int, story int, public_at time
-- many
SELECT e.id, e.story, e.public_at FROM entry e JOIN story s ON s.id = e.story
 WHERE e.state = 1 AND e.public_at <= :now ORDER BY e.public_at LIMIT 500;

-- name: entry_next
-- When the next scheduled entry is due.
-- in: now time
-- out: moment time?
-- one
SELECT min(public_at) FROM entry WHERE state = 1 AND public_at > :now;

-- name: entry_pictures
-- The newest pictures of the library, for the composer.
-- in: many int
-- out: media int
-- many
SELECT id FROM media WHERE is_killed = 0 AND state <> 2 AND type LIKE 'image/%'
 ORDER BY id DESC LIMIT :many;
