-- A newer version from the wire waits beside what the desk has made of an item; where a file lay when
-- it came, so that the pictures beside it are found when it is taken in again.

ALTER TABLE working ADD COLUMN offered INTEGER NOT NULL DEFAULT 0; -- the revision that waits; 0: none
CREATE INDEX working_offered ON working (story) WHERE offered > 0;
CREATE INDEX wire_item_down ON wire_item (received_at) WHERE status <> 0;

ALTER TABLE wire_raw ADD COLUMN root TEXT NOT NULL DEFAULT ''; -- the folder that was taken in
ALTER TABLE wire_raw ADD COLUMN path TEXT NOT NULL DEFAULT ''; -- of the file; empty: not known
