-- name: find_newest
-- The newest stories with these words, in the words of a full-text index, between two moments.
-- in: words text, since time, before time, many int
-- out: moment time, story int
-- tags: latest
-- many
SELECT f.rowid, s.story FROM find_text f CROSS JOIN find_story s ON s.moment = f.rowid
 WHERE f.find_text MATCH :words AND f.rowid >= :since AND f.rowid < :before
 ORDER BY f.rowid DESC LIMIT :many;
-- pg:
SELECT f.moment, f.story FROM find_text f
 WHERE f.words @@ to_tsquery('simple', :words) AND f.moment >= :since AND f.moment < :before
 ORDER BY f.moment DESC LIMIT :many;

-- name: find_best
-- Of the newest stories with these words, those that have most to do with them: a headline counts most.
-- in: words text, since time, before time, candidates int, skip int, many int
-- out: like find_newest
-- tags: latest
-- many
WITH near AS MATERIALIZED (
    SELECT rowid AS moment, bm25(find_text, 10.0, 5.0, 1.0, 0.0) AS weight FROM find_text
     WHERE find_text MATCH :words AND rowid >= :since AND rowid < :before
     ORDER BY rowid DESC LIMIT :candidates)
SELECT near.moment, s.story FROM near CROSS JOIN find_story s ON s.moment = near.moment
 ORDER BY near.weight, near.moment DESC LIMIT :many OFFSET :skip;
-- pg:
WITH near AS MATERIALIZED (
    SELECT f.moment, f.story, ts_rank_cd(f.words, to_tsquery('simple', :words)) AS weight FROM find_text f
     WHERE f.words @@ to_tsquery('simple', :words) AND f.moment >= :since AND f.moment < :before
     ORDER BY f.moment DESC LIMIT :candidates)
SELECT moment, story FROM near ORDER BY weight DESC, moment DESC LIMIT :many OFFSET :skip;

-- name: find_words_like
-- Words of the index from one spelling up to another, with how many stories have them.
-- in: since text, before text, many int
-- out: word text, stories int
-- many
SELECT term, doc FROM find_word WHERE term >= :since AND term < :before LIMIT :many;
-- pg:
SELECT term, doc FROM find_word WHERE term >= :since AND term < :before LIMIT :many;

-- name: find_forms
-- Words of the index that are forms of one another, by what they share.
-- in: tongue int, stem text, many int
-- out: word text
-- many
SELECT word FROM find_form WHERE tongue = :tongue AND stem = :stem ORDER BY word LIMIT :many;

-- name: find_form_put
-- Say that a word is a form of its stem.
-- in: tongue int, stem text, word text
-- run
INSERT INTO find_form (tongue, stem, word) VALUES (:tongue, :stem, :word) ON CONFLICT DO NOTHING;

-- name: find_clear_forms
-- Forget all forms, before the index is made anew.
-- run
DELETE FROM find_form;

-- name: find_standing
-- The row of the index that a story stands in.
-- in: story int
-- out: moment time
-- one
SELECT moment FROM find_story WHERE story = :story;

-- name: find_forget
-- Take a row out of the index.
-- in: moment time
-- run
DELETE FROM find_text WHERE rowid = :moment;
-- pg:
DELETE FROM find_text WHERE moment = :moment;

-- name: find_forget_story
-- Forget which row a story, or whoever is in that row, stands in.
-- in: story int, moment time
-- run
DELETE FROM find_story WHERE story = :story OR moment = :moment;

-- name: find_put
-- Give a row of the index its words.
-- in: moment time, headline text, standfirst text, body text, marks text
-- run
INSERT INTO find_text (rowid, headline, standfirst, body, marks)
VALUES (:moment, :headline, :standfirst, :body, :marks);
-- pg:
INSERT INTO find_text (moment, words)
VALUES (:moment, setweight(to_tsvector('simple', :headline), 'A') || setweight(to_tsvector('simple', :standfirst), 'B')
              || to_tsvector('simple', :body) || to_tsvector('simple', :marks));

-- name: find_put_story
-- Say which row a story stands in.
-- in: story int, moment time
-- run
INSERT INTO find_story (story, moment) VALUES (:story, :moment);

-- name: find_walk
-- How far the first walk has come.
-- out: spelling int, story int, done bool
-- one
SELECT spelling, story, done FROM find_walk WHERE id = 1;

-- name: find_walk_set
-- Say how far the first walk has come.
-- in: spelling int, story int, done bool
-- run
UPDATE find_walk SET spelling = :spelling, story = :story, done = :done WHERE id = 1;

-- name: find_clear
-- Empty the index, before it is made anew.
-- run
DELETE FROM find_text;

-- name: find_clear_stories
-- The same for the rows that stories stand in.
-- run
DELETE FROM find_story;

-- name: find_stories_after
-- Stories that may be public, by number, for the first walk.
-- in: story int, many int
-- out: story int
-- many
SELECT id FROM story WHERE id > :story AND public_state IN (1, 2) ORDER BY id LIMIT :many;

-- name: find_lost
-- Stories that stand in a row of the index that has no words: a sign of damage.
-- out: story int
-- many
SELECT s.story FROM find_story s
 WHERE NOT EXISTS (SELECT 1 FROM find_text f WHERE f.rowid = s.moment) LIMIT 100;
-- pg:
SELECT s.story FROM find_story s
 WHERE NOT EXISTS (SELECT 1 FROM find_text f WHERE f.moment = s.moment) LIMIT 100;

-- name: find_notices
-- Notices with these words whose run began between two moments: those that run now first, then those
-- whose run is over, each from the newest on.
-- in: words text, now time, since time, before time, skip int, many int
-- out: notice int
-- tags: notices
-- many
SELECT n.id FROM find_notice_text f CROSS JOIN notice n ON n.id = f.rowid
 WHERE f.find_notice_text MATCH :words AND n.public_state = 2 AND n.from_at <= :now
   AND n.from_at >= :since AND n.from_at < :before
 ORDER BY coalesce(n.until_at <= :now, false), n.from_at DESC LIMIT :many OFFSET :skip;
-- pg:
SELECT n.id FROM find_notice_text f JOIN notice n ON n.id = f.notice
 WHERE f.words @@ to_tsquery('simple', :words) AND n.public_state = 2 AND n.from_at <= :now
   AND n.from_at >= :since AND n.from_at < :before
 ORDER BY coalesce(n.until_at <= :now, false), n.from_at DESC LIMIT :many OFFSET :skip;

-- name: find_notices_due
-- Notices that are public and not in the index as they are now, or in it and not public.
-- in: now time, many int
-- out: notice int, changed_at time
-- many
SELECT n.id, n.changed_at FROM notice n LEFT JOIN find_notice f ON f.notice = n.id
 WHERE CASE WHEN n.public_state = 2 AND n.from_at <= :now
            THEN f.notice IS NULL OR f.changed_at <> n.changed_at ELSE f.notice IS NOT NULL END
 LIMIT :many;

-- name: find_forget_notice
-- Take the words of a notice out of the index.
-- in: notice int
-- run
DELETE FROM find_notice_text WHERE rowid = :notice;
-- pg:
DELETE FROM find_notice_text WHERE notice = :notice;

-- name: find_forget_notice_row
-- Forget that a notice is in the index.
-- in: notice int
-- run
DELETE FROM find_notice WHERE notice = :notice;

-- name: find_put_notice
-- Give a notice its words in the index.
-- in: notice int, title text, body text, marks text
-- run
INSERT INTO find_notice_text (rowid, title, body, marks) VALUES (:notice, :title, :body, :marks);
-- pg:
INSERT INTO find_notice_text (notice, words)
VALUES (:notice, setweight(to_tsvector('simple', :title), 'A') || to_tsvector('simple', :body)
              || to_tsvector('simple', :marks));

-- name: find_put_notice_row
-- Say that a notice is in the index, and as it was when.
-- in: notice int, changed_at time
-- run
INSERT INTO find_notice (notice, changed_at) VALUES (:notice, :changed_at);

-- name: find_clear_notices
-- Empty the index of notices, before it is made anew.
-- run
DELETE FROM find_notice_text;

-- name: find_clear_notice_rows
-- The same for which notices are in it.
-- run
DELETE FROM find_notice;

-- name: find_lost_notices
-- Notices that are said to be in the index, which has no words of them: a sign of damage.
-- out: notice int
-- many
SELECT n.notice FROM find_notice n
 WHERE NOT EXISTS (SELECT 1 FROM find_notice_text f WHERE f.rowid = n.notice) LIMIT 100;
-- pg:
SELECT n.notice FROM find_notice n
 WHERE NOT EXISTS (SELECT 1 FROM find_notice_text f WHERE f.notice = n.notice) LIMIT 100;
