package local

import (
	"maps"
	"slices"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/offers"
)

// keptMost bounds each of the tables kept in memory; a fuller one is begun anew.
const keptMost = 1024

// kept is what every operation at the till asks for again and few of them
// change, as the transactions of one era read and wrote it. A transaction that
// is not the next of its era finds nothing here, and so does one that only
// reads. Whoever writes a row of it says so here; what is not sure is dropped.
// It is guarded by the right to write.
type kept struct {
	era       int64
	employees rowsKept[pos.EmployeeID, pos.Employee]
	groups    rowsKept[pos.GroupID, pos.Group]
	meta      rowsKept[string, string]
	customer  *pos.Customer       // asked for last
	group     *pos.CustomerGroup  // asked for last
	offers    *[]offers.Promotion // that are on
	shift     *pos.Shift          // the open one; nil: not known
	cheque    *chequeRow          // the open one; nil: not known
	number    *numbered           // the newest sale
	shelves   rowsKept[pos.ProductID, shelfRow]
	move      *int64 // the newest of stock_moves; nil: not known
	journal   *head
	trail     *head
	standing  *history.Standing // its heads are those above; nil: not known
}

// numbered is the newest number of an epoch; where it has none yet, n is the one
// before its first.
type numbered struct{ epoch, n int64 }

// head is the end of a chain.
type head struct {
	n    int64
	hash string
}

// of is what is kept for a transaction of an era.
func (k *kept) of(era int64) *kept {
	if k.era != era {
		*k = kept{era: era}
	}
	return k
}

// rowsKept are rows of one table by their keys.
type rowsKept[K comparable, V any] struct{ all map[K]V }

func (r *rowsKept[K, V]) get(k K) (v V, ok bool) {
	v, ok = r.all[k]
	return v, ok
}

func (r *rowsKept[K, V]) put(k K, v V) {
	if r.all == nil || len(r.all) >= keptMost {
		r.all = make(map[K]V)
	}
	r.all[k] = v
}

func (r *rowsKept[K, V]) drop(k K) { delete(r.all, k) }

// cloneGroup is a group whose rights nobody else can change.
func cloneGroup(g pos.Group) *pos.Group {
	g.Rights, g.Caps = slices.Clone(g.Rights), maps.Clone(g.Caps)
	return &g
}

// cloneRules is a customers' group whose rules nobody else can change.
func cloneRules(g pos.CustomerGroup) *pos.CustomerGroup {
	g.EarnRate, g.MaxPointsShare, g.CreditLimit, g.DueDays = another(g.EarnRate), another(g.MaxPointsShare), another(g.CreditLimit), another(g.DueDays)
	return &g
}

func another[T any](v *T) *T {
	if v == nil {
		return nil
	}
	same := *v
	return &same
}
