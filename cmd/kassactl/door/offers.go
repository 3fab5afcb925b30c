package door

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/offers"
	"kassa/pos/till"
)

// offerJSON is a promotion as it is told and taken: its rule is told as it is
// kept, amounts in minor units, quantities in thousandths, percentages in
// hundredths.
type offerJSON struct {
	ID       pos.OfferID  `json:"id,omitempty"`
	Name     string       `json:"name"`
	Priority int          `json:"priority"`
	On       bool         `json:"on"`
	Archived bool         `json:"archived,omitempty"`
	Rule     offers.Rule  `json:"rule"`
	Coupons  *couponCount `json:"coupons,omitempty"`
}

type couponCount struct {
	Made int64 `json:"made"`
	Used int64 `json:"used"`
}

func newOffer(p *offers.Promotion) offerJSON {
	return offerJSON{ID: p.ID, Name: p.Name, Priority: p.Priority, On: p.On, Archived: p.Archived, Rule: p.Rule}
}

func (o *offerJSON) promotion() offers.Promotion {
	return offers.Promotion{ID: o.ID, Name: o.Name, Priority: o.Priority, On: o.On, Archived: o.Archived, Rule: o.Rule}
}

func (s *Session) listOffers(ctx context.Context, r *request) (any, error) {
	if err := r.done(); err != nil {
		return nil, err
	}
	list, err := s.Till.Promotions(ctx, s.actor)
	if err != nil {
		return nil, err
	}
	out := make([]offerJSON, 0, len(list))
	for i := range list {
		o := newOffer(&list[i].Promotion)
		if c := list[i].Coupons; c.Made > 0 {
			o.Coupons = &couponCount{Made: c.Made, Used: c.Used}
		}
		out = append(out, o)
	}
	return struct {
		Offers []offerJSON `json:"offers"`
	}{out}, nil
}

// putOffer makes a promotion or changes one: {"offer":{…}}.
func (s *Session) putOffer(ctx context.Context, r *request) (any, error) {
	var in offerJSON
	r.object("offer", &in)
	if err := r.done(); err != nil {
		return nil, err
	}
	p, err := s.Till.PutPromotion(ctx, s.actor, in.promotion())
	if err != nil {
		return nil, err
	}
	return newOffer(p), nil
}

// previewOffers prices a trial cheque: {"lines":[{"product","qty_milli"}],"at","customer","offer"}.
func (s *Session) previewOffers(ctx context.Context, r *request) (any, error) {
	var lines []struct {
		Product pos.ProductID `json:"product"`
		Qty     int64         `json:"qty_milli"`
	}
	r.object("lines", &lines)
	trial := till.TrialCheque{Customer: pos.CustomerID(r.optional("customer")), At: r.momentIf("at")}
	if r.given("offer") {
		var in offerJSON
		r.object("offer", &in)
		p := in.promotion()
		trial.Edited = &p
	}
	if err := r.done(); err != nil {
		return nil, err
	}
	for _, l := range lines {
		trial.Lines = append(trial.Lines, till.TrialLine{Product: l.Product, Qty: money.Quantity(l.Qty)})
	}
	p, err := s.Till.TryOffers(ctx, s.actor, trial)
	if err != nil {
		return nil, err
	}
	return s.newPreview(p), nil
}

type previewJSON struct {
	Gross    string        `json:"gross"`
	Total    string        `json:"total"`
	Lines    []previewLine `json:"lines"`
	Verdicts []verdictJSON `json:"offers"`
}

type previewLine struct {
	Name  string      `json:"name"`
	Gross string      `json:"gross"`
	Sum   string      `json:"sum"`
	Given []givenJSON `json:"given"`
}

// givenJSON is what one automatic discount took off a line.
type givenJSON struct {
	Offer pos.OfferID `json:"offer"`
	Name  string      `json:"name"`
	Sum   string      `json:"sum"`
}

// verdictJSON is what a promotion gave, or why it gave nothing.
type verdictJSON struct {
	Offer pos.OfferID `json:"offer"`
	Name  string      `json:"name"`
	Sum   string      `json:"sum"`
	Why   string      `json:"why,omitempty"`
	By    string      `json:"by,omitempty"`
}

func newGiven(all []pos.Given) []givenJSON {
	out := make([]givenJSON, 0, len(all))
	for _, g := range all {
		out = append(out, givenJSON{Offer: g.Offer, Name: g.Name, Sum: g.Sum.String()})
	}
	return out
}

func (s *Session) newPreview(p *till.TrialOutcome) previewJSON {
	out := previewJSON{Gross: p.Gross.String(), Total: p.Total.String(), Lines: []previewLine{}, Verdicts: []verdictJSON{}}
	for _, l := range p.Lines {
		out.Lines = append(out.Lines, previewLine{Name: l.Name, Gross: l.Gross.String(), Sum: l.Sum.String(), Given: newGiven(l.Given)})
	}
	for _, v := range p.Verdicts {
		j := verdictJSON{Offer: v.Offer, Name: v.Name, Sum: v.Sum.String(), By: v.By}
		if v.Why != "" {
			j.Why = s.Words.T(string(v.Why), nil)
		}
		out.Verdicts = append(out.Verdicts, j)
	}
	return out
}

func (s *Session) addCoupon(ctx context.Context, r *request) (any, error) {
	number := r.text("number")
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.shown(s.Till.AddCoupon(ctx, s.actor, number))
}

func (s *Session) removeCoupon(ctx context.Context, r *request) (any, error) {
	number := r.text("number")
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.shown(s.Till.RemoveCoupon(ctx, s.actor, number))
}

// makeCoupons makes count coupons of a promotion.
func (s *Session) makeCoupons(ctx context.Context, r *request) (any, error) {
	id, n, ends := pos.OfferID(r.text("offer")), r.whole("count"), r.dayIf("expires")
	if err := r.done(); err != nil {
		return nil, err
	}
	made, err := s.Till.MakeCoupons(ctx, s.actor, id, int(min(n, till.MostCoupons+1)), ends)
	if err != nil {
		return nil, err
	}
	return newCoupons(made), nil
}

func (s *Session) listCoupons(ctx context.Context, r *request) (any, error) {
	id := pos.OfferID(r.text("offer"))
	if err := r.done(); err != nil {
		return nil, err
	}
	list, err := s.Till.Coupons(ctx, s.actor, id)
	if err != nil {
		return nil, err
	}
	return newCoupons(list), nil
}

type couponJSON struct {
	Number  string     `json:"number"`
	Expires *Timestamp `json:"expires"` // null: never
	UsedAt  *Timestamp `json:"used_at"` // null: free
	Sale    pos.SaleID `json:"sale,omitempty"`
}

type couponsJSON struct {
	Coupons []couponJSON `json:"coupons"`
}

func newCoupons(all []pos.Coupon) couponsJSON {
	out := couponsJSON{Coupons: make([]couponJSON, 0, len(all))}
	for _, c := range all {
		out.Coupons = append(out.Coupons, couponJSON{Number: c.Number, Expires: Stamp(c.Expires), UsedAt: Stamp(c.UsedAt), Sale: c.Sale})
	}
	return out
}

// object reads a field that is an object or a list. Fields nobody knows are
// mistakes: a misspelt condition would give money away.
func (r *request) object(name string, to any) {
	if !r.given(name) {
		r.fail("door.missing", name)
		return
	}
	dec := json.NewDecoder(bytes.NewReader(r.fields[name]))
	dec.DisallowUnknownFields()
	err := dec.Decode(to)
	if err == nil || r.err != nil {
		return
	}
	at, id := name, "door.not-object"
	if name == "lines" {
		r.fail("door.not-lines", name)
		return
	}
	if _, inside, ok := strings.Cut(err.Error(), "unknown field "); ok {
		at, id = name+"."+shown(strings.Trim(inside, `"`)), "door.unknown-inside"
	} else if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && e.Field != "" {
		at = name + "." + shown(e.Field)
	}
	r.err = &pos.Error{Code: pos.CodeInvalid, ID: id, Args: pos.Args{"Field": at}, Err: err}
}
