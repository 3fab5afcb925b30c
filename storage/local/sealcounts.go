package local

import (
	"sync"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/seal"
)

// Each change of a kind's records seals the sum of their seals once more. How often
// that was is remembered outside the file: a whole table that is put back to what
// it once was, with the sum of then, is missed by it.

// reached are the counts of sums that were reached for certain. It is safe for use
// by several goroutines.
type reached struct {
	mu  sync.Mutex
	all history.Numbers // replaced as a whole, never changed
}

func (r *reached) get() history.Numbers {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.all
}

func (r *reached) raise(counts history.Numbers) {
	if len(counts) == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = r.all.With(counts)
}

// SealsReached says how often the sums of seals were sealed as somebody outside the
// data remembers: one that was sealed less often was put back.
func (s *Store) SealsReached(counts history.Numbers) { s.reached.raise(counts) }

// wentBack reports a sum that was sealed less often than is known.
func (x *tx) wentBack(kind pos.SealKind, s *sealSum) bool {
	return x.store.key.Load() != nil && seal.Version(s.mark) < x.reached[history.Series(kind)]
}

// counted remembers a sum that this transaction sealed.
func (x *tx) counted(kind pos.SealKind, mark []byte) {
	n := seal.Version(mark)
	if n == 0 {
		return
	}
	if x.counts == nil {
		x.counts = history.Numbers{}
	}
	x.counts.Raise(history.Series(kind), n)
	if s := x.kept.standing; s != nil {
		s.Seals.Raise(history.Series(kind), n)
	}
}

// sealCounts reads how often each sum was sealed. One whose seal does not fit says
// nothing.
func (x *tx) sealCounts() (history.Numbers, error) {
	counts := history.Numbers{}
	if x.store.key.Load() == nil {
		return counts, nil
	}
	for i := range sealedTables {
		kind := sealedTables[i].kind
		s, err := x.storedSum(kind)
		if err != nil {
			return nil, err
		}
		if x.soundSum(kind, s) {
			counts.Raise(history.Series(kind), seal.Version(s.mark))
		}
	}
	return counts, nil
}
