-- What became of a message that whoever it is for would not take: how often it was
-- tried, when last, and what was wrong, as an id of a sentence with its values.

-- +goose Up
ALTER TABLE outbox ADD COLUMN tries   INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0);
ALTER TABLE outbox ADD COLUMN tried   INTEGER; -- NULL for never
ALTER TABLE outbox ADD COLUMN trouble TEXT    NOT NULL DEFAULT '' CHECK (trouble = '' OR json_valid(trouble));
CREATE INDEX outbox_acknowledged ON outbox (at) WHERE state = 'acknowledged';
