-- Pictures in the newsroom: what a file was called when it came, an index of what is said of each,
-- and uploads that come in pieces.

ALTER TABLE media ADD COLUMN file TEXT NOT NULL DEFAULT '';

CREATE VIRTUAL TABLE media_text USING fts5 (
    headline, title, caption, byline, credit, keywords, alt, city, country, file,
    content = 'media', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2");
INSERT INTO media_text (media_text) VALUES ('rebuild');

-- A file that comes in pieces.  Its bytes lie in DATA/uploads under the row's number; what is behind
-- `got` there was not acknowledged.  A row stays for a day, so that whoever missed the answer can ask.
CREATE TABLE upload (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    token   BLOB NOT NULL UNIQUE,              -- a fingerprint
    staff   INTEGER NOT NULL REFERENCES staff (id),
    name    TEXT NOT NULL,
    size    INTEGER NOT NULL CHECK (size > 0),
    got     INTEGER NOT NULL DEFAULT 0 CHECK (got BETWEEN 0 AND size),
    media   INTEGER REFERENCES media (id),     -- what it became; NULL: it is not whole yet
    seen_at INTEGER NOT NULL                   -- when something of it came last
) STRICT;
CREATE INDEX upload_open ON upload (staff) WHERE media IS NULL;
CREATE INDEX upload_seen ON upload (seen_at);
