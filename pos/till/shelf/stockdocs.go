package shelf

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till/internal/desk"
)

// StockView is a document of the stock with its goods as they are now.
type StockView struct {
	Doc        pos.StockDoc
	Goods      map[pos.ProductID]pos.Product // of the lines
	ReversedBy pos.StockDocID                // "" when nothing takes it back
	Touched    int                           // number of the line changed by the operation, 0 for none
}

// stockRight is what a kind of document needs: taking goods in is one thing,
// saying that they are gone another.
func stockRight(k pos.StockKind) pos.Right {
	if k == pos.Receiving {
		return pos.RightStock
	}
	return pos.RightStockAdjust
}

// StockDocs lists documents without lines, drafts first, then newest first. ""
// is every kind; skip is how many the list has already.
func (t *Till) StockDocs(ctx context.Context, a pos.Actor, k pos.StockKind, skip, limit int) ([]pos.StockDoc, error) {
	var list []pos.StockDoc
	err := t.desk.Look(ctx, a, "", func(o *Op) (err error) {
		if err := o.DemandAny(pos.RightStock, pos.RightStockAdjust, pos.RightReports); err != nil {
			return err
		}
		list, err = o.Tx.StockDocs(k, max(skip, 0), desk.ClampLimit(limit))
		return err
	})
	return list, err
}

// StockDoc returns a document with its lines and their goods.
func (t *Till) StockDoc(ctx context.Context, a pos.Actor, id pos.StockDocID) (*StockView, error) {
	var v *StockView
	err := t.desk.Look(ctx, a, "", func(o *Op) error {
		if err := o.DemandAny(pos.RightStock, pos.RightStockAdjust, pos.RightReports); err != nil {
			return err
		}
		d, err := o.Tx.StockDoc(id)
		if err != nil {
			return err
		}
		v, err = o.stockView(d)
		return err
	})
	return desk.OrNil(v, err)
}

// NewStockDoc begins a draft. Only its kind and head are looked at. A draft is
// stored at once and survives the end of the program.
func (t *Till) NewStockDoc(ctx context.Context, a pos.Actor, head pos.StockDoc) (*StockView, error) {
	var v *StockView
	err := t.desk.Change(ctx, a, stockRight(head.Kind), func(o *Op) error {
		d := &pos.StockDoc{ID: pos.StockDocID(o.NewID()), Kind: head.Kind, CreatedAt: o.At, CreatedBy: o.Actor.ID}
		setHead(d, head)
		if err := o.checkHead(d); err != nil {
			return err
		}
		v = &StockView{Doc: *d, Goods: map[pos.ProductID]pos.Product{}}
		return o.PutStockHead(d)
	})
	return desk.OrNil(v, err)
}

// SetStockHead changes what a draft says of itself: supplier, invoice, reason,
// category, blind.
func (t *Till) SetStockHead(ctx context.Context, a pos.Actor, id pos.StockDocID, head pos.StockDoc) (*StockView, error) {
	return t.editStock(ctx, a, id, func(o *Op, d *pos.StockDoc) (int, error) {
		setHead(d, head)
		return 0, o.checkHead(d)
	})
}

func setHead(d *pos.StockDoc, head pos.StockDoc) {
	d.Supplier, d.Invoice = strings.TrimSpace(head.Supplier), strings.TrimSpace(head.Invoice)
	d.Reason, d.Category, d.Blind = strings.TrimSpace(head.Reason), strings.TrimSpace(head.Category), head.Blind
}

// checkHead checks the head, and that the category of a stocktake exists and
// holds every line.
func (o *Op) checkHead(d *pos.StockDoc) error {
	if err := d.CheckHead(); err != nil {
		return err
	}
	if d.Category == "" {
		return nil
	}
	all, err := o.Tx.Categories()
	if err != nil {
		return err
	}
	for _, c := range all {
		if pos.Fold(c.Name) == pos.Fold(d.Category) {
			d.Category = c.Name
			for i := range d.Lines {
				if err := o.within(d, d.Lines[i].Product); err != nil {
					return err
				}
			}
			return nil
		}
	}
	return pos.E(pos.CodeNotFound, "category.missing", nil)
}

// within refuses goods of another category than the one that is counted.
func (o *Op) within(d *pos.StockDoc, id pos.ProductID) error {
	if d.Category == "" {
		return nil
	}
	p, err := o.Product(id)
	if err == nil && p.Category != d.Category {
		return pos.E(pos.CodeConflict, "stock.other-category", pos.Args{"Name": p.Name, "Category": d.Category})
	}
	return err
}

// ScanStock adds what a code names to a draft: the same goods again add up.
// "3*code" multiplies, the label of a scale brings its weight; qty 0 means one, and
// is asked of goods by weight. Errors are those of Scan.
func (t *Till) ScanStock(ctx context.Context, a pos.Actor, id pos.StockDocID, code string, qty money.Quantity) (*StockView, error) {
	return t.editStock(ctx, a, id, func(o *Op, d *pos.StockDoc) (int, error) {
		it, err := o.Read(code, qty)
		if err != nil {
			return 0, err
		}
		q, err := it.howMuch()
		if err != nil {
			return 0, err
		}
		line := pos.StockLine{Product: it.Product.ID, Qty: q}
		if old := d.Line(it.Product.ID); old != nil {
			line = *old
			line.Qty += q
		}
		return o.putStockLine(d, it.Product, line)
	})
}

// PutStockLine sets the line of a product in a draft: its quantity, its cost and
// the new price. CodeInvalid for a quantity of none (a stocktake may count
// none), CodeNotFound for goods nobody knows.
func (t *Till) PutStockLine(ctx context.Context, a pos.Actor, id pos.StockDocID, l pos.StockLine) (*StockView, error) {
	return t.editStock(ctx, a, id, func(o *Op, d *pos.StockDoc) (int, error) {
		p, err := o.Product(l.Product)
		if err != nil {
			return 0, err
		}
		line := pos.StockLine{Product: p.ID}
		if old := d.Line(p.ID); old != nil {
			line = *old
		}
		line.Qty, line.Cost, line.NewPrice = l.Qty, l.Cost, l.NewPrice
		return o.putStockLine(d, p, line)
	})
}

// DropStockLine takes a line out of a draft.
func (t *Till) DropStockLine(ctx context.Context, a pos.Actor, id pos.StockDocID, no int) (*StockView, error) {
	return t.editStock(ctx, a, id, func(o *Op, d *pos.StockDoc) (int, error) {
		for i := range d.Lines {
			if d.Lines[i].No == no {
				d.Lines = append(d.Lines[:i], d.Lines[i+1:]...)
				return 0, o.DeleteStockLine(d.ID, no)
			}
		}
		return 0, pos.E(pos.CodeNotFound, "stock.line-missing", pos.Args{"Line": no})
	})
}

// RestIsNone adds to a stocktake everything the books have and nobody counted,
// as counted none: of its category, else of the whole catalogue. CodeLimit when
// that is more than a document holds; nothing is added then.
func (t *Till) RestIsNone(ctx context.Context, a pos.Actor, id pos.StockDocID) (*StockView, error) {
	return t.editStock(ctx, a, id, func(o *Op, d *pos.StockDoc) (int, error) {
		if d.Kind != pos.Stocktake {
			return 0, pos.E(pos.CodeConflict, "stock.not-counting", nil)
		}
		counted := make(map[pos.ProductID]bool, len(d.Lines))
		for i := range d.Lines {
			counted[d.Lines[i].Product] = true
		}
		var rest []pos.Product
		err := o.EachProduct(func(p *pos.Product) error {
			if p.Stock == 0 || counted[p.ID] || (d.Category != "" && p.Category != d.Category) {
				return nil
			}
			if rest = append(rest, *p); len(rest)+len(d.Lines) > pos.MaxStockLines {
				return pos.E(pos.CodeLimit, "stock.too-long", pos.Args{"Max": pos.MaxStockLines})
			}
			return nil
		})
		for i := 0; err == nil && i < len(rest); i++ {
			_, err = o.putStockLine(d, &rest[i], pos.StockLine{Product: rest[i].ID})
		}
		return 0, err
	})
}

// putStockLine stores one line of a draft. What the books say now is kept with
// it: a stocktake compares the count with the stock at the time of counting, so
// that sales made until it is posted are no difference.
func (o *Op) putStockLine(d *pos.StockDoc, p *pos.Product, l pos.StockLine) (int, error) {
	if err := o.within(d, p.ID); err != nil {
		return 0, err
	}
	l.SKU, l.Name, l.Unit, l.Book = p.SKU, p.Name, p.Unit, p.Stock
	if d.Kind != pos.Receiving {
		l.Cost, l.NewPrice = 0, 0
	}
	if err := d.CheckLine(&l, p.Flags.Weighed); err != nil {
		return 0, err
	}
	if old := d.Line(p.ID); old != nil {
		*old = l
	} else {
		if len(d.Lines) >= pos.MaxStockLines {
			return 0, pos.E(pos.CodeLimit, "stock.too-long", pos.Args{"Max": pos.MaxStockLines})
		}
		l.No = d.NextLine()
		d.Lines = append(d.Lines, l)
	}
	return d.Line(p.ID).No, o.Tx.PutStockLine(d.ID, d.Line(p.ID))
}

// DropStockDoc throws a draft away; the trail keeps that there was one.
func (t *Till) DropStockDoc(ctx context.Context, a pos.Actor, id pos.StockDocID) error {
	return t.desk.Change(ctx, a, "", func(o *Op) error {
		d, err := o.stockDraft(id)
		if err != nil {
			return err
		}
		if err := o.DeleteStockDoc(id); err != nil {
			return err
		}
		return o.Note(pos.EventStockDropped, string(id), stockDetail(d))
	})
}

// editStock changes a draft as one operation.
func (t *Till) editStock(ctx context.Context, a pos.Actor, id pos.StockDocID, fn func(*Op, *pos.StockDoc) (touched int, err error)) (*StockView, error) {
	var v *StockView
	err := t.desk.Change(ctx, a, "", func(o *Op) error {
		d, err := o.stockDraft(id)
		if err != nil {
			return err
		}
		touched, err := fn(o, d)
		if err != nil {
			return err
		}
		d.Rev++
		if err := o.PutStockHead(d); err != nil {
			return err
		}
		if v, err = o.stockView(d); err == nil {
			v.Touched = touched
		}
		return err
	})
	return desk.OrNil(v, err)
}

// stockDraft loads a document that may still be changed, and asks the right of
// its kind.
func (o *Op) stockDraft(id pos.StockDocID) (*pos.StockDoc, error) {
	d, err := o.Tx.StockDoc(id)
	if err != nil {
		return nil, err
	}
	if err := o.Demand(stockRight(d.Kind)); err != nil {
		return nil, err
	}
	if d.Posted() {
		return nil, pos.E(pos.CodeConflict, "stock.posted", pos.Args{"Number": d.Number})
	}
	return d, nil
}

func (o *Op) stockView(d *pos.StockDoc) (*StockView, error) {
	v := &StockView{Doc: *d, Goods: make(map[pos.ProductID]pos.Product, len(d.Lines))}
	for i := range d.Lines {
		p, err := o.Product(d.Lines[i].Product)
		if pos.CodeOf(err) == pos.CodeNotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		v.Goods[p.ID] = *p
	}
	by, err := o.ReversalOf(d.ID)
	v.ReversedBy = by
	return v, err
}
