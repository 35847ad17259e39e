-- Subjects: what stories are about (topics), who signed them (authors), where they are from (places).
-- kind: enum subject_kind (news/subject.h).

-- name: subject_at
-- A subject's page.
-- in: kind int, slug text
-- out: subject int, kind int, slug text, name text, role text, summary text, body json,
--      language text, picture int?, picture_alt text, picture_credit text, email text, links text
-- tags: subject subject
-- one
SELECT id, kind, slug, name, role, summary, body, language, picture, picture_alt, picture_credit,
       email, links
  FROM subject WHERE kind = :kind AND slug = :slug;

-- name: subject_known
-- The subject with this slug, when it has this code or none is asked for: what most copy names.
-- in: kind int, slug text, code text?
-- out: subject int
-- one
SELECT id FROM subject WHERE kind = :kind AND slug = :slug AND (:code IS NULL OR code = :code);

-- name: subject_find
-- The subject with this slug or code, made when new; its number.  A code that another has stays there.
-- in: kind int, slug text, name text, code text?
-- out: subject int
-- one
INSERT INTO subject (kind, slug, name, code) VALUES (:kind, :slug, :name, :code)
    ON CONFLICT DO UPDATE SET code = CASE
       WHEN NOT EXISTS (SELECT 1 FROM subject other WHERE other.code = excluded.code)
       THEN coalesce(subject.code, excluded.code) ELSE subject.code END
RETURNING id;

-- name: subject_set
-- Say what stands at the head of its page.
-- in: subject int, name text, role text, summary text, body json, language text, picture int?,
--     picture_alt text, picture_credit text, email text, links text
-- run
UPDATE subject SET name = :name, role = :role, summary = :summary, body = :body,
       language = :language, picture = :picture, picture_alt = :picture_alt,
       picture_credit = :picture_credit, email = :email, links = :links
 WHERE id = :subject;

-- name: subjects_for_desk
-- Those that have been written about, for the command line.
-- in: many int
-- out: kind int, slug text, name text, summary text, has_body bool, has_picture bool
-- many
SELECT kind, slug, name, summary, body <> '' AS has_body, picture IS NOT NULL AS has_picture
  FROM subject WHERE summary <> '' OR body <> '' OR picture IS NOT NULL
 ORDER BY kind, name LIMIT :many;

-- name: subjects_map
-- The addresses of their pages, for the sitemap, each with what the gate asks of its newest story;
-- those that were last in the paper first.
-- in: now time, many int
-- out: kind int, slug text, is_written bool, public_state int?, public_at time?, expiry_at time?
-- tags: subjects, latest
-- many
SELECT u.kind, u.slug, u.summary <> '' OR u.body <> '' AS is_written,
       s.public_state, s.public_at, s.expiry_at
  FROM subject u LEFT JOIN story s ON s.id = (
       SELECT t.story FROM story_subject t
        WHERE t.subject = u.id AND t.public_at <= :now ORDER BY t.public_at DESC LIMIT 1)
 WHERE s.id IS NOT NULL OR u.summary <> '' OR u.body <> ''
 ORDER BY s.public_at DESC, u.id LIMIT :many;

-- name: story_subjects
-- What a story is about, who signed it, where it is from: by kind, each in order.
-- in: story int
-- out: subject int, kind int, slug text, name text, role text, code text?
-- tags: subject subject
-- many
SELECT u.id, u.kind, u.slug, u.name, u.role, u.code
  FROM story_subject t JOIN subject u ON u.id = t.subject
 WHERE t.story = :story ORDER BY t.kind, t.position;

-- name: story_subject_add
-- Tie a story to a subject.
-- in: story int, kind int, position int, subject int
-- run
INSERT INTO story_subject (story, kind, position, subject, public_at)
SELECT id, :kind, :position, :subject, CASE WHEN public_state IN (1, 2) THEN public_at END
  FROM story WHERE id = :story;

-- name: story_subjects_move
-- Tell the lists of its subjects since when the story is public; NULL: it is not.
-- in: story int, public_at time?
-- run
UPDATE story_subject SET public_at = :public_at WHERE story = :story;

-- name: story_subjects_clear
-- Forget what a story is tied to, before it is said anew.
-- in: story int
-- run
DELETE FROM story_subject WHERE story = :story;

-- name: feed_page
-- The page whose feeds changed with a section or a subject (the other is 0).
-- in: section int, subject int
-- out: path text
-- one
SELECT '/' || slug AS path FROM section WHERE id = :section
UNION ALL
SELECT CASE kind WHEN 0 THEN '/topic/' WHEN 1 THEN '/author/' ELSE '/place/' END || slug
  FROM subject WHERE id = :subject;

-- name: subjects_search
-- Subjects of one kind with words in their name, those that are written about first, then those with
-- most stories.
-- in: kind int, words text, many int
-- out: slug text, name text, summary text, is_written bool, stories int
-- many
SELECT u.slug, u.name, u.summary, u.summary <> '' OR u.body <> '' AS is_written,
       (SELECT count(*) FROM story_subject t WHERE t.subject = u.id) AS stories
  FROM subject u
 WHERE u.kind = :kind AND (:words = '' OR instr(lower(u.name), lower(:words)) > 0)
 ORDER BY is_written DESC, stories DESC, u.name LIMIT :many;
-- pg:
SELECT u.slug, u.name, u.summary, u.summary <> '' OR u.body <> '' AS is_written,
       (SELECT count(*) FROM story_subject t WHERE t.subject = u.id) AS stories
  FROM subject u
 WHERE u.kind = :kind AND (:words = '' OR position(lower(:words) IN lower(u.name)) > 0)
 ORDER BY is_written DESC, stories DESC, u.name LIMIT :many;
