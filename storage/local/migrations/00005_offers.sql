-- Gift certificates, automatic discounts, coupons. What is left on a certificate
-- is the balance of its account in the journal and stands nowhere else.

-- +goose Up
ALTER TABLE products ADD COLUMN no_offers INTEGER NOT NULL DEFAULT 0 CHECK (no_offers IN (0, 1));

-- certificate: the number the line sells, expires its end. offers: JSON, what
-- each automatic discount took off, '' for nothing.
ALTER TABLE cheque_lines ADD COLUMN certificate TEXT NOT NULL DEFAULT '';
ALTER TABLE cheque_lines ADD COLUMN expires INTEGER;
ALTER TABLE cheque_lines ADD COLUMN offers TEXT NOT NULL DEFAULT '';
ALTER TABLE sale_lines ADD COLUMN certificate TEXT NOT NULL DEFAULT '';
ALTER TABLE sale_lines ADD COLUMN expires INTEGER;
ALTER TABLE sale_lines ADD COLUMN offers TEXT NOT NULL DEFAULT '';

ALTER TABLE tenders ADD COLUMN certificate TEXT NOT NULL DEFAULT '';
ALTER TABLE sale_tenders ADD COLUMN certificate TEXT NOT NULL DEFAULT '';

-- Numbers separated by spaces.
ALTER TABLE cheques ADD COLUMN coupons TEXT NOT NULL DEFAULT '';
ALTER TABLE sales ADD COLUMN coupons TEXT NOT NULL DEFAULT '';

CREATE TABLE certificates (
    n         INTEGER PRIMARY KEY,
    number    TEXT    NOT NULL UNIQUE CHECK (number <> ''),
    amount    INTEGER NOT NULL CHECK (amount > 0),
    sale      TEXT    NOT NULL, -- '' for one issued without a sale
    issued_at INTEGER,
    issued_by TEXT    NOT NULL,
    expires   INTEGER,
    note      TEXT    NOT NULL,
    state     TEXT    NOT NULL CHECK (state IN ('active', 'blocked', 'lapsed')),
    reason    TEXT    NOT NULL
) STRICT;

-- The movements of one certificate, without reading the journal.
CREATE INDEX postings_of_certificates ON postings (account)
    WHERE account >= 'certificate:' AND account < 'certificate;';

CREATE TABLE promotions (
    id       TEXT    NOT NULL PRIMARY KEY,
    name     TEXT    NOT NULL,
    priority INTEGER NOT NULL,
    active   INTEGER NOT NULL CHECK (active IN (0, 1)),
    archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
    rule     TEXT    NOT NULL -- JSON: conditions and effect
) STRICT, WITHOUT ROWID;

CREATE TABLE coupons (
    n         INTEGER PRIMARY KEY,
    number    TEXT    NOT NULL UNIQUE CHECK (number <> ''),
    promotion TEXT    NOT NULL REFERENCES promotions (id),
    made_at   INTEGER,
    expires   INTEGER,
    sale      TEXT    NOT NULL, -- that used it up; '' while it is free
    used_at   INTEGER
) STRICT;
CREATE INDEX coupons_by_promotion ON coupons (promotion, n);

-- +goose StatementBegin
CREATE TRIGGER certificates_keep BEFORE UPDATE OF number, amount, sale, issued_at, issued_by, expires, note ON certificates
BEGIN SELECT RAISE(ABORT, 'what a certificate was issued as is never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificates_stay BEFORE DELETE ON certificates BEGIN SELECT RAISE(ABORT, 'certificates are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER coupons_keep BEFORE UPDATE ON coupons WHEN OLD.sale <> '' BEGIN SELECT RAISE(ABORT, 'used coupons are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER coupons_stay BEFORE DELETE ON coupons BEGIN SELECT RAISE(ABORT, 'coupons are never deleted'); END;
-- +goose StatementEnd
