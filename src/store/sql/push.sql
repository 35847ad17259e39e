-- Devices that are told breaking news, and what is new in sections (live/push.h).

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

-- name: push_device_others
-- How many there are beside this one.
-- in: endpoint text
-- out: many int
-- one
SELECT count(*) AS many FROM push_device WHERE endpoint <> :endpoint;

-- name: push_device_add
-- A device is told from now on; its keys may be others than before.
-- in: endpoint text, p256dh text, auth text, breaking bool, at time
-- out: device int
-- one
INSERT INTO push_device (endpoint, p256dh, auth, breaking, made_at) VALUES (:endpoint, :p256dh, :auth, :breaking, :at)
ON CONFLICT (endpoint) DO UPDATE SET p256dh = excluded.p256dh, auth = excluded.auth, breaking = excluded.breaking
RETURNING id;

-- name: push_device_remove
-- A device is told nothing more.
-- in: endpoint text
-- run
DELETE FROM push_device WHERE endpoint = :endpoint;

-- name: push_device_at
-- Where one is told, how it is sealed, and whether breaking news is among what it is told.
-- in: device int
-- out: endpoint text, p256dh text, auth text, breaking bool
-- one
SELECT endpoint, p256dh, auth, breaking FROM push_device WHERE id = :device;

-- name: push_choice_drop
-- The sections that a device has chosen, before they are said anew.
-- in: device int
-- run
DELETE FROM push_choice WHERE device = :device;

-- name: push_choice_add
-- It has chosen a section, of those in the menu.
-- in: device int, section int
-- out: section int
-- one
INSERT INTO push_choice (device, section) SELECT :device, id FROM section WHERE id = :section AND in_menu = 1
ON CONFLICT (device, section) DO UPDATE SET section = excluded.section RETURNING section;

-- name: push_breaking_chosen
-- Somebody has chosen breaking news.
-- out: device int
-- one
SELECT id AS device FROM push_device WHERE breaking = 1 LIMIT 1;

-- name: push_section_chosen
-- Somebody has chosen the section of a story that is public since then.
-- in: story int, since time
-- out: section int
-- one
SELECT c.section FROM story s JOIN section n ON n.id = s.section AND n.in_menu = 1 JOIN push_choice c ON c.section = n.id
 WHERE s.id = :story AND s.public_at > :since LIMIT 1;

-- name: push_story_add
-- It is told now; nothing when it was before.
-- in: story int, section int, at time
-- out: section int
-- one
INSERT INTO push_story (story, section, told_at) VALUES (:story, :section, :at) ON CONFLICT DO NOTHING RETURNING section;

-- name: push_story_of
-- The section in which a story was told since then.
-- in: story int, since time
-- out: name text
-- one
SELECT n.name FROM push_story p JOIN section n ON n.id = p.section WHERE p.story = :story AND p.told_at > :since;

-- name: push_queue_breaking
-- An event waits for every device that has chosen breaking news, unless it does already.
-- in: event int, tag text, at time
-- run
INSERT INTO outbox (kind, target, event, message_id, subject, to_name, to_address, body, language, made_at, next_at)
SELECT 2, id, :event, '', :tag, '', '', '', '', :at, :at FROM push_device WHERE breaking = 1 ON CONFLICT DO NOTHING;

-- name: push_queue_section
-- The same for those that have chosen the section in which a story was told since then, and were there.
-- in: event int, tag text, story int, since time, at time
-- run
INSERT INTO outbox (kind, target, event, message_id, subject, to_name, to_address, body, language, made_at, next_at)
SELECT 2, c.device, :event, '', :tag, '', '', '', '', :at, :at FROM push_story p
  JOIN push_choice c ON c.section = p.section JOIN push_device d ON d.id = c.device AND d.made_at <= p.told_at
 WHERE p.story = :story AND p.told_at > :since ON CONFLICT DO NOTHING;

-- name: push_breaking_of
-- The breaking news that led to a story and was told since then.
-- in: story int, since time
-- out: breaking int, until_at time
-- one
SELECT id AS breaking, until_at FROM breaking WHERE story = :story AND told_at > :since ORDER BY id DESC LIMIT 1;

-- name: push_due
-- What is to go now, the newest event first; of a device that is no more without an address.
-- in: now time, many int
-- out: id int, target int, event int, tag text, made_at time, tries int, endpoint text
-- many
SELECT o.id, o.target, coalesce(o.event, 0) AS event, o.subject AS tag, o.made_at, o.tries,
       coalesce(d.endpoint, '') AS endpoint
  FROM outbox o LEFT JOIN push_device d ON d.id = o.target
 WHERE o.kind = 2 AND o.given_up_at IS NULL AND o.sent_at IS NULL AND o.next_at <= :now
 ORDER BY o.event DESC, o.id LIMIT :many;

-- name: push_told
-- A device was told, and with it what waited under the same tag from before.
-- in: id int, target int, tag text, event int
-- run
DELETE FROM outbox WHERE kind = 2 AND target = :target
   AND (id = :id OR (subject = :tag AND subject <> '' AND event <= :event AND given_up_at IS NULL));

-- name: push_rest
-- A push service does not answer: nothing goes there before this moment.  Its addresses begin with `first`, and
-- `past` comes after them all.
-- in: first text, past text, until time
-- run
UPDATE outbox SET next_at = :until
 WHERE kind = 2 AND given_up_at IS NULL AND sent_at IS NULL AND next_at < :until
   AND target IN (SELECT id FROM push_device WHERE endpoint >= :first AND endpoint < :past);

-- name: push_late
-- How many messages wait since before this moment (more than 9,999 are not counted), and how many devices there are.
-- in: since time
-- out: late int, devices int
-- one
SELECT (SELECT count(*) FROM (SELECT 1 AS one FROM outbox WHERE kind = 2 AND given_up_at IS NULL AND sent_at IS NULL
                                 AND made_at < :since LIMIT 10000) old) AS late,
       (SELECT count(*) FROM push_device) AS devices;
