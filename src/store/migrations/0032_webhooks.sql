-- The outbox takes more than mail: what machines elsewhere are told goes by it as well, and stays for
-- a while to be looked at.

ALTER TABLE outbox ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;   -- news/outbox.h: mail, webhook
ALTER TABLE outbox ADD COLUMN target INTEGER NOT NULL DEFAULT 0; -- which webhook; of mail 0
ALTER TABLE outbox ADD COLUMN event INTEGER;                     -- what it tells of; its words are made when it goes
ALTER TABLE outbox ADD COLUMN status INTEGER NOT NULL DEFAULT 0; -- of the last answer
ALTER TABLE outbox ADD COLUMN sent_at INTEGER;                   -- mail that was sent is gone instead

DROP INDEX outbox_next;
CREATE INDEX outbox_next ON outbox (kind, next_at) WHERE given_up_at IS NULL AND sent_at IS NULL;
CREATE UNIQUE INDEX outbox_event ON outbox (kind, target, event) WHERE event IS NOT NULL;

CREATE TABLE webhook (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    url        TEXT NOT NULL,
    secret     TEXT NOT NULL,    -- as Standard Webhooks writes it: whsec_ and base64
    kinds      TEXT NOT NULL,    -- words of live/live.h with a space between; empty: all
    from_event INTEGER NOT NULL, -- it is told what happens after that
    made_at    INTEGER NOT NULL
) STRICT;
