package door

import (
	"context"
	"errors"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/scale"
	"kassa/pos/till"
)

// stockJSON is a document of the stock as it is told.
type stockJSON struct {
	ID         pos.StockDocID  `json:"id"`
	Kind       pos.StockKind   `json:"kind"`
	Number     int64           `json:"number"` // 0: a draft
	Supplier   string          `json:"supplier,omitempty"`
	Invoice    string          `json:"invoice,omitempty"`
	Reason     string          `json:"reason,omitempty"`
	Category   string          `json:"category,omitempty"`
	Blind      bool            `json:"blind,omitempty"`
	Reverses   pos.StockDocID  `json:"reverses,omitempty"`
	ReversedBy pos.StockDocID  `json:"reversed_by,omitempty"`
	CreatedAt  *Timestamp      `json:"created_at"`
	PostedAt   *Timestamp      `json:"posted_at"` // null: a draft
	Lines      []stockLineJSON `json:"lines,omitempty"`
}

type stockLineJSON struct {
	Line     int    `json:"line"`
	SKU      string `json:"sku"`
	Name     string `json:"name"`
	Unit     string `json:"unit"`
	Qty      string `json:"qty"`
	Cost     string `json:"cost,omitempty"`
	NewPrice string `json:"new_price,omitempty"`
	Book     string `json:"book,omitempty"` // not told of a blind count
	Moved    string `json:"moved,omitempty"`
}

func newStock(d *pos.StockDoc, reversedBy pos.StockDocID) stockJSON {
	j := stockJSON{ID: d.ID, Kind: d.Kind, Number: d.Number, Supplier: d.Supplier, Invoice: d.Invoice, Reason: d.Reason, Category: d.Category,
		Blind: d.Blind, Reverses: d.Reverses, ReversedBy: reversedBy, CreatedAt: Stamp(d.CreatedAt), PostedAt: Stamp(d.PostedAt)}
	for i := range d.Lines {
		l := &d.Lines[i]
		n := stockLineJSON{Line: l.No, SKU: l.SKU, Name: l.Name, Unit: l.Unit, Qty: l.Qty.String()}
		if l.Cost > 0 {
			n.Cost = l.Cost.String()
		}
		if l.NewPrice > 0 {
			n.NewPrice = l.NewPrice.String()
		}
		if d.Posted() || !d.Blind {
			n.Book = l.Book.String()
		}
		if d.Posted() {
			n.Moved = l.Moved.String()
		}
		j.Lines = append(j.Lines, n)
	}
	return j
}

// toldStock is the answer of an operation on a document.
func toldStock(v *till.StockView, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return newStock(&v.Doc, v.ReversedBy), nil
}

// head reads what a draft says of itself; what is not given is empty.
func (r *request) head() pos.StockDoc {
	return pos.StockDoc{Kind: pos.StockKind(r.optional("kind")), Supplier: r.optional("supplier"), Invoice: r.optional("invoice"),
		Reason: r.optional("reason"), Category: r.optional("category"), Blind: r.flag("blind")}
}

func (s *Session) stockList(ctx context.Context, r *request) (any, error) {
	kind, skip, limit := pos.StockKind(r.optional("kind")), r.wholeIf("skip"), r.wholeIf("limit")
	if err := r.done(); err != nil {
		return nil, err
	}
	if kind != "" && !kind.Known() {
		return nil, pos.E(pos.CodeInvalid, "stock.kind", pos.Args{"Kind": shown(string(kind))})
	}
	if limit == 0 {
		limit = 50
	}
	list, err := s.Till.StockDocs(ctx, s.actor, kind, int(min(skip, 1<<30)), int(min(limit, 1000)))
	out := struct {
		Documents []stockJSON `json:"documents"`
	}{make([]stockJSON, len(list))}
	for i := range list {
		out.Documents[i] = newStock(&list[i], "")
	}
	return out, err
}

func (s *Session) stockNew(ctx context.Context, r *request) (any, error) {
	kind, head := pos.StockKind(r.text("kind")), r.head()
	if err := r.done(); err != nil {
		return nil, err
	}
	head.Kind = kind
	return toldStock(s.Till.NewStockDoc(ctx, s.actor, head))
}

// stockDo runs an operation that takes the id of a document alone.
func stockDo(r *request, do func(pos.StockDocID) (*till.StockView, error)) (any, error) {
	id := pos.StockDocID(r.text("id"))
	if err := r.done(); err != nil {
		return nil, err
	}
	return toldStock(do(id))
}

func (s *Session) stockShow(ctx context.Context, r *request) (any, error) {
	return stockDo(r, func(id pos.StockDocID) (*till.StockView, error) { return s.Till.StockDoc(ctx, s.actor, id) })
}

func (s *Session) stockRest(ctx context.Context, r *request) (any, error) {
	return stockDo(r, func(id pos.StockDocID) (*till.StockView, error) { return s.Till.RestIsNone(ctx, s.actor, id) })
}

func (s *Session) stockPost(ctx context.Context, r *request) (any, error) {
	return stockDo(r, func(id pos.StockDocID) (*till.StockView, error) { return s.Till.PostStock(ctx, s.actor, id) })
}

func (s *Session) stockHead(ctx context.Context, r *request) (any, error) {
	head := r.head()
	return stockDo(r, func(id pos.StockDocID) (*till.StockView, error) { return s.Till.SetStockHead(ctx, s.actor, id, head) })
}

func (s *Session) stockScan(ctx context.Context, r *request) (any, error) {
	code, qty := r.code("code"), r.quantityIf("qty")
	return stockDo(r, func(id pos.StockDocID) (*till.StockView, error) { return s.Till.ScanStock(ctx, s.actor, id, code, qty) })
}

// stockLine sets the figures of a product's line: sku, qty, cost and new_price
// where they are known.
func (s *Session) stockLine(ctx context.Context, r *request) (any, error) {
	sku, l := r.text("sku"), pos.StockLine{Qty: r.quantityOrNone("qty")}
	if cost := r.amountIf("cost"); cost != nil {
		l.Cost = *cost
	}
	if price := r.amountIf("new_price"); price != nil {
		l.NewPrice = *price
	}
	return stockDo(r, func(id pos.StockDocID) (*till.StockView, error) {
		p, err := s.bySKU(ctx, sku)
		if err != nil {
			return nil, err
		}
		l.Product = p.ID
		return s.Till.PutStockLine(ctx, s.actor, id, l)
	})
}

func (s *Session) stockRemove(ctx context.Context, r *request) (any, error) {
	no := r.whole("line")
	return stockDo(r, func(id pos.StockDocID) (*till.StockView, error) {
		return s.Till.DropStockLine(ctx, s.actor, id, int(min(no, 1<<30)))
	})
}

func (s *Session) stockReverse(ctx context.Context, r *request) (any, error) {
	reason := r.text("reason")
	return stockDo(r, func(id pos.StockDocID) (*till.StockView, error) { return s.Till.ReverseStock(ctx, s.actor, id, reason) })
}

func (s *Session) stockDrop(ctx context.Context, r *request) (any, error) {
	id := pos.StockDocID(r.text("id"))
	if err := r.done(); err != nil {
		return nil, err
	}
	return nothing{}, s.Till.DropStockDoc(ctx, s.actor, id)
}

// bySKU finds goods by the whole number the shop gave them.
func (s *Session) bySKU(ctx context.Context, sku string) (*pos.Product, error) {
	found, err := s.Till.SearchProducts(ctx, sku, 1000)
	if err != nil {
		return nil, err
	}
	for i := range found {
		if found[i].SKU == sku {
			return &found[i], nil
		}
	}
	return nil, pos.E(pos.CodeNotFound, "product.unknown", nil)
}

func (s *Session) stockMoves(ctx context.Context, r *request) (any, error) {
	sku, limit := r.text("sku"), r.wholeIf("limit")
	if err := r.done(); err != nil {
		return nil, err
	}
	p, err := s.bySKU(ctx, sku)
	if err != nil {
		return nil, err
	}
	if limit == 0 {
		limit = 50
	}
	list, err := s.Till.ProductMoves(ctx, s.actor, p.ID, int(min(limit, 1000)))
	type move struct {
		At     *Timestamp `json:"at"`
		Source string     `json:"source"`
		Number int64      `json:"number,omitempty"`
		Qty    string     `json:"qty"`
		After  string     `json:"after"`
	}
	out := struct {
		Moves []move `json:"moves"`
	}{make([]move, len(list))}
	for i, m := range list {
		out.Moves[i] = move{Stamp(m.At), m.Source, m.Number, m.Qty.String(), m.After.String()}
	}
	return out, err
}

func (s *Session) stockLow(ctx context.Context, r *request) (any, error) {
	limit := r.wholeIf("limit")
	if err := r.done(); err != nil {
		return nil, err
	}
	if limit == 0 {
		limit = 50
	}
	list, err := s.Till.LowStock(ctx, s.actor, int(min(limit, 1000)))
	type low struct {
		SKU   string `json:"sku"`
		Name  string `json:"name"`
		Stock string `json:"stock"`
		Least string `json:"least"`
	}
	out := struct {
		Products []low `json:"products"`
	}{make([]low, len(list))}
	for i := range list {
		p := &list[i]
		out.Products[i] = low{p.SKU, p.Name, p.Stock.String(), p.MinStock.String()}
	}
	return out, err
}

// readLabel tells what a label of a scale says: by the rules given, else by
// those in force. What could be read of a wrong one comes with the refusal.
func (s *Session) readLabel(ctx context.Context, r *request) (any, error) {
	code, text := r.code("code"), r.optional("rules")
	if err := r.done(); err != nil {
		return nil, err
	}
	if text == "" {
		text = s.Till.Settings().Labels.Rules
	}
	rules, err := scale.ParseRules(text)
	if err != nil {
		return nil, err
	}
	read, err := s.Till.ReadLabel(ctx, s.actor, rules, code)
	if err != nil {
		return nil, err
	}
	if read.Product == nil {
		return nil, pos.Wrap(pos.CodeInternal, "till.internal", errors.New("a label without goods"))
	}
	return struct {
		Prefix int    `json:"prefix"`
		Item   string `json:"item"`
		SKU    string `json:"sku"`
		Name   string `json:"name"`
		Qty    string `json:"qty"`
		Sum    string `json:"sum"`
	}{read.Label.Rule.Prefix, read.Label.Item, read.Product.SKU, read.Product.Name, read.Qty.String(), read.Sum.String()}, nil
}

// quantityOrNone reads a quantity that must be there; a count may find none.
func (r *request) quantityOrNone(name string) money.Quantity {
	text := r.decimal(name)
	if strings.Trim(text, "0.") == "" {
		return 0
	}
	q, err := money.ParseQuantity(text)
	r.number(name, err)
	return q
}
