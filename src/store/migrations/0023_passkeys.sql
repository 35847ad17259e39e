-- Passkeys: what a device keeps of itself, we keep the public half of.

CREATE TABLE staff_passkey (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    staff      INTEGER NOT NULL REFERENCES staff (id),
    host       TEXT NOT NULL,                -- that it is bound to
    credential BLOB NOT NULL UNIQUE,         -- the name that the device gave it
    algorithm  INTEGER NOT NULL,             -- COSE
    public_key BLOB NOT NULL,
    sign_count INTEGER NOT NULL,             -- at its last use; 0: the device does not count
    name       TEXT NOT NULL,
    made_at    INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;
CREATE INDEX staff_passkey_of ON staff_passkey (staff);
