-- name: map_month
-- Addresses of what was published between two moments, oldest first, for sitemaps.  Its reader
-- says which days it depends on: as many stories as tags would be too many.
-- in: now time, since time, before time, skip int, many int
-- out: path text, public_state int, public_at time?, expiry_at time?, changed_at time
-- many
SELECT path, public_state, public_at, expiry_at, changed_at FROM story
 WHERE public_state IN (1, 2) AND public_at >= :since AND public_at < :before AND public_at <= :now
   AND (expiry_at IS NULL OR expiry_at > :now)
 ORDER BY public_at LIMIT :many OFFSET :skip;

-- name: map_month_facts
-- How many stories a month has, when the last of them changed, and when time alone will change
-- that.
-- in: now time, since time, before time
-- out: stories int, changed_at time?, moment time?
-- one
SELECT count(*), max(CASE WHEN changed_at > public_at THEN changed_at ELSE public_at END),
       (SELECT min(moment) FROM (
           SELECT min(public_at) AS moment FROM story
            WHERE public_state IN (1, 2) AND public_at > :now AND public_at >= :since
              AND public_at < :before
           UNION ALL
           SELECT min(expiry_at) FROM story
            WHERE public_state IN (1, 2) AND expiry_at > :now AND public_at >= :since
              AND public_at < :before) AS soon)
  FROM story
 WHERE public_state IN (1, 2) AND public_at >= :since AND public_at < :before AND public_at <= :now
   AND (expiry_at IS NULL OR expiry_at > :now);

-- name: map_first
-- When the first public story was published.
-- in: now time
-- out: moment time?
-- tags: latest
-- one
SELECT min(public_at) FROM story WHERE public_state IN (1, 2) AND public_at <= :now;

-- name: map_news
-- What was published since a moment, newest first, for news sitemaps.
-- in: now time, since time, many int
-- out: path text, public_state int, public_at time?, expiry_at time?, changed_at time,
--      headline text, language text
-- tags: latest
-- many
SELECT path, public_state, public_at, expiry_at, changed_at, headline, language FROM story
 WHERE public_state IN (1, 2) AND public_at > :since AND public_at <= :now
   AND (expiry_at IS NULL OR expiry_at > :now)
 ORDER BY public_at DESC LIMIT :many;
