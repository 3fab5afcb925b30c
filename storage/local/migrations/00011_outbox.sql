-- What was told stays, and says whether it was heard: acknowledged is a state of
-- a message and not its end, so that every document can be found told for ever.

-- +goose Up
ALTER TABLE outbox ADD COLUMN epoch  INTEGER NOT NULL DEFAULT 1 CHECK (epoch >= 1);
ALTER TABLE outbox ADD COLUMN object TEXT    NOT NULL DEFAULT ''; -- '' where it is the subject
ALTER TABLE outbox ADD COLUMN state  TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'acknowledged', 'aside'));
ALTER TABLE outbox ADD COLUMN since  INTEGER; -- NULL for one that has only waited
ALTER TABLE outbox ADD COLUMN why    TEXT    NOT NULL DEFAULT '' CHECK (why = '' OR state = 'aside');

-- What was told after data was restored belongs to the epoch that began then.
WITH begun AS MATERIALIZED (
    SELECT at, CAST(json_extract(detail, '$.epoch') AS INTEGER) AS epoch FROM events WHERE kind = 'data.restored'
)
UPDATE outbox SET epoch = (SELECT max(begun.epoch) FROM begun WHERE begun.at <= outbox.at)
WHERE at >= (SELECT min(at) FROM begun WHERE epoch >= 1);

CREATE INDEX outbox_waiting ON outbox (n) WHERE state = 'waiting';
CREATE INDEX outbox_aside ON outbox (iif(object = '', subject, object), n) WHERE state = 'aside';
CREATE INDEX outbox_customers ON outbox (subject) WHERE substr(kind, 1, 9) = 'customer.';

-- +goose StatementBegin
CREATE TRIGGER outbox_keep BEFORE UPDATE OF n, id, epoch, kind, subject, object, at ON outbox
BEGIN SELECT RAISE(ABORT, 'what was told is never edited'); END;
-- +goose StatementEnd
-- A customer who asks for it is forgotten here too; nothing else of a payload changes.
-- +goose StatementBegin
CREATE TRIGGER outbox_payload_keep BEFORE UPDATE OF payload ON outbox WHEN substr(OLD.kind, 1, 9) <> 'customer.'
BEGIN SELECT RAISE(ABORT, 'what was told is never edited'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER outbox_stay BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'what was told is never deleted'); END;
-- +goose StatementEnd
