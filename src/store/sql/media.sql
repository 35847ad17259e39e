-- name: media_by_fingerprint
-- Is this picture in the house already?
-- in:  fingerprint text
-- out: media int
-- one
SELECT id FROM media WHERE fingerprint = :fingerprint;

-- name: media_add
-- Enter a picture; its number.
-- in: fingerprint text, type text, extension text, size int, width int, height int, colour text,
--     title text, headline text, caption text, byline text, credit text, source text,
--     copyright text, terms text, rights_url text, alt text, description text, keywords text,
--     city text, country text, created text, digital_source text, file text, ready int, state int
-- out: media int
-- one
INSERT INTO media (fingerprint, type, extension, size, width, height, colour, title, headline,
       caption, byline, credit, source, copyright, terms, rights_url, alt, description, keywords,
       city, country, created, digital_source, file, ready, state)
VALUES (:fingerprint, :type, :extension, :size, :width, :height, :colour, :title, :headline,
       :caption, :byline, :credit, :source, :copyright, :terms, :rights_url, :alt, :description,
       :keywords, :city, :country, :created, :digital_source, :file, :ready, :state)
RETURNING id;

-- name: media_by_id
-- Everything about one picture.
-- in:  id int
-- out: media int, fingerprint text, type text, extension text, width int, height int, colour text,
--      title text, headline text, caption text, byline text, credit text, source text,
--      copyright text, terms text, rights_url text, alt text, description text, keywords text,
--      city text, country text, created text, digital_source text, focus_x int, focus_y int,
--      file text, ready int, crop_wide text, ready_wide int, crop_square text, ready_square int,
--      state int
-- tags: media media
-- one
SELECT id, fingerprint, type, extension, width, height, colour, title, headline, caption, byline,
       credit, source, copyright, terms, rights_url, alt, description, keywords, city, country,
       created, digital_source, focus_x, focus_y, file, ready, crop_wide, ready_wide, crop_square,
       ready_square, state
  FROM media WHERE id = :id;

-- name: media_shown
-- What a page shows of a picture; nothing of one that was killed.
-- in:  id int
-- out: media int, type text, width int, height int, colour text, caption text, credit text, alt text,
--      focus_x int, focus_y int, ready int, crop_wide text, ready_wide int, crop_square text,
--      ready_square int
-- tags: media media
-- one
SELECT id, type, width, height, colour, caption, credit, alt, focus_x, focus_y, ready, crop_wide,
       ready_wide, crop_square, ready_square FROM media
 WHERE id = :id AND is_killed = 0;

-- name: media_ready_set
-- More renditions of a picture are there, or no more can be made.  What was made of a crop counts
-- while that is the one; if another was set meanwhile, it waits.
-- in: id int, ready int, crop_wide text, ready_wide int, crop_square text, ready_square int,
--     state int, reason text
-- run
UPDATE media SET ready = ready | :ready,
       ready_wide = CASE WHEN crop_wide = :crop_wide THEN ready_wide | :ready_wide
                         ELSE ready_wide END,
       ready_square = CASE WHEN crop_square = :crop_square THEN ready_square | :ready_square
                           ELSE ready_square END,
       state = CASE WHEN crop_wide = :crop_wide AND crop_square = :crop_square THEN :state
                    ELSE 0 END,
       reason = :reason
 WHERE id = :id;

-- name: media_crop_wide
-- Another part of a picture stands for it where it is wide; it is to be made.
-- in: media int, crop text
-- run
UPDATE media SET crop_wide = :crop, ready_wide = 0, state = 0 WHERE id = :media;

-- name: media_crop_square
-- The same where it is square.
-- in: media int, crop text
-- run
UPDATE media SET crop_square = :crop, ready_square = 0, state = 0 WHERE id = :media;

-- name: media_unready
-- Pictures whose renditions are not all made, oldest first.
-- out: media int
-- many
SELECT id FROM media WHERE state = 0 ORDER BY id;

-- name: media_change
-- Say something else of a picture, or where its focal point is.
-- in: media int, headline text, caption text, byline text, credit text, copyright text, alt text,
--     keywords text, focus_x int, focus_y int
-- run
UPDATE media SET headline = :headline, caption = :caption, byline = :byline, credit = :credit,
       copyright = :copyright, alt = :alt, keywords = :keywords, focus_x = :focus_x, focus_y = :focus_y
 WHERE id = :media;

-- name: media_kill
-- It must never be used again.
-- in: media int
-- run
UPDATE media SET is_killed = 1 WHERE id = :media;

-- name: media_standing
-- Whether a picture was killed, and whether the paper itself shows it: on the page of an author, a
-- topic or a place, or as its logo.
-- in:  media int
-- out: is_killed bool, of_paper bool
-- one
SELECT is_killed,
       EXISTS (SELECT 1 FROM subject WHERE picture = :media)
    OR EXISTS (SELECT 1 FROM setting WHERE name = 'logo' AND value = CAST(media.id AS TEXT))
  FROM media WHERE id = :media;

-- name: media_stories
-- What the gate asks of the stories (and of the entries of running ones) that show a picture: those
-- that readers may have come first, and some are enough.
-- in:  media int
-- out: public_state int, public_at time?, expiry_at time?
-- many
SELECT public_state, public_at, expiry_at FROM (
    SELECT public_state, public_at, expiry_at FROM story
     WHERE id IN (SELECT id FROM story WHERE hero = :media
                  UNION SELECT story FROM story_media WHERE media = :media
                  UNION SELECT p.story FROM slot_pin p JOIN slot s ON s.id = p.slot
                          JOIN front f ON f.id = s.front
                   WHERE p.picture = :media AND f.draft_of IS NULL)
    UNION ALL
    SELECT CASE WHEN s.public_state = 2 OR (s.public_state = 1 AND e.state <> 2) THEN e.state
                ELSE s.public_state END,
           CASE WHEN s.public_at > e.public_at THEN s.public_at ELSE e.public_at END, s.expiry_at
      FROM entry e JOIN story s ON s.id = e.story WHERE e.media = :media) AS showing
 ORDER BY public_state IN (1, 2) DESC, public_at LIMIT 40;

-- name: media_files
-- Where the files of every picture lie.
-- out: media int, fingerprint text, extension text
-- many
SELECT id, fingerprint, extension FROM media ORDER BY id;

-- name: media_exists
-- Whether there is a picture with this number.
-- in: media int
-- out: media int
-- one
SELECT id FROM media WHERE id = :media;

-- name: film_add
-- Say what a film or sound that was entered has beside a picture's facts.
-- in: media int, is_sound bool, duration_ms int, codecs text
-- run
INSERT INTO film (media, is_sound, duration_ms, codecs)
VALUES (:media, :is_sound, :duration_ms, :codecs) ON CONFLICT DO NOTHING;

-- name: film_by_media
-- What a page needs of a film or sound, if it was not killed.
-- in:  media int
-- out: type text, extension text, size int, is_sound bool, duration_ms int
-- tags: media media
-- one
SELECT m.type, m.extension, m.size, f.is_sound, f.duration_ms
  FROM film f JOIN media m ON m.id = f.media WHERE f.media = :media AND m.is_killed = 0;

-- name: captions_set
-- Captions of a film in a language, instead of those that it had; nothing when they are the same.
-- in:  media int, language text, vtt text
-- run
INSERT INTO captions (media, language, vtt) VALUES (:media, :language, :vtt)
    ON CONFLICT (media, language) DO UPDATE SET vtt = excluded.vtt WHERE captions.vtt <> excluded.vtt;

-- name: captions_of
-- All captions of a film.
-- in:  media int
-- out: media int, language text, vtt text
-- tags: media media
-- many
SELECT media, language, vtt FROM captions WHERE media = :media ORDER BY language LIMIT 20;
