-- Search over the archive.  The words of public stories as text/fold.h spells them, in a full-text index
-- whose row number is the story's public moment, so that it gives the newest first without sorting.
-- `marks` holds section, topics and authors as words of their own that no text has.

CREATE VIRTUAL TABLE find_text USING fts5 (headline, standfirst, body, marks, tokenize = 'ascii');
CREATE VIRTUAL TABLE find_word USING fts5vocab (find_text, row);

-- Which story stands in which row.
CREATE TABLE find_story (
    story  INTEGER PRIMARY KEY REFERENCES story (id),
    moment INTEGER NOT NULL UNIQUE
) STRICT;

-- How far the first walk over a paper's stories has come; done: the event log is followed.
CREATE TABLE find_walk (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    spelling INTEGER NOT NULL, -- of text/fold.h, with which the index was made
    story  INTEGER NOT NULL,   -- walked up to this one
    done   INTEGER NOT NULL CHECK (done IN (0, 1))
) STRICT;
INSERT INTO find_walk (id, spelling, story, done) VALUES (1, 0, 0, 0);
