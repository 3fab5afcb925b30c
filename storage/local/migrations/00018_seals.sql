-- Records that guard money carry a seal: a MAC over what they say, under a key
-- that is not in this file. Rows of before have none (an empty one) until the
-- till seals them at its next start. A migration from here on does not change
-- what a seal covers: that is done by the till itself.

-- +goose Up
ALTER TABLE customers ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
ALTER TABLE customer_groups ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
ALTER TABLE employees ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
ALTER TABLE groups ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
ALTER TABLE products ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
ALTER TABLE promotions ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
ALTER TABLE coupons ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
ALTER TABLE certificates ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
ALTER TABLE approvals ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
ALTER TABLE challenges ADD COLUMN seal BLOB NOT NULL DEFAULT x'';

-- The sum of the seals of a kind's records, sealed itself: a record that was
-- taken out or put back to what it once was is missed. n, hi and lo are the
-- number of the seals and the two halves of their sum.
CREATE TABLE seal_sums (
    kind TEXT    NOT NULL PRIMARY KEY,
    n    INTEGER NOT NULL,
    hi   INTEGER NOT NULL,
    lo   INTEGER NOT NULL,
    seal BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- A used coupon stays what it was; its seal is no part of that.
DROP TRIGGER coupons_keep;
-- +goose StatementBegin
CREATE TRIGGER coupons_keep BEFORE UPDATE OF number, promotion, made_at, expires, sale, used_at ON coupons WHEN OLD.sale <> ''
BEGIN SELECT RAISE(ABORT, 'used coupons are never edited'); END;
-- +goose StatementEnd
