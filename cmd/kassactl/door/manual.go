package door

import (
	"context"
	"slices"
	"time"

	"kassa/cmd/internal/shop"
	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/money"
)

// manualOf is the backend's manual payments for whoever is logged in.
func (s *Session) manualOf(ctx context.Context) (*shop.ManualPayments, error) {
	if s.Manual == nil {
		return nil, pos.E(pos.CodeUnavailable, "exchange.offline", nil)
	}
	return s.Manual(ctx, s.actor)
}

// sum reads a sum as its currency is written.
func (r *request) sum(name, text string, c money.Currency) money.Amount {
	a, err := manual.ParseSum(text, c)
	if err != nil && r.err == nil {
		r.err = err
	}
	return a
}

// dateIf reads a moment, or a day as its beginning; the zero time when it is not
// given.
func (r *request) dateIf(name string) time.Time {
	text := r.optional(name)
	if text == "" {
		return time.Time{}
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t
	}
	t, err := time.ParseInLocation(time.DateOnly, text, time.Local)
	if err != nil {
		r.fail("door.field-date", name)
	}
	return t
}

// currencyOr is a currency that was given, or another.
func currencyOr(given string, c money.Currency) money.Currency {
	if given != "" {
		return money.Currency(given)
	}
	return c
}

type merchantJSON struct {
	ID          string           `json:"id"`
	Name        string           `json:"name"`
	Description string           `json:"description,omitempty"`
	Hint        string           `json:"hint,omitempty"`
	Commission  string           `json:"commission"`
	Fee         string           `json:"fee"`
	FeeCurrency money.Currency   `json:"fee_currency"`
	Account     money.Currency   `json:"account_currency"`
	Transaction money.Currency   `json:"transaction_currency"`
	Currencies  []money.Currency `json:"currencies"`
	Archived    bool             `json:"archived"`
	Version     int64            `json:"version"`
}

func newMerchant(m *manual.Merchant) merchantJSON {
	return merchantJSON{ID: m.ID, Name: m.Name, Description: m.Description, Hint: m.Hint, Commission: m.Commission.String(), Fee: manual.ShowSum(m.Fee, m.FeeCurrency),
		FeeCurrency: m.FeeCurrency, Account: m.Account, Transaction: m.Transaction, Currencies: m.Currencies, Archived: m.Archived, Version: m.Version}
}

func (s *Session) listMerchants(ctx context.Context, r *request) (any, error) {
	archived := r.flag("archived")
	b, err := s.seeing(ctx, r, pos.RightManualSee)
	if err != nil {
		return nil, err
	}
	all, err := b.Merchants(ctx)
	if err != nil {
		return nil, shop.Spoken(err)
	}
	out := []merchantJSON{}
	for i := range all {
		if archived || !all[i].Archived {
			out = append(out, newMerchant(&all[i]))
		}
	}
	return map[string]any{"merchants": out}, nil
}

// seeing ends the reading of a command and asks for a right of the till's.
func (s *Session) seeing(ctx context.Context, r *request, need pos.Right) (*shop.ManualPayments, error) {
	if err := r.done(); err != nil {
		return nil, err
	}
	if err := s.Till.Demand(ctx, s.actor, need); err != nil {
		return nil, err
	}
	b, err := s.manualOf(ctx)
	if err == nil && need == pos.RightSettings { // somebody else may have approved it
		b.Asker.Rights.SetUp = true
	}
	return b, err
}

// putMerchant makes a merchant, or changes what is given of one.
func (s *Session) putMerchant(ctx context.Context, r *request) (any, error) {
	id, version := r.optional("id"), r.wholeIf("version")
	b, err := s.seeing(ctx, r, pos.RightSettings)
	if err != nil {
		return nil, err
	}
	shopCurrency := b.Asker.Rights.Currency
	m := manual.Merchant{ID: id, Account: shopCurrency}
	if id != "" {
		if m, err = b.Merchant(ctx, id); err != nil {
			return nil, shop.Spoken(err)
		}
	} else {
		m.ID = s.IDs.NewID()
	}
	if version != 0 {
		m.Version = version
	}
	r.merchant(&m)
	if err := r.done(); err != nil {
		return nil, err
	}
	m.Image = nil // the one it has is kept
	m, err = b.PutMerchant(ctx, b.Asker, m)
	if err != nil {
		return nil, shop.Spoken(err)
	}
	return newMerchant(&m), shop.NoteMerchant(ctx, s.Till, s.actor, &m)
}

// merchant reads what is given of a merchant.
func (r *request) merchant(m *manual.Merchant) {
	r.kept("name", &m.Name)
	r.kept("description", &m.Description)
	r.kept("hint", &m.Hint)
	r.kept("account_currency", (*string)(&m.Account))
	r.kept("transaction_currency", (*string)(&m.Transaction))
	r.kept("fee_currency", (*string)(&m.FeeCurrency))
	if r.given("currencies") {
		m.Currencies = nil
		for _, c := range r.list("currencies") {
			m.Currencies = append(m.Currencies, money.Currency(c))
		}
	}
	if r.given("commission") {
		rate, err := manual.ParseRate(r.decimal("commission"))
		if err != nil && r.err == nil {
			r.err = err
		}
		m.Commission = rate
	}
	if r.given("fee") {
		m.Fee = r.sum("fee", r.decimal("fee"), currencyOr(string(m.FeeCurrency), m.Account))
	}
}

func (s *Session) archiveMerchant(ctx context.Context, r *request) (any, error) {
	id, restore := r.text("id"), r.flag("restore")
	b, err := s.seeing(ctx, r, pos.RightSettings)
	if err != nil {
		return nil, err
	}
	m, err := b.Merchant(ctx, id)
	if err != nil {
		return nil, shop.Spoken(err)
	}
	m.Archived, m.Image = !restore, nil
	if m, err = b.PutMerchant(ctx, b.Asker, m); err != nil {
		return nil, shop.Spoken(err)
	}
	return newMerchant(&m), shop.NoteMerchant(ctx, s.Till, s.actor, &m)
}

type payableJSON struct {
	ID        string         `json:"id"`
	Kind      string         `json:"kind"`
	Product   string         `json:"product,omitempty"`
	Text      string         `json:"text"`
	Price     string         `json:"price"`
	Currency  money.Currency `json:"currency"`
	Merchants []string       `json:"merchants"`
	Days      int            `json:"days"`
	Archived  bool           `json:"archived"`
	Version   int64          `json:"version"`
}

func newPayable(o *manual.Offer) payableJSON {
	return payableJSON{ID: o.ID, Kind: string(o.Kind), Product: o.Product, Text: o.Text, Price: manual.ShowSum(o.Price, o.Currency), Currency: o.Currency, Merchants: o.Merchants, Days: o.Window,
		Archived: o.Archived, Version: o.Version}
}

// ofPayments is the kind of offers that are paid for by manual payments; the other
// offers are promotions.
const ofPayments = "payment"

// listAllOffers lists promotions, or with kind "payment" what is paid for by manual
// payments.
func (s *Session) listAllOffers(ctx context.Context, r *request) (any, error) {
	kind, archived := r.optional("kind"), r.flag("archived")
	switch {
	case kind == "" && !archived:
		return s.listOffers(ctx, r)
	case kind != ofPayments:
		r.fail("door.offer-kind", "kind")
	}
	b, err := s.seeing(ctx, r, pos.RightManualSee)
	if err != nil {
		return nil, err
	}
	all, err := b.Offers(ctx)
	if err != nil {
		return nil, shop.Spoken(err)
	}
	out := []payableJSON{}
	for i := range all {
		if archived || !all[i].Archived {
			out = append(out, newPayable(&all[i]))
		}
	}
	return map[string]any{"offers": out}, nil
}

// putAnyOffer makes or changes a promotion, given as "offer", or what is paid for
// by manual payments, given by its own fields.
func (s *Session) putAnyOffer(ctx context.Context, r *request) (any, error) {
	if r.given("offer") || !r.given("id") && !r.given("text") && !r.given("product") {
		return s.putOffer(ctx, r)
	}
	id, version := r.optional("id"), r.wholeIf("version")
	b, err := s.seeing(ctx, r, pos.RightSettings)
	if err != nil {
		return nil, err
	}
	o := manual.Offer{ID: id, Currency: b.Asker.Rights.Currency}
	if id != "" {
		if o, err = b.Offer(ctx, id); err != nil {
			return nil, shop.Spoken(err)
		}
	} else {
		o.ID = s.IDs.NewID()
	}
	if version != 0 {
		o.Version = version
	}
	r.payable(&o)
	if err := r.done(); err != nil {
		return nil, err
	}
	if r.given("product") && o.Product != "" {
		if _, err := s.Till.ProductOf(ctx, s.actor, pos.ProductID(o.Product)); err != nil {
			return nil, err
		}
	}
	if o, err = b.PutOffer(ctx, b.Asker, o); err != nil {
		return nil, shop.Spoken(err)
	}
	return newPayable(&o), shop.NotePayable(ctx, s.Till, s.actor, &o)
}

// payable reads what is given of an offer.
func (r *request) payable(o *manual.Offer) {
	r.kept("text", &o.Text)
	r.kept("kind", (*string)(&o.Kind))
	r.kept("product", &o.Product)
	if o.Kind != "" && !slices.Contains(manual.OfferKinds, o.Kind) && r.err == nil {
		r.err = pos.E(pos.CodeInvalid, "manual.offer-kind", nil)
	}
	r.kept("currency", (*string)(&o.Currency))
	if r.given("price") {
		o.Price = r.sum("price", r.decimal("price"), o.Currency)
	}
	if r.given("merchants") {
		o.Merchants = r.list("merchants")
	}
	if r.given("days") {
		o.Window = int(min(r.wholeIf("days"), manual.LongestWindow+1))
		if o.Window == 0 {
			o.Window = -1 // 0 is for the usual one
		}
	}
}

func (s *Session) archiveOffer(ctx context.Context, r *request) (any, error) {
	id, restore := r.text("id"), r.flag("restore")
	b, err := s.seeing(ctx, r, pos.RightSettings)
	if err != nil {
		return nil, err
	}
	o, err := b.Offer(ctx, id)
	if err != nil {
		return nil, shop.Spoken(err)
	}
	o.Archived = !restore
	if o, err = b.PutOffer(ctx, b.Asker, o); err != nil {
		return nil, shop.Spoken(err)
	}
	return newPayable(&o), shop.NotePayable(ctx, s.Till, s.actor, &o)
}
