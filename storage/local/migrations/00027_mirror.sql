-- What is shared at the backend, as the till saw it last. It is a mirror: what it
-- shows is decided there, and it is filled anew when the till turns to another one.

-- +goose Up
CREATE TABLE mirror (
    kind     TEXT    NOT NULL CHECK (kind <> ''),
    id       TEXT    NOT NULL CHECK (id <> ''),
    version  INTEGER NOT NULL CHECK (version >= 1),
    body     TEXT    NOT NULL CHECK (json_valid(body)),
    came     INTEGER NOT NULL,
    past     INTEGER NOT NULL, -- the reading of the feed from its beginning by which it came
    state    TEXT    NOT NULL,
    customer TEXT    NOT NULL,
    made     INTEGER, -- NULL where nothing is listed by it
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror_newest ON mirror (kind, made, id);
CREATE INDEX mirror_state ON mirror (kind, state, made, id) WHERE state <> '';
CREATE INDEX mirror_customer ON mirror (kind, customer, made, id) WHERE customer <> '';
CREATE INDEX mirror_past ON mirror (past);

-- Who asks for a payment to be noted may name the customer: that is forgotten too.
DROP TRIGGER outbox_payload_keep;
-- +goose StatementBegin
CREATE TRIGGER outbox_payload_keep BEFORE UPDATE OF payload ON outbox WHEN substr(OLD.kind, 1, 9) <> 'customer.' AND OLD.kind <> 'request.order.new'
BEGIN SELECT RAISE(ABORT, 'what was told is never edited'); END;
-- +goose StatementEnd
CREATE INDEX outbox_asked ON outbox (json_extract(CAST(payload AS TEXT), '$.customer')) WHERE kind = 'request.order.new';
CREATE INDEX outbox_requests ON outbox (n) WHERE state IN ('waiting', 'aside') AND substr(kind, 1, 8) = 'request.';
