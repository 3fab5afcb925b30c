-- Whether the deadline of an order has its job: those opened before there were jobs
-- get one when the backend begins. The tables of the jobs are River's, made before
-- this. The twin of ../sqlite/00008_jobs.sql.

-- +goose Up
ALTER TABLE manual_orders ADD COLUMN timed BIGINT NOT NULL DEFAULT 0 CHECK (timed IN (0, 1));
CREATE INDEX manual_orders_untimed ON manual_orders (id) WHERE state = 'open' AND timed = 0;
