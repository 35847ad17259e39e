-- What the newsroom's pages list.

-- name: desk_stories
-- Stories in any state, those that changed last first: of one state, of one section, with words in
-- the headline; made by one of the staff.
-- in: made_by int?, state int?, section int?, words text, before time, before_story int, many int
-- out: story int, public_state int, public_at time?, changed_at time, headline text, byline text,
--      language text, section text
-- many
SELECT s.id, s.public_state, s.public_at, s.changed_at, s.headline, s.byline, s.language, c.name
  FROM story s JOIN section c ON c.id = s.section
 WHERE (:made_by IS NULL OR s.made_by = :made_by)
   AND (:state IS NULL OR s.public_state = :state) AND (:section IS NULL OR s.section = :section)
   AND (:words = '' OR instr(lower(s.headline), lower(:words)) > 0)
   AND (s.changed_at, s.id) < (:before, :before_story)
 ORDER BY s.changed_at DESC, s.id DESC LIMIT :many;
-- pg:
SELECT s.id, s.public_state, s.public_at, s.changed_at, s.headline, s.byline, s.language, c.name
  FROM story s JOIN section c ON c.id = s.section
 WHERE (CAST(:made_by AS bigint) IS NULL OR s.made_by = :made_by)
   AND (CAST(:state AS bigint) IS NULL OR s.public_state = :state)
   AND (CAST(:section AS bigint) IS NULL OR s.section = :section)
   AND (:words = '' OR position(lower(:words) IN lower(s.headline)) > 0)
   AND (s.changed_at, s.id) < (:before, :before_story)
 ORDER BY s.changed_at DESC, s.id DESC LIMIT :many;

-- name: desk_stories_scheduled
-- What readers will get next.
-- in: now time, many int
-- out: story int, public_at time, headline text, language text, section text
-- many
SELECT s.id, s.public_at, s.headline, s.language, c.name
  FROM story s JOIN section c ON c.id = s.section
 WHERE s.public_state = 1 AND s.public_at > :now
 ORDER BY s.public_at, s.id LIMIT :many;

-- name: desk_versions
-- The newest versions of a story, whether readers had them or not.
-- in: story int, many int
-- out: number int, kind text, reason text, made_at time, public_at time?, words int
-- many
SELECT number, kind, reason, made_at, public_at, words
  FROM story_version WHERE story = :story ORDER BY number DESC LIMIT :many;

-- name: desk_wire
-- What has come over the wire, the newest first; of one outcome, with words in the headline.
-- in: done text, words text, before int, many int
-- out: item int, raw int?, dialect text, version text, headline text, received_at time,
--      held_until time?, done text, story int?
-- many
SELECT w.id, w.raw, w.dialect, w.version, w.headline, w.received_at, w.held_until, w.done, w.story
  FROM wire_item w
 WHERE w.id < :before AND (:done = '' OR w.done = :done)
   AND (:words = '' OR instr(lower(w.headline), lower(:words)) > 0)
 ORDER BY w.id DESC LIMIT :many;
-- pg:
SELECT w.id, w.raw, w.dialect, w.version, w.headline, w.received_at, w.held_until, w.done, w.story
  FROM wire_item w
 WHERE w.id < :before AND (:done = '' OR w.done = :done)
   AND (:words = '' OR position(lower(:words) IN lower(w.headline)) > 0)
 ORDER BY w.id DESC LIMIT :many;

-- name: desk_quarantine
-- What could not be read, the newest first.
-- in: before int, many int
-- out: quarantine int, raw int, name text, line int, guid text, reason text, received_at time
-- many
SELECT q.id, q.raw, r.name, q.line, q.guid, q.reason, q.received_at
  FROM wire_quarantine q JOIN wire_raw r ON r.id = q.raw
 WHERE q.id < :before ORDER BY q.id DESC LIMIT :many;

-- name: desk_raw
-- A file as it came.
-- in: raw int
-- out: name text, bytes blob
-- one
SELECT name, bytes FROM wire_raw WHERE id = :raw;

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
-- out: is_killed bool, alt text, credit text, terms text, type text
-- one
SELECT is_killed, alt, CASE WHEN credit <> '' THEN credit ELSE byline END, terms, type
  FROM media WHERE id = :media;

-- name: desk_path_is
-- Is there a story at this address, and may readers have it?
-- in: path text
-- out: public_state int
-- one
SELECT s.public_state FROM story_path p JOIN story s ON s.id = p.story WHERE p.path = :path;
