-- The numbers with which the documents of an epoch begin: above all that were ever
-- given, so that a restored till repeats none. An epoch that is not here, and a
-- series that is not here for its epoch, begin with 1.

-- +goose Up
CREATE TABLE epochs (
    epoch  INTEGER NOT NULL CHECK (epoch > 0),
    series TEXT    NOT NULL CHECK (series <> ''),
    first  INTEGER NOT NULL CHECK (first > 1),
    PRIMARY KEY (epoch, series)
) STRICT, WITHOUT ROWID;
