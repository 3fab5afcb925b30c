package desk

import (
	"kassa/backend/store"
	"kassa/pos/exchange"
	"kassa/pos/manual"
)

// feeding is a transaction that tells the feed of whatever is shared and changes in
// it, so that no room can forget to.
type feeding struct {
	store.Tx
	ids     IDs
	changed *[]store.FeedRow
	jobs    *bool // one was added, or is to be done now
}

func (x feeding) changes(kind exchange.ChangeKind, id string, done bool, err error) (bool, error) {
	if err == nil && done {
		*x.changed = append(*x.changed, store.FeedRow{Kind: kind, ID: id, Mark: x.ids.NewID()})
	}
	return done, err
}

// PutMerchant implements store.Manual.
func (x feeding) PutMerchant(m *manual.Merchant, was int64) (bool, error) {
	done, err := x.Tx.PutMerchant(m, was)
	return x.changes(exchange.ManualMerchant, m.ID, done, err)
}

// PutOffer implements store.Manual.
func (x feeding) PutOffer(o *manual.Offer, was int64) (bool, error) {
	done, err := x.Tx.PutOffer(o, was)
	return x.changes(exchange.ManualOffer, o.ID, done, err)
}

// AddOrder implements store.Manual.
func (x feeding) AddOrder(o *manual.Order) (bool, error) {
	done, err := x.Tx.AddOrder(o)
	return x.changes(exchange.ManualOrder, o.ID, done, err)
}

// SaveOrder implements store.Manual.
func (x feeding) SaveOrder(o *manual.Order, was int64) (bool, error) {
	done, err := x.Tx.SaveOrder(o, was)
	return x.changes(exchange.ManualOrder, o.ID, done, err)
}

// ForgetPayer implements store.Manual: the mirrors forget too.
func (x feeding) ForgetPayer(customer string) ([]string, error) {
	ids, err := x.Tx.ForgetPayer(customer)
	for _, id := range ids {
		_, err = x.changes(exchange.ManualOrder, id, true, err)
	}
	return ids, err
}

// AddJob implements store.Jobs.
func (x feeding) AddJob(j *store.NewJob) (bool, error) {
	added, err := x.Tx.AddJob(j)
	*x.jobs = *x.jobs || added
	return added, err
}

// RetryJob implements store.Jobs.
func (x feeding) RetryJob(id int64) (bool, error) {
	again, err := x.Tx.RetryJob(id)
	*x.jobs = *x.jobs || again
	return again, err
}

// feed writes what changed into the feed, last of all in its transaction: whoever
// waits for the feed's head has every other row it needs.
func (x feeding) feed() error {
	for i := range *x.changed {
		if err := x.AddChange(&(*x.changed)[i]); err != nil {
			return err
		}
	}
	return nil
}
