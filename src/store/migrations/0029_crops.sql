-- Crops that an editor has set: which part of a picture stands for it in each shape of the theme
-- (media/crop.h: four numbers in tenths of a per cent; empty: its focal point decides), and which
-- renditions of that part are there, as in `ready`.  A new crop sets `state` to waiting.

ALTER TABLE media ADD COLUMN crop_wide TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN ready_wide INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN crop_square TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN ready_square INTEGER NOT NULL DEFAULT 0;
