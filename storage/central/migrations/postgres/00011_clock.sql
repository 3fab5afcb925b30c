-- The newest time that was believed: by it a program that starts with a clock far
-- ahead is known. The twin of ../sqlite/00011_clock.sql.

-- +goose Up
CREATE TABLE clock_mark (
    one  BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    seen BIGINT NOT NULL -- 0: never
);
INSERT INTO clock_mark (one, seen)
SELECT 1, COALESCE(MAX(known.seen), 0)
FROM (SELECT MAX(seen) AS seen FROM tills UNION ALL SELECT MAX(created) FROM manual_orders) AS known;
