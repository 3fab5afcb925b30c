package till_test

import (
	"kassa/pos/ledger"
	"kassa/pos/till"
)

func (b *backroom) balance(a ledger.Account) (n int64) {
	b.view(func(tx till.Tx) (err error) { n, err = tx.Balance(a, "RUB"); return err })
	return n
}
