-- Says nothing about who may read: news/gate.c decides that, for every row that is read here.

-- name: story_card
-- What a list shows of one story.
-- in: story int
-- out: story int, path text?, section int, public_state int, public_at time?, expiry_at time?,
--      changed_at time, urgency int, genre text, language text, headline text, kicker text,
--      standfirst text, byline text, words int, hero int?, hero_alt text, version int,
--      half_stars int?, film_ms int, sound_ms int, type text, coverage int,
--      front_headline text
-- tags: story story
-- one
SELECT id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version,
       half_stars, film_ms, sound_ms, type, coverage, front_headline
  FROM story WHERE id = :story;

-- name: stories_latest
-- The newest public stories of the whole paper, before a moment.
-- in: now time, before time, many int
-- out: like story_card
-- tags: latest, story story
-- many
SELECT id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version,
       half_stars, film_ms, sound_ms, type, coverage, front_headline
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
       headline, kicker, standfirst, byline, words, hero, hero_alt, version,
       half_stars, film_ms, sound_ms, type, coverage, front_headline
  FROM story
 WHERE section = :section AND public_state IN (1, 2) AND public_at <= :now AND public_at < :before
   AND (expiry_at IS NULL OR expiry_at > :now)
 ORDER BY public_at DESC LIMIT :many;

-- name: stories_of_subject
-- The newest public stories of a subject, before a moment.
-- in: subject int, now time, before time, many int
-- out: like story_card
-- tags: subject subject, story story
-- many
SELECT s.id, path, section, public_state, s.public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version,
       half_stars, film_ms, sound_ms, type, coverage, front_headline
  FROM story_subject t JOIN story s ON s.id = t.story
 WHERE t.subject = :subject AND t.public_at <= :now AND t.public_at < :before
   AND (expiry_at IS NULL OR expiry_at > :now)
 ORDER BY t.public_at DESC LIMIT :many;

-- name: stories_of_day
-- What was published between two moments, newest first.  day: days since 1970, UTC, of `since`.
-- in: day int, now time, since time, before time, many int
-- out: like story_card
-- tags: day day, story story
-- many
SELECT id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version,
       half_stars, film_ms, sound_ms, type, coverage, front_headline
  FROM story
 WHERE public_state IN (1, 2) AND public_at >= :since AND public_at < :before AND public_at <= :now
   AND (expiry_at IS NULL OR expiry_at > :now) AND :day = :day
 ORDER BY public_at DESC LIMIT :many;

-- name: stories_near
-- The newest public stories about a topic, for news/related.c, which chooses among them.
-- in: topic int, now time, many int
-- out: story int, public_at time
-- many
SELECT story, public_at FROM story_subject
 WHERE subject = :topic AND public_at <= :now
 ORDER BY public_at DESC, story LIMIT :many;

-- name: story_before
-- The story just before this moment in a section.
-- in: section int, moment time, now time
-- out: like story_card
-- tags: section section, story story
-- one
SELECT id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version,
       half_stars, film_ms, sound_ms, type, coverage, front_headline
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
       headline, kicker, standfirst, byline, words, hero, hero_alt, version,
       half_stars, film_ms, sound_ms, type, coverage, front_headline
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
--      body json, words int, half_stars int?, reviewed text, origin text, versions int,
--      film_ms int, sound_ms int, type text, coverage int, front_headline text, search_headline text,
--      social_headline text, letter_headline text
-- tags: story story
-- one
SELECT s.id, s.path, s.section, s.public_state, s.stage, s.public_at, s.expiry_at, s.embargo_at,
       s.changed_at, s.created_at, s.urgency, s.genre, s.language, s.source, s.hero, s.hero_caption,
       s.hero_credit, s.hero_alt, s.down_reason, v.number, v.kind, v.reason, v.headline,
       v.short_headline, v.kicker, v.standfirst, v.byline, v.dateline, v.credit, v.copyright,
       v.body, v.words, s.half_stars, s.reviewed, s.origin,
       (SELECT count(*) FROM story_version p WHERE p.story = s.id AND p.public_at IS NOT NULL),
       s.film_ms, s.sound_ms, s.type, s.coverage, s.front_headline, v.search_headline, v.social_headline,
       v.letter_headline
  FROM story s JOIN story_version v ON v.story = s.id AND v.number = s.version
 WHERE s.id = :story;

-- name: story_corrections
-- The versions that say publicly what was wrong before, oldest first.
-- in: story int
-- out: number int, kind text, reason text, made_at time, is_at_top bool
-- many
SELECT number, kind, reason, made_at, is_at_top FROM story_version
 WHERE story = :story AND kind IN ('correction', 'clarification') AND public_at IS NOT NULL
 ORDER BY number;

-- name: corrections_latest
-- What was corrected in the whole paper between two moments, newest first, with its story.
-- in: now time, since time, before time, many int
-- out: kind text, reason text, made_at time, story int, path text?, section int, public_state int,
--      public_at time?, expiry_at time?, language text, headline text
-- tags: latest, story story
-- many
SELECT v.kind, v.reason, v.made_at, s.id, s.path, s.section, s.public_state, s.public_at,
       s.expiry_at, s.language, s.headline
  FROM story_version v JOIN story s ON s.id = v.story
 WHERE v.kind IN ('correction', 'clarification') AND v.public_at <= :now
   AND v.made_at >= :since AND v.made_at < :before
   AND s.public_state IN (1, 2) AND s.public_at <= :now
   AND (s.expiry_at IS NULL OR s.expiry_at > :now)
 ORDER BY v.made_at DESC LIMIT :many;

-- name: story_versions
-- The newest versions that readers could have, newest first.  Of a hidden one only that it was.
-- in: story int, now time, many int
-- out: number int, kind text, reason text, public_at time, is_hidden bool, hidden_reason text,
--      headline text, kicker text, standfirst text, byline text, dateline text, body json
-- tags: story story
-- many
SELECT number, kind, reason, public_at, is_hidden, hidden_reason,
       CASE is_hidden WHEN 0 THEN headline ELSE '' END, CASE is_hidden WHEN 0 THEN kicker ELSE '' END,
       CASE is_hidden WHEN 0 THEN standfirst ELSE '' END, CASE is_hidden WHEN 0 THEN byline ELSE '' END,
       CASE is_hidden WHEN 0 THEN dateline ELSE '' END, CASE is_hidden WHEN 0 THEN body ELSE '' END
  FROM story_version
 WHERE story = :story AND public_at <= :now
 ORDER BY number DESC LIMIT :many;

-- name: story_version_show
-- Readers may have the newest version: from `at` on; when they had others before, not before now.
-- in: story int, at time, now time
-- run
UPDATE story_version
   SET public_at = CASE WHEN EXISTS (SELECT 1 FROM story_version p
                                      WHERE p.story = :story AND p.public_at IS NOT NULL)
                        THEN max(:at, :now) ELSE :at END
 WHERE story = :story AND public_at IS NULL
   AND number = (SELECT version FROM story WHERE id = :story);
-- pg:
UPDATE story_version
   SET public_at = CASE WHEN EXISTS (SELECT 1 FROM story_version p
                                      WHERE p.story = :story AND p.public_at IS NOT NULL)
                        THEN greatest(:at, :now) ELSE :at END
 WHERE story = :story AND public_at IS NULL
   AND number = (SELECT version FROM story WHERE id = :story);

-- name: story_versions_unshow
-- What was to be public at a time to come is not.
-- in: story int, now time
-- run
UPDATE story_version SET public_at = NULL WHERE story = :story AND public_at > :now;

-- name: story_versions_hide_older
-- A story comes back after it was taken down with other words: those that were taken down stay so.
-- in: story int, reason text
-- run
UPDATE story_version SET is_hidden = 1, hidden_reason = :reason
 WHERE story = :story AND is_hidden = 0 AND public_at IS NOT NULL
   AND EXISTS (SELECT 1 FROM story s JOIN story_version v ON v.story = s.id AND v.number = s.version
                WHERE s.id = :story AND v.public_at IS NULL);

-- name: story_version_hide
-- The words of an older version must not be shown again, or may be.
-- in: story int, number int, hide bool, reason text
-- run
UPDATE story_version SET is_hidden = :hide, hidden_reason = :reason
 WHERE story = :story AND number = :number AND public_at IS NOT NULL;

-- name: story_labels
-- What the desk has said about a story beside its words.
-- in: story int
-- out: half_stars int?, reviewed text, origin text
-- one
SELECT half_stars, reviewed, origin FROM story WHERE id = :story;

-- name: story_labels_set
-- Say it anew.
-- in: story int, half_stars int?, reviewed text, origin text
-- run
UPDATE story SET half_stars = :half_stars, reviewed = :reviewed, origin = :origin WHERE id = :story;

-- name: stories_tied
-- The public stories that the desk has tied to one, in its order.
-- in: story int
-- out: like story_card
-- tags: story story
-- many
SELECT s.id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version,
       half_stars, film_ms, sound_ms, type, coverage, front_headline
  FROM story_related r JOIN story s ON s.id = r.other
 WHERE r.story = :story
 ORDER BY r.position, s.id LIMIT 20;

-- name: story_tied_clear
-- Nothing is tied to a story any more.
-- in: story int
-- run
DELETE FROM story_related WHERE story = :story;

-- name: story_tie
-- Tie another story to one; nothing changes when it is, or when there is no such story.
-- in: story int, other int, position int
-- run
INSERT INTO story_related (story, other, position)
SELECT :story, id, :position FROM story WHERE id = :other AND id <> :story
    ON CONFLICT DO NOTHING;

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
--      embargo_at time?, changed_at time, headline text, version int
-- one
SELECT id, path, section, public_state, public_at, expiry_at, embargo_at, changed_at, headline, version
  FROM story WHERE id = :story;

-- name: story_set
-- Write what lists show of the newest version.  An end that was set stays when a version names none.
-- in: story int, section int, version int, changed_at time, expiry_at time?, embargo_at time?,
--     urgency int, genre text, language text, headline text, front_headline text, kicker text,
--     standfirst text, byline text, source text, words int
-- run
UPDATE story SET section = :section, version = :version, changed_at = :changed_at,
       expiry_at = coalesce(:expiry_at, expiry_at), embargo_at = :embargo_at, urgency = :urgency, genre = :genre, language = :language,
       headline = :headline, front_headline = :front_headline, kicker = :kicker,
       standfirst = :standfirst, byline = :byline, source = :source, words = :words
 WHERE id = :story;

-- name: story_expiry_set
-- Until when readers may have it.
-- in: story int, expiry_at time?
-- run
UPDATE story SET expiry_at = :expiry_at WHERE id = :story;

-- name: story_hero_set
-- Give a story its main picture.
-- in: story int, media int?, caption text, credit text, alt text
-- run
UPDATE story SET hero = :media, hero_caption = :caption, hero_credit = :credit, hero_alt = :alt
 WHERE id = :story;

-- name: story_film_lend
-- A story without a main picture leads with the first film of its text.
-- in: story int
-- run
UPDATE story SET hero_caption = '', hero_credit = '', hero_alt = '',
       hero = (SELECT min(f.media) FROM story_media t JOIN film f ON f.media = t.media
                 JOIN media m ON m.id = f.media
                WHERE t.story = :story AND f.is_sound = 0 AND m.is_killed = 0)
 WHERE id = :story AND hero IS NULL;

-- name: story_film_give_back
-- The main picture is none of its own, but a film that its text shows: forget it.
-- in: story int
-- run
UPDATE story SET hero = NULL
 WHERE id = :story AND hero IN (SELECT t.media FROM story_media t JOIN film f ON f.media = t.media
                                 WHERE t.story = :story);

-- name: story_films_set
-- How long the films and sounds of a story last, by what it shows now.
-- in: story int
-- run
UPDATE story SET
       film_ms = (SELECT coalesce(max(f.duration_ms), 0) FROM film f JOIN media m ON m.id = f.media
                   WHERE f.is_sound = 0 AND m.is_killed = 0
                     AND (f.media = story.hero
                          OR f.media IN (SELECT media FROM story_media WHERE story = :story))),
       sound_ms = (SELECT coalesce(max(f.duration_ms), 0) FROM film f JOIN media m ON m.id = f.media
                    WHERE f.is_sound = 1 AND m.is_killed = 0
                      AND f.media IN (SELECT media FROM story_media WHERE story = :story))
 WHERE id = :story;

-- name: stories_with_media
-- The stories whose newest version shows a picture, film or sound in its text.
-- in: media int
-- out: story int
-- many
SELECT story FROM story_media WHERE media = :media
UNION SELECT story FROM entry WHERE media = :media;

-- name: story_media_clear
-- Forget which pictures stand in a story's text, before it is said anew.
-- in: story int
-- run
DELETE FROM story_media WHERE story = :story;

-- name: story_media_add
-- A picture stands in a story's text; a number that is no picture changes nothing.
-- in: story int, media int
-- run
INSERT INTO story_media (story, media) SELECT :story, id FROM media WHERE id = :media
    ON CONFLICT DO NOTHING;

-- name: story_version_add
-- Keep the text of a version.
-- in: story int, number int, kind text, reason text, made_at time, headline text,
--     short_headline text, kicker text, standfirst text, byline text, dateline text, credit text,
--     copyright text, body json, words int, front_headline text, search_headline text,
--     social_headline text, letter_headline text, is_at_top bool
-- run
INSERT INTO story_version (story, number, kind, reason, made_at, headline, short_headline, kicker,
       standfirst, byline, dateline, credit, copyright, body, words, front_headline,
       search_headline, social_headline, letter_headline, is_at_top)
VALUES (:story, :number, :kind, :reason, :made_at, :headline, :short_headline, :kicker,
       :standfirst, :byline, :dateline, :credit, :copyright, :body, :words, :front_headline,
       :search_headline, :social_headline, :letter_headline, :is_at_top);

-- name: story_version_note
-- Where the newest version says what was wrong, and how that came about.
-- in: story int, is_at_top bool, why text
-- run
UPDATE story_version SET is_at_top = :is_at_top, why = :why
 WHERE story = :story AND number = (SELECT version FROM story WHERE id = :story);

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

-- name: story_was_shown
-- Could readers have had it, ever?
-- in: story int, now time
-- out: shown bool
-- one
SELECT EXISTS (SELECT 1 FROM story_version
                WHERE story = :story AND public_at IS NOT NULL AND public_at <= :now);

-- name: story_path_take_back
-- An address that nobody has seen is free again.
-- in: story int
-- run
DELETE FROM story_path WHERE story = :story;

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

-- name: stories_of_each_section
-- The newest public stories of every section.  Whatever changes one of them changes `latest` too.
-- in: now time, many int
-- out: like story_card
-- tags: latest
-- many
SELECT s.id, s.path, s.section, s.public_state, s.public_at, s.expiry_at, s.changed_at, s.urgency,
       s.genre, s.language, s.headline, s.kicker, s.standfirst, s.byline, s.words, s.hero, s.hero_alt,
       s.version, s.half_stars, s.film_ms, s.sound_ms, s.type, s.coverage, s.front_headline
  FROM section c JOIN story s ON s.id IN (
       SELECT n.id FROM story n
        WHERE n.section = c.id AND n.public_state IN (1, 2) AND n.public_at <= :now
          AND (n.expiry_at IS NULL OR n.expiry_at > :now)
        ORDER BY n.public_at DESC LIMIT :many)
 ORDER BY c.position, c.id, s.public_at DESC;

-- name: stories_pinned
-- The stories that editors have put into a front.
-- in: front int
-- out: like story_card
-- tags: story story
-- many
SELECT id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version,
       half_stars, film_ms, sound_ms, type, coverage, front_headline
  FROM story
 WHERE id IN (SELECT p.story FROM slot s JOIN slot_pin p ON p.slot = s.id WHERE s.front = :front);

-- name: stories_most_read
-- Public stories of a section or of the whole paper, the most read first.
-- in: section int?, now time, many int
-- out: like story_card
-- tags: most_read
-- many
SELECT s.id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version,
       half_stars, film_ms, sound_ms, type, coverage, front_headline
  FROM story_heat h JOIN story s ON s.id = h.story
 WHERE (:section IS NULL OR section = :section)
   AND public_state IN (1, 2) AND public_at <= :now AND (expiry_at IS NULL OR expiry_at > :now)
 ORDER BY h.heat DESC LIMIT :many;
-- pg:
SELECT s.id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version,
       half_stars, film_ms, sound_ms, type, coverage, front_headline
  FROM story_heat h JOIN story s ON s.id = h.story
 WHERE (CAST(:section AS bigint) IS NULL OR section = :section)
   AND public_state IN (1, 2) AND public_at <= :now AND (expiry_at IS NULL OR expiry_at > :now)
 ORDER BY h.heat DESC LIMIT :many;

-- name: stories_running
-- What is covered at this moment, what began last first.
-- in: now time, many int
-- out: like story_card
-- tags: running, story story
-- many
SELECT id, path, section, public_state, public_at, expiry_at, changed_at, urgency, genre, language,
       headline, kicker, standfirst, byline, words, hero, hero_alt, version,
       half_stars, film_ms, sound_ms, type, coverage, front_headline
  FROM story
 WHERE coverage IN (2, 3) AND public_state IN (1, 2) AND public_at <= :now
   AND (expiry_at IS NULL OR expiry_at > :now)
 ORDER BY coverage_from DESC LIMIT :many;
