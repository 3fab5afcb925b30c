-- The words of names, each once: a word somebody slipped in is looked for among
-- these, since there are tens of thousands of words where there are a million names.
-- Numbers are not among them: a slip in a number is another number. Row numbers are
-- given once, so that who has read some reads only what came after.

-- +goose Up
CREATE TABLE product_vocabulary (
    n    INTEGER PRIMARY KEY AUTOINCREMENT,
    word TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE customer_vocabulary (
    n    INTEGER PRIMARY KEY AUTOINCREMENT,
    word TEXT NOT NULL UNIQUE
) STRICT;

-- The indexes may still hold words of names that are gone; those do not come back.
CREATE VIRTUAL TABLE product_terms USING fts5vocab (product_words, row);
INSERT INTO product_vocabulary (word) SELECT term FROM product_terms
WHERE length(term) >= 3 AND term NOT GLOB '*[0-9]*'
    AND EXISTS (SELECT 1 FROM product_words WHERE product_words MATCH '"' || term || '"');
DROP TABLE product_terms;
CREATE VIRTUAL TABLE customer_terms USING fts5vocab (customer_words, row);
INSERT INTO customer_vocabulary (word) SELECT term FROM customer_terms
WHERE length(term) >= 3 AND term NOT GLOB '*[0-9]*'
    AND EXISTS (SELECT 1 FROM customer_words WHERE customer_words MATCH '"' || term || '"');
DROP TABLE customer_terms;
