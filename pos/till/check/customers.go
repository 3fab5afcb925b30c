package check

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/phone"
)

// cards is what the journal and the trail tell of customers' cards.
type cards struct {
	moves    map[string][]ledger.Posting       // of merges and erasures, by document
	parent   map[pos.CustomerID]pos.CustomerID // the card each merged one became
	erased   map[pos.CustomerID]bool
	groups   map[pos.CustomerGroupID]string // rules as told last
	member   map[pos.CustomerID]pos.CustomerGroupID
	phones   map[pos.CustomerID]string       // masked, as told last
	changes  map[pos.ChallengeID]string      // digests of the codes by which phones were changed
	said     uint64                          // prints of consents: told − stored
	overLent map[pos.CustomerID]money.Amount // owed after a sale beyond its own terms
}

func newCards() cards {
	return cards{
		moves: map[string][]ledger.Posting{}, parent: map[pos.CustomerID]pos.CustomerID{}, erased: map[pos.CustomerID]bool{},
		groups: map[pos.CustomerGroupID]string{}, member: map[pos.CustomerID]pos.CustomerGroupID{},
		phones: map[pos.CustomerID]string{}, changes: map[pos.ChallengeID]string{}, overLent: map[pos.CustomerID]money.Amount{},
	}
}

// hearCustomer keeps what the trail tells of a customer beside the limit.
func (w *walk) hearCustomer(e *pos.Event) {
	id := pos.CustomerID(e.Subject)
	switch e.Kind {
	case pos.EventCustomerAdded, pos.EventCustomerChanged:
		if g, ok := e.Detail[pos.DetailGroup]; ok {
			w.cards.member[id] = pos.CustomerGroupID(g)
		}
	case pos.EventPhoneChanged:
		w.cards.phones[id] = e.Detail["phone"]
		if ch := e.Detail[pos.DetailChallenge]; ch != "" {
			w.cards.changes[pos.ChallengeID(ch)] = e.Detail[pos.DetailDigest]
		}
	case pos.EventCustomerErased:
		delete(w.cards.phones, id)
	case pos.EventCustomerGroup:
		w.cards.groups[pos.CustomerGroupID(e.Subject)] = groupPrint(e.Detail[pos.DetailEarn], e.Detail[pos.DetailShare],
			e.Detail[pos.DetailLimit], e.Detail[pos.DetailDays])
	case pos.EventConsent:
		w.cards.said += consentPrint(e.Subject, e.Detail["channel"], e.Detail["purpose"], e.Detail["given"] == "yes",
			e.Detail["source"], string(e.Employee), e.At.UnixMilli())
	}
}

func groupPrint(earn, share, limit, days string) string {
	return earn + " " + share + " " + limit + " " + days
}

func consentPrint(customer, channel, purpose string, given bool, source, employee string, at int64) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %s %s %t %s %s %d", customer, channel, purpose, given, source, employee, at)
	return h.Sum64()
}

// papers compares merges and erasures with the journal: which card became which,
// and whose name is gone.
func (w *walk) papers() error {
	err := w.EachMerge(func(m *pos.Merge) error {
		w.tells(pos.EventCustomersMerged, string(m.Survivor), m.At)
		w.booked(string(m.ID), m.Digest())
		w.postings(string(m.ID), ledger.OfMerge(m, w.currency))
		w.cards.parent[m.Duplicate] = m.Survivor
		return nil
	})
	if err != nil {
		return err
	}
	return w.EachErasure(func(e *pos.Erasure) error {
		w.tells(pos.EventCustomerErased, string(e.Customer), e.At)
		w.booked(string(e.ID), e.Digest())
		w.postings(string(e.ID), ledger.OfErasure(e))
		w.cards.erased[e.Customer] = true
		return nil
	})
}

// postings is I7 for a document: what was posted is what it says.
func (w *walk) postings(doc string, want *ledger.Entry) {
	if have, ok := w.cards.moves[doc]; ok && !slices.Equal(have, want.Postings) {
		w.broken("I7", "check.doc-postings", pos.Args{"Doc": doc})
	}
}

// root is the card that a customer goes by now.
func (w *walk) root(id pos.CustomerID) pos.CustomerID {
	for range len(w.cards.parent) {
		next, merged := w.cards.parent[id]
		if !merged {
			break
		}
		id = next
	}
	return id
}

// fold puts what sales gave merged cards down to the cards they became.
func (w *walk) fold() {
	for id := range w.cards.parent {
		to := w.root(id)
		if e, ok := w.earned[id]; ok {
			w.earned[to] = w.earned[to].plus(e)
			delete(w.earned, id)
		}
		if d, ok := w.debtOfSales[id]; ok {
			w.debtOfSales[to] = w.debtOfSales[to].plus(d)
			delete(w.debtOfSales, id)
		}
		if p, ok := w.periods[id]; ok {
			w.periods[to] += p
			delete(w.periods, id)
		}
	}
}

func (f fromSales) plus(g fromSales) fromSales {
	return fromSales{sum: f.sum + g.sum, prints: f.prints + g.prints}
}

// first is whose something was before it was passed on.
func first(owner, origin pos.CustomerID) pos.CustomerID {
	if origin != "" {
		return origin
	}
	return owner
}

// card compares a stored card with what was told of it.
func (w *walk) card(c *pos.Customer) {
	into := w.root(c.ID)
	if into == c.ID {
		into = ""
	}
	if c.MergedInto != into {
		w.broken("I12", "check.card-merged", pos.Args{"Name": c.Name})
	}
	erased := w.cards.erased[w.root(c.ID)]
	known := c.Name != pos.Anonymous || c.Phone+c.Email+c.Card+c.Birthday+c.Note != ""
	if erased != !c.ErasedAt.IsZero() || erased && known {
		w.broken("I12", "check.card-erased", pos.Args{"Customer": string(c.ID)})
	}
	if g, told := w.cards.member[c.ID]; told && g != c.Group {
		w.broken("I12", "check.card-group", pos.Args{"Name": c.Name})
	}
	if told, ok := w.cards.phones[c.ID]; ok && c.MergedInto == "" && !erased && told != maskedPhone(c.Phone) {
		w.broken("I12", "check.card-phone", pos.Args{"Name": c.Name})
	}
	if owed, ok := w.cards.overLent[c.ID]; ok {
		w.broken("I5", "check.over-limit", pos.Args{"Name": c.Name, "Owed": owed})
	}
}

func maskedPhone(e164 string) string {
	if e164 == "" {
		return ""
	}
	return phone.Mask(e164)
}

// files compares groups and consents with what was told of them.
func (w *walk) files() error {
	err := w.EachCustomerGroup(func(g *pos.CustomerGroup) error {
		now := groupPrint(rule(g.EarnRate), rule(g.MaxPointsShare), rule(g.CreditLimit), rule(g.DueDays))
		if told, ok := w.cards.groups[g.ID]; ok && told != now {
			w.broken("I12", "check.customer-group", pos.Args{"Name": g.Name})
		}
		delete(w.cards.groups, g.ID)
		return nil
	})
	if err != nil {
		return err
	}
	for id := range w.cards.groups {
		w.broken("I12", "check.customer-group", pos.Args{"Name": string(id)})
	}
	err = w.EachConsent(func(c *pos.Consent) error {
		w.cards.said -= consentPrint(string(c.Customer), string(c.Channel), string(c.Purpose), c.Given, string(c.Source),
			string(c.Employee), c.At.UnixMilli())
		return nil
	})
	if err == nil && w.cards.said != 0 {
		w.broken("I12", "check.consents", nil)
	}
	return err
}

func rule[T ~int | ~int64](v *T) string {
	if v == nil {
		return ""
	}
	return strconv.FormatInt(int64(*v), 10)
}

// phoneCode is I10 for a change of phone: one used up code, or a skip, for each
// change the trail tells of, and no other.
func (w *walk) phoneCode(c *confirm.Challenge) {
	digest, told := w.cards.changes[c.ID]
	if told != (c.State == confirm.Consumed) || told && digest != c.Digest {
		w.broken("I10", "check.phone-code", pos.Args{"Challenge": string(c.ID)})
	}
	if told {
		delete(w.cards.changes, c.ID)
	}
}
