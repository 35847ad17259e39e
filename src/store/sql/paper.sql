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

-- name: sections
-- All sections in the order of the menu.
-- out: section int, slug text, name text, description text, position int, is_opinion bool
-- tags: site
-- many
SELECT id, slug, name, description, position, is_opinion FROM section ORDER BY position, id;

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

