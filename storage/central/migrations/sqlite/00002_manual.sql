-- Manual payments, on SQLite. The twin of ../postgres/00002_manual.sql.

-- +goose Up
CREATE TABLE manual_merchants (
    id          TEXT    NOT NULL PRIMARY KEY,
    version     INTEGER NOT NULL CHECK (version >= 1),
    name        TEXT    NOT NULL,
    description TEXT    NOT NULL,
    hint        TEXT    NOT NULL,
    commission  INTEGER NOT NULL CHECK (commission >= 0 AND commission < 1000000), -- ten-thousandths of a percent
    fee         INTEGER NOT NULL CHECK (fee >= 0),
    fee_in      TEXT    NOT NULL,
    account     TEXT    NOT NULL, -- currencies
    transacted  TEXT    NOT NULL,
    currencies  TEXT    NOT NULL, -- words separated by spaces
    image       BLOB    NOT NULL,
    archived    INTEGER NOT NULL CHECK (archived IN (0, 1))
) STRICT;

CREATE TABLE manual_offers (
    id        TEXT    NOT NULL PRIMARY KEY,
    version   INTEGER NOT NULL CHECK (version >= 1),
    text      TEXT    NOT NULL,
    price     INTEGER NOT NULL CHECK (price > 0),
    currency  TEXT    NOT NULL,
    merchants TEXT    NOT NULL, -- ids separated by spaces
    wait_days INTEGER NOT NULL CHECK (wait_days >= 1),
    archived  INTEGER NOT NULL CHECK (archived IN (0, 1))
) STRICT;

CREATE TABLE manual_orders (
    id        TEXT    NOT NULL PRIMARY KEY,
    version   INTEGER NOT NULL CHECK (version >= 1),
    state     TEXT    NOT NULL CHECK (state IN ('open', 'approved', 'declined', 'completed', 'refunded')),
    merchant  TEXT    NOT NULL,
    customer  TEXT    NOT NULL,
    offer     TEXT    NOT NULL,
    price     INTEGER NOT NULL CHECK (price > 0), -- as asked, and as confirmed: 0 for not yet
    currency  TEXT    NOT NULL,
    confirmed INTEGER NOT NULL CHECK (confirmed >= 0),
    refunded  INTEGER NOT NULL CHECK (refunded >= 0),
    pending   INTEGER NOT NULL CHECK (pending >= 0),
    created   INTEGER NOT NULL,
    deadline  INTEGER NOT NULL,
    body      BLOB    NOT NULL, -- all of it, as JSON
    CHECK (refunded + pending <= confirmed),
    CHECK (state IN ('approved', 'completed', 'refunded') OR refunded + pending = 0),
    CHECK ((state = 'refunded') = (state IN ('approved', 'completed', 'refunded') AND refunded = confirmed))
) STRICT;
CREATE INDEX manual_orders_newest ON manual_orders (created, id);
CREATE INDEX manual_orders_waiting ON manual_orders (deadline) WHERE state = 'open';
CREATE INDEX manual_orders_customer ON manual_orders (customer, created) WHERE customer <> '';

CREATE TABLE manual_events (
    order_id TEXT    NOT NULL,
    n        INTEGER NOT NULL CHECK (n >= 1),
    at       INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    body     BLOB    NOT NULL,
    PRIMARY KEY (order_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE manual_refunds (
    id       TEXT    NOT NULL PRIMARY KEY,
    order_id TEXT    NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount > 0),
    state    TEXT    NOT NULL CHECK (state IN ('requested', 'approved', 'refused', 'done')),
    asked    INTEGER NOT NULL,
    body     BLOB    NOT NULL
) STRICT;
CREATE INDEX manual_refunds_order ON manual_refunds (order_id, asked, id);

CREATE TABLE journal (
    n        INTEGER NOT NULL PRIMARY KEY CHECK (n >= 1),
    at       INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    doc      TEXT    NOT NULL,
    employee TEXT    NOT NULL,
    reverses INTEGER NOT NULL,
    hash     TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX journal_doc ON journal (kind, doc); -- nothing is booked twice

CREATE TABLE postings (
    entry    INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    account  TEXT    NOT NULL,
    currency TEXT    NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (entry, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX postings_account ON postings (account, currency);

-- The newest entry: one row, which whoever books holds for itself.
CREATE TABLE journal_head (
    one  INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    n    INTEGER NOT NULL,
    hash TEXT    NOT NULL
) STRICT;
INSERT INTO journal_head (one, n, hash) VALUES (1, 0, '');

CREATE TABLE answered (
    till   TEXT    NOT NULL,
    id     TEXT    NOT NULL,
    digest TEXT    NOT NULL,
    answer BLOB    NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (till, id)
) STRICT, WITHOUT ROWID;
