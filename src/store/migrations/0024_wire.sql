-- The wire as a desk that one works at: what narrows its list down, who took or spiked an item, and
-- what became of what was set aside.

ALTER TABLE wire_item ADD COLUMN source TEXT NOT NULL DEFAULT '';  -- whose copy it is
ALTER TABLE wire_item ADD COLUMN urgency INTEGER NOT NULL DEFAULT 0; -- 1..9; 0: not said
ALTER TABLE wire_item ADD COLUMN embargo_at INTEGER;
ALTER TABLE wire_item ADD COLUMN taken_at INTEGER;
ALTER TABLE wire_item ADD COLUMN taken_by INTEGER REFERENCES staff (id);
ALTER TABLE wire_item ADD COLUMN spiked_at INTEGER;
ALTER TABLE wire_item ADD COLUMN spiked_by INTEGER REFERENCES staff (id);
ALTER TABLE wire_item ADD COLUMN spike_reason TEXT NOT NULL DEFAULT '';
UPDATE wire_item SET
    source = coalesce((SELECT s.source FROM story s WHERE s.id = wire_item.story), ''),
    urgency = coalesce((SELECT s.urgency FROM story s WHERE s.id = wire_item.story), 0),
    embargo_at = (SELECT s.embargo_at FROM story s WHERE s.id = wire_item.story)
 WHERE story IS NOT NULL;
CREATE INDEX wire_item_raw ON wire_item (raw);

ALTER TABLE wire_quarantine ADD COLUMN solved_at INTEGER;  -- taken in again, and it could be read
ALTER TABLE wire_quarantine ADD COLUMN dropped_at INTEGER; -- nobody wants it
ALTER TABLE wire_quarantine ADD COLUMN dropped_by INTEGER REFERENCES staff (id);
ALTER TABLE wire_quarantine ADD COLUMN drop_reason TEXT NOT NULL DEFAULT '';
