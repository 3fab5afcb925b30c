// Package receipt writes a sale or a repayment as lines of text for a printer or
// a preview. It is pure: the same input gives the same lines.
package receipt

import (
	"slices"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
)

// Columns a receipt may have; others are brought within.
const (
	MinWidth = 24
	MaxWidth = 64
)

// Words is the language of the receipt. T formats typed arguments itself.
type Words interface {
	T(id string, args pos.Args) string
	Money() money.Formatter
	Date(time.Time) string
	DateTime(time.Time) string
}

// Input is a sale with what is told about it.
type Input struct {
	Sale     *pos.Sale
	Shop     pos.Settings
	Cashier  string
	Customer *CustomerInfo // nil for nobody
	Copy     bool          // a reprint: marked so

	// CertificatesLeft is what is left on the gift certificates that paid, by
	// their number; of those it does not name nothing is told.
	CertificatesLeft map[string]money.Amount
}

// CustomerInfo is what a receipt tells of a customer, as it stands after the
// document.
type CustomerInfo struct {
	Name        string
	MaskedPhone string // never a whole number
	PointsLeft  int64
	Debt        money.Amount // owed in all
}

// Render writes a sale. No line is longer than width runes, whatever the names.
func Render(in Input, width int, w Words) []string {
	p := newPage(width, w)
	s := in.Sale
	p.shop(in.Shop)
	p.document("receipt.number", s.Number, in.Copy)
	p.place(s.Till, s.At, in.Cashier)
	p.Rule()
	for i := range s.Lines {
		if !s.Lines[i].Removed {
			p.line(&s.Lines[i])
		}
	}
	p.Rule()
	p.totals(s)
	p.tenders(s)
	p.certificatesLeft(s, in.CertificatesLeft)
	p.customer(in.Customer)
	p.points(s, in.Customer)
	p.debt(s, in.Customer)
	p.footer(in.Shop.Footer, string(s.ID))
	return p.Lines()
}

// RepaymentInput is a repayment with what is told about it.
type RepaymentInput struct {
	Repayment *pos.Repayment
	Shop      pos.Settings
	Cashier   string
	Customer  *CustomerInfo // with the debt that is left
	Copy      bool
}

// RenderRepayment writes the slip of a repayment, within width like Render.
func RenderRepayment(in RepaymentInput, width int, w Words) []string {
	p := newPage(width, w)
	r := in.Repayment
	p.shop(in.Shop)
	p.document("receipt.repayment", 0, in.Copy)
	p.place(in.Shop.Till, r.At, in.Cashier)
	p.customer(in.Customer)
	p.Rule()
	p.Pair(w.T("receipt.repaid", nil), p.money.Amount(r.Amount))
	p.Pair(w.T("receipt.paid-by", nil), w.T(r.Method.Word(), nil))
	if in.Customer != nil {
		p.Pair(w.T("receipt.debt-left", nil), p.money.Bare(in.Customer.Debt))
	}
	p.end(string(r.ID))
	return p.Lines()
}

func (p *page) shop(s pos.Settings) {
	p.Centre(s.Shop)
	p.Centre(s.Address)
	if s.TaxID != "" {
		p.Centre(p.words.T("receipt.tax-id", pos.Args{"TaxID": s.TaxID}))
	}
	for line := range strings.SplitSeq(s.Paper.Header, "\n") {
		p.Centre(line)
	}
	p.Rule()
}

func (p *page) document(id string, number int64, isCopy bool) {
	if isCopy {
		p.Centre("*** " + p.words.T("receipt.copy", nil) + " ***")
	}
	p.Text(p.words.T(id, pos.Args{"Number": number}))
}

func (p *page) place(till string, at time.Time, cashier string) {
	p.Pair(p.words.DateTime(at), p.words.T("receipt.till", pos.Args{"Till": till}))
	if cashier != "" {
		p.Text(p.words.T("receipt.cashier", pos.Args{"Name": cashier}))
	}
}

func (p *page) line(l *pos.SaleLine) {
	p.Text(l.Name)
	p.Pair("  "+p.words.T("receipt.qty-price", pos.Args{"Qty": l.Qty, "Unit": l.Unit, "Price": p.money.Bare(l.Price)}),
		p.money.Bare(l.Gross))
	if off := l.LineTotals.Discount; off != 0 {
		for _, g := range l.Offers {
			p.Pair("  "+g.Name, p.money.Bare(g.Sum.Neg()))
		}
		if by := off.Sub(l.Offered); by != 0 {
			p.Pair("  "+p.words.T("receipt.line-discount", nil), p.money.Bare(by.Neg()))
		}
		p.Pair("  "+p.words.T("receipt.line-sum", nil), p.money.Bare(l.Sum))
	}
}

func (p *page) totals(s *pos.Sale) {
	if s.Discount != 0 {
		p.Pair(p.words.T("receipt.gross", nil), p.money.Bare(s.Gross))
		if off := s.Discount.Sub(s.Rounding); off != 0 {
			p.Pair(p.words.T("receipt.discount", nil), p.money.Bare(off.Neg()))
		}
		if s.Rounding != 0 {
			p.Pair(p.words.T("receipt.rounding", nil), p.money.Bare(s.Rounding.Neg()))
		}
	}
	p.Pair(p.words.T("receipt.total", nil), p.money.Amount(s.Total))
	for _, v := range vatByRate(s.Lines) {
		if v.rate == pos.NoVAT {
			p.Pair(p.words.T("receipt.no-vat", nil), p.money.Bare(v.sum))
			continue
		}
		p.Pair(p.words.T("receipt.vat", pos.Args{"Rate": v.rate}), p.money.Bare(v.vat))
	}
	p.Rule()
}

// vatTotal is what was sold at one rate and the tax within.
type vatTotal struct {
	rate     money.Percent
	sum, vat money.Amount
}

// vatByRate adds the sold lines up by their rate, the highest first; goods
// without tax come last.
func vatByRate(lines []pos.SaleLine) []vatTotal {
	var rates []vatTotal
	for i := range lines {
		l := &lines[i]
		if l.Removed {
			continue
		}
		at := slices.IndexFunc(rates, func(v vatTotal) bool { return v.rate == l.Line.VAT })
		if at < 0 {
			at = len(rates)
			rates = append(rates, vatTotal{rate: l.Line.VAT})
		}
		rates[at].sum = rates[at].sum.Add(l.Sum)
		rates[at].vat = rates[at].vat.Add(l.LineTotals.VAT)
	}
	slices.SortFunc(rates, func(a, b vatTotal) int { return int(b.rate - a.rate) })
	return rates
}

func (p *page) tenders(s *pos.Sale) {
	for i := range s.Tenders {
		t := &s.Tenders[i]
		name := p.words.T(t.Method.Word(), nil)
		if t.Points != 0 {
			name = p.words.T("receipt.points-tender", pos.Args{"Points": t.Points})
		}
		if t.Certificate != "" {
			name += " " + pos.MaskCertificate(t.Certificate)
		}
		p.Pair(name, p.money.Bare(t.Amount))
	}
	if s.Change != 0 {
		p.Pair(p.words.T("receipt.change", nil), p.money.Bare(s.Change))
	}
}

func (p *page) customer(c *CustomerInfo) {
	if c == nil {
		return
	}
	p.Rule()
	p.Text(p.words.T("receipt.customer", pos.Args{"Name": c.Name}))
	p.Text(c.MaskedPhone)
}

func (p *page) points(s *pos.Sale, c *CustomerInfo) {
	if c == nil {
		return
	}
	if s.PointsSpent != 0 {
		p.Pair(p.words.T("receipt.points-spent", nil), p.money.Points(s.PointsSpent))
	}
	if s.PointsEarned != 0 {
		p.Pair(p.words.T("receipt.points-earned", nil), p.money.Points(s.PointsEarned))
	}
	p.Pair(p.words.T("receipt.points-left", nil), p.money.Points(c.PointsLeft))
}

func (p *page) debt(s *pos.Sale, c *CustomerInfo) {
	if s.DebtAdded != 0 {
		p.Pair(p.words.T("receipt.debt-added", nil), p.money.Bare(s.DebtAdded))
		if !s.DebtDue.IsZero() {
			p.Pair(p.words.T("receipt.debt-due", nil), p.words.Date(s.DebtDue))
		}
	}
	if c != nil && c.Debt != 0 {
		p.Pair(p.words.T("receipt.debt-total", nil), p.money.Bare(c.Debt))
	}
}

// footer ends what was bought with the shop's own words.
func (p *page) footer(text, id string) {
	p.Rule()
	for line := range strings.SplitSeq(text, "\n") {
		p.Centre(line)
	}
	p.id(id)
}

// end ends what is no purchase: the shop's words thank for one.
func (p *page) end(id string) {
	p.Rule()
	p.id(id)
}

func (p *page) id(id string) {
	p.Centre(p.words.T("receipt.id", pos.Args{"ID": shortID(id)}))
}

// shortID is the last group of an id: the first ones are the time, and alike in
// neighbours.
func shortID(id string) string { return id[strings.LastIndexByte(id, '-')+1:] }
