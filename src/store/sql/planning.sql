-- Planning: stages, assignment, wished days, notes of the newsroom, links to a preview, alarms.
-- No statement here is for a reader's page.

-- name: story_plan
-- Where the work on a story stands.
-- in: story int
-- out: stage text, assigned_to int?, assigned text?, wished_at time?, public_state int,
--      public_at time?, headline text, section int
-- one
SELECT s.stage, s.assigned_to, p.name AS assigned, s.wished_at, s.public_state, s.public_at, s.headline,
       s.section
  FROM story s LEFT JOIN staff p ON p.id = s.assigned_to WHERE s.id = :story;

-- name: story_plan_set
-- Move it on, give it to somebody, wish a day for it.
-- in: story int, stage text, assigned_to int?, wished_at time?
-- run
UPDATE story SET stage = :stage, assigned_to = :assigned_to, wished_at = :wished_at WHERE id = :story;

-- name: plan_board
-- The stories that are not out yet, those that changed last first; of one section, of one person;
-- of who may see their own alone.  `matches`: how many there are, beyond `many` too.
-- in: section int?, person int?, own int?, many int
-- out: story int, public_state int, public_at time?, changed_at time, headline text, byline text,
--      language text, section_id int, section text, stage text, assigned_to int?, assigned text?,
--      wished_at time?, matches int
-- many
SELECT s.id, s.public_state, s.public_at, s.changed_at, s.headline, s.byline, s.language,
       s.section AS section_id, c.name AS section, s.stage, s.assigned_to, p.name AS assigned,
       s.wished_at, count(*) OVER () AS matches
  FROM story s JOIN section c ON c.id = s.section LEFT JOIN staff p ON p.id = s.assigned_to
 WHERE s.public_state IN (0, 1) AND s.stage <> 'wire'
   AND (CAST(:section AS bigint) IS NULL OR s.section = :section)
   AND (CAST(:person AS bigint) IS NULL OR s.assigned_to = :person)
   AND (CAST(:own AS bigint) IS NULL OR s.made_by = :own OR s.assigned_to = :own)
 ORDER BY s.changed_at DESC, s.id DESC LIMIT :many;

-- name: plan_assigned
-- What somebody is to do, what is wished first coming first.
-- in: person int, many int
-- out: like plan_board
-- many
SELECT s.id, s.public_state, s.public_at, s.changed_at, s.headline, s.byline, s.language,
       s.section AS section_id, c.name AS section, s.stage, s.assigned_to, p.name AS assigned,
       s.wished_at, count(*) OVER () AS matches
  FROM story s JOIN section c ON c.id = s.section JOIN staff p ON p.id = s.assigned_to
 WHERE s.assigned_to = :person AND s.public_state IN (0, 1)
 ORDER BY coalesce(s.wished_at, 9223372036854775807), s.id LIMIT :many;

-- name: plan_writing
-- What somebody has written last, in copies that are ahead of what stands.
-- in: person int, many int
-- out: like plan_board
-- many
SELECT s.id, s.public_state, s.public_at, w.saved_at AS changed_at, s.headline, s.byline, s.language,
       s.section AS section_id, c.name AS section, s.stage, s.assigned_to, p.name AS assigned,
       s.wished_at, count(*) OVER () AS matches
  FROM working w JOIN revision r ON r.story = w.story AND r.number = w.revision
  JOIN story s ON s.id = w.story JOIN section c ON c.id = s.section
  LEFT JOIN staff p ON p.id = s.assigned_to
 WHERE w.is_changed = 1 AND r.staff = :person AND s.public_state <> 4
 ORDER BY w.saved_at DESC LIMIT :many;

-- name: plan_waiting
-- What stands at a stage and is not out, nor has its time: of one section, or of all those that
-- have no stages of their own.
-- in: stage text, section int?, many int
-- out: like plan_board
-- many
SELECT s.id, s.public_state, s.public_at, s.changed_at, s.headline, s.byline, s.language,
       s.section AS section_id, c.name AS section, s.stage, s.assigned_to, p.name AS assigned,
       s.wished_at, count(*) OVER () AS matches
  FROM story s JOIN section c ON c.id = s.section LEFT JOIN staff p ON p.id = s.assigned_to
 WHERE s.public_state IN (0, 1) AND s.stage <> 'wire' AND s.stage = :stage AND s.public_state = 0
   AND (s.section = :section OR (CAST(:section AS bigint) IS NULL
        AND NOT EXISTS (SELECT 1 FROM setting x WHERE x.name = 'stages:' || s.section)))
 ORDER BY s.changed_at DESC, s.id DESC LIMIT :many;

-- name: plan_week
-- What is, or was, public from one moment to another, and what is wished for a day in between.
-- in: from_at time, until_at time, section int?, own int?, many int
-- out: story int, public_state int, at time, headline text, language text, section_id int,
--      section text, assigned text?
-- many
SELECT s.id, s.public_state, s.public_at AS at, s.headline, s.language, s.section AS section_id,
       c.name AS section, p.name AS assigned
  FROM story s JOIN section c ON c.id = s.section LEFT JOIN staff p ON p.id = s.assigned_to
 WHERE s.public_state IN (1, 2) AND s.public_at >= :from_at AND s.public_at < :until_at
   AND (CAST(:section AS bigint) IS NULL OR s.section = :section)
   AND (CAST(:own AS bigint) IS NULL OR s.made_by = :own OR s.assigned_to = :own OR s.public_state = 2)
UNION ALL
SELECT s.id, s.public_state, s.wished_at, s.headline, s.language, s.section, c.name, p.name
  FROM story s JOIN section c ON c.id = s.section LEFT JOIN staff p ON p.id = s.assigned_to
 WHERE s.public_state = 0 AND s.wished_at >= :from_at AND s.wished_at < :until_at
   AND (CAST(:section AS bigint) IS NULL OR s.section = :section)
   AND (CAST(:own AS bigint) IS NULL OR s.made_by = :own OR s.assigned_to = :own)
 ORDER BY 3, 1 LIMIT :many;

-- name: plan_wire_waiting
-- How much copy of the wire nobody has looked at; more than 999 is not counted.
-- out: copy int
-- one
SELECT count(*) AS copy
  FROM (SELECT id FROM story WHERE public_state = 0 AND stage = 'wire' LIMIT 1000) waiting;

-- name: plan_from_wire
-- What the agency has killed or taken back since a moment, and where newer copy waits to be put in; of
-- who may see their own alone.
-- in: own int?, since time, many int
-- out: story int, headline text, language text, status int, words text, at time, matches int
-- many
SELECT x.story, x.headline, x.language, x.status, x.words, x.at, count(*) OVER () AS matches FROM (
SELECT s.id AS story, s.headline, s.language, w.status, s.down_reason AS words, w.received_at AS at
  FROM wire_item w JOIN story s ON s.id = w.story
 WHERE w.status <> 0 AND w.received_at >= :since AND w.done IN ('killed', 'withdrawn')
   AND w.id = (SELECT max(n.id) FROM wire_item n WHERE n.story = w.story AND n.status <> 0)
   AND (s.public_state = 4 OR (w.status = 1 AND s.public_state = 3))
   AND (CAST(:own AS bigint) IS NULL OR s.made_by = :own OR s.assigned_to = :own)
UNION ALL
SELECT s.id, s.headline, s.language, 0, '', k.saved_at
  FROM working k JOIN story s ON s.id = k.story
 WHERE k.offered > 0 AND s.public_state <> 4
   AND (CAST(:own AS bigint) IS NULL OR s.made_by = :own OR s.assigned_to = :own)
UNION ALL
SELECT s.id, s.headline, s.language, 0, '', k.saved_at
  FROM working k JOIN story s ON s.id = k.story
 WHERE k.is_changed = 1 AND k.offered = 0 AND k.version < s.version AND s.public_state <> 4
   AND EXISTS (SELECT 1 FROM wire_item w WHERE w.story = k.story)
   AND (CAST(:own AS bigint) IS NULL OR s.made_by = :own OR s.assigned_to = :own)
) x
 ORDER BY x.status DESC, x.at DESC LIMIT :many;

-- name: plan_newer
-- Stories that are not out yet where newer copy of the wire waits to be put in.
-- in: many int
-- out: story int
-- many
SELECT k.story
  FROM working k JOIN story s ON s.id = k.story
 WHERE s.public_state IN (0, 1)
   AND (k.offered > 0 OR (k.is_changed = 1 AND k.version < s.version
        AND EXISTS (SELECT 1 FROM wire_item w WHERE w.story = k.story)))
 ORDER BY s.changed_at DESC, s.id DESC LIMIT :many;

-- --- notes

-- name: note_add
-- A note of the newsroom; its number.
-- in: story int, staff int?, who text, at time, words text
-- out: note_id int
-- one
INSERT INTO story_note (story, staff, who, at, words) VALUES (:story, :staff, :who, :at, :words)
RETURNING id;

-- name: note_mention
-- Somebody is named in it.
-- in: staff int, note_id int
-- run
INSERT INTO story_mention (staff, note) VALUES (:staff, :note_id) ON CONFLICT (staff, note) DO NOTHING;

-- name: notes_of_story
-- The notes on a story, the newest first.
-- in: story int, many int
-- out: note_id int, staff int?, who text, at time, words text, resolved_at time?, resolved_by text
-- many
SELECT id, staff, who, at, words, resolved_at, resolved_by
  FROM story_note WHERE story = :story ORDER BY id DESC LIMIT :many;

-- name: note_resolve
-- It is settled, or it is open again.
-- in: note_id int, story int, resolved_at time?, resolved_by text
-- run
UPDATE story_note SET resolved_at = :resolved_at, resolved_by = :resolved_by
 WHERE id = :note_id AND story = :story;

-- name: note_is
-- Is there such a note on the story?
-- in: note_id int, story int
-- out: is_there bool
-- one
SELECT EXISTS (SELECT 1 FROM story_note WHERE id = :note_id AND story = :story);

-- name: notes_naming
-- Open notes that name somebody, the newest first; of stories that they may see.
-- in: staff int, own int?, many int
-- out: note_id int, story int, who text, at time, words text, headline text, language text,
--      matches int
-- many
SELECT n.id, n.story, n.who, n.at, n.words, s.headline, s.language,
       count(*) OVER () AS matches
  FROM story_mention m JOIN story_note n ON n.id = m.note JOIN story s ON s.id = n.story
 WHERE m.staff = :staff AND n.resolved_at IS NULL
   AND (CAST(:own AS bigint) IS NULL OR s.made_by = :own OR s.assigned_to = :own)
 ORDER BY n.id DESC LIMIT :many;

-- --- links to a preview

-- name: preview_link_add
-- A link that shows a story to who has no account.
-- in: fingerprint blob, story int, staff int?, who text, made_at time, until_at time
-- run
INSERT INTO preview_link (fingerprint, story, staff, who, made_at, until_at)
VALUES (:fingerprint, :story, :staff, :who, :made_at, :until_at);

-- name: preview_link_of
-- What a link shows, and until when.
-- in: fingerprint blob
-- out: link int, story int, until_at time, ended_at time?
-- one
SELECT id, story, until_at, ended_at FROM preview_link WHERE fingerprint = :fingerprint;

-- name: preview_links_of_story
-- The links to a story that still open it, the newest first.
-- in: story int, now time, many int
-- out: link int, who text, made_at time, until_at time, opened int, opened_at time?
-- many
SELECT id, who, made_at, until_at, opened, opened_at FROM preview_link
 WHERE story = :story AND ended_at IS NULL AND until_at > :now ORDER BY id DESC LIMIT :many;

-- name: preview_links_live
-- How many there are.
-- in: story int, now time
-- out: links int
-- one
SELECT count(*) AS links FROM preview_link
 WHERE story = :story AND ended_at IS NULL AND until_at > :now;

-- name: preview_link_end
-- It opens nothing any more.
-- in: link int, story int, at time
-- run
UPDATE preview_link SET ended_at = :at WHERE id = :link AND story = :story AND ended_at IS NULL;

-- name: preview_links_end
-- Nor does any other to the story.
-- in: story int, at time
-- run
UPDATE preview_link SET ended_at = :at WHERE story = :story AND ended_at IS NULL;

-- name: preview_link_opened
-- Somebody has opened it.
-- in: link int, at time
-- run
UPDATE preview_link SET opened = opened + 1, opened_at = :at WHERE id = :link;

-- --- alarms

-- name: alarm_add
-- Something went wrong while nobody looked.
-- in: at time, kind text, story int?, late_ms int, why text
-- run
INSERT INTO desk_alarm (at, kind, story, late_ms, why) VALUES (:at, :kind, :story, :late_ms, :why);

-- name: alarm_open_of
-- Is there one of this kind of which nobody has taken note?
-- in: kind text, why text
-- out: is_there bool
-- one
SELECT EXISTS (SELECT 1 FROM desk_alarm WHERE seen_at IS NULL AND kind = :kind AND why = :why);

-- name: alarms_open
-- Those of which nobody has taken note, the newest first.
-- in: many int
-- out: alarm int, at time, kind text, story int?, late_ms int, why text, headline text?,
--      matches int
-- many
SELECT a.id, a.at, a.kind, a.story, a.late_ms, a.why, s.headline, count(*) OVER () AS matches
  FROM desk_alarm a LEFT JOIN story s ON s.id = a.story
 WHERE a.seen_at IS NULL ORDER BY a.id DESC LIMIT :many;

-- name: alarms_see
-- They are taken note of, up to this one.
-- in: alarm int, at time
-- run
UPDATE desk_alarm SET seen_at = :at WHERE seen_at IS NULL AND id <= :alarm;
