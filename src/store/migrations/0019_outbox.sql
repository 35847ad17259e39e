-- Mail that waits to be sent: a row is written with the act that it tells of, and goes once the mail
-- server has taken it.

CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id  TEXT NOT NULL,               -- the same at every try
    to_name     TEXT NOT NULL,
    to_address  TEXT NOT NULL,
    subject     TEXT NOT NULL,
    body        TEXT NOT NULL,               -- empty once it was given up
    language    TEXT NOT NULL,
    made_at     INTEGER NOT NULL,
    tries       INTEGER NOT NULL DEFAULT 0,
    next_at     INTEGER NOT NULL,            -- not tried before
    problem     TEXT NOT NULL DEFAULT '',    -- what the last try died of
    given_up_at INTEGER
) STRICT;
CREATE INDEX outbox_next ON outbox (next_at) WHERE given_up_at IS NULL;
