-- Search finds notices too.  Their words are in an index of their own: few, and asked for beside stories.
-- Columns mean what they mean in find_text; the row number is the notice's.

CREATE VIRTUAL TABLE find_notice_text USING fts5 (title, body, marks, tokenize = 'ascii');

-- Which notices are in the index, and as they were when; one that says something else by now is due.
CREATE TABLE find_notice (
    notice     INTEGER PRIMARY KEY REFERENCES notice (id),
    changed_at INTEGER NOT NULL
) STRICT;

-- All that is asked to know which are due, so that no text is touched.
CREATE INDEX notice_state ON notice (public_state, from_at, changed_at);
