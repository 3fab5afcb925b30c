-- Who decided what about the shop, and when: one row for each setting changed.

-- +goose Up
CREATE TABLE settings_history (
    n        INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    employee TEXT    NOT NULL, -- '' where nobody at the till did it
    key      TEXT    NOT NULL CHECK (key <> ''),
    old      TEXT    NOT NULL,
    new      TEXT    NOT NULL,
    secret   INTEGER NOT NULL CHECK (secret IN (0, 1)),
    source   TEXT    NOT NULL CHECK (source IN ('till', 'file', 'environment')),
    reverts  INTEGER NOT NULL CHECK (reverts >= 0 AND reverts < n), -- the change taken back, 0 for none
    CHECK (secret = 0 OR (old = '' AND new = ''))
) STRICT;
CREATE INDEX settings_history_of ON settings_history (key, n);

-- +goose StatementBegin
CREATE TRIGGER settings_history_keep BEFORE UPDATE ON settings_history
BEGIN SELECT RAISE(ABORT, 'what was decided is never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settings_history_stay BEFORE DELETE ON settings_history
BEGIN SELECT RAISE(ABORT, 'what was decided is never forgotten'); END;
-- +goose StatementEnd

-- The right to put a copy into the place of the data is new: the owner has every
-- right, nobody else gets it unasked.
UPDATE groups SET rights = rights || ' restore'
WHERE id = 'owner' AND ' ' || rights || ' ' NOT LIKE '% restore %';
