package counter

import (
	"maps"
	"slices"

	"kassa/pos"
	"kassa/pos/money"
)

// snapshot are what a cheque promises before an edit: to customers, and away.
type snapshot struct {
	promised  goods
	markdowns markdowns
}

func snapshotOf(c *pos.Cheque) snapshot {
	return snapshot{promised: promised(c), markdowns: markdownsOf(c)}
}

// markdowns is what employees took off a cheque by hand. It is nil and zero for the
// cheque of every day, where nothing was.
type markdowns struct {
	lines  map[int]markdown // by line number
	cheque money.Amount     // by the cheque's discount
}

type markdown struct{ discount, price money.Amount }

func markdownsOf(c *pos.Cheque) markdowns {
	var g markdowns
	var net money.Amount
	for i := range c.Lines {
		l := &c.Lines[i]
		if l.Removed {
			continue
		}
		own := markdownOf(l)
		if !c.Discount.IsZero() && l.Certificate == "" {
			net = net.Add(discountable(l).Sub(own.discount))
		}
		g.allow(l.No, own)
	}
	g.cheque = c.Discount.Off(net)
	return g
}

// markdownOf is what was taken off one line by hand. Automatic discounts are not,
// and come first.
func markdownOf(l *pos.Line) markdown {
	if l.Discount.IsZero() && l.Price == l.ListPrice {
		return markdown{} // as most are: a scan asks it of every line there is
	}
	return markdown{discount: l.Discount.Off(discountable(l)), price: priceGap(l)}
}

func discountable(l *pos.Line) money.Amount { return max(worth(l).Sub(l.OfferSum()), 0) }

// allow adds to what a line may have given away.
func (g *markdowns) allow(no int, more markdown) {
	if more == (markdown{}) {
		return
	}
	if g.lines == nil {
		g.lines = map[int]markdown{}
	}
	has := g.lines[no]
	g.lines[no] = markdown{discount: has.discount.Add(more.discount), price: has.price.Add(more.price)}
}

// demandGrown asks for what an edit made grow.
func (o *Op) demandGrown(was, now markdowns) error {
	for _, no := range slices.Sorted(maps.Keys(now.lines)) {
		l, before := now.lines[no], was.lines[no]
		if l.discount > before.discount {
			if err := o.DemandSum(pos.RightLineDiscount, l.discount); err != nil {
				return err
			}
		}
		if l.price > before.price {
			if err := o.DemandSum(pos.RightPrice, l.price); err != nil {
				return err
			}
		}
	}
	if now.cheque > was.cheque {
		return o.DemandSum(pos.RightChequeDiscount, now.cheque)
	}
	return nil
}

// worth is what a line comes to before discounts; a sum beyond every bound is
// refused elsewhere.
func worth(l *pos.Line) money.Amount {
	gross, err := money.LineTotal(l.Price, l.Qty)
	if err != nil {
		return money.MaxAmount
	}
	return gross
}

// priceGap is by how much the price of a line differs from the catalogue's, for
// the whole quantity; nothing for goods whose price is asked anyway.
func priceGap(l *pos.Line) money.Amount {
	if l.Flags.AskPrice {
		return 0
	}
	return difference(l.ListPrice, l)
}

// difference is what changing a line's price from old comes to, up or down.
func difference(old money.Amount, l *pos.Line) money.Amount {
	gap := l.Price.Sub(old)
	if gap < 0 {
		gap = gap.Neg()
	}
	changed := pos.Line{Price: gap, Qty: l.Qty}
	return worth(&changed)
}
