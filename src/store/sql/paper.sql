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

-- name: person_put
-- Make a byline's page or fill in its facts; its number.
-- in: slug text, name text, role text, biography text, portrait int?
-- out: person int
-- one
INSERT INTO person (slug, name, role, biography, portrait)
VALUES (:slug, :name, :role, :biography, :portrait)
    ON CONFLICT (slug) DO UPDATE SET name = excluded.name, role = excluded.role,
       biography = excluded.biography, portrait = excluded.portrait
RETURNING id;

-- name: person_find
-- The person with this slug, made with just a name when new.
-- in: slug text, name text
-- out: person int
-- one
INSERT INTO person (slug, name) VALUES (:slug, :name)
    ON CONFLICT (slug) DO UPDATE SET name = person.name
RETURNING id;

-- name: person_at
-- A byline's page.
-- in: slug text
-- out: person int, slug text, name text, role text, biography text, portrait int?
-- tags: author person
-- one
SELECT id, slug, name, role, biography, portrait FROM person WHERE slug = :slug;

-- name: topic_known
-- The topic with this slug, when it has this code or none is asked for: what most copy names.
-- in: slug text, code text?
-- out: topic int
-- one
SELECT id FROM topic WHERE slug = :slug AND (:code IS NULL OR code = :code);

-- name: topic_find
-- The topic with this code or slug, made when new; its number.
-- in: slug text, name text, code text?
-- out: topic int
-- one
INSERT INTO topic (slug, name, code) VALUES (:slug, :name, :code)
    ON CONFLICT DO UPDATE SET code = coalesce(topic.code, excluded.code)
RETURNING id;

-- name: topic_at
-- A topic's page.
-- in: slug text
-- out: topic int, slug text, name text, description text
-- tags: topic topic
-- one
SELECT id, slug, name, description FROM topic WHERE slug = :slug;

-- name: feed_page
-- The page whose feeds changed with a section, a topic or a byline (two of the three are 0).
-- in: section int, topic int, person int
-- out: path text
-- one
SELECT '/' || slug AS path FROM section WHERE id = :section
UNION ALL SELECT '/topic/' || slug FROM topic WHERE id = :topic
UNION ALL SELECT '/author/' || slug FROM person WHERE id = :person;
