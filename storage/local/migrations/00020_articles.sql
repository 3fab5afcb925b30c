-- Goods are looked for by their supplier's number too: lists of accounting
-- programs bring it beside the shop's own.

-- +goose Up
CREATE INDEX products_by_article ON products (article) WHERE article <> '';
