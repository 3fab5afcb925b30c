package manual

import (
	"cmp"
	"slices"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// Handover is what one backend brings to another when a till turns from the one to
// the other: merchants with their images, offers, and orders with all that happened
// to them. The files of their proofs are brought before them, one at a time.
type Handover struct {
	Merchants []Merchant `json:"merchants,omitempty"`
	Offers    []Offer    `json:"offers,omitempty"`
	Orders    []Kept     `json:"orders,omitempty"`
}

// Taken tells what became of a handover.
type Taken struct {
	Taken int `json:"taken" doc:"What was new here, or further on than here"`
	Apart int `json:"apart" doc:"Orders that went on in both places; they stand as here, and a case is open for each"`
}

// Count counts one that was taken.
func (t *Taken) Count(taken bool) {
	if taken {
		t.Taken++
	}
}

// Grown tells how far an order that is brought stands beside the one that is here,
// nil for none.
func (k *Kept) Grown(here *Kept) Growth {
	if here == nil {
		return Further
	}
	shared := min(len(k.Events), len(here.Events))
	for i := range shared {
		if !sameEvent(&k.Events[i], &here.Events[i]) {
			return Apart
		}
	}
	if !k.sameSaid(here) {
		return Apart
	}
	if len(k.Events) > len(here.Events) {
		return Further
	}
	return NoFurther
}

// sameSaid reports that what was said of the payment is the same in both, and what was
// confirmed, where that is known here: nothing that happens later changes it, and it is
// booked.
func (k *Kept) sameSaid(here *Kept) bool {
	if k.Merchant != here.Merchant || !k.Requested.same(&here.Requested) {
		return false
	}
	return here.Confirmed == nil || k.Confirmed != nil && k.Confirmed.same(here.Confirmed) && (here.Fees == nil) == (k.Fees == nil) && (here.Fees == nil || *k.Fees == *here.Fees)
}

// Growth is how far a copy of an order stands beside another.
type Growth int

// What a copy can be.
const (
	NoFurther Growth = iota // the same, or what the other was before
	Further                 // the other with more that happened to it
	Apart                   // something else happened to it than to the other
)

func sameEvent(a, b *Event) bool {
	return a.N == b.N && a.At.Equal(b.At) && a.Kind == b.Kind && a.To == b.To && a.By == b.By && a.Refund == b.Refund && a.Amount == b.Amount &&
		(a.Proof == nil) == (b.Proof == nil) && (a.Proof == nil || *a.Proof == *b.Proof)
}

// Given are the refunds whose money was given, in the order in which it was booked.
func (k *Kept) Given() (all []*Refund) {
	for i := range k.Refunds {
		if k.Refunds[i].State == RefundDone {
			all = append(all, &k.Refunds[i])
		}
	}
	slices.SortFunc(all, func(a, b *Refund) int { return cmp.Compare(a.Entry, b.Entry) })
	return all
}

// Booked is the entry of money that was given back, as it was booked first, over the
// entry of the payment: what the order had given back before does not count f.
func (k *Kept) Booked(f *Refund, payment int64) *ledger.Entry {
	then := k.Order
	then.Entry, then.Refunded = payment, 0
	for _, g := range k.Given() {
		then.Refunded = then.Refunded.Add(g.Amount)
		if g.ID == f.ID {
			break
		}
	}
	return then.Returned(f, k.giver(f.ID))
}

// giver is who gave the money of a refund.
func (k *Kept) giver(refund string) (by Person) {
	for i := range k.Events {
		if e := &k.Events[i]; e.Kind == EventRefundDone && e.Refund == refund {
			by = e.By
		}
	}
	return by
}

// checkTexts refuses words that would not have been taken one by one.
func (k *Kept) checkTexts() error {
	texts := []string{k.Offer, k.Text, k.Merchant, k.Account, k.Customer, k.CustomerName, k.Email, k.Phone, k.Requested.Comment, k.Sale}
	people := []Person{k.Author, k.Decider}
	if k.Confirmed != nil {
		texts = append(texts, k.Confirmed.Comment)
	}
	for i := range k.Events {
		e := &k.Events[i]
		texts, people = append(texts, e.Refund, e.Reason), append(people, e.By)
		if e.Terms != nil {
			texts = append(texts, e.Terms.Comment)
		}
	}
	for i := range k.Refunds {
		f := &k.Refunds[i]
		texts, people = append(texts, f.ID, f.Reason), append(people, f.Author, f.Decider)
	}
	for _, text := range texts {
		if err := checkText("text", text, MaxText); err != nil {
			return err
		}
	}
	for i := range people {
		if err := people[i].Check(); err != nil {
			return err
		}
	}
	return nil
}

// sumsFit reports sums that can be reckoned with, whatever else is wrong with them.
func (k *Kept) sumsFit() bool {
	fits := func(least money.Amount, sums ...money.Amount) bool {
		for _, sum := range sums {
			if sum < least || sum > money.MaxAmount {
				return false
			}
		}
		return true
	}
	ok := fits(0, k.Requested.Price, k.Refunded, k.Pending)
	if k.Confirmed != nil {
		ok = ok && fits(0, k.Confirmed.Price)
	}
	if k.Fees != nil {
		ok = ok && fits(0, k.Fees.Share, k.Fees.Fixed) && fits(-money.MaxAmount, k.Fees.Net)
	}
	for i := range k.Refunds {
		ok = ok && fits(0, k.Refunds[i].Amount)
	}
	return ok
}

// ownRefunds reports that each refund is one of this order, once, and that there is none
// of what nobody paid.
func (k *Kept) ownRefunds() bool {
	if k.Confirmed == nil && len(k.Refunds) > 0 {
		return false
	}
	seen := map[string]bool{}
	for i := range k.Refunds {
		f := &k.Refunds[i]
		if f.Order != k.ID || seen[f.ID] || checkID(f.ID) != nil {
			return false
		}
		seen[f.ID] = true
	}
	return true
}

// CheckBrought refuses an order whose state does not follow from what happened to
// it, or whose sums do not add up: what is brought is believed no more than what is
// asked. CodeInvalid "manual.brought".
func (k *Kept) CheckBrought(till string) error {
	bad := func(what string) error {
		return pos.E(pos.CodeInvalid, "manual.brought", pos.Args{"Order": k.ID, "What": what})
	}
	if err := checkID(k.ID); err != nil {
		return err
	}
	paid := k.State.Paid() || k.State == Refunded
	if k.Till != till {
		return bad("till")
	}
	if err := k.checkTexts(); err != nil {
		return err
	}
	switch {
	case !k.sumsFit():
		return bad(FaultSum)
	case paid && (k.Confirmed == nil || k.Fees == nil || k.Confirmed.Price <= 0):
		return bad(FaultSum)
	case !k.ownRefunds():
		return bad(FaultHistory)
	}
	books := map[string]*ledger.Entry{}
	if paid {
		books[string(KindReceived)+" "+k.ID] = k.Received()
		for _, f := range k.Given() {
			books[string(KindReturned)+" "+f.ID] = k.Booked(f, k.Entry)
		}
	}
	if faults := verifyOrder(k, books); len(faults) > 0 {
		return bad(faults[0].What)
	}
	return nil
}
