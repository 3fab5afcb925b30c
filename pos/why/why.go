// Package why tells how the figures of a cheque came about, step by step, so
// that a cashier can answer a customer who asks.
package why

import (
	"slices"

	"kassa/pos"
	"kassa/pos/money"
)

// Figure is one figure and the steps that lead to it. ID is a translation id;
// Value is what package words can write: an amount, a count of points.
type Figure struct {
	ID    string
	Args  pos.Args
	Value any
	Steps []Step
}

// Kind says how a step acts on the figure.
type Kind int

// The kinds of steps.
const (
	Plus  Kind = iota // adds its value
	Minus             // takes its value away
	Bound             // the figure may not exceed its value
	Least             // the bound that decided
	Note              // only a sentence
)

// Step is one step toward a figure.
type Step struct {
	Kind  Kind
	ID    string
	Args  pos.Args
	Value any // nil for a Note
}

// Asked is what the figures are asked of.
type Asked struct {
	Cheque   *pos.Cheque
	Totals   pos.Totals
	Rules    pos.Rules // those that hold for the customer
	Customer *pos.CustomerState
	// MaxPoints is the most points this customer may spend on the cheque.
	MaxPoints int64
	// Line is the number of the line whose sum is asked, 0 for none.
	Line int
}

// Of explains every figure that the sale screen shows of a cheque, the line
// that was asked first.
func Of(a Asked) []Figure {
	var all []Figure
	if f, ok := a.line(); ok {
		all = append(all, f)
	}
	all = append(all, a.total(), a.due())
	if a.Rules.PointValue > 0 {
		if a.Customer != nil {
			all = append(all, a.points())
		}
		all = append(all, a.earn())
	}
	if a.Customer != nil && (a.Customer.CreditLimit > 0 || a.Customer.Debt > 0) {
		all = append(all, a.credit())
	}
	return all
}

func (a Asked) line() (Figure, bool) {
	l, err := a.Cheque.LiveLine(a.Line)
	if err != nil {
		return Figure{}, false
	}
	for i := range a.Totals.Lines {
		if t := &a.Totals.Lines[i]; t.No == l.No {
			f := Figure{ID: "why.line", Args: pos.Args{"Name": l.Name}, Value: t.Sum, Steps: []Step{
				{Plus, "why.line.gross", pos.Args{"Price": l.Price, "Qty": l.Qty, "Unit": l.Unit}, t.Gross}}}
			if l.Price != l.ListPrice {
				f.note("why.line.list", pos.Args{"Price": l.ListPrice})
			}
			f.minus("why.line.offers", nil, t.Offered)
			f.minus("why.line.own", percent(l.Discount), t.Own)
			f.minus("why.line.share", nil, t.Share)
			if t.VAT != 0 {
				f.note("why.vat", pos.Args{"VAT": t.VAT, "Rate": l.VAT})
			}
			return f, true
		}
	}
	return Figure{}, false
}

// total leads from the prices to what is to be paid.
func (a Asked) total() Figure {
	t := a.Totals
	f := Figure{ID: "why.total", Value: t.Total, Steps: []Step{{Plus, "why.gross", pos.Args{"Count": len(t.Lines)}, t.Gross}}}
	var own, shares money.Amount
	for i := range t.Lines {
		own = own.Add(t.Lines[i].Own)
		shares = shares.Add(t.Lines[i].Share)
	}
	f.minus("why.offers", nil, t.Offered)
	f.minus("why.line-discounts", nil, own)
	f.minus("why.cheque-discount", percent(a.Cheque.Discount), shares.Sub(t.Rounding))
	f.minus("why.rounding", pos.Args{"Step": a.Rules.RoundingStep}, t.Rounding)
	if t.VAT != 0 {
		f.note("why.vat-total", pos.Args{"VAT": t.VAT})
	}
	return f
}

// due leads from the total to what is left to pay, or to the change.
func (a Asked) due() Figure {
	t := a.Totals
	f := Figure{ID: "why.due", Value: t.Due, Steps: []Step{{Plus, "why.total", nil, t.Total}}}
	for _, d := range a.Cheque.Tenders {
		f.minus("why.tender", pos.Args{"Method": d.Method}, d.Amount)
	}
	if t.Due == 0 && t.Change > 0 {
		f.ID, f.Value = "why.change", t.Change
		f.note("why.change-cash", nil)
	}
	return f
}

// points are bounded four ways; the smallest bound decides.
func (a Asked) points() Figure {
	t, r := a.Totals, a.Rules
	f := Figure{ID: "why.points", Value: a.MaxPoints}
	var payable, goods money.Amount
	for i, j := 0, 0; i < len(a.Cheque.Lines); i++ {
		l := &a.Cheque.Lines[i]
		if l.Removed {
			continue
		}
		if sum := t.Lines[j].Sum; l.Certificate == "" {
			goods = goods.Add(sum)
			if !l.Flags.NoPoints {
				payable = payable.Add(sum)
			}
		}
		j++
	}
	worth := func(m money.Amount) int64 { return int64(m) / int64(r.PointValue) }
	// Points that paid for what was brought in exchange are among those allowed.
	brought := a.Cheque.Brought.Points
	left := func(m money.Amount) int64 { return worth(max(m.Sub(brought), 0)) }
	rest := t.Due
	for _, d := range a.Cheque.Tenders {
		if d.Method == pos.Points {
			rest = rest.Add(d.Amount)
		}
	}
	bounds := []Step{
		{Bound, "why.points.have", nil, a.Customer.Points},
		{Bound, "why.points.share", pos.Args{"Share": r.MaxPointsShare, "Sum": goods}, left(r.MaxPointsShare.FloorOf(goods))},
		{Bound, "why.points.payable", pos.Args{"Sum": payable}, left(payable)},
		{Bound, "why.points.due", pos.Args{"Sum": rest}, worth(rest)},
	}
	for i := range bounds {
		if bounds[i].Value == a.MaxPoints {
			bounds[i].Kind = Least
			break
		}
	}
	f.Steps = bounds
	if brought > 0 {
		f.note("why.points.brought", pos.Args{"Sum": brought})
	}
	if r.PointValue != 100 {
		f.note("why.points.value", pos.Args{"Value": r.PointValue})
	}
	if a.Customer.PointsSoon > 0 {
		f.note("why.points.soon", pos.Args{"Count": a.Customer.PointsSoon})
	}
	return f
}

// earn leads from the total to what points are earned on.
func (a Asked) earn() Figure {
	t := a.Totals
	f := Figure{ID: "why.earn", Value: t.Earn, Steps: []Step{{Plus, "why.total", nil, t.Total}}}
	f.minus("why.earn.out", nil, t.Total.Sub(t.EarnOn))
	for _, l := range a.Cheque.Lines {
		if !l.Removed && (l.Flags.NoEarn || l.Certificate != "") {
			f.note("why.earn.goods", nil)
			break
		}
	}
	if slices.ContainsFunc(a.Cheque.Tenders, func(d pos.Tender) bool { return d.Method.NoEarn() }) || a.Cheque.Brought != (pos.Brought{}) {
		f.note("why.earn.paid", nil)
	}
	f.note("why.earn.rate", pos.Args{"Rate": a.Rules.EarnRate, "Sum": t.EarnOn})
	if a.Customer == nil {
		f.note("why.earn.nobody", nil)
	}
	return f
}

// credit leads from the limit to what may still be bought on credit.
func (a Asked) credit() Figure {
	c := a.Customer
	f := Figure{ID: "why.credit", Value: c.Room, Steps: []Step{{Plus, "why.credit.limit", nil, c.CreditLimit}}}
	f.minus("why.credit.debt", nil, c.Debt)
	if c.Debt > c.CreditLimit {
		f.note("why.credit.over", nil)
	}
	if c.Overdue > 0 {
		f.note("why.credit.overdue", pos.Args{"Sum": c.Overdue})
	}
	return f
}

// minus adds a step that takes something away, unless it takes nothing.
func (f *Figure) minus(id string, args pos.Args, sum money.Amount) {
	if sum != 0 {
		f.Steps = append(f.Steps, Step{Minus, id, args, sum})
	}
}

func (f *Figure) note(id string, args pos.Args) {
	f.Steps = append(f.Steps, Step{Kind: Note, ID: id, Args: args})
}

// percent are the words of a discount given as a share, nil for one given as a
// sum.
func percent(d pos.Discount) pos.Args {
	if d.Percent == 0 {
		return nil
	}
	return pos.Args{"Percent": d.Percent}
}
