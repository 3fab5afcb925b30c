-- Sums of sales by day, so that a report reads days and not sales. They are
-- derived: every row can be made again from sales, sale_lines and sale_tenders,
-- and the self-check does. Percentages are never kept.

-- +goose Up
-- How far the sums go: the last sale in them and the zone of their days.
CREATE TABLE figure_state (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    row  INTEGER NOT NULL CHECK (row >= 0), -- sales.n
    zone TEXT    NOT NULL
) STRICT;
INSERT INTO figure_state (one, row, zone) VALUES (1, 0, '');

CREATE TABLE figures (
    dim           INTEGER NOT NULL, -- 1 day, 2 hour, 3 product, 4 employee, 5 tender; by month 5 more
    day           INTEGER NOT NULL, -- 20261121; by month the first of it
    key           TEXT    NOT NULL,
    sales         INTEGER NOT NULL,
    lines         INTEGER NOT NULL,
    qty           INTEGER NOT NULL,
    gross         INTEGER NOT NULL,
    own           INTEGER NOT NULL,
    spread        INTEGER NOT NULL,
    total         INTEGER NOT NULL,
    vat           INTEGER NOT NULL,
    cost          INTEGER NOT NULL,
    costed        INTEGER NOT NULL,
    points_spent  INTEGER NOT NULL,
    points_earned INTEGER NOT NULL,
    debt          INTEGER NOT NULL,
    removed       INTEGER NOT NULL,
    removed_sum   INTEGER NOT NULL,
    PRIMARY KEY (dim, day, key)
) STRICT, WITHOUT ROWID;

-- Between which sales those of a day lie: the way from a figure to its sales.
CREATE TABLE figure_days (
    day   INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    last  INTEGER NOT NULL CHECK (last >= first)
) STRICT;

-- What a shop wants to look through: goods taken off cheques, cheques dropped,
-- prices changed. None of it is part of a usual sale, so the index costs it nothing.
CREATE INDEX events_watched ON events (at)
    WHERE kind IN ('line.removed', 'line.reduced', 'cheque.cancelled', 'line.price.changed');
