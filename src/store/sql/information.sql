-- name: informations
-- The pages of information in the order of the foot.
-- out: slug text, title text, changed_at time, in_foot bool
-- tags: site
-- many
SELECT slug, title, changed_at, in_foot FROM information ORDER BY position, id;

-- name: information_at
-- A page of information.
-- in: slug text
-- out: slug text, title text, body json, changed_at time
-- tags: site
-- one
SELECT slug, title, body, changed_at FROM information WHERE slug = :slug;

-- name: information_put
-- Write a page of information, or write it anew; a new one comes last.
-- in: slug text, title text, body json, changed_at time
-- run
INSERT INTO information (slug, title, body, position, changed_at)
VALUES (:slug, :title, :body, (SELECT coalesce(max(position), 0) + 1 FROM information), :changed_at)
    ON CONFLICT (slug) DO UPDATE SET title = excluded.title, body = excluded.body,
       changed_at = excluded.changed_at;

-- name: information_drop
-- Take a page of information away.
-- in: slug text
-- run
DELETE FROM information WHERE slug = :slug;

-- name: information_place
-- Where a page of information stands in the foot, and whether it does.
-- in: slug text, position int, in_foot bool
-- run
UPDATE information SET position = :position, in_foot = :in_foot WHERE slug = :slug;
