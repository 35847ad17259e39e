-- Machines elsewhere that are told what happens (live/webhook.h).

-- name: webhooks
-- All of them.
-- out: webhook int, url text, secret text, kinds text, from_event int, made_at time, waiting int, given_up int
-- many
SELECT id AS webhook, url, secret, kinds, from_event, made_at,
       (SELECT count(*) FROM outbox o WHERE o.kind = 1 AND o.target = w.id AND o.event IS NOT NULL
           AND o.given_up_at IS NULL AND o.sent_at IS NULL) AS waiting,
       (SELECT count(*) FROM outbox o WHERE o.kind = 1 AND o.target = w.id AND o.event IS NOT NULL
           AND o.given_up_at IS NOT NULL) AS given_up
  FROM webhook w ORDER BY id;

-- name: webhook_wishes
-- What each wants to be told.
-- out: webhook int, kinds text, from_event int
-- many
SELECT id AS webhook, kinds, from_event FROM webhook ORDER BY id;

-- name: webhook_at
-- One of them.
-- in: webhook int
-- out: url text, secret text, kinds text, made_at time
-- one
SELECT url, secret, kinds, made_at FROM webhook WHERE id = :webhook;

-- name: webhooks_stuck
-- Those that take nothing: what waits was tried in vain since this moment, or something was given up and they
-- have taken nothing since.
-- in: since time
-- out: webhook int, url text, problem text
-- many
SELECT w.id AS webhook, w.url, max(o.problem) AS problem
  FROM webhook w JOIN outbox o ON o.kind = 1 AND o.target = w.id AND o.event IS NOT NULL AND o.sent_at IS NULL
 WHERE (o.given_up_at IS NULL AND o.tries > 0 AND o.made_at < :since)
    OR o.given_up_at > coalesce((SELECT max(t.sent_at) FROM outbox t WHERE t.kind = 1 AND t.target = w.id AND t.event IS NOT NULL AND t.status <> 0), 0)
 GROUP BY w.id, w.url ORDER BY w.id;

-- name: webhook_add
-- A new one, told what happens from now on.
-- in: url text, secret text, kinds text, from_event int, at time
-- out: webhook int
-- one
INSERT INTO webhook (url, secret, kinds, from_event, made_at) VALUES (:url, :secret, :kinds, :from_event, :at)
RETURNING id;

-- name: webhook_change
-- What it wants to be told.
-- in: webhook int, kinds text
-- run
UPDATE webhook SET kinds = :kinds WHERE id = :webhook;

-- name: webhook_remove
-- It is told nothing more.
-- in: webhook int
-- run
DELETE FROM webhook WHERE id = :webhook;
