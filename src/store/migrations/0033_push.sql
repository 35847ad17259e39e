-- Devices that are told breaking news, by the push services of their browsers (live/push.h).

CREATE TABLE push_key (
    id      INTEGER PRIMARY KEY CHECK (id = 1), -- the paper has one
    secret  TEXT NOT NULL,                      -- base64url
    open    TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE push_device (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    endpoint TEXT NOT NULL UNIQUE, -- whoever knows it may take it away
    p256dh   TEXT NOT NULL,
    auth     TEXT NOT NULL,
    made_at  INTEGER NOT NULL
) STRICT;
