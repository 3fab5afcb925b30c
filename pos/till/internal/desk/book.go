package desk

import (
	"strconv"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// Money is a posting in the shop's currency.
func (o *Op) Money(a ledger.Account, amount money.Amount) ledger.Posting {
	return ledger.Posting{Account: a, Currency: o.Settings.Currency, Amount: int64(amount)}
}

// Points is a posting in points.
func Points(a ledger.Account, n int64) ledger.Posting {
	return ledger.Posting{Account: a, Currency: money.Points, Amount: n}
}

// BookDoc books a document; shift is "" for what happens outside of one.
func (o *Op) BookDoc(k ledger.Kind, doc, digest string, shift pos.ShiftID, p ...ledger.Posting) error {
	return o.Book(&ledger.Entry{Kind: k, Doc: doc, Digest: digest, Shift: shift, Postings: p})
}

// Minor writes an amount for the audit trail: minor units, no formatting.
func Minor(a money.Amount) string { return strconv.FormatInt(int64(a), 10) }
