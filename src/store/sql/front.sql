-- name: front_of
-- The front of a section, or with no section the paper's own.
-- in: section int?
-- out: front int
-- tags: site
-- one
SELECT id FROM front WHERE section IS :section AND draft_of IS NULL;
-- pg:
SELECT id FROM front WHERE section IS NOT DISTINCT FROM :section AND draft_of IS NULL;

-- name: front_facts
-- How a front stands: whether it has a draft, and when either was changed last.
-- in: front int
-- out: revision int, changed_at time, changed_by text, draft int?, base int?, drafted_at time?,
--      drafted_by text?
-- one
SELECT f.revision, f.changed_at, f.changed_by, d.id, d.revision, d.changed_at, d.changed_by
  FROM front f LEFT JOIN front d ON d.draft_of = f.id WHERE f.id = :front;

-- name: front_touch
-- Note who changed a front that readers see, at the time of the event that was just written.
-- in: front int, by text
-- run
UPDATE front SET revision = revision + 1, changed_by = :by,
       changed_at = (SELECT at FROM event ORDER BY id DESC LIMIT 1) WHERE id = :front;

-- name: front_draft_touch
-- Note who changed a draft, at the time of the event that was just written.
-- in: draft int, by text
-- run
UPDATE front SET changed_by = :by, changed_at = (SELECT at FROM event ORDER BY id DESC LIMIT 1)
 WHERE id = :draft;

-- name: front_draft_add
-- Begin a draft of a front.
-- in: front int
-- out: draft int
-- one
INSERT INTO front (draft_of, revision) SELECT id, revision FROM front WHERE id = :front
RETURNING id;

-- name: front_draft_slots
-- Give a draft the slots that readers have.
-- in: front int, draft int
-- run
INSERT INTO slot (front, position, kind, section, size, sections, title, was)
SELECT :draft, position, kind, section, size, sections, title, id FROM slot WHERE front = :front;

-- name: front_draft_pins
-- And what is pinned in them.
-- in: draft int
-- run
INSERT INTO slot_pin (slot, place, story, until_at, headline, kicker, picture)
SELECT n.id, p.place, p.story, p.until_at, p.headline, p.kicker, p.picture
  FROM slot n JOIN slot_pin p ON p.slot = n.was WHERE n.front = :draft;

-- name: slots_drop
-- Take all slots from a front that a draft takes the place of.
-- in: front int
-- run
DELETE FROM slot WHERE front = :front;

-- name: slots_hand_over
-- The slots of a draft are those of its front from now on.
-- in: draft int, front int
-- run
UPDATE slot SET front = :front, was = NULL WHERE front = :draft;

-- name: slots_lift
-- Free the positions of a draft's slots, before they are given anew.
-- in: draft int
-- run
UPDATE slot SET position = -position WHERE front = :draft;

-- name: slots_drop_lifted
-- Those that were given no position are taken away.
-- in: draft int
-- run
DELETE FROM slot WHERE front = :draft AND position < 0;

-- name: slot_put
-- Say a slot anew.
-- in: slot int, position int, kind text, section int?, size int, sections int, title text
-- run
UPDATE slot SET position = :position, kind = :kind, section = :section, size = :size,
       sections = :sections, title = :title WHERE id = :slot;

-- name: slot_new
-- One more slot of a draft; its number.
-- in: front int, position int, kind text, section int?, size int, sections int, title text
-- out: slot int
-- one
INSERT INTO slot (front, position, kind, section, size, sections, title)
VALUES (:front, :position, :kind, :section, :size, :sections, :title) RETURNING id;

-- name: slot_pins_drop
-- Take away what is pinned in a draft, before it is said anew.
-- in: draft int
-- run
DELETE FROM slot_pin WHERE slot IN (SELECT id FROM slot WHERE front = :draft);

-- name: slot_pin_new
-- A story in a place of a draft.
-- in: slot int, place int, story int, until_at time?, headline text, kicker text, picture int?
-- run
INSERT INTO slot_pin (slot, place, story, until_at, headline, kicker, picture)
VALUES (:slot, :place, :story, :until_at, :headline, :kicker, :picture);

-- name: front_add
-- Give a section a front of its own.
-- in: section int
-- out: front int
-- one
INSERT INTO front (section) VALUES (:section) RETURNING id;

-- name: front_drop
-- Let a section be a list again.
-- in: front int
-- run
DELETE FROM front WHERE id = :front;

-- name: slots
-- The slots of a front in their order.
-- in: front int
-- out: slot int, position int, kind text, section int?, size int, sections int, title text, was int?
-- tags: front front
-- many
SELECT id, position, kind, section, size, sections, title, was FROM slot
 WHERE front = :front ORDER BY position;

-- name: slot_at
-- The slot in a position of a front.
-- in: front int, position int
-- out: slot int, kind text, size int
-- one
SELECT id, kind, size FROM slot WHERE front = :front AND position = :position;

-- name: slot_add
-- One more slot.
-- in: front int, position int, kind text, size int
-- run
INSERT INTO slot (front, position, kind, size) VALUES (:front, :position, :kind, :size);

-- name: slot_pins
-- What editors have put into the slots of a front, whether its time is over or not.
-- in: front int
-- out: slot int, place int, story int, until_at time?, headline text, kicker text, picture int?
-- tags: front front
-- many
SELECT p.slot, p.place, p.story, p.until_at, p.headline, p.kicker, p.picture
  FROM slot s JOIN slot_pin p ON p.slot = s.id
 WHERE s.front = :front ORDER BY s.position, p.place;

-- name: slot_pin_put
-- Put a story into a place of a slot, with its own headline, kicker and picture.
-- in: slot int, place int, story int, until_at time?
-- run
INSERT INTO slot_pin (slot, place, story, until_at) VALUES (:slot, :place, :story, :until_at)
    ON CONFLICT (slot, place) DO UPDATE SET story = excluded.story, until_at = excluded.until_at,
       headline = '', kicker = '', picture = NULL;

-- name: slot_pin_at
-- What stands in a place of a slot.
-- in: slot int, place int
-- out: story int, headline text, kicker text, picture int?
-- one
SELECT story, headline, kicker, picture FROM slot_pin WHERE slot = :slot AND place = :place;

-- name: slot_pin_words
-- Call the story in a place of a slot something else, there alone.
-- in: slot int, place int, headline text, kicker text, picture int?
-- run
UPDATE slot_pin SET headline = :headline, kicker = :kicker, picture = :picture
 WHERE slot = :slot AND place = :place;

-- name: slot_pin_drop
-- Let the rule choose again.
-- in: slot int, place int
-- run
DELETE FROM slot_pin WHERE slot = :slot AND place = :place;

-- name: heat_order
-- The numbers of the most read stories, for comparing before and after.
-- in: many int
-- out: story int
-- many
SELECT story FROM story_heat ORDER BY heat DESC LIMIT :many;

-- name: heat_of
-- How much a story is read.
-- in: story int
-- out: heat real
-- one
SELECT heat FROM story_heat WHERE story = :story;

-- name: heat_put
-- Say how much a story is read, if there is one with this number.
-- in: story int, heat real
-- run
INSERT INTO story_heat (story, heat) SELECT id, :heat FROM story WHERE id = :story
    ON CONFLICT (story) DO UPDATE SET heat = excluded.heat;

-- name: heat_fade
-- Forget stories that are hardly read any more.
-- in: below real
-- run
DELETE FROM story_heat WHERE heat < :below;
