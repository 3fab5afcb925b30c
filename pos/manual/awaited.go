package manual

import (
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// Awaited is an order that is to pay a sale, as the till that asked for it knows it:
// what it was asked for, and what was decided meanwhile. It pays that sale alone,
// and only as long as the sale is what it was.
type Awaited struct {
	Order    string
	Sale     pos.SaleID
	Merchant string
	Account  string // the merchant's name
	Currency money.Currency
	Amount   money.Amount   // what it is to pay
	Total    money.Amount   // of the sale for which that was asked, or taken since
	Customer pos.CustomerID // likewise; "" for nobody
	Asked    time.Time
	By       pos.EmployeeID

	State   State
	Price   money.Amount   // that was confirmed; 0 while nobody did
	In      money.Currency // of Price
	Reason  string         // what whoever decided said
	Expired bool           // declined because its time ran out
	Decided time.Time
	Taken   bool // the cashier took it though Price is not what was asked
	Loose   bool // it pays nothing any more: its tender was taken off
	Told    bool // people at the till were told what was decided
}

// Standing says what an order does for the sale it is to pay. Words are permanent.
type Standing string

// The standings.
const (
	Waits   Standing = "waits"   // nobody decided yet
	Pays    Standing = "pays"    // the money is there, for this sale as it is
	Differs Standing = "differs" // the money is there, and Why says what is not as it was asked
	Gone    Standing = "gone"    // it was declined, given back, or taken off
)

// Stands tells what an order does for its sale as that is now, and with Differs why
// it does not pay it: a refusal with what is to be done.
func (w *Awaited) Stands(total money.Amount, customer pos.CustomerID, shop money.Currency) (Standing, *pos.Error) {
	switch {
	case w.Loose:
		return Gone, nil
	case w.State == Open:
		return Waits, nil
	case !w.State.Paid():
		return Gone, nil
	case w.In != shop:
		return Differs, w.differs("manual.pays-currency", total)
	case w.Price != w.Amount && !w.Taken:
		return Differs, w.differs("manual.pays-price", total)
	case w.Total != total:
		return Differs, w.differs("manual.pays-total", total)
	case w.Customer != customer:
		return Differs, w.differs("manual.pays-customer", total)
	}
	return Pays, nil
}

func (w *Awaited) differs(id string, total money.Amount) *pos.Error {
	return pos.E(pos.CodeConflict, id, pos.Args{"Asked": w.Amount, "Price": w.Price, "Paid": ShowSum(w.Price, w.In) + " " + string(w.In),
		"Was": w.Total, "Total": total, "Merchant": w.Account})
}

// Takable reports that the cashier may take the order for the sale though something
// is not as it was asked: the money is there, and it is the shop's.
func (w *Awaited) Takable(shop money.Currency) bool {
	return !w.Loose && w.State.Paid() && w.In == shop
}

// Take makes the order pay a sale as it is now, for so much.
func (w *Awaited) Take(amount, total money.Amount, customer pos.CustomerID) {
	w.Amount, w.Total, w.Customer, w.Taken = amount, total, customer, true
}

// Heard is what a till learns of an order.
type Heard struct {
	Order   string
	State   State
	Price   money.Amount // confirmed; 0 where nothing was
	In      money.Currency
	Reason  string
	Expired bool
	Decided time.Time
}

// HeardOf is what an order tells the till that asked for it.
func HeardOf(o *Order) Heard {
	h := Heard{Order: o.ID, State: o.State, Expired: o.Expired, Decided: o.Decided}
	if o.Confirmed != nil {
		h.Price, h.In, h.Reason = o.Confirmed.Price, o.Confirmed.Currency, o.Confirmed.Comment
	}
	return h
}

// Hear notes what was decided, and reports whether that is new.
func (w *Awaited) Hear(h Heard) bool {
	if h.State == w.State || h.State == Open {
		return false
	}
	w.State, w.Price, w.In, w.Reason, w.Expired, w.Decided = h.State, h.Price, h.In, h.Reason, h.Expired, h.Decided
	w.Told = false
	return true
}
