-- The till's schema. Money is minor units, quantities thousandths, percentages
-- basis points, times Unix milliseconds (NULL: the zero time), all INTEGER; ids
-- are TEXT. What happened is never updated or deleted: triggers at the end.

-- +goose Up
PRAGMA application_id = 1262572371; -- 'KASS'

-- One row, written by every transaction: tells after a failed COMMIT whether it
-- was stored.
CREATE TABLE commit_mark (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    mark INTEGER NOT NULL
) STRICT;
INSERT INTO commit_mark (one, mark) VALUES (1, 0);

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ------------------------------------------------------------- the catalogue
CREATE TABLE products (
    n         INTEGER PRIMARY KEY,
    id        TEXT    NOT NULL UNIQUE,
    sku       TEXT    NOT NULL UNIQUE,
    name      TEXT    NOT NULL,
    folded    TEXT    NOT NULL, -- pos.Fold(name): what is searched and sorted by
    unit      TEXT    NOT NULL,
    price     INTEGER NOT NULL CHECK (price >= 0),
    vat       INTEGER NOT NULL CHECK (vat >= -1),
    category  TEXT    NOT NULL,
    weighed   INTEGER NOT NULL CHECK (weighed IN (0, 1)),
    ask_price INTEGER NOT NULL CHECK (ask_price IN (0, 1)),
    no_earn   INTEGER NOT NULL CHECK (no_earn IN (0, 1)),
    no_points INTEGER NOT NULL CHECK (no_points IN (0, 1)),
    archived  INTEGER NOT NULL CHECK (archived IN (0, 1)),
    doc       INTEGER NOT NULL  -- row in the search indexes, 0 when archived
) STRICT;
CREATE INDEX products_by_name ON products (folded, id);

-- What every sale changes, apart and narrow: twenty lines touch few pages.
CREATE TABLE stock (
    product INTEGER PRIMARY KEY REFERENCES products (n),
    qty     INTEGER NOT NULL,
    sold    INTEGER NOT NULL CHECK (sold >= 0)
) STRICT;

-- Products whose rank grew since the search indexes were last put in order.
CREATE TABLE rank_due (product INTEGER PRIMARY KEY REFERENCES products (n)) STRICT;

CREATE TABLE stock_moves (
    n       INTEGER PRIMARY KEY,
    product INTEGER NOT NULL REFERENCES products (n),
    qty     INTEGER NOT NULL,
    doc     TEXT    NOT NULL,
    at      INTEGER
) STRICT;

CREATE TABLE barcodes (
    code    TEXT    NOT NULL PRIMARY KEY,
    product INTEGER NOT NULL REFERENCES products (n),
    place   INTEGER NOT NULL -- order in which the product lists them
) STRICT, WITHOUT ROWID;
CREATE INDEX barcodes_by_product ON barcodes (product, place);

-- Both indexes hold products.folded under the row number products.doc, which
-- begins with the rank: most sold first is the order in which they are read.
CREATE VIRTUAL TABLE product_fragments USING fts5 (
    folded, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE product_words USING fts5 (
    folded, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3');

-- --------------------------------------------------------------- the people
CREATE TABLE groups (
    id     TEXT NOT NULL PRIMARY KEY,
    name   TEXT NOT NULL,
    rights TEXT NOT NULL -- words separated by spaces
) STRICT, WITHOUT ROWID;

CREATE TABLE employees (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    grp        TEXT    NOT NULL,
    pin_hash   TEXT    NOT NULL,
    pin_tag    TEXT    NOT NULL,
    archived   INTEGER NOT NULL CHECK (archived IN (0, 1)),
    created_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX employees_by_tag ON employees (pin_tag);

CREATE TABLE login_guard (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    wrong        INTEGER NOT NULL CHECK (wrong >= 0),
    locked_until INTEGER
) STRICT;

-- ------------------------------------------------------------- the customers
CREATE TABLE customers (
    n                INTEGER PRIMARY KEY,
    id               TEXT    NOT NULL UNIQUE,
    name             TEXT    NOT NULL,
    folded           TEXT    NOT NULL,
    phone            TEXT    UNIQUE CHECK (phone <> ''), -- E.164
    phone_tail       TEXT,   -- its digits from the last to the first
    phone_confirmed  INTEGER NOT NULL CHECK (phone_confirmed IN (0, 1)),
    email            TEXT    NOT NULL,
    card             TEXT    UNIQUE CHECK (card <> ''),
    language         TEXT    NOT NULL,
    grp              TEXT    NOT NULL,
    credit_limit     INTEGER NOT NULL CHECK (credit_limit >= 0),
    created_at       INTEGER,
    phone_changed_at INTEGER
) STRICT;
CREATE INDEX customers_by_name ON customers (folded, id);
CREATE INDEX customers_by_tail ON customers (phone_tail) WHERE phone_tail IS NOT NULL;

CREATE VIRTUAL TABLE customer_fragments USING fts5 (
    folded, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE customer_words USING fts5 (
    folded, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3');

CREATE TABLE lots (
    id          TEXT    NOT NULL PRIMARY KEY,
    customer    TEXT    NOT NULL,
    sale        TEXT    NOT NULL,
    points      INTEGER NOT NULL CHECK (points >= 0),
    left        INTEGER NOT NULL CHECK (left BETWEEN 0 AND points),
    at          INTEGER,
    active_from INTEGER,
    expires     INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX lots_with_points ON lots (customer) WHERE left > 0;
CREATE INDEX lots_opening ON lots (customer) WHERE sale = '';

CREATE TABLE lot_moves (
    n      INTEGER PRIMARY KEY,
    lot    TEXT    NOT NULL REFERENCES lots (id),
    sale   TEXT    NOT NULL,
    points INTEGER NOT NULL CHECK (points <> 0),
    at     INTEGER
) STRICT;

CREATE TABLE debts (
    id       TEXT    NOT NULL PRIMARY KEY,
    customer TEXT    NOT NULL,
    sale     TEXT    NOT NULL,
    number   INTEGER NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount >= 0),
    left     INTEGER NOT NULL CHECK (left BETWEEN 0 AND amount),
    at       INTEGER,
    due      INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX debts_open ON debts (customer) WHERE left > 0;
CREATE INDEX debts_opening ON debts (customer) WHERE sale = '';

CREATE TABLE repayments (
    n        INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL UNIQUE,
    customer TEXT    NOT NULL,
    shift    TEXT    NOT NULL,
    employee TEXT    NOT NULL,
    method   TEXT    NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount > 0),
    at       INTEGER
) STRICT;
CREATE INDEX repayments_by_customer ON repayments (customer);
CREATE INDEX repayments_by_shift ON repayments (shift);

CREATE TABLE repayment_parts (
    repayment INTEGER NOT NULL REFERENCES repayments (n),
    place     INTEGER NOT NULL,
    debt      TEXT    NOT NULL REFERENCES debts (id),
    amount    INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (repayment, place)
) STRICT, WITHOUT ROWID;

-- --------------------------------------------------------------- the cheques
CREATE TABLE cheques (
    n                INTEGER PRIMARY KEY,
    id               TEXT    NOT NULL UNIQUE,
    state            TEXT    NOT NULL CHECK (state IN ('open', 'parked', 'cancelled')),
    note             TEXT    NOT NULL,
    customer         TEXT    NOT NULL,
    discount_percent INTEGER NOT NULL CHECK (discount_percent BETWEEN 0 AND 10000),
    discount_sum     INTEGER NOT NULL CHECK (discount_sum >= 0),
    opened_at        INTEGER,
    opened_by        TEXT    NOT NULL,
    parked_at        INTEGER,
    rev              INTEGER NOT NULL,
    shift            TEXT    NOT NULL -- in which it was cancelled, else ''
) STRICT;
CREATE UNIQUE INDEX cheques_one_open ON cheques (state) WHERE state = 'open';
CREATE INDEX cheques_parked ON cheques (parked_at) WHERE state = 'parked';
CREATE INDEX cheques_cancelled ON cheques (shift) WHERE state = 'cancelled';

CREATE TABLE cheque_lines (
    cheque           INTEGER NOT NULL REFERENCES cheques (n) ON DELETE CASCADE,
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
    flags            INTEGER NOT NULL, -- 1 weighed, 2 price asked, 4 earns no points, 8 not payable with points
    removed          INTEGER NOT NULL CHECK (removed IN (0, 1)),
    reason           TEXT    NOT NULL,
    PRIMARY KEY (cheque, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE tenders (
    cheque    INTEGER NOT NULL REFERENCES cheques (n) ON DELETE CASCADE,
    no        INTEGER NOT NULL CHECK (no > 0),
    method    TEXT    NOT NULL,
    amount    INTEGER NOT NULL,
    points    INTEGER NOT NULL,
    challenge TEXT    NOT NULL,
    PRIMARY KEY (cheque, no)
) STRICT, WITHOUT ROWID;

-- ----------------------------------------------------------------- the sales
-- n is epoch * 2^40 + number: one order, no second index, no way to book a
-- number twice.
CREATE TABLE sales (
    n             INTEGER PRIMARY KEY,
    id            TEXT    NOT NULL UNIQUE,
    till          TEXT    NOT NULL,
    epoch         INTEGER NOT NULL CHECK (epoch BETWEEN 0 AND 4194303),
    number        INTEGER NOT NULL CHECK (number BETWEEN 1 AND 1099511627775),
    shift         TEXT    NOT NULL,
    employee      TEXT    NOT NULL,
    customer      TEXT    NOT NULL,
    at            INTEGER,
    currency      TEXT    NOT NULL,
    gross         INTEGER NOT NULL,
    discount      INTEGER NOT NULL,
    rounding      INTEGER NOT NULL,
    total         INTEGER NOT NULL,
    vat           INTEGER NOT NULL,
    change        INTEGER NOT NULL,
    points_spent  INTEGER NOT NULL,
    points_earned INTEGER NOT NULL,
    debt_added    INTEGER NOT NULL,
    debt_due      INTEGER,
    CHECK (n = epoch * 1099511627776 + number)
) STRICT;
CREATE INDEX sales_by_shift ON sales (shift);
CREATE INDEX sales_by_customer ON sales (customer) WHERE customer <> '';

CREATE TABLE sale_lines (
    sale             INTEGER NOT NULL REFERENCES sales (n),
    place            INTEGER NOT NULL, -- order on the cheque
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
    PRIMARY KEY (sale, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE sale_tenders (
    sale      INTEGER NOT NULL REFERENCES sales (n),
    place     INTEGER NOT NULL,
    no        INTEGER NOT NULL,
    method    TEXT    NOT NULL,
    amount    INTEGER NOT NULL,
    points    INTEGER NOT NULL,
    challenge TEXT    NOT NULL,
    override  INTEGER NOT NULL CHECK (override IN (0, 1)),
    PRIMARY KEY (sale, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE overrides (
    n         INTEGER PRIMARY KEY,
    challenge TEXT    NOT NULL UNIQUE,
    sale      TEXT    NOT NULL,
    operation TEXT    NOT NULL,
    customer  TEXT    NOT NULL,
    amount    INTEGER NOT NULL,
    employee  TEXT    NOT NULL,
    cause     TEXT    NOT NULL,
    reason    TEXT    NOT NULL,
    at        INTEGER
) STRICT;
CREATE INDEX overrides_by_sale ON overrides (sale);
CREATE INDEX overrides_by_time ON overrides (at);

-- ---------------------------------------------------------------- the shifts
CREATE TABLE shifts (
    number    INTEGER PRIMARY KEY CHECK (number > 0),
    id        TEXT    NOT NULL UNIQUE,
    opened_at INTEGER,
    opened_by TEXT    NOT NULL,
    float     INTEGER NOT NULL,
    closed_at INTEGER,
    closed_by TEXT    NOT NULL,
    expected  INTEGER NOT NULL,
    counted   INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX shifts_one_open ON shifts ((closed_at IS NULL)) WHERE closed_at IS NULL;

CREATE TABLE cash_moves (
    n        INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL UNIQUE,
    shift    TEXT    NOT NULL,
    employee TEXT    NOT NULL,
    amount   INTEGER NOT NULL,
    reason   TEXT    NOT NULL,
    at       INTEGER
) STRICT;
CREATE INDEX cash_moves_by_shift ON cash_moves (shift);

-- ------------------------------------------------------------ customers' codes
CREATE TABLE challenges (
    n           INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    sale        TEXT    NOT NULL,
    operation   TEXT    NOT NULL,
    customer    TEXT    NOT NULL,
    phone       TEXT    NOT NULL,
    amount      INTEGER NOT NULL,
    points      INTEGER NOT NULL,
    total       INTEGER NOT NULL,
    cashier     TEXT    NOT NULL,
    digest      TEXT    NOT NULL,
    code_hash   TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    channel     TEXT    NOT NULL,
    provider    TEXT    NOT NULL,
    message_id  TEXT    NOT NULL,
    sends       INTEGER NOT NULL CHECK (sends >= 0),
    wrong       INTEGER NOT NULL CHECK (wrong >= 0),
    created_at  INTEGER,
    sent_at     INTEGER,
    expires_at  INTEGER,
    resend_at   INTEGER,
    verified_at INTEGER,
    consumed_at INTEGER,
    reason_id   TEXT    NOT NULL,
    reason_args TEXT    NOT NULL,
    override    TEXT    NOT NULL, -- JSON, '' when the code was not skipped
    CHECK (state <> 'consumed' OR code_hash = '')
) STRICT;
CREATE INDEX challenges_by_sale ON challenges (sale);
CREATE INDEX challenges_in_flight ON challenges (state) WHERE state IN ('created', 'sending');

CREATE TABLE sends (
    phone     TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    challenge TEXT    NOT NULL,
    state     TEXT    NOT NULL,
    answered  INTEGER NOT NULL CHECK (answered IN (0, 1)),
    PRIMARY KEY (phone, at, challenge)
) STRICT, WITHOUT ROWID;

-- ----------------------------------------------------------------- the trail
CREATE TABLE entries (
    n        INTEGER PRIMARY KEY,
    at       INTEGER,
    kind     TEXT    NOT NULL,
    doc      TEXT    NOT NULL,
    digest   TEXT    NOT NULL,
    shift    TEXT    NOT NULL,
    employee TEXT    NOT NULL,
    reverses INTEGER NOT NULL,
    hash     TEXT    NOT NULL
) STRICT;

CREATE TABLE postings (
    entry    INTEGER NOT NULL REFERENCES entries (n),
    place    INTEGER NOT NULL,
    account  TEXT    NOT NULL,
    currency TEXT    NOT NULL,
    amount   INTEGER NOT NULL,
    PRIMARY KEY (entry, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE balances (
    account  TEXT    NOT NULL,
    currency TEXT    NOT NULL,
    amount   INTEGER NOT NULL,
    PRIMARY KEY (account, currency)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    n        INTEGER PRIMARY KEY,
    at       INTEGER,
    kind     TEXT    NOT NULL,
    employee TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    detail   TEXT    NOT NULL, -- JSON object, '' for none
    hash     TEXT    NOT NULL
) STRICT;
CREATE INDEX events_by_subject ON events (subject) WHERE subject <> '';

CREATE TABLE outbox (
    n       INTEGER PRIMARY KEY,
    id      TEXT    NOT NULL UNIQUE,
    kind    TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    payload BLOB    NOT NULL,
    at      INTEGER
) STRICT;

-- ------------------------------------------------------ what is never edited
-- +goose StatementBegin
CREATE TRIGGER entries_keep BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER postings_keep BEFORE UPDATE ON postings BEGIN SELECT RAISE(ABORT, 'postings are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER postings_stay BEFORE DELETE ON postings BEGIN SELECT RAISE(ABORT, 'postings are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER events_keep BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sales_keep BEFORE UPDATE ON sales BEGIN SELECT RAISE(ABORT, 'sales are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sales_stay BEFORE DELETE ON sales BEGIN SELECT RAISE(ABORT, 'sales are never deleted'); END;
-- +goose StatementEnd
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
-- +goose StatementBegin
CREATE TRIGGER overrides_keep BEFORE UPDATE ON overrides BEGIN SELECT RAISE(ABORT, 'overrides are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER overrides_stay BEFORE DELETE ON overrides BEGIN SELECT RAISE(ABORT, 'overrides are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER shifts_keep BEFORE UPDATE ON shifts WHEN OLD.closed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'closed shifts are never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER shifts_stay BEFORE DELETE ON shifts BEGIN SELECT RAISE(ABORT, 'shifts are never deleted'); END;
-- +goose StatementEnd
