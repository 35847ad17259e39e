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
