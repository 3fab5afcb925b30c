package receipt

import (
	"kassa/pos"
	"kassa/pos/money"
)

// ReturnInput is a return with what is told about it.
type ReturnInput struct {
	Return   *pos.Return
	Shop     pos.Settings
	Cashier  string
	Customer *CustomerInfo // as it stands after the return; nil for nobody
	Copy     bool
}

// RenderReturn writes the slip of a return, within width like Render.
func RenderReturn(in ReturnInput, width int, w Words) []string {
	p := newPage(width, w)
	r := in.Return
	p.shop(in.Shop)
	p.document("receipt.return", r.Number, in.Copy)
	p.place(r.Till, r.At, in.Cashier)
	p.broughtBack(r)
	p.refunds(r)
	p.customer(in.Customer)
	p.returnPoints(r, in.Customer)
	p.Text(w.T("receipt.return-reason", pos.Args{"Reason": r.Reason}))
	p.Pair(w.T("receipt.customer-sign", nil), "__________")
	p.ending(string(r.ID))
	return p.Lines()
}

// ExchangeInput is a return and the sale it was exchanged for.
type ExchangeInput struct {
	ReturnInput
	Sale *pos.Sale
}

// RenderExchange writes both sides of an exchange and its one difference on one
// slip, within width like Render.
func RenderExchange(in ExchangeInput, width int, w Words) []string {
	p := newPage(width, w)
	r, s := in.Return, in.Sale
	p.shop(in.Shop)
	p.Centre(w.T("receipt.exchange", nil))
	p.document("receipt.return", r.Number, in.Copy)
	p.place(r.Till, r.At, in.Cashier)
	p.broughtBack(r)
	p.Text(w.T("receipt.exchange-sold", pos.Args{"Number": s.Number}))
	for i := range s.Lines {
		if !s.Lines[i].Removed {
			p.line(&s.Lines[i])
		}
	}
	p.Rule()
	p.totals(s)
	p.Pair(w.T("receipt.exchange-brought", nil), p.money.Bare(r.Total))
	switch paid, given := s.Total.Sub(s.Exchanged()), r.Given(); {
	case paid > 0:
		p.Pair(w.T("receipt.exchange-paid", nil), p.money.Amount(paid))
		p.tenders(s)
	case given > 0:
		p.Pair(w.T("receipt.exchange-given", nil), p.money.Amount(given))
		p.refunds(r)
	default:
		p.Text(w.T("receipt.exchange-even", nil))
	}
	p.customer(in.Customer)
	p.returnPoints(r, in.Customer)
	if in.Customer != nil && s.PointsEarned != 0 {
		p.Pair(w.T("receipt.points-earned", nil), p.money.Points(s.PointsEarned))
	}
	p.Text(w.T("receipt.return-reason", pos.Args{"Reason": r.Reason}))
	p.Pair(w.T("receipt.customer-sign", nil), "__________")
	p.footer(in.Shop.Footer, string(s.ID))
	return p.Lines()
}

// CorrectionInput is a correction of a tender with what is told about it.
type CorrectionInput struct {
	Correction *pos.Correction
	Shop       pos.Settings
	Cashier    string
	Copy       bool
}

// RenderCorrection writes the slip of a correction, within width like Render.
func RenderCorrection(in CorrectionInput, width int, w Words) []string {
	p := newPage(width, w)
	c := in.Correction
	p.shop(in.Shop)
	p.document("receipt.correction", 0, in.Copy)
	p.place(in.Shop.Till, c.At, in.Cashier)
	p.Text(w.T("receipt.return-of", pos.Args{"Number": c.SaleNo}))
	p.Rule()
	p.Pair(w.T("receipt.correction-from", nil), w.T(c.From.Word(), nil))
	p.Pair(w.T("receipt.correction-to", nil), w.T(c.To.Word(), nil))
	p.Pair(w.T("receipt.correction-sum", nil), p.money.Amount(c.Amount))
	p.Text(w.T("receipt.return-reason", pos.Args{"Reason": c.Reason}))
	p.ending(string(c.ID))
	return p.Lines()
}

// broughtBack lists the goods, their sum and the tax within it.
func (p *page) broughtBack(r *pos.Return) {
	if r.Sale == "" {
		p.Text(p.words.T("receipt.return-no-receipt", nil))
	} else {
		p.Text(p.words.T("receipt.return-of", pos.Args{"Number": r.SaleNo}))
	}
	p.Rule()
	for i := range r.Lines {
		l := &r.Lines[i]
		p.Text(l.Name)
		p.Pair("  "+p.words.T("receipt.qty-price", pos.Args{"Qty": l.Qty, "Unit": l.Unit, "Price": p.money.Bare(l.Price)}), p.money.Bare(l.Gross()))
		if off := l.Off(); off != 0 {
			p.Pair("  "+p.words.T(offWord(off, "receipt.line-discount"), nil), p.money.Bare(off.Neg()))
			p.Pair("  "+p.words.T("receipt.line-sum", nil), p.money.Bare(l.Sum))
		}
	}
	p.Rule()
	if off := r.Off(); off != 0 {
		p.Pair(p.words.T("receipt.gross", nil), p.money.Bare(r.Total.Add(off)))
		p.Pair(p.words.T(offWord(off, "receipt.discount"), nil), p.money.Bare(off.Neg()))
	}
	p.Pair(p.words.T("receipt.return-total", nil), p.money.Amount(r.Total))
	for _, v := range returnVAT(r.Lines) {
		if v.rate == pos.NoVAT {
			p.Pair(p.words.T("receipt.no-vat", nil), p.money.Bare(v.sum))
			continue
		}
		p.Pair(p.words.T("receipt.vat", pos.Args{"Rate": v.rate}), p.money.Bare(v.vat))
	}
	p.Rule()
}

// offWord names what stands between price times quantity and what comes back: the
// discount, or the coin that a share of the sale's sum was rounded by.
func offWord(off money.Amount, discount string) string {
	if off <= 1 {
		return "receipt.rounding"
	}
	return discount
}

// returnVAT is vatByRate for goods brought back.
func returnVAT(lines []pos.ReturnLine) []vatTotal {
	sold := make([]pos.SaleLine, len(lines))
	for i := range lines {
		l := &lines[i]
		sold[i] = pos.SaleLine{Line: pos.Line{VAT: l.Rate}, LineTotals: pos.LineTotals{Sum: l.Sum, VAT: l.VAT}}
	}
	return vatByRate(sold)
}

// refunds tells what went back by each method, whatever it had been paid by.
// What was turned over to a new sale stands there.
func (p *page) refunds(r *pos.Return) {
	for _, m := range pos.RefundMethods {
		sum := r.Refunded(m)
		if sum == 0 || m == pos.Exchange {
			continue
		}
		p.Pair(p.refundName(r, m), p.money.Bare(sum))
	}
}

func (p *page) refundName(r *pos.Return, m pos.Method) string {
	switch m {
	case pos.Credit:
		return p.words.T("receipt.return-debt", nil)
	case pos.Points:
		return p.words.T("receipt.points-tender", pos.Args{"Points": r.PointsBack})
	case pos.Withheld:
		return p.words.T("receipt.return-kept", pos.Args{"Points": r.PointsKept})
	}
	return p.words.T(m.Word(), nil)
}

func (p *page) returnPoints(r *pos.Return, c *CustomerInfo) {
	if c == nil {
		return
	}
	if r.PointsRestored != 0 {
		p.Pair(p.words.T("receipt.return-points", nil), p.money.Points(r.PointsRestored))
	}
	if r.PointsTaken != 0 {
		p.Pair(p.words.T("receipt.return-taken", nil), p.money.Points(r.PointsTaken))
	}
	p.Pair(p.words.T("receipt.points-left", nil), p.money.Points(c.PointsLeft))
	if c.Debt != money.Amount(0) {
		p.Pair(p.words.T("receipt.debt-total", nil), p.money.Bare(c.Debt))
	}
}
