package desk

import (
	"slices"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/offers"
	"kassa/pos/pan"
	"kassa/pos/till/store"
)

// This file keeps the numbers of payment cards out of what a till stores. Every
// text a person types comes by here on its way to the store, whichever operation
// and whichever screen it comes from. Codes of goods, numbers of documents and
// what is made from stored things (receipts, events) are not typed.

// noCards refuses the number of a card in a text.
func noCards(texts ...string) error {
	for _, text := range texts {
		if masked, had := pan.Mask(text); had {
			return pos.E(pos.CodeInvalid, "text.card-number", pos.Args{"Text": masked})
		}
	}
	return nil
}

// newly is noCards for a thing that may be stored already: what a shop has typed
// before stays until somebody types it anew, and nothing is held up by it.
func newly[T any](texts func(*T) []string, now *T, was func() (*T, error)) error {
	err := noCards(texts(now)...)
	if err == nil {
		return nil
	}
	old, e := was()
	if pos.CodeOf(e) == pos.CodeNotFound || e == nil && old == nil {
		return err
	}
	if e != nil {
		return e
	}
	known := texts(old)
	return noCards(slices.DeleteFunc(texts(now), func(t string) bool { return slices.Contains(known, t) })...)
}

// careful is a store's transaction that takes no number of a card.
type careful struct{ store.Tx }

func (x careful) PutCustomer(c *pos.Customer) error {
	texts := func(c *pos.Customer) []string {
		out := []string{c.Name, c.Email, c.Language, c.Note}
		if !strings.HasPrefix(c.Card, pan.Trade) {
			out = append(out, c.Card)
		}
		return out
	}
	if err := newly(texts, c, func() (*pos.Customer, error) { return x.Customer(c.ID) }); err != nil {
		return err
	}
	return x.Tx.PutCustomer(c)
}

func (x careful) PutCustomerGroup(g *pos.CustomerGroup) error {
	texts := func(g *pos.CustomerGroup) []string { return []string{g.Name} }
	if err := newly(texts, g, func() (*pos.CustomerGroup, error) { return x.CustomerGroup(g.ID) }); err != nil {
		return err
	}
	return x.Tx.PutCustomerGroup(g)
}

func textsOfProduct(p *pos.Product) []string { return []string{p.Name, p.Unit, p.Category, p.Note} }

func (x careful) PutProduct(p *pos.Product) error {
	if err := newly(textsOfProduct, p, func() (*pos.Product, error) { return x.Product(p.ID) }); err != nil {
		return err
	}
	return x.Tx.PutProduct(p)
}

func (x careful) AddProducts(list []*pos.Product, doc string, at time.Time) error {
	for _, p := range list {
		if err := noCards(textsOfProduct(p)...); err != nil {
			return err
		}
	}
	return x.Tx.AddProducts(list, doc, at)
}

func (x careful) PutCategory(c *pos.Category) error {
	err := newly(func(c *pos.Category) []string { return []string{c.Name} }, c, func() (*pos.Category, error) {
		all, err := x.Categories()
		return with(all, err, func(old *pos.Category) bool { return old.ID == c.ID })
	})
	if err != nil {
		return err
	}
	return x.Tx.PutCategory(c)
}

// with is the first of a list that is meant, nil for none.
func with[T any](all []T, err error, meant func(*T) bool) (*T, error) {
	for i := range all {
		if err == nil && meant(&all[i]) {
			return &all[i], nil
		}
	}
	return nil, err
}

func textsOfCheque(c *pos.Cheque) []string {
	out := []string{c.Note}
	for i := range c.Lines {
		out = append(out, c.Lines[i].Name, c.Lines[i].Reason)
	}
	return out
}

func (x careful) PutChequeHead(c *pos.Cheque) error {
	if err := noCards(c.Note); err != nil {
		err = newly(textsOfCheque, &pos.Cheque{Note: c.Note}, func() (*pos.Cheque, error) { return x.Cheque(c.ID) })
		if err != nil {
			return err
		}
	}
	return x.Tx.PutChequeHead(c)
}

func (x careful) PutChequeLine(id pos.SaleID, l *pos.Line) error {
	if err := noCards(l.Reason); err != nil {
		err = newly(textsOfCheque, &pos.Cheque{Note: l.Reason}, func() (*pos.Cheque, error) { return x.Cheque(id) })
		if err != nil {
			return err
		}
	}
	return x.Tx.PutChequeLine(id, l)
}

func (x careful) PutOverride(v *pos.Override) error {
	if err := noCards(v.Reason); err != nil {
		return err
	}
	return x.Tx.PutOverride(v)
}

func (x careful) PutCashMove(m *pos.CashMove) error {
	if err := noCards(m.Reason); err != nil {
		return err
	}
	return x.Tx.PutCashMove(m)
}

func (x careful) PutApproval(a *pos.Approval) error {
	if err := noCards(a.Reason); err != nil {
		return err
	}
	return x.Tx.PutApproval(a)
}

func (x careful) PutCertificate(c *pos.Certificate) error {
	if err := noCards(c.Note, c.Reason); err != nil {
		return err
	}
	return x.Tx.PutCertificate(c)
}

func (x careful) SetCertificateState(number string, s pos.CertificateState, reason string) error {
	if err := noCards(reason); err != nil {
		return err
	}
	return x.Tx.SetCertificateState(number, s, reason)
}

func (x careful) PutPromotion(p *offers.Promotion) error {
	texts := func(p *offers.Promotion) []string { return []string{p.Name} }
	if err := newly(texts, p, func() (*offers.Promotion, error) { return x.Promotion(p.ID) }); err != nil {
		return err
	}
	return x.Tx.PutPromotion(p)
}

func (x careful) PutEmployee(e *pos.Employee) error {
	texts := func(e *pos.Employee) []string { return []string{e.Name} }
	if err := newly(texts, e, func() (*pos.Employee, error) { return x.Employee(e.ID) }); err != nil {
		return err
	}
	return x.Tx.PutEmployee(e)
}

func (x careful) PutGroup(g *pos.Group) error {
	texts := func(g *pos.Group) []string { return []string{g.Name} }
	if err := newly(texts, g, func() (*pos.Group, error) { return x.Group(g.ID) }); err != nil {
		return err
	}
	return x.Tx.PutGroup(g)
}

func (x careful) PutReturnDraft(d *pos.ReturnDraft) error {
	texts := func(d *pos.ReturnDraft) (out []string) {
		for i := range d.Lines {
			out = append(out, d.Lines[i].Reason)
		}
		return out
	}
	if err := newly(texts, d, x.ReturnDraft); err != nil {
		return err
	}
	return x.Tx.PutReturnDraft(d)
}

func (x careful) PutReturn(r *pos.Return) error {
	if err := noCards(r.Reason); err != nil {
		return err
	}
	return x.Tx.PutReturn(r)
}

func (x careful) PutCorrection(c *pos.Correction) error {
	if err := noCards(c.Reason); err != nil {
		return err
	}
	return x.Tx.PutCorrection(c)
}

func (x careful) PutStockHead(d *pos.StockDoc) error {
	texts := func(d *pos.StockDoc) []string { return []string{d.Supplier, d.Invoice, d.Reason, d.Category} }
	if err := newly(texts, d, func() (*pos.StockDoc, error) { return x.StockDoc(d.ID) }); err != nil {
		return err
	}
	return x.Tx.PutStockHead(d)
}
