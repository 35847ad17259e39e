-- Mail that waits to be sent (news/outbox.h).

-- name: outbox_add
-- A mail waits from now on.
-- in: message_id text, to_name text, to_address text, subject text, body text, language text, at time
-- out: mail int
-- one
INSERT INTO outbox (message_id, to_name, to_address, subject, body, language, made_at, next_at)
VALUES (:message_id, :to_name, :to_address, :subject, :body, :language, :at, :at) RETURNING id;

-- name: outbox_due
-- What is to be tried now, those that wait longest first.
-- in: now time, many int
-- out: mail int, message_id text, to_name text, to_address text, subject text, body text,
--      language text, made_at time, tries int
-- many
SELECT id, message_id, to_name, to_address, subject, body, language, made_at, tries
  FROM outbox WHERE given_up_at IS NULL AND next_at <= :now ORDER BY next_at, id LIMIT :many;

-- name: outbox_next
-- When something is to be tried next.
-- out: moment time?
-- one
SELECT min(next_at) AS moment FROM outbox WHERE given_up_at IS NULL;

-- name: outbox_sent
-- The server has taken it.
-- in: mail int
-- run
DELETE FROM outbox WHERE id = :mail;

-- name: outbox_put_off
-- It did not go; again then.
-- in: mail int, next_at time, problem text
-- run
UPDATE outbox SET tries = tries + 1, next_at = :next_at, problem = :problem WHERE id = :mail;

-- name: outbox_give_up
-- It will not go; what it said (which may open something) is forgotten.
-- in: mail int, at time, problem text
-- run
UPDATE outbox SET tries = tries + 1, given_up_at = :at, problem = :problem, body = '' WHERE id = :mail;

-- name: outbox_hurry
-- The settings are others now: all that waits is tried at once.
-- in: now time
-- run
UPDATE outbox SET next_at = :now WHERE given_up_at IS NULL AND next_at > :now;

-- name: outbox_sweep
-- What was given up long ago is forgotten.
-- in: before time
-- run
DELETE FROM outbox WHERE given_up_at < :before;

-- name: outbox_given_up
-- How much mail was given up, and what stood in the way of the last; more than 999 is not counted.
-- out: mails int, problem text
-- one
SELECT count(*) AS mails,
       coalesce((SELECT problem FROM outbox WHERE given_up_at IS NOT NULL
                  ORDER BY given_up_at DESC, id DESC LIMIT 1), '') AS problem
  FROM (SELECT id FROM outbox WHERE given_up_at IS NOT NULL LIMIT 1000) given_up;

-- name: outbox_stuck
-- What does not go: given up, or tried in vain since this moment.
-- in: since time
-- out: mail int, to_address text, made_at time, tries int, problem text, is_given_up bool
-- many
SELECT id AS mail, to_address, made_at, tries, problem, given_up_at IS NOT NULL AS is_given_up FROM outbox
 WHERE given_up_at IS NOT NULL OR (tries > 0 AND made_at < :since) ORDER BY id LIMIT 1000;
