package door

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/till"
)

// startReturn begins with a receipt by id, number or scanned code, or with none
// of them without a receipt.
func (s *Session) startReturn(ctx context.Context, r *request) (any, error) {
	f := till.FindSale{ID: pos.SaleID(r.optional("id")), Number: r.wholeIf("number"), Epoch: r.wholeIf("epoch"), Code: r.codeIf("code")}
	if err := r.done(); err != nil {
		return nil, err
	}
	if f == (till.FindSale{}) {
		return s.returned(s.Till.StartReturnWithoutReceipt(ctx, s.actor))
	}
	return s.returned(s.Till.StartReturn(ctx, s.actor, f))
}

// findSales lists sales to choose from, newest first.
func (s *Session) findSales(ctx context.Context, r *request) (any, error) {
	q := till.SaleQuery{Number: r.wholeIf("number"), From: r.momentIf("from"), To: r.momentIf("to"),
		Customer: pos.CustomerID(r.optional("customer")), Product: pos.ProductID(r.optional("product"))}
	limit := r.wholeIf("limit")
	if err := r.done(); err != nil {
		return nil, err
	}
	if limit == 0 {
		limit = foundMost
	}
	found, err := s.Till.FindSales(ctx, s.actor, q, int(min(limit, 200)))
	if err != nil {
		return nil, err
	}
	list := make([]foundSaleJSON, 0, len(found))
	for i := range found {
		f := &found[i]
		list = append(list, foundSaleJSON{ID: f.ID, Number: f.Number, Epoch: laterEpoch(f.Epoch), At: Stamp(f.At), Customer: f.Customer, Total: f.Total.String()})
	}
	return struct {
		Sales []foundSaleJSON `json:"sales"`
	}{list}, nil
}

func (s *Session) returnLine(ctx context.Context, r *request) (any, error) {
	no, qty, reason, restock := r.whole("line"), r.quantity("qty"), r.optional("reason"), r.yes("restock", true)
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.returned(s.Till.ReturnLine(ctx, s.actor, int(no), qty, reason, restock))
}

func (s *Session) returnScan(ctx context.Context, r *request) (any, error) {
	code, qty, price := r.code("code"), r.quantityIf("qty"), r.amountIf("price")
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.returned(s.Till.ReturnScan(ctx, s.actor, code, qty, price))
}

func (s *Session) returnAll(ctx context.Context, r *request) (any, error) {
	reason, restock := r.optional("reason"), r.yes("restock", true)
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.returned(s.Till.ReturnAll(ctx, s.actor, reason, restock))
}

func (s *Session) refundBy(ctx context.Context, r *request) (any, error) {
	m := r.method("method")
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.returned(s.Till.RefundBy(ctx, s.actor, m))
}

func (s *Session) showReturn(ctx context.Context, _ *request) (any, error) {
	return s.returned(s.Till.OpenReturn(ctx))
}

// finishReturn ends a return, or an exchange where one has begun.
func (s *Session) finishReturn(ctx context.Context, r *request) (any, error) {
	reason := r.text("reason")
	if err := r.done(); err != nil {
		return nil, err
	}
	open, err := s.Till.OpenReturn(ctx)
	if err != nil {
		return nil, err
	}
	if open.Exchange == nil {
		ret, err := s.Till.FinishReturn(ctx, s.actor, reason)
		if err != nil {
			return nil, err
		}
		return NewReturn(ret), nil
	}
	ret, sale, err := s.Till.FinishExchange(ctx, s.actor, reason)
	if err != nil {
		return nil, err
	}
	s.finished[sale.ID] = true
	return exchangeJSON{Return: NewReturn(ret), Sale: NewSale(sale)}, nil
}

func (s *Session) abandonReturn(ctx context.Context, _ *request) (any, error) {
	if err := s.Till.AbandonReturn(ctx, s.actor); err != nil {
		return nil, err
	}
	return nothing{}, nil
}

// exchange begins to take goods in exchange, or with "drop" gives that up.
func (s *Session) exchange(ctx context.Context, r *request) (any, error) {
	drop := r.yes("drop", false)
	if err := r.done(); err != nil {
		return nil, err
	}
	if drop {
		return s.returned(s.Till.DropExchange(ctx, s.actor))
	}
	return s.returned(s.Till.StartExchange(ctx, s.actor))
}

func (s *Session) correctTender(ctx context.Context, r *request) (any, error) {
	sale, from, to, amount, reason := pos.SaleID(r.text("sale")), r.method("from"), r.method("to"), r.amount("amount"), r.text("reason")
	if err := r.done(); err != nil {
		return nil, err
	}
	c, err := s.Till.CorrectTender(ctx, s.actor, sale, from, to, amount, reason)
	if err != nil {
		return nil, err
	}
	return correctionJSON{ID: c.ID, Sale: c.Sale, Number: c.SaleNo, From: c.From, To: c.To, Amount: c.Amount.String(),
		Reason: c.Reason, At: Stamp(c.At)}, nil
}

// momentIf reads a time as RFC 3339, the zero time when absent.
func (r *request) momentIf(name string) time.Time {
	text := r.optional(name)
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		r.fail("door.not-time", name)
	}
	return t
}

type foundSaleJSON struct {
	ID       pos.SaleID     `json:"id"`
	Number   int64          `json:"number"`
	Epoch    int64          `json:"epoch,omitempty"` // but for the first
	At       *Timestamp     `json:"at"`
	Customer pos.CustomerID `json:"customer"`
	Total    string         `json:"total"`
}

type exchangeJSON struct {
	Return *Return `json:"return"`
	Sale   *Sale   `json:"sale"`
}

type correctionJSON struct {
	ID     pos.CorrectionID `json:"id"`
	Sale   pos.SaleID       `json:"sale"`
	Number int64            `json:"number"`
	From   pos.Method       `json:"from"`
	To     pos.Method       `json:"to"`
	Amount string           `json:"amount"`
	Reason string           `json:"reason"`
	At     *Timestamp       `json:"at"`
}

// Return is a return as it is told: a stored one, or what an open one would be.
type Return struct {
	ID             pos.ReturnID     `json:"id"`
	Number         int64            `json:"number,omitempty"`
	Sale           pos.SaleID       `json:"sale"`
	SaleNumber     int64            `json:"sale_number"`
	Customer       pos.CustomerID   `json:"customer"`
	At             *Timestamp       `json:"at"`
	Reason         string           `json:"reason,omitempty"`
	Exchange       pos.SaleID       `json:"exchange,omitempty"`
	Total          string           `json:"total"`
	VAT            string           `json:"vat"`
	PointsRestored string           `json:"points_restored"`
	PointsTaken    string           `json:"points_taken"`
	PointsWithheld string           `json:"points_withheld"`
	PointsKept     string           `json:"points_kept"`
	Lines          []returnLineJSON `json:"lines"`
	Refunds        []refundJSON     `json:"refunds"`
}

type returnLineJSON struct {
	Line    int    `json:"line"`
	Origin  int    `json:"origin,omitempty"`
	Name    string `json:"name"`
	SKU     string `json:"sku"`
	Unit    string `json:"unit"`
	Qty     string `json:"qty"`
	Sum     string `json:"sum"`
	Reason  string `json:"reason,omitempty"`
	Restock bool   `json:"restock"`
}

type refundJSON struct {
	Of     pos.Method `json:"of"`
	Method pos.Method `json:"method"`
	Amount string     `json:"amount"`
	Points string     `json:"points,omitempty"`
}

// NewReturn is the told form of a return.
func NewReturn(r *pos.Return) *Return {
	out := &Return{ID: r.ID, Number: r.Number, Sale: r.Sale, SaleNumber: r.SaleNo, Customer: r.Customer, At: Stamp(r.At), Reason: r.Reason,
		Exchange: r.Exchange, Total: r.Total.String(), VAT: r.VAT.String(), PointsRestored: Count(r.PointsRestored),
		PointsTaken: Count(r.PointsTaken), PointsWithheld: Count(r.PointsWithheld), PointsKept: Count(r.PointsKept),
		Lines: make([]returnLineJSON, 0, len(r.Lines)), Refunds: make([]refundJSON, 0, len(r.Refunds))}
	for i := range r.Lines {
		l := &r.Lines[i]
		out.Lines = append(out.Lines, returnLineJSON{Line: l.No, Origin: l.Origin, Name: l.Name, SKU: l.SKU, Unit: l.Unit,
			Qty: l.Qty.String(), Sum: l.Sum.String(), Reason: l.Reason, Restock: l.Restock})
	}
	for i := range r.Refunds {
		f := &r.Refunds[i]
		told := refundJSON{Of: f.Of, Method: f.Method, Amount: f.Amount.String()}
		if f.Method == pos.Points {
			told.Points = Count(f.Points)
		}
		out.Refunds = append(out.Refunds, told)
	}
	return out
}

// openReturnJSON is a return that is being put together; ID is "" while none is.
type openReturnJSON struct {
	ID         pos.ReturnID   `json:"id"`
	Sale       *Sale          `json:"sale"` // null without a receipt
	Lines      []openLineJSON `json:"lines"`
	Needs      pos.Right      `json:"needs,omitempty"`
	Drawer     string         `json:"drawer"`
	Difference string         `json:"difference"` // above zero the customer pays, below zero the shop
	Preview    *Return        `json:"preview"`
	Exchange   *chequeJSON    `json:"exchange,omitempty"`
}

type openLineJSON struct {
	Line     int    `json:"line"`
	Name     string `json:"name"`
	SKU      string `json:"sku"`
	Unit     string `json:"unit"`
	Sold     string `json:"sold"`
	Returned string `json:"returned"`
	Left     string `json:"left"`
	Pick     string `json:"pick"`
	Sum      string `json:"sum"`
	Reason   string `json:"reason,omitempty"`
	Restock  bool   `json:"restock"`
}

// returned is the open return as the result of a command.
func (s *Session) returned(v *till.ReturnView, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	out := openReturnJSON{ID: v.Draft.ID, Needs: v.Needs, Drawer: v.Drawer.String(), Difference: v.Difference().String(),
		Lines: make([]openLineJSON, 0, len(v.Lines))}
	if v.Sale != nil {
		out.Sale = NewSale(v.Sale)
	}
	if v.Preview != nil {
		out.Preview = NewReturn(v.Preview)
	}
	if v.Exchange != nil {
		out.Exchange = s.newCheque(v.Exchange)
	}
	for i := range v.Lines {
		l := &v.Lines[i]
		out.Lines = append(out.Lines, openLineJSON{Line: l.No, Name: l.Line.Name, SKU: l.Line.SKU, Unit: l.Line.Unit, Sold: l.Line.Qty.String(),
			Returned: l.Returned.String(), Left: l.Left.String(), Pick: l.Pick.String(), Sum: l.PickSum.String(), Reason: l.Reason, Restock: l.Restock})
	}
	return out, nil
}
