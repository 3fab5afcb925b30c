package store

import "kassa/pos/exchange"

// FeedRow says that something changed. It names the thing and does not hold it: who
// reads the feed is told how it stands by then, and what is forgotten of it is
// forgotten here too.
type FeedRow struct {
	N    int64  // 1, 2, 3… without gaps; the store's to give
	Mark string // an id of this row alone: by it another row of the same number is told, such as one written after an old copy was restored
	Kind exchange.ChangeKind
	ID   string
}

// Feed is what changed, in the order in which that was committed.
type Feed interface {
	// AddChange numbers a change. The head of the feed is held until the transaction
	// ends: whoever writes a later number waits, so that no reader ever sees a number
	// and later a smaller one. It is written last in its transaction.
	AddChange(r *FeedRow) error
	// ChangesAfter lists changes after a number, by number, of each thing the newest
	// alone.
	ChangesAfter(n int64, limit int) ([]FeedRow, error)
	// ChangeMark is the mark of a number, "" for one that was not given.
	ChangeMark(n int64) (string, error)
}
