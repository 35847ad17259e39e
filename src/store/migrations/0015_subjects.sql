-- Topics, authors and places are subjects: things that stories are tied to and that have a page of
-- their own, with words and a picture at its head.  Topics keep their numbers, authors get new ones,
-- so search begins anew.  Stories that are here already get a place with their next version.

CREATE TABLE subject (
    id             INTEGER PRIMARY KEY,
    kind           INTEGER NOT NULL,             -- enum subject_kind
    slug           TEXT NOT NULL,
    name           TEXT NOT NULL,
    code           TEXT UNIQUE,                  -- a topic's of IPTC Media Topics, where it is one of them
    role           TEXT NOT NULL DEFAULT '',     -- an author's
    summary        TEXT NOT NULL DEFAULT '',     -- a sentence or two
    body           TEXT NOT NULL DEFAULT '',     -- a tree, as the body of a story; empty: none
    language       TEXT NOT NULL DEFAULT '',     -- of both; empty: the paper's
    picture        INTEGER REFERENCES media (id),
    picture_alt    TEXT NOT NULL DEFAULT '',
    picture_credit TEXT NOT NULL DEFAULT '',
    email          TEXT NOT NULL DEFAULT '',     -- an author's, for readers
    links          TEXT NOT NULL DEFAULT '',     -- addresses elsewhere, one a line
    UNIQUE (kind, slug)
) STRICT;
CREATE INDEX subject_picture ON subject (picture) WHERE picture IS NOT NULL;

-- public_at: since when the story is public (NULL: it is not); desk_move() keeps it true.
CREATE TABLE story_subject (
    story     INTEGER NOT NULL REFERENCES story (id),
    kind      INTEGER NOT NULL,
    position  INTEGER NOT NULL,
    subject   INTEGER NOT NULL REFERENCES subject (id),
    public_at INTEGER,
    PRIMARY KEY (story, kind, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_subject_subject ON story_subject (subject, public_at DESC);

INSERT INTO subject (id, kind, slug, name, code, summary)
SELECT id, 0, slug, name, code, description FROM topic;
INSERT INTO subject (id, kind, slug, name, role, summary, picture)
SELECT (SELECT coalesce(max(id), 0) FROM topic) + id, 1, slug, name, role, biography, portrait
  FROM person;
INSERT INTO story_subject (story, kind, position, subject, public_at)
SELECT story, 0, position, topic, public_at FROM story_topic;
INSERT INTO story_subject (story, kind, position, subject, public_at)
SELECT a.story, 1, a.position, u.id, a.public_at
  FROM story_author a JOIN person p ON p.id = a.person
  JOIN subject u ON u.kind = 1 AND u.slug = p.slug;

DROP TABLE story_topic;
DROP TABLE story_author;
DROP TABLE topic;
DROP TABLE person;

UPDATE find_walk SET spelling = 0, story = 0, done = 0;
