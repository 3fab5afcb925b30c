package pos

import "time"

// Coupon is a number that makes one cheque cheaper, once: it switches on the
// automatic discount it belongs to.
type Coupon struct {
	Number  string
	Offer   OfferID
	MadeAt  time.Time
	Expires time.Time // the last moment it counts; zero: never ends
	Sale    SaleID    // that used it up; "" while it is free
	UsedAt  time.Time
	Seal    Seal // how the seal was found when the coupon was read
}

// CouponCount tells how many coupons of a promotion there are.
type CouponCount struct{ Made, Used int64 }

// MaxCoupons bounds the coupons of one cheque.
const MaxCoupons = 10

// Free refuses a coupon that counts no more at now: used up, with when that
// was, or expired. It is CodeConflict.
func (c *Coupon) Free(now time.Time) error {
	switch {
	case c.Sale != "":
		return E(CodeConflict, "coupon.used", Args{"Number": c.Number, "At": c.UsedAt})
	case !c.Expires.IsZero() && now.After(c.Expires):
		return E(CodeConflict, "coupon.expired", Args{"Number": c.Number, "Expires": c.Expires})
	}
	return nil
}
