-- name: archive_counts
-- How many stories readers may have of each of some spans of time that follow each other.  `bounds`
-- is a JSON list of moments, ascending: a span reaches from one to the next.  Its reader says which
-- days it depends on.
-- in: bounds json, now time
-- out: span int, stories int
-- many
SELECT b.span,
       (SELECT count(*) FROM story
         WHERE public_state IN (1, 2) AND public_at >= b.since AND public_at < b.before
           AND public_at <= :now AND (expiry_at IS NULL OR expiry_at > :now))
  FROM (SELECT key AS span, value AS since, lead(value) OVER (ORDER BY key) AS before
          FROM json_each(:bounds)) b
 WHERE b.before IS NOT NULL ORDER BY b.span;
-- pg:
SELECT b.span,
       (SELECT count(*) FROM story
         WHERE public_state IN (1, 2) AND public_at >= b.since AND public_at < b.before
           AND public_at <= :now AND (expiry_at IS NULL OR expiry_at > :now))
  FROM (SELECT j.n - 1 AS span, CAST(j.value AS bigint) AS since,
               lead(CAST(j.value AS bigint)) OVER (ORDER BY j.n) AS before
          FROM json_array_elements_text(CAST(:bounds AS json)) WITH ORDINALITY AS j (value, n)) b
 WHERE b.before IS NOT NULL ORDER BY b.span;

-- name: archive_filled
-- The same, but only whether there is any.
-- in: bounds json, now time
-- out: span int, is_filled bool
-- tags: latest
-- many
SELECT b.span,
       EXISTS (SELECT 1 FROM story
                WHERE public_state IN (1, 2) AND public_at >= b.since AND public_at < b.before
                  AND public_at <= :now AND (expiry_at IS NULL OR expiry_at > :now))
  FROM (SELECT key AS span, value AS since, lead(value) OVER (ORDER BY key) AS before
          FROM json_each(:bounds)) b
 WHERE b.before IS NOT NULL ORDER BY b.span;
-- pg:
SELECT b.span,
       EXISTS (SELECT 1 FROM story
                WHERE public_state IN (1, 2) AND public_at >= b.since AND public_at < b.before
                  AND public_at <= :now AND (expiry_at IS NULL OR expiry_at > :now))
  FROM (SELECT j.n - 1 AS span, CAST(j.value AS bigint) AS since,
               lead(CAST(j.value AS bigint)) OVER (ORDER BY j.n) AS before
          FROM json_array_elements_text(CAST(:bounds AS json)) WITH ORDINALITY AS j (value, n)) b
 WHERE b.before IS NOT NULL ORDER BY b.span;

-- name: archive_around
-- When the last story before a span and the first one after it were published.
-- in: since time, before time, now time
-- out: earlier time?, later time?
-- one
SELECT (SELECT public_at FROM story
         WHERE public_state IN (1, 2) AND public_at < :since AND public_at <= :now
           AND (expiry_at IS NULL OR expiry_at > :now)
         ORDER BY public_at DESC LIMIT 1),
       (SELECT public_at FROM story
         WHERE public_state IN (1, 2) AND public_at >= :before AND public_at <= :now
           AND (expiry_at IS NULL OR expiry_at > :now)
         ORDER BY public_at LIMIT 1);
