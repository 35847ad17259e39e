-- What waits to be sent (news/outbox.h): mail, and what machines elsewhere are told.

-- name: outbox_add
-- A mail waits from now on.
-- in: message_id text, to_name text, to_address text, subject text, body text, language text, at time
-- out: mail int
-- one
INSERT INTO outbox (message_id, to_name, to_address, subject, body, language, made_at, next_at)
VALUES (:message_id, :to_name, :to_address, :subject, :body, :language, :at, :at) RETURNING id;

-- name: outbox_tell
-- An event waits to be told, unless it does already or was told.
-- in: kind int, target int, event int, message_id text, subject text, at time
-- run
INSERT INTO outbox (kind, target, event, message_id, subject, to_name, to_address, body, language, made_at, next_at)
VALUES (:kind, :target, :event, :message_id, :subject, '', '', '', '', :at, :at) ON CONFLICT DO NOTHING;

-- name: outbox_waits
-- How much waits for one target; more than 9,999 is not counted.
-- in: kind int, target int
-- out: many int
-- one
SELECT count(*) AS many FROM (SELECT 1 AS one FROM outbox WHERE kind = :kind AND target = :target AND event IS NOT NULL
                                AND given_up_at IS NULL AND sent_at IS NULL LIMIT 10000) waiting;

-- name: outbox_due
-- What is to be tried now, those that wait longest first.
-- in: kind int, now time, many int
-- out: id int, target int, event int?, message_id text, to_name text, to_address text, subject text,
--      body text, language text, made_at time, tries int
-- many
SELECT id, target, event, message_id, to_name, to_address, subject, body, language, made_at, tries
  FROM outbox WHERE kind = :kind AND given_up_at IS NULL AND sent_at IS NULL AND next_at <= :now
 ORDER BY next_at, id LIMIT :many;

-- name: outbox_next
-- When something is to be tried next.
-- in: kind int
-- out: moment time?
-- one
SELECT min(next_at) AS moment FROM outbox WHERE kind = :kind AND given_up_at IS NULL AND sent_at IS NULL;

-- name: outbox_sent
-- The other side has taken it, and nobody needs it any more.
-- in: id int
-- run
DELETE FROM outbox WHERE id = :id;

-- name: outbox_done
-- The other side has taken it, or need not have it any more; it stays to be looked at.
-- in: id int, at time, status int, problem text
-- run
UPDATE outbox SET tries = tries + 1, sent_at = :at, status = :status, problem = :problem WHERE id = :id;

-- name: outbox_put_off
-- It did not go; again then.
-- in: id int, next_at time, status int, problem text
-- run
UPDATE outbox SET tries = tries + 1, next_at = :next_at, status = :status, problem = :problem WHERE id = :id;

-- name: outbox_tired
-- How often what waits for one target was tried, at the most.
-- in: kind int, target int
-- out: tries int
-- one
SELECT coalesce(max(tries), 0) AS tries FROM outbox
 WHERE kind = :kind AND target = :target AND given_up_at IS NULL AND sent_at IS NULL;

-- name: outbox_rest
-- A target did not answer: nothing is tried there before this moment.
-- in: kind int, target int, until time
-- run
UPDATE outbox SET next_at = :until
 WHERE kind = :kind AND target = :target AND given_up_at IS NULL AND sent_at IS NULL AND next_at < :until;

-- name: outbox_give_up
-- It will not go; what it said (which may open something) is forgotten.
-- in: id int, at time, status int, problem text
-- run
UPDATE outbox SET tries = tries + 1, given_up_at = :at, status = :status, problem = :problem, body = '' WHERE id = :id;

-- name: outbox_give_up_old
-- What waits for the same target for too long will not go either.
-- in: kind int, target int, before time, at time, problem text
-- run
UPDATE outbox SET given_up_at = :at, problem = :problem, body = ''
 WHERE kind = :kind AND target = :target AND made_at < :before AND given_up_at IS NULL AND sent_at IS NULL;

-- name: outbox_give_up_all
-- Of no kind does what was made before this moment go.
-- in: before time, at time, problem text
-- run
UPDATE outbox SET given_up_at = :at, problem = :problem, body = ''
 WHERE made_at < :before AND given_up_at IS NULL AND sent_at IS NULL;

-- name: outbox_hurry
-- The settings are others now: all that waits is tried at once.
-- in: kind int, now time
-- run
UPDATE outbox SET next_at = :now WHERE kind = :kind AND given_up_at IS NULL AND sent_at IS NULL AND next_at > :now;

-- name: outbox_again
-- Something of a target that was told or given up waits anew.
-- in: kind int, target int, event int, at time
-- run
UPDATE outbox SET tries = 0, made_at = :at, next_at = :at, given_up_at = NULL, sent_at = NULL, problem = ''
 WHERE kind = :kind AND target = :target AND event = :event;

-- name: outbox_told
-- What one target was told, or will be, the newest first.
-- in: kind int, target int, before int, many int
-- out: event int, subject text, made_at time, tries int, status int, problem text, next_at time, sent_at time?,
--      given_up_at time?
-- many
SELECT event, subject, made_at, tries, status, problem, next_at, sent_at, given_up_at FROM outbox
 WHERE kind = :kind AND target = :target AND event IS NOT NULL AND event < :before ORDER BY event DESC LIMIT :many;

-- name: outbox_drop_target
-- A target is no more.
-- in: kind int, target int
-- run
DELETE FROM outbox WHERE kind = :kind AND target = :target AND event IS NOT NULL;

-- name: outbox_sweep
-- What was sent or given up long ago is forgotten.
-- in: kind int, before time
-- run
DELETE FROM outbox WHERE kind = :kind AND (given_up_at < :before OR sent_at < :before);

-- name: outbox_waiting
-- How much of a kind waits, and since when the first; more than 9,999 is not counted.
-- in: kind int
-- out: many int, since time?
-- one
SELECT count(*) AS many, min(made_at) AS since
  FROM (SELECT made_at FROM outbox WHERE kind = :kind AND given_up_at IS NULL AND sent_at IS NULL
         ORDER BY next_at LIMIT 10000) waiting;

-- name: outbox_given_up
-- How much mail was given up, and what stood in the kind of the last; more than 999 is not counted.
-- out: mails int, problem text
-- one
SELECT count(*) AS mails,
       coalesce((SELECT problem FROM outbox WHERE kind = 0 AND given_up_at IS NOT NULL
                  ORDER BY given_up_at DESC, id DESC LIMIT 1), '') AS problem
  FROM (SELECT id FROM outbox WHERE kind = 0 AND given_up_at IS NOT NULL LIMIT 1000) given_up;

-- name: outbox_stuck
-- What does not go: given up, or tried in vain since this moment.
-- in: since time
-- out: id int, kind int, target int, event int?, to_address text, made_at time, tries int, problem text,
--      is_given_up bool
-- many
SELECT id, kind, target, event, to_address, made_at, tries, problem, given_up_at IS NOT NULL AS is_given_up FROM outbox
 WHERE given_up_at IS NOT NULL OR (sent_at IS NULL AND tries > 0 AND made_at < :since) ORDER BY id LIMIT 1000;
