-- name: event_add
-- Every change writes one event in its own transaction, never earlier than the one before: the log
-- does not go back when the clock does.  A body that is not JSON becomes NULL,
-- which the table refuses (a CHECK with json_valid() is not allowed in a schema we do not trust).
-- in:  at time, kind text, subject int, tags text, body json
-- out: id int
-- one
INSERT INTO event (at, kind, subject, tags, body)
VALUES (max(:at, coalesce((SELECT at FROM event ORDER BY id DESC LIMIT 1), :at)), :kind, :subject, :tags,
        CASE WHEN json_valid(:body) THEN :body END)
RETURNING id;
-- pg:
INSERT INTO event (at, kind, subject, tags, body)
VALUES (greatest(:at, (SELECT at FROM event ORDER BY id DESC LIMIT 1)), :kind, :subject, :tags, :body::jsonb)
RETURNING id;

-- name: events_after
-- What a follower has not seen yet, oldest first.
-- in:  after int, limit int
-- out: id int, at time, kind text, subject int, tags text, body json
-- many
SELECT id, at, kind, subject, tags, body
  FROM event
 WHERE id > :after
 ORDER BY id
 LIMIT :limit;

-- name: events_told
-- What open pages are told, oldest first.
-- in:  after int, limit int
-- out: like events_after
-- many
SELECT id, at, kind, subject, tags, body
  FROM event INDEXED BY event_told
 WHERE id > :after AND kind IN (
    'story_published', 'story_updated', 'story_moved', 'story_corrected', 'story_withdrawn',
    'story_killed', 'story_expired', 'breaking_told', 'breaking_changed', 'breaking_ended',
    'front_changed', 'entry_published', 'entry_changed', 'entry_withdrawn', 'coverage_changed')
 ORDER BY id
 LIMIT :limit;
-- pg:
SELECT id, at, kind, subject, tags, body
  FROM event
 WHERE id > :after AND kind IN (
    'story_published', 'story_updated', 'story_moved', 'story_corrected', 'story_withdrawn',
    'story_killed', 'story_expired', 'breaking_told', 'breaking_changed', 'breaking_ended',
    'front_changed', 'entry_published', 'entry_changed', 'entry_withdrawn', 'coverage_changed')
 ORDER BY id
 LIMIT :limit;

-- name: events_gone
-- What must not stand on an open page any more: the newest, oldest first.
-- in:  after int, limit int
-- out: like events_after
-- many
SELECT id, at, kind, subject, tags, body FROM (
    SELECT id, at, kind, subject, tags, body
      FROM event INDEXED BY event_gone
     WHERE id > :after AND kind IN (
        'story_withdrawn', 'story_killed', 'story_expired', 'entry_withdrawn')
     ORDER BY id DESC
     LIMIT :limit) AS newest
 ORDER BY id;
-- pg:
SELECT id, at, kind, subject, tags, body FROM (
    SELECT id, at, kind, subject, tags, body
      FROM event
     WHERE id > :after AND kind IN (
        'story_withdrawn', 'story_killed', 'story_expired', 'entry_withdrawn')
     ORDER BY id DESC
     LIMIT :limit) AS newest
 ORDER BY id;

-- name: event_newest
-- The number and the moment of the newest event, 0 when nothing has happened yet.
-- out: id int, at time
-- one
SELECT coalesce(max(id), 0), coalesce((SELECT at FROM event ORDER BY id DESC LIMIT 1), 0) FROM event;

-- name: events_of
-- The history of one subject, newest first.
-- in:  subject int, kind text, before int, limit int
-- out: id int, at time, kind text, tags text, body json
-- many
SELECT id, at, kind, tags, body
  FROM event
 WHERE subject = :subject AND kind = :kind AND id < :before
 ORDER BY id DESC
 LIMIT :limit;

-- name: follower_cursor
-- The last event that a durable follower has dealt with.
-- in:  name text
-- out: event int
-- one
SELECT event FROM follower WHERE name = :name;

-- name: follower_move
-- A follower has dealt with everything up to an event.
-- in:  name text, event int
-- run
INSERT INTO follower (name, event) VALUES (:name, :event)
ON CONFLICT (name) DO UPDATE SET event = excluded.event;

-- name: followers_ahead
-- Followers that claim to have seen what is not in the log: a sign of damage.
-- out: name text, event int, newest int
-- many
SELECT f.name, f.event, n.newest
  FROM follower f
 CROSS JOIN (SELECT coalesce(max(id), 0) AS newest FROM event) n
 WHERE f.event > n.newest
 ORDER BY f.name;

-- name: migration_add
-- The record of a schema change, for a person who looks.
-- in:  number int, name text, at time
-- run
INSERT INTO migration (number, name, at) VALUES (:number, :name, :at);
