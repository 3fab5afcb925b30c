package pos

import (
	"time"

	"kassa/pos/digest"
	"kassa/pos/money"
)

// Merge is the document by which two cards of one person become one. What the
// duplicate had passes to the survivor; the duplicate stays and points there.
type Merge struct {
	ID        MergeID
	Survivor  CustomerID
	Duplicate CustomerID
	Points    int64        // what passed over, usable or not
	Debt      money.Amount // what passed over
	Employee  EmployeeID
	At        time.Time
}

// Digest is the hex SHA-256 of the merge.
func (m *Merge) Digest() string {
	d := digest.New("kassa.merge.v1").Text(string(m.ID)).Text(string(m.Survivor)).Text(string(m.Duplicate))
	return d.Int(m.Points).Int(int64(m.Debt)).Text(string(m.Employee)).Time(m.At).Hex()
}

// Erasure is the document by which a customer is made anonymous. Points that
// were left are forfeited by it.
type Erasure struct {
	ID       ErasureID
	Customer CustomerID
	Points   int64
	Employee EmployeeID
	At       time.Time
}

// Digest is the hex SHA-256 of the erasure.
func (e *Erasure) Digest() string {
	d := digest.New("kassa.erasure.v1").Text(string(e.ID)).Text(string(e.Customer)).Int(e.Points)
	return d.Text(string(e.Employee)).Time(e.At).Hex()
}
