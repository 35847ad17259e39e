-- Films and sounds: rows of `media` like pictures (a film's widths are those of its poster; a sound
-- has no picture: 1 by 1, nothing to make), and what they have beside it.  Captions are kept as our
-- own writer wrote them.  story.film_ms, sound_ms: how long the longest of a story lasts, for
-- cards; 0: it has none.

CREATE TABLE film (
    media       INTEGER PRIMARY KEY REFERENCES media (id),
    is_sound    INTEGER NOT NULL CHECK (is_sound IN (0, 1)),
    duration_ms INTEGER NOT NULL CHECK (duration_ms > 0),
    codecs      TEXT NOT NULL                    -- "vp8, opus"
) STRICT;

CREATE TABLE captions (
    media    INTEGER NOT NULL REFERENCES media (id),
    language TEXT NOT NULL,                      -- BCP 47; empty: the paper's
    vtt      TEXT NOT NULL,
    PRIMARY KEY (media, language)
) STRICT, WITHOUT ROWID;

ALTER TABLE story ADD COLUMN film_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE story ADD COLUMN sound_ms INTEGER NOT NULL DEFAULT 0;
