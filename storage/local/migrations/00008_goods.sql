-- The goods: what a product's card holds, the history of prices, categories,
-- tiles of the sale screen, documents of the stock. Conventions are those of
-- the first migration.

-- +goose Up
ALTER TABLE products ADD COLUMN cost INTEGER NOT NULL DEFAULT 0 CHECK (cost >= 0);
ALTER TABLE products ADD COLUMN min_stock INTEGER NOT NULL DEFAULT 0 CHECK (min_stock >= 0);
ALTER TABLE products ADD COLUMN article TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN scale_code TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN image TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX products_by_scale ON products (scale_code) WHERE scale_code <> '';
CREATE INDEX products_by_category ON products (category, folded, id) WHERE category <> '';
CREATE INDEX products_with_minimum ON products (n) WHERE min_stock > 0 AND archived = 0;
CREATE INDEX products_by_image ON products (image) WHERE image <> '';

ALTER TABLE cheque_lines ADD COLUMN cost INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sale_lines ADD COLUMN cost INTEGER NOT NULL DEFAULT 0;

-- Movements from here on name a document that the self-check looks up; those
-- before were made while a stock could be edited without one.
INSERT INTO meta (key, value) SELECT 'stock.traced_after', CAST(coalesce(max(n), 0) AS TEXT) FROM stock_moves;
CREATE INDEX stock_moves_by_product ON stock_moves (product);

CREATE TABLE price_history (
    n        INTEGER PRIMARY KEY,
    product  TEXT    NOT NULL,
    what     TEXT    NOT NULL CHECK (what IN ('price', 'cost')),
    was      INTEGER NOT NULL,
    now      INTEGER NOT NULL,
    doc      TEXT    NOT NULL,
    employee TEXT    NOT NULL,
    at       INTEGER
) STRICT;
CREATE INDEX price_history_by_product ON price_history (product, n);

CREATE TABLE categories (
    id       TEXT    NOT NULL PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,
    parent   TEXT    NOT NULL,
    colour   INTEGER NOT NULL CHECK (colour >= 0),
    place    INTEGER NOT NULL,
    archived INTEGER NOT NULL CHECK (archived IN (0, 1))
) STRICT, WITHOUT ROWID;
-- The names goods go by until now become categories, in the order of names.
INSERT INTO categories (id, name, parent, colour, place, archived)
    SELECT lower(hex(randomblob(4))) || '-0000-7000-8000-' || lower(hex(randomblob(6))), category, '', 0,
        row_number() OVER (ORDER BY category), 0
    FROM (SELECT DISTINCT category FROM products WHERE category <> '');

CREATE TABLE tiles (
    page     INTEGER NOT NULL CHECK (page >= 0),
    place    INTEGER NOT NULL CHECK (place >= 0),
    product  TEXT    NOT NULL,
    category TEXT    NOT NULL,
    colour   INTEGER NOT NULL CHECK (colour >= 0),
    PRIMARY KEY (page, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE stock_docs (
    n          INTEGER PRIMARY KEY,
    id         TEXT    NOT NULL UNIQUE,
    kind       TEXT    NOT NULL CHECK (kind IN ('receiving', 'writeoff', 'stocktake')),
    number     INTEGER CHECK (number > 0), -- NULL while it is a draft
    supplier   TEXT    NOT NULL,
    invoice    TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    category   TEXT    NOT NULL,
    blind      INTEGER NOT NULL CHECK (blind IN (0, 1)),
    reverses   TEXT    NOT NULL,
    created_at INTEGER,
    created_by TEXT    NOT NULL,
    posted_at  INTEGER,
    posted_by  TEXT    NOT NULL,
    rev        INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX stock_docs_by_number ON stock_docs (kind, number) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX stock_docs_reversed ON stock_docs (reverses) WHERE reverses <> '';

CREATE TABLE stock_lines (
    doc       INTEGER NOT NULL REFERENCES stock_docs (n) ON DELETE CASCADE,
    no        INTEGER NOT NULL CHECK (no > 0),
    product   TEXT    NOT NULL,
    sku       TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    unit      TEXT    NOT NULL,
    qty       INTEGER NOT NULL,
    cost      INTEGER NOT NULL,
    new_price INTEGER NOT NULL,
    book      INTEGER NOT NULL,
    moved     INTEGER NOT NULL,
    PRIMARY KEY (doc, no)
) STRICT, WITHOUT ROWID;

-- New rights of those who hold all there are.
UPDATE groups SET rights = rights || ' stock stock.adjust' WHERE id IN ('owner', 'admin') AND rights NOT LIKE '% stock.adjust%';

-- ------------------------------------------------------ what is never edited
-- +goose StatementBegin
CREATE TRIGGER price_history_keep BEFORE UPDATE ON price_history BEGIN SELECT RAISE(ABORT, 'the history of prices is never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER price_history_stay BEFORE DELETE ON price_history BEGIN SELECT RAISE(ABORT, 'the history of prices is never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER stock_moves_keep BEFORE UPDATE ON stock_moves BEGIN SELECT RAISE(ABORT, 'stock moves are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER stock_moves_stay BEFORE DELETE ON stock_moves BEGIN SELECT RAISE(ABORT, 'stock moves are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER stock_docs_keep BEFORE UPDATE ON stock_docs WHEN OLD.number IS NOT NULL BEGIN SELECT RAISE(ABORT, 'posted documents are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER stock_docs_stay BEFORE DELETE ON stock_docs WHEN OLD.number IS NOT NULL BEGIN SELECT RAISE(ABORT, 'posted documents are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER stock_lines_keep BEFORE UPDATE ON stock_lines WHEN (SELECT number FROM stock_docs WHERE n = OLD.doc) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'lines of posted documents are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER stock_lines_stay BEFORE DELETE ON stock_lines WHEN (SELECT number FROM stock_docs WHERE n = OLD.doc) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'lines of posted documents are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER stock_lines_none BEFORE INSERT ON stock_lines WHEN (SELECT number FROM stock_docs WHERE n = NEW.doc) IS NOT NULL BEGIN SELECT RAISE(ABORT, 'posted documents take no lines'); END;
-- +goose StatementEnd
