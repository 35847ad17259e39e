-- Working copies: what is being written.  No statement here is for a reader's page.

-- name: working_of
-- The working copy of a story, without its words.
-- in: story int
-- out: revision int, last int, synced int, version int, offered int, is_changed bool, saved_at time
-- one
SELECT revision, last, synced, version, offered, is_changed, saved_at FROM working WHERE story = :story;

-- name: working_add
-- A story gets its working copy.
-- in: story int, at time
-- run
INSERT INTO working (story, revision, last, synced, version, is_changed, saved_at)
VALUES (:story, 0, 0, 0, 0, 0, :at);

-- name: working_set
-- Where it stands now.
-- in: story int, revision int, last int, synced int, version int, offered int, is_changed bool,
--     saved_at time
-- run
UPDATE working SET revision = :revision, last = :last, synced = :synced, version = :version,
       offered = :offered, is_changed = :is_changed, saved_at = :saved_at
 WHERE story = :story;

-- name: working_story
-- What a story is to those who write it.
-- in: story int
-- out: version int, section int, language text, public_state int, public_at time?, path text?,
--      made_by int?, assigned_to int?, stage text
-- one
SELECT version, section, language, public_state, public_at, path, made_by, assigned_to, stage
  FROM story WHERE id = :story;

-- name: version_words
-- What a version of a story said; not of one that is hidden.
-- in: story int, number int
-- out: made_at time, headline text, front_headline text, search_headline text,
--      social_headline text, letter_headline text, kicker text, standfirst text, dateline text,
--      credit text, copyright text, body json
-- one
SELECT made_at, headline, front_headline, search_headline, social_headline, letter_headline, kicker,
       standfirst, dateline, credit, copyright, body
  FROM story_version WHERE story = :story AND number = :number AND is_hidden = 0;

-- name: working_show
-- A story of which there is no version yet is listed as it is being written; nobody else sees it.
-- in: story int, section int, language text, headline text, byline text, at time
-- run
UPDATE story SET section = :section, language = :language, headline = :headline, byline = :byline,
       changed_at = :at
 WHERE id = :story AND version = 0;

-- name: story_begin
-- A new story of which there is no version yet; its number.
-- in: section int, language text, type text, at time, made_by int?
-- out: story int
-- one
INSERT INTO story (section, language, type, changed_at, created_at, headline, made_by, stage)
VALUES (:section, :language, :type, :at, :at, '', :made_by, 'draft') RETURNING id;

-- name: story_written_set
-- What the desk says of a story beside its words.
-- in: story int, type text, slug text, rights_note text
-- run
UPDATE story SET type = :type, slug = :slug, rights_note = :rights_note WHERE id = :story;

-- name: story_written
-- The same, read.
-- in: story int
-- out: type text, slug text, rights_note text, is_opinion bool
-- one
SELECT s.type, s.slug, s.rights_note, c.is_opinion
  FROM story s JOIN section c ON c.id = s.section WHERE s.id = :story;

-- name: story_related_ids
-- What the desk has tied to a story, in its order.
-- in: story int
-- out: other int
-- many
SELECT other FROM story_related WHERE story = :story ORDER BY position, other LIMIT 20;

-- name: story_hero_lent
-- Does a film of its text lead a story only because it has no main picture?
-- in: story int
-- out: is_lent bool
-- one
SELECT EXISTS (SELECT 1 FROM story s JOIN story_media t ON t.story = s.id AND t.media = s.hero
                 JOIN film f ON f.media = s.hero WHERE s.id = :story);

-- name: section_is
-- Is there such a section?
-- in: section int
-- out: is_there bool
-- one
SELECT EXISTS (SELECT 1 FROM section WHERE id = :section);

-- --- revisions

-- name: revision_add
-- Keep a save.
-- in: story int, number int, kind text, name text, at time, staff int?, who text, editor text,
--     base int, headline text, words int, copy json
-- run
INSERT INTO revision (story, number, kind, name, at, staff, who, editor, base, headline, words, copy)
VALUES (:story, :number, :kind, :name, :at, :staff, :who, :editor, :base, :headline, :words, :copy);

-- name: revision_at
-- One save with its words.
-- in: story int, number int
-- out: number int, kind text, name text, at time, staff int?, who text, editor text, base int,
--      headline text, words int, copy json
-- one
SELECT number, kind, name, at, staff, who, editor, base, headline, words, copy
  FROM revision WHERE story = :story AND number = :number;

-- name: revision_base
-- The save that another was made from; where it is swept, the one before it that is still there.
-- in: story int, number int
-- out: like revision_at
-- one
SELECT number, kind, name, at, staff, who, editor, base, headline, words, copy
  FROM revision WHERE story = :story AND number <= :number AND kind NOT IN ('aside', 'offered')
 ORDER BY number DESC LIMIT 1;

-- name: revision_own
-- What this page has saved since another save by itself: its answer did not come through.
-- in: story int, number int, editor text
-- out: like revision_at
-- one
SELECT number, kind, name, at, staff, who, editor, base, headline, words, copy
  FROM revision WHERE story = :story AND number > :number AND editor = :editor AND kind = 'auto'
 ORDER BY number DESC LIMIT 1;

-- name: revision_first
-- The oldest save that is still there.
-- in: story int
-- out: like revision_at
-- one
SELECT number, kind, name, at, staff, who, editor, base, headline, words, copy
  FROM revision WHERE story = :story AND kind NOT IN ('aside', 'offered') ORDER BY number LIMIT 1;

-- name: revision_came
-- What came from outside the editor last: what the next that comes is compared with.
-- in: story int
-- out: like revision_at
-- one
SELECT number, kind, name, at, staff, who, editor, base, headline, words, copy
  FROM revision WHERE story = :story AND kind = 'taken' ORDER BY number DESC LIMIT 1;

-- name: working_is_own
-- Has the desk made a version of it: are there more than copy over the wire has made?
-- in: story int
-- out: is_own bool
-- one
SELECT version > (SELECT count(*) FROM wire_item w WHERE w.story = s.id
                     AND w.done IN ('draft', 'published', 'scheduled', 'updated', 'corrected'))
  FROM story s WHERE id = :story;

-- name: story_embargo_raise
-- Not before this either.
-- in: story int, at time
-- run
UPDATE story SET embargo_at = :at WHERE id = :story AND (embargo_at IS NULL OR embargo_at < :at);

-- name: revisions_by_others
-- Has anything that stands been saved since by another page than this one?
-- in: story int, number int, editor text
-- out: some bool
-- one
SELECT EXISTS (SELECT 1 FROM revision WHERE story = :story AND number > :number
                  AND kind NOT IN ('aside', 'offered') AND editor <> :editor);

-- name: revisions_fold
-- What somebody has saved since the last one with a name, in one sitting, is listed no more: the
-- newest has it.
-- in: story int, number int, staff int, since time, at time
-- run
UPDATE revision SET folded_at = :at
 WHERE story = :story AND number < :number AND coalesce(staff, 0) = :staff
   AND kind IN ('auto', 'merged') AND folded_at IS NULL AND at >= :since
   AND number > (SELECT coalesce(max(number), 0) FROM revision
                  WHERE story = :story AND number < :number
                    AND kind IN ('named', 'restored', 'published', 'taken'));

-- name: revisions_fold_aside
-- What a page has sent again and again and was set aside: the newest has it all.
-- in: story int, number int, editor text, base int, at time
-- run
UPDATE revision SET folded_at = :at
 WHERE story = :story AND number < :number AND editor = :editor AND base = :base
   AND kind = 'aside' AND folded_at IS NULL AND editor <> '';

-- name: revisions_listed
-- The saves of a story, the newest first, without those that are folded.
-- in: story int, before int, many int
-- out: number int, kind text, name text, at time, who text, headline text, words int
-- many
SELECT number, kind, name, at, who, headline, words FROM revision
 WHERE story = :story AND number < :before AND folded_at IS NULL
 ORDER BY number DESC LIMIT :many;

-- name: revisions_crowd
-- Of a story's folded saves only the newest stay; `but` stays in any case.
-- in: story int, many int, but int
-- run
DELETE FROM revision WHERE story = :story AND folded_at IS NOT NULL AND number <> :but
   AND number <= (SELECT number FROM revision
                   WHERE story = :story AND folded_at IS NOT NULL
                   ORDER BY number DESC LIMIT 1 OFFSET :many);

-- name: revisions_old
-- Is there a folded save to be swept?
-- in: before time
-- out: some bool
-- one
SELECT EXISTS (SELECT 1 FROM revision r JOIN working w ON w.story = r.story
                WHERE r.folded_at < :before AND r.number <> w.synced);

-- name: revisions_sweep
-- Folded saves of another day go; never the one that says what readers have.
-- in: before time, many int
-- run
DELETE FROM revision WHERE id IN (
       SELECT r.id FROM revision r JOIN working w ON w.story = r.story
        WHERE r.folded_at < :before AND r.number <> w.synced LIMIT :many);
