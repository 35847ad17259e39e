-- Search finds a word in its other forms.  What the forms share (text/stem.h) leads to the words of the
-- index that have it; the index itself holds words as they stand.  It is made anew by itself, beside the
-- work of the paper.

CREATE TABLE find_form (
    tongue INTEGER NOT NULL, -- of text/stem.h
    stem   TEXT NOT NULL,
    word   TEXT NOT NULL,    -- another word than the stem
    PRIMARY KEY (tongue, stem, word)
) STRICT, WITHOUT ROWID;
