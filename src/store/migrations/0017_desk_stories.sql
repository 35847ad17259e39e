-- The newsroom lists its stories by what changed last.

CREATE INDEX story_changed ON story (changed_at DESC, id DESC);
