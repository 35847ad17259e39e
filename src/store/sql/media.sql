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
--     city text, country text, created text, digital_source text, ready int, state int
-- out: media int
-- one
INSERT INTO media (fingerprint, type, extension, size, width, height, colour, title, headline,
       caption, byline, credit, source, copyright, terms, rights_url, alt, description, keywords,
       city, country, created, digital_source, ready, state)
VALUES (:fingerprint, :type, :extension, :size, :width, :height, :colour, :title, :headline,
       :caption, :byline, :credit, :source, :copyright, :terms, :rights_url, :alt, :description,
       :keywords, :city, :country, :created, :digital_source, :ready, :state)
RETURNING id;

-- name: media_by_id
-- Everything about one picture.
-- in:  id int
-- out: media int, fingerprint text, type text, extension text, width int, height int, colour text,
--      title text, headline text, caption text, byline text, credit text, source text,
--      copyright text, terms text, rights_url text, alt text, description text, keywords text,
--      city text, country text, created text, digital_source text, focus_x int, focus_y int,
--      ready int, state int
-- tags: media media
-- one
SELECT id, fingerprint, type, extension, width, height, colour, title, headline, caption, byline,
       credit, source, copyright, terms, rights_url, alt, description, keywords, city, country,
       created, digital_source, focus_x, focus_y, ready, state
  FROM media WHERE id = :id;

-- name: media_shown
-- What a page shows of a picture.
-- in:  id int
-- out: media int, width int, height int, colour text, caption text, credit text, alt text, ready int
-- tags: media media
-- one
SELECT id, width, height, colour, caption, credit, alt, ready FROM media WHERE id = :id;

-- name: media_ready_set
-- More renditions of a picture are there, or no more can be made.
-- in: id int, ready int, state int, reason text
-- run
UPDATE media SET ready = ready | :ready, state = :state, reason = :reason WHERE id = :id;

-- name: media_unready
-- Pictures whose renditions are not all made, oldest first.
-- out: media int
-- many
SELECT id FROM media WHERE state = 0 ORDER BY id;
