package counter

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/barcode"
)

// MostCoupons bounds the coupons made at once.
const MostCoupons = 10_000

// couponDigits is how long the numbers are that a till makes.
const couponDigits = 10

// MakeCoupons makes n coupons of a promotion, each good for one cheque. ends is
// the last moment they count; the zero time: they never end.
func (t *Till) MakeCoupons(ctx context.Context, a pos.Actor, id pos.OfferID, n int, ends time.Time) ([]pos.Coupon, error) {
	var made []pos.Coupon
	err := t.desk.Change(ctx, a, pos.RightOffers, func(o *Op) error {
		if n < 1 || n > MostCoupons {
			return pos.E(pos.CodeInvalid, "coupon.count", pos.Args{"Max": MostCoupons})
		}
		if !ends.IsZero() && !ends.After(o.At) {
			return pos.E(pos.CodeInvalid, "coupon.expires-past", nil)
		}
		p, err := o.Tx.Promotion(id)
		if err != nil {
			return err
		}
		if !p.Coupon {
			return pos.E(pos.CodeConflict, "coupon.not-asked", pos.Args{"Name": p.Name})
		}
		for range n {
			var digits [couponDigits]byte
			if err := randomDigits(digits[:]); err != nil {
				return err
			}
			for i := range digits {
				digits[i] += '0'
			}
			c := pos.Coupon{Number: "K" + string(digits[:]), Offer: id, MadeAt: o.At, Expires: ends}
			if err := o.PutCoupon(&c); err != nil {
				return err
			}
			made = append(made, c)
		}
		return o.Note(pos.EventCouponsMade, string(id), map[string]string{"count": strconv.Itoa(n)})
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// Coupons lists the coupons of a promotion, newest first.
func (t *Till) Coupons(ctx context.Context, a pos.Actor, id pos.OfferID) ([]pos.Coupon, error) {
	var list []pos.Coupon
	err := t.desk.Look(ctx, a, pos.RightOffers, func(o *Op) (err error) {
		list, err = o.Tx.Coupons(id, MostCoupons)
		return err
	})
	return list, err
}

// AddCoupon puts a coupon on the open cheque; it is used up when the cheque
// becomes a sale to which it gave something. CodeNotFound for a number nobody
// knows, CodeConflict for one that is used, expired or on the cheque already.
func (t *Till) AddCoupon(ctx context.Context, a pos.Actor, number string) (*ChequeView, error) {
	number = barcode.Shown(strings.TrimSpace(number))
	if err := pos.CheckBarcode(number); err != nil {
		return nil, err
	}
	// Looked up first: a number nobody knows is no coupon, whatever the cheque.
	err := t.desk.Look(ctx, a, pos.RightSell, func(o *Op) (err error) {
		number, err = o.couponNumber(number)
		return err
	})
	if err != nil {
		return nil, err
	}
	return t.edit(ctx, a, pos.RightSell, func(o *Op, c *pos.Cheque) error {
		coupon, err := o.Tx.Coupon(number)
		if err != nil {
			return err
		}
		if err := coupon.Seal.Guard(pos.SealCoupon, coupon.Number); err != nil {
			return err
		}
		if err := coupon.Free(o.Due()); err != nil {
			return err
		}
		for _, other := range c.Coupons {
			shown, err := o.Tx.Coupon(other)
			if err != nil {
				return err
			}
			if shown.Offer == coupon.Offer {
				return pos.E(pos.CodeConflict, "coupon.same", pos.Args{"Number": other})
			}
		}
		if len(c.Coupons) >= pos.MaxCoupons {
			return pos.E(pos.CodeLimit, "coupon.many", pos.Args{"Max": pos.MaxCoupons})
		}
		c.Coupons = append(slices.Clone(c.Coupons), number)
		return o.applyOffers(c)
	})
}

// couponNumber is the number of the coupon that was scanned or typed, maybe behind
// a prefix or under another layout. CodeNotFound for none.
func (o *Op) couponNumber(text string) (string, error) {
	for _, form := range append([]string{text}, slices.Concat(barcode.Typed(text)...)...) {
		number := strings.ToUpper(form)
		if _, err := o.Tx.Coupon(number); pos.CodeOf(err) != pos.CodeNotFound {
			return number, err
		}
	}
	return "", pos.E(pos.CodeNotFound, "coupon.unknown", nil)
}

// RemoveCoupon takes a coupon off the open cheque: it stays free.
func (t *Till) RemoveCoupon(ctx context.Context, a pos.Actor, number string) (*ChequeView, error) {
	number = strings.ToUpper(strings.TrimSpace(number))
	return t.edit(ctx, a, pos.RightSell, func(o *Op, c *pos.Cheque) error {
		i := slices.Index(c.Coupons, number)
		if i < 0 {
			return pos.E(pos.CodeNotFound, "coupon.unknown", nil)
		}
		c.Coupons = slices.Delete(slices.Clone(c.Coupons), i, i+1)
		return o.applyOffers(c)
	})
}

// couponGifts tells what the promotion of each coupon gives the cheque; nil
// without coupons.
func (o *Op) couponGifts(c *pos.Cheque) (map[string]pos.Given, error) {
	if len(c.Coupons) == 0 {
		return nil, nil
	}
	gifts := make(map[string]pos.Given, len(c.Coupons))
	for _, number := range c.Coupons {
		coupon, err := o.Tx.Coupon(number)
		if err != nil {
			return nil, err
		}
		gift := pos.Given{Offer: coupon.Offer}
		for i := range c.Lines {
			for _, g := range c.Lines[i].Offers {
				if !c.Lines[i].Removed && g.Offer == coupon.Offer {
					gift.Name, gift.Sum = g.Name, gift.Sum.Add(g.Sum)
				}
			}
		}
		gifts[number] = gift
	}
	return gifts, nil
}

// usedCoupons are the coupons of a cheque that gave something. The others stay
// free; one that is no longer free stops the sale.
func (o *Op) usedCoupons(c *pos.Cheque) ([]string, error) {
	var used []string
	for _, number := range c.Coupons {
		coupon, err := o.Tx.Coupon(number)
		if err != nil {
			return nil, err
		}
		gave := slices.ContainsFunc(c.Lines, func(l pos.Line) bool {
			return !l.Removed && slices.ContainsFunc(l.Offers, func(g pos.Given) bool { return g.Offer == coupon.Offer })
		})
		if !gave {
			continue
		}
		if err := coupon.Free(o.Due()); err != nil {
			return nil, err
		}
		used = append(used, number)
	}
	return used, nil
}

// useCoupons uses up the coupons of a sale, each exactly once.
func (o *Op) useCoupons(s *pos.Sale) error {
	for _, number := range s.Coupons {
		ok, err := o.UseCoupon(number, s.ID, o.At)
		if err != nil {
			return err
		}
		if !ok {
			return pos.E(pos.CodeConflict, "coupon.unknown", nil)
		}
		if err := o.Note(pos.EventCouponUsed, number, map[string]string{"sale": string(s.ID)}); err != nil {
			return err
		}
	}
	return nil
}
