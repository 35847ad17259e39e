-- Pages of information that a paper writes about itself: about, contact, privacy...

CREATE TABLE information (
    id         INTEGER PRIMARY KEY,
    slug       TEXT NOT NULL UNIQUE,
    title      TEXT NOT NULL,
    body       TEXT NOT NULL,     -- a tree, as the body of a story
    position   INTEGER NOT NULL,  -- in the foot of every page
    changed_at INTEGER NOT NULL
) STRICT;
