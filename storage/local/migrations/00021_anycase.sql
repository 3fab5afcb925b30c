-- A code typed by hand may come in other cases than it is kept in, letter by
-- letter. Only codes with letters are in these: the numbers of makers of goods cost
-- nothing more.

-- +goose Up
CREATE INDEX barcodes_any_case ON barcodes (code COLLATE NOCASE) WHERE code GLOB '*[A-Za-z]*';
CREATE INDEX products_sku_any_case ON products (sku COLLATE NOCASE) WHERE sku GLOB '*[A-Za-z]*';
