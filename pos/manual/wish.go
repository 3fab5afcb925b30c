package manual

import (
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// Wish is what a customer says on an offer's own page: that they pay for it.
type Wish struct {
	ID       string    `json:"id"` // the order's
	Offer    string    `json:"offer"`
	Merchant string    `json:"merchant"` // may be left out where only one fits
	Saw      Sight     `json:"saw"`
	Day      string    `json:"day"` // of the payment, as it was typed
	Date     time.Time `json:"-"`   // somewhen on that day, which may not be over yet; now unless given
	Comment  string    `json:"comment"`
}

// Sight is what the page showed of an offer when the customer read it.
type Sight struct {
	Text     string         `json:"text"`
	Price    money.Amount   `json:"price"`
	Currency money.Currency `json:"currency"`
}

// Sight is what customers are shown of an offer.
func (o *Offer) Sight() Sight { return Sight{o.Text, o.Price, o.Currency} }

// restOfDay is how far a time on a day that is not over yet may be ahead.
const restOfDay = 12 * time.Hour

// BeginByCustomer makes an order of what a customer says on an offer's own page.
// Nobody is its author. Whoever read another price or another text than there is now
// is refused: CodeConflict "manual.offer-price" or "manual.offer-reworded".
func BeginByCustomer(w *Wish, offer *Offer, m *Merchant, now time.Time) (*Order, *Event, error) {
	o := &Order{ID: w.ID, Origin: AtOffer, Offer: offer.ID, Merchant: m.ID, Account: m.Name, Created: now}
	if err := demandStep(o, Open, ByCustomer, AtOffer); err != nil {
		return nil, nil, err
	}
	if err := checkID(w.ID); err != nil {
		return nil, nil, err
	}
	now = now.UTC()
	o.Requested = Terms{Date: w.Date.UTC(), Comment: w.Comment}
	if ahead := w.Date.Sub(now); ahead > 0 && ahead <= restOfDay {
		o.Requested.Date = now
	}
	if err := offer.differs(&w.Saw); err != nil {
		return nil, nil, err
	}
	event, err := o.begin(offer, m, Person{}, now)
	if err != nil {
		return nil, nil, err
	}
	return o, event, nil
}

// differs refuses whoever saw something else than there is now.
func (o *Offer) differs(saw *Sight) error {
	was, is := ShowSum(saw.Price, saw.Currency)+" "+string(saw.Currency), ShowSum(o.Price, o.Currency)+" "+string(o.Currency)
	switch {
	case saw.Price != o.Price || saw.Currency != o.Currency:
		return pos.E(pos.CodeConflict, "manual.offer-price", pos.Args{"Name": o.Text, "Was": was, "Now": is})
	case saw.Text != o.Text:
		return pos.E(pos.CodeConflict, "manual.offer-reworded", pos.Args{"Name": o.Text})
	}
	return nil
}
