-- Returns, exchange and corrections of tenders.

-- +goose Up

-- The return that is being put together: at most one.
CREATE TABLE open_return (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    id        TEXT    NOT NULL,
    sale      TEXT    NOT NULL, -- '' without a receipt
    method    TEXT    NOT NULL, -- how money goes back without a receipt
    opened_at INTEGER,
    opened_by TEXT    NOT NULL,
    rev       INTEGER NOT NULL
) STRICT;

CREATE TABLE open_return_lines (
    place      INTEGER PRIMARY KEY,
    no         INTEGER NOT NULL CHECK (no > 0),
    origin     INTEGER NOT NULL CHECK (origin >= 0),
    product    TEXT    NOT NULL,
    sku        TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    barcode    TEXT    NOT NULL,
    unit       TEXT    NOT NULL,
    list_price INTEGER NOT NULL,
    price      INTEGER NOT NULL,
    qty        INTEGER NOT NULL CHECK (qty > 0),
    vat        INTEGER NOT NULL,
    cost       INTEGER NOT NULL,
    flags      INTEGER NOT NULL, -- as of cheque_lines
    reason     TEXT    NOT NULL,
    discarded  INTEGER NOT NULL CHECK (discarded IN (0, 1))
) STRICT;

-- n is epoch * 2^40 + number, as for sales.
CREATE TABLE returns (
    n               INTEGER PRIMARY KEY,
    id              TEXT    NOT NULL UNIQUE,
    till            TEXT    NOT NULL,
    epoch           INTEGER NOT NULL CHECK (epoch BETWEEN 0 AND 4194303),
    number          INTEGER NOT NULL CHECK (number BETWEEN 1 AND 1099511627775),
    shift           TEXT    NOT NULL,
    employee        TEXT    NOT NULL,
    sale            TEXT    NOT NULL, -- '' without a receipt
    sale_number     INTEGER NOT NULL,
    customer        TEXT    NOT NULL,
    at              INTEGER,
    currency        TEXT    NOT NULL,
    reason          TEXT    NOT NULL,
    exchange        TEXT    NOT NULL, -- the sale it was exchanged for, '' for none
    total           INTEGER NOT NULL CHECK (total >= 0),
    vat             INTEGER NOT NULL,
    points_back     INTEGER NOT NULL,
    points_restored INTEGER NOT NULL,
    points_taken    INTEGER NOT NULL,
    points_withheld INTEGER NOT NULL,
    points_kept     INTEGER NOT NULL,
    CHECK (n = epoch * 1099511627776 + number)
) STRICT;
CREATE INDEX returns_by_sale ON returns (sale) WHERE sale <> '';
CREATE INDEX returns_by_exchange ON returns (exchange) WHERE exchange <> '';
CREATE INDEX returns_by_shift ON returns (shift);
CREATE INDEX returns_by_customer ON returns (customer) WHERE customer <> '';

CREATE TABLE return_lines (
    return  INTEGER NOT NULL REFERENCES returns (n),
    no      INTEGER NOT NULL CHECK (no > 0),
    origin  INTEGER NOT NULL,
    product TEXT    NOT NULL,
    sku     TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    unit    TEXT    NOT NULL,
    price   INTEGER NOT NULL,
    cost    INTEGER NOT NULL,
    qty     INTEGER NOT NULL CHECK (qty > 0),
    rate    INTEGER NOT NULL,
    sum     INTEGER NOT NULL CHECK (sum >= 0),
    vat     INTEGER NOT NULL,
    reason  TEXT    NOT NULL,
    restock INTEGER NOT NULL CHECK (restock IN (0, 1)),
    PRIMARY KEY (return, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE return_refunds (
    return      INTEGER NOT NULL REFERENCES returns (n),
    no          INTEGER NOT NULL CHECK (no > 0),
    sale        TEXT    NOT NULL, -- whose payment goes back
    of          TEXT    NOT NULL, -- how that was paid
    certificate TEXT    NOT NULL,
    method      TEXT    NOT NULL, -- how it goes back
    amount      INTEGER NOT NULL CHECK (amount > 0),
    points      INTEGER NOT NULL,
    customer    TEXT    NOT NULL,
    debt        TEXT    NOT NULL,
    PRIMARY KEY (return, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX return_refunds_by_sale ON return_refunds (sale) WHERE sale <> '';

CREATE TABLE return_points (
    return   INTEGER NOT NULL REFERENCES returns (n),
    place    INTEGER NOT NULL,
    lot      TEXT    NOT NULL,
    sale     TEXT    NOT NULL,
    customer TEXT    NOT NULL,
    points   INTEGER NOT NULL CHECK (points <> 0),
    fresh    TEXT    NOT NULL, -- the lot they went into instead, '' for none
    expires  INTEGER,
    PRIMARY KEY (return, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX return_points_by_sale ON return_points (sale);

-- A lot that holds points of an expired one tells which return made it.
ALTER TABLE lots ADD COLUMN from_return TEXT NOT NULL DEFAULT '';

CREATE TABLE corrections (
    n           INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    sale        TEXT    NOT NULL,
    sale_number INTEGER NOT NULL,
    shift       TEXT    NOT NULL,
    employee    TEXT    NOT NULL,
    from_method TEXT    NOT NULL,
    to_method   TEXT    NOT NULL,
    amount      INTEGER NOT NULL CHECK (amount > 0),
    reason      TEXT    NOT NULL,
    at          INTEGER
) STRICT;
CREATE INDEX corrections_by_sale ON corrections (sale);
CREATE INDEX corrections_by_shift ON corrections (shift);

-- By what a return of a sale looks its points and its debt up.
CREATE INDEX lot_moves_by_sale ON lot_moves (sale);
CREATE INDEX debts_by_sale ON debts (sale) WHERE sale <> '';
CREATE INDEX repayment_parts_by_debt ON repayment_parts (debt);

-- +goose StatementBegin
CREATE TRIGGER returns_keep BEFORE UPDATE ON returns BEGIN SELECT RAISE(ABORT, 'returns are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER returns_stay BEFORE DELETE ON returns BEGIN SELECT RAISE(ABORT, 'returns are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER return_lines_keep BEFORE UPDATE ON return_lines BEGIN SELECT RAISE(ABORT, 'return lines are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER return_lines_stay BEFORE DELETE ON return_lines BEGIN SELECT RAISE(ABORT, 'return lines are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER return_refunds_keep BEFORE UPDATE ON return_refunds BEGIN SELECT RAISE(ABORT, 'refunds are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER return_refunds_stay BEFORE DELETE ON return_refunds BEGIN SELECT RAISE(ABORT, 'refunds are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER return_points_keep BEFORE UPDATE ON return_points BEGIN SELECT RAISE(ABORT, 'points of returns are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER return_points_stay BEFORE DELETE ON return_points BEGIN SELECT RAISE(ABORT, 'points of returns are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER corrections_keep BEFORE UPDATE ON corrections BEGIN SELECT RAISE(ABORT, 'corrections are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER corrections_stay BEFORE DELETE ON corrections BEGIN SELECT RAISE(ABORT, 'corrections are never deleted'); END;
-- +goose StatementEnd
