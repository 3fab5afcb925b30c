package wire

import (
	"kassa/pos"
	"kassa/pos/money"
)

// StockPosted tells "stock.posted": a document of the stock that counts.
type StockPosted struct {
	Head
	ID       string      `json:"id"`
	Kind     string      `json:"kind"`
	Number   int64       `json:"number"`
	Supplier string      `json:"supplier,omitempty"`
	Invoice  string      `json:"invoice,omitempty"`
	Reason   string      `json:"reason,omitempty"`
	Reverses string      `json:"reverses,omitempty"` // the document this one takes back
	Employee string      `json:"employee"`
	At       int64       `json:"at_ms"`
	Currency string      `json:"currency,omitempty"` // not told in version 0
	Digest   string      `json:"digest"`
	Lines    []StockLine `json:"lines"`
}

// StockLine is one product of a document of the stock.
type StockLine struct {
	Product  string `json:"product"`
	SKU      string `json:"sku"`
	Name     string `json:"name"`
	Qty      int64  `json:"qty_milli"`
	Moved    int64  `json:"moved_milli"` // what it did to the stock
	Cost     int64  `json:"cost_minor,omitempty"`
	NewPrice int64  `json:"new_price_minor,omitempty"`
}

// OfStock tells a posted document of the stock; digest is its own.
func OfStock(d *pos.StockDoc, digest string, c money.Currency) *StockPosted {
	p := &StockPosted{Head: now(), ID: string(d.ID), Kind: string(d.Kind), Number: d.Number, Supplier: d.Supplier, Invoice: d.Invoice,
		Reason: d.Reason, Reverses: string(d.Reverses), Employee: string(d.PostedBy), At: ms(d.PostedAt), Currency: string(c), Digest: digest,
		Lines: make([]StockLine, len(d.Lines))}
	for i := range d.Lines {
		l := &d.Lines[i]
		p.Lines[i] = StockLine{Product: string(l.Product), SKU: l.SKU, Name: l.Name, Qty: int64(l.Qty), Moved: int64(l.Moved),
			Cost: int64(l.Cost), NewPrice: int64(l.NewPrice)}
	}
	return p
}

// EventKind implements Payload.
func (*StockPosted) EventKind() pos.EventKind { return pos.EventStockPosted }

// Subject implements Payload.
func (p *StockPosted) Subject() string { return p.ID }

// Object implements Payload.
func (p *StockPosted) Object() string { return either(p.Reverses, p.ID) }

func (p *StockPosted) lacks() string { return empty("id", p.ID, "kind", p.Kind, "digest", p.Digest) }
