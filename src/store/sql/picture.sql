-- Pictures as the newsroom sees them: also those that no story shows.

-- name: pictures_newest
-- Pictures, films and sounds, the newest first; of one kind (image, video, audio; empty: all).
-- in: before int, kind text, many int
-- out: media int, type text, extension text, width int, height int, title text, headline text, caption text, credit text,
--      alt text, focus_x int, focus_y int, ready int, file text, duration_ms int?
-- many
SELECT m.id, m.type, m.extension, m.width, m.height, m.title, m.headline, m.caption, m.credit, m.alt, m.focus_x, m.focus_y,
       m.ready, m.file, f.duration_ms
  FROM media m LEFT JOIN film f ON f.media = m.id
 WHERE m.id < :before AND m.is_killed = 0
   AND (:kind = '' OR substr(m.type, 1, length(:kind) + 1) = :kind || '/')
 ORDER BY m.id DESC LIMIT :many;

-- name: pictures_found
-- The same with words, in the words of a full-text index.
-- in: words text, before int, kind text, many int
-- out: like pictures_newest
-- many
SELECT m.id, m.type, m.extension, m.width, m.height, m.title, m.headline, m.caption, m.credit, m.alt, m.focus_x, m.focus_y,
       m.ready, m.file, f.duration_ms
  FROM media_text t CROSS JOIN media m ON m.id = t.rowid LEFT JOIN film f ON f.media = m.id
 WHERE t.media_text MATCH :words AND t.rowid < :before AND m.is_killed = 0
   AND (:kind = '' OR substr(m.type, 1, length(:kind) + 1) = :kind || '/')
 ORDER BY t.rowid DESC LIMIT :many;
-- pg:
SELECT m.id, m.type, m.extension, m.width, m.height, m.title, m.headline, m.caption, m.credit, m.alt, m.focus_x, m.focus_y,
       m.ready, m.file, f.duration_ms
  FROM media m LEFT JOIN film f ON f.media = m.id
 WHERE m.words @@ to_tsquery('simple', :words) AND m.id < :before AND m.is_killed = 0
   AND (:kind = '' OR substr(m.type, 1, length(:kind) + 1) = :kind || '/')
 ORDER BY m.id DESC LIMIT :many;

-- name: picture_line
-- One of them.
-- in: media int
-- out: like pictures_newest
-- one
SELECT m.id, m.type, m.extension, m.width, m.height, m.title, m.headline, m.caption, m.credit, m.alt, m.focus_x, m.focus_y,
       m.ready, m.file, f.duration_ms
  FROM media m LEFT JOIN film f ON f.media = m.id
 WHERE m.id = :media AND m.is_killed = 0;

-- name: picture_stories
-- The stories whose newest version shows a picture, those that changed last first.
-- in: media int, many int
-- out: story int, public_state int, public_at time?, headline text, language text, section text
-- many
SELECT s.id, s.public_state, s.public_at, s.headline, s.language, c.name
  FROM story s JOIN section c ON c.id = s.section
 WHERE s.id IN (SELECT id FROM story WHERE hero = :media
                UNION SELECT story FROM story_media WHERE media = :media)
 ORDER BY s.changed_at DESC, s.id DESC LIMIT :many;

-- name: media_text_add
-- Enter what is said of a picture into the index.
-- in: media int
-- run
INSERT INTO media_text (rowid, headline, title, caption, byline, credit, keywords, alt, city, country, file)
SELECT id, headline, title, caption, byline, credit, keywords, alt, city, country, file
  FROM media WHERE id = :media;
-- pg:
UPDATE media SET words = to_tsvector('simple', concat_ws(' ', headline, title, caption, byline, credit, keywords, alt, city, country, file))
 WHERE id = :media;

-- name: media_text_drop
-- Take it out, before it is changed.
-- in: media int
-- run
INSERT INTO media_text (media_text, rowid, headline, title, caption, byline, credit, keywords, alt, city, country, file)
SELECT 'delete', id, headline, title, caption, byline, credit, keywords, alt, city, country, file
  FROM media WHERE id = :media;
-- pg:
UPDATE media SET words = NULL WHERE id = :media;
