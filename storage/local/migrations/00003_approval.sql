-- What a group may do alone has a cap where it has a sum; what goes beyond is
-- approved by another employee, once.

-- +goose Up
ALTER TABLE groups ADD COLUMN caps TEXT NOT NULL DEFAULT ''; -- right=minor units, separated by spaces

CREATE TABLE approvals (
    n          INTEGER PRIMARY KEY,
    id         TEXT    NOT NULL UNIQUE,
    right      TEXT    NOT NULL,
    sum        INTEGER NOT NULL CHECK (sum >= 0),
    subject    TEXT    NOT NULL,
    asked_by   TEXT    NOT NULL,
    granted_by TEXT    NOT NULL CHECK (granted_by <> asked_by),
    reason     TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    expires    INTEGER NOT NULL CHECK (expires > at),
    used_at    INTEGER,
    used_for   TEXT    NOT NULL,
    CHECK (used_at IS NOT NULL OR used_for = '')
) STRICT;
CREATE INDEX approvals_by_time ON approvals (at);

-- The mark of its use is put once; nothing else ever changes.
-- +goose StatementBegin
CREATE TRIGGER approvals_keep BEFORE UPDATE ON approvals
WHEN OLD.used_at IS NOT NULL OR NEW.used_at IS NULL OR NEW.n <> OLD.n OR NEW.id <> OLD.id OR NEW.right <> OLD.right
    OR NEW.sum <> OLD.sum OR NEW.subject <> OLD.subject OR NEW.asked_by <> OLD.asked_by
    OR NEW.granted_by <> OLD.granted_by OR NEW.reason <> OLD.reason OR NEW.at <> OLD.at OR NEW.expires <> OLD.expires
BEGIN SELECT RAISE(ABORT, 'approvals are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approvals_stay BEFORE DELETE ON approvals BEGIN SELECT RAISE(ABORT, 'approvals are never deleted'); END;
-- +goose StatementEnd
