package door

import (
	"context"

	"kassa/pos"
	"kassa/pos/manual"
	"kassa/pos/till"
)

// scan and what follows are what is done with the cheque until it is paid: its
// lines, discounts, customer.
func (s *Session) scan(ctx context.Context, r *request) (any, error) {
	code, qty, price := r.code("code"), r.quantityIf("qty"), r.amountIf("price")
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.shown(s.Till.Scan(ctx, s.actor, code, qty, price))
}

func (s *Session) setQty(ctx context.Context, r *request) (any, error) {
	no, qty := r.whole("line"), r.quantity("qty")
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.shown(s.Till.SetQty(ctx, s.actor, int(no), qty))
}

func (s *Session) setPrice(ctx context.Context, r *request) (any, error) {
	no, price := r.whole("line"), r.amount("price")
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.shown(s.Till.SetPrice(ctx, s.actor, int(no), price))
}

func (s *Session) discountLine(ctx context.Context, r *request) (any, error) {
	no, d := r.whole("line"), r.discount()
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.shown(s.Till.DiscountLine(ctx, s.actor, int(no), d))
}

func (s *Session) removeLine(ctx context.Context, r *request) (any, error) {
	no, reason := r.whole("line"), r.optional("reason")
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.shown(s.Till.RemoveLine(ctx, s.actor, int(no), reason))
}

func (s *Session) cheque(ctx context.Context, _ *request) (any, error) {
	return s.shown(s.Till.Cheque(ctx))
}

func (s *Session) discountCheque(ctx context.Context, r *request) (any, error) {
	d := r.discount()
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.shown(s.Till.DiscountCheque(ctx, s.actor, d))
}

func (s *Session) cancelCheque(ctx context.Context, r *request) (any, error) {
	reason := r.text("reason")
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.shown(s.Till.CancelCheque(ctx, s.actor, reason))
}

func (s *Session) park(ctx context.Context, r *request) (any, error) {
	note := r.optional("note")
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.shown(s.Till.Park(ctx, s.actor, note))
}

func (s *Session) parked(ctx context.Context, _ *request) (any, error) {
	s.hear(ctx)
	views, err := s.Till.Parked(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]*chequeJSON, 0, len(views))
	for i := range views {
		list = append(list, s.newCheque(&views[i]))
	}
	return struct {
		Cheques []*chequeJSON `json:"cheques"`
	}{list}, nil
}

func (s *Session) recall(ctx context.Context, r *request) (any, error) {
	id := pos.SaleID(r.text("id"))
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.shown(s.Till.Recall(ctx, s.actor, id))
}

// foundMost is how many goods a search answers with when it is not told.
const foundMost = 20

func (s *Session) search(ctx context.Context, r *request) (any, error) {
	text, limit := r.text("text"), r.wholeIf("limit")
	if err := r.done(); err != nil {
		return nil, err
	}
	if limit == 0 {
		limit = foundMost
	}
	found, err := s.Till.FindProducts(ctx, text, int(min(limit, 200)))
	if err != nil {
		return nil, err
	}
	list := make([]productJSON, 0, len(found.List))
	for i := range found.List {
		list = append(list, newProduct(&found.List[i]))
	}
	return struct {
		Products []productJSON `json:"products"`
		Meant    string        `json:"meant,omitempty"` // nothing has the text as typed: what it was taken for
	}{list, found.Meant}, nil
}

// chequeJSON is a cheque as it is told. Amounts, quantities and counts of
// points are decimal strings; Lines are those being sold, Removed those that
// were taken out.
type chequeJSON struct {
	ID         pos.SaleID     `json:"id"` // "" while nothing is rung up
	State      string         `json:"state"`
	Note       string         `json:"note,omitempty"`
	Lines      []lineJSON     `json:"lines"`
	Removed    []lineJSON     `json:"removed"`
	Subtotal   string         `json:"subtotal"`
	Discount   string         `json:"discount"`
	Total      string         `json:"total"`
	Paid       string         `json:"paid"`
	Due        string         `json:"due"`
	Change     string         `json:"change"`
	Customer   *customerJSON  `json:"customer"`
	Tenders    []tenderJSON   `json:"tenders"`
	PointsMax  string         `json:"points_max"`
	PointsEarn string         `json:"points_earn"`
	Challenge  *challengeJSON `json:"challenge,omitempty"`
}

type lineJSON struct {
	Line     int    `json:"line"`
	Name     string `json:"name"`
	SKU      string `json:"sku"`
	Unit     string `json:"unit"`
	Qty      string `json:"qty"`
	Price    string `json:"price"`
	Discount string `json:"discount"`
	Sum      string `json:"sum"`
	Removed  bool   `json:"removed,omitempty"`
	Reason   string `json:"reason,omitempty"`

	Certificate string      `json:"certificate,omitempty"` // the number it sells
	Offers      []givenJSON `json:"offers,omitempty"`      // what automatic discounts took off
}

func newLine(l *pos.Line, t pos.LineTotals) lineJSON {
	return lineJSON{
		Line: l.No, Name: l.Name, SKU: l.SKU, Unit: l.Unit, Qty: l.Qty.String(), Price: l.Price.String(),
		Discount: t.Discount.String(), Sum: t.Sum.String(), Removed: l.Removed, Reason: l.Reason,
		Certificate: l.Certificate, Offers: newGiven(l.Offers),
	}
}

type tenderJSON struct {
	Tender    int             `json:"tender"`
	Method    pos.Method      `json:"method"`
	Amount    string          `json:"amount"`
	Points    string          `json:"points,omitempty"`
	State     string          `json:"state,omitempty"` // of an open cheque: ready, skipped, or where its challenge stands
	Challenge pos.ChallengeID `json:"challenge,omitempty"`

	Certificate string `json:"certificate,omitempty"` // its number

	Order      string       `json:"order,omitempty"`       // of a manual payment
	OrderState manual.State `json:"order_state,omitempty"` // of an open or parked cheque: what was decided
	Confirmed  string       `json:"confirmed,omitempty"`   // and for how much, with its currency
	Merchant   string       `json:"merchant,omitempty"`
	Message    string       `json:"message,omitempty"` // what differs from what was asked
}

// States of a tender that waits for nobody's code: it needs none, or somebody
// went on without it.
const (
	ready   = "ready"
	skipped = "skipped"
)

func newTender(t *pos.Tender) tenderJSON {
	out := tenderJSON{Tender: t.No, Method: t.Method, Amount: t.Amount.String(), Challenge: t.Challenge, Certificate: t.Certificate, Order: t.Order}
	if t.Points != 0 {
		out.Points = Count(t.Points)
	}
	return out
}

func (s *Session) newCheque(v *till.ChequeView) *chequeJSON {
	c, t := &v.Cheque, &v.Totals
	out := &chequeJSON{
		ID: c.ID, State: string(c.State), Note: c.Note,
		Lines: make([]lineJSON, 0, len(c.Lines)), Removed: []lineJSON{}, Tenders: make([]tenderJSON, 0, len(c.Tenders)),
		Subtotal: t.Gross.String(), Discount: t.Discount.String(), Total: t.Total.String(),
		Paid: t.Paid.String(), Due: t.Due.String(), Change: t.Change.String(),
		PointsMax: Count(v.MaxPoints), PointsEarn: Count(t.Earn),
	}
	if out.State == "" {
		out.State = string(pos.ChequeOpen)
	}
	figures := make(map[int]pos.LineTotals, len(t.Lines))
	for _, l := range t.Lines {
		figures[l.No] = l
	}
	for i := range c.Lines {
		l := newLine(&c.Lines[i], figures[c.Lines[i].No])
		if l.Removed {
			out.Removed = append(out.Removed, l)
		} else {
			out.Lines = append(out.Lines, l)
		}
	}
	states := make(map[pos.ChallengeID]string, len(v.Challenges))
	for i := range v.Challenges {
		states[v.Challenges[i].ID] = string(v.Challenges[i].State)
		if v.Challenges[i].Override != nil {
			states[v.Challenges[i].ID] = skipped
		}
	}
	for i := range c.Tenders {
		t := newTender(&c.Tenders[i])
		t.State = ready
		if state, ok := states[t.Challenge]; ok && t.Challenge != "" {
			t.State = state
		}
		s.awaits(&t, v)
		out.Tenders = append(out.Tenders, t)
	}
	if v.Customer != nil {
		out.Customer = newCustomer(v.Customer)
	}
	return out
}
