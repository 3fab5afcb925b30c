package counter

import (
	"context"
	"strings"

	"kassa/pos"
	"kassa/pos/barcode"
	"kassa/pos/money"
	"kassa/pos/till/clients"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/shelf"
)

// Scanned tells what a code would bring to the cheque: one of its fields is set.
type Scanned struct {
	Goods    *pos.Line     // as they would be rung up
	Sum      money.Amount  // of the goods, before promotions
	Coupon   string        // its number
	Customer *pos.Customer // whose card it is
}

// PeekScan tells what a code names and changes nothing: somebody scanned it where
// nothing is rung up without a question. Goods come first, then a coupon, then a
// customer's card. Errors are those of Scan: "scan.unknown" for a code that is none
// of these (it may be a certificate's, which is looked up by Certificate alone).
func (t *Till) PeekScan(ctx context.Context, a pos.Actor, code string) (*Scanned, error) {
	var found *Scanned
	err := t.desk.Look(ctx, a, pos.RightSell, func(o *Op) error {
		it, err := o.Scanned(code, 0, nil)
		if err == nil {
			found, err = wouldBe(it)
			return err
		}
		if pos.CodeOf(err) != pos.CodeNotFound {
			return err
		}
		text := strings.TrimSpace(barcode.Shown(code))
		if number, none := o.couponNumber(text); none == nil {
			found = &Scanned{Coupon: number}
			return nil
		}
		c, none := o.clients.Find(clients.FindCustomer{Card: text})
		switch pos.CodeOf(none) {
		case "":
			found = &Scanned{Customer: c}
			return nil
		case pos.CodeNotFound, pos.CodeInvalid:
			return err
		}
		return none
	})
	return desk.OrNil(found, err)
}

// wouldBe is an item as it would be rung up.
func wouldBe(it shelf.Item) (*Scanned, error) {
	l, err := it.ChequeLine()
	if err != nil {
		return nil, err
	}
	if err := l.Check(); err != nil {
		return nil, err
	}
	sum, err := money.LineTotal(l.Price, l.Qty)
	if err != nil {
		return nil, err
	}
	return &Scanned{Goods: l, Sum: sum.Sub(l.Discount.Sum)}, nil
}
