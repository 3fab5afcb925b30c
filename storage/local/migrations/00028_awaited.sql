-- Manual payments that are to pay a sale: which order a tender waits for, and what
-- the till knows of it.

-- +goose Up
ALTER TABLE tenders      ADD COLUMN paid_order TEXT NOT NULL DEFAULT '';
ALTER TABLE sale_tenders ADD COLUMN paid_order TEXT NOT NULL DEFAULT '';

CREATE TABLE awaited (
    id         TEXT    PRIMARY KEY, -- of the order
    sale       TEXT    NOT NULL,
    merchant   TEXT    NOT NULL,
    account    TEXT    NOT NULL,    -- the merchant's name
    currency   TEXT    NOT NULL,
    amount     INTEGER NOT NULL CHECK (amount > 0),
    total      INTEGER NOT NULL,
    customer   TEXT    NOT NULL,
    asked_at   INTEGER NOT NULL,
    asked_by   TEXT    NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('open', 'approved', 'declined', 'completed', 'refunded')),
    price      INTEGER NOT NULL,
    price_in   TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    expired    INTEGER NOT NULL CHECK (expired IN (0, 1)),
    decided_at INTEGER,             -- NULL while nobody did
    taken      INTEGER NOT NULL CHECK (taken IN (0, 1)),
    loose      INTEGER NOT NULL CHECK (loose IN (0, 1)),
    told       INTEGER NOT NULL CHECK (told IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX awaited_sale ON awaited (sale);
CREATE INDEX awaited_news ON awaited (decided_at, id) WHERE told = 0 AND state <> 'open';
