package manual

import (
	"slices"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// How long an order may wait for a decision, in days.
const (
	UsualWindow   = 30
	LongestWindow = 366
)

// Offer is what is paid for: free words with a price, and by which merchants.
type Offer struct {
	ID        string         `json:"id" maxLength:"64"`
	Text      string         `json:"text" maxLength:"400"`
	Price     money.Amount   `json:"price" doc:"Minor units of the currency"`
	Currency  money.Currency `json:"currency"`
	Merchants []string       `json:"merchants" maxItems:"50" nullable:"false" doc:"Ids of those it may be paid by"`
	Window    int            `json:"paymentWindow,omitempty" doc:"How many days an order may wait for a decision; 30 unless given"`
	Archived  bool           `json:"archived,omitempty"`
	Version   int64          `json:"version" doc:"Of what is changed; 0 makes a new one"`
}

// Normal fills in what may be left out.
func (o *Offer) Normal() {
	o.Text = strings.TrimSpace(o.Text)
	if o.Window == 0 {
		o.Window = UsualWindow
	}
	o.Merchants = slices.Compact(slices.Sorted(slices.Values(o.Merchants)))
}

// Check tells the first thing wrong with an offer; merchants are those it names, as
// they are known.
func (o *Offer) Check(merchants []Merchant) error {
	if err := checkID(o.ID); err != nil {
		return err
	}
	if err := checkName("text", o.Text); err != nil {
		return err
	}
	switch {
	case o.Price <= 0:
		return pos.E(pos.CodeInvalid, "manual.price-low", nil)
	case o.Price > money.MaxAmount:
		return pos.E(pos.CodeInvalid, "manual.price-high", nil)
	case !KnownCurrency(o.Currency):
		return pos.E(pos.CodeInvalid, "manual.currency", pos.Args{"Currency": short(string(o.Currency))})
	case o.Window < 1 || o.Window > LongestWindow:
		return pos.E(pos.CodeInvalid, "manual.window", pos.Args{"Most": LongestWindow})
	case len(o.Merchants) == 0:
		return pos.E(pos.CodeInvalid, "manual.merchant-none", nil)
	}
	for _, id := range o.Merchants {
		i := slices.IndexFunc(merchants, func(m Merchant) bool { return m.ID == id })
		if i < 0 {
			return pos.E(pos.CodeNotFound, "manual.merchant-unknown", nil)
		}
		if err := merchants[i].Demand(o.Currency); err != nil {
			return err
		}
	}
	return nil
}

// Deadline is until when an order of that window may wait, counted once, when it is
// made.
func Deadline(created time.Time, window int) time.Time {
	return created.Add(time.Duration(window) * 24 * time.Hour)
}
