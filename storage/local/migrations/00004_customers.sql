-- Customers' groups, consents, merges and erasures; the terms of a sale. What a
-- customer's group was called becomes a group of that name.

-- +goose Up
CREATE TABLE customer_groups (
    id               TEXT    NOT NULL PRIMARY KEY,
    name             TEXT    NOT NULL UNIQUE,
    earn_rate        INTEGER CHECK (earn_rate BETWEEN 0 AND 10000), -- NULL in a rule: the shop's
    max_points_share INTEGER CHECK (max_points_share BETWEEN 0 AND 10000),
    credit_limit     INTEGER CHECK (credit_limit >= 0),
    due_days         INTEGER CHECK (due_days BETWEEN 1 AND 365),
    archived         INTEGER NOT NULL CHECK (archived IN (0, 1))
) STRICT, WITHOUT ROWID;

INSERT INTO customer_groups (id, name, archived)
    SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6))), grp, 0
    FROM (SELECT DISTINCT grp FROM customers WHERE grp <> '');
UPDATE customers SET grp = (SELECT id FROM customer_groups WHERE name = grp) WHERE grp <> '';

ALTER TABLE customers ADD COLUMN birthday TEXT NOT NULL DEFAULT ''; -- MM-DD or YYYY-MM-DD
ALTER TABLE customers ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN phone_held_until INTEGER;
ALTER TABLE customers ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));
ALTER TABLE customers ADD COLUMN merged_into TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN erased_at INTEGER;
CREATE INDEX customers_merged ON customers (merged_into) WHERE merged_into <> '';

-- Whose a lot or a debt was first, where a merge passed it on.
ALTER TABLE lots ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE debts ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- Who might do everything still may.
UPDATE groups SET rights = rights || ' customer.groups customer.merge customer.anonymise customer.phone.skip' WHERE id = 'owner';
UPDATE groups SET rights = rights || ' customer.groups customer.merge customer.anonymise' WHERE id = 'admin';

-- The rules under which something was sold to a customer.
ALTER TABLE sales ADD COLUMN terms INTEGER NOT NULL DEFAULT 0 CHECK (terms IN (0, 1)); -- 0: the rest says nothing
ALTER TABLE sales ADD COLUMN terms_group TEXT NOT NULL DEFAULT '';
ALTER TABLE sales ADD COLUMN terms_earn_rate INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sales ADD COLUMN terms_points_share INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sales ADD COLUMN terms_point_value INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sales ADD COLUMN terms_credit_limit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sales ADD COLUMN terms_group_limit INTEGER NOT NULL DEFAULT 0;

ALTER TABLE challenges ADD COLUMN new_phone TEXT NOT NULL DEFAULT '';

CREATE TABLE consents (
    n        INTEGER PRIMARY KEY,
    customer TEXT    NOT NULL,
    channel  TEXT    NOT NULL,
    purpose  TEXT    NOT NULL,
    given    INTEGER NOT NULL CHECK (given IN (0, 1)),
    source   TEXT    NOT NULL,
    employee TEXT    NOT NULL,
    at       INTEGER
) STRICT;
CREATE INDEX consents_by_customer ON consents (customer);

CREATE TABLE customer_merges (
    n         INTEGER PRIMARY KEY,
    id        TEXT    NOT NULL UNIQUE,
    survivor  TEXT    NOT NULL,
    duplicate TEXT    NOT NULL,
    points    INTEGER NOT NULL CHECK (points >= 0),
    debt      INTEGER NOT NULL CHECK (debt >= 0),
    employee  TEXT    NOT NULL,
    at        INTEGER,
    CHECK (survivor <> duplicate)
) STRICT;

CREATE TABLE customer_erasures (
    n        INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL UNIQUE,
    customer TEXT    NOT NULL,
    points   INTEGER NOT NULL CHECK (points >= 0),
    employee TEXT    NOT NULL,
    at       INTEGER
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER consents_keep BEFORE UPDATE ON consents BEGIN SELECT RAISE(ABORT, 'consents are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER consents_stay BEFORE DELETE ON consents BEGIN SELECT RAISE(ABORT, 'consents are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER customer_merges_keep BEFORE UPDATE ON customer_merges BEGIN SELECT RAISE(ABORT, 'merges are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER customer_merges_stay BEFORE DELETE ON customer_merges BEGIN SELECT RAISE(ABORT, 'merges are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER customer_erasures_keep BEFORE UPDATE ON customer_erasures BEGIN SELECT RAISE(ABORT, 'erasures are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER customer_erasures_stay BEFORE DELETE ON customer_erasures BEGIN SELECT RAISE(ABORT, 'erasures are never deleted'); END;
-- +goose StatementEnd
