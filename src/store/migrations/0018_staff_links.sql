-- A one-time link is worth no more than whoever made it: it is void with their account, and when they
-- may no longer give what it opens.

ALTER TABLE staff_link ADD COLUMN made_by INTEGER REFERENCES staff (id);  -- NULL: the command line
CREATE INDEX staff_link_maker ON staff_link (made_by);

-- Tries to sign in with an e-mail that nobody has are counted, not kept; the row is written so that
-- such a try takes as long as one that goes to the log.
CREATE TABLE staff_nobody (
    tries    INTEGER NOT NULL,
    tried_at INTEGER NOT NULL
) STRICT;
INSERT INTO staff_nobody (tries, tried_at) VALUES (0, 0);

CREATE INDEX staff_device_seen ON staff_device (seen_at);
