-- Somebody who asks for it is forgotten on slips too: what such a slip said goes,
-- that it was printed stays.

-- +goose Up
DROP TRIGGER prints_keep;
-- +goose StatementBegin
CREATE TRIGGER prints_keep BEFORE UPDATE OF id, kind, doc, title, lines, qr, employee, at ON prints
WHEN NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.doc <> OLD.doc OR NEW.employee <> OLD.employee OR NEW.at <> OLD.at
    OR NEW.state NOT IN ('done', 'withdrawn') OR NEW.lines <> '' OR NEW.qr <> ''
BEGIN SELECT RAISE(ABORT, 'what a slip says is never edited'); END;
-- +goose StatementEnd

-- Room that is filled with zeros and given back, so that nothing is left in it of
-- what was deleted; see Wipe. It is empty at all other times.
CREATE TABLE wipe (
    n     INTEGER PRIMARY KEY,
    zeros BLOB NOT NULL
) STRICT;

-- Where a reason or a note in the trail names the person, those words go and the
-- record says so. Its hash stays, so that the chain holds; that it does not follow
-- from the words any more is excused by the record of the erasure, which names it.
DROP TRIGGER events_keep;
-- +goose StatementBegin
CREATE TRIGGER events_keep BEFORE UPDATE ON events
WHEN NEW.n <> OLD.n OR NEW.at IS NOT OLD.at OR NEW.kind <> OLD.kind OR NEW.employee <> OLD.employee OR NEW.subject <> OLD.subject
    OR NEW.hash <> OLD.hash OR coalesce(json_extract(NEW.detail, '$.forgotten'), '') <> 'yes'
BEGIN SELECT RAISE(ABORT, 'events are never edited'); END;
-- +goose StatementEnd
