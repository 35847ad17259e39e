-- Files that come in pieces.

-- name: upload_open
-- How much is being uploaded: by one person, and by all.
-- in: staff int
-- out: own int, own_bytes int, all_n int, all_bytes int
-- one
SELECT COUNT(*) FILTER (WHERE staff = :staff) AS own, COALESCE(SUM(size) FILTER (WHERE staff = :staff), 0) AS own_bytes,
       COUNT(*) AS all_n, COALESCE(SUM(size), 0) AS all_bytes
  FROM upload WHERE media IS NULL;

-- name: upload_add
-- Somebody will send a file.
-- in: token blob, staff int, name text, size int, now time
-- run
INSERT INTO upload (token, staff, name, size, seen_at) VALUES (:token, :staff, :name, :size, :now);

-- name: upload_by_token
-- How far a person's upload is.
-- in: token blob, staff int
-- out: upload int, name text, size int, got int, media int?
-- one
SELECT id, name, size, got, media FROM upload WHERE token = :token AND staff = :staff;

-- name: upload_came
-- A piece is on the disk.
-- in: upload int, from_got int, got int, now time
-- run
UPDATE upload SET got = :got, seen_at = :now WHERE id = :upload AND got = :from_got;

-- name: upload_became
-- It is whole, and was taken.
-- in: upload int, media int, now time
-- run
UPDATE upload SET media = :media, seen_at = :now WHERE id = :upload;

-- name: upload_drop
-- It will not be taken.
-- in: upload int
-- run
DELETE FROM upload WHERE id = :upload;

-- name: upload_stale
-- Those of which nothing came for long.
-- in: before time, many int
-- out: upload int
-- many
SELECT id FROM upload WHERE seen_at < :before ORDER BY seen_at LIMIT :many;

-- name: upload_waits
-- Whether bytes are kept for an upload.
-- in: upload int
-- out: upload int
-- one
SELECT id FROM upload WHERE id = :upload AND media IS NULL;
