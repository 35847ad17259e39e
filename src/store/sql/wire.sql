-- name: wire_raw_add
-- Keep the bytes of a file; the same bytes are kept once, with where they lay last.  Its number.
-- in: fingerprint text, name text, root text, path text, at time, bytes blob
-- out: raw int
-- one
INSERT INTO wire_raw (fingerprint, name, root, path, received_at, bytes)
VALUES (:fingerprint, :name, :root, :path, :at, :bytes)
    ON CONFLICT (fingerprint) DO UPDATE SET root = excluded.root, path = excluded.path
RETURNING id;

-- name: wire_item_add
-- Record an item and what was done with it.
-- in: raw int?, dialect text, kind int, guid text, version text, status int, headline text,
--     source text, urgency int, embargo_at time?, at time, held_until time?, done text, story int?,
--     media int?
-- out: item int
-- one
INSERT INTO wire_item (raw, dialect, kind, guid, version, status, headline, source, urgency,
       embargo_at, received_at, held_until, done, story, media)
VALUES (:raw, :dialect, :kind, :guid, :version, :status, :headline, :source, :urgency, :embargo_at,
       :at, :held_until, :done, :story, :media)
RETURNING id;

-- name: wire_item_done
-- Say what became of an item that waited.
-- in: item int, done text, story int?
-- run
UPDATE wire_item SET done = :done, held_until = NULL, story = :story WHERE id = :item;

-- name: wire_story_settled
-- What waited beside a story is in its copy now, or is left out of it.
-- in: story int, done text
-- run
UPDATE wire_item SET done = :done WHERE story = :story AND done = 'offered';

-- name: wire_items_of
-- All versions of an item that came in, latest received first.
-- in: guid text
-- out: item int, version text, status int, kind int, done text, story int?, media int?
-- many
SELECT id, version, status, kind, done, story, media FROM wire_item WHERE guid = :guid ORDER BY id DESC;

-- name: wire_items_held
-- Embargoed updates whose time has come.
-- in: now time
-- out: item int, raw int, guid text, version text
-- many
SELECT id, raw, guid, version FROM wire_item
 WHERE held_until IS NOT NULL AND held_until <= :now ORDER BY held_until, id LIMIT 100;

-- name: wire_held_next
-- When the next embargoed update is due.
-- in: now time
-- out: moment time?
-- one
SELECT min(held_until) FROM wire_item WHERE held_until IS NOT NULL AND held_until > :now;

-- name: wire_item_bytes
-- The file that an item came in, and which of its items it is; how long it is first.
-- in: item int, most int
-- out: raw int, name text, length int, bytes blob?, guid text, version text
-- one
SELECT w.raw, r.name, length(r.bytes) AS length,
       CASE WHEN length(r.bytes) <= :most THEN r.bytes ELSE NULL END AS bytes, w.guid, w.version
  FROM wire_item w JOIN wire_raw r ON r.id = w.raw WHERE w.id = :item;

-- name: wire_raw_bytes
-- A file as it came.
-- in: raw int
-- out: name text, bytes blob
-- one
SELECT name, bytes FROM wire_raw WHERE id = :raw;

-- name: wire_link_add
-- Remember that an item points at another, which may not have come yet.
-- in: from_guid text, to_guid text, relation text, position int
-- run
INSERT INTO wire_link (from_guid, to_guid, relation, position)
VALUES (:from_guid, :to_guid, :relation, :position)
    ON CONFLICT DO NOTHING;

-- name: wire_stories_pointing_at
-- Stories without a main picture of their own (a film of their text may lead them) whose item points at this one, itself or through a package.
-- in: guid text
-- out: story int
-- many
SELECT s.id FROM wire_link l JOIN wire_item w ON w.guid = l.from_guid JOIN story s ON s.id = w.story
 WHERE l.to_guid = :guid AND (s.hero IS NULL OR EXISTS
       (SELECT 1 FROM story_media t JOIN film f ON f.media = t.media WHERE t.story = s.id AND t.media = s.hero))
UNION
SELECT s.id FROM wire_link l JOIN wire_link other ON other.from_guid = l.from_guid
  JOIN wire_item w ON w.guid = other.to_guid JOIN story s ON s.id = w.story
 WHERE l.to_guid = :guid AND (s.hero IS NULL OR EXISTS
       (SELECT 1 FROM story_media t JOIN film f ON f.media = t.media WHERE t.story = s.id AND t.media = s.hero));

-- name: wire_picture_killed
-- Was this picture killed by who sent it: by its number in the library, or as an item?
-- in: media int, guid text
-- out: found int
-- one
SELECT EXISTS (SELECT 1 FROM media WHERE id = :media AND is_killed = 1)
    OR EXISTS (SELECT 1 FROM wire_item WHERE guid = :guid AND status = 2);

-- name: wire_stories_led_by
-- Stories whose main picture is this one.
-- in: media int
-- out: story int
-- many
SELECT id FROM story WHERE hero = :media;

-- name: wire_quarantine_add
-- Set a bad item aside, once; again when it was thought to be settled.
-- in: raw int, line int, guid text, reason text, at time
-- run
INSERT INTO wire_quarantine (raw, line, guid, reason, received_at)
VALUES (:raw, :line, :guid, :reason, :at)
    ON CONFLICT (raw, line, guid) DO UPDATE SET reason = excluded.reason, solved_at = NULL;

-- name: wire_pictures_for_stories
-- Stories without a main picture of their own that this item is, or ties to pictures, with those pictures.
-- in: guid text
-- out: story int, media int, caption text, credit text, alt text, position int
-- many
SELECT s.id AS story, m.id, m.caption, m.credit, m.alt, l.position
  FROM wire_item w JOIN story s ON s.id = w.story
  JOIN wire_link l ON l.from_guid = w.guid
  JOIN wire_item p ON p.guid = l.to_guid JOIN media m ON m.id = p.media
 WHERE w.guid = :guid AND m.type NOT LIKE 'audio/%' AND (s.hero IS NULL OR EXISTS
       (SELECT 1 FROM story_media t JOIN film f ON f.media = t.media WHERE t.story = s.id AND t.media = s.hero))
   AND NOT EXISTS (SELECT 1 FROM wire_item k WHERE k.guid = p.guid AND k.status = 2)
UNION ALL
SELECT s.id, m.id, m.caption, m.credit, m.alt, 1000 + l.position
  FROM wire_link parts JOIN wire_item w ON w.guid = parts.to_guid JOIN story s ON s.id = w.story
  JOIN wire_link l ON l.from_guid = parts.from_guid
  JOIN wire_item p ON p.guid = l.to_guid JOIN media m ON m.id = p.media
 WHERE parts.from_guid = :guid AND m.type NOT LIKE 'audio/%' AND (s.hero IS NULL OR EXISTS
       (SELECT 1 FROM story_media t JOIN film f ON f.media = t.media WHERE t.story = s.id AND t.media = s.hero))
   AND NOT EXISTS (SELECT 1 FROM wire_item k WHERE k.guid = p.guid AND k.status = 2)
 ORDER BY story, position;

-- name: wire_picture_words_set
-- A picture item says about its picture what counts more than the file's own metadata.
-- in: media int, caption text, credit text, alt text
-- run
UPDATE media SET caption = :caption, credit = :credit, alt = :alt WHERE id = :media;

-- name: wire_picture_add
-- Remember what an item called a picture that came with it.
-- in: item int, address text, guid text, media int
-- run
INSERT INTO wire_picture (item, address, guid, media) VALUES (:item, :address, :guid, :media)
    ON CONFLICT DO NOTHING;

-- name: wire_pictures_with
-- The pictures that came with an item, without those that were killed since.
-- in: item int
-- out: address text, media int, type text, caption text, credit text, byline text, alt text
-- many
SELECT p.address, m.id, m.type, m.caption, m.credit, m.byline, m.alt
  FROM wire_picture p JOIN media m ON m.id = p.media
 WHERE p.item = :item AND m.is_killed = 0 ORDER BY p.address;

-- name: wire_pictures_named
-- The pictures that a guid ever stood for: as an item, or inside other copy.
-- in: guid text
-- out: media int
-- many
SELECT media FROM wire_item WHERE guid = :guid AND media IS NOT NULL
UNION
SELECT media FROM wire_picture WHERE guid = :guid AND guid <> '';

-- name: wire_stories_linked
-- Stories whose copy says "see also", to or from this item; position: that of the link.
-- in: guid text
-- out: story int, other int, position int
-- many
SELECT DISTINCT f.story, t.story, l.position
  FROM wire_link l JOIN wire_item f ON f.guid = l.from_guid JOIN wire_item t ON t.guid = l.to_guid
 WHERE l.from_guid = :guid AND l.relation = 'seeAlso'
   AND f.story IS NOT NULL AND t.story IS NOT NULL AND f.story <> t.story
UNION
SELECT DISTINCT f.story, t.story, l.position
  FROM wire_link l JOIN wire_item f ON f.guid = l.from_guid JOIN wire_item t ON t.guid = l.to_guid
 WHERE l.to_guid = :guid AND l.relation = 'seeAlso'
   AND f.story IS NOT NULL AND t.story IS NOT NULL AND f.story <> t.story
 ORDER BY 1, 3;

-- name: wire_story_of
-- The story that was made from an item.
-- in: guid text
-- out: story int
-- one
SELECT story FROM wire_item WHERE guid = :guid AND story IS NOT NULL ORDER BY id LIMIT 1;
