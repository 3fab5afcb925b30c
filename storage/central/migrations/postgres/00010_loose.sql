-- Which till brought the file of a proof before its order, until that is here: what is
-- never followed by one is bounded for each till, and goes. '' is a file whose order is
-- here. The twin of ../sqlite/00010_loose.sql.

-- +goose Up
ALTER TABLE manual_proofs ADD COLUMN loose_of TEXT NOT NULL DEFAULT '';
UPDATE manual_proofs SET loose_of = '?' -- nobody knows any more which
    WHERE NOT EXISTS (SELECT 1 FROM manual_orders WHERE manual_orders.id = manual_proofs.order_id);
CREATE INDEX manual_proofs_loose ON manual_proofs (loose_of, at) WHERE loose_of <> '';
