// Package labels prints price labels and shelf tags with barcodes into a PDF.
package labels

import (
	"slices"
	"time"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/unitprice"
)

// row is one product and how many labels of it.
type row struct {
	product pos.Product
	count   int
	old     money.Amount // what it cost before the price was lowered, 0 for none
}

// model is what is to be printed.
type model struct {
	rows  []row
	paper int // in pos.LabelPapers
}

// Choice is a product somebody has come with, and how many labels of it.
type Choice struct {
	Product pos.Product
	Count   int
}

// Pieces is how many labels goods in a quantity want: one for each piece, and
// one for all that is weighed or has no whole piece.
func Pieces(p *pos.Product, qty money.Quantity) int {
	if p.Flags.Weighed {
		return 1
	}
	return int(min(max(qty/money.One, 1), most))
}

// take puts on the list what somebody has come with; what comes twice is
// counted together.
func (m *model) take(c Choice) {
	i := m.add(c.Product)
	m.set(i, m.rows[i].count-1+max(c.Count, 1))
}

// most is how many labels of one product there may be.
const most = 999

// add puts a product on the list, or raises its number when it is there. It
// returns its place.
func (m *model) add(p pos.Product) int {
	i := slices.IndexFunc(m.rows, func(r row) bool { return r.product.ID == p.ID })
	if i < 0 {
		m.rows = append(m.rows, row{product: p, count: 1})
		return len(m.rows) - 1
	}
	m.set(i, m.rows[i].count+1)
	return i
}

// set changes the number of a product's labels; 0 takes it off the list.
func (m *model) set(i, count int) {
	if i < 0 || i >= len(m.rows) {
		return
	}
	if count <= 0 {
		m.rows = slices.Delete(m.rows, i, i+1)
		return
	}
	m.rows[i].count = min(count, most)
}

// total is how many labels there are in all.
func (m *model) total() (n int) {
	for _, r := range m.rows {
		n += r.count
	}
	return n
}

// labels are what the document is made of.
func (m *model) labels(w *words.Words, shop string, now time.Time) []pos.PriceLabel {
	list := make([]pos.PriceLabel, len(m.rows))
	for i := range m.rows {
		list[i] = m.rows[i].label(w, shop, now)
	}
	return list
}

// label is what stands on the label of a product.
func (r *row) label(w *words.Words, shop string, now time.Time) pos.PriceLabel {
	p, m := &r.product, w.Money()
	l := pos.PriceLabel{Name: p.Name, Price: m.Amount(p.Price), SKU: p.SKU, Code: p.SKU, Shop: shop, Date: w.Date(now), Count: r.count}
	if r.old > p.Price {
		l.Old = m.Amount(r.old)
	}
	if p.Flags.Weighed {
		l.Unit = w.T("labels.per", pos.Args{"Unit": p.Unit})
	} else if per, unit, ok := unitprice.Of(p.Name, p.Price); ok {
		l.PerUnit = w.T("labels.unit-price", pos.Args{"Unit": w.T("labels.unit."+string(unit), nil), "Price": per})
	}
	if len(p.Barcodes) > 0 {
		l.Code = p.Barcodes[0]
	}
	return l
}

// lowered is how long a price that was lowered is shown beside the one before.
const lowered = 30 * 24 * time.Hour

// oldPrice is what goods cost before their last change of price, where that made them
// cheaper and not long ago; 0 for none.
func oldPrice(p *pos.Product, changes []pos.PriceChange, now time.Time) money.Amount {
	for _, c := range changes { // newest first
		if c.What != pos.PriceSelling {
			continue
		}
		if c.To == p.Price && c.From > c.To && now.Sub(c.At) <= lowered {
			return c.From
		}
		return 0
	}
	return 0
}

// setOld keeps what a product on the list cost before.
func (m *model) setOld(id pos.ProductID, old money.Amount) {
	for i := range m.rows {
		if m.rows[i].product.ID == id {
			m.rows[i].old = old
		}
	}
}
