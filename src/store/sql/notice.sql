-- Says nothing about who may read: news/gate.c decides that, for every row that is read here.

-- name: notice_at
-- A notice, whatever its state.
-- in: notice int
-- out: notice int, type text, title text, issuer text, reference text, language text, body json,
--      public_state int, from_at time, until_at time?, changed_at time
-- tags: notice notice
-- one
SELECT id, type, title, issuer, reference, language, body, public_state, from_at, until_at, changed_at
  FROM notice WHERE id = :notice;

-- name: notices_running
-- Notices that run now, the newest first, before a moment; of one type, or (empty) of all.
-- in: type text, now time, before time, many int
-- out: like notice_at
-- tags: notices, notice notice
-- many
SELECT id, type, title, issuer, reference, language, body, public_state, from_at, until_at, changed_at
  FROM notice
 WHERE public_state = 2 AND from_at <= :now AND from_at < :before
   AND (until_at IS NULL OR until_at > :now) AND (:type = '' OR type = :type)
 ORDER BY from_at DESC LIMIT :many;

-- name: notices_ended
-- Notices whose run is over, the newest first, before a moment.
-- in: type text, now time, before time, many int
-- out: like notice_at
-- tags: notices, notice notice
-- many
SELECT id, type, title, issuer, reference, language, body, public_state, from_at, until_at, changed_at
  FROM notice
 WHERE public_state = 2 AND from_at <= :now AND from_at < :before
   AND until_at <= :now AND (:type = '' OR type = :type)
 ORDER BY from_at DESC LIMIT :many;

-- name: notices_map
-- The addresses of all that are public, for the sitemap.
-- in: now time, many int
-- out: notice int, public_state int, from_at time, changed_at time
-- tags: notices
-- many
SELECT id, public_state, from_at, changed_at FROM notice
 WHERE public_state = 2 AND from_at <= :now ORDER BY from_at DESC LIMIT :many;

-- name: notice_types_running
-- How many of each type run now.
-- in: now time
-- out: type text, notices int
-- tags: notices
-- many
SELECT type, count(*) AS notices FROM notice
 WHERE public_state = 2 AND from_at <= :now AND (until_at IS NULL OR until_at > :now)
 GROUP BY type ORDER BY type;

-- name: notice_next_change
-- When time alone will next change what lists show: a run that begins, one that ends.
-- in: now time
-- out: moment time?
-- one
SELECT min(moment) FROM (
    SELECT min(from_at) AS moment FROM notice WHERE public_state = 2 AND from_at > :now
    UNION ALL
    SELECT min(until_at) FROM notice WHERE public_state = 2 AND until_at > :now);

-- name: notices_for_desk
-- The newest notices in any state, for the command line.
-- in: many int
-- out: notice int, type text, title text, issuer text, public_state int, from_at time, until_at time?
-- many
SELECT id, type, title, issuer, public_state, from_at, until_at FROM notice ORDER BY id DESC LIMIT :many;

-- name: notice_of_guid
-- The notice that came in this copy.
-- in: guid text
-- out: notice int
-- one
SELECT id FROM notice WHERE guid = :guid;

-- name: notice_moment_taken
-- Does another notice run from this very microsecond on?
-- in: notice int, at time
-- out: taken bool
-- one
SELECT EXISTS (SELECT 1 FROM notice WHERE from_at = :at AND id <> :notice);

-- name: notice_add
-- A new notice; its number.
-- in: guid text?, type text, title text, issuer text, reference text, language text, body json,
--     public_state int, from_at time, until_at time?, changed_at time
-- out: notice int
-- one
INSERT INTO notice (guid, type, title, issuer, reference, language, body, public_state, from_at,
       until_at, changed_at)
VALUES (:guid, :type, :title, :issuer, :reference, :language, :body, :public_state, :from_at,
       :until_at, :changed_at)
RETURNING id;

-- name: notice_set
-- Say a notice anew.
-- in: notice int, type text, title text, issuer text, reference text, language text, body json,
--     from_at time, until_at time?, changed_at time
-- run
UPDATE notice SET type = :type, title = :title, issuer = :issuer, reference = :reference,
       language = :language, body = :body, from_at = :from_at, until_at = :until_at,
       changed_at = :changed_at
 WHERE id = :notice;

-- name: notice_state_set
-- Move a notice to another public state.
-- in: notice int, public_state int, changed_at time, reason text
-- run
UPDATE notice SET public_state = :public_state, changed_at = :changed_at, down_reason = :reason
 WHERE id = :notice;

-- name: notices_before
-- Notices in any state, the newest first, below a number, for the newsroom.
-- in: before int, many int
-- out: notice int, type text, title text, issuer text, public_state int, from_at time, until_at time?
-- many
SELECT id, type, title, issuer, public_state, from_at, until_at FROM notice
 WHERE id < :before ORDER BY id DESC LIMIT :many;
