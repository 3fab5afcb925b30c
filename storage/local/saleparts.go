package local

import (
	"errors"

	"kassa/pos"
	"kassa/storage"
)

// A sale's row number is its epoch and its number, 22 and 40 bits. Its lines and
// tenders lie under numbers that begin with the sale's and end with their place,
// so that they are one short walk through one table: 22 bits, 30 and 11. A till
// that sells every second needs 34 years for more.
const (
	partBits    = 11
	partNumbers = 30
	maxParts    = 1 << partBits
	maxPartSale = 1 << partNumbers // numbers below have places for parts
)

// Conditions that a part is one of the sale s. Joined to it the sale comes first:
// the other way round every line there is would be looked at.
const (
	firstOfS   = `(((s.n >> 40) << 41) | ((s.n & 1073741823) << 11))`
	linesOfS   = `l.n BETWEEN ` + firstOfS + ` AND (` + firstOfS + ` | 2047)`
	tendersOfS = `t.n BETWEEN ` + firstOfS + ` AND (` + firstOfS + ` | 2047)`
)

// firstPart is the number of the first line or tender a sale can have.
func firstPart(sale int64) int64 {
	return sale>>epochShift<<(partNumbers+partBits) | sale&(maxPartSale-1)<<partBits
}

// lastPart is the number of the last one.
func lastPart(sale int64) int64 { return firstPart(sale) | (maxParts - 1) }

// partsOf are the bounds of a sale's lines or tenders.
func partsOf(sale int64) []any { return []any{firstPart(sale), lastPart(sale)} }

var errParts = errors.New("a sale has more lines or a higher number than there is room for")

// checkParts refuses a sale whose parts would lie among another's.
func checkParts(s *pos.Sale) error {
	if s.Number >= maxPartSale || len(s.Lines) > maxParts || len(s.Tenders) > maxParts {
		return pos.Wrap(pos.CodeInternal, storage.IDRule, errParts)
	}
	return nil
}
