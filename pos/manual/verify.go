package manual

import (
	"fmt"
	"slices"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
)

// Kept is an order with all that is kept of it.
type Kept struct {
	Order
	Events  []Event  `json:"events" doc:"All that happened to it, in order"`
	Refunds []Refund `json:"refunds"`
	Gone    []string `json:"gone,omitempty" doc:"Proofs whose files were taken away with all else that told who the customer is"`
}

// Fault is something that must never be found.
type Fault struct {
	Order string `json:"order,omitempty"`
	What  string `json:"what" doc:"A permanent word"`
	Where string `json:"where,omitempty"`
}

// The faults. Words are permanent.
const (
	FaultHistory  = "history"  // the events do not follow one another by Steps, or do not lead to the state
	FaultWinner   = "winner"   // more or less than one decision
	FaultSum      = "sum"      // refunds do not add up, or to more than was confirmed
	FaultEntry    = "entry"    // a payment or a refund is not booked once, as it should be
	FaultStranger = "stranger" // an entry that books nothing that is kept
	FaultBalance  = "balance"  // an entry does not balance
	FaultChain    = "chain"    // the journal's chain is broken
	FaultProof    = "proof"    // the file of a proof is missing, or another than was attached
)

// Invariant is the number of what a fault breaks.
func (f *Fault) Invariant() string {
	switch f.What {
	case FaultBalance:
		return "I3"
	case FaultChain:
		return "I12"
	}
	return "I9"
}

// Told names the sentence that tells of a fault, with its values.
func (f *Fault) Told() (id string, args pos.Args) {
	args = pos.Args{"Order": f.Order, "Where": f.Where}
	switch f.What {
	case FaultHistory:
		return "manual.fault.history", args
	case FaultWinner:
		return "manual.fault.winner", args
	case FaultSum:
		return "manual.fault.sum", args
	case FaultEntry:
		return "manual.fault.entry", args
	case FaultStranger:
		return "manual.fault.stranger", args
	case FaultBalance:
		return "manual.fault.balance", args
	case FaultProof:
		return "manual.fault.proof", args
	}
	return "manual.fault.chain", args
}

// Verify looks for whatever should not be: invariant I9, that of any race there
// was one winner, and that the books follow from the orders and nothing else. It
// trusts nobody who writes.
func Verify(orders []Kept, entries []ledger.Entry) (faults []Fault) {
	books := map[string]*ledger.Entry{}
	prev := ""
	for i := range entries {
		e := &entries[i]
		if e.Check() != nil {
			faults = append(faults, Fault{What: FaultBalance, Where: fmt.Sprint(e.N)})
		}
		if e.N != int64(i)+1 || !e.Verify(prev) {
			faults = append(faults, Fault{What: FaultChain, Where: fmt.Sprint(e.N)})
		}
		prev = e.Hash
		key := string(e.Kind) + " " + e.Doc
		if books[key] != nil {
			faults = append(faults, Fault{What: FaultEntry, Where: e.Doc})
		}
		books[key] = e
	}
	for i := range orders {
		faults = append(faults, verifyOrder(&orders[i], books)...)
	}
	for _, e := range entries {
		if books[string(e.Kind)+" "+e.Doc] != nil {
			faults = append(faults, Fault{What: FaultStranger, Where: e.Doc})
		}
	}
	return faults
}

// verifyOrder looks at one order and takes what it accounts for out of the books.
func verifyOrder(k *Kept, books map[string]*ledger.Entry) (faults []Fault) {
	bad := func(what, where string) { faults = append(faults, Fault{Order: k.ID, What: what, Where: where}) }
	state, decided, proofs := State(""), 0, int64(0)
	for i, e := range k.Events {
		if e.N != int64(i)+1 || e.From != state || !stepOf(&e) {
			bad(FaultHistory, fmt.Sprint(e.N))
		}
		if state == Open && e.To != Open {
			decided++
		}
		if e.Kind == EventProof {
			proofs++
		}
		state = e.To
	}
	if state != k.State || k.Version != int64(len(k.Events)) || k.Proofs != proofs {
		bad(FaultHistory, "")
	}
	if decided > 1 || decided == 0 && k.State != Open {
		bad(FaultWinner, "")
	}
	paid := k.State.Paid() || k.State == Refunded
	if paid {
		take(books, KindReceived, k.ID, k.Received(), bad)
	}
	var given, pending money.Amount
	for _, f := range slices.SortedFunc(slices.Values(k.Refunds), func(a, b Refund) int { return int(a.Entry - b.Entry) }) {
		switch f.State {
		case RefundDone:
			given = given.Add(f.Amount)
			then := k.Order
			then.Refunded = given
			if paid {
				take(books, KindReturned, f.ID, then.Returned(&f, Person{}), bad)
			}
		case RefundAsked, RefundApproved:
			pending = pending.Add(f.Amount)
		}
	}
	if given != k.Refunded || pending != k.Pending {
		bad(FaultSum, "")
	}
	if !paid && given+pending != 0 || paid && (given.Add(pending) > k.Confirmed.Price || (given == k.Confirmed.Price) != (k.State == Refunded)) {
		bad(FaultSum, "")
	}
	return faults
}

// stepOf reports an event that some rule allows: a step of an order, or one of a
// refund, which leaves the order where it stands until all is given.
func stepOf(e *Event) bool {
	if (e.Kind == EventProof) != (e.Proof != nil) {
		return false
	}
	switch e.Kind {
	case EventProof:
		return e.To == e.From && e.From != "" && e.Proof.check() && attachedAt(e.Where)
	case EventCreated:
		return Allowed("", Open, ByStaff, e.Where) || Allowed("", Open, ByCustomer, e.Where)
	case EventUsed:
		return e.To == e.From
	case EventExpired:
		return Allowed(e.From, e.To, ByTime, e.Where)
	case EventApproved, EventCompleted, EventDeclined:
		return Allowed(e.From, e.To, ByStaff, e.Where)
	}
	return Allowed(e.From, Refunded, ByStaff, e.Where) && (e.To == e.From || e.To == Refunded && e.Kind == EventRefundDone)
}

// take accounts for an entry.
func take(books map[string]*ledger.Entry, kind ledger.Kind, doc string, want *ledger.Entry, bad func(what, where string)) {
	key := string(kind) + " " + doc
	got := books[key]
	if got == nil || !slices.Equal(got.Postings, want.Postings) || got.Reverses != want.Reverses {
		bad(FaultEntry, doc)
	}
	delete(books, key)
}
