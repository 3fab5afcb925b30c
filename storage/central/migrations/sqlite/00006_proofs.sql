-- Files that show that money moved, apart from the orders they belong to, on SQLite.
-- The twin of ../postgres/00006_proofs.sql.

-- +goose Up
CREATE TABLE manual_proofs (
    id       TEXT    NOT NULL PRIMARY KEY,
    order_id TEXT    NOT NULL,
    digest   TEXT    NOT NULL, -- SHA-256
    at       INTEGER NOT NULL,
    gone     INTEGER NOT NULL CHECK (gone IN (0, 1)),
    file     BLOB    NOT NULL
) STRICT;
CREATE INDEX manual_proofs_order ON manual_proofs (order_id, id);
