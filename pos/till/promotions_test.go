package till_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/offers"
)

func (s *shop) promote(p offers.Promotion) *offers.Promotion {
	s.Helper()
	p.On = true
	made, err := s.PutPromotion(s.Context(), s.owner, p)
	s.ok(err)
	return made
}

func tenPercent(name string) offers.Promotion {
	return offers.Promotion{Name: name, Rule: offers.Rule{Effect: offers.PercentOff, Percent: 1000}}
}

// What is changed behind the till on discounts and coupons is found.
func TestTill_SelfCheckFindsTamperedOffers(t *testing.T) {
	day := newDemo(t)
	day.shiftOpen()
	p := tenPercent("По купону")
	p.Coupon, p.On = true, true
	made, err := day.PutPromotion(day.ctx, day.owner, p)
	require.NoError(t, err)
	coupons, err := day.MakeCoupons(day.ctx, day.owner, made.ID, 2, time.Time{})
	require.NoError(t, err)
	day.sell(-1, 1, func() {
		v, err := day.AddCoupon(day.ctx, day.cashier, coupons[0].Number)
		require.NoError(t, err)
		day.tender(pos.Cash, v.Totals.Due)
	})
	day.healthy()
	require.NoError(t, day.store.Close())
	for name, tt := range map[string]struct{ sql, want string }{
		"more taken off":          {`UPDATE sale_lines SET offers = replace(offers, '"s":3890', '"s":3900')`, "check.sale-line"},
		"another promotion":       {`UPDATE sale_lines SET offers = replace(offers, 'По купону', 'Другая')`, "check.sale-changed"},
		"nothing said":            {`UPDATE sale_lines SET offers = ''`, "check.sale-line"},
		"a coupon free again":     {`UPDATE coupons SET sale = '', used_at = NULL WHERE sale <> ''`, "check.coupon"},
		"a coupon used by nobody": {`UPDATE coupons SET sale = 'x' WHERE sale = ''`, "check.coupon"},
		"a coupon taken out":      {`DELETE FROM coupons WHERE sale <> ''`, "check.coupon"},
		"a sale without coupon":   {`UPDATE sales SET coupons = ''`, "check.sale-changed"},
	} {
		t.Run(name, func(t *testing.T) {
			b := day.copy(t)
			b.tamper(tt.sql)
			problems, err := b.SelfCheck(b.ctx, b.owner)
			require.NoError(t, err)
			var ids []string
			for _, p := range problems {
				ids = append(ids, p.ID)
			}
			require.Contains(t, ids, tt.want)
		})
	}
}
