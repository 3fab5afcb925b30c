-- Lines and tenders of sales under numbers of their own: the sale's epoch and
-- number with the place within it in the last eleven bits. They were kept in the
-- order of (sale, place), a tree that holds whole lines in its upper pages: an old
-- sale was six steps down instead of three, and each new one had its neighbours'
-- pages written anew.

-- +goose Up
CREATE TABLE sale_lines_anew (
    n                INTEGER PRIMARY KEY,
    sale             INTEGER NOT NULL REFERENCES sales (n),
    no               INTEGER NOT NULL CHECK (no > 0),
    product          TEXT    NOT NULL,
    sku              TEXT    NOT NULL,
    name             TEXT    NOT NULL,
    barcode          TEXT    NOT NULL,
    unit             TEXT    NOT NULL,
    list_price       INTEGER NOT NULL,
    price            INTEGER NOT NULL,
    qty              INTEGER NOT NULL,
    vat              INTEGER NOT NULL,
    discount_percent INTEGER NOT NULL,
    discount_sum     INTEGER NOT NULL,
    flags            INTEGER NOT NULL,
    removed          INTEGER NOT NULL CHECK (removed IN (0, 1)),
    reason           TEXT    NOT NULL,
    totals_no        INTEGER NOT NULL, -- 0 for a removed line: it has no figures
    gross            INTEGER NOT NULL,
    own              INTEGER NOT NULL,
    share            INTEGER NOT NULL,
    discount         INTEGER NOT NULL,
    sum              INTEGER NOT NULL,
    vat_sum          INTEGER NOT NULL,
    certificate      TEXT    NOT NULL,
    expires          INTEGER,
    offers           TEXT    NOT NULL,
    cost             INTEGER NOT NULL
) STRICT;
INSERT INTO sale_lines_anew
    SELECT (((sale >> 40) << 41) | ((sale & 1073741823) << 11)) | place, sale, no, product, sku, name, barcode, unit,
        list_price, price, qty, vat, discount_percent, discount_sum, flags, removed, reason, totals_no, gross, own, share,
        discount, sum, vat_sum, certificate, expires, offers, cost
    FROM sale_lines ORDER BY sale, place;
DROP TABLE sale_lines;
ALTER TABLE sale_lines_anew RENAME TO sale_lines;

CREATE TABLE sale_tenders_anew (
    n           INTEGER PRIMARY KEY,
    sale        INTEGER NOT NULL REFERENCES sales (n),
    no          INTEGER NOT NULL,
    method      TEXT    NOT NULL,
    amount      INTEGER NOT NULL,
    points      INTEGER NOT NULL,
    challenge   TEXT    NOT NULL,
    override    INTEGER NOT NULL CHECK (override IN (0, 1)),
    certificate TEXT    NOT NULL
) STRICT;
INSERT INTO sale_tenders_anew
    SELECT (((sale >> 40) << 41) | ((sale & 1073741823) << 11)) | place, sale, no, method, amount, points, challenge, override,
        certificate
    FROM sale_tenders ORDER BY sale, place;
DROP TABLE sale_tenders;
ALTER TABLE sale_tenders_anew RENAME TO sale_tenders;

-- +goose StatementBegin
CREATE TRIGGER sale_lines_keep BEFORE UPDATE ON sale_lines BEGIN SELECT RAISE(ABORT, 'sale lines are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sale_lines_stay BEFORE DELETE ON sale_lines BEGIN SELECT RAISE(ABORT, 'sale lines are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sale_tenders_keep BEFORE UPDATE ON sale_tenders BEGIN SELECT RAISE(ABORT, 'sale tenders are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sale_tenders_stay BEFORE DELETE ON sale_tenders BEGIN SELECT RAISE(ABORT, 'sale tenders are never deleted'); END;
-- +goose StatementEnd
