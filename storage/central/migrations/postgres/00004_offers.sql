-- What sort of thing an offer is, on PostgreSQL. The twin of ../sqlite/00004_offers.sql.

-- +goose Up
ALTER TABLE manual_offers ADD COLUMN kind TEXT NOT NULL DEFAULT 'text' CHECK (kind IN ('product', 'service', 'text'));
ALTER TABLE manual_offers ADD COLUMN product TEXT NOT NULL DEFAULT '';
