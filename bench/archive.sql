-- An archive for the benchmark: 200,000 short stories over ten years, written past the newsroom.
BEGIN;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
INSERT INTO story (id, path, section, public_state, version, public_at, changed_at, created_at,
                   urgency, headline, standfirst, language, words)
SELECT 10000000 + i, '/archive/story-number-' || i, (SELECT max(id) FROM section), 2, 1,
       1750000000000000 - i * 1500000000 + i, 1750000000000000 - i * 1500000000 + i, 0, 4,
       'Story number ' || i || ' of the archive', 'What it is about in a few words', 'en', 3
  FROM n;
INSERT INTO story_version (story, number, kind, made_at, headline, body, words)
SELECT id, 1, 'first', changed_at, headline,
       '{"v":1,"blocks":[{"kind":"paragraph","id":"a","spans":[{"text":"Some words here."}]}]}', 3
  FROM story WHERE id > 10000000;
INSERT INTO story_path (path, story) SELECT path, id FROM story WHERE id > 10000000;
COMMIT;
