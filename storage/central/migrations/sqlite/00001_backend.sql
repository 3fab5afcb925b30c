-- What the backend keeps, on SQLite. The twin of ../postgres/00001_backend.sql:
-- the same names, the same order. Times are Unix milliseconds, 0 for none; money
-- is minor units; ids are text.

-- +goose Up
PRAGMA application_id = 1262572354; -- 'KASB'

CREATE TABLE tills (
    id          TEXT    NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    token       TEXT    NOT NULL, -- SHA-256 of the credential; '' for the till that carries the backend
    joined      INTEGER NOT NULL,
    seen        INTEGER NOT NULL,
    revoked     INTEGER NOT NULL,
    epoch       INTEGER NOT NULL, -- its head, as it last sent it
    events      INTEGER NOT NULL,
    trail       TEXT    NOT NULL,
    entries     INTEGER NOT NULL,
    journal     TEXT    NOT NULL,
    queue       INTEGER NOT NULL,
    held        INTEGER NOT NULL DEFAULT 0, -- its messages that are here, and the place of the newest
    held_epoch  INTEGER NOT NULL DEFAULT 0,
    held_seq    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX tills_token ON tills (token) WHERE token <> '';

CREATE TABLE enrolments (
    code  TEXT    NOT NULL PRIMARY KEY, -- SHA-256
    name  TEXT    NOT NULL,
    made  INTEGER NOT NULL,
    ends  INTEGER NOT NULL,
    used  INTEGER NOT NULL,
    till  TEXT    NOT NULL,
    token TEXT    NOT NULL
) STRICT;

CREATE TABLE messages (
    id       TEXT    NOT NULL PRIMARY KEY,
    till     TEXT    NOT NULL,
    epoch    INTEGER NOT NULL CHECK (epoch >= 1),
    seq      INTEGER NOT NULL CHECK (seq >= 1),
    kind     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    object   TEXT    NOT NULL,
    digest   TEXT    NOT NULL,
    body     BLOB, -- NULL in the carried backend: the till has it
    at       INTEGER NOT NULL,
    received INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX messages_place ON messages (till, epoch, seq);
CREATE INDEX messages_subject ON messages (subject);

CREATE TABLE apart (
    id       TEXT    NOT NULL,
    till     TEXT    NOT NULL,
    epoch    INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    object   TEXT    NOT NULL,
    digest   TEXT    NOT NULL,
    body     BLOB    NOT NULL,
    at       INTEGER NOT NULL,
    received INTEGER NOT NULL,
    why      TEXT    NOT NULL,
    PRIMARY KEY (till, id, digest, epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
    id     TEXT    NOT NULL PRIMARY KEY,
    till   TEXT    NOT NULL,
    kind   TEXT    NOT NULL,
    about  TEXT    NOT NULL,
    detail TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    by_who TEXT    NOT NULL,
    note   TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX cases_open ON cases (till, kind, about) WHERE closed = 0;
CREATE INDEX cases_newest ON cases (at);
