-- An archive for the benchmark: 200,000 short stories over ten years, written past the newsroom.
-- Their words come from a vocabulary of 20,000 that is spread as words are (Zipf: the word of rank r
-- stands about 1/r as often as the first), every fifth the plural of its neighbour; all is reckoned
-- from the story's number, so that every run has the same archive.
CREATE TEMP TABLE vocabulary (rank INTEGER PRIMARY KEY, word TEXT);
WITH RECURSIVE
  r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 20000),
  letters(i, left, word) AS (
    SELECT i, i - (i % 5 = 0) + 99, '' FROM r
    UNION ALL
    SELECT i, left / 75, word || substr('bdfghklmnprstvw', 1 + left % 15, 1) || substr('aeiou', 1 + left / 15 % 5, 1)
      FROM letters WHERE left > 0)
INSERT INTO vocabulary
SELECT i, word || CASE WHEN i % 5 = 0 THEN 'ts' ELSE 't' END FROM letters WHERE left = 0;

-- which word stands in a place of a story: the rank is exp(u ln 20000), u scattered over 0 to 1
CREATE TEMP TABLE said AS
WITH RECURSIVE
  n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000),
  place(at) AS (SELECT 0 UNION ALL SELECT at + 1 FROM place WHERE at < 59),
  first(i, at, x) AS (SELECT i, at, (i * 64 + at) * 1103515245 & 4294967295 FROM n CROSS JOIN place),
  second(i, at, x) AS (SELECT i, at, ((x | (x >> 13)) - (x & (x >> 13))) * 1664525 & 4294967295 FROM first),
  third(i, at, x) AS (SELECT i, at, ((x | (x >> 16)) - (x & (x >> 16))) * 1103515245 & 4294967295 FROM second)
SELECT i, group_concat(CASE WHEN at < 6 THEN word END, ' ') AS headline,
       group_concat(CASE WHEN at BETWEEN 6 AND 17 THEN word END, ' ') AS standfirst,
       group_concat(CASE WHEN at > 17 THEN word END, ' ') AS body
  FROM (SELECT i, at, word FROM third CROSS JOIN vocabulary
         WHERE rank = cast(exp(x / 4294967296.0 * ln(20000)) AS INTEGER) ORDER BY i, at)
 GROUP BY i;

BEGIN;
CREATE TEMP TABLE sections AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM section;
INSERT INTO story (id, path, section, public_state, version, public_at, changed_at, created_at,
                   urgency, headline, standfirst, language, words)
SELECT 10000000 + i, '/archive/story-number-' || i,
       (SELECT id FROM sections WHERE n = i % (SELECT count(*) FROM sections)), 2, 1,
       1750000000000000 - i * 1500000000 + i, 1750000000000000 - i * 1500000000 + i, 0, 4,
       headline, standfirst, 'en', 42
  FROM said;
INSERT INTO story_version (story, number, kind, made_at, headline, body, words)
SELECT 10000000 + i, 1, 'first', 1750000000000000 - i * 1500000000 + i, headline,
       json_object('v', 1, 'blocks', json_array(json_object('kind', 'paragraph', 'id', 'a', 'spans',
         json_array(json_object('text', body))))), 42
  FROM said;
INSERT INTO story_path (path, story) SELECT path, id FROM story WHERE id > 10000000;
COMMIT;

-- The questions: a thousand of ten kinds, each kind as often newest first as by weight.  For the bare
-- index the same words are written in its own language.
CREATE TEMP TABLE questions AS
WITH RECURSIVE
  q(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM q WHERE i < 999),
  w(i, kind, common, other, rare, phrase) AS (
    SELECT i, i % 10, (SELECT word FROM vocabulary WHERE rank = 1 + i * 7 % 50),
           (SELECT word FROM vocabulary WHERE rank = 51 + i * 11 % 150),
           (SELECT word FROM vocabulary WHERE rank = 5001 + i * 13 % 15000),
           (SELECT substr(standfirst, 1, instr(standfirst, ' ') + instr(substr(standfirst, instr(standfirst, ' ') + 1), ' ') - 1)
              FROM said WHERE said.i = 1 + w0.i * 197)
      FROM q AS w0)
SELECT i,
       CASE WHEN kind IN (0, 1) THEN common WHEN kind IN (2, 3) THEN rare
            WHEN kind = 4 THEN common || '+' || other WHEN kind = 5 THEN common || '+' || rare
            WHEN kind = 6 THEN '%22' || replace(phrase, ' ', '+') || '%22'
            WHEN kind = 7 THEN other || '+-' || common
            WHEN kind = 8 THEN other || '&section=' || (SELECT slug FROM section ORDER BY id LIMIT 1)
            ELSE other || '&from=2021-01-01&to=2021-12-31' END
       || CASE WHEN i / 10 % 2 = 0 THEN '' ELSE '&sort=best' END AS asked,
       CASE WHEN kind IN (0, 1) THEN common WHEN kind IN (2, 3) THEN rare
            WHEN kind = 4 THEN common || ' AND ' || other WHEN kind = 5 THEN common || ' AND ' || rare
            WHEN kind = 6 THEN '"' || phrase || '"' WHEN kind = 7 THEN other || ' NOT ' || common
            ELSE other END AS bare
  FROM w;
.mode tabs
.output questions
SELECT '/search?q=' || asked, bare FROM questions ORDER BY i;
.output
