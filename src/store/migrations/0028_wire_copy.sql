-- An item of copy as the desk looks at it: with its story, who took or spiked it, and whether a newer one
-- has come.

CREATE VIEW wire_copy AS
SELECT w.id AS item, w.raw, w.dialect, w.kind, w.guid, w.version, w.status, w.headline, w.source,
       w.urgency, w.embargo_at, w.received_at, w.held_until, w.done, w.story, w.media, w.taken_at,
       coalesce(t.name, '') AS taker, w.spiked_at, coalesce(k.name, '') AS spiker, w.spike_reason,
       s.public_state, s.version AS story_version, s.stage, s.made_by, s.assigned_to, s.language,
       s.section,
       EXISTS (SELECT 1 FROM wire_item n WHERE n.guid = w.guid AND n.id > w.id
                  AND n.story IS NOT NULL) AS is_old
  FROM wire_item w LEFT JOIN story s ON s.id = w.story
  LEFT JOIN staff t ON t.id = w.taken_by LEFT JOIN staff k ON k.id = w.spiked_by;
