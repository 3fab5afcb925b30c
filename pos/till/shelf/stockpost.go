package shelf

import (
	"context"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
	"kassa/pos/wire"
)

// PostStock makes a draft count: it gets its number, moves the stock, and is
// never changed again. A receiving sets the cost of its goods to the average
// weighed by what there is (pos.CostAfter) and the new prices, for which
// RightProducts is asked. CodeConflict for a document without lines or posted
// already, CodeInvalid for a write-off without a reason.
func (t *Till) PostStock(ctx context.Context, a pos.Actor, id pos.StockDocID) (*StockView, error) {
	var v *StockView
	err := t.desk.Change(ctx, a, "", func(o *Op) error {
		d, err := o.Tx.StockDoc(id)
		if err != nil {
			return err
		}
		if err := o.Demand(stockRight(d.Kind)); err != nil {
			return err
		}
		if err := d.CheckPost(); err != nil {
			return err
		}
		for i := range d.Lines {
			if err := o.settleLine(d, &d.Lines[i]); err != nil {
				return err
			}
		}
		v, err = o.postStock(d)
		return err
	})
	return desk.OrNil(v, err)
}

// settleLine fills in what only posting knows, and gives the goods their new
// cost and price.
func (o *Op) settleLine(d *pos.StockDoc, l *pos.StockLine) error {
	old, err := o.Product(l.Product)
	if err != nil {
		return err
	}
	if d.Kind != pos.Stocktake {
		l.Book = old.Stock
	}
	l.Moved = d.Move(l, l.Book)
	if after := old.Stock + l.Moved; after > money.MaxQuantity || after < -money.MaxQuantity {
		return pos.E(pos.CodeLimit, "stock.range", pos.Args{"Name": l.Name, "Max": money.MaxQuantity})
	}
	if d.Kind != pos.Receiving {
		l.Cost = old.Cost // what the difference is worth
		return o.Tx.PutStockLine(d.ID, l)
	}
	next := *old
	next.Cost = pos.CostAfter(old.Stock, old.Cost, l.Moved, l.Cost)
	if l.NewPrice > 0 && l.NewPrice != old.Price {
		if err := o.Demand(pos.RightProducts); err != nil {
			return err
		}
		next.Price = l.NewPrice
	}
	if err := o.Tx.PutStockLine(d.ID, l); err != nil {
		return err
	}
	return o.reprice(old, &next, d.Doc())
}

// reprice stores another cost or price of goods whose stock stays.
func (o *Op) reprice(old, next *pos.Product, doc string) error {
	if old.Cost == next.Cost && old.Price == next.Price {
		return nil
	}
	if err := o.Tx.PutProduct(next); err != nil {
		return err
	}
	return o.notePrices(old, next, doc)
}

// postStock numbers a document whose lines are settled, moves the goods and
// books it.
func (o *Op) postStock(d *pos.StockDoc) (*StockView, error) {
	var err error
	if d.Number, err = o.NextStockNumber(d.Kind); err != nil {
		return nil, err
	}
	d.PostedAt, d.PostedBy = o.At, o.Actor.ID
	d.Rev++
	if err := o.PutStockHead(d); err != nil {
		return nil, err
	}
	for i := range d.Lines {
		if l := &d.Lines[i]; l.Moved != 0 {
			if err := o.MoveStock(l.Product, l.Moved, d.Doc(), o.At); err != nil {
				return nil, err
			}
		}
	}
	// No money moves, yet the document has its place in the chain: whoever
	// changes it afterwards is found.
	entry := &ledger.Entry{Kind: ledger.KindStock, Doc: string(d.ID), Digest: d.Digest(),
		Postings: []ledger.Posting{{Account: ledger.Goods, Currency: o.Settings.Currency}}}
	if err := o.Book(entry); err != nil {
		return nil, err
	}
	if err := o.Note(pos.EventStockPosted, string(d.ID), stockDetail(d)); err != nil {
		return nil, err
	}
	if err := o.Tell(wire.OfStock(d, entry.Digest, o.Settings.Currency)); err != nil {
		return nil, err
	}
	return o.stockView(d)
}

// ReverseStock posts a document that takes a posted one back: every movement of
// it the other way. The costs are averaged back; prices stay as they are.
// CodeConflict for a draft, for one that was taken back already and for one that
// itself takes another back; CodeInvalid without a reason.
func (t *Till) ReverseStock(ctx context.Context, a pos.Actor, id pos.StockDocID, reason string) (*StockView, error) {
	var v *StockView
	err := t.desk.Change(ctx, a, pos.RightStockAdjust, func(o *Op) error {
		was, err := o.Tx.StockDoc(id)
		if err != nil {
			return err
		}
		if err := o.reversible(was); err != nil {
			return err
		}
		d := &pos.StockDoc{ID: pos.StockDocID(o.NewID()), Kind: was.Kind, Supplier: was.Supplier, Invoice: was.Invoice,
			Category: was.Category, Reverses: was.ID, CreatedAt: o.At, CreatedBy: o.Actor.ID}
		if d.Reason, err = desk.NeedReason(reason); err != nil {
			return err
		}
		if err := d.CheckHead(); err != nil {
			return err
		}
		if err := o.PutStockHead(d); err != nil {
			return err
		}
		for _, l := range was.Lines {
			if err := o.reverseLine(d, l); err != nil {
				return err
			}
		}
		v, err = o.postStock(d)
		return err
	})
	return desk.OrNil(v, err)
}

func (o *Op) reversible(d *pos.StockDoc) error {
	switch by, err := o.ReversalOf(d.ID); {
	case err != nil:
		return err
	case !d.Posted():
		return pos.E(pos.CodeConflict, "stock.draft", nil)
	case d.Reverses != "":
		return pos.E(pos.CodeConflict, "stock.is-reversal", nil)
	case by != "":
		return pos.E(pos.CodeConflict, "stock.reversed", pos.Args{"Number": d.Number})
	}
	return nil
}

func (o *Op) reverseLine(d *pos.StockDoc, l pos.StockLine) error {
	old, err := o.Product(l.Product)
	if err != nil {
		return err
	}
	l.Moved, l.Book, l.NewPrice = -l.Moved, old.Stock, 0
	next := *old
	if d.Kind == pos.Receiving {
		next.Cost = pos.CostAfter(old.Stock, old.Cost, l.Moved, l.Cost)
	}
	d.Lines = append(d.Lines, l)
	if err := o.Tx.PutStockLine(d.ID, &l); err != nil {
		return err
	}
	return o.reprice(old, &next, d.Doc())
}

func stockDetail(d *pos.StockDoc) map[string]string {
	detail := map[string]string{"kind": string(d.Kind), "lines": strconv.Itoa(len(d.Lines))}
	for name, text := range map[string]string{"supplier": d.Supplier, "invoice": d.Invoice, "reason": d.Reason, "reverses": string(d.Reverses)} {
		if text != "" {
			detail[name] = text
		}
	}
	if d.Posted() {
		detail["number"], detail["digest"] = strconv.FormatInt(d.Number, 10), d.Digest()
	}
	return detail
}

// Sources of a movement of stock beside the kinds of documents.
const (
	MovedBySale      = "sale"
	MovedByReturn    = "return"
	MovedByImport    = "import"
	MovedByCatalogue = "catalogue"
)

// ProductMove is one line of a product's movement card.
type ProductMove struct {
	pos.StockMove
	Source string         // a pos.StockKind or one of the words above
	Number int64          // of the sale or document; 0 where there is none
	Doc    pos.StockDocID // of the stock, to open it; "" for others
	Sale   pos.SaleID     // "" for others
	After  money.Quantity // what was on the shelf afterwards
}

// ProductMoves tells what moved a product's stock, newest first.
func (t *Till) ProductMoves(ctx context.Context, a pos.Actor, id pos.ProductID, limit int) ([]ProductMove, error) {
	var list []ProductMove
	err := t.desk.Look(ctx, a, "", func(o *Op) error {
		if err := o.DemandAny(pos.RightStock, pos.RightStockAdjust, pos.RightProducts, pos.RightReports); err != nil {
			return err
		}
		p, err := o.Product(id)
		if err != nil {
			return err
		}
		moves, err := o.StockMoves(id, desk.ClampLimit(limit))
		if err != nil {
			return err
		}
		after := p.Stock
		list = make([]ProductMove, len(moves))
		for i, m := range moves {
			list[i] = ProductMove{StockMove: m, After: after}
			if err := o.source(&list[i]); err != nil {
				return err
			}
			after -= m.Qty
		}
		return nil
	})
	return list, err
}

// source finds the document of a movement.
func (o *Op) source(m *ProductMove) error {
	doc := m.StockMove.Doc
	if id, ok := strings.CutPrefix(doc, pos.StockDocName); ok {
		d, err := o.Tx.StockDoc(pos.StockDocID(id))
		if err != nil {
			return err
		}
		m.Source, m.Number, m.Doc = string(d.Kind), d.Number, d.ID
		return nil
	}
	switch {
	case strings.HasPrefix(doc, pos.ImportDoc):
		m.Source = MovedByImport
		return nil
	case strings.HasPrefix(doc, strings.TrimSuffix(pos.CatalogueDoc, ":")):
		m.Source = MovedByCatalogue
		return nil
	}
	s, err := o.Tx.Sale(pos.SaleID(doc))
	switch {
	case err == nil:
		m.Source, m.Number, m.Sale = MovedBySale, s.Number, s.ID
	case pos.CodeOf(err) == pos.CodeNotFound:
		m.Source, err = MovedByReturn, nil
	}
	return err
}

// LowStock lists goods of which less is left than there should be, the emptiest
// first: what the owner has to order.
func (t *Till) LowStock(ctx context.Context, a pos.Actor, limit int) ([]pos.Product, error) {
	var list []pos.Product
	err := t.desk.Look(ctx, a, "", func(o *Op) (err error) {
		if err := o.DemandAny(pos.RightReports, pos.RightStock, pos.RightProducts); err != nil {
			return err
		}
		list, err = o.Tx.LowStock(desk.ClampLimit(limit))
		return err
	})
	return list, err
}
