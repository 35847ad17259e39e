-- The people of the paper: accounts, what proves who they are, where they are signed in, and the log
-- of all that is done.  Tokens and codes stand here as fingerprints only.

CREATE TABLE staff_role (
    word       TEXT PRIMARY KEY,               -- of roles that the paper has made itself
    name       TEXT NOT NULL UNIQUE,
    privileges TEXT NOT NULL                   -- words of staff/privilege.h, a space between
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id            INTEGER PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE,        -- lower case
    name          TEXT NOT NULL,
    role          TEXT NOT NULL,               -- of staff/privilege.h, or of staff_role
    state         INTEGER NOT NULL,            -- staff/staff.h
    password      TEXT NOT NULL DEFAULT '',    -- argon2id; empty: none yet
    password_at   INTEGER,
    totp          BLOB,                        -- the shared secret; NULL: no second factor
    totp_at       INTEGER,
    totp_step     INTEGER NOT NULL DEFAULT 0,  -- the newest step that was used: none older is taken
    totp_offered  BLOB,                        -- shown to be scanned, not confirmed yet
    made_at       INTEGER NOT NULL,
    seen_at       INTEGER
) STRICT;

CREATE TABLE staff_code (
    staff   INTEGER NOT NULL REFERENCES staff (id),
    code    BLOB NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (staff, code)
) STRICT, WITHOUT ROWID;

-- One-time links: the first sign-in, an invitation, a new password.
CREATE TABLE staff_link (
    token    BLOB PRIMARY KEY,
    kind     INTEGER NOT NULL,
    staff    INTEGER REFERENCES staff (id),    -- NULL: the first of all
    made_at  INTEGER NOT NULL,
    until_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_link_of ON staff_link (staff);

CREATE TABLE staff_session (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    token    BLOB NOT NULL UNIQUE,
    staff    INTEGER NOT NULL REFERENCES staff (id),
    is_whole INTEGER NOT NULL,                 -- 0: the second factor is still owed
    made_at  INTEGER NOT NULL,
    seen_at  INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    proved_at INTEGER NOT NULL,                -- when the password was last given
    address  TEXT NOT NULL,
    agent    TEXT NOT NULL
) STRICT;
CREATE INDEX staff_session_of ON staff_session (staff);

-- Devices that somebody has signed in from: they are not slowed down by what strangers try.
CREATE TABLE staff_device (
    token   BLOB PRIMARY KEY,
    staff   INTEGER NOT NULL REFERENCES staff (id),
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_device_of ON staff_device (staff);

-- Who did what, when, from where; before and after.
CREATE TABLE audit (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    staff      INTEGER REFERENCES staff (id),  -- NULL: nobody who is signed in
    who        TEXT NOT NULL,                  -- the name at that time
    act        TEXT NOT NULL,                  -- a word of news/audit.h
    subject    INTEGER NOT NULL,               -- an id; of what, the act says; 0: none
    label      TEXT NOT NULL,                  -- what it was called at that time
    address    TEXT NOT NULL,
    agent      TEXT NOT NULL,
    was        TEXT NOT NULL,                  -- lines "field: value"
    is_now     TEXT NOT NULL
) STRICT;
CREATE INDEX audit_staff ON audit (staff, id);
CREATE INDEX audit_act ON audit (act, id);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
