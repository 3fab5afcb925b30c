package counter

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/offers"
	"kassa/pos/till/internal/desk"
)

// PromotionView is a promotion with the number of its coupons.
type PromotionView struct {
	offers.Promotion
	Coupons pos.CouponCount
}

// Promotions lists the automatic discounts in the order in which they are tried,
// archived ones last.
func (t *Till) Promotions(ctx context.Context, a pos.Actor) ([]PromotionView, error) {
	var list []PromotionView
	err := t.desk.Look(ctx, a, pos.RightOffers, func(o *Op) error {
		all, err := o.Tx.Promotions()
		if err != nil {
			return err
		}
		counts, err := o.CouponCounts()
		if err != nil {
			return err
		}
		for _, p := range all {
			list = append(list, PromotionView{Promotion: p, Coupons: counts[p.ID]})
		}
		return nil
	})
	return list, err
}

// PutPromotion makes a promotion (an empty id) or changes one. What cheques and
// sales were given by it stays as it was; open cheques feel the change with their
// next change.
func (t *Till) PutPromotion(ctx context.Context, a pos.Actor, p offers.Promotion) (*offers.Promotion, error) {
	var stored *offers.Promotion
	err := t.desk.Change(ctx, a, pos.RightOffers, func(o *Op) error {
		p.Name = strings.Join(strings.Fields(p.Name), " ")
		if err := p.Check(); err != nil {
			return err
		}
		detail := map[string]string{"name": p.Name, "on": strconv.FormatBool(p.On), "archived": strconv.FormatBool(p.Archived)}
		if p.ID == "" {
			p.ID = pos.OfferID(o.NewID())
			detail["added"] = "1"
		} else if _, err := o.Tx.Promotion(p.ID); err != nil {
			return err
		}
		if err := o.Tx.PutPromotion(&p); err != nil {
			return err
		}
		stored = &p
		return o.Note(pos.EventPromotionChanged, string(p.ID), detail)
	})
	return desk.OrNil(stored, err)
}

// applyOffers gives the open cheque its automatic discounts anew. It is called
// with every change of what a cheque sells, to whom, and on which terms, and at no
// other time: a promotion whose hour passes does not change a cheque that stands
// still, whose customer may have confirmed its total.
func (o *Op) applyOffers(c *pos.Cheque) error {
	all, err := o.soundPromotions()
	if err != nil {
		return err
	}
	if len(all) == 0 && !offered(c) {
		return nil
	}
	in, at, err := o.offersInput(c, all)
	if err != nil {
		return err
	}
	out := offers.Evaluate(all, in)
	given := make([][]pos.Given, len(c.Lines))
	for i, j := range at {
		given[j] = out.Given[i]
	}
	for i := range c.Lines {
		l := &c.Lines[i]
		if slices.Equal(l.Offers, given[i]) {
			continue
		}
		l.Offers = given[i]
		if err := o.PutChequeLine(c.ID, l); err != nil {
			return err
		}
	}
	return nil
}

// soundPromotions are those that are on, without any that was changed past the
// till: such a one gives nothing until it is looked at.
func (o *Op) soundPromotions() ([]offers.Promotion, error) {
	all, err := o.ActivePromotions()
	return slices.DeleteFunc(all, func(p offers.Promotion) bool { return p.Seal != pos.SealWhole }), err
}

// offered reports a cheque that was given automatic discounts.
func offered(c *pos.Cheque) bool {
	for i := range c.Lines {
		if len(c.Lines[i].Offers) > 0 {
			return true
		}
	}
	return false
}

// offersInput is a cheque as promotions look at it; at tells which of its lines
// each input line is.
func (o *Op) offersInput(c *pos.Cheque, all []offers.Promotion) (in offers.Cheque, at []int, err error) {
	in = offers.Cheque{At: o.At, Manual: !c.Discount.IsZero()}
	categories := slices.ContainsFunc(all, func(p offers.Promotion) bool { return p.ByCategory() })
	for i := range c.Lines {
		l := &c.Lines[i]
		if l.Removed || l.Certificate != "" {
			continue
		}
		line := offers.Line{Product: l.Product, Price: l.Price, Qty: l.Qty, Weighed: l.Flags.Weighed,
			Excluded: l.Flags.NoOffers, Manual: !l.Discount.IsZero() || (l.Price != l.ListPrice && !l.Flags.AskPrice)}
		if categories {
			p, err := o.Product(l.Product)
			if err != nil {
				return in, nil, err
			}
			line.Category = p.Category
		}
		in.Lines, at = append(in.Lines, line), append(at, i)
	}
	if c.Customer != "" && slices.ContainsFunc(all, func(p offers.Promotion) bool { return p.ByBuyer() }) {
		buyer, err := o.Customer(c.Customer)
		if err != nil {
			return in, nil, err
		}
		in.Buyer = buyerOf(buyer)
	}
	for _, number := range c.Coupons {
		coupon, err := o.Tx.Coupon(number)
		if err != nil {
			return in, nil, err
		}
		if coupon.Free(o.Due()) == nil && coupon.Seal == pos.SealWhole {
			in.Coupons = append(in.Coupons, coupon.Offer)
		}
	}
	return in, at, nil
}

// buyerOf is what promotions may ask of a customer.
func buyerOf(c *pos.Customer) *offers.Buyer {
	return &offers.Buyer{Group: string(c.Group), Birthday: c.Birthday}
}
