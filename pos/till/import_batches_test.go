package till_test

import (
	"kassa/pos/till"
)

func (b *backroom) goods() (n int64) {
	b.view(func(tx till.Tx) (err error) { n, err = tx.ProductCount(); return err })
	return n
}
