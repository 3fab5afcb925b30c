-- What goes to the printer, and what became of it. A slip's words never change;
-- only what was printed or withdrawn is forgotten after a while.

-- +goose Up
CREATE TABLE prints (
    n        INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL UNIQUE,
    kind     TEXT    NOT NULL,
    doc      TEXT    NOT NULL,
    title    TEXT    NOT NULL,
    lines    TEXT    NOT NULL, -- one below the other
    qr       TEXT    NOT NULL,
    copies   INTEGER NOT NULL CHECK (copies BETWEEN 1 AND 9),
    state    TEXT    NOT NULL CHECK (state IN ('waiting', 'printing', 'done', 'failed', 'unknown', 'withdrawn')),
    cause    TEXT    NOT NULL,
    detail   TEXT    NOT NULL, -- JSON object of texts
    tries    INTEGER NOT NULL CHECK (tries >= 0),
    employee TEXT    NOT NULL,
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX prints_open ON prints (state) WHERE state NOT IN ('done', 'withdrawn');

-- +goose StatementBegin
CREATE TRIGGER prints_keep BEFORE UPDATE OF id, kind, doc, title, lines, qr, employee, at ON prints
BEGIN SELECT RAISE(ABORT, 'what a slip says is never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER prints_stay BEFORE DELETE ON prints WHEN OLD.state NOT IN ('done', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'a slip that did not print is not forgotten'); END;
-- +goose StatementEnd

-- The right to open the drawer by hand is new: whoever may take cash out has it.
UPDATE groups SET rights = rights || ' drawer.open'
WHERE ' ' || rights || ' ' LIKE '% cash.out %' AND ' ' || rights || ' ' NOT LIKE '% drawer.open %';
