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

// OfferKind is what sort of thing an offer is.
type OfferKind string

// The kinds; words are permanent.
const (
	OfferProduct OfferKind = "product" // goods of the catalogue
	OfferService OfferKind = "service"
	OfferText    OfferKind = "text" // whatever its words say
)

// OfferKinds lists the kinds in the order to offer them.
var OfferKinds = []OfferKind{OfferProduct, OfferService, OfferText}

// Offer is what is paid for: goods, a service or free words, with a price, and by
// which merchants.
type Offer struct {
	ID        string         `json:"id" maxLength:"64"`
	Kind      OfferKind      `json:"kind,omitempty" enum:"product,service,text" doc:"Free words unless given"`
	Product   string         `json:"product,omitempty" maxLength:"64" doc:"Of a product, its id at the till; text is what it was called there"`
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
	if o.Kind == "" {
		o.Kind = OfferText
	}
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
	return firstWrong(o.Wrongs(merchants))
}

// Wrongs tells all that is wrong with what is filled in of an offer.
func (o *Offer) Wrongs(merchants []Merchant) (all Wrongs) {
	all.add("text", checkName("text", o.Text))
	all.add("product", o.checkKind())
	switch {
	case o.Price <= 0:
		all.add("price", pos.E(pos.CodeInvalid, "manual.price-low", nil))
	case o.Price > money.MaxAmount:
		all.add("price", pos.E(pos.CodeInvalid, "manual.price-high", nil))
	}
	all.add("currency", checkCurrency(o.Currency))
	if o.Window < 1 || o.Window > LongestWindow {
		all.add("window", pos.E(pos.CodeInvalid, "manual.window", pos.Args{"Most": LongestWindow}))
	}
	if len(o.Merchants) == 0 {
		all.add("merchants", pos.E(pos.CodeInvalid, "manual.merchant-none", nil))
	}
	for _, id := range o.Merchants {
		i := slices.IndexFunc(merchants, func(m Merchant) bool { return m.ID == id })
		if i < 0 {
			all.add("merchants", pos.E(pos.CodeNotFound, "manual.merchant-unknown", nil))
		} else if KnownCurrency(o.Currency) {
			all.add("merchants", merchants[i].Demand(o.Currency))
		}
	}
	return all
}

// checkKind refuses a kind nobody knows, a product without goods and goods of what is
// none.
func (o *Offer) checkKind() error {
	switch {
	case !slices.Contains(OfferKinds, o.Kind):
		return pos.E(pos.CodeInvalid, "manual.offer-kind", nil)
	case o.Kind == OfferProduct && o.Product == "":
		return pos.E(pos.CodeInvalid, "manual.offer-product", nil)
	case o.Kind != OfferProduct && o.Product != "":
		return pos.E(pos.CodeInvalid, "manual.offer-no-product", nil)
	case o.Product != "":
		return checkID(o.Product)
	}
	return nil
}

// Deadline is until when an order of that window may wait, counted once, when it is
// made.
func Deadline(created time.Time, window int) time.Time {
	return created.Add(time.Duration(window) * 24 * time.Hour)
}
