-- Up to what sum a person decides and gives back. The twin of
-- ../postgres/00009_caps.sql.

-- +goose Up
ALTER TABLE people ADD COLUMN decide_cap INTEGER NOT NULL DEFAULT -1; -- -1: no bound
ALTER TABLE people ADD COLUMN refund_cap INTEGER NOT NULL DEFAULT -1;
ALTER TABLE people ADD COLUMN cap_in TEXT NOT NULL DEFAULT ''; -- the currency of both
