-- Where on the story's page a correction stands, and how it came about, which readers never see.
-- Those that stand already stay at the foot.

ALTER TABLE story_version ADD COLUMN is_at_top INTEGER NOT NULL DEFAULT 0 CHECK (is_at_top IN (0, 1));
ALTER TABLE story_version ADD COLUMN why TEXT NOT NULL DEFAULT '';
