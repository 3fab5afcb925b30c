package manual

import (
	"math/big"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// Kinds of the journal's entries of manual payments.
const (
	KindReceived ledger.Kind = "manual.received"
	KindReturned ledger.Kind = "manual.returned"
)

// Accounts of manual payments, one of each for a merchant. They are apart from the
// drawer's: nothing of this was ever in it.
const (
	accountGross = "manual.gross:"   // income: what was paid, negative
	accountNet   = "manual.net:"     // what landed with the merchant
	accountFees  = "manual.fees:"    // what the merchant kept
	accountOwed  = "manual.fee-due:" // the other side of a fixed fee in another currency
)

// Gross is what was paid by a merchant.
func Gross(merchant string) ledger.Account { return ledger.Account(accountGross + merchant) }

// Net is where a merchant's money lands.
func Net(merchant string) ledger.Account { return ledger.Account(accountNet + merchant) }

// FeesOf is what a merchant kept.
func FeesOf(merchant string) ledger.Account { return ledger.Account(accountFees + merchant) }

func owed(merchant string) ledger.Account { return ledger.Account(accountOwed + merchant) }

// Received is the entry that books a payment that was allowed: gross, fee and net.
func (o *Order) Received() *ledger.Entry {
	e := &ledger.Entry{At: o.Decided, Kind: KindReceived, Doc: o.ID, Employee: pos.EmployeeID(o.Decider.ID)}
	o.post(e, o.Confirmed.Price, o.Fees.Share, o.Fees.Fixed)
	return e
}

// Returned is the entry that books a refund that was given, after which the order's
// Refunded counts it: the same part of each posting goes back. What is rounded is
// the whole that went back so far, so that an order that is refunded wholly, in
// whatever parts, leaves nothing behind.
func (o *Order) Returned(f *Refund, by Person) *ledger.Entry {
	e := &ledger.Entry{At: f.Done, Kind: KindReturned, Doc: f.ID, Employee: pos.EmployeeID(by.ID), Reverses: o.Entry}
	before := o.Refunded.Sub(f.Amount)
	back := func(fee money.Amount) money.Amount {
		return portion(fee, o.Refunded, o.Confirmed.Price).Sub(portion(fee, before, o.Confirmed.Price))
	}
	o.post(e, f.Amount.Neg(), back(o.Fees.Share).Neg(), back(o.Fees.Fixed).Neg())
	return e
}

// post adds the postings of a payment, or with its signs turned of a refund.
func (o *Order) post(e *ledger.Entry, gross, share, fixed money.Amount) {
	c, fees := o.Confirmed.Currency, share
	if o.Fees.Currency == c {
		fees = fees.Add(fixed)
	}
	add := func(on ledger.Account, in money.Currency, of money.Amount) {
		if of != 0 {
			e.Postings = append(e.Postings, ledger.Posting{Account: on, Currency: in, Amount: int64(of)})
		}
	}
	add(Net(o.Merchant), c, gross.Sub(fees))
	add(FeesOf(o.Merchant), c, fees)
	add(Gross(o.Merchant), c, gross.Neg())
	if o.Fees.Currency != c {
		add(FeesOf(o.Merchant), o.Fees.Currency, fixed)
		add(owed(o.Merchant), o.Fees.Currency, fixed.Neg())
	}
}

// portion is part of whole of a sum, rounded half up. The product may not fit in
// 64 bits.
func portion(sum, part, whole money.Amount) money.Amount {
	v := new(big.Int).Mul(big.NewInt(int64(sum)), big.NewInt(int64(part)))
	v.Add(v, big.NewInt(int64(whole)/2))
	return money.Amount(v.Div(v, big.NewInt(int64(whole))).Int64())
}
