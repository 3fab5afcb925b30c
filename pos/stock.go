package pos

import (
	"strings"
	"time"

	"kassa/pos/digest"
	"kassa/pos/money"
)

// What a stock move calls its document. A sale and a return go by their bare
// ids.
const (
	CatalogueDoc = "catalogue:" // a stock edited on a product's card
	ImportDoc    = "import:"    // a list that was brought in
	StockDocName = "stock:"     // a document of the stock, by its id
)

// StockKind is what a document of the stock does.
type StockKind string

// Kinds of documents.
const (
	Receiving StockKind = "receiving" // goods came in
	WriteOff  StockKind = "writeoff"  // goods are gone: spoilt, lost, used
	Stocktake StockKind = "stocktake" // goods were counted
)

// StockKinds lists the kinds in the order in which a screen offers them.
var StockKinds = []StockKind{Receiving, WriteOff, Stocktake}

// Known reports one of StockKinds.
func (k StockKind) Known() bool { return k == Receiving || k == WriteOff || k == Stocktake }

// Bounds of a document of the stock.
const (
	MaxStockLines    = 5000
	MaxStockTextSize = 200
)

// StockDoc is a document of the stock: a draft until it is posted, and never
// changed afterwards. A mistake is mended by a further document that reverses
// it.
type StockDoc struct {
	ID       StockDocID
	Kind     StockKind
	Number   int64      // gapless per kind; 0 while it is a draft
	Supplier string     // of a receiving
	Invoice  string     // the supplier's number of a receiving
	Reason   string     // of a write-off or a reversal
	Category string     // a stocktake of one category alone, by name; "" for any goods
	Blind    bool       // a stocktake that does not show what the books say
	Reverses StockDocID // the document this one takes back; "" for none

	CreatedAt time.Time
	CreatedBy EmployeeID
	PostedAt  time.Time // zero for a draft
	PostedBy  EmployeeID
	Rev       int64 // grows with every change of a draft

	Lines []StockLine // each product once
}

// StockLine is one product of a document of the stock.
type StockLine struct {
	No       int // 1-based, never reused within a document
	Product  ProductID
	SKU      string
	Name     string
	Unit     string
	Qty      money.Quantity // what came, what is gone, what was counted
	Cost     money.Amount   // of a receiving: what one unit cost; 0: not told
	NewPrice money.Amount   // of a receiving: the price from now on; 0: as it was
	Book     money.Quantity // what the books said when it was posted
	Moved    money.Quantity // what it did to the stock when it was posted
}

// Posted reports a document that counts.
func (d *StockDoc) Posted() bool { return d.Number > 0 }

// Doc is how stock moves and price changes name the document.
func (d *StockDoc) Doc() string { return StockDocName + string(d.ID) }

// Line returns the line of a product, nil when there is none.
func (d *StockDoc) Line(id ProductID) *StockLine {
	for i := range d.Lines {
		if d.Lines[i].Product == id {
			return &d.Lines[i]
		}
	}
	return nil
}

// NextLine is the number for the next line.
func (d *StockDoc) NextLine() int {
	n := 0
	for i := range d.Lines {
		n = max(n, d.Lines[i].No)
	}
	return n + 1
}

// Move is what posting the line does to a stock the books have at book.
func (d *StockDoc) Move(l *StockLine, book money.Quantity) money.Quantity {
	switch d.Kind {
	case Receiving:
		return l.Qty
	case WriteOff:
		return -l.Qty
	}
	return l.Qty - book
}

// Sum is what the goods of a receiving cost. Lines beyond the bounds of money
// count as nothing; Check refuses them.
func (d *StockDoc) Sum() money.Amount {
	var sum money.Amount
	for i := range d.Lines {
		if t, err := money.LineTotal(d.Lines[i].Cost, d.Lines[i].Qty); err == nil {
			sum = sum.Add(t)
		}
	}
	return sum
}

// Worth is what the moves of a posted document are worth at the costs of its
// lines: below zero for goods that are gone.
func (d *StockDoc) Worth() money.Amount {
	var sum money.Amount
	for i := range d.Lines {
		if t, err := money.LineTotal(d.Lines[i].Cost, d.Lines[i].Moved); err == nil {
			sum = sum.Add(t)
		}
	}
	return sum
}

// CheckHead tells the first thing wrong with the head of a document as
// CodeInvalid.
func (d *StockDoc) CheckHead() error {
	switch {
	case !d.Kind.Known():
		return E(CodeInvalid, "stock.kind", Args{"Kind": string(d.Kind)})
	case len([]rune(d.Supplier)) > MaxStockTextSize, len([]rune(d.Invoice)) > MaxStockTextSize,
		len([]rune(d.Reason)) > MaxStockTextSize, len([]rune(d.Category)) > MaxNameRunes:
		return E(CodeInvalid, "stock.text-long", Args{"Max": MaxStockTextSize})
	case HasControl(d.Supplier + d.Invoice + d.Reason + d.Category):
		return E(CodeInvalid, "text.control", nil)
	}
	return nil
}

// CheckLine tells the first thing wrong with a line as CodeInvalid. weighed is
// the product's own flag.
func (d *StockDoc) CheckLine(l *StockLine, weighed bool) error {
	_, sumErr := money.LineTotal(max(l.Cost, l.NewPrice), l.Qty)
	switch {
	case l.Qty < 0, l.Qty == 0 && d.Kind != Stocktake:
		return E(CodeInvalid, "stock.qty-none", Args{"Name": l.Name})
	case !weighed && l.Qty%money.One != 0:
		return E(CodeInvalid, "line.qty-piece", Args{"Name": l.Name})
	case l.Qty > money.MaxQuantity:
		return E(CodeInvalid, "line.qty-large", Args{"Max": money.MaxQuantity})
	case l.Cost < 0, l.Cost > money.MaxAmount, l.NewPrice < 0, l.NewPrice > money.MaxAmount, sumErr != nil:
		return E(CodeInvalid, "stock.cost-range", Args{"Name": l.Name, "Max": money.MaxAmount})
	}
	return nil
}

// CheckPost tells what keeps a draft from being posted as CodeInvalid or
// CodeConflict.
func (d *StockDoc) CheckPost() error {
	switch {
	case d.Posted():
		return E(CodeConflict, "stock.posted", Args{"Number": d.Number})
	case len(d.Lines) == 0:
		return E(CodeConflict, "stock.empty", nil)
	case d.Kind == WriteOff && strings.TrimSpace(d.Reason) == "":
		return E(CodeInvalid, "stock.reason", nil)
	}
	return nil
}

// Digest is the hex SHA-256 of a posted document, under which it is booked.
func (d *StockDoc) Digest() string {
	h := digest.New("kassa.stock.v1")
	h.Text(string(d.ID)).Text(string(d.Kind)).Int(d.Number).Text(d.Supplier).Text(d.Invoice).Text(d.Reason).Text(d.Category)
	h.Bool(d.Blind).Text(string(d.Reverses)).Time(d.CreatedAt).Text(string(d.CreatedBy)).Time(d.PostedAt).Text(string(d.PostedBy))
	h.Int(int64(len(d.Lines)))
	for i := range d.Lines {
		l := &d.Lines[i]
		h.Int(int64(l.No)).Text(string(l.Product)).Text(l.SKU).Text(l.Name).Text(l.Unit).Int(int64(l.Qty))
		h.Int(int64(l.Cost)).Int(int64(l.NewPrice)).Int(int64(l.Book)).Int(int64(l.Moved))
	}
	return h.Hex()
}

// StockMove is one movement of one product's stock.
type StockMove struct {
	N       int64 // in the order they were made
	Product ProductID
	Qty     money.Quantity
	Doc     string // a sale's or return's id, or one of the names above
	At      time.Time
}

// CostAfter is the average cost of a unit once moved of them at cost were added
// to (or, below zero, taken back out of) a stock whose units cost old: the costs
// weighed by what there is of each. A stock that was empty, owed or of unknown
// cost takes the new cost whole; a cost of nothing is not known and changes
// nothing.
func CostAfter(stock money.Quantity, old money.Amount, moved money.Quantity, cost money.Amount) money.Amount {
	if cost <= 0 || moved == 0 {
		return old
	}
	if stock <= 0 || old <= 0 {
		if moved > 0 {
			return cost
		}
		return old
	}
	after, ok := money.Average(old, stock, cost, moved)
	if !ok {
		return old
	}
	return after
}
