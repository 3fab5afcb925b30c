-- What the backend keeps, on PostgreSQL. The twin of ../sqlite/00001_backend.sql:
-- the same names, the same order. Times are Unix milliseconds, 0 for none; money
-- is minor units; ids are text.

-- +goose Up
CREATE TABLE tills (
    id          TEXT    NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    token       TEXT    NOT NULL, -- SHA-256 of the credential; '' for the till that carries the backend
    joined      BIGINT NOT NULL,
    seen        BIGINT NOT NULL,
    revoked     BIGINT NOT NULL,
    epoch       BIGINT NOT NULL, -- its head, as it last sent it
    events      BIGINT NOT NULL,
    trail       TEXT    NOT NULL,
    entries     BIGINT NOT NULL,
    journal     TEXT    NOT NULL,
    queue       BIGINT NOT NULL,
    held        BIGINT NOT NULL DEFAULT 0, -- its messages that are here, and the place of the newest
    held_epoch  BIGINT NOT NULL DEFAULT 0,
    held_seq    BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX tills_token ON tills (token) WHERE token <> '';

CREATE TABLE enrolments (
    code  TEXT    NOT NULL PRIMARY KEY, -- SHA-256
    name  TEXT    NOT NULL,
    made  BIGINT NOT NULL,
    ends  BIGINT NOT NULL,
    used  BIGINT NOT NULL,
    till  TEXT    NOT NULL,
    token TEXT    NOT NULL
);

CREATE TABLE messages (
    id       TEXT    NOT NULL PRIMARY KEY,
    till     TEXT    NOT NULL,
    epoch    BIGINT NOT NULL CHECK (epoch >= 1),
    seq      BIGINT NOT NULL CHECK (seq >= 1),
    kind     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    object   TEXT    NOT NULL,
    digest   TEXT    NOT NULL,
    body     BYTEA, -- NULL in the carried backend: the till has it
    at       BIGINT NOT NULL,
    received BIGINT NOT NULL
);
CREATE UNIQUE INDEX messages_place ON messages (till, epoch, seq);
CREATE INDEX messages_subject ON messages (subject);

CREATE TABLE apart (
    id       TEXT    NOT NULL,
    till     TEXT    NOT NULL,
    epoch    BIGINT NOT NULL,
    seq      BIGINT NOT NULL,
    kind     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    object   TEXT    NOT NULL,
    digest   TEXT    NOT NULL,
    body     BYTEA    NOT NULL,
    at       BIGINT NOT NULL,
    received BIGINT NOT NULL,
    why      TEXT    NOT NULL,
    PRIMARY KEY (till, id, digest, epoch, seq)
);

CREATE TABLE cases (
    id     TEXT    NOT NULL PRIMARY KEY,
    till   TEXT    NOT NULL,
    kind   TEXT    NOT NULL,
    about  TEXT    NOT NULL,
    detail TEXT    NOT NULL,
    at     BIGINT NOT NULL,
    closed BIGINT NOT NULL,
    by_who TEXT    NOT NULL,
    note   TEXT    NOT NULL
);
CREATE UNIQUE INDEX cases_open ON cases (till, kind, about) WHERE closed = 0;
CREATE INDEX cases_newest ON cases (at);
