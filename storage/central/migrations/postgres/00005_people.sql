-- People who may sign in, their sessions, and how often somebody tried. The twin of
-- ../sqlite/00005_people.sql.

-- +goose Up
CREATE TABLE people (
    id       TEXT    NOT NULL PRIMARY KEY,
    email    TEXT    NOT NULL,
    level    TEXT    NOT NULL CHECK (level IN ('see', 'decide', 'refund', 'owner')),
    password TEXT    NOT NULL, -- argon2id; '' until it is set
    secret   TEXT    NOT NULL, -- of the authenticator
    offered  TEXT    NOT NULL,
    step     BIGINT NOT NULL,
    added    BIGINT NOT NULL,
    revoked  BIGINT NOT NULL
);
CREATE UNIQUE INDEX people_email ON people (email) WHERE revoked = 0;

CREATE TABLE password_links (
    hash   TEXT    NOT NULL PRIMARY KEY, -- SHA-256
    person TEXT    NOT NULL,
    made   BIGINT NOT NULL,
    ends   BIGINT NOT NULL,
    used   BIGINT NOT NULL
);
CREATE INDEX password_links_person ON password_links (person);

CREATE TABLE sessions (
    id       TEXT    NOT NULL PRIMARY KEY,
    token    TEXT    NOT NULL, -- SHA-256
    person   TEXT    NOT NULL,
    agent    TEXT    NOT NULL,
    from_at  TEXT    NOT NULL,
    made     BIGINT NOT NULL,
    seen     BIGINT NOT NULL,
    ends     BIGINT NOT NULL,
    half     BIGINT NOT NULL
);
CREATE UNIQUE INDEX sessions_token ON sessions (token);
CREATE INDEX sessions_person ON sessions (person, made);

CREATE TABLE tries (
    what  TEXT    NOT NULL PRIMARY KEY,
    count BIGINT NOT NULL,
    since BIGINT NOT NULL
);

ALTER TABLE cases ADD COLUMN seen BIGINT NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN seen_by TEXT NOT NULL DEFAULT '';

CREATE INDEX messages_sold ON messages (at)
    WHERE kind IN ('sale.completed', 'return.completed', 'tender.corrected');
