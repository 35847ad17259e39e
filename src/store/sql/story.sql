-- Says nothing about who may read: news/gate.c decides that, for every row that is read here.

-- name: story_card
-- What a list shows of one story.
-- in: story int
-- out: story int, path text?, section int, public_state int, public_at time?, expiry_at time?,
--      changed_at time, urgency int, genre text, language text, headline text, kicker text,
--      standfirst text, byline text, words int, hero int?, hero_alt text, version int
-- tags: story story
-- one
SELECT id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version
  FROM story WHERE id = :story;

-- name: stories_latest
-- The newest public stories of the whole paper, before a moment.
-- in: now time, before time, many int
-- out: like story_card
-- tags: latest, story story
-- many
SELECT id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version
  FROM story
 WHERE public_state IN (1, 2) AND public_at <= :now AND public_at < :before
   AND (expiry_at IS NULL OR expiry_at > :now)
 ORDER BY public_at DESC LIMIT :many;

-- name: stories_of_section
-- The newest public stories of a section, before a moment.
-- in: section int, now time, before time, many int
-- out: like story_card
-- tags: section section, story story
-- many
SELECT id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version
  FROM story
 WHERE section = :section AND public_state IN (1, 2) AND public_at <= :now AND public_at < :before
   AND (expiry_at IS NULL OR expiry_at > :now)
 ORDER BY public_at DESC LIMIT :many;

-- name: stories_of_topic
-- The newest public stories about a topic, before a moment.
-- in: topic int, now time, before time, many int
-- out: like story_card
-- tags: topic topic, story story
-- many
SELECT s.id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version
  FROM story_topic t JOIN story s ON s.id = t.story
 WHERE t.topic = :topic AND public_state IN (1, 2) AND public_at <= :now AND public_at < :before
   AND (expiry_at IS NULL OR expiry_at > :now)
 ORDER BY public_at DESC LIMIT :many;

-- name: stories_of_person
-- The newest public stories of a byline, before a moment.
-- in: person int, now time, before time, many int
-- out: like story_card
-- tags: author person, story story
-- many
SELECT s.id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version
  FROM story_author a JOIN story s ON s.id = a.story
 WHERE a.person = :person AND public_state IN (1, 2) AND public_at <= :now AND public_at < :before
   AND (expiry_at IS NULL OR expiry_at > :now)
 ORDER BY public_at DESC LIMIT :many;

-- name: stories_of_day
-- What was published between two moments, newest first.  day: days since 1970, UTC, of `since`.
-- in: day int, now time, since time, before time, many int
-- out: like story_card
-- tags: day day, story story
-- many
SELECT id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version
  FROM story
 WHERE public_state IN (1, 2) AND public_at >= :since AND public_at < :before AND public_at <= :now
   AND (expiry_at IS NULL OR expiry_at > :now) AND :day = :day
 ORDER BY public_at DESC LIMIT :many;

-- name: stories_related
-- Public stories that share most topics with this one, then the newest: looked for among the newest
-- of each topic, so that a topic with all the paper's stories costs no more than another.
-- in: story int, now time, many int
-- out: like story_card
-- tags: story story
-- many
SELECT s.id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version
  FROM (SELECT topic, coalesce((SELECT story FROM story_topic same WHERE same.topic = mine.topic
                                 ORDER BY story DESC LIMIT 1 OFFSET 60), 0) AS since
          FROM story_topic mine WHERE story = :story) own
  JOIN story_topic other ON other.topic = own.topic AND other.story > own.since
  JOIN story s ON s.id = other.story
 WHERE s.id <> :story
   AND public_state IN (1, 2) AND public_at <= :now AND (expiry_at IS NULL OR expiry_at > :now)
 GROUP BY s.id ORDER BY count(*) DESC, public_at DESC LIMIT :many;

-- name: story_before
-- The story just before this moment in a section.
-- in: section int, moment time, now time
-- out: like story_card
-- tags: section section, story story
-- one
SELECT id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version
  FROM story
 WHERE section = :section AND public_state IN (1, 2) AND public_at < :moment AND public_at <= :now
   AND (expiry_at IS NULL OR expiry_at > :now)
 ORDER BY public_at DESC LIMIT 1;

-- name: story_after
-- The story just after this moment in a section.
-- in: section int, moment time, now time
-- out: like story_card
-- tags: section section, story story
-- one
SELECT id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version
  FROM story
 WHERE section = :section AND public_state IN (1, 2) AND public_at > :moment AND public_at <= :now
   AND (expiry_at IS NULL OR expiry_at > :now)
 ORDER BY public_at ASC LIMIT 1;

-- name: story_next_change
-- When time alone will next change what lists show: an embargo that ends, an expiry that comes.
-- in: now time
-- out: moment time?
-- one
SELECT min(moment) FROM (
    SELECT min(public_at) AS moment FROM story WHERE public_state IN (1, 2) AND public_at > :now
    UNION ALL
    SELECT min(expiry_at) FROM story
     WHERE public_state IN (1, 2) AND expiry_at IS NOT NULL AND expiry_at > :now);

-- name: story_at_path
-- The story at an address, also under its old addresses, whatever its state.
-- in: path text
-- out: story int, path text
-- tags: story story
-- one
SELECT s.id, s.path FROM story_path p JOIN story s ON s.id = p.story WHERE p.path = :path;

-- name: story_whole
-- A story with the text of its newest version.
-- in: story int
-- out: story int, path text?, section int, public_state int, stage text, public_at time?,
--      expiry_at time?, embargo_at time?, changed_at time, created_at time, urgency int, genre text, language text,
--      source text, hero int?, hero_caption text, hero_credit text, hero_alt text,
--      down_reason text, version int, kind text, reason text, headline text, short_headline text,
--      kicker text, standfirst text, byline text, dateline text, credit text, copyright text,
--      body json, words int
-- tags: story story
-- one
SELECT s.id, s.path, s.section, s.public_state, s.stage, s.public_at, s.expiry_at, s.embargo_at,
       s.changed_at, s.created_at, s.urgency, s.genre, s.language, s.source, s.hero, s.hero_caption,
       s.hero_credit, s.hero_alt, s.down_reason, v.number, v.kind, v.reason, v.headline,
       v.short_headline, v.kicker, v.standfirst, v.byline, v.dateline, v.credit, v.copyright,
       v.body, v.words
  FROM story s JOIN story_version v ON v.story = s.id AND v.number = s.version
 WHERE s.id = :story;

-- name: story_corrections
-- The versions that say publicly what was wrong before, oldest first.
-- in: story int
-- out: number int, kind text, reason text, made_at time
-- many
SELECT number, kind, reason, made_at FROM story_version
 WHERE story = :story AND kind IN ('correction', 'clarification') ORDER BY number;

-- name: story_topics
-- What a story is about.
-- in: story int
-- out: topic int, slug text, name text
-- tags: topic topic
-- many
SELECT t.id, t.slug, t.name FROM story_topic st JOIN topic t ON t.id = st.topic
 WHERE st.story = :story ORDER BY st.position;

-- name: story_authors
-- Who signed a story, in order.
-- in: story int
-- out: person int, slug text, name text, role text
-- tags: author person
-- many
SELECT p.id, p.slug, p.name, p.role FROM story_author sa JOIN person p ON p.id = sa.person
 WHERE sa.story = :story ORDER BY sa.position;

-- name: stories_for_desk
-- The newest stories in any state, for the command line.
-- in: many int
-- out: story int, path text?, public_state int, stage text, version int, public_at time?,
--      changed_at time, headline text, section text
-- many
SELECT s.id, s.path, s.public_state, s.stage, s.version, s.public_at, s.changed_at, s.headline, c.slug
  FROM story s JOIN section c ON c.id = s.section ORDER BY s.id DESC LIMIT :many;

-- name: story_add
-- A new story that nobody sees yet; its number.
-- in: section int, at time, headline text
-- out: story int
-- one
INSERT INTO story (section, changed_at, created_at, headline) VALUES (:section, :at, :at, :headline)
RETURNING id;

-- name: story_standing
-- What the desk's verbs ask before they move a story.
-- in: story int
-- out: story int, path text?, section int, public_state int, public_at time?, expiry_at time?,
--      embargo_at time?, headline text, version int
-- one
SELECT id, path, section, public_state, public_at, expiry_at, embargo_at, headline, version
  FROM story WHERE id = :story;

-- name: story_set
-- Write what lists show of the newest version.
-- in: story int, section int, version int, changed_at time, expiry_at time?, embargo_at time?,
--     urgency int, genre text, language text, headline text, kicker text, standfirst text, byline text, source text, words int
-- run
UPDATE story SET section = :section, version = :version, changed_at = :changed_at,
       expiry_at = :expiry_at, embargo_at = :embargo_at, urgency = :urgency, genre = :genre, language = :language,
       headline = :headline, kicker = :kicker, standfirst = :standfirst, byline = :byline,
       source = :source, words = :words
 WHERE id = :story;

-- name: story_hero_set
-- Give a story its main picture.
-- in: story int, media int?, caption text, credit text, alt text
-- run
UPDATE story SET hero = :media, hero_caption = :caption, hero_credit = :credit, hero_alt = :alt
 WHERE id = :story;

-- name: story_version_add
-- Keep the text of a version.
-- in: story int, number int, kind text, reason text, made_at time, headline text,
--     short_headline text, kicker text, standfirst text, byline text, dateline text, credit text,
--     copyright text, body json, words int
-- run
INSERT INTO story_version (story, number, kind, reason, made_at, headline, short_headline, kicker,
       standfirst, byline, dateline, credit, copyright, body, words)
VALUES (:story, :number, :kind, :reason, :made_at, :headline, :short_headline, :kicker,
       :standfirst, :byline, :dateline, :credit, :copyright, :body, :words);

-- name: story_state_set
-- Move a story to another public state.
-- in: story int, public_state int, public_at time?, down_reason text
-- run
UPDATE story SET public_state = :public_state, public_at = :public_at, down_reason = :down_reason
 WHERE id = :story;

-- name: story_moments_near
-- Whether another story is public from this very microsecond on, and the last and the first moment
-- that are taken within a second after and before it.
-- in: story int, at time
-- out: taken bool, last time?, first time?
-- one
SELECT EXISTS (SELECT 1 FROM story
                WHERE public_state IN (1, 2) AND public_at = :at AND id <> :story),
       (SELECT max(public_at) FROM story
         WHERE public_state IN (1, 2) AND public_at >= :at AND public_at < :at + 1000000),
       (SELECT min(public_at) FROM story
         WHERE public_state IN (1, 2) AND public_at <= :at AND public_at > :at - 1000000);

-- name: story_path_set
-- Give a story its address.
-- in: story int, path text
-- run
UPDATE story SET path = :path WHERE id = :story;

-- name: story_path_add
-- Remember that an address belongs to a story; changes nothing when it is taken.
-- in: story int, path text
-- run
INSERT INTO story_path (path, story) VALUES (:path, :story) ON CONFLICT (path) DO NOTHING;

-- name: story_topics_clear
-- Forget what a story is about, before it is said anew.
-- in: story int
-- run
DELETE FROM story_topic WHERE story = :story;

-- name: story_topic_add
-- Say that a story is about a topic.
-- in: story int, position int, topic int
-- run
INSERT INTO story_topic (story, position, topic) VALUES (:story, :position, :topic);

-- name: story_authors_clear
-- Forget who signed a story, before it is said anew.
-- in: story int
-- run
DELETE FROM story_author WHERE story = :story;

-- name: story_author_add
-- Say who signed a story.
-- in: story int, position int, person int
-- run
INSERT INTO story_author (story, position, person) VALUES (:story, :position, :person);

-- name: stories_due
-- Scheduled stories whose time has come, and public ones whose time is over.
-- in: now time
-- out: story int, public_state int, public_at time?, expiry_at time?
-- many
SELECT id, public_state, public_at, expiry_at FROM story
 WHERE public_state = 1 AND public_at <= :now
UNION
SELECT id, public_state, public_at, expiry_at FROM story
 WHERE public_state IN (1, 2) AND expiry_at IS NOT NULL AND expiry_at <= :now
LIMIT 500;
