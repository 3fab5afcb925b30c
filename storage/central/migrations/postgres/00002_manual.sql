-- Manual payments, on PostgreSQL. The twin of ../sqlite/00002_manual.sql.

-- +goose Up
CREATE TABLE manual_merchants (
    id          TEXT    NOT NULL PRIMARY KEY,
    version     BIGINT NOT NULL CHECK (version >= 1),
    name        TEXT    NOT NULL,
    description TEXT    NOT NULL,
    hint        TEXT    NOT NULL,
    commission  BIGINT NOT NULL CHECK (commission >= 0 AND commission < 1000000), -- ten-thousandths of a percent
    fee         BIGINT NOT NULL CHECK (fee >= 0),
    fee_in      TEXT    NOT NULL,
    account     TEXT    NOT NULL, -- currencies
    transacted  TEXT    NOT NULL,
    currencies  TEXT    NOT NULL, -- words separated by spaces
    image       BYTEA    NOT NULL,
    archived    BIGINT NOT NULL CHECK (archived IN (0, 1))
);

CREATE TABLE manual_offers (
    id        TEXT    NOT NULL PRIMARY KEY,
    version   BIGINT NOT NULL CHECK (version >= 1),
    text      TEXT    NOT NULL,
    price     BIGINT NOT NULL CHECK (price > 0),
    currency  TEXT    NOT NULL,
    merchants TEXT    NOT NULL, -- ids separated by spaces
    wait_days BIGINT NOT NULL CHECK (wait_days >= 1),
    archived  BIGINT NOT NULL CHECK (archived IN (0, 1))
);

CREATE TABLE manual_orders (
    id        TEXT    NOT NULL PRIMARY KEY,
    version   BIGINT NOT NULL CHECK (version >= 1),
    state     TEXT    NOT NULL CHECK (state IN ('open', 'approved', 'declined', 'completed', 'refunded')),
    merchant  TEXT    NOT NULL,
    customer  TEXT    NOT NULL,
    offer     TEXT    NOT NULL,
    price     BIGINT NOT NULL CHECK (price > 0), -- as asked, and as confirmed: 0 for not yet
    currency  TEXT    NOT NULL,
    confirmed BIGINT NOT NULL CHECK (confirmed >= 0),
    refunded  BIGINT NOT NULL CHECK (refunded >= 0),
    pending   BIGINT NOT NULL CHECK (pending >= 0),
    created   BIGINT NOT NULL,
    deadline  BIGINT NOT NULL,
    body      BYTEA    NOT NULL, -- all of it, as JSON
    CHECK (refunded + pending <= confirmed),
    CHECK (state IN ('approved', 'completed', 'refunded') OR refunded + pending = 0),
    CHECK ((state = 'refunded') = (state IN ('approved', 'completed', 'refunded') AND refunded = confirmed))
);
CREATE INDEX manual_orders_newest ON manual_orders (created, id);
CREATE INDEX manual_orders_waiting ON manual_orders (deadline) WHERE state = 'open';
CREATE INDEX manual_orders_customer ON manual_orders (customer, created) WHERE customer <> '';

CREATE TABLE manual_events (
    order_id TEXT    NOT NULL,
    n        BIGINT NOT NULL CHECK (n >= 1),
    at       BIGINT NOT NULL,
    kind     TEXT    NOT NULL,
    body     BYTEA    NOT NULL,
    PRIMARY KEY (order_id, n)
);

CREATE TABLE manual_refunds (
    id       TEXT    NOT NULL PRIMARY KEY,
    order_id TEXT    NOT NULL,
    amount   BIGINT NOT NULL CHECK (amount > 0),
    state    TEXT    NOT NULL CHECK (state IN ('requested', 'approved', 'refused', 'done')),
    asked    BIGINT NOT NULL,
    body     BYTEA    NOT NULL
);
CREATE INDEX manual_refunds_order ON manual_refunds (order_id, asked, id);

CREATE TABLE journal (
    n        BIGINT NOT NULL PRIMARY KEY CHECK (n >= 1),
    at       BIGINT NOT NULL,
    kind     TEXT    NOT NULL,
    doc      TEXT    NOT NULL,
    employee TEXT    NOT NULL,
    reverses BIGINT NOT NULL,
    hash     TEXT    NOT NULL
);
CREATE UNIQUE INDEX journal_doc ON journal (kind, doc); -- nothing is booked twice

CREATE TABLE postings (
    entry    BIGINT NOT NULL,
    place    BIGINT NOT NULL,
    account  TEXT    NOT NULL,
    currency TEXT    NOT NULL,
    amount   BIGINT NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (entry, place)
);
CREATE INDEX postings_account ON postings (account, currency);

-- The newest entry: one row, which whoever books holds for itself.
CREATE TABLE journal_head (
    one  BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    n    BIGINT NOT NULL,
    hash TEXT    NOT NULL
);
INSERT INTO journal_head (one, n, hash) VALUES (1, 0, '');

CREATE TABLE answered (
    till   TEXT    NOT NULL,
    id     TEXT    NOT NULL,
    digest TEXT    NOT NULL,
    answer BYTEA    NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (till, id)
);
