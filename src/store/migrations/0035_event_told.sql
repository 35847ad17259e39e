-- What open pages are told (live/word.c) stands among all else that the log has, and what must not
-- stand on one any more, among that.  The statements of event.sql say the same kinds in the same
-- order.

CREATE INDEX event_told ON event (id) WHERE kind IN (
    'story_published', 'story_updated', 'story_moved', 'story_corrected', 'story_withdrawn',
    'story_killed', 'story_expired', 'breaking_told', 'breaking_changed', 'breaking_ended',
    'front_changed', 'entry_published', 'entry_changed', 'entry_withdrawn', 'coverage_changed');

CREATE INDEX event_gone ON event (id) WHERE kind IN (
    'story_withdrawn', 'story_killed', 'story_expired', 'entry_withdrawn');

-- Breaking news whose words were changed: since when it says something else.
ALTER TABLE breaking ADD COLUMN corrected_at INTEGER;
