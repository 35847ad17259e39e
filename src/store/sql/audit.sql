-- Who did what.  Rows are only ever added (the triggers of the schema see to it).

-- name: audit_add
-- Something was done.
-- in: at time, staff int?, who text, act text, subject int, label text, address text, agent text,
--     was text, is_now text
-- run
INSERT INTO audit (at, staff, who, act, subject, label, address, agent, was, is_now)
VALUES (:at, :staff, :who, :act, :subject, :label, :address, :agent, :was, :is_now);

-- name: audit_page
-- The newest below a number; by one person (0: all), by one part of the program itself
-- (empty: all), of one act (empty: all), of one story (0: all; `acts`: those that are done
-- to stories, with spaces around), in a time.
-- in: before int, staff int, machine text, act text, story int, acts text, from_at time, until_at time, many int
-- out: deed int, at time, staff int?, who text, act text, subject int, label text, address text,
--      agent text, was text, is_now text
-- many
SELECT id AS deed, at, staff, who, act, subject, label, address, agent, was, is_now FROM audit
 WHERE id < :before AND (:staff = 0 OR staff = :staff) AND (:machine = '' OR (who = :machine AND staff IS NULL))
   AND (:act = '' OR act = :act)
   AND (:story = 0 OR (subject = :story AND :acts LIKE '% ' || act || ' %'))
   AND at >= :from_at AND at < :until_at
 ORDER BY id DESC LIMIT :many;
