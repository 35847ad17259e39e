-- Devices that are told breaking news (live/push.h).

-- name: push_key
-- The paper's own key.
-- out: secret text, open text
-- one
SELECT secret, open FROM push_key WHERE id = 1;

-- name: push_key_add
-- Made once.
-- in: secret text, open text, at time
-- run
INSERT INTO push_key (id, secret, open, made_at) VALUES (1, :secret, :open, :at) ON CONFLICT DO NOTHING;

-- name: push_device_count
-- How many there are.
-- out: many int
-- one
SELECT count(*) AS many FROM push_device;

-- name: push_device_add
-- A device is told from now on; its keys may be others than before.
-- in: endpoint text, p256dh text, auth text, at time
-- run
INSERT INTO push_device (endpoint, p256dh, auth, made_at) VALUES (:endpoint, :p256dh, :auth, :at)
ON CONFLICT (endpoint) DO UPDATE SET p256dh = excluded.p256dh, auth = excluded.auth;

-- name: push_device_remove
-- A device is told nothing more.
-- in: endpoint text
-- run
DELETE FROM push_device WHERE endpoint = :endpoint;

-- name: push_device_at
-- Where one is told, and how it is sealed.
-- in: device int
-- out: endpoint text, p256dh text, auth text
-- one
SELECT endpoint, p256dh, auth FROM push_device WHERE id = :device;

-- name: push_queue
-- An event waits for every device, unless it does already.
-- in: event int, at time
-- run
INSERT INTO outbox (kind, target, event, message_id, subject, to_name, to_address, body, language, made_at, next_at)
SELECT 2, id, :event, '', '', '', '', '', '', :at, :at FROM push_device WHERE true ON CONFLICT DO NOTHING;

-- name: push_breaking_of
-- The breaking news that led to a story and was told since then.
-- in: story int, since time
-- out: breaking int, until_at time
-- one
SELECT id AS breaking, until_at FROM breaking WHERE story = :story AND told_at > :since ORDER BY id DESC LIMIT 1;
