-- What changed, for those who keep a mirror of it, on PostgreSQL. The twin of
-- ../sqlite/00003_feed.sql.

-- +goose Up
CREATE TABLE feed (
    n     BIGINT NOT NULL PRIMARY KEY CHECK (n >= 1),
    mark  TEXT    NOT NULL, -- of this row alone
    kind  TEXT    NOT NULL,
    thing TEXT    NOT NULL  -- its id
);
CREATE INDEX feed_thing ON feed (kind, thing, n);

-- The newest number: one row, which whoever writes holds for itself.
CREATE TABLE feed_head (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    n   BIGINT NOT NULL
);

-- What is there already changed before anybody asked.
INSERT INTO feed (n, mark, kind, thing)
SELECT row_number() OVER (ORDER BY rank, id), CAST(random() AS TEXT), kind, id FROM (
    SELECT 1 AS rank, 'manual.merchant' AS kind, id FROM manual_merchants
    UNION ALL SELECT 2, 'manual.offer', id FROM manual_offers
    UNION ALL SELECT 3, 'manual.order', id FROM manual_orders
) AS there;
INSERT INTO feed_head (one, n) SELECT 1, COUNT(*) FROM feed;
