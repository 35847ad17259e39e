-- What the newsroom's pages list.

-- name: desk_stories
-- Stories in any state, those that changed last first: of one state, of one section, with words in
-- the headline; made by, or with, one of the staff.
-- in: made_by int?, state int?, section int?, words text, before time, before_story int, many int
-- out: story int, public_state int, public_at time?, changed_at time, headline text, byline text,
--      language text, section text
-- many
SELECT s.id, s.public_state, s.public_at, s.changed_at, s.headline, s.byline, s.language, c.name
  FROM story s JOIN section c ON c.id = s.section
 WHERE (:made_by IS NULL OR s.made_by = :made_by OR s.assigned_to = :made_by)
   AND (:state IS NULL OR s.public_state = :state) AND (:section IS NULL OR s.section = :section)
   AND (:words = '' OR instr(lower(s.headline), lower(:words)) > 0)
   AND (s.changed_at, s.id) < (:before, :before_story)
 ORDER BY s.changed_at DESC, s.id DESC LIMIT :many;
-- pg:
SELECT s.id, s.public_state, s.public_at, s.changed_at, s.headline, s.byline, s.language, c.name
  FROM story s JOIN section c ON c.id = s.section
 WHERE (CAST(:made_by AS bigint) IS NULL OR s.made_by = :made_by
        OR s.assigned_to = :made_by)
   AND (CAST(:state AS bigint) IS NULL OR s.public_state = :state)
   AND (CAST(:section AS bigint) IS NULL OR s.section = :section)
   AND (:words = '' OR position(lower(:words) IN lower(s.headline)) > 0)
   AND (s.changed_at, s.id) < (:before, :before_story)
 ORDER BY s.changed_at DESC, s.id DESC LIMIT :many;

-- name: desk_stories_scheduled
-- What readers will get next.
-- in: now time, many int
-- out: story int, public_at time, headline text, language text, section text,
--      matches int
-- many
SELECT s.id, s.public_at, s.headline, s.language, c.name, count(*) OVER () AS matches
  FROM story s JOIN section c ON c.id = s.section
 WHERE s.public_state = 1 AND s.public_at > :now
 ORDER BY s.public_at, s.id LIMIT :many;

-- name: desk_versions
-- The newest versions of a story below a number, whether readers had them or not.
-- in: story int, before int, many int
-- out: number int, kind text, reason text, made_at time, public_at time?, words int, is_hidden bool,
--      why text
-- many
SELECT number, kind, reason, made_at, public_at, words, is_hidden, why
  FROM story_version WHERE story = :story AND number < :before ORDER BY number DESC LIMIT :many;

-- name: desk_wire
-- What has come over the wire, the newest first; narrowed down by what the list's form asks for
-- (empty, 0 or NULL: not).  Waiting: the newest version of a story that nobody took, spiked or
-- published.
-- in: before int, after int, done text, words text, dialect text, source text, kind int?,
--     section int?, urgency int, embargoed int, now time, topic text, state text, many int
-- out: item int, raw int?, dialect text, kind int, guid text, version text, status int,
--      headline text, source text, urgency int, embargo_at time?, received_at time,
--      held_until time?, done text, story int?, media int?, taken_at time?, taker text, spiked_at time?,
--      spiker text, spike_reason text, public_state int?, story_version int?, stage text?,
--      made_by int?, assigned_to int?, language text?, is_old bool
-- many
SELECT item, raw, dialect, kind, guid, version, status, headline, source, urgency, embargo_at,
       received_at, held_until, done, story, media, taken_at, taker, spiked_at, spiker, spike_reason,
       public_state, story_version, stage, made_by, assigned_to, language, is_old
  FROM wire_copy w
 WHERE item < :before AND item > :after AND (:done = '' OR done = :done)
   AND (:words = '' OR replace(lower(headline), lower(:words), '') <> lower(headline))
   AND (:dialect = '' OR dialect = :dialect) AND (:source = '' OR source = :source)
   AND (CAST(:kind AS bigint) IS NULL OR kind = :kind)
   AND (CAST(:section AS bigint) IS NULL OR section = :section)
   AND (:urgency = 0 OR (urgency > 0 AND urgency <= :urgency))
   AND (:embargoed = 0 OR embargo_at > :now)
   AND (:topic = '' OR EXISTS (SELECT 1 FROM story_subject j JOIN subject b ON b.id = j.subject
        WHERE j.story = w.story AND j.kind = 0 AND replace(lower(b.name), lower(:topic), '') <> lower(b.name)))
   AND (:state <> 'waiting' OR (kind = 0 AND status = 0 AND public_state = 0 AND stage = 'wire'
        AND spiked_at IS NULL AND NOT is_old))
   AND (:state <> 'taken' OR taken_at IS NOT NULL)
   AND (:state <> 'spiked' OR spiked_at IS NOT NULL)
 ORDER BY item DESC LIMIT :many;

-- name: desk_wire_item
-- One of them.
-- in: item int
-- out: like desk_wire
-- one
SELECT item, raw, dialect, kind, guid, version, status, headline, source, urgency, embargo_at,
       received_at, held_until, done, story, media, taken_at, taker, spiked_at, spiker, spike_reason,
       public_state, story_version, stage, made_by, assigned_to, language, is_old
  FROM wire_copy WHERE item = :item;

-- name: desk_wire_sources
-- Whose copy came lately.
-- in: many int
-- out: source text
-- many
SELECT DISTINCT source FROM (SELECT source FROM wire_item ORDER BY id DESC LIMIT :many) AS lately
 WHERE source <> '' ORDER BY source;

-- name: desk_wire_of_story
-- The copy that a story was made of, the newest first.
-- in: story int, many int
-- out: item int, version text, headline text, source text, status int, done text, received_at time
-- many
SELECT id AS item, version, headline, source, status, done, received_at
  FROM wire_item WHERE story = :story ORDER BY id DESC LIMIT :many;

-- name: story_down
-- Is it down, and why?
-- in: story int
-- out: public_state int, down_reason text
-- one
SELECT public_state, down_reason FROM story WHERE id = :story;

-- name: wire_item_take
-- Somebody of the desk works on what was made of it.
-- in: item int, at time, staff int?
-- run
UPDATE wire_item SET taken_at = :at, taken_by = :staff WHERE id = :item;

-- name: wire_item_spike
-- Nobody wants it; NULL: they do.
-- in: item int, at time?, staff int?, reason text
-- run
UPDATE wire_item SET spiked_at = :at, spiked_by = :staff, spike_reason = :reason WHERE id = :item;

-- name: story_claim
-- A story that came over the wire is the desk's; whoever takes it may write in it.
-- in: story int, staff int?
-- run
UPDATE story SET stage = 'draft', made_by = coalesce(made_by, :staff)
 WHERE id = :story AND stage = 'wire' AND public_state = 0;

-- name: desk_quarantine
-- What could not be read, the newest first: what nobody has settled yet (open), what is settled, all.
-- in: before int, state text, many int
-- out: quarantine int, raw int, name text, line int, guid text, reason text, received_at time,
--      solved_at time?, dropped_at time?, dropper text, drop_reason text
-- many
SELECT q.id AS quarantine, q.raw, r.name, q.line, q.guid, q.reason, q.received_at, q.solved_at,
       q.dropped_at, coalesce(d.name, '') AS dropper, q.drop_reason
  FROM wire_quarantine q JOIN wire_raw r ON r.id = q.raw LEFT JOIN staff d ON d.id = q.dropped_by
 WHERE q.id < :before AND (:state <> 'open' OR (q.solved_at IS NULL AND q.dropped_at IS NULL))
   AND (:state <> 'settled' OR q.solved_at IS NOT NULL OR q.dropped_at IS NOT NULL)
 ORDER BY q.id DESC LIMIT :many;

-- name: desk_quarantine_open
-- How much could not be read and nobody has looked after; more than 999 is not counted.
-- out: items int
-- one
SELECT count(*) AS items FROM (SELECT id FROM wire_quarantine
  WHERE solved_at IS NULL AND dropped_at IS NULL LIMIT 1000) open_ones;

-- name: desk_quarantine_one
-- One of them.
-- in: quarantine int
-- out: like desk_quarantine
-- one
SELECT q.id AS quarantine, q.raw, r.name, q.line, q.guid, q.reason, q.received_at, q.solved_at,
       q.dropped_at, coalesce(d.name, '') AS dropper, q.drop_reason
  FROM wire_quarantine q JOIN wire_raw r ON r.id = q.raw LEFT JOIN staff d ON d.id = q.dropped_by
 WHERE q.id = :quarantine;

-- name: wire_quarantine_solve
-- What was set aside of a file is looked at again: what cannot be read will be set aside again.
-- in: raw int, at time
-- run
UPDATE wire_quarantine SET solved_at = :at WHERE raw = :raw AND solved_at IS NULL AND dropped_at IS NULL;

-- name: wire_quarantine_drop
-- Nobody wants it.
-- in: quarantine int, at time, staff int?, reason text
-- run
UPDATE wire_quarantine SET dropped_at = :at, dropped_by = :staff, drop_reason = :reason
 WHERE id = :quarantine;

-- name: desk_wire_of_raw
-- What came of a file.
-- in: raw int, many int
-- out: item int, headline text, done text
-- many
SELECT id AS item, headline, done FROM wire_item WHERE raw = :raw ORDER BY id DESC LIMIT :many;

-- name: desk_raw_head
-- How a file begins, and how long it is.
-- in: raw int, most int
-- out: length int, bytes blob
-- one
SELECT length(bytes) AS length, substr(bytes, 1, :most) AS bytes FROM wire_raw WHERE id = :raw;

-- name: desk_raw
-- A file as it came.
-- in: raw int
-- out: name text, root text, path text, bytes blob
-- one
SELECT name, root, path, bytes FROM wire_raw WHERE id = :raw;

-- name: front_stories
-- What may be pinned to a front: stories that readers have or will have, the newest first, with
-- words in the headline.
-- in: words text, many int
-- out: story int, public_state int, public_at time?, headline text, language text, section text
-- many
SELECT s.id, s.public_state, s.public_at, s.headline, s.language, c.name
  FROM story s JOIN section c ON c.id = s.section
 WHERE s.public_state IN (1, 2) AND (:words = '' OR instr(lower(s.headline), lower(:words)) > 0)
 ORDER BY s.public_at DESC, s.id DESC LIMIT :many;
-- pg:
SELECT s.id, s.public_state, s.public_at, s.headline, s.language, c.name
  FROM story s JOIN section c ON c.id = s.section
 WHERE s.public_state IN (1, 2)
   AND (:words = '' OR position(lower(:words) IN lower(s.headline)) > 0)
 ORDER BY s.public_at DESC, s.id DESC LIMIT :many;

-- name: front_pictures_own
-- The pictures of a story.
-- in: story int
-- out: media int
-- many
SELECT hero AS media FROM story WHERE id = :story AND hero IS NOT NULL
UNION
SELECT media FROM story_media WHERE story = :story
 ORDER BY 1;

-- name: front_pictures
-- The newest pictures that published stories show.
-- in: many int
-- out: media int
-- many
SELECT m.id FROM media m
 WHERE m.is_killed = 0 AND m.state <> 2 AND m.type LIKE 'image/%'
   AND (EXISTS (SELECT 1 FROM story s WHERE s.hero = m.id AND s.public_state = 2)
        OR EXISTS (SELECT 1 FROM story_media t JOIN story s ON s.id = t.story
                    WHERE t.media = m.id AND s.public_state = 2))
 ORDER BY m.id DESC LIMIT :many;

-- name: desk_stories_found
-- Stories by words of the headline, those that changed last first; or the one with this number.
-- in: made_by int?, words text, story int, many int
-- out: story int, public_state int, public_at time?, headline text, section text
-- many
SELECT s.id, s.public_state, s.public_at, s.headline, c.name
  FROM story s JOIN section c ON c.id = s.section
 WHERE (:made_by IS NULL OR s.made_by = :made_by OR s.public_state = 2)
   AND (:story = 0 OR s.id = :story) AND s.public_state <> 4 AND s.headline <> ''
   AND (:words = '' OR instr(lower(s.headline), lower(:words)) > 0)
 ORDER BY s.changed_at DESC, s.id DESC LIMIT :many;
-- pg:
SELECT s.id, s.public_state, s.public_at, s.headline, c.name
  FROM story s JOIN section c ON c.id = s.section
 WHERE (CAST(:made_by AS bigint) IS NULL OR s.made_by = :made_by OR s.public_state = 2)
   AND (:story = 0 OR s.id = :story) AND s.public_state <> 4 AND s.headline <> ''
   AND (:words = '' OR position(lower(:words) IN lower(s.headline)) > 0)
 ORDER BY s.changed_at DESC, s.id DESC LIMIT :many;

-- name: desk_subjects_like
-- Topics, authors or places with letters in their name, those that begin with them first.
-- in: kind int, words text, many int
-- out: name text, code text?
-- many
SELECT name, code FROM subject
 WHERE kind = :kind AND (:words = '' OR instr(lower(name), lower(:words)) > 0)
 ORDER BY instr(lower(name), lower(:words)) <> 1, name LIMIT :many;
-- pg:
SELECT name, code FROM subject
 WHERE kind = :kind AND (:words = '' OR position(lower(:words) IN lower(name)) > 0)
 ORDER BY position(lower(:words) IN lower(name)) <> 1, name LIMIT :many;

-- name: desk_checked_media
-- What the checklist asks of a picture, film or sound.
-- in: media int
-- out: is_killed bool, alt text, credit text, terms text, type text, name text
-- one
SELECT is_killed, alt, CASE WHEN credit <> '' THEN credit ELSE byline END, substr(terms, 1, 300),
       type,
       substr(CASE WHEN headline <> '' THEN headline WHEN title <> '' THEN title ELSE caption END,
              1, 100)
  FROM media WHERE id = :media;

-- name: desk_path_is
-- Is there a story at this address, and may readers have it?
-- in: path text
-- out: public_state int
-- one
SELECT s.public_state FROM story_path p JOIN story s ON s.id = p.story WHERE p.path = :path;
