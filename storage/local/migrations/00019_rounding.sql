-- A return in part may keep what is beyond the smallest coin in use until a later
-- return of the same sale gives it back. There that refund stands below zero,
-- which no other ever does.

-- +goose Up
CREATE TABLE return_refunds_anew (
    return      INTEGER NOT NULL REFERENCES returns (n),
    no          INTEGER NOT NULL CHECK (no > 0),
    sale        TEXT    NOT NULL, -- whose payment goes back
    of          TEXT    NOT NULL, -- how that was paid
    certificate TEXT    NOT NULL,
    method      TEXT    NOT NULL, -- how it goes back
    amount      INTEGER NOT NULL CHECK (amount > 0 OR method = 'rounding' AND amount <> 0),
    points      INTEGER NOT NULL,
    customer    TEXT    NOT NULL,
    debt        TEXT    NOT NULL,
    PRIMARY KEY (return, no)
) STRICT, WITHOUT ROWID;
INSERT INTO return_refunds_anew
    SELECT return, no, sale, of, certificate, method, amount, points, customer, debt FROM return_refunds;
DROP TABLE return_refunds;
ALTER TABLE return_refunds_anew RENAME TO return_refunds;
CREATE INDEX return_refunds_by_sale ON return_refunds (sale) WHERE sale <> '';

-- +goose StatementBegin
CREATE TRIGGER return_refunds_keep BEFORE UPDATE ON return_refunds BEGIN SELECT RAISE(ABORT, 'refunds are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER return_refunds_stay BEFORE DELETE ON return_refunds BEGIN SELECT RAISE(ABORT, 'refunds are never deleted'); END;
-- +goose StatementEnd
