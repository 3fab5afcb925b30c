package check

import (
	"hash/fnv"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/history"
	"kassa/pos/money"
)

// metaTraced holds the number of the last movement of stock made before every
// movement named a document that can be looked up.
const metaTraced = "stock.traced_after"

// shelf adds up what documents did to the stock, as a fingerprint per product:
// documents add, movements take away, and nothing may be left.
type shelf struct {
	prints map[pos.ProductID]uint64
	booked map[pos.StockDocID]string // digests of documents of the stock, as booked
	told   map[string]bool           // imports the audit trail tells of
}

func newShelf() shelf {
	return shelf{prints: map[pos.ProductID]uint64{}, booked: map[pos.StockDocID]string{}, told: map[string]bool{}}
}

// did says that a document moved goods: a sale takes them away, a return or a
// document of the stock does what it says.
func (s *shelf) did(doc string, id pos.ProductID, qty money.Quantity) {
	if qty != 0 {
		s.prints[id] += movePrint(doc, qty)
	}
}

// moved takes one movement off again.
func (s *shelf) moved(doc string, id pos.ProductID, qty money.Quantity) {
	if s.prints[id] -= movePrint(doc, qty); s.prints[id] == 0 {
		delete(s.prints, id)
	}
}

// movePrint is the document's own number as many times as it moved: a sale that
// moves the same goods in two lines reads as one that moves them at once.
func movePrint(doc string, qty money.Quantity) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(doc))
	return (h.Sum64() | 1) * uint64(qty)
}

// sold adds what a sale took off the shelf.
func (s *shelf) sold(sale *pos.Sale) {
	for i := range sale.Lines {
		if l := &sale.Lines[i]; !l.Removed {
			s.did(string(sale.ID), l.Product, -l.Qty)
		}
	}
}

// event takes in what the audit trail says of stock: edits on a product's card,
// and that an import happened.
func (s *shelf) event(e *pos.Event) {
	switch e.Kind {
	case pos.EventProductChanged:
		qty, err := strconv.ParseInt(e.Detail[pos.DetailStockMoved], 10, 64)
		if doc := e.Detail[pos.DetailStockDoc]; doc != "" && err == nil {
			s.did(doc, pos.ProductID(e.Subject), money.Quantity(qty))
		}
	case pos.EventImported:
		s.told[e.Subject] = true
		if e.Subject == "demo" {
			s.told[pos.ImportDoc+"demo"] = true
		}
	}
}

// stockDocs: every document of the stock is as it was booked, numbered without
// gaps, and every movement of the stock is made by a document: a sale, a return,
// a document of the stock, an edit or an import the trail tells of.
func (w *walk) stockDocs() error {
	numbers := map[pos.StockKind]int64{}
	err := w.EachStockDoc(func(d *pos.StockDoc) error {
		if !w.follows(d.Number, numbers[d.Kind], history.Stock(d.Kind)) {
			w.broken("I2", "check.stock-number", pos.Args{"Number": d.Number, "Want": numbers[d.Kind] + 1})
		}
		numbers[d.Kind] = d.Number
		digest, ok := w.shelf.booked[d.ID]
		switch {
		case !ok:
			w.broken("I1", "check.doc-unbooked", pos.Args{"Doc": string(d.ID)})
		case digest != d.Digest():
			w.broken("I12", "check.stock-changed", pos.Args{"Number": d.Number})
		}
		delete(w.shelf.booked, d.ID)
		for i := range d.Lines {
			w.shelf.did(d.Doc(), d.Lines[i].Product, d.Lines[i].Moved)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for id := range w.shelf.booked {
		w.broken("I1", "check.doc-missing", pos.Args{"Doc": string(id)})
	}
	return w.stockMoves()
}

func (w *walk) stockMoves() error {
	text, err := w.Meta(metaTraced)
	if err != nil {
		return err
	}
	traced, _ := strconv.ParseInt(text, 10, 64)
	missing := map[string]bool{}
	err = w.EachStockMove(func(m *pos.StockMove) error {
		switch {
		case strings.HasPrefix(m.Doc, pos.ImportDoc):
			if !w.shelf.told[m.Doc] && m.N > traced {
				missing[m.Doc] = true
			}
		case m.N <= traced && strings.HasPrefix(m.Doc, strings.TrimSuffix(pos.CatalogueDoc, ":")):
		default:
			w.shelf.moved(m.Doc, m.Product, m.Qty)
		}
		return nil
	})
	if err != nil || len(w.shelf.prints)+len(missing) == 0 {
		return err
	}
	for doc := range missing {
		w.broken("I4", "check.stock-import", pos.Args{"Doc": doc})
	}
	return w.EachProduct(func(p *pos.Product) error {
		if w.shelf.prints[p.ID] != 0 {
			w.broken("I4", "check.stock-moves", pos.Args{"Name": p.Name})
			delete(w.shelf.prints, p.ID)
		}
		return nil
	})
}

// prices: the price and the cost of goods are those of their last change, and
// every change begins where the one before ended.
func (w *walk) prices() error {
	type of struct {
		id   pos.ProductID
		what pos.PriceKind
	}
	last := map[of]money.Amount{}
	odd := map[pos.ProductID]bool{}
	err := w.EachPriceChange(func(c *pos.PriceChange) error {
		k := of{c.Product, c.What}
		if was, ok := last[k]; ok && was != c.From {
			odd[c.Product] = true
		}
		last[k] = c.To
		return nil
	})
	if err != nil || len(last) == 0 {
		return err
	}
	return w.EachProduct(func(p *pos.Product) error {
		price, ok := last[of{p.ID, pos.PriceSelling}]
		cost, known := last[of{p.ID, pos.PriceCost}]
		if odd[p.ID] || (ok && price != p.Price) || (known && cost != p.Cost) {
			w.broken("I12", "check.price-history", pos.Args{"Name": p.Name})
		}
		return nil
	})
}
