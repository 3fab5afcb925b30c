-- A provider may make the code itself, as long as it likes; what is entered is
-- measured by it. All codes so far were the till's own.

-- +goose Up
ALTER TABLE challenges ADD COLUMN digits INTEGER NOT NULL DEFAULT 6 CHECK (digits BETWEEN 0 AND 8);
