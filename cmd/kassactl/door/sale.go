package door

import (
	"context"

	"kassa/pos"
	"kassa/pos/receipt"
)

// finish and what follows are the sale when it is stored: finding it, its receipt,
// paying its debt back.
// finish stores the open sale, or by its id one that waited for a manual payment.
func (s *Session) finish(ctx context.Context, r *request) (any, error) {
	id := pos.SaleID(r.optional("id"))
	if err := r.done(); err != nil {
		return nil, err
	}
	finish := s.Till.FinishSale
	if id != "" {
		s.hear(ctx)
		finish = func(ctx context.Context, a pos.Actor) (*pos.Sale, error) { return s.Till.FinishWaiting(ctx, a, id) }
	}
	sale, err := finish(ctx, s.actor)
	if err != nil {
		return nil, err
	}
	s.finished[sale.ID] = true
	return NewSale(sale), nil
}

func (s *Session) showSale(ctx context.Context, r *request) (any, error) {
	sale, err := s.findSale(ctx, r)
	if err != nil {
		return nil, err
	}
	return NewSale(sale), nil
}

func (s *Session) receipt(ctx context.Context, r *request) (any, error) {
	width := r.wholeIf("width")
	if err := r.done(); err != nil {
		return nil, err
	}
	if width != 0 && (width < receipt.MinWidth || width > receipt.MaxWidth) {
		return nil, pos.E(pos.CodeInvalid, "door.receipt-width", pos.Args{"Field": "width", "Min": receipt.MinWidth, "Max": receipt.MaxWidth})
	}
	sale, err := s.findSale(ctx, r)
	if err != nil {
		return nil, err
	}
	text, err := s.Receipt(ctx, s.actor, sale, int(width), !s.finished[sale.ID])
	if err != nil {
		return nil, err
	}
	return struct {
		Text string `json:"text"`
	}{text}, nil
}

// findSale looks a sale up by its id or its number.
func (s *Session) findSale(ctx context.Context, r *request) (*pos.Sale, error) {
	if r.given("id") && (r.given("number") || r.given("epoch")) {
		return nil, pos.E(pos.CodeInvalid, "door.one-of", pos.Args{"Fields": "id, number"})
	}
	if r.given("number") {
		n, epoch := r.whole("number"), r.wholeIf("epoch")
		if err := r.done(); err != nil {
			return nil, err
		}
		sale, err := s.Till.SaleNumbered(ctx, s.actor, n, epoch)
		if pos.CodeOf(err) == pos.CodeNotFound {
			return nil, pos.E(pos.CodeNotFound, "door.no-sale-number", pos.Args{"Number": n})
		}
		return sale, err
	}
	if !r.given("id") {
		return nil, pos.E(pos.CodeInvalid, "door.one-of", pos.Args{"Fields": "id, number"})
	}
	id := pos.SaleID(r.text("id"))
	if err := r.done(); err != nil {
		return nil, err
	}
	return s.Till.Sale(ctx, s.actor, id)
}

func (s *Session) repay(ctx context.Context, r *request) (any, error) {
	id, m, amount := pos.CustomerID(r.text("customer")), r.method("method"), r.amount("amount")
	if err := r.done(); err != nil {
		return nil, err
	}
	rep, left, err := s.Till.RepayDebt(ctx, s.actor, id, m, amount)
	if err != nil {
		return nil, err
	}
	out := repaymentJSON{ID: rep.ID, Customer: rep.Customer, Method: rep.Method, Paid: rep.Amount.String(),
		Debt: left.String(), Parts: make([]partJSON, 0, len(rep.Parts))}
	for _, p := range rep.Parts {
		out.Parts = append(out.Parts, partJSON{Debt: p.Debt, Amount: p.Amount.String()})
	}
	return out, nil
}

type repaymentJSON struct {
	ID       pos.RepaymentID `json:"id"`
	Customer pos.CustomerID  `json:"customer"`
	Method   pos.Method      `json:"method"`
	Paid     string          `json:"paid"`
	Debt     string          `json:"debt"` // still owed
	Parts    []partJSON      `json:"parts"`
}

type partJSON struct {
	Debt   pos.DebtID `json:"debt"`
	Amount string     `json:"amount"`
}

// Sale is a stored sale as it is told. Amounts, quantities and counts of
// points are decimal strings.
type Sale struct {
	ID           pos.SaleID     `json:"id"`
	Number       int64          `json:"number"`
	Epoch        int64          `json:"epoch,omitempty"` // but for the first
	Till         string         `json:"till"`
	Shift        pos.ShiftID    `json:"shift"`
	Employee     pos.EmployeeID `json:"employee"`
	Customer     pos.CustomerID `json:"customer"` // "" for nobody
	At           *Timestamp     `json:"at"`
	Currency     string         `json:"currency"`
	Subtotal     string         `json:"subtotal"`
	Discount     string         `json:"discount"`
	Total        string         `json:"total"`
	VAT          string         `json:"vat"`
	Change       string         `json:"change"`
	PointsSpent  string         `json:"points_spent"`
	PointsEarned string         `json:"points_earned"`
	DebtAdded    string         `json:"debt_added"`
	DebtDue      *Timestamp     `json:"debt_due"`
	Lines        []lineJSON     `json:"lines"`
	Removed      []lineJSON     `json:"removed"`
	Tenders      []saleTender   `json:"tenders"`
}

// saleTender is a tender as stored; Skipped tells of a code gone without.
type saleTender struct {
	tenderJSON
	Skipped *skipJSON `json:"skipped,omitempty"`
}

type skipJSON struct {
	Employee pos.EmployeeID `json:"employee"`
	Cause    string         `json:"cause"`
	Reason   string         `json:"reason"`
	At       *Timestamp     `json:"at"`
}

// laterEpoch is an epoch as it is told: a shop that was never restored is in its
// first, which goes without saying.
func laterEpoch(epoch int64) int64 {
	if epoch <= 1 {
		return 0
	}
	return epoch
}

// NewSale is the told form of a sale.
func NewSale(s *pos.Sale) *Sale {
	out := &Sale{
		ID: s.ID, Number: s.Number, Till: s.Till, Shift: s.Shift, Employee: s.Employee, Customer: s.Customer,
		At: Stamp(s.At), Currency: string(s.Currency), Subtotal: s.Gross.String(), Discount: s.Discount.String(),
		Total: s.Total.String(), VAT: s.VAT.String(), Change: s.Change.String(), PointsSpent: Count(s.PointsSpent),
		PointsEarned: Count(s.PointsEarned), DebtAdded: s.DebtAdded.String(), DebtDue: Stamp(s.DebtDue),
		Lines: make([]lineJSON, 0, len(s.Lines)), Removed: []lineJSON{}, Tenders: make([]saleTender, 0, len(s.Tenders)),
	}
	out.Epoch = laterEpoch(s.Epoch)
	for i := range s.Lines {
		l := newLine(&s.Lines[i].Line, s.Lines[i].LineTotals)
		if l.Removed {
			out.Removed = append(out.Removed, l)
		} else {
			out.Lines = append(out.Lines, l)
		}
	}
	for i := range s.Tenders {
		t := saleTender{tenderJSON: newTender(&s.Tenders[i].Tender)}
		if o := s.Tenders[i].Override; o != nil {
			t.Skipped = &skipJSON{Employee: o.Employee, Cause: o.Cause, Reason: o.Reason, At: Stamp(o.At)}
		}
		out.Tenders = append(out.Tenders, t)
	}
	return out
}
