-- Movements of the stock are found by a chain: each names the one before it of
-- the same product, and the shelf names the last. The index by product had a
-- page for each line of a sale, the more so the longer a shop sold. What the
-- search has to put in order anew is read from the movements since, so that a
-- sale writes no list of its own for it.

-- +goose Up
ALTER TABLE stock ADD COLUMN last INTEGER NOT NULL DEFAULT 0; -- stock_moves.n, 0 for none
UPDATE stock SET last = coalesce((SELECT max(n) FROM stock_moves WHERE product = stock.product), 0);

DROP TRIGGER stock_moves_keep;
ALTER TABLE stock_moves ADD COLUMN prev INTEGER NOT NULL DEFAULT 0; -- n of the product's movement before, 0 for none
UPDATE stock_moves SET prev = coalesce((SELECT max(n) FROM stock_moves p WHERE p.product = stock_moves.product AND p.n < stock_moves.n), 0);
-- +goose StatementBegin
CREATE TRIGGER stock_moves_keep BEFORE UPDATE ON stock_moves BEGIN SELECT RAISE(ABORT, 'stock moves are never edited'); END;
-- +goose StatementEnd
DROP INDEX stock_moves_by_product;

-- The movement up to which the search knows what was sold. What was counted
-- without one stays a row of rank_due.
CREATE TABLE rank_state (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    move INTEGER NOT NULL
) STRICT;
INSERT INTO rank_state (one, move) SELECT 1, coalesce(max(n), 0) FROM stock_moves;
