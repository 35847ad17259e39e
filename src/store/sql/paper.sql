-- name: settings
-- The paper's own facts: name, motto, language, time zone...
-- out: name text, value text
-- tags: site
-- many
SELECT name, value FROM setting;

-- name: setting_put
-- Say a fact about the paper anew.
-- in: name text, value text
-- run
INSERT INTO setting (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: setting_drop
-- Say it no more.
-- in: name text
-- run
DELETE FROM setting WHERE name = :name;

-- name: sections
-- All sections in the order of the menu.
-- out: section int, slug text, name text, description text, position int, is_opinion bool,
--      in_menu bool
-- tags: site
-- many
SELECT id, slug, name, description, position, is_opinion, in_menu FROM section ORDER BY position, id;

-- name: section_put
-- Make or rename a section; its number.
-- in: slug text, name text, description text, position int, is_opinion bool
-- out: section int
-- one
INSERT INTO section (slug, name, description, position, is_opinion)
VALUES (:slug, :name, :description, :position, :is_opinion)
    ON CONFLICT (slug) DO UPDATE SET name = excluded.name, description = excluded.description,
       position = excluded.position, is_opinion = excluded.is_opinion
RETURNING id;

-- name: section_drop_unused
-- Drop the section that a new paper starts with, when it holds nothing.
-- in: slug text
-- run
DELETE FROM section WHERE slug = :slug AND id NOT IN (SELECT section FROM story);

-- name: section_topic_put
-- Stories with this Media Topic, or one below it, go to this section.
-- in: code text, section int
-- run
INSERT INTO section_topic (code, section) VALUES (:code, :section)
    ON CONFLICT (code) DO UPDATE SET section = excluded.section;

-- name: section_of_topic
-- The section a Media Topic leads to, if this very topic leads anywhere.
-- in: code text
-- out: section int
-- one
SELECT section FROM section_topic WHERE code = :code;

-- name: section_add
-- A new section, last in the menu; its number.
-- in: slug text, name text, description text, is_opinion bool
-- out: section int
-- one
INSERT INTO section (slug, name, description, position, is_opinion)
VALUES (:slug, :name, :description, (SELECT coalesce(max(position), 0) + 1 FROM section), :is_opinion)
RETURNING id;

-- name: section_set
-- Say a section anew.
-- in: section int, slug text, name text, description text, is_opinion bool
-- run
UPDATE section SET slug = :slug, name = :name, description = :description,
       is_opinion = :is_opinion
 WHERE id = :section;

-- name: section_place
-- Where a section stands in the menu, and whether it does.
-- in: section int, position int, in_menu bool
-- run
UPDATE section SET position = :position, in_menu = :in_menu WHERE id = :section;

-- name: section_stories
-- How many stories a section has, in any state.
-- in: section int
-- out: stories int
-- one
SELECT count(*) AS stories FROM story WHERE section = :section;

-- name: section_drop
-- Take a section away.
-- in: section int
-- run
DELETE FROM section WHERE id = :section;

-- name: section_topics
-- The Media Topics that lead to a section.
-- in: section int
-- out: code text
-- many
SELECT code FROM section_topic WHERE section = :section ORDER BY code;

-- name: section_topics_drop
-- Forget them, before they are said anew.
-- in: section int
-- run
DELETE FROM section_topic WHERE section = :section;

-- name: section_was_at
-- The section that had this word in its address before.
-- in: slug text
-- out: section int, slug text
-- tags: site
-- one
SELECT s.id, s.slug FROM section_was w JOIN section s ON s.id = w.section WHERE w.slug = :slug;

-- name: section_was_put
-- A word that leads on to a section from now on.
-- in: slug text, section int
-- run
INSERT INTO section_was (slug, section) VALUES (:slug, :section)
    ON CONFLICT (slug) DO UPDATE SET section = excluded.section;

-- name: section_was_drop
-- A word that a section has itself again.
-- in: slug text
-- run
DELETE FROM section_was WHERE slug = :slug;
