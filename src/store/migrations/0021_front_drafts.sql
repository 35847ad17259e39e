-- Drafts of fronts: a front of its own that no address leads to, with the slots that will take the
-- place of those that readers have.  revision: goes up with each change that readers see; of a
-- draft, what it was when the draft was begun.

ALTER TABLE front ADD COLUMN draft_of INTEGER REFERENCES front (id) ON DELETE CASCADE;
ALTER TABLE front ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE front ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0; -- 0: not since this is known
ALTER TABLE front ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';   -- empty: at the command line
CREATE UNIQUE INDEX front_draft_of ON front (draft_of) WHERE draft_of IS NOT NULL;

ALTER TABLE slot ADD COLUMN was INTEGER; -- of a draft: the slot that it was made from
